//! Visits what is inside blocks and changes it. Depth is bounded where books are
//! read, so plain recursion is safe.

use super::{Block, BlockKind, Chapter, Inline, Ref};

/// Calls `visit` for every paragraph, heading, line and cell, in reading order.
pub fn blocks(list: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in list {
        match &mut block.kind {
            BlockKind::Paragraph(t)
            | BlockKind::Continued(t)
            | BlockKind::Heading { text: t, .. } => visit(t),
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => blocks(b, visit),
            BlockKind::Dialogue(list) => {
                for s in list {
                    visit(&mut s.name);
                    blocks(&mut s.blocks, visit);
                }
            }
            BlockKind::Verse(stanzas) => {
                stanzas.iter_mut().flatten().for_each(&mut *visit)
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|i| blocks(&mut i.blocks, visit))
            }
            BlockKind::Definitions(list) => {
                for d in list {
                    visit(&mut d.term);
                    d.meanings.iter_mut().for_each(|m| blocks(m, visit));
                }
            }
            BlockKind::Figure(f) => {
                f.panels.iter_mut().for_each(|p| visit(&mut p.caption));
                visit(&mut f.caption);
            }
            BlockKind::Code(c) => visit(&mut c.caption),
            BlockKind::Table(t) => {
                visit(&mut t.caption);
                t.cells_mut().for_each(|c| blocks(&mut c.blocks, visit));
                t.notes.iter_mut().for_each(&mut *visit);
            }
            BlockKind::Math(_) | BlockKind::Break => {}
        }
    }
}

/// Calls `visit` for a list of inlines and those inside it, inner ones first: a
/// visitor may take a list apart without being called again for the parts.
pub fn inline_lists(list: &mut Vec<Inline>, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for inline in list.iter_mut() {
        match inline {
            Inline::Emph(x)
            | Inline::Strong(x)
            | Inline::Strike(x)
            | Inline::Super(x)
            | Inline::Sub(x)
            | Inline::Lang { text: x, .. }
            | Inline::Marked { text: x, .. }
            | Inline::Link { text: x, .. }
            | Inline::Ref(Ref { text: x, .. }) => inline_lists(x, visit),
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
    visit(list);
}

/// Calls `visit` for every inline and those inside it, in reading order.
pub fn inlines(list: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
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

/// Calls `visit` for every heading, in reading order.
pub fn headings(
    list: &mut [Block],
    visit: &mut dyn FnMut(&mut String, &[Inline], crate::source::Span),
) {
    for block in list {
        match &mut block.kind {
            BlockKind::Heading { id, text, .. } => visit(id, text, block.span),
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => headings(b, visit),
            BlockKind::Dialogue(list) => {
                list.iter_mut().for_each(|s| headings(&mut s.blocks, visit))
            }
            BlockKind::Table(t) => {
                t.cells_mut().for_each(|c| headings(&mut c.blocks, visit))
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|i| headings(&mut i.blocks, visit))
            }
            BlockKind::Definitions(list) => {
                let meanings = list.iter_mut().flat_map(|d| &mut d.meanings);
                meanings.for_each(|m| headings(m, visit));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
    }
}

/// Calls `visit` for every list of inlines of a chapter, inner ones first: of its
/// title, its blocks and its notes.
pub fn every_list(chapter: &mut Chapter, visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    let mut each = |list: &mut Vec<Inline>| inline_lists(list, visit);
    each(&mut chapter.title);
    blocks(&mut chapter.blocks, &mut each);
    chapter.notes.iter_mut().for_each(|n| blocks(&mut n.blocks, &mut each));
}

/// Calls `visit` for every block and those inside it, in reading order.
pub fn every_block(list: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in list {
        visit(block);
        match &mut block.kind {
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => every_block(b, visit),
            BlockKind::Dialogue(list) => {
                list.iter_mut().for_each(|s| every_block(&mut s.blocks, visit))
            }
            BlockKind::Table(t) => {
                t.cells_mut().for_each(|c| every_block(&mut c.blocks, visit))
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|i| every_block(&mut i.blocks, visit))
            }
            BlockKind::Definitions(list) => {
                let meanings = list.iter_mut().flat_map(|d| &mut d.meanings);
                meanings.for_each(|m| every_block(m, visit));
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
