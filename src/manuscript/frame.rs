//! What is open around the next block.

use super::blocks::Builder;
use super::html_table::{CellTag, Draft};
use super::letter::sourced;
use crate::book::{
    AlertKind, Block, BlockKind, BlockStyle, Definition, Inline, Item, Note,
};
use pulldown_cmark::BlockQuoteKind;
use std::ops::Range;

/// A block that is open, or something else that holds blocks.
pub(super) enum Open {
    /// the chapter itself
    Chapter,
    Quote(Option<BlockQuoteKind>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item {
        task: Option<bool>,
    },
    Definitions(Vec<Definition>),
    Meaning,
    Note(usize),
    /// `::: verse`, its title and its author
    Verse {
        title: Vec<Inline>,
        author: Vec<Inline>,
    },
    /// `::: letter` and its like
    Styled(BlockStyle),
    /// `::: dialogue`
    Dialogue,
    /// `::: description`, of the figure before it
    Description,
    /// `:::` of another kind
    Container,
    /// `<table>`
    Table(Draft),
    /// `<td>`, `<th>`
    Cell(CellTag),
    /// `<caption>`
    Caption,
}

impl Open {
    /// Whether it stands between two lines of colons.
    pub(super) fn is_container(&self) -> bool {
        match self {
            Open::Verse { .. }
            | Open::Styled(_)
            | Open::Dialogue
            | Open::Description
            | Open::Container => true,
            Open::Chapter
            | Open::Quote(_)
            | Open::List { .. }
            | Open::Item { .. }
            | Open::Definitions(_)
            | Open::Meaning
            | Open::Note(_)
            | Open::Table(_)
            | Open::Cell(_)
            | Open::Caption => false,
        }
    }
}

/// One of the open blocks, and what it holds so far.
pub(super) struct Frame {
    pub(super) open: Open,
    pub(super) blocks: Vec<Block>,
    /// How many of these a container found when it began: it takes over what is
    /// around it, for handing its own on would cost as much as there is in it.
    before: usize,
    pub(super) range: Range<usize>,
    /// how many blocks are around
    pub(super) depth: usize,
    /// the language that a container here or further out says
    pub(super) lang: Option<String>,
    /// the container's last line came while something inside it was open
    pub(super) closing: bool,
    /// the tag of HTML that opened it
    pub(super) html: Option<&'static str>,
}

impl Frame {
    /// What holds a whole chapter.
    pub(super) fn chapter(range: Range<usize>, lang: Option<String>) -> Frame {
        let (open, blocks) = (Open::Chapter, vec![]);
        Frame {
            open,
            blocks,
            before: 0,
            range,
            depth: 0,
            lang,
            closing: false,
            html: None,
        }
    }

