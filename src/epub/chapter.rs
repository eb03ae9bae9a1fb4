//! Chapters → files, one or more each.

use super::endnotes;
use super::inline::Writer;
use super::markup::attr;
use super::matter;
use super::package::Draft;
use super::page::{chapter_title, header, lang, shell, writer};
use super::pagelist::Mark;
use crate::book::{Chapter, Division, NotePlace, Role, text::plain};
use std::collections::BTreeSet;

/// A file of a chapter.
pub(super) struct Written {
    /// its stem
    pub(super) stem: String,
    /// XHTML
    pub(super) text: String,
    /// the pages that begin in it
    pub(super) marks: Vec<Mark>,
    /// rules for the style sheet that it needs
    pub(super) rules: BTreeSet<String>,
}

/// The files of a chapter, each with its notes at its end.
pub(super) fn files<'a>(draft: &Draft<'a>, index: usize) -> Vec<Written> {
    let chapter = &draft.input.book.chapters[index];
    let mut w = writer(draft, index);
    w.breaks = draft.marks.chapter(index);
    let files = &draft.names.files[index];
    let mut out = vec![];
    for (n, file) in files.iter().enumerate() {
        w.stem = &file.stem;
        let before = w.breaks.set().len();
        let (first, last) = (n == 0, n + 1 == files.len());
        let head =
            if first { opening(&mut w, draft, chapter) } else { continued(chapter) };
        let mut inside = w.blocks(&chapter.blocks[file.piece.blocks.clone()]);
        if last {
            inside += &closing(&mut w, draft, index);
        }
        if !draft.input.book.notes.gathered() {
            inside += &w.notes(chapter);
        }
        if last {
            inside += &w.breaks.rest();
        }
        let name = chapter_title(chapter, &draft.input.book.meta);
        let kind = matter::division(chapter.division);
        let text = shell(draft, &name, kind, &format!("{head}{inside}</section>\n"));
        let marks = w.breaks.set().split_off(before);
        let rules = std::mem::take(&mut w.rules);
        out.push(Written { stem: file.stem.clone(), text, marks, rules });
    }
    out
}

fn class(chapter: &Chapter) -> &'static str {
    match chapter.division {
        Division::Front | Division::Body if chapter.role.stands_alone() => "alone",
        Division::Front => "front",
        Division::Body => "chapter",
        Division::Back => "back-matter",
    }
}

/// The beginning of a chapter: its section, its title.
fn opening(w: &mut Writer, draft: &Draft, chapter: &Chapter) -> String {
    let (kind, role) = matter::kind(chapter);
    let known = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!(" {name}=\"{value}\"") }
    };
    // As on paper, 献词 does not stand above a dedication; it is said all the same.
    let title = plain(&chapter.title);
    let bare = chapter.role.stands_alone()
        && chapter.role.is_named(&title, lang(&draft.input.book.meta))
        && !chapter.blocks.is_empty();
    let pages = w.breaks.opening();
    let head = if bare { String::new() } else { header(w, chapter) };
    let label = if bare { attr(&title) } else { String::new() };
    format!(
        "<section id=\"{}\" class=\"{}\"{}{}{}>\n{pages}{head}",
        draft.names.anchors[w.chapter],
        class(chapter),
        known("epub:type", kind),
        known("role", role),
        known("aria-label", &label),
    )
}

/// The beginning of a file in which a chapter goes on.
fn continued(chapter: &Chapter) -> String {
    format!("<section class=\"{}\">\n", class(chapter))
}

/// What stands behind the text of a chapter: the index, notes that stand together.
fn closing<'a>(w: &mut Writer<'a>, draft: &Draft<'a>, index: usize) -> String {
    let book = draft.input.book;
    let chapter = &book.chapters[index];
    let first = |role| book.chapters.iter().position(|c| c.role == role) == Some(index);
    let mut out = String::new();
    if first(Role::Index) {
        let index = super::index::Writer::new(book, draft.names, draft.input.paging);
        out += &index.groups(&mut w.breaks);
    }
    match book.notes {
        NotePlace::Foot | NotePlace::FootByPage => {}
        NotePlace::Chapter => out += &endnotes::after(w, chapter),
        NotePlace::Book if first(Role::Notes) => {
            out += &endnotes::all(draft, draft.names.last(index), &mut w.breaks);
        }
        NotePlace::Book => {}
    }
    out
}
