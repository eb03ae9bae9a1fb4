//! The program: parse, dispatch, exit code.

use clap::Parser;
use keben::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(&cli::args::Args::parse())
}
