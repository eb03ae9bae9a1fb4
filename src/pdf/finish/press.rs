//! What makes the print edition a PDF/X-4 (ISO 15930-7): the press that its colours
//! are meant for.

use crate::pdf::Press;
use lopdf::{Document, Object, Stream, dictionary};

/// Says which press the colours are meant for.
pub(super) fn press(doc: &mut Document, to: &Press<'_>) -> Result<(), lopdf::Error> {
    let dict = dictionary! { "N" => i64::from(to.inks) };
    let profile = doc.add_object(Stream::new(dict, to.profile.to_vec()));
    let condition = super::text(to.condition);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => condition.clone(),
        "OutputCondition" => condition.clone(),
        "Info" => condition,
        // Where printing conditions have their names (ISO 32000-1, 14.11.5).
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "DestOutputProfile" => profile,
    };
    doc.catalog_mut()?.set("OutputIntents", vec![intent.into()]);
    Ok(())
}
