//! `keben check`: everything but writing.

use super::args::{Check, ReaderArg};
use super::{build, report};
use crate::config::reader::Profile;
use crate::config::{Edition, Format, Reader};
use crate::diag::Severity;
use crate::session::{Session, Step};

/// Makes every edition and throws it away; gives the number of errors.
pub fn run(args: &Check) -> usize {
    let mut session = match Session::open_whole(&args.dir) {
        Ok(session) => session,
        Err(fault) => return build::no_book(fault),
    };
    let all = build::chosen(args.edition.as_deref(), None, &mut session);
    let editions = match args.reader {
        Some(reader) => vec![edition(all, profile(reader))],
        None => all,
    };
    let bar = report::progress(session.book.chapters.len(), args.quiet);
    session.make_all(&editions, &|step| {
        if step == Step::Chapter {
            bar.inc(1);
        }
    });
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

/// The edition for a reading system: the book's own, or one that is made of it.
fn edition(all: Vec<Edition>, profile: Profile) -> Edition {
    let own = |e: &Edition| e.format == Format::Epub && e.reader.profile == profile;
    let reader = Reader { profile, ..Reader::default() };
    let made = || Edition { reader, ..Edition::unnamed(Format::Epub) };
    all.into_iter().find(own).unwrap_or_else(made)
}

fn profile(reader: ReaderArg) -> Profile {
    match reader {
        ReaderArg::Standard => Profile::Standard,
        ReaderArg::Kindle => Profile::Kindle,
        ReaderArg::Apple => Profile::Apple,
        ReaderArg::Kobo => Profile::Kobo,
        ReaderArg::Weread => Profile::Weread,
        ReaderArg::Duokan => Profile::Duokan,
    }
}
