//! Notes at the foot of a page (F-03, F-04): which line calls which, and how they
//! are set.

use super::galley::{Called, Entry};
use super::half;
use super::stack::{ASCENT, Stack};
use super::structure::{Role, paint};
use super::tagging::mark;
use crate::book::number::circled;
use crate::book::{Chapter, Target};
use crate::geom::{Len, Logical};
use crate::line::{self, Paragraph, Shape};
use std::collections::VecDeque;

impl Stack<'_, '_, '_> {
    /// Hands the notes that a line calls to its entry, each at its first call;
    /// notes called in notes follow them.
    pub(super) fn call_notes(&mut self, line: &line::Line, entry: &mut Entry) {
        self.call(&line.notes, entry);
        entry.anchors.extend(line.marks.iter().map(|m| m.to_string()));
    }
    pub(super) fn call(&mut self, notes: &[usize], entry: &mut Entry) {
        let new = |s: &mut Self, n: &usize| s.called.insert(*n);
        let calls: Vec<usize> = notes.iter().copied().filter(|n| new(self, n)).collect();
        entry.anchors.extend(calls.iter().map(|n| call_anchor(self.chapter, *n)));
        if self.input.book.notes.gathered() {
            return;
        }
        if self.in_note {
            // The chapter sets it: a note that calls itself would never end.
            self.pending.extend(calls);
            return;
        }
        for index in calls {
            let mut called = Called { index, lines: vec![] };
            let mut queue = VecDeque::from([index]);
            while let Some(n) = queue.pop_front() {
                let (note, inner) = self.note(n);
                called.lines.push(note);
                queue.extend(inner.into_iter().filter(|n| new(self, n)));
            }
            entry.notes.push(called);
        }
    }
    /// The lines of a note, its mark hanging before the first (F-04), and the
    /// notes that it calls.
    pub(super) fn note(&mut self, n: usize) -> (Vec<Entry>, Vec<usize>) {
        let Some(note) = self.chapter.notes.get(n) else { return (vec![], vec![]) };
        let style = self.input.theme.note.style(self.em());
        let area = &self.input.config.page.area;
        // ① and a gap; the marks after ㊿ are wider.
        let wide = self.chapter.notes.len() > 50;
        let hang = style.size.frac(if wide { 3 } else { 2 }, 1) - half(style.size);
        let place = self.inside(Role::Note(note_anchor(self.chapter, n)));
        let mut inner =
            Stack::new(self.input, self.chapter, &mut *self.shaper, &mut *self.faults);
        inner.look = self.input.theme.note;
        inner.leading = area.leading.frac(3, 4);
        inner.indent = false;
        inner.in_note = true;
        inner.place = place.clone();
        let label = inner.inside(Role::Label);
        inner.start = hang;
        inner.measure = (area.measure() - hang).max(style.size);
        // Its first paragraph begins beside the mark.
        let (first, rest) = note.blocks.split_at(note.blocks.len().min(1));
        inner.blocks(first);
        inner.indent = true;
        inner.blocks(rest);
        let (mut entries, called) = (inner.entries, inner.pending);
        let number = Paragraph::plain(&circled(note.number), style)
            .linked(Target::Anchor(call_anchor(self.chapter, n)));
        let shape = Shape {
            measure: hang * 2,
            indent: Len::ZERO,
            justify: false,
            ..Shape::default()
        };
        let rules = &self.input.config.rules;
        let line =
            line::lay(&number, shape, rules, self.shaper, self.faults).into_iter().next();
        if let (Some(first), Some(line)) = (entries.first_mut(), line) {
            first.anchors.push(note_anchor(self.chapter, n));
            // The mark is read before the note.
            let body = std::mem::take(&mut first.draws);
            let block = style.size.frac(ASCENT, 1000);
            first.line(line, Logical { inline: Len::ZERO, block });
            paint(&mut first.draws, &label);
            first.draws.extend(body);
        }
        mark(&mut entries, &place);
        (entries, called)
    }
}

/// The id of a note.
pub fn note_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-note-{}", chapter.id, n + 1)
}

/// The id of the place where a note is first called.
pub fn call_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-call-{}", chapter.id, n + 1)
}
