//! The last step: the file itself.

use super::order;
use crate::config::Medium;
use crate::pdf::contents::Deflater;
use lopdf::{Document, Object, SaveOptions};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Numbers the objects, compresses, names the file by its contents, writes.
pub(super) fn write(mut doc: Document, medium: Medium) -> Result<Vec<u8>, String> {
    // PDF/X-4 stands on PDF 1.6 (ISO 15930-7, 6.1).
    doc.version = match medium {
        Medium::Screen => "1.7".into(),
        Medium::Print => "1.6".into(),
    };
    doc.trailer.remove(b"ID");
    order::order(&mut doc);
    compress(&mut doc)?;
    save(doc)
}

/// Deflates what is not yet, many streams side by side.
fn compress(doc: &mut Document) -> Result<(), String> {
    doc.objects.par_iter_mut().try_for_each(|(_, object)| {
        let Object::Stream(stream) = object else { return Ok(()) };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            return Ok(());
        }
        Deflater::default().deflate(stream)
    })
}

/// Writes a document whose objects are numbered already, and names the file by its
/// contents.
pub fn save(mut doc: Document) -> Result<Vec<u8>, String> {
    let id = Object::String(NO_ID.to_vec(), lopdf::StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);
    let options = SaveOptions {
        use_object_streams: true,
        use_xref_streams: true,
        ..Default::default()
    };
    let mut out = vec![];
    doc.save_with_options(&mut out, options).map_err(|e| e.to_string())?;
    name(&mut out);
    Ok(out)
}

/// Stands for the file's identifier until the file is written.
const NO_ID: &[u8; 16] = b"\xfekeben-identity\xff";

/// Puts the hash of the file in the place of its identifier (ISO 32000-1, 14.4).
fn name(file: &mut [u8]) {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02X}")).collect::<String>();
    let (old, new) = (hex(NO_ID), hex(&Sha256::digest(&file)[..16]));
    // The trailer is the last object: the identifiers are near the end.
    let mut at = file.len();
    for _ in 0..2 {
        let found = file[..at].windows(old.len()).rposition(|w| w == old.as_bytes());
        let Some(start) = found else { return };
        file[start..start + new.len()].copy_from_slice(new.as_bytes());
        at = start;
    }
}
