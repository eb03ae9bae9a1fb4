//! `[typesetting]`: the rules of composition, and tables such as
//! `[typesetting.ja]` with what a language does differently.

use super::meta::full;
use super::section::Section;
use crate::book::lang::primary;
use crate::cjk::rules::{
    Adjacent, Beside, Breaking, Hanging, LEVELS, LEVELS_JA, LineEnd, Squeeze, Width,
};
use crate::cjk::{MilliEm, Region, Rules};

/// Reads the rules of a book in a language. What its region does comes first, then
/// what the book says, then what the book says of this language, the least
/// particular tag first.
pub(super) fn read(s: &mut Section, lang: &str) -> Rules {
    let mut rules = Rules::of(Region::of(lang));
    if !matches!(primary(lang), "zh" | "yue" | "ja" | "ko") {
        // A book in a Western language speaks it.
        rules.latin = lang.into();
    }
    keys(s, &mut rules);
    let mut tables = s.languages();
    tables.sort_by_key(|(tag, _)| tag.len());
    for (tag, table) in tables {
        let mut inner = s.inner("typesetting", table);
        // Another language's table is read for its faults alone.
        let mut other = Rules::of(Region::of(&tag));
        let target = if covers(&tag, lang) || covers(&full(&tag), lang) {
            &mut rules
        } else {
            &mut other
        };
        keys(&mut inner, target);
        inner.finish();
    }
    s.finish();
    if rules.grid {
        // Every mark keeps its frame, or what follows leaves the grid (M-06).
        rules.adjacent = Adjacent::Full;
        rules.squeeze = Squeeze::Off;
        rules.line_end = LineEnd::Full;
        (rules.trim_start, rules.trim_paragraph) = (false, false);
    }
    rules
}

/// Whether a tag such as `zh-Hant` speaks of `zh-Hant-TW`.
fn covers(tag: &str, lang: &str) -> bool {
    let (tag, lang) = (tag.to_ascii_lowercase(), lang.to_ascii_lowercase());
    lang.strip_prefix(&tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn keys(s: &mut Section, r: &mut Rules) {
    let levels = if r.region == Region::Ja { LEVELS_JA } else { LEVELS };
    set(&mut r.level, s.choice("level", levels).map(|g| g.value));
    marks(s, r);
    edges(s, r);
    latin(s, r);
    if let Some(n) = s.integer_in("last-line", 0..=4) {
        r.last_line = n.value as u8;
    }
    set(&mut r.last_line_gap, milli_em(s, "last-line-gap", 1.0));
    set(&mut r.breaking, s.choice("breaking", BREAKING).map(|g| g.value));
    set(&mut r.grid, s.boolean("grid"));
}

fn marks(s: &mut Section, r: &mut Rules) {
    set(&mut r.width, s.choice("punctuation", WIDTHS).map(|g| g.value));
    set(&mut r.adjacent, s.choice("adjacent", ADJACENT).map(|g| g.value));
    set(&mut r.squeeze, s.choice("squeeze", SQUEEZE).map(|g| g.value));
    set(&mut r.stretch_marks, s.boolean("stretch-marks"));
    set(&mut r.hanging, s.choice("hanging", HANGING).map(|g| g.value));
}

fn edges(s: &mut Section, r: &mut Rules) {
    set(&mut r.line_end, s.choice("line-end", LINE_ENDS).map(|g| g.value));
    let half = |g: super::section::Given<bool>| g.value;
    set(&mut r.trim_start, s.choice("line-start", STARTS).map(half));
    set(&mut r.trim_paragraph, s.choice("paragraph-start", STARTS).map(half));
    if let Some(indent) = s.integer_in("indent", 0..=4) {
        r.indent = indent.value as u8;
    }
}

fn latin(s: &mut Section, r: &mut Rules) {
    set(&mut r.gap, milli_em(s, "gap", 0.5));
    if s.has("gap-beside") {
        let mut beside = Beside { letters: false, digits: false, signs: false };
        for which in s.choices("gap-beside", BESIDE) {
            match which {
                Which::Letters => beside.letters = true,
                Which::Digits => beside.digits = true,
                Which::Signs => beside.signs = true,
            }
        }
        r.beside = beside;
    }
    set(&mut r.hyphenate, s.boolean("hyphenate"));
    if let Some(lang) = s.language("latin") {
        r.latin = lang.into();
    }
    set(&mut r.whole_words, s.choice("word-break", WORDS).map(|g| g.value));
}

fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

fn milli_em(s: &mut Section, key: &'static str, most: f64) -> Option<MilliEm> {
    s.number_in(key, 0.0..=most, "em").map(|g| (g.value * 1000.0).round() as i64)
}

const WIDTHS: &[(&str, Width)] =
    &[("full", Width::Full), ("kaiming", Width::Kaiming), ("half", Width::Half)];
const ADJACENT: &[(&str, Adjacent)] =
    &[("full", Adjacent::Full), ("half", Adjacent::Half), ("tight", Adjacent::Tight)];
const SQUEEZE: &[(&str, Squeeze)] = &[
    ("off", Squeeze::Off),
    ("brackets", Squeeze::Brackets),
    ("inner", Squeeze::Inner),
    ("all", Squeeze::All),
];
const LINE_ENDS: &[(&str, LineEnd)] =
    &[("half", LineEnd::Half), ("auto", LineEnd::Auto), ("full", LineEnd::Full)];
/// Whether the blank goes.
const STARTS: &[(&str, bool)] = &[("half", true), ("full", false)];
const HANGING: &[(&str, Hanging)] =
    &[("off", Hanging::Off), ("stops", Hanging::Stops), ("all", Hanging::All)];
const BREAKING: &[(&str, Breaking)] =
    &[("total-fit", Breaking::TotalFit), ("greedy-literal", Breaking::GreedyLiteral)];
/// Whether words stay whole.
const WORDS: &[(&str, bool)] = &[("word", true), ("syllable", false)];

#[derive(Debug, Copy, Clone)]
enum Which {
    Letters,
    Digits,
    Signs,
}
const BESIDE: &[(&str, Which)] =
    &[("letters", Which::Letters), ("digits", Which::Digits), ("signs", Which::Signs)];
