//! Why a line ends where it does: the other places where it could have ended,
//! what each would have cost, and the rules that forbid those between.

use super::Broken;
use super::compose::List;
use super::dump;
use super::fit::{Aim, End, Fit, Sums};
use super::flatten::Paragraph;
use super::item::{Item, NEVER};
use super::places::{Place, costs_after, places};
use super::set::Line;
use crate::cjk::Region;
use crate::geom::Len;
use std::fmt::Write;

/// The lines as [`dump::dump`] has them, each followed by the places where it
/// could have ended, from the first that is not too loose to the last that is not
/// too long. A candidate shows how its line would be made to fit, what that line
/// and its end cost, and by how much the whole paragraph would be dearer.
pub fn explain(broken: &Broken, lines: &[Line], p: &Paragraph, region: Region) -> String {
    let places = places(&broken.list.items);
    let rests = costs_after(&places, &broken.aim);
    let mut out = String::new();
    let mut start = Sums::default();
    let mut from = 0;
    for (n, (line, end)) in lines.iter().zip(&broken.ends).enumerate() {
        out.push_str(&dump::line(n, line, broken.aim.em));
        let Some(chosen) = places[from..].iter().rposition(|place| place.at <= *end)
        else {
            break;
        };
        let rest = &rests[(n + 1).min(broken.aim.beside.lines)];
        let view = View {
            aim: broken.aim.line(n),
            broken,
            p,
            places: &places[from..],
            rest: &rest[from..],
            start,
            region,
        };
        view.line(chosen, &mut out);
        start = places[from + chosen].after;
        from += chosen + 1;
    }
    out
}

/// A line and the places after its start.
struct View<'a> {
    aim: Aim,
    broken: &'a Broken,
    p: &'a Paragraph,
    places: &'a [Place],
    rest: &'a [i64],
    start: Sums,
    region: Region,
}

/// A line with more in every gap is not worth showing, in thousandths of an em.
const TOO_LOOSE: i64 = 500;

impl View<'_> {
    fn line(&self, chosen: usize, out: &mut String) {
        let best = self.total(chosen);
        let mut shown = None;
        for n in 0..self.places.len() {
            let settled = self.places[n].settle(&self.start, &self.aim);
            if n != chosen && self.loose(n, settled.fit) {
                continue;
            }
            self.forbidden(shown, self.places[n].at, out);
            shown = Some(self.places[n].at);
            self.candidate(n, n == chosen, best, out);
            if settled.overfull() || self.places[n].forced {
                break;
            }
        }
    }
    fn total(&self, n: usize) -> i64 {
        let place = &self.places[n];
        place.settle(&self.start, &self.aim).cost + place.cost + self.rest[n]
    }
    fn loose(&self, n: usize, fit: Fit) -> bool {
        let line = self.places[n].before - self.start;
        let em = self.broken.aim.em;
        let gap = |x: Len, of: i64| x.frac(1000, em.to_sp()).to_sp() / of.max(1);
        match fit {
            Fit::Natural(rest) => !self.places[n].forced && gap(rest, 1) > TOO_LOOSE,
            Fit::Stretch { any, .. } => gap(any, line.any) > TOO_LOOSE,
            Fit::Squeeze { .. } | Fit::Overfull(_) => false,
        }
    }
    fn candidate(&self, n: usize, chosen: bool, best: i64, out: &mut String) {
        let place = &self.places[n];
        let settled = place.settle(&self.start, &self.aim);
        let how = dump::how(Some(settled.fit), self.broken.aim.em);
        let mark = if chosen { '●' } else { '○' };
        let end = match settled.end {
            End::Kept => "",
            End::Dropped => ", the last mark's blank dropped",
            End::Hung => ", the last mark hung",
        };
        let context = self.context(place.at);
        write!(out, "      {mark} {context}  {how}{end}: costs {}", settled.cost).ok();
        if place.cost > 0 {
            write!(out, " + {} for its end", place.cost).ok();
        }
        match self.total(n) - best {
            _ if chosen => out.push_str(", chosen\n"),
            more => writeln!(out, ", paragraph {more:+}").unwrap_or_default(),
        }
    }
    /// The places between two candidates where no line may end, and why.
    fn forbidden(&self, after: Option<usize>, before: usize, out: &mut String) {
        let Some(after) = after else { return };
        let items = &self.broken.list.items;
        for (at, item) in (after + 1..before).zip(&items[after + 1..before]) {
            if let Item::Penalty { cost: NEVER, forbid: Some(why), .. } = item {
                let (says, clause) = (why.says(), why.clause(self.region));
                let context = self.context(at);
                writeln!(out, "      × {context}  {says} ({clause})").ok();
            }
        }
    }
    /// The text on both sides of an item.
    fn context(&self, at: usize) -> String {
        let list = &self.broken.list;
        let before = list.items[..at].iter().rev().find_map(|i| text(list, self.p, i));
        let after = list.items[at..].iter().find_map(|i| text(list, self.p, i));
        format!("{}|{}", before.unwrap_or_default(), after.unwrap_or_default())
    }
}

fn text<'p>(list: &List, p: &'p Paragraph, item: &Item) -> Option<&'p str> {
    let Item::Box { piece: Some(piece), .. } = item else { return None };
    Some(&p.text[list.pieces[*piece as usize].range.clone()])
}
