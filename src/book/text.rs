//! The book as bare text: for outlines, metadata, and the promise that no
//! character is lost.

use super::{Block, BlockKind, Book, Chapter, Inline, Ref};

/// The characters of a run of inlines, without marks and readings of any kind. Calls
/// to notes give nothing, a line break gives a space.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, false, &mut out);
    out
}

/// The same, each reading after its characters.
fn whole(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push(inlines, true, &mut out);
    out
}

fn push(inlines: &[Inline], readings: bool, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(t) | Inline::Code(t) | Inline::Math(t) => out.push_str(&t.text),
            Inline::Emph(x)
            | Inline::Strong(x)
            | Inline::Strike(x)
            | Inline::Super(x)
            | Inline::Sub(x)
            | Inline::Lang { text: x, .. }
            | Inline::Marked { text: x, .. }
            | Inline::Link { text: x, .. }
            | Inline::Ref(Ref { text: x, .. }) => push(x, readings, out),
            Inline::Ruby(r) => {
                out.push_str(&r.base.text);
                out.push_str(if readings { &r.reading.text } else { "" });
            }
            Inline::Picture(_) | Inline::Note { .. } | Inline::Index(_) => {}
            Inline::Newline => out.push(' '),
        }
    }
}

/// Every paragraph's text of a book, in reading order, notes after their chapter.
pub fn paragraphs(book: &Book) -> Vec<String> {
    book.chapters.iter().flat_map(chapter_paragraphs).collect()
}

/// Every paragraph's text of a chapter, its title first, its notes last.
pub fn chapter_paragraphs(chapter: &Chapter) -> Vec<String> {
    let mut out = vec![whole(&chapter.title)];
    blocks(&chapter.blocks, &mut out);
    for note in &chapter.notes {
        blocks(&note.blocks, &mut out);
    }
    out.retain(|p| !p.is_empty());
    out
}

/// Every paragraph's text of some blocks.
pub fn blocks_of(list: &[Block]) -> Vec<String> {
    let mut out = vec![];
    blocks(list, &mut out);
    out
}

fn blocks(list: &[Block], out: &mut Vec<String>) {
    for block in list {
        match &block.kind {
            BlockKind::Paragraph(t)
            | BlockKind::Continued(t)
            | BlockKind::Heading { text: t, .. } => out.push(whole(t)),
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => blocks(b, out),
            BlockKind::Dialogue(list) => {
                for s in list {
                    out.push(whole(&s.name));
                    blocks(&s.blocks, out);
                }
            }
            BlockKind::Verse(stanzas) => {
                out.extend(stanzas.iter().flatten().map(|l| whole(l)))
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|i| blocks(&i.blocks, out))
            }
            BlockKind::Definitions(list) => {
                for d in list {
                    out.push(whole(&d.term));
                    d.meanings.iter().for_each(|m| blocks(m, out));
                }
            }
            BlockKind::Code(c) => {
                out.push(whole(&c.caption));
                out.extend(c.text.lines().map(String::from));
            }
            BlockKind::Figure(f) => {
                out.extend(f.panels.iter().map(|p| whole(&p.caption)));
                out.push(whole(&f.caption));
            }
            BlockKind::Table(t) => {
                out.push(whole(&t.caption));
                t.cells().for_each(|c| blocks(&c.blocks, out));
                out.extend(t.notes.iter().map(|n| whole(n)));
            }
            BlockKind::Math(e) => out.push(e.tex.text.clone()),
            BlockKind::Break => {}
        }
    }
}
