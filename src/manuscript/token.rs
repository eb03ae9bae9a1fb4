//! The pieces of one paragraph, before it is known which marks are emphasis.

use crate::book::{Inline, PictureRef};
use std::ops::Range;

/// A piece of a paragraph. Ranges are places in the chapter's script.
#[derive(Debug, Clone)]
pub(super) enum Token {
    /// source text in which marks may still be emphasis
    Source(Range<usize>),
    /// text that is what it is: escapes, entities, addresses, HTML's text
    Literal(String, Range<usize>),
    /// anything that is no text
    Atom(Inline),
    /// a displayed formula
    Display(String, Range<usize>),
    /// a picture, with its title and the range of the whole
    Picture(PictureRef, String, Range<usize>),
    /// a line end in the source
    Soft(Range<usize>),
    /// an HTML tag that stands for a style: its beginning, or its end
    Tag {
        wrap: Wrap,
        open: bool,
        /// the language that it says its text is in
        lang: Option<String>,
    },
    /// text in a language begins here
    LangStart(String),
    /// and ends here
    LangEnd,
    /// the beginning of a link: address, and range of the whole
    LinkStart(String, Range<usize>),
    /// the end of a link
    LinkEnd,
}

/// What may enclose a stretch of text.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Wrap {
    /// `*x*`
    Emph,
    /// `**x**`
    Strong,
    /// `~~x~~`
    Strike,
    /// `^x^`
    Super,
    /// `~x~`
    Sub,
    /// `<code>x</code>`
    Code,
    /// `<span>x</span>`: nothing, but it may say a language
    Plain,
}

impl Token {
    /// Whether the piece shows nothing by itself.
    pub(super) fn is_blank(&self, script: &str) -> bool {
        match self {
            Token::Source(r) => script.get(r.clone()).is_none_or(|s| s.trim().is_empty()),
            Token::Literal(s, _) => s.trim().is_empty(),
            Token::Soft(_) | Token::Tag { .. } => true,
            Token::LangStart(_) | Token::LangEnd => true,
            Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::LinkStart(..)
            | Token::LinkEnd => false,
        }
    }
}
