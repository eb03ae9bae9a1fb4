//! Listings: preformatted text on a light ground, every character in its cell, so
//! that columns stay under each other, also with Han of two cells between.

use super::cells::{self, Cell};
use super::galley::Entry;
use super::stack::{ASCENT, Stack};
use super::structure::{Role, Tag};
use super::{Draw, half};
use crate::book::Listing;
use crate::colour::ink::Ink;
use crate::font::Side;
use crate::font::shape::LangId;
use crate::geom::{Len, Logical, Size};
use crate::highlight;
use crate::line::{Fault, Glyph, GlyphRun};
use crate::source::Span;
use crate::theme::{Inline, TextStyle};

/// Rows that stay on one page.
const WHOLE: usize = 8;
/// Black of the ground under code, and under lines that are marked, in percent.
const GROUND: u8 = 5;
const MARKED: u8 = 15;
/// What stands before a row that goes on: the first that a face has. Noto Sans Mono
/// has the last.
const TURNS: [char; 4] = ['↪', '↳', '➥', '▸'];

/// One row: cells, and what stands in the margin before them.
struct Row {
    cells: Vec<Cell>,
    margin: String,
    /// how that looks
    look: Inline,
    black: u8,
}

/// The cells of a block: how wide one is, and where the first of a row stands.
#[derive(Copy, Clone)]
struct Grid {
    style: TextStyle,
    cell: Len,
    start: Len,
    /// lines have numbers
    numbered: bool,
    span: Span,
}

