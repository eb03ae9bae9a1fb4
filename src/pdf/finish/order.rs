//! Objects in the order of the document. lopdf numbers them too, but looks through all
//! it has found for each that it finds; here each is looked at once.

use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Numbers the objects as they are found from the trailer on, and leaves out what is
/// never found.
pub(super) fn order(doc: &mut Document) {
    let mut found = Found::default();
    in_dict(&mut doc.trailer, &mut |id| found.new_id(id));
    let mut objects = std::collections::BTreeMap::new();
    while let Some(id) = found.queue.pop_front() {
        // What is named and is not there stays named: it is null (ISO 32000-1, 7.3.10).
        let Some(mut object) = doc.objects.remove(&id) else { continue };
        let new = found.new_id(id);
        inside(&mut object, &mut |id| found.new_id(id));
        objects.insert(new, object);
    }
    doc.objects = objects;
    doc.max_id = found.numbers.len() as u32;
}

#[derive(Default)]
struct Found {
    numbers: FxHashMap<ObjectId, ObjectId>,
    queue: VecDeque<ObjectId>,
}

impl Found {
    fn new_id(&mut self, old: ObjectId) -> ObjectId {
        let next = (self.numbers.len() as u32 + 1, 0);
        *self.numbers.entry(old).or_insert_with(|| {
            self.queue.push_back(old);
            next
        })
    }
}

fn in_dict(dict: &mut Dictionary, new: &mut impl FnMut(ObjectId) -> ObjectId) {
    dict.iter_mut().for_each(|(_, value)| inside(value, new));
}

/// Everything that an object names. Ours are a few levels deep.
fn inside(object: &mut Object, new: &mut impl FnMut(ObjectId) -> ObjectId) {
    match object {
        Object::Reference(id) => *id = new(*id),
        Object::Array(list) => list.iter_mut().for_each(|o| inside(o, new)),
        Object::Dictionary(dict) => in_dict(dict, new),
        Object::Stream(stream) => in_dict(&mut stream.dict, new),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn objects_are_numbered_as_they_are_found() {
        let mut doc = Document::with_version("1.7");
        let lost = doc.add_object(1);
        let leaf = doc.add_object(2);
        let twice = doc.add_object(dictionary! { "A" => leaf, "B" => leaf });
        let root = doc.add_object(dictionary! { "X" => vec![twice.into(), leaf.into()] });
        doc.trailer.set("Root", root);
        order(&mut doc);
        assert_eq!(doc.objects.len(), 3, "{lost:?} is left out");
        assert_eq!(
            doc.trailer.get(b"Root").and_then(Object::as_reference).ok(),
            Some((1, 0))
        );
        let inner = doc.get_dictionary((2, 0)).expect("found second");
        assert_eq!(inner.get(b"A").and_then(Object::as_reference).ok(), Some((3, 0)));
        assert_eq!(doc.get_object((3, 0)).and_then(Object::as_i64).ok(), Some(2));
    }
}
