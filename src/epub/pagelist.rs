//! The pages of the printed edition: an anchor where each begins, and the list of
//! them (EPUB Accessibility 1.1, 4).
//!
//! Anchors are set as the text is written. The pages of a file wait in their order;
//! the stretch of text in which one begins takes it, and with it those before it that
//! found no place of their own. So they never go backwards.

use super::markup::attr;
use super::names::Names;
use crate::book::paging::{At, First, PageStart};
use crate::book::{Block, Inline, Paging, Ref, walk};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A page of the list.
#[derive(Debug, Clone, Eq, PartialEq)]
pub(super) struct Mark {
    /// printed number
    pub(super) label: String,
    /// anchor, ASCII, unique in the publication
    pub(super) anchor: String,
}

/// All pages, with their anchors.
#[derive(Debug, Default)]
pub(super) struct Marks<'a> {
    list: Vec<(&'a PageStart, Mark)>,
}

impl<'a> Marks<'a> {
    /// Names the pages' anchors. They hold the printed number, so that an address
    /// like `chapter.xhtml#page-12` is good in every build.
    pub(super) fn of(paging: Option<&'a Paging>, names: &Names) -> Marks<'a> {
        let mut taken = BTreeSet::new();
        let mut mark = |start: &'a PageStart| {
            let plain = |c: &char| c.is_ascii_alphanumeric();
            let label: String = start.label.chars().filter(plain).collect();
            let mut anchor = names.free(&format!("page-{label}"));
            while !taken.insert(anchor.clone()) {
                anchor.push_str("-body");
            }
            (start, Mark { label: start.label.clone(), anchor })
        };
        let starts = paging.iter().flat_map(|p| &p.starts);
        Marks { list: starts.map(&mut mark).collect() }
    }

    /// The pages that begin in a chapter.
    pub(super) fn chapter(&self, index: usize) -> Breaks<'a> {
        Breaks::of(self.list.iter().filter(|m| m.0.at.chapter() == Some(index)))
    }

    /// The pages of a part's page, of the title page and their like.
    pub(super) fn page(&self, at: &At) -> Breaks<'a> {
        Breaks::of(self.list.iter().filter(|m| m.0.at == *at))
    }

    /// The first of them.
    pub(super) fn first(&self, at: &At) -> Breaks<'a> {
        Breaks::of(self.list.iter().filter(|m| m.0.at == *at).take(1))
    }
}

/// The pages that begin in one file.
#[derive(Debug, Default)]
pub(super) struct Breaks<'a> {
    list: Vec<(&'a PageStart, Mark)>,
    /// how many have their anchor
    next: usize,
    /// beginning in the source → index, where pages begin with text
    texts: BTreeMap<(FileId, u32), Vec<usize>>,
}

