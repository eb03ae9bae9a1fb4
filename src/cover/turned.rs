//! Text a quarter turn to the right, top of the letters to the right, as outlines
//! (ISO 6357: spine titles read from the head down).

use super::canvas::Canvas;
use super::outline::{self, Turn};
use crate::font::{FaceId, FontSet};
use crate::geom::{Len, Point};
use crate::page::Draw;
use crate::theme::TextStyle;

/// A text as one line down the page from the middle of its top; how long it is.
pub(super) fn line(
    canvas: &mut Canvas<'_>,
    text: &str,
    style: TextStyle,
) -> (Vec<(Point, Draw)>, Len) {
    // Longer than any sheet: it is one line.
    let lines = canvas.lines(text, style, Len::tenth_mm(10_000_000), false);
    let mut out = vec![];
    let mut length = Len::ZERO;
    // Capitals are about 0.7 em high: half of that is left of the middle.
    let down = style.size.frac(35, 100);
    for line in lines {
        for run in &line.runs {
            for g in &run.glyphs {
                let y = length + run.at + g.at();
                let start = Point { x: run.rise - down, y };
                let fonts = canvas.shaper.fonts();
                out.extend(glyph(fonts, run.face, g.id, style, start));
            }
        }
        length += line.width;
    }
    (out, length)
}

/// A glyph, turned; the place is where its baseline begins. `None` where it has
/// no ink.
pub(super) fn glyph(
    fonts: &FontSet,
    face: FaceId,
    id: u16,
    style: TextStyle,
    at: Point,
) -> Option<(Point, Draw)> {
    let outline = outline::glyph(fonts, face, id, style.size, Turn::Right)?;
    Some((at, Draw::Path { outline, ink: style.ink }))
}
