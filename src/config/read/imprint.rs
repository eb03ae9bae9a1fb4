//! `[book.credits]`, `[book.imprint]` and `cip`: the copyright page.

use super::section::Section;
use crate::book::Imprint;

/// Reads the tables inside `[book]`.
pub(super) fn read(book: &mut Section, isbn: Option<String>) -> Imprint {
    let cip = book.lines("cip");
    let credits = credits(&mut book.below("credits", "book.credits"));
    let mut s = book.below("imprint", "book.imprint");
    let mut text = |key| s.text_of(key).map(|g| g.value);
    let mut imprint = Imprint {
        copyright: text("copyright"),
        address: text("address"),
        postcode: text("postcode"),
        phone: text("phone"),
        url: text("url"),
        printer: text("printer"),
        distributor: text("distributor"),
        format: text("format"),
        sheets: text("sheets"),
        count: text("words"),
        print_run: text("print-run"),
        price: text("price"),
        cip,
        credits,
        isbn,
        ..Imprint::default()
    };
    let mut number = |key| s.integer_in(key, 1..=9999).map(|g| g.value as u32);
    imprint.edition = number("edition");
    imprint.printing = number("printing");
    imprint.edition_date = s.date("edition-date");
    imprint.printing_date = s.date("printing-date");
    s.finish();
    imprint
}

/// Labels are the author's, so every key is known.
fn credits(s: &mut Section) -> Vec<(String, String)> {
    let mut out = vec![];
    for (key, value) in s.entries() {
        let names = s.names(value);
        if !names.is_empty() && !key.value.trim().is_empty() {
            out.push((super::section::one_line(key.value), names.join("\u{3000}")));
        }
    }
    out
}
