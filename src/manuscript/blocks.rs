//! The parser's events → blocks, with a stack of what is open instead of
//! recursion.

use super::chapter::{Found, Reader, Title};
use super::collect::{Placed, collect};
use super::html;
use super::inline::{LineEnd, inlines, lines};
use super::mask;
use super::table::TableRows;
use super::token::Token;
use crate::book::{
    AlertKind, Block, BlockKind, Definition, Figure, Inline, Item, Note, PictureRef, Text,
};
use crate::source::Span;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// What is open around the next block.
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
    /// `::: verse`
    Verse,
    /// `:::` of another kind
    Container,
}

pub(super) struct Frame {
    pub(super) open: Open,
    pub(super) blocks: Vec<Block>,
    pub(super) range: Range<usize>,
    /// how many blocks are around
    pub(super) depth: usize,
    /// the container's last line came while something inside it was open
    pub(super) closing: bool,
}

/// What a run of inline events is for.
enum Leaf {
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
    },
    Term,
    Cell,
    Code {
        lang: Option<String>,
    },
    Html,
    /// front matter of the file, which is no text
    Metadata,
}

/// Puts the blocks of one chapter together.
pub(super) struct Builder<'b, 'a, 'e> {
    pub(super) reader: &'b mut Reader<'a>,
    pub(super) frames: Vec<Frame>,
    leaf: Option<(Leaf, Range<usize>)>,
    events: Vec<Placed<'e>>,
    table: Option<TableRows>,
    /// blocks open beyond the limit of depth, which leave no trace
    ghosts: usize,
    /// by how much levels of headings are lowered: 1 after a second `#`
    shift: u8,
    found: Found,
}

impl<'b, 'a, 'e> Builder<'b, 'a, 'e> {
    pub(super) fn new(reader: &'b mut Reader<'a>) -> Self {
        let range = 0..reader.masked.len();
        let (open, blocks) = (Open::Chapter, vec![]);
        let frames = vec![Frame { open, blocks, range, depth: 0, closing: false }];
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
            Tag::Heading { level, id: name, .. } => {
                let leaf = Leaf::Heading { level: level as u8, id: id(name) };
                self.begin(leaf, range);
            }
            Tag::CodeBlock(kind) => self.begin(Leaf::Code { lang: lang(&kind) }, range),
            Tag::HtmlBlock => self.begin(Leaf::Html, range),
            Tag::MetadataBlock(_) => self.begin(Leaf::Metadata, range),
            Tag::DefinitionListTitle => self.begin(Leaf::Term, range),
            Tag::TableCell => self.begin(Leaf::Cell, range),
            Tag::Table(align) => {
                self.flush();
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
            TagEnd::TableHead | TagEnd::TableRow => {}
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
        if matches!(leaf, Leaf::Paragraph) {
            self.loosen();
        }
        self.leaf = Some((leaf, range));
    }

    /// A paragraph of its own directly in an item: the list is not tight.
    fn loosen(&mut self) {
        let [.., list, item] = self.frames.as_mut_slice() else { return };
        if let (Open::List { tight, .. }, Open::Item { .. }) =
            (&mut list.open, &item.open)
            && self.ghosts == 0
        {
            *tight = false;
        }
    }

    fn task(&mut self, done: bool) {
        if self.ghosts == 0
            && let Some(Open::Item { task }) = self.frames.last_mut().map(|f| &mut f.open)
        {
            *task = Some(done);
        }
    }

    /// Opens a block that holds blocks; `levels` is what it adds to the depth.
    pub(super) fn open(&mut self, open: Open, range: Range<usize>, levels: usize) {
        self.flush();
        let depth = self.frames.last().map_or(0, |f| f.depth) + levels;
        if self.ghosts > 0 || depth > self.reader.limits.depth {
            self.ghosts += 1;
            let span = self.reader.script.span(range);
            self.reader.too_deep(span);
            return;
        }
        let blocks = vec![];
        self.frames.push(Frame { open, blocks, range, depth, closing: false });
    }

    /// Opens a container. It leaves no block of its own, so it has no depth.
    pub(super) fn open_container(&mut self, open: Open, range: Range<usize>) {
        let depth = self.frames.last().map_or(0, |f| f.depth);
        self.frames.push(Frame { open, blocks: vec![], range, depth, closing: false });
    }

    fn close(&mut self) {
        self.flush();
        if self.ghosts > 0 {
            self.ghosts -= 1;
            return;
        }
        while self.in_container() {
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
        let Some(Frame { open, blocks, range, .. }) = self.frames.pop() else { return };
        match open {
            Open::Quote(None) => self.push(BlockKind::Quote(blocks), range),
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
                self.found.notes.push((label, Note { blocks, span }));
            }
            Open::Verse | Open::Container | Open::Chapter => self.extend(blocks),
        }
    }

    fn extend(&mut self, blocks: Vec<Block>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.extend(blocks);
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.reader.script.span(range);
        self.extend(vec![Block { kind, span }]);
    }

    /// Ends the text that is being gathered, if any.
    fn flush(&mut self) {
        let Some((leaf, range)) = self.leaf.take() else { return };
        let events = std::mem::take(&mut self.events);
        match leaf {
            Leaf::Paragraph => {
                let tokens = collect(events, self.reader);
                self.paragraph(tokens, range);
            }
            Leaf::Heading { level, id } => self.heading(level, id, events, range),
            Leaf::Term => self.term(events, range),
            Leaf::Cell => {
                let cell = self.text(events, range);
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(cell);
                }
            }
            Leaf::Code { lang } => {
                let text: String =
                    events.iter().map(|e| mask::lift(text_of(&e.0))).collect();
                let text = text.strip_suffix('\n').map(String::from).unwrap_or(text);
                self.push(BlockKind::Code { lang, text }, range);
            }
            Leaf::Html => {
                let line = |(e, r): Placed| (mask::lift(text_of(&e)), r);
                let lines: Vec<_> = events.into_iter().map(line).collect();
                for tokens in html::block(&lines, self.reader) {
                    self.paragraph(tokens, range.clone());
                }
            }
            Leaf::Metadata => {}
        }
    }

