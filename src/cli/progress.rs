//! How far long work has come: a bar on a terminal, a line for each stage elsewhere, such
//! as in CI.

use super::report::say;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// The progress of a build.
pub(super) struct Progress {
    bar: ProgressBar,
    /// stages are lines
    plain: bool,
}

impl Progress {
    /// Nothing is done yet, of so many steps.
    pub(super) fn new(steps: usize, quiet: bool) -> Progress {
        let watched = std::io::stderr().is_terminal();
        if quiet || !watched {
            return Progress { bar: ProgressBar::hidden(), plain: !quiet };
        }
        let bar = ProgressBar::new(steps as u64);
        let style = "{elapsed:>4} {bar:24} {pos}/{len}  {msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Progress { bar, plain: false }
    }
    /// A stage begins, or says what came of it.
    pub(super) fn stage(&self, what: &str) {
        self.bar.set_message(what.to_string());
        if self.plain {
            say(what);
        }
    }
    /// One step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }
    /// All is done; the bar goes.
    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
