//! A galley as pages are filled from it: entries with their successors, so that a
//! paragraph may be replaced by one with another number of lines, and the lines of
//! all notes in one row.

use crate::config::TypeArea;
use crate::geom::Len;
use crate::page::Draw;
use crate::page::galley::{Entry, Galley, Variant};

/// The galley's entries, then those of variants.
pub(super) struct Flow<'a> {
    pub(super) entries: Vec<&'a Entry>,
    /// what follows an entry; [`END`] follows the last
    next: Vec<usize>,
    /// where an entry is in the text: never less than that of one before it
    order: Vec<usize>,
    /// note lines called up to an entry, its own with them
    called: Vec<usize>,
    /// what must be left below an entry at the foot of a page
    below: Vec<Len>,
    /// how many entries follow one another from here that are lines of text and
    /// nothing else
    plain: Vec<usize>,
    /// floats up to an entry, itself not
    floats: Vec<usize>,
    /// where they are
    float: Vec<usize>,
    /// the lines of all notes, in the order of their calls
    pub(super) notes: Vec<NoteLine<'a>>,
    /// their heights, summed
    sums: Vec<Len>,
    /// paragraphs with other numbers of lines, by their first entries: where these begin,
    /// what they cost; nothing where no paragraph has any
    variants: Vec<Vec<(usize, i64)>>,
    /// entries without variants
    length: usize,
    pub(super) area: TypeArea,
    /// height of a page
    pub(super) page: Len,
    /// entries keep their distances, and any number of them may stand on the last
    /// page
    pub(super) list: bool,
}

/// After the last entry.
pub(super) const END: usize = usize::MAX;

/// A line of a note.
pub(super) struct NoteLine<'a> {
    pub(super) entry: &'a Entry,
    /// the first line of its note, and the one after its last
    pub(super) note: (usize, usize),
}

