//! `[book]`: what a catalogue would want to know.

use super::catalogue;
use super::imprint;
use super::section::{Given, Section};
use crate::book::number::Numbering;
use crate::book::sections::Sections;
use crate::book::{Meta, NotePlace, lang};
use crate::source::Span;
use uuid::Uuid;

/// The section, read.
pub(super) struct BookSection {
    pub(super) meta: Meta,
    pub(super) slug: String,
    pub(super) src: String,
    pub(super) theme: Option<Given<String>>,
    pub(super) numbering: Numbering,
    pub(super) sections: Sections,
    pub(super) notes: NotePlace,
    pub(super) sort_glossary: bool,
    pub(super) front_cover: Option<(String, Span)>,
}

const NUMBERINGS: &[(&str, Numbering)] = &[
    ("chinese", Numbering::Han),
    ("arabic", Numbering::Arabic),
    ("none", Numbering::None),
];

const SECTIONS: &[(&str, Sections)] = &[
    ("none", Sections::None),
    ("arabic", Sections::Decimal),
    ("chinese", Sections::Han),
];
const NOTES: &[(&str, NotePlace)] = &[
    ("page", NotePlace::Foot),
    ("chapter", NotePlace::Chapter),
    ("book", NotePlace::Book),
];
/// Where the numbers of notes begin again: whether on each page.
const NOTE_NUMBERS: &[(&str, bool)] = &[("chapter", false), ("page", true)];

/// Reads the section; `fallback` is the title of a book that names none.
pub(super) fn read(s: &mut Section, fallback: &str) -> BookSection {
    let title = s.string("title").map_or_else(|| fallback.to_string(), |g| g.value);
    let mut authors = s.strings("authors");
    authors.extend(s.strings("author"));
    let lang = s.string("language").and_then(|g| language(&g, s));
    let isbn = s.text_of("isbn").and_then(|g| isbn(g, s));
    let identifier = identifier(s, isbn.as_ref(), &title, &authors);
    let given_slug = s.string("slug").map(|g| g.value);
    let slug = slug(given_slug.as_deref().unwrap_or(&title));
    // mdBook's own keys
    s.skip("multilingual");
    s.skip("text-direction");
    let meta = Meta {
        title,
        authors,
        identifier,
        lang: lang.unwrap_or_else(|| "zh-Hans-CN".into()),
        subtitle: s.string("subtitle").map(|g| g.value),
        publisher: s.string("publisher").map(|g| g.value),
        date: s.date("date"),
        description: s.string("description").map(|g| g.value),
        rights: s.string("rights").map(|g| g.value),
        subjects: s.strings("subjects"),
        imprint: imprint::read(s, isbn.map(|i| i.printed)),
        catalogue: catalogue::read(s),
    };
    let numbering = s.choice("chapter-number", NUMBERINGS).map(|g| g.value);
    let numbering = numbering.unwrap_or_else(|| Numbering::of(&meta.lang));
    let sections = s.choice("section-numbers", SECTIONS).map(|g| g.value);
    let notes = s.choice("notes", NOTES).map(|g| g.value).unwrap_or_default();
    let by_page = s.choice("note-numbers", NOTE_NUMBERS).is_some_and(|g| g.value);
    let notes = match notes {
        NotePlace::Foot if by_page => NotePlace::FootByPage,
        NotePlace::Foot
        | NotePlace::FootByPage
        | NotePlace::Chapter
        | NotePlace::Book => notes,
    };
    let sort_glossary = s.boolean("sort-glossary").unwrap_or(false);
    let src = s.string("src").map_or_else(|| ".".into(), |g| g.value);
    let theme = s.string("theme");
    let front_cover = s.string("cover").map(|g| (g.value, g.span));
    s.finish();
    let sections = sections.unwrap_or_default();
    BookSection {
        meta,
        slug,
        src,
        theme,
        numbering,
        sections,
        notes,
        sort_glossary,
        front_cover,
    }
}

