//! `keben cover`

use super::args::Cover;
use super::{build, report};
use crate::diag::{Diagnostic, Severity, Sink, code};
use crate::session::Session;

/// Makes the wrap of the printed book, and its front for shops; gives the number of errors.
pub fn run(args: &Cover) -> usize {
    let mut session = match Session::open(&args.dir) {
        Ok(session) => session,
        Err(fault) => return build::no_book(fault),
    };
    let out = args.out.clone().unwrap_or_else(|| build::beside(&args.dir));
    let bar = report::progress(session.book.chapters.len(), args.quiet);
    // What an editor would look at in the text is for `check`; of the cover all
    // is said.
    let mut sink = Sink::default();
    let made = session.cover(&mut sink, &|| bar.inc(1));
    bar.finish_and_clear();
    let front = made.is_some().then(|| session.front(&|| {})).flatten();
    let mut written = vec![];
    for (bytes, extension) in [(made, "pdf"), (front, "jpg")] {
        let Some(bytes) = bytes else { continue };
        let path = out.join(format!("{}-cover.{extension}", session.config.slug));
        match build::write(&path, std::iter::once(bytes.as_slice())) {
            Ok(()) => written.push((path, bytes.len())),
            Err(e) => {
                let message = format!("{} cannot be written: {e}", path.display());
                let hint = "name a folder that you may write to with --out";
                sink.push(Diagnostic::new(code::WRITE_FAILED, message).hint(hint));
            }
        }
    }
    let mut all = Sink::default();
    let heard = |d: &&Diagnostic| d.severity() >= Severity::Warning;
    session.sink.list().iter().filter(heard).for_each(|d| all.push(d.clone()));
    all.append(sink);
    let least = if args.quiet { Severity::Warning } else { Severity::Note };
    let errors = report::print(&all, &session.sources, least, args.quiet);
    for (path, len) in written.iter().filter(|_| !args.quiet) {
        report::say(&format!("{} ({} KiB)", path.display(), len.div_ceil(1024)));
    }
    errors
}
