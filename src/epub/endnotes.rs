//! Notes that stand together, after their chapter or in a chapter of their own.

use super::inline::Writer;
use super::markup::text;
use super::package::Draft;
use super::page;
use super::pagelist::{Breaks, first_of};
use crate::book::{Chapter, NotePlace};
use std::fmt::Write;

impl Writer<'_> {
    /// A chapter's notes under a heading, each with a way back.
    pub(super) fn endnotes(&mut self, title: &str, chapter: &Chapter) -> String {
        let first = chapter.notes.first().and_then(|n| first_of(&n.blocks));
        let pages = self.breaks.before(first);
        let mut out =
            format!("<h2>{pages}{}</h2>\n<ol class=\"endnotes\">\n", text(title));
        for (index, note) in chapter.notes.iter().enumerate() {
            let (id, back) = (self.note_anchor(index), self.back(index));
            let (first, rest) = self.note(note);
            writeln!(
                out,
                "<li epub:type=\"endnote\" id=\"{id}\">\n<p>{back}{first}</p>\n{rest}</li>"
            )
            .ok();
        }
        out + "</ol>\n"
    }
}

/// A section of notes after their chapter.
pub(super) fn after(w: &mut Writer, chapter: &Chapter) -> String {
    if chapter.notes.is_empty() {
        return String::new();
    }
    let inside = w.endnotes(w.words.refs.notes, chapter);
    format!(
        "<section epub:type=\"endnotes\" role=\"doc-endnotes\" class=\"endnotes\">\n\
         {inside}</section>\n"
    )
}

/// The notes of all chapters, each under its chapter's title, in a file; `breaks` are
/// those of the file.
pub(super) fn all<'a>(
    draft: &Draft<'a>,
    stem: &'a str,
    breaks: &mut Breaks<'a>,
) -> String {
    let book = draft.input.book;
    let mut out = String::new();
    for (n, chapter) in book.chapters.iter().enumerate() {
        if chapter.notes.is_empty() {
            continue;
        }
        let mut w = page::writer(draft, n);
        (w.stem, w.place) = (stem, NotePlace::Book);
        w.breaks = std::mem::take(breaks);
        let inside = w.endnotes(&page::chapter_title(chapter, &book.meta), chapter);
        *breaks = w.breaks;
        write!(out, "<section>\n{inside}</section>\n").ok();
    }
    out
}
