//! Lines into pages: [`stack`] lays a chapter's blocks one under another as a
//! galley, [`paginate`] cuts the galley into leaves, [`front`] makes the title
//! page, the copyright page and the contents, `makeup` puts the parts of the
//! book in order, [`furniture`] dresses the leaves with running heads and folios.
//! Everything up to the furniture is placed along the axes of the
//! text; only a dressed [`Page`] knows left from right.

mod area;
mod cells;
pub mod code;
pub mod columns;
pub mod dump;
mod endnotes;
pub mod figure;
pub mod formula;
pub mod front;
pub mod furniture;
pub mod galley;
pub mod heading;
mod index;
mod initial;
mod laid;
pub mod list;
mod makeup;
pub mod notes;
pub mod paginate;
pub mod paging;
mod refs;
mod report;
pub mod stack;
pub mod structure;
mod styled;
pub mod table;
mod tagging;
pub mod vary;
mod verse;

pub use laid::Known;

use crate::book::Book;
use crate::colour::ink::Ink;
use crate::config::Config;
use crate::diag::Sink;
use crate::font::FontSet;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::{GlyphRun, Outline};
use crate::picture::Pictures;
use crate::theme::Theme;
use rayon::prelude::*;
use report::Report;
use std::collections::BTreeMap;
use std::sync::Arc;
use structure::Tag;

/// A finished page. All a page-based output ever sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// printed number, such as `iv` or `12`, also where it is not shown
    pub label: String,
    /// right-hand page?
    pub recto: bool,
    /// trim size
    pub size: Size,
    /// what is drawn, in reading order, and what it is in the structure
    pub items: Vec<(Point, Draw, Tag)>,
    /// places that other things point to
    pub anchors: Vec<(String, Point)>,
}

/// Something drawn at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Draw {
    /// Text; the place is the baseline's start.
    Text(Arc<GlyphRun>),
    /// A filled rectangle; the place is its top left corner.
    Rule {
        /// extent
        size: Size,
        /// what it is drawn with
        ink: Ink,
    },
    /// A picture; the place is its top left corner.
    Image {
        /// path in [`Pictures`]
        path: String,
        /// extent on the page
        size: Size,
        /// what it shows
        alt: String,
    },
    /// An outline; its points are measured from the place.
    Path {
        /// what it is
        outline: Outline,
        /// what it is drawn with
        ink: Ink,
    },
    /// Things a quarter turn to the left, along axes of their own: their lines run
    /// up the page, the next line is to the right. The place is where both axes
    /// begin: the bottom left corner. Nothing inside is turned again.
    Turned(Vec<(Logical, Draw, Tag)>),
}

impl Page {
    /// The inks that text, rules and outlines are drawn with.
    pub fn inks(&self) -> impl Iterator<Item = Ink> {
        self.draws().filter_map(|d| match d {
            Draw::Text(run) => Some(run.ink),
            Draw::Rule { ink, .. } | Draw::Path { ink, .. } => Some(*ink),
            Draw::Image { .. } | Draw::Turned(_) => None,
        })
    }
    /// What is drawn, with what is turned in the place of the turn.
    pub fn draws(&self) -> impl Iterator<Item = &Draw> {
        self.items.iter().flat_map(|(_, draw, _)| {
            let (this, inside) = match draw {
                Draw::Turned(inside) => (None, inside.as_slice()),
                Draw::Text(_)
                | Draw::Rule { .. }
                | Draw::Image { .. }
                | Draw::Path { .. } => (Some(draw), [].as_slice()),
            };
            this.into_iter().chain(inside.iter().map(|d| &d.1))
        })
    }
}

/// What pages are made from.
#[derive(Debug, Copy, Clone)]
pub struct Input<'a> {
    /// the book
    pub book: &'a Book,
    /// the settings
    pub config: &'a Config,
    /// the look
    pub theme: &'a Theme,
    /// the fonts
    pub fonts: &'a FontSet,
    /// the pictures
    pub pictures: &'a Pictures,
}

/// Sets a book. `tick` is called for each chapter that is done. Chapters that are known
/// and say the same are not set again.
pub fn pages(
    input: &Input<'_>,
    known: Option<&mut Known>,
    sink: &mut Sink,
    tick: &(dyn Fn() + Sync),
) -> Vec<Arc<Page>> {
    let known = known.map(|known| known.of(input.book));
    let laid: Vec<_> = input
        .book
        .chapters
        .par_iter()
        .with_max_len(1)
        .map(|chapter| {
            let out = laid::lay(input, known, chapter);
            tick();
            out
        })
        .collect();
    // Where pages are named in the text, some chapters are set again.
    let (book, laid) = refs::settle(input, laid, known, sink);
    let input = &Input { book: &book, ..*input };
    let mut report = Report::default();
    let mut chapters = vec![];
    for (chapter, laid) in input.book.chapters.iter().zip(laid) {
        report.lines.extend(laid.faults());
        chapters.push((chapter, laid));
    }
    let pages = makeup::assemble(input, chapters, known, &mut report);
    report.tell(sink);
    pages
}

/// The printed numbers of pages, by what stands on them.
pub type Labels = BTreeMap<String, String>;

/// Half of a length, for centring.
fn half(l: Len) -> Len {
    l.frac(1, 2)
}
