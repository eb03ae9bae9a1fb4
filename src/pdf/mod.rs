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
use crate::font::{FaceId, FontSet};
use crate::geom::Rect;
use crate::page::Page;
use crate::picture::Pictures;
use fonts::Subset;
use printpdf::{PdfDocument, PdfFontHandle, PdfSaveOptions, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;

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

/// Writes the file: its pages, and at the same time all that is around them.
pub fn write(input: &Input<'_>) -> Result<Vec<u8>, Diagnostic> {
    let subsets = fonts::subsets(input.pages, input.fonts);
    let names = pictures::names(input.pages, input.pictures);
    let (contents, frame) = rayon::join(
        || contents::contents(input, &subsets, &names),
        || frame(input, &subsets, &names),
    );
    contents.and_then(|contents| finish::write(frame?, contents)).map_err(failed)
}

/// The document with fonts, pictures and structure, and nothing on its pages.
fn frame(
    input: &Input<'_>,
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
) -> Result<lopdf::Document, String> {
    let mut doc = PdfDocument::new(&input.book.meta.title);
    let mut faces = BTreeMap::new();
    let font = |(id, s): (&FaceId, &Subset)| Ok((*id, s.font(input.fonts.face(*id))?));
    let fonts: Result<Vec<_>, String> = subsets.par_iter().map(font).collect();
    for (id, (font, name)) in fonts? {
        doc.resources.fonts.map.insert(subsets[&id].id(), font);
        faces.insert(name, input.fonts.face(id));
    }
    for name in names.values() {
        doc.resources.xobjects.map.insert(name.clone(), pictures::placeholder());
    }
    doc.pages = input.pages.iter().map(content::blank).collect();
    // printpdf embeds the fonts whose glyphs it meets: all of them, on the first page.
    if let Some(first) = doc.pages.first_mut() {
        first.ops = subsets.values().flat_map(Subset::specimen).collect();
    }
    let raw = raw(&doc);
    drop(doc);
    finish::finish(raw, input, &faces, names)
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
fn handle(subset: &Subset) -> PdfFontHandle {
    PdfFontHandle::External(subset.id())
}
