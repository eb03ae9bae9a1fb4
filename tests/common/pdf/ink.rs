//! The ink of glyphs, from the outlines that a file embeds.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Where a glyph's ink lies, in em from its origin. Curves are measured by their
/// control points; faces for text have points at all extremes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ink {
    pub(crate) x0: f64,
    pub(crate) x1: f64,
    pub(crate) y0: f64,
    pub(crate) y1: f64,
    /// what the contours cover from left to right: one span for each part that a
    /// white stripe sets off
    pub(crate) spans: Vec<(f64, f64)>,
}

/// A font program, by the key under which a descriptor names it [9.9].
pub(crate) enum Program {
    /// `FontFile2`: TrueType
    TrueType(Vec<u8>),
    /// `FontFile3`: a bare CFF table
    Cff(Vec<u8>),
}

/// The ink of every glyph, by its number in the file's strings.
pub(crate) fn measure(program: &Program, codes: u16) -> Vec<Option<Ink>> {
    match program {
        Program::TrueType(data) => {
            let font = FontRef::new(data).expect("a TrueType font");
            let em = f64::from(
                font.metrics(Size::unscaled(), LocationRef::default()).units_per_em,
            );
            (0..codes).map(|c| true_type(&font, c, em)).collect()
        }
        Program::Cff(data) => {
            let font = CffFontRef::new_cff(data, 0, None).expect("a CFF font");
            (0..codes).map(|c| cff(&font, c)).collect()
        }
    }
}

/// The advance of every glyph, in em.
pub(crate) fn advances(program: &Program, codes: u16) -> Vec<Option<f64>> {
    match program {
        Program::TrueType(data) => {
            let font = FontRef::new(data).expect("a TrueType font");
            let plain = (Size::unscaled(), LocationRef::default());
            let em = f64::from(font.metrics(plain.0, plain.1).units_per_em);
            let metrics = font.glyph_metrics(plain.0, plain.1);
            let advance = |c| metrics.advance_width(GlyphId::from(c)).map(f64::from);
            (0..codes).map(|c| Some(advance(c)? / em)).collect()
        }
        Program::Cff(data) => {
            let font = CffFontRef::new_cff(data, 0, None).expect("a CFF font");
            let em = f64::from(font.upem());
            let advance = |c| {
                let glyph = cff_glyph(&font, c)?;
                let part = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
                let mut pen = Contours::default();
                let width = font.draw(&part, glyph, &[], None, &mut pen).ok()?;
                Some(f64::from(width?) / em)
            };
            (0..codes).map(advance).collect()
        }
    }
}

fn true_type(font: &FontRef<'_>, code: u16, em: f64) -> Option<Ink> {
    let mut pen = Contours::default();
    let glyph = font.outline_glyphs().get(GlyphId::from(code))?;
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    glyph.draw(settings, &mut pen).ok()?;
    pen.ink(em)
}

fn cff(font: &CffFontRef<'_>, code: u16) -> Option<Ink> {
    let glyph = cff_glyph(font, code)?;
    let mut pen = Contours::default();
    let part = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
    font.draw(&part, glyph, &[], None, &mut pen).ok()?;
    pen.ink(f64::from(font.upem()))
}

/// In a font keyed by CIDs the charset says which glyph a number means.
fn cff_glyph(font: &CffFontRef<'_>, code: u16) -> Option<GlyphId> {
    match font.charset().filter(|_| font.is_cid()) {
        Some(charset) => charset.glyph_id(skrifa::raw::ps::Sid::new(code)),
        None => Some(GlyphId::from(code)),
    }
}

/// Boxes of contours: x0, x1, y0, y1.
#[derive(Default)]
struct Contours(Vec<[f64; 4]>);

impl Contours {
    fn point(&mut self, x: f32, y: f32) {
        let (x, y) = (f64::from(x), f64::from(y));
        if let Some(b) = self.0.last_mut() {
            *b = [b[0].min(x), b[1].max(x), b[2].min(y), b[3].max(y)];
        }
    }
    fn ink(mut self, em: f64) -> Option<Ink> {
        self.0.retain(|b| b[1] > b[0]);
        self.0.iter_mut().flatten().for_each(|v| *v /= em);
        self.0.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let mut spans: Vec<(f64, f64)> = vec![];
        for b in &self.0 {
            match spans.last_mut() {
                Some(s) if b[0] <= s.1 => s.1 = s.1.max(b[1]),
                _ => spans.push((b[0], b[1])),
            }
        }
        let least = |i: usize| self.0.iter().map(|b| b[i]).fold(f64::INFINITY, f64::min);
        let most = |i: usize| self.0.iter().map(|b| b[i]).fold(-f64::INFINITY, f64::max);
        (!spans.is_empty()).then(|| Ink {
            x0: least(0),
            x1: most(1),
            y0: least(2),
            y1: most(3),
            spans,
        })
    }
}

impl OutlinePen for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = (f64::from(x), f64::from(y));
        self.0.push([x, x, y, y]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.point(cx, cy);
        self.point(x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.point(ax, ay);
        self.point(bx, by);
        self.point(x, y);
    }
    fn close(&mut self) {}
}
