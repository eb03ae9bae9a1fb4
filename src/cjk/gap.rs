//! What stands between two neighbours.
//!
//! To add a rule, add an arm and a case in `tests/suite/cjk/`, and name the
//! clause of clreq or GB/T 15834 that asks for it.

use super::class::Class::{self, *};
use super::forbid::{self, Forbid};
use super::rules::{Adjacent, Hanging, LineEnd, Rules, Squeeze};
use super::{HALF, MilliEm, QUARTER};

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
    /// why a line may not end here; `None` where it may
    pub forbid: Option<Forbid>,
}

/// What a line end between two pieces does to the blanks of marks.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Edge {
    /// blank that the line keeps at its end
    pub keep: MilliEm,
    /// whether it goes where the line needs it
    pub auto: bool,
    /// what may stand outside the measure: the body of one mark
    pub hang: MilliEm,
    /// blank with which the next line begins
    pub next: MilliEm,
}

/// The order of squeezing, from 1
/// (clreq#procedures_for_inter-character_spacing_reduction; tier 1, the mark at
/// the line's end, is no glue but an [`Edge`]).
pub type Tier = u8;

/// Word spaces, down to ¼ em.
pub const WORD_SPACE: Tier = 2;
/// Interpuncts and centred colons, both sides.
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
    let spaced = typed != Typed::Nothing;
    let mut gap = space(a, b, spaced, rules);
    gap.forbid = forbid(a, b, typed, rules);

    gap
}

/// Why no line may end between `a` and `b`; `None` where one may.
pub fn forbid(a: Class, b: Class, typed: Typed, rules: &Rules) -> Option<Forbid> {
    match typed {
        Typed::NoBreak => Some(Forbid::Author),
        Typed::Nothing => forbid::between(a, b, false, rules),
        Typed::Space => forbid::between(a, b, true, rules),
    }
}

/// What a line end does between `a` and `b`; `None` for the ends of a paragraph.
pub fn edge(a: Option<Class>, b: Option<Class>, rules: &Rules) -> Edge {
    let after = a.map_or(0, |a| rules.blank(a).1);
    let before = b.map_or(0, |b| rules.blank(b).0);
    let trim = if a.is_some() { rules.trim_start } else { rules.trim_paragraph };
    Edge {
        keep: if rules.line_end == LineEnd::Half { 0 } else { after },
        auto: rules.line_end == LineEnd::Auto,
        hang: a.filter(|a| hangs(*a, rules)).map_or(0, |a| rules.body(a)),
        next: if trim { 0 } else { before },
    }
}

/// Whether a mark may hang (H-02): in Taiwan and Hong Kong centred marks hang in
/// vertical lines only.
fn hangs(class: Class, rules: &Rules) -> bool {
    match class {
        Comma | Stop => rules.hanging >= Hanging::Stops && !rules.region.centred(),
        Colon | Bang => rules.hanging == Hanging::All && !rules.region.centred(),
        Open | Close | Stack | Middle | Connector | Solidus | Dash | Ellipsis | Han
        | Small | Repeat | Hangul | Alpha | AlphaBare | AlphaOpen | AlphaClose
        | NoteRef | Object => false,
    }
}

const fn gap(width: MilliEm, least: MilliEm, squeeze: Tier, stretch: Stretch) -> Gap {
    Gap { width, least, squeeze, stretch, forbid: None }
}

/// No space, and none may come.
const RIGID: Gap = gap(0, 0, 0, Stretch::No);

