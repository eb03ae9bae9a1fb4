//! Subsets: each face cut down to the glyphs that the pages show, with widths
//! and text of every glyph, as printpdf wants them.

use super::faces;
use crate::font::{Face, FaceId, FontSet};
use crate::page::{Draw, Page};
use printpdf::{
    FontEmbeddingMode, FontId, FontMetrics, FontType, ParsedFont, PdfFont,
    PdfFontMetricsStub, PrintpdfFontMeta,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// A face cut down to what a file shows.
#[derive(Debug)]
pub struct Subset {
    face: FaceId,
    /// for each old glyph: the new one, its advance in thousandths of an em as
    /// the file states it, and its text
    glyphs: BTreeMap<u16, (u16, i64, String)>,
    parsed: ParsedFont,
}

/// One subset for each face that the pages use.
pub fn subset(
    pages: &[Page],
    fonts: &FontSet,
) -> Result<BTreeMap<FaceId, Subset>, String> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, Texts>> =
        faces(pages).into_iter().map(|f| (f, BTreeMap::new())).collect();
    for draw in pages.iter().flat_map(Page::draws) {
        let Draw::Text(run) = draw else { continue };
        let glyphs = used.entry(run.face).or_default();
        for g in &run.glyphs {
            let text = &run.text[g.text.0 as usize..g.text.1 as usize];
            let texts = glyphs.entry(g.id).or_default();
            match texts.iter_mut().find(|t| t.0 == text) {
                Some(known) => known.1 += 1,
                None => texts.push((text.to_string(), 1)),
            }
        }
    }
    let used: Vec<_> = used.into_iter().collect();
    used.into_par_iter()
        .map(|(id, glyphs)| Ok((id, one(id, fonts.face(id), glyphs)?)))
        .collect()
}

/// What a glyph stands for, and how often.
type Texts = Vec<(String, u32)>;

/// The text as which a glyph is copied: the one that it stands for most often.
/// Where it stands for another, the page says so ([`super::content`]).
fn usual(texts: Texts) -> String {
    let most = texts
        .into_iter()
        .filter(|t| !t.0.is_empty())
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    most.map_or_else(String::new, |t| t.0)
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

fn one(id: FaceId, face: &Face, used: BTreeMap<u16, Texts>) -> Result<Subset, String> {
    let mut map = GlyphRemapper::new();
    for glyph in used.keys() {
        map.remap(*glyph);
    }
    let bytes = subsetter::subset(&face.data, face.index, &map)
        .map_err(|e| format!("{}: {e}", face.name))?;
    let metrics = face.font().glyph_metrics();
    let upem = i64::from(face.upem);
    let mut glyphs = BTreeMap::new();
    let mut widths = BTreeMap::new();
    let silent = used.iter().filter(|u| u.1.iter().all(|t| t.0.is_empty()));
    let named = named(face, silent.map(|u| *u.0).collect());
    for (old, texts) in used {
        let text = named.get(&old).map_or_else(|| usual(texts), char::to_string);
        let new = map.get(old).unwrap_or(0);
        let advance = metrics.h_advance(u32::from(old).into()) as i64;
        widths.insert(new, advance as u16);
        // printpdf writes widths rounded down; the pen moves by those.
        glyphs.insert(old, (new, advance * 1000 / upem, text));
    }
    let parsed = parsed(face, bytes, widths);
    Ok(Subset { face: id, glyphs, parsed })
}

fn parsed(face: &Face, bytes: Vec<u8>, widths: BTreeMap<u16, u16>) -> ParsedFont {
    let name = format!("{}+{}", tag(&bytes), face.name);
    let cff = bytes.starts_with(b"OTTO");
    let metrics = face.font().metrics();
    let (ascent, descent) = metrics.hhea_line.map_or((880, -120), |l| {
        (l.ascender.to_f64() as i16, l.descender.to_f64() as i16)
    });
    let b = metrics.bounds;
    ParsedFont {
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(name),
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
    /// Name among the file's fonts.
    pub fn id(&self) -> FontId {
        FontId(format!("K{}", self.face.0))
    }
    /// The subset's own name, with six capitals before the face's.
    pub fn name(&self) -> &str {
        self.parsed.font_name.as_deref().unwrap_or_default()
    }
    /// What printpdf embeds.
    pub fn font(&self) -> PdfFont {
        let meta = PrintpdfFontMeta {
            embedding_mode: FontEmbeddingMode::Full,
            requires_subsetting: false,
            ..PrintpdfFontMeta::default()
        };
        PdfFont::with_meta(self.parsed.clone(), meta)
    }
    /// New index, advance in thousandths of an em, and text of a glyph.
    pub fn glyph(&self, old: u16) -> (u16, i64, &str) {
        self.glyphs.get(&old).map_or((0, 0, ""), |g| (g.0, g.1, g.2.as_str()))
    }
}
