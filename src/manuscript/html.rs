//! HTML in a manuscript: a few tags mean something, of the others the text stays.

use super::chapter::Reader;
use super::collect;
use super::script::unwritable;
use super::token::{Token, Wrap};
use crate::book::Inline;
use crate::diag::{Diagnostic, code};
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// What a tag does to the text around it.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum Meaning {
    /// nothing: comments, and places where a line may end
    Nothing,
    Newline,
    Picture,
    Style(Wrap),
    /// it stands between paragraphs
    Block,
    /// its contents are no text
    Hidden,
    Unknown,
}

fn meaning(name: &str) -> Meaning {
    match name {
        "" | "wbr" => Meaning::Nothing,
        "span" | "u" | "mark" | "small" => Meaning::Style(Wrap::Plain),
        "br" => Meaning::Newline,
        "img" => Meaning::Picture,
        "b" | "strong" => Meaning::Style(Wrap::Strong),
        "i" | "em" => Meaning::Style(Wrap::Emph),
        "s" | "del" => Meaning::Style(Wrap::Strike),
        "sup" => Meaning::Style(Wrap::Super),
        "sub" => Meaning::Style(Wrap::Sub),
        "code" | "kbd" => Meaning::Style(Wrap::Code),
        "script" | "style" => Meaning::Hidden,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption"
        | "center" | "dd" | "details" | "div" | "dl" | "dt" | "figcaption" | "figure"
        | "footer" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "li"
        | "main" | "col" | "colgroup" | "nav" | "ol" | "p" | "pre" | "section"
        | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr"
        | "ul" => Meaning::Block,
        _ => Meaning::Unknown,
    }
}

/// A tag, cut from its text.
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closing: bool,
    attributes: String,
}

impl Tag {
    /// `text` from `<` to `>`; a comment or declaration has an empty name.
    fn of(text: &str) -> Tag {
        let body = text.trim_start_matches('<');
        let (closing, body) = match body.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let len = body
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(body.len());
        let attributes = body[len..].trim_end_matches(['>', '/']).to_string();
        Tag { name: body[..len].to_ascii_lowercase(), closing, attributes }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let len = rest.find(|c: char| c == '=' || c.is_whitespace());
            let (name, after) = rest.split_at(len.unwrap_or(rest.len()));
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=') else {
                // A stray character is stepped over, so that the loop ends.
                rest = if name.is_empty() { "" } else { after };
                continue;
            };
            let value = value.trim_start();
            let (value, next) = match value.chars().next() {
                Some(q @ ('"' | '\'')) => {
                    value[1..].split_once(q).unwrap_or((&value[1..], ""))
                }
                Some(_) | None => {
                    value.split_once(char::is_whitespace).unwrap_or((value, ""))
                }
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(decode(value));
            }
            rest = next.trim_start();
        }
        None
    }
}

/// One tag or comment inside a paragraph.
pub(super) fn inline(
    text: &str,
    range: Range<usize>,
    out: &mut Vec<Token>,
    reader: &mut Reader,
) {
    let tag = Tag::of(text);
    match meaning(&tag.name) {
        Meaning::Nothing => {}
        Meaning::Newline => out.push(Token::Atom(Inline::Newline)),
        Meaning::Picture => picture(&tag, range, out, reader),
        Meaning::Style(wrap) => {
            let lang = if tag.closing { None } else { tag.attribute("lang") };
            let lang = lang.and_then(|lang| reader.language(&lang, range));
            out.push(Token::Tag { wrap, open: !tag.closing, lang });
        }
        Meaning::Block | Meaning::Hidden | Meaning::Unknown => {
            reader.raw_html(&tag.name, range);
        }
    }
}

fn picture(tag: &Tag, range: Range<usize>, out: &mut Vec<Token>, reader: &mut Reader) {
    let path = tag.attribute("src").unwrap_or_default();
    let alt = tag.attribute("alt").unwrap_or_default();
    match collect::picture(&path, alt, range.clone(), reader) {
        Ok(picture) => out.push(Token::Picture(picture, String::new(), range)),
        Err(alt) if alt.is_empty() => {}
        Err(alt) => out.push(Token::Literal(alt, range)),
    }
}

impl Reader<'_> {
    /// Reports a tag, once for each name and chapter.
    pub(super) fn raw_html(&mut self, name: &str, range: Range<usize>) {
        if self.tags.insert(name.to_string()) {
            let fate = match meaning(name) == Meaning::Hidden {
                true => "dropped with what it holds",
                false => "not read, only its text is kept",
            };
            let message = format!("`<{name}>` is {fate}");
            let d = Diagnostic::new(code::RAW_HTML, message).at(self.script.span(range));
            self.sink.push(d.hint("say it in Markdown, which PDF and EPUB both show"));
        }
    }
}

/// What a block of HTML is made of.
pub(super) enum Part {
    /// text between tags
    Paragraph(Vec<Token>),
    /// a tag that stands between paragraphs, and its place
    Tag(Tag, Range<usize>),
}

