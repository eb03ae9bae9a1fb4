//! What the package says of the book (EPUB 3.3, 5.5 and D.3).

use super::Input;
use super::access;
use super::markup::{clean, text};
use super::package::{Draft, Raw};
use super::page::{lang, title};
use crate::book::Meta;
use std::fmt::Write;

/// Lines of metadata; an empty text makes none.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// the lines so far
    pub(super) out: String,
}

impl Lines {
    /// An element of Dublin Core; whether there is one.
    fn dc(&mut self, name: &str, id: &str, value: &str) -> bool {
        let value = clean(value);
        let value = value.trim();
        if !value.is_empty() {
            let id = if id.is_empty() { String::new() } else { format!(" id=\"{id}\"") };
            writeln!(self.out, "    <dc:{name}{id}>{}</dc:{name}>", text(value)).ok();
        }
        !value.is_empty()
    }
    /// A property of the book.
    pub(super) fn meta(&mut self, property: &str, value: &str) {
        let value = text(&clean(value));
        writeln!(self.out, "    <meta property=\"{property}\">{value}</meta>").ok();
    }
    /// A property of an element; `scheme` says whose words its value is in.
    fn refine(&mut self, id: &str, property: &str, scheme: &str, value: &str) {
        let scheme = match scheme {
            "" => String::new(),
            scheme => format!(" scheme=\"{scheme}\""),
        };
        let value = text(&clean(value));
        writeln!(
            self.out,
            "    <meta refines=\"#{id}\" property=\"{property}\"{scheme}>{value}</meta>"
        )
        .ok();
    }
    /// How a name is sorted, where the author says so.
    fn sort_as(&mut self, meta: &Meta, id: &str, name: &str) {
        if let Some(sorted) = meta.catalogue.sort_as.get(name.trim()) {
            self.refine(id, "file-as", "", sorted);
        }
    }
}

/// The book's identifier, or one made from its title. The ISBN of the printed edition
/// is not that of an edition beside it.
pub(super) fn identifier(input: &Input) -> String {
    let meta = &input.book.meta;
    let given = clean(&meta.identifier).trim().to_string();
    let beside = input.paging.is_some() || input.isbn.is_some();
    let of_print = beside && print_isbn(meta).as_deref() == Some(&given);
    if !given.is_empty() && !of_print {
        return given;
    }
    let seed = match given.is_empty() {
        true => format!("{}\n{}", meta.title, meta.authors.join("\n")),
        false => given,
    };
    let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, seed.as_bytes());
    format!("urn:uuid:{id}")
}

/// The ISBN of the book as printed, as a URN (RFC 3187).
fn print_isbn(meta: &Meta) -> Option<String> {
    let digits = meta.imprint.isbn.as_ref()?.replace(['-', ' '], "");
    Some(format!("urn:isbn:{digits}"))
}

/// The metadata of a package.
pub(super) fn metadata(draft: &Draft, raw: &Raw, modified: &str) -> String {
    let input = draft.input;
    let meta = &input.book.meta;
    let mut lines = Lines::default();
    lines.dc("identifier", "book-id", &identifier(input));
    if let Some(isbn) = input.isbn {
        lines.dc("identifier", "isbn", &format!("urn:isbn:{isbn}"));
        // ONIX code list 5: 15 is an ISBN-13, 02 an ISBN-10.
        let kind = if isbn.len() == 13 { "15" } else { "02" };
        lines.refine("isbn", "identifier-type", "onix:codelist5", kind);
    }
    titles(meta, &mut lines);
    lines.dc("language", "", lang(meta));
    people(meta, &mut lines);
    let optional = [
        ("publisher", &meta.publisher),
        ("date", &meta.date),
        ("description", &meta.description),
        ("rights", &meta.rights),
    ];
    for (name, value) in optional {
        lines.dc(name, "", value.as_deref().unwrap_or_default());
    }
    meta.subjects.iter().for_each(|s| {
        lines.dc("subject", "", s);
    });
    series(meta, &mut lines);
    lines.dc("source", "", meta.catalogue.source.as_deref().unwrap_or_default());
    if !raw.pages.is_empty() {
        pages(meta, &mut lines);
    }
    lines.meta("dcterms:modified", modified);
    lines.out += "    <meta name=\"cover\" content=\"cover-image\"/>\n";
    if input.vertical {
        // Kindle looks for it here.
        lines.out +=
            "    <meta name=\"primary-writing-mode\" content=\"vertical-rl\"/>\n";
    }
    if draft.traits.specified_fonts && !draft.fonts.is_empty() {
        lines.meta("ibooks:specified-fonts", "true");
    }
    access::say(draft, raw, &mut lines);
    lines.out
}

fn titles(meta: &Meta, lines: &mut Lines) {
    let subtitle = meta.subtitle.clone().unwrap_or_default();
    let all = [("main", "title-1", title(meta)), ("subtitle", "title-2", subtitle)];
    for (n, (kind, id, name)) in (1..).zip(&all) {
        if lines.dc("title", id, name) {
            lines.refine(id, "title-type", "", kind);
            lines.refine(id, "display-seq", "", &format!("{n}"));
            lines.sort_as(meta, id, name);
        }
    }
}

/// Authors, then who else made the book, with their roles.
fn people(meta: &Meta, lines: &mut Lines) {
    let authors = meta.authors.iter().map(|a| ("creator", "aut", a));
    let makers = meta.catalogue.makers.iter();
    let makers = makers.map(|(m, name)| ("contributor", m.relator(), name));
    for (n, (element, role, name)) in (1..).zip(authors.chain(makers)) {
        let id = format!("person-{n}");
        if lines.dc(element, &id, name) {
            lines.refine(&id, "role", "marc:relators", role);
            lines.refine(&id, "display-seq", "", &format!("{n}"));
            lines.sort_as(meta, &id, name);
        }
    }
}

fn series(meta: &Meta, lines: &mut Lines) {
    let Some(series) = &meta.catalogue.series else { return };
    let name = text(&clean(series));
    writeln!(
        lines.out,
        "    <meta property=\"belongs-to-collection\" id=\"series\">{name}</meta>"
    )
    .ok();
    lines.refine("series", "collection-type", "", "series");
    if let Some(number) = &meta.catalogue.series_number {
        lines.refine("series", "group-position", "", number);
    }
    lines.sort_as(meta, "series", series);
}

/// Which printed edition the page numbers are those of (EPUB Accessibility 1.1, 4.1.2);
/// one without an ISBN is described.
fn pages(meta: &Meta, lines: &mut Lines) {
    let described = || {
        let parts = [Some(title(meta)), meta.publisher.clone(), meta.date.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let source = print_isbn(meta).unwrap_or_else(described);
    lines.dc("source", "print", &source);
    lines.refine("print", "source-of", "", "pagination");
    lines.meta("pageBreakSource", &source);
}
