//! What makes the screen edition a file for archives and for every reader: PDF/A-2a
//! (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one.

use crate::colour;
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// Says that the text is tagged, and what its colours mean. The structure of the text
/// has a number from here on; it is written when all other objects have theirs.
pub(super) fn archive(doc: &mut Document) -> Result<(), lopdf::Error> {
    let structure = doc.new_object_id();
    let profile = Stream::new(dictionary! { "N" => 3 }, colour::SRGB.to_vec());
    let profile = doc.add_object(profile);
    let condition = Object::string_literal(colour::SRGB_NAME);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => condition.clone(),
        "Info" => condition,
        "DestOutputProfile" => profile,
    };
    let catalog = doc.catalog_mut()?;
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", structure);
    Ok(())
}

/// The number of the text's structure, where there is one.
pub(super) fn structure(doc: &Document) -> Option<ObjectId> {
    let catalog = doc.catalog().ok()?;
    catalog.get(b"StructTreeRoot").and_then(Object::as_reference).ok()
}
