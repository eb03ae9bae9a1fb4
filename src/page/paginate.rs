//! The galley, cut into pages.
//!
//! A page takes entries as long as they fit, together with the notes that they
//! call, which stand at its foot. Widows, orphans and headings that cling to
//! what follows are all said with one number: what an entry *needs* is its own
//! height and, where it must stay with the next entry, what that one needs. A
//! figure that does not fit waits for the head of the next page while text goes
//! on. Notes that do not fit go on at the foot of the next page.

use super::Draw;
use super::galley::{Entry, height};
use crate::config::TypeArea;
use crate::geom::{Len, Logical, Size};
use std::collections::VecDeque;

/// What stands on one page, before its furniture.
#[derive(Debug, Default, Clone)]
pub struct Leaf {
    /// what is drawn, from the top of the type area
    pub draws: Vec<(Logical, Draw)>,
    /// ids of what stands here
    pub anchors: Vec<(String, Logical)>,
    /// begins a chapter: no running head
    pub opener: bool,
    /// how far down text and figures go
    pub fill: Len,
}

impl Leaf {
    /// Whether nothing is drawn on it.
    pub fn is_blank(&self) -> bool {
        self.draws.is_empty()
    }
}

/// Cuts a chapter's galley.
pub fn cut(entries: Vec<Entry>, area: &TypeArea) -> Vec<Leaf> {
    let leaves = cut_once(entries.clone(), area);
    let page = area.leading * i64::from(area.lines);
    let short = |l: &Leaf| l.fill < area.leading * TAIL as i64;
    if leaves.len() < 2 || !leaves.last().is_some_and(short) {
        return leaves;
    }
    // A last page of a line or two: take a few from the page before, if that
    // costs no page and leaves none nearly empty.
    let mut together = entries;
    keep_tail(&mut together);
    let better = cut_once(together, area);
    let full = |l: &Leaf| l.fill * 5 >= page * 3;
    let before = leaves.len() - 1;
    if better.len() == leaves.len() && better[..before].iter().all(full) {
        better
    } else {
        leaves
    }
}

fn cut_once(entries: Vec<Entry>, area: &TypeArea) -> Vec<Leaf> {
    let needs = needs(&entries, area);
    let mut cutter = Cutter::new(area);
    for (entry, need) in entries.into_iter().zip(needs) {
        cutter.take(entry, need);
    }
    cutter.finish()
}

/// Lines that end a chapter stay together, so that its last page has more than
/// one or two of them.
const TAIL: usize = 4;

fn keep_tail(entries: &mut [Entry]) {
    let n = entries.len();
    for entry in entries[..n.saturating_sub(1)].iter_mut().rev().take(TAIL - 1) {
        entry.keep = true;
    }
}

/// What an entry needs to begin on a page: room for text, and for the notes
/// that are called in it.
#[derive(Debug, Default, Copy, Clone)]
struct Need {
    body: Len,
    notes: Len,
}

/// What each entry needs; never more than a page.
fn needs(entries: &[Entry], area: &TypeArea) -> Vec<Need> {
    let page = area.leading * i64::from(area.lines);
    let mut out = vec![Need::default(); entries.len()];
    let mut next = Need::default();
    for (i, e) in entries.iter().enumerate().rev() {
        let own = Need { body: e.height, notes: e.notes.iter().map(|n| start(n)).sum() };
        let both = Need { body: own.body + next.body, notes: own.notes + next.notes };
        // A blank line stays with what follows it, but not with a figure, which
        // may be put off.
        let floats = entries.get(i + 1).is_some_and(|e| e.float);
        let clings = e.keep || (e.space && !floats);
        let fits = both.body + both.notes + rule_space(area) <= page;
        out[i] = if clings && fits { both } else { own };
        next = out[i];
    }
    out
}

/// What must stand on the page of its call: a short note whole, two lines of a
/// long one, which may go on (F-04).
fn start(note: &[Entry]) -> Len {
    const SHORT: usize = 4;
    height(if note.len() > SHORT { &note[..2] } else { note })
}

struct Cutter<'a> {
    area: &'a TypeArea,
    page: Len,
    leaves: Vec<Leaf>,
    body: Vec<Entry>,
    notes: Vec<Entry>,
    /// figures that wait for the head of the next page
    floats: VecDeque<Entry>,
    /// notes that go on at the foot of the next page
    rest: Vec<Entry>,
    /// a figure was just put off
    after_float: bool,
}

