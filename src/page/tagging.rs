//! Gives blocks their places in the structure as they are stacked.

use super::galley::Entry;
use super::stack::Stack;
use super::structure::{Place, Role, Tag, paint};
use crate::book::{Block, BlockKind, Chapter};
use std::sync::Arc;

/// Chapters leave room between them for what keben makes.
pub(super) const STEP: u32 = 10;

/// The place of a chapter among others.
pub(super) fn chapter(all: &[Chapter], chapter: &Chapter) -> Arc<Place> {
    let at = all.iter().position(|c| c.id == chapter.id).unwrap_or(all.len());
    Arc::new(Place { parent: None, index: (at as u32 + 1) * STEP, role: Role::Sect })
}

/// A place among chapters for what keben makes, after so many of them; `nth` is 1 to
/// 9, the title page before all chapters.
pub(super) fn made(after: usize, nth: u32) -> Arc<Place> {
    let index = after as u32 * STEP + nth;
    Arc::new(Place { parent: None, index, role: Role::Sect })
}

/// The place of a page right before a chapter, such as the title of a part.
pub(super) fn before(all: &[Chapter], next: &Chapter) -> Arc<Place> {
    let index = chapter(all, next).index - 1;
    Arc::new(Place { parent: None, index, role: Role::Sect })
}

/// The n-th place inside another.
pub(super) fn child(parent: &Arc<Place>, index: u32, role: Role) -> Arc<Place> {
    Arc::new(Place { parent: Some(parent.clone()), index, role })
}

/// What a block is; nothing for one that says its places itself or is not read.
pub(super) fn role(block: &Block) -> Option<Role> {
    Some(match &block.kind {
        BlockKind::Paragraph(_) | BlockKind::Continued(_) => Role::P,
        BlockKind::Heading { level, .. } => Role::Heading(*level),
        BlockKind::Quote(_) => Role::Quote,
        BlockKind::List { start, .. } => Role::List(start.is_some()),
        BlockKind::Code(_) => Role::Code,
        BlockKind::Math(e) => Role::Formula(e.tex.text.clone()),
        BlockKind::Alert { .. }
        | BlockKind::Verse(_)
        | BlockKind::Definitions(_)
        | BlockKind::Figure(_)
        | BlockKind::Table(_)
        | BlockKind::Styled { .. }
        | BlockKind::Dialogue(_) => Role::Div,
        BlockKind::Break => return None,
    })
}

/// Gives what is drawn in entries its place.
pub(super) fn mark(entries: &mut [Entry], place: &Arc<Place>) {
    entries.iter_mut().for_each(|e| paint(&mut e.draws, place));
}

/// The place of the first thing that has one.
pub(super) fn place_of(entries: &[Entry]) -> Option<Arc<Place>> {
    entries.iter().flat_map(|e| &e.draws).find_map(|(_, _, tag)| match tag {
        Tag::In(place) => Some(place.clone()),
        Tag::Unsaid | Tag::Layout | Tag::Pagination => None,
    })
}

impl Stack<'_, '_, '_> {
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
