//! Blocks → XHTML.

use super::inline::Writer;
use super::markup::text;
use super::pagelist::{first, first_of};
use crate::book::sections::gap;
use crate::book::{Block, BlockKind, Definition, Inline, Item, Note};
use std::fmt::Write;

impl Writer<'_> {
    /// Blocks as XHTML, one a line.
    pub(super) fn blocks(&mut self, list: &[Block]) -> String {
        list.iter().map(|b| self.block(b)).collect()
    }

    fn block(&mut self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Paragraph(t) => self.paragraph(t),
            BlockKind::Continued(t) => {
                format!("<p class=\"continued\">{}</p>\n", self.inlines(t))
            }
            BlockKind::Heading { level, id, number, text } => {
                self.heading(*level, id, number.as_deref(), text)
            }
            BlockKind::Quote(b) => {
                format!("<blockquote>\n{}</blockquote>\n", self.blocks(b))
            }
            BlockKind::Alert { kind, blocks } => format!(
                "<aside class=\"alert {}\" role=\"note\">\n\
                 <p class=\"alert-title\">{}{}</p>\n{}</aside>\n",
                kind.name(),
                self.breaks.before(first_of(blocks)),
                self.words.alert(*kind),
                self.blocks(blocks)
            ),
            BlockKind::Verse(stanzas) => self.verse(stanzas),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code(c) => self.listing(c, block.span),
            BlockKind::Figure(f) => self.figure(f),
            BlockKind::Table(t) => self.table(t),
            BlockKind::Styled { style, blocks } => self.styled(*style, blocks),
            BlockKind::Dialogue(list) => self.dialogue(list),
            BlockKind::Math(e) => self.equation(e),
            BlockKind::Break => "<hr/>\n".into(),
        }
    }

    /// A paragraph; one that holds a single picture is not indented.
    fn paragraph(&mut self, t: &[Inline]) -> String {
        let class =
            if matches!(t, [Inline::Picture(_)]) { " class=\"picture\"" } else { "" };
        format!("<p{class}>{}</p>\n", self.inlines(t))
    }

    fn heading(
        &mut self,
        level: u8,
        id: &str,
        number: Option<&str>,
        t: &[Inline],
    ) -> String {
        let level = level.clamp(2, 6);
        let anchor = self.names.anchor(id).unwrap_or_default().to_string();
        let pages = self.breaks.before(first(t));
        let number = number.map_or(String::new(), |n| {
            let gap = if gap(n).is_empty() { "" } else { "\u{2003}" };
            format!("<span class=\"section-number\">{}{gap}</span>", text(n))
        });
        let t = self.inlines(t);
        format!("<h{level} id=\"{anchor}\">{pages}{number}{t}</h{level}>\n")
    }

    fn verse(&mut self, stanzas: &[Vec<Vec<Inline>>]) -> String {
        let mut out = String::from("<div class=\"verse\">\n");
        for stanza in stanzas {
            out += "<div class=\"stanza\">\n";
            for line in stanza {
                writeln!(out, "<p class=\"line\">{}</p>", self.inlines(line)).ok();
            }
            out += "</div>\n";
        }
        out + "</div>\n"
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Item]) -> String {
        let tag = if start.is_some() { "ol" } else { "ul" };
        // larger numbers than this are no numbers to a reading system
        let first = start.filter(|n| *n != 1 && *n <= i32::MAX as u64);
        let start = first.map_or(String::new(), |n| format!(" start=\"{n}\""));
        let tasks = items.iter().any(|i| i.task.is_some());
        let class = if tasks { " class=\"tasks\"" } else { "" };
        let items: String = items.iter().map(|i| self.item(i, tight)).collect();
        format!("<{tag}{start}{class}>\n{items}</{tag}>\n")
    }

    fn item(&mut self, item: &Item, tight: bool) -> String {
        let [done, open] = self.words.tasks;
        let task = |mark, name| {
            format!(
                "<span class=\"task\" role=\"img\" aria-label=\"{name}\">{mark}</span> "
            )
        };
        let mark = match item.task {
            None => String::new(),
            Some(true) => task('☑', done),
            Some(false) => task('☐', open),
        };
        // the mark stands in the first paragraph's line
        let (first, rest) = match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(t), .. }, rest)) => {
                let t = self.inlines(t);
                let p = if tight { t } else { format!("<p>{mark}{t}</p>") };
                (if tight { format!("{mark}{p}") } else { p }, rest)
            }
            Some(_) | None => (mark, &item.blocks[..]),
        };
        let mut out = format!("<li>{first}");
        for block in rest {
            if let (BlockKind::Paragraph(t), true) = (&block.kind, tight) {
                write!(out, "<br/>{}", self.inlines(t)).ok();
            } else {
                write!(out, "\n{}", self.block(block)).ok();
            }
        }
        out + "</li>\n"
    }

    fn definitions(&mut self, list: &[Definition]) -> String {
        let mut out = String::from("<dl>\n");
        for d in list {
            let (term, meaning) = self.glossed(&d.id);
            writeln!(out, "<dt{term}>{}</dt>", self.inlines(&d.term)).ok();
            for m in &d.meanings {
                let inside = match &m[..] {
                    [Block { kind: BlockKind::Paragraph(t), .. }] => self.inlines(t),
                    blocks => format!("\n{}", self.blocks(blocks)),
                };
                writeln!(out, "<dd{meaning}>{inside}</dd>").ok();
            }
            if d.meanings.is_empty() {
                // a term alone is no definition to a validator
                writeln!(out, "<dd{meaning}></dd>").ok();
            }
        }
        if list.is_empty() { String::new() } else { out + "</dl>\n" }
    }

    /// What the term of a glossary and its meanings are.
    fn glossed(&self, id: &str) -> (String, &'static str) {
        if id.is_empty() {
            return (String::new(), "");
        }
        let own = self.own(id);
        (format!(" epub:type=\"glossterm\"{own}"), " epub:type=\"glossdef\"")
    }

    /// The id of what links lead to.
    pub(super) fn own(&self, id: &str) -> String {
        let anchor = self.names.anchor(id).filter(|_| !id.is_empty());
        anchor.map_or(String::new(), |a| format!(" id=\"{a}\""))
    }

    pub(super) fn caption(&mut self, number: Option<&str>, caption: &[Inline]) -> String {
        let pages = self.breaks.before(first(caption));
        let t = self.inlines(caption);
        match number {
            Some(n) => format!("{pages}<span class=\"number\">{}</span> {t}", text(n)),
            None => pages + &t,
        }
    }

    /// A note's first paragraph, which takes the mark, and the rest.
    pub(super) fn note(&mut self, note: &Note) -> (String, String) {
        match note.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(t), .. }, rest)) => {
                (self.inlines(t), self.blocks(rest))
            }
            Some(_) | None => (String::new(), self.blocks(&note.blocks)),
        }
    }
}
