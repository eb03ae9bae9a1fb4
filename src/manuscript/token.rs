//! The pieces of one paragraph, before it is known which marks are emphasis.

use crate::book::{Inline, Interlinear, Mark, PictureRef, Show};
use crate::source::Span;
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
    /// text that the index or the glossary names begins here
    MarkStart(Box<Marking>),
    /// and ends here
    MarkEnd,
    /// the beginning of a link: address, what a reference should print, and range of
    /// the whole
    LinkStart(String, Option<Show>, Range<usize>),
    /// the end of a link
    LinkEnd,
}

/// What a span says of its text besides the language.
#[derive(Debug, Default, Clone)]
pub(super) struct Marking {
    /// the place is named in the index; an empty path is the text itself
    pub(super) index: Option<Mark>,
    /// the text is a term of the glossary; an empty name is the text itself
    pub(super) term: Option<String>,
    /// the text is a note; its label
    pub(super) note: Option<usize>,
    /// the text has these marks along it
    pub(super) beside: Vec<Interlinear>,
    /// where it was written
    pub(super) span: Span,
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
            Token::MarkStart(m) => m.index.is_none() && m.note.is_none(),
            Token::MarkEnd => true,
            Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::LinkStart(..)
            | Token::LinkEnd => false,
        }
    }
}