    fn text(&mut self, events: Vec<Placed>, range: Range<usize>) -> Vec<Inline> {
        let tokens = collect(events, self.reader);
        inlines(tokens, range, LineEnd::Flows, self.reader)
    }

    fn heading(
        &mut self,
        level: u8,
        id: Option<String>,
        events: Vec<Placed>,
        range: Range<usize>,
    ) {
        let text = self.text(events, range.clone());
        let top = self.frames.len() == 1 && self.ghosts == 0;
        if level == 1 && top && self.found.title.is_none() && !text.is_empty() {
            let span = self.reader.script.span(range);
            self.found.title = Some(Title { text, id, span });
            return;
        }
        // A second `#` is a section; what follows it stays below it.
        if level == 1 && top && self.found.title.is_some() {
            self.shift = 1;
        }
        let level = (level + self.shift).clamp(2, 6);
        let id = id.unwrap_or_default();
        self.push(BlockKind::Heading { level, id, text }, range);
    }

    fn term(&mut self, events: Vec<Placed>, range: Range<usize>) {
        let term = self.text(events, range.clone());
        if self.ghosts == 0
            && let Some(Open::Definitions(list)) =
                self.frames.last_mut().map(|f| &mut f.open)
        {
            list.push(Definition { term, meanings: vec![] });
            return;
        }
        self.push(BlockKind::Paragraph(term), range);
    }

    /// A paragraph that holds no lines of containers.
    pub(super) fn plain_paragraph(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        let script = self.reader.script.text();
        let mut shown = tokens.iter().filter(|t| !t.is_blank(script));
        match (shown.next(), shown.next()) {
            (None, _) => {}
            (Some(Token::Picture(picture, title, place)), None) => {
                let (picture, title, place) =
                    (picture.clone(), title.clone(), place.clone());
                self.figure(picture, &title, place);
            }
            (Some(Token::Display(text, place)), None) => {
                let span = self.reader.script.span(place.clone());
                let text = Text { text: text.trim().to_string(), span };
                self.push(BlockKind::Math(text), range);
            }
            (Some(_), _) => self.flowing(tokens, range),
        }
    }

    fn flowing(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        let verse = matches!(self.frames.last().map(|f| &f.open), Some(Open::Verse));
        let end = if verse { LineEnd::Breaks } else { LineEnd::Flows };
        let text = inlines(tokens, range.clone(), end, self.reader);
        if text.is_empty() {
            return;
        }
        if !verse {
            return self.push(BlockKind::Paragraph(text), range);
        }
        let mut stanza = lines(text);
        stanza.retain(|line| !line.is_empty());
        let last = self.frames.last_mut().and_then(|f| f.blocks.last_mut());
        match last.map(|b| (&mut b.kind, &mut b.span)) {
            Some((BlockKind::Verse(stanzas), span)) => {
                stanzas.push(stanza);
                span.end = self.reader.script.span(range).end.max(span.end);
            }
            _ => self.push(BlockKind::Verse(vec![stanza]), range),
        }
    }

    fn figure(&mut self, picture: PictureRef, title: &str, range: Range<usize>) {
        let caption = self.caption(title, range.clone());
        self.push(BlockKind::Figure(Figure { picture, caption, number: None }), range);
    }

    /// A picture's title, read as a line of Markdown.
    fn caption(&mut self, title: &str, range: Range<usize>) -> Vec<Inline> {
        if title.trim().is_empty() {
            return vec![];
        }
        let script = self.reader.script;
        let Some(at) = script.slice(range.clone()).rfind(title) else {
            let span: Span = script.span(range);
            return vec![Inline::Text(Text { text: title.to_string(), span })];
        };
        let span = script.span(range.start + at..range.start + at + title.len());
        let place = (span.file, span.start as usize);
        super::chapter::line(title, place, self.reader.limits, self.reader.sink)
    }
}

fn text_of<'t>(event: &'t Event) -> &'t str {
    match event {
        Event::Text(t) | Event::Html(t) | Event::InlineHtml(t) | Event::Code(t) => t,
        Event::InlineMath(t) | Event::DisplayMath(t) | Event::FootnoteReference(t) => t,
        Event::Start(_)
        | Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => "",
    }
}

/// The language is the first word after the fence; mdBook puts options behind a
/// comma.
fn lang(kind: &CodeBlockKind) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let word = info.split([' ', '\t', ',']).find(|w| !w.is_empty())?;
    Some(mask::lift(word))
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
