//! The places where a line may end, with what stands before each.

use super::breaks::after;
use super::fit::{self, Aim, Settled, Sums};
use super::item::{Edge, Item, NEVER};

/// A place where a line may end.
#[derive(Debug)]
pub(super) struct Place {
    /// its item
    pub(super) at: usize,
    /// what it costs
    pub(super) cost: i64,
    /// the sums up to it
    pub(super) before: Sums,
    /// the sums from which the next line is measured
    pub(super) after: Sums,
    pub(super) edge: Edge,
    pub(super) forced: bool,
}

impl Place {
    /// The line from `start` to here.
    pub(super) fn settle(&self, start: &Sums, aim: &Aim) -> Settled {
        fit::settle(&(self.before - *start), &self.edge, aim, self.forced)
    }
}

/// All places of a paragraph, in order.
pub(super) fn places(items: &[Item]) -> Vec<Place> {
    let mut out = vec![];
    let mut sums = Sums::default();
    for (at, item) in items.iter().enumerate() {
        let (cost, edge, forced) = match item {
            Item::Penalty { cost, edge, .. } if *cost < NEVER => (*cost, *edge, false),
            Item::Forced(edge) => (0, *edge, true),
            Item::Penalty { .. } | Item::Box { .. } | Item::Glue(_) => {
                sums.add(item);
                continue;
            }
        };
        let after = after(items, at, sums, &edge);
        out.push(Place { at, cost: i64::from(cost), before: sums, after, edge, forced });
    }
    out
}

/// For each place, the least that the lines after it can cost: the same sum as
/// [`super::breaks::best`] makes, but from the end backwards, and without
/// regard to hyphens in a row.
pub(super) fn costs_after(places: &[Place], aim: &Aim) -> Vec<i64> {
    let mut rest = vec![0; places.len()];
    for from in (0..places.len().saturating_sub(1)).rev() {
        let mut best = i64::MAX;
        for to in from + 1..places.len() {
            let settled = places[to].settle(&places[from].after, aim);
            let total = settled.cost + places[to].cost + rest[to];
            best = best.min(total);
            if settled.overfull() || places[to].forced {
                break;
            }
        }
        rest[from] = best;
    }
    rest
}
