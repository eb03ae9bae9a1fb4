//! The book that is imposed: its pages with their boxes, as they are shown.
//!
//! A file of another program may say anything. The tree of pages is walked here
//! without recursion, each node once; what pages take over from the nodes above them
//! (ISO 32000-1, 7.7.3.4) is handed down as small values. A page whose boxes make no
//! sense stays blank and is named.

use super::area::Edges;
use crate::diag::{Diagnostic, Sink, code};
use crate::geom::{Len, Size};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::BTreeSet;

/// What a stream of objects may unpack to, in bytes. Those of honest files hold some
/// hundred objects.
const UNPACKED: usize = 32 << 20;
/// More pages than any book has; a sheet each would only fill the disk.
const PAGES: usize = 20_000;
/// A4 and letter lie between; boxes beyond are no paper (annex C).
const LARGEST: f64 = 14_400.0;

/// A page of the book.
#[derive(Debug, Clone)]
pub struct Page {
    /// the object
    pub id: ObjectId,
    /// trim, in the units of its content: left, bottom, right, top
    pub trim: [f64; 4],
    /// print, which is the trim or more
    pub print: [f64; 4],
    /// quarters by which it is turned clockwise when it is shown
    pub quarters: u8,
    /// points in a unit
    pub unit: f64,
    /// trim as it is shown
    pub size: Size,
    /// what is printed beyond the trim, as it is shown
    pub bleed: Edges,
    /// the node that has its resources
    pub resources: Option<ObjectId>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Original {
    /// the objects
    pub doc: Document,
    /// the pages; `None` for those that cannot be used
    pub pages: Vec<Option<Page>>,
    /// nodes of the tree of pages, and the catalog
    pub nodes: BTreeSet<ObjectId>,
}

/// Reads a file.
pub fn read(bytes: &[u8], sink: &mut Sink) -> Option<Original> {
    match open(bytes) {
        Ok(doc) => pages(doc, sink),
        Err(fault) => {
            sink.push(fault);
            None
        }
    }
}

fn open(bytes: &[u8]) -> Result<Document, Diagnostic> {
    let broken = |why: String| {
        Diagnostic::new(code::BAD_PDF, format!("the file cannot be read as PDF: {why}"))
            .hint("open it with another program and save it anew")
    };
    let locked = || {
        Diagnostic::new(code::ENCRYPTED_PDF, "the file is encrypted")
            .hint("save it without a password and without restrictions")
    };
    if !fields_are_sane(bytes) {
        return Err(broken("its table of objects makes no sense".into()));
    }
    let options = LoadOptions::with_max_decompressed_size(UNPACKED);
    match Document::load_mem_with_options(bytes, options) {
        Ok(doc) if doc.is_encrypted() || doc.was_encrypted() => Err(locked()),
        Ok(doc) => Ok(doc),
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(locked()),
        Err(e) => Err(broken(e.to_string())),
    }
}

/// The widths of fields of a cross-reference stream (7.5.8.2) are a few bytes; the
/// parser takes their word for how much memory an entry needs, and for an end of them.
/// Widths of glyphs have the same key; they are far below the limit, and their
/// dictionary is not that of a stream.
fn fields_are_sane(bytes: &[u8]) -> bool {
    [&b"/W"[..], b"/#57"].into_iter().all(|key| {
        let keys = bytes.windows(key.len()).enumerate().filter(|w| w.1 == key);
        keys.into_iter().all(|(at, _)| widths_are_sane(&bytes[at + key.len()..]))
    })
}

fn widths_are_sane(rest: &[u8]) -> bool {
    let Some(list) = rest.trim_ascii_start().strip_prefix(b"[") else { return true };
    let list = &list[..list.len().min(200)];
    let list = list.split(|b| *b == b']').next().unwrap_or_default();
    let words = list.split(u8::is_ascii_whitespace).filter(|n| !n.is_empty());
    let number = |n| std::str::from_utf8(n).ok().and_then(|n| n.parse::<f64>().ok());
    let numbers: Vec<Option<f64>> = words.take(3).map(number).collect();
    let nothing = numbers == [Some(0.0); 3];
    let small = numbers.iter().flatten().all(|n| *n < 1e6);
    small && !(nothing && of_stream(rest))
}

/// Whether a dictionary goes over into a stream.
fn of_stream(rest: &[u8]) -> bool {
    let rest = &rest[..rest.len().min(64 << 10)];
    let end = |word: &[u8]| rest.windows(word.len()).position(|w| w == word);
    end(b"stream") < end(b"endobj").or(Some(usize::MAX)) && end(b"stream").is_some()
}

/// What a node hands down to those below it.
#[derive(Debug, Default, Copy, Clone)]
struct Inherited {
    resources: Option<ObjectId>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    quarters: u8,
}

fn pages(doc: Document, sink: &mut Sink) -> Option<Original> {
    let mut nodes = BTreeSet::new();
    let mut pages = vec![];
    let root = doc.trailer.get(b"Root").and_then(Object::as_reference).ok();
    nodes.extend(root);
    let tree = doc.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference);
    let mut to_do: Vec<_> =
        tree.ok().map(|id| (id, Inherited::default())).into_iter().collect();
    while let Some((id, above)) = to_do.pop() {
        if !nodes.insert(id) {
            continue;
        }
        let Ok(dict) = doc.get_dictionary(id) else { continue };
        let own = inherited(&doc, id, dict, above);
        match dict.get_deref(b"Kids", &doc).and_then(Object::as_array) {
            Ok(kids) => {
                let kids = kids.iter().rev().filter_map(|k| k.as_reference().ok());
                to_do.extend(kids.map(|k| (k, own)));
            }
            Err(_) if dict.has_type(b"Pages") => {}
            Err(_) => pages.push(page(&doc, id, dict, own)),
        }
        if pages.len() > PAGES {
            sink.push(too_many());
            return None;
        }
    }
    for n in (1..).zip(&pages).filter(|p| p.1.is_none()).map(|p| p.0) {
        let message = format!("page {n} has no box that makes sense; its place is blank");
        sink.push(Diagnostic::new(code::UNREAD_PAGE, message).hint(UNREAD));
    }
    if pages.iter().flatten().next().is_none() {
        let fault = Diagnostic::new(code::BAD_PDF, "the file has no page");
        sink.push(fault.hint("name a PDF with pages, such as one that keben built"));
        return None;
    }
    Some(Original { doc, pages, nodes })
}

