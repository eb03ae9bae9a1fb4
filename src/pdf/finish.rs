//! What printpdf has no word for, put in with its own object model: vector
//! forms, links, nested bookmarks, page labels, document information, fixed
//! identifiers.
//!
//! printpdf hands over a whole document whose pages are right and whose catalog
//! is its own. From here on the file belongs to us: the passes below each add
//! one thing, and the last one writes. Two rules keep builds the same: nothing
//! asks the clock or a random source, and every object is numbered in the order
//! of the document before the file's identifier is taken from its bytes.

use super::outline::{Mark, marks};
use super::{Boxes, Input, pictures};
use crate::book::Target;
use crate::geom::{Len, Point};
use crate::page::Page;
use crate::picture::{Kind, Picture};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};
use printpdf::XObjectId;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Finishes a document and writes it.
pub fn finish(
    mut doc: Document,
    input: &Input<'_>,
    names: &BTreeMap<String, XObjectId>,
) -> Result<Vec<u8>, String> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let places = places(input.pages, &pages);
    for (path, name) in names {
        if let Some(picture) = input.pictures.get(path).filter(|p| p.kind == Kind::Svg) {
            form(&mut doc, &name.0, picture).map_err(|e| format!("{path}: {e}"))?;
        }
    }
    links(&mut doc, input.pages, &pages, &places)?;
    if let Some(cut) = &input.boxes {
        boxes(&mut doc, input.pages, &pages, cut)?;
    }
    let outlines = outlines(&mut doc, &marks(input.book), &places);
    catalog(&mut doc, input, outlines).map_err(|e| e.to_string())?;
    info(&mut doc, input);
    write(doc)
}

/// Where each anchor is: its page and the height on it.
type Places = BTreeMap<String, (ObjectId, Point, Len)>;

fn places(pages: &[Page], ids: &[ObjectId]) -> Places {
    let mut out = Places::new();
    for (page, id) in pages.iter().zip(ids) {
        for (anchor, at) in &page.anchors {
            out.entry(anchor.clone()).or_insert((*id, *at, page.size.h));
        }
    }
    out
}

/// The place as a destination: the top of what is meant at the window's top.
fn destination(places: &Places, anchor: &str) -> Option<Object> {
    let (page, at, height) = places.get(anchor)?;
    let top = (*height - at.y).to_pt() as f32;
    let dest = vec![(*page).into(), "XYZ".into(), Object::Null, top.into(), Object::Null];
    Some(Object::Array(dest))
}

fn links(
    doc: &mut Document,
    pages: &[Page],
    ids: &[ObjectId],
    places: &Places,
) -> Result<(), String> {
    for (page, id) in pages.iter().zip(ids) {
        let mut annotations = vec![];
        for (area, to) in &page.links {
            let (x, y) = (area.at.x, page.size.h - area.at.y);
            let rect = [x, y - area.size.h, x + area.size.w, y];
            let rect: Vec<Object> = rect.map(|l| (l.to_pt() as f32).into()).into();
            let mut link = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => rect,
                "Border" => vec![0.into(), 0.into(), 0.into()],
            };
            match to.as_ref() {
                Target::Url(url) => {
                    let uri = Object::string_literal(ascii(url));
                    link.set("A", dictionary! { "S" => "URI", "URI" => uri });
                }
                Target::Anchor(anchor) => match destination(places, anchor) {
                    Some(dest) => link.set("Dest", dest),
                    None => continue,
                },
            }
            annotations.push(Object::Reference(doc.add_object(link)));
        }
        let page = doc.get_dictionary_mut(*id).map_err(|e| e.to_string())?;
        if annotations.is_empty() {
            page.remove(b"Annots");
        } else {
            page.set("Annots", annotations);
        }
    }
    Ok(())
}

