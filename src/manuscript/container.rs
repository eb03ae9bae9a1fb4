//! `:::` containers: the lines of one paragraph that open and close them.

use super::attributes::{self, Attributes};
use super::blocks::Builder;
use super::frame::Open;
use super::token::Token;
use crate::diag::{Diagnostic, code};
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
        let mut rest: Vec<Token> = vec![];
        let mut start = range.start;
        for line in split_lines(tokens) {
            match self.fence(&line) {
                None => rest.extend(line),
                Some(fence) => {
                    let place = place(&line).unwrap_or(start..start);
                    self.plain_paragraph(trim(&mut rest), start..place.start);
                    start = place.end;
                    self.turn(fence, place);
                }
            }
        }
        self.plain_paragraph(trim(&mut rest), start.min(range.end)..range.end);
    }

    fn turn(&mut self, fence: Fence, place: Range<usize>) {
        match fence {
            Fence::End => self.close_container(place),
            Fence::Begin { kind, attributes, more } => {
                let mut lang = self.reader.language_of(&attributes, place.clone());
                let mut rest = more.clone();
                if kind == "lang" {
                    let tag = self.reader.script.slice(more);
                    lang = self.reader.language(tag, place.clone());
                    rest.start = rest.end;
                }
                let open = self.container(&kind, place.clone());
                self.open_container(open, lang, place);
                if !rest.is_empty() {
                    let tokens = vec![Token::Source(rest.clone())];
                    self.plain_paragraph(tokens, rest);
                }
            }
        }
    }

    /// The container of a kind; one that is not known is reported.
    fn container(&mut self, kind: &str, place: Range<usize>) -> Open {
        match kind {
            "verse" => return Open::Verse,
            "" | "lang" => return Open::Container,
            _ => {}
        }
        let message = format!("there is no container `{kind}`");
        let d = Diagnostic::new(code::UNKNOWN_CONTAINER, message);
        let d = d.at(self.reader.script.span(place));
        let hint = "its contents are kept; known are `verse` and `lang`";
        self.reader.sink.push(d.hint(hint));
        Open::Container
    }

    /// Closes the innermost container; one further out closes when what is open
    /// inside it does.
    pub(super) fn close_container(&mut self, place: Range<usize>) {
        if self.in_container() {
            return self.pop();
        }
        let container = |open: &Open| matches!(open, Open::Verse | Open::Container);
        let outer =
            self.frames.iter_mut().rev().find(|f| container(&f.open) && !f.closing);
        if let Some(frame) = outer {
            frame.closing = true;
        } else {
            let d = Diagnostic::new(code::UNKNOWN_CONTAINER, "this `:::` closes nothing");
            self.reader.sink.push(d.at(self.reader.script.span(place)));
        }
    }

    /// Whether the innermost open block is a container.
    pub(super) fn in_container(&self) -> bool {
        let open = self.frames.last().map(|f| &f.open);
        matches!(open, Some(Open::Verse | Open::Container))
    }

    /// Reports that the innermost container was never closed.
    pub(super) fn unclosed(&mut self) {
        let Some(frame) = self.frames.last().filter(|f| !f.closing) else { return };
        let span = self.reader.script.span(frame.range.clone());
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
