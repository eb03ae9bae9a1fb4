//! `:::` containers: the lines of one paragraph that open and close them.

use super::attributes::{self, Attributes};
use super::blocks::Builder;
use super::chapter;
use super::frame::Open;
use super::letter;
use super::token::Token;
use crate::book::{Block, BlockKind, BlockStyle, Inline, Text, text};
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use std::ops::Range;

/// A line of a container.
enum Fence {
    Begin {
        /// the word or class; empty where there is none
        kind: String,
        /// attributes in braces
        attributes: Attributes,
        /// the place of what else stands on the line
        more: Range<usize>,
    },
    End,
}

impl Builder<'_, '_, '_> {
    /// A paragraph, whose first or last lines may be those of a container.
    pub(super) fn paragraph(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        let mut group: Vec<Vec<Token>> = vec![];
        let mut start = range.start;
        for line in split_lines(tokens) {
            let Some(fence) = self.fence(&line) else {
                group.push(line);
                continue;
            };
            let place = place(&line).unwrap_or(start..start);
            self.group(std::mem::take(&mut group), start..place.start);
            start = place.end;
            self.turn(fence, place);
        }
        self.group(group, start.min(range.end)..range.end);
    }

    /// Lines between those of containers: one paragraph, or several where lines
    /// stand as they were written.
    fn group(&mut self, lines: Vec<Vec<Token>>, range: Range<usize>) {
        let own = self.own_lines(&lines);
        let (mut rest, mut start): (Vec<Token>, _) = (vec![], range.start);
        for (line, own) in lines.into_iter().zip(own) {
            if own && !rest.is_empty() {
                let end = place(&line).map_or(range.end, |p| p.start);
                self.plain_paragraph(trim(&mut rest), start..end);
                start = end;
            }
            rest.extend(line);
        }
        self.plain_paragraph(trim(&mut rest), start..range.end);
    }

    fn turn(&mut self, fence: Fence, place: Range<usize>) {
        match fence {
            Fence::End => self.close_container(place),
            Fence::Begin { kind, mut attributes, more } => {
                if kind == "verse" {
                    attributes.others.retain(|o| !o.starts_with("author="));
                }
                let mut lang = self.reader.language_of(&attributes, place.clone());
                let mut rest = more.clone();
                if kind == "lang" {
                    let tag = self.reader.script.slice(more);
                    lang = self.reader.language(tag, place.clone());
                    rest.start = rest.end;
                }
                let mut open = self.container(&kind, place.clone());
                if let Open::Verse { title, author } = &mut open {
                    *title = self.line_of(rest.clone());
                    *author = self.author(title, &attributes);
                    rest.start = rest.end;
                }
                self.open_container(open, lang, place);
                if !rest.is_empty() {
                    let tokens = vec![Token::Source(rest.clone())];
                    self.plain_paragraph(tokens, rest);
                }
            }
        }
    }

    /// A stretch of the script as a line of Markdown.
    fn line_of(&mut self, range: Range<usize>) -> Vec<Inline> {
        let span = self.reader.script.span(range.clone());
        let place = (span.file, span.start as usize);
        let text = self.reader.script.slice(range);
        chapter::line(text, place, self.reader.limits, self.reader.sink)
    }

    /// Who wrote verse: an attribute of its container, or what stands behind two
    /// dashes or a wide blank on the line of its title.
    fn author(&mut self, title: &mut [Inline], said: &Attributes) -> Vec<Inline> {
        let named = said.named.iter().find(|n| n.0 == "author");
        if let Some((_, Some(author))) = named {
            let text = author.clone();
            let span = Span::default();
            return vec![Inline::Text(Text { text, span })];
        }
        let Some(Inline::Text(last)) = title.last_mut() else { return vec![] };
        let found = ["\u{3000}", "——"].into_iter().find_map(|mark| last.text.find(mark));
        let Some(at) = found.filter(|at| *at > 0) else { return vec![] };
        let text = last.text.split_off(at);
        let text = text.trim_start_matches(['\u{3000}', '—', ' ']).to_string();
        let span = last.span;
        last.text.truncate(last.text.trim_end().len());
        if text.is_empty() { vec![] } else { vec![Inline::Text(Text { text, span })] }
    }

    /// The container of a kind; one that is not known is reported.
    fn container(&mut self, kind: &str, place: Range<usize>) -> Open {
        match kind {
            "verse" => return Open::Verse { title: vec![], author: vec![] },
            "dialogue" => return Open::Dialogue,
            "description" => return Open::Description,
            "" | "lang" => return Open::Container,
            _ => {}
        }
        if let Some((_, style)) = STYLES.iter().find(|s| s.0 == kind) {
            return Open::Styled(*style);
        }
        let message = format!("there is no container `{kind}`");
        let d = Diagnostic::new(code::UNKNOWN_CONTAINER, message);
        let d = d.at(self.reader.script.span(place));
        let known = ["verse", "dialogue", "description", "lang"];
        let known = known.into_iter().chain(STYLES.iter().map(|s| s.0));
        let known: Vec<_> = known.map(|k| format!("`{k}`")).collect();
        let hint = format!("its contents are kept; known are {}", known.join(", "));
        self.reader.sink.push(d.hint(hint));
        Open::Container
    }

    /// The blocks that a container leaves.
    pub(super) fn contained(
        &mut self,
        open: Open,
        inside: Vec<Block>,
        range: Range<usize>,
    ) -> Vec<Block> {
        let span = self.reader.script.span(range);
        let one = |kind: BlockKind| vec![Block { kind, span }];
        if inside.is_empty() {
            return vec![];
        }
        if let Open::Styled(style) = open {
            let blocks = if style == BlockStyle::Letter {
                letter::letter(inside)
            } else if style == BlockStyle::Epigraph {
                letter::sourced(inside)
            } else {
                inside
            };
            one(BlockKind::Styled { style, blocks })
        } else if let Open::Dialogue = open {
            one(BlockKind::Dialogue(letter::dialogue(inside)))
        } else if let Open::Verse { title, author } = open {
            poem(title, author, inside, span)
        } else {
            inside
        }
    }

    /// Gives the figure right before a description its text; without a figure it is text
    /// of the book.
    pub(super) fn describe(
        &mut self,
        inside: Vec<Block>,
        before: &mut Vec<Block>,
        range: Range<usize>,
    ) {
        if let Some(BlockKind::Figure(figure)) = before.last_mut().map(|b| &mut b.kind) {
            return figure.description.extend(text::blocks_of(&inside));
        }
        let message = "this description stands behind no figure and is printed";
        let d = Diagnostic::new(code::STRAY_DESCRIPTION, message);
        let d = d.at(self.reader.script.span(range));
        self.reader
            .sink
            .push(d.hint("put it right behind the picture that it describes"));
        before.extend(inside);
    }

    /// Closes the innermost container; one further out closes when what is open
    /// inside it does.
    pub(super) fn close_container(&mut self, place: Range<usize>) {
        if self.in_container() {
            return self.pop();
        }
        let outer =
            self.frames.iter_mut().rev().find(|f| f.open.is_container() && !f.closing);
        if let Some(frame) = outer {
            frame.closing = true;
        } else {
            let d = Diagnostic::new(code::UNKNOWN_CONTAINER, "this `:::` closes nothing");
            self.reader.sink.push(d.at(self.reader.script.span(place)));
        }
    }

    /// Whether the innermost open block is a container.
    pub(super) fn in_container(&self) -> bool {
        self.frames.last().is_some_and(|f| f.open.is_container())
    }

    /// Reports that the innermost container was never closed.
    pub(super) fn unclosed(&mut self) {
        let Some(frame) = self.frames.last().filter(|f| !f.closing) else { return };
        let span = self.reader.script.span(frame.range.clone());
        if let Some(tag) = frame.html {
            // Cells, rows and items may be left open in HTML.
            if tag == "table" {
                let d = Diagnostic::new(code::RAW_HTML, "this `<table>` is never closed");
                let hint = "close it with `</table>` in the block that it stands in";
                self.reader.sink.push(d.at(span).hint(hint));
            }
            return;
        }
        let d = Diagnostic::new(code::UNKNOWN_CONTAINER, "this `:::` is never closed");
        self.reader.sink.push(d.at(span).hint("close it with a line of three colons"));
    }

    fn fence(&self, line: &[Token]) -> Option<Fence> {
        let range = place(line)?;
        let source = self.reader.script.slice(range.clone());
        let Some(Token::Source(first)) = line.first() else { return None };
        if first.start != range.start || !source.starts_with(":::") {
            return None;
        }
        let body = source.trim_start_matches(':').trim();
        if body.is_empty() {
            return Some(Fence::End);
        }
        let (kind, attributes, more) = match attributes::list(body) {
            Some(mut list) => {
                let class = list.class.take().unwrap_or_default();
                list.others.retain(|o| o.strip_prefix('.') != Some(class.as_str()));
                let more = &body[list.len..];
                (class, list, more)
            }
            None => {
                let len =
                    body.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
                let (kind, more) = body.split_at(len.unwrap_or(body.len()));
                if kind.is_empty() {
                    return None;
                }
                (kind.to_string(), Attributes::default(), more)
            }
        };
        let more = more.trim();
        let at = source.rfind(more).filter(|_| !more.is_empty()).unwrap_or(0);
        let more = range.start + at..range.start + at + more.len();
        Some(Fence::Begin { kind: kind.to_lowercase(), attributes, more })
    }
}

