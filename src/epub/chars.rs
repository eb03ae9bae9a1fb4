//! Which characters the book sets in which style, so that fonts can be cut down
//! to them. The styles are those of the style sheet.

use super::fonts::FontFile;
use super::index;
use super::page::{chapter_title, lang, record, title};
use crate::book::words::{Words, words};
use crate::book::{
    Block, BlockKind, BlockStyle, Book, Inline, Listing, Paging, number, text::plain,
    walk,
};
use crate::font::{Cut, Role};
use crate::highlight::{self, Class};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What the style sheet tells apart.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub(super) enum Style {
    /// running text
    Body,
    /// strong, heads of tables, terms
    Strong,
    /// emphasis, quotations, verse, names on the title page
    Kai,
    /// headings, labels
    Head,
    /// the title on the title page
    Title,
    /// code
    Code,
    /// words of code that are bold
    CodeStrong,
}

impl Style {
    /// What it asks of the fonts.
    pub(super) fn cut(self) -> Cut {
        let (han, latin, bold) = match self {
            Style::Body => (Role::Song, Role::Serif, false),
            Style::Strong => (Role::Hei, Role::Serif, true),
            Style::Kai => (Role::Kai, Role::Serif, false),
            Style::Head => (Role::Hei, Role::Sans, true),
            Style::Title => (Role::Song, Role::Serif, true),
            Style::Code => (Role::Hei, Role::Mono, false),
            Style::CodeStrong => (Role::Hei, Role::Mono, true),
        };
        Cut { han, latin, bold, italic: false }
    }
}

/// Words of code that the style sheet makes bold.
const BOLD: [Class; 2] = [Class::Keyword, Class::Added];

/// The characters of each style.
pub(super) type Used = BTreeMap<Style, BTreeSet<char>>;

/// All characters of a book, by style.
pub(super) fn used(book: &Book, paging: Option<&Paging>) -> Used {
    let (meta, words) = (&book.meta, words(lang(&book.meta)));
    let mut w = Walk { used: BTreeMap::new(), words };
    // a list's numbers and bullets are the reading system's, in the text's font
    w.add(Style::Body, "0123456789.• 〇一二三四五六七八九十百千、");
    w.add(Style::Head, words.contents);
    w.add(Style::Title, &title(meta));
    let lines = [&meta.subtitle, &meta.publisher, &meta.date];
    lines.into_iter().flatten().for_each(|s| w.add(Style::Kai, s));
    meta.authors.iter().for_each(|a| w.add(Style::Kai, a));
    w.add(Style::Kai, words.comma);
    w.copyright(book);
    for chapter in &book.chapters {
        // in the contents, then above the text
        w.add(Style::Body, &chapter_title(chapter, meta));
        w.add(Style::Head, chapter.number.as_deref().unwrap_or_default());
        w.inlines(Style::Head, &chapter.title);
        if let Some(part) = &chapter.part {
            w.add(Style::Head, &part.name());
            w.add(Style::Body, &part.name());
        }
        w.blocks(Style::Body, &chapter.blocks);
        for (i, note) in chapter.notes.iter().enumerate() {
            w.add(Style::Body, &number::circled(i + 1));
            w.blocks(Style::Body, &note.blocks);
        }
        if book.notes.gathered() {
            w.add(Style::Head, words.refs.notes);
            w.add(Style::Head, &chapter_title(chapter, meta));
        }
    }
    let index = index::shown(book, paging);
    for style in [Style::Head, Style::Body, Style::Strong, Style::Kai] {
        w.add(style, &index);
    }
    w.used.into_iter().map(|(style, seen)| (style, seen.chars())).collect()
}

/// The letters of the stretches that the author says are in a language, by its tag.
/// They may have forms of their own there; marks are the book's.
pub(super) type Spoken<'a> = BTreeMap<&'a str, BTreeSet<char>>;

