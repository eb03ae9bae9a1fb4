//! Line by line, as the text of clreq has it (L-04,
//! clreq#reduction_and_expansion_of_character_spacing): fill the line; what does
//! not fit is squeezed in if the line can give so much, else it goes to the next
//! line and this one is stretched. For comparison with [`super::breaks`], which
//! looks at all lines at once.

use super::breaks::after;
use super::fit::{self, Aim, Fit, Sums};
use super::item::{Edge, Item, NEVER};
use crate::geom::Len;

/// A place where a line may end.
struct Place {
    at: usize,
    /// the sums up to it, and from the first ink after it
    before: Sums,
    after: Sums,
    edge: Edge,
    forced: bool,
}

/// The items at which lines end, first to last.
pub fn literal(items: &[Item], aim: &Aim) -> Vec<usize> {
    let places = places(items);
    let mut chosen: Vec<usize> = vec![];
    let mut start = Sums::default();
    let mut from = 0;
    while from < places.len() {
        let mut end = line(&places[from..], &start, aim) + from;
        if let Some(earlier) = lonely(&places, from, end, &start, aim) {
            end = earlier;
        }
        start = places[end].after;
        chosen.push(end);
        from = end + 1;
    }
    chosen.into_iter().map(|n| places[n].at).collect()
}

fn places(items: &[Item]) -> Vec<Place> {
    let mut out = vec![];
    let mut sums = Sums::default();
    for (at, item) in items.iter().enumerate() {
        let (edge, forced) = match item {
            Item::Penalty { cost, edge, .. } if *cost < NEVER => (*edge, false),
            Item::Forced(edge) => (*edge, true),
            Item::Penalty { .. } | Item::Box { .. } | Item::Glue(_) => {
                sums.add(item);
                continue;
            }
        };
        let after = after(items, at, sums, &edge);
        out.push(Place { at, before: sums, after, edge, forced });
    }
    out
}

/// The place where a line from `start` ends.
fn line(places: &[Place], start: &Sums, aim: &Aim) -> usize {
    let mut full = 0;
    for (n, place) in places.iter().enumerate() {
        let settled =
            fit::settle(&(place.before - *start), &place.edge, aim, place.forced);
        match settled.fit {
            Fit::Overfull(_) => return if n == 0 { 0 } else { full },
            // The first that can only be squeezed in is the last that comes in.
            Fit::Squeeze { .. } if exact(&places[full], start, aim) && n > 0 => {
                return full;
            }
            Fit::Squeeze { .. } => return n,
            Fit::Natural(_) | Fit::Stretch { .. } => full = n,
        }
        if place.forced {
            return n;
        }
    }
    full
}

/// Whether a line needs no adjustment.
fn exact(place: &Place, start: &Sums, aim: &Aim) -> bool {
    let settled = fit::settle(&(place.before - *start), &place.edge, aim, place.forced);
    settled.fit == Fit::Natural(Len::ZERO)
}

/// Where a line ends earlier, so that the last one after it is not lonely: one
/// piece is taken down, if the gaps stay within the limit (P-04, C-7).
fn lonely(
    places: &[Place],
    from: usize,
    end: usize,
    start: &Sums,
    aim: &Aim,
) -> Option<usize> {
    let rest = places.get(end + 1..)?;
    let last = &rest[line(rest, &places[end].after, aim)];
    let weight = (last.before - places[end].after).weight;
    if places[end].forced || !last.forced || weight >= aim.company || end == from {
        return None;
    }
    let earlier = &places[end - 1];
    let sums = earlier.before - *start;
    let settled = fit::settle(&sums, &earlier.edge, aim, false);
    (settled.cost <= aim.lonely && !settled.overfull()).then_some(end - 1)
}
