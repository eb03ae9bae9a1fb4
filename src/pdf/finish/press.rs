//! What makes the print edition a PDF/X-4 (ISO 15930-7): the press that its colours
//! are meant for.

use crate::colour::{FOGRA39, Profile};
use lopdf::{Document, Object, Stream, dictionary};

/// Says which press the colours are meant for.
pub(super) fn press(doc: &mut Document, profile: &Profile) -> Result<(), lopdf::Error> {
    let usual = profile.bytes()[..] == *FOGRA39;
    // A condition that is on record goes by its name there.
    let name = if usual { "FOGRA39" } else { profile.description() };
    let name = if name.is_empty() { "Custom" } else { name };
    let dict = dictionary! { "N" => profile.components() as i64 };
    let stream = doc.add_object(Stream::new(dict, profile.bytes().to_vec()));
    let condition = super::text(name);
    let mut intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => condition.clone(),
        "OutputCondition" => condition.clone(),
        "Info" => condition,
        "DestOutputProfile" => stream,
    };
    if usual {
        // Where printing conditions have their names (ISO 32000-1, 14.11.5).
        intent.set("RegistryName", Object::string_literal("http://www.color.org"));
    }
    doc.catalog_mut()?.set("OutputIntents", vec![intent.into()]);
    Ok(())
}
