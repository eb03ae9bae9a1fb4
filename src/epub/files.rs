//! The files of text, in the order in which they are read.

use super::chapter;
use super::formula;
use super::markup::clean;
use super::names::Names;
use super::package::{Draft, contents};
use super::page;
use super::pagelist::{Breaks, Mark};
use crate::book::paging::At;
use crate::book::sections::headed;
use crate::book::words::words;
use crate::book::{Block, BlockKind, Chapter, Division, text::plain};
use epub_builder::{ReferenceType, TocElement};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// One file of `text/`.
pub(super) struct File {
    /// its stem
    pub(super) stem: String,
    /// in the contents; empty for none
    pub(super) title: String,
    /// as a landmark
    pub(super) kind: Option<ReferenceType>,
    /// XHTML
    pub(super) text: String,
    /// level in the contents, from 1
    pub(super) level: i32,
    /// its sections in the contents
    pub(super) sections: Vec<TocElement>,
    /// the pages of the printed edition that begin in it
    pub(super) marks: Vec<Mark>,
    /// rules for the style sheet
    pub(super) rules: BTreeSet<String>,
}

impl File {
    fn new(stem: &str, title: &str, text: String, marks: Vec<Mark>) -> File {
        File {
            stem: stem.to_string(),
            title: title.to_string(),
            kind: None,
            text,
            level: 1,
            sections: vec![],
            marks,
            rules: BTreeSet::new(),
        }
    }
    fn kind(self, kind: Option<ReferenceType>) -> File {
        File { kind, ..self }
    }
    /// Its path below `OEBPS/`.
    pub(super) fn path(&self) -> String {
        format!("text/{}.xhtml", self.stem)
    }
}

/// All files. Chapters are written side by side.
pub(super) fn files(draft: &Draft) -> Vec<File> {
    let book = draft.input.book;
    let written: Vec<_> = (0..book.chapters.len())
        .into_par_iter()
        .map(|n| chapter::files(draft, n))
        .collect();
    let mut out = opening(draft);
    let (mut in_part, mut begun) = (false, false);
    for (n, (chapter, written)) in book.chapters.iter().zip(written).enumerate() {
        let body = chapter.division == Division::Body;
        if let (Some(part), Some(stem)) = (&chapter.part, draft.names.parts.get(&n)) {
            let mut breaks = draft.marks.page(&At::Part(n));
            let text = page::part(draft, part, &mut breaks);
            let file = File::new(stem, &clean(&part.name()), text, breaks.set());
            out.push(file.kind(start(&mut begun, body)));
            in_part = true;
        }
        in_part &= body || chapter.part.is_some();
        let title = page::chapter_title(chapter, &book.meta);
        let level = 1 + i32::from(in_part) + i32::from(chapter.depth);
        for (k, w) in written.into_iter().enumerate() {
            // A chapter is in the contents once, with all its sections.
            let title = if k == 0 { title.as_str() } else { "" };
            let mut file = File::new(&w.stem, title, w.text, w.marks);
            (file.level, file.rules) = (level, w.rules);
            if k == 0 {
                file.kind = start(&mut begun, body);
                let room = draft.traits.depth.saturating_sub(level as usize);
                file.sections = sections(chapter, draft.names, room);
            }
            out.push(file);
        }
    }
    out
}

/// Cover, title page, copyright page.
fn opening(draft: &Draft) -> Vec<File> {
    let book = draft.input.book;
    let words = words(page::lang(&book.meta));
    let mut out = vec![];
    if draft.traits.cover_page {
        let file = File::new("cover", "", page::cover(draft, words), vec![]);
        out.push(file.kind(Some(ReferenceType::Cover)));
    }
    // the contents may not be empty, even those of a book without a chapter
    let title = if book.chapters.is_empty() { words.title_page } else { "" };
    let mut breaks = draft.marks.page(&At::TitlePage);
    let text = page::titlepage(draft, words, &mut breaks);
    let file = File::new("titlepage", title, text, breaks.set());
    out.push(file.kind(Some(ReferenceType::TitlePage)));
    let mut breaks = draft.marks.page(&At::Copyright);
    if let Some(text) = page::copyright(draft, &mut breaks) {
        let file = File::new("copyright", "", text, breaks.set());
        out.push(file.kind(Some(ReferenceType::Copyright)));
    }
    out
}

/// The pages of the printed edition in the order of the text: address and number. The
/// contents stand behind the copyright page.
pub(super) fn pages(draft: &Draft, files: &[File]) -> Vec<(String, Mark)> {
    let mut out = vec![];
    let mut list = |file: &str, marks: &[Mark]| {
        out.extend(marks.iter().map(|m| (format!("{file}#{}", m.anchor), m.clone())));
    };
    let front = opening_count(files);
    files[..front].iter().for_each(|f| list(&f.path(), &f.marks));
    let mut breaks: Breaks = contents(draft);
    breaks.rest();
    list("nav.xhtml", &breaks.set());
    files[front..].iter().for_each(|f| list(&f.path(), &f.marks));
    out
}

/// How many files go before the contents.
fn opening_count(files: &[File]) -> usize {
    let own = ["cover", "titlepage", "copyright"];
    files.iter().take_while(|f| own.contains(&f.stem.as_str())).count()
}

/// The files that hold MathML.
pub(super) fn formulas(files: &[File]) -> Vec<String> {
    files.iter().filter(|f| formula::holds(&f.text)).map(File::path).collect()
}

/// The first page of the body is where readers begin.
fn start(begun: &mut bool, body: bool) -> Option<ReferenceType> {
    let first = body && !*begun;
    *begun |= body;
    first.then_some(ReferenceType::Text)
}

/// A chapter's sections for the contents: two levels at the most, since a third is more
/// than the screen of a reader shows at once; fewer where there is no room.
fn sections(chapter: &Chapter, names: &Names, room: usize) -> Vec<TocElement> {
    let mut out: Vec<TocElement> = vec![];
    if room == 0 {
        return out;
    }
    for Block { kind, .. } in &chapter.blocks {
        let BlockKind::Heading { level, id, number, text } = kind else { continue };
        let title = clean(&headed(number.as_deref(), &plain(text)));
        let Some(href) = names.href(id).filter(|_| !title.trim().is_empty()) else {
            continue;
        };
        let entry = TocElement::new(format!("text/{href}"), title);
        match (level, out.last_mut()) {
            (0..=2, _) | (3, None) => out.push(entry),
            (3, Some(last)) if room > 1 => last.children.push(entry),
            (3.., _) => {}
        }
    }
    out
}
