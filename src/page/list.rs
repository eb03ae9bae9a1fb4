//! Lists: markers hang before their items (B-03).

use super::galley::Entry;
use super::stack::{ASCENT, Stack};
use crate::book::{Definition, Item};
use crate::geom::{Len, Logical};
use crate::line::{self, Paragraph, Shape};

/// Width of a marker's column, in em.
const MARKER: i64 = 2;

impl Stack<'_, '_, '_> {
    /// A list, numbered from `start` or with bullets.
    pub(super) fn list(&mut self, start: Option<u64>, items: &[Item]) {
        for (i, item) in items.iter().enumerate() {
            let marker = match (item.task, start) {
                (Some(true), _) => "✓".to_string(),
                (Some(false), _) => "□".to_string(),
                (None, Some(n)) => format!("{}.", n.saturating_add(i as u64)),
                (None, None) => "•".to_string(),
            };
            self.hanging(&marker, |s| s.blocks(&item.blocks));
        }
    }
    /// Sets blocks two em further in, with a marker that ends ½ em before the
    /// first line.
    fn hanging(&mut self, marker: &str, inside: impl FnOnce(&mut Self)) {
        let by = self.em() * MARKER;
        let outer = (self.start, self.measure, self.indent);
        if self.measure - by >= self.em() * 6 {
            self.start += by;
            self.measure -= by;
        }
        self.indent = false;
        let first = self.entries.len();
        inside(self);
        let style = self.style();
        let p = Paragraph::plain(marker, style);
        let shape = Shape { measure: by * 2, indent: Len::ZERO, justify: false };
        let rules = &self.input.config.rules;
        let mark =
            line::lay(&p, shape, rules, self.shaper, self.faults).into_iter().next();
        let text = self.start;
        (self.start, self.measure, self.indent) = outer;
        if first >= self.entries.len() {
            self.entries.push(Entry { height: self.leading, ..Entry::default() });
        }
        let leading_space = self.entries[first..].iter().position(|e| !e.space);
        let entry = leading_space.and_then(|i| self.entries.get_mut(first + i));
        if let (Some(mark), Some(entry)) = (mark, entry) {
            let gap = style.size.frac(1, 2);
            let inline = text - gap - mark.width;
            let body = style.size.frac(ASCENT, 1000);
            let rest = std::mem::take(&mut entry.draws);
            entry.line(mark, Logical { inline, block: body });
            entry.draws.extend(rest);
        }
    }
    /// Terms in the strong face, what they mean two em further in.
    pub(super) fn definitions(&mut self, list: &[Definition]) {
        for d in list {
            let style = self.style().with(&self.input.theme.strong);
            let p = self.flatten(&d.term, style);
            let lines = self.lines(&p, Len::ZERO, false);
            let size = self.style().size;
            let at = self.entries.len();
            self.push_lines(lines, size);
            if let (false, Some(first)) = (d.id.is_empty(), self.entries.get_mut(at)) {
                first.anchors.push(d.id.clone());
            }
            self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
            let outer = (self.start, self.measure, self.indent);
            let by = self.em() * MARKER;
            self.start += by;
            self.measure = (self.measure - by).max(self.em() * 4);
            self.indent = false;
            d.meanings.iter().for_each(|m| self.blocks(m));
            (self.start, self.measure, self.indent) = outer;
        }
    }
}
