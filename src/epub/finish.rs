//! The pass over the archive that epub-builder made.
//!
//! It alone decides identifiers and dates, so that the same book gives the same
//! bytes on every machine. Three entries are rewritten ([`super::opf`],
//! [`super::nav`]), the others get what they hold. They are deflated side by side,
//! each into an archive of its own, and put together in order; what deflate does not
//! make smaller is stored.

use super::obfuscate;
use super::package::{Draft, Raw, fault};
use super::{nav, opf};
use crate::config::reader::Embedding;
use crate::diag::Diagnostic;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Entries that come first, in this order; all others follow as they were added.
const FIRST: [&str; 8] = [
    MIMETYPE,
    "META-INF/container.xml",
    ENCRYPTION,
    "META-INF/com.apple.ibooks.display-options.xml",
    OPF,
    NAV,
    NCX,
    "OEBPS/stylesheet.css",
];
const MIMETYPE: &str = "mimetype";
const ENCRYPTION: &str = "META-INF/encryption.xml";
const OPF: &str = "OEBPS/content.opf";
const NAV: &str = "OEBPS/nav.xhtml";
const NCX: &str = "OEBPS/toc.ncx";

/// Deflated data must be this much smaller, in hundredths, to be worth the work
/// of every reader that opens the book.
const WORTH: usize = 95;

/// Entries of the publication that was made before: by its name what each was made of, by
/// its hash, and its archive.
#[derive(Debug, Default)]
pub(super) struct Entries(BTreeMap<String, (Hash, Vec<u8>)>);

type Hash = [u8; 32];

/// Pictures that are deflated, or the like, by themselves.
const DEFLATED: [&str; 5] = [".jpg", ".jpeg", ".png", ".gif", ".webp"];

/// The finished publication; entries that are `known` are not deflated again.
pub(super) fn finish(
    raw: Raw,
    draft: &Draft,
    known: Option<&mut Entries>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut from = ZipArchive::new(Cursor::new(&raw.archive[..])).map_err(fault)?;
    let mut entries: Vec<(String, Cow<[u8]>)> = vec![];
    for index in 0..from.len() {
        let name = from.name_for_index(index).unwrap_or_default().to_string();
        let bytes = match raw.bodies.get(&name) {
            Some(body) => Cow::Borrowed(&body[..]),
            None => Cow::Owned(completed(&mut from, index, &name, draft, &raw)?),
        };
        entries.push((name, bytes));
    }
    if draft.input.embedding == Embedding::Obfuscated && !draft.fonts.is_empty() {
        let list = obfuscate::encryption(draft.fonts);
        entries.push((ENCRYPTION.into(), list.into_bytes().into()));
    }
    entries.sort_by_key(|(name, _)| {
        FIRST.iter().position(|f| f == name).unwrap_or(FIRST.len())
    });
    let mut none = Entries::default();
    let keeps = known.is_some();
    let known = known.unwrap_or(&mut none);
    let one = |(name, bytes): &(String, Cow<[u8]>)| {
        let hash = keeps.then(|| Hash::from(Sha256::digest(bytes)));
        let same = known.0.get(name).filter(|old| Some(old.0) == hash);
        let one = same.map_or_else(|| packed(name, bytes), |old| Ok(old.1.clone()))?;
        Ok((name.clone(), (hash.unwrap_or_default(), one)))
    };
    let packed: Result<Vec<_>, Diagnostic> = entries.par_iter().map(one).collect();
    let packed = packed?;
    let room = packed.iter().map(|(_, one)| one.1.len()).sum();
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    for (_, (_, one)) in &packed {
        let mut one = ZipArchive::new(Cursor::new(&one[..])).map_err(fault)?;
        to.raw_copy_file(one.by_index_raw(0).map_err(fault)?).map_err(fault)?;
    }
    known.0 = packed.into_iter().collect();
    Ok(to.finish().map_err(fault)?.into_inner())
}

/// An entry that epub-builder wrote; new where it needs completing.
fn completed(
    from: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
    draft: &Draft,
    raw: &Raw,
) -> Result<Vec<u8>, Diagnostic> {
    let mut source = String::new();
    from.by_index(index).map_err(fault)?.read_to_string(&mut source).map_err(fault)?;
    let done = match name {
        OPF => opf::package(&source, draft, raw, &moment(draft.input.timestamp)),
        NAV => nav::nav(&source, draft, &raw.pages),
        NCX => nav::ncx(&source, draft, &raw.pages),
        _ => Some(source),
    };
    let done = done.ok_or_else(|| fault(format!("{name} is not XML")))?;
    Ok(done.into_bytes())
}

/// An archive with one entry.
fn packed(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    // Readers look for the type at a fixed place, as it is.
    if name != MIMETYPE && !DEFLATED.iter().any(|end| name.ends_with(end)) {
        let deflated = archive(name, bytes, CompressionMethod::Deflated)?;
        if deflated.len() * 100 < bytes.len() * WORTH {
            return Ok(deflated);
        }
    }
    archive(name, bytes, CompressionMethod::Stored)
}

fn archive(
    name: &str,
    bytes: &[u8],
    method: CompressionMethod,
) -> Result<Vec<u8>, Diagnostic> {
    // DateTime::default() is the first day a zip can name, 1980-01-01
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut to = ZipWriter::new(Cursor::new(vec![]));
    to.start_file(name, options).map_err(fault)?;
    to.write_all(bytes).map_err(fault)?;
    Ok(to.finish().map_err(fault)?.into_inner())
}

/// A moment as `dcterms:modified` wants it: UTC, whole seconds.
fn moment(timestamp: i64) -> String {
    let at = chrono::DateTime::from_timestamp(timestamp, 0).unwrap_or_default();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
