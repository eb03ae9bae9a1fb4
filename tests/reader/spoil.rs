//! What can be wrong with a tagged file, done to one that is right, and the rule of
//! veraPDF that it breaks.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// One way to spoil a file.
pub(crate) struct Spoil {
    pub(crate) name: &'static str,
    /// clause and number in PDF/UA-1 or PDF/A-2
    pub(crate) rule: &'static str,
    act: fn(&mut Document),
}

pub(crate) const SPOILS: &[Spoil] = &[
    Spoil { name: "a figure without its text", rule: "7.3-1", act: alt },
    Spoil { name: "headings that leave a level out", rule: "7.4.2-1", act: heading },
    Spoil { name: "marked content that is in no element", rule: "7.1-3", act: lost },
    Spoil { name: "a font without ToUnicode", rule: "7.21.7-1", act: unicode },
    Spoil { name: "a font with other widths", rule: "7.21.5-1", act: widths },
    Spoil { name: "a note without its name", rule: "7.9-1", act: note },
    Spoil { name: "a link outside of the structure", rule: "7.18.5-1", act: link },
];

impl Spoil {
    pub(crate) fn done(&self, pdf: &[u8]) -> Vec<u8> {
        let mut doc = Document::load_mem(pdf).expect("a PDF");
        (self.act)(&mut doc);
        saved(doc)
    }
}

pub(crate) fn saved(mut doc: Document) -> Vec<u8> {
    let mut out = vec![];
    doc.save_to(&mut out).expect("a file");
    out
}

/// The first dictionary that is so, and has a key.
fn first(doc: &mut Document, test: impl Fn(&Dictionary) -> bool) -> &mut Dictionary {
    let dicts = doc.objects.values_mut().filter_map(|o| o.as_dict_mut().ok());
    let mut dicts = dicts.filter(|d| test(d));
    dicts.next().expect("one to spoil")
}

fn is(dict: &Dictionary, kind: &str) -> bool {
    dict.get(b"S").and_then(Object::as_name).is_ok_and(|n| n == kind.as_bytes())
}

fn alt(doc: &mut Document) {
    first(doc, |d| is(d, "Figure") && d.has(b"Alt")).remove(b"Alt");
}

fn heading(doc: &mut Document) {
    first(doc, |d| is(d, "H3")).set("S", "H6");
}

fn lost(doc: &mut Document) {
    let number = |d: &Dictionary| d.get(b"K").ok()?.as_i64().ok();
    let p = first(doc, |d| is(d, "P") && number(d).is_some());
    let (n, page) = (number(p), p.get(b"Pg").and_then(Object::as_reference).ok());
    p.remove(b"K");
    let page = doc.get_dictionary(page.expect("a page")).expect("a page");
    let key = page.get(b"StructParents").and_then(Object::as_i64).expect("a key");
    let tree = parents(doc);
    let nums = doc.get_dictionary_mut(tree).expect("the way back");
    let nums = nums.get_mut(b"Nums").and_then(Object::as_array_mut).expect("numbers");
    let at = nums.chunks(2).position(|c| c[0].as_i64().is_ok_and(|k| k == key));
    let list = nums[at.expect("the page") * 2 + 1].as_array_mut().expect("a list");
    list[n.expect("a number") as usize] = Object::Null;
}

fn parents(doc: &Document) -> ObjectId {
    let root = doc.catalog().and_then(|c| c.get_deref(b"StructTreeRoot", doc));
    let root = root.and_then(Object::as_dict).expect("a structure");
    root.get(b"ParentTree").and_then(Object::as_reference).expect("the way back")
}

fn unicode(doc: &mut Document) {
    first(doc, |d| d.has(b"ToUnicode")).remove(b"ToUnicode");
}

fn widths(doc: &mut Document) {
    let font = first(doc, |d| d.has(b"DescendantFonts"));
    let inner = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
    let inner = inner.expect("a list")[0].as_dict_mut().expect("a font");
    inner.remove(b"W");
    inner.set("DW", 77);
}

fn note(doc: &mut Document) {
    first(doc, |d| is(d, "Note")).remove(b"ID");
}

fn link(doc: &mut Document) {
    first(doc, |d| d.has(b"StructParent")).remove(b"StructParent");
}