    /// The last block that stands in this one.
    pub(super) fn last(&mut self) -> Option<&mut Block> {
        self.blocks.get_mut(self.before..)?.last_mut()
    }
}

impl Builder<'_, '_, '_> {
    /// A paragraph of its own directly in an item: the list is not tight.
    pub(super) fn loosen(&mut self) {
        let [.., list, item] = self.frames.as_mut_slice() else { return };
        if let (Open::List { tight, .. }, Open::Item { .. }) =
            (&mut list.open, &item.open)
            && self.ghosts == 0
        {
            *tight = false;
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        if self.ghosts == 0
            && let Some(Open::Item { task }) = self.frames.last_mut().map(|f| &mut f.open)
        {
            *task = Some(done);
        }
    }

    /// Opens a block that holds blocks; `levels` is what it adds to the depth.
    pub(super) fn open(&mut self, open: Open, range: Range<usize>, levels: usize) {
        self.flush();
        self.leave_table();
        let depth = self.frames.last().map_or(0, |f| f.depth) + levels;
        if self.ghosts > 0 || depth > self.reader.limits.depth {
            self.ghosts += 1;
            let span = self.reader.script.span(range);
            self.reader.too_deep(span);
            return;
        }
        self.push_frame(open, vec![], None, range, depth);
    }

    /// Opens a container. One that leaves no block of its own has no depth; one that
    /// does is none beyond the limit.
    pub(super) fn open_container(
        &mut self,
        open: Open,
        lang: Option<String>,
        range: Range<usize>,
    ) {
        let plain = matches!(open, Open::Container);
        let mut depth = self.frames.last().map_or(0, |f| f.depth);
        let mut open = open;
        if !plain && depth >= self.reader.limits.depth {
            let span = self.reader.script.span(range.clone());
            self.reader.too_deep(span);
            open = Open::Container;
        } else if !plain {
            depth += 1;
        }
        let around = self.frames.last_mut().map(|f| std::mem::take(&mut f.blocks));
        self.push_frame(open, around.unwrap_or_default(), lang, range, depth);
    }

    pub(super) fn push_frame(
        &mut self,
        open: Open,
        blocks: Vec<Block>,
        lang: Option<String>,
        range: Range<usize>,
        depth: usize,
    ) {
        let lang = lang.or_else(|| self.frames.last().and_then(|f| f.lang.clone()));
        let (before, closing, html) = (blocks.len(), false, None);
        let frame = Frame { open, blocks, before, range, depth, lang, closing, html };
        self.frames.push(frame);
    }

    pub(super) fn close(&mut self) {
        self.flush();
        if self.ghosts > 0 {
            self.ghosts -= 1;
            return;
        }
        while self.in_container() || self.frames.last().is_some_and(|f| f.html.is_some())
        {
            self.unclosed();
            self.pop();
        }
        self.pop();
        while self.frames.last().is_some_and(|f| f.closing) {
            self.pop();
        }
    }

    /// Closes the innermost frame and puts its block into the one around it.
    pub(super) fn pop(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(Frame { open, mut blocks, before, range, .. }) = self.frames.pop()
        else {
            return;
        };
        match open {
            Open::Quote(None) => self.push(BlockKind::Quote(sourced(blocks)), range),
            Open::Quote(Some(kind)) => {
                let kind = alert(kind);
                self.push(BlockKind::Alert { kind, blocks }, range);
            }
            Open::List { start, tight, items } => {
                self.push(BlockKind::List { start, tight, items }, range);
            }
            Open::Definitions(list) => self.push(BlockKind::Definitions(list), range),
            Open::Item { task } => match self.frames.last_mut().map(|f| &mut f.open) {
                Some(Open::List { items, .. }) => items.push(Item { task, blocks }),
                _ => self.extend(blocks),
            },
            Open::Meaning => match self.frames.last_mut().map(|f| &mut f.open) {
                Some(Open::Definitions(list)) => match list.last_mut() {
                    Some(definition) => definition.meanings.push(blocks),
                    None => self.extend(blocks),
                },
                _ => self.extend(blocks),
            },
            Open::Note(label) => {
                let span = self.reader.script.span(range);
                self.found.notes.push((label, Note { number: 0, blocks, span }));
            }
            Open::Table(draft) => self.end_html_table(draft, blocks, range),
            Open::Cell(tag) => self.end_cell(tag, blocks),
            Open::Caption => self.end_caption(blocks),
            // What it holds stays where it is: moving it would cost as much as there is.
            Open::Container => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks = blocks;
                }
            }
            Open::Description => {
                let inside = blocks.split_off(before);
                self.describe(inside, &mut blocks, range);
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks = blocks;
                }
            }
            Open::Verse { .. } | Open::Styled(_) | Open::Dialogue => {
                let inside = blocks.split_off(before);
                blocks.extend(self.contained(open, inside, range));
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks = blocks;
                }
            }
            Open::Chapter => self.extend(blocks),
        }
    }

    pub(super) fn extend(&mut self, blocks: Vec<Block>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.extend(blocks);
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.reader.script.span(range);
        self.extend(vec![Block { kind, span }]);
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}
