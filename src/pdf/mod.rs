//! Pages into PDF. Nothing is decided here: what stands where is in the pages,
//! how it looks in the fonts and pictures. printpdf writes the pages, lopdf
//! finishes the file ([`finish`]).

pub mod content;
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
use crate::page::{Draw, Page};
use crate::picture::Pictures;
use printpdf::{PdfDocument, PdfFontHandle, PdfSaveOptions};
use std::collections::BTreeSet;

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
    doc.pages = input
        .pages
        .iter()
        .map(|p| content::page(p, (input.medium, input.inks), &subsets, &names))
        .collect();
    // `secure` would leave out the operators that select a plate.
    let options =
        PdfSaveOptions { optimize: false, secure: false, ..PdfSaveOptions::default() };
    let mut warnings = vec![];
    let raw = printpdf::to_lopdf_doc(&doc, &options, &mut warnings);
    finish::finish(raw, input, &subsets, &names).map_err(failed)
}

fn failed(why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code::WRITE_FAILED, format!("the PDF could not be written: {why}"))
}

/// The faces that some pages use.
fn faces(pages: &[Page]) -> BTreeSet<crate::font::FaceId> {
    let texts = pages.iter().flat_map(Page::draws).filter_map(|d| match d {
        Draw::Text(run) => Some(run.face),
        Draw::Rule { .. } | Draw::Image { .. } | Draw::Turned(_) | Draw::Path { .. } => {
            None
        }
    });
    texts.collect()
}

/// How printpdf names a font.
fn handle(subset: &fonts::Subset) -> PdfFontHandle {
    PdfFontHandle::External(subset.id())
}
