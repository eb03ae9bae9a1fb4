//! Pages into PDF. Nothing is decided here: what stands where is in the pages,
//! how it looks in the fonts and pictures. printpdf makes the document with its
//! fonts ([`fonts`]), what is drawn on pages is written beside it ([`content`]), and
//! lopdf finishes the file ([`finish`]).

pub mod content;
mod contents;
pub mod finish;
pub mod fonts;
pub mod marks;
pub mod ops;
pub mod outline;
pub mod pictures;
mod pieces;
pub mod plates;
mod spread;
mod syntax;
mod used;

pub use pieces::Pieces;

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
use lopdf::Stream;
use printpdf::{Mm, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a PDF is made from.
#[derive(Debug, Copy, Clone)]
pub struct Input<'a> {
    /// title, authors, outline
    pub book: &'a Book,
    /// the pages
    pub pages: &'a [Arc<Page>],
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

/// What is kept of a file for the next one with the same settings, fonts and pictures.
#[derive(Debug, Default)]
pub struct Known {
    used: used::Used,
    subsets: BTreeMap<FaceId, Subset>,
    names: BTreeMap<String, XObjectId>,
    pages: Vec<(Arc<Page>, Stream)>,
    /// with the names that they have in the file
    fonts: BTreeMap<FaceId, (PdfFont, String)>,
    /// their programs, deflated, by these names
    programs: BTreeMap<String, Stream>,
    /// object streams, deflated
    objects: finish::Streams,
}

/// Writes the file: its pages, and at the same time all that is around them.
pub fn write(input: &Input<'_>, known: Option<&mut Known>) -> Result<Pieces, Diagnostic> {
    let (keeps, mut none) = (known.is_some(), Known::default());
    let known = known.unwrap_or(&mut none);
    known.used.count(input.pages);
    let subsets = fonts::subsets(&known.used, input.fonts);
    let names = pictures::names(input.pages, input.pictures);
    known.fonts.retain(|id, _| subsets.get(id) == known.subsets.get(id));
    if subsets != known.subsets || names != known.names {
        known.pages.clear();
    }
    let Known { pages, fonts, programs, .. } = known;
    let (contents, frame) = rayon::join(
        || contents::contents(input, &subsets, &names, pages),
        || frame(input, &subsets, &names, fonts, programs),
    );
    let contents = contents.map_err(failed)?;
    if keeps {
        (known.subsets, known.names) = (subsets, names);
        known.pages = input.pages.iter().cloned().zip(contents.clone()).collect();
    }
    let objects = keeps.then_some(&mut known.objects);
    finish::write(frame.map_err(failed)?, contents, objects).map_err(failed)
}

/// The document with fonts, pictures and structure, and nothing on its pages.
fn frame(
    input: &Input<'_>,
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
    fonts: &mut BTreeMap<FaceId, (PdfFont, String)>,
    programs: &mut BTreeMap<String, Stream>,
) -> Result<finish::Frame, String> {
    let new: Vec<_> = subsets.iter().filter(|(id, _)| !fonts.contains_key(id)).collect();
    let new =
        new.into_par_iter().map(|(id, s)| Ok((*id, s.font(input.fonts.face(*id))?)));
    let new: Result<Vec<_>, String> = new.collect();
    fonts.extend(new?);
    let mut doc = PdfDocument::new(&input.book.meta.title);
    let mut faces = BTreeMap::new();
    for (id, (font, name)) in fonts.iter() {
        doc.resources.fonts.map.insert(subsets[id].id(), font.clone());
        faces.insert(name.clone(), input.fonts.face(*id));
    }
    for name in names.values() {
        doc.resources.xobjects.map.insert(name.clone(), pictures::placeholder());
    }
    // printpdf embeds the fonts whose glyphs it meets: a page with all of them stands for
    // those of the book.
    let ops = subsets.values().flat_map(Subset::specimen).collect();
    doc.pages = vec![PdfPage::new(Mm(1.0), Mm(1.0), ops)];
    let raw = raw(&doc);
    drop(doc);
    finish::finish(raw, input, &faces, names, programs)
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
