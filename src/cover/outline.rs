//! Glyphs as outlines: where text is turned, or where a file may not use fonts.

use crate::font::{FaceId, FontSet};
use crate::geom::{Len, Point};
use crate::line::Outline;
use crate::line::formula::PathStep;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

/// How a glyph stands.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Turn {
    /// as it is
    None,
    /// its top to the right
    Right,
}

/// A glyph's outline at a size, measured from where its baseline begins. `None` where
/// it has no ink.
pub(super) fn glyph(
    fonts: &FontSet,
    face: FaceId,
    id: u16,
    size: Len,
    turn: Turn,
) -> Option<Outline> {
    let face = fonts.face(face);
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let mut pen = Pen { steps: vec![], size, upem: i64::from(face.upem), turn };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(u32::from(id).into())?.draw(settings, &mut pen).ok()?;
    (!pen.steps.is_empty()).then(|| Outline { steps: pen.steps.into(), line: None })
}

/// Takes outlines in font units, y upwards.
struct Pen {
    steps: Vec<PathStep>,
    size: Len,
    upem: i64,
    turn: Turn,
}

impl Pen {
    /// Up is less than nothing; turned, up becomes right, right becomes down. Thirds
    /// of a unit are kept, for curves of degree two.
    fn point(&self, x: f32, y: f32) -> Point {
        let len = |v: f32| self.size.frac((v * 12.0).round() as i64, self.upem * 12);
        match self.turn {
            Turn::None => Point { x: len(x), y: -len(y) },
            Turn::Right => Point { x: len(y), y: len(x) },
        }
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
