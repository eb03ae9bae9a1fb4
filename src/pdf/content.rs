//! A page's drawing as printpdf's operations.

use super::fonts::Subset;
use super::handle;
use crate::font::FaceId;
use crate::geom::{Len, Point, Size};
use crate::line::GlyphRun;
use crate::page::{Draw, Page};
use printpdf::{
    Codepoint, Color, Greyscale, Op, PaintMode, PdfPage, Pt, Rect, TextItem, TextMatrix,
    XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;

/// A page with its contents.
pub fn page(
    page: &Page,
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
) -> PdfPage {
    let mut w = Writer {
        height: page.size.h,
        subsets,
        names,
        ops: vec![],
        font: None,
        black: 100,
    };
    for (at, draw) in &page.items {
        match draw {
            Draw::Text(run) => w.text(*at, run),
            Draw::Rule { size, black } => w.rule(*at, *size, *black),
            Draw::Image { path, size } => w.image(*at, *size, path),
        }
    }
    w.end_text();
    let area = Rect::from_wh(pt(page.size.w), pt(page.size.h));
    PdfPage {
        media_box: area.clone(),
        trim_box: area.clone(),
        crop_box: area,
        ops: w.ops,
    }
}

/// The only place where a length becomes a float.
fn pt(l: Len) -> Pt {
    // 1/1000 pt is finer than any device; rounding keeps the file short.
    Pt((l.to_pt() * 1000.0).round() as f32 / 1000.0)
}

struct Writer<'a> {
    height: Len,
    subsets: &'a BTreeMap<FaceId, Subset>,
    names: &'a BTreeMap<String, XObjectId>,
    ops: Vec<Op>,
    /// face and size in force, inside a text section
    font: Option<(FaceId, Len)>,
    /// fill in force, in percent
    black: u8,
}

impl Writer<'_> {
    fn end_text(&mut self) {
        if self.font.take().is_some() {
            self.ops.push(Op::EndTextSection);
        }
    }
    fn fill(&mut self, black: u8) {
        if self.black != black {
            let percent = 1.0 - f32::from(black) / 100.0;
            let col = Color::Greyscale(Greyscale { percent, icc_profile: None });
            self.ops.push(Op::SetFillColor { col });
            self.black = black;
        }
    }
    fn text(&mut self, at: Point, run: &GlyphRun) {
        let Some(subset) = self.subsets.get(&run.face) else { return };
        if self.black != 100 {
            self.end_text();
            self.fill(100);
        }
        if self.font.is_none() {
            self.ops.push(Op::StartTextSection);
        }
        if self.font != Some((run.face, run.size)) {
            self.ops.push(Op::SetFont { font: handle(subset), size: pt(run.size) });
            self.font = Some((run.face, run.size));
        }
        let Some(first) = run.glyphs.first() else { return };
        let (x, y) = (pt(at.x + first.at), pt(self.height - at.y));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
        self.ops
            .push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs(run, subset))] });
    }
    fn rule(&mut self, at: Point, size: Size, black: u8) {
        self.end_text();
        self.fill(black);
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
    fn image(&mut self, at: Point, size: Size, path: &str) {
        let Some(id) = self.names.get(path) else { return };
        self.end_text();
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

/// Glyphs with the moves between them, in thousandths of an em. The moves are
/// whole numbers; what rounding leaves over goes into the next, so a line's end
/// is never off by more than half a thousandth.
fn glyphs(run: &GlyphRun, subset: &Subset) -> Vec<Codepoint> {
    let mut out = Vec::with_capacity(run.glyphs.len());
    let Some(first) = run.glyphs.first() else { return out };
    let mut pen = 0;
    for (i, g) in run.glyphs.iter().enumerate() {
        let (id, advance, text) = subset.glyph(g.id);
        pen += advance;
        let next = run.glyphs.get(i + 1);
        let target = next.map(|n| (n.at - first.at).frac(1000, run.size.to_sp()).to_sp());
        let back = target.map_or(0, |t| pen - t);
        pen -= back;
        out.push(Codepoint::with_cid(id, back as f32, text.to_string()));
    }
    out
}
