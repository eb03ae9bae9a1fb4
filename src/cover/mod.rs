//! The wrap of the printed book (封面): back, spine, front and flaps on one sheet,
//! drawn from the metadata, in black and its tints. [`wrap`] says where the parts
//! are, [`barcode`] turns an ISBN into bars, the rest draws.

mod back;
pub mod barcode;
mod canvas;
mod front;
mod outline;
pub mod picture;
mod spine;
mod turned;
mod upright;
pub mod wrap;

use crate::book::Meta;
use crate::book::words::words;
use crate::colour::ink::{Ink, PAPER};
use crate::config::cover::Background;
use crate::config::press::Marks;
use crate::diag::{Diagnostic, Sink, code};
use crate::geom::{Len, Point, Rect, Size};
use crate::line::Fault;
use crate::page::structure::Tag;
use crate::page::{self, Draw, Page};
use crate::press::marks::{bars, register};
use canvas::Canvas;
use std::collections::BTreeSet;
use wrap::Wrap;

/// A cover: a page as large as the sheet, and the boxes on it.
#[derive(Debug, Clone)]
pub struct Cover {
    /// what is drawn
    pub page: Page,
    /// what is left after cutting
    pub trim: Rect,
    /// what is printed
    pub bleed: Rect,
}

/// Draws the cover of a book of so many pages, with the marks that its printer wants.
pub fn cover(
    input: &page::Input<'_>,
    pages: usize,
    marks: Marks,
    sink: &mut Sink,
) -> Cover {
    let config = &input.config.cover;
    let wrap = Wrap::of_book(input, pages, marks.any());
    let mut c = Canvas::new(*input);
    paper(&mut c, &wrap);
    back::draw(&mut c, wrap.back);
    spine::draw(&mut c, wrap.spine);
    if config.text {
        front::draw(&mut c, wrap.front);
    }
    // What reaches over the bleed is covered before the marks are drawn.
    if marks.any() {
        wrap.margins().into_iter().for_each(|m| c.rule(m, PAPER));
    }
    if marks.cut {
        wrap.marks().into_iter().for_each(|m| c.rule(m, Ink::All));
    }
    missing(&c.faults, sink);
    c.found.drain(..).for_each(|d| sink.push(d));
    // It is a picture of a book, not its text: the book's file has that.
    let drawn = c.items.into_iter().map(|(at, draw)| (at, draw, Tag::Layout));
    let mut items: Vec<_> = drawn.collect();
    if marks.register {
        items.extend(register(wrap.bleed));
    }
    if marks.bars {
        items.extend(bars(wrap.bleed));
    }
    let page =
        Page { label: "1".into(), recto: true, size: wrap.media, items, anchors: vec![] };
    Cover { page, trim: wrap.trim, bleed: wrap.bleed }
}

/// The ground, and the picture on it.
fn paper(c: &mut Canvas<'_>, wrap: &Wrap) {
    let config = &c.input.config.cover;
    let picture =
        config.background.as_ref().filter(|b| c.input.pictures.get(&b.path).is_some());
    let Some(Background { path, front, .. }) = picture else {
        return c.rule(wrap.bleed, config.ground());
    };
    let bleed = wrap.bleed;
    let mut place = bleed;
    if *front {
        let left = wrap.front.at.x;
        place.at.x = left;
        // A flap has its own ground.
        let right = match config.flaps > Len::ZERO {
            true => left + wrap.front.size.w,
            false => bleed.at.x + bleed.size.w,
        };
        place.size.w = right - left;
    }
    if let Some(picture) = c.input.pictures.get(path) {
        let (at, size) = filled(place, picture.width, picture.height);
        c.items.push((at, Draw::Image { path: path.clone(), size, alt: String::new() }));
    }
    // The ground beside the picture hides what of it reaches over.
    let right = place.at.x + place.size.w;
    let beside = [(bleed.at.x, place.at.x), (right, bleed.at.x + bleed.size.w)];
    for (from, to) in beside {
        let size = Size { w: to - from, h: bleed.size.h };
        let rect = Rect { at: Point { x: from, y: bleed.at.y }, size };
        c.rule(rect, PAPER);
        c.rule(rect, config.ground());
    }
}

/// The least place of a picture's shape that covers another, about its middle.
fn filled(place: Rect, w: f32, h: f32) -> (Point, Size) {
    let whole = |x: f32| (f64::from(x) * 100.0).round().max(1.0) as i64;
    let (w, h) = (whole(w), whole(h));
    let by_width = Size { w: place.size.w, h: place.size.w.frac(h, w) };
    let by_height = Size { w: place.size.h.frac(w, h), h: place.size.h };
    let size = if by_width.h >= place.size.h { by_width } else { by_height };
    let x = place.at.x + (place.size.w - size.w).frac(1, 2);
    let y = place.at.y + (place.size.h - size.h).frac(1, 2);
    (Point { x, y }, size)
}

/// The authors in one line.
fn names(meta: &Meta) -> String {
    meta.authors.join(words(&meta.lang).comma).trim().to_string()
}

/// Characters that no font has, each once.
fn missing(faults: &[Fault], sink: &mut Sink) {
    let found: BTreeSet<char> = faults
        .iter()
        .filter_map(|f| match f {
            Fault::Missing(c, _) => Some(*c),
            Fault::Overfull(_)
            | Fault::Wide(_)
            | Fault::High(_)
            | Fault::Emergency(_)
            | Fault::Loose(..)
            | Fault::Lonely(..) => None,
        })
        .collect();
    for c in found {
        let message = format!("no font has “{c}” (U+{:04X}) of the cover", u32::from(c));
        let hint = "name a font that has it in [fonts]";
        sink.push(Diagnostic::new(code::MISSING_GLYPH, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_fill_their_place() {
        let at = Point { x: Len::sp(10), y: Len::sp(20) };
        let place = Rect { at, size: Size { w: Len::sp(300), h: Len::sp(400) } };
        let (from, size) = filled(place, 1.0, 1.0);
        assert_eq!((size.w, size.h), (Len::sp(400), Len::sp(400)));
        assert_eq!((from.x, from.y), (Len::sp(-40), Len::sp(20)));
        let (from, size) = filled(place, 1.0, 4.0);
        assert_eq!((size.w, size.h), (Len::sp(300), Len::sp(1200)));
        assert_eq!(from.y, Len::sp(-380));
    }
}
