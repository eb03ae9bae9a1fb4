//! Between what a line may not end, and by which rule.

use super::class::Class::{self, *};
use super::rules::{Level, Region, Rules};

/// Why a line may not end in a place.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Forbid {
    /// the next character does not begin a line
    NoStart,
    /// the last character does not end a line
    NoEnd,
    /// a pair of dashes or ellipses does not begin a line (level strict)
    DashStart,
    /// a mark that calls a note stays with its text
    NoteRef,
    /// inside a Western word, or beside its own mark
    Word,
    /// inside a number, or between it and its sign or unit
    Number,
    /// a raised or lowered character stays with its base
    Raised,
    /// inside a Korean word
    Korean,
    /// the author's no-break space or word joiner
    Author,
}

impl Forbid {
    /// What the rule says.
    pub fn says(self) -> &'static str {
        match self {
            Forbid::NoStart => "this mark does not begin a line",
            Forbid::NoEnd => "this mark does not end a line",
            Forbid::DashStart => "a dash or ellipsis does not begin a line",
            Forbid::NoteRef => "a note's mark stays with its text",
            Forbid::Word => "a Western word is not parted",
            Forbid::Number => "a number stays whole, with its sign and unit",
            Forbid::Raised => "a raised or lowered character stays with its base",
            Forbid::Korean => "lines end between words",
            Forbid::Author => "the author asked for no break",
        }
    }
    /// The clause that asks for it.
    pub fn clause(self, region: Region) -> &'static str {
        match (self, region) {
            (Forbid::NoStart, Region::Ja) => "JLREQ 3.1.7",
            (Forbid::NoEnd, Region::Ja) => "JLREQ 3.1.8",
            (Forbid::NoStart | Forbid::NoEnd, Region::Ko) => "klreq#line-head-rest",
            (Forbid::NoStart, Region::Cn) => {
                "clreq#prohibition_rules_for_line_start_end, GB/T 15834 5.1.1–5.1.9"
            }
            (Forbid::NoEnd, Region::Cn) => {
                "clreq#prohibition_rules_for_line_start_end, GB/T 15834 5.1.3, 5.1.9"
            }
            (Forbid::NoStart | Forbid::NoEnd, Region::Tw | Region::Hk) => {
                "clreq#prohibition_rules_for_line_start_end"
            }
            (Forbid::DashStart, _) => {
                "clreq#prohibition_rules_for_line_start_end, level strict"
            }
            (Forbid::Number, _) => {
                "clreq#h-digits_and_their_prefix_and_suffix, GB/T 15835"
            }
            (Forbid::NoteRef | Forbid::Raised, _) => "clreq#h-annotation_marks",
            (Forbid::Word, _) => {
                "clreq#handling_western_text_in_chinese_text_using_proportional_western_fonts"
            }
            (Forbid::Korean, _) => "klreq#line-break",
            (Forbid::Author, _) => "UAX #14, GL and WJ",
        }
    }
}

/// Why a line may not end between `a` and `b`; `None` where it may. `spaced`:
/// something blank was typed between them.
pub(super) fn between(a: Class, b: Class, spaced: bool, rules: &Rules) -> Option<Forbid> {
    let western = Class::is_western;
    if b == NoteRef {
        return Some(Forbid::NoteRef);
    }
    if !spaced && western(a) && western(b) {
        return Some(Forbid::Word);
    }
    if a == AlphaOpen {
        return Some(Forbid::NoEnd);
    }
    if b == AlphaClose {
        return Some(Forbid::NoStart);
    }
    if !spaced && rules.whole_words && korean(a, b) {
        return Some(Forbid::Korean);
    }
    if !begins(b, rules) {
        let pair = matches!(b, Dash | Ellipsis);
        return Some(if pair { Forbid::DashStart } else { Forbid::NoStart });
    }
    (!ends(a, rules)).then_some(Forbid::NoEnd)
}

/// Korean words are parted by spaces alone: Rust는, 2024년, 한국어(Rust)는, “인용”이라고
/// (UAX #14 with keep-all).
fn korean(a: Class, b: Class) -> bool {
    let part = |c: Class| c.is_western() || matches!(c, Hangul | Han | Open | Close);
    (a == Hangul && part(b)) || (b == Hangul && part(a))
}

/// Whether a class begins a line.
fn begins(class: Class, rules: &Rules) -> bool {
    let level = rules.level;
    if rules.region == Region::Ja {
        return begins_ja(class, level);
    }
    match class {
        Close | Comma | Colon | Stop | Bang | Stack | Middle | Connector | Solidus => {
            level == Level::None
        }
        Dash | Ellipsis => level < Level::Strict,
        Open | Han | Small | Repeat | Hangul | Alpha | AlphaBare | AlphaOpen
        | AlphaClose | NoteRef | Object => true,
    }
}

/// JLREQ 3.1.7 and appendix C: what each level lets begin a line.
fn begins_ja(class: Class, level: Level) -> bool {
    match class {
        Close | Comma | Stop => level == Level::None,
        // cl-04, ：；, ゝ: from loose on
        Bang | Stack | Colon | Repeat => level < Level::Basic,
        // cl-03 and ・: from normal on
        Connector | Middle => level < Level::Gb,
        // 々, ー and small kana: very strict
        Small => level < Level::Strict,
        Open | Han | Hangul | Alpha | AlphaBare | AlphaOpen | AlphaClose | NoteRef
        | Object | Dash | Ellipsis | Solidus => true,
    }
}

/// Whether a class ends a line.
fn ends(class: Class, rules: &Rules) -> bool {
    match class {
        Open => rules.level == Level::None,
        Solidus => rules.level < Level::Gb || rules.region == Region::Ja,
        Close | Comma | Colon | Stop | Bang | Stack | Middle | Connector | Dash
        | Ellipsis | Han | Small | Repeat | Hangul | Alpha | AlphaBare | AlphaOpen
        | AlphaClose | NoteRef | Object => true,
    }
}
