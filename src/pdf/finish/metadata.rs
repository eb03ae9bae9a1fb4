//! Title, authors and dates of the file.

use super::text;
use crate::pdf::Input;
use lopdf::{Document, Object, dictionary};

pub(super) fn info(doc: &mut Document, input: &Input<'_>) {
    let meta = &input.book.meta;
    let date = Object::string_literal(date(input.timestamp));
    let mut info = dictionary! {
        "Title" => text(&meta.title),
        "Producer" => text(concat!("keben ", env!("CARGO_PKG_VERSION"))),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    if !meta.authors.is_empty() {
        info.set("Author", text(&meta.authors.join("; ")));
    }
    if let Some(description) = &meta.description {
        info.set("Subject", text(description));
    }
    let id = doc.add_object(info);
    doc.trailer.set("Info", id);
}

/// A date of the file (ISO 32000-1, 7.9.4), in UTC.
fn date(timestamp: i64) -> String {
    let date = chrono::DateTime::from_timestamp(timestamp, 0).unwrap_or_default();
    date.format("D:%Y%m%d%H%M%SZ").to_string()
}
