//! Text a quarter turn to the right, top of the letters to the right, as outlines
//! (ISO 6357: spine titles read from the head down).

use super::canvas::Canvas;
use crate::font::{FaceId, FontSet};
use crate::geom::{Len, Point};
use crate::line::Outline;
use crate::line::formula::PathStep;
use crate::page::Draw;
use crate::theme::TextStyle;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

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
                let y = length + run.at + g.at;
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
    let face = fonts.face(face);
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let mut pen = Pen { steps: vec![], size: style.size, upem: i64::from(face.upem) };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(u32::from(id).into())?.draw(settings, &mut pen).ok()?;
    if pen.steps.is_empty() {
        return None;
    }
    let outline = Outline { steps: pen.steps.into(), line: None };
    Some((at, Draw::Path { outline, ink: style.ink }))
}

/// Takes outlines in font units, y upwards.
struct Pen {
    steps: Vec<PathStep>,
    size: Len,
    upem: i64,
}

impl Pen {
    /// Up becomes right, right becomes down. Thirds of a unit are kept, for curves
    /// of degree two.
    fn point(&self, x: f32, y: f32) -> Point {
        let len = |v: f32| self.size.frac((v * 12.0).round() as i64, self.upem * 12);
        Point { x: len(y), y: len(x) }
    }
    fn last(&self) -> Point {
        match self.steps.last() {
            Some(PathStep::Move(p) | PathStep::Line(p) | PathStep::Curve([_, _, p])) => {
                *p
            }
            Some(PathStep::Close) | None => Point::default(),
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(PathStep::Move(self.point(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(PathStep::Line(self.point(x, y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (a, c, b) = (self.last(), self.point(cx, cy), self.point(x, y));
        let third = |p: Point| Point {
            x: p.x + (c.x - p.x).frac(2, 3),
            y: p.y + (c.y - p.y).frac(2, 3),
        };
        self.steps.push(PathStep::Curve([third(a), third(b), b]));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [a, b, c] = [(ax, ay), (bx, by), (x, y)].map(|p| self.point(p.0, p.1));
        self.steps.push(PathStep::Curve([a, b, c]));
    }
    fn close(&mut self) {
        self.steps.push(PathStep::Close);
    }
}