impl<'a> Cutter<'a> {
    fn new(area: &'a TypeArea) -> Cutter<'a> {
        let page = area.leading * i64::from(area.lines);
        Cutter {
            area,
            page,
            leaves: vec![],
            body: vec![],
            notes: vec![],
            floats: VecDeque::new(),
            rest: vec![],
            after_float: false,
        }
    }
    /// How far down text and figures go.
    fn depth(&self) -> Len {
        self.body.iter().fold(Len::ZERO, |at, e| e.end(at, self.area.leading))
    }
    /// What the notes take with the rule above them, in whole lines of the grid.
    fn foot(&self, more: Len) -> Len {
        let notes = height(&self.notes) + more;
        if notes == Len::ZERO {
            return Len::ZERO;
        }
        (notes + rule_space(self.area)).up_to(self.area.leading)
    }
    fn take(&mut self, entry: Entry, need: Need) {
        let after_float = std::mem::take(&mut self.after_float);
        if entry.space && (self.body.is_empty() || after_float) {
            return;
        }
        let fits = |c: &Self| c.depth() + need.body + c.foot(need.notes) <= c.page;
        // Figures keep their order: none goes before one that waits.
        let waits = entry.float && !self.floats.is_empty();
        if waits || (!fits(self) && !self.body.is_empty()) {
            if entry.space {
                // What follows does not fit either.
                return self.turn();
            }
            if entry.float {
                return self.put_off(entry);
            }
            self.turn();
            // Figures and notes that waited may leave no room for it.
            let blank = |c: &Self| c.body.is_empty() && c.notes.is_empty();
            while !(fits(self) || blank(self)) {
                self.turn();
            }
            self.again(&entry);
        }
        self.put(entry);
    }
    /// A figure waits, and the blank lines around it go with it.
    fn put_off(&mut self, figure: Entry) {
        while self.body.last().is_some_and(|e| e.space) {
            self.body.pop();
        }
        self.after_float = true;
        self.floats.push_back(figure);
    }
    /// The head of a table that goes on; not one that would fill the page.
    fn again(&mut self, entry: &Entry) {
        if let Some(head) = entry.head.as_ref().filter(|h| height(h) * 2 < self.page) {
            self.body.extend(head.iter().cloned());
        }
    }
    fn put(&mut self, mut entry: Entry) {
        let notes = std::mem::take(&mut entry.notes);
        self.body.push(entry);
        for note in notes {
            self.note(note);
        }
    }
    /// Puts a note at the foot; its lines that do not fit wait for the next page.
    fn note(&mut self, lines: Vec<Entry>) {
        // Where notes go on, text has a few lines of the page all the same.
        let text = self.area.leading * TAIL as i64;
        let own = self.depth();
        let own = if own == Len::ZERO && self.page > text * 2 { text } else { own };
        for line in lines {
            let first = self.body.is_empty() && self.notes.is_empty();
            let fits = self.foot(line.height) <= self.page - own;
            if self.rest.is_empty() && (fits || first) {
                self.notes.push(line);
            } else {
                self.rest.push(line);
            }
        }
    }
    /// Ends the page.
    fn turn(&mut self) {
        while self.body.last().is_some_and(|e| e.space) {
            self.body.pop();
        }
        let leaf = self.leaf();
        self.leaves.push(leaf);
        while let Some(entry) = self.floats.pop_front() {
            let full = self.depth() + entry.height > self.page;
            if full && !self.body.is_empty() {
                self.floats.push_front(entry);
                break;
            }
            self.put(entry);
            self.body.push(Entry::space(self.area.leading));
        }
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.note(rest);
        }
    }
    fn leaf(&mut self) -> Leaf {
        let mut leaf = Leaf { opener: self.leaves.is_empty(), ..Leaf::default() };
        let mut at = Len::ZERO;
        for entry in std::mem::take(&mut self.body) {
            let next = entry.end(at, self.area.leading);
            place(entry, at, &mut leaf);
            at = next;
        }
        leaf.fill = at;
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            // The last line of the notes ends with the type area.
            let mut at = self.area.depth() - height(&notes);
            let size = Size { w: self.area.measure().frac(1, 4), h: RULE };
            let above = Logical {
                inline: Len::ZERO,
                block: at - rule_space(self.area).frac(1, 3),
            };
            leaf.draws.push((above, Draw::Rule { size, black: 100 }));
            for entry in notes {
                let next = at + entry.height;
                place(entry, at, &mut leaf);
                at = next;
            }
        }
        leaf
    }
    fn finish(mut self) -> Vec<Leaf> {
        while !(self.body.is_empty() && self.floats.is_empty() && self.notes.is_empty()) {
            self.turn();
        }
        self.leaves
    }
}

/// Thickness of the rule above notes.
const RULE: Len = Len::milli_pt(400);

/// The least space between text and notes. The rule stands nearer to the notes;
/// what the grid leaves over is between text and rule (F-04).
fn rule_space(area: &TypeArea) -> Len {
    area.leading.frac(3, 4)
}

fn place(entry: Entry, at: Len, leaf: &mut Leaf) {
    let here = Logical { inline: Len::ZERO, block: at };
    leaf.anchors.extend(entry.anchors.into_iter().map(|id| (id, here)));
    for (p, draw) in entry.draws {
        leaf.draws.push((Logical { block: p.block + at, ..p }, draw));
    }
}
