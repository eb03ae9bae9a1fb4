//! The program: parse, dispatch, exit code.

use clap::Parser;
use keben::cli;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run(&cli::args::Args::parse())
}
