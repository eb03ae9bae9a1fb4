//! Formulas in lines: a box for each piece between which a line may end, and the
//! strokes that are no glyphs.

use super::Fault;
use super::compose::{Composer, Placed};
use super::item::{Edge, Glue, Item};
use crate::cjk::token::Token;
use crate::colour::ink::Ink;
use crate::font::{FaceId, Side};
use crate::geom::{Len, Point, Size};
use crate::math::{self, Formula, Joint, Mark, Part, Shape, Step};
use crate::theme::TextStyle;
use std::sync::Arc;

/// A rule or an outline of a formula.
#[derive(Debug, Clone)]
pub struct Stroke {
    /// from the start of the measure
    pub at: Len,
    /// above the baseline
    pub rise: Len,
    /// what it is drawn with
    pub ink: Ink,
    /// what it is
    pub shape: StrokeShape,
}

/// What a stroke is.
#[derive(Debug, Clone)]
pub enum StrokeShape {
    /// a rectangle; the place is its lower left corner
    Rule(Size),
    /// an outline; its points are measured from the place, downwards
    Path(Outline),
}

/// A path that is filled, or drawn with a line of some width.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// its steps
    pub steps: Arc<[PathStep]>,
    /// width of its line; `None` where it is filled
    pub line: Option<Len>,
}

/// A step of an outline.
#[derive(Debug, Copy, Clone, PartialEq)]
pub enum PathStep {
    /// begin here
    Move(Point),
    /// a straight line
    Line(Point),
    /// a Bézier curve with two handles
    Curve([Point; 3]),
    /// back to the beginning
    Close,
}

/// The em of a formula in text of a size.
pub fn em(size: Len) -> Len {
    size.frac(math::SIZE, 1000)
}

/// A length of a formula, which counts in millionths of its em.
pub fn length(em: Len, millionths: i64) -> Len {
    em.frac(millionths, 1_000_000)
}

/// Cost of a line end after a relation, and after an operator: about those of
/// TeX's 500 and 700 beside our hyphen.
const RELATION: i32 = 500;
const OPERATOR: i32 = 900;

/// A glyph of a formula in a face of the book.
#[derive(Debug, Copy, Clone)]
pub struct MathGlyph {
    /// face
    pub face: FaceId,
    /// index in the face
    pub id: u16,
    /// its size, in thousandths of the text's
    pub scale: u16,
}

/// The face and glyph of a character: KaTeX's, or, for Han and the like, the
/// text's own in the text's size.
pub fn glyph(
    shaper: &mut crate::font::shape::Shaper<'_>,
    style: TextStyle,
    shape: &Shape,
) -> Result<Option<MathGlyph>, char> {
    let Shape::Glyph { face, glyph: c, scale, .. } = *shape else { return Ok(None) };
    if let Some((face, id)) = shaper.fonts().math(face, c) {
        let scale = i64::from(scale) * math::SIZE / 1000;
        return Ok(Some(MathGlyph { face, id, scale: scale as u16 }));
    }
    if c.is_whitespace() {
        return Ok(None);
    }
    let face = shaper.pick(style.cut, Side::of(c), c).ok_or(c)?;
    let id = shaper.fonts().face(face).glyph(c).ok_or(c)?;
    Ok(Some(MathGlyph { face, id, scale }))
}

impl Composer<'_, '_> {
    /// The boxes of a formula.
    pub(super) fn formula(&mut self, formula: &Formula, token: &Token) {
        let run = &self.p.runs[token.part];
        let em = em(run.style.size);
        let mut text = token.range.start;
        let last = formula.parts.len().saturating_sub(1);
        for (i, part) in formula.parts.iter().enumerate() {
            let (start, from) = (self.list.glyphs.len(), text);
            for mark in &part.marks {
                let to = text + mark.text().map_or(0, char::len_utf8);
                self.mark(mark, em, text..to, token);
                text = to;
            }
            let end = if i == last { token.range.end } else { text };
            let glyphs = start..self.list.glyphs.len();
            self.boxed(glyphs, length(em, part.width), from..end, token);
            self.list.pieces.last_mut().into_iter().for_each(|p| p.part = Some(i as u32));
            if let Some((space, joint)) = part.joint {
                let cost = match joint {
                    Joint::Relation => RELATION,
                    Joint::Operator => OPERATOR,
                };
                let edge = Edge::default();
                self.push(Item::Penalty { cost, edge, forbid: None }, None);
                let width = length(em, space);
                self.push(Item::Glue(Glue { width, ..Glue::default() }), None);
            }
        }
    }
    fn mark(
        &mut self,
        mark: &Mark,
        em: Len,
        text: std::ops::Range<usize>,
        token: &Token,
    ) {
        let run = &self.p.runs[token.part];
        match glyph(self.shaper, run.style, &mark.shape) {
            Ok(Some(g)) => self.list.glyphs.push(Placed {
                face: g.face,
                id: g.id,
                at: length(em, mark.at),
                rise: length(em, mark.rise),
                scale: g.scale,
                text,
            }),
            Ok(None) => {}
            Err(c) => self.faults.push(Fault::Missing(c, run.span)),
        }
    }
}

/// The rules and outlines of a piece that begins at `pen`.
pub fn strokes(part: &Part, pen: Len, em: Len, ink: Ink, out: &mut Vec<Stroke>) {
    for mark in &part.marks {
        let shape = match &mark.shape {
            Shape::Glyph { .. } => continue,
            Shape::Rule { width, height } => {
                let size = Size { w: length(em, *width), h: length(em, *height) };
                StrokeShape::Rule(size)
            }
            Shape::Path { steps, line } => StrokeShape::Path(Outline {
                steps: steps.iter().map(|s| step(s, em)).collect(),
                line: line.map(|l| length(em, l)),
            }),
        };
        out.push(Stroke {
            at: pen + length(em, mark.at),
            rise: length(em, mark.rise),
            ink: ink.tint(mark.black.min(ink.percent())),
            shape,
        });
    }
}

fn step(step: &Step, em: Len) -> PathStep {
    let point = |(x, y)| Point { x: length(em, x), y: length(em, y) };
    match *step {
        Step::Move(x, y) => PathStep::Move(point((x, y))),
        Step::Line(x, y) => PathStep::Line(point((x, y))),
        Step::Curve(points) => PathStep::Curve(points.map(point)),
        Step::Close => PathStep::Close,
    }
}
