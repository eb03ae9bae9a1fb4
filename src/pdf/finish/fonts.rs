//! What font descriptors say of faces (ISO 32000-1, 9.8): what a reader that cannot
//! use the font itself goes by.

use crate::font::Face;
use crate::pdf::contents::Deflater;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rayon::prelude::*;
use skrifa::raw::TableProvider;
use std::collections::BTreeMap;

const FIXED_PITCH: i64 = 1;
const SERIF: i64 = 1 << 1;
/// Glyphs beyond the standard Latin ones.
const SYMBOLIC: i64 = 1 << 2;
const ITALIC: i64 = 1 << 6;

/// Completes the descriptors of faces, by the names that these have in the file.
pub(super) fn descriptors(doc: &mut Document, faces: &BTreeMap<String, &Face>) {
    let descriptors = doc.objects.values_mut().filter_map(|o| o.as_dict_mut().ok());
    for dict in descriptors.filter(|d| d.has_type(b"FontDescriptor")) {
        let name = dict.get(b"FontName").and_then(Object::as_name).unwrap_or_default();
        let name = String::from_utf8_lossy(name);
        if let Some(face) = faces.get(name.as_ref()) {
            describe(dict, face);
        }
    }
}

/// Deflates the programs of fonts, many side by side, unless they are known by the
/// fonts' names.
pub(super) fn programs(
    doc: &mut Document,
    known: &mut BTreeMap<String, Stream>,
) -> Result<(), String> {
    let descriptors = doc.objects.values().filter_map(|o| o.as_dict().ok());
    let descriptors = descriptors.filter(|d| d.has_type(b"FontDescriptor"));
    let program = |dict: &Dictionary| {
        let name = dict.get(b"FontName").and_then(Object::as_name).ok()?;
        let mut files = [&b"FontFile2"[..], b"FontFile3"].into_iter();
        let id = files.find_map(|key| dict.get(key).ok()?.as_reference().ok())?;
        Some((String::from_utf8_lossy(name).into_owned(), id))
    };
    let found: Vec<(String, ObjectId)> = descriptors.filter_map(program).collect();
    let taken = |(name, id): (String, ObjectId)| match doc.objects.remove(&id) {
        Some(Object::Stream(stream)) => Ok((name, id, stream)),
        Some(_) | None => Err(format!("the program of {name} is not there")),
    };
    let found: Result<Vec<_>, String> = found.into_iter().map(taken).collect();
    let deflated = |(name, id, mut stream): (String, ObjectId, Stream)| {
        if let Some(known) = known.get(&name) {
            return Ok((name, id, known.clone()));
        }
        Deflater::quick().deflate(&mut stream)?;
        Ok((name, id, stream))
    };
    let done: Result<Vec<_>, String> = found?.into_par_iter().map(deflated).collect();
    known.clear();
    for (name, id, stream) in done? {
        doc.objects.insert(id, stream.clone().into());
        known.insert(name, stream);
    }
    Ok(())
}

fn describe(dict: &mut Dictionary, face: &Face) {
    let em = |x: f64| (x * 1000.0 / f64::from(face.upem)).round() as i64;
    let Ok(read) = skrifa::FontRef::from_index(&face.data, face.index) else { return };
    let upright = skrifa::MetadataProvider::metrics(
        &read,
        skrifa::instance::Size::unscaled(),
        skrifa::instance::LocationRef::default(),
    );
    if let Some(cap) = upright.cap_height {
        dict.set("CapHeight", em(cap.into()));
    }
    if let Some(x) = upright.x_height {
        dict.set("XHeight", em(x.into()));
    }
    let slant = f64::from(upright.italic_angle).round() as i64;
    dict.set("ItalicAngle", slant);
    // The frame of a Han character, not the room that lines of mixed text need.
    if let Ok(os2) = read.os2() {
        dict.set("Ascent", em(os2.s_typo_ascender().into()));
        dict.set("Descent", em(os2.s_typo_descender().into()));
        dict.set(
            "FontWeight",
            i64::from(os2.us_weight_class().clamp(100, 900)) / 100 * 100,
        );
    }
    dict.set("Flags", flags(face, &read, upright.is_monospace));
}

fn flags(face: &Face, read: &skrifa::FontRef<'_>, fixed: bool) -> i64 {
    // PANOSE (OpenType, OS/2): a Latin text face with serifs of a kind from 2 to 10.
    let serif = read.os2().is_ok_and(|t| {
        let panose = t.panose_10();
        panose.first() == Some(&2) && panose.get(1).is_some_and(|s| (2..=10).contains(s))
    });
    let flag = |on: bool, bit: i64| if on { bit } else { 0 };
    SYMBOLIC | flag(fixed, FIXED_PITCH) | flag(serif, SERIF) | flag(face.italic, ITALIC)
}
