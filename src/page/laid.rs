//! Chapters as they are laid out, and what is kept of them for the next time.

use super::galley::Galley;
use super::paginate::{Leaf, Plan, Trouble};
use super::{Input, Page, front, makeup, paginate, stack, vary};
use crate::book::{Book, Chapter, Division, Part, Role};
use crate::font::shape::Shaper;
use crate::line::Fault;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A chapter, cut into pages.
#[derive(Debug)]
pub(super) struct Laid {
    cut: Cut,
    faults: Vec<Fault>,
}

#[derive(Debug)]
enum Cut {
    /// pages that are as they are
    Pages(Vec<Leaf>),
    /// with the cuts for each side that it may begin on: recto, verso
    Text(Arc<Galley>, [Plan; 2]),
}

impl Laid {
    /// Pages that are as they are.
    pub(super) fn pages(leaves: Vec<Leaf>, faults: Vec<Fault>) -> Laid {
        Laid { cut: Cut::Pages(leaves), faults }
    }
    /// The same pages with nothing on them but what has an id.
    pub(super) fn outline(&self) -> Laid {
        let cut = match &self.cut {
            Cut::Pages(leaves) => Cut::Pages(leaves.iter().map(Leaf::outline).collect()),
            Cut::Text(galley, plans) => {
                Cut::Text(galley.clone(), plans.each_ref().map(Plan::outline))
            }
        };
        Laid { cut, faults: vec![] }
    }
    /// Its pages, when it begins on a recto or a verso.
    pub(super) fn leaves(&self, input: &Input<'_>, recto: bool) -> Vec<Leaf> {
        match &self.cut {
            Cut::Pages(leaves) => leaves.clone(),
            Cut::Text(galley, plans) => {
                side(plans, recto).leaves(galley, &input.config.page.area)
            }
        }
    }
    /// How many they are.
    pub(super) fn count(&self, recto: bool) -> usize {
        match &self.cut {
            Cut::Pages(leaves) => leaves.len(),
            Cut::Text(_, plans) => side(plans, recto).count(),
        }
    }
    /// What could not be had on them.
    pub(super) fn troubles(&self, recto: bool) -> impl Iterator<Item = Trouble> {
        let troubles = match &self.cut {
            Cut::Pages(_) => &[],
            Cut::Text(_, plans) => side(plans, recto).troubles.as_slice(),
        };
        troubles.iter().cloned()
    }
    /// What went wrong with its lines.
    pub(super) fn faults(&self) -> impl Iterator<Item = Fault> {
        self.faults.iter().cloned()
    }
}

fn side(plans: &[Plan; 2], recto: bool) -> &Plan {
    &plans[usize::from(!recto)]
}

/// Lays a chapter out, unless it is known.
pub(super) fn lay(
    input: &Input<'_>,
    known: Option<&Known>,
    chapter: &Chapter,
) -> Arc<Laid> {
    if let Some(laid) = known.and_then(|k| k.find(chapter)) {
        return laid;
    }
    let laid = Arc::new(lay_new(input, chapter));
    known.into_iter().for_each(|k| k.put(chapter, &laid));
    laid
}

fn lay_new(input: &Input<'_>, chapter: &Chapter) -> Laid {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let mut faults = vec![];
    if chapter.role.stands_alone() {
        let mut s = front::Setter { input, shaper: &mut shaper, faults: &mut faults };
        let leaves = front::alone(&mut s, chapter);
        return Laid::pages(leaves, faults);
    }
    let (mut galley, settings) = stack::chapter(input, chapter, &mut shaper, &mut faults);
    let mut plans = plans(input, chapter, &galley);
    let wanting: Vec<_> = plans.iter().flat_map(|p| p.wanting.iter().cloned()).collect();
    if !wanting.is_empty() {
        let near = |s: &vary::Setting| wanting.iter().any(|w| w.contains(&s.first));
        let settings = settings.iter().filter(|s| near(s));
        vary::vary(input, chapter, &mut shaper, settings, &mut galley);
        if !galley.variants.is_empty() {
            plans = self::plans(input, chapter, &galley);
        }
    }
    paginate::mend(&galley, &input.config.page.area, &mut plans);
    Laid { cut: Cut::Text(galley.into(), plans), faults }
}

fn plans(input: &Input<'_>, chapter: &Chapter, galley: &Galley) -> [Plan; 2] {
    let verso = !makeup::begins_recto(input, chapter);
    paginate::plans(galley, &input.config.page.area, [true, verso])
}

/// Chapters that were laid out with the same settings, fonts and pictures, by their
/// ids: as they were before pages were known, and after.
#[derive(Debug, Default)]
pub struct Known {
    /// what each chapter's place in the structure hangs on
    places: Vec<Place>,
    chapters: Mutex<BTreeMap<String, Vec<Pair>>>,
    /// finished pages, of each chapter those that were made last
    pages: Mutex<BTreeMap<String, Finished>>,
}

/// The pages of a chapter, as they came of how it was laid out and of where it stood.
#[derive(Debug)]
struct Finished {
    laid: Arc<Laid>,
    at: At,
    pages: Vec<Arc<Page>>,
}

/// The number of the first page, and what stands above versos.
type At = (u32, String);

type Pair = Arc<(Chapter, Arc<Laid>)>;
type Place = (String, Division, Role, u8, Option<Part>);

/// As many are kept of a chapter.
const VERSIONS: usize = 2;

impl Known {
    /// What is known of a book: nothing, if its chapters stand in other places.
    pub(super) fn of(&mut self, book: &Book) -> &Known {
        let place =
            |c: &Chapter| (c.id.clone(), c.division, c.role, c.depth, c.part.clone());
        let places: Vec<_> = book.chapters.iter().map(place).collect();
        if places != self.places {
            *self = Known { places, ..Known::default() };
        }
        self
    }
    fn find(&self, chapter: &Chapter) -> Option<Arc<Laid>> {
        let versions = self.chapters.lock().ok()?.get(&chapter.id)?.clone();
        versions.iter().find(|v| v.0 == *chapter).map(|v| v.1.clone())
    }
    /// The pages of a chapter that is laid out like this and stands there, if they are
    /// known.
    pub(super) fn pages(
        &self,
        id: &str,
        laid: &Arc<Laid>,
        at: &At,
    ) -> Option<Vec<Arc<Page>>> {
        let all = self.pages.lock().ok()?;
        let known = all.get(id).filter(|k| Arc::ptr_eq(&k.laid, laid) && k.at == *at)?;
        Some(known.pages.clone())
    }
    /// Keeps the pages of a chapter.
    pub(super) fn put_pages(
        &self,
        id: &str,
        laid: &Arc<Laid>,
        at: &At,
        pages: &[Arc<Page>],
    ) {
        let Ok(mut all) = self.pages.lock() else { return };
        let (laid, at, pages) = (laid.clone(), at.clone(), pages.to_vec());
        all.insert(id.into(), Finished { laid, at, pages });
    }
    fn put(&self, chapter: &Chapter, laid: &Arc<Laid>) {
        let Ok(mut chapters) = self.chapters.lock() else { return };
        let versions = chapters.entry(chapter.id.clone()).or_default();
        versions.push(Arc::new((chapter.clone(), laid.clone())));
        let over = versions.len().saturating_sub(VERSIONS);
        versions.drain(..over);
    }
}
