//! How wide columns are: what they ask for where there is room; where there is
//! not, they come closer together, then share what there is.

use crate::book::table::numbers::{self, Number};
use crate::book::{Align, Block, BlockKind, Cell, Inline, Row, Table, table, walk};
use crate::geom::Len;
use crate::line;
use crate::page::half;
use crate::page::stack::Stack;
use crate::source::Span;

/// Where a column stands and how its cells do.
#[derive(Debug, Copy, Clone)]
pub(super) struct Column {
    pub(super) start: Len,
    pub(super) width: Len,
    pub(super) align: Align,
    /// where the ones of its numbers end, if it is one of numbers
    pub(super) point: Option<Len>,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) list: Vec<Column>,
    /// no room for a character in each
    pub(super) crowded: bool,
    /// lines would be so short that nobody reads them with ease
    pub(super) cramped: bool,
}

impl Columns {
    /// The column that several make together; it has no numbers.
    pub(super) fn span(&self, at: usize, count: usize) -> Option<Column> {
        let first = *self.list.get(at)?;
        if count == 1 {
            return Some(first);
        }
        let last = self.list.get(at + count - 1).or(self.list.last())?;
        let width = last.start + last.width - first.start;
        Some(Column { width, align: Align::Start, point: None, ..first })
    }
}

/// In a cell with more text than this many em no line should be shorter.
const LEGIBLE: i64 = 3;

/// What the columns of a table ask for.
struct Asked {
    own: Vec<Len>,
    /// less than this is not legible: a few characters, and numbers whole
    least: Vec<Len>,
    numbers: Vec<Option<(Len, Len)>>,
}

impl Stack<'_, '_, '_> {
    pub(super) fn columns(&mut self, t: &Table) -> Columns {
        let size = self.input.theme.table.style(self.em()).size;
        let n = t.align.len().max(1);
        let Asked { own, least, numbers } = self.asked(t, n);
        // Half an em at both ends; two em between columns where there is room.
        let edge = half(size);
        let total: Len = own.iter().copied().sum();
        let floor: Len = least.iter().copied().sum();
        let between = n as i64 - 1;
        let fits = |gap: Len, text: Len| text + gap * between + edge * 2 <= self.measure;
        let gap = if fits(size * 2, total) {
            size * 2
        } else if fits(size, floor) {
            size
        } else {
            half(size)
        };
        let room = self.measure - gap * between - edge * 2;
        let (crowded, cramped) = (room < size * n as i64, !fits(gap, floor));
        let room = room.max(Len::ZERO);
        let widths = if t.widths.len() == n {
            shares(&t.widths, room)
        } else if total <= room {
            share(&own, room)
        } else if floor <= room {
            // What is legible first; the rest goes where there is more to say.
            let more: Vec<_> = own.iter().zip(&least).map(|(a, b)| *a - *b).collect();
            let more = share(&more, room - floor).into_iter();
            more.zip(&least).map(|(a, b)| a + *b).collect()
        } else {
            share(&least, room)
        };
        let mut at = self.start + edge;
        let mut list = vec![];
        for (i, width) in widths.into_iter().enumerate() {
            let width = width.max(size);
            let align = t.align.get(i).copied().unwrap_or_default();
            let point = numbers[i]
                .map(|(ones, rest)| at + half(width - ones - rest).max(Len::ZERO) + ones);
            list.push(Column { start: at, width, align, point });
            at += width + gap;
        }
        Columns { list, crowded, cramped }
    }
    /// What each column asks for: the widest of its cells; cells over several
    /// columns ask each for a part of what these lack.
    fn asked(&mut self, t: &Table, n: usize) -> Asked {
        let size = self.input.theme.table.style(self.em()).size;
        let mut own = vec![size; n];
        let mut numbers: Vec<Option<(Len, Len)>> = vec![None; n];
        let mut wide: Vec<(usize, usize, Len)> = vec![];
        for (rows, head) in [(&t.head, true), (&t.rows, false)] {
            for (row, places) in rows.iter().zip(table::columns(rows)) {
                for (cell, at) in row.iter().zip(places) {
                    let width = self.cell_width(cell, head);
                    if cell.columns > 1 {
                        wide.push((at, cell.columns, width));
                        continue;
                    }
                    let Some(column) = own.get_mut(at) else { continue };
                    *column = (*column).max(width);
                    match numbers::read(cell) {
                        _ if head => {}
                        Number::None | Number::Blank => {}
                        Number::Is(ones) => {
                            let ones = self.plain_width(&ones, false);
                            let rest = (width - ones).max(Len::ZERO);
                            let both = numbers[at].unwrap_or_default();
                            numbers[at] = Some((both.0.max(ones), both.1.max(rest)));
                        }
                    }
                }
            }
        }
        let all = numbers::columns(t);
        numbers.iter_mut().zip(all).for_each(|(n, all)| *n = n.filter(|_| all));
        for (column, parts) in own.iter_mut().zip(&numbers) {
            *column = parts.map_or(*column, |(a, b)| (*column).max(a + b));
        }
        // Before cells over several columns have asked.
        let least = own.iter().zip(&numbers).map(|(w, n)| {
            let whole = n.map_or(Len::ZERO, |(a, b)| a + b);
            (*w).min(size * LEGIBLE).max(whole)
        });
        let least = least.collect();
        for (at, count, width) in wide {
            let end = (at + count).min(n);
            let has: Len = own[at.min(end)..end].iter().copied().sum();
            let each = (width - has - size * (count as i64 - 1)).frac(1, count as i64);
            own[at.min(end)..end].iter_mut().for_each(|w| *w += each.max(Len::ZERO));
        }
        Asked { own, least, numbers }
    }
    /// The length of a cell's longest paragraph on one line.
    fn cell_width(&mut self, cell: &Cell, head: bool) -> Len {
        if let Some(text) = cell.text() {
            return self.text_width(text, head);
        }
        let mut texts: Vec<&[Inline]> = vec![];
        let mut listed = false;
        let mut other = false;
        walk::blocks(&cell.blocks, &mut |block: &Block| match &block.kind {
            BlockKind::Paragraph(t)
            | BlockKind::Continued(t)
            | BlockKind::Heading { text: t, .. } => texts.push(t),
            BlockKind::List { .. } | BlockKind::Definitions(_) => listed = true,
            BlockKind::Quote(_) | BlockKind::Alert { .. } | BlockKind::Styled { .. } => {}
            BlockKind::Verse(_)
            | BlockKind::Dialogue(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Break => other = true,
        });
        let widest = texts.into_iter().map(|t| self.text_width(t, head)).max();
        let marker = if listed { self.em() * 2 } else { Len::ZERO };
        let least = if other { half(self.measure) } else { Len::ZERO };
        (widest.unwrap_or_default() + marker).max(least)
    }
    fn text_width(&mut self, text: &[Inline], head: bool) -> Len {
        let style = self.cell_look(head).style(self.em());
        let p = self.flatten(text, style);
        line::natural(&p, &self.input.config.rules, self.shaper)
    }
    fn plain_width(&mut self, text: &str, head: bool) -> Len {
        let style = self.cell_look(head).style(self.em());
        let p = line::Paragraph::plain(text, style);
        line::natural(&p, &self.input.config.rules, self.shaper)
    }
    /// Where a table was written: its first cell.
    pub(super) fn table_span(&self, t: &Table) -> Span {
        let style = self.input.theme.table.style(self.em());
        let texts = t.cells().filter_map(Cell::text).filter(|t| !t.is_empty());
        let mut spans = texts.map(|text| self.flatten(text, style).span());
        let own = |t: &Table| t.cells().find_map(|c| Some(c.blocks.first()?.span));
        spans.next().or_else(|| own(t)).unwrap_or_default()
    }
}

