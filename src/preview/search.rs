//! Words in the printed book: found over the ends of lines, whatever blanks stand
//! between, capital or small.

use super::place::Area;
use super::{Flat, Shown, flat, svg};
use crate::geom::Len;
use crate::page::{Draw, Page};
use rayon::prelude::*;

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// page, from 0
    pub page: usize,
    /// the words as printed, with what stands before and after
    pub text: [String; 3],
    /// where they stand on the page; more than one over the end of a line
    pub areas: Vec<Area>,
}

/// More hits of a word say no more.
pub const MOST: usize = 500;

/// So many characters are shown before and after.
const AROUND: usize = 14;

/// Finds words; the first [`MOST`] hits, and how many there are.
pub fn search(shown: &Shown, words: &str) -> (Vec<Hit>, usize) {
    let wanted: Vec<char> = words.chars().flat_map(folded).collect();
    if wanted.is_empty() {
        return (vec![], 0);
    }
    let pages = shown.pages.par_iter().enumerate();
    let found: Vec<Vec<Hit>> = pages.map(|(n, page)| on_page(n, page, &wanted)).collect();
    let count = found.iter().map(Vec::len).sum();
    (found.into_iter().flatten().take(MOST).collect(), count)
}

/// A character as it is compared: nothing for blanks and hyphens that were not typed.
fn folded(c: char) -> impl Iterator<Item = char> {
    let skipped = c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}');
    c.to_lowercase().filter(move |_| !skipped)
}

/// A compared character, and where it stands: which run, which byte of its text.
struct Char {
    folded: char,
    run: usize,
    byte: usize,
}

fn on_page(number: usize, page: &Page, wanted: &[char]) -> Vec<Hit> {
    let things: Vec<_> = flat(page).filter(Flat::read).collect();
    let mut text = vec![];
    for (run, thing) in things.iter().enumerate() {
        let Draw::Text(drawn) = thing.draw else { continue };
        for (byte, c) in drawn.text.char_indices() {
            text.extend(folded(c).map(|folded| Char { folded, run, byte }));
        }
    }
    let mut hits = vec![];
    let mut at = 0;
    while at + wanted.len() <= text.len() {
        let end = at + wanted.len();
        if text[at..end].iter().map(|c| &c.folded).eq(wanted) {
            let around = [at.saturating_sub(AROUND)..at, at..end, end..end + AROUND];
            let said = around.map(|range| {
                let within = range.start..range.end.min(text.len());
                let real = |c: &Char| printed(&things, c);
                text[within].iter().map(real).collect()
            });
            hits.push(Hit {
                page: number,
                text: said,
                areas: areas(&things, &text[at..end]),
            });
            at = end;
        } else {
            at += 1;
        }
    }
    hits
}

/// The character itself.
fn printed(things: &[Flat<'_>], c: &Char) -> char {
    let Draw::Text(run) = things[c.run].draw else { return ' ' };
    run.text[c.byte..].chars().next().unwrap_or(' ')
}

/// The rectangles around some characters, one for each run.
fn areas(things: &[Flat<'_>], chars: &[Char]) -> Vec<Area> {
    let mut out = vec![];
    for part in chars.chunk_by(|a, b| a.run == b.run) {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let thing = &things[first.run];
        let Draw::Text(run) = thing.draw else { continue };
        let glyph = |byte: usize| {
            run.glyphs.iter().position(|g| (g.text.0..g.text.1).contains(&(byte as u32)))
        };
        let from = glyph(first.byte).map_or(Len::ZERO, |g| run.glyphs[g].at());
        let next = glyph(last.byte).and_then(|g| run.glyphs.get(g + 1));
        let to = next.map_or(run.width, |g| g.at());
        let up = run.size.frac(88, 100);
        let area = match thing.turned {
            false => [thing.at.x + from, thing.at.y - up, to - from, run.size],
            true => [thing.at.x - up, thing.at.y - to, run.size, to - from],
        };
        out.push(area.map(svg::number));
    }
    out
}
