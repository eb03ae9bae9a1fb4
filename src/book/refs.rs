//! Cross-references: what the author asks for → the number, title or page that is
//! printed (T-04).
//!
//! Numbers and titles are known when the book is read, and a reference to one is a
//! link from then on. Pages are known when the book is laid out: a reference to a
//! page stays one, with what stands for it where there are no pages.

use super::words::{RefWords, words};
use super::{
    BlockKind, Book, Chapter, Inline, Role, Target, Text, revise, sections, text, walk,
};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::Span;
use std::collections::BTreeMap;

/// A reference.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Ref {
    /// where it leads; of a term its name, before [`resolve`]
    pub to: Target,
    /// what it prints
    pub show: Show,
    /// the author's words, `%` for what is asked for; empty where there are none
    pub pattern: String,
    /// of a term its text, else what stands where there are no pages
    pub text: Vec<Inline>,
    /// where it was written
    pub span: Span,
}

/// What a reference prints.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Show {
    /// 第三章, 图 2-1; the title of what has no number
    Number,
    /// the title or caption
    Title,
    /// both
    Full,
    /// 第 15 页
    Page,
    /// its own text, which is a term of the glossary
    Term,
}

impl Show {
    /// What an author calls it.
    pub fn named(name: &str) -> Option<Show> {
        const ALL: [Show; 4] = [Show::Number, Show::Title, Show::Full, Show::Page];
        ALL.into_iter().find(|s| s.name() == name)
    }
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Show::Number => "number",
            Show::Title => "title",
            Show::Full => "full",
            Show::Page => "page",
            Show::Term => "term",
        }
    }
}

/// What a place is called.
#[derive(Debug, Default)]
struct Name {
    /// with its noun: 图 2-1, 2.1 节
    number: Option<String>,
    /// that of the chapter around, where the number is none without it: 第三章第一节
    around: Option<(usize, String)>,
    title: String,
}

/// Resolves the references of a book; those to pages keep their target. One that
/// leads nowhere is reported, and its text stays.
pub fn resolve(book: &mut Book, sink: &mut Sink) {
    let names = Names::of(book);
    for (n, chapter) in book.chapters.iter_mut().enumerate() {
        revise::every_list(chapter, &mut |list| names.list(n, list, sink));
    }
}

/// What the places of a book are called.
struct Names {
    places: BTreeMap<String, Name>,
    /// ids of terms
    terms: BTreeMap<String, String>,
    words: &'static RefWords,
}

impl Names {
    fn of(book: &Book) -> Names {
        let words = &words(&book.meta.lang).refs;
        let mut names = Names { places: BTreeMap::new(), terms: BTreeMap::new(), words };
        for (n, chapter) in book.chapters.iter().enumerate() {
            names.chapter(n, chapter);
        }
        names
    }

    fn add(&mut self, id: &str, number: Option<String>, title: &[Inline]) {
        if !id.is_empty() {
            let name = Name { number, around: None, title: text::plain(title) };
            self.places.entry(id.to_string()).or_insert(name);
        }
    }

