//! A chapter for the notes of the whole book (注释), where the author asks for one
//! and names none.

use super::words::words;
use super::{Book, Chapter, Division, Inline, NotePlace, Role, Text};
use crate::source::Span;

/// Adds the chapter before the apparatus behind it: glossary, references, index.
pub fn place(book: &mut Book) {
    let own = book.chapters.iter().any(|c| c.role == Role::Notes);
    let called = book.chapters.iter().any(|c| !c.notes.is_empty());
    if book.notes != NotePlace::Book || own || !called {
        return;
    }
    let apparatus = [Role::Glossary, Role::Bibliography, Role::Index];
    let behind = |c: &Chapter| {
        c.division == Division::Back && apparatus.contains(&c.role) && c.depth == 0
    };
    let at = book.chapters.iter().position(behind).unwrap_or(book.chapters.len());
    let mut id = String::from("endnotes");
    while book.chapters.iter().any(|c| c.id == id) {
        id.push('-');
    }
    let text = words(&book.meta.lang).refs.notes.to_string();
    let span = Span::default();
    book.chapters.insert(
        at,
        Chapter {
            division: Division::Back,
            role: Role::Notes,
            depth: 0,
            part: None,
            title: vec![Inline::Text(Text { text, span })],
            number: None,
            id,
            blocks: vec![],
            notes: vec![],
            span,
        },
    );
}
