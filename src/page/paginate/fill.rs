//! A page filled from where the last one ended, and the places where it may end.

use super::flow::{END, Flow};
use crate::geom::Len;

/// Where a page begins.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub(super) struct Start {
    /// the first entry; figures that wait come before it
    pub(super) at: usize,
    /// how many figures wait
    pub(super) waiting: usize,
    /// the first note line that has not been set
    pub(super) note: usize,
}

/// Paragraphs set with another number of lines: the first entry of each, and that of
/// the variant that stands for it.
pub(super) type Choice = [Option<(usize, usize)>; 2];

/// What stands on a page, one under another.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Piece {
    /// an entry
    Put(usize),
    /// the head of the table that goes on with this entry
    Head(usize),
    /// the blank line below a figure at the head of the page
    Blank,
}

/// A place where the page may end.
#[derive(Debug, Copy, Clone)]
pub(super) struct Cut {
    /// where the next page begins; its note is the first line that waits
    pub(super) next: Start,
    /// pieces of this page
    pub(super) pieces: usize,
    /// how far down they go
    pub(super) depth: Len,
    /// what notes take
    pub(super) foot: Len,
    /// the last piece ends with its line of the grid, as rules do, so that the next
    /// line is too low for the page
    pub(super) low: bool,
    /// lines that its gaps can take: two above a heading, one elsewhere
    pub(super) gaps: usize,
    /// the last entry
    pub(super) last: Option<usize>,
    /// lines since the last heading, if there is one
    pub(super) below_heading: Option<usize>,
    /// what became of the notes called here
    pub(super) notes: Notes,
}

/// How the notes that are called on a page stand there.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Notes {
    /// to their ends
    Whole,
    /// the last one goes on
    Split,
    /// one does not even begin
    Apart,
}

/// A long note has more lines; only such a note goes on on the next page (F-04).
const SHORT: usize = 4;
/// At least so many lines of it stand with its call.
const BEGIN: usize = 2;

/// Lines before the foot that each may be the last one.
const NEAR: i64 = 8;

/// A page that is being filled. Used again for each, so that its room is kept.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) pieces: Vec<Piece>,
    pub(super) cuts: Vec<Cut>,
    /// before this one some were left out
    pub(super) skimmed: Option<usize>,
    /// how far down the last solid piece goes
    depth: Len,
    /// with the blank lines after it
    open: Len,
    /// pieces up to the last solid one
    solid: usize,
    gaps: usize,
    /// space stands after the last solid piece that may be more
    gives: bool,
    waiting: usize,
    below_heading: Option<usize>,
}

