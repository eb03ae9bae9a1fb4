//! Where in the text each finished page begins, for editions without pages.
//!
//! A page begins with the first thing on it that goes on where the pages before it
//! ended. Every place knows its way from the chapter in, and ways sort as the text
//! does: so a figure that floated here from an earlier page, a table's head that is
//! set again and the notes at the foot are passed over.

use super::refs::{Spot, Spots};
use super::structure::{Place, Role, Tag};
use super::tagging::STEP;
use super::{Draw, Page, index};
use crate::book::paging::{At, First, Locator, PageStart, Paging};
use crate::book::{Book, Role as Part, index::Entry};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The way to a place: which child of its parent each of its places is.
type Way = Vec<u32>;

/// Where the pages of a book begin, and which of them its index names.
pub fn paging(book: &Book, pages: &[Arc<Page>]) -> Paging {
    let mut reader = Reader {
        book,
        furthest: Way::new(),
        begun: BTreeSet::new(),
        written: BTreeMap::new(),
    };
    let mut starts = vec![];
    for page in pages {
        let at = reader.start(page);
        reader.pass(page);
        let label = page.label.clone();
        starts.extend(at.map(|at| PageStart { label, at }));
    }
    let spots = spots(pages);
    let mut locators = BTreeMap::new();
    book.index.groups.iter().for_each(|g| located(&g.entries, &spots, &mut locators));
    Paging { starts, locators }
}

struct Reader<'a> {
    book: &'a Book,
    /// the place that the pages so far have come to
    furthest: Way,
    /// chapters that have begun
    begun: BTreeSet<usize>,
    /// how many characters, without blanks, of each place in a chapter's source
    written: BTreeMap<(u32, Span), usize>,
}

impl Reader<'_> {
    /// What a page begins with; nothing for one without text of its own.
    fn start(&self, page: &Page) -> Option<At> {
        // A term stands in the place around its meanings.
        let new =
            |d: &(Way, &Draw)| d.0 >= self.furthest || self.furthest.starts_with(&d.0);
        let mut here = self.read(page).filter(new).peekable();
        let top = *here.peek()?.0.first()?;
        match top % STEP {
            0 => {}
            2 => return Some(At::TitlePage),
            3 => return Some(At::Copyright),
            5 => return Some(At::Contents),
            // The page of a part goes right before its chapter.
            9 => return Some(At::Part((top / STEP) as usize)),
            _ => return None,
        }
        let chapter = (top / STEP - 1) as usize;
        if !self.begun.contains(&chapter) {
            return Some(At::Chapter(chapter));
        }
        let what = match self.book.chapters.get(chapter).map(|c| c.role) {
            Some(Part::Index) => entry(self.book, page),
            Some(_) | None => here.find_map(|(_, draw)| self.first(top, draw)),
        };
        Some(At::Inside { chapter, what: what.unwrap_or(First::Unknown) })
    }

    /// What a drawn thing is, if it can be found again.
    fn first(&self, top: u32, draw: &Draw) -> Option<First> {
        match draw {
            Draw::Text(run) => {
                let span = Some(run.span).filter(|s| *s != Span::default())?;
                let after = self.written.get(&(top, span)).copied().unwrap_or(0);
                Some(First::Text { span, after })
            }
            Draw::Image { path, .. } => Some(First::Picture(path.clone())),
            Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => None,
        }
    }

    /// Counts what a page holds.
    fn pass(&mut self, page: &Page) {
        let here: Vec<_> = self.read(page).collect();
        let furthest = here.iter().map(|d| &d.0).max().cloned().unwrap_or_default();
        for (way, draw) in here {
            let Some(top) = way.first().copied() else { continue };
            if top % STEP == 0 {
                self.begun.insert((top / STEP - 1) as usize);
            }
            if let Draw::Text(run) = draw {
                let n = run.text.chars().filter(|c| !c.is_whitespace()).count();
                *self.written.entry((top, run.span)).or_default() += n;
            }
        }
        self.furthest = std::mem::take(&mut self.furthest).max(furthest);
    }

    /// What is read on a page as part of the running text, with the ways to it.
    fn read<'p>(&self, page: &'p Page) -> impl Iterator<Item = (Way, &'p Draw)> {
        let gathered = self.book.notes.gathered();
        let all = page.items.iter().flat_map(|(_, draw, tag)| match draw {
            Draw::Turned(inside) => inside.iter().map(|(_, d, t)| (d, t)).collect(),
            Draw::Text(_)
            | Draw::Rule { .. }
            | Draw::Image { .. }
            | Draw::Path { .. } => vec![(draw, tag)],
        });
        all.filter_map(move |(draw, tag)| {
            let Tag::In(place) = tag else { return None };
            // What is no text is not read, such as the number of a line of code.
            let mute = matches!(draw, Draw::Text(run) if run.text.trim().is_empty());
            let path = place.path();
            let noted = |p: &&Place| matches!(p.role, Role::Note(_));
            if mute || !gathered && path.iter().any(noted) {
                return None;
            }
            Some((path.iter().map(|p| p.index).collect(), draw))
        })
    }
}

/// The first entry of the index that begins on a page.
fn entry(book: &Book, page: &Page) -> Option<First> {
    fn ids<'b>(list: &'b [Entry], out: &mut BTreeSet<&'b str>) {
        for e in list {
            out.insert(&e.id);
            ids(&e.below, out);
        }
    }
    let mut known = BTreeSet::new();
    book.index.groups.iter().for_each(|g| ids(&g.entries, &mut known));
    let id = page.anchors.iter().map(|a| &a.0).find(|id| known.contains(id.as_str()))?;
    Some(First::Entry(id.clone()))
}

/// The pages of everything that has an id. Numbers begin again with the body, which
/// begins with a page 1 behind the first page of all.
fn spots(pages: &[Arc<Page>]) -> Spots {
    let body = pages.iter().skip(1).position(|p| p.label == "1").map(|n| n + 1);
    let body = body.unwrap_or(pages.len());
    let mut out = Spots::new();
    for (n, page) in pages.iter().enumerate() {
        let number = if n < body { n } else { n - body } as u32 + 1;
        for (id, _) in &page.anchors {
            let spot = Spot { label: page.label.clone(), page: (n >= body, number) };
            out.entry(id.clone()).or_insert(spot);
        }
    }
    out
}

fn located(list: &[Entry], spots: &Spots, out: &mut BTreeMap<String, Vec<Locator>>) {
    for e in list {
        let pages = index::pages(&e.places, spots).into_iter();
        let pages = pages.map(|(label, id, main)| Locator { label, id, main });
        out.insert(e.id.clone(), pages.collect());
        located(&e.below, spots, out);
    }
}
