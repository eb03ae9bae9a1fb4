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

use super::Beside;
use super::fit::{self, Aim, Sums};
use super::item::{Edge, Item, NEVER};
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
    /// how many lines are before it, as far as their lengths differ
    line: usize,
}

/// Lines of so many lengths may go on from a break.
const KINDS: usize = Beside::MOST + 1;

/// No way, and what it costs.
const NOWHERE: (i64, usize) = (i64::MAX, usize::MAX);

/// Cost of a hyphen after one that ends the line before.
const HYPHENS_IN_A_ROW: i64 = 400;

/// The items at which lines end, first to last; the paragraph's end is one of
/// them.
///
/// Most lines that could be weighed are far too short to be chosen, so they are
/// left out first: a line of which a sixth is missing has gaps of 1/5 em, which
/// costs 2,500. If the best path found costs less, no path with such a line can
/// be better; else the paragraph is walked again with shorter lines, and at last
/// with all.
pub fn best(items: &[Item], aim: &Aim) -> Vec<usize> {
    const REACH: [(i64, i64); 2] = [(6, 2_000), (3, 12_000)];
    for (part, bound) in REACH {
        if aim.justify {
            let walk = walk(items, aim, aim.measure.frac(1, part));
            if walk.cost() <= bound {
                return walk.path();
            }
        }
    }
    walk(items, aim, aim.measure).path()
}

/// Walks a paragraph; lines that lack more than `reach` are not weighed.
fn walk<'a>(items: &'a [Item], aim: &'a Aim, reach: Len) -> Walk<'a> {
    let (start, prev) = (Sums::default(), usize::MAX);
    let first = Node { at: 0, start, cost: 0, prev, hyphen: false, line: 0 };
    // Most items in three are a gap, a place where a line may end, and a character.
    let mut nodes = Vec::with_capacity(items.len() / 3 + 2);
    nodes.push(first);
    let mut walk = Walk { items, aim, reach, nodes, active: vec![0] };
    let mut sums = Sums::default();
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Penalty { cost, edge, .. } if *cost < NEVER => {
                walk.at(i, &sums, i64::from(*cost), edge, false);
            }
            Item::Forced(edge) => walk.at(i, &sums, 0, edge, true),
            Item::Penalty { .. } | Item::Box { .. } | Item::Glue(_) => sums.add(item),
        }
    }
    walk
}

struct Walk<'a> {
    items: &'a [Item],
    aim: &'a Aim,
    reach: Len,
    nodes: Vec<Node>,
    /// the breaks that a line could still start from, first to last
    active: Vec<usize>,
}

impl Walk<'_> {
    /// Weighs the lines that could end at item `i`.
    fn at(&mut self, i: usize, sums: &Sums, penalty: i64, edge: &Edge, forced: bool) {
        // For each length that the next line may have, the cheapest way here.
        let mut best = [NOWHERE; KINDS];
        let mut long = best;
        let (mut seen, mut kept) = (0, 0);
        let beside = self.aim.beside.lines;
        while let Some(&n) = self.active.get(seen) {
            let node = &self.nodes[n];
            let measure = self.aim.measure_of(node.line);
            let line = (node.line + 1).min(beside);
            let width = sums.width - node.start.width + edge.width;
            if !forced && measure - width > self.reach {
                if beside == 0 {
                    break;
                }
                // A line from a later break may be a shorter one.
                seen += 1;
                self.active[kept] = n;
                kept += 1;
                continue;
            }
            seen += 1;
            // A line that fits as it is adds to the cost: it may be known to be too much.
            let so_far = node.cost + penalty;
            if !forced && width <= measure && so_far >= best[line].0 {
                self.active[kept] = n;
                kept += 1;
                continue;
            }
            let aim = Aim { measure, ..*self.aim };
            let sums = sums.since(&node.start, edge, measure);
            let settled = fit::settle(&sums, edge, &aim, forced);
            let hyphens = node.hyphen && edge.hyphen;
            let total = node.cost
                + settled.cost
                + penalty
                + if hyphens { HYPHENS_IN_A_ROW } else { 0 };
            let overfull = settled.overfull();
            let slot = if overfull { &mut long[line] } else { &mut best[line] };
            if total < slot.0 {
                *slot = (total, n);
            }
            if !overfull && !forced {
                self.active[kept] = n;
                kept += 1;
            }
        }
        self.active.drain(kept..seen);
        let none = best == [NOWHERE; KINDS];
        let found = if none && (self.active.is_empty() || forced) { long } else { best };
        for (line, (cost, prev)) in found.into_iter().enumerate().take(beside + 1) {
            if prev == NOWHERE.1 {
                continue;
            }
            let start = after(self.items, i, *sums, edge);
            let hyphen = edge.hyphen;
            self.reached(Node { at: i, start, cost, prev, hyphen, line }, forced);
        }
    }
    fn reached(&mut self, node: Node, forced: bool) {
        // Of two breaks with nothing between them only the cheaper counts.
        let twin = |n: &Node| {
            n.start.width == node.start.width
                && n.start.any == node.start.any
                && n.line == node.line
        };
        let near = self.active.len().saturating_sub(self.aim.beside.lines + 1);
        let found = (near..self.active.len())
            .rev()
            .find(|i| !forced && twin(&self.nodes[self.active[*i]]));
        if let Some(i) = found {
            if self.nodes[self.active[i]].cost <= node.cost {
                return;
            }
            self.active.remove(i);
        }
        self.nodes.push(node);
        self.active.push(self.nodes.len() - 1);
    }
    /// The cheapest way to the end.
    fn end(&self) -> usize {
        let last = self.nodes.len() - 1;
        let at = self.nodes[last].at;
        let ends = (0..=last).rev().take_while(|n| *n > 0 && self.nodes[*n].at == at);
        ends.min_by_key(|n| self.nodes[*n].cost).unwrap_or(last)
    }
    fn cost(&self) -> i64 {
        self.nodes[self.end()].cost
    }
    fn path(self) -> Vec<usize> {
        let mut path = vec![];
        let mut n = self.end();
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
