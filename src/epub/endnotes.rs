//! Notes that stand together, after their chapter or in a chapter of their own.

use super::inline::Writer;
use super::markup::{attr, text};
use super::package::Draft;
use super::page;
use crate::book::words::words;
use crate::book::{Chapter, Note, NotePlace, Role};
use std::fmt::Write;

/// The file in which the notes of the whole book stand, if they do.
pub(super) fn file(draft: &Draft) -> Option<String> {
    let book = draft.input.book;
    let index = book.chapters.iter().position(|c| c.role == Role::Notes)?;
    let own = book.notes == NotePlace::Book;
    own.then(|| format!("{}.xhtml", draft.names.stems[index]))
}

impl Writer<'_> {
    /// A chapter's notes under a heading, each with a way back into `file`.
    pub(super) fn endnotes(&mut self, title: &str, notes: &[Note], file: &str) -> String {
        let bodies: Vec<_> = notes.iter().map(|n| self.note(n)).collect();
        let mut out = format!("<h2>{}</h2>\n<ol class=\"endnotes\">\n", text(title));
        for (index, (first, rest)) in bodies.into_iter().enumerate() {
            let (id, back) = (self.note_anchor(index), self.back_to(index, file));
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
    let inside = w.endnotes(w.words.refs.notes, &chapter.notes, "");
    format!(
        "<section epub:type=\"endnotes\" role=\"doc-endnotes\" class=\"endnotes\">\n\
         {inside}</section>\n"
    )
}

/// The notes of all chapters, each under its chapter's title.
pub(super) fn all(draft: &Draft) -> String {
    let book = draft.input.book;
    let lang = page::lang(&book.meta);
    let mut out = String::new();
    for (n, chapter) in book.chapters.iter().enumerate() {
        if chapter.notes.is_empty() {
            continue;
        }
        let mut w = Writer::new(draft.names, draft.pictures, words(lang), lang);
        w.chapter = &draft.names.anchors[n];
        w.notes = chapter.notes.len();
        // What is written here stands in the chapter; its calls are counted.
        w.inlines(&chapter.title);
        w.blocks(&chapter.blocks);
        let file = format!("{}.xhtml", draft.names.stems[n]);
        let title = page::chapter_title(chapter, &book.meta);
        let inside = w.endnotes(&title, &chapter.notes, &attr(&file));
        write!(out, "<section>\n{inside}</section>\n").ok();
    }
    out
}
