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

use crate::book::{Book, Chapter};
use crate::colour::ink::Ink;
use crate::config::Config;
use crate::diag::Sink;
use crate::font::FontSet;
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::{Fault, GlyphRun, Outline};
use crate::picture::Pictures;
use crate::theme::Theme;
use galley::Galley;
use paginate::{Leaf, Plan, Trouble};
use rayon::prelude::*;
use report::Report;
use std::collections::BTreeMap;
use std::sync::Arc;
use structure::Tag;

/// A finished page. All a page-based output ever sees.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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

/// Sets a book. `tick` is called for each chapter that is done.
pub fn pages(input: &Input<'_>, sink: &mut Sink, tick: &(dyn Fn() + Sync)) -> Vec<Page> {
    let laid: Vec<_> = input
        .book
        .chapters
        .par_iter()
        .map(|chapter| {
            let out = lay(input, chapter);
            tick();
            out
        })
        .collect();
    // Where pages are named in the text, some chapters are set again.
    let (book, laid) = refs::settle(input, laid, sink);
    let input = &Input { book: &book, ..*input };
    let mut report = Report::default();
    let mut chapters = vec![];
    for (chapter, (laid, found)) in input.book.chapters.iter().zip(laid) {
        report.lines.extend(found);
        chapters.push((chapter, laid));
    }
    let pages = makeup::assemble(input, chapters, &mut report);
    report.tell(sink);
    pages
}

/// A chapter, cut into pages.
enum Laid {
    /// pages that are as they are
    Pages(Vec<Leaf>),
    /// with the cuts for each side that it may begin on: recto, verso
    Text(Arc<Galley>, [Plan; 2]),
}

impl Laid {
    /// The same pages with nothing on them but what has an id.
    fn outline(&self) -> Laid {
        match self {
            Laid::Pages(leaves) => {
                Laid::Pages(leaves.iter().map(Leaf::outline).collect())
            }
            Laid::Text(galley, plans) => {
                Laid::Text(galley.clone(), plans.each_ref().map(Plan::outline))
            }
        }
    }
    /// Its pages, when it begins on a recto or a verso.
    fn leaves(
        self,
        input: &Input<'_>,
        recto: bool,
        troubles: &mut Vec<Trouble>,
    ) -> Vec<Leaf> {
        match self {
            Laid::Pages(leaves) => leaves,
            Laid::Text(galley, [right, left]) => {
                let plan = if recto { right } else { left };
                let leaves = plan.leaves(&galley, &input.config.page.area);
                troubles.extend(plan.troubles);
                leaves
            }
        }
    }
}

fn lay(input: &Input<'_>, chapter: &Chapter) -> (Laid, Vec<Fault>) {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut faults = vec![];
    if chapter.role.stands_alone() {
        let mut s = front::Setter { input, shaper: &mut shaper, faults: &mut faults };
        let leaves = front::alone(&mut s, chapter);
        return (Laid::Pages(leaves), faults);
    }
    let (mut galley, settings) = stack::chapter(input, chapter, &mut shaper, &mut faults);
    let mut plans = plans(input, chapter, &galley);
    let wanting: Vec<_> = plans.iter().flat_map(|p| p.wanting.iter().cloned()).collect();
    if !wanting.is_empty() {
        let near = |s: &vary::Setting| wanting.iter().any(|w| w.contains(&s.first));
        let settings = settings.iter().filter(|s| near(s));
        vary::vary(input, chapter, &mut shaper, settings, &mut galley);
        plans = self::plans(input, chapter, &galley);
    }
    paginate::mend(&galley, &input.config.page.area, &mut plans);
    (Laid::Text(galley.into(), plans), faults)
}

fn plans(input: &Input<'_>, chapter: &Chapter, galley: &Galley) -> [Plan; 2] {
    let verso = !makeup::begins_recto(input, chapter);
    paginate::plans(galley, &input.config.page.area, [true, verso])
}

/// The printed numbers of pages, by what stands on them.
pub type Labels = BTreeMap<String, String>;

/// Half of a length, for centring.
fn half(l: Len) -> Len {
    l.frac(1, 2)
}
