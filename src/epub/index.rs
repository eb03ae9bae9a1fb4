//! The index → XHTML. An entry names the pages of the printed edition, where they are
//! known, and else the sections in which its places are; both are links.

use super::markup::{attr, text};
use super::names::Names;
use super::pagelist::Breaks;
use crate::book::index::{Entry, Place};
use crate::book::sections::is_decimal;
use crate::book::words::{RefWords, words};
use crate::book::{BlockKind, Book, Chapter, Inline, Paging, text::plain, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Writes the entries of a book's index.
pub(super) struct Writer<'a> {
    book: &'a Book,
    names: &'a Names,
    words: &'static RefWords,
    /// anchors of entries, by name
    anchors: BTreeMap<String, &'a str>,
    /// what the section of each mark is called
    sections: BTreeMap<&'a str, String>,
    /// the pages of the printed edition
    paging: Option<&'a Paging>,
}

impl<'a> Writer<'a> {
    /// A writer for one book.
    pub(super) fn new(
        book: &'a Book,
        names: &'a Names,
        paging: Option<&'a Paging>,
    ) -> Writer<'a> {
        let mut sections = BTreeMap::new();
        book.chapters.iter().for_each(|c| locate(c, &mut sections));
        let anchors = book.index.anchors();
        let words = &words(&book.meta.lang).refs;
        Writer { book, names, words, anchors, sections, paging }
    }

    /// All groups.
    pub(super) fn groups(&self, breaks: &mut Breaks) -> String {
        let mut out = String::new();
        for group in &self.book.index.groups {
            let first = group.entries.first();
            let pages = first.map_or(String::new(), |e| breaks.entry(&e.id));
            let list = self.list(&group.entries, breaks);
            write!(
                out,
                "<section epub:type=\"index-group\" class=\"index-group\">\n\
                 <h2>{pages}{}</h2>\n{list}</section>\n",
                text(&group.initial)
            )
            .ok();
        }
        out
    }

    fn list(&self, entries: &[Entry], breaks: &mut Breaks) -> String {
        let entries: String = entries.iter().map(|e| self.entry(e, breaks)).collect();
        format!("<ul epub:type=\"index-entry-list\" class=\"index\">\n{entries}</ul>\n")
    }

    fn entry(&self, e: &Entry, breaks: &mut Breaks) -> String {
        let id = self.names.anchor(&e.id).unwrap_or_default();
        let mut out = format!(
            "<li epub:type=\"index-entry\" id=\"{id}\">\
             {}<span epub:type=\"index-term\">{}</span>",
            breaks.entry(&e.id),
            text(&e.name)
        );
        for (n, (label, href, main)) in self.places(e).iter().enumerate() {
            let before = if n == 0 { "\u{2003}" } else { ", " };
            let label = text(label);
            let label = if *main { format!("<strong>{label}</strong>") } else { label };
            write!(
                out,
                "{before}<a epub:type=\"index-locator\" href=\"{}\">{label}</a>",
                attr(href)
            )
            .ok();
        }
        let kinds = [
            ("index-xref-preferred", self.words.see, &e.see),
            ("index-xref-related", self.words.also, &e.also),
        ];
        for (kind, pattern, names) in kinds {
            if !names.is_empty() {
                let names: Vec<_> = names.iter().map(|n| self.named(n)).collect();
                let names = names.join(self.words.named[1]);
                write!(
                    out,
                    "\u{2003}<span epub:type=\"{kind}\"><em>{}</em>{names}</span>",
                    text(pattern)
                )
                .ok();
            }
        }
        if !e.below.is_empty() {
            write!(out, "\n{}", self.list(&e.below, breaks)).ok();
        }
        out + "</li>\n"
    }

    fn named(&self, name: &str) -> String {
        let shown = text(&self.words.named[0].replace('%', name));
        match self.anchors.get(name).and_then(|id| self.names.href(id)) {
            Some(href) => format!("<a href=\"{}\">{shown}</a>", attr(&href)),
            None => shown,
        }
    }

    /// What an entry's places are called, and where they are: the pages of the printed
    /// edition, or else the sections.
    fn places(&self, e: &Entry) -> Vec<(String, String, bool)> {
        let pages = self.paging.and_then(|p| p.locators.get(&e.id));
        let Some(pages) = pages else { return self.sections_of(&e.places) };
        let found = pages.iter().filter_map(|l| {
            let href = self.names.href(&l.id)?;
            Some((l.label.clone(), href, l.main))
        });
        found.collect()
    }

    /// What the sections of some places are called, each once, and the first place
    /// in them.
    fn sections_of(&self, places: &[Place]) -> Vec<(String, String, bool)> {
        let mut seen = BTreeSet::new();
        let mut out = vec![];
        for place in places {
            let name = |id: &str| self.sections.get(id).map_or("", String::as_str);
            let from = name(&place.from);
            let to = place.to.as_deref().map(name).filter(|to| *to != from);
            let label = to.map_or(from.to_string(), |to| format!("{from}–{to}"));
            let Some(href) = self.names.href(&place.from) else { continue };
            if seen.insert((label.clone(), place.main)) {
                out.push((label, href, place.main));
            }
        }
        // A section that says most of it is not named again.
        let main: BTreeSet<String> =
            out.iter().filter(|p| p.2).map(|p| p.0.clone()).collect();
        out.retain(|p| p.2 || !main.contains(&p.0));
        out
    }
}

/// Tells of each mark of a chapter in which section it is.
fn locate<'a>(chapter: &'a Chapter, out: &mut BTreeMap<&'a str, String>) {
    let own = chapter.number.clone().unwrap_or_else(|| plain(&chapter.title));
    let mut here = own.clone();
    let mut note = |inline: &'a Inline, here: &str| {
        if let Inline::Index(mark) = inline {
            out.insert(&mark.id, here.to_string());
        }
    };
    walk::inlines(&chapter.title, &mut |i| note(i, &own));
    walk::blocks(&chapter.blocks, &mut |block| {
        if let BlockKind::Heading { number: Some(number), .. } = &block.kind {
            if is_decimal(number) {
                here = number.clone();
            } else if number.starts_with('第') {
                here = format!("{own}{number}");
            }
        }
        walk::inlines_of(block, &mut |i| note(i, &here));
    });
    for block in chapter.notes.iter().flat_map(|n| &n.blocks) {
        walk::blocks(std::slice::from_ref(block), &mut |b| {
            walk::inlines_of(b, &mut |i| note(i, &own));
        });
    }
}

/// The characters that the index prints in a book without pages.
pub(super) fn shown(book: &Book, paging: Option<&Paging>) -> String {
    if book.index.is_empty() {
        return String::new();
    }
    let names = Names::of(book);
    let writer = Writer::new(book, &names, paging);
    let words = writer.words;
    let mut out: String = writer.sections.values().cloned().collect();
    let pages = paging.iter().flat_map(|p| p.locators.values().flatten());
    pages.for_each(|l| out += &l.label);
    out +=
        &[words.see, words.also, words.named[0], words.named[1], ",– \u{2003}"].concat();
    let mut stack: Vec<&Entry> = vec![];
    for group in &book.index.groups {
        out += &group.initial;
        stack.extend(&group.entries);
    }
    while let Some(e) = stack.pop() {
        out += &e.name;
        e.see.iter().chain(&e.also).for_each(|n| out += n);
        stack.extend(&e.below);
    }
    out
}
