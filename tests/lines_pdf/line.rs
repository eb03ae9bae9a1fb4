//! Glyphs into lines: what stands on one baseline, in order of place.

use crate::common::pdf::{Glyph, Page};
use crate::lines_pdf::class::{Cell, Class};

/// A line of type.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// number of its page in the file, from 1
    pub(crate) page: usize,
    /// the size that most of it has
    pub(crate) size: f64,
    pub(crate) cells: Vec<Cell>,
}

/// Marks that are copied but were not typed, or not drawn.
fn is_silent(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// A text without white space and signs that have no width.
pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !is_silent(*c)).collect()
}

impl Line {
    /// What stands here, without calls of notes.
    pub(crate) fn text(&self) -> String {
        let cells = self.cells.iter().filter(|c| c.class != Class::Note);
        cells.map(|c| solid(&c.text())).collect()
    }
    /// What stands here, for people.
    pub(crate) fn shown(&self) -> String {
        let piece = |c: &Cell| if c.spaced { format!(" {}", c.text()) } else { c.text() };
        self.cells.iter().map(piece).collect()
    }
    pub(crate) fn left(&self) -> f64 {
        self.cells.first().map_or(0.0, Cell::left)
    }
    pub(crate) fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, Cell::right)
    }
}

/// The lines of a page from head to foot; the lettering of pictures is left out.
pub(crate) fn lines(page: &Page) -> Vec<Line> {
    let glyphs = || page.glyphs.iter().filter(|g| !g.in_form);
    let mut rows: Vec<(f64, Vec<&Glyph>)> =
        baselines(glyphs()).map(|y| (y, vec![])).collect();
    for glyph in glyphs() {
        let near = |a: &f64| (a - glyph.y).abs();
        let row = rows.iter_mut().min_by(|a, b| near(&a.0).total_cmp(&near(&b.0)));
        row.expect("a baseline").1.push(glyph);
    }
    rows.into_iter().filter_map(|(y, row)| line(page.number, y, row)).collect()
}

/// The baselines of a page from head to foot. What is raised or lowered by less
/// than half its neighbours' em is smaller than they and has none of its own.
fn baselines<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> impl Iterator<Item = f64> {
    let mut all: Vec<(f64, f64)> = glyphs.map(|g| (g.size, g.y)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out: Vec<(f64, f64)> = vec![];
    for (size, y) in all {
        let on = |o: &(f64, f64)| {
            let apart = (o.1 - y).abs();
            apart < 0.05 || (size < o.0 * 0.8 && apart < o.0 / 2.0)
        };
        if !out.iter().any(on) {
            out.push((size, y));
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out.into_iter().map(|o| o.1)
}

fn line(page: usize, y: f64, glyphs: Vec<&Glyph>) -> Option<Line> {
    let size = usual(glyphs.iter().map(|g| g.size))?;
    let mut cells: Vec<Cell> = vec![];
    for glyph in glyphs {
        // Drawn after what it belongs to, and without a text of its own.
        match cells.last_mut().filter(|c| joins(c, glyph)) {
            Some(cell) => {
                cell.more.push(glyph.clone());
                cell.class = Class::of(&cell.text(), cell.glyph.font.han);
            }
            None => cells.push(Cell::new(glyph.clone())),
        }
    }
    for c in cells.iter_mut().filter(|c| is_call(&c.glyph, size, y)) {
        c.class = Class::Note;
    }
    stack(&mut cells);
    // A space without width stands where the next glyph does, and before it.
    let place = |c: &Cell| c.left() - if c.glyph.is_blank() { 0.02 } else { 0.0 };
    cells.sort_by(|a, b| place(a).total_cmp(&place(b)));
    let mut blank = false;
    cells.retain_mut(|c| {
        let here = c.glyph.is_blank();
        c.spaced = blank && !here;
        blank = here || (blank && c.class == Class::Note);
        !here
    });
    (!cells.is_empty()).then_some(Line { page, size, cells })
}

/// Whether a glyph is a part of the cell before it.
fn joins(cell: &Cell, glyph: &Glyph) -> bool {
    let (whole, part) = (cell.text(), glyph.text.as_str());
    let pair = glyph.font.han
        && whole.chars().count() == 1
        && matches!(part, "—" | "―" | "…" | "⋯")
        && whole == part;
    !cell.glyph.is_blank() && (part.is_empty() || pair)
}

fn is_call(g: &Glyph, size: f64, y: f64) -> bool {
    let circled = |c| matches!(c, '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{32bf}');
    g.text.chars().all(circled) && g.size < size * 0.8 && g.y > y + 1.0
}

/// ！ and ？ that stand together share a frame.
fn stack(cells: &mut [Cell]) {
    let mut at = 0;
    while at < cells.len() {
        let bangs = |c: &&Cell| c.class == Class::Bang;
        let n = cells[at..].iter().take(3).take_while(bangs).count();
        cells[at..at + n].iter_mut().for_each(|c| c.bangs = n);
        at += n.max(1);
    }
}

/// The commonest of some lengths, told apart by hundredths.
pub(crate) fn usual(lengths: impl Iterator<Item = f64>) -> Option<f64> {
    let mut count: std::collections::BTreeMap<i64, (usize, f64)> = Default::default();
    for l in lengths {
        let entry = count.entry((l * 100.0).round() as i64).or_insert((0, l));
        entry.0 += 1;
    }
    count.into_values().max_by_key(|c| c.0).map(|c| c.1)
}