/// Containers by the name of what they hold.
const STYLES: [(&str, BlockStyle); 4] = [
    ("letter", BlockStyle::Letter),
    ("epigraph", BlockStyle::Epigraph),
    ("center", BlockStyle::Center),
    ("right", BlockStyle::Right),
];

/// Verse with what stands above and below it. Without either it is verse alone.
fn poem(
    title: Vec<Inline>,
    author: Vec<Inline>,
    inside: Vec<Block>,
    span: Span,
) -> Vec<Block> {
    let count = inside.len();
    let inside = letter::sourced(inside);
    if title.is_empty() && author.is_empty() && inside.len() == count {
        return inside;
    }
    let line = |text: Vec<Inline>, style| {
        let block = Block { kind: BlockKind::Paragraph(text), span };
        letter::styled(style, block)
    };
    let above = [(title, BlockStyle::PoemTitle), (author, BlockStyle::PoemAuthor)];
    let above = above.into_iter().filter(|(t, _)| !t.is_empty());
    let mut blocks: Vec<_> = above.map(|(text, style)| line(text, style)).collect();
    blocks.extend(inside);
    let style = BlockStyle::Poem;
    vec![Block { kind: BlockKind::Styled { style, blocks }, span }]
}

/// The tokens of each line, the line end last.
fn split_lines(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut out = vec![vec![]];
    let mut inside = false;
    for token in tokens {
        match token {
            Token::LinkStart(..) => inside = true,
            Token::LinkEnd => inside = false,
            Token::Source(_)
            | Token::Literal(..)
            | Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::Soft(_)
            | Token::Tag { .. }
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd => {}
        }
        let ends = matches!(token, Token::Soft(_)) && !inside;
        if let Some(line) = out.last_mut() {
            line.push(token);
        }
        if ends {
            out.push(vec![]);
        }
    }
    out
}

/// Where a line stands in the source, if it is nothing but text.
fn place(line: &[Token]) -> Option<Range<usize>> {
    let mut whole: Option<Range<usize>> = None;
    for token in line {
        let range = match token {
            Token::Source(r) | Token::Literal(_, r) => r.clone(),
            Token::Soft(_) => continue,
            Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::Tag { .. }
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd
            | Token::LinkStart(..)
            | Token::LinkEnd => return None,
        };
        whole = Some(whole.map_or(range.start, |w| w.start)..range.end);
    }
    whole
}

/// Takes the lines gathered so far, without the line end after them.
fn trim(rest: &mut Vec<Token>) -> Vec<Token> {
    if let Some(Token::Soft(_)) = rest.last() {
        rest.pop();
    }
    std::mem::take(rest)
}
