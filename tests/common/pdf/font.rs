//! A file's fonts: advances, the text of glyphs, and their ink.

use super::ink::{Ink, Program, advances, measure};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A composite font [9.7] whose strings hold two bytes for each glyph.
#[derive(Debug)]
pub(crate) struct Font {
    /// PostScript name, without the tag of a subset
    pub(crate) name: String,
    /// that tag
    pub(crate) tag: String,
    /// whether it has Han: marks in it stand in the frames of Chinese marks
    pub(crate) han: bool,
    widths: BTreeMap<u16, f64>,
    usual: f64,
    texts: BTreeMap<u16, String>,
    inks: Vec<Option<Ink>>,
    advances: Vec<Option<f64>>,
}

impl Font {
    /// Advance, in em.
    pub(crate) fn width(&self, code: u16) -> f64 {
        self.widths.get(&code).unwrap_or(&self.usual) / 1000.0
    }
    /// What `ToUnicode` says; nothing for a glyph without text.
    pub(crate) fn text(&self, code: u16) -> &str {
        self.texts.get(&code).map_or("", String::as_str)
    }
    /// The advance that the font program itself has, in em.
    pub(crate) fn advance(&self, code: u16) -> Option<f64> {
        *self.advances.get(usize::from(code))?
    }
    pub(crate) fn ink(&self, code: u16) -> Option<&Ink> {
        self.inks.get(usize::from(code))?.as_ref()
    }
}

/// The fonts read so far, by the place of their dictionaries.
#[derive(Default)]
pub(crate) struct Fonts(BTreeMap<*const Dictionary, Arc<Font>>);

impl Fonts {
    pub(crate) fn get(&mut self, doc: &Document, dict: &Dictionary) -> Arc<Font> {
        let known = self.0.entry(std::ptr::from_ref(dict));
        known.or_insert_with(|| Arc::new(read(doc, dict))).clone()
    }
}

fn name(dict: &Dictionary, key: &[u8]) -> String {
    let name = dict.get(key).and_then(Object::as_name).unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

fn read(doc: &Document, dict: &Dictionary) -> Font {
    assert_eq!(name(dict, b"Subtype"), "Type0", "only composite fonts are read");
    assert_eq!(name(dict, b"Encoding"), "Identity-H", "codes are glyph numbers");
    let list = dict.get_deref(b"DescendantFonts", doc).and_then(Object::as_array);
    let inner = list.expect("descendants").first().expect("a descendant");
    let inner = doc.dereference(inner).and_then(|(_, o)| o.as_dict()).expect("a font");
    let map = inner.get(b"CIDToGIDMap").and_then(Object::as_name);
    assert!(map.is_err() || map.is_ok_and(|m| m == b"Identity"), "no other map");
    let texts = texts(doc, dict);
    let base = name(dict, b"BaseFont");
    let last = texts.keys().last().copied().unwrap_or_default();
    let widths = widths(doc, inner);
    let last = last.max(widths.keys().last().copied().unwrap_or_default());
    let (tag, name) = base.split_once('+').unwrap_or(("", &base));
    let program = program(doc, inner);
    let codes = last.saturating_add(1);
    Font {
        name: name.to_string(),
        tag: tag.to_string(),
        han: texts
            .values()
            .any(|t| t.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))),
        usual: inner.get(b"DW").and_then(Object::as_float).map_or(1000.0, f64::from),
        inks: measure(&program, codes),
        advances: advances(&program, codes),
        widths,
        texts,
    }
}

/// `W`: `c [w …]` or `from to w` [9.7.4.3].
fn widths(doc: &Document, inner: &Dictionary) -> BTreeMap<u16, f64> {
    let mut out = BTreeMap::new();
    let Ok(list) = inner.get_deref(b"W", doc).and_then(Object::as_array) else {
        return out;
    };
    let code = |o: &Object| o.as_i64().expect("a code") as u16;
    let width = |o: &Object| f64::from(o.as_float().expect("a width"));
    let mut rest = list.as_slice();
    while let [first, second, ..] = rest {
        if let Ok(row) = doc.dereference(second).and_then(|(_, o)| o.as_array()) {
            out.extend((code(first)..).zip(row.iter().map(width)));
            rest = &rest[2..];
        } else {
            let same = width(rest.get(2).expect("a width for a range"));
            out.extend((code(first)..=code(second)).map(|c| (c, same)));
            rest = &rest[3..];
        }
    }
    out
}

/// `ToUnicode` [9.10.3]: a CMap has, but for its comments, the syntax of a
/// content stream: operands before operators.
fn texts(doc: &Document, dict: &Dictionary) -> BTreeMap<u16, String> {
    let mut out = BTreeMap::new();
    let stream = dict.get_deref(b"ToUnicode", doc).and_then(Object::as_stream);
    // A font that lacks it is a fault for those who look for it.
    let Ok(stream) = stream else { return out };
    let data = stream.get_plain_content().expect("its text");
    let lines = data.split(|b| *b == b'\n').filter(|l| !l.starts_with(b"%"));
    let plain = lines.collect::<Vec<_>>().join(&b'\n');
    for op in Content::decode_strict(&plain).expect("a CMap").operations {
        match op.operator.as_str() {
            "endbfchar" => op.operands.chunks_exact(2).for_each(|p| {
                out.insert(code(&p[0]), utf16(&p[1]));
            }),
            "endbfrange" => op.operands.chunks_exact(3).for_each(|p| range(p, &mut out)),
            _ => {}
        }
    }
    out
}

fn range(part: &[Object], out: &mut BTreeMap<u16, String>) {
    let codes = code(&part[0])..=code(&part[1]);
    if let Ok(list) = part[2].as_array() {
        return out.extend(codes.zip(list.iter().map(utf16)));
    }
    let mut bytes = part[2].as_str().expect("a text").to_vec();
    for c in codes {
        out.insert(c, utf16_bytes(&bytes));
        // Only the last byte counts on.
        bytes.last_mut().into_iter().for_each(|b| *b = b.wrapping_add(1));
    }
}

fn code(o: &Object) -> u16 {
    let bytes = o.as_str().expect("a code");
    bytes.iter().fold(0, |n, b| n << 8 | u16::from(*b))
}

fn utf16(o: &Object) -> String {
    utf16_bytes(o.as_str().expect("a text"))
}

/// Big-endian UTF-16, with or without its mark.
pub(crate) fn utf16_bytes(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(&[0xfe, 0xff]).unwrap_or(bytes);
    let units = bytes.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

fn program(doc: &Document, inner: &Dictionary) -> Program {
    let descriptor = inner.get_deref(b"FontDescriptor", doc).and_then(Object::as_dict);
    let descriptor = descriptor.expect("a descriptor");
    let file = |key: &[u8]| {
        let stream = descriptor.get_deref(key, doc).and_then(Object::as_stream).ok()?;
        stream.get_plain_content().ok()
    };
    match file(b"FontFile2") {
        Some(data) => Program::TrueType(data),
        None => Program::Cff(file(b"FontFile3").expect("an embedded font")),
    }
}
