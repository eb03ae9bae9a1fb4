//! Line by line, as the text of clreq has it (L-04,
//! clreq#reduction_and_expansion_of_inter-character_spacing): fill the line; what does
//! not fit is squeezed in if the line can give so much, else it goes to the next
//! line and this one is stretched. For comparison with [`super::breaks`], which
//! looks at all lines at once.

use super::emergency::INSIDE;
use super::fit::{Aim, Fit, Sums};
use super::item::Item;
use super::places::{Place, places};
use crate::geom::Len;

/// The items at which lines end, first to last.
pub fn literal(items: &[Item], aim: &Aim) -> Vec<usize> {
    let places = places(items);
    let mut chosen: Vec<usize> = vec![];
    let mut start = Sums::default();
    let mut from = 0;
    while from < places.len() {
        let aims = [aim.line(chosen.len()), aim.line(chosen.len() + 1)];
        let mut end = line(&places[from..], &start, &aims[0]) + from;
        if let Some(earlier) = lonely(&places, from, end, &start, &aims) {
            end = earlier;
        }
        start = places[end].after;
        chosen.push(end);
        from = end + 1;
    }
    chosen.into_iter().map(|n| places[n].at).collect()
}

/// The place where a line from `start` ends.
fn line(places: &[Place], start: &Sums, aim: &Aim) -> usize {
    // A place that the rules forbid is taken only where there is no other.
    let mut full = 0;
    for (n, place) in places.iter().enumerate() {
        let settled = place.settle(start, aim);
        match settled.fit {
            Fit::Overfull(_) => return if n == 0 { 0 } else { full },
            // The first that can only be squeezed in is the last that comes in.
            Fit::Squeeze { .. } if exact(&places[full], start, aim) && n > 0 => {
                return full;
            }
            Fit::Squeeze { .. } => return n,
            Fit::Natural(_) | Fit::Stretch { .. } => {
                if place.cost < i64::from(INSIDE) || places[full].cost >= place.cost {
                    full = n;
                }
            }
        }
        if place.forced {
            return n;
        }
    }
    full
}

/// Whether a line needs no adjustment.
fn exact(place: &Place, start: &Sums, aim: &Aim) -> bool {
    let settled = place.settle(start, aim);
    settled.fit == Fit::Natural(Len::ZERO)
}

/// Where a line ends earlier, so that the last one after it is not lonely: one
/// piece is taken down, if the gaps stay within the limit (P-04, C-7).
fn lonely(
    places: &[Place],
    from: usize,
    end: usize,
    start: &Sums,
    [aim, next]: &[Aim; 2],
) -> Option<usize> {
    let rest = places.get(end + 1..)?;
    if rest.is_empty() {
        return None;
    }
    let last = &rest[line(rest, &places[end].after, next)];
    let weight = (last.before - places[end].after).weight;
    if places[end].forced || !last.forced || weight >= aim.company || end == from {
        return None;
    }
    let earlier = &places[end - 1];
    let settled = earlier.settle(start, aim);
    (settled.cost <= aim.lonely && !settled.overfull()).then_some(end - 1)
}
