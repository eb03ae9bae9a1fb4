//! Bookmarks (ISO 32000-1, 12.3.3).

use super::links::{Places, destination};
use super::text;
use crate::pdf::outline::Mark;
use lopdf::{Document, ObjectId, dictionary};

/// The bookmarks; `None` for a book without any.
pub(super) fn bookmarks(
    doc: &mut Document,
    marks: &[Mark],
    places: &Places,
) -> Option<ObjectId> {
    let root = doc.new_object_id();
    let (first, last, count) = level(doc, marks, root, places)?;
    let dict = dictionary! {
        "Type" => "Outlines",
        "First" => first,
        "Last" => last,
        "Count" => count,
    };
    doc.objects.insert(root, dict.into());
    Some(root)
}

/// One level of bookmarks: its first, its last, and how many are to be seen.
fn level(
    doc: &mut Document,
    marks: &[Mark],
    parent: ObjectId,
    places: &Places,
) -> Option<(ObjectId, ObjectId, i64)> {
    let ids: Vec<_> = marks.iter().map(|_| doc.new_object_id()).collect();
    for (i, mark) in marks.iter().enumerate() {
        let mut dict = dictionary! { "Title" => text(&mark.title), "Parent" => parent };
        if let Some(dest) = destination(places, &mark.anchor) {
            dict.set("Dest", dest);
        }
        if i > 0 {
            dict.set("Prev", ids[i - 1]);
        }
        if let Some(next) = ids.get(i + 1) {
            dict.set("Next", *next);
        }
        if let Some((first, last, count)) = level(doc, &mark.below, ids[i], places) {
            dict.set("First", first);
            dict.set("Last", last);
            // Closed: a negative count (ISO 32000-1, 12.3.3).
            dict.set("Count", -count);
        }
        doc.objects.insert(ids[i], dict.into());
    }
    Some((*ids.first()?, *ids.last()?, ids.len() as i64))
}