impl<'a> Breaks<'a> {
    fn of<'m>(marks: impl Iterator<Item = &'m (&'a PageStart, Mark)>) -> Breaks<'a>
    where
        'a: 'm,
    {
        let list: Vec<_> = marks.cloned().collect();
        let mut texts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (n, (start, _)) in list.iter().enumerate() {
            if let At::Inside { what: First::Text { span, .. }, .. } = &start.at {
                texts.entry((span.file, span.start)).or_default().push(n);
            }
        }
        Breaks { list, next: 0, texts }
    }

    /// The anchors that have been set, in order.
    pub(super) fn set(&self) -> Vec<Mark> {
        self.list[..self.next].iter().map(|m| m.1.clone()).collect()
    }

    /// The anchors up to a page.
    fn upto(&mut self, index: usize) -> String {
        let from = std::mem::replace(&mut self.next, index + 1);
        self.list[from..=index].iter().map(|m| anchor(&m.1)).collect()
    }

    /// The anchors of a file that is a page of its own, or of a chapter's first page.
    pub(super) fn opening(&mut self) -> String {
        let inside = |m: &(&PageStart, Mark)| matches!(m.0.at, At::Inside { .. });
        let first = self.list.iter().position(inside).unwrap_or(self.list.len());
        if first > self.next { self.upto(first - 1) } else { String::new() }
    }

    /// The anchors of all that is left, at the end of a file.
    pub(super) fn rest(&mut self) -> String {
        if self.next < self.list.len() {
            self.upto(self.list.len() - 1)
        } else {
            String::new()
        }
    }

    /// The anchors in a text: each with the number of bytes before it.
    pub(super) fn text(&mut self, s: &str, span: Span) -> Vec<(usize, String)> {
        if self.next == self.list.len() || span.start == span.end {
            return vec![];
        }
        let within = (span.file, span.start)..(span.file, span.end);
        let found = self.texts.range(within).flat_map(|(_, list)| list);
        let mut found: Vec<usize> = found.copied().filter(|n| *n >= self.next).collect();
        found.sort_unstable();
        let exact = span.range().len() == s.len();
        let mut out: Vec<(usize, String)> = vec![];
        for n in found {
            let At::Inside { what: First::Text { span: at, after }, .. } =
                &self.list[n].0.at
            else {
                continue;
            };
            let from = (at.start - span.start) as usize;
            let byte = match exact && *at != span && s.is_char_boundary(from) {
                true => from,
                false => skip(s, *after),
            };
            if n >= self.next && out.last().is_none_or(|l| l.0 <= byte) {
                out.push((byte, self.upto(n)));
            }
        }
        out
    }

    /// The anchors before a picture.
    pub(super) fn picture(&mut self, path: &str) -> String {
        self.found(|what| matches!(what, First::Picture(p) if p == path))
    }

    /// The anchors before an entry of the index.
    pub(super) fn entry(&mut self, id: &str) -> String {
        self.found(|what| matches!(what, First::Entry(e) if e == id))
    }

    /// Only the page that is next is looked at: things may be named twice.
    fn found(&mut self, is: impl Fn(&First) -> bool) -> String {
        let unknown = |what: &First| *what == First::Unknown;
        let mut n = self.next;
        while let Some((PageStart { at: At::Inside { what, .. }, .. }, _)) =
            self.list.get(n)
        {
            if is(what) {
                return self.upto(n);
            }
            if !unknown(what) {
                break;
            }
            n += 1;
        }
        String::new()
    }

    /// The anchors before text that is about to be written, if a page begins with its
    /// first character: what stands before it, such as a number, is on that page too.
    pub(super) fn before(&mut self, first: Option<Span>) -> String {
        let Some(span) = first else { return String::new() };
        let at = self.texts.get(&(span.file, span.start));
        let starts = |n: &usize| match &self.list[*n].0.at {
            At::Inside { what: First::Text { after: 0, .. }, .. } => *n >= self.next,
            At::Inside { .. }
            | At::TitlePage
            | At::Copyright
            | At::Contents
            | At::Part(_)
            | At::Chapter(_) => false,
        };
        match at.into_iter().flatten().copied().find(starts) {
            Some(n) => self.upto(n),
            None => String::new(),
        }
    }
}

/// The bytes before a character, with so many before it that are no blanks.
fn skip(s: &str, after: usize) -> usize {
    let mut solid = s.char_indices().filter(|(_, c)| !c.is_whitespace());
    solid.nth(after).map_or(s.len(), |(i, _)| i)
}

/// An anchor: nothing is seen of it, a listener may be told its name.
fn anchor(mark: &Mark) -> String {
    format!(
        "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"{}\" \
         aria-label=\"{}\"></span>",
        mark.anchor,
        attr(&mark.label)
    )
}

/// Where the first text of some inlines was written.
pub(super) fn first(list: &[Inline]) -> Option<Span> {
    list.iter().find_map(|inline| match inline {
        Inline::Text(t) | Inline::Code(t) | Inline::Math(t) => Some(t.span),
        Inline::Ruby(r) => Some(r.span()),
        Inline::Emph(x)
        | Inline::Strong(x)
        | Inline::Strike(x)
        | Inline::Marked { text: x, .. }
        | Inline::Super(x)
        | Inline::Sub(x)
        | Inline::Lang { text: x, .. }
        | Inline::Link { text: x, .. }
        | Inline::Ref(Ref { text: x, .. }) => first(x),
        Inline::Picture(_) | Inline::Note { .. } | Inline::Index(_) | Inline::Newline => {
            None
        }
    })
}

/// Where the first text of some blocks was written.
pub(super) fn first_of(blocks: &[Block]) -> Option<Span> {
    let mut found = None;
    let list = blocks.get(..blocks.len().min(1)).unwrap_or_default();
    walk::blocks(list, &mut |b| {
        if found.is_none() {
            walk::inlines_of(b, &mut |i| {
                found = found.or_else(|| first(std::slice::from_ref(i)));
            });
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(label: &str, what: First) -> PageStart {
        PageStart { label: label.into(), at: At::Inside { chapter: 0, what } }
    }
    fn text(label: &str, from: usize, to: usize, after: usize) -> PageStart {
        start(label, First::Text { span: Span::new(FileId(0), from..to), after })
    }
    /// The text with `|12|` where a page begins.
    fn shown(breaks: &mut Breaks, s: &str, span: Span) -> String {
        let mut out = s.to_string();
        for (at, anchors) in breaks.text(s, span).into_iter().rev() {
            let labels = anchors.split("aria-label=\"").skip(1);
            let labels = labels.filter_map(|l| l.split('"').next());
            out.insert_str(at, &format!("|{}|", labels.collect::<Vec<_>>().join(",")));
        }
        out
    }

    #[test]
    fn pages_begin_at_the_exact_character() {
        let chapter = PageStart { label: "1".into(), at: At::Chapter(0) };
        let paging = Paging {
            starts: vec![
                chapter,
                text("2", 13, 16, 0),
                start("3", First::Unknown),
                start("4", First::Picture("a.png".into())),
                text("5", 40, 60, 3),
                start("6", First::Unknown),
            ],
            ..Paging::default()
        };
        let names = Names::of(&crate::book::Book::default());
        let marks = Marks::of(Some(&paging), &names);
        let mut b = marks.chapter(0);
        assert_eq!(b.opening().matches("id=\"page-1\"").count(), 1);
        let span = |r| Span::new(FileId(0), r);
        assert_eq!(shown(&mut b, "甲乙丙", span(10..19)), "甲|2|乙丙");
        assert_eq!(b.picture("b.png"), "");
        assert_eq!(b.picture("a.png").matches("page-").count(), 2);
        // A stretch whose characters have one place: the first three were before.
        assert_eq!(shown(&mut b, "一 二三四", span(40..60)), "一 二三|5|四");
        assert!(b.rest().contains("page-6"));
        assert_eq!(b.set().len(), 6);
        // Negative control: text that was written elsewhere takes no page.
        let mut b = marks.chapter(0);
        b.opening();
        assert_eq!(shown(&mut b, "甲乙丙", span(20..29)), "甲乙丙");
        assert_eq!(shown(&mut b, "甲乙丙", Span::new(FileId(1), 10..19)), "甲乙丙");
    }
    #[test]
    fn a_page_without_a_place_comes_with_the_next() {
        let paging = Paging {
            starts: vec![
                text("2", 5, 8, 0),
                start("3", First::Unknown),
                text("4", 30, 33, 0),
            ],
            ..Paging::default()
        };
        let marks = Marks::of(Some(&paging), &Names::of(&crate::book::Book::default()));
        let mut b = marks.chapter(0);
        let span = |r| Span::new(FileId(0), r);
        assert_eq!(shown(&mut b, "甲乙丙", span(27..36)), "甲|2,3,4|乙丙");
        // What comes too late is there already.
        assert_eq!(shown(&mut b, "甲乙", span(2..8)), "甲乙");
        let mut b = marks.chapter(0);
        assert_eq!(b.before(Some(span(30..33))).matches("page-").count(), 3);
        assert_eq!(b.before(Some(span(30..33))), "");
    }
}
