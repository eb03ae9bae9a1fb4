//! Where things are, and areas that lead there.

use crate::book::Target;
use crate::geom::{Len, Point};
use crate::page::Page;
use lopdf::{Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Where each anchor is: its page and the height on it.
pub(super) type Places = BTreeMap<String, (ObjectId, Point, Len)>;

pub(super) fn places(pages: &[Page], ids: &[ObjectId]) -> Places {
    let mut out = Places::new();
    for (page, id) in pages.iter().zip(ids) {
        for (anchor, at) in &page.anchors {
            out.entry(anchor.clone()).or_insert((*id, *at, page.size.h));
        }
    }
    out
}

/// The place as a destination: the top of what is meant at the window's top.
pub(super) fn destination(places: &Places, anchor: &str) -> Option<Object> {
    let (page, at, height) = places.get(anchor)?;
    let top = (*height - at.y).to_pt() as f32;
    let dest = vec![(*page).into(), "XYZ".into(), Object::Null, top.into(), Object::Null];
    Some(Object::Array(dest))
}

pub(super) fn links(
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

/// No page leads anywhere.
pub(super) fn none(doc: &mut Document, ids: &[ObjectId]) -> Result<(), String> {
    for id in ids {
        let page = doc.get_dictionary_mut(*id).map_err(|e| e.to_string())?;
        page.remove(b"Annots");
    }
    Ok(())
}
