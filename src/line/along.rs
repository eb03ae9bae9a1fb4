//! Marks along a stretch of text: dots below its characters, lines below names and
//! titles (clreq#handling_interlinear_punctuation). They stand between the lines and
//! take no room in them.

use super::compose::{List, Piece};
use super::formula::{Outline, PathStep, Stroke, StrokeShape};
use crate::cjk::class::{Class, Kind};
use crate::geom::{Len, Point, Size};
use crate::theme::{TextStyle, Underline};
use std::sync::Arc;

/// Half a dot's width, and where its centre is below the baseline, or above it in
/// Japanese, in thousandths of an em.
const DOT: i64 = 85;
const BELOW: i64 = 240;
const ABOVE: i64 = 1000;
/// Handles of a quarter of a circle.
const ROUND: i64 = 552;
/// Below a line, where there is one.
const LOWER: i64 = 350;
/// A line's middle below the baseline, its thickness, and how far it stops before the
/// line of another name that would meet it (clreq: at most ⅛ em).
const LINE: i64 = 220;
const THICK: i64 = 45;
const SHORT: i64 = 100;
/// Half a wave's length, and its height on either side.
const WAVE: i64 = 125;
const HIGH: i64 = 45;

/// The lines along one line of text, from their beginnings to their ends.
#[derive(Debug, Default)]
pub(super) struct Lines {
    found: Vec<(Underline, TextStyle, Len, Len)>,
}

impl Lines {
    /// A piece that stands between two places.
    pub(super) fn pass(&mut self, style: &TextStyle, from: Len, to: Len) {
        let Some(line) = style.line.filter(|_| to > from) else { return };
        match self.found.last_mut().filter(|l| l.0 == line) {
            Some(last) => last.3 = to,
            None => self.found.push((line, *style, from, to)),
        }
    }
    /// What is drawn.
    pub(super) fn strokes(self, out: &mut Vec<Stroke>) {
        for (i, (line, style, from, to)) in self.found.iter().enumerate() {
            let em = |n: i64| style.size.frac(n, 1000);
            let inset = em(SHORT).min((*to - *from).frac(1, 4));
            let meets = |met: bool| if met { inset } else { Len::ZERO };
            let before = i.checked_sub(1).and_then(|i| self.found.get(i));
            let head = meets(before.is_some_and(|l| l.3 == *from));
            let tail = meets(self.found.get(i + 1).is_some_and(|l| l.2 == *to));
            let (at, length) = (*from + head, *to - *from - head - tail);
            let (rise, shape) = match line.wavy {
                false => {
                    let size = Size { w: length, h: em(THICK) };
                    (em(-LINE - THICK / 2), StrokeShape::Rule(size))
                }
                true => (em(-LINE), StrokeShape::Path(wave(length, style.size))),
            };
            out.push(Stroke { at, rise: style.rise + rise, ink: style.ink, shape });
        }
    }
}

/// A wavy line of whole half waves.
fn wave(length: Len, em: Len) -> Outline {
    let half = em.frac(WAVE, 1000).to_sp().max(1);
    let n = ((length.to_sp() + half / 2) / half).clamp(2, 4000);
    let point = |i: i64, of: i64, y: Len| Point { x: length.frac(i, n * of), y };
    let mut steps = vec![PathStep::Move(Point::default())];
    for i in 0..n {
        // The curve goes as high as three quarters of its handles.
        let y = em.frac(HIGH * 4 / 3, 1000);
        let y = if i % 2 == 0 { Len::ZERO - y } else { y };
        let handles = [point(3 * i + 1, 3, y), point(3 * i + 2, 3, y)];
        let end = point(i + 1, 1, Len::ZERO);
        steps.push(PathStep::Curve([handles[0], handles[1], end]));
    }
    Outline { steps: Arc::from(steps), line: Some(em.frac(THICK, 1000)) }
}

/// The dots of a piece that begins at `pen` and is so wide: one for each character
/// that is no mark (CLREQ).
pub(super) fn dots(
    list: &List,
    text: &str,
    piece: &Piece,
    style: &TextStyle,
    (pen, width): (Len, Len),
    out: &mut Vec<Stroke>,
) {
    let glyphs = &list.glyphs[piece.glyphs.start as usize..piece.glyphs.end as usize];
    let base: Vec<_> = glyphs.iter().filter(|g| g.scale == 1000).collect();
    for (i, g) in base.iter().enumerate() {
        let c = text[g.text.clone()].chars().next();
        if !c.is_some_and(dotted) {
            continue;
        }
        // A character in a frame of its own has its dot in the frame's middle.
        let from = if base.len() == 1 { Len::ZERO } else { g.at };
        let to = base.get(i + 1).map_or(width, |next| next.at);
        let to = if wide(c) && base.len() > 1 { from + style.size } else { to };
        out.push(dot(pen + (from + to).frac(1, 2), style, list.over));
    }
}

fn wide(c: Option<char>) -> bool {
    c.is_some_and(crate::cjk::class::is_wide)
}

fn dotted(c: char) -> bool {
    match Kind::of(c) {
        Kind::Is(Class::Han | Class::Small | Class::Repeat | Class::Hangul) => true,
        Kind::Western => c.is_alphanumeric(),
        Kind::Is(_)
        | Kind::Mark
        | Kind::Quote(_)
        | Kind::Dash
        | Kind::Dots
        | Kind::Middle
        | Kind::Narrow(_)
        | Kind::Space
        | Kind::Glue
        | Kind::Ideographic
        | Kind::MayBreak
        | Kind::MayNot
        | Kind::SoftHyphen => false,
    }
}

fn dot(middle: Len, style: &TextStyle, over: bool) -> Stroke {
    let em = |n: i64| style.size.frac(n, 1000);
    let rise = match (over, style.line) {
        (true, _) => em(ABOVE),
        (false, None) => em(-BELOW),
        (false, Some(_)) => em(-LOWER),
    };
    Stroke {
        at: middle,
        rise: style.rise + rise,
        ink: style.ink,
        shape: StrokeShape::Path(circle(em(DOT))),
    }
}

/// A filled circle around its place.
fn circle(r: Len) -> Outline {
    let h = r.frac(ROUND, 1000);
    let (zero, back) = (Len::ZERO, |l: Len| Len::ZERO - l);
    let p = |x, y| Point { x, y };
    let steps = [
        PathStep::Move(p(r, zero)),
        PathStep::Curve([p(r, h), p(h, r), p(zero, r)]),
        PathStep::Curve([p(back(h), r), p(back(r), h), p(back(r), zero)]),
        PathStep::Curve([p(back(r), back(h)), p(back(h), back(r)), p(zero, back(r))]),
        PathStep::Curve([p(h, back(r)), p(r, back(h)), p(r, zero)]),
        PathStep::Close,
    ];
    Outline { steps: Arc::from(steps), line: None }
}
