//! What a line costs: how much of which tier it takes to make it fit.
//!
//! Squeezing is cheaper than stretching (clreq, zh: 先挤后推), and within each
//! the tiers are used up in order. Costs of lines add up over the paragraph, so
//! the choice of breaks is the best for all lines together.

use super::Beside;
use super::item::{Edge, Glue, Item, Kind};
use crate::geom::Len;
use std::ops::Sub;

/// Tiers of squeezing, by number (`cjk::gap`); 0 and 1 are never used.
pub const TIERS: usize = 8;

/// What a stretch of items has: widths and room, summed.
#[derive(Debug, Default, Copy, Clone)]
pub struct Sums {
    /// natural width
    pub width: Len,
    /// room to shrink in each tier
    pub shrink: [Len; TIERS],
    /// room to grow in word spaces
    pub word: Len,
    /// room to grow in Han–Latin gaps
    pub han_latin: Len,
    /// gaps that grow without limit
    pub any: i64,
    /// pieces that weigh against a lonely last line
    pub weight: i64,
}

impl Sums {
    /// Adds an item.
    #[inline]
    pub fn add(&mut self, item: &Item) {
        match item {
            Item::Box { width, weight, .. } => {
                self.width += *width;
                self.weight += i64::from(*weight);
            }
            Item::Glue(g) => self.glue(g),
            Item::Penalty { .. } | Item::Forced(_) => {}
        }
    }
    fn glue(&mut self, g: &Glue) {
        self.width += g.width;
        self.shrink[usize::from(g.tier).min(TIERS - 1)] += g.shrink;
        match g.kind {
            Kind::Rigid => {}
            Kind::Word => self.word += g.stretch,
            Kind::HanLatin => self.han_latin += g.stretch,
            Kind::Any => self.any += 1,
        }
    }
}

impl Sums {
    /// What has come since the sums were these. A line that is not too long has no room
    /// to shrink, for it needs none.
    #[inline]
    pub(super) fn since(&self, start: &Sums, edge: &Edge, measure: Len) -> Sums {
        let width = self.width - start.width;
        if width + edge.width > measure {
            return *self - *start;
        }
        Sums {
            width,
            shrink: [Len::ZERO; TIERS],
            word: self.word - start.word,
            han_latin: self.han_latin - start.han_latin,
            any: self.any - start.any,
            weight: self.weight - start.weight,
        }
    }
}

impl Sub for Sums {
    type Output = Sums;
    #[inline]
    fn sub(mut self, o: Sums) -> Sums {
        self.width -= o.width;
        for (a, b) in self.shrink.iter_mut().zip(o.shrink) {
            *a -= b;
        }
        self.word -= o.word;
        self.han_latin -= o.han_latin;
        self.any -= o.any;
        self.weight -= o.weight;
        self
    }
}

/// How a line is made to fit.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Fit {
    /// as it is, with this much left at its end
    Natural(Len),
    /// squeezed: the tiers below are at their least, this one gives so much
    Squeeze {
        /// the tier that is partly used
        tier: usize,
        /// what it gives
        by: Len,
        /// what it could give
        of: Len,
    },
    /// stretched: word spaces, Han–Latin gaps and all others give so much
    Stretch {
        /// word spaces
        word: Len,
        /// Han–Latin gaps
        han_latin: Len,
        /// all others
        any: Len,
    },
    /// Too long by so much, with all squeezed.
    Overfull(Len),
}

/// What lines are fitted to.
#[derive(Debug, Copy, Clone)]
pub struct Aim {
    /// length of a line
    pub measure: Len,
    /// both edges flush?
    pub justify: bool,
    /// size against which gaps are judged
    pub em: Len,
    /// a last line with less weight than this is lonely
    pub company: i64,
    /// what a lonely last line costs
    pub lonely: i64,
    /// what the first lines stand beside
    pub beside: Beside,
}

