//! `keben check`: everything but writing.

use super::args::Check;
use super::{build, report};
use crate::diag::Severity;
use crate::session::Session;

/// Makes every edition and throws it away; gives the number of errors.
pub fn run(args: &Check) -> usize {
    let mut session = match Session::open(&args.dir) {
        Ok(session) => session,
        Err(fault) => return build::no_book(fault),
    };
    let editions = build::chosen(args.edition.as_deref(), None, &mut session);
    let bar = report::progress(session.book.chapters.len(), args.quiet);
    for edition in &editions {
        session.make(edition, &|| bar.inc(1));
    }
    if args.press {
        session.preflight(&editions, &|| bar.inc(1));
    }
    bar.finish_and_clear();
    let errors =
        report::print(&session.sink, &session.sources, Severity::Note, args.quiet);
    if !args.quiet && session.sink.list().is_empty() {
        report::say("nothing to complain of");
    }
    errors
}
