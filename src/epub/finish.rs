//! The pass over the archive that epub-builder made.
//!
//! It alone decides identifiers and dates, so that the same book gives the same
//! bytes on every machine. Entries are copied as they were deflated; three are
//! rewritten ([`super::opf`]), and what deflate does not make smaller is stored.

use super::opf;
use super::package::{Draft, fault};
use crate::diag::Diagnostic;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Entries that come first, in this order; all others follow as they were added.
const FIRST: [&str; 7] = [
    "mimetype",
    "META-INF/container.xml",
    "META-INF/com.apple.ibooks.display-options.xml",
    OPF,
    NAV,
    NCX,
    "OEBPS/stylesheet.css",
];
const OPF: &str = "OEBPS/content.opf";
const NAV: &str = "OEBPS/nav.xhtml";
const NCX: &str = "OEBPS/toc.ncx";

/// Deflated data must be this much smaller, in hundredths, to be worth the work
/// of every reader that opens the book.
const WORTH: u64 = 95;

/// The finished publication.
pub(super) fn finish(raw: &[u8], draft: &Draft) -> Result<Vec<u8>, Diagnostic> {
    let mut from = ZipArchive::new(Cursor::new(raw)).map_err(fault)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(raw.len())));
    let mut order: Vec<usize> = (0..from.len()).collect();
    order.sort_by_key(|i| {
        let name = from.name_for_index(*i).unwrap_or_default();
        FIRST.iter().position(|f| *f == name).unwrap_or(FIRST.len())
    });
    for index in order {
        let name = from.name_for_index(index).unwrap_or_default().to_string();
        match completed(&mut from, index, &name, draft)? {
            Some(text) => {
                add(&mut to, &name, CompressionMethod::Deflated, text.as_bytes())?;
            }
            None => copy(&mut from, &mut to, index, &name)?,
        }
    }
    Ok(to.finish().map_err(fault)?.into_inner())
}

/// The new contents of an entry that needs them.
fn completed(
    from: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
    draft: &Draft,
) -> Result<Option<String>, Diagnostic> {
    if ![OPF, NAV, NCX].contains(&name) {
        return Ok(None);
    }
    let mut source = String::new();
    from.by_index(index).map_err(fault)?.read_to_string(&mut source).map_err(fault)?;
    let meta = &draft.input.book.meta;
    let done = match name {
        OPF => {
            let now = moment(draft.input.timestamp);
            opf::package(&source, draft, &now)
        }
        NAV => opf::nav(&source, draft),
        _ => opf::ncx(&source, meta),
    };
    done.map(Some).ok_or_else(|| fault(format!("{name} is not XML")))
}

fn copy(
    from: &mut ZipArchive<Cursor<&[u8]>>,
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    index: usize,
    name: &str,
) -> Result<(), Diagnostic> {
    let mut file = from.by_index(index).map_err(fault)?;
    let pays = file.compressed_size() * 100 < file.size() * WORTH;
    if pays {
        drop(file);
        let file = from.by_index_raw(index).map_err(fault);
        return to
            .raw_copy_file_touch(file?, DateTime::default(), Some(0o644))
            .map_err(fault);
    }
    let mut bytes = vec![];
    file.read_to_end(&mut bytes).map_err(fault)?;
    add(to, name, CompressionMethod::Stored, &bytes)
}

fn add(
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    method: CompressionMethod,
    bytes: &[u8],
) -> Result<(), Diagnostic> {
    // DateTime::default() is the first day a zip can name, 1980-01-01
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    to.start_file(name, options).map_err(fault)?;
    to.write_all(bytes).map_err(fault)
}

/// A moment as `dcterms:modified` wants it: UTC, whole seconds.
fn moment(timestamp: i64) -> String {
    let at = chrono::DateTime::from_timestamp(timestamp, 0).unwrap_or_default();
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
