//! Pages into PDF. Nothing is decided here: what stands where is in the pages,
//! how it looks in the fonts and pictures. printpdf writes the pages, lopdf
//! finishes the file ([`finish`]).

pub mod content;
mod contents;
pub mod finish;
pub mod fonts;
pub mod marks;
pub mod outline;
pub mod pictures;
pub mod plates;
mod spread;

use crate::book::Book;
use crate::colour::Way;
use crate::colour::ink::Spot;
use crate::config::Medium;
use crate::diag::{Diagnostic, code};
use crate::font::FontSet;
use crate::geom::Rect;
use crate::page::Page;
use crate::picture::Pictures;
use printpdf::{PdfDocument, PdfFontHandle, PdfSaveOptions};

/// What a PDF is made from.
#[derive(Debug, Copy, Clone)]
pub struct Input<'a> {
    /// title, authors, outline
    pub book: &'a Book,
    /// the pages
    pub pages: &'a [Page],
    /// the fonts that the pages name
    pub fonts: &'a FontSet,
    /// the pictures that the pages name
    pub pictures: &'a Pictures,
    /// what becomes of colours
    pub colours: &'a Way,
    /// seconds since 1970, for the dates in the file
    pub timestamp: i64,
    /// what the file is for
    pub medium: Medium,
    /// inks of the book's own
    pub inks: &'a [Spot],
    /// which file for a press it is; `None` for one that is no printer's
    pub press: Option<Press<'a>>,
    /// whether the file has bookmarks
    pub bookmarks: bool,
    /// where pages are cut, if not at their edges
    pub boxes: Option<Boxes>,
}

/// What PDF/X says of a file for a press; which press, its colours say.
#[derive(Debug, Copy, Clone)]
pub struct Press<'a> {
    /// name of the edition
    pub edition: &'a str,
}

/// Boxes of a page that is cut from a larger sheet (ISO 32000-1, 14.11.2).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Boxes {
    /// what is left after cutting
    pub trim: Rect,
    /// what is printed
    pub bleed: Rect,
}

/// Writes the file.
pub fn write(input: &Input<'_>) -> Result<Vec<u8>, Diagnostic> {
    let subsets = fonts::subset(input.pages, input.fonts).map_err(failed)?;
    let names = pictures::names(input.pages, input.pictures);
    let mut doc = PdfDocument::new(&input.book.meta.title);
    for subset in subsets.values() {
        doc.resources.fonts.map.insert(subset.id(), subset.font());
    }
    for name in names.values() {
        doc.resources.xobjects.map.insert(name.clone(), pictures::placeholder());
    }
    doc.pages = input.pages.iter().map(content::blank).collect();
    // printpdf embeds the fonts whose glyphs it meets: all of them, on the first page.
    if let Some(first) = doc.pages.first_mut() {
        first.ops = subsets.values().flat_map(fonts::Subset::specimen).collect();
    }
    let contents = contents::contents(input, &subsets, &names).map_err(failed)?;
    finish::finish(raw(&doc), contents, input, &subsets, &names).map_err(failed)
}

/// A document as printpdf writes it.
fn raw(doc: &PdfDocument) -> lopdf::Document {
    // `secure` would leave out the operators that printpdf has no name for.
    let options =
        PdfSaveOptions { optimize: false, secure: false, ..PdfSaveOptions::default() };
    printpdf::to_lopdf_doc(doc, &options, &mut vec![])
}

fn failed(why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code::WRITE_FAILED, format!("the PDF could not be written: {why}"))
}

/// How printpdf names a font.
fn handle(subset: &fonts::Subset) -> PdfFontHandle {
    PdfFontHandle::External(subset.id())
}
