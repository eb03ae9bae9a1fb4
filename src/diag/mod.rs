//! What went wrong, and where.

pub mod code;

pub use code::Code;

use crate::source::Span;
use std::collections::HashSet;

/// One thing the author should know.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// One sentence, no full stop.
    pub message: String,
    /// Where; `None` for faults of the build as a whole.
    pub span: Option<Span>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic without a place or a hint.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), span: None, hints: vec![] }
    }
    /// The same, at a place.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }
    /// The same, with one more thing to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hints.push(hint.into());
        self
    }
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// How bad it is.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Severity {
    /// The output is good; `keben check` says what an editor would look at.
    Note,
    /// The output is still good.
    Warning,
    /// It is not.
    Error,
}

/// Collects diagnostics; every stage takes one and goes on.
#[derive(Debug, Default, Clone)]
pub struct Sink {
    list: Vec<Diagnostic>,
    seen: HashSet<Diagnostic>,
}

impl Sink {
    /// Records one, unless the same was recorded before.
    pub fn push(&mut self, d: Diagnostic) {
        if self.seen.insert(d.clone()) {
            self.list.push(d);
        }
    }
    /// Takes over all that another sink holds.
    pub fn append(&mut self, other: Sink) {
        for d in other.list {
            self.push(d);
        }
    }
    /// All, in the order found.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }
    /// How many are errors.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|d| d.severity() == Severity::Error).count()
    }
}
