//! How each kind of block looks. Themes are data: `theme/*.toml` for pages,
//! `theme/*.css` for EPUB, with the same names. Sizes are in thousandths of the
//! body's, spaces in whole lines, so one theme serves every page.

mod layer;

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
    /// black in percent; as around it when not said
    pub black: Option<u8>,
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
    /// black in percent
    pub black: u8,
}

impl Look {
    /// At a body size.
    pub fn style(&self, body: Len) -> TextStyle {
        TextStyle {
            cut: Cut { han: self.han, latin: self.latin, bold: self.bold, italic: false },
            size: body.frac(self.size, 1000),
            rise: Len::ZERO,
            strike: false,
            black: 100,
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
        TextStyle {
            cut,
            size,
            black: inline.black.unwrap_or(self.black).min(100),
            ..self
        }
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
        layer::over(&mut table, text, file, sink);
    }
    if let Some((text, _)) = own.css.filter(|c| contained(c, sink)) {
        css += "\n";
        css += text;
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

/// A built-in theme over the default one.
fn built_in(row: &(&str, &str, &str)) -> (toml::Table, String) {
    let (_, text, css) = BUILTIN[0];
    let mut table: toml::Table = toml::from_str(text).unwrap_or_default();
    if row.0 == BUILTIN[0].0 {
        return (table, css.into());
    }
    layer::over(&mut table, row.1, FileId::default(), &mut Sink::default());
    (table, format!("{css}\n{}", row.2))
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
    let body = Look { han: Role::Song, latin: Role::Serif, bold: false, size: 1000 };
    let block = BlockLook { look: body, indent: 2 };
    let heading = HeadingLook { look: body, lines: 2, center: false, indent: 0 };
    let inline = Inline {
        han: None,
        latin: None,
        bold: true,
        italic: false,
        size: 1000,
        black: None,
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
mod tests {
    use super::*;

    /// How light a colour such as `#2a5` is, as WCAG 2.2 counts (relative luminance).
    fn luminance(hex: &str) -> f64 {
        let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let part = |i: usize| match digits.len() {
            3 => f64::from(digits[i] * 17) / 255.0,
            _ => f64::from(digits[i * 2] * 16 + digits[i * 2 + 1]) / 255.0,
        };
        let linear = |c: f64| match c {
            c if c <= 0.04045 => c / 12.92,
            c => ((c + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(part(0)) + 0.7152 * linear(part(1)) + 0.0722 * linear(part(2))
    }

    #[test]
    fn colours_can_be_read_on_white_and_on_black() {
        assert!((luminance("fff") - 1.0).abs() < 1e-9 && luminance("000000") < 1e-9);
        for row in BUILTIN {
            let (name, css) = (row.0, built_in(row).1);
            let colours: Vec<_> = css.split("color: #").skip(1).collect();
            assert!(!colours.is_empty(), "{name}");
            for rest in colours {
                let hex = rest.split(';').next().unwrap_or_default();
                let l = luminance(hex);
                let (white, black) = (1.05 / (l + 0.05), (l + 0.05) / 0.05);
                assert!(white >= 4.5 && black >= 4.5, "#{hex}: {white:.2}, {black:.2}");
            }
        }
    }
    #[test]
    fn every_class_that_has_a_look_has_a_rule() {
        for row in BUILTIN {
            let (name, css) = (row.0, built_in(row).1);
            let theme = named(name, &mut Sink::default());
            assert!(!theme.tokens.is_empty(), "{name}");
            for class in theme.tokens.keys() {
                let rule = format!(".tok-{}", class.name());
                assert!(css.contains(&rule), "{name}: {rule}");
            }
        }
    }
    #[test]
    fn built_in_themes_parse() {
        for row in BUILTIN {
            let mut sink = Sink::default();
            let mut table = toml::from_str(BUILTIN[0].1).expect("the default theme");
            if row.0 != "default" {
                layer::over(&mut table, row.1, FileId::default(), &mut sink);
            }
            assert_eq!(sink.list(), [], "{}", row.0);
            let theme = table.try_into::<Theme>();
            assert_eq!(theme.map(|t| t.headings.len()), Ok(6), "{}", row.0);
        }
    }
    fn own(toml: &str) -> (Theme, Vec<(&'static str, u32, u32)>) {
        let mut sink = Sink::default();
        let file = FileId::default();
        let own = Own { name: "default", toml: Some((toml, file)), ..Own::default() };
        let theme = of(&own, &mut sink);
        let span = |d: &Diagnostic| d.span.map_or((0, 0), |s| (s.start, s.end));
        let faults = sink.list().iter().map(|d| (d.code.name, span(d).0, span(d).1));
        (theme, faults.collect())
    }
    #[test]
    fn a_key_changes_what_it_says_and_nothing_else() {
        let (before, _) = own("");
        let (after, faults) = own("[quote.look]\nsize = 900\n");
        assert_eq!(faults, []);
        assert_eq!(after.quote.look.size, 900);
        let mut back = after.clone();
        back.quote = before.quote;
        assert_eq!(format!("{back:?}"), format!("{before:?}"));
        // In a list, one of its entries; a key that the base leaves out.
        let (after, faults) =
            own("headings = [{}, { lines = 4 }]\ntokens.string.black = 40\n");
        assert_eq!(faults, []);
        assert_eq!(after.headings[1].lines, 4);
        assert_eq!(after.headings[0], before.headings[0]);
        assert_eq!(after.tokens.len(), before.tokens.len() + 1);
        // Another base.
        let (after, faults) = own("base = \"novel\"\n");
        assert_eq!(faults, []);
        assert!(after.centered_folios && !before.centered_folios);
    }
    #[test]
    fn faults_of_a_theme_name_their_place_and_cost_only_themselves() {
        let cases = [
            ("colour = 1", "unknown-key"),
            ("body.bolt = true", "unknown-key"),
            ("body.size = \"big\"", "bad-value"),
            ("body.size = 99999", "bad-value"),
            ("body.size = 1.5", "bad-value"),
            ("body.han = \"comic\"", "bad-value"),
            ("body = 3", "bad-value"),
            ("headings = [{},{},{},{},{},{},{lines = 2}]", "unknown-key"),
            ("base = \"baroque\"", "bad-value"),
            ("tokens.nothing.bold = true", "unknown-key"),
        ];
        for (line, name) in cases {
            let text = format!("# 题\n{line}\nnote.size = 700\n");
            let (theme, faults) = own(&text);
            let [(found, from, to)] = faults[..] else { panic!("{line}: {faults:?}") };
            assert_eq!(found, name, "{line}");
            let line = 6..6 + line.len() as u32;
            assert!(line.contains(&from) && to <= line.end, "{text}: {from}..{to}");
            assert_eq!(theme.note.size, 700, "{text}");
        }
        let (_, faults) = own("body = {{{");
        assert_eq!(faults[0].0, "bad-toml");
        let (_, faults) = own(&"[[x]]\n".repeat(5_000));
        assert!(faults.len() <= 5_000);
    }
    #[test]
    fn a_style_sheet_names_no_file() {
        let mut sink = Sink::default();
        let css = Some(("p { color: red }\n@import 'x';", FileId::default()));
        let own = Own { name: "default", css, ..Own::default() };
        assert!(!of(&own, &mut sink).css.contains("@import"));
        assert_eq!(sink.list()[0].span.map(|s| s.start), Some(17));
        let css = Some(("p { color: red }", FileId::default()));
        assert!(of(&Own { css, ..own }, &mut sink).css.ends_with("p { color: red }"));
    }
}
