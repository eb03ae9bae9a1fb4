//! The files of the publication: cover, title page, parts, chapters.

use super::endnotes;
use super::inline::Writer;
use super::markup::{attr, clean, text};
use super::matter;
use super::package::Draft;
use crate::book::imprint::CopyrightPage;
use crate::book::words::{Words, words};
use crate::book::{Book, Chapter, Division, Meta, NotePlace, Part, Role, text::plain};
use std::fmt::Write;

/// A whole file: `body` is the inside of its body element.
fn shell(lang: &str, title: &str, kind: &str, body: &str) -> String {
    let (lang, title) = (attr(lang), text(title));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\">\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"../stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"{kind}\">\n{body}</body>\n</html>\n"
    )
}

/// The book's language; a reading system needs one.
pub(super) fn lang(meta: &Meta) -> &str {
    if meta.lang.is_empty() { "zh-Hans" } else { &meta.lang }
}

/// The book's title; a validator needs one.
pub(super) fn title(meta: &Meta) -> String {
    let title = clean(&meta.title);
    if title.trim().is_empty() { words(lang(meta)).untitled.into() } else { title }
}

/// What a chapter is called in the contents.
pub(super) fn chapter_title(chapter: &Chapter, meta: &Meta) -> String {
    let name = clean(&plain(&chapter.title));
    let number = clean(chapter.number.as_deref().unwrap_or_default());
    let both = format!("{number} {name}").trim().to_string();
    if both.is_empty() { title(meta) } else { both }
}

/// The page that shows the cover.
pub(super) fn cover(meta: &Meta, words: &Words) -> String {
    let alt = format!("{}：{}", words.cover, title(meta));
    // doc-cover is a role of the picture, not of the page around it
    let body = format!(
        "<section epub:type=\"cover\" class=\"cover\">\n\
         <img role=\"doc-cover\" src=\"../images/cover.svg\" alt=\"{}\"/>\n</section>\n",
        attr(&alt)
    );
    shell(lang(meta), &title(meta), "frontmatter", &body)
}

/// The title page.
pub(super) fn titlepage(meta: &Meta, words: &Words) -> String {
    let mut body = format!(
        "<section epub:type=\"titlepage\" class=\"titlepage\">\n<h1>{}</h1>\n",
        text(&title(meta))
    );
    let mut line = |class: &str, s: &str| {
        if !s.trim().is_empty() {
            writeln!(body, "<p class=\"{class}\">{}</p>", text(s)).ok();
        }
    };
    line("subtitle", meta.subtitle.as_deref().unwrap_or_default());
    line("authors", &meta.authors.join(words.comma));
    line("publisher", meta.publisher.as_deref().unwrap_or_default());
    line("date", meta.date.as_deref().unwrap_or_default());
    body += "</section>\n";
    shell(lang(meta), &title(meta), "frontmatter", &body)
}

/// What the copyright page says, without what only paper has; nothing where the
/// author made one.
pub(super) fn record(book: &Book) -> Option<CopyrightPage> {
    let own = book.chapters.iter().any(|c| c.role == Role::Copyright);
    Some(CopyrightPage::of(&book.meta, None)).filter(|page| !own && !page.is_empty())
}

/// The copyright page, where there is something to say.
pub(super) fn copyright(book: &Book) -> Option<String> {
    let page = record(book)?;
    let (meta, words) = (&book.meta, words(lang(&book.meta)));
    let mut body =
        String::from("<section epub:type=\"copyright-page\" class=\"copyright\">\n");
    writeln!(body, "<h1>{}</h1>", words.copyright_page).ok();
    let lines = |class: &str, list: &[String], body: &mut String| {
        if !list.is_empty() {
            let rows: String =
                list.iter().map(|l| format!("<p>{}</p>\n", text(l))).collect();
            write!(body, "<div class=\"{class}\">\n{rows}</div>\n").ok();
        }
    };
    lines("statement", &page.statement, &mut body);
    lines("cip", &page.cip, &mut body);
    for group in &page.record {
        body += "<dl class=\"record\">\n";
        for (label, value) in group {
            writeln!(body, "<dt>{}</dt><dd>{}</dd>", text(label), text(value)).ok();
        }
        body += "</dl>\n";
    }
    body += "</section>\n";
    Some(shell(lang(meta), words.copyright_page, "frontmatter", &body))
}

/// The page before a part.
pub(super) fn part(meta: &Meta, part: &Part) -> String {
    let number = number(part.number.as_deref());
    let body = format!(
        "<section epub:type=\"part\" role=\"doc-part\" class=\"part\">\n\
         <h1>{number}{}</h1>\n</section>\n",
        text(&part.title)
    );
    shell(lang(meta), &part.name(), matter::division(Division::Body), &body)
}

fn number(number: Option<&str>) -> String {
    match number {
        Some(n) => format!("<span class=\"number\">{}</span> ", text(n)),
        None => String::new(),
    }
}

/// A chapter, with its notes at the end.
pub(super) fn chapter(draft: &Draft, index: usize) -> String {
    let meta = &draft.input.book.meta;
    let chapter = &draft.input.book.chapters[index];
    let words = words(lang(meta));
    let mut w = Writer::new(draft.names, draft.pictures, words, lang(meta));
    w.chapter = &draft.names.anchors[index];
    w.notes = chapter.notes.len();
    let (kind, role) = matter::kind(chapter);
    let known = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!(" {name}=\"{value}\"") }
    };
    let class = match chapter.division {
        Division::Front | Division::Body if chapter.role.stands_alone() => "alone",
        Division::Front => "front",
        Division::Body => "chapter",
        Division::Back => "back-matter",
    };
    // As on paper, 献词 does not stand above a dedication; it is said all the same.
    let title = plain(&chapter.title);
    let bare = chapter.role.stands_alone()
        && chapter.role.is_named(&title, lang(meta))
        && !chapter.blocks.is_empty();
    w.notes_file = endnotes::file(draft).map_or(String::new(), |f| attr(&f));
    let head = if bare { String::new() } else { header(&mut w, chapter) };
    let label = if bare { attr(&title) } else { String::new() };
    let book = draft.input.book;
    let first = |role| book.chapters.iter().position(|c| c.role == role) == Some(index);
    let mut blocks = w.blocks(&chapter.blocks);
    if first(Role::Index) {
        blocks += &super::index::Writer::new(book, draft.names).groups();
    }
    let notes = match book.notes {
        NotePlace::Foot | NotePlace::FootByPage => w.notes(&chapter.notes),
        NotePlace::Chapter => endnotes::after(&mut w, chapter),
        NotePlace::Book if first(Role::Notes) => endnotes::all(draft),
        NotePlace::Book => String::new(),
    };
    let body = format!(
        "<section id=\"{}\" class=\"{class}\"{}{}{}>\n{head}{blocks}{notes}</section>\n",
        w.chapter,
        known("epub:type", kind),
        known("role", role),
        known("aria-label", &label),
    );
    let name = chapter_title(chapter, meta);
    shell(lang(meta), &name, matter::division(chapter.division), &body)
}

fn header(w: &mut Writer, chapter: &Chapter) -> String {
    let title = w.inlines(&chapter.title);
    let number = number(chapter.number.as_deref());
    if title.is_empty() && number.is_empty() {
        return String::new();
    }
    format!("<header>\n<h1>{number}{title}</h1>\n</header>\n")
}
