//! Boxes of pages that are cut from a larger sheet (ISO 32000-1, 14.11.2).

use super::area;
use crate::page::Page;
use crate::pdf::Boxes;
use lopdf::{Document, ObjectId};
use std::sync::Arc;

/// Where the pages are cut and how far they are printed.
pub(super) fn boxes(
    doc: &mut Document,
    pages: &[Arc<Page>],
    ids: &[ObjectId],
    cut: &Boxes,
) -> Result<(), String> {
    for (page, id) in pages.iter().zip(ids) {
        let dict = doc.get_dictionary_mut(*id).map_err(|e| e.to_string())?;
        for (key, r) in [("TrimBox", cut.trim), ("BleedBox", cut.bleed)] {
            dict.set(key, area(r, page.size.h));
        }
    }
    Ok(())
}
