//! The spine: title, authors and publisher down its middle.

use super::canvas::{Canvas, Face};
use super::upright::{Column, column, is_upright};
use super::wrap::THIN;
use super::{names, turned};
use crate::diag::code;
use crate::geom::{Len, Point, Rect};

/// Sizes of the title on the spine.
const MOST: Len = Len::milli_pt(24_000);
const LEAST: Len = Len::milli_pt(5_500);

/// Draws the spine, if it is wide enough for type.
pub(super) fn draw(c: &mut Canvas<'_>, spine: Rect) {
    if !c.input.config.cover.spine_text {
        return;
    }
    if spine.size.w < THIN {
        let mm = spine.size.w.to_pt() * 25.4 / 72.0;
        let message = format!("a spine of {mm:.1} mm has no room for type");
        let hint = "it stays blank; more pages or thicker paper make it wider";
        return c.say(code::NARROW_SPINE, message, hint);
    }
    let Some((parts, gap)) = parts(c, spine) else {
        let message = "title and names are too long for the spine";
        let hint = "it stays blank; `spine-text = false` leaves it so";
        return c.say(code::COVER_OVERFLOW, message, hint);
    };
    let [title, authors, publisher] = parts;
    let (head, foot) = ends(spine);
    let x = spine.at.x + spine.size.w.frac(1, 2);
    let last = foot - publisher.length;
    let lowest = last - gap - authors.length;
    // The authors stand by themselves below the title, not right behind it.
    let wished = (head + title.length + gap).max(head + (foot - head).frac(60, 100));
    let middle = wished.min(lowest);
    title.put(c, Point { x, y: head });
    authors.put(c, Point { x, y: middle });
    publisher.put(c, Point { x, y: last });
}

/// Where type begins and ends: as far from the edges as eyes want it.
fn ends(spine: Rect) -> (Len, Len) {
    let inset = spine.size.h.frac(7, 100);
    (spine.at.y + inset, spine.at.y + spine.size.h - inset)
}

/// The three texts at the largest sizes at which they fit, and the gap between.
fn parts(c: &mut Canvas<'_>, spine: Rect) -> Option<([Column; 3], Len)> {
    let (head, foot) = ends(spine);
    let meta = &c.input.book.meta;
    let title = meta.title.trim();
    let authors = names(meta);
    let publisher = meta.publisher.as_deref().unwrap_or_default().trim();
    let mut size = spine.size.w.frac(58, 100).min(MOST);
    loop {
        let small = size.frac(62, 100).max(LEAST);
        let parts = [
            text(c, title, Face::Title, size),
            text(c, &authors, Face::Names, small.min(MOST.frac(1, 2))),
            text(c, publisher, Face::Text, small.frac(90, 100).min(MOST.frac(45, 100))),
        ];
        let gap = small * 2;
        let length: Len = parts.iter().map(|p| p.length).sum();
        if length + gap * 2 <= foot - head {
            return Some((parts, gap));
        }
        if size <= LEAST {
            return None;
        }
        size = size.frac(93, 100).max(LEAST);
    }
}

fn text(c: &mut Canvas<'_>, text: &str, face: Face, size: Len) -> Column {
    if is_upright(text) {
        return column(c, text, face.at(size));
    }
    let (items, length) = turned::line(c, text, face.at(size));
    Column { items, length }
}
