//! `keben build`

use super::args::{Build, FormatArg};
use super::report;
use crate::config::{Edition, Format};
use crate::diag::{Diagnostic, Severity, Sink, code};
use crate::session::Session;
use crate::source::Sources;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes the editions that are asked for; gives the number of errors.
pub fn run(args: &Build) -> usize {
    let mut session = match Session::open(&args.dir) {
        Ok(session) => session,
        Err(fault) => return no_book(fault),
    };
    let editions = chosen(args.edition.as_deref(), args.format, &mut session);
    let out = args.out.clone().unwrap_or_else(|| beside(&args.dir));
    let bar = report::progress(session.book.chapters.len() + editions.len(), args.quiet);
    let mut written = vec![];
    for edition in &editions {
        let name = session.file_name(edition);
        bar.set_message(name.clone());
        let Some(bytes) = session.make(edition, &|| bar.inc(1)) else { continue };
        bar.inc(1);
        let path = out.join(name);
        match write(&path, &bytes) {
            Ok(()) => written.push((path, bytes.len())),
            Err(e) => {
                let message = format!("{} cannot be written: {e}", path.display());
                let hint = "name a folder that you may write to with --out";
                session
                    .sink
                    .push(Diagnostic::new(code::WRITE_FAILED, message).hint(hint));
            }
        }
    }
    bar.finish_and_clear();
    let errors =
        report::print(&session.sink, &session.sources, Severity::Warning, args.quiet);
    if !args.quiet {
        for (path, len) in written {
            report::say(&format!("{} ({} KiB)", path.display(), len.div_ceil(1024)));
        }
    }
    errors
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
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}.{}.part", std::process::id()));
    let done = std::fs::File::create(&part)
        .and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    if done.is_err() {
        std::fs::remove_file(&part).ok();
    }
    done
}
