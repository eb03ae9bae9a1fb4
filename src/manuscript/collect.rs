//! The parser's events of one paragraph → tokens.

use super::chapter::Reader;
use super::html;
use super::mask;
use super::path;
use super::ruby;
use super::span;
use super::token::Token;
use crate::book::{Inline, PictureRef, Text};
use crate::diag::{Diagnostic, code};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// An event, and where in the script it was written.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// Tokens of one paragraph, heading or cell.
pub(super) fn collect(events: Vec<Placed>, reader: &mut Reader) -> Vec<Token> {
    let mut c = Collector { out: vec![], seen: 0, address: false, reader };
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        if let Event::Start(Tag::Image { dest_url, title, .. }) = event {
            let alt = c.alt(&mut events);
            c.picture((mask::lift(&dest_url), mask::lift(&title)), alt, range);
        } else {
            c.event(event, range);
        }
    }
    let Collector { out, reader, .. } = c;
    out.into_iter().flat_map(|t| unknown_notes(t, reader)).collect()
}

struct Collector<'c, 'a> {
    out: Vec<Token>,
    /// end of what was seen so far
    seen: usize,
    /// within `<https://…>`, where no mark is a mark
    address: bool,
    reader: &'c mut Reader<'a>,
}

impl Collector<'_, '_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        let seen = range.end;
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Code(text) => {
                let text = self.exactly(&text, &range);
                self.out.push(Token::Atom(Inline::Code(text)));
            }
            Event::InlineMath(text) => self.formula(&text, range),
            Event::DisplayMath(text) => {
                self.out.push(Token::Display(mask::lift(&text), range));
            }
            Event::InlineHtml(tag) | Event::Html(tag) => {
                html::inline(&mask::lift(&tag), range, &mut self.out, self.reader);
            }
            Event::FootnoteReference(label) => {
                let span = self.reader.script.span(range);
                let index = self.reader.label(&label);
                self.out.push(Token::Atom(Inline::Note { index, number: 0, span }));
            }
            Event::SoftBreak => self.out.push(Token::Soft(range)),
            Event::HardBreak => self.out.push(Token::Atom(Inline::Newline)),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
        self.seen = self.seen.max(seen);
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        let start = range.start;
        if let Tag::Link { link_type, dest_url, .. } = tag {
            self.address = matches!(link_type, LinkType::Autolink | LinkType::Email);
            let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
            let to = format!("{mail}{}", mask::lift(&dest_url));
            self.out.push(Token::LinkStart(to, None, range));
            self.seen = self.seen.max(start + 1);
        } else {
            self.source(start..start + marks(tag.to_end()));
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::Link {
            self.address = false;
            self.out.push(Token::LinkEnd);
        } else {
            self.source(range.end.saturating_sub(marks(tag))..range.end);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let masked = self.reader.masked.get(range.clone());
        if masked != Some(text) || self.address {
            self.out.push(Token::Literal(mask::lift(text), range));
            return;
        }
        // The parser drops the backslash of an escape; what follows is no mark.
        let before = range.start.checked_sub(1);
        let backslash = before.and_then(|i| self.reader.masked.as_bytes().get(i));
        let escaped = self.seen < range.start && backslash == Some(&b'\\');
        let Some(first) = text.chars().next().filter(|_| escaped) else {
            return self.source(range);
        };
        let after = range.start + first.len_utf8();
        self.out.push(Token::Literal(first.to_string(), range.start..after));
        if after < range.end {
            self.out.push(Token::Source(after..range.end));
        }
    }

    /// Source text; runs of marks are whole only when neighbours are joined.
    fn source(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.seen = self.seen.max(range.end);
        if let Some(Token::Source(before)) = self.out.last_mut()
            && before.end == range.start
        {
            before.end = range.end;
        } else {
            self.out.push(Token::Source(range));
        }
    }

    /// A formula, unless a digit follows: `$5，另加$3` are prices.
    fn formula(&mut self, text: &str, range: Range<usize>) {
        let next = self.reader.script.text().as_bytes().get(range.end);
        if next.is_some_and(u8::is_ascii_digit) {
            let text = self.reader.script.slice(range.clone()).to_string();
            self.out.push(Token::Literal(text, range));
            return;
        }
        let text = self.exactly(text, &range);
        self.out.push(Token::Atom(Inline::Math(text)));
    }

    fn exactly(&self, text: &str, range: &Range<usize>) -> Text {
        Text { text: mask::lift(text), span: self.reader.script.span(range.clone()) }
    }

    /// What stands between the brackets of a picture, as bare text.
    fn alt<'e>(&mut self, events: &mut impl Iterator<Item = Placed<'e>>) -> String {
        let outer = std::mem::take(&mut self.out);
        let mut depth = 0usize;
        for (event, range) in events {
            let seen = range.end;
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => break,
                Event::End(TagEnd::Image) => depth -= 1,
                Event::Text(t) => self.text(&t, range),
                Event::Code(t) | Event::InlineMath(t) | Event::DisplayMath(t) => {
                    self.out.push(Token::Literal(mask::lift(&t), range));
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.out.push(Token::Literal(" ".into(), range));
                }
                Event::FootnoteReference(_)
                | Event::Start(_)
                | Event::End(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Rule
                | Event::TaskListMarker(_) => continue,
            }
            self.seen = self.seen.max(seen);
        }
        let inside = std::mem::replace(&mut self.out, outer);
        let inside = ruby::rubies(inside, self.reader);
        let inside = span::spans(inside, self.reader);
        let shown: String = inside.iter().map(|t| self.bare(t)).collect();
        shown.trim().to_string()
    }

    /// The characters of a token.
    fn bare<'t>(&'t self, token: &'t Token) -> &'t str {
        match token {
            Token::Source(range) => self.reader.script.slice(range.clone()),
            Token::Literal(text, _) => text,
            Token::Atom(Inline::Text(t)) => &t.text,
            Token::Atom(Inline::Ruby(r)) => &r.base.text,
            Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::Soft(_)
            | Token::Tag { .. }
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd
            | Token::LinkStart(..)
            | Token::LinkEnd => "",
        }
    }

    fn picture(
        &mut self,
        (path, title): (String, String),
        alt: String,
        range: Range<usize>,
    ) {
        self.seen = self.seen.max(range.end);
        match picture(&path, alt, range.clone(), self.reader) {
            Ok(picture) => self.out.push(Token::Picture(picture, title, range)),
            Err(alt) if alt.is_empty() => {}
            Err(alt) => self.out.push(Token::Literal(alt, range)),
        }
    }
}

