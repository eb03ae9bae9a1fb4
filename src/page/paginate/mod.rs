//! The galley, cut into pages: the best cuts of a chapter together, not the first
//! that fit.
//!
//! A page takes entries as long as they fit, together with the notes that they
//! call, which stand at its foot (`fill`). Each place where it may end has a price
//! (`price`): widows and orphans, headings at the foot, facing pages that do not
//! end level, a last page of one line. The cheapest way through the chapter is
//! taken (`walk`) and its pages are drawn (`leaf`). What had to be bought all the
//! same is told (`trouble`).

mod fill;
mod flow;
mod leaf;
mod price;
#[cfg(test)]
mod tests;
mod trouble;
mod walk;

pub use leaf::Leaf;
pub use trouble::{Kind, Trouble};

use super::galley::{Entry, Galley, height};
use crate::config::TypeArea;
use crate::geom::Len;
use flow::Flow;
use std::ops::Range;
use walk::Effort;

/// Cuts a list, such as the contents: its entries keep their distances.
pub fn cut(entries: Vec<Entry>, area: &TypeArea) -> Vec<Leaf> {
    let galley = Galley { entries, ..Galley::default() };
    let mut flow = Flow::new(&galley, *area);
    flow.list = true;
    let [recto, _] = walk::walk(&flow, [true, false], Effort::USUAL);
    leaf::leaves(&flow, &recto)
}

/// The pages of a chapter that begins on a recto, and of one that begins on a verso,
/// as far as they are asked for.
pub fn plans(galley: &Galley, area: &TypeArea, sides: [bool; 2]) -> [Plan; 2] {
    let flow = Flow::new(galley, *area);
    walk::walk(&flow, sides, Effort::USUAL).map(|pages| Plan::of(&flow, pages))
}

/// Looks further for pages of plans that have troubles.
pub fn mend(galley: &Galley, area: &TypeArea, plans: &mut [Plan; 2]) {
    let troubled = plans.each_ref().map(|p| !p.troubles.is_empty());
    if troubled == [false, false] {
        return;
    }
    let uneven = |t: &Trouble| matches!(t.kind, Kind::Uneven(_));
    let mild = plans.iter().flat_map(|p| &p.troubles).all(uneven);
    let effort = if mild { Effort::PAIRS } else { Effort::FULL };
    let flow = Flow::new(galley, *area);
    let found = walk::walk(&flow, troubled, effort);
    for ((plan, pages), troubled) in plans.iter_mut().zip(found).zip(troubled) {
        if troubled {
            *plan = Plan::of(&flow, pages);
        }
    }
}

/// Where the pages of a chapter end.
#[derive(Debug, Default, Clone)]
pub struct Plan {
    pages: Vec<walk::Chosen>,
    /// nothing is drawn but the ids of what stands there
    outline: bool,
    /// what could not be had
    pub troubles: Vec<Trouble>,
    /// entries near pages that would be better if a paragraph there had a line more
    /// or less
    pub wanting: Vec<Range<usize>>,
}

impl Plan {
    fn of(flow: &Flow<'_>, pages: Vec<walk::Chosen>) -> Plan {
        let troubles = trouble::troubles(flow, &pages);
        let wanting = trouble::wanting(flow, &pages);
        Plan { pages, troubles, wanting, outline: false }
    }
    /// The pages, drawn. The galley is that of the plan.
    pub fn leaves(&self, galley: &Galley, area: &TypeArea) -> Vec<Leaf> {
        let leaves = leaf::leaves(&Flow::new(galley, *area), &self.pages);
        match self.outline {
            true => leaves.iter().map(Leaf::outline).collect(),
            false => leaves,
        }
    }
    /// How many pages it has.
    pub fn count(&self) -> usize {
        self.pages.len()
    }
    /// The same plan for pages with nothing on them but what has an id.
    pub fn outline(&self) -> Plan {
        Plan { pages: self.pages.clone(), outline: true, ..Plan::default() }
    }
}

/// The least space between text and notes. The rule stands nearer to the notes;
/// what the grid leaves over is between text and rule (F-04).
fn rule_space(area: &TypeArea) -> Len {
    area.leading.frac(3, 4)
}
