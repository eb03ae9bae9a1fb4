//! What is drawn on a page, as operators of PDF. printpdf makes the document around them:
//! its own operations have a string for each glyph, and are written several times slower.

use super::fonts::Subset;
use super::marks::{self, Marks};
use super::ops::Ops;
use super::plates::Plates;
use super::spread::Spread;
use crate::colour::ink::{Ink, Spot};
use crate::config::Medium;
use crate::font::FaceId;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::formula::PathStep;
use crate::line::{GlyphRun, Outline};
use crate::page::structure::Tag;
use crate::page::{Draw, Page};
use printpdf::XObjectId;
use std::collections::BTreeMap;

/// The contents of a page, as bytes.
pub fn page(
    page: &Page,
    (medium, inks): (Medium, &[Spot]),
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
) -> Vec<u8> {
    let mut w = Writer {
        height: page.size.h,
        subsets,
        names,
        ops: Ops::default(),
        spread: Spread::default(),
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
    w.ops.finish()
}

/// Thousandths of a point: finer than any device, and short.
pub(super) fn thousandths(l: Len) -> i64 {
    (l.to_pt() * 1000.0).round() as i64
}

struct Writer<'a> {
    height: Len,
    subsets: &'a BTreeMap<FaceId, Subset>,
    names: &'a BTreeMap<String, XObjectId>,
    ops: Ops,
    spread: Spread,
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
        let Some(text) = self.marks.opens() else { return };
        if text {
            self.begin_text();
        } else {
            self.end_text();
        }
        self.marks.begin(&mut self.ops);
    }
    fn end_mark(&mut self) {
        let Some(text) = self.marks.end() else { return };
        if !text {
            self.end_text();
        }
        self.ops.op(&[], "EMC");
    }
    /// A quarter turn to the left (ISO 32000-1, 8.3.3): the axis of lines runs up.
    fn turned(&mut self, at: Point, inside: &[(Logical, Draw, Tag)]) {
        self.end_text();
        let (x, y) = (thousandths(at.x), thousandths(self.height - at.y));
        let outer = (self.height, self.plates.clone(), self.font, self.spacing);
        self.ops.op(&[], "q");
        self.ops.op(&[0, 1000, -1000, 0, x, y], "cm");
        // Inside, the top of the page is where the turned axis begins.
        self.height = Len::ZERO;
        for (p, draw, _) in inside {
            self.draw(Point { x: p.inline, y: p.block }, draw);
        }
        self.end_text();
        self.ops.op(&[], "Q");
        (self.height, self.plates, self.font, self.spacing) = outer;
    }
    fn begin_text(&mut self) {
        if !std::mem::replace(&mut self.in_text, true) {
            self.ops.op(&[], "BT");
            self.line = (0, 0);
        }
    }
    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.ops.op(&[], "ET");
        }
    }
    fn fill(&mut self, ink: Ink) {
        self.plates.fill(ink, &mut self.ops);
    }
    fn text(&mut self, at: Point, run: &GlyphRun) {
        let Some(subset) = self.subsets.get(&run.face) else { return };
        self.fill(run.ink);
        self.begin_text();
        let lang = run.lang.as_deref().filter(|_| self.marks.is_in_place());
        if let Some(lang) = lang {
            marks::lang(&mut self.ops, lang);
        }
        if self.font != Some((run.face, run.size)) {
            self.ops.font(&subset.id().0, thousandths(run.size));
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
                marks::actual(&mut self.ops, glyph_text(run, from));
            }
            let place = (at.x + run.glyphs[from].at(), self.height - at.y);
            self.pen(place);
            self.spread.set(run, from..to, subset);
            self.space(self.spread.spacing);
            self.ops.show(&self.spread.array);
            if count == 0 {
                self.ops.op(&[], "EMC");
            }
            from = to;
        }
        if lang.is_some() {
            self.ops.op(&[], "EMC");
        }
    }
    /// Where the next glyph begins, from where the one before began: lines of a text are
    /// alike in that, which makes pages shorter than places of their own do.
    fn pen(&mut self, (x, y): (Len, Len)) {
        let place = (thousandths(x), thousandths(y));
        self.ops.op(&[place.0 - self.line.0, place.1 - self.line.1], "Td");
        self.line = place;
    }
    /// What stands between glyphs from here on, in 1/10000 pt.
    fn space(&mut self, spacing: i64) {
        if std::mem::replace(&mut self.spacing, spacing) != spacing {
            self.ops.fine(spacing, "Tc");
        }
    }
    fn rule(&mut self, at: Point, size: Size, ink: Ink) {
        self.end_text();
        self.fill(ink);
        let corner = [at.x, self.height - at.y - size.h];
        let [x, y] = corner.map(thousandths);
        self.ops.op(&[x, y, thousandths(size.w), thousandths(size.h)], "re");
        self.ops.op(&[], "f");
    }
    fn path(&mut self, at: Point, outline: &Outline, ink: Ink) {
        self.end_text();
        self.fill(ink);
        if let Some(width) = outline.line {
            self.plates.stroke(ink, &mut self.ops);
            self.ops.op(&[thousandths(width)], "w");
        }
        let height = self.height;
        let point = |p: &Point| [at.x + p.x, height - at.y - p.y].map(thousandths);
        for step in outline.steps.iter() {
            match step {
                PathStep::Move(p) => self.ops.op(&point(p), "m"),
                PathStep::Line(p) => self.ops.op(&point(p), "l"),
                PathStep::Curve(all) => {
                    let numbers: Vec<_> = all.iter().flat_map(point).collect();
                    self.ops.op(&numbers, "c");
                }
                PathStep::Close => {}
            }
        }
        self.ops.op(&[], "h");
        self.ops.op(&[], if outline.line.is_some() { "S" } else { "f" });
    }
    fn image(&mut self, at: Point, size: Size, path: &str) {
        let Some(id) = self.names.get(path) else { return };
        self.end_text();
        self.plates.picture(&mut self.ops);
        let [x, y] = [at.x, self.height - at.y - size.h].map(thousandths);
        let [w, h] = [size.w, size.h].map(thousandths);
        self.ops.op(&[], "q");
        self.ops.op(&[w, 0, 0, h, x, y], "cm");
        self.ops.call(&id.0, "Do");
        self.ops.op(&[], "Q");
    }
}

fn glyph_text(run: &GlyphRun, i: usize) -> &str {
    let (from, to) = run.glyphs[i].text;
    &run.text[from as usize..to as usize]
}

/// Whether a glyph is copied as what it stands for. The later glyphs of a
/// cluster stand for nothing; they are part of the first one's text.
fn is_usual(run: &GlyphRun, subset: &Subset, i: usize) -> bool {
    subset.is_copied_as(run.glyphs[i].id, glyph_text(run, i))
}