/// Length of the marks that the parser took at either end of a style.
fn marks(tag: TagEnd) -> usize {
    if matches!(tag, TagEnd::Strong | TagEnd::Strikethrough) {
        2
    } else if matches!(tag, TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript) {
        1
    } else {
        0
    }
}

/// The picture that a chapter names `path`; if it cannot be one, its
/// alternative text is given back.
pub(super) fn picture(
    path: &str,
    alt: String,
    range: Range<usize>,
    reader: &mut Reader,
) -> Result<PictureRef, String> {
    let span = reader.script.span(range);
    if super::link::scheme(path).is_some() || path.starts_with("//") {
        let d =
            Diagnostic::new(code::BAD_PICTURE, "a picture must be a file of the book");
        reader.sink.push(d.at(span).hint("save it beside the chapter and name it there"));
        return Err(alt);
    }
    let decoded = path::percent_decode(path);
    let Some(path) = path::below(path::folder(reader.path), &decoded) else {
        let message = match decoded.is_empty() {
            true => "this picture names no file".to_string(),
            false => format!("`{decoded}` lies outside the book"),
        };
        let code =
            if decoded.is_empty() { code::BAD_PICTURE } else { code::OUTSIDE_BOOK };
        let d = Diagnostic::new(code, message).at(span);
        reader.sink.push(d.hint("copy the picture into the folder of the book"));
        return Err(alt);
    };
    if alt.is_empty() {
        let d =
            Diagnostic::new(code::MISSING_ALT, "this picture has no alternative text");
        let hint = "say between the brackets what it shows: `![…](…)`";
        reader.sink.push(d.at(span).hint(hint));
    }
    Ok(PictureRef { path, alt, span })
}

/// Longest label that is looked for; GitHub's own limit is near it.
const LABEL_BYTES: usize = 200;

/// Calls to notes that are not there reach us as text: they are reported, and
/// stay text, in which `^` is no mark.
fn unknown_notes(token: Token, reader: &mut Reader) -> Vec<Token> {
    let Token::Source(range) = token else { return vec![token] };
    let text = reader.script.slice(range.clone());
    let (mut out, mut done, mut from) = (vec![], 0, 0);
    while let Some(at) = text[from..].find("[^").map(|i| from + i) {
        from = at + 2;
        let label = text[from..].bytes().take(LABEL_BYTES);
        let len = label.take_while(|b| !b"[]\n \t^".contains(b)).count();
        if len == 0 || text.as_bytes().get(from + len) != Some(&b']') {
            continue;
        }
        let end = from + len + 1;
        let place = range.start + at..range.start + end;
        let message = format!("there is no note `{}`", &text[from..from + len]);
        let d = Diagnostic::new(code::UNKNOWN_NOTE, message);
        let hint = format!("write it on a line of its own: `{}: …`", &text[at..end]);
        reader.sink.push(d.at(reader.script.span(place.clone())).hint(hint));
        if done < at {
            out.push(Token::Source(range.start + done..range.start + at));
        }
        out.push(Token::Literal(text[at..end].to_string(), place));
        (done, from) = (end, end);
    }
    if done < text.len() {
        out.push(Token::Source(range.start + done..range.end));
    }
    out
}
