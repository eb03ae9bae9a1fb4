//! Verse: lines that must not be reflowed (B-04).

use super::half;
use super::stack::Stack;
use crate::book::Inline;
use crate::geom::Len;

impl Stack<'_, '_, '_> {
    /// Verse: the block is centred, its lines are not justified, a turned line
    /// stands two em further in (B-04).
    pub(super) fn verse(&mut self, stanzas: &[Vec<Vec<Inline>>]) {
        let look = self.input.theme.verse;
        self.set_apart(look.look, look.indent, |s| {
            let mut laid = vec![];
            for (n, stanza) in stanzas.iter().enumerate() {
                for (i, inlines) in stanza.iter().enumerate() {
                    let p = s.flatten(inlines, s.style());
                    let mut lines = s.lines(&p, Len::ZERO, false);
                    if lines.len() > 1 {
                        // Room for the indent of what is turned over.
                        let full = s.measure;
                        s.measure = (full - s.em() * 2).max(s.em() * 4);
                        lines = s.lines(&p, Len::ZERO, false);
                        s.measure = full;
                    }
                    laid.push((n > 0 && i == 0, lines));
                }
            }
            let widest = laid.iter().flat_map(|l| &l.1).map(|l| l.width).max();
            // In the middle, as near as whole characters go (P-03).
            let inner = half(s.measure - widest.unwrap_or_default().min(s.measure));
            let inner = s.em() * (inner.to_sp() / s.em().to_sp());
            let outer = s.start;
            for (new_stanza, lines) in laid {
                if new_stanza {
                    s.blank();
                    s.entries.last_mut().into_iter().for_each(|e| e.rigid = true);
                }
                for (i, line) in lines.into_iter().enumerate() {
                    s.start = outer + inner + if i > 0 { s.em() * 2 } else { Len::ZERO };
                    s.push_lines(vec![line], s.style().size);
                    s.entries.last_mut().into_iter().for_each(|e| e.keep = true);
                }
                s.entries.last_mut().into_iter().for_each(|e| e.keep = false);
            }
            s.start = outer;
        });
    }
}
