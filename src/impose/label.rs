//! Labels as outlines: they need no font in the file, and what is copied out of it
//! stays the text of the pages.

use super::ops::Ops;
use crate::font::{Face, builtin};
use crate::geom::Len;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Latin first, then Han.
const FACES: [&str; 2] = ["NotoSans-Regular.ttf", "NotoSansCJKsc-Regular.otf"];

/// The faces of labels.
#[derive(Debug)]
pub struct Labels(Vec<Face>);

impl Labels {
    /// Loads them.
    pub fn load() -> Labels {
        let face = |name| Face::new(builtin::bytes(name)?, 0);
        Labels(FACES.into_iter().filter_map(face).collect())
    }
    /// Writes a text from a place on, as far as it goes into a width.
    pub fn write(
        &self,
        ops: &mut Ops,
        text: &str,
        at: (Len, Len),
        size: Len,
        width: Len,
    ) {
        ops.raw("q 0 g");
        let (mut x, y, size) = (at.0.to_pt(), at.1.to_pt(), size.to_pt());
        let end = x + width.to_pt();
        for c in text.chars().filter(|c| !c.is_control()) {
            let found = self.0.iter().find_map(|f| Some((f, f.glyph(c)?)));
            let Some((face, glyph)) = found else { continue };
            let Ok(font) = FontRef::from_index(&face.data, face.index) else { continue };
            let scale = size / f64::from(face.upem);
            let glyph = GlyphId::from(glyph);
            let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
            let advance = f64::from(metrics.advance_width(glyph).unwrap_or(0.0)) * scale;
            if x + advance > end {
                break;
            }
            if let Some(outline) = font.outline_glyphs().get(glyph) {
                let mut pen = Pen { ops, x, y, scale, last: (0.0, 0.0), any: false };
                let settings =
                    DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                let drawn = outline.draw(settings, &mut pen).is_ok();
                if pen.any {
                    ops.raw(if drawn { "f" } else { "n" });
                }
            }
            x += advance;
        }
        ops.raw("Q");
    }
}

struct Pen<'a> {
    ops: &'a mut Ops,
    x: f64,
    y: f64,
    scale: f64,
    last: (f64, f64),
    any: bool,
}

impl Pen<'_> {
    fn to(&self, x: f32, y: f32) -> (f64, f64) {
        (self.x + f64::from(x) * self.scale, self.y + f64::from(y) * self.scale)
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = self.to(x, y);
        self.any = true;
        self.ops.op(&[self.last.0, self.last.1], "m");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.last = self.to(x, y);
        self.ops.op(&[self.last.0, self.last.1], "l");
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        // The same curve with two handles: two thirds of the way to the one.
        let ((ax, ay), (cx, cy), (x, y)) = (self.last, self.to(cx, cy), self.to(x, y));
        let near = |a: f64, c: f64| a + (c - a) * 2.0 / 3.0;
        let handles = [near(ax, cx), near(ay, cy), near(x, cx), near(y, cy)];
        self.ops.op(&[handles[0], handles[1], handles[2], handles[3], x, y], "c");
        self.last = (x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b, to) = (self.to(ax, ay), self.to(bx, by), self.to(x, y));
        self.ops.op(&[a.0, a.1, b.0, b.1, to.0, to.1], "c");
        self.last = to;
    }
    fn close(&mut self) {
        self.ops.raw("h");
    }
}
