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

use super::fit::{self, Aim, Sums};
use super::item::{Edge, Item, NEVER};

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
/// them.
pub fn best(items: &[Item], aim: &Aim) -> Vec<usize> {
    let first =
        Node { at: 0, start: Sums::default(), cost: 0, prev: usize::MAX, hyphen: false };
    let mut walk = Walk { items, aim, nodes: vec![first], active: vec![0] };
    let mut sums = Sums::default();
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Penalty { cost, edge, .. } if *cost < NEVER => {
                walk.at(i, sums, i64::from(*cost), edge, false);
            }
            Item::Forced(edge) => walk.at(i, sums, 0, edge, true),
            Item::Penalty { .. } | Item::Box { .. } | Item::Glue(_) => sums.add(item),
        }
    }
    walk.path()
}

struct Walk<'a> {
    items: &'a [Item],
    aim: &'a Aim,
    nodes: Vec<Node>,
    active: Vec<usize>,
}

impl Walk<'_> {
    /// Weighs the lines that could end at item `i`.
    fn at(&mut self, i: usize, sums: Sums, penalty: i64, edge: &Edge, forced: bool) {
        let mut best: Option<(i64, usize)> = None;
        let mut long: Option<(i64, usize)> = None;
        let mut active = std::mem::take(&mut self.active);
        active.retain(|&n| {
            let node = &self.nodes[n];
            let line = sums - node.start;
            let settled = fit::settle(&line, edge, self.aim, forced);
            let hyphens = node.hyphen && edge.hyphen;
            let total = node.cost
                + settled.cost
                + penalty
                + if hyphens { HYPHENS_IN_A_ROW } else { 0 };
            let slot = if settled.overfull() { &mut long } else { &mut best };
            if slot.is_none_or(|(t, _)| total < t) {
                *slot = Some((total, n));
            }
            !settled.overfull() && !forced
        });
        self.active = active;
        if best.is_none() && (self.active.is_empty() || forced) {
            best = long;
        }
        if let Some((cost, prev)) = best {
            let start = after(self.items, i, sums, edge);
            let node = Node { at: i, start, cost, prev, hyphen: edge.hyphen };
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

/// The sums at the first ink after a break: what is discarded costs nothing, and
/// what begins the next line belongs to it.
pub(super) fn after(items: &[Item], at: usize, mut sums: Sums, edge: &Edge) -> Sums {
    for item in &items[at..] {
        match item {
            Item::Box { .. } => break,
            Item::Glue(_) => sums.add(item),
            // A forced break right after a break is a line of its own.
            Item::Penalty { .. } | Item::Forced(_) => {}
        }
    }
    sums.width -= edge.next;
    sums
}
