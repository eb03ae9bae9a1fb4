//! Notes that stand together: after their chapter, or in a chapter of their own
//! under the title of each.

use super::galley::Entry;
use super::half;
use super::stack::Stack;
use super::structure;
use crate::book::sections::headed;
use crate::book::{Chapter, NotePlace, Role, text};
use crate::geom::Len;
use crate::line::Paragraph;

impl Stack<'_, '_, '_> {
    /// What stands behind the text of a chapter: its own notes, or in the chapter of
    /// notes those of the whole book.
    pub(super) fn endnotes(&mut self) {
        let place = self.input.book.notes;
        let own = self.chapter;
        if place == NotePlace::Chapter && !own.notes.is_empty() {
            let title = self.words().refs.notes;
            self.notes_of(own, title);
        }
        let first = self.input.book.chapters.iter().find(|c| c.role == Role::Notes);
        if place == NotePlace::Book && first.is_some_and(|c| c.id == own.id) {
            for chapter in &self.input.book.chapters {
                if !chapter.notes.is_empty() {
                    let title = text::plain(&chapter.title);
                    self.notes_of(chapter, &headed(chapter.number.as_deref(), &title));
                }
            }
        }
    }

    /// A chapter's notes under a heading.
    fn notes_of(&mut self, chapter: &Chapter, title: &str) {
        self.blank();
        let look = self.input.theme.headings[2].look;
        let style = look.style(self.em());
        let p = Paragraph::plain(title, style);
        let lines = self.lines(&p, Len::ZERO, false);
        let role = structure::Role::Heading(self.level.saturating_add(1));
        self.tagged(role, |s| s.push_lines(lines, style.size));
        let (place, children) = (self.place.clone(), self.children);
        self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        let mut stack =
            Stack::new(self.input, chapter, &mut *self.shaper, &mut *self.faults);
        (stack.place, stack.children) = (place, children);
        let notes: Vec<Vec<Entry>> =
            (0..chapter.notes.len()).map(|n| stack.note(n).0).collect();
        let children = stack.children;
        self.children = children;
        for (i, mut lines) in notes.into_iter().enumerate() {
            // A note of two lines or three is not cut; a longer one leaves no line
            // alone.
            let n = lines.len();
            for (k, line) in lines.iter_mut().enumerate() {
                line.keep = n > 1 && (k == 0 || k + 2 == n);
            }
            if i > 0 {
                let quarter = half(half(self.pitch()));
                self.entries.push(Entry { rigid: true, ..Entry::space(quarter) });
            }
            self.entries.extend(lines);
        }
        // What follows stands on the grid.
        self.entries.last_mut().into_iter().for_each(|e| e.snap = true);
    }

    /// A paragraph of marks alone, which takes no room: they stand where the next
    /// block does.
    pub(super) fn marks_alone(&mut self, p: &Paragraph) {
        let anchors = p.marks.iter().map(|(_, id)| id.to_string()).collect();
        self.entries.push(Entry { keep: true, anchors, ..Entry::default() });
    }
}
