//! What the catalog says: language, how the file opens, page labels.

use crate::page::Page;
use crate::pdf::Input;
use lopdf::{Document, Object, ObjectId, dictionary};
use std::sync::Arc;

pub(super) fn catalog(
    doc: &mut Document,
    input: &Input<'_>,
    outlines: Option<ObjectId>,
) -> Result<(), lopdf::Error> {
    let labels = labels(input.pages);
    let catalog = doc.catalog_mut()?;
    catalog.set("Lang", Object::string_literal(input.book.meta.lang.clone()));
    // Lines run from left to right, so pages are turned to the left.
    let viewing = dictionary! { "DisplayDocTitle" => true, "Direction" => "L2R" };
    catalog.set("ViewerPreferences", viewing);
    catalog.set("PageLayout", "TwoPageRight");
    catalog.set("PageLabels", dictionary! { "Nums" => labels });
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}

/// Page labels as they are printed: a new range wherever the numbers start anew.
fn labels(pages: &[Arc<Page>]) -> Vec<Object> {
    let roman = |p: &Page| p.label.starts_with(|c: char| c.is_ascii_lowercase());
    let mut out: Vec<Object> = vec![];
    for (i, page) in pages.iter().enumerate() {
        let anew = matches!(page.label.as_str(), "1" | "i");
        if i == 0 || anew || roman(page) != roman(&pages[i - 1]) {
            let style = if roman(page) { "r" } else { "D" };
            out.push((i as i64).into());
            out.push(dictionary! { "S" => style }.into());
        }
    }
    out
}
