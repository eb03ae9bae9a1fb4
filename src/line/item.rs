//! Boxes, glue and penalties: all the line breaker ever sees
//! (Knuth and Plass 1981, §1), with glue that knows in which order it gives.

use crate::cjk::forbid::Forbid;
use crate::cjk::gap::Stretch;
use crate::geom::Len;

/// One item of a paragraph.
#[derive(Debug, Clone)]
pub enum Item {
    /// Ink: an unbreakable piece of text.
    Box {
        /// width
        width: Len,
        /// index in [`super::compose::List::pieces`]; `None` for an indent
        piece: Option<u32>,
        /// how much it counts against a lonely last line
        weight: u8,
    },
    /// Space; vanishes at a break.
    Glue(Glue),
    /// A place where a line may end, or may not.
    Penalty {
        /// what it costs; [`NEVER`] for not at all
        cost: i32,
        /// what a line end here does
        edge: Edge,
        /// why no line may end here
        forbid: Option<Forbid>,
    },
    /// A line end that must be; the line is not justified.
    Forced(Edge),
}

/// What a line end does to the lines before and after it.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Edge {
    /// added to the line before: a hyphen, or the blank that a mark keeps
    pub width: Len,
    /// of that, what goes when the line needs it: all or nothing
    pub drop: Len,
    /// the body of a mark that may stand outside the measure
    pub hang: Len,
    /// begins the next line: the blank before an opening mark
    pub next: Len,
    /// whether a hyphen is printed
    pub hyphen: bool,
}

/// Space that can be squeezed and stretched.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Glue {
    /// natural width
    pub width: Len,
    /// may shrink by
    pub shrink: Len,
    /// in this tier; 0 for never
    pub tier: u8,
    /// may grow by, for [`Kind::Word`] and [`Kind::HanLatin`]
    pub stretch: Len,
    /// how it grows
    pub kind: Kind,
}

/// How glue grows.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Kind {
    /// not at all
    #[default]
    Rigid,
    /// first, up to its stretch
    Word,
    /// second, up to its stretch
    HanLatin,
    /// last, all alike, without limit
    Any,
}

impl From<Stretch> for Kind {
    fn from(s: Stretch) -> Kind {
        match s {
            Stretch::No => Kind::Rigid,
            Stretch::Word => Kind::Word,
            Stretch::HanLatin => Kind::HanLatin,
            Stretch::Any => Kind::Any,
        }
    }
}

/// A penalty no break can pay.
pub const NEVER: i32 = i32::MAX;
