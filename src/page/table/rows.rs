//! The cells of rows, set and put side by side on lines of the grid.

use super::columns::{Column, Columns, reach};
use super::{THIN, rule};
use crate::book::table::numbers::{self, Number};
use crate::book::{Align, Cell, Inline, Row, Table, table, walk};
use crate::geom::Len;
use crate::line::{Fault, Line};
use crate::page::galley::{Entry, height};
use crate::page::half;
use crate::page::stack::Stack;
use crate::page::structure::tree::FIRST_ROW;
use crate::page::structure::{self, Place, Role, Scope};
use crate::page::tagging::mark;
use crate::theme::Look;
use std::sync::Arc;

/// A cell that is set: where it stands and what is in it.
struct Set {
    row: usize,
    rows: usize,
    entries: Vec<Entry>,
    /// a head over several columns has a rule below
    ruled: Option<Column>,
}

impl Stack<'_, '_, '_> {
    /// The entries of each row, one for each line of the grid; so many rows are above. Lines of a row stay
    /// together, and so do rows that a cell covers.
    pub(super) fn table_rows(
        &mut self,
        rows: &[Row],
        columns: &Columns,
        head: bool,
        above: usize,
    ) -> Vec<Vec<Entry>> {
        let mut sets = vec![];
        let first = FIRST_ROW + above as u32;
        let seen = self.seen.take();
        let lower = if read(rows) { self.em().frac(3, 20) } else { Len::ZERO };
        for (r, (row, places)) in rows.iter().zip(table::columns(rows)).enumerate() {
            let index = first + r as u32;
            let parent = Some(self.place.clone());
            let tag = Arc::new(Place { parent, index, role: Role::Row });
            for (n, (cell, at)) in (1..).zip(row.iter().zip(places)) {
                let Some(column) = columns.span(at, cell.columns) else { continue };
                let role = Role::Cell(part(cell, head));
                let parent = Some(tag.clone());
                let place = Arc::new(Place { parent, index: n, role });
                let entries = self.within(&place, |s| {
                    let mut entries = s.table_cell(cell, column, columns.crowded, head);
                    mark(&mut entries, &place);
                    let draws = entries.iter_mut().flat_map(|e| &mut e.draws);
                    draws.for_each(|d| d.0.block += lower);
                    entries
                });
                let ruled = head && cell.columns > 1 && r + cell.rows < rows.len();
                let ruled = ruled.then_some(column);
                sets.push(Set { row: r, rows: cell.rows, entries, ruled });
            }
        }
        self.seen = seen;
        let pitch = self.pitch();
        let lines = lines(&sets, rows.len(), pitch);
        let mut out: Vec<Vec<Entry>> = vec![];
        let (mut last, reach) = (0, reach(rows));
        for (r, count) in lines.iter().enumerate() {
            let line = || Entry { height: pitch, keep: true, ..Entry::default() };
            let mut entries: Vec<_> = (0..*count).map(|_| line()).collect();
            last = last.max(reach[r]);
            entries.last_mut().into_iter().for_each(|e| e.keep = last > r);
            out.push(entries);
        }
        sets.into_iter().for_each(|set| put(set, &mut out, pitch));
        out
    }
    /// How text looks in a cell.
    pub(super) fn cell_look(&self, head: bool) -> Look {
        let (table, caption) = (self.input.theme.table, self.input.theme.caption);
        match head {
            true => Look { han: caption.han, latin: caption.latin, ..table },
            false => table,
        }
    }
    /// What stands in a cell, from its top.
    fn table_cell(
        &mut self,
        cell: &Cell,
        column: Column,
        crowded: bool,
        head: bool,
    ) -> Vec<Entry> {
        let align = match cell.align {
            Some(align) => align,
            None if head && (cell.columns > 1 || column.align == Align::Auto) => {
                Align::Center
            }
            None => column.align,
        };
        let outer = std::mem::take(&mut self.entries);
        let fields = (self.look, self.start, self.measure, self.indent, self.align);
        (self.look, self.start, self.measure) =
            (self.cell_look(head), column.start, column.width);
        (self.indent, self.align) = (false, align);
        if align == Align::Auto {
            self.align = Align::Start;
        }
        let known = self.faults.len();
        match (numbers::read(cell), column.point) {
            (Number::Is(ones), Some(point)) if !head && cell.align.is_none() => {
                self.number_cell(cell, &ones, point);
            }
            (Number::Blank, Some(_)) => {
                self.align = Align::Center;
                self.blocks(&cell.blocks);
            }
            _ => self.blocks(&cell.blocks),
        }
        let mut found = self.faults.split_off(known);
        found.retain(|f| {
            !(crowded && matches!(f, Fault::Overfull(_) | Fault::Emergency(_)))
        });
        self.faults.extend(found);
        (self.look, self.start, self.measure, self.indent, self.align) = fields;
        let mut entries = std::mem::replace(&mut self.entries, outer);
        while entries.last().is_some_and(|e| e.space) {
            entries.pop();
        }
        // In the middle of a line of the grid, between the rules.
        let down = half(self.pitch()) - half(self.em());
        for draw in entries.iter_mut().flat_map(|e| &mut e.draws) {
            draw.0.block += down;
        }
        entries
    }
    /// A number, so that its ones end at the point.
    fn number_cell(&mut self, cell: &Cell, ones: &str, point: Len) {
        let style = self.style();
        let p = self.flatten(cell.text().unwrap_or_default(), style);
        let lines = self.lines(&p, Len::ZERO, false);
        let (start, align) = (self.start, self.align);
        if let [line] = lines.as_slice() {
            self.align = Align::Start;
            self.start = (point - end_of(line, ones.len())).max(start);
        }
        self.tagged(Role::P, |s| s.push_lines(lines, style.size));
        (self.start, self.align) = (start, align);
    }
}

