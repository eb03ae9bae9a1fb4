//! Glyphs and what stands between them. Most gaps of a justified line are alike: they
//! are said once, as character spacing (ISO 32000-1, 9.3.2), and only what differs is
//! said glyph by glyph (9.4.3, `TJ`).

use super::fonts::Subset;
use super::syntax;
use crate::line::GlyphRun;
use std::ops::Range;

/// Glyphs, as they are written. Used again for others, so that its room is kept.
#[derive(Debug, Default)]
pub(super) struct Spread {
    /// strings of glyphs, and between them moves back, in thousandths of an em
    pub(super) array: Vec<u8>,
    /// what is added after each besides, in 1/10000 pt
    pub(super) spacing: i64,
    /// where each glyph begins, in millionths of a point
    places: Vec<i64>,
    gaps: Vec<i64>,
    string: Vec<u8>,
}

impl Spread {
    /// Some glyphs of a run. Moves are whole numbers; what rounding leaves over goes into
    /// the next, so a line's end is never off by more than half a thousandth of an em.
    pub(super) fn set(&mut self, run: &GlyphRun, range: Range<usize>, subset: &Subset) {
        let part = &run.glyphs[range];
        let Spread { array, spacing, places, gaps, string } = self;
        array.clear();
        *spacing = 0;
        let Some(first) = part.first() else { return };
        // The size as the file has it, in 1/1000 pt: an advance of 1/1000 em is so many
        // millionths of a point.
        let size = super::content::thousandths(run.size).max(1);
        let millionths = |sp: i64| sp.saturating_mul(15_625) / 1024;
        places.clear();
        places.extend(part.iter().map(|g| millionths((g.at() - first.at()).to_sp())));
        gaps.clear();
        gaps.extend(
            places
                .windows(2)
                .zip(part)
                .map(|(p, g)| p[1] - p[0] - subset.placed(g.id).1 * size),
        );
        *spacing = usual(gaps, size);
        let mut pen = 0;
        string.clear();
        for (i, g) in part.iter().enumerate() {
            let (id, advance) = subset.placed(g.id);
            pen += advance * size + *spacing * 100;
            let over = places.get(i + 1).map_or(0, |next| pen - next);
            let back = (2 * over + size * over.signum()) / (2 * size);
            pen -= back * size;
            string.extend(id.to_be_bytes());
            if back != 0 {
                syntax::literal(array, string);
                syntax::integer(array, back);
                string.clear();
            }
        }
        if !string.is_empty() {
            syntax::literal(array, string);
        }
    }
}

/// The gap that most have, in 1/10000 pt, from gaps in millionths of a point; 0 where
/// there is no such.
fn usual(gaps: &mut [i64], size: i64) -> i64 {
    // Equal shares of a line differ by less than two thousandths of an em.
    let alike = size * 2;
    gaps.sort_unstable();
    let mut best = 0..0;
    let mut from = 0;
    for to in 0..gaps.len() {
        while gaps[to] - gaps[from] > alike {
            from += 1;
        }
        if to + 1 - from > best.len() {
            best = from..to + 1;
        }
    }
    let found = &gaps[best];
    // Fewer than three are not worth a word.
    if found.len() < 3 {
        return 0;
    }
    let mean = found.iter().sum::<i64>() / found.len() as i64;
    if mean.abs() < size / 2 { 0 } else { (mean + 50 * mean.signum()) / 100 }
}

#[cfg(test)]
mod tests {
    use super::usual;

    #[test]
    fn the_gap_of_most_is_found() {
        // At 10 pt: two tenths of a point, one glyph with half an em less.
        let usual = |gaps: &[i64]| usual(&mut gaps.to_vec(), 10_000);
        let gaps = [200_000, 200_010, 199_990, 200_000, -5_000_000];
        assert_eq!(usual(&gaps), 2000);
        // None where they all differ, where most have none, where there are few.
        assert_eq!(usual(&[0, 100_000, 200_000, 300_000]), 0);
        assert_eq!(usual(&[0, 1_000, 0, 0, 500_000]), 0);
        assert_eq!(usual(&[200_000, 200_000]), 0);
        assert_eq!(usual(&[]), 0);
    }
}
