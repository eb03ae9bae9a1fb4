//! Tables: 三线表, three rules and no more (CY/T 170-2019).

use super::galley::Entry;
use super::stack::{ASCENT, Stack, table_anchor};
use super::{Draw, half};
use crate::book::{Align, Inline, Table, text};
use crate::geom::{Len, Logical, Size};
use crate::line::{self, Fault, Line, Paragraph, Shape};
use crate::source::Span;
use crate::theme::TextStyle;
use std::sync::Arc;

/// Thickness of the rules above and below a table, and of the one below its head.
const THICK: Len = Len::milli_pt(1000);
const THIN: Len = Len::milli_pt(500);

/// Where a column stands and how its cells do.
#[derive(Debug, Copy, Clone)]
struct Column {
    start: Len,
    width: Len,
    align: Align,
}

impl Stack<'_, '_, '_> {
    /// A table with its caption above; its head is set again on every page.
    pub(super) fn table(&mut self, t: &Table) {
        self.blank();
        let at = self.entries.len();
        let caption = self.caption(t.number.as_deref(), &t.caption);
        let size = self.input.theme.caption.style(self.em()).size;
        let (start, measure) = (self.start, self.measure);
        for line in caption {
            self.start = start + half(measure - line.width);
            self.push_lines(vec![line], size);
            self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        }
        self.start = start;
        self.crowded = false;
        let columns = self.columns(t);
        let head = self.row(&t.head, &columns, true);
        let head = self.ruled_head(head);
        let shared = Arc::new(self.continued(t.number.as_deref(), &head));
        self.entries.extend(head);
        let last = t.rows.len().saturating_sub(1);
        for (i, row) in t.rows.iter().enumerate() {
            let mut entries = self.row(row, &columns, false);
            entries.first_mut().into_iter().for_each(|e| e.head = Some(shared.clone()));
            // Two rows at least stand before a page's end and after its start.
            if i == 0 || i + 2 == t.rows.len() {
                entries.last_mut().into_iter().for_each(|e| e.keep = true);
            }
            if i == last {
                let foot = entries.last().map_or(Len::ZERO, |e| e.height);
                self.rule(entries.last_mut(), foot - THICK, THICK);
            }
            self.entries.extend(entries);
        }
        if t.number.is_some() {
            self.numbered.1 += 1;
            let first =
                self.entries.get_mut(at).filter(|_| self.input.config.makeup.tables);
            let id = table_anchor(self.chapter, self.numbered.1);
            first.into_iter().for_each(|e| e.anchors.push(id.clone()));
        }
        self.blank();
    }
    /// What stands above a table that goes on: its number, and its head again
    /// (续表, B-02).
    fn continued(&mut self, number: Option<&str>, head: &[Entry]) -> Vec<Entry> {
        let mut out = vec![];
        let style = self.input.theme.caption.style(self.em());
        let label = number
            .map(|n| Paragraph::plain(&self.words().continued.replace('%', n), style));
        let lines = label.map(|p| self.lines(&p, Len::ZERO, false)).unwrap_or_default();
        for line in lines {
            let mut entry =
                Entry { height: self.pitch(), keep: true, ..Entry::default() };
            let pitch = self.pitch();
            let inline = self.start + self.measure - line.width;
            let block = half(pitch) - half(style.size) + style.size.frac(ASCENT, 1000);
            entry.line(line, Logical { inline, block });
            out.push(entry);
        }
        out.extend(head.iter().cloned());
        out
    }
    fn rule(&self, entry: Option<&mut Entry>, block: Len, thick: Len) {
        let at = Logical { inline: self.start, block };
        let size = Size { w: self.measure, h: thick };
        entry
            .into_iter()
            .for_each(|e| e.draws.push((at, Draw::Rule { size, black: 100 })));
    }
    /// The head between its two rules, held together with the first row.
    fn ruled_head(&self, mut head: Vec<Entry>) -> Vec<Entry> {
        if head.is_empty() {
            head.push(Entry { height: Len::ZERO, keep: true, ..Entry::default() });
            self.rule(head.first_mut(), Len::ZERO, THICK);
            return head;
        }
        self.rule(head.first_mut(), Len::ZERO, THICK);
        let foot = head.last().map_or(Len::ZERO, |e| e.height);
        self.rule(head.last_mut(), foot - THIN, THIN);
        head.iter_mut().for_each(|e| e.keep = true);
        head
    }
    /// The lines of a row, one entry for each line of the grid.
    fn row(
        &mut self,
        cells: &[Vec<Inline>],
        columns: &[Column],
        head: bool,
    ) -> Vec<Entry> {
        let mut look = self.input.theme.table;
        if head {
            look.han = self.input.theme.caption.han;
            look.latin = self.input.theme.caption.latin;
        }
        let style = look.style(self.em());
        let laid: Vec<_> = cells
            .iter()
            .zip(columns)
            .map(|(cell, column)| (self.cell_lines(cell, column, style), column))
            .collect();
        let pitch = self.pitch();
        let mut entries: Vec<Entry> = vec![];
        let tallest = laid.iter().map(|l| l.0.len()).max().unwrap_or_default();
        // What the tallest formula of each line needs above and below.
        let mut rooms = vec![(Len::ZERO, Len::ZERO); tallest];
        for (lines, _) in &laid {
            for (i, room) in rooms.iter_mut().enumerate().take(lines.len()) {
                let (above, below) = self.room_for(lines, i, style.size);
                *room = (room.0.max(above), room.1.max(below));
            }
        }
        for (above, below) in &rooms {
            let height = pitch + *above + *below;
            entries.push(Entry { height, keep: true, ..Entry::default() });
        }
        for (lines, column) in laid {
            for (i, line) in lines.into_iter().enumerate() {
                let slack = column.width - line.width;
                let by = match column.align {
                    _ if head => half(slack),
                    Align::Auto | Align::Start => Len::ZERO,
                    Align::Center => half(slack),
                    Align::End => slack,
                };
                let block = half(pitch) - half(style.size)
                    + style.size.frac(ASCENT, 1000)
                    + rooms[i].0;
                self.cell_line(
                    &mut entries[i],
                    line,
                    Logical { inline: column.start + by, block },
                );
            }
        }
        entries.last_mut().into_iter().for_each(|e| e.keep = false);
        entries
    }
    /// The lines of a cell.
    fn cell_lines(
        &mut self,
        cell: &[Inline],
        column: &Column,
        style: TextStyle,
    ) -> Vec<Line> {
        let p = self.flatten(cell, style);
        let shape = Shape { measure: column.width, indent: Len::ZERO, justify: false };
        let mut faults = vec![];
        let rules = &self.input.config.rules;
        let lines = line::lay(&p, shape, rules, self.shaper, &mut faults);
        faults.retain(|f| {
            !(self.crowded && matches!(f, Fault::Overfull(_) | Fault::Emergency(_)))
        });
        self.faults.extend(faults);
        lines
    }
    /// Where a table was written: its first cell.
    fn table_span(&self, t: &Table) -> Span {
        let cells = t.head.iter().chain(t.rows.iter().flatten());
        let mut texts = cells.filter(|c| !c.is_empty());
        let style = self.input.theme.table.style(self.em());
        texts.next().map_or(Span::default(), |c| self.flatten(c, style).span())
    }
    fn cell_line(&mut self, entry: &mut Entry, line: Line, at: Logical) {
        self.call_notes(&line, entry);
        entry.line(line, at);
    }
    /// Widths of columns: their own where there is room, else what they have in
    /// common goes to the narrow ones first. An em or two stand between two.
    fn columns(&mut self, t: &Table) -> Vec<Column> {
        let style = self.input.theme.table.style(self.em());
        let n = t.align.len().max(1);
        let gap = style.size;
        let mut own = vec![style.size; n];
        for row in std::iter::once(&t.head).chain(&t.rows) {
            for (cell, width) in row.iter().zip(&mut own) {
                let p = self.flatten(cell, style);
                let rules = &self.input.config.rules;
                let widest = line::natural(&p, rules, self.shaper);
                *width = (*width).max(widest);
            }
        }
        // Half an em at both ends; two em between columns where there is room.
        let edge = half(style.size);
        let total: Len = own.iter().copied().sum();
        let between = n as i64 - 1;
        let fits = total + gap * 2 * between + edge * 2 <= self.measure;
        let gap = if fits { gap * 2 } else { gap };
        let room = self.measure - gap * between - edge * 2;
        if room < style.size * n as i64 {
            // No room for a character in each column: said once, not line by line.
            self.faults.push(Fault::Overfull(self.table_span(t)));
            self.crowded = true;
        }
        let widths: Vec<_> = share(&own, room.max(Len::ZERO))
            .into_iter()
            .map(|w| w.max(style.size))
            .collect();
        let numbers = (0..n).map(|i| is_numbers(t, i)).collect::<Vec<_>>();
        let mut at = self.start + edge;
        let mut columns = vec![];
        for (i, width) in widths.into_iter().enumerate() {
            let asked = t.align.get(i).copied().unwrap_or_default();
            let align =
                if asked == Align::Auto && numbers[i] { Align::End } else { asked };
            columns.push(Column { start: at, width, align });
            at += width + gap;
        }
        columns
    }
}

/// Whether a column holds numbers only, which stand with their ends in line.
fn is_numbers(t: &Table, column: usize) -> bool {
    let mut cells = t.rows.iter().filter_map(|r| r.get(column)).map(|c| text::plain(c));
    let number = |s: String| {
        !s.is_empty()
            && s.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-'))
    };
    !t.rows.is_empty() && cells.all(number)
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
