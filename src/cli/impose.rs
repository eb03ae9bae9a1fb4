//! `keben impose`

use super::args::{Impose, SchemeArg};
use super::{build, report};
use crate::diag::{Diagnostic, Severity, Sink, code};
use crate::impose::{self, Creep, Imposed, Job, Scheme, Signature};
use crate::source::Sources;
use std::path::{Path, PathBuf};

/// Larger files are not read: all of it must be in memory.
const LARGEST: u64 = 2 << 30;

/// Puts the pages of a PDF on sheets; gives the number of errors.
pub fn run(args: &Impose) -> usize {
    let mut sink = Sink::default();
    let job = job(args);
    let made = read(&args.file, &mut sink);
    let made = made.and_then(|bytes| impose::impose(&bytes, &job, &mut sink));
    let out = args.out.clone().unwrap_or_else(|| beside(&args.file, job.scheme));
    let mut written = None;
    if let Some(made) = made {
        match build::write(&out, std::iter::once(made.bytes.as_slice())) {
            Ok(()) => written = Some(made),
            Err(e) => {
                let message = format!("{} cannot be written: {e}", out.display());
                let hint = "name a file that you may write with --out";
                sink.push(Diagnostic::new(code::WRITE_FAILED, message).hint(hint));
            }
        }
    }
    let least = if args.quiet { Severity::Warning } else { Severity::Note };
    let errors = report::print(&sink, &Sources::default(), least, args.quiet);
    if let Some(made) = written.filter(|_| !args.quiet) {
        report::say(&said(&out, &made));
    }
    errors
}

/// What was made, in a line.
fn said(path: &Path, made: &Imposed) -> String {
    let (kib, size) = (made.bytes.len().div_ceil(1024), impose::paper::said(made.size));
    let many =
        |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (sheets, gatherings) =
        (many(made.sheets, "sheet"), many(made.gatherings, "gathering"));
    format!("{} ({kib} KiB): {sheets} of {size}, {gatherings}", path.display())
}

fn job(args: &Impose) -> Job {
    let scheme = match args.scheme {
        SchemeArg::Booklet => Scheme::Booklet,
        SchemeArg::Saddle => Scheme::Saddle,
        SchemeArg::Perfect => Scheme::Perfect,
    };
    let usual = Job::new(scheme);
    let creep = args.creep.map(Creep::Innermost).or(args.paper.map(Creep::Leaf));
    let flag = |yes: bool, no: bool| (yes || no).then_some(yes);
    Job {
        signature: args.signature.and_then(|n| Signature::of(n.into())),
        sheet: args.sheet,
        fit: args.fit,
        creep: creep.unwrap_or(usual.creep),
        gap: args.gap.unwrap_or(usual.gap),
        milling: args.milling,
        marks: flag(args.marks, args.no_marks),
        rtl: args.rtl.then_some(true),
        name: stem(&args.file),
        ..usual
    }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// `book-saddle.pdf` beside `book.pdf`.
fn beside(file: &Path, scheme: Scheme) -> PathBuf {
    file.with_file_name(format!("{}-{}.pdf", stem(file), scheme.name()))
}

fn read(path: &Path, sink: &mut Sink) -> Option<Vec<u8>> {
    let fault = |why: String| {
        let message = format!("{} cannot be read: {why}", path.display());
        Diagnostic::new(code::MISSING_FILE, message).hint("name the PDF of a book")
    };
    let read = match std::fs::metadata(path) {
        Ok(m) if !m.is_file() => Err(fault("it is no file".into())),
        Ok(m) if m.len() > LARGEST => Err(fault("it is larger than 2 GiB".into())),
        Ok(_) => std::fs::read(path).map_err(|e| fault(e.to_string())),
        Err(e) => Err(fault(e.to_string())),
    };
    read.map_err(|fault| sink.push(fault)).ok()
}
