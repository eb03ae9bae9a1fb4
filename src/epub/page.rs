//! The pages that keben makes: cover, title page, copyright page, parts; and what all
//! files have in common.

use super::inline::Writer;
use super::markup::{attr, clean, text};
use super::matter;
use super::notes::Caller;
use super::package::Draft;
use super::pagelist::Breaks;
use crate::book::imprint::CopyrightPage;
use crate::book::words::{Words, words};
use crate::book::{Book, Chapter, Division, Meta, Part, Role, text::plain};
use std::fmt::Write;

/// A whole file: `body` is the inside of its body element.
pub(super) fn shell(draft: &Draft, title: &str, kind: &str, body: &str) -> String {
    let lang = attr(lang(&draft.input.book.meta));
    let title = text(title);
    // The text's face is the body's, so that a reader's choice goes over it.
    let face = if draft.traits.text_face { " class=\"song\"" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\">\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"../stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"{kind}\"{face}>\n{body}</body>\n</html>\n"
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

/// A writer for the files of a chapter.
pub(super) fn writer<'a>(draft: &Draft<'a>, chapter: usize) -> Writer<'a> {
    let book = draft.input.book;
    let lang = lang(&book.meta);
    let mut w =
        Writer::new(draft.names, (draft.pictures, draft.drawn), words(lang), lang);
    (w.chapter, w.place) = (chapter, book.notes);
    (w.math, w.vertical) = (draft.traits.math, draft.input.vertical);
    w.caller = Caller::of(draft.traits.notes, &book.chapters[chapter]);
    w
}

/// The page that shows the cover.
pub(super) fn cover(draft: &Draft, words: &Words) -> String {
    let meta = &draft.input.book.meta;
    let alt = format!("{}：{}", words.cover, title(meta));
    // doc-cover is a role of the picture, not of the page around it
    let body = format!(
        "<section epub:type=\"cover\" class=\"cover\">\n\
         <img role=\"doc-cover\" src=\"../{}\" alt=\"{}\"/>\n</section>\n",
        draft.cover.name,
        attr(&alt)
    );
    shell(draft, &title(meta), "frontmatter", &body)
}

/// The title page.
pub(super) fn titlepage(draft: &Draft, words: &Words, breaks: &mut Breaks) -> String {
    let meta = &draft.input.book.meta;
    let mut body = format!(
        "<section epub:type=\"titlepage\" class=\"titlepage\">\n{}<h1>{}</h1>\n",
        breaks.rest(),
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
    shell(draft, &title(meta), "frontmatter", &body)
}

/// What the copyright page says, without what only paper has; nothing where the
/// author made one.
pub(super) fn record(book: &Book) -> Option<CopyrightPage> {
    let own = book.chapters.iter().any(|c| c.role == Role::Copyright);
    Some(CopyrightPage::of(&book.meta, None)).filter(|page| !own && !page.is_empty())
}

/// The copyright page, where there is something to say.
pub(super) fn copyright(draft: &Draft, breaks: &mut Breaks) -> Option<String> {
    let page = record(draft.input.book)?;
    let words = words(lang(&draft.input.book.meta));
    let mut body =
        String::from("<section epub:type=\"copyright-page\" class=\"copyright\">\n");
    writeln!(body, "{}<h1>{}</h1>", breaks.rest(), words.copyright_page).ok();
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
    Some(shell(draft, words.copyright_page, "frontmatter", &body))
}

/// The page before a part.
pub(super) fn part(draft: &Draft, part: &Part, breaks: &mut Breaks) -> String {
    let number = number(part.number.as_deref());
    let body = format!(
        "<section epub:type=\"part\" role=\"doc-part\" class=\"part\">\n\
         {}<h1>{number}{}</h1>\n</section>\n",
        breaks.rest(),
        text(&part.title)
    );
    shell(draft, &part.name(), matter::division(Division::Body), &body)
}

fn number(number: Option<&str>) -> String {
    match number {
        Some(n) => format!("<span class=\"number\">{}</span> ", text(n)),
        None => String::new(),
    }
}

/// Number and title above a chapter.
pub(super) fn header(w: &mut Writer, chapter: &Chapter) -> String {
    let title = w.inlines(&chapter.title);
    let number = number(chapter.number.as_deref());
    if title.is_empty() && number.is_empty() {
        return String::new();
    }
    format!("<header>\n<h1>{number}{title}</h1>\n</header>\n")
}
