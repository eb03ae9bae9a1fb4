//! Lines into pages: [`stack`] lays a chapter's blocks one under another as a
//! galley, [`paginate`] cuts the galley into leaves, [`front`] makes the title
//! page, the copyright page and the contents, `makeup` puts the parts of the
//! book in order, [`furniture`] dresses the leaves with running heads and folios.
//! Everything up to the furniture is placed along the axes of the
//! text; only a dressed [`Page`] knows left from right.

mod cells;
pub mod code;
pub mod dump;
pub mod figure;
pub mod formula;
pub mod front;
pub mod furniture;
pub mod galley;
pub mod heading;
pub mod list;
mod makeup;
pub mod paginate;
mod report;
pub mod stack;
pub mod table;

use crate::book::{Book, Chapter, Target};
use crate::config::Config;
use crate::diag::Sink;
use crate::font::FontSet;
use crate::font::shape::Shaper;
use crate::geom::{Len, Point, Rect, Size};
use crate::line::{Fault, GlyphRun, Outline};
use crate::picture::Pictures;
use crate::theme::Theme;
use paginate::Leaf;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A finished page. All a page-based output ever sees.
#[derive(Debug, Clone)]
pub struct Page {
    /// printed number, such as `iv` or `12`, also where it is not shown
    pub label: String,
    /// right-hand page?
    pub recto: bool,
    /// trim size
    pub size: Size,
    /// what is drawn, in reading order
    pub items: Vec<(Point, Draw)>,
    /// places that other things point to
    pub anchors: Vec<(String, Point)>,
    /// areas that lead somewhere
    pub links: Vec<(Rect, Arc<Target>)>,
}

/// Something drawn at a place.
#[derive(Debug, Clone)]
pub enum Draw {
    /// Text; the place is the baseline's start.
    Text(GlyphRun),
    /// A filled rectangle; the place is its top left corner.
    Rule {
        /// extent
        size: Size,
        /// black in percent
        black: u8,
    },
    /// A picture; the place is its top left corner.
    Image {
        /// path in [`Pictures`]
        path: String,
        /// extent on the page
        size: Size,
    },
    /// An outline; its points are measured from the place.
    Path {
        /// what it is
        outline: Outline,
        /// black in percent
        black: u8,
    },
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

/// Sets a book. `tick` is called for each chapter that is done.
pub fn pages(input: &Input<'_>, sink: &mut Sink, tick: &(dyn Fn() + Sync)) -> Vec<Page> {
    let laid: Vec<_> = input
        .book
        .chapters
        .par_iter()
        .map(|chapter| {
            let out = chapter_leaves(input, chapter);
            tick();
            out
        })
        .collect();
    let mut faults = vec![];
    let mut chapters = vec![];
    for (chapter, (leaves, found)) in input.book.chapters.iter().zip(laid) {
        faults.extend(found);
        chapters.push((chapter, leaves));
    }
    let pages = makeup::assemble(input, chapters, &mut faults);
    report::report(&faults, sink);
    pages
}

fn chapter_leaves(input: &Input<'_>, chapter: &Chapter) -> (Vec<Leaf>, Vec<Fault>) {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut faults = vec![];
    if chapter.role.stands_alone() {
        let mut s = front::Setter { input, shaper: &mut shaper, faults: &mut faults };
        let leaves = front::alone(&mut s, chapter);
        return (leaves, faults);
    }
    let galley = stack::chapter(input, chapter, &mut shaper, &mut faults);
    (paginate::cut(galley, &input.config.page.area), faults)
}

/// The printed numbers of pages, by what stands on them.
pub type Labels = BTreeMap<String, String>;

/// Half of a length, for centring.
fn half(l: Len) -> Len {
    l.frac(1, 2)
}
