//! What a check is: a function from a reading to what breaks a rule, and how
//! many places it looked at.

use crate::lines_pdf::class::Class;
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::Reading;
use crate::lines_pdf::{breaks, edges, ink, spacing, words};

/// Measured lengths may be off by this much, in em: half a thousandth from the
/// numbers in the file, the rest from those of the fonts.
pub(crate) const EPS: f64 = 0.005;

/// The settings that a reading is held to.
#[derive(Debug, Copy, Clone)]
pub(crate) struct Rules {
    pub(crate) level: Level,
    /// indent of a paragraph, in em
    pub(crate) indent: f64,
    /// between Han and Latin, in em
    pub(crate) gap: f64,
    pub(crate) line_end: LineEnd,
    pub(crate) hanging: Hanging,
    pub(crate) punctuation: Punctuation,
}

impl Rules {
    /// The settings of a book that says nothing.
    pub(crate) const USUAL: Rules = Rules {
        level: Level::Gb,
        indent: 2.0,
        gap: 0.25,
        line_end: LineEnd::Half,
        hanging: Hanging::Off,
        punctuation: Punctuation::Full,
    };
    /// Least and most between Han and Latin (J-03, J-05).
    pub(crate) fn gap_bounds(&self) -> (f64, f64) {
        (self.gap.min(0.125), 0.5)
    }
}

/// clreq#prohibition_rules_for_line_start_end
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    Basic,
    Gb,
    Strict,
}

/// W-07: what a mark at the end of a line takes.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum LineEnd {
    Half,
    /// either
    Auto,
    Full,
}

/// H-01, H-02: what may stand outside the measure.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum Hanging {
    Off,
    /// 、 ， 。
    Stops,
    /// and ： ； ！ ？
    All,
}

impl Hanging {
    pub(crate) fn takes(self, class: Class) -> bool {
        match self {
            Hanging::Off => false,
            Hanging::Stops => matches!(class, Class::Comma | Class::Stop),
            Hanging::All => matches!(class, Class::Comma | Class::Stop | Class::Bang),
        }
    }
}

/// W-11: which marks have blank inside a line.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum Punctuation {
    /// all
    Full,
    /// 。 ！ ？ only
    Kaiming,
    /// none
    Half,
}

/// A place where a rule is broken.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) page: usize,
    pub(crate) line: String,
    pub(crate) what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "page {}, “{}”: {}", self.page, self.line, self.what)
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// places looked at
    pub(crate) measured: usize,
    pub(crate) faults: Vec<Fault>,
}

impl Report {
    /// Looks at one place.
    pub(crate) fn hold(
        &mut self,
        holds: bool,
        line: &Line,
        what: impl FnOnce() -> String,
    ) {
        self.measured += 1;
        if !holds {
            self.fault(line, what());
        }
    }
    pub(crate) fn fault(&mut self, line: &Line, what: String) {
        self.faults.push(Fault { page: line.page, line: line.shown(), what });
    }
}

/// A check, and the rules that it holds a reading to.
pub(crate) struct Check {
    pub(crate) name: &'static str,
    /// rows of the project's list of requirements, and clauses of their sources
    pub(crate) rows: &'static str,
    pub(crate) run: fn(&Reading, &Rules) -> Report,
}

const fn check(
    name: &'static str,
    rows: &'static str,
    run: fn(&Reading, &Rules) -> Report,
) -> Check {
    Check { name, rows, run }
}

/// Every check.
pub(crate) const CHECKS: &[Check] = &[
    check(
        "prohibition",
        "L-01 L-02 L-03 clreq#prohibition_rules_for_line_start_end, GB/T 15834 5.1.1–5.1.9",
        breaks::prohibition,
    ),
    check("whole", "U-01 U-02 clreq#h-unbreakable_marks_punctuation", breaks::whole),
    check("tokens", "L-06 U-03 U-04 clreq 6.1.2.2 (2026), GB/T 15835", words::tokens),
    check("units", "U-05: a number and its unit", words::units),
    check("order", "D-02 S-04: the text comes out as it was written", words::order),
    check("start", "W-08 W-09 P-01 P-03 J-01 clreq#first_line_indents", edges::start),
    check("end", "W-07 H-01 H-02 J-01 clreq#necessity_for_line_adjustment", edges::end),
    check(
        "solid",
        "J-04 clreq#procedures_for_inter-character_space_expansion",
        spacing::solid,
    ),
    check(
        "marks",
        "W-01 W-02 W-10 J-04 J-06 clreq#h-punctuation_adjustment_space",
        spacing::marks,
    ),
    check(
        "adjacent",
        "W-03 W-04 clreq#h-adjustment_of_adjacent_punctuation_marks",
        spacing::adjacent,
    ),
    check(
        "han-latin",
        "M-01 M-02 J-04 clreq#mixed_text_composition_in_horizontal_writing_mode",
        spacing::han_latin,
    ),
    check(
        "tiers",
        "J-03 J-05 J-06 clreq#procedures_for_inter-character_space_reduction, …_expansion",
        spacing::tiers,
    ),
    check("dashes", "U-01 W-05: one rule at mid height", ink::dashes),
    check("ellipses", "U-02 W-05: six dots at mid height", ink::ellipses),
    check("upright", "S-01 S-02: no slant, no stretch, no outline", ink::upright),
];
