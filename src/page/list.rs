//! Lists: markers hang before their items in whole em (B-03), and say by their kind
//! how deep a list is.

use super::galley::Entry;
use super::stack::{ASCENT, Stack};
use super::structure::{Role, paint};
use crate::book::number::circled;
use crate::book::{Definition, Item};
use crate::font::Side;
use crate::geom::{Len, Logical};
use crate::line::{self, Line, Paragraph, Shape};

/// Width of a marker's column, in em; longer numbers have more.
const MARKER: i64 = 2;
/// Narrower columns have no room for a list's own indent, in em.
const WIDE: i64 = 20;
/// Bullets by depth.
const BULLETS: [&str; 3] = ["•", "–", "◦"];

impl Stack<'_, '_, '_> {
    /// A list, numbered from `start` or with bullets.
    pub(super) fn list(&mut self, start: Option<u64>, items: &[Item]) {
        let outer = self.depth;
        let (numbers, bullets) = outer;
        let number = |n: u64| match (numbers, n) {
            (0, _) => format!("{n}."),
            (1, _) => format!("({n})"),
            (2, 0..=50) => circled(n as usize),
            (_, _) => format!("{n})"),
        };
        let bullet = self.bullet(bullets);
        self.depth = match start {
            Some(_) => (numbers + 1, bullets),
            None => (numbers, bullets + 1),
        };
        let count = items.len() as u64;
        let last = start.map(|n| number(n.saturating_add(count.saturating_sub(1))));
        // An em further in than paragraphs begin, so that one after it is not taken for
        // a part of it.
        let body = outer == (0, 0) && self.indent && self.measure >= self.em() * WIDE;
        let by = self.column(last.as_deref()) + if body { self.em() } else { Len::ZERO };
        let mut ends = vec![self.entries.len()];
        for (i, item) in items.iter().enumerate() {
            let marker = match (item.task, start) {
                (Some(true), _) => "✓".to_string(),
                (Some(false), _) => "□".to_string(),
                (None, Some(n)) => number(n.saturating_add(i as u64)),
                (None, None) => bullet.to_string(),
            };
            self.tagged(Role::Item, |s| {
                s.hanging(&marker, by, |s| s.blocks(&item.blocks))
            });
            ends.push(self.entries.len());
        }
        self.hold_ends(&ends);
        self.depth = outer;
    }
    /// A first or last item of one line is not left alone, where that costs little.
    /// Items end where these numbers say.
    fn hold_ends(&mut self, ends: &[usize]) {
        let one = |i: usize| ends[i + 1] == ends[i] + 1;
        let count = ends.len() - 1;
        let first = (count > 1 && one(0)).then(|| ends[1]);
        let last = (count > 1 && one(count - 1)).then(|| ends[count - 1]);
        for end in [first, last].into_iter().flatten().filter(|end| *end > 0) {
            let entry = &mut self.entries[end - 1];
            (entry.keep, entry.loosely) = (true, entry.loosely || !entry.keep);
        }
    }
    /// The bullet of a depth, if a face has it.
    fn bullet(&mut self, depth: usize) -> &'static str {
        let bullet = BULLETS[depth.min(BULLETS.len() - 1)];
        let c = bullet.chars().next().unwrap_or('•');
        let cut = self.style().cut;
        if self.shaper.pick(cut, Side::of(c), c).is_some() { bullet } else { BULLETS[0] }
    }
    /// The width of a column for markers up to the last.
    fn column(&mut self, last: Option<&str>) -> Len {
        let least = self.em() * MARKER;
        let Some(mark) = last.and_then(|m| self.marker(m)) else { return least };
        let size = self.style().size;
        (mark.width + size.frac(1, 2)).up_to(self.em()).max(least)
    }
    fn marker(&mut self, marker: &str) -> Option<Line> {
        let p = Paragraph::plain(marker, self.style());
        let shape = Shape { measure: self.em() * 40, ..Shape::default() };
        let rules = &self.input.config.rules;
        line::lay(&p, shape, rules, self.shaper, self.faults).into_iter().next()
    }
    /// Sets blocks so far in, with a marker that ends ½ em before the first line.
    fn hanging(&mut self, marker: &str, by: Len, inside: impl FnOnce(&mut Self)) {
        let outer = (self.start, self.measure, self.indent);
        if self.measure - by >= self.em() * 6 {
            self.start += by;
            self.measure -= by;
        }
        self.indent = false;
        let first = self.entries.len();
        let label = self.inside(Role::Label);
        self.tagged(Role::Body, inside);
        let size = self.style().size;
        let mark = self.marker(marker);
        let text = self.start;
        (self.start, self.measure, self.indent) = outer;
        if first >= self.entries.len() {
            self.entries.push(Entry { height: self.leading, ..Entry::default() });
        }
        let leading_space = self.entries[first..].iter().position(|e| !e.space);
        let entry = leading_space.and_then(|i| self.entries.get_mut(first + i));
        if let (Some(mark), Some(entry)) = (mark, entry) {
            let inline = text - size.frac(1, 2) - mark.width;
            let body = size.frac(ASCENT, 1000);
            let rest = std::mem::take(&mut entry.draws);
            entry.line(mark, Logical { inline, block: body });
            paint(&mut entry.draws, &label);
            entry.draws.extend(rest);
        }
    }
    /// Terms in the strong face, what they mean two em further in.
    pub(super) fn definitions(&mut self, list: &[Definition]) {
        for d in list {
            self.tagged(Role::Item, |s| s.definition(d));
        }
    }
    fn definition(&mut self, d: &Definition) {
        let style = self.style().with(&self.input.theme.strong);
        let p = self.flatten(&d.term, style);
        let lines = self.lines(&p, Len::ZERO, false);
        let size = self.style().size;
        let at = self.entries.len();
        self.tagged(Role::Label, |s| s.push_lines(lines, size));
        if let (false, Some(first)) = (d.id.is_empty(), self.entries.get_mut(at)) {
            first.anchors.push(d.id.clone());
        }
        self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        let outer = (self.start, self.measure, self.indent);
        let by = self.em() * MARKER;
        if self.measure - by >= self.em() * 4 {
            self.start += by;
            self.measure -= by;
        }
        self.indent = false;
        self.tagged(Role::Body, |s| d.meanings.iter().for_each(|m| s.blocks(m)));
        (self.start, self.measure, self.indent) = outer;
    }
}
