//! Where lines begin and end.

use crate::lines_pdf::check::{LineEnd, Report, Rules};
use crate::lines_pdf::gap::{Kind, gaps};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::{Paragraph, Place, Reading};

/// Lengths from the page's edge may be off by this much, in pt.
const PT: f64 = 0.1;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= PT
}

/// How far a length is from whole em, in pt.
fn off_em(pt: f64, em: f64) -> f64 {
    (pt - (pt / em).round() * em).abs()
}

/// The body of a line's first character stands at the start of the measure; that
/// of a paragraph's first line is indented. What is set in is so by whole em.
pub(crate) fn start(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        let Place { hanging, note, .. } = p.source.place;
        let indent = if hanging { 0.0 } else { rules.indent * r.size };
        let set_in = |l: &Line| l.left() - r.area(l).0;
        let block = match (p.source.place == Place::TEXT, p.lines.get(1)) {
            (true, _) => Some(0.0),
            (false, second) => second.map(set_in),
        };
        for (i, line) in p.lines.iter().enumerate() {
            let here = set_in(line) - if i == 0 { indent } else { 0.0 };
            let ok = block.is_none_or(|b| near(here, b))
                && (note || off_em(here, r.size) <= PT);
            report.hold(ok, line, || {
                let wanted =
                    block.map(|b| format!(", not at {b:.2}")).unwrap_or_default();
                format!("begins at {here:.2} pt of its block{wanted}")
            });
        }
    }
    report
}

/// The body of a line's last character stands at the end of the measure, unless
/// the paragraph ends there, or nothing on the line can grow.
pub(crate) fn end(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        let ends = forced(p);
        let inset = inset(p, r);
        for (i, line) in p.lines.iter().enumerate() {
            let edge = r.area(line).1 - inset;
            let rigid = gaps(line).iter().all(|g| g.kind == Kind::Fixed);
            let ok = if ends[i] || rigid {
                within(line, edge, rules)
            } else {
                flush(line, edge, rules)
            };
            report.hold(ok, line, || {
                let by = line.right() - edge;
                format!("ends {by:+.2} pt from the end of the measure")
            });
        }
    }
    report
}

/// Which lines end where the author ended them.
fn forced(p: &Paragraph) -> Vec<bool> {
    let parts = p
        .source
        .text
        .split('\n')
        .map(|t| crate::lines_pdf::line::solid(t).chars().count());
    let mut sum = 0;
    let stops: Vec<usize> = parts
        .map(|n| {
            sum += n;
            sum
        })
        .collect();
    let mut at = 0;
    let mut end = |l: &Line| {
        at += l.text().chars().count();
        stops.contains(&at)
    };
    p.lines.iter().map(&mut end).collect()
}

/// What a quotation is set in by at the end: whole em, not more than at the start.
fn inset(p: &Paragraph, r: &Reading) -> f64 {
    if !p.source.place.apart {
        return 0.0;
    }
    let full = || p.lines.iter().rev().skip(1);
    let by = crate::lines_pdf::line::usual(full().map(|l| r.area(l).1 - l.right()))
        .unwrap_or_default();
    let most = full().map(|l| l.left() - r.area(l).0).fold(0.0, f64::max);
    ((by / r.size).round() * r.size).clamp(0.0, most.max(0.0))
}

/// A mark with blank at the line's end, in the three ways it may stand.
fn flush(line: &Line, edge: f64, rules: &Rules) -> bool {
    let Some(last) = line.cells.last() else { return false };
    let half = last.right();
    if !last.after() {
        return near(half, edge);
    }
    let full = half + last.size() / 2.0;
    let hung = rules.hanging.takes(last.class) && near(last.left(), edge);
    hung || match rules.line_end {
        LineEnd::Half => near(half, edge),
        LineEnd::Auto => near(half, edge) || near(full, edge),
        LineEnd::Full => near(full, edge),
    }
}

fn within(line: &Line, edge: f64, rules: &Rules) -> bool {
    let hung = line
        .cells
        .last()
        .is_some_and(|c| rules.hanging.takes(c.class) && c.left() <= edge + PT);
    hung || line.right() <= edge + PT
}
