//! `GSUB` and `GPOS` of a font that was cut down: vertical forms, the dash and
//! the ellipsis of two characters, and half-width punctuation, by which browsers
//! do `text-spacing-trim`.

use super::sfnt::Found;
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::tables::gpos::{
    Gpos, PositionLookup, PositionLookupList, SinglePos, ValueRecord,
};
use write_fonts::tables::gsub::{
    Gsub, Ligature, LigatureSet, LigatureSubst, LigatureSubstFormat1, SingleSubst,
    SubstitutionLookup, SubstitutionLookupList,
};
use write_fonts::tables::layout::{
    CoverageTable, Feature, FeatureList, FeatureRecord, LangSys, Lookup, LookupFlag,
    Script, ScriptList, ScriptRecord,
};
use write_fonts::types::{GlyphId16, Tag};

/// Adds the tables that have something in them.
pub(super) fn add(found: &Found, map: &GlyphRemapper, out: &mut FontBuilder) {
    let new = |g: &u16| map.get(*g).map(GlyphId16::new);
    let vert = found.vert.iter().filter_map(|(a, b)| Some((new(a)?, new(b)?)));
    let pairs = found.pairs.iter().filter_map(|(a, b)| Some((new(a)?, new(b)?)));
    let halt = found.halt.iter().filter_map(|(a, v)| Some((new(a)?, *v)));
    // what cannot be written is left out: the font is good without it
    substitutions(vert.collect(), pairs.collect()).map(|t| out.add_table(&t).ok());
    positions(halt.collect()).map(|t| out.add_table(&t).ok());
}

fn substitutions(
    vert: BTreeMap<GlyphId16, GlyphId16>,
    pairs: BTreeMap<GlyphId16, GlyphId16>,
) -> Option<Gsub> {
    let (mut tags, mut lookups) = (vec![], vec![]);
    if !pairs.is_empty() {
        let cover: CoverageTable = pairs.keys().copied().collect();
        let sets = pairs
            .iter()
            .map(|(one, both)| LigatureSet::new(vec![Ligature::new(*both, vec![*one])]));
        let table = LigatureSubstFormat1::new(cover, sets.collect());
        tags.push(Tag::new(b"ccmp"));
        let lookup =
            Lookup::new(LookupFlag::empty(), vec![LigatureSubst::Format1(table)]);
        lookups.push(SubstitutionLookup::Ligature(lookup));
    }
    if !vert.is_empty() {
        let cover: CoverageTable = vert.keys().copied().collect();
        let table = SingleSubst::format_2(cover, vert.values().copied().collect());
        tags.push(Tag::new(b"vert"));
        let lookup = Lookup::new(LookupFlag::empty(), vec![table]);
        lookups.push(SubstitutionLookup::Single(lookup));
    }
    let (scripts, features) = features(&tags)?;
    Some(Gsub::new(scripts, features, SubstitutionLookupList::new(lookups)))
}

fn positions(halt: BTreeMap<GlyphId16, (i16, i16)>) -> Option<Gpos> {
    let cover: CoverageTable = halt.keys().copied().collect();
    let values = halt.values().map(|(x, advance)| {
        ValueRecord::new().with_x_placement(*x).with_x_advance(*advance)
    });
    let table = SinglePos::format_2(cover, values.collect());
    let lookup = Lookup::new(LookupFlag::empty(), vec![table]);
    let tags: &[Tag] = if halt.is_empty() { &[] } else { &[Tag::new(b"halt")] };
    let (scripts, features) = features(tags)?;
    let list = PositionLookupList::new(vec![PositionLookup::Single(lookup)]);
    Some(Gpos::new(scripts, features, list))
}

/// One lookup a feature, in order, for every script that Chinese text may be
/// taken for.
fn features(tags: &[Tag]) -> Option<(ScriptList, FeatureList)> {
    if tags.is_empty() {
        return None;
    }
    let indices = 0..tags.len() as u16;
    let records = tags
        .iter()
        .zip(indices.clone())
        .map(|(tag, i)| FeatureRecord::new(*tag, Feature::new(None, vec![i])));
    let script = |tag: &[u8; 4]| {
        let lang = LangSys::new(indices.clone().collect());
        ScriptRecord::new(Tag::new(tag), Script::new(Some(lang), vec![]))
    };
    let scripts = [b"DFLT", b"hani", b"kana", b"latn"].map(script);
    Some((ScriptList::new(scripts.into()), FeatureList::new(records.collect())))
}
