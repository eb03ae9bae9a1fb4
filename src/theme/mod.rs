//! How each kind of block looks. Themes are data: `theme/*.toml` for pages,
//! `theme/*.css` for EPUB, with the same names. Sizes are in thousandths of the
//! body's, spaces in whole lines, so one theme serves every page.

mod layer;

use crate::colour::ink::{BLACK, Ink};
use crate::diag::{Diagnostic, Sink, code};
use crate::font::{Cut, Role};
use crate::geom::Len;
use crate::highlight::Class;
use crate::source::{FileId, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A look.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// body text
    pub body: Look,
    /// chapter title, then headings of level 2 to 6
    pub headings: Vec<HeadingLook>,
    /// the number above a chapter title
    pub number: Look,
    /// block quotations
    pub quote: BlockLook,
    /// alerts
    pub alert: BlockLook,
    /// verse
    pub verse: BlockLook,
    /// preformatted text
    pub code: BlockLook,
    /// text in tables
    pub table: Look,
    /// captions of figures, tables and listings
    pub caption: Look,
    /// notes
    pub note: Look,
    /// running heads
    pub head: Look,
    /// folios
    pub folio: Look,
    /// the title alone, on a page before the title page
    pub half_title: Look,
    /// title, subtitle and authors on the title page
    pub title_page: [Look; 3],
    /// the copyright page
    pub copyright: Look,
    /// number and title of a part on a page of its own
    pub part: [Look; 2],
    /// contents: entries of level 1, then deeper ones
    pub contents: [Look; 2],
    /// strong text inside a paragraph
    pub strong: Inline,
    /// emphasis inside a paragraph
    pub emph: Inline,
    /// verbatim text inside a paragraph
    pub verbatim: Inline,
    /// numbers of lines of code
    pub line_number: Inline,
    /// what stands before a turned line of code
    pub turn: Inline,
    /// words of code by what they are; those that are not named look as code does
    pub tokens: BTreeMap<Class, Inline>,
    /// what stands at a pause in the text
    pub ornament: String,
    /// page numbers in the middle, where the book does not say where they stand
    #[serde(default)]
    pub centered_folios: bool,
    /// a rule below running heads
    #[serde(default = "yes")]
    pub head_rule: bool,
    /// style sheet of the EPUB
    #[serde(skip)]
    pub css: String,
}

/// How text looks.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// face for Han
    pub han: Role,
    /// face for Latin
    pub latin: Role,
    /// bold?
    #[serde(default)]
    pub bold: bool,
    /// size in thousandths of the body's
    #[serde(default = "whole")]
    pub size: i64,
    /// which of the book's inks; black when not said
    pub ink: Option<u8>,
}

/// How a block that is set apart looks.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockLook {
    /// its text
    pub look: Look,
    /// indent at both ends, or at the start only, in em of the body
    pub indent: i64,
}

/// How a heading looks and what room it takes (占行).
#[derive(Debug, Copy, Clone, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingLook {
    /// its text
    pub look: Look,
    /// whole lines that a heading of one line takes, with its space
    pub lines: i64,
    /// centred?
    #[serde(default)]
    pub center: bool,
    /// indent in em of the body
    #[serde(default)]
    pub indent: i64,
}

/// How a stretch of text differs from what is around it.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inline {
    /// face for Han; as around it when not said
    pub han: Option<Role>,
    /// face for Latin; as around it when not said
    pub latin: Option<Role>,
    /// bold?
    #[serde(default)]
    pub bold: bool,
    /// italic Latin?
    #[serde(default)]
    pub italic: bool,
    /// size in thousandths of what is around it
    #[serde(default = "whole")]
    pub size: i64,
    /// how much of its ink, in percent; as around it when not said
    pub black: Option<u8>,
    /// which of the book's inks; as around it when not said
    pub ink: Option<u8>,
}