impl Aim {
    /// The aim of a line, counted from 0.
    pub fn line(&self, n: usize) -> Aim {
        Aim { measure: self.measure_of(n), ..*self }
    }
    /// How long a line is, counted from 0.
    pub fn measure_of(&self, n: usize) -> Len {
        let by = if n < self.beside.lines { self.beside.by } else { Len::ZERO };
        self.measure - by
    }
}

/// What became of the mark at a line's end.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum End {
    /// as the rules have it
    #[default]
    Kept,
    /// its blank went, because the line needed it
    Dropped,
    /// it stands outside the measure
    Hung,
}

/// A line made to fit.
#[derive(Debug, Copy, Clone)]
pub struct Settled {
    /// how
    pub fit: Fit,
    /// what became of the mark at its end
    pub end: End,
    /// what it costs
    pub cost: i64,
}

impl Settled {
    /// Whether the line is too long even when squeezed.
    pub fn overfull(&self) -> bool {
        matches!(self.fit, Fit::Overfull(_))
    }
}

/// Makes a line fit in the cheapest of the ways that its end leaves open.
pub fn settle(line: &Sums, edge: &Edge, aim: &Aim, last: bool) -> Settled {
    let way = |width: Len, end: End| {
        // Ragged lines keep their natural widths; long ones are squeezed.
        let fit = fit(line, aim.measure - width, last || !aim.justify);
        Settled { fit, end, cost: weigh(fit, line, aim, last) }
    };
    let mut best = way(edge.width, End::Kept);
    let mut or = |width, end, extra| {
        let mut other = way(width, end);
        other.cost += extra;
        if other.cost < best.cost {
            best = other;
        }
    };
    if edge.drop > Len::ZERO {
        or(edge.width - edge.drop, End::Dropped, 0);
    }
    if edge.hang > Len::ZERO {
        // Its blank goes with it.
        or(-edge.hang, End::Hung, HUNG);
    }
    best
}

/// Cost of a hanging mark: squeezing brackets is better, stretching is not (H-01).
const HUNG: i64 = 110;

fn weigh(fit: Fit, line: &Sums, aim: &Aim, last: bool) -> i64 {
    let mut cost = cost(fit, line, aim.em);
    if let (Fit::Natural(rest), false) = (fit, last) {
        // A line in which nothing grows is as bad as one gap of that size;
        // ragged lines are only kept from being needlessly short.
        let gap = rest.frac(1000, aim.em.to_sp()).to_sp();
        cost += if aim.justify { gap_cost(gap) } else { gap / 100 };
    }
    if last && line.weight < aim.company && !matches!(fit, Fit::Overfull(_)) {
        cost += aim.lonely;
    }
    cost
}

/// Makes a line fit. `last` lines are squeezed but never stretched.
pub fn fit(line: &Sums, measure: Len, last: bool) -> Fit {
    let slack = measure - line.width;
    if slack < Len::ZERO {
        return squeeze(line, -slack);
    }
    if last || slack == Len::ZERO {
        return Fit::Natural(slack);
    }
    let word = slack.min(line.word);
    let han_latin = (slack - word).min(line.han_latin);
    let any = slack - word - han_latin;
    if line.any == 0 && any > Len::ZERO {
        // Nothing can take the rest: all that can grow does, evenly.
        return match (line.word > Len::ZERO, line.han_latin > Len::ZERO) {
            (false, false) => Fit::Natural(slack),
            (true, _) => Fit::Stretch { word: word + any, han_latin, any: Len::ZERO },
            (false, true) => {
                Fit::Stretch { word, han_latin: han_latin + any, any: Len::ZERO }
            }
        };
    }
    Fit::Stretch { word, han_latin, any }
}

fn squeeze(line: &Sums, mut need: Len) -> Fit {
    for (tier, room) in line.shrink.iter().enumerate() {
        if need <= *room {
            return Fit::Squeeze { tier, by: need, of: *room };
        }
        need -= *room;
    }
    Fit::Overfull(need)
}