impl Page {
    /// Fills the page until nothing more fits. Its first entry always does. Where not
    /// `all` cuts are asked for, those in plain text far from the foot are left out.
    pub(super) fn fill(
        &mut self,
        flow: &Flow<'_>,
        start: Start,
        choice: Choice,
        all: bool,
    ) {
        let Page { mut pieces, mut cuts, .. } = std::mem::take(self);
        pieces.clear();
        cuts.clear();
        *self = Page { pieces, cuts, ..Page::default() };
        self.figures(flow, start);
        let mut at = flow.solid(start.at);
        if at == END || self.solid > 0 {
            let (note, notes) = self.rest(flow, start);
            self.cut(flow, start, at, note, notes);
        }
        if self.waiting > 0 {
            return;
        }
        self.again(flow, at);
        let mut after_figure = false;
        while at != END {
            if let Some((_, variant)) = choice.iter().flatten().find(|c| c.0 == at) {
                at = *variant;
            }
            let far = if all { 0 } else { self.far(flow, start, at, choice) };
            if far > 0 {
                self.skim(flow, at, far);
                at = flow.next(at + far - 1);
                after_figure = false;
                continue;
            }
            let entry = flow.entries[at];
            if entry.space {
                // None at the head of a page, nor where a figure was taken out.
                if self.solid > 0 && !after_figure {
                    self.gives |= !entry.rigid;
                    self.pieces.push(Piece::Put(at));
                    self.open += entry.height;
                }
                at = flow.next(at);
                continue;
            }
            after_figure = false;
            if entry.bars && self.waiting > 0 {
                return;
            }
            let first = self.depth == Len::ZERO;
            let down = entry.end(self.open, flow.area.leading);
            let down_to = (down, flow.below(at));
            let to = notes(flow, start.note, flow.called(at), down_to, first);
            if entry.floats() && (self.waiting > 0 || to.is_none()) {
                // It waits for the next page, and text goes on.
                self.pieces.truncate(self.solid);
                self.gives = false;
                self.open = self.depth;
                self.waiting += 1;
                after_figure = true;
                at = flow.next(at);
                continue;
            }
            let Some((note, notes)) = to else { return };
            self.put(flow, at, down);
            at = flow.next(at);
            self.cut(flow, start, flow.solid(at), note, notes);
        }
    }
    /// How many lines of plain text come that all end far from the foot.
    fn far(&self, flow: &Flow<'_>, start: Start, at: usize, choice: Choice) -> usize {
        if flow.plain(at) == 0 || self.waiting > 0 || choice != Choice::default() {
            return 0;
        }
        let foot = flow.foot(start.note, flow.called(at).max(start.note));
        let leading = flow.area.leading.to_sp().max(1);
        let room = (flow.page - foot - self.open).to_sp() / leading;
        (room - NEAR).clamp(0, flow.plain(at) as i64) as usize
    }
    /// Puts so many lines of plain text, without a cut.
    fn skim(&mut self, flow: &Flow<'_>, at: usize, lines: usize) {
        let spaced = self.solid > 0 && std::mem::take(&mut self.gives);
        self.gaps += usize::from(spaced);
        self.below_heading = self.below_heading.map(|n| n + lines);
        self.pieces.extend((at..at + lines).map(Piece::Put));
        self.solid = self.pieces.len();
        self.depth = self.open + flow.area.leading * lines as i64;
        self.open = self.depth;
        self.skimmed = Some(self.cuts.len());
    }
    /// Figures that waited, at the head of the page.
    fn figures(&mut self, flow: &Flow<'_>, start: Start) {
        let waiting = flow.waiting(start.at, start.waiting);
        for (n, &at) in waiting.iter().enumerate() {
            let height = flow.entries[at].height;
            if n > 0 && self.open + height > flow.page {
                self.waiting = waiting.len() - n;
                break;
            }
            self.put(flow, at, self.open + height);
            self.pieces.push(Piece::Blank);
            self.gives = true;
            self.open += flow.area.leading;
        }
    }
    /// The head of a table that goes on; not one that would fill the page.
    fn again(&mut self, flow: &Flow<'_>, at: usize) {
        if at == END {
            return;
        }
        let head = flow.entries[at].head.as_ref().map(|h| super::height(h));
        if let Some(height) = head.filter(|h| *h * 2 < flow.page) {
            self.pieces.push(Piece::Head(at));
            self.open += height;
        }
    }
    fn put(&mut self, flow: &Flow<'_>, at: usize, down: Len) {
        let entry = flow.entries[at];
        let spaced = self.solid > 0 && std::mem::take(&mut self.gives);
        let heading = entry.heading && self.solid > 0;
        self.gaps += if heading { 2 } else { usize::from(spaced) };
        self.below_heading = match entry.heading {
            true => Some(0),
            false => self.below_heading.map(|n| n + 1),
        };
        self.pieces.push(Piece::Put(at));
        self.solid = self.pieces.len();
        (self.depth, self.open) = (down, down);
    }
    fn cut(
        &mut self,
        flow: &Flow<'_>,
        start: Start,
        at: usize,
        note: usize,
        notes: Notes,
    ) {
        let last = match self.pieces[..self.solid].last() {
            Some(Piece::Put(at)) => Some(*at),
            Some(Piece::Head(_) | Piece::Blank) | None => None,
        };
        self.cuts.push(Cut {
            next: Start { at, waiting: self.waiting, note },
            pieces: self.solid,
            depth: self.depth,
            foot: flow.foot(start.note, note),
            gaps: self.gaps,
            low: last.is_some_and(|at| flow.below(at) > Len::ZERO),
            last,
            below_heading: self.below_heading,
            notes,
        });
    }
    /// The notes of a page without text; one line at least, where nothing else
    /// stands on it.
    fn rest(&self, flow: &Flow<'_>, start: Start) -> (usize, Notes) {
        let called = flow.called_before(start.at);
        let to = notes(flow, start.note, called, (self.depth, Len::ZERO), true);
        let note = to.map_or(start.note, |t| t.0);
        let least = if self.solid == 0 { called.min(start.note + 1) } else { start.note };
        let note = note.max(least);
        let notes = if note < called { Notes::Split } else { Notes::Whole };
        (note, notes)
    }
}

/// How far the notes come on a page whose text goes so far down, with so much to be
/// left below it: the line after their last. `None` where the text must end before.
fn notes(
    flow: &Flow<'_>,
    from: usize,
    called: usize,
    (down, below): (Len, Len),
    first: bool,
) -> Option<(usize, Notes)> {
    let fits = |to: usize| down + below.max(flow.foot(from, to)) <= flow.page;
    if fits(called) || (first && called == from) {
        return Some((called, Notes::Whole));
    }
    // The last line that fits, of those from `least` on.
    let until = |least: usize| {
        let (mut low, mut high) = (least, called);
        while low < high {
            let middle = low + (high - low) / 2;
            if fits(middle) { low = middle + 1 } else { high = middle }
        }
        low.checked_sub(1).filter(|to| *to >= least)
    };
    let last = called.checked_sub(1).map(|n| flow.notes[n].note);
    let least = match last {
        Some((begin, _)) if begin < from => Some(from + 1),
        Some((begin, end)) if end - begin > SHORT => Some(begin + BEGIN),
        Some(_) | None => None,
    };
    if let Some(to) = least.and_then(until) {
        return Some((to, Notes::Split));
    }
    first.then(|| (until(from).unwrap_or(from), Notes::Apart))
}
