//! The parser's events → blocks, with a stack of what is open ([`super::frame`])
//! instead of recursion. Text is gathered until its block ends ([`super::leaf`]).

use super::attributes;
use super::chapter::{Found, Reader};
use super::collect::Placed;
use super::frame::{Frame, Open};
use super::leaf::Leaf;
use super::listing;
use super::mask;
use super::table::TableRows;
use crate::book::BlockKind;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// Puts the blocks of one chapter together.
pub(super) struct Builder<'b, 'a, 'e> {
    pub(super) reader: &'b mut Reader<'a>,
    pub(super) frames: Vec<Frame>,
    pub(super) leaf: Option<(Leaf, Range<usize>)>,
    pub(super) events: Vec<Placed<'e>>,
    pub(super) table: Option<TableRows>,
    /// blocks open beyond the limit of depth, which leave no trace
    pub(super) ghosts: usize,
    /// by how much levels of headings are lowered: 1 after a second `#`
    pub(super) shift: u8,
    pub(super) found: Found,
}

impl<'b, 'a, 'e> Builder<'b, 'a, 'e> {
    pub(super) fn new(reader: &'b mut Reader<'a>, lang: Option<String>) -> Self {
        let frames = vec![Frame::chapter(0..reader.masked.len(), lang)];
        let (leaf, table, found) = (None, None, Found::default());
        Builder {
            reader,
            frames,
            leaf,
            events: vec![],
            table,
            ghosts: 0,
            shift: 0,
            found,
        }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'e>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => {
                self.flush();
                self.leave_table();
                self.push(BlockKind::Break, range);
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => self.inline(event, range),
        }
    }

    /// Closes what is open, and gives everything back.
    pub(super) fn finish(mut self) -> Found {
        self.flush();
        while self.frames.len() > 1 {
            self.unclosed();
            self.pop();
        }
        if let Some(chapter) = self.frames.pop() {
            self.found.blocks = chapter.blocks;
        }
        self.found
    }

    fn start(&mut self, tag: Tag<'e>, range: Range<usize>) {
        let id = |id: Option<pulldown_cmark::CowStr>| id.map(|s| mask::lift(&s));
        match tag {
            Tag::Paragraph => self.begin(Leaf::Paragraph, range),
            Tag::Heading { level, id: name, classes, attrs } => {
                let said = attributes::of_heading(&classes, &attrs);
                let leaf = Leaf::Heading { level: level as u8, id: id(name), said };
                self.begin(leaf, range);
            }
            Tag::CodeBlock(kind) => {
                let said = match kind {
                    CodeBlockKind::Fenced(said) => mask::lift(&said),
                    CodeBlockKind::Indented => String::new(),
                };
                self.begin(Leaf::Code(listing::info(&said)), range);
            }
            // The option for metadata is off; see `mask::hide`.
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.begin(Leaf::Html, range),
            Tag::DefinitionListTitle => self.begin(Leaf::Term, range),
            Tag::TableCell => self.begin(Leaf::Cell, range),
            Tag::Table(align) => {
                self.flush();
                self.leave_table();
                self.table = Some(TableRows::new(&align, range));
            }
            Tag::TableHead | Tag::TableRow => {
                self.table.iter_mut().for_each(|t| t.rows.push(vec![]));
            }
            Tag::BlockQuote(kind) => self.open(Open::Quote(kind), range, 1),
            Tag::List(start) => {
                let (tight, items) = (true, vec![]);
                self.open(Open::List { start, tight, items }, range, 1);
            }
            Tag::Item => self.open(Open::Item { task: None }, range, 0),
            Tag::DefinitionList => self.open(Open::Definitions(vec![]), range, 1),
            Tag::DefinitionListDefinition => self.open(Open::Meaning, range, 0),
            Tag::FootnoteDefinition(label) => {
                let label = self.reader.label(&label);
                self.open(Open::Note(label), range, 1);
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => self.inline(Event::Start(tag), range),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionListTitle
            | TagEnd::TableCell => self.flush(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.end_table(table);
                }
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => self.close(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.inline(Event::End(tag), range),
        }
    }

    fn inline(&mut self, event: Event<'e>, range: Range<usize>) {
        if self.leaf.is_none() {
            // Text of a tight list stands in its item without a paragraph.
            self.leaf = Some((Leaf::Paragraph, range.clone()));
        }
        if let Some((_, whole)) = &mut self.leaf {
            whole.end = whole.end.max(range.end);
        }
        self.events.push((event, range));
    }

    fn begin(&mut self, leaf: Leaf, range: Range<usize>) {
        self.flush();
        if !matches!(leaf, Leaf::Html | Leaf::Cell | Leaf::Term) {
            self.leave_table();
        }
        if matches!(leaf, Leaf::Paragraph) {
            self.loosen();
        }
        self.leaf = Some((leaf, range));
    }
}