/// Width, squeeze and stretch between `a` and `b`.
fn space(a: Class, b: Class, typed: bool, rules: &Rules) -> Gap {
    let western = Class::is_western;
    let frame = |c| matches!(c, Han | Small | Repeat);
    let word =
        gap(rules.word_space, rules.word_space.min(QUARTER), WORD_SPACE, Stretch::Word);
    match (a, b) {
        _ if typed && western(a) && western(b) => word,
        _ if western(a) && western(b) => RIGID,
        // A space between Korean words is one, whatever stands beside it.
        _ if typed && (a == Hangul || b == Hangul) => word,
        // clreq#mixed_text_composition_in_horizontal_writing_mode; a typed space
        // is replaced, not added to. Beside a Western bracket only where typed.
        (x, Alpha) | (Alpha, x) if frame(x) => han_latin(rules),
        (x, AlphaOpen) | (AlphaClose, x) if frame(x) && typed => han_latin(rules),
        (x, y) if typed && (frame(x) || x == Object) && (frame(y) || y == Object) => word,
        (Object, Alpha | AlphaBare) | (Alpha | AlphaBare, Object) if typed => word,
        // The mark of a note stands in the blank of the stop before it.
        (_, NoteRef) => RIGID,
        // clreq, expansion: none around connectors and solidi.
        (Connector | Solidus, _) | (_, Connector | Solidus) => {
            let blank = rules.blank(a).1 + rules.blank(b).0;
            gap(blank, blank, 0, Stretch::No)
        }
        // A typed space beside a Western mark and Han punctuation says nothing.
        _ => marks(a, b, rules),
    }
}

/// The gap between Han and Latin (M-01).
fn han_latin(rules: &Rules) -> Gap {
    gap(rules.gap, rules.least_gap(), HAN_LATIN, Stretch::HanLatin)
}

/// The blanks of marks, alone and beside each other
/// (clreq#h-adjustment_of_adjacent_punctuation_marks, clreq#h-punctuation_adjustment_space).
fn marks(a: Class, b: Class, rules: &Rules) -> Gap {
    let (after, before) = (rules.blank(a).1, rules.blank(b).0);
    let full =
        super::rules::blank(a, rules.region).1 + super::rules::blank(b, rules.region).0;
    let stretch = if rules.stretch_marks || !(is_mark(a) || is_mark(b)) {
        Stretch::Any
    } else {
        Stretch::No
    };
    let mut met = after + before;
    if meet(a, b) {
        // 。” ）。 （《 hug what they hold; ：“ 》《 keep one blank of two.
        met = match rules.adjacent {
            Adjacent::Full => met,
            Adjacent::Half if full >= HALF => met.min(full - HALF),
            Adjacent::Half => met,
            Adjacent::Tight => 0,
        };
    }
    let tier = tier(a, b, after, before);
    let least = if gives(tier, rules.squeeze) { 0 } else { met };
    gap(met, least, if least < met { tier } else { 0 }, stretch)
}

/// Whether two marks meet of which one is a bracket, so that they share a blank
/// (W-03); stacked marks behind a bracket too: ）？！ as ）？
pub fn meet(a: Class, b: Class) -> bool {
    let bracket = matches!(a, Open | Close) || matches!(b, Open | Close);
    bracket && is_mark(a) && is_mark(b) || (a, b) == (Close, Stack)
}

/// Marks with a blank of their own in some region.
fn is_mark(class: Class) -> bool {
    matches!(class, Open | Close | Comma | Colon | Stop | Bang | Middle)
}

/// When a blank is squeezed, by whose it is.
fn tier(a: Class, b: Class, after: MilliEm, before: MilliEm) -> Tier {
    let own = |c| match c {
        Comma | Colon => COMMA,
        Stop | Bang => STOP,
        Middle => INTERPUNCT,
        Open | Close | Stack | Connector | Solidus | Dash | Ellipsis | Han | Small
        | Repeat | Hangul | Alpha | AlphaBare | AlphaOpen | AlphaClose | NoteRef
        | Object => BRACKET,
    };
    match (after > 0, before > 0) {
        (true, true) => own(a).min(own(b)),
        (true, false) => own(a),
        (false, _) => own(b),
    }
}

fn gives(tier: Tier, squeeze: Squeeze) -> bool {
    match squeeze {
        Squeeze::Off => false,
        Squeeze::Brackets => tier == BRACKET,
        Squeeze::Inner => tier != STOP,
        Squeeze::All => true,
    }
}
