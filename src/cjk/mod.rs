//! The rules of Chinese composition, as tables.
//!
//! Three questions are answered here and nowhere else: what kind of character
//! is this ([`class`]), what belongs together ([`token`]), and what may stand
//! between two kinds ([`gap`]). The line breaker asks none; it sees boxes, glue
//! and penalties.
//!
//! A full-width mark is half ink and half blank. The ink becomes a box and the
//! blank becomes glue, so a mark at either end of a line gives its blank away
//! the way any space at a line break does, and no rule for line ends is needed.

pub mod class;
pub mod gap;
pub mod token;

/// Thousandths of an em, the unit of every table here.
pub type MilliEm = i64;

/// ½ em.
pub const HALF: MilliEm = 500;
/// ¼ em.
pub const QUARTER: MilliEm = 250;
/// ⅛ em.
pub const EIGHTH: MilliEm = 125;

/// What a book may choose.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Rules {
    /// how strict the prohibition rules are
    pub level: Level,
    /// indent of a paragraph, in em
    pub indent: u8,
    /// gap between Han and Latin
    pub gap: MilliEm,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { level: Level::Gb, indent: 2, gap: QUARTER }
    }
}

/// Levels of the prohibition rules (clreq#prohibition_rules_for_line_start_end).
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Level {
    /// no rule, as in some newspapers
    None,
    /// the floor
    Basic,
    /// GB/T 15834: a solidus does not end a line either
    Gb,
    /// dashes and ellipses do not begin a line either
    Strict,
}
