//! The command line: one file a subcommand.

pub mod args;
pub mod build;
pub mod check;
pub mod cover;
mod depfile;
pub mod impose;
pub mod inspect;
mod live;
pub mod new;
mod progress;
pub mod report;
pub mod serve;
pub mod watch;

use args::{Args, Command};
use std::process::ExitCode;

/// Runs a command; the exit code is 0, 1 (errors) or 2 (usage, by clap).
pub fn run(args: &Args) -> ExitCode {
    let errors = match &args.command {
        Command::Build(b) => build::run(b),
        Command::Check(c) => check::run(c),
        Command::Cover(c) => cover::run(c),
        Command::Impose(i) => impose::run(i),
        Command::Inspect(i) => inspect::run(i),
        Command::New(n) => new::run(n),
        Command::Serve(s) => serve::run(s),
        Command::Watch(w) => watch::run(w),
    };
    if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
