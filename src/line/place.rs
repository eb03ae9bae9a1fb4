//! Ink into frames: how wide a piece is, and where its glyphs stand in it.
//!
//! Widths come from the class and not from the font: a face may draw “ at .35 em
//! or · at .33. A glyph that fills the full frame stands as its designer put
//! it; any other is placed by its measured ink (clreq.md, measured font facts).

use crate::cjk::class::{Class, Kind};
use crate::cjk::{EM, HALF, MilliEm, Region, Rules};
use crate::font::shape::{Ink, RawGlyph};

/// The frame that a class prescribes for a piece, in thousandths of an em;
/// `None` where the font's advance counts.
pub fn frame(class: Class, text: &str, rules: &Rules) -> Option<MilliEm> {
    let n = || text.chars().filter(|c| Kind::of(*c) != Kind::Mark).count() as MilliEm;
    match class {
        Class::Open
        | Class::Close
        | Class::Comma
        | Class::Colon
        | Class::Stop
        | Class::Bang => Some(rules.body(class)),
        Class::Stack if text.chars().next().is_some_and(|c| c < '\u{3000}') => {
            Some(EM * n())
        }
        Class::Stack => Some(if n() > 2 { 2 * EM } else { EM }),
        // GB/T 15834 5.1.6–5.1.9; elsewhere a full frame (C-2, C-11).
        Class::Middle => Some(HALF),
        Class::Solidus if rules.region == Region::Cn => Some(HALF),
        Class::Solidus => None,
        Class::Connector => match text.chars().next() {
            Some('—' | '―' | '～' | '〜') => Some(EM),
            _ if rules.region.centred() => Some(EM),
            _ => Some(HALF),
        },
        Class::Dash if text.starts_with('⸻') => Some(3 * EM),
        Class::Dash => Some(2 * EM),
        Class::Ellipsis => Some(EM * n()),
        Class::Han | Class::Small | Class::Repeat => Some(EM),
        Class::Hangul
        | Class::Alpha
        | Class::AlphaBare
        | Class::AlphaOpen
        | Class::AlphaClose
        | Class::NoteRef
        | Class::Object => None,
    }
}

/// The frame of a piece and what stands in it, in font units.
#[derive(Debug, Copy, Clone)]
pub struct Setting {
    /// class
    pub class: Class,
    /// width of the frame
    pub width: i64,
    /// blank that was cut off before it
    pub before: i64,
    /// the face's em
    pub upem: i64,
}

/// A glyph at its place, in font units.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Spot {
    /// index of the glyph
    pub glyph: usize,
    /// origin, from the start of the frame
    pub at: i64,
    /// above the baseline
    pub rise: i64,
    /// drawn again, and standing for no text
    pub copy: bool,
    /// its size, in thousandths
    pub scale: i64,
}

/// Middle of the ideographic frame above the baseline, in thousandths of an em:
/// CJK faces put the frame from −.12 to .88.
const MIDDLE: i64 = 380;
/// How far a dash or ellipsis may be off the middle as its designer put it.
const TOLERANCE: i64 = 100;

/// Where the glyphs of a piece start in its frame. `ink` gives a glyph's ink.
pub fn origins(
    s: &Setting,
    glyphs: &[RawGlyph],
    ink: impl Fn(u16) -> Option<Ink>,
) -> Vec<Spot> {
    if s.class == Class::Stack && glyphs.len() > 1 {
        return stack(s, glyphs, ink);
    }
    // Selectors and other signs without ink or width stand in no frame.
    let inked = |g: &&RawGlyph| g.advance != 0 || ink(g.id).is_some();
    if glyphs.iter().filter(inked).count() == 1
        && let Some(glyph) = glyphs.iter().position(|g| inked(&g))
    {
        let g = &glyphs[glyph];
        let at = match s.class {
            Class::Open
            | Class::Close
            | Class::Comma
            | Class::Colon
            | Class::Stop
            | Class::Bang => Some(part(s, g, ink(g.id))),
            Class::Middle | Class::Connector | Class::Solidus => {
                Some(centred(s.width, g, ink(g.id)))
            }
            Class::Stack
            | Class::Dash
            | Class::Ellipsis
            | Class::Han
            | Class::Small
            | Class::Repeat
            | Class::Hangul
            | Class::Alpha
            | Class::AlphaBare
            | Class::AlphaOpen
            | Class::AlphaClose
            | Class::NoteRef
            | Class::Object => None,
        };
        if s.class == Class::Connector
            && let Some(spot) = ink(g.id).and_then(|ink| shortened(s, &ink))
        {
            return vec![spot];
        }
        if let Some(at) = at {
            let rise = ink(g.id).map_or(0, |ink| rise(s, &ink));
            let spot = |n| Spot { glyph: n, at, rise, copy: false, scale: 1000 };
            return (0..glyphs.len()).map(spot).collect();
        }
    }
    let mut spots = row(s, glyphs);
    if s.class == Class::Dash && glyphs.len() == 2 {
        close_gap(s, glyphs, &ink, &mut spots);
    }
    for spot in &mut spots {
        spot.rise = ink(glyphs[spot.glyph].id).map_or(0, |ink| rise(s, &ink));
    }
    spots
}