impl Stack<'_, '_, '_> {
    /// A listing with its caption above.
    pub(super) fn code(&mut self, c: &Listing, span: Span) {
        let look = self.input.theme.code;
        self.set_apart(look.look, 0, |s| {
            s.tagged(Role::Caption, |s| s.code_caption(c));
            let (rows, grid) = s.code_rows(c, span);
            let pitch = s.pitch().frac(3, 4);
            let n = rows.len();
            let edge = pitch.frac(1, 3);
            // What the grid leaves over stands half above and half below, but not
            // between caption and code.
            let used = pitch * n as i64 + edge * 2;
            let over = half(used.up_to(s.pitch()) - used);
            let over = if c.caption.is_empty() { over } else { Len::ZERO };
            s.entries.push(Entry { height: over, keep: true, ..Entry::default() });
            s.tagged(Role::P, |s| {
                s.tagged(Role::Code, |s| s.code_body(&rows, grid, pitch, edge));
            });
        });
    }
    /// The rows on their ground, with so much of it above and below.
    fn code_body(&mut self, rows: &[Row], grid: Grid, pitch: Len, edge: Len) {
        let n = rows.len();
        for (i, row) in rows.iter().enumerate() {
            let mut entry = self.code_row(row, grid, pitch);
            if i == 0 {
                self.edge_above(&mut entry, edge);
            }
            if i + 1 == n {
                self.edge_below(&mut entry, edge);
            }
            let outer = i == 0 || i + 2 == n;
            entry.keep = i + 1 < n && (outer || n <= WHOLE);
            entry.loosely = !outer;
            self.entries.push(entry);
        }
    }
    fn code_caption(&mut self, c: &Listing) {
        let size = self.input.theme.caption.style(self.em()).size;
        for line in self.caption(c.number.as_deref(), &c.caption) {
            self.push_lines(vec![line], size);
            self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        }
    }
    /// The rows of a listing: lines, turned over where they are too long.
    fn code_rows(&mut self, c: &Listing, span: Span) -> (Vec<Row>, Grid) {
        let style = self.style();
        let cell = self.cell(style);
        let count = c.text.split('\n').count();
        let number = |i: usize| c.line_number(i).map(|n| n.to_string());
        let digits = number(count - 1).map_or(0, |n| n.len() + 1);
        let start = self.em() + cell * digits as i64;
        let room = (self.measure - start - self.em()).to_sp() / cell.to_sp().max(1);
        let room = room.max(8) as usize;
        let tokens = highlight::tokens(c.lang.as_deref(), &c.text);
        let mut out = vec![];
        for (i, (line, tokens)) in c.text.split('\n').zip(tokens.iter()).enumerate() {
            let black = if c.is_marked(i) { MARKED } else { GROUND };
            for row in cells::rows(cells::cells(line, tokens), room) {
                let new = out.last().is_none_or(|last: &(usize, Row)| last.0 != i);
                let theme = self.input.theme;
                let (margin, look) = match new {
                    true => (number(i).unwrap_or_default(), theme.line_number),
                    false => (self.turn(style), theme.turn),
                };
                out.push((i, Row { cells: row, margin, look, black }));
            }
        }
        let rows = out.into_iter().map(|r| r.1).collect();
        let numbered = c.first.is_some();
        (rows, Grid { style, cell, start: self.start + start, numbered, span })
    }
    /// The mark of a turned line, if a face has it.
    fn turn(&mut self, style: TextStyle) -> String {
        let has = |c: &char| self.shaper.pick(style.cut, Side::Latin, *c).is_some();
        TURNS.into_iter().find(has).map_or_else(String::new, String::from)
    }
    fn code_row(&mut self, row: &Row, grid: Grid, pitch: Len) -> Entry {
        let mut entry = Entry { height: pitch, ..Entry::default() };
        entry.draws.push(self.tint(pitch, row.black));
        let size = grid.style.size;
        let block = half(pitch) - half(size) + size.frac(ASCENT, 1000);
        let mut runs = self.margin(row, grid);
        runs.extend(self.runs(&row.cells, grid));
        for mut run in runs {
            let at = Logical { inline: grid.start + run.at, block };
            run.at = Len::ZERO;
            entry.draw(at, Draw::Text(run.into()));
        }
        entry
    }
    /// What stands before a row, at the end of the margin. It is no text: what is
    /// copied is what was typed.
    fn margin(&mut self, row: &Row, grid: Grid) -> Vec<GlyphRun> {
        let cells = cells::cells(&row.margin, &[]);
        let width = grid.cell * cells.len() as i64;
        let gap =
            half(grid.cell) + if grid.numbered { half(grid.cell) } else { Len::ZERO };
        let style = grid.style.with(&row.look);
        let mut runs = self.runs(&cells, Grid { style, ..grid });
        for run in &mut runs {
            run.at -= width + gap;
            run.text.clear();
            run.glyphs.iter_mut().for_each(|g| g.text = (0, 0));
        }
        runs
    }
    fn tint(&self, height: Len, black: u8) -> (Logical, Draw, Tag) {
        let size = Size { w: self.measure, h: height };
        let top = Logical { inline: self.start, block: Len::ZERO };
        (top, Draw::Rule { size, ink: Ink::Black(black) }, Tag::Layout)
    }
    /// The ground goes on above the first row.
    fn edge_above(&self, entry: &mut Entry, edge: Len) {
        entry.draws.iter_mut().for_each(|d| d.0.block += edge);
        entry.draws.insert(0, self.tint(edge, GROUND));
        entry.height += edge;
    }
    /// And below the last; a page may have ended inside the listing, so what follows
    /// stands on the grid again.
    fn edge_below(&self, entry: &mut Entry, edge: Len) {
        let (at, ground, tag) = self.tint(edge, GROUND);
        let at = Logical { block: entry.height, ..at };
        entry.draws.insert(0, (at, ground, tag));
        entry.height += edge;
        entry.snap = true;
    }
    /// Width of a narrow cell: the Latin face's digit.
    fn cell(&mut self, style: TextStyle) -> Len {
        let zero = self.shaper.pick(style.cut, Side::Latin, '0');
        let advance = zero.and_then(|face| {
            let upem = i64::from(self.shaper.fonts().face(face).upem);
            let g = *self.shaper.shape(face, Side::Latin, LangId::BOOK, "0").first()?;
            Some(style.size.frac(i64::from(g.advance), upem))
        });
        advance.unwrap_or(half(style.size)).max(Len::sp(1))
    }
    /// Cells as runs, each in the look of what it is part of.
    fn runs(&mut self, cells: &[Cell], grid: Grid) -> Vec<GlyphRun> {
        let mut out: Vec<GlyphRun> = vec![];
        for c in cells {
            let look = c.class.and_then(|class| self.input.theme.tokens.get(&class));
            let style = look.map_or(grid.style, |look| grid.style.with(look));
            let side = if cells::is_two(c.shown) { Side::Han } else { Side::Latin };
            let face = self.shaper.pick(style.cut, side, c.shown).or_else(|| {
                self.faults.push(Fault::Missing(c.shown, grid.span));
                self.shaper.fonts().first(style.cut, side)
            });
            let Some(face) = face else { continue };
            let upem = i64::from(self.shaper.fonts().face(face).upem);
            let shown = c.shown.to_string();
            let glyphs = self.shaper.shape(face, side, LangId::BOOK, &shown);
            let Some(g) = glyphs.first() else { continue };
            let width = style.size.frac(i64::from(g.advance), upem);
            let slack = grid.cell * c.cells as i64 - width;
            // A tab is a blank at the start of its cells.
            let slack = if c.typed == '\t' { Len::ZERO } else { half(slack) };
            let at = grid.cell * c.column as i64 + slack.max(Len::ZERO);
            if out.last().is_none_or(|r| (r.face, r.ink) != (face, style.ink)) {
                out.push(run(at, face, style, grid.span));
            }
            if let Some(run) = out.last_mut() {
                let from = run.text.len() as u32;
                run.text.push(c.typed);
                let text = (from, run.text.len() as u32);
                run.glyphs.push(Glyph::new(g.id, at - run.at, text));
                run.width = at + width - run.at;
            }
        }
        out
    }
}

/// A run without glyphs.
fn run(at: Len, face: crate::font::FaceId, style: TextStyle, span: Span) -> GlyphRun {
    GlyphRun {
        at,
        rise: Len::ZERO,
        face,
        size: style.size,
        glyphs: vec![],
        text: String::new(),
        width: Len::ZERO,
        strike: false,
        side: None,
        ink: style.ink,
        link: None,
        lang: None,
        span,
    }
}