impl Inline {
    /// What a stretch is drawn with, inside text of some ink.
    fn on(&self, around: Ink) -> Ink {
        let ink = self.ink.map_or(around, |n| Ink::Spot(n, 100));
        self.black.map_or(ink, |percent| ink.tint(percent.min(100)))
    }
}

fn yes() -> bool {
    true
}

fn whole() -> i64 {
    1000
}

/// Text in one look at one size: what the composer is given.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct TextStyle {
    /// faces
    pub cut: Cut,
    /// size
    pub size: Len,
    /// how far above the baseline it stands
    pub rise: Len,
    /// struck through?
    pub strike: bool,
    /// dots along it?
    pub dots: bool,
    /// the line along it
    pub line: Option<Underline>,
    /// what it is drawn with
    pub ink: Ink,
}

/// A line along a name or a title.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Underline {
    /// wavy or straight
    pub wavy: bool,
    /// which of its paragraph's: two beside each other do not meet
    pub nth: u32,
}

impl Look {
    /// At a body size.
    pub fn style(&self, body: Len) -> TextStyle {
        TextStyle {
            cut: Cut { han: self.han, latin: self.latin, bold: self.bold, italic: false },
            size: body.frac(self.size, 1000),
            rise: Len::ZERO,
            strike: false,
            dots: false,
            line: None,
            ink: self.ink.map_or(BLACK, |n| Ink::Spot(n, 100)),
        }
    }
}

impl TextStyle {
    /// The style of a stretch inside this one.
    pub fn with(self, inline: &Inline) -> TextStyle {
        let cut = Cut {
            han: inline.han.unwrap_or(self.cut.han),
            latin: inline.latin.unwrap_or(self.cut.latin),
            bold: inline.bold || self.cut.bold,
            italic: inline.italic || self.cut.italic,
        };
        let size = self.size.frac(inline.size, 1000);
        TextStyle { cut, size, ink: inline.on(self.ink), ..self }
    }
    /// Raised or lowered by thousandths of its size, and made smaller.
    pub fn shifted(self, rise: i64, size: i64) -> TextStyle {
        TextStyle {
            rise: self.rise + self.size.frac(rise, 1000),
            // Nothing smaller than 4 pt can be read.
            size: self.size.frac(size, 1000).max(Len::milli_pt(4000).min(self.size)),
            ..self
        }
    }
}

/// Names and contents of the built-in themes. The first is whole; the others say
/// how they differ from it.
const BUILTIN: &[(&str, &str, &str)] = &[
    ("default", include_str!("default.toml"), include_str!("default.css")),
    ("novel", include_str!("novel.toml"), include_str!("novel.css")),
    ("report", include_str!("report.toml"), include_str!("report.css")),
    ("technical", include_str!("technical.toml"), include_str!("technical.css")),
];

/// What a book says of its look.
#[derive(Debug, Default, Clone)]
pub struct Own<'a> {
    /// name of a built-in theme, and where it is named
    pub name: &'a str,
    /// where
    pub span: Option<Span>,
    /// its own `theme.toml`
    pub toml: Option<(&'a str, FileId)>,
    /// its own `theme.css`
    pub css: Option<(&'a str, FileId)>,
    /// the names of its inks
    pub inks: &'a [&'a str],
}

/// The look of a book: a built-in theme, and over it the book's own. An unknown
/// name is reported and gives the default.
pub fn of(own: &Own<'_>, sink: &mut Sink) -> Theme {
    let base = own.toml.and_then(|(text, file)| layer::base(text, file));
    let (name, span) = match &base {
        Some((name, span)) => (name.as_str(), Some(*span)),
        None => (own.name, own.span),
    };
    let row = BUILTIN.iter().find(|row| row.0 == name).unwrap_or_else(|| {
        let known: Vec<_> = BUILTIN.iter().map(|row| row.0).collect();
        let message = format!("there is no theme `{name}`");
        let hint = format!("themes: {}", known.join(", "));
        let mut d = Diagnostic::new(code::BAD_VALUE, message).hint(hint);
        d.span = span;
        sink.push(d);
        &BUILTIN[0]
    });
    let (mut table, mut css) = built_in(row);
    if let Some((text, file)) = own.toml {
        layer::over(&mut table, text, file, own.inks, sink);
    }
    if let Some((text, _)) = own.css.filter(|c| contained(c, sink)) {
        over(&mut css, text);
    }
    // A built-in theme that does not parse is a fault of the crate, which its
    // tests find; a book is still better set plainly than not at all.
    let theme = table.try_into().unwrap_or_else(|_| plain());
    Theme { css, ..theme }
}

