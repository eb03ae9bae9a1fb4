//! Subsets: each face cut down to the glyphs that the pages show, with widths
//! and text of every glyph, as printpdf wants them.

use crate::font::subset::subset;
use crate::font::{Face, FaceId, FontSet};
use crate::page::{Draw, Page};
use printpdf::{
    Codepoint, FontEmbeddingMode, FontId, FontMetrics, FontType, Op, ParsedFont, PdfFont,
    PdfFontHandle, PdfFontMetricsStub, PrintpdfFontMeta, Pt, TextItem,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a file shows of a face: its glyphs, numbered anew.
#[derive(Debug, PartialEq)]
pub struct Subset {
    face: FaceId,
    /// the old ones in their order
    glyphs: Vec<Glyph>,
    /// where an old glyph stands among them
    places: Vec<u16>,
}

/// A glyph of a subset.
#[derive(Debug, PartialEq)]
struct Glyph {
    /// its number there
    id: u16,
    /// its advance, in thousandths of an em as the file states it
    advance: i64,
    /// its text, and as [`short`] has it
    text: String,
    short: u64,
}

/// One subset for each face that the pages use.
pub fn subsets(used: &Used, fonts: &FontSet) -> BTreeMap<FaceId, Subset> {
    let used = used.glyphs.iter().filter(|(_, glyphs)| glyphs.all().next().is_some());
    used.map(|(id, glyphs)| (*id, Subset::new(*id, fonts.face(*id), glyphs))).collect()
}

/// The glyphs that pages use, and what they stand for there.
#[derive(Debug, Default)]
pub struct Used {
    glyphs: BTreeMap<FaceId, Glyphs>,
    /// the pages
    pages: Vec<Arc<Page>>,
}

/// The glyphs of a face that are used.
#[derive(Debug, Default)]
struct Glyphs {
    /// where each stands below, counted from 1, by its index; 0 for none
    places: Vec<u16>,
    seen: Vec<(u16, Texts)>,
}

/// What a glyph stands for, and how often.
#[derive(Debug, Default, Clone)]
struct Texts {
    /// a text, as [`short`] has it: nearly all that there is of it
    first: (u64, i64),
    others: Vec<(Box<str>, i64)>,
}

impl Used {
    /// Counts what some pages use; of pages that were counted before, what is another.
    pub fn count(&mut self, pages: &[Arc<Page>]) {
        let old = std::mem::take(&mut self.pages);
        let same = |(a, b): &(&Arc<Page>, &Arc<Page>)| Arc::ptr_eq(a, b);
        let head = old.iter().zip(pages).take_while(same).count();
        let ends = old[head..].iter().rev().zip(pages[head..].iter().rev());
        let tail = ends.take_while(same).count();
        if (head + tail) * 2 < pages.len().max(old.len()) {
            *self = Used::all(pages);
        } else {
            self.add(&old[head..old.len() - tail], -1);
            self.add(&pages[head..pages.len() - tail], 1);
        }
        self.pages = pages.to_vec();
    }
    fn all(pages: &[Arc<Page>]) -> Used {
        // Parts of a book differ little in what they use: few large ones merge fast.
        let part = pages.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = pages.par_chunks(part).map(|pages| {
            let mut part = Used::default();
            part.add(pages, 1);
            part
        });
        parts.reduce(Used::default, Used::merged)
    }
    fn merged(mut self, part: Used) -> Used {
        for (face, glyphs) in part.glyphs {
            let known = self.glyphs.entry(face).or_default();
            for (id, texts) in glyphs.seen {
                texts.each(|text, n| known.texts(id).add(text, n));
            }
        }
        self
    }
    /// Adds what pages use, so many times.
    fn add(&mut self, pages: &[Arc<Page>], n: i64) {
        for draw in pages.iter().flat_map(|p| p.draws()) {
            let Draw::Text(run) = draw else { continue };
            if run.glyphs.is_empty() {
                continue;
            }
            let glyphs = self.glyphs.entry(run.face).or_default();
            for g in &run.glyphs {
                let (from, to) = (g.text.0 as usize, g.text.1 as usize);
                let texts = glyphs.texts(g.id);
                let short = short(&run.text.as_bytes()[from..], to - from);
                if short > 0 && short == texts.first.0 {
                    texts.first.1 += n;
                } else {
                    texts.add(&run.text[from..to], n);
                }
            }
        }
    }
}

impl Glyphs {
    fn texts(&mut self, id: u16) -> &mut Texts {
        let id_at = usize::from(id);
        if self.places.len() <= id_at {
            self.places.resize(id_at + 1, 0);
        }
        if self.places[id_at] == 0 {
            self.seen.push((id, Texts::default()));
            // A face has 65,535 glyphs at the most.
            self.places[id_at] = self.seen.len() as u16;
        }
        let at = usize::from(self.places[id_at]) - 1;
        &mut self.seen[at].1
    }
    /// Those that stand somewhere.
    fn all(&self) -> impl Iterator<Item = &(u16, Texts)> {
        self.seen.iter().filter(|(_, texts)| texts.stand())
    }
}

impl Texts {
    fn add(&mut self, text: &str, n: i64) {
        let short = short(text.as_bytes(), text.len());
        if short > 0 && (self.first.0 == short || self.first.0 == 0) {
            self.first = (short, self.first.1 + n);
            return;
        }
        match self.others.iter_mut().find(|t| *t.0 == *text) {
            Some(known) => known.1 += n,
            None => self.others.push((text.into(), n)),
        }
    }
    /// Calls something with each text that it stands for, and how often.
    fn each(&self, mut f: impl FnMut(&str, i64)) {
        let (bytes, length) = long(self.first.0);
        let first = std::str::from_utf8(&bytes[..length]).unwrap_or_default();
        let others = self.others.iter().map(|t| (&*t.0, t.1));
        let all = std::iter::once((first, self.first.1)).chain(others);
        all.filter(|t| t.1 > 0).for_each(|(text, n)| f(text, n));
    }
    fn stand(&self) -> bool {
        self.first.1 > 0 || self.others.iter().any(|t| t.1 > 0)
    }
    /// The text as which the glyph is copied: the one that it stands for most often, and
    /// of several the first in the order of their bytes; nothing where it stands for
    /// nothing. Where it stands for another, the page says so ([`super::content`]).
    fn usual(&self) -> String {
        let mut best = (String::new(), 0);
        self.each(|text, n| {
            let better = n > best.1 || (n == best.1 && text < best.0.as_str());
            if better && !text.is_empty() {
                best = (text.into(), n);
            }
        });
        best.0
    }
}

/// A text of at most seven bytes, the first of a longer one, as a number, which is
/// compared at once; 0 for more bytes.
fn short(text: &[u8], bytes: usize) -> u64 {
    if bytes > 7 {
        return 0;
    }
    let all = match text.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => text.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)),
    };
    let mask = (1 << (8 * bytes)) - 1;
    (bytes as u64 + 1) << 56 | all & mask
}

