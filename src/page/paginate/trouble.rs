//! What an editor would send back, where no cut was without a fault.

use super::fill::Notes;
use super::flow::{END, Flow};
use super::price;
use super::walk::Chosen;
use crate::source::Span;
use std::ops::Range;

/// A fault of a page, and where the text is that it is about.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Trouble {
    /// which
    pub kind: Kind,
    /// the last text of the page, if it has any
    pub span: Span,
}

/// The faults of pages.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Kind {
    /// the last line of a paragraph alone at the head of a page (孤行)
    Widow,
    /// the first line of a paragraph alone at the foot
    Orphan,
    /// a heading at the foot (背题)
    Heading,
    /// what belongs together, such as a table's head and its first row, is cut
    Parted,
    /// so many lines between the ends of facing pages
    Uneven(u8),
    /// the last page of a chapter has one line
    Tail,
    /// a note that does not stand on the page of its call
    Note,
}

/// A page that lacks so many lines is worth a paragraph set again.
const LACK: u8 = 2;

/// The entries of pages that are not good, with two pages before and one after: from
/// there a line less or more reaches them.
pub(super) fn wanting(flow: &Flow<'_>, pages: &[Chosen]) -> Vec<Range<usize>> {
    let bad = |(n, page): (usize, &Chosen)| {
        let lacks = price::short(flow, &page.cut, page.slack) >= LACK;
        let last = price::ends(flow, &page.cut);
        let bad = (lacks && !last) || kinds(flow, page, n).next().is_some();
        let end = pages.get(n + 1).unwrap_or(page).cut.next.at;
        bad.then(|| pages[n.saturating_sub(2)].start.at..end)
    };
    pages.iter().enumerate().filter_map(bad).collect()
}

/// What is wrong with the pages of a chapter.
pub(super) fn troubles(flow: &Flow<'_>, pages: &[Chosen]) -> Vec<Trouble> {
    let mut out = vec![];
    for (n, page) in pages.iter().enumerate() {
        let trouble = |kind| Trouble { kind, span: span(flow, page) };
        out.extend(kinds(flow, page, n).map(trouble));
    }
    out
}

fn kinds(flow: &Flow<'_>, page: &Chosen, n: usize) -> impl Iterator<Item = Kind> {
    let kinds = [held(flow, page), uneven(flow, page), tail(flow, page, n), note(page)];
    kinds.into_iter().flatten()
}

fn span(flow: &Flow<'_>, page: &Chosen) -> Span {
    let mut at = page.start.at;
    let mut span = Span::default();
    let last = page.cut.last;
    while at != END {
        let entry = flow.entries[at];
        if entry.span != Span::default() {
            span = entry.span;
        }
        if Some(at) == last || at == page.cut.next.at {
            break;
        }
        at = flow.next(at);
    }
    // Nothing on it was written anywhere, such as a picture: the text before it was.
    let before = flow.entries[..flow.order(page.start.at).min(flow.length())].iter();
    let near = before.rev().map(|e| e.span).find(|s| *s != Span::default());
    if span == Span::default() { near.unwrap_or_default() } else { span }
}

fn held(flow: &Flow<'_>, page: &Chosen) -> Option<Kind> {
    if price::hold(flow, &page.cut, !page.recto) == 0 {
        return None;
    }
    let last = flow.entries[page.cut.last?];
    // A heading alone on its page could not be held together with anything.
    let alone = last.heading && page.cut.below_heading == Some(0) && headings(flow, page);
    let leads = last.leads && !last.keep && !page.recto;
    if alone || leads || (last.loosely && !last.heading) {
        return None;
    }
    Some(match last.part {
        _ if last.heading => Kind::Heading,
        Some((line, of)) if line + 2 == of => Kind::Widow,
        Some((0, of)) if of > 1 => Kind::Orphan,
        Some(_) | None => Kind::Parted,
    })
}

/// Whether nothing but headings stands on a page.
fn headings(flow: &Flow<'_>, page: &Chosen) -> bool {
    let mut at = flow.solid(page.start.at);
    while at != END && flow.entries[at].heading && Some(at) != page.cut.last {
        at = flow.next(at);
    }
    page.start.waiting == 0 && Some(at) == page.cut.last
}

fn uneven(flow: &Flow<'_>, page: &Chosen) -> Option<Kind> {
    if price::ends(flow, &page.cut) {
        return None;
    }
    let short = price::short(flow, &page.cut, page.slack);
    let apart = page.before?.abs_diff(short);
    (apart > 0).then_some(Kind::Uneven(apart))
}

fn tail(flow: &Flow<'_>, page: &Chosen, n: usize) -> Option<Kind> {
    let one = n > 0 && price::ends(flow, &page.cut);
    (one && price::tail_lines(flow, &page.cut) == 1).then_some(Kind::Tail)
}

fn note(page: &Chosen) -> Option<Kind> {
    (page.cut.notes == Notes::Apart).then_some(Kind::Note)
}
