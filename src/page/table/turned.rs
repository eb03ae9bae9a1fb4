//! Tables on their side (卧排): what is too wide for the measure stands on a page
//! of its own, its head to the left, as CY/T 170-2019 has it (顶左底右).

use super::columns::Columns;
use crate::book::Table;
use crate::config::TypeArea;
use crate::geom::{Len, Logical};
use crate::line::Fault;
use crate::page::galley::Entry;
use crate::page::paginate;
use crate::page::stack::Stack;
use crate::page::{Draw, half};

impl Stack<'_, '_, '_> {
    /// Whether a table is turned: its author says so, or its lines would be too
    /// short to be read and are less so on a page that is turned. Inside other
    /// blocks nothing is turned by itself.
    pub(super) fn turns(&mut self, t: &Table, columns: &Columns) -> bool {
        let area = self.input.config.page.area;
        let top = !self.in_note && self.measure == area.measure();
        if !top || area.depth() <= area.measure() {
            return t.turn && top;
        }
        let aside = columns.cramped && {
            let found = self.on_its_side(|s| s.columns(t));
            !found.crowded || columns.crowded
        };
        t.turn || aside
    }
    /// Does something with the measure of a turned page.
    fn on_its_side<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.start, self.measure);
        (self.start, self.measure) = (Len::ZERO, self.input.config.page.area.depth());
        let out = act(self);
        (self.start, self.measure) = outer;
        out
    }
    /// The type area as it is for what is turned.
    fn side(&self) -> TypeArea {
        let area = self.input.config.page.area;
        let count = |l: Len, step: Len| {
            u16::try_from(l.to_sp() / step.to_sp().max(1)).unwrap_or(u16::MAX).max(1)
        };
        // The last line has no leading below.
        let lines = count(area.measure() + area.leading - area.size, area.leading);
        TypeArea { chars: count(area.depth(), area.size), lines, ..area }
    }
    /// A table on pages of its own.
    pub(super) fn turned_table(&mut self, t: &Table) {
        let outer = std::mem::take(&mut self.entries);
        self.on_its_side(|s| {
            let columns = s.columns(t);
            if columns.crowded {
                let span = s.table_span(t);
                s.faults.push(Fault::Overfull(span));
            }
            s.table_entries(t, &columns);
        });
        self.table_place(t, 0);
        let galley = std::mem::replace(&mut self.entries, outer);
        // The blank line of a block before it stays with the text that goes on.
        self.entries.push(Entry::default());
        let area = self.input.config.page.area;
        let height = area.leading * i64::from(area.lines);
        for leaf in paginate::cut(galley, &self.side()) {
            let mut entry = Entry { height, float: true, ..Entry::default() };
            entry.anchors.extend(leaf.anchors.into_iter().map(|a| a.0));
            // In the middle of the page.
            let over = half(area.measure() - leaf.fill).max(Len::ZERO);
            let at = Logical { inline: over, block: area.depth() };
            entry.draw(at, Draw::Turned(leaf.draws));
            self.entries.push(entry);
        }
    }
}
