//! Glyphs as the paths of an SVG, each read from its font once.

use super::Shown;
use crate::font::{FaceId, FontSet};
use crate::page::{Draw, Page};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider, OutlineGlyphCollection};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// Outlines by face and glyph.
pub type Known = BTreeMap<(FaceId, u16), Arc<str>>;

/// Outlines of a set of fonts, in units of their face, y downwards, every step counted
/// from the one before: the same text draws a glyph wherever it stands.
pub struct Outlines<'a> {
    fonts: &'a FontSet,
    faces: BTreeMap<FaceId, Option<OutlineGlyphCollection<'a>>>,
    known: &'a mut Known,
}

impl<'a> Outlines<'a> {
    /// Those of some fonts, with what is known of them.
    pub fn new(fonts: &'a FontSet, known: &'a mut Known) -> Outlines<'a> {
        Outlines { fonts, faces: BTreeMap::new(), known }
    }
    /// The path of a glyph, to be written after a step to its origin; empty where it has
    /// no ink.
    pub fn path(&mut self, face: FaceId, id: u16) -> Arc<str> {
        if let Some(known) = self.known.get(&(face, id)) {
            return known.clone();
        }
        let fonts = self.fonts;
        let glyphs = self.faces.entry(face).or_insert_with(|| {
            let face = fonts.face(face);
            let font = FontRef::from_index(&face.data, face.index).ok();
            font.map(|font| font.outline_glyphs())
        });
        let mut pen = Pen::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        let glyph = glyphs.as_ref().and_then(|g| g.get(u32::from(id).into()));
        // What a damaged font drew before it broke off is shown.
        glyph.map(|glyph| glyph.draw(settings, &mut pen));
        let path: Arc<str> = pen.out.into();
        self.known.insert((face, id), path.clone());
        path
    }
}

/// The outlines of glyphs of a face; `faces` has the name of each.
pub fn outlines(
    shown: &Shown,
    faces: &[u64],
    face: u64,
    ids: &[u16],
    known: &mut Known,
) -> Option<BTreeMap<u16, String>> {
    let n = faces.iter().position(|f| *f == face)?;
    let face = FaceId(u16::try_from(n).ok()?);
    let mut outlines = Outlines::new(&shown.fonts, known);
    Some(ids.iter().map(|id| (*id, outlines.path(face, *id).to_string())).collect())
}

/// The glyphs on a page, each with the name of its face.
pub fn on(page: &Page, faces: &[u64]) -> BTreeSet<(u64, u16)> {
    let runs = page.draws().filter_map(|draw| match draw {
        Draw::Text(run) => Some((faces.get(usize::from(run.face.0))?, run)),
        Draw::Rule { .. } | Draw::Image { .. } | Draw::Path { .. } | Draw::Turned(_) => {
            None
        }
    });
    runs.flat_map(|(face, run)| run.glyphs.iter().map(|g| (*face, g.id))).collect()
}

impl std::fmt::Debug for Outlines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outlines({} known)", self.known.len())
    }
}

/// Writes outlines in font units. Whole units are finer than any screen.
#[derive(Default)]
struct Pen {
    out: String,
    /// where the pen is
    at: (i32, i32),
    /// where the contour began
    start: (i32, i32),
}

impl Pen {
    /// A step, and the points that say where it leads; all are counted from the pen.
    fn step<const N: usize>(&mut self, name: char, points: [(f32, f32); N]) {
        self.out.push(name);
        let from = self.at;
        for (n, (x, y)) in points.into_iter().enumerate() {
            let to = (x.round() as i32, -(y.round() as i32));
            let (dx, dy) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
            let blank = if n > 0 && dx >= 0 { " " } else { "" };
            let between = if dy >= 0 { " " } else { "" };
            write!(self.out, "{blank}{dx}{between}{dy}").ok();
            self.at = to;
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step('m', [(x, y)]);
        self.start = self.at;
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.step('l', [(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.step('q', [(cx, cy), (x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.step('c', [(ax, ay), (bx, by), (x, y)]);
    }
    fn close(&mut self) {
        self.out.push('z');
        self.at = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn steps_are_counted_from_the_one_before() {
        let mut pen = Pen::default();
        pen.move_to(10.0, 20.0);
        pen.line_to(5.0, 30.0);
        pen.quad_to(0.0, 0.0, 9.0, 1.0);
        pen.close();
        pen.move_to(11.0, 21.0);
        assert_eq!(pen.out, "m10-20l-5-10q-5 30 4 29zm1-1");
    }
}
