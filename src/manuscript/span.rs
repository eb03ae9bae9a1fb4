//! Bracketed spans, `[文字]{lang=ja}`: brackets that are no link, with attributes
//! behind them.
//!
//! Brackets pair as CommonMark pairs them for links: the innermost first, before
//! emphasis is looked at, and never across the border of a link. What is escaped,
//! code or a link of its own is no source text any more when brackets are looked
//! for.

use super::attributes::{self, Attributes};
use super::chapter::Reader;
use super::token::{Token, Wrap};
use crate::diag::{Diagnostic, code};
use std::collections::BTreeSet;
use std::ops::Range;

/// A place in a token's source text where it is cut: what is left out there, in
/// bytes, and what stands there instead.
struct Cut {
    token: usize,
    at: usize,
    len: usize,
    put: Option<Token>,
}

/// Puts tokens of language in the place of spans' marks.
pub(super) fn spans(tokens: Vec<Token>, reader: &mut Reader) -> Vec<Token> {
    let tokens = speaking(tokens);
    let script = reader.script;
    let holds = |t: &Token| source(t).is_some_and(|r| script.slice(r).contains("]{"));
    if !tokens.iter().any(holds) {
        return tokens;
    }
    let mut brackets = Brackets { open: vec![], cuts: vec![], reader };
    for (n, token) in tokens.iter().enumerate() {
        brackets.token(n, token);
    }
    let mut cuts = brackets.cuts;
    cuts.sort_by_key(|c| (c.token, c.at));
    apply(tokens, cuts)
}

/// The place of source text; nothing of other tokens is looked at.
fn source(token: &Token) -> Option<Range<usize>> {
    match token {
        Token::Source(range) => Some(range.clone()),
        Token::Literal(..)
        | Token::Atom(_)
        | Token::Display(..)
        | Token::Picture(..)
        | Token::Soft(_)
        | Token::Tag { .. }
        | Token::LangStart(_)
        | Token::LangEnd
        | Token::LinkStart(..)
        | Token::LinkEnd => None,
    }
}

/// Leaves `<span>` and its like out where they say no language, so that they do
/// nothing to the marks around them.
fn speaking(tokens: Vec<Token>) -> Vec<Token> {
    let (mut open, mut spare) = (vec![], BTreeSet::new());
    for (n, token) in tokens.iter().enumerate() {
        let Token::Tag { wrap: Wrap::Plain, open: opens, lang } = token else { continue };
        if *opens {
            open.push((n, lang.is_some()));
        } else if !matches!(open.pop(), Some((_, true))) {
            spare.insert(n);
        }
        if *opens && lang.is_none() {
            spare.insert(n);
        }
    }
    if spare.is_empty() {
        return tokens;
    }
    let numbered = tokens.into_iter().enumerate();
    numbered.filter(|(n, _)| !spare.contains(n)).map(|(_, token)| token).collect()
}

/// A bracket that may still be closed, or the beginning of a link.
enum Open {
    Bracket { token: usize, at: usize },
    Link,
}

struct Brackets<'b, 'a> {
    open: Vec<Open>,
    cuts: Vec<Cut>,
    reader: &'b mut Reader<'a>,
}

impl Brackets<'_, '_> {
    fn token(&mut self, n: usize, token: &Token) {
        if let Token::LinkStart(..) = token {
            self.open.push(Open::Link);
        } else if let Token::LinkEnd = token {
            while let Some(Open::Bracket { .. }) = self.open.pop() {}
        } else if let Some(range) = source(token) {
            let text = self.reader.script.slice(range.clone());
            for (i, mark) in text.match_indices(['[', ']']) {
                let at = range.start + i;
                if mark == "[" {
                    self.open.push(Open::Bracket { token: n, at });
                } else if let Some(Open::Bracket { token, at: start }) = self.open.last()
                {
                    let start = (*token, *start);
                    self.open.pop();
                    self.close(start, (n, at), &text[i + 1..]);
                }
            }
        }
    }

    /// A pair of brackets, each by its token and its place, and what follows it.
    fn close(&mut self, from: (usize, usize), to: (usize, usize), after: &str) {
        let Some(list) = self.attributes(after, to.1 + 1) else { return };
        let len = 1 + list.len;
        let lang = self.reader.language_of(&list, from.1..to.1 + len);
        let end = lang.is_some().then_some(Token::LangEnd);
        let start = lang.map(Token::LangStart);
        self.cuts.push(Cut { token: from.0, at: from.1, len: 1, put: start });
        self.cuts.push(Cut { token: to.0, at: to.1, len, put: end });
    }

    /// The attributes right behind a bracket. What was meant for some but cannot
    /// be read is text, and reported.
    fn attributes(&mut self, text: &str, at: usize) -> Option<Attributes> {
        let list = attributes::list(text);
        let meant = text.strip_prefix("{lang").is_some_and(|rest| {
            rest.starts_with([' ', '=', ':', '：', '＝', '}', '-', '“', '"'])
        });
        if list.is_none() && meant {
            let message = "these attributes cannot be read, and are kept as text";
            let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
            let d = d.at(self.reader.script.span(at..at + 1));
            self.reader.sink.push(d.hint("write such as `[Straße]{lang=de}`"));
        }
        list
    }
}

fn apply(tokens: Vec<Token>, cuts: Vec<Cut>) -> Vec<Token> {
    let mut out = vec![];
    let mut cuts = cuts.into_iter().peekable();
    for (n, token) in tokens.into_iter().enumerate() {
        let Token::Source(range) = token else {
            out.push(token);
            continue;
        };
        let mut from = range.start;
        while let Some(cut) = cuts.next_if(|c| c.token == n) {
            if from < cut.at {
                out.push(Token::Source(from..cut.at));
            }
            out.extend(cut.put);
            from = cut.at + cut.len;
        }
        if from < range.end {
            out.push(Token::Source(from..range.end));
        }
    }
    out
}
