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
        let line = self.before.since(start, &self.edge, aim.measure);
        fit::settle(&line, &self.edge, aim, self.forced)
    }
}

/// All places of a paragraph, in order.
pub(super) fn places(items: &[Item]) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::with_capacity(items.len() / 3 + 1);
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
        let place =
            Place { at, cost: i64::from(cost), before: sums, after, edge, forced };
        // Of two places with nothing between them only the cheaper counts.
        match out.last_mut() {
            Some(last) if !forced && !last.forced && twins(last, &place) => {
                if place.cost < last.cost {
                    *last = place;
                }
            }
            _ => out.push(place),
        }
    }
    out
}

fn twins(a: &Place, b: &Place) -> bool {
    a.after.width == b.after.width
        && a.after.any == b.after.any
        && a.before.width == b.before.width
        && a.edge == b.edge
}

/// For each place, the least that the lines after it can cost: the same sum as
/// [`super::breaks::best`] makes, but from the end backwards, and without
/// regard to hyphens in a row. One list for each line that may follow a place, as
/// far as their lengths differ.
pub(super) fn costs_after(places: &[Place], aim: &Aim) -> Vec<Vec<i64>> {
    let lines = aim.beside.lines;
    let mut lists = vec![vec![]; lines + 1];
    for line in (0..=lines).rev() {
        let next = (line + 1).min(lines);
        let mut rest = vec![0; places.len()];
        for from in (0..places.len().saturating_sub(1)).rev() {
            let after = if next == line { &rest } else { &lists[next] };
            rest[from] = least(places, from, after, &aim.line(line));
        }
        lists[line] = rest;
    }
    lists
}

/// The least that a line after a place can cost, with the lines after it.
fn least(places: &[Place], from: usize, rest: &[i64], aim: &Aim) -> i64 {
    let mut best: Option<i64> = None;
    for to in from + 1..places.len() {
        let settled = places[to].settle(&places[from].after, aim);
        let total = settled.cost + places[to].cost + rest[to];
        // One that is too long counts only where nothing fits.
        if !settled.overfull() || best.is_none() {
            best = Some(best.map_or(total, |b| b.min(total)));
        }
        if settled.overfull() || places[to].forced {
            break;
        }
    }
    best.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Len;
    use crate::line::item::{Glue, Kind};
    use crate::line::{Beside, breaks};

    /// Boxes of ½ and 1 em with glue that gives and grows, and a few forbidden
    /// places; the same on every machine.
    fn items(n: u64, seed: u64) -> Vec<Item> {
        let em = Len::milli_pt(10_000);
        let mut out = vec![];
        let mut dice = seed;
        for _ in 0..n {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let roll = dice >> 33;
            let width = if roll.is_multiple_of(3) { em.frac(1, 2) } else { em };
            let tier = if roll.is_multiple_of(5) { 4 + (roll % 3) as u8 } else { 0 };
            let blank = if tier > 0 { em.frac(1, 2) } else { Len::ZERO };
            let cost =
                if roll.is_multiple_of(7) { NEVER } else { (roll % 4) as i32 * 20 };
            let glue = Glue {
                width: blank,
                shrink: blank,
                tier,
                kind: Kind::Any,
                ..Glue::default()
            };
            out.push(Item::Box { width, piece: None, weight: 1 });
            out.push(Item::Penalty { cost, edge: Edge::default(), forbid: None });
            out.push(Item::Glue(glue));
        }
        out.push(Item::Forced(Edge::default()));
        out
    }

    /// What the lines of a path cost.
    fn cost(places: &[Place], ends: &[usize], aim: &Aim) -> i64 {
        let mut start = Sums::default();
        let mut total = 0;
        for (n, end) in ends.iter().enumerate() {
            let place = places.iter().find(|p| p.at == *end).expect("a place");
            total += place.settle(&start, &aim.line(n)).cost + place.cost;
            start = place.after;
        }
        total
    }

    /// From the front and from the back the least cost is the same, so the lines
    /// left out in [`breaks::best`] are never missed.
    #[test]
    fn no_path_is_cheaper() {
        let em = Len::milli_pt(10_000);
        for seed in 1..60 {
            let aim = Aim {
                measure: em * (5 + seed as i64 % 20),
                justify: true,
                em,
                company: 2,
                lonely: 3900,
                // The first lines may be shorter than the others.
                beside: Beside { lines: seed as usize % 4, by: em * 2 },
            };
            let items = items(20 + seed * 5, seed);
            let places = places(&items);
            let rests = costs_after(&places, &aim);
            let rest = &rests[1.min(aim.beside.lines)];
            let least = (0..places.len())
                .map(|n| (n, places[n].settle(&Sums::default(), &aim.line(0))))
                .filter(|(n, s)| *n == 0 || !s.overfull())
                .map(|(n, s)| s.cost + places[n].cost + rest[n])
                .min();
            let found = cost(&places, &breaks::best(&items, &aim), &aim);
            assert_eq!(Some(found), least, "seed {seed}");
        }
    }
}
