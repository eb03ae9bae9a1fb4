//! Subsets: each face cut down to the glyphs that the pages show, with widths
//! and text of every glyph, as printpdf wants them.

use super::used::{Glyphs, Used, short};
use crate::font::subset::subset;
use crate::font::{Face, FaceId, FontSet};
use printpdf::{
    Codepoint, FontEmbeddingMode, FontId, FontMetrics, FontType, Op, ParsedFont, PdfFont,
    PdfFontHandle, PdfFontMetricsStub, PrintpdfFontMeta, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What a file shows of a face: its glyphs, numbered anew.
#[derive(Debug, PartialEq)]
pub struct Subset {
    face: FaceId,
    /// in the order of their new numbers
    glyphs: Vec<Glyph>,
    /// where an old glyph stands among them
    places: Vec<u16>,
}

/// A glyph of a subset.
#[derive(Debug, PartialEq)]
struct Glyph {
    /// its number in the face, and here
    old: u16,
    id: u16,
    /// its advance, in thousandths of an em as the file states it
    advance: i64,
    /// its text, and as [`short`] has it
    text: String,
    short: u64,
}

/// One subset for each face that the pages use.
pub fn subsets(used: &Used, fonts: &FontSet) -> BTreeMap<FaceId, Subset> {
    let subset = |(id, glyphs)| (id, Subset::new(id, fonts.face(id), glyphs));
    used.faces().map(subset).collect()
}

/// What glyphs are in their face that stand for nothing on any page, such as the
/// numbers of lines of code: a font has a text for every glyph (ISO 19005-2, 6.2.11.7.2),
/// and the page says that it stands for nothing.
fn named(face: &Face, silent: BTreeSet<u16>) -> BTreeMap<u16, char> {
    let mut out: BTreeMap<u16, char> = BTreeMap::new();
    if silent.is_empty() {
        return out;
    }
    // Radicals and compatibility forms share the glyphs of Han.
    let second = |c: char| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}');
    let read = skrifa::FontRef::from_index(&face.data, face.index);
    let map = read.as_ref().map(skrifa::MetadataProvider::charmap);
    for (c, glyph) in map.iter().flat_map(|map| map.mappings()) {
        let glyph = u16::try_from(glyph.to_u32()).ok().filter(|g| silent.contains(g));
        let (Some(glyph), Some(c)) = (glyph, char::from_u32(c)) else { continue };
        let known = out.entry(glyph).or_insert(c);
        *known = [*known, c].into_iter().min_by_key(|c| (second(*c), *c)).unwrap_or(c);
    }
    for glyph in silent {
        out.entry(glyph).or_insert(char::REPLACEMENT_CHARACTER);
    }
    out
}

fn parsed(
    face: &Face,
    name: &str,
    bytes: Vec<u8>,
    widths: BTreeMap<u16, u16>,
) -> ParsedFont {
    let cff = bytes.starts_with(b"OTTO");
    let metrics = face.font().metrics();
    let (ascent, descent) = metrics.hhea_line.map_or((880, -120), |l| {
        (l.ascender.to_f64() as i16, l.descender.to_f64() as i16)
    });
    let b = metrics.bounds;
    ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name.into()),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: widths,
        units_per_em: face.upem,
        font_metrics: FontMetrics { ascent, descent },
        font_type: if cff { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: face.upem,
            x_min: b.x_min.to_f64() as i16,
            y_min: b.y_min.to_f64() as i16,
            x_max: b.x_max.to_f64() as i16,
            y_max: b.y_max.to_f64() as i16,
            caret_slope_rise: if face.italic { 1000 } else { 1 },
            caret_slope_run: if face.italic { 213 } else { 0 },
            us_weight_class: face.weight,
        },
    }
}

/// Six capitals that tell subsets apart, from their contents (ISO 32000-1, 9.6.4).
fn tag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().take(6).map(|b| char::from(b'A' + b % 26)).collect()
}

impl Subset {
    fn new(face: FaceId, font: &Face, used: &Glyphs) -> Subset {
        let used: Vec<_> =
            used.in_order().map(|(id, texts)| (id, texts.usual())).collect();
        let metrics = font.font().glyph_metrics();
        let upem = i64::from(font.upem);
        let mut glyphs = Vec::with_capacity(used.len());
        let last = used.iter().map(|u| usize::from(u.0)).max();
        let mut places = vec![u16::MAX; last.map_or(0, |old| old + 1)];
        let silent = used.iter().filter(|u| u.1.is_empty());
        let named = named(font, silent.map(|u| u.0).collect());
        // Glyph 0 is in every font, and comes first.
        let first = u16::from(used.first().is_none_or(|u| u.0 > 0));
        for (id, (old, usual)) in (first..).zip(used) {
            let text = named.get(&old).map_or(usual, char::to_string);
            let advance = metrics.h_advance(u32::from(old).into()) as i64;
            places[usize::from(old)] = glyphs.len() as u16;
            // printpdf writes widths rounded down; the pen moves by those.
            let short = short(text.as_bytes(), text.len());
            let advance = advance * 1000 / upem;
            glyphs.push(Glyph { old, id, advance, text, short });
        }
        Subset { face, glyphs, places }
    }
    /// Name among the file's fonts.
    pub fn id(&self) -> FontId {
        FontId(format!("K{}", self.face.0))
    }
    /// The face cut down to it, as printpdf embeds it; and its name, with six capitals
    /// before the face's.
    pub fn font(&self, face: &Face) -> Result<(PdfFont, String), String> {
        let glyphs: Vec<u16> = self.glyphs.iter().map(|g| g.old).collect();
        let bytes = subset(face, &glyphs)?;
        let metrics = face.font().glyph_metrics();
        let width = |old: u16| metrics.h_advance(u32::from(old).into()) as i64 as u16;
        let widths = self.glyphs.iter().map(|g| (g.id, width(g.old))).collect();
        let name = format!("{}+{}", tag(&bytes), face.name);
        let parsed = parsed(face, &name, bytes, widths);
        let meta = PrintpdfFontMeta {
            embedding_mode: FontEmbeddingMode::Full,
            requires_subsetting: false,
            ..PrintpdfFontMeta::default()
        };
        Ok((PdfFont::with_meta(parsed, meta), name))
    }
    fn glyph(&self, old: u16) -> Option<&Glyph> {
        let place = self.places.get(usize::from(old))?;
        self.glyphs.get(usize::from(*place))
    }
    /// New index of a glyph, and its advance in thousandths of an em.
    pub fn placed(&self, old: u16) -> (u16, i64) {
        self.glyph(old).map_or((0, 0), |g| (g.id, g.advance))
    }
    /// Whether a glyph is copied as this text.
    pub fn is_copied_as(&self, old: u16, text: &str) -> bool {
        let Some(glyph) = self.glyph(old) else { return text.is_empty() };
        let short = short(text.as_bytes(), text.len());
        short == glyph.short && (short > 0 || text == glyph.text)
    }
    /// Every glyph with its text, as printpdf's operations.
    pub(super) fn specimen(&self) -> [Op; 2] {
        let glyph = |g: &Glyph| Codepoint::with_cid(g.id, 0.0, g.text.clone());
        let glyphs = self.glyphs.iter().map(glyph).collect();
        let font = PdfFontHandle::External(self.id());
        [
            Op::SetFont { font, size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] },
        ]
    }
}
