//! What a book may choose, and what its region chooses for it.

use super::class::Class::{self, *};
use super::{EIGHTH, HALF, MilliEm, QUARTER};
use std::sync::Arc;

/// Where a book is printed: decides widths, edges and prohibitions, whatever
/// the script (clreq#basic_features_of_chinese_script, Z-01).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Region {
    /// mainland China, Singapore, Malaysia: 国标
    Cn,
    /// Taiwan: marks in the middle of their frames
    Tw,
    /// Hong Kong and Macao: as Taiwan, brackets squeezed
    Hk,
    /// Japan (JLREQ)
    Ja,
    /// Korea (KLREQ)
    Ko,
}

impl Region {
    /// The region of a BCP 47 tag. A tag that names a region is taken at its
    /// word; `zh-Hant` alone is Taiwan's, any other language mainland China's.
    pub fn of(lang: &str) -> Region {
        let lower = lang.to_ascii_lowercase();
        let mut tags = lower.split(['-', '_']);
        let language = tags.next().unwrap_or_default();
        let tags: Vec<_> = tags.collect();
        let has = |names: &[&str]| tags.iter().any(|t| names.contains(t));
        match language {
            "ja" => Region::Ja,
            "ko" => Region::Ko,
            "yue" if !has(&["cn", "hans"]) => Region::Hk,
            _ if has(&["tw"]) => Region::Tw,
            _ if has(&["hk", "mo"]) => Region::Hk,
            _ if has(&["cn", "sg", "my"]) => Region::Cn,
            _ if has(&["hant"]) => Region::Tw,
            _ => Region::Cn,
        }
    }
    /// Whether full stops, commas and colons stand in the middle of their frames
    /// (clreq#h-punctuation_adjustment_space).
    pub fn centred(self) -> bool {
        matches!(self, Region::Tw | Region::Hk)
    }
}

/// Levels of the prohibition rules
/// (clreq#prohibition_rules_for_line_start_end; for Japanese JLREQ 3.1.7 and
/// appendix C: very loose, loose, strict and very strict).
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Level {
    /// no rule, as in some newspapers
    None,
    /// Japanese only: very loose
    Loosest,
    /// the floor
    Basic,
    /// GB/T 15834: a solidus does not end a line either
    Gb,
    /// dashes and ellipses do not begin a line either
    Strict,
}

/// The names of levels in `book.toml`: for Chinese and Korean, and for Japanese.
pub const LEVELS: &[(&str, Level)] = &[
    ("none", Level::None),
    ("basic", Level::Basic),
    ("gb", Level::Gb),
    ("strict", Level::Strict),
];
/// Levels as Japanese names them.
pub const LEVELS_JA: &[(&str, Level)] = &[
    ("none", Level::None),
    ("very-loose", Level::Loosest),
    ("loose", Level::Basic),
    ("normal", Level::Gb),
    ("strict", Level::Strict),
];

/// How wide marks are before a line is adjusted (W-11; w3c/clreq#278, #572).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Width {
    /// 全角式: a full frame each
    Full,
    /// 开明式: a full frame at the end of a sentence, half a frame inside it
    Kaiming,
    /// 半角式: half a frame each
    Half,
}

/// What happens where two marks meet, one of them a bracket
/// (clreq#h-adjustment_of_adjacent_punctuation_marks).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Adjacent {
    /// both keep their frames
    Full,
    /// ½ em of their blank goes: 1½ em for both
    Half,
    /// all of it goes: 1 em for both
    Tight,
}

/// Which blanks may be squeezed to make a line fit.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Squeeze {
    /// none
    Off,
    /// the outer blank of brackets
    Brackets,
    /// all but those of 。？！
    Inner,
    /// all
    All,
}

/// What a mark's blank does at a line's end (GB/T 15834 5.1.10, C-1).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum LineEnd {
    /// it goes
    Half,
    /// it goes where the line needs it, and then all of it
    Auto,
    /// it stays
    Full,
}

/// Marks that may stand outside the measure, one at a line's end
/// (clreq#hanging_punctuation_marks_at_line_end, H-01, H-02).
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Hanging {
    /// none
    Off,
    /// 、，。
    Stops,
    /// these and ：；！？
    All,
}

/// Beside which characters Han gets a gap (M-01, M-04).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Beside {
    /// letters
    pub letters: bool,
    /// digits
    pub digits: bool,
    /// % & # @ and other signs
    pub signs: bool,
}

/// How line ends are chosen.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Breaking {
    /// the best for the paragraph as a whole
    TotalFit,
    /// line by line, as the text of clreq has it: squeeze in, else push out, then
    /// stretch (L-04, C-6); for comparison
    GreedyLiteral,
}