/// What to do about a page that cannot be used.
pub const UNREAD: &str = "open the file with another program and save it anew";

fn too_many() -> Diagnostic {
    Diagnostic::new(code::BAD_PDF, format!("the file has more than {PAGES} pages"))
        .hint("split it into volumes")
}

fn inherited(
    doc: &Document,
    id: ObjectId,
    dict: &Dictionary,
    above: Inherited,
) -> Inherited {
    let has = dict.get_deref(b"Resources", doc).is_ok_and(|r| r.as_dict().is_ok());
    let turn = dict.get_deref(b"Rotate", doc).and_then(number).map(|n| n / 90.0);
    let quarters = turn.map(|n| match n.fract() == 0.0 {
        true => (n % 4.0 + 4.0) as u8 % 4,
        false => 0,
    });
    Inherited {
        resources: if has { Some(id) } else { above.resources },
        media: area(doc, dict, b"MediaBox").or(above.media),
        crop: area(doc, dict, b"CropBox").or(above.crop),
        quarters: quarters.unwrap_or(above.quarters),
    }
}

/// A page, if its boxes make sense.
fn page(doc: &Document, id: ObjectId, dict: &Dictionary, own: Inherited) -> Option<Page> {
    // What readers take where nothing is said.
    let media = own.media.unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let within =
        |b: Option<[f64; 4]>, o: [f64; 4]| b.and_then(|b| meet(b, o)).unwrap_or(o);
    let crop = within(own.crop, media);
    let trim = area(doc, dict, b"TrimBox").and_then(|b| meet(b, media));
    // Without a box for it, what is beyond the trim may be marks.
    let bleed = area(doc, dict, b"BleedBox").filter(|_| trim.is_some());
    let trim = trim.unwrap_or(crop);
    let print = bleed.and_then(|b| meet(b, media)).map_or(trim, |b| around(b, trim));
    let unit = dict.get_deref(b"UserUnit", doc).and_then(number);
    let unit = unit.ok().filter(|u| (0.01..=100.0).contains(u)).unwrap_or(1.0);
    let len = |n: f64| Len::sp((n * unit * 65_536.0).round() as i64);
    let (w, h) = (trim[2] - trim[0], trim[3] - trim[1]);
    let sane = |n: f64| (1.0..=LARGEST).contains(&(n * unit));
    if !sane(w) || !sane(h) {
        return None;
    }
    let size = match own.quarters % 2 {
        0 => Size { w: len(w), h: len(h) },
        _ => Size { w: len(h), h: len(w) },
    };
    let edges = Edges {
        left: len(trim[0] - print[0]),
        bottom: len(trim[1] - print[1]),
        right: len(print[2] - trim[2]),
        top: len(print[3] - trim[3]),
    };
    let bleed = edges.turned(own.quarters);
    let (quarters, resources) = (own.quarters, own.resources);
    Some(Page { id, trim, print, quarters, unit, size, bleed, resources })
}

/// A box of a page, with its corners in order; `None` for what is none.
fn area(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let list = dict.get_deref(key, doc).and_then(Object::as_array).ok()?;
    let one = |o: &Object| {
        let n = doc.dereference(o).and_then(|o| number(o.1)).ok()?;
        (n.abs() < 1e7).then_some(n)
    };
    let [a, b, c, d] = list.as_slice() else { return None };
    let (a, b, c, d) = (one(a)?, one(b)?, one(c)?, one(d)?);
    let sorted = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (sorted[2] > sorted[0] && sorted[3] > sorted[1]).then_some(sorted)
}

fn number(o: &Object) -> Result<f64, lopdf::Error> {
    o.as_float().map(f64::from)
}

fn meet(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let m = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (m[2] > m[0] && m[3] > m[1]).then_some(m)
}

fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
