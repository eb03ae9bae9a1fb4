//! One font, cut down to some characters.
//!
//! [`crate::font::subset`] makes fonts for PDF, which knows characters by other means. A
//! browser needs more: the character map, `OS/2`, and of the layout tables what
//! Chinese text cannot do without. Those are not cut out of the source (its
//! rules reach far) but asked of it: each character is shaped in the book's
//! language, alone, with and without a feature, and where the book says so in
//! other languages; the answers are written down as simple tables.

use super::chars::Spoken;
use crate::font::Face;
use harfrust::{Buffer, Direction, Feature, Language, Script, ShapeOptions, ShaperFont};
use skrifa::raw::{FontRef, TableProvider};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::tables::{
    cmap::Cmap, os2::Os2, vhea::Vhea, vmtx::LongMetric, vmtx::Vmtx,
};
use write_fonts::types::{GlyphId, Tag};

/// A font with these characters and no others; `None` if the face has none of
/// them or cannot be read.
pub(super) fn cut_down(
    face: &Face,
    chars: &BTreeSet<char>,
    lang: &str,
    spoken: &Spoken,
    family: &str,
) -> Option<Vec<u8>> {
    let source = FontRef::from_index(&face.data, face.index).ok()?;
    let mut found = Found::of(face, chars, lang)?;
    found.regions(face, spoken);
    let glyphs: Vec<u16> = found.all().into_iter().collect();
    let map = GlyphRemapper::new_from_glyphs(&glyphs);
    let small = crate::font::subset::subset(face, &glyphs).ok()?;
    let small = FontRef::new(&small).ok()?;
    let mut out = FontBuilder::new();
    out.copy_missing_tables(small.clone());
    let pairs = found.chars.iter().filter_map(|(c, g)| Some((*c, map.get(*g)?)));
    let cmap =
        Cmap::from_mappings(pairs.map(|(c, g)| (c, GlyphId::new(g.into())))).ok()?;
    out.add_table(&cmap).ok()?;
    out.add_table(&os2(&source, &found)?).ok()?;
    out.add_table(&super::fontname::names(&source, family, face.weight)).ok()?;
    let count = small.maxp().ok()?.num_glyphs();
    vertical(&source, &map, count, &mut out);
    super::layout::add(&found, &map, &mut out);
    Some(out.build())
}

/// Metrics as in the source; free to embed, since the licence said so before
/// the font came here.
fn os2(source: &FontRef, found: &Found) -> Option<Os2> {
    let mut os2: Os2 = source.os2().ok()?.to_owned_table();
    let last = |c: Option<&char>| c.map_or(0, |c| (*c as u32).min(0xffff) as u16);
    os2.fs_type = 0;
    os2.us_first_char_index = last(found.chars.keys().next());
    os2.us_last_char_index = last(found.chars.keys().next_back());
    Some(os2)
}

/// `vhea`, `vmtx` and `VORG`, if the source has them.
fn vertical(source: &FontRef, map: &GlyphRemapper, count: u16, out: &mut FontBuilder) {
    let (Ok(vhea), Ok(vmtx)) = (source.vhea(), source.vmtx()) else { return };
    let mut old: Vec<u16> = map.remapped_gids().collect();
    // parts of composite glyphs, which are never set by themselves
    old.resize(count.into(), 0);
    let metric = |g: &u16| {
        let g = GlyphId::new((*g).into());
        let advance = vmtx.advance(g).unwrap_or_default();
        LongMetric::new(advance, vmtx.side_bearing(g).unwrap_or_default())
    };
    let metrics: Vec<_> = old.iter().map(metric).collect();
    let mut vhea: Vhea = vhea.to_owned_table();
    vhea.number_of_long_ver_metrics = count;
    if out.add_table(&vhea).is_err()
        || out.add_table(&Vmtx::new(metrics, vec![])).is_err()
    {
        return;
    }
    let Ok(vorg) = source.vorg() else { return };
    let usual = vorg.default_vert_origin_y();
    let origins = old.iter().enumerate().filter_map(|(new, g)| {
        let y = vorg.vertical_origin_y(GlyphId::new((*g).into()));
        (y != usual).then_some((new as u16, y))
    });
    let origins: Vec<_> = origins.collect();
    // write-fonts has no VORG: version 1.0, usual origin, count, pairs
    let mut bytes = vec![0, 1, 0, 0];
    bytes.extend(usual.to_be_bytes());
    bytes.extend((origins.len() as u16).to_be_bytes());
    for (glyph, y) in origins {
        bytes.extend(glyph.to_be_bytes());
        bytes.extend(y.to_be_bytes());
    }
    out.add_raw(Tag::new(b"VORG"), bytes);
}

