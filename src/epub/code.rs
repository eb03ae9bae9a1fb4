//! Listings → XHTML. What a word is stands in its class, how it looks in the style
//! sheet; numbers of lines stand in attributes, so that they are not copied.

use super::inline::Writer;
use super::markup::{attr, clean, text};
use crate::book::Listing;
use crate::highlight::{self, Class, Token};
use crate::source::Span;
use std::fmt::Write;
use std::ops::Range;

/// The classes that the style sheet has no rule for: their words stand bare.
const BARE: [Class; 4] =
    [Class::Function, Class::Operator, Class::Punctuation, Class::Variable];

impl Writer<'_> {
    /// A listing; with a caption it is a figure.
    pub(super) fn listing(&mut self, c: &Listing, span: Span) -> String {
        let own = self.own(&c.id);
        let caption = self.caption(c.number.as_deref(), &c.caption);
        let pre = pre(c, &self.breaks.text(&c.text, span));
        if caption.is_empty() {
            return match own.is_empty() {
                true => pre,
                false => format!("<div{own}>{pre}</div>\n"),
            };
        }
        format!(
            "<figure class=\"listing\"{own}>\n<figcaption>{caption}</figcaption>\n\
             {pre}</figure>\n"
        )
    }
}

/// What stands in a text at some of its bytes.
type Anchors = [(usize, String)];

fn pre(c: &Listing, anchors: &Anchors) -> String {
    let lang = c.lang.as_deref().map(clean).unwrap_or_default();
    let name: String = lang.split_whitespace().take(1).collect();
    let language = match name.is_empty() {
        true => String::new(),
        false => format!(" class=\"language-{}\"", attr(&name)),
    };
    let numbered = if c.first.is_some() { " class=\"numbered\"" } else { "" };
    let mut out = format!("<pre{numbered}><code{language}>");
    let tokens = highlight::tokens(c.lang.as_deref(), &c.text);
    let lines = c.text.split('\n').zip(tokens.iter());
    // A line that has a number or a mark is an element, with its line feed.
    let apart = c.first.is_some() || !c.marked.is_empty();
    let mut at = 0;
    for (i, (line, tokens)) in lines.enumerate() {
        let own = anchors.iter().filter(|a| (at..=at + line.len()).contains(&a.0));
        let own: Vec<_> = own.map(|(n, anchor)| (n - at, anchor.clone())).collect();
        at += line.len() + 1;
        let inside = words(line, tokens, &own);
        if !apart {
            let feed = if i > 0 { "\n" } else { "" };
            out += &format!("{feed}{inside}");
            continue;
        }
        let class = if c.is_marked(i) { "line marked" } else { "line" };
        let number = c.line_number(i);
        let number = number.map_or(String::new(), |n| format!(" data-line=\"{n}\""));
        writeln!(out, "<span class=\"{class}\"{number}>{inside}").ok();
        out += "</span>";
    }
    out + "</code></pre>\n"
}

/// A line, its words in their classes.
fn words(line: &str, tokens: &[Token], anchors: &Anchors) -> String {
    let mut out = String::new();
    let mut at = 0;
    let piece = |range: Range<usize>| {
        let (mut out, mut from) = (String::new(), range.start);
        // The last piece of a line takes what stands at its end.
        let last = range.end == line.len();
        let own =
            anchors.iter().filter(|a| range.contains(&a.0) || last && a.0 == range.end);
        for (n, anchor) in own {
            out += &text(&line[from..*n]);
            out += anchor;
            from = *n;
        }
        out + &text(&line[from..range.end])
    };
    for t in tokens.iter().filter(|t| !BARE.contains(&t.class)) {
        let name = t.class.name();
        out += &piece(at..t.range.start);
        let word = piece(t.range.clone());
        write!(out, "<span class=\"tok-{name}\">{word}</span>").ok();
        at = t.range.end;
    }
    // Where a word ends the line, its piece had what stands there.
    if at == line.len() && at > 0 { out } else { out + &piece(at..line.len()) }
}
