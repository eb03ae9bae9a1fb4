//! Gives blocks their places in the structure as they are stacked.

use super::Input;
use super::galley::Entry;
use super::stack::Stack;
use super::structure::{Marker, Place, Role, paint};
use crate::book::{Block, BlockKind, BlockStyle, Chapter, Division};
use std::sync::Arc;

/// Chapters leave room between them for what keben makes.
pub(super) const STEP: u32 = 10;

/// The place of a chapter among others, inside its part.
pub(super) fn chapter(all: &[Chapter], chapter: &Chapter) -> Arc<Place> {
    let at = position(all, chapter);
    let index = (at as u32 + 1) * STEP;
    let parent = part_of(all, at).map(|first| part(all, first));
    Arc::new(Place { parent, index, role: Role::Sect })
}

/// The place of the part that begins with a chapter.
pub(super) fn part(all: &[Chapter], first: &Chapter) -> Arc<Place> {
    let index = (position(all, first) as u32 + 1) * STEP - 1;
    Arc::new(Place { parent: None, index, role: Role::Part })
}

fn position(all: &[Chapter], chapter: &Chapter) -> usize {
    all.iter().position(|c| c.id == chapter.id).unwrap_or(all.len())
}

/// The first chapter of the part around one; back matter belongs to none.
fn part_of(all: &[Chapter], at: usize) -> Option<&Chapter> {
    let own = |c: &&Chapter| c.division == Division::Back || c.part.is_some();
    let begins = all.get(..=at)?.iter().rev().find(own)?;
    (begins.division != Division::Back).then_some(begins)
}

/// The level of a chapter's title: below that of its part, where that has a page, and
/// below those of the chapters around it.
pub(super) fn level(input: &Input<'_>, chapter: &Chapter) -> u8 {
    let all = &input.book.chapters;
    let parted = part_of(all, position(all, chapter)).is_some();
    let above = u8::from(parted && input.config.makeup.part_page);
    chapter.depth.saturating_add(1 + above)
}

/// A place among chapters for what keben makes, after so many of them; `nth` is 1 to
/// 9, the title page before all chapters.
pub(super) fn made(after: usize, nth: u32) -> Arc<Place> {
    let index = after as u32 * STEP + nth;
    Arc::new(Place { parent: None, index, role: Role::Sect })
}

/// The n-th place inside another.
pub(super) fn child(parent: &Arc<Place>, index: u32, role: Role) -> Arc<Place> {
    Arc::new(Place { parent: Some(parent.clone()), index, role })
}

/// Gives what is drawn in entries its place.
pub(super) fn mark(entries: &mut [Entry], place: &Arc<Place>) {
    entries.iter_mut().for_each(|e| paint(&mut e.draws, place));
}

/// The place of the first thing that has one.
pub(super) fn place_of(entries: &[Entry]) -> Option<Arc<Place>> {
    entries.iter().flat_map(|e| &e.draws).find_map(|d| d.2.place().cloned())
}

impl Stack<'_, '_, '_> {
    /// What a block is; nothing for one that is not read.
    pub(super) fn role(&self, block: &Block) -> Option<Role> {
        Some(match &block.kind {
            BlockKind::Paragraph(_) | BlockKind::Continued(_) | BlockKind::Math(_) => {
                Role::P
            }
            BlockKind::Heading { level, .. } => {
                Role::Heading(level.saturating_add(self.level - 1))
            }
            BlockKind::Quote(_)
            | BlockKind::Styled { style: BlockStyle::Epigraph, .. } => Role::Quote,
            BlockKind::List { start, .. } => Role::List(match (start, self.depth.1) {
                (Some(_), _) => Marker::Decimal,
                (None, 0) => Marker::Disc,
                (None, 1) => Marker::None,
                (None, 2..) => Marker::Circle,
            }),
            BlockKind::Definitions(_) => Role::List(Marker::None),
            BlockKind::Code(_)
            | BlockKind::Alert { .. }
            | BlockKind::Verse(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Styled { .. }
            | BlockKind::Dialogue(_) => Role::Div,
            BlockKind::Break => return None,
        })
    }
    /// The next place inside the one where this stands.
    pub(super) fn inside(&mut self, role: Role) -> Arc<Place> {
        self.children += 1;
        let parent = Some(self.place.clone());
        Arc::new(Place { parent, index: self.children, role })
    }
    /// Stacks what stands in a place.
    pub(super) fn within<T>(
        &mut self,
        place: &Arc<Place>,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = (std::mem::replace(&mut self.place, place.clone()), self.children);
        self.children = 0;
        // Blank lines before it may be taken away.
        let drawn = |e: &Entry| !e.draws.is_empty();
        let from = self.entries.iter().rposition(drawn).map_or(0, |i| i + 1);
        let out = act(self);
        let entries = self.entries.get_mut(from..).unwrap_or_default();
        mark(entries, place);
        (self.place, self.children) = outer;
        out
    }
    /// The same for a new place of a role.
    pub(super) fn tagged<T>(
        &mut self,
        role: Role,
        act: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let place = self.inside(role);
        self.within(&place, act)
    }
}