/// What the source answered, in its own glyph numbers.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// the glyph of each character, in the book's language
    pub(super) chars: BTreeMap<char, u16>,
    /// glyph → its form in vertical text
    pub(super) vert: BTreeMap<u16, u16>,
    /// the same for renderers that turn nothing themselves: letters lie on their sides
    pub(super) vrt2: BTreeMap<u16, u16>,
    /// glyph → placement and advance that `halt` adds
    pub(super) halt: BTreeMap<u16, (i16, i16)>,
    /// two of the same glyph → one: the dash and the ellipsis
    pub(super) pairs: BTreeMap<u16, u16>,
    /// by OpenType's tag of a language: glyph → its form there
    pub(super) regional: BTreeMap<[u8; 4], BTreeMap<u16, u16>>,
}

/// Marks that stand twice, and in many fonts are one glyph then.
const TWICE: [char; 2] = ['—', '…'];

/// Characters with a form or a width that depends on where they stand:
/// punctuation and small kana. Ideographs have neither.
fn varies(c: char) -> bool {
    !c.is_alphanumeric() || ('\u{3000}'..'\u{3400}').contains(&c)
}

impl Found {
    fn of(face: &Face, chars: &BTreeSet<char>, lang: &str) -> Option<Found> {
        let shaper = Shaper::new(face, lang);
        let mut out = Found::default();
        for c in chars {
            let text = c.to_string();
            let Some((glyph, _, advance)) = shaper.one(&text, None) else { continue };
            out.chars.insert(*c, glyph);
            if (!c.is_alphanumeric() || *c < '\u{2e80}' || varies(*c))
                && let Some((turned, _, _)) = shaper.one(&text, Some(b"vrt2"))
                && turned != glyph
            {
                out.vrt2.insert(glyph, turned);
            }
            if !varies(*c) {
                continue;
            }
            if let Some((upright, _, _)) = shaper.one(&text, Some(b"vert"))
                && upright != glyph
            {
                out.vert.insert(glyph, upright);
            }
            if let Some((same, x, half)) = shaper.one(&text, Some(b"halt"))
                && (same, half != advance) == (glyph, true)
            {
                let narrow = |n: i32| i16::try_from(n).unwrap_or_default();
                out.halt.insert(glyph, (narrow(x), narrow(half - advance)));
            }
            if TWICE.contains(c)
                && let Some((both, _, _)) = shaper.one(&format!("{c}{c}"), None)
            {
                out.pairs.insert(glyph, both);
            }
        }
        (!out.chars.is_empty()).then_some(out)
    }

    /// Asks for the forms of other languages. Two tags can be one language to
    /// OpenType; the first is asked.
    fn regions(&mut self, face: &Face, spoken: &Spoken) {
        for (lang, chars) in spoken {
            let shaper = Shaper::new(face, lang);
            let Some(tag) = shaper.tag() else { continue };
            for c in chars {
                let (Some(own), Some((there, _, _))) =
                    (self.chars.get(c), shaper.one(&c.to_string(), None))
                else {
                    continue;
                };
                if *own != there {
                    let forms = self.regional.entry(tag).or_default();
                    forms.entry(*own).or_insert(there);
                }
            }
        }
    }

    fn all(&self) -> BTreeSet<u16> {
        let forms =
            self.vert.values().chain(self.vrt2.values()).chain(self.pairs.values());
        let forms = forms.chain(self.regional.values().flat_map(BTreeMap::values));
        self.chars.values().chain(forms).copied().collect()
    }
}

/// A font, asked about short texts in a language.
struct Shaper<'a> {
    font: ShaperFont<'a, 'a>,
    language: Option<Language>,
}

impl<'a> Shaper<'a> {
    fn new(face: &'a Face, lang: &str) -> Shaper<'a> {
        Shaper { font: ShaperFont::new(face.font()), language: Language::new(lang) }
    }

    /// What OpenType calls the language.
    fn tag(&self) -> Option<[u8; 4]> {
        let (_, tags) =
            Script::tags_for_language(Some(Script::HAN), self.language.as_ref());
        tags.as_slice().first().map(|t| t.to_be_bytes())
    }

    /// The glyph that a text becomes, its offset and advance; `None` if it
    /// becomes several or none.
    fn one(&self, s: &str, feature: Option<&[u8; 4]>) -> Option<(u16, i32, i32)> {
        let mut buffer = Buffer::new();
        buffer.push_str(s);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::HAN));
        buffer.set_language(self.language.clone());
        let features: Vec<_> =
            feature.iter().map(|t| Feature::new(harfrust::Tag::new(t), 1, ..)).collect();
        let options = ShapeOptions::new().features(&features);
        harfrust::shape(&self.font, &mut buffer, options).ok()?;
        let ([info], [pos]) = (buffer.glyph_infos(), buffer.glyph_positions()) else {
            return None;
        };
        let glyph = u16::try_from(info.glyph_id).ok().filter(|g| *g != 0)?;
        Some((glyph, pos.x_offset, pos.x_advance))
    }
}
