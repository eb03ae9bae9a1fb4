//! The glossary (术语表): its terms in the order of the book's language.

use super::collate::Collation;
use super::{BlockKind, Book, Role, text};

/// Sorts the terms of each list of a glossary.
pub fn sort(book: &mut Book) {
    let order = Collation::of(&book.meta.lang);
    for chapter in book.chapters.iter_mut().filter(|c| c.role == Role::Glossary) {
        for block in &mut chapter.blocks {
            if let BlockKind::Definitions(list) = &mut block.kind {
                list.sort_by(|a, b| {
                    let (a, b) = (text::plain(&a.term), text::plain(&b.term));
                    let initials = order.initial(&a).cmp(&order.initial(&b));
                    initials.then_with(|| order.compare(&a, &b))
                });
            }
        }
    }
}
