//! A paragraph with so many lines, no more and no fewer: set a line shorter or
//! longer than it would be, so that pages end well (孤行, P-05).

use super::fit::{Aim, Sums};
use super::places::Place;

/// The most that a line of it may cost: brackets squeezed, or 1/16 em in every gap.
const MOST: i64 = 300;

/// The items at which the lines end, and what they cost; `None` where a line would
/// cost too much.
///
/// Layer by layer: of all the ways to reach a place in so many lines the cheapest.
/// Lines that are loose end the layer early, so it is as wide as a few words.
pub(super) fn ends(
    places: &[Place],
    aim: &Aim,
    lines: usize,
) -> Option<(Vec<usize>, i64)> {
    let mut layers: Vec<Vec<Reached>> = vec![];
    for n in 1..=lines {
        let next = match layers.last() {
            None => layer(places, &[START], aim, n == lines),
            Some(last) => layer(places, last, aim, n == lines),
        };
        if next.is_empty() {
            return None;
        }
        layers.push(next);
    }
    let last = layers.last()?.first()?;
    let (cost, mut at) = (last.cost, last.from);
    let mut path = vec![places[last.place].at];
    for layer in layers.iter().rev().skip(1) {
        let reached = &layer[at];
        path.push(places[reached.place].at);
        at = reached.from;
    }
    path.reverse();
    Some((path, cost))
}

/// A place that is reached with so many lines.
struct Reached {
    place: usize,
    cost: i64,
    /// where in the layer before the last of these lines begins
    from: usize,
}

/// Before the first place.
const START: Reached = Reached { place: usize::MAX, cost: 0, from: 0 };

/// The places that one more line reaches, in order, each the cheapest way.
fn layer(places: &[Place], before: &[Reached], aim: &Aim, last: bool) -> Vec<Reached> {
    let mut out: Vec<Reached> = vec![];
    for (from, reached) in before.iter().enumerate() {
        let first = reached.place.wrapping_add(1);
        let start = match places.get(reached.place) {
            Some(place) => place.after,
            None => Sums::default(),
        };
        // Half a line costs too much, whatever stands in it.
        let least = start.width + aim.measure.frac(1, 2);
        for (place, p) in places.iter().enumerate().skip(first) {
            if !p.forced && (p.before.width < least || loose(p, &start, aim)) {
                continue;
            }
            let settled = p.settle(&start, aim);
            if settled.overfull() {
                break;
            }
            if settled.cost <= MOST && p.forced == last {
                let cost = reached.cost + settled.cost + p.cost;
                enter(&mut out, Reached { place, cost, from });
            }
            if p.forced {
                break;
            }
        }
    }
    out
}

/// Whether it is plain without more that a line costs too much: beside what its spaces
/// take, every other gap has more than 1/16 em.
fn loose(place: &Place, start: &Sums, aim: &Aim) -> bool {
    let sums = &place.before;
    let width = sums.width - start.width + place.edge.width;
    let rest = aim.measure
        - width
        - (sums.word - start.word)
        - (sums.han_latin - start.han_latin);
    let any = sums.any - start.any;
    any > 0 && rest > aim.em.frac(66 * any, 1000)
}

fn enter(out: &mut Vec<Reached>, new: Reached) {
    match out.binary_search_by_key(&new.place, |r| r.place) {
        Ok(i) if out[i].cost > new.cost => out[i] = new,
        Ok(_) => {}
        Err(i) => out.insert(i, new),
    }
}
