//! What the file says of itself: the book's title, and what a press must know of its
//! colours.

use crate::pdf::finish::{PRODUCER, Value, text, xmp};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use sha2::{Digest, Sha256};
use usvg::roxmltree;
use uuid::Uuid;

/// What is known of the book.
#[derive(Debug, Clone, Default, Eq, PartialEq)]
pub struct About {
    /// its title, or the file's name
    pub title: String,
    /// its authors
    pub author: Option<String>,
    /// when it was made (ISO 32000-1, 7.9.4), if that can be read
    pub date: Option<String>,
    /// whether inks are trapped: `True` or `False`
    pub trapped: Option<String>,
    /// the part of PDF/X that it follows, such as `PDF/X-4`
    pub pdfx: Option<String>,
    /// whether it is read from right to left
    pub rtl: bool,
    /// stands for the file that was read and how it was imposed
    pub digest: [u8; 16],
}

/// Longer texts are cut: they are shown in a title bar and on a label.
const LONG: usize = 400;
/// Larger packets are not read.
const PACKET: usize = 4 << 20;

impl About {
    /// Reads it from a file; `name` stands for a title that it does not have.
    pub fn of(doc: &Document, name: &str, digest: &Sha256) -> About {
        let none = Dictionary::new();
        let info = doc.trailer.get_deref(b"Info", doc).and_then(Object::as_dict);
        let info = info.unwrap_or(&none);
        let said = |key: &[u8]| {
            let value = info.get_deref(key, doc).ok()?;
            let text = lopdf::decode_text_string(value).ok()?;
            let text = text.trim_start_matches('\u{feff}').trim();
            let plain = text.chars().filter(|c| !c.is_control());
            Some(plain.take(LONG).collect::<String>()).filter(|t| !t.is_empty())
        };
        let trapped = info.get_deref(b"Trapped", doc).and_then(Object::as_name).ok();
        let trapped = trapped.filter(|t| [b"True".as_slice(), b"False"].contains(t));
        let mut half = [0; 16];
        half.copy_from_slice(&digest.clone().finalize()[..16]);
        About {
            title: said(b"Title").unwrap_or_else(|| name.to_string()),
            author: said(b"Author"),
            date: said(b"CreationDate").filter(|d| stamp(d).is_some()),
            trapped: trapped.map(|t| String::from_utf8_lossy(t).into_owned()),
            pdfx: pdfx(doc),
            rtl: rtl(doc),
            digest: half,
        }
    }
    /// Writes it, as document information and as XMP.
    pub fn write(&self, doc: &mut Document, catalog: &mut Dictionary) {
        if self.pdfx.is_some() {
            // PDF/X stands on PDF 1.6 at most (ISO 15930-7, 6.1).
            doc.version = "1.6".into();
        }
        let mut info = dictionary! {
            "Title" => text(&self.title),
            "Producer" => text(PRODUCER),
        };
        if let Some(author) = &self.author {
            info.set("Author", text(author));
        }
        if let Some(date) = &self.date {
            for key in ["CreationDate", "ModDate"] {
                info.set(key, Object::string_literal(date.as_str()));
            }
        }
        if let Some(trapped) = &self.trapped {
            info.set("Trapped", trapped.as_str());
        }
        let info = doc.add_object(info);
        doc.trailer.set("Info", info);
        let packet = xmp(&self.properties()).into_bytes();
        let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        let stream = Stream::new(dict, packet).with_compression(false);
        catalog.set("Metadata", doc.add_object(stream));
    }
    fn properties(&self) -> Vec<(&'static str, Value)> {
        let one = |s: &str| Value::Text(s.to_string());
        let mut out = vec![
            ("dc:format", one("application/pdf")),
            ("dc:title", Value::Default(self.title.clone())),
            ("pdf:Producer", one(PRODUCER)),
        ];
        if let Some(author) = &self.author {
            out.push(("dc:creator", Value::List(vec![author.clone()])));
        }
        if let Some(date) = self.date.as_deref().and_then(stamp) {
            let keys = ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"];
            out.extend(keys.map(|key| (key, one(&date))));
        }
        if let Some(trapped) = &self.trapped {
            out.push(("pdf:Trapped", one(trapped)));
        }
        if let Some(part) = &self.pdfx {
            let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &self.digest);
            out.extend([
                ("pdfxid:GTS_PDFXVersion", one(part)),
                ("xmpMM:DocumentID", one(&format!("uuid:{id}"))),
                ("xmpMM:VersionID", one("1")),
                ("xmpMM:RenditionClass", one("default")),
            ]);
        }
        out
    }
}

