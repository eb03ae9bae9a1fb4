//! PDFs to impose: plain ones, and ones that are wrong in a way.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};

/// A PDF that is being made.
pub(crate) struct Book {
    pub(crate) doc: Document,
    pub(crate) tree: ObjectId,
    pub(crate) catalog: ObjectId,
    pub(crate) pages: Vec<ObjectId>,
}

/// A trim of 100 × 160 pt in a page that is larger by 20 pt, of which 9 are bleed.
pub(crate) const TRIM: [f64; 4] = [20.0, 20.0, 120.0, 180.0];

pub(crate) fn numbers(all: [f64; 4]) -> Object {
    all.map(|n| Object::Real(n as f32)).to_vec().into()
}

/// A page's content: its number, where a reader finds it.
pub(crate) fn said(n: usize) -> Vec<u8> {
    format!("BT /F1 12 Tf 30 150 Td (p{n}.) Tj ET").into_bytes()
}

impl Book {
    /// So many pages, each with its number.
    pub(crate) fn new(pages: usize) -> Book {
        let mut doc = Document::with_version("1.6");
        let (tree, catalog) = (doc.new_object_id(), doc.new_object_id());
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        });
        let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
        let mut book = Book { doc, tree, catalog, pages: vec![] };
        for n in 1..=pages {
            let content = book.doc.add_object(Stream::new(dictionary! {}, said(n)));
            let page = dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "Contents" => content,
            };
            let id = book.doc.add_object(page);
            book.pages.push(id);
        }
        // Boxes and resources are handed down.
        let root = dictionary! {
            "Type" => "Pages",
            "MediaBox" => numbers([0.0, 0.0, 140.0, 200.0]),
            "Resources" => resources,
        };
        book.doc.objects.insert(tree, root.into());
        let catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
        book.doc.objects.insert(book.catalog, catalog.into());
        let info = dictionary! { "Title" => Object::string_literal("A Book") };
        let info = book.doc.add_object(info);
        book.doc.trailer.set("Info", info);
        book.doc.trailer.set("Root", book.catalog);
        book.all("TrimBox", &numbers(TRIM));
        book
    }
    /// With bleed of 9 pt.
    pub(crate) fn bleeding(pages: usize) -> Book {
        let mut book = Book::new(pages);
        book.all("BleedBox", &numbers([11.0, 11.0, 129.0, 189.0]));
        book
    }
    /// Says something of all pages.
    pub(crate) fn all(&mut self, key: &str, value: &Object) {
        for n in 0..self.pages.len() {
            self.page(n).set(key, value.clone());
        }
    }
    pub(crate) fn page(&mut self, n: usize) -> &mut Dictionary {
        self.doc.get_dictionary_mut(self.pages[n]).expect("a page")
    }
    pub(crate) fn dict(&mut self, id: ObjectId) -> &mut Dictionary {
        self.doc.get_dictionary_mut(id).expect("a dictionary")
    }
    /// The file.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.listed().finish()
    }
    /// The same with its objects in streams, or with a table of them as text.
    pub(crate) fn saved(self, streams: bool) -> Vec<u8> {
        let mut out = vec![];
        let mut doc = self.listed().doc;
        doc.reference_table.cross_reference_type =
            lopdf::xref::XrefType::CrossReferenceTable;
        let options = SaveOptions {
            use_object_streams: streams,
            use_xref_streams: streams,
            ..SaveOptions::default()
        };
        doc.save_with_options(&mut out, options).expect("a file");
        out
    }
    fn listed(mut self) -> Book {
        let kids: Vec<Object> = self.pages.iter().map(|id| (*id).into()).collect();
        let count = kids.len() as i64;
        let tree = self.tree;
        let root = self.dict(tree);
        root.set("Kids", kids);
        root.set("Count", count);
        self
    }
    /// The file, with the tree of pages as it is.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let mut out = vec![];
        let options = SaveOptions { use_xref_streams: true, ..SaveOptions::default() };
        self.doc.save_with_options(&mut out, options).expect("a file");
        out
    }
}