/// Glyphs one after the other, in the middle of the frame.
fn row(s: &Setting, glyphs: &[RawGlyph]) -> Vec<Spot> {
    let total: i64 = glyphs.iter().map(|g| i64::from(g.advance)).sum();
    let mut at = (s.width - total) / 2;
    let spot = |(glyph, g): (usize, &RawGlyph)| {
        let here = at;
        at += i64::from(g.advance);
        Spot { glyph, at: here, rise: 0, copy: false, scale: 1000 }
    };
    glyphs.iter().enumerate().map(spot).collect()
}

/// ！！ and ！！！: each in its share of the frame.
fn stack(
    s: &Setting,
    glyphs: &[RawGlyph],
    ink: impl Fn(u16) -> Option<Ink>,
) -> Vec<Spot> {
    let step = s.width / glyphs.len() as i64;
    let cell = |(glyph, g): (usize, &RawGlyph)| {
        let share = Setting { class: Class::Bang, width: step, ..*s };
        let at = part(&share, g, ink(g.id));
        Spot { glyph, at: glyph as i64 * step + at, rise: 0, copy: false, scale: 1000 }
    };
    glyphs.iter().enumerate().map(cell).collect()
}

/// A mark whose ink takes a part of a full frame: as designed, when it lies in
/// the part that the class says, else in the middle of that part.
fn part(s: &Setting, g: &RawGlyph, ink: Option<Ink>) -> i64 {
    let full = (i64::from(g.advance) - s.upem).abs() * 50 <= s.upem;
    let Some(ink) = ink else { return 0 };
    let (x0, x1) = (ink.x0 as i64, ink.x1 as i64);
    let slack = s.upem / 50;
    // A mark with a frame of its own stands in the middle of it.
    let whole = s.width >= s.upem;
    let off = (x0 + x1) / 2 - s.width / 2;
    let placed = if whole { off.abs() * 10 <= s.upem } else { true };
    if full && placed && x0 >= s.before - slack && x1 <= s.before + s.width + slack {
        return -s.before;
    }
    centred(s.width, g, Some(ink))
}

fn centred(width: i64, g: &RawGlyph, ink: Option<Ink>) -> i64 {
    match ink {
        Some(ink) => (width - (ink.x0 + ink.x1) as i64) / 2,
        None => (width - i64::from(g.advance)) / 2,
    }
}

/// A short connector whose ink would fill its box, drawn a little smaller: it has
/// to be seen that it is no 一 (W-10).
fn shortened(s: &Setting, ink: &Ink) -> Option<Spot> {
    const MOST: i64 = 480;
    let (x0, x1) = (ink.x0 as i64, ink.x1 as i64);
    let most = MOST * s.upem / 1000;
    if s.width >= s.upem || x1 - x0 <= most {
        return None;
    }
    let scale = most * 1000 / (x1 - x0);
    let at = (s.width - (x0 + x1) * scale / 1000) / 2;
    let middle = (ink.y0 + ink.y1) as i64 * scale / 2000;
    let rise = MIDDLE * s.upem / 1000 - middle;
    Some(Spot { glyph: 0, at, rise, copy: false, scale })
}

/// Two dashes are one rule (U-01): where a face leaves a gap between them, as
/// many copies as it takes are laid over it.
fn close_gap(
    s: &Setting,
    glyphs: &[RawGlyph],
    ink: impl Fn(u16) -> Option<Ink>,
    spots: &mut Vec<Spot>,
) {
    let (Some(a), Some(b)) = (ink(glyphs[0].id), ink(glyphs[1].id)) else { return };
    if spots[0].at + a.x1 as i64 >= spots[1].at + b.x0 as i64 {
        return;
    }
    // The rule keeps clear of its neighbours by 1/50 em.
    let margin = s.upem / 50;
    let (x0, length) = (a.x0 as i64, ((a.x1 - a.x0) as i64).max(1));
    let whole = s.width - 2 * margin;
    let n = (whole + length - 1) / length;
    let step = (whole - length) / (n - 1).max(1);
    let spot = |i: i64| Spot {
        glyph: usize::from(i > 0),
        at: margin + i * step - x0,
        rise: 0,
        copy: i > 1,
        scale: 1000,
    };
    *spots = (0..n.max(2)).map(spot).collect();
}

/// How far up a mark goes that belongs in the middle of the frame, where a face
/// puts it lower: a rule or row of dots on the baseline (U-02), a hyphen at the
/// height of small letters between Han (GB/T 15834 5.1.7), a stop of the mainland
/// in Taiwan (Z-02).
fn rise(s: &Setting, ink: &Ink) -> i64 {
    let tolerance = match s.class {
        Class::Dash | Class::Ellipsis => TOLERANCE,
        Class::Connector => 20,
        Class::Comma | Class::Stop | Class::Colon if s.before > 0 => TOLERANCE,
        Class::Comma
        | Class::Stop
        | Class::Open
        | Class::Close
        | Class::Colon
        | Class::Bang
        | Class::Stack
        | Class::Middle
        | Class::Solidus
        | Class::Han
        | Class::Small
        | Class::Repeat
        | Class::Hangul
        | Class::Alpha
        | Class::AlphaBare
        | Class::AlphaOpen
        | Class::AlphaClose
        | Class::NoteRef
        | Class::Object => return 0,
    };
    let off = MIDDLE * s.upem / 1000 - ((ink.y0 + ink.y1) / 2.0) as i64;
    if off.abs() > tolerance * s.upem / 1000 { off } else { 0 }
}
