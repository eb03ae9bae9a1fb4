//! Pages on a screen while the book is being written: what a page looks like
//! ([`svg`]), whether it is still the same ([`hash`]), where its text was written
//! ([`place`]) and where a word stands ([`search`]). Plain functions of finished
//! pages; who asks them, and when, is for others.

pub mod glyph;
pub mod hash;
pub mod place;
pub mod search;
pub mod svg;

use crate::book::Book;
use crate::colour::ink::Spot;
use crate::font::FontSet;
use crate::geom::{Logical, Point};
use crate::page::structure::Tag;
use crate::page::{Draw, Page};
use crate::pdf::outline::{self, Mark};
use crate::picture::Pictures;
use crate::source::{Sources, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A book as it was at one moment, with all that its pages are drawn from. To clone it
/// is cheap.
#[derive(Debug, Clone)]
pub struct Shown {
    /// the book's title
    pub title: String,
    /// its language (BCP 47)
    pub lang: String,
    /// chapters and headings, in order
    pub outline: Vec<Heading>,
    /// the pages
    pub pages: Arc<Vec<Arc<Page>>>,
    /// the fonts that pages name
    pub fonts: Arc<FontSet>,
    /// the pictures that pages name
    pub pictures: Arc<Pictures>,
    /// inks of the book's own
    pub inks: Vec<Spot>,
    /// what was written
    pub sources: Sources,
    /// where each picture is named for the first time
    pub named: BTreeMap<String, Span>,
}

/// An entry of the outline.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Heading {
    /// what it says
    pub title: String,
    /// id of the place
    pub anchor: String,
    /// how deep it stands, from 0
    pub depth: usize,
    /// page, from 0
    pub page: usize,
    /// where on it
    pub at: Point,
}

impl Shown {
    /// The bookmarks of a book, with their pages.
    pub fn outline(book: &Book, pages: &[Arc<Page>]) -> Vec<Heading> {
        let mut places = BTreeMap::new();
        for (n, page) in pages.iter().enumerate() {
            for (id, at) in &page.anchors {
                places.entry(id.as_str()).or_insert((n, *at));
            }
        }
        let mut out = vec![];
        let mut rest: Vec<(Mark, usize)> =
            outline::marks(book).into_iter().rev().map(|m| (m, 0)).collect();
        while let Some((mark, depth)) = rest.pop() {
            rest.extend(mark.below.into_iter().rev().map(|m| (m, depth + 1)));
            let Some((page, at)) = places.get(mark.anchor.as_str()).copied() else {
                continue;
            };
            let Mark { title, anchor, .. } = mark;
            out.push(Heading { title, anchor, depth, page, at });
        }
        out
    }
}

/// What stands on a page, with what is turned at its place on the page: `(x, y)` of a
/// turned thing is where its baseline begins, and its lines run up.
fn flat(page: &Page) -> impl Iterator<Item = Flat<'_>> {
    page.items.iter().flat_map(|(at, draw, tag)| {
        let (own, inside) = match draw {
            Draw::Turned(inside) => (None, inside.as_slice()),
            Draw::Text(_)
            | Draw::Rule { .. }
            | Draw::Image { .. }
            | Draw::Path { .. } => {
                (Some(Flat { at: *at, turned: false, draw, tag }), [].as_slice())
            }
        };
        let turned = inside.iter().map(|(p, draw, tag)| Flat::turned(*at, *p, draw, tag));
        own.into_iter().chain(turned)
    })
}

/// A drawn thing at its place on a page.
struct Flat<'a> {
    at: Point,
    turned: bool,
    draw: &'a Draw,
    tag: &'a Tag,
}

impl<'a> Flat<'a> {
    fn turned(at: Point, p: Logical, draw: &'a Draw, tag: &'a Tag) -> Flat<'a> {
        let at = Point { x: at.x + p.block, y: at.y - p.inline };
        Flat { at, turned: true, draw, tag }
    }
    /// Whether it is part of the text: no running head, no folio, no leaders.
    fn read(&self) -> bool {
        matches!(self.tag, Tag::In(_) | Tag::Unsaid)
    }
}
