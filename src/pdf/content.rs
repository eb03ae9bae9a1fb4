//! A page's drawing as printpdf's operations.

use super::fonts::Subset;
use super::handle;
use super::marks::{self, Marks};
use super::plates::Plates;
use super::spread;
use crate::colour::ink::{Ink, Spot};
use crate::config::Medium;
use crate::font::FaceId;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::formula::PathStep;
use crate::line::{GlyphRun, Outline};
use crate::page::structure::Tag;
use crate::page::{Draw, Page};
use printpdf::{
    CurTransMat, DictItem, LinePoint, Op, PaintMode, PdfPage, Polygon, PolygonRing, Pt,
    Rect, WindingOrder, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;

/// A page with its contents.
pub fn page(
    page: &Page,
    (medium, inks): (Medium, &[Spot]),
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
) -> PdfPage {
    let mut w = Writer {
        height: page.size.h,
        subsets,
        names,
        ops: vec![],
        in_text: false,
        font: None,
        line: (0, 0),
        spacing: 0,
        plates: Plates::new(medium, inks),
        marks: Marks::of(page, medium),
    };
    for (at, draw, _) in &page.items {
        w.draw(*at, draw);
    }
    w.end_text();
    PdfPage { ops: w.ops, ..blank(page) }
}

/// A page without its contents.
pub fn blank(page: &Page) -> PdfPage {
    let area = Rect::from_wh(pt(page.size.w), pt(page.size.h));
    PdfPage {
        media_box: area.clone(),
        trim_box: area.clone(),
        crop_box: area,
        ops: vec![],
    }
}

/// The only place where a length becomes a float.
fn pt(l: Len) -> Pt {
    // 1/1000 pt is finer than any device; rounding keeps the file short.
    Pt(thousandths(l) as f32 / 1000.0)
}

/// Thousandths of a point.
pub(super) fn thousandths(l: Len) -> i64 {
    (l.to_pt() * 1000.0).round() as i64
}

struct Writer<'a> {
    height: Len,
    subsets: &'a BTreeMap<FaceId, Subset>,
    names: &'a BTreeMap<String, XObjectId>,
    ops: Vec<Op>,
    /// inside a text section?
    in_text: bool,
    /// face and size in force
    font: Option<(FaceId, Len)>,
    /// where the last glyphs began, in thousandths of a point
    line: (i64, i64),
    /// what stands between glyphs, in 1/10000 pt
    spacing: i64,
    /// what is drawn with, and how that is said
    plates: Plates<'a>,
    /// what is open, and what comes
    marks: Marks,
}