/// The bytes of such a number, and how many they are.
fn long(short: u64) -> ([u8; 8], usize) {
    (short.to_le_bytes(), (short >> 56).saturating_sub(1) as usize)
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
        let mut used: Vec<_> =
            used.all().map(|(id, texts)| (*id, texts.usual())).collect();
        used.sort_unstable_by_key(|u| u.0);
        let metrics = font.font().glyph_metrics();
        let upem = i64::from(font.upem);
        let mut glyphs = Vec::with_capacity(used.len());
        let mut places = vec![u16::MAX; used.last().map_or(0, |u| usize::from(u.0) + 1)];
        let silent = used.iter().filter(|u| u.1.is_empty());
        let named = named(font, silent.map(|u| u.0).collect());
        // Glyph 0 is in every font, and comes first.
        let first = u16::from(used.first().is_none_or(|u| u.0 > 0));
        for (new, (old, usual)) in (first..).zip(used) {
            let text = named.get(&old).map_or(usual, char::to_string);
            let advance = metrics.h_advance(u32::from(old).into()) as i64;
            places[usize::from(old)] = glyphs.len() as u16;
            // printpdf writes widths rounded down; the pen moves by those.
            let short = short(text.as_bytes(), text.len());
            let advance = advance * 1000 / upem;
            glyphs.push(Glyph { id: new, advance, text, short });
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
        let olds = (0_u16..).zip(&self.places).filter(|p| *p.1 != u16::MAX);
        let glyphs: Vec<u16> = olds.clone().map(|(old, _)| old).collect();
        let bytes = subset(face, &glyphs)?;
        let metrics = face.font().glyph_metrics();
        let width = |old: u16| metrics.h_advance(u32::from(old).into()) as i64 as u16;
        let widths = olds
            .map(|(old, at)| (self.glyphs[usize::from(*at)].id, width(old)))
            .collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_in_any_order() {
        let count = |all: &[(&str, i64)]| {
            let mut texts = Texts::default();
            all.iter().for_each(|(text, n)| texts.add(text, *n));
            texts
        };
        assert_eq!(count(&[("人", 2), ("⼈", 1)]).usual(), "人");
        assert_eq!(count(&[("⼈", 1), ("人", 2)]).usual(), "人");
        let mut seen = vec![];
        let texts = count(&[("a", 1), ("longer than seven", 1), ("", 1)]);
        texts.each(|text, n| seen.push((text.to_string(), n)));
        assert_eq!(seen.len(), 3, "{seen:?}");
        // Of those that are as often it is the first, and none that is gone.
        assert_eq!(texts.usual(), "a");
        let gone = count(&[("a", 1), ("longer than seven", 1), ("", 1), ("a", -1)]);
        assert_eq!(gone.usual(), "longer than seven");
        let none = count(&[("a", 1), ("", 1), ("a", -1)]);
        assert!(none.stand() && none.usual().is_empty());
        assert!(!count(&[("a", 1), ("a", -1)]).stand());
    }
}
