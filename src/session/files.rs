//! Which files a book is made of, for programs that make it again only when one of them
//! changes.

use super::Session;
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use std::path::PathBuf;

impl Session {
    /// The files that were read so far, sorted. What editions read is among them when
    /// they are made.
    pub fn files_read(&self) -> Vec<PathBuf> {
        self.folder.files_read()
    }
}

/// A font of the machine, where only the book's folder is read.
pub(super) fn not_of_the_book(family: &str, span: Span) -> Diagnostic {
    let message = format!("“{family}” is a font of the machine, which is not looked at");
    Diagnostic::new(code::UNKNOWN_FAMILY, message).at(span).hint(
        "put the font file into the book and name its path, or leave out --isolated",
    )
}