/// A built-in theme by name.
pub fn named(name: &str, sink: &mut Sink) -> Theme {
    of(&Own { name, ..Own::default() }, sink)
}

/// Puts more over a style sheet. It names again what is named there, which linters would take
/// for a slip: they are told once.
pub fn over(css: &mut String, more: &str) {
    const TOLD: &str = "/* stylelint-disable no-descending-specificity, \
        no-duplicate-selectors */\n";
    *css += if css.contains(TOLD) || more.is_empty() { "\n" } else { TOLD };
    *css += more;
}

/// A built-in theme over the default one.
fn built_in(row: &(&str, &str, &str)) -> (toml::Table, String) {
    let (_, text, css) = BUILTIN[0];
    let mut table: toml::Table = toml::from_str(text).unwrap_or_default();
    if row.0 == BUILTIN[0].0 {
        return (table, css.into());
    }
    layer::over(&mut table, row.1, FileId::default(), &[], &mut Sink::default());
    let mut css = css.to_string();
    over(&mut css, row.2);
    (table, css)
}

/// Whether a style sheet names no file: what it names would not be in the EPUB,
/// or would be fetched when the book is read.
fn contained((text, file): &(&str, FileId), sink: &mut Sink) -> bool {
    let lower = text.to_ascii_lowercase();
    let found = ["@import", "url(", "src("]
        .iter()
        .filter_map(|w| lower.find(w).map(|at| (at, at + w.len())));
    let Some((from, to)) = found.min() else { return true };
    let message = "a theme's style sheet names no other file";
    let d = Diagnostic::new(code::BAD_VALUE, message).at(Span::new(*file, from..to));
    sink.push(d.hint("say it without; until then this style sheet is left out"));
    false
}

fn plain() -> Theme {
    let body =
        Look { han: Role::Song, latin: Role::Serif, bold: false, size: 1000, ink: None };
    let block = BlockLook { look: body, indent: 2 };
    let heading = HeadingLook { look: body, lines: 2, center: false, indent: 0 };
    let inline = Inline {
        han: None,
        latin: None,
        bold: true,
        italic: false,
        size: 1000,
        black: None,
        ink: None,
    };
    Theme {
        body,
        headings: vec![heading; 6],
        number: body,
        quote: block,
        alert: block,
        verse: block,
        code: block,
        table: body,
        caption: body,
        note: body,
        head: body,
        folio: body,
        half_title: body,
        title_page: [body; 3],
        copyright: body,
        part: [body; 2],
        contents: [body; 2],
        strong: inline,
        emph: inline,
        verbatim: inline,
        line_number: inline,
        turn: inline,
        tokens: BTreeMap::new(),
        ornament: "＊　＊　＊".into(),
        centered_folios: false,
        head_rule: true,
        css: String::new(),
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Role, D::Error> {
        let name = String::deserialize(d)?;
        let unknown = || serde::de::Error::custom(format!("no role {name}"));
        Role::named(&name).ok_or_else(unknown)
    }
}

impl<'de> Deserialize<'de> for Class {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Class, D::Error> {
        let name = String::deserialize(d)?;
        let unknown = || serde::de::Error::custom(format!("no class {name}"));
        Class::named(&name).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests;
