//! The emergency pass: what no legal break can set is opened (clreq.md U-06: a
//! unit wider than the measure breaks like any other text).
//!
//! Only a chain of pieces that must stay together and is longer than a line even
//! when squeezed is touched: words in it are cut between their characters, and
//! its forbidden places become very costly ones. Everything else in the
//! paragraph keeps its rules.

use super::compose::{List, Piece};
use super::fit::{Aim, Sums};
use super::item::{Edge, Item, NEVER};
use super::set::edge;
use crate::cjk::class::Class;
use crate::geom::Len;
use std::ops::Range;

/// Cost of a line end inside a word: dearer than any gap.
pub(super) const INSIDE: i32 = 60_000;
/// Cost of one at a forbidden place: only where a word cannot be cut.
const FORBIDDEN: i32 = 200_000;

/// Opens the chains that are too long; false if there is nothing to open.
pub fn open(list: &mut List, aim: &Aim) -> bool {
    let long: Vec<_> =
        chains(&list.items).into_iter().filter(|c| too_long(list, c, aim)).collect();
    if long.is_empty() {
        return false;
    }
    let old = std::mem::take(&mut list.items);
    let drawn = std::mem::take(&mut list.drawn);
    let mut chains = long.into_iter().peekable();
    for (i, (item, drawn)) in old.into_iter().zip(drawn).enumerate() {
        while chains.next_if(|c| c.end <= i).is_some() {}
        let inside = chains.peek().is_some_and(|c| c.contains(&i));
        match item {
            Item::Box { width, piece: Some(piece), weight } if inside => {
                cut(list, piece, width, weight);
            }
            Item::Penalty { cost: NEVER, forbid, .. } if inside => {
                let edge = Edge::default();
                list.items.push(Item::Penalty { cost: FORBIDDEN, edge, forbid });
                list.drawn.push(drawn);
            }
            Item::Box { .. } | Item::Penalty { .. } | Item::Glue(_) | Item::Forced(_) => {
                list.items.push(item);
                list.drawn.push(drawn);
            }
        }
    }
    true
}

/// The stretches of items between two places where a line may end.
fn chains(items: &[Item]) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut start = 0;
    for (i, item) in items.iter().enumerate() {
        let legal = match item {
            Item::Penalty { cost, .. } => *cost < NEVER,
            Item::Forced(_) => true,
            Item::Box { .. } | Item::Glue(_) => false,
        };
        if legal {
            out.push(start..i);
            start = i + 1;
        }
    }
    out
}

fn too_long(list: &List, chain: &Range<usize>, aim: &Aim) -> bool {
    let items = &list.items[chain.clone()];
    let ink = |i: &Item| matches!(i, Item::Box { .. });
    let Some(first) = items.iter().position(ink) else { return false };
    // What its ends add: a hyphen or kept blank behind, a kept blank before.
    let end = list.items.get(chain.end).map(edge).unwrap_or_default();
    let before = chain.start.checked_sub(1).map(|i| edge(&list.items[i]));
    let before = before.unwrap_or_default().next;
    let mut sums = Sums { width: before + end.width - end.drop, ..Sums::default() };
    items[first..].iter().for_each(|i| sums.add(i));
    // The first lines are the shortest.
    sums.width - sums.shrink.into_iter().sum() > aim.line(0).measure
}

/// Cuts a box between its characters.
fn cut(list: &mut List, piece: u32, width: Len, weight: u8) {
    let whole = list.pieces[piece as usize].clone();
    let glyphs = whole.glyphs.clone();
    let starts: Vec<u32> =
        glyphs.clone().filter(|g| *g == glyphs.start || starts_here(list, *g)).collect();
    let solid = whole.part.is_some() || starts.len() < 2;
    if solid || !whole.class.is_western() && whole.class != Class::Hangul {
        // A formula, a picture, a pair of dashes, a note's mark: nothing to cut.
        list.items.push(Item::Box { width, piece: Some(piece), weight });
        list.drawn.push(None);
        return;
    }
    for (n, &from) in starts.iter().enumerate() {
        let to = starts.get(n + 1).copied().unwrap_or(glyphs.end);
        let at = if n == 0 { Len::ZERO } else { list.glyphs[from as usize].at };
        let end = starts.get(n + 1).map_or(width, |g| list.glyphs[*g as usize].at);
        let text = |g: u32| list.glyphs[g as usize].text.start;
        let first = if n == 0 { whole.range.start } else { text(from) };
        let last = if to == glyphs.end { whole.range.end } else { text(to) };
        list.pieces.push(Piece { glyphs: from..to, range: first..last, ..whole });
        if n > 0 {
            let edge = Edge::default();
            list.items.push(Item::Penalty { cost: INSIDE, edge, forbid: None });
            list.drawn.push(None);
        }
        let piece = Some(list.pieces.len() as u32 - 1);
        list.items.push(Item::Box { width: end - at, piece, weight: weight.min(1) });
        list.drawn.push(None);
    }
    // The glyphs of each new piece are measured from its own start; from the last
    // one back, so that no start is moved before it is read.
    for (n, &from) in starts.iter().enumerate().rev() {
        let to = starts.get(n + 1).copied().unwrap_or(glyphs.end);
        let at = if n == 0 { Len::ZERO } else { list.glyphs[from as usize].at };
        list.glyphs[from as usize..to as usize].iter_mut().for_each(|g| g.at -= at);
    }
}

/// Whether a character begins with this glyph; combining marks stay with theirs.
fn starts_here(list: &List, glyph: u32) -> bool {
    let here = &list.glyphs[glyph as usize];
    let before = &list.glyphs[glyph as usize - 1];
    !here.text.is_empty() && here.text.start >= before.text.end && here.at > before.at
}