/// Whether a cell has a reading above its text: all go down a little, clear of the rules.
fn read(rows: &[Row]) -> bool {
    let mut found = false;
    for cell in rows.iter().flatten() {
        walk::blocks(&cell.blocks, &mut |b| {
            walk::inlines_of(b, &mut |i| found |= matches!(i, Inline::Ruby(_)));
        });
    }
    found
}

/// Where so many bytes of a line's text end.
fn end_of(line: &Line, bytes: usize) -> Len {
    let mut before = 0;
    for run in &line.runs {
        let next = |g: &&crate::line::Glyph| before + g.text.0 as usize >= bytes;
        if let Some(g) = run.glyphs.iter().find(next) {
            return run.at + g.at();
        }
        before += run.text.len();
    }
    line.width
}

/// How many lines each row takes. What cells over several rows lack is added to the
/// last of them.
fn lines(sets: &[Set], rows: usize, pitch: Len) -> Vec<usize> {
    let need =
        |s: &Set| (height(&s.entries).up_to(pitch).to_sp() / pitch.to_sp()) as usize;
    let mut out = vec![1; rows];
    for set in sets.iter().filter(|s| s.rows == 1) {
        out[set.row] = out[set.row].max(need(set));
    }
    let mut tall: Vec<_> = sets.iter().filter(|s| s.rows > 1).collect();
    tall.sort_by_key(|s| s.row + s.rows);
    for set in tall {
        let end = (set.row + set.rows).min(rows);
        let has: usize = out[set.row..end].iter().sum();
        out[end - 1] += need(set).saturating_sub(has);
    }
    out
}

/// Puts a cell on the lines of its rows; one that covers several stands in their
/// middle.
fn put(set: Set, rows: &mut [Vec<Entry>], pitch: Len) {
    let end = (set.row + set.rows).min(rows.len());
    let mut lines: Vec<&mut Entry> = rows[set.row..end].iter_mut().flatten().collect();
    let room = pitch * lines.len() as i64;
    let used = height(&set.entries);
    let mut at = if set.rows > 1 { half(room - used) } else { Len::ZERO };
    for entry in set.entries {
        let line = (at.to_sp() / pitch.to_sp()).max(0) as usize;
        let line = line.min(lines.len().saturating_sub(1));
        let shift = at - pitch * line as i64;
        at += entry.height;
        let Some(into) = lines.get_mut(line) else { continue };
        let mut moved = entry.draws;
        moved.iter_mut().for_each(|d| d.0.block += shift);
        into.draws.extend(moved);
        into.anchors.extend(entry.anchors);
        into.notes.extend(entry.notes);
    }
    if let (Some(c), Some(last)) = (set.ruled, lines.last_mut()) {
        rule((c.start, c.width), Some(last), pitch - THIN, THIN);
    }
}

/// What the cells of a table are to somebody who listens. Rows cover the same columns,
/// each of them once (ISO 14289-1, 7.5): what a row lacks is empty.
pub(super) fn shape(t: &Table) -> Arc<[Vec<structure::Cell>]> {
    let width = table::width(&t.head).max(table::width(&t.rows));
    let head = covered(&t.head, true, width);
    head.into_iter().chain(covered(&t.rows, false, width)).collect()
}

fn covered(rows: &[Row], head: bool, width: usize) -> Vec<Vec<structure::Cell>> {
    // for each column, the first row in which it is free
    let mut free = vec![0; width];
    let mut out = vec![];
    for (r, row) in rows.iter().enumerate() {
        let is_free = |free: &[usize], at: &usize| free.get(*at).is_some_and(|f| *f <= r);
        let mut cells = vec![];
        let mut at = 0;
        let mut put = |mut cell: structure::Cell| {
            at = (at..width).find(|at| is_free(&free, at)).unwrap_or(width);
            let room = (at..width).take_while(|at| is_free(&free, at)).count();
            cell.columns = cell.columns.min(room);
            let end = at + cell.columns;
            free[at..end].iter_mut().for_each(|f| *f = r + cell.rows);
            cells.push(structure::Cell { columns: cell.columns.max(1), ..cell });
            room > 0
        };
        for cell in row {
            put(part(cell, head));
        }
        let rest = structure::Cell { heads: None, columns: width, rows: 1 };
        while put(rest) {}
        // The last one had no room.
        cells.pop();
        out.push(cells);
    }
    out
}

fn part(cell: &Cell, head: bool) -> structure::Cell {
    let heads = match (head, cell.heading) {
        (true, _) => Some(Scope::Column),
        (false, true) => Some(Scope::Row),
        (false, false) => None,
    };
    structure::Cell { heads, columns: cell.columns, rows: cell.rows }
}
