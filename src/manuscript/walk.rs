//! Visits every list of inlines of some blocks. Depth is bounded by
//! `limits.depth`, so plain recursion is safe.

use crate::book::{Block, BlockKind, Equation, Inline};

/// Calls `visit` for every paragraph, heading, line and cell, in reading order.
pub(super) fn blocks(list: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in list {
        match &mut block.kind {
            BlockKind::Paragraph(t)
            | BlockKind::Continued(t)
            | BlockKind::Heading { text: t, .. } => visit(t),
            BlockKind::Quote(b) | BlockKind::Alert { blocks: b, .. } => blocks(b, visit),
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
            BlockKind::Figure(f) => visit(&mut f.caption),
            BlockKind::Code(c) => visit(&mut c.caption),
            BlockKind::Table(t) => {
                visit(&mut t.caption);
                let cells = t.head.iter_mut().chain(t.rows.iter_mut().flatten());
                cells.for_each(&mut *visit);
            }
            BlockKind::Math(_) | BlockKind::Break => {}
        }
    }
}

/// Calls `visit` for a list of inlines and those inside it, inner ones first: a
/// visitor may take a list apart without being called again for the parts.
pub(super) fn inline_lists(
    list: &mut Vec<Inline>,
    visit: &mut dyn FnMut(&mut Vec<Inline>),
) {
    for inline in list.iter_mut() {
        match inline {
            Inline::Emph(x)
            | Inline::Strong(x)
            | Inline::Strike(x)
            | Inline::Super(x)
            | Inline::Sub(x)
            | Inline::Lang { text: x, .. }
            | Inline::Link { text: x, .. } => inline_lists(x, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Picture(_)
            | Inline::Note { .. }
            | Inline::Newline => {}
        }
    }
    visit(list);
}

/// Calls `visit` for every inline and those inside it, in reading order.
pub(super) fn inlines(list: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in list {
        visit(inline);
        match inline {
            Inline::Emph(x)
            | Inline::Strong(x)
            | Inline::Strike(x)
            | Inline::Super(x)
            | Inline::Sub(x)
            | Inline::Lang { text: x, .. }
            | Inline::Link { text: x, .. } => inlines(x, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Picture(_)
            | Inline::Note { .. }
            | Inline::Newline => {}
        }
    }
}

/// Calls `visit` for every displayed formula, in reading order.
pub(super) fn equations(list: &mut [Block], visit: &mut dyn FnMut(&mut Equation)) {
    for block in list {
        match &mut block.kind {
            BlockKind::Math(e) => visit(e),
            BlockKind::Quote(b) | BlockKind::Alert { blocks: b, .. } => {
                equations(b, visit)
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|i| equations(&mut i.blocks, visit))
            }
            BlockKind::Definitions(list) => {
                let meanings = list.iter_mut().flat_map(|d| &mut d.meanings);
                meanings.for_each(|m| equations(m, visit));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Break => {}
        }
    }
}

/// Calls `visit` for every heading, in reading order.
pub(super) fn headings(
    list: &mut [Block],
    visit: &mut dyn FnMut(&mut String, &[Inline], crate::source::Span),
) {
    for block in list {
        match &mut block.kind {
            BlockKind::Heading { id, text, .. } => visit(id, text, block.span),
            BlockKind::Quote(b) | BlockKind::Alert { blocks: b, .. } => {
                headings(b, visit)
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
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
    }
}