/// Where the pages are cut and how far they are printed.
fn boxes(
    doc: &mut Document,
    pages: &[Page],
    ids: &[ObjectId],
    cut: &Boxes,
) -> Result<(), String> {
    for (page, id) in pages.iter().zip(ids) {
        let dict = doc.get_dictionary_mut(*id).map_err(|e| e.to_string())?;
        for (key, r) in [("TrimBox", cut.trim), ("BleedBox", cut.bleed)] {
            let (x, y) = (r.at.x, page.size.h - r.at.y);
            let edges = [x, y - r.size.h, x + r.size.w, y];
            let edges: Vec<Object> = edges.map(|l| (l.to_pt() as f32).into()).into();
            dict.set(key, edges);
        }
    }
    Ok(())
}

/// An address in 7-bit ASCII (ISO 32000-1, 12.6.4.7): all else is percent-encoded.
fn ascii(url: &str) -> String {
    let plain = |b: u8| {
        b.is_ascii_graphic()
            && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'}' | b'|')
    };
    let encode =
        |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    url.bytes().map(encode).collect()
}

/// The bookmarks; `None` for a book without any.
fn outlines(doc: &mut Document, marks: &[Mark], places: &Places) -> Option<ObjectId> {
    let root = doc.new_object_id();
    let (first, last, count) = level(doc, marks, root, places)?;
    let dict = dictionary! {
        "Type" => "Outlines",
        "First" => first,
        "Last" => last,
        "Count" => count,
    };
    doc.objects.insert(root, dict.into());
    Some(root)
}

/// One level of bookmarks: its first, its last, and how many are to be seen.
fn level(
    doc: &mut Document,
    marks: &[Mark],
    parent: ObjectId,
    places: &Places,
) -> Option<(ObjectId, ObjectId, i64)> {
    let ids: Vec<_> = marks.iter().map(|_| doc.new_object_id()).collect();
    for (i, mark) in marks.iter().enumerate() {
        let mut dict = dictionary! { "Title" => text(&mark.title), "Parent" => parent };
        if let Some(dest) = destination(places, &mark.anchor) {
            dict.set("Dest", dest);
        }
        if i > 0 {
            dict.set("Prev", ids[i - 1]);
        }
        if let Some(next) = ids.get(i + 1) {
            dict.set("Next", *next);
        }
        if let Some((first, last, count)) = level(doc, &mark.below, ids[i], places) {
            dict.set("First", first);
            dict.set("Last", last);
            // Closed: a negative count (ISO 32000-1, 12.3.3).
            dict.set("Count", -count);
        }
        doc.objects.insert(ids[i], dict.into());
    }
    Some((*ids.first()?, *ids.last()?, ids.len() as i64))
}

