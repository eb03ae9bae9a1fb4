//! The file's objects that pictures share: what is put here twice stands once.

use super::bitmap::Bitmap;
use super::canvas::{Canvas, array};
use super::pack::Packed;
use super::xobject;
use crate::colour::{Named, Profile, Space};
use crate::pdf::finish::TAKEN;
use crate::pdf::pieces::Taken;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::BTreeMap;
use std::sync::Arc;
use usvg::NonZeroRect;

/// A document, and what pictures have put into it.
#[derive(Debug)]
pub struct Shelf<'a> {
    doc: &'a mut Document,
    profiles: BTreeMap<Profile, ObjectId>,
    /// pictures inside drawings, by their bytes and whether only their light counts
    inside: BTreeMap<(Arc<Vec<u8>>, bool), ObjectId>,
    /// what streams take out of pictures as it is
    taken: Vec<Taken>,
}

impl<'a> Shelf<'a> {
    /// Nothing shared yet.
    pub fn new(doc: &'a mut Document) -> Shelf<'a> {
        let (profiles, inside) = (BTreeMap::new(), BTreeMap::new());
        Shelf { doc, profiles, inside, taken: vec![] }
    }
    /// What streams take out of pictures as it is, by the numbers that they name.
    pub fn taken(self) -> Vec<Taken> {
        self.taken
    }
    /// Puts an object into the file.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.doc.add_object(object)
    }
    /// A picture inside a drawing, made at its first use.
    pub(super) fn inside(
        &mut self,
        bytes: &Arc<Vec<u8>>,
        light: bool,
        make: impl FnOnce() -> Option<Bitmap>,
    ) -> Option<ObjectId> {
        let key = (bytes.clone(), light);
        if let Some(id) = self.inside.get(&key) {
            return Some(*id);
        }
        let stream = self.image(make()?);
        let id = self.add(stream);
        self.inside.insert(key, id);
        Some(id)
    }
    /// How the file calls a space of colours (ISO 32000-1, 8.6.4, 8.6.5.5).
    pub(super) fn space(&mut self, named: &Named) -> Object {
        match named {
            Named::Device(Space::Grey) => "DeviceGray".into(),
            Named::Device(Space::Rgb) => "DeviceRGB".into(),
            Named::Device(Space::Cmyk) => "DeviceCMYK".into(),
            Named::Icc(profile) => {
                let id = self.profile(profile);
                vec![Object::from("ICCBased"), id.into()].into()
            }
        }
    }
    fn profile(&mut self, profile: &Profile) -> ObjectId {
        if let Some(id) = self.profiles.get(profile) {
            return *id;
        }
        let dict = dictionary! { "N" => profile.components() as i64 };
        let id = self.add(Stream::new(dict, profile.bytes().to_vec()));
        self.profiles.insert(profile.clone(), id);
        id
    }
    /// An image, whose space and mask are put into the file.
    pub fn image(&mut self, bitmap: Bitmap) -> Stream {
        let mut dict = image(bitmap.width, bitmap.height, bitmap.bits);
        let base = self.space(&bitmap.space);
        let n = bitmap.space.space().components();
        if bitmap.inverted {
            let opposite = (0..n).flat_map(|_| [1.into(), 0.into()]);
            dict.set("Decode", opposite.collect::<Vec<Object>>());
        }
        let (colours, space) = match bitmap.palette {
            Some(table) => {
                let last = table.len() / n - 1;
                let table = Object::String(table, StringFormat::Hexadecimal);
                let space = [Object::from("Indexed"), base, (last as i64).into(), table];
                (1, space.to_vec().into())
            }
            None => (n, base),
        };
        dict.set("ColorSpace", space);
        if let Some((bits, packed)) = bitmap.mask {
            let mut mask = image(bitmap.width, bitmap.height, bits);
            mask.set("ColorSpace", "DeviceGray");
            let stream = self.stream(mask, packed, 1, bitmap.width, bits);
            dict.set("SMask", self.add(stream));
        }
        self.stream(dict, bitmap.packed, colours, bitmap.width, bitmap.bits)
    }
    fn stream(
        &mut self,
        mut dict: Dictionary,
        packed: Packed,
        colours: usize,
        width: u32,
        bits: u8,
    ) -> Stream {
        let (filter, predicted) = match packed {
            Packed::Whole(_) | Packed::Jpeg(_) => ("DCTDecode", false),
            Packed::Flate(_) => ("FlateDecode", false),
            Packed::Rows(_) | Packed::Predicted(_) => ("FlateDecode", true),
        };
        dict.set("Filter", filter);
        if predicted {
            let parms = dictionary! {
                "Predictor" => 15,
                "Colors" => colours as i64,
                "BitsPerComponent" => i64::from(bits),
                "Columns" => i64::from(width),
            };
            dict.set("DecodeParms", parms);
        }
        match packed {
            Packed::Jpeg(data) | Packed::Flate(data) | Packed::Predicted(data) => {
                Stream::new(dict, data)
            }
            Packed::Whole(taken) | Packed::Rows(taken) => {
                let mut stream = Stream::new(dict, vec![]);
                stream.dict.set(TAKEN, self.taken.len() as i64);
                self.taken.push(taken);
                stream
            }
        }
    }
    /// What was drawn as a form in the space of what draws it (ISO 32000-1, 8.10),
    /// `alone` if it is put together before it meets what lies below (11.6.6).
    pub(super) fn form(
        &mut self,
        canvas: Canvas,
        bounds: NonZeroRect,
        alone: Option<Dictionary>,
    ) -> ObjectId {
        let mut dict = xobject("Form");
        dict.set("BBox", edges(bounds));
        if let Some(group) = alone {
            dict.set("Group", group);
        }
        let (content, resources) = canvas.finish();
        dict.set("Resources", resources);
        self.add(Stream::new(dict, content))
    }
}

/// A group of its own, in a space of its own where it says what is light and dark.
pub(super) fn group(space: Option<&str>) -> Dictionary {
    let mut group = dictionary! { "Type" => "Group", "S" => "Transparency", "I" => true };
    if let Some(space) = space {
        group.set("CS", space);
    }
    group
}

/// A rectangle (ISO 32000-1, 7.9.5).
pub(super) fn edges(r: NonZeroRect) -> Vec<Object> {
    array([r.left(), r.top(), r.right(), r.bottom()])
}

fn image(width: u32, height: u32, bits: u8) -> Dictionary {
    let mut dict = xobject("Image");
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("BitsPerComponent", i64::from(bits));
    dict
}
