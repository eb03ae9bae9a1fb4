//! Grid mode: every Han stands on a grid of whole frames, as in Taiwan's
//! newspapers and on manuscript paper; a Western word takes whole
//! frames
//! (clreq#handling_of_grid_alignment_in_chinese_and_western_mixed_text_composition, M-06).
//!
//! Words are not hyphenated: the tail of one would leave the grid.

use super::compose::List;
use super::item::{Item, Kind, NEVER};
use crate::cjk::class::Class;
use crate::geom::Len;
use std::ops::Range;

/// Rounds the room of everything that does not fill its frames up to whole ones,
/// half of the rest on either side: Western words, notes' marks, pictures. All
/// other glue becomes rigid.
pub fn align(list: &mut List) {
    let em = list.em;
    for run in uneven(list) {
        let width: Len = list.items[run.clone()].iter().map(natural).sum();
        // A typed space behind a word is part of its room.
        let space = match list.items.get_mut(run.end + 1) {
            Some(Item::Glue(g)) if g.kind == Kind::Word => std::mem::take(&mut g.width),
            _ => Len::ZERO,
        };
        let rest = (width + space).up_to(em) - width;
        let left = if space > Len::ZERO { Len::ZERO } else { rest.frac(1, 2) };
        if !widen(list, run.start, left, true) {
            if let Some(Item::Box { width, .. }) = list.items.get_mut(run.start) {
                *width += left;
            }
            shift(list, run.start, left);
        }
        if !widen(list, run.end, rest - left, false)
            && let Some(Item::Box { width, .. }) = list.items.get_mut(run.end - 1)
        {
            *width += rest - left;
        }
    }
    for item in &mut list.items {
        if let Item::Glue(g) = item {
            (g.kind, g.tier, g.shrink, g.stretch) =
                (Kind::Rigid, 0, Len::ZERO, Len::ZERO);
        }
    }
}

/// Stretches of boxes that are no whole frames, each between two places where a
/// line may end.
fn uneven(list: &List) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    let mut open = false;
    for (i, item) in list.items.iter().enumerate() {
        match item {
            Item::Box { width, piece: Some(piece), .. } => {
                let class = list.pieces[*piece as usize].class;
                let whole = width.up_to(list.em) == *width;
                if !class.is_western() && (whole || in_a_frame(class)) {
                    open = false;
                    continue;
                }
                match out.last_mut() {
                    Some(run) if open => run.end = i + 1,
                    _ => out.push(i..i + 1),
                }
                open = true;
            }
            Item::Penalty { cost, .. } if *cost == NEVER => {}
            Item::Penalty { .. } | Item::Forced(_) | Item::Box { .. } => open = false,
            Item::Glue(_) => {}
        }
    }
    out
}

/// Whether a class stands in a whole frame with its blanks.
fn in_a_frame(class: Class) -> bool {
    !matches!(
        class,
        Class::NoteRef
            | Class::Object
            | Class::Hangul
            | Class::Solidus
            | Class::Connector
            | Class::Dash
    )
}

/// Makes the gap beside a stretch so wide, also where a line ends at it: a gap
/// that vanished there would take the next Han off the grid.
fn widen(list: &mut List, at: usize, width: Len, before: bool) -> bool {
    let near =
        if before { at.checked_sub(2).map(|i| (i, i + 1)) } else { Some((at, at + 1)) };
    let Some((penalty, glue)) = near else { return false };
    match list.items.get_mut(glue) {
        Some(Item::Glue(g)) if g.kind == Kind::HanLatin => g.width = width,
        _ => return false,
    }
    if let Some(Item::Penalty { edge, .. }) = list.items.get_mut(penalty) {
        if before {
            edge.next += width;
        } else {
            edge.width += width;
        }
    }
    true
}

/// Moves the glyphs of a box.
fn shift(list: &mut List, at: usize, by: Len) {
    if let Some(Item::Box { piece: Some(piece), .. }) = list.items.get(at) {
        let glyphs = list.pieces[*piece as usize].glyphs.clone();
        let glyphs = glyphs.start as usize..glyphs.end as usize;
        list.glyphs[glyphs].iter_mut().for_each(|g| g.at += by);
    }
}

fn natural(item: &Item) -> Len {
    match item {
        Item::Box { width, .. } => *width,
        Item::Glue(g) => g.width,
        Item::Penalty { .. } | Item::Forced(_) => Len::ZERO,
    }
}
