//! Title, authors and dates of the file, twice: as document information (ISO
//! 32000-1, 14.3.3) and as XMP (14.3.2). Both say the same.

use super::text;
use super::xmp::{Value, xmp};
use crate::config::Medium;
use crate::pdf::Input;
use chrono::{DateTime, Utc};
use lopdf::{Document, Object, Stream, dictionary};

/// Who made the file.
pub const PRODUCER: &str = concat!("keben ", env!("CARGO_PKG_VERSION"));

pub(super) fn metadata(
    doc: &mut Document,
    input: &Input<'_>,
) -> Result<(), lopdf::Error> {
    info(doc, input);
    let content = xmp(&properties(input)).into_bytes();
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Archives read it without a decoder (ISO 19005-2, 6.6.2.1).
    let stream = Stream::new(dict, content).with_compression(false);
    let id = doc.add_object(stream);
    doc.catalog_mut()?.set("Metadata", id);
    Ok(())
}

fn info(doc: &mut Document, input: &Input<'_>) {
    let meta = &input.book.meta;
    let date = date(input.timestamp).format("D:%Y%m%d%H%M%SZ").to_string();
    let date = Object::string_literal(date);
    let mut info = dictionary! {
        "Title" => text(&meta.title),
        "Producer" => text(PRODUCER),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    };
    if !meta.authors.is_empty() {
        info.set("Author", text(&meta.authors.join("; ")));
    }
    if !meta.subjects.is_empty() {
        info.set("Keywords", text(&meta.subjects.join(", ")));
    }
    if let Some(description) = &meta.description {
        info.set("Subject", text(description));
    }
    if input.press.is_some() {
        info.set("Trapped", "False");
    }
    let id = doc.add_object(info);
    doc.trailer.set("Info", id);
}

/// What XMP says.
fn properties(input: &Input<'_>) -> Vec<(&'static str, Value)> {
    let meta = &input.book.meta;
    let one = |s: &str| Value::Text(s.to_string());
    let date = date(input.timestamp).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut out = vec![
        ("dc:format", one("application/pdf")),
        ("dc:title", Value::Default(meta.title.clone())),
        ("dc:language", Value::Bag(vec![meta.lang.clone()])),
        ("dc:identifier", one(&meta.identifier)),
        ("xmp:CreateDate", one(&date)),
        ("xmp:ModifyDate", one(&date)),
        ("xmp:MetadataDate", one(&date)),
        ("pdf:Producer", one(PRODUCER)),
    ];
    if !meta.authors.is_empty() {
        out.push(("dc:creator", Value::List(meta.authors.clone())));
    }
    let publisher = meta.publisher.clone().map(|p| Value::Bag(vec![p]));
    out.extend(publisher.map(|p| ("dc:publisher", p)));
    let description = meta.description.clone().map(Value::Default);
    out.extend(description.map(|d| ("dc:description", d)));
    let rights = meta.rights.clone().map(Value::Default);
    out.extend(rights.map(|r| ("dc:rights", r)));
    if !meta.subjects.is_empty() {
        out.push(("dc:subject", Value::Bag(meta.subjects.clone())));
        out.push(("pdf:Keywords", one(&meta.subjects.join(", "))));
    }
    match input.medium {
        Medium::Screen => out.extend([
            ("pdfaid:part", one("2")),
            ("pdfaid:conformance", one("A")),
            ("pdfuaid:part", one("1")),
        ]),
        Medium::Print => out.extend(printed(input)),
    }
    out
}

/// What PDF/X-4 asks for (ISO 15930-7, 6.3): which file this is among others of the
/// same book.
fn printed(input: &Input<'_>) -> Vec<(&'static str, Value)> {
    let Some(press) = &input.press else { return vec![] };
    let one = |s: &str| Value::Text(s.to_string());
    let meta = &input.book.meta;
    let name = format!("{} {} {}", meta.identifier, press.edition, input.timestamp);
    let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes());
    vec![
        ("xmpMM:DocumentID", Value::Text(id.urn().to_string())),
        ("xmpMM:VersionID", one("1")),
        ("xmpMM:RenditionClass", one("default")),
        ("pdf:Trapped", one("False")),
        ("pdfxid:GTS_PDFXVersion", one("PDF/X-4")),
    ]
}

/// The time of the file, in UTC.
fn date(timestamp: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(timestamp, 0).unwrap_or_default()
}
