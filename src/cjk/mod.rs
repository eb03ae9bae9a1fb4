//! The rules of composition, as tables.
//!
//! Five questions are answered here and nowhere else: what a book may choose
//! ([`rules`]), what kind of character this is ([`class`]), what belongs together
//! ([`token`], [`unit`]), what stands between two kinds ([`gap`]), and where no
//! line may end, by which clause ([`forbid`]). The line breaker
//! asks none; it sees boxes, glue and penalties.
//!
//! A full-width mark is half ink and half blank. The ink becomes a box and the
//! blank becomes glue, so a mark at either end of a line gives its blank away
//! the way any space at a line break does. Where a region keeps the blank there,
//! the break says so ([`rules::LineEnd`]).

pub mod class;
pub mod forbid;
pub mod gap;
pub mod rules;
pub mod token;
pub mod unit;

pub use rules::{Level, Region, Rules};

/// Thousandths of an em, the unit of every table here.
pub type MilliEm = i64;

/// 1 em.
pub const EM: MilliEm = 1000;
/// ½ em.
pub const HALF: MilliEm = 500;
/// ¼ em.
pub const QUARTER: MilliEm = 250;
/// ⅛ em.
pub const EIGHTH: MilliEm = 125;
