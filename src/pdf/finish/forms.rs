//! SVG pictures as forms.

use crate::pdf::pictures;
use crate::picture::Picture;
use lopdf::{Dictionary, Document, ObjectId, Stream, dictionary};

/// Puts an SVG's vector form in the place of its empty object. The form is one
/// unit square, like any picture.
pub(super) fn form(
    doc: &mut Document,
    name: &str,
    picture: &Picture,
) -> Result<(), String> {
    let Some(mut source) = pictures::svg_page(picture)? else { return Ok(()) };
    source.renumber_objects_with(doc.max_id + 1);
    let page = source.page_iter().next().ok_or("the SVG gave no page")?;
    let content = source.get_page_content(page);
    let dict = source.get_dictionary(page).map_err(|e| e.to_string())?;
    let resources = dict.get(b"Resources").cloned().unwrap_or(Dictionary::new().into());
    let (w, h) = (picture.width, picture.height);
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), w.into(), h.into()],
        "Matrix" => vec![(1.0 / w).into(), 0.into(), 0.into(), (1.0 / h).into(), 0.into(), 0.into()],
        "Resources" => resources,
    };
    // What is transparent inside blends as on the page it was drawn for.
    if let Ok(group) = dict.get(b"Group") {
        form.set("Group", group.clone());
    }
    doc.max_id = source.max_id.max(doc.max_id);
    doc.objects.extend(source.objects);
    let target = slot(doc, name).ok_or("a picture has no object")?;
    doc.objects.insert(target, Stream::new(form, content).into());
    Ok(())
}

/// The object that pages call by a name.
fn slot(doc: &Document, name: &str) -> Option<ObjectId> {
    let page = doc.page_iter().next()?;
    let resources = doc.get_dictionary(page).ok()?.get(b"Resources").ok()?;
    let (_, resources) = doc.dereference(resources).ok()?;
    let (_, objects) =
        doc.dereference(resources.as_dict().ok()?.get(b"XObject").ok()?).ok()?;
    objects.as_dict().ok()?.get(name.as_bytes()).ok()?.as_reference().ok()
}
