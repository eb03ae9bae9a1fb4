//! Pictures as objects of the file: JPEG as it is, other rasters as their pixels, SVG
//! as vector forms; all in the colours that the file's way asks for.
//!
//! printpdf draws pages with an empty object for each picture. [`super::finish`] asks
//! for the real ones, because they bring objects of their own: profiles, soft masks,
//! forms inside forms.

pub mod bitmap;
mod canvas;
pub mod pack;
mod paint;
mod ramp;
pub mod shelf;
mod soft;
mod svg;

pub use shelf::Shelf;

use crate::colour::Links;
use crate::page::{Draw, Page};
use crate::picture::{Picture, Pictures};
use bitmap::Bitmap;
use lopdf::{Dictionary, Stream};
use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A name for each picture that the pages show, by path. Paths that hold the same
/// picture have the same name, so that it is in the file once.
pub fn names(pages: &[Arc<Page>], pictures: &Pictures) -> BTreeMap<String, XObjectId> {
    let mut by_bytes: BTreeMap<&[u8], usize> = BTreeMap::new();
    let paths = widths(pages).into_keys();
    let known = paths.filter_map(|path| {
        let picture = pictures.get(&path)?;
        let count = by_bytes.len();
        let n = *by_bytes.entry(&picture.bytes).or_insert(count);
        Some((path, XObjectId(format!("P{n}"))))
    });
    known.collect()
}

/// How wide pictures stand on the pages, in points: the widest place of each.
fn widths(pages: &[Arc<Page>]) -> BTreeMap<String, f64> {
    let mut widths = BTreeMap::new();
    for draw in pages.iter().flat_map(|p| p.draws()) {
        match draw {
            Draw::Image { path, size, .. } => {
                let widest: &mut f64 = widths.entry(path.clone()).or_default();
                *widest = widest.max(size.w.to_pt());
            }
            Draw::Text(_) | Draw::Rule { .. } | Draw::Turned(_) | Draw::Path { .. } => {}
        }
    }
    widths
}

/// An object that holds a picture's place.
pub fn placeholder() -> XObject {
    let name = |s: &str| DictItem::Name(s.as_bytes().to_vec());
    let dict = [("Type", name("XObject")), ("Subtype", name("Form"))];
    let dict = dict.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    let stream = ExternalStream { dict, content: vec![], compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// The real objects of all pictures, by the names that pages call them by. Their parts
/// are put into the shelf's document.
pub fn objects(
    shelf: &mut Shelf<'_>,
    pages: &[Arc<Page>],
    pictures: &Pictures,
    names: &BTreeMap<String, XObjectId>,
    links: &Links<'_>,
) -> Result<BTreeMap<String, Stream>, String> {
    let mut chosen: BTreeMap<&str, (&str, &Picture, f64)> = BTreeMap::new();
    for (path, width) in widths(pages) {
        let Some((key, name)) = names.get_key_value(&path) else { continue };
        let Some(picture) = pictures.get(&path) else { continue };
        let entry = chosen.entry(&name.0).or_insert((key, picture, width));
        entry.2 = entry.2.max(width);
    }
    let rasters = chosen.iter().filter(|(_, (_, p, _))| p.drawing.is_none());
    let mut bitmaps = bitmaps(rasters.map(|(n, (_, p, _))| (*n, *p)).collect(), links);
    let mut out = BTreeMap::new();
    for (name, (path, picture, width)) in chosen {
        let stream = match bitmaps.remove(name) {
            Some(bitmap) => bitmap.map(|b| shelf.image(b)),
            None => svg::form(shelf, picture, width as f32, links),
        };
        out.insert(name.to_string(), stream.map_err(|e| format!("{path}: {e}"))?);
    }
    Ok(out)
}

/// Pixels from which on a picture is made alone: a plate of this size has some hundred
/// megabytes while it is open.
const LARGE: f32 = 16e6;

/// Rasters side by side, large ones one after another.
fn bitmaps<'a>(
    rasters: Vec<(&'a str, &Picture)>,
    links: &Links<'_>,
) -> BTreeMap<&'a str, Result<Bitmap, String>> {
    let make = |(name, p): (&'a str, &Picture)| (name, bitmap::of(p, links));
    let (large, small): (Vec<_>, Vec<_>) =
        rasters.into_iter().partition(|(_, p)| p.width * p.height > LARGE);
    let mut out: BTreeMap<_, _> = small.into_par_iter().map(make).collect();
    out.extend(large.into_iter().map(make));
    out
}

/// A dictionary of an image or form.
fn xobject(subtype: &str) -> Dictionary {
    lopdf::dictionary! { "Type" => "XObject", "Subtype" => subtype }
}
