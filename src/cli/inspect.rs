//! `keben inspect`: a stage of the work as text, on standard output.

use super::args::{Inspect, Stage};
use super::{build, report};
use crate::diag::Severity;
use crate::page::structure::Tree;
use crate::session::{Filter, Session};
use std::io::Write;

/// Prints a stage; gives the number of errors.
pub fn run(args: &Inspect) -> usize {
    let mut session = match Session::open(&args.dir) {
        Ok(session) => session,
        Err(fault) => return build::no_book(fault),
    };
    let at = args.at.as_deref().map(Filter::parse).unwrap_or_default();
    let text = match args.stage {
        Stage::Book => crate::book::dump::dump(&session.book),
        Stage::Items => session.items(&at),
        Stage::Lines => session.lines(&at, args.explain),
        Stage::Structure => {
            let pages = session.pages(&|| {});
            Tree::of(pages).dump(pages)
        }
        Stage::Pages => crate::page::dump::dump(session.pages(&|| {})),
    };
    if text.is_empty()
        && let Some(at) = &args.at
    {
        report::say(&format!("no paragraph is at {at}"));
        return 1;
    }
    // A reader that closes the pipe early, such as head, is no error.
    std::io::stdout().write_all(text.as_bytes()).ok();
    report::print(&session.sink, &session.sources, Severity::Warning, true)
}
