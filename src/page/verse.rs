//! Verse: lines that must not be reflowed (B-04).

use super::half;
use super::stack::Stack;
use super::structure::Role;
use crate::book::Inline;
use crate::geom::Len;
use crate::line::Line;

impl Stack<'_, '_, '_> {
    /// Verse: the block is centred, its lines are not justified, a turned line
    /// stands two em further in (B-04).
    pub(super) fn verse(&mut self, stanzas: &[Vec<Vec<Inline>>]) {
        let look = self.input.theme.verse;
        self.set_apart(look.look, look.indent, |s| {
            let mut laid = vec![];
            for (n, stanza) in stanzas.iter().enumerate() {
                let mut own = vec![];
                for inlines in stanza {
                    let p = s.flatten(inlines, s.style());
                    let mut lines = s.lines(&p, Len::ZERO, false);
                    if lines.len() > 1 {
                        // Room for the indent of what is turned over.
                        let full = s.measure;
                        s.measure = (full - s.em() * 2).max(s.em() * 4);
                        lines = s.lines(&p, Len::ZERO, false);
                        s.measure = full;
                    }
                    own.push(lines);
                }
                laid.push((n > 0, own));
            }
            let widest = laid.iter().flat_map(|l| &l.1).flatten().map(|l| l.width).max();
            // In the middle, as near as whole characters go (P-03).
            let inner = half(s.measure - widest.unwrap_or_default().min(s.measure));
            let inner = s.em() * (inner.to_sp() / s.em().to_sp());
            let outer = s.start;
            for (further, stanza) in laid {
                if further {
                    s.blank();
                    s.entries.last_mut().into_iter().for_each(|e| e.rigid = true);
                }
                s.start = outer + inner;
                s.tagged(Role::P, |s| s.stanza(stanza));
            }
            s.start = outer;
        });
    }
    /// A stanza's lines, each with what is turned over.
    fn stanza(&mut self, stanza: Vec<Vec<Line>>) {
        let start = self.start;
        for lines in stanza {
            for (i, line) in lines.into_iter().enumerate() {
                self.start = start + if i > 0 { self.em() * 2 } else { Len::ZERO };
                self.push_lines(vec![line], self.style().size);
                self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
            }
            self.entries.last_mut().into_iter().for_each(|e| e.keep = false);
        }
        self.start = start;
    }
}
