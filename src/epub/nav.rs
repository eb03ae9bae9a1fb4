//! The contents page and the NCX, completed: landmarks, the list of the printed
//! edition's pages, the book's own identifier.

use super::markup::{attr, parse, text};
use super::matter;
use super::metadata::identifier;
use super::opf::{find, slice};
use super::package::{self, Draft};
use super::page::{self, lang, title};
use super::pagelist::Mark;
use crate::book::Role;
use crate::book::words::{Words, words};
use std::fmt::Write;
use usvg::roxmltree::Node;

/// `nav.xhtml`: epub-builder's list of contents, our page and landmarks.
pub(super) fn nav(
    source: &str,
    draft: &Draft,
    pages: &[(String, Mark)],
) -> Option<String> {
    let meta = &draft.input.book.meta;
    let doc = parse(source)?;
    let words = words(lang(meta));
    let list = slice(source, find(&doc, "ol"));
    let href = |kind: &str| {
        let found = doc.descendants().find(|n| {
            n.attribute(("http://www.idpf.org/2007/ops", "type")) == Some(kind)
                && n.has_tag_name(("http://www.w3.org/1999/xhtml", "a"))
        });
        found.and_then(|n| n.attribute("href"))
    };
    let record = page::record(draft.input.book).is_some();
    let known = [
        ("cover", words.cover, draft.traits.cover_page.then_some("text/cover.xhtml")),
        ("titlepage", words.title_page, Some("text/titlepage.xhtml")),
        (
            "copyright-page",
            words.copyright_page,
            record.then_some("text/copyright.xhtml"),
        ),
        ("toc", words.contents, Some("nav.xhtml#toc")),
        ("bodymatter", words.body, href("bodymatter")),
    ];
    let mut marks = String::new();
    for (kind, name, to) in known {
        let Some(to) = to else { continue };
        writeln!(
            marks,
            "<li><a epub:type=\"{kind}\" href=\"{}\">{name}</a></li>",
            attr(to)
        )
        .ok();
    }
    marks += &apparatus(draft);
    let (lang, contents) = (attr(lang(meta)), words.contents);
    let (page, list) = (package::contents(draft).rest(), list);
    let pages = page_list(pages, words);
    let face = if draft.traits.text_face { " class=\"song\"" } else { "" };
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\">\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{contents}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"frontmatter\"{face}>\n\
         <nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n{page}<h1>{contents}</h1>\n{list}\n</nav>\n\
         <nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">\n<h2>{}</h2>\n\
         <ol>\n{marks}</ol>\n</nav>\n{pages}</body>\n</html>\n",
        words.landmarks
    ))
}

/// The list of the printed edition's pages.
fn page_list(pages: &[(String, Mark)], words: &Words) -> String {
    if pages.is_empty() {
        return String::new();
    }
    let item = |(to, mark): &(String, Mark)| {
        format!("<li><a href=\"{}\">{}</a></li>\n", attr(to), text(&mark.label))
    };
    let items: String = pages.iter().map(item).collect();
    format!(
        "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" \
         hidden=\"hidden\">\n<h2>{}</h2>\n<ol>\n{items}</ol>\n</nav>\n",
        words.pages
    )
}

/// Landmarks of what readers turn to from anywhere in the book, the first of each.
fn apparatus(draft: &Draft) -> String {
    let mut out = String::new();
    let sought =
        [Role::Glossary, Role::Bibliography, Role::Notes, Role::Index, Role::Appendix];
    for role in sought {
        let book = draft.input.book;
        let Some(i) = book.chapters.iter().position(|c| c.role == role) else { continue };
        let (kind, _) = matter::kind(&book.chapters[i]);
        let name = page::chapter_title(&book.chapters[i], &book.meta);
        let stem = &draft.names.stems[i];
        writeln!(
            out,
            "<li><a epub:type=\"{kind}\" href=\"text/{stem}.xhtml\">{}</a></li>",
            text(&name)
        )
        .ok();
    }
    out
}

/// `toc.ncx`, for reading systems of EPUB 2: the book's identifier and title,
/// and how deep the contents are.
pub(super) fn ncx(
    source: &str,
    draft: &Draft,
    pages: &[(String, Mark)],
) -> Option<String> {
    let meta = &draft.input.book.meta;
    let doc = parse(source)?;
    let point = |n: &Node| n.tag_name().name() == "navPoint";
    let deep =
        doc.descendants().filter(point).map(|n| n.ancestors().filter(point).count());
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" \
         xml:lang=\"{}\">\n  <head>\n    <meta name=\"dtb:uid\" content=\"{}\"/>\n    \
         <meta name=\"dtb:depth\" content=\"{}\"/>\n    \
         <meta name=\"dtb:totalPageCount\" content=\"{}\"/>\n    \
         <meta name=\"dtb:maxPageNumber\" content=\"{}\"/>\n  </head>\n  \
         <docTitle><text>{}</text></docTitle>\n  {}\n{}</ncx>\n",
        attr(lang(meta)),
        attr(&identifier(draft.input)),
        deep.max().unwrap_or(1),
        pages.len(),
        pages.iter().filter_map(number).max().unwrap_or(0),
        text(&title(meta)),
        slice(source, find(&doc, "navMap")),
        page_targets(pages, words(lang(meta)))
    ))
}

/// The number of a page that has one in Arabic figures.
fn number(page: &(String, Mark)) -> Option<u32> {
    page.1.label.parse().ok()
}

/// The list of pages for reading systems of EPUB 2.
fn page_targets(pages: &[(String, Mark)], words: &Words) -> String {
    if pages.is_empty() {
        return String::new();
    }
    let mut out =
        format!("  <pageList>\n    <navLabel><text>{}</text></navLabel>\n", words.pages);
    for page in pages {
        let (to, Mark { label, anchor }) = page;
        let number = number(page);
        let kind = if number.is_some() { "normal" } else { "front" };
        let value = number.map_or(String::new(), |n| format!(" value=\"{n}\""));
        writeln!(
            out,
            "    <pageTarget id=\"{anchor}\" type=\"{kind}\"{value}>\
             <navLabel><text>{}</text></navLabel><content src=\"{}\"/></pageTarget>",
            text(label),
            attr(to)
        )
        .ok();
    }
    out + "  </pageList>\n"
}