impl Writer<'_> {
    fn draw(&mut self, at: Point, draw: &Draw) {
        if let Draw::Turned(inside) = draw {
            return self.turned(at, inside);
        }
        self.begin_mark();
        match draw {
            Draw::Text(run) => self.text(at, run),
            Draw::Rule { size, ink } => self.rule(at, *size, *ink),
            Draw::Image { path, size, .. } => self.image(at, *size, path),
            Draw::Path { outline, ink } => self.path(at, outline, *ink),
            Draw::Turned(_) => {}
        }
        self.end_mark();
    }
    /// Opens the marked content of the next run, where one begins. A sequence that
    /// is all text stands inside a text section, any other outside of it (ISO
    /// 32000-1, 14.6.1).
    fn begin_mark(&mut self) {
        let Some((op, text)) = self.marks.begin() else { return };
        if text {
            self.begin_text();
        } else {
            self.end_text();
        }
        self.ops.push(op);
    }
    fn end_mark(&mut self) {
        let Some(text) = self.marks.end() else { return };
        if !text {
            self.end_text();
        }
        self.ops.push(Op::EndMarkedContent);
    }
    /// A quarter turn to the left (ISO 32000-1, 8.3.3): the axis of lines runs up.
    fn turned(&mut self, at: Point, inside: &[(Logical, Draw, Tag)]) {
        self.end_text();
        let (x, y) = (pt(at.x).0, pt(self.height - at.y).0);
        let turn = CurTransMat::Raw([0.0, 1.0, -1.0, 0.0, x, y]);
        let outer = (self.height, self.plates.clone(), self.font, self.spacing);
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix: turn });
        // Inside, the top of the page is where the turned axis begins.
        self.height = Len::ZERO;
        for (p, draw, _) in inside {
            self.draw(Point { x: p.inline, y: p.block }, draw);
        }
        self.end_text();
        self.ops.push(Op::RestoreGraphicsState);
        (self.height, self.plates, self.font, self.spacing) = outer;
    }
    fn begin_text(&mut self) {
        if !std::mem::replace(&mut self.in_text, true) {
            self.ops.push(Op::StartTextSection);
            self.line = (0, 0);
        }
    }
    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }
    fn fill(&mut self, ink: Ink) {
        self.ops.extend(self.plates.fill(ink));
    }
    fn text(&mut self, at: Point, run: &GlyphRun) {
        let Some(subset) = self.subsets.get(&run.face) else { return };
        self.fill(run.ink);
        self.begin_text();
        let lang = run.lang.as_deref().filter(|_| self.marks.is_in_place());
        self.ops.extend(lang.map(marks::lang));
        if self.font != Some((run.face, run.size)) {
            self.ops.push(Op::SetFont { font: handle(subset), size: pt(run.size) });
            self.font = Some((run.face, run.size));
        }
        let mut from = 0;
        while from < run.glyphs.len() {
            // Glyphs with their usual text go together; the others say what they
            // stand for, one by one (ISO 32000-1, 14.9.4).
            let usual = |i: &usize| is_usual(run, subset, *i);
            let count = (from..run.glyphs.len()).take_while(usual).count();
            let to = from + count.max(1);
            if count == 0 {
                self.ops.push(marks::actual(glyph_text(run, from)));
            }
            let place = (at.x + run.glyphs[from].at(), self.height - at.y);
            self.pen(place);
            let set = spread::spread(run, from..to, subset);
            self.space(set.spacing);
            // printpdf's own operator has a string for each glyph.
            let value = vec![DictItem::Array(set.items)];
            self.ops.push(Op::Unknown { key: "TJ".into(), value });
            if count == 0 {
                self.ops.push(Op::EndMarkedContent);
            }
            from = to;
        }
        self.ops.extend(lang.map(|_| Op::EndMarkedContent));
    }
    /// Where the next glyph begins, from where the one before began: lines of a text are
    /// alike in that, which makes pages shorter than places of their own do.
    fn pen(&mut self, (x, y): (Len, Len)) {
        let place = (thousandths(x), thousandths(y));
        let way = |from: i64, to: i64| Pt((to - from) as f32 / 1000.0);
        let pos = printpdf::Point {
            x: way(self.line.0, place.0),
            y: way(self.line.1, place.1),
        };
        self.ops.push(Op::SetTextCursor { pos });
        self.line = place;
    }
    /// What stands between glyphs from here on, in 1/10000 pt.
    fn space(&mut self, spacing: i64) {
        if std::mem::replace(&mut self.spacing, spacing) != spacing {
            let multiplier = spacing as f32 / 10_000.0;
            self.ops.push(Op::SetCharacterSpacing { multiplier });
        }
    }
    fn rule(&mut self, at: Point, size: Size, ink: Ink) {
        self.end_text();
        self.fill(ink);
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect {
                x: pt(at.x),
                y: pt(self.height - at.y - size.h),
                width: pt(size.w),
                height: pt(size.h),
                mode: Some(PaintMode::Fill),
                winding_order: None,
            },
        });
    }
    fn path(&mut self, at: Point, outline: &Outline, ink: Ink) {
        self.end_text();
        self.fill(ink);
        if let Some(width) = outline.line {
            self.ops.extend(self.plates.stroke(ink));
            self.ops.push(Op::SetOutlineThickness { pt: pt(width) });
        }
        let point = |p: Point| printpdf::Point {
            x: pt(at.x + p.x),
            y: pt(self.height - at.y - p.y),
        };
        let mode =
            if outline.line.is_some() { PaintMode::Stroke } else { PaintMode::Fill };
        let polygon = Polygon {
            rings: rings(&outline.steps, &point),
            mode,
            winding_order: WindingOrder::NonZero,
        };
        self.ops.push(Op::DrawPolygon { polygon });
    }
    fn image(&mut self, at: Point, size: Size, path: &str) {
        let Some(id) = self.names.get(path) else { return };
        self.end_text();
        self.ops.extend(self.plates.picture());
        self.ops.push(Op::UseXobject {
            id: id.clone(),
            transform: XObjectTransform {
                translate_x: Some(pt(at.x)),
                translate_y: Some(pt(self.height - at.y - size.h)),
                scale_x: Some(pt(size.w).0),
                scale_y: Some(pt(size.h).0),
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        });
    }
}

/// The rings of an outline. A point that is no end of its step is a handle.
fn rings(
    steps: &[PathStep],
    point: &impl Fn(Point) -> printpdf::Point,
) -> Vec<PolygonRing> {
    let mut rings: Vec<PolygonRing> = vec![];
    for step in steps {
        let mut put = |p: Point, bezier: bool| {
            let ring = rings.last_mut();
            ring.into_iter()
                .for_each(|r| r.points.push(LinePoint { p: point(p), bezier }));
        };
        match step {
            PathStep::Move(p) => {
                let points = vec![LinePoint { p: point(*p), bezier: false }];
                rings.push(PolygonRing { points });
            }
            PathStep::Line(p) => put(*p, false),
            PathStep::Curve([a, b, c]) => {
                put(*a, true);
                put(*b, true);
                put(*c, false);
            }
            PathStep::Close => {}
        }
    }
    rings
}

fn glyph_text(run: &GlyphRun, i: usize) -> &str {
    let (from, to) = run.glyphs[i].text;
    &run.text[from as usize..to as usize]
}

/// Whether a glyph is copied as what it stands for. The later glyphs of a
/// cluster stand for nothing; they are part of the first one's text.
fn is_usual(run: &GlyphRun, subset: &Subset, i: usize) -> bool {
    subset.glyph(run.glyphs[i].id).2 == glyph_text(run, i)
}
