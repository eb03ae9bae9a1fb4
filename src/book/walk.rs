//! Visits what is inside a book, in reading order, for those who look for one
//! kind of thing. Depth is bounded where books are read.

use super::{Block, BlockKind, Chapter, Inline, Listing, PictureRef, Ref};

/// Calls `visit` for every block and those inside it.
pub fn blocks<'a>(list: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in list {
        visit(block);
        match &block.kind {
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => blocks(b, visit),
            BlockKind::Dialogue(list) => {
                list.iter().for_each(|s| blocks(&s.blocks, visit))
            }
            BlockKind::Table(t) => t.cells().for_each(|c| blocks(&c.blocks, visit)),
            BlockKind::List { items, .. } => {
                items.iter().for_each(|i| blocks(&i.blocks, visit))
            }
            BlockKind::Definitions(list) => {
                list.iter().flat_map(|d| &d.meanings).for_each(|m| blocks(m, visit))
            }
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
    }
}

/// Calls `visit` for every inline that is a block's own, and those inside it.
pub fn inlines_of<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Inline)) {
    match &block.kind {
        BlockKind::Paragraph(t)
        | BlockKind::Continued(t)
        | BlockKind::Heading { text: t, .. } => inlines(t, visit),
        BlockKind::Verse(stanzas) => {
            stanzas.iter().flatten().for_each(|l| inlines(l, visit))
        }
        BlockKind::Definitions(list) => list.iter().for_each(|d| inlines(&d.term, visit)),
        BlockKind::Dialogue(list) => list.iter().for_each(|s| inlines(&s.name, visit)),
        BlockKind::Figure(f) => {
            f.panels.iter().for_each(|p| inlines(&p.caption, visit));
            inlines(&f.caption, visit);
        }
        BlockKind::Code(c) => inlines(&c.caption, visit),
        BlockKind::Table(t) => {
            inlines(&t.caption, visit);
            t.notes.iter().for_each(|n| inlines(n, visit));
        }
        BlockKind::Quote(_)
        | BlockKind::Styled { .. }
        | BlockKind::Alert { .. }
        | BlockKind::List { .. }
        | BlockKind::Math(_)
        | BlockKind::Break => {}
    }
}

/// Calls `visit` for every inline and those inside it.
pub fn inlines<'a>(list: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in list {
        visit(inline);
        match inline {
            Inline::Emph(x)
            | Inline::Strong(x)
            | Inline::Strike(x)
            | Inline::Super(x)
            | Inline::Sub(x)
            | Inline::Lang { text: x, .. }
            | Inline::Marked { text: x, .. }
            | Inline::Link { text: x, .. }
            | Inline::Ref(Ref { text: x, .. }) => inlines(x, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Ruby(_)
            | Inline::Picture(_)
            | Inline::Note { .. }
            | Inline::Index(_)
            | Inline::Newline => {}
        }
    }
}

/// Every block of a chapter, those of its notes last.
fn every_block(chapter: &Chapter) -> Vec<&Block> {
    let mut all = vec![];
    blocks(&chapter.blocks, &mut |b| all.push(b));
    chapter.notes.iter().for_each(|n| blocks(&n.blocks, &mut |b| all.push(b)));
    all
}

/// Calls `visit` for every inline of a chapter: of its title, its blocks and its
/// notes.
pub fn every_inline<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a Inline)) {
    inlines(&chapter.title, visit);
    every_block(chapter).into_iter().for_each(|b| inlines_of(b, visit));
}

/// Every listing of a chapter: of its blocks and its notes.
pub fn listings(chapter: &Chapter) -> Vec<&Listing> {
    let mut out = vec![];
    for block in every_block(chapter) {
        if let BlockKind::Code(listing) = &block.kind {
            out.push(listing);
        }
    }
    out
}

/// Every picture of a chapter: of its title, its blocks and its notes.
pub fn pictures(chapter: &Chapter) -> Vec<&PictureRef> {
    let mut out = vec![];
    inlines(&chapter.title, &mut |i| picture(i, &mut out));
    for block in every_block(chapter) {
        if let BlockKind::Figure(f) = &block.kind {
            out.extend(f.panels.iter().map(|p| &p.picture));
        }
        inlines_of(block, &mut |i| picture(i, &mut out));
    }
    out
}

fn picture<'a>(inline: &'a Inline, out: &mut Vec<&'a PictureRef>) {
    if let Inline::Picture(p) = inline {
        out.push(p);
    }
}
