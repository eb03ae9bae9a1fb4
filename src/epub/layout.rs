//! `GSUB` and `GPOS` of a font that was cut down: the forms of other regions,
//! vertical forms, the dash and the ellipsis of two characters, and half-width
//! punctuation, by which browsers do `text-spacing-trim`.

use super::sfnt::Found;
use std::collections::{BTreeMap, BTreeSet};
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
    CoverageTable, Feature, FeatureList, FeatureRecord, LangSys, LangSysRecord, Lookup,
    LookupFlag, Script, ScriptList, ScriptRecord,
};
use write_fonts::types::{GlyphId16, Tag};

/// Adds the tables that have something in them.
pub(super) fn add(found: &Found, map: &GlyphRemapper, out: &mut FontBuilder) {
    let new = |g: &u16| map.get(*g).map(GlyphId16::new);
    let halt = found.halt.iter().filter_map(|(a, v)| Some((new(a)?, *v)));
    // what cannot be written is left out: the font is good without it
    substitutions(found, map).map(|t| out.add_table(&t).ok());
    positions(halt.collect()).map(|t| out.add_table(&t).ok());
}

/// A feature with its one lookup, and the language that alone has it.
struct Rule {
    tag: Tag,
    only: Option<Tag>,
    lookup: SubstitutionLookup,
}

/// In the order of the features' names, as OpenType wants them.
fn substitutions(found: &Found, map: &GlyphRemapper) -> Option<Gsub> {
    let pairs = renumbered(&found.pairs, map);
    let mut rules = vec![];
    if !pairs.is_empty() {
        let cover: CoverageTable = pairs.keys().copied().collect();
        let sets = pairs
            .iter()
            .map(|(one, both)| LigatureSet::new(vec![Ligature::new(*both, vec![*one])]));
        let table = LigatureSubstFormat1::new(cover, sets.collect());
        let lookup =
            Lookup::new(LookupFlag::empty(), vec![LigatureSubst::Format1(table)]);
        let lookup = SubstitutionLookup::Ligature(lookup);
        rules.push(Rule { tag: Tag::new(b"ccmp"), only: None, lookup });
    }
    for (language, forms) in &found.regional {
        let only = Some(Tag::new(language));
        let forms = renumbered(forms, map);
        rules.extend(single(forms).map(|lookup| Rule {
            tag: Tag::new(b"locl"),
            only,
            lookup,
        }));
    }
    let vert = single(renumbered(&found.vert, map));
    rules.extend(vert.map(|lookup| Rule { tag: Tag::new(b"vert"), only: None, lookup }));
    let vrt2 = single(renumbered(&found.vrt2, map));
    rules.extend(vrt2.map(|lookup| Rule { tag: Tag::new(b"vrt2"), only: None, lookup }));
    let tags: Vec<_> = rules.iter().map(|r| (r.tag, r.only)).collect();
    let (scripts, features) = features(&tags)?;
    let lookups = rules.into_iter().map(|r| r.lookup).collect();
    Some(Gsub::new(scripts, features, SubstitutionLookupList::new(lookups)))
}

/// Pairs of glyphs in the numbers of the small font.
fn renumbered(
    pairs: &BTreeMap<u16, u16>,
    map: &GlyphRemapper,
) -> BTreeMap<GlyphId16, GlyphId16> {
    let new = |g: &u16| map.get(*g).map(GlyphId16::new);
    pairs.iter().filter_map(|(a, b)| Some((new(a)?, new(b)?))).collect()
}

/// One glyph for another.
fn single(forms: BTreeMap<GlyphId16, GlyphId16>) -> Option<SubstitutionLookup> {
    if forms.is_empty() {
        return None;
    }
    let cover: CoverageTable = forms.keys().copied().collect();
    let table = SingleSubst::format_2(cover, forms.values().copied().collect());
    let lookup = Lookup::new(LookupFlag::empty(), vec![table]);
    Some(SubstitutionLookup::Single(lookup))
}

fn positions(halt: BTreeMap<GlyphId16, (i16, i16)>) -> Option<Gpos> {
    let cover: CoverageTable = halt.keys().copied().collect();
    let values = halt.values().map(|(x, advance)| {
        ValueRecord::new().with_x_placement(*x).with_x_advance(*advance)
    });
    let table = SinglePos::format_2(cover, values.collect());
    let lookup = Lookup::new(LookupFlag::empty(), vec![table]);
    let tag = (!halt.is_empty()).then(|| (Tag::new(b"halt"), None));
    let (scripts, features) = features(tag.as_slice())?;
    let list = PositionLookupList::new(vec![PositionLookup::Single(lookup)]);
    Some(Gpos::new(scripts, features, list))
}

/// One lookup a feature, in order, for every script that Chinese text may be
/// taken for; with a language beside it, a feature is that language's alone.
fn features(tags: &[(Tag, Option<Tag>)]) -> Option<(ScriptList, FeatureList)> {
    if tags.is_empty() {
        return None;
    }
    let records = tags
        .iter()
        .zip(0u16..)
        .map(|((tag, _), i)| FeatureRecord::new(*tag, Feature::new(None, vec![i])));
    let of = |language: Option<Tag>| {
        let its = |only: &Option<Tag>| only.is_none() || *only == language;
        let indices = tags.iter().zip(0u16..).filter(|((_, only), _)| its(only));
        LangSys::new(indices.map(|(_, i)| i).collect())
    };
    let languages: BTreeSet<Tag> = tags.iter().filter_map(|(_, only)| *only).collect();
    let script = |tag: &[u8; 4]| {
        // DFLT has no languages.
        let languages = languages.iter().filter(|_| tag != b"DFLT");
        let own = languages.map(|l| LangSysRecord::new(*l, of(Some(*l))));
        ScriptRecord::new(Tag::new(tag), Script::new(Some(of(None)), own.collect()))
    };
    let scripts = [b"DFLT", b"hani", b"kana", b"latn"].map(script);
    Some((ScriptList::new(scripts.into()), FeatureList::new(records.collect())))
}
