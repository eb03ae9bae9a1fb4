//! Lists of figures and of tables.

use super::Setter;
use super::contents::Listing;
use crate::book::{BlockKind, Chapter, Inline, walk};
use crate::page::paginate::{self, Leaf};
use crate::page::{Labels, stack};

/// What a list is of.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(in crate::page) enum Kind {
    /// figures
    Figures,
    /// tables
    Tables,
}

/// The figures or tables that have numbers, with their pages; nothing where there
/// are none.
pub(in crate::page) fn list(
    s: &mut Setter<'_, '_, '_>,
    kind: Kind,
    labels: &Labels,
) -> Vec<Leaf> {
    let (title, id) = match kind {
        Kind::Figures => (s.words().figures, "list-of-figures"),
        Kind::Tables => (s.words().tables, "list-of-tables"),
    };
    let mut entries = vec![s.heading(title, id)];
    let nth = if kind == Kind::Figures { 6 } else { 7 };
    let mut list = Listing::new(&s.made(nth), &mut entries);
    for chapter in &s.input.book.chapters {
        for (n, (number, caption)) in (1..).zip(numbered(chapter, kind)) {
            let anchor = match kind {
                Kind::Figures => stack::figure_anchor(chapter, n),
                Kind::Tables => stack::table_anchor(chapter, n),
            };
            let own = s.entry(Some(number), caption, &anchor, labels, 1, 0);
            entries.extend(list.entry(0, own));
        }
    }
    if entries.len() == 1 {
        return vec![];
    }
    paginate::cut(entries, &s.input.config.page.area)
}

/// Numbers and captions, in the order of the text.
fn numbered(chapter: &Chapter, kind: Kind) -> Vec<(&str, &[Inline])> {
    let mut out = vec![];
    walk::blocks(&chapter.blocks, &mut |block| {
        if let (BlockKind::Figure(f), Kind::Figures) = (&block.kind, kind) {
            out.extend(f.numbered());
        }
        if let (BlockKind::Table(t), Kind::Tables) = (&block.kind, kind) {
            out.extend(t.number.as_deref().map(|n| (n, t.caption.as_slice())));
        }
    });
    out
}