/// What the author says, in proportion.
fn shares(said: &[u32], room: Len) -> Vec<Len> {
    let total: i64 = said.iter().map(|n| i64::from(*n)).sum();
    said.iter().map(|n| room.frac(i64::from(*n), total.max(1))).collect()
}

/// Gives columns the widths they ask for as far as the room goes. Where it does
/// not, columns that ask for less than an even share get what they ask; what is
/// over is shared by all in proportion.
fn share(own: &[Len], room: Len) -> Vec<Len> {
    let total: Len = own.iter().copied().sum();
    if total <= room {
        return own
            .iter()
            .map(|w| *w + (room - total).frac(w.to_sp(), total.to_sp().max(1)))
            .collect();
    }
    let mut out = vec![None; own.len()];
    let mut left = room;
    loop {
        let open = out.iter().filter(|w| w.is_none()).count() as i64;
        if open == 0 {
            break;
        }
        let even = left.frac(1, open);
        let fits: Vec<_> =
            (0..own.len()).filter(|&i| out[i].is_none() && own[i] <= even).collect();
        if fits.is_empty() {
            let asked: Len =
                (0..own.len()).filter(|&i| out[i].is_none()).map(|i| own[i]).sum();
            for (w, own) in out.iter_mut().zip(own) {
                w.get_or_insert_with(|| left.frac(own.to_sp(), asked.to_sp().max(1)));
            }
            break;
        }
        for i in fits {
            out[i] = Some(own[i]);
            left -= own[i];
        }
    }
    out.into_iter().map(Option::unwrap_or_default).collect()
}

/// The last row that each cell covers, for those that cover several.
pub(super) fn reach(rows: &[Row]) -> Vec<usize> {
    let ends =
        |(i, row): (usize, &Row)| row.iter().map(|c| i + c.rows - 1).max().unwrap_or(i);
    rows.iter().enumerate().map(ends).collect()
}
