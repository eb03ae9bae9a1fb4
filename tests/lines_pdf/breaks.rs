//! What may begin and end a line.

use crate::lines_pdf::check::{Level, Report, Rules};
use crate::lines_pdf::class::{Cell, Class};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::Reading;

/// Begins no line from the level `basic` on (L-01).
const NO_START: &str = "。．，、：；！？‼⁇⁈⁉”’）〕］｝〉》」』】〗·‧・–—～-/／";
/// Ends no line from the level `basic` on (L-02).
const NO_END: &str = "“‘（〔［｛〈《「『【〖";
/// The same for marks in the face of letters.
const WESTERN_START: &str = ",.:;!?)]}”’";
const WESTERN_END: &str = "([{“‘";

/// The first and the last character of every line.
pub(crate) fn prohibition(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        for (i, line) in p.lines.iter().enumerate() {
            let marks: Vec<&Cell> =
                line.cells.iter().filter(|c| c.class != Class::Note).collect();
            let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
                continue;
            };
            if i > 0 {
                let ok = !no_start(first, rules.level);
                report.hold(ok, line, || format!("begins with {}", first.text()));
            }
            if i + 1 < p.lines.len() {
                let ok = !no_end(last, rules.level);
                report.hold(ok, line, || format!("ends with {}", last.text()));
            }
        }
    }
    report
}

fn no_start(cell: &Cell, level: Level) -> bool {
    let text = cell.text();
    let is = |set: &str| text.chars().next().is_some_and(|c| set.contains(c));
    if matches!(cell.class, Class::Dash | Class::Ellipsis) {
        return level >= Level::Strict;
    }
    if cell.class == Class::Western {
        return is(WESTERN_START) && !cell.glyph.font.name.contains("Mono");
    }
    level >= Level::Basic && is(NO_START)
}

fn no_end(cell: &Cell, level: Level) -> bool {
    let text = cell.text();
    let is = |set: &str| text.chars().next_back().is_some_and(|c| set.contains(c));
    if cell.class == Class::Solidus {
        return level >= Level::Gb;
    }
    if cell.class == Class::Western {
        return is(WESTERN_END) && !cell.glyph.font.name.contains("Mono");
    }
    level >= Level::Basic && is(NO_END)
}

/// —— and …… stay whole: no line ends within a pair.
pub(crate) fn whole(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        for (i, line) in p.lines.iter().enumerate() {
            let pair = |c: &&Cell| matches!(c.class, Class::Dash | Class::Ellipsis);
            report.measured += line.cells.iter().filter(pair).count();
            let Some(next) = p.lines.get(i + 1) else { continue };
            if let Some(half) = split(line, next) {
                report.fault(line, format!("{half} is split from its other half"));
            }
        }
    }
    report
}

/// The half at a line's end whose other half begins the next: of the same mark,
/// an odd number stands before the line's end.
fn split(line: &Line, next: &Line) -> Option<char> {
    let (before, after) = (line.text(), next.text());
    let half = before.chars().next_back()?;
    let alike = |c: &char| *c == half;
    let count = before.chars().rev().take_while(alike).count();
    let goes_on = after.starts_with(half) && "—―…⋯".contains(half);
    (goes_on && count % 2 == 1).then_some(half)
}
