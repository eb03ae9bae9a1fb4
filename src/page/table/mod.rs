//! Tables: 三线表, three rules and no more (CY/T 170-2019). [`columns`] says how
//! wide columns are and how their cells stand, [`rows`] sets the cells, `turned`
//! lays a table that is too wide on its side.

mod columns;
mod rows;
mod turned;

use super::galley::Entry;
use super::stack::{ASCENT, Stack, table_anchor};
use super::structure::{Role, Tag};
use super::{Draw, half};
use crate::book::{Inline, Table};
use crate::colour::ink::BLACK;
use crate::geom::{Len, Logical, Size};
use crate::line::{Fault, Paragraph};
use columns::Columns;
use std::sync::Arc;

/// Thickness of the rules above and below a table, and of the one below its head.
const THICK: Len = Len::milli_pt(1000);
const THIN: Len = Len::milli_pt(500);
/// Tables of so many rows are cut only where much is gained.
const WHOLE: usize = 8;

impl Stack<'_, '_, '_> {
    /// A table with its caption above and its notes below; its head is set again on
    /// every page.
    pub(super) fn table(&mut self, t: &Table) {
        let columns = self.columns(t);
        if self.turns(t, &columns) {
            return self.turned_table(t);
        }
        if columns.crowded {
            // No room for a character in each column: said once, not line by line.
            let span = self.table_span(t);
            self.faults.push(Fault::Overfull(span));
        }
        self.blank();
        let at = self.entries.len();
        self.table_entries(t, &columns);
        self.entries[at..].iter_mut().take(1).for_each(|e| e.bars = true);
        self.table_place(t, at);
        self.blank();
    }
    /// Caption, head, rows and notes, one under another.
    fn table_entries(&mut self, t: &Table, columns: &Columns) {
        let role = Role::Table(rows::shape(t));
        self.tagged(role, |s| s.table_body(t, columns));
        self.table_notes(&t.notes);
    }
    fn table_body(&mut self, t: &Table, columns: &Columns) {
        self.tagged(Role::Caption, |s| s.table_caption(t));
        let head = self.table_rows(&t.head, columns, true, 0);
        let head = self.ruled_head(head.into_iter().flatten().collect());
        let shared = Arc::new(self.continued(t.number.as_deref(), &head));
        self.entries.extend(head);
        let mut rows = self.table_rows(&t.rows, columns, false, t.head.len());
        let count = rows.len();
        for (i, entries) in rows.iter_mut().enumerate() {
            entries.iter_mut().for_each(|e| e.head = Some(shared.clone()));
            // Two rows at least stand before a page's end and after its start, and a
            // short table is not cut.
            let Some(last) = entries.last_mut().filter(|_| i + 1 < count) else {
                continue;
            };
            let edge = i == 0 || i + 2 == count;
            (last.keep, last.loosely) =
                (last.keep || edge || count <= WHOLE, !last.keep && !edge);
        }
        self.entries.extend(rows.into_iter().flatten());
        let pitch = self.pitch();
        let last = self.entries.last_mut();
        rule((self.start, self.measure), last, pitch - THICK, THICK);
    }
    fn table_caption(&mut self, t: &Table) {
        let caption = self.caption(t.number.as_deref(), &t.caption);
        let size = self.input.theme.caption.style(self.em()).size;
        let (start, measure) = (self.start, self.measure);
        for line in caption {
            self.start = start + half(measure - line.width);
            self.push_lines(vec![line], size);
            self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        }
        self.start = start;
    }
    /// Where lists lead to.
    fn table_place(&mut self, t: &Table, at: usize) {
        if let (false, Some(first)) = (t.id.is_empty(), self.entries.get_mut(at)) {
            first.anchors.push(t.id.clone());
        }
        if t.number.is_none() {
            return;
        }
        self.numbered.1 += 1;
        let first = self.entries.get_mut(at).filter(|_| self.input.config.makeup.tables);
        let id = table_anchor(self.chapter, self.numbered.1);
        first.into_iter().for_each(|e| e.anchors.push(id.clone()));
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
        // Notes are called once.
        out.extend(head.iter().cloned().map(|e| Entry {
            notes: vec![],
            anchors: vec![],
            // It is read once.
            draws: e.draws.into_iter().map(|d| (d.0, d.1, Tag::Layout)).collect(),
            ..e
        }));
        out
    }
    /// The head between its two rules, held together with the first row.
    fn ruled_head(&self, mut head: Vec<Entry>) -> Vec<Entry> {
        let across = (self.start, self.measure);
        if head.is_empty() {
            head.push(Entry { height: Len::ZERO, keep: true, ..Entry::default() });
            rule(across, head.first_mut(), Len::ZERO, THICK);
            return head;
        }
        rule(across, head.first_mut(), Len::ZERO, THICK);
        let pitch = self.pitch();
        rule(across, head.last_mut(), pitch - THIN, THIN);
        head.iter_mut().for_each(|e| e.keep = true);
        head
    }
    /// Notes stand right below the last rule, smaller than the cells.
    fn table_notes(&mut self, notes: &[Vec<Inline>]) {
        if notes.is_empty() {
            return;
        }
        self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        // They do not touch the rule.
        let height = self.pitch().frac(1, 4);
        self.entries.push(Entry { height, keep: true, ..Entry::default() });
        let outer = (self.look, self.leading);
        self.look = self.input.theme.note;
        self.leading = self.pitch().frac(3, 4);
        for note in notes {
            let style = self.style();
            let p = self.flatten(note, style);
            let lines = self.lines(&p, Len::ZERO, true);
            self.tagged(Role::P, |s| s.push_lines(lines, style.size));
        }
        (self.look, self.leading) = outer;
        self.entries.last_mut().into_iter().for_each(|e| e.snap = true);
    }
}

/// A rule across a stretch of the measure.
fn rule((inline, width): (Len, Len), entry: Option<&mut Entry>, block: Len, thick: Len) {
    let at = Logical { inline, block };
    let size = Size { w: width, h: thick };
    entry.into_iter().for_each(|e| e.draw(at, Draw::Rule { size, ink: BLACK }));
}
