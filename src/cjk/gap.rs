//! What stands between two neighbours.
//!
//! To add a rule, add an arm and a case in `tests/suite/cjk/`, and name the
//! clause of clreq or GB/T 15834 that asks for it.

use super::class::Class::{self, *};
use super::{EIGHTH, HALF, Level, MilliEm, QUARTER, Rules};

/// Space and breakability between two pieces of text.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Gap {
    /// natural width
    pub width: MilliEm,
    /// least width when the line is squeezed
    pub least: MilliEm,
    /// when it is squeezed; 0 for never
    pub squeeze: Tier,
    /// when and how it is stretched
    pub stretch: Stretch,
    /// whether a line may end here, and at what cost
    pub at_break: Break,
}

/// The order of squeezing, from 1
/// (clreq#procedures_for_inter-character_space_reduction; tier 1, the mark at
/// the line's end, is always taken).
pub type Tier = u8;

/// Word spaces, down to ¼ em.
pub const WORD_SPACE: Tier = 2;
/// Interpuncts, both sides.
pub const INTERPUNCT: Tier = 3;
/// The outer blank of brackets.
pub const BRACKET: Tier = 4;
/// The blank of ， 、 ； ：
pub const COMMA: Tier = 5;
/// The gap between Han and Latin, down to ⅛ em.
pub const HAN_LATIN: Tier = 6;
/// The blank of 。 ？ ！
pub const STOP: Tier = 7;

/// The order of stretching (clreq#procedures_for_inter-character_space_expansion).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Stretch {
    /// never
    No,
    /// a word space, up to ½ em
    Word,
    /// a Han–Latin gap, up to ½ em
    HanLatin,
    /// any other gap: all alike, without limit
    Any,
}

/// Whether a line may end between two pieces.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Break {
    /// yes
    May,
    /// no
    Never,
}

/// Whether an author typed a space between two pieces.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Typed {
    /// nothing
    Nothing,
    /// a space
    Space,
    /// a space at which no line may end
    NoBreak,
}

/// The gap between `a` and `b`.
pub fn between(a: Class, b: Class, typed: Typed, rules: &Rules) -> Gap {
    let mut gap = space(a, b, typed != Typed::Nothing, rules);
    gap.at_break = match typed {
        Typed::NoBreak => Break::Never,
        Typed::Nothing | Typed::Space => may_break(a, b, typed, rules.level),
    };
    gap
}

/// Whether a line may end between `a` and `b`
/// (clreq#prohibition_rules_for_line_start_end, GB/T 15834 5.1.1–5.1.9, and
/// clreq#prohibition_rules_for_unbreakable_marks).
fn may_break(a: Class, b: Class, typed: Typed, level: Level) -> Break {
    if b == NoteRef {
        return Break::Never;
    }
    if typed == Typed::Nothing
        && matches!(
            (a, b),
            (Alpha | AlphaOpen | AlphaClose, Alpha | AlphaOpen | AlphaClose)
        )
    {
        return Break::Never;
    }
    if a == AlphaOpen || b == AlphaClose {
        return Break::Never;
    }
    let start = match b {
        Close | Comma | Stop | Bang | Stack | Middle | Connector | Solidus => {
            level > Level::None
        }
        Dash | Ellipsis => level >= Level::Strict,
        Open | Han | Alpha | AlphaOpen | AlphaClose | NoteRef | Object => false,
    };
    let end = match a {
        Open => level > Level::None,
        Solidus => level >= Level::Gb,
        Close | Comma | Stop | Bang | Stack | Middle | Connector | Dash | Ellipsis
        | Han | Alpha | AlphaOpen | AlphaClose | NoteRef | Object => false,
    };
    if start || end { Break::Never } else { Break::May }
}

const fn gap(width: MilliEm, least: MilliEm, squeeze: Tier, stretch: Stretch) -> Gap {
    Gap { width, least, squeeze, stretch, at_break: Break::May }
}

/// A word space: about what Latin faces have, and room for both directions.
const WORD: Gap = gap(280, QUARTER, WORD_SPACE, Stretch::Word);

/// No space, but room to stretch.
const SOLID: Gap = gap(0, 0, 0, Stretch::Any);

/// Width, squeeze and stretch between `a` and `b`.
fn space(a: Class, b: Class, typed: bool, rules: &Rules) -> Gap {
    let western = |c| matches!(c, Alpha | AlphaOpen | AlphaClose);
    let han_latin = gap(rules.gap, EIGHTH.min(rules.gap), HAN_LATIN, Stretch::HanLatin);
    match (a, b) {
        _ if typed && western(a) && western(b) => WORD,
        _ if western(a) && western(b) => gap(0, 0, 0, Stretch::No),
        // clreq#mixed_text_composition_in_horizontal_writing_mode; a typed space
        // is replaced, not added to. Beside a Western bracket only where typed.
        (Han, Alpha) | (Alpha, Han) => han_latin,
        (Han, AlphaOpen) | (AlphaClose, Han) if typed => han_latin,
        (Han | Object, Han | Object) | (Object, Alpha) | (Alpha, Object) if typed => WORD,
        // The mark of a note stands in the blank of the stop before it.
        (_, NoteRef) => gap(0, 0, 0, Stretch::No),
        // clreq, expansion: none around connectors and solidi.
        (Connector | Solidus, _) | (_, Connector | Solidus) => {
            let blank = a.blank().1 + b.blank().0;
            gap(blank, blank, 0, Stretch::No)
        }
        // A typed space beside a Western mark and Han punctuation says nothing.
        _ => marks(a, b),
    }
}

/// The blanks of marks, alone and beside each other
/// (clreq#h-adjustment_of_adjacent_punctuation_marks, clreq#h-punctuation_adjustment_space).
fn marks(a: Class, b: Class) -> Gap {
    let (after, before) = (a.blank().1, b.blank().0);
    match (a, b) {
        // 。” ）。 ：” and （《: the blank between them goes, so that brackets hug
        // what they hold.
        (Close | Comma | Stop | Bang, Close) | (Open, Open) => SOLID,
        (Close, Comma | Stop | Bang) => SOLID,
        // ：“ ，（ 》《: two blanks meet, one stays.
        _ if after > 0 && before > 0 => gap(HALF, 0, BRACKET, Stretch::Any),
        _ if after + before > 0 => {
            let tier = match (a, b) {
                (Comma, _) => COMMA,
                (Stop | Bang, _) => STOP,
                _ => BRACKET,
            };
            gap(after + before, 0, tier, Stretch::Any)
        }
        _ => SOLID,
    }
}
