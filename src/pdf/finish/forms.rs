//! Pictures in their places.

use crate::colour::Links;
use crate::pdf::pieces::Taken;
use crate::pdf::{Input, pictures};
use lopdf::{Dictionary, Document, ObjectId};
use printpdf::XObjectId;
use std::collections::BTreeMap;

/// Puts pictures in the places of their empty objects; gives what streams take out of
/// their files.
pub(super) fn pictures(
    doc: &mut Document,
    input: &Input<'_>,
    resources: ObjectId,
    names: &BTreeMap<String, XObjectId>,
) -> Result<Vec<Taken>, String> {
    if names.is_empty() {
        return Ok(vec![]);
    }
    let links = Links::new(input.colours);
    let mut shelf = pictures::Shelf::new(doc);
    let objects =
        pictures::objects(&mut shelf, input.pages, input.pictures, names, &links)?;
    let taken = shelf.taken();
    let slots = slots(doc, resources).ok_or("pictures have no objects")?;
    for (name, stream) in objects {
        let slot: &ObjectId = slots.get(&name).ok_or("a picture has no object")?;
        doc.objects.insert(*slot, stream.into());
    }
    Ok(taken)
}

/// The objects that pages call by names.
fn slots(doc: &Document, resources: ObjectId) -> Option<BTreeMap<String, ObjectId>> {
    let dict = |object| doc.dereference(object).ok()?.1.as_dict().ok();
    let resources: &Dictionary = doc.get_dictionary(resources).ok()?;
    let objects = dict(resources.get(b"XObject").ok()?)?;
    let slot = |(name, object): (&Vec<u8>, &lopdf::Object)| {
        Some((String::from_utf8(name.clone()).ok()?, object.as_reference().ok()?))
    };
    Some(objects.iter().filter_map(slot).collect())
}
