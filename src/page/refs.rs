//! What the text says of its own pages: 第 15 页, notes counted from each page, the
//! index.
//!
//! Pages are known when the book is laid out, and their numbers in the text may
//! move it. The book is laid out once with what stands for them where there are no
//! pages; then the chapters whose numbers turned out otherwise are laid out again,
//! until nothing changes. Numbers of one width settle at once; where they swing
//! from one page to the other, the place is named.

use super::index::{self, Row};
use super::laid::{Known, Laid, lay};
use super::notes::call_anchor;
use super::{Input, makeup};
use crate::book::{
    Book, Chapter, Inline, NotePlace, Role, Show, Text, refs, revise, walk,
};
use crate::diag::{Diagnostic, Sink, code};
use crate::font::shape::Shaper;
use crate::source::Span;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A page: its printed number, and its place among the pages that are numbered
/// alike, those of the front matter first.
#[derive(Debug, Clone, Eq, PartialEq)]
pub(super) struct Spot {
    pub(super) label: String,
    pub(super) page: (bool, u32),
}

/// The pages of what has an id.
pub(super) type Spots = BTreeMap<String, Spot>;

/// How often chapters are laid out again at the most.
const ROUNDS: usize = 4;

/// Lays the chapters out again that tell of pages. Gives the book as it is printed.
pub(super) fn settle<'a>(
    input: &Input<'a>,
    mut laid: Vec<Arc<Laid>>,
    known: Option<&Known>,
    sink: &mut Sink,
) -> (Cow<'a, Book>, Vec<Arc<Laid>>) {
    if !refs::turns_on_pages(input.book) {
        return (Cow::Borrowed(input.book), laid);
    }
    let chapters = &input.book.chapters;
    let index = chapters.iter().position(|c| c.role == Role::Index);
    let mut said: Vec<Said> = chapters.iter().map(Said::unpaged).collect();
    let mut printed = input.book.clone();
    for round in 0.. {
        let spots = makeup::spots(input, laid.iter());
        let now: Vec<Said> = chapters
            .iter()
            .enumerate()
            .map(|(n, chapter)| {
                let mut said = Said::of(input, chapter, &spots);
                if index == Some(n) {
                    said.rows = index::rows(&input.book.index, &spots);
                }
                said
            })
            .collect();
        let changed: Vec<usize> =
            (0..chapters.len()).filter(|n| now[*n] != said[*n]).collect();
        if changed.is_empty() {
            break;
        }
        if round == ROUNDS {
            changed.iter().for_each(|n| report(&said[*n], &now[*n], &chapters[*n], sink));
            break;
        }
        for n in &changed {
            printed.chapters[*n] = now[*n].put(&chapters[*n]);
        }
        said = now;
        let new: Vec<_> = changed
            .par_iter()
            .map(|n| (*n, again(input, known, &printed.chapters[*n], &said[*n].rows)))
            .collect();
        new.into_iter().for_each(|(n, new)| laid[n] = new);
    }
    (Cow::Owned(printed), laid)
}

fn again(
    input: &Input<'_>,
    known: Option<&Known>,
    chapter: &Chapter,
    rows: &[Row],
) -> Arc<Laid> {
    if rows.is_empty() {
        return lay(input, known, chapter);
    }
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut faults = vec![];
    let leaves = index::leaves(input, chapter, rows, &mut shaper, &mut faults);
    Arc::new(Laid::pages(leaves, faults))
}

/// A reference to a page, as it is printed.
#[derive(Debug, Clone, Eq, PartialEq)]
struct Page {
    text: String,
    label: String,
    span: Span,
}

/// What a chapter prints of pages.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
struct Said {
    /// its references to pages, in the order of [`revise::every_list`]
    refs: Vec<Page>,
    /// the numbers of its notes
    notes: Vec<usize>,
    /// of an index: its entries
    rows: Vec<Row>,
}

impl Said {
    /// As it is laid out at first.
    fn unpaged(chapter: &Chapter) -> Said {
        let notes = chapter.notes.iter().map(|n| n.number).collect();
        Said { refs: vec![], notes, rows: vec![] }
    }

    fn of(input: &Input<'_>, chapter: &Chapter, spots: &Spots) -> Said {
        let mut said = Said::unpaged(chapter);
        if refs::names_pages(chapter) {
            walk::every_inline(chapter, &mut |inline| {
                let Inline::Ref(r) = inline else { return };
                let spot = match &r.to {
                    crate::book::Target::Anchor(id) => spots.get(id),
                    crate::book::Target::Url(_) => None,
                };
                let label = spot.map_or(String::new(), |s| s.label.clone());
                let text = match spot {
                    Some(_) => r.pattern.replace('%', &label),
                    None => crate::book::text::plain(&r.text),
                };
                said.refs.push(Page { text, label, span: r.span });
            });
        }
        if input.book.notes == NotePlace::FootByPage {
            by_page(chapter, spots, &mut said.notes);
        }
        said
    }

    /// The chapter with what it says of pages.
    fn put(&self, chapter: &Chapter) -> Chapter {
        let mut chapter = chapter.clone();
        let texts: BTreeMap<Span, &str> =
            self.refs.iter().map(|r| (r.span, r.text.as_str())).collect();
        revise::every_list(&mut chapter, &mut |list| {
            for inline in list.iter_mut() {
                if let Inline::Note { index, number, .. } = inline {
                    *number = self.notes.get(*index).copied().unwrap_or(*number);
                }
                let Inline::Ref(r) = inline else { continue };
                if let (Some(text), Show::Page) = (texts.get(&r.span), r.show) {
                    let text =
                        Inline::Text(Text { text: text.to_string(), span: r.span });
                    let (to, span) = (r.to.clone(), r.span);
                    *inline = Inline::Link { to, text: vec![text], span };
                }
            }
        });
        for (note, number) in chapter.notes.iter_mut().zip(&self.notes) {
            note.number = *number;
        }
        chapter
    }
}

/// Counts the notes of each page: those that are first called there.
fn by_page(chapter: &Chapter, spots: &Spots, numbers: &mut [usize]) {
    let mut last = None;
    let mut count = 0;
    for (n, number) in numbers.iter_mut().enumerate() {
        let Some(spot) = spots.get(&call_anchor(chapter, n)) else { continue };
        count = if last == Some(spot.page) { count + 1 } else { 1 };
        last = Some(spot.page);
        *number = count;
    }
}

/// Names the first place that still says another page.
fn report(before: &Said, now: &Said, chapter: &Chapter, sink: &mut Sink) {
    let refs = before.refs.iter().zip(&now.refs).find(|(a, b)| a != b);
    let (span, what) = match refs {
        Some((a, b)) => {
            let what = format!("this page swings between {} and {}", a.label, b.label);
            (a.span, what)
        }
        None => {
            (chapter.span, "the pages of this chapter's numbers do not settle".into())
        }
    };
    let d = Diagnostic::new(code::UNSETTLED_PAGES, what).at(span);
    sink.push(d.hint("a word more or less in the paragraph would settle it"));
}
