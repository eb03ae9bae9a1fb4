//! The pages (ISO 32000-1, 7.7.3). printpdf makes one, which stands for all of them: they
//! share its resources, and it is left out.

use crate::geom::{Len, Size};
use crate::page::Page;
use crate::pdf::content::thousandths;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use std::sync::Arc;

/// Puts the pages in the place of the one that a document has, with its resources and
/// places for their contents; gives their numbers, and that of the resources.
pub(super) fn pages(
    doc: &mut Document,
    pages: &[Arc<Page>],
) -> Result<(Vec<ObjectId>, ObjectId), String> {
    let failed = |e: lopdf::Error| e.to_string();
    let first = doc.page_iter().next().ok_or("there is no page")?;
    let like = doc.get_dictionary(first).map_err(failed)?;
    let reference = |key: &[u8]| like.get(key).and_then(Object::as_reference);
    let root = reference(b"Parent").map_err(failed)?;
    let resources = reference(b"Resources").map_err(failed)?;
    let mut ids = Vec::with_capacity(pages.len());
    for page in pages {
        let area = whole(page.size);
        let contents = doc.add_object(Stream::new(dictionary! {}, vec![]));
        let dict = dictionary! {
            "Type" => "Page",
            "MediaBox" => area.clone(),
            "TrimBox" => area.clone(),
            "CropBox" => area,
            "Parent" => root,
            "Resources" => resources,
            "Contents" => contents,
        };
        ids.push(doc.add_object(dict));
    }
    let kids: Vec<Object> = ids.iter().map(|id| (*id).into()).collect();
    let root = doc.get_dictionary_mut(root).map_err(failed)?;
    root.set("Count", kids.len() as i64);
    root.set("Kids", kids);
    Ok((ids, resources))
}

/// All of a page, in thousandths of a point as what is drawn on it.
fn whole(size: Size) -> Vec<Object> {
    let edges = [Len::ZERO, Len::ZERO, size.w, size.h];
    edges.map(|l| (thousandths(l) as f32 / 1000.0).into()).into()
}