/// A date of PDF as XMP has it: `D:20260131120000+08'00'`, cut off anywhere after the
/// year.
fn stamp(date: &str) -> Option<String> {
    let date = date.strip_prefix("D:").unwrap_or(date);
    let end = date.find(|c: char| !c.is_ascii_digit()).unwrap_or(date.len());
    let (digits, zone) = date.split_at(end);
    let part = |from: usize, len: usize, low: u32, high: u32| match digits.get(from..) {
        None | Some("") => Some(low),
        Some(d) => {
            let n = d.get(..len)?.parse().ok()?;
            (low..=high).contains(&n).then_some(n)
        }
    };
    if digits.len() < 4 {
        return None;
    }
    let year = part(0, 4, 0, 9999)?;
    let (month, day) = (part(4, 2, 1, 12)?, part(6, 2, 1, 31)?);
    let (hour, minute, second) =
        (part(8, 2, 0, 23)?, part(10, 2, 0, 59)?, part(12, 2, 0, 59)?);
    let offset: String = zone.chars().filter(char::is_ascii_digit).collect();
    let sign = zone.chars().next().filter(|c| matches!(c, '+' | '-'));
    let zone = match (sign, offset.get(..2), offset.get(2..4)) {
        (Some(sign), Some(h), m) => format!("{sign}{h}:{}", m.unwrap_or("00")),
        (None, _, _) | (Some(_), None, _) => "Z".into(),
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// What the file's XMP says of PDF/X, as an element or an attribute.
fn pdfx(doc: &Document) -> Option<String> {
    const SPACE: &str = "http://www.npes.org/pdfx/ns/id/";
    const NAME: &str = "GTS_PDFXVersion";
    let stream =
        doc.catalog().ok()?.get_deref(b"Metadata", doc).ok()?.as_stream().ok()?;
    let packet = stream.get_plain_content_with_limit(PACKET).ok()?;
    let packet = String::from_utf8(packet).ok()?;
    let xml = roxmltree::Document::parse(packet.trim_start_matches('\u{feff}')).ok()?;
    let found = xml.descendants().find_map(|n| match n.has_tag_name((SPACE, NAME)) {
        true => n.text(),
        false => n.attribute((SPACE, NAME)),
    });
    let known = ["PDF/X-4", "PDF/X-4p", "PDF/X-3:2003", "PDF/X-1a:2003", "PDF/X-1:2001"];
    let found = found?.trim();
    known.contains(&found).then(|| found.to_string())
}

fn rtl(doc: &Document) -> bool {
    let said = doc.catalog().and_then(|c| c.get_deref(b"ViewerPreferences", doc));
    let said =
        said.and_then(Object::as_dict).and_then(|v| v.get_deref(b"Direction", doc));
    said.and_then(Object::as_name).is_ok_and(|d| d == b"R2L")
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        let say = |s| stamp(s).unwrap_or_default();
        assert_eq!(say("D:20260131120059+08'00'"), "2026-01-31T12:00:59+08:00");
        assert_eq!(say("D:20260131000000Z"), "2026-01-31T00:00:00Z");
        assert_eq!(say("D:2026"), "2026-01-01T00:00:00Z");
        for bad in ["", "D:", "yesterday", "D:20261301", "D:2026013199", "D:202"] {
            assert_eq!(stamp(bad), None, "{bad}");
        }
    }
}
