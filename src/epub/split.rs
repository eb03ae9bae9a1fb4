//! Long chapters in several files. A reading system takes a file as a whole: a long one
//! is slow to open, and some do not open it at all.
//!
//! A chapter that is too long is cut before each of its sections, whatever their length,
//! so that a new edition of the book is cut in the same places; a section that is too
//! long by itself is cut between its blocks.

use crate::book::{Block, BlockKind, Chapter, Inline, Note, walk};
use std::ops::Range;

/// Bytes of text in a file at the most. Old reading systems gave up at 300 KiB, markup
/// among them.
const MOST: usize = 200 * 1024;

/// A chapter's blocks that stand in one file.
#[derive(Debug, Clone, Eq, PartialEq)]
pub(super) struct Piece {
    /// its blocks
    pub(super) blocks: Range<usize>,
    /// whether a section begins it
    pub(super) section: bool,
}

/// The pieces of a chapter, at least one.
pub(super) fn pieces(chapter: &Chapter) -> Vec<Piece> {
    let weights: Vec<usize> = chapter.blocks.iter().map(weight).collect();
    let total: usize = weights.iter().sum();
    let mut out = vec![Piece { blocks: 0..chapter.blocks.len(), section: false }];
    if total <= MOST {
        return out;
    }
    let mut held = 0;
    for (n, (block, weight)) in chapter.blocks.iter().zip(&weights).enumerate() {
        let section = matches!(block.kind, BlockKind::Heading { level: 0..=2, .. });
        // A paragraph that goes on is not parted from its formula, a heading above
        // from what it is over.
        let above = n > 0 && heading(&chapter.blocks[n - 1]);
        let joined = above || matches!(block.kind, BlockKind::Continued(_));
        let with =
            (n..weights.len()).take_while(|i| heading(&chapter.blocks[*i])).count();
        let ahead: usize = weights[n..].iter().take(with + 1).sum();
        if held > 0 && !joined && (section || held + ahead > MOST) {
            if let Some(last) = out.last_mut() {
                last.blocks.end = n;
            }
            out.push(Piece { blocks: n..chapter.blocks.len(), section });
            held = 0;
        }
        held += weight;
    }
    out
}

fn heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. })
}

/// Bytes of text in a block, one more for the block itself.
fn weight(block: &Block) -> usize {
    let mut bytes = 1;
    walk::blocks(std::slice::from_ref(block), &mut |b| {
        match &b.kind {
            BlockKind::Code(c) => bytes += c.text.len(),
            BlockKind::Math(e) => bytes += e.tex.text.len(),
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Quote(_)
            | BlockKind::Alert { .. }
            | BlockKind::Verse(_)
            | BlockKind::Styled { .. }
            | BlockKind::Dialogue(_)
            | BlockKind::List { .. }
            | BlockKind::Definitions(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Break => {}
        }
        walk::inlines_of(b, &mut |i| {
            if let Inline::Text(t) | Inline::Code(t) | Inline::Math(t) = i {
                bytes += t.text.len();
            }
        });
    });
    bytes
}

/// For each note of a chapter: the piece in which it is called first.
pub(super) fn homes(chapter: &Chapter, pieces: &[Piece]) -> Vec<Option<usize>> {
    let mut homes = vec![None; chapter.notes.len()];
    if homes.is_empty() {
        return homes;
    }
    let mut calls = vec![];
    walk::inlines(&chapter.title, &mut |i| called(i, &mut calls));
    settle(&mut homes, &chapter.notes, &mut calls, 0);
    for (n, piece) in pieces.iter().enumerate() {
        inside(&chapter.blocks[piece.blocks.clone()], &mut calls);
        settle(&mut homes, &chapter.notes, &mut calls, n);
    }
    homes
}

fn called(inline: &Inline, calls: &mut Vec<usize>) {
    if let Inline::Note { index, .. } = inline {
        calls.push(*index);
    }
}

fn inside(blocks: &[Block], calls: &mut Vec<usize>) {
    walk::blocks(blocks, &mut |b| {
        walk::inlines_of(b, &mut |i| called(i, calls));
    });
}

/// Notes that are called here have their home here, and so have those that they call.
fn settle(
    homes: &mut [Option<usize>],
    notes: &[Note],
    calls: &mut Vec<usize>,
    piece: usize,
) {
    while let Some(n) = calls.pop() {
        let Some(home) = homes.get_mut(n).filter(|h| h.is_none()) else { continue };
        *home = Some(piece);
        inside(&notes[n].blocks, calls);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Division, Role, Text};
    use crate::source::Span;

    fn block(kind: BlockKind) -> Block {
        Block { kind, span: Span::default() }
    }
    fn text(s: &str) -> Vec<Inline> {
        vec![Inline::Text(Text { text: s.into(), span: Span::default() })]
    }
    fn p(bytes: usize) -> Block {
        block(BlockKind::Paragraph(text(&"a".repeat(bytes))))
    }
    fn h(level: u8) -> Block {
        let (id, number) = (String::new(), None);
        block(BlockKind::Heading { level, id, number, text: text("h") })
    }
    fn chapter(blocks: Vec<Block>) -> Chapter {
        Chapter {
            division: Division::Body,
            role: Role::Chapter,
            depth: 0,
            part: None,
            title: vec![],
            number: None,
            id: String::new(),
            blocks,
            notes: vec![],
            span: Span::default(),
        }
    }
    fn cuts(blocks: Vec<Block>) -> Vec<usize> {
        pieces(&chapter(blocks)).iter().map(|p| p.blocks.start).collect()
    }

    #[test]
    fn long_chapters_are_cut_before_sections_and_between_blocks() {
        let short = vec![p(9_000), h(2), p(9_000), h(2), p(9_000)];
        assert_eq!(cuts(short), [0], "a short chapter is one file");
        let long = vec![p(90_000), h(2), p(9_000), h(2), h(3), p(150_000), h(3), p(9)];
        assert_eq!(cuts(long), [0, 1, 3]);
        let plain = (0..50).map(|_| p(10_000)).collect();
        assert_eq!(cuts(plain), [0, 20, 40]);
        assert_eq!(cuts(vec![]), [0]);
        // A heading stays with what it is over.
        assert_eq!(cuts(vec![p(9), h(3), p(900_000)]), [0, 1]);
    }

    #[test]
    fn notes_stand_where_they_are_called_first() {
        let call = |index| Inline::Note { index, number: 1, span: Span::default() };
        let note = |blocks| Note { number: 1, blocks, span: Span::default() };
        let mut c = chapter(vec![p(190_000), p(190_000)]);
        c.blocks.push(block(BlockKind::Paragraph(vec![call(0), call(0)])));
        c.notes = vec![
            note(vec![block(BlockKind::Paragraph(vec![call(1)]))]),
            note(vec![]),
            note(vec![]),
        ];
        let pieces = pieces(&c);
        assert_eq!(pieces.len(), 2);
        assert_eq!(homes(&c, &pieces), [Some(1), Some(1), None]);
    }
}