/// A block of HTML as paragraphs and tags. `lines` are its lines, each with its
/// place.
pub(super) fn block(lines: &[(String, Range<usize>)], reader: &mut Reader) -> Vec<Part> {
    let whole: String = lines.iter().map(|l| l.0.as_str()).collect();
    let lower = whole.to_ascii_lowercase();
    let last = whole.rfind('>').unwrap_or(0);
    let mut b = Block { lines, line: 0, base: 0, out: vec![], open: vec![] };
    let mut at = 0;
    while at < whole.len() {
        let rest = &whole[at..];
        // Without this every stray `<` would look for its `>` in vain.
        let len = if at < last { tag_length(rest) } else { 0 };
        if len == 0 {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let len = rest[first..].find('<').map_or(rest.len(), |i| i + first);
            b.text(&rest[..len], at);
            at += len;
            continue;
        }
        at += b.tag(&rest[..len], &lower[at..], at, reader);
    }
    b.end();
    b.out
}

/// Length of the tag, comment or declaration that `text` begins with; 0 if it
/// begins with none.
fn tag_length(text: &str) -> usize {
    let upto = |end: &str| text.find(end).map_or(text.len(), |i| i + end.len());
    let mut second = text.chars().skip(1);
    match (text.starts_with('<'), second.next()) {
        (true, Some('!')) if text.starts_with("<!--") => upto("-->"),
        (true, Some('!' | '?')) => upto(">"),
        (true, Some('/')) if second.next().is_some_and(|c| c.is_ascii_alphabetic()) => {
            upto(">")
        }
        (true, Some(c)) if c.is_ascii_alphabetic() => {
            let mut quote = None;
            for (i, c) in text.char_indices() {
                match (quote, c) {
                    (None, '>') => return i + 1,
                    (None, '"' | '\'') => quote = Some(c),
                    (Some(q), c) if q == c => quote = None,
                    (None | Some(_), _) => {}
                }
            }
            // A stray quotation mark: the next `>` ends it all the same.
            text.find('>').map_or(0, |i| i + 1)
        }
        (true | false, _) => 0,
    }
}

struct Block<'l> {
    lines: &'l [(String, Range<usize>)],
    /// the line that the reader is in, and where it begins in the whole
    line: usize,
    base: usize,
    out: Vec<Part>,
    /// the paragraph that goes on
    open: Vec<Token>,
}

impl Block<'_> {
    /// Ends the paragraph.
    fn end(&mut self) {
        if !self.open.is_empty() {
            self.out.push(Part::Paragraph(std::mem::take(&mut self.open)));
        }
    }

    /// Place in the script of a stretch of the whole; `at` never goes back.
    fn place(&mut self, at: usize, len: usize) -> Range<usize> {
        while let Some((text, _)) = self.lines.get(self.line)
            && at >= self.base + text.len()
        {
            self.base += text.len();
            self.line += 1;
        }
        let last = self.lines.last().map_or(0..0, |l| l.1.clone());
        let line = self.lines.get(self.line).map_or(last.end..last.end, |l| l.1.clone());
        let start = (line.start + at.saturating_sub(self.base)).min(line.end);
        start..(start + len).min(line.end)
    }

    /// Text without tags: white space at line ends goes, an empty line ends the
    /// paragraph.
    fn text(&mut self, text: &str, at: usize) {
        let mut offset = at;
        for line in text.split_inclusive('\n') {
            let body = line.strip_suffix('\n');
            let (shown, ends) = (body.unwrap_or(line), body.is_some());
            let starts = offset > at || self.open.is_empty();
            let start = if starts { shown.len() - shown.trim_start().len() } else { 0 };
            let end = if ends { shown.trim_end().len() } else { shown.len() };
            let shown = shown.get(start..end).unwrap_or("");
            let place = self.place(offset + start, shown.len());
            if shown.is_empty() && ends && offset > at {
                self.end();
            }
            offset += line.len();
            let paragraph = &mut self.open;
            if !shown.is_empty() {
                paragraph.push(Token::Literal(decode(shown), place.clone()));
            }
            if ends && !paragraph.is_empty() {
                paragraph.push(Token::Soft(place.end..place.end + 1));
            }
        }
    }

    /// A tag; gives back how much of the text it takes; `lower` is the
    /// text from here on in lower case.
    fn tag(&mut self, text: &str, lower: &str, at: usize, reader: &mut Reader) -> usize {
        let tag = Tag::of(text);
        let place = self.place(at, text.len());
        match meaning(&tag.name) {
            Meaning::Block => {
                self.end();
                self.out.push(Part::Tag(tag, place));
            }
            Meaning::Hidden if !tag.closing => {
                reader.raw_html(&tag.name, place);
                let end = format!("</{}", tag.name);
                return lower.find(&end).unwrap_or(lower.len());
            }
            Meaning::Nothing
            | Meaning::Newline
            | Meaning::Picture
            | Meaning::Style(_)
            | Meaning::Hidden
            | Meaning::Unknown => {
                inline(text, place, &mut self.open, reader);
            }
        }
        text.len()
    }
}

/// Text with its entities read. The parser's own table is asked, one entity at a
/// time.
fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest name has 33 characters.
        let end = rest.bytes().take(40).position(|b| b == b';').map_or(1, |i| i + 1);
        match Parser::new(&rest[..end]).into_offset_iter().nth(1) {
            Some((Event::Text(t), range)) if end > 1 && range == (0..end) => {
                out.push_str(&t.replace(unwritable, "\u{fffd}"));
            }
            _ => out.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
