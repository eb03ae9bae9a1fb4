//! Blocks that play a part → XHTML: letters, epigraphs, dialogue, sources.

use super::inline::Writer;
use crate::book::{Block, BlockKind, BlockStyle, Speech};
use std::fmt::Write;

impl Writer<'_> {
    pub(super) fn styled(&mut self, style: BlockStyle, blocks: &[Block]) -> String {
        let class = style.name();
        match style {
            BlockStyle::Epigraph => format!(
                "<blockquote class=\"epigraph\" epub:type=\"epigraph\" \
                 role=\"doc-epigraph\">\n{}</blockquote>\n",
                self.blocks(blocks)
            ),
            BlockStyle::Center
            | BlockStyle::Right
            | BlockStyle::Letter
            | BlockStyle::Poem => {
                format!("<div class=\"{class}\">\n{}</div>\n", self.blocks(blocks))
            }
            BlockStyle::Salutation
            | BlockStyle::Regards
            | BlockStyle::Respects
            | BlockStyle::Signature
            | BlockStyle::Source
            | BlockStyle::PoemTitle
            | BlockStyle::PoemAuthor => self.parted(class, blocks),
        }
    }

    /// Paragraphs of a class; what is none stands as it is.
    fn parted(&mut self, class: &str, blocks: &[Block]) -> String {
        let mut out = String::new();
        for block in blocks {
            if let BlockKind::Paragraph(t) = &block.kind {
                writeln!(out, "<p class=\"{class}\">{}</p>", self.inlines(t)).ok();
            } else {
                out += &self.blocks(std::slice::from_ref(block));
            }
        }
        out
    }

    pub(super) fn dialogue(&mut self, list: &[Speech]) -> String {
        let mut out = String::from("<div class=\"dialogue\">\n");
        for speech in list {
            let name = self.inlines(&speech.name);
            if name.is_empty() {
                out += &self.parted("aside", &speech.blocks);
                continue;
            }
            let name = format!("<span class=\"speaker\">{name}</span>");
            let (first, rest) = match speech.blocks.split_first() {
                Some((Block { kind: BlockKind::Paragraph(t), .. }, rest)) => {
                    (self.inlines(t), rest)
                }
                Some(_) | None => (String::new(), &speech.blocks[..]),
            };
            writeln!(out, "<p class=\"speech\">{name}{first}</p>").ok();
            if !rest.is_empty() {
                let rest = self.blocks(rest);
                write!(out, "<div class=\"goes-on\">\n{rest}</div>\n").ok();
            }
        }
        out + "</div>\n"
    }
}
