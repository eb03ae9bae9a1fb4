//! What printpdf has no word for, put in with its own object model: vector
//! forms, links, nested bookmarks, page labels, document information, fixed
//! identifiers.
//!
//! printpdf hands over a document with one page, whose fonts and resources are those
//! of all pages and whose catalog is its own. From here on the file belongs to us: the
//! passes below each add one thing, and the last one writes. Two rules keep builds the
//! same: nothing asks the clock or a random source, and every object is numbered in the
//! order of the document before the file's identifier is taken from its bytes.

mod archive;
mod bookmarks;
mod boxes;
mod catalog;
mod element;
mod file;
mod fonts;
mod forms;
mod links;
mod metadata;
mod order;
mod packed;
mod pages;
mod press;
mod structure;
mod xmp;

pub(super) use file::TAKEN;
pub use file::save;
pub use metadata::PRODUCER;
pub use packed::Streams;
pub use xmp::{Value, xmp};

use super::marks;
use super::outline;
use super::pieces::Taken;
use super::plates;
use super::{Input, Pieces, contents};
use crate::colour::Way;
use crate::config::Medium;
use crate::font::Face;
use crate::geom::{Len, Rect};
use lopdf::{Document, Object, Stream};
use printpdf::XObjectId;
use std::collections::BTreeMap;

/// A document that is finished but for what is drawn on its pages.
#[derive(Debug)]
pub struct Frame {
    doc: Document,
    /// the structure of its text
    structure: packed::Written,
    /// what streams take out of pictures as it is
    taken: Vec<Taken>,
}

/// Finishes a document, but for what is drawn on its pages.
pub fn finish(
    mut doc: Document,
    input: &Input<'_>,
    faces: &BTreeMap<String, &Face>,
    names: &BTreeMap<String, XObjectId>,
    programs: &mut BTreeMap<String, Stream>,
) -> Result<Frame, String> {
    let (pages, resources) = pages::pages(&mut doc, input.pages)?;
    let places = links::places(input.pages, &pages);
    let taken = forms::pictures(&mut doc, input, resources, names)?;
    fonts::descriptors(&mut doc, faces);
    fonts::programs(&mut doc, programs)?;
    match input.medium {
        Medium::Screen => marks::resources(&mut doc, resources),
        Medium::Print => plates::resources(&mut doc, resources, input.pages, input.inks),
    }
    .map_err(|e| e.to_string())?;
    if let Some(cut) = &input.boxes {
        boxes::boxes(&mut doc, input.pages, &pages, cut)?;
    }
    let outline = if input.bookmarks { outline::marks(input.book) } else { vec![] };
    let bookmarks = bookmarks::bookmarks(&mut doc, &outline, &places);
    catalog::catalog(&mut doc, input, bookmarks).map_err(|e| e.to_string())?;
    if input.medium == Medium::Screen {
        archive::archive(&mut doc).map_err(|e| e.to_string())?;
    }
    if let Way::Press { profile, .. } = input.colours {
        press::press(&mut doc, profile).map_err(|e| e.to_string())?;
    }
    metadata::metadata(&mut doc, input).map_err(|e| e.to_string())?;
    file::prepare(&mut doc, input.medium)?;
    let structure = match archive::structure(&doc) {
        Some(root) => structure::structure(&mut doc, root, input)?,
        None => packed::Written::default(),
    };
    Ok(Frame { doc, structure, taken })
}

/// Puts what is drawn on the pages, and writes the file.
pub fn write(
    frame: Frame,
    contents: Vec<Stream>,
    known: Option<&mut Streams>,
) -> Result<Pieces, String> {
    let Frame { mut doc, structure, taken } = frame;
    contents::put(&mut doc, contents)?;
    file::save_with(doc, structure, &taken, known)
}

/// A rectangle of a page that is so high (ISO 32000-1, 7.9.5): points from the
/// bottom left corner.
fn area(rect: Rect, height: Len) -> Vec<Object> {
    let (x, y) = (rect.at.x, height - rect.at.y);
    let edges = [x, y - rect.size.h, x + rect.size.w, y];
    edges.map(|l| (l.to_pt() as f32).into()).into()
}

/// A text string, in UTF-16 where ASCII does not do.
pub fn text(s: &str) -> Object {
    if s.is_ascii() {
        return Object::string_literal(s);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(s.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, lopdf::StringFormat::Hexadecimal)
}