/// The letters of a book's stretches in other languages.
pub(super) fn spoken(book: &Book) -> Spoken<'_> {
    let mut out = Spoken::new();
    for chapter in &book.chapters {
        walk::every_inline(chapter, &mut |inline| {
            if let Inline::Lang { lang, text } = inline {
                let text = plain(text);
                let letters = text.chars().filter(|c| c.is_alphanumeric());
                out.entry(lang).or_default().extend(letters);
            }
        });
    }
    out
}

/// Characters, a bit each: a book of a million is looked at one by one.
#[derive(Default)]
struct Seen(Vec<u64>);

impl Seen {
    fn add(&mut self, c: char) {
        let (word, bit) = (c as usize / 64, c as usize % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }
    fn chars(&self) -> BTreeSet<char> {
        let words = (0u32..).zip(&self.0).filter(|w| *w.1 != 0);
        let bits = words.flat_map(|(n, word)| {
            (0..64).filter(move |b| word >> b & 1 == 1).map(move |b| n * 64 + b)
        });
        bits.filter_map(char::from_u32).collect()
    }
}

struct Walk {
    used: BTreeMap<Style, Seen>,
    words: &'static Words,
}

impl Walk {
    fn copyright(&mut self, book: &Book) {
        let Some(page) = record(book) else { return };
        self.add(Style::Head, self.words.copyright_page);
        page.statement.iter().chain(&page.cip).for_each(|l| self.add(Style::Body, l));
        for (label, value) in page.record.iter().flatten() {
            self.add(Style::Body, label);
            self.add(Style::Body, value);
        }
    }

    fn add(&mut self, style: Style, s: &str) {
        let used = self.used.entry(style).or_default();
        s.chars().filter(|c| !c.is_control()).for_each(|c| used.add(c));
    }

    fn blocks(&mut self, style: Style, list: &[Block]) {
        list.iter().for_each(|b| self.block(style, &b.kind));
    }

    fn block(&mut self, style: Style, kind: &BlockKind) {
        match kind {
            BlockKind::Paragraph(t) | BlockKind::Continued(t) => self.inlines(style, t),
            BlockKind::Heading { text, number, .. } => {
                self.add(Style::Head, number.as_deref().unwrap_or_default());
                self.inlines(Style::Head, text);
                self.inlines(Style::Body, text);
            }
            BlockKind::Quote(b) => self.blocks(Style::Kai, b),
            BlockKind::Alert { kind, blocks } => {
                self.add(Style::Head, self.words.alert(*kind));
                self.blocks(Style::Body, blocks);
            }
            BlockKind::Verse(stanzas) => {
                stanzas.iter().flatten().for_each(|l| self.inlines(Style::Kai, l))
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    if item.task.is_some() {
                        self.add(style, "☑☐");
                    }
                    self.blocks(style, &item.blocks);
                }
            }
            BlockKind::Definitions(list) => {
                for d in list {
                    self.inlines(Style::Strong, &d.term);
                    d.meanings.iter().for_each(|m| self.blocks(style, m));
                }
            }
            BlockKind::Code(c) => self.listing(c),
            BlockKind::Figure(f) => {
                self.add(Style::Head, f.number.as_deref().unwrap_or_default());
                if !f.description.is_empty() {
                    self.add(Style::Body, self.words.description);
                    self.add(Style::Body, f.number.as_deref().unwrap_or_default());
                }
                f.description.iter().for_each(|t| self.add(Style::Body, t));
                for (i, p) in f.panels.iter().enumerate() {
                    self.add(Style::Body, &p.picture.alt);
                    self.add(Style::Head, p.number.as_deref().unwrap_or_default());
                    self.add(Style::Head, &f.letter(i).unwrap_or_default());
                    self.inlines(Style::Body, &p.caption);
                }
                self.inlines(Style::Body, &f.caption);
            }
            BlockKind::Table(t) => {
                self.add(Style::Head, t.number.as_deref().unwrap_or_default());
                self.inlines(Style::Body, &t.caption);
                // Headings of rows look as the cells beside them do.
                for (rows, style) in [(&t.head, Style::Strong), (&t.rows, Style::Body)] {
                    rows.iter().flatten().for_each(|c| self.blocks(style, &c.blocks));
                }
                t.notes.iter().for_each(|n| self.inlines(Style::Body, n));
            }
            BlockKind::Styled { style: part, blocks } => {
                let style = match part {
                    BlockStyle::Letter | BlockStyle::Epigraph => Style::Kai,
                    BlockStyle::PoemAuthor => Style::Kai,
                    BlockStyle::PoemTitle => Style::Strong,
                    BlockStyle::Center
                    | BlockStyle::Right
                    | BlockStyle::Salutation
                    | BlockStyle::Regards
                    | BlockStyle::Respects
                    | BlockStyle::Signature
                    | BlockStyle::Source
                    | BlockStyle::Poem => style,
                };
                self.blocks(style, blocks);
            }
            BlockKind::Dialogue(list) => {
                for s in list {
                    let aside = s.name.is_empty();
                    self.inlines(Style::Strong, &s.name);
                    self.blocks(if aside { Style::Kai } else { style }, &s.blocks);
                }
            }
            BlockKind::Math(e) => {
                self.add(Style::Body, &e.tex.text);
                self.add(Style::Body, "()");
                self.add(Style::Body, e.number.as_deref().unwrap_or_default());
            }
            BlockKind::Break => {}
        }
    }

