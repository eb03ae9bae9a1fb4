//! Notes in the order of their calls.

use super::chapter::Found;
use crate::book::revise as walk;
use crate::book::{Block, Inline, Note, Text};
use crate::diag::{Diagnostic, Sink, code};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers the notes by their first calls, the title's first, those in notes
/// last, and gives them back in that order. A note that nothing calls is
/// reported and stands at the end of the chapter.
pub(super) fn order(
    found: &mut Found,
    labels: &BTreeMap<String, usize>,
    sink: &mut Sink,
) -> Vec<Note> {
    let names = labels.iter().map(|(name, n)| (*n, name.as_str())).collect();
    let (waiting, index, notes) = (BTreeMap::new(), BTreeMap::new(), vec![]);
    let mut order = Order { names, waiting, index, notes };
    let mut spare = vec![];
    for (label, note) in std::mem::take(&mut found.notes) {
        // Of two notes with one label the first is called.
        if let std::collections::btree_map::Entry::Vacant(e) = order.waiting.entry(label)
        {
            e.insert(note);
        } else {
            spare.push((label, note));
        }
    }
    if let Some(title) = &mut found.title {
        order.calls(&mut title.text);
    }
    order.blocks(&mut found.blocks);
    order.called(0);
    for (label, note) in spare {
        order.spend(label, note, found, sink);
    }
    order.unused(found, sink);
    order.notes
}

struct Order<'l> {
    /// labels by their numbers
    names: BTreeMap<usize, &'l str>,
    /// notes not called so far, by label
    waiting: BTreeMap<usize, Note>,
    /// places of those that were
    index: BTreeMap<usize, usize>,
    notes: Vec<Note>,
}

impl Order<'_> {
    fn blocks(&mut self, list: &mut [Block]) {
        walk::blocks(list, &mut |list| self.calls(list));
    }

    fn calls(&mut self, list: &mut [Inline]) {
        walk::inlines(list, &mut |inline| {
            let Inline::Note { index, number, span } = inline else { return };
            match self.place(*index) {
                Some(place) => (*index, *number) = (place, place + 1),
                // The note was spent as text already: two notes that only call
                // each other.
                None => {
                    let text = format!("[^{}]", self.name(*index));
                    *inline = Inline::Text(Text { text, span: *span });
                }
            }
        });
    }

    fn name(&self, label: usize) -> &str {
        self.names.get(&label).copied().unwrap_or("")
    }

    fn place(&mut self, label: usize) -> Option<usize> {
        if let Some(mut note) = self.waiting.remove(&label) {
            note.number = self.notes.len() + 1;
            self.index.insert(label, self.notes.len());
            self.notes.push(note);
        }
        self.index.get(&label).copied()
    }

    /// Goes through the notes from `from` on, which may call more notes.
    fn called(&mut self, from: usize) {
        let mut next = from;
        while next < self.notes.len() {
            let mut blocks = std::mem::take(&mut self.notes[next].blocks);
            self.blocks(&mut blocks);
            self.notes[next].blocks = blocks;
            next += 1;
        }
    }

    /// Puts every note that is left at the end of the chapter: first those that
    /// no other calls, then those that call each other in a ring.
    fn unused(&mut self, found: &mut Found, sink: &mut Sink) {
        let mut inner = BTreeSet::new();
        for (own, note) in &mut self.waiting {
            walk::blocks(&mut note.blocks, &mut |list| {
                walk::inlines(list, &mut |inline| {
                    if let Inline::Note { index, .. } = inline
                        && index != own
                    {
                        inner.insert(*index);
                    }
                });
            });
        }
        let mut list: Vec<_> = self.waiting.iter().map(|(l, n)| (n.span, *l)).collect();
        list.sort_by_key(|(span, label)| (inner.contains(label), *span));
        for (_, label) in list {
            if let Some(note) = self.waiting.remove(&label) {
                self.spend(label, note, found, sink);
            }
        }
    }

    fn spend(
        &mut self,
        label: usize,
        mut note: Note,
        found: &mut Found,
        sink: &mut Sink,
    ) {
        let name = self.name(label);
        let message = format!("nothing calls the note `{name}`");
        let d = Diagnostic::new(code::UNUSED_NOTE, message).at(note.span);
        sink.push(d.hint(format!("write `[^{name}]` where it belongs")));
        let first = self.notes.len();
        self.blocks(&mut note.blocks);
        self.called(first);
        found.blocks.append(&mut note.blocks);
    }
}
