//! Objects carried from one file into another, each once: fonts and pictures are
//! shared on the sheets as they were on the pages, in the bytes that they had.

use super::pack::Packer;
use super::read::{Original, Page};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use std::collections::{BTreeMap, BTreeSet};

/// How many bytes of content may be joined or copied for pages whose content is in
/// pieces or used twice, in all and for a page; a book has a few MB of it.
const JOINED: usize = 512 << 20;
const JOINED_PAGE: usize = 64 << 20;
/// What a piece counts for at least, and how many a page may have.
const PIECE: usize = 1 << 10;
const PIECES: usize = 1000;
/// Longer strings are written in hexadecimal: escaping takes the square of their
/// length.
const LONG: usize = 256;

/// The file that is made, and what is left of the one that is read.
#[derive(Debug)]
pub struct Carrier {
    /// the file that is made
    pub out: Document,
    from: Document,
    /// the tree of pages, which stays behind
    nodes: BTreeSet<ObjectId>,
    moved: BTreeMap<ObjectId, ObjectId>,
    to_do: Vec<ObjectId>,
    /// resources by the node that has them
    resources: BTreeMap<ObjectId, ObjectId>,
    /// pages that each piece of content is of
    uses: BTreeMap<ObjectId, usize>,
    /// forms of pages whose content is used more than once
    shared: BTreeMap<Key, ObjectId>,
    /// bytes that may still be joined
    left: usize,
    /// for what is not packed yet
    pub packer: Packer,
}

/// What makes two pages the same form: content, resources, box and group.
type Key = (Vec<ObjectId>, Option<ObjectId>, [u64; 4], Option<String>);