    fn chapter(&mut self, n: usize, chapter: &Chapter) {
        self.add(&chapter.id, chapter.number.clone(), &chapter.title);
        walk::blocks(&chapter.blocks, &mut |block| match &block.kind {
            BlockKind::Heading { id, number, text, .. } => {
                self.add(id, None, text);
                let Some(name) = self.places.get_mut(id) else { return };
                let Some(number) = number else { return };
                if sections::is_decimal(number) {
                    name.number = Some(self.words.section.replace('%', number));
                } else if number.starts_with('第') {
                    name.number = Some(number.clone());
                    name.around = chapter.number.clone().map(|c| (n, c));
                }
            }
            BlockKind::Figure(f) => {
                let first = f.numbered().last();
                let number = first.map(|(number, _)| number.to_string());
                self.add(&f.id, number, first.map_or(&f.caption, |(_, caption)| caption));
            }
            BlockKind::Table(t) => self.add(&t.id, t.number.clone(), &t.caption),
            BlockKind::Code(c) => self.add(&c.id, c.number.clone(), &c.caption),
            BlockKind::Math(e) => {
                let number = e.number.as_ref();
                let name = number.map(|n| self.words.equation.replace('%', n));
                self.add(&e.id, name, &[]);
            }
            BlockKind::Definitions(list) => {
                for d in list.iter().filter(|_| chapter.role == Role::Glossary) {
                    self.add(&d.id, None, &d.term);
                    for name in spellings(&text::plain(&d.term)) {
                        self.terms.entry(name).or_insert_with(|| d.id.clone());
                    }
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Quote(_)
            | BlockKind::Alert { .. }
            | BlockKind::Styled { .. }
            | BlockKind::Dialogue(_)
            | BlockKind::Verse(_)
            | BlockKind::List { .. }
            | BlockKind::Break => {}
        });
    }

    fn list(&self, chapter: usize, list: &mut Vec<Inline>, sink: &mut Sink) {
        if !list.iter().any(|i| matches!(i, Inline::Ref(_))) {
            return;
        }
        for inline in std::mem::take(list) {
            let Inline::Ref(r) = inline else {
                list.push(inline);
                continue;
            };
            match r.show {
                Show::Term => list.extend(self.term(r, sink)),
                Show::Number | Show::Title | Show::Full | Show::Page => {
                    list.push(self.place(r, chapter, sink));
                }
            }
        }
    }

    /// A term becomes a link to its entry.
    fn term(&self, r: Ref, sink: &mut Sink) -> Vec<Inline> {
        let Target::Url(name) = &r.to else { return r.text };
        match self.terms.get(&key(name)) {
            Some(id) => {
                let to = Target::Anchor(id.clone());
                vec![Inline::Link { to, text: r.text, span: r.span }]
            }
            None => {
                let message = format!("the glossary has no term `{name}`");
                let d = Diagnostic::new(code::BROKEN_LINK, message).at(r.span);
                sink.push(d.hint("define it there, `名` and on the next line `: 义`"));
                r.text
            }
        }
    }

    fn place(&self, mut r: Ref, chapter: usize, sink: &mut Sink) -> Inline {
        let name = match &r.to {
            Target::Anchor(id) => self.places.get(id),
            Target::Url(_) => None,
        };
        let Some(name) = name else { return Inline::Ref(r) };
        let number = name.numbered(chapter);
        let shown = match (r.show, number) {
            (Show::Full, Some(n)) if !name.title.is_empty() => {
                self.words.full.replace('%', &n).replace('@', &name.title)
            }
            (Show::Number | Show::Page | Show::Full, Some(n)) => n,
            (Show::Title, Some(n)) if name.title.is_empty() => n,
            (_, _) => name.title.clone(),
        };
        if shown.is_empty() {
            let message = "what this refers to has neither a number nor a title";
            let d = Diagnostic::new(code::BROKEN_LINK, message).at(r.span);
            sink.push(
                d.hint("give it a caption, or write the text between the brackets"),
            );
        }
        let said = match (r.show, r.pattern.is_empty()) {
            (_, true) => shown,
            (Show::Page, false) => without_page(&r.pattern, self.words.page, &shown),
            (_, false) => r.pattern.replace('%', &shown),
        };
        let text = Inline::Text(Text { text: said, span: r.span });
        if r.show != Show::Page {
            return Inline::Link { to: r.to, text: vec![text], span: r.span };
        }
        if r.pattern.is_empty() {
            r.pattern = self.words.page.to_string();
        }
        r.text = vec![text];
        Inline::Ref(r)
    }
}

impl Name {
    /// The number, as a chapter refers to it.
    fn numbered(&self, chapter: usize) -> Option<String> {
        let around = self.around.as_ref().filter(|(n, _)| *n != chapter);
        let around = around.map_or("", |(_, number)| number.as_str());
        self.number.as_ref().map(|n| format!("{around}{n}"))
    }
}

/// A pattern for a page, where there are none: 见第 % 页 → 见图 2-1.
fn without_page(pattern: &str, words: &str, shown: &str) -> String {
    let tight: String = words.chars().filter(|c| *c != ' ').collect();
    let found = [words, &tight].into_iter().find(|w| pattern.contains(*w));
    pattern.replace(found.unwrap_or("%"), shown)
}

/// How a term may be called: as a whole, and without what stands in brackets.
fn spellings(term: &str) -> Vec<String> {
    let bare = term.split(['（', '(']).next().unwrap_or_default();
    let mut out = vec![key(term)];
    if !bare.trim().is_empty() {
        out.push(key(bare));
    }
    out
}

/// A term without what makes no difference to its name.
fn key(term: &str) -> String {
    term.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a book has anything whose text depends on its pages.
pub fn turns_on_pages(book: &Book) -> bool {
    !book.index.is_empty()
        || book.notes == super::NotePlace::FootByPage
        || book.chapters.iter().any(names_pages)
}

/// Whether a chapter refers to pages.
pub fn names_pages(chapter: &Chapter) -> bool {
    let mut found = false;
    walk::every_inline(chapter, &mut |i| found |= matches!(i, Inline::Ref(_)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_page_without_pages() {
        assert_eq!(without_page("见第 % 页", "第 % 页", "图 2-1"), "见图 2-1");
        assert_eq!(without_page("见第%页。", "第 % 页", "图 2-1"), "见图 2-1。");
        assert_eq!(without_page("p. %", "page %", "Figure 1"), "p. Figure 1");
    }
    #[test]
    fn terms_are_found_by_their_names() {
        assert_eq!(spellings("刻本（Block  Print）"), ["刻本（block print）", "刻本"]);
        assert_eq!(spellings("版心"), ["版心", "版心"]);
    }
}
