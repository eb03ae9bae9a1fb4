//! Where things are, and areas that lead there.

use super::text;
use crate::book::Target;
use crate::book::words::words;
use crate::geom::Len;
use crate::page::Page;
use crate::pdf::Input;
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where each anchor is.
pub(super) type Places = BTreeMap<String, Place>;

/// A place on a page.
pub(super) struct Place {
    /// which page, from 0
    page: usize,
    id: ObjectId,
    /// from the foot of the page
    height: Len,
}

pub(super) fn places(pages: &[Arc<Page>], ids: &[ObjectId]) -> Places {
    let mut out = Places::new();
    for (n, (page, id)) in pages.iter().zip(ids).enumerate() {
        for (anchor, at) in &page.anchors {
            let place = Place { page: n, id: *id, height: page.size.h - at.y };
            out.entry(anchor.clone()).or_insert(place);
        }
    }
    out
}

/// The place as a destination: the top of what is meant at the window's top.
pub(super) fn destination(places: &Places, anchor: &str) -> Option<Object> {
    let place = places.get(anchor)?;
    let top = place.height.to_pt() as f32;
    let dest =
        vec![place.id.into(), "XYZ".into(), Object::Null, top.into(), Object::Null];
    Some(Object::Array(dest))
}

/// An area that leads somewhere, without its number in the structure; `None` where
/// it would lead nowhere.
pub(super) fn link(
    input: &Input<'_>,
    places: &Places,
    to: &Target,
    area: Vec<Object>,
) -> Option<Dictionary> {
    let mut link = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => area,
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed with the page (ISO 19005-2, 6.3.2).
        "F" => 4,
    };
    match to {
        Target::Url(url) => {
            let uri = Object::string_literal(ascii(url));
            link.set("A", dictionary! { "S" => "URI", "URI" => uri });
            link.set("Contents", text(url));
        }
        Target::Anchor(anchor) => {
            link.set("Dest", destination(places, anchor)?);
            let label = &input.pages[places.get(anchor)?.page].label;
            let words = words(&input.book.meta.lang);
            link.set("Contents", text(&words.refs.page.replace('%', label)));
        }
    }
    Some(link)
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
