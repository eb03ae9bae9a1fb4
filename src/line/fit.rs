//! What a line costs: how much of which tier it takes to make it fit.
//!
//! Squeezing is cheaper than stretching (clreq, zh: 先挤后推), and within each
//! the tiers are used up in order. Costs of lines add up over the paragraph, so
//! the choice of breaks is the best for all lines together.

use super::item::{Glue, Item, Kind};
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
    pub fn add(&mut self, item: &Item) {
        match item {
            Item::Box { width, weighs, .. } => {
                self.width += *width;
                self.weight += i64::from(*weighs);
            }
            Item::Glue(g) => self.glue(g),
            Item::Penalty { .. } | Item::Forced => {}
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

impl Sub for Sums {
    type Output = Sums;
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
            return Fit::Squeeze { tier, by: need };
        }
        need -= *room;
    }
    Fit::Overfull(need)
}

/// The cost of a fit. Squares of the gap's growth make two lines with 1/20 em
/// better than one with 1/10; a full ¼ em in every gap costs as much as a
/// lonely character ([`LONELY`]), the limit at which C-7 stops.
pub fn cost(f: Fit, line: &Sums, em: Len) -> i64 {
    match f {
        Fit::Natural(_) => 0,
        Fit::Squeeze { tier, by } => {
            // A mark with no blank at all is much worse than two with half.
            let used =
                Len::sp(1000).frac(by.to_sp(), line.shrink[tier].to_sp().max(1)).to_sp();
            let (from, to) = (SQUEEZE[tier - 1], SQUEEZE[tier]);
            from + (to - from) * used * used / 1_000_000
        }
        Fit::Stretch { word, han_latin, any } => {
            // Up to its cap a space is cheap; where nothing else can grow, what
            // goes beyond is as bad as any gap of that size.
            let part = |x: Len, of: Len| {
                let over = (x - of).max(Len::ZERO).frac(1000, em.to_sp()).to_sp();
                40 * x.min(of).to_sp() / of.to_sp().max(1) + gap_cost(over)
            };
            let gap =
                Len::sp(any.to_sp() / line.any.max(1)).frac(1000, em.to_sp()).to_sp();
            part(word, line.word) + part(han_latin, line.han_latin) + gap_cost(gap)
        }
        Fit::Overfull(by) => 1_000_000 + by.to_sp() / 65_536,
    }
}

/// The cost of so much in every gap, in thousandths of an em.
pub fn gap_cost(gap: i64) -> i64 {
    if gap > 0 { 40 + gap.min(20_000).pow(2) / 16 } else { 0 }
}

/// Cost of having used up each tier of squeezing. The last, the blank of 。？！,
/// is kept for what the prohibition rules force (C-6).
const SQUEEZE: [i64; TIERS] = [0, 0, 10, 20, 100, 260, 300, 700];

/// Cost of a last line with a single character, or of one word's tail (孤字).
pub const LONELY: i64 = 3_900;

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
        assert_eq!(f, Fit::Squeeze { tier: 5, by: em().frac(1, 2) });
        line.shrink[5] = Len::ZERO;
        assert_eq!(fit(&line, em() * 10, false), Fit::Overfull(em().frac(1, 2)));
    }
    #[test]
    fn last_lines_are_squeezed_but_not_stretched() {
        let mut line = Sums { width: em() * 9, any: 8, ..Sums::default() };
        assert_eq!(fit(&line, em() * 10, true), Fit::Natural(em()));
        line.shrink[5] = em();
        let squeezed = fit(&line, em().frac(17, 2), true);
        assert_eq!(squeezed, Fit::Squeeze { tier: 5, by: em().frac(1, 2) });
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
