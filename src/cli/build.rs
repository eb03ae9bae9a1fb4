//! `keben build`

use super::args::{Build, FormatArg};
use super::progress::Progress;
use super::{depfile, report};
use crate::config::{Edition, Format};
use crate::diag::{Diagnostic, Severity, Sink, code};
use crate::session::{Pieces, Session, Step};
use crate::source::Sources;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes the editions that are asked for; gives the number of errors.
pub fn run(args: &Build) -> usize {
    let mut session = match Session::open_with(&args.dir, !args.isolated) {
        Ok(session) => session,
        Err(fault) => return no_book(fault),
    };
    let editions = chosen(args.edition.as_deref(), args.format, &mut session);
    let out = args.out.clone().unwrap_or_else(|| beside(&args.dir));
    let progress =
        Progress::new(session.book.chapters.len() + editions.len(), args.quiet);
    let written = make(&mut session, &editions, &out, &progress);
    progress.end();
    if let Some(depfile) = &args.depfile {
        let outputs: Vec<_> = written.iter().map(|w| w.0.clone()).collect();
        let rules = depfile::rules(&outputs, &session.files_read());
        put(depfile, &rules.into_bytes().into(), &mut session);
    }
    let errors =
        report::print(&session.sink, &session.sources, Severity::Warning, args.quiet);
    if !args.quiet {
        for (path, len) in written {
            report::say(&format!("{} ({} KiB)", path.display(), len.div_ceil(1024)));
        }
    }
    // The program ends: what a book is in memory need not be taken apart.
    std::mem::forget(session);
    errors
}

/// Makes and writes editions; those that were written, with their sizes in bytes.
fn make(
    session: &mut Session,
    editions: &[Edition],
    out: &Path,
    progress: &Progress,
) -> Vec<(PathBuf, usize)> {
    let names: Vec<_> = editions.iter().map(|e| session.file_name(e)).collect();
    let making = format!("making {}", names.join(", "));
    let on_pages = |e: &Edition| e.format == Format::Pdf || e.reader.pages_of.is_some();
    if editions.iter().any(on_pages) {
        let chapters = report::count(session.book.chapters.len(), "chapter");
        progress.stage(&format!("setting {chapters}"));
    } else {
        progress.stage(&making);
    }
    let step = |step| match step {
        Step::Chapter | Step::Edition => progress.step(),
        Step::Pages(n) => {
            progress.stage(&report::count(n, "page"));
            progress.stage(&making);
        }
    };
    let made = session.make_all(editions, &step);
    let mut written = vec![];
    for (name, bytes) in names.into_iter().zip(made) {
        let Some(bytes) = bytes else { continue };
        let path = out.join(name);
        if put(&path, &bytes, session) {
            written.push((path, bytes.len()));
        }
    }
    written
}

/// Writes a file, or says why it cannot be written.
fn put(path: &Path, bytes: &Pieces, session: &mut Session) -> bool {
    let done = write(path, bytes.iter());
    if let Err(e) = &done {
        session.sink.push(unwritten(path, e));
    }
    done.is_ok()
}

/// What is said of a file that cannot be written.
pub(super) fn unwritten(path: &Path, why: &io::Error) -> Diagnostic {
    let message = format!("{} cannot be written: {why}", path.display());
    let hint = "name a folder that you may write to with --out";
    Diagnostic::new(code::WRITE_FAILED, message).hint(hint)
}

/// Says that there is no book; one error.
pub(super) fn no_book(fault: Diagnostic) -> usize {
    let mut sink = Sink::default();
    sink.push(fault);
    report::print(&sink, &Sources::default(), Severity::Warning, true)
}

/// The editions that a name and a format leave.
pub(super) fn chosen(
    name: Option<&str>,
    format: Option<FormatArg>,
    session: &mut Session,
) -> Vec<Edition> {
    let format = format.map(|f| match f {
        FormatArg::Pdf => Format::Pdf,
        FormatArg::Epub => Format::Epub,
    });
    let all = &session.config.editions;
    let fits = |e: &&Edition| {
        name.is_none_or(|name| name == e.name) && format.is_none_or(|f| f == e.format)
    };
    let chosen: Vec<_> = all.iter().filter(fits).cloned().collect();
    if chosen.is_empty() {
        let names: Vec<_> = all
            .iter()
            .map(|e| format!("{} ({})", e.name, e.format.extension()))
            .collect();
        let fault =
            Diagnostic::new(code::UNKNOWN_EDITION, "no edition has this name and format")
                .hint(format!("the book has: {}", names.join(", ")));
        session.sink.push(fault);
    }
    chosen
}

/// `build/` beside the book's folder, or in the folder that the work is done in.
pub(super) fn beside(dir: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|d| d.canonicalize()).ok();
    match dir.canonicalize() {
        Ok(full) if Some(&full) == here.as_ref() => PathBuf::from("build"),
        Ok(_) => match dir.parent() {
            Some(parent) if dir.file_name().is_some() => parent.join("build"),
            _ => PathBuf::from("build"),
        },
        Err(_) => PathBuf::from("build"),
    }
}

/// Writes a file as a whole or not at all: beside its place, then renamed, so
/// that a failed build never harms the last good output.
pub(super) fn write<'a>(
    path: &Path,
    mut pieces: impl Iterator<Item = &'a [u8]>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.{}.part", std::process::id()));
    let done = std::fs::File::create(&part)
        .and_then(|file| {
            // Pieces may be small, and many; large ones go past the buffer.
            let mut out = io::BufWriter::with_capacity(1 << 16, file);
            pieces.try_for_each(|piece| out.write_all(piece))?;
            out.flush()
        })
        .and_then(|()| std::fs::rename(&part, path));
    if done.is_err() {
        std::fs::remove_file(&part).ok();
    }
    done
}