    fn listing(&mut self, c: &Listing) {
        self.add(Style::Head, c.number.as_deref().unwrap_or_default());
        self.inlines(Style::Body, &c.caption);
        self.add(Style::Code, &c.text);
        if c.first.is_some() {
            self.add(Style::Code, "0123456789");
        }
        let tokens = highlight::tokens(c.lang.as_deref(), &c.text);
        for (line, tokens) in c.text.split('\n').zip(tokens.iter()) {
            let bold = tokens.iter().filter(|t| BOLD.contains(&t.class));
            bold.for_each(|t| self.add(Style::CodeStrong, &line[t.range.clone()]));
        }
    }

    fn inlines(&mut self, style: Style, list: &[Inline]) {
        for inline in list {
            match inline {
                Inline::Text(t) => self.add(style, &t.text),
                // a heading stays what it is
                Inline::Emph(x) if style == Style::Head => self.inlines(style, x),
                Inline::Strong(x) if style == Style::Head => self.inlines(style, x),
                Inline::Emph(x) => self.inlines(Style::Kai, x),
                Inline::Strong(x) => self.inlines(Style::Strong, x),
                Inline::Ruby(r) => {
                    self.add(style, &r.base.text);
                    self.add(style, &r.reading.text);
                }
                Inline::Strike(x)
                | Inline::Marked { text: x, .. }
                | Inline::Super(x)
                | Inline::Sub(x)
                | Inline::Lang { text: x, .. }
                | Inline::Link { text: x, .. } => self.inlines(style, x),
                Inline::Code(t) => self.add(Style::Code, &t.text),
                Inline::Math(t) => self.add(Style::Body, &t.text),
                Inline::Picture(p) => self.add(style, &p.alt),
                Inline::Note { index, .. } => {
                    self.add(Style::Body, &number::circled(index + 1))
                }
                Inline::Ref(r) => self.inlines(style, &r.text),
                Inline::Index(_) | Inline::Newline => {}
            }
        }
    }
}

/// The `@font-face` rules. Faces that share a name, weight and slant are told
/// apart by their characters.
pub(super) fn font_faces(fonts: &[FontFile]) -> String {
    let mut out = String::new();
    for f in fonts {
        let same =
            |o: &&FontFile| (o.role, o.weight, o.italic) == (f.role, f.weight, f.italic);
        let slant = if f.italic { "italic" } else { "normal" };
        write!(
            out,
            "@font-face {{\n  font-family: keben-{};\n  font-weight: {};\n  \
             font-style: {slant};\n  src: url({});\n",
            f.role.name(),
            f.weight,
            f.name
        )
        .ok();
        if fonts.iter().filter(same).count() > 1 {
            let points = f.chars.iter().map(|c| format!("U+{:X}", *c as u32));
            let points: Vec<_> = points.collect();
            writeln!(out, "  unicode-range: {};", points.join(", ")).ok();
        }
        out += "}\n";
    }
    out
}