/// The cost of a fit. Squares of the gap's growth make two lines with 1/20 em
/// better than one with 1/10.
pub fn cost(f: Fit, line: &Sums, em: Len) -> i64 {
    match f {
        Fit::Natural(_) => 0,
        Fit::Squeeze { tier, by, of } => {
            // A mark with no blank at all is much worse than two with half.
            let used = Len::sp(1000).frac(by.to_sp(), of.to_sp().max(1)).to_sp();
            let (from, to) = (SQUEEZE[tier - 1], SQUEEZE[tier]);
            from + (to - from) * used * used / 1_000_000
        }
        Fit::Stretch { word, han_latin, any } => {
            // Up to its cap a space is cheap; where nothing else can grow, what
            // goes beyond is as bad as any gap of that size.
            let part = |x: Len, of: Len| {
                if x == Len::ZERO {
                    return 0;
                }
                let over = (x - of).max(Len::ZERO).frac(1000, em.to_sp()).to_sp();
                40 * x.min(of).to_sp() / of.to_sp().max(1) + gap_cost(over)
            };
            let gap =
                Len::sp(any.to_sp() / line.any.max(1)).frac(1000, em.to_sp()).to_sp();
            part(word, line.word) + part(han_latin, line.han_latin) + gap_cost(gap)
        }
        // Of lines that are too long the least long one, whatever else they cost.
        Fit::Overfull(by) => {
            OVERFULL + 1000 * by.frac(1000, em.to_sp()).to_sp().min(1_000_000)
        }
    }
}

/// Cost of a line that is too long: more than the loosest.
const OVERFULL: i64 = 30_000_000;

/// The cost of so much in every gap, in thousandths of an em.
pub fn gap_cost(gap: i64) -> i64 {
    if gap > 0 { 40 + gap.min(20_000).pow(2) / 16 } else { 0 }
}

/// Cost of having used up each tier of squeezing. The last, the blank of 。？！,
/// is kept for what the prohibition rules force (C-6).
const SQUEEZE: [i64; TIERS] = [0, 0, 10, 20, 100, 260, 300, 700];

/// Cost of a last line that is lonely (孤字): a little less than that of a line
/// with so much in every gap, so that no line is stretched further for it (C-7).
pub fn lonely(limit: i64) -> i64 {
    gap_cost(limit) * 99 / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    fn em() -> Len {
        Len::milli_pt(10_000)
    }
    #[test]
    fn tiers_are_used_in_order() {
        let mut line = Sums { width: em() * 11, ..Sums::default() };
        line.shrink[4] = em().frac(1, 2);
        line.shrink[5] = em();
        let f = fit(&line, em() * 10, false);
        assert_eq!(f, Fit::Squeeze { tier: 5, by: em().frac(1, 2), of: em() });
        line.shrink[5] = Len::ZERO;
        assert_eq!(fit(&line, em() * 10, false), Fit::Overfull(em().frac(1, 2)));
    }
    #[test]
    fn last_lines_are_squeezed_but_not_stretched() {
        let mut line = Sums { width: em() * 9, any: 8, ..Sums::default() };
        assert_eq!(fit(&line, em() * 10, true), Fit::Natural(em()));
        line.shrink[5] = em();
        let squeezed = fit(&line, em().frac(17, 2), true);
        assert_eq!(squeezed, Fit::Squeeze { tier: 5, by: em().frac(1, 2), of: em() });
    }
    #[test]
    fn one_loose_line_costs_more_than_two_half_as_loose() {
        let line = Sums { any: 10, ..Sums::default() };
        let s = |n| Fit::Stretch {
            word: Len::ZERO,
            han_latin: Len::ZERO,
            any: em().frac(n, 10),
        };
        assert!(cost(s(20), &line, em()) > 2 * cost(s(10), &line, em()));
    }
}
