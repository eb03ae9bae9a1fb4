//! Bracketed spans, `[文字]{lang=ja}`: brackets that are no link, with attributes
//! behind them.
//!
//! Brackets pair as CommonMark pairs them for links: the innermost first, before
//! emphasis is looked at, and never across the border of a link. What is escaped,
//! code or a link of its own is no source text any more when brackets are looked
//! for.

use super::attributes::{self, Attributes};
use super::chapter::Reader;
use super::token::{Marking, Token, Wrap};
use crate::book::Show;
use crate::diag::{Diagnostic, code};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A place in a token's source text where it is cut: what is left out there, in
/// bytes, and what stands there instead.
struct Cut {
    token: usize,
    at: usize,
    len: usize,
    put: Vec<Token>,
}

/// Puts tokens of language in the place of spans' marks.
pub(super) fn spans(tokens: Vec<Token>, reader: &mut Reader) -> Vec<Token> {
    let tokens = asking(speaking(tokens), reader);
    let script = reader.script;
    let notes = reader.inner_notes.is_some();
    let holds = |t: &Token| {
        let text = source(t).map(|r| script.slice(r));
        text.is_some_and(|t| t.contains("]{") || notes && t.contains("^["))
    };
    if !tokens.iter().any(holds) {
        return tokens;
    }
    let mut brackets =
        Brackets { open: vec![], cuts: vec![], starts: BTreeMap::new(), reader };
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
        | Token::MarkStart(_)
        | Token::MarkEnd
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

/// Takes what a link is asked to print out of the text behind it, `[](#id){ref=page}`.
fn asking(mut tokens: Vec<Token>, reader: &mut Reader) -> Vec<Token> {
    let mut open = None;
    for n in 0..tokens.len() {
        match &tokens[n] {
            Token::LinkStart(..) => open = Some(n),
            Token::LinkEnd => {
                let Some(Token::Source(after)) = tokens.get(n + 1).cloned() else {
                    continue;
                };
                let asked = asked(after.clone(), reader);
                if let (Some((show, len)), Some(start)) = (asked, open)
                    && let Token::LinkStart(_, asks, _) = &mut tokens[start]
                {
                    *asks = show;
                    tokens[n + 1] = Token::Source(after.start + len..after.end);
                }
            }
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
    }
    tokens
}

/// What the attributes that a text begins with ask for, and their length; `None`
/// where they ask for nothing and so are text.
fn asked(range: Range<usize>, reader: &mut Reader) -> Option<(Option<Show>, usize)> {
    let mut list = attributes::list(reader.script.slice(range.clone()))?;
    let wish = list.take("ref")?;
    let show = Show::named(&wish);
    let place = range.start..range.start + list.len;
    if show.is_none() {
        let message = format!("a reference cannot print `{wish}`");
        let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
        let d = d.at(reader.script.span(place.clone()));
        reader.sink.push(d.hint("known are `number`, `title`, `full` and `page`"));
    }
    reader.language_of(&list, place);
    Some((show, list.len))
}

/// A bracket that may still be closed, or the beginning of a link.
enum Open {
    Bracket { token: usize, at: usize },
    Link,
}

struct Brackets<'b, 'a> {
    open: Vec<Open>,
    cuts: Vec<Cut>,
    /// where the source text of each token begins
    starts: BTreeMap<usize, usize>,
    reader: &'b mut Reader<'a>,
}

impl Brackets<'_, '_> {
    fn token(&mut self, n: usize, token: &Token) {
        if let Token::LinkStart(..) = token {
            self.open.push(Open::Link);
        } else if let Token::LinkEnd = token {
            while let Some(Open::Bracket { .. }) = self.open.pop() {}
        } else if let Some(range) = source(token) {
            self.starts.insert(n, range.start);
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
        // `^[1]^` is raised text.
        let raised = after.starts_with('^') && !after.starts_with("^[");
        if !raised && from.1 + 1 < to.1 && self.noted(from, to) {
            return;
        }
        let Some(list) = self.attributes(after, to.1 + 1) else { return };
        let mut list = list;
        let len = 1 + list.len;
        let span = self.reader.script.span(from.1..to.1 + len);
        let marking = Marking::take(&mut list, span);
        let lang = self.reader.language_of(&list, from.1..to.1 + len);
        let (mut start, mut end) = (vec![], vec![]);
        // The language is said of the text, within what marks it.
        if let Some(marking) = marking {
            start.push(Token::MarkStart(marking));
            end.push(Token::MarkEnd);
        }
        if let Some(lang) = lang {
            start.push(Token::LangStart(lang));
            end.insert(0, Token::LangEnd);
        }
        self.cuts.push(Cut { token: from.0, at: from.1, len: 1, put: start });
        self.cuts.push(Cut { token: to.0, at: to.1, len, put: end });
    }

    /// A note where it is called, `^[文字]`, as Pandoc writes it.
    fn noted(&mut self, from: (usize, usize), to: (usize, usize)) -> bool {
        let caret = from.1.checked_sub(1).filter(|at| {
            self.reader.script.text().as_bytes().get(*at) == Some(&b'^')
                && self.starts.get(&from.0).is_some_and(|start| start <= at)
        });
        let (Some(caret), true) = (caret, self.reader.inner_notes.is_some()) else {
            return false;
        };
        // No author's label begins like this.
        let note = Some(self.reader.label(&format!("^{caret}")));
        let span = self.reader.script.span(caret..to.1 + 1);
        let marking = Box::new(Marking { note, span, ..Marking::default() });
        let (start, end) = (vec![Token::MarkStart(marking)], vec![Token::MarkEnd]);
        self.cuts.push(Cut { token: from.0, at: caret, len: 2, put: start });
        self.cuts.push(Cut { token: to.0, at: to.1, len: 1, put: end });
        true
    }

    /// The attributes right behind a bracket. What was meant for some but cannot
    /// be read is text, and reported.
    fn attributes(&mut self, text: &str, at: usize) -> Option<Attributes> {
        let list = attributes::list(text);
        let meant =
            ["{lang", "{index", "{term"].into_iter().filter_map(|w| text.strip_prefix(w));
        let meant = meant.into_iter().any(|rest: &str| {
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