impl Carrier {
    /// Begins a file.
    pub fn new(original: Original) -> Carrier {
        let Original { doc, pages, nodes } = original;
        let mut uses = BTreeMap::new();
        for page in pages.iter().flatten() {
            for id in contents(&doc, page).unwrap_or_default() {
                *uses.entry(id).or_insert(0) += 1;
            }
        }
        Carrier {
            out: Document::with_version("1.7"),
            from: doc,
            nodes,
            moved: BTreeMap::new(),
            to_do: vec![],
            resources: BTreeMap::new(),
            uses,
            shared: BTreeMap::new(),
            left: JOINED,
            packer: Packer::new(),
        }
    }
    /// An entry of the catalog, with all that it refers to.
    pub fn of_catalog(&mut self, key: &[u8]) -> Option<Object> {
        let found = self.from.catalog().and_then(|c| c.get_deref(key, &self.from));
        let mut object = found.ok()?.clone();
        self.rename(&mut object);
        self.carry();
        Some(object)
    }
    /// The page as a form; `None` for a page on which nothing is, an error where its
    /// content cannot be read.
    pub fn form(&mut self, page: &Page) -> Result<Option<ObjectId>, String> {
        let contents = contents(&self.from, page)?;
        if contents.is_empty() {
            return Ok(None);
        }
        let dict = self.from.get_dictionary(page.id).map_err(|e| e.to_string())?;
        let group = dict.get(b"Group").ok().cloned();
        let once = contents.iter().all(|id| self.uses.get(id) == Some(&1));
        let said = group.as_ref().map(|g| format!("{g:?}"));
        let key = (contents, page.resources, page.print.map(f64::to_bits), said);
        if !once && let Some(id) = self.shared.get(&key) {
            return Ok(Some(*id));
        }
        let mut form = self.content(&key.0, once)?;
        let edge = |n: f64| Object::Real(n as f32);
        form.dict.set("Type", "XObject");
        form.dict.set("Subtype", "Form");
        form.dict.set("BBox", page.print.map(edge).to_vec());
        form.dict.set("Resources", self.resources(page.resources));
        // What is transparent blends as on the page it was drawn for.
        if let Some(mut group) = group {
            self.rename(&mut group);
            form.dict.set("Group", group);
        }
        self.carry();
        let id = self.out.add_object(form);
        if !once {
            self.shared.insert(key, id);
        }
        Ok(Some(id))
    }
    /// A page's content as one stream. A single one keeps its bytes as they are.
    fn content(&mut self, ids: &[ObjectId], once: bool) -> Result<Stream, String> {
        if let [id] = ids
            && let Ok(Object::Stream(stream)) = self.from.get_object_mut(*id)
        {
            let mut dict = Dictionary::new();
            for key in ["Filter", "DecodeParms"] {
                if let Ok(value) = stream.dict.get(key.as_bytes()) {
                    dict.set(key, value.clone());
                }
            }
            let content = match once && !stream.dict.has(b"Subtype") {
                true => std::mem::take(&mut stream.content),
                false => {
                    self.left = spent(self.left, stream.content.len())?;
                    stream.content.clone()
                }
            };
            let mut dict = Object::Dictionary(dict);
            self.rename(&mut dict);
            let Object::Dictionary(dict) = dict else { return Err("no stream".into()) };
            return Ok(Stream::new(dict, content));
        }
        let mut joined = vec![];
        for id in ids {
            let stream = self.from.get_object(*id).and_then(Object::as_stream);
            let Ok(stream) = stream else { continue };
            let limit = self.left.min(JOINED_PAGE.saturating_sub(joined.len()));
            let part = match stream.get_plain_content_with_limit(limit) {
                Ok(part) => part,
                Err(e) => {
                    // What was unpacked in vain was unpacked too.
                    if matches!(e, lopdf::Error::Decompress(_)) {
                        self.left -= limit;
                    }
                    return Err(e.to_string());
                }
            };
            self.left = spent(self.left, part.len() + PIECE)?;
            joined.extend(part);
            // Pieces end between words (7.8.2).
            joined.push(b'\n');
        }
        self.packer.stream(Dictionary::new(), &joined)
    }
    /// The resources that a node has, as an object of their own.
    fn resources(&mut self, owner: Option<ObjectId>) -> Object {
        let Some(owner) = owner else { return Dictionary::new().into() };
        if let Some(id) = self.resources.get(&owner) {
            return (*id).into();
        }
        let dict = self.from.get_dictionary(owner).ok();
        let found = dict.and_then(|d| d.get(b"Resources").ok());
        let mut resources = found.cloned().unwrap_or(Dictionary::new().into());
        self.rename(&mut resources);
        if resources.as_reference().is_ok() {
            return resources;
        }
        let id = self.out.add_object(resources);
        self.resources.insert(owner, id);
        id.into()
    }
    /// Gives references the numbers that objects have in the new file, and notes
    /// those to be carried. Objects are nested at most 100 deep: the parser's limit.
    fn rename(&mut self, object: &mut Object) {
        match object {
            Object::Reference(id) => *object = self.renamed(*id),
            Object::Array(list) => list.iter_mut().for_each(|o| self.rename(o)),
            Object::Dictionary(dict) => self.rename_all(dict),
            Object::Stream(stream) => self.rename_all(&mut stream.dict),
            Object::String(text, format) => {
                if text.len() > LONG {
                    *format = StringFormat::Hexadecimal;
                }
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_) => {}
        }
    }
    fn rename_all(&mut self, dict: &mut Dictionary) {
        // There is no structure any more that these would lead to.
        for key in ["StructParent", "StructParents"] {
            dict.remove(key.as_bytes());
        }
        dict.iter_mut().for_each(|(_, o)| self.rename(o));
    }
    fn renamed(&mut self, id: ObjectId) -> Object {
        if let Some(new) = self.moved.get(&id) {
            return (*new).into();
        }
        // What is not there is null (7.3.10); pages do not come along.
        if self.nodes.contains(&id) || !self.from.has_object(id) {
            return Object::Null;
        }
        let new = self.out.new_object_id();
        self.moved.insert(id, new);
        self.to_do.push(id);
        new.into()
    }
    fn carry(&mut self) {
        while let Some(id) = self.to_do.pop() {
            let Some(new) = self.moved.get(&id).copied() else { continue };
            // Taken, not copied: memory holds each once.
            let Some(mut object) = self.from.objects.remove(&id) else { continue };
            self.rename(&mut object);
            self.out.objects.insert(new, object);
        }
    }
}

/// The pieces of a page's content; an error where there are too many.
fn contents(doc: &Document, page: &Page) -> Result<Vec<ObjectId>, String> {
    let list = doc.get_dictionary(page.id).and_then(|d| d.get_deref(b"Contents", doc));
    let pieces = list.and_then(Object::as_array).map_or(1, Vec::len);
    match pieces > PIECES {
        true => Err(format!("its content is in {pieces} pieces")),
        false => Ok(doc.get_page_contents(page.id)),
    }
}

fn spent(left: usize, bytes: usize) -> Result<usize, String> {
    left.checked_sub(bytes).ok_or_else(|| "its content is too large".into())
}
