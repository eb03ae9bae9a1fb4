//! `[book]`: what a catalogue is told beside title and authors.

use super::section::{Section, one_line};
use crate::book::catalogue::{Catalogue, Maker};

const MAKERS: [(&str, Maker); 3] = [
    ("translators", Maker::Translator),
    ("editors", Maker::Editor),
    ("illustrators", Maker::Illustrator),
];

/// Reads these keys.
pub(super) fn read(book: &mut Section) -> Catalogue {
    let mut makers = vec![];
    for (key, maker) in MAKERS {
        makers.extend(book.strings(key).into_iter().map(|name| (maker, name)));
    }
    let mut text = |key| book.text_of(key).map(|g| g.value);
    let (series, source) = (text("series"), text("source"));
    let certified_by = text("certified-by");
    let series_number = number(book);
    if series_number.is_some() && series.is_none() {
        let hint = "such as `series = \"史料丛刊\"`";
        book.reject_here("`series-number` needs a `series`", hint);
    }
    let sort_as = sorted(&mut book.below("sort-as", "book.sort-as"));
    Catalogue { makers, sort_as, series, series_number, source, certified_by }
}

/// A number, or several with points between (EPUB 3.3, D.3: group-position).
fn number(book: &mut Section) -> Option<String> {
    let given = book.text_of("series-number")?;
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    if given.value.split('.').all(digits) {
        return Some(given.value);
    }
    let message = format!("`{}` is no number in a series", given.value);
    book.reject(given.span, message, "allowed is such as `3` or `2.1`");
    None
}

/// Names are the author's, so every key is known.
fn sorted(s: &mut Section) -> std::collections::BTreeMap<String, String> {
    let mut out = std::collections::BTreeMap::new();
    for (key, value) in s.entries() {
        let name = s.names(value).into_iter().next();
        out.extend(name.map(|name| (one_line(key.value), name)));
    }
    out
}
