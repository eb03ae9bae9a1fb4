//! What is drawn.

use crate::common::pdf::{Glyph, Matrix};
use crate::lines_pdf::check::{EPS, Report, Rules};
use crate::lines_pdf::class::{Cell, Class};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::Reading;

/// The middle of a frame, in em above the baseline: the ideographic em box of
/// Source and Noto faces is 880 and −120.
const MIDDLE: f64 = 0.38;
/// How far the ink's middle may be from it.
const OFF: f64 = 0.05;

fn cells(r: &Reading, class: Class) -> impl Iterator<Item = (&Line, &Cell)> {
    let lines = r.paragraphs.iter().flat_map(|p| &p.lines);
    lines
        .flat_map(|l| l.cells.iter().map(move |c| (l, c)))
        .filter(move |(_, c)| c.class == class)
}

/// The stripes of ink from left to right, in em from the cell's origin, and the
/// middle of their height.
fn stripes(cell: &Cell) -> Option<(Vec<(f64, f64)>, f64)> {
    let (mut out, mut low, mut high): (Vec<(f64, f64)>, f64, f64) =
        (vec![], f64::INFINITY, -f64::INFINITY);
    for g in std::iter::once(&cell.glyph).chain(&cell.more) {
        let ink = g.ink()?;
        let at = (g.x - cell.glyph.x) / cell.size();
        (low, high) = (low.min(ink.y0), high.max(ink.y1));
        for (x0, x1) in &ink.spans {
            match out.last_mut() {
                // What a hundredth of an em parts, the eye does not.
                Some(last) if x0 + at <= last.1 + 0.01 => last.1 = last.1.max(x1 + at),
                _ => out.push((x0 + at, x1 + at)),
            }
        }
    }
    Some((out, (low + high) / 2.0))
}

/// —— is one unbroken rule at mid height, which nearly fills its 2 em. That its
/// neighbours stand 2 em apart is for the other checks: they take it for a frame.
pub(crate) fn dashes(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for (line, cell) in cells(r, Class::Dash) {
        let (count, width, height) = stripes(cell).map_or((0, 0.0, 0.0), |(s, h)| {
            (s.len(), s.iter().map(|s| s.1 - s.0).sum(), h)
        });
        let fills = width > 1.7 && width <= 2.0 + EPS;
        let mid = (height - MIDDLE).abs() <= OFF;
        report.hold(count == 1 && fills && mid, line, || {
            let text = cell.text();
            format!("{text} is {count} pieces of ink, {width:.3} em, at {height:.3}")
        });
    }
    report
}

/// …… is 2 em wide, six dots at mid height.
pub(crate) fn ellipses(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for (line, cell) in cells(r, Class::Ellipsis) {
        let marks = cell.text().chars().count();
        let (dots, height) = stripes(cell).map_or((0, 0.0), |(s, h)| (s.len(), h));
        let wide = (cell.advance() - marks as f64).abs() <= 0.02;
        let mid = (height - MIDDLE).abs() <= OFF;
        report.hold(wide && dots == 3 * marks && mid, line, || {
            format!(
                "{} advances {:.3} em, {dots} dots at {height:.3}",
                cell.text(),
                cell.advance()
            )
        });
    }
    report
}

/// Glyphs are drawn as their face has them: filled, upright, of one scale.
pub(crate) fn upright(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for page in &r.pages {
        for g in page.glyphs.iter().filter(|g| !g.in_form) {
            report.measured += 1;
            if let Some(what) = bent(g) {
                let fault = crate::lines_pdf::check::Fault {
                    page: page.number,
                    line: g.text.clone(),
                    what,
                };
                report.faults.push(fault);
            }
        }
    }
    report
}

fn bent(g: &Glyph) -> Option<String> {
    let m = g.matrix;
    let one = Matrix::ONE;
    let off = [m.a - one.a, m.b - one.b, m.c - one.c, m.d - one.d];
    if off.iter().any(|o| o.abs() > 1e-6) {
        return Some(format!("is drawn with {} {} {} {}", m.a, m.b, m.c, m.d));
    }
    (g.mode != 0).then(|| format!("is drawn in mode {}", g.mode))
}