/// The rules of a book.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Rules {
    /// where it is printed
    pub region: Region,
    /// how strict the prohibition rules are
    pub level: Level,
    /// widths of marks
    pub width: Width,
    /// marks that meet
    pub adjacent: Adjacent,
    /// which blanks give
    pub squeeze: Squeeze,
    /// whether space may grow beside marks (C-4: clreq says yes, JLREQ no)
    pub stretch_marks: bool,
    /// blanks at line ends
    pub line_end: LineEnd,
    /// whether an opening mark at a line's start gives its blank (W-08)
    pub trim_start: bool,
    /// the same for the first line of a paragraph (W-09, C-9)
    pub trim_paragraph: bool,
    /// marks outside the measure
    pub hanging: Hanging,
    /// indent of a paragraph, in em
    pub indent: u8,
    /// gap between Han and Latin, and how far it gives (M-01)
    pub gap: MilliEm,
    /// where it stands
    pub beside: Beside,
    /// a space between Western words
    pub word_space: MilliEm,
    /// pieces of text that a last line should have at least; 0 or 1 for no care
    /// (孤字, P-04)
    pub last_line: u8,
    /// the gap up to which the lines before are stretched for that (C-7)
    pub last_line_gap: MilliEm,
    /// how line ends are chosen
    pub breaking: Breaking,
    /// whether lines end only between Korean words (KLREQ, K-03)
    pub whole_words: bool,
    /// whether Western words are hyphenated
    pub hyphenate: bool,
    /// Every Han on a grid of 1 em; Western text takes whole frames (M-06).
    pub grid: bool,
    /// language of Western text that is not marked (BCP 47)
    pub latin: Arc<str>,
}

impl Default for Rules {
    fn default() -> Self {
        Rules::of(Region::Cn)
    }
}

impl Rules {
    /// What a region does when nothing else is said.
    pub fn of(region: Region) -> Rules {
        let cn = Rules {
            region,
            level: Level::Gb,
            width: Width::Full,
            adjacent: Adjacent::Half,
            squeeze: Squeeze::All,
            stretch_marks: true,
            line_end: LineEnd::Half,
            trim_start: true,
            trim_paragraph: true,
            hanging: Hanging::Off,
            indent: 2,
            gap: QUARTER,
            beside: Beside { letters: true, digits: true, signs: true },
            word_space: 280,
            last_line: 2,
            last_line_gap: QUARTER,
            breaking: Breaking::TotalFit,
            whole_words: false,
            hyphenate: true,
            grid: false,
            latin: "en".into(),
        };
        match region {
            Region::Cn => cn,
            // clreq.md 2.4: no squeezing in Taiwan, brackets in Hong Kong.
            Region::Tw => Rules {
                level: Level::Basic,
                adjacent: Adjacent::Full,
                squeeze: Squeeze::Off,
                line_end: LineEnd::Full,
                trim_start: false,
                trim_paragraph: false,
                ..cn
            },
            Region::Hk => Rules { level: Level::Basic, squeeze: Squeeze::Brackets, ..cn },
            // JLREQ 3.1.9 (line ends), 3.1.5 and 3.8.2 (。 keeps its blank), 3.8.3
            // (a third of an em between words), 3.5.2 (indent of 1 em).
            Region::Ja => Rules {
                squeeze: Squeeze::Inner,
                stretch_marks: false,
                line_end: LineEnd::Auto,
                indent: 1,
                word_space: 333,
                ..cn
            },
            // KLREQ: words are parted by spaces; marks are Western.
            Region::Ko => {
                Rules { level: Level::Basic, indent: 1, gap: 0, whole_words: true, ..cn }
            }
        }
    }
    /// The least a Han–Latin gap is squeezed to.
    pub fn least_gap(&self) -> MilliEm {
        EIGHTH.min(self.gap)
    }
    /// The blank before and after the ink of a class.
    pub fn blank(&self, class: Class) -> (MilliEm, MilliEm) {
        let (before, after) = blank(class, self.region);
        let kept = match self.width {
            Width::Full => true,
            Width::Kaiming => matches!(class, Stop | Bang),
            Width::Half => false,
        };
        if kept || class == Middle { (before, after) } else { (0, 0) }
    }
    /// The blank before the ink in the full frame of a class, whatever the style.
    pub fn before(&self, class: Class) -> MilliEm {
        blank(class, self.region).0
    }
    /// The frame of a mark of ½ em or 1 em without its blanks.
    pub fn body(&self, class: Class) -> MilliEm {
        let (before, after) = blank(class, self.region);
        super::EM - before - after
    }
}

/// The blank before and after the ink of a class in a full frame, horizontal
/// (clreq#h-punctuation_adjustment_space, clreq.md 2.2; JLREQ 3.1.2).
pub(super) fn blank(class: Class, region: Region) -> (MilliEm, MilliEm) {
    let centred = region.centred();
    match class {
        Open => (HALF, 0),
        Close => (0, HALF),
        Comma | Stop if centred => (QUARTER, QUARTER),
        Colon if centred || region == Region::Ja => (QUARTER, QUARTER),
        Comma | Stop | Colon => (0, HALF),
        Bang if matches!(region, Region::Cn | Region::Ko) => (0, HALF),
        Middle if centred || region == Region::Ja => (QUARTER, QUARTER),
        Bang | Middle | Stack | Connector | Solidus | Dash | Ellipsis | Han | Small
        | Repeat | Hangul | Alpha | AlphaBare | AlphaOpen | AlphaClose | NoteRef
        | Object => (0, 0),
    }
}
