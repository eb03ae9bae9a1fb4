//! One chapter: its text in, its blocks out.

use super::blocks::Builder;
use super::collect::collect;
use super::inline::{LineEnd, inlines};
use super::mask;
use super::matter::{self, Matter};
use super::notes;
use super::script::{Patchwork, Script};
use super::token::Token;
use crate::book::{Block, Chapter, Division, Inline, Note, Role};
use crate::config::Limits;
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Span};
use pulldown_cmark::{Event, Options, Parser, RefDefs, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

/// A chapter whose links still lead to what the author wrote, and whose headings
/// have the ids that the author gave or none.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// path below the book's root
    pub(super) path: String,
    pub(super) chapter: Chapter,
    /// the id that the author gave the title
    pub(super) title_id: Option<String>,
    /// what stands before the text
    pub(super) matter: Matter,
}

/// What is needed while one chapter is read.
pub(super) struct Reader<'a> {
    pub(super) script: &'a Script,
    /// the script's text as the parser gets it, of the same length
    pub(super) masked: &'a str,
    /// path of the chapter's file below the root
    pub(super) path: &'a str,
    pub(super) limits: &'a Limits,
    pub(super) sink: &'a mut Sink,
    /// tags of HTML already reported
    pub(super) tags: BTreeSet<String>,
    /// labels of notes and their indices, in the order met
    pub(super) labels: BTreeMap<String, usize>,
    /// notes written where they are called, by their labels; `None` where no chapter
    /// would print them
    pub(super) inner_notes: Option<Vec<(usize, Note)>>,
    deep: bool,
}

impl Reader<'_> {
    /// A number for the label of a note; labels differ not in case.
    pub(super) fn label(&mut self, label: &str) -> usize {
        let next = self.labels.len();
        *self.labels.entry(mask::lift(label).to_lowercase()).or_insert(next)
    }

    /// Reports, once for each chapter, that nesting was cut.
    pub(super) fn too_deep(&mut self, span: Span) {
        if !std::mem::replace(&mut self.deep, true) {
            let message = format!("more than {} levels of nesting", self.limits.depth);
            let d = Diagnostic::new(code::TOO_DEEP, message).at(span);
            self.sink.push(d.hint("what is nested deeper is kept as plain paragraphs"));
        }
    }
}

/// Everything that a block builder has found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) title: Option<Title>,
    /// notes by the number of their label, in the order written
    pub(super) notes: Vec<(usize, Note)>,
}

/// The heading that is the chapter's title.
pub(super) struct Title {
    pub(super) text: Vec<Inline>,
    pub(super) id: Option<String>,
    pub(super) span: Span,
}

/// CommonMark and the extensions that keben speaks. Smart punctuation is not
/// among them: Chinese authors type the marks they mean. Nor is metadata, which
/// the parser would see between any two `---` of a chapter; see `mask`.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_SUBSCRIPT);

/// Reads one chapter. Its links are not resolved, its id is not made yet.
pub(super) fn read(
    script: &Script,
    path: &str,
    limits: &Limits,
    sink: &mut Sink,
) -> Draft {
    let masked = mask::hide(script.text());
    let mut reader = reader(script, &masked, path, limits, sink);
    reader.inner_notes = Some(vec![]);
    let matter = matter::read(&mut reader);
    let mut builder = Builder::new(&mut reader, matter.lang.clone());
    let mut events = parser(&masked).into_offset_iter();
    for (event, range) in events.by_ref() {
        builder.event(event, range);
    }
    let mut found = builder.finish();
    unprinted(events.reference_definitions(), &mut reader);
    found.notes.extend(reader.inner_notes.take().unwrap_or_default());
    let labels = std::mem::take(&mut reader.labels);
    let notes = notes::order(&mut found, &labels, reader.sink);
    draft(found, notes, matter, (script, path))
}

/// `[注]: 文字` defines a link and is not printed, which its author may not have
/// meant: told of where what it defines is no address.
fn unprinted(definitions: &RefDefs, reader: &mut Reader) {
    let text = definitions.iter().filter(|(_, d)| !d.dest.contains(['/', '.', '#', ':']));
    let mut spans: Vec<_> = text.map(|(_, d)| d.span.clone()).collect();
    // The parser keeps them in no order.
    spans.sort_by_key(|span| span.start);
    for span in spans {
        let message = "this defines a link, and is not printed";
        let d = Diagnostic::new(code::BROKEN_LINK, message).at(reader.script.span(span));
        reader.sink.push(d.hint("where it should be text, write `\\[` for `[`"));
    }
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, OPTIONS)
}

fn reader<'a>(
    script: &'a Script,
    masked: &'a str,
    path: &'a str,
    limits: &'a Limits,
    sink: &'a mut Sink,
) -> Reader<'a> {
    let (tags, labels) = (BTreeSet::new(), BTreeMap::new());
    let inner_notes = None;
    Reader { script, masked, path, limits, sink, tags, labels, inner_notes, deep: false }
}

fn draft(
    found: Found,
    notes: Vec<Note>,
    matter: Matter,
    (script, path): (&Script, &str),
) -> Draft {
    let title = found.title;
    let id = title.as_ref().and_then(|t| t.id.clone());
    let (title, span) = match (title, &matter.title) {
        (Some(t), _) => (t.text, t.span),
        (None, Some((text, span))) => (text.clone(), *span),
        (None, None) => (vec![], script.span(0..0)),
    };
    let chapter = Chapter {
        division: Division::Body,
        role: Role::Chapter,
        depth: 0,
        part: None,
        title,
        number: None,
        id: String::new(),
        blocks: found.blocks,
        notes,
        span,
    };
    Draft { path: path.to_string(), chapter, title_id: id, matter }
}

/// The inlines of a line of Markdown: titles in `SUMMARY.md`, captions of
/// pictures. It stands in `file` at `offset`.
pub(super) fn line(
    text: &str,
    (file, offset): (FileId, usize),
    limits: &Limits,
    sink: &mut Sink,
) -> Vec<Inline> {
    // A character before it that means nothing keeps `1. x` from being a list.
    let mut work = Patchwork::default();
    work.push(mask::GUARD, file, offset);
    work.push(&text.replace('\n', " "), file, offset);
    let script = Script::from(work);
    let masked = script.text().to_string();
    let mut reader = reader(&script, &masked, "", limits, sink);
    let paragraph = |e: &Event| {
        matches!(e, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
    };
    let events = parser(&masked).into_offset_iter().filter(|e| !paragraph(&e.0));
    let mut tokens = collect(events.collect(), &mut reader);
    if let Some(Token::Source(first)) = tokens.first_mut() {
        first.start = first.start.max(mask::GUARD.len());
    }
    let bounds = mask::GUARD.len()..masked.len();
    inlines(tokens, bounds, LineEnd::Flows, &mut reader)
}
