//! The book as an EPUB 3.3 publication, in memory.
//!
//! Reading systems lay out for themselves, so the publication is written from
//! the model, not from pages: one XHTML file a chapter, pictures as they came,
//! fonts cut down to the characters the book uses. epub-builder writes the
//! package; `finish` completes it and makes it the same on every machine.

mod block;
mod chars;
mod code;
mod cover;
mod endnotes;
mod figure;
mod finish;
mod fonts;
mod foreign;
mod formula;
mod index;
mod inline;
mod layout;
mod markup;
mod matter;
mod names;
mod opf;
mod package;
mod page;
mod pictures;
mod sfnt;
mod styled;
mod table;

use crate::book::Book;
use crate::diag::{Diagnostic, Sink};
use crate::font::{Cut, FontSet};
use crate::picture::Pictures;

/// All that an EPUB is made of.
#[derive(Debug, Copy, Clone)]
pub struct Input<'a> {
    /// the book
    pub book: &'a Book,
    /// style sheet, without `@font-face` rules
    pub css: &'a str,
    /// the faces of headings, as the style sheet has them
    pub head: Cut,
    /// fonts to take the characters from
    pub fonts: &'a FontSet,
    /// the pictures that could be read
    pub pictures: &'a Pictures,
    /// when the book was last changed, in seconds since 1970
    pub timestamp: i64,
}

/// Writes the publication. The same input gives the same bytes.
///
/// # Errors
/// `write-failed` when the package cannot be put together.
pub fn write(input: &Input, sink: &mut Sink) -> Result<Vec<u8>, Diagnostic> {
    let names = names::Names::of(input.book);
    let pictures = pictures::Embedded::of(input.book, input.pictures, sink);
    let fonts = fonts::embed(input.book, input.fonts, input.head);
    let draft =
        package::Draft { input, names: &names, pictures: &pictures, fonts: &fonts };
    let raw = package::build(&draft)?;
    finish::finish(&raw, &draft)
}
