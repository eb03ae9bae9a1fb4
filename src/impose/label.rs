//! Labels as outlines: they need no font in the file, and what is copied out of it
//! stays the text of the pages.

use super::ops::Ops;
use crate::font::{Face, builtin};
use crate::geom::Len;
use lopdf::{Object, Stream, dictionary};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;

/// Latin first, then Han.
const FACES: [&str; 2] = ["NotoSans-Regular.ttf", "NotoSansCJKsc-Regular.otf"];
/// What labels are written with, besides the title.
const NUMBERS: &str = "0123456789AB/·– ";

/// The characters of labels, drawn once.
#[derive(Debug)]
pub struct Labels {
    glyphs: BTreeMap<char, Glyph>,
    title: String,
}

/// A character, in em.
#[derive(Debug, Default)]
struct Glyph {
    advance: f64,
    steps: Vec<(Vec<f64>, &'static str)>,
}

impl Labels {
    /// Draws all that labels of a book need. What no face has is left out.
    pub fn load(title: &str) -> Labels {
        let face = |name| Face::new(builtin::bytes(name)?, 0);
        let faces: Vec<_> = FACES.into_iter().filter_map(face).collect();
        let glyph = |c: char| {
            let (face, id) = faces.iter().find_map(|f| Some((f, f.glyph(c)?)))?;
            Some((c, glyph(face, id)?))
        };
        let chars = NUMBERS.chars().chain(title.chars());
        let glyphs = chars.filter_map(glyph).collect();
        Labels { glyphs, title: title.to_string() }
    }
    /// Writes a text from a place on; gives where it ends.
    pub fn write(&self, ops: &mut Ops, text: &str, at: (Len, Len), size: Len) -> Len {
        let (mut x, y, size) = (at.0.to_pt(), at.1.to_pt(), size.to_pt());
        ops.raw("q 0 g");
        for glyph in text.chars().filter_map(|c| self.glyphs.get(&c)) {
            for (numbers, operator) in &glyph.steps {
                let place =
                    |(i, n): (usize, &f64)| n * size + if i % 2 == 0 { x } else { y };
                let numbers: Vec<_> = numbers.iter().enumerate().map(place).collect();
                ops.op(&numbers, operator);
            }
            if !glyph.steps.is_empty() {
                ops.raw("f");
            }
            x += glyph.advance * size;
        }
        ops.raw("Q");
        Len::sp((x * 65_536.0).round() as i64)
    }
    /// The title as a form that begins at its origin, not wider than a length: all
    /// sides share it.
    pub fn title(&self, size: Len, width: Len) -> Stream {
        let ems = width.to_pt() / size.to_pt();
        let mut used = 0.0;
        let fits = |c: &char| {
            used += self.glyphs.get(c).map_or(0.0, |g| g.advance);
            used <= ems
        };
        let text: String = self.title.chars().take_while(fits).collect();
        let mut ops = Ops::default();
        let end = self.write(&mut ops, &text, (Len::ZERO, Len::ZERO), size);
        // Room for all that hangs below the line and stands above it.
        let edges = [Len::ZERO, -size, end, size * 2];
        let edges = edges.map(|l| Object::Real(l.to_pt() as f32)).to_vec();
        let dict = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => edges,
            "Resources" => dictionary! {},
        };
        Stream::new(dict, ops.finish())
    }
}

fn glyph(face: &Face, id: u16) -> Option<Glyph> {
    let font = FontRef::from_index(&face.data, face.index).ok()?;
    let em = 1.0 / f64::from(face.upem);
    let id = GlyphId::from(id);
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let advance = f64::from(metrics.advance_width(id).unwrap_or(0.0)) * em;
    let mut pen = Pen { em, last: (0.0, 0.0), glyph: Glyph { advance, steps: vec![] } };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(id)?.draw(settings, &mut pen).ok()?;
    Some(pen.glyph)
}

struct Pen {
    em: f64,
    last: (f64, f64),
    glyph: Glyph,
}

impl Pen {
    fn to(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.em, f64::from(y) * self.em)
    }
    fn step(&mut self, points: &[(f64, f64)], operator: &'static str) {
        let numbers = points.iter().flat_map(|p| [p.0, p.1]).collect();
        self.glyph.steps.push((numbers, operator));
        self.last = points.last().copied().unwrap_or(self.last);
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step(&[self.to(x, y)], "m");
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.step(&[self.to(x, y)], "l");
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        // The same curve with two handles, each two thirds of the way to the one.
        let (from, c, to) = (self.last, self.to(cx, cy), self.to(x, y));
        let near = |a: f64, c: f64| a + (c - a) * 2.0 / 3.0;
        let handle = |a: (f64, f64)| (near(a.0, c.0), near(a.1, c.1));
        self.step(&[handle(from), handle(to), to], "c");
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.step(&[self.to(ax, ay), self.to(bx, by), self.to(x, y)], "c");
    }
    fn close(&mut self) {
        self.step(&[], "h");
    }
}
