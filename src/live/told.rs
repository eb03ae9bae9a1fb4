//! What was wrong before and what is wrong now. A fault is the same if it says the same
//! of the same text; lines that come or go above it make no new one of it.

use crate::diag::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A diagnostic with its place read out, so that it can be told when the text is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// what is wrong
    pub diagnostic: Diagnostic,
    /// file, line and column (from 1), if it has a place
    pub place: Option<(PathBuf, usize, usize)>,
    /// the line that it is about
    pub text: String,
}

/// What came and what went.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// what was not wrong before
    pub came: Vec<Fault>,
    /// what no longer is
    pub gone: Vec<Fault>,
    /// what still is
    pub stayed: Vec<Fault>,
}

impl Fault {
    /// Reads out where a diagnostic is.
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Fault {
        let place = diagnostic.span.map(|span| {
            let (line, column) = sources.place(span);
            (sources.path(span.file).to_path_buf(), line, column)
        });
        let text = diagnostic.span.map(|s| line_of(sources, s)).unwrap_or_default();
        Fault { diagnostic: diagnostic.clone(), place, text }
    }
    /// What it says, without its place.
    fn says(&self) -> (&str, &str, Option<&PathBuf>) {
        let d = &self.diagnostic;
        (d.code.name, &d.message, self.place.as_ref().map(|p| &p.0))
    }
    /// `error[missing-file]: … (a.md:3:1)`
    pub fn line(&self) -> String {
        let d = &self.diagnostic;
        let severity = match d.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let place = self
            .place
            .as_ref()
            .map(|(path, line, column)| format!(" ({}:{line}:{column})", path.display()));
        let place = place.unwrap_or_default();
        format!("{severity}[{}]: {}{place}", d.code.name, d.message)
    }
}

fn line_of(sources: &Sources, span: Span) -> String {
    let (line, _) = sources.place(span);
    let from = sources.offset(span.file, line, 1);
    let to = sources.offset(span.file, line, usize::MAX);
    sources.text(span.file).get(from..to).unwrap_or_default().to_string()
}

/// Compares what was wrong with what is: faults of the same words are the same where
/// their lines are, then in their order.
pub fn compare(before: &[Fault], now: &[Fault]) -> Told {
    let mut left: Vec<Option<&Fault>> = before.iter().map(Some).collect();
    let mut known = vec![false; now.len()];
    for by_line in [true, false] {
        let mut old: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (n, fault) in left.iter().enumerate().rev() {
            let Some(fault) = fault else { continue };
            let line = if by_line { fault.text.as_str() } else { "" };
            old.entry((fault.says(), line)).or_default().push(n);
        }
        for (n, fault) in
            now.iter().enumerate().filter(|n| !known[n.0]).collect::<Vec<_>>()
        {
            let line = if by_line { fault.text.as_str() } else { "" };
            let same = old.get_mut(&(fault.says(), line)).and_then(Vec::pop);
            if let Some(same) = same {
                left[same] = None;
                known[n] = true;
            }
        }
    }
    let pick = |wanted: bool| {
        let all = now.iter().zip(&known).filter(move |n| *n.1 == wanted);
        all.map(|n| n.0.clone()).collect()
    };
    let gone = left.into_iter().flatten().cloned().collect();
    Told { came: pick(false), gone, stayed: pick(true) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;
    fn faults(text: &str) -> Vec<Fault> {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let found = text.match_indices("??").map(|(at, _)| {
            let d = Diagnostic::new(code::BROKEN_LINK, "leads nowhere");
            Fault::new(&d.at(Span::new(file, at..at + 2)), &sources)
        });
        found.collect()
    }
    fn counts(before: &str, now: &str) -> (usize, usize, usize) {
        let told = compare(&faults(before), &faults(now));
        (told.came.len(), told.gone.len(), told.stayed.len())
    }
    #[test]
    fn a_fault_that_moves_is_no_new_one() {
        assert_eq!(counts("a ??", "new\nlines\na ??"), (0, 0, 1));
        assert_eq!(counts("a ??", "another ??"), (0, 0, 1), "its line was edited");
    }
    #[test]
    fn what_comes_and_goes_is_told() {
        assert_eq!(counts("", "a ??"), (1, 0, 0));
        assert_eq!(counts("a ??\nb ??", "b ??"), (0, 1, 1));
        let told = compare(&faults("a ??\nb ??"), &faults("b ??\nc ??"));
        assert_eq!((told.came.len(), told.gone.len()), (0, 0), "one edited, one stays");
        let told = compare(&faults("a ??\nb ??"), &faults("b ??"));
        assert_eq!(told.gone[0].text, "a ??", "the right one of two is gone");
    }
}
