//! Ink into frames: how wide a piece is, and where its glyphs stand in it.
//!
//! Widths come from the class and not from the font: a face may draw “ at .35 em
//! or · at .33. A glyph that fills the full frame stands as its designer put
//! it; any other is placed by its measured ink (clreq.md, measured font facts).

use crate::cjk::MilliEm;
use crate::cjk::class::{Class, is_hangul};
use crate::font::shape::{Ink, RawGlyph};

/// The frame that a class prescribes for `n` characters, in thousandths of an
/// em; `None` where the font's advance counts.
pub fn frame(class: Class, text: &str) -> Option<MilliEm> {
    let n = text.chars().count() as MilliEm;
    match class {
        Class::Open | Class::Close | Class::Comma | Class::Stop | Class::Bang => {
            Some(500)
        }
        Class::Stack if text.chars().next().is_some_and(|c| c < '\u{3000}') => {
            Some(1000 * n)
        }
        Class::Stack => Some(if n > 2 { 2000 } else { 1000 }),
        Class::Middle | Class::Solidus => Some(500),
        Class::Connector => match text.chars().next() {
            Some('—' | '―' | '～' | '〜') => Some(1000),
            _ => Some(500),
        },
        Class::Dash if text.starts_with('⸻') => Some(3000),
        Class::Dash => Some(2000),
        Class::Ellipsis => Some(1000 * n),
        Class::Han if text.chars().all(is_hangul) => None,
        Class::Han => Some(1000),
        Class::Alpha | Class::AlphaOpen | Class::AlphaClose => None,
        Class::NoteRef | Class::Object => None,
    }
}

/// Where the glyphs of a piece start in its frame, in font units. `upem` is the
/// face's em; `ink` gives a glyph's ink.
pub fn origins(
    class: Class,
    frame: MilliEm,
    glyphs: &[RawGlyph],
    upem: i64,
    ink: impl Fn(u16) -> Option<Ink>,
) -> Vec<i64> {
    let width = frame * upem / 1000;
    let total: i64 = glyphs.iter().map(|g| i64::from(g.advance)).sum();
    if class == Class::Stack && glyphs.len() > 1 {
        let step = width / glyphs.len() as i64;
        let cell = |(i, g): (usize, &RawGlyph)| {
            i as i64 * step + half(Class::Bang, step, g, upem, ink(g.id))
        };
        return glyphs.iter().enumerate().map(cell).collect();
    }
    if let [g] = glyphs {
        let at = match class {
            Class::Open | Class::Close | Class::Comma | Class::Stop | Class::Bang => {
                half(class, width, g, upem, ink(g.id))
            }
            Class::Middle | Class::Connector | Class::Solidus => {
                centred(width, g, ink(g.id))
            }
            Class::Stack
            | Class::Dash
            | Class::Ellipsis
            | Class::Han
            | Class::Alpha
            | Class::AlphaOpen
            | Class::AlphaClose
            | Class::NoteRef
            | Class::Object => (width - total) / 2,
        };
        return vec![at];
    }
    let mut at = (width - total) / 2;
    glyphs
        .iter()
        .map(|g| {
            let here = at;
            at += i64::from(g.advance);
            here
        })
        .collect()
}

/// A mark whose ink takes half a frame.
fn half(class: Class, width: i64, g: &RawGlyph, upem: i64, ink: Option<Ink>) -> i64 {
    let full = (i64::from(g.advance) - upem).abs() * 50 <= upem;
    let Some(ink) = ink else { return 0 };
    let (x0, x1) = (ink.x0 as i64, ink.x1 as i64);
    let blank = if class == Class::Open { upem - width } else { 0 };
    // As designed, when the ink lies in the half that the class says.
    if full && x0 >= blank - upem / 50 && x1 <= blank + width + upem / 50 {
        return -blank;
    }
    centred(width, g, Some(ink))
}

fn centred(width: i64, g: &RawGlyph, ink: Option<Ink>) -> i64 {
    match ink {
        Some(ink) => (width - (ink.x0 + ink.x1) as i64) / 2,
        None => (width - i64::from(g.advance)) / 2,
    }
}