/// A tag with its script, where it is a short one that mdBook's books carry.
pub(super) fn full(tag: &str) -> String {
    match tag {
        "zh" | "zh-CN" => "zh-Hans-CN",
        "zh-TW" => "zh-Hant-TW",
        "zh-HK" => "zh-Hant-HK",
        other => other,
    }
    .to_string()
}

/// A BCP 47 tag.
fn language(given: &Given<String>, s: &mut Section) -> Option<String> {
    if let Some(tag) = lang::tag(&given.value) {
        return Some(full(&tag));
    }
    let message = format!("`{}` is no language tag", given.value);
    s.reject(
        given.span,
        message,
        "allowed is such as `zh-Hans-CN`, `zh-Hant-TW`, `ja`, `en`",
    );
    None
}

fn all(text: &str, test: impl Fn(char) -> bool) -> bool {
    text.chars().all(|c| c.is_ascii() && test(c))
}

fn identifier(
    s: &mut Section,
    isbn: Option<&Isbn>,
    title: &str,
    authors: &[String],
) -> String {
    let given = s.string("identifier").map(|g| g.value);
    let isbn = isbn.map(|i| format!("urn:isbn:{}", i.digits));
    given.or(isbn).unwrap_or_else(|| derived_identifier(title, authors))
}

/// A name made of title and authors alone, so that every build and every
/// machine gives the same book the same one (RFC 9562, version 5).
fn derived_identifier(title: &str, authors: &[String]) -> String {
    let space = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"keben");
    let name = format!("{title}\n{}", authors.join("\n"));
    Uuid::new_v5(&space, name.as_bytes()).urn().to_string()
}

/// A number that was given.
pub(super) struct Isbn {
    pub(super) digits: String,
    /// with the hyphens that were given
    printed: String,
}

/// An ISBN with a right check digit.
pub(super) fn isbn(given: Given<String>, s: &mut Section) -> Option<Isbn> {
    let text = given.value.to_ascii_uppercase();
    let text = text.strip_prefix("URN:ISBN:").unwrap_or(&text);
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    if good_isbn(&digits) {
        return Some(Isbn { digits, printed: text.to_string() });
    }
    let message = format!("`{}` is no ISBN", given.value);
    s.reject(
        given.span,
        message,
        "13 or 10 digits are needed, the last a right check digit",
    );
    None
}

/// ISO 2108: weights 1 and 3 modulo 10, and of old 10 down to 1 modulo 11.
fn good_isbn(text: &str) -> bool {
    let last = text.len().saturating_sub(1);
    let digit = |(i, c): (usize, char)| match c {
        'X' if text.len() == 10 && i == last => Some(10),
        _ => c.to_digit(10),
    };
    let Some(d) = text.chars().enumerate().map(digit).collect::<Option<Vec<u32>>>()
    else {
        return false;
    };
    let sum = |weight: &dyn Fn(u32) -> u32| -> u32 {
        (0u32..).zip(&d).map(|(i, n)| weight(i) * n).sum()
    };
    match d.len() {
        13 => sum(&|i| 1 + i % 2 * 2).is_multiple_of(10),
        10 => sum(&|i| 10 - i).is_multiple_of(11),
        _ => false,
    }
}

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A file name that every file system takes: letters and digits of any script,
/// everything else a hyphen.
fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().take(400) {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    // Most file systems take 255 bytes for a name; an edition's name and an
    // extension come after this.
    let out: String = out.trim_matches('-').chars().take(80).collect();
    let mut out = out.trim_matches('-').to_string();
    while out.len() > 180 {
        out.pop();
    }
    let lower = out.to_ascii_lowercase();
    let numbered = |p: &str| {
        lower.strip_prefix(p).is_some_and(|n| n.len() == 1 && all(n, char::is_numeric))
    };
    if DEVICES.contains(&lower.as_str()) || numbered("com") || numbered("lpt") {
        out.insert_str(0, "book-");
    }
    if out.is_empty() { "book".into() } else { out }
}
