//! Inlines → XHTML.

use super::markup::{attr, href, text};
use super::names::Names;
use super::pictures::Embedded;
use super::{foreign, formula};
use crate::book::words::Words;
use crate::book::{Inline, PictureRef, Target, number};
use std::collections::BTreeMap;

/// Writes the contents of one file; remembers which notes were called.
pub(super) struct Writer<'a> {
    /// files and anchors
    pub(super) names: &'a Names,
    /// the pictures that are embedded
    pub(super) pictures: &'a Embedded,
    /// keben's own words
    pub(super) words: &'static Words,
    /// language of what is being written
    lang: String,
    /// anchor of the chapter, part of its notes' names
    pub(super) chapter: &'a str,
    /// the file in which its notes stand, if that is another
    pub(super) notes_file: String,
    /// how many notes the chapter has
    pub(super) notes: usize,
    /// calls so far, by note
    calls: BTreeMap<usize, usize>,
    /// inside a link nothing may be a link; calls wait until it ends
    link: Option<Vec<usize>>,
}

impl<'a> Writer<'a> {
    /// A writer for one file.
    pub(super) fn new(
        names: &'a Names,
        pictures: &'a Embedded,
        words: &'static Words,
        lang: &str,
    ) -> Writer<'a> {
        let (lang, calls, link) = (lang.to_string(), BTreeMap::new(), None);
        let notes_file = String::new();
        Writer {
            names,
            pictures,
            words,
            lang,
            chapter: "",
            notes_file,
            notes: 0,
            calls,
            link,
        }
    }

    /// Inlines as XHTML.
    pub(super) fn inlines(&mut self, list: &[Inline]) -> String {
        list.iter().map(|i| self.inline(i)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(t) => self.run(&t.text),
            Inline::Emph(x) => self.wrap("em", x),
            Inline::Strong(x) => self.wrap("strong", x),
            Inline::Strike(x) => self.wrap("s", x),
            Inline::Super(x) => self.wrap("sup", x),
            Inline::Sub(x) => self.wrap("sub", x),
            Inline::Lang { lang, text } => self.foreign(lang, text),
            Inline::Code(t) => format!("<code>{}</code>", text(&t.text)),
            Inline::Math(t) => formula::inline(&t.text),
            Inline::Link { to, text, .. } => self.link(to, text),
            Inline::Picture(p) => self.picture(p),
            Inline::Note { index, .. } => match &mut self.link {
                Some(waiting) => {
                    waiting.push(*index);
                    String::new()
                }
                None => self.call(*index),
            },
            Inline::Ref(r) => self.link(&r.to, &r.text),
            Inline::Index(mark) => match self.names.anchor(&mark.id) {
                Some(id) => format!("<span id=\"{id}\"></span>"),
                None => String::new(),
            },
            Inline::Newline => "<br/>".into(),
        }
    }

    /// Text, with its foreign runs marked.
    fn run(&self, s: &str) -> String {
        let runs = foreign::runs(s, &self.lang).into_iter();
        runs.map(|(lang, s)| match lang {
            Some(lang) => span(lang, &text(s)),
            None => text(s),
        })
        .collect()
    }

    /// A stretch that the author says is in a language.
    fn foreign(&mut self, lang: &str, x: &[Inline]) -> String {
        let outer = std::mem::replace(&mut self.lang, lang.to_string());
        let inside = self.inlines(x);
        self.lang = outer;
        if inside.is_empty() { inside } else { span(lang, &inside) }
    }

    fn wrap(&mut self, tag: &str, x: &[Inline]) -> String {
        format!("<{tag}>{}</{tag}>", self.inlines(x))
    }

    fn link(&mut self, to: &Target, x: &[Inline]) -> String {
        if self.link.is_some() {
            return self.inlines(x);
        }
        let target = match to {
            Target::Url(url) => href(url),
            Target::Anchor(id) => self.names.href(id),
        };
        self.link = Some(vec![]);
        let inside = self.inlines(x);
        let waiting = self.link.take().unwrap_or_default();
        let mut out = match target {
            // nothing to click on: the address itself would be lost
            Some(h) if inside.is_empty() => format!("<a href=\"{0}\">{0}</a>", attr(&h)),
            Some(h) => format!("<a{} href=\"{}\">{inside}</a>", self.kind(to), attr(&h)),
            None => format!("<span class=\"broken-link\">{inside}</span>"),
        };
        waiting.into_iter().for_each(|index| out += &self.call(index));
        out
    }

    /// A link to the glossary says so.
    fn kind(&self, to: &Target) -> &'static str {
        match to {
            Target::Anchor(id) if self.names.is_term(id) => {
                " epub:type=\"glossref\" role=\"doc-glossref\""
            }
            Target::Anchor(_) | Target::Url(_) => "",
        }
    }

    /// A picture in a line, or its alternative text.
    pub(super) fn picture(&self, p: &PictureRef) -> String {
        match self.pictures.href(&p.path) {
            Some(file) => format!("<img src=\"../{file}\" alt=\"{}\"/>", attr(&p.alt)),
            None => format!("<span class=\"missing-picture\">{}</span>", text(&p.alt)),
        }
    }

    /// A call to a note. Calls to one note have their own anchors.
    fn call(&mut self, index: usize) -> String {
        let mark = number::circled(index + 1);
        if index >= self.notes {
            return format!("<span class=\"noteref\">{mark}</span>");
        }
        let calls = self.calls.entry(index).or_default();
        *calls += 1;
        let calls = *calls;
        format!(
            "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\" \
             href=\"{}#{}\" id=\"{}\">{mark}</a>",
            self.notes_file,
            self.note_anchor(index),
            self.call_anchor(index, calls),
        )
    }

    /// The anchor of a note.
    pub(super) fn note_anchor(&self, index: usize) -> String {
        self.names.free(&format!("fn-{}-{}", self.chapter, index + 1))
    }

    /// The anchor of a call to it, counted from 1.
    fn call_anchor(&self, index: usize, call: usize) -> String {
        let name = format!("fnref-{}-{}", self.chapter, index + 1);
        self.names.free(&if call == 1 { name } else { format!("{name}-{call}") })
    }

    /// The mark before a note, which leads back to its first call.
    pub(super) fn back(&self, index: usize) -> String {
        self.back_to(index, "")
    }

    /// The same, where the call stands in another file.
    pub(super) fn back_to(&self, index: usize, file: &str) -> String {
        let mark = number::circled(index + 1);
        if self.calls.contains_key(&index) {
            let to = self.call_anchor(index, 1);
            return format!(
                "<a class=\"back\" role=\"doc-backlink\" href=\"{file}#{to}\">{mark}</a> "
            );
        }
        format!("<span class=\"back\">{mark}</span> ")
    }
}

/// Readers of XHTML ask for the one, readers of XML for the other.
fn span(lang: &str, inside: &str) -> String {
    let lang = attr(lang);
    format!("<span lang=\"{lang}\" xml:lang=\"{lang}\">{inside}</span>")
}
