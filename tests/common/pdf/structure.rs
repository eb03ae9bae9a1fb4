//! The structure tree of a finished PDF [14.7], with the text of its marked content.

use super::{Mark, read};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// An element.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) id: ObjectId,
    /// its standard type
    pub(crate) kind: String,
    /// its parent in the tree, by number; the document is its own
    pub(crate) parent: usize,
    pub(crate) kids: Vec<Kid>,
    /// its dictionary
    pub(crate) dict: Dictionary,
}

/// What is in an element.
#[derive(Debug, Clone)]
pub(crate) enum Kid {
    /// an element, by number
    Element(usize),
    /// marked content of a page, from 0
    Content { page: usize, number: i64 },
    /// an annotation
    Object(ObjectId),
}

/// The tree: each element after its parent, in the order of the text.
pub(crate) struct Tree {
    pub(crate) elements: Vec<Element>,
    /// the text of marked content, by page and number
    pub(crate) texts: BTreeMap<(usize, i64), String>,
    /// text outside of all marked content, by page
    pub(crate) unmarked: Vec<String>,
    /// where the first glyph of marked content stands: the baseline and the size
    pub(crate) places: BTreeMap<(usize, i64), (f64, f64)>,
    /// text of artifacts by page, with what they are
    pub(crate) artifacts: Vec<(usize, String, String)>,
}

impl Tree {
    pub(crate) fn of(bytes: &[u8]) -> Tree {
        let doc = Document::load_mem(bytes).expect("a PDF");
        let mut tree = Tree {
            elements: vec![],
            texts: BTreeMap::new(),
            places: BTreeMap::new(),
            unmarked: vec![],
            artifacts: vec![],
        };
        tree.marks(bytes);
        let pages: BTreeMap<_, _> =
            doc.get_pages().values().enumerate().map(|(n, id)| (*id, n)).collect();
        let root = doc.catalog().and_then(|c| c.get_deref(b"StructTreeRoot", &doc));
        let root = root.and_then(Object::as_dict).expect("a structure");
        for kid in list(&doc, root.get(b"K").ok()) {
            if let Ok(id) = kid.as_reference() {
                tree.element(&doc, &pages, id, 0, 0);
            }
        }
        tree
    }
    fn marks(&mut self, bytes: &[u8]) {
        for (n, page) in read(bytes).into_iter().enumerate() {
            let mut loose = String::new();
            for glyph in page.glyphs {
                match glyph.mark {
                    Mark::None => loose += &glyph.text,
                    Mark::Artifact(kind) => match self.artifacts.last_mut() {
                        Some(last) if (last.0, &last.1) == (n, &kind) => {
                            last.2 += &glyph.text;
                        }
                        _ => self.artifacts.push((n, kind, glyph.text)),
                    },
                    Mark::Content(number) => {
                        *self.texts.entry((n, number)).or_default() += &glyph.text;
                        self.places.entry((n, number)).or_insert((glyph.y, glyph.size));
                    }
                }
            }
            self.unmarked.push(loose);
        }
    }
    fn element(
        &mut self,
        doc: &Document,
        pages: &BTreeMap<ObjectId, usize>,
        id: ObjectId,
        parent: usize,
        depth: usize,
    ) -> Option<usize> {
        assert!(depth < 200, "the structure goes round");
        let dict = doc.get_dictionary(id).ok()?.clone();
        let kind = dict.get(b"S").and_then(Object::as_name).unwrap_or_default();
        let kind = String::from_utf8_lossy(kind).into_owned();
        let at = self.elements.len();
        let own = dict.get(b"Pg").and_then(Object::as_reference).ok();
        let all = list(doc, dict.get(b"K").ok());
        self.elements.push(Element { id, kind, parent, kids: vec![], dict });
        for kid in all {
            let inner = doc.dereference(&kid).ok().and_then(|(_, o)| o.as_dict().ok());
            let page = |o: Option<ObjectId>| o.and_then(|o| pages.get(&o).copied());
            let named = inner.and_then(|d| d.get(b"Pg").ok()?.as_reference().ok());
            let kid = match (kid.as_i64(), inner) {
                (Ok(number), _) => page(own).map(|page| Kid::Content { page, number }),
                (Err(_), Some(d)) if d.has_type(b"MCR") => {
                    let number = d.get(b"MCID").and_then(Object::as_i64).ok();
                    page(named.or(own))
                        .zip(number)
                        .map(|(page, number)| Kid::Content { page, number })
                }
                (Err(_), Some(d)) if d.has_type(b"OBJR") => {
                    d.get(b"Obj").and_then(Object::as_reference).ok().map(Kid::Object)
                }
                (Err(_), _) => kid
                    .as_reference()
                    .ok()
                    .and_then(|id| self.element(doc, pages, id, at, depth + 1))
                    .map(Kid::Element),
            };
            self.elements[at].kids.extend(kid);
        }
        Some(at)
    }
    /// The text of an element, without that of the kinds left out.
    pub(crate) fn text(&self, at: usize, without: &[&str]) -> String {
        let mut out = String::new();
        for kid in &self.elements[at].kids {
            match kid {
                Kid::Element(n) if without.contains(&self.elements[*n].kind.as_str()) => {
                }
                Kid::Element(n) => out += &self.text(*n, without),
                Kid::Content { page, number } => {
                    out += self.texts.get(&(*page, *number)).map_or("", String::as_str);
                }
                Kid::Object(_) => {}
            }
        }
        out
    }
    /// The page and the place of the first marked content in an element.
    pub(crate) fn place(&self, at: usize) -> Option<(usize, f64)> {
        self.elements[at].kids.iter().find_map(|kid| match kid {
            Kid::Element(n) => self.place(*n),
            Kid::Content { page, number } => {
                Some((*page, self.places.get(&(*page, *number))?.0))
            }
            Kid::Object(_) => None,
        })
    }
    /// The elements of a kind.
    pub(crate) fn of_kind<'a>(
        &'a self,
        kind: &'a str,
    ) -> impl Iterator<Item = (usize, &'a Element)> {
        self.elements.iter().enumerate().filter(move |(_, e)| e.kind == kind)
    }
    /// The elements right inside one.
    pub(crate) fn inside(&self, at: usize) -> impl Iterator<Item = usize> {
        self.elements[at].kids.iter().filter_map(|k| match k {
            Kid::Element(n) => Some(*n),
            Kid::Content { .. } | Kid::Object(_) => None,
        })
    }
}

/// One thing, or the things of an array.
fn list(doc: &Document, object: Option<&Object>) -> Vec<Object> {
    let Some(object) = object else { return vec![] };
    let direct = doc.dereference(object).map_or(object, |(_, o)| o);
    direct.as_array().map_or_else(|_| vec![object.clone()], Clone::clone)
}