fn catalog(
    doc: &mut Document,
    input: &Input<'_>,
    outlines: Option<ObjectId>,
) -> Result<(), lopdf::Error> {
    let labels = labels(input.pages);
    let catalog = doc.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(input.book.meta.lang.clone()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageLayout", "TwoPageRight");
    catalog.set("PageLabels", dictionary! { "Nums" => labels });
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}

/// Page labels as they are printed: a new range wherever the numbers start anew.
fn labels(pages: &[Page]) -> Vec<Object> {
    let roman = |p: &Page| p.label.starts_with(|c: char| c.is_ascii_lowercase());
    let mut out: Vec<Object> = vec![];
    for (i, page) in pages.iter().enumerate() {
        let anew = matches!(page.label.as_str(), "1" | "i");
        if i == 0 || anew || roman(page) != roman(&pages[i - 1]) {
            let style = if roman(page) { "r" } else { "D" };
            out.push((i as i64).into());
            out.push(dictionary! { "S" => style }.into());
        }
    }
    out
}

fn info(doc: &mut Document, input: &Input<'_>) {
    let meta = &input.book.meta;
    let date = Object::string_literal(date(input.timestamp));
    let mut info = dictionary! {
        "Title" => text(&meta.title),
        "Producer" => text(concat!("keben ", env!("CARGO_PKG_VERSION"))),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    if !meta.authors.is_empty() {
        info.set("Author", text(&meta.authors.join("; ")));
    }
    if let Some(description) = &meta.description {
        info.set("Subject", text(description));
    }
    let id = doc.add_object(info);
    doc.trailer.set("Info", id);
}

/// A date of the file (ISO 32000-1, 7.9.4), in UTC.
fn date(timestamp: i64) -> String {
    let date = chrono::DateTime::from_timestamp(timestamp, 0).unwrap_or_default();
    date.format("D:%Y%m%d%H%M%SZ").to_string()
}

/// A text string, in UTF-16 where ASCII does not do.
fn text(s: &str) -> Object {
    if s.is_ascii() {
        return Object::string_literal(s);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(s.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, lopdf::StringFormat::Hexadecimal)
}

/// Puts an SVG's vector form in the place of its empty object. The form is one
/// unit square, like any picture.
fn form(doc: &mut Document, name: &str, picture: &Picture) -> Result<(), String> {
    let Some(mut source) = pictures::svg_page(picture)? else { return Ok(()) };
    source.renumber_objects_with(doc.max_id + 1);
    let page = source.page_iter().next().ok_or("the SVG gave no page")?;
    let content = source.get_page_content(page);
    let dict = source.get_dictionary(page).map_err(|e| e.to_string())?;
    let resources = dict.get(b"Resources").cloned().unwrap_or(Dictionary::new().into());
    let (w, h) = (picture.width, picture.height);
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), w.into(), h.into()],
        "Matrix" => vec![(1.0 / w).into(), 0.into(), 0.into(), (1.0 / h).into(), 0.into(), 0.into()],
        "Resources" => resources,
    };
    // What is transparent inside blends as on the page it was drawn for.
    if let Ok(group) = dict.get(b"Group") {
        form.set("Group", group.clone());
    }
    doc.max_id = source.max_id.max(doc.max_id);
    doc.objects.extend(source.objects);
    let target = slot(doc, name).ok_or("a picture has no object")?;
    doc.objects.insert(target, Stream::new(form, content).into());
    Ok(())
}

/// The object that pages call by a name.
fn slot(doc: &Document, name: &str) -> Option<ObjectId> {
    let page = doc.page_iter().next()?;
    let resources = doc.get_dictionary(page).ok()?.get(b"Resources").ok()?;
    let (_, resources) = doc.dereference(resources).ok()?;
    let (_, objects) =
        doc.dereference(resources.as_dict().ok()?.get(b"XObject").ok()?).ok()?;
    objects.as_dict().ok()?.get(name.as_bytes()).ok()?.as_reference().ok()
}

/// Numbers the objects, compresses, names the file by its contents, writes.
fn write(mut doc: Document) -> Result<Vec<u8>, String> {
    doc.version = "1.7".into();
    doc.trailer.remove(b"ID");
    doc.prune_objects();
    doc.renumber_objects();
    doc.compress();
    let id = Object::String(NO_ID.to_vec(), lopdf::StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);
    let options = SaveOptions {
        use_object_streams: true,
        use_xref_streams: true,
        ..Default::default()
    };
    let mut out = vec![];
    doc.save_with_options(&mut out, options).map_err(|e| e.to_string())?;
    name(&mut out);
    Ok(out)
}

/// Stands for the file's identifier until the file is written.
const NO_ID: &[u8; 16] = b"\xfekeben-identity\xff";

/// Puts the hash of the file in the place of its identifier (ISO 32000-1, 14.4).
fn name(file: &mut [u8]) {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02X}")).collect::<String>();
    let (old, new) = (hex(NO_ID), hex(&Sha256::digest(&file)[..16]));
    // The trailer is the last object: the identifiers are near the end.
    let mut at = file.len();
    for _ in 0..2 {
        let found = file[..at].windows(old.len()).rposition(|w| w == old.as_bytes());
        let Some(start) = found else { return };
        file[start..start + new.len()].copy_from_slice(new.as_bytes());
        at = start;
    }
}
