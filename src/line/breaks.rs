//! Where lines end: the total-fit algorithm of Knuth and Plass.
//!
//! A paragraph is a path through its legal breaks. [`best`] walks the items
//! once and keeps the breaks that a line could still start from (the *active*
//! ones). At each legal break it weighs the line from every active break to
//! here: how much squeezing or stretching would make it fit ([`super::fit`]).
//! The cheapest way to reach the break is remembered, so at the paragraph's end
//! the cheapest path of all is known and is read backwards.
//!
//! An active break is dropped once even the fully squeezed line from it is too
//! long. When the last one goes and nothing fits, the line is overfull: it is
//! cut at the first legal break all the same, because no character may be lost.

use super::fit::{self, Fit, LONELY, Sums};
use super::item::{Item, NEVER};
use crate::geom::Len;

/// A break that some line could start from.
struct Node {
    /// the item at which the line before ends
    at: usize,
    /// the sums at the first ink after it
    start: Sums,
    cost: i64,
    prev: usize,
    hyphen: bool,
}

/// Cost of a hyphen after one that ends the line before.
const HYPHENS_IN_A_ROW: i64 = 400;

/// The items at which lines end, first to last; the paragraph's end is one of
/// them. `em` is the size against which gaps are judged.
pub fn best(items: &[Item], measure: Len, justify: bool, em: Len) -> Vec<usize> {
    let mut walk = Walk {
        items,
        measure,
        justify,
        em,
        nodes: vec![Node {
            at: 0,
            start: Sums::default(),
            cost: 0,
            prev: usize::MAX,
            hyphen: false,
        }],
        active: vec![0],
    };
    let mut sums = Sums::default();
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Penalty { cost, width } if *cost < NEVER => {
                walk.at(i, sums, i64::from(*cost), *width, false);
            }
            Item::Forced => walk.at(i, sums, 0, Len::ZERO, true),
            Item::Penalty { .. } | Item::Box { .. } | Item::Glue(_) => sums.add(item),
        }
    }
    walk.path()
}

struct Walk<'a> {
    items: &'a [Item],
    measure: Len,
    justify: bool,
    em: Len,
    nodes: Vec<Node>,
    active: Vec<usize>,
}

impl Walk<'_> {
    /// Weighs the lines that could end at item `i`.
    fn at(&mut self, i: usize, sums: Sums, penalty: i64, hyphen: Len, forced: bool) {
        let mut best: Option<(i64, usize)> = None;
        let mut long: Option<(i64, usize)> = None;
        let active = std::mem::take(&mut self.active);
        let mut kept = Vec::with_capacity(active.len() + 1);
        for n in active {
            let mut line = sums - self.nodes[n].start;
            line.width += hyphen;
            let (cost, overfull) = self.weigh(&line, forced);
            let hyphens = self.nodes[n].hyphen && hyphen > Len::ZERO;
            let total = self.nodes[n].cost
                + cost
                + penalty
                + if hyphens { HYPHENS_IN_A_ROW } else { 0 };
            let slot = if overfull { &mut long } else { &mut best };
            if slot.is_none_or(|(t, _)| total < t) {
                *slot = Some((total, n));
            }
            if !overfull && !forced {
                kept.push(n);
            }
        }
        self.active = kept;
        if best.is_none() && (self.active.is_empty() || forced) {
            best = long;
        }
        if let Some((cost, prev)) = best {
            let start = after(self.items, i, sums);
            let hyphen = hyphen > Len::ZERO;
            let node = Node { at: i, start, cost, prev, hyphen };
            // Of two breaks with nothing between them only the cheaper counts.
            let twin =
                |n: &Node| n.start.width == start.width && n.start.any == start.any;
            match self.active.last().map(|&n| &self.nodes[n]) {
                Some(last) if !forced && twin(last) && last.cost <= cost => return,
                Some(last) if !forced && twin(last) => drop(self.active.pop()),
                _ => {}
            }
            self.nodes.push(node);
            self.active.push(self.nodes.len() - 1);
        }
    }
    /// The cost of a line, and whether it is too long even when squeezed.
    fn weigh(&self, line: &Sums, last: bool) -> (i64, bool) {
        let f = if self.justify {
            fit::fit(line, self.measure, last)
        } else {
            // Ragged lines keep their natural widths; long ones are squeezed.
            fit::fit(line, self.measure, true)
        };
        let mut cost = fit::cost(f, line, self.em);
        if let (Fit::Natural(rest), false) = (f, last) {
            // A line in which nothing grows is as bad as one gap of that size;
            // ragged lines are only kept from being needlessly short.
            let gap = rest.frac(1000, self.em.to_sp()).to_sp();
            cost += if self.justify { fit::gap_cost(gap) } else { gap / 100 };
        }
        if last && line.weight < 2 && !matches!(f, Fit::Overfull(_)) {
            cost += LONELY;
        }
        (cost, matches!(f, Fit::Overfull(_)))
    }
    fn path(self) -> Vec<usize> {
        let mut path = vec![];
        let mut n = self.nodes.len() - 1;
        while n != 0 {
            path.push(self.nodes[n].at);
            n = self.nodes[n].prev;
        }
        path.reverse();
        path
    }
}

/// The sums at the first ink after a break: what is discarded costs nothing.
fn after(items: &[Item], at: usize, mut sums: Sums) -> Sums {
    for item in &items[at..] {
        match item {
            Item::Box { .. } => break,
            Item::Glue(_) => sums.add(item),
            Item::Penalty { .. } => {}
            // A forced break right after a break is a line of its own.
            Item::Forced => {}
        }
    }
    sums
}