impl<'a> Flow<'a> {
    pub(super) fn new(galley: &'a Galley, area: TypeArea) -> Flow<'a> {
        let end = galley.entries.len();
        let mut flow = Flow {
            entries: Vec::with_capacity(end),
            next: Vec::with_capacity(end),
            order: vec![],
            called: vec![],
            below: vec![],
            plain: vec![],
            floats: vec![],
            float: vec![],
            notes: vec![],
            sums: vec![Len::ZERO],
            variants: vec![],
            length: end,
            area,
            page: area.leading * i64::from(area.lines),
            list: false,
        };
        for (i, entry) in galley.entries.iter().enumerate() {
            flow.floats.push(flow.float.len());
            if entry.floats() {
                flow.float.push(i);
            }
            flow.notes_of(entry);
            flow.push(entry, follower(i + 1, end), i, flow.notes.len());
        }
        if !galley.variants.is_empty() {
            flow.variants.resize(end, vec![]);
        }
        for (first, variants) in &galley.variants {
            for variant in variants {
                let after = follower(first + variant.of, end);
                flow.variant(*first, after, variant);
            }
        }
        flow.plain = flow.runs();
        flow
    }
    fn push(&mut self, entry: &'a Entry, next: usize, order: usize, called: usize) {
        // Text ends with the frames of its characters, above the end of its line; so
        // must rules and pictures.
        let gap = self.area.leading - self.area.size;
        let low = lowest(entry) > entry.height - gap;
        self.below.push(if low { gap.max(Len::ZERO) } else { Len::ZERO });
        self.entries.push(entry);
        self.next.push(next);
        self.order.push(order);
        self.called.push(called);
    }
    /// Entries of one line each that nothing is special about.
    fn runs(&self) -> Vec<usize> {
        let mut runs = vec![0; self.entries.len()];
        for (at, entry) in self.entries.iter().enumerate().rev() {
            let special = entry.space
                || entry.snap
                || entry.heading
                || entry.float
                || entry.bars
                || entry.head.is_some()
                || !entry.notes.is_empty();
            if !special && entry.height == self.area.leading {
                let goes_on = self.next[at] == at + 1;
                runs[at] = 1 + if goes_on { runs[at + 1] } else { 0 };
            }
        }
        runs
    }
    fn notes_of(&mut self, entry: &'a Entry) {
        for lines in entry.notes.iter().flat_map(|n| &n.lines) {
            let note = (self.notes.len(), self.notes.len() + lines.len());
            for entry in lines {
                self.sums.push(self.height(self.notes.len()) + entry.height);
                self.notes.push(NoteLine { entry, note });
            }
        }
    }
    fn variant(&mut self, first: usize, after: usize, variant: &'a Variant) {
        let begin = self.entries.len();
        let mut called = self.called_before(first);
        for (n, entry) in variant.entries.iter().enumerate() {
            called += lines_called(entry);
            let last = n + 1 == variant.entries.len();
            let next = if last { after } else { begin + n + 1 };
            self.push(entry, next, first + n.min(variant.of - 1), called);
            self.floats.push(self.floats[first]);
        }
        self.variants[first].push((begin, variant.cost));
    }
    /// Where a chapter begins.
    pub(super) fn first(&self) -> usize {
        if self.entries.is_empty() { END } else { 0 }
    }
    /// How many entries the galley has, without variants.
    pub(super) fn length(&self) -> usize {
        self.length
    }
    pub(super) fn next(&self, at: usize) -> usize {
        self.next[at]
    }
    /// Where an entry is in the text.
    pub(super) fn order(&self, at: usize) -> usize {
        self.order.get(at).copied().unwrap_or(usize::MAX)
    }
    /// The same entry, or the first one after it that is no space.
    pub(super) fn solid(&self, mut at: usize) -> usize {
        while at != END && self.entries[at].space {
            at = self.next[at];
        }
        at
    }
    /// What must be left below an entry where it ends a page.
    pub(super) fn below(&self, at: usize) -> Len {
        self.below[at]
    }
    /// How many lines of text and nothing else follow one another from an entry on.
    pub(super) fn plain(&self, at: usize) -> usize {
        self.plain[at]
    }
    /// How many note lines are called before an entry.
    pub(super) fn called_before(&self, at: usize) -> usize {
        match self.entries.get(at) {
            Some(entry) => self.called[at] - lines_called(entry),
            None => self.notes.len(),
        }
    }
    /// How many note lines are called up to an entry and in it.
    pub(super) fn called(&self, at: usize) -> usize {
        self.called[at]
    }
    /// The floats before an entry that still wait, of which there are so many.
    pub(super) fn waiting(&self, at: usize, n: usize) -> &[usize] {
        let all = self.floats.get(at).copied().unwrap_or(self.float.len());
        &self.float[all - n..all]
    }
    /// The height of the note lines before this one.
    pub(super) fn height(&self, line: usize) -> Len {
        self.sums[line]
    }
    /// The ways to set a paragraph that begins here.
    pub(super) fn variants(&self, first: usize) -> &[(usize, i64)] {
        self.variants.get(first).map_or(&[], Vec::as_slice)
    }
    /// Whether any paragraph may be set in more ways than one.
    pub(super) fn varies(&self) -> bool {
        !self.variants.is_empty()
    }
    /// What notes with these lines take of a page: whole lines of the grid, the
    /// space above them included.
    pub(super) fn foot(&self, from: usize, to: usize) -> Len {
        if from == to {
            return Len::ZERO;
        }
        let notes = self.sums[to] - self.sums[from];
        (notes + super::rule_space(&self.area)).up_to(self.area.leading)
    }
}

/// How far down rules, pictures and outlines go.
fn lowest(entry: &Entry) -> Len {
    let ends = entry.draws.iter().map(|(p, draw, _)| match draw {
        Draw::Rule { size, .. } | Draw::Image { size, .. } => p.block + size.h,
        Draw::Text(_) | Draw::Path { .. } | Draw::Turned(_) => Len::ZERO,
    });
    ends.max().unwrap_or_default()
}

fn follower(at: usize, end: usize) -> usize {
    if at == end { END } else { at }
}

fn lines_called(entry: &Entry) -> usize {
    entry.notes.iter().flat_map(|n| &n.lines).map(Vec::len).sum()
}
