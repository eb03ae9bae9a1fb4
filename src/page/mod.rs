//! Lines into pages: [`stack`] lays a chapter's blocks one under another as a
//! galley, [`paginate`] cuts the galley into leaves, [`front`] makes the title
//! page and the contents, [`furniture`] dresses the leaves with running heads
//! and folios. Everything up to the furniture is placed along the axes of the
//! text; only a dressed [`Page`] knows left from right.

mod cells;
pub mod code;
pub mod dump;
pub mod figure;
pub mod front;
pub mod furniture;
pub mod galley;
pub mod heading;
pub mod list;
pub mod paginate;
mod report;
pub mod stack;
pub mod table;

use crate::book::{Book, Chapter, Role, Target, number::roman};
use crate::config::Config;
use crate::diag::Sink;
use crate::font::FontSet;
use crate::font::shape::Shaper;
use crate::geom::{Len, Point, Rect, Size};
use crate::line::{Fault, GlyphRun};
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
    let mut front = vec![];
    let mut body = vec![];
    for (chapter, (leaves, found)) in input.book.chapters.iter().zip(laid) {
        faults.extend(found);
        let part = match chapter.role {
            Role::Front => &mut front,
            Role::Body | Role::Back => &mut body,
        };
        part.push((chapter, leaves));
    }
    let pages = assemble(input, front, body, &mut faults);
    report::report(&faults, sink);
    pages
}

fn chapter_leaves(input: &Input<'_>, chapter: &Chapter) -> (Vec<Leaf>, Vec<Fault>) {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut faults = vec![];
    let galley = stack::chapter(input, chapter, &mut shaper, &mut faults);
    (paginate::cut(galley, &input.config.page.area), faults)
}

type Part<'a> = Vec<(&'a Chapter, Vec<Leaf>)>;

/// Puts the parts in order and numbers their pages. The body's numbers do not
/// depend on the front matter, so the contents can be set last, once.
fn assemble(
    input: &Input<'_>,
    front: Part<'_>,
    body: Part<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Page> {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut opening =
        vec![front::title_page(input, &mut shaper, faults), Leaf::default()];
    let mut heads = vec![None, None];
    let mut labels = BTreeMap::new();
    for (chapter, leaves) in front {
        note_labels(&leaves, opening.len(), roman, &mut labels);
        heads.extend(leaves.iter().map(|_| Some(chapter)));
        opening.extend(leaves);
    }
    let mut main = vec![];
    let mut main_heads = vec![];
    for (chapter, leaves) in body {
        note_labels(&leaves, main.len(), |n| n.to_string(), &mut labels);
        main_heads.extend(leaves.iter().map(|_| Some(chapter)));
        main.extend(leaves);
    }
    let contents = front::contents(input, &labels, &mut shaper, faults);
    heads.extend(contents.iter().map(|_| None));
    opening.extend(contents);
    // The body begins on a recto (另页).
    if opening.len() % 2 == 1 {
        opening.push(Leaf::default());
        heads.push(None);
    }
    let mut dresser = furniture::Dresser::new(input, shaper);
    let numbered = (1..).map(roman).zip(opening.into_iter().zip(heads));
    let numbered = numbered.collect::<Vec<_>>().into_iter();
    let main = (1u32..).map(|n| n.to_string()).zip(main.into_iter().zip(main_heads));
    let all = numbered.chain(main);
    let pages = all.enumerate().map(|(i, (label, (leaf, chapter)))| {
        dresser.dress(leaf, chapter, label, i % 2 == 0)
    });
    pages.collect()
}

fn note_labels(
    leaves: &[Leaf],
    before: usize,
    label: impl Fn(u32) -> String,
    labels: &mut BTreeMap<String, String>,
) {
    for (i, leaf) in leaves.iter().enumerate() {
        for (id, _) in &leaf.anchors {
            labels.entry(id.clone()).or_insert_with(|| label((before + i + 1) as u32));
        }
    }
}

/// Half of a length, for centring.
fn half(l: Len) -> Len {
    l.frac(1, 2)
}
