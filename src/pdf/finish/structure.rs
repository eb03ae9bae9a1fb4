//! The structure of the text (ISO 32000-1, 14.7): an element for each place, the
//! way back from marked content to its element, and links.

use super::element::{Element, Kids};
use super::links::{Places, link, places};
use super::packed::Written;
use super::{area, text};
use crate::book::Target;
use crate::geom::Rect;
use crate::line::RubySide;
use crate::page::structure::{Drawn, Marker, Node, Role, Scope, Tree};
use crate::pdf::Input;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Writes the structure of all pages below its root, which has a number already, as
/// all other objects have. Elements get theirs in the order of the text.
pub(super) fn structure(
    doc: &mut Document,
    root: ObjectId,
    input: &Input<'_>,
) -> Result<Written, String> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let (pages, places) = (&pages, &places(input.pages, &pages));
    let tree = Tree::of(input.pages);
    let mut w = Writer {
        tree: &tree,
        doc,
        written: Written::default(),
        input,
        pages,
        places,
        ids: vec![root; tree.nodes.len()],
        parents: vec![vec![]; pages.len()],
        links: vec![],
        annotations: vec![vec![]; pages.len()],
        notes: BTreeMap::new(),
    };
    let order: Vec<_> = tree.order().into_iter().map(|(at, _)| at).collect();
    for at in &order {
        w.ids[*at] = w.doc.new_object_id();
    }
    for at in order {
        let parent = if at == 0 { root } else { w.ids[tree.nodes[at].parent] };
        w.element(at, parent);
    }
    w.root(root)
}

struct Writer<'a> {
    tree: &'a Tree,
    doc: &'a mut Document,
    written: Written,
    input: &'a Input<'a>,
    pages: &'a [ObjectId],
    places: &'a Places,
    /// the element of each node
    ids: Vec<ObjectId>,
    /// for each page the element of each of its runs
    parents: Vec<Vec<ObjectId>>,
    /// the element of each annotation
    links: Vec<ObjectId>,
    /// the annotations of each page
    annotations: Vec<Vec<Object>>,
    /// notes by their ids
    notes: BTreeMap<String, ObjectId>,
}

impl Writer<'_> {
    fn element(&mut self, at: usize, parent: ObjectId) {
        let (id, node) = (self.ids[at], &self.tree.nodes[at]);
        let name = node.role.as_ref().map_or("Document", Role::name);
        let page = node.drawn.first().map(|d| d.page);
        let mut kids = Kids::default();
        let mut all = node.drawn.iter().peekable();
        while let Some(drawn) = all.next() {
            let read = drawn.side == Some(RubySide::Base);
            let reading = |d: &&Drawn| d.side == Some(RubySide::Reading) && read;
            if let Some(reading) = all.next_if(reading) {
                kids.element(self.ruby(id, drawn, reading));
                continue;
            }
            // A figure that is a block says itself what it shows.
            let inline = !matches!(node.role, Some(Role::Figure(_)));
            if drawn.link.is_some() || (inline && drawn.alt.is_some()) {
                kids.element(self.inside(id, node, drawn));
            } else {
                self.runs(id, page, drawn, &mut kids);
            }
        }
        node.inside.values().for_each(|n| kids.element(self.ids[*n]));
        let mut more = Dictionary::new();
        if let Some(role) = &node.role {
            self.attributes(&mut more, at, role);
        }
        let page = page.map(|page| self.pages[page]);
        self.put(id, Element { name, parent, page, kids, more });
    }
    fn put(&mut self, id: ObjectId, element: Element<'_>) {
        self.written.with(id, |out| element.write(out));
    }
    /// What the runs of a piece are called in their element.
    fn runs(
        &mut self,
        id: ObjectId,
        page: Option<usize>,
        drawn: &Drawn,
        kids: &mut Kids,
    ) {
        for n in &drawn.runs {
            let parents = &mut self.parents[drawn.page];
            parents.resize(parents.len().max(n + 1), id);
            parents[*n] = id;
            match page == Some(drawn.page) {
                true => kids.run(*n),
                false => kids.run_on(self.pages[drawn.page], *n),
            }
        }
    }
    /// A link or a picture in a line: an element of its own. What leads to another
    /// place of the text is a reference, but for the mark of a note, which leads back.
    fn inside(&mut self, parent: ObjectId, node: &Node, drawn: &Drawn) -> ObjectId {
        let inner = matches!(drawn.link.as_deref(), Some(Target::Anchor(_)));
        if !inner || matches!(node.role, Some(Role::Label)) {
            return self.piece(parent, drawn);
        }
        let id = self.doc.new_object_id();
        let mut kids = Kids::default();
        kids.element(self.piece(id, drawn));
        let (page, more) = (Some(self.pages[drawn.page]), Dictionary::new());
        self.put(id, Element { name: "Reference", parent, page, kids, more });
        id
    }
    /// Characters with their reading (14.8.4.4.3).
    fn ruby(&mut self, parent: ObjectId, base: &Drawn, reading: &Drawn) -> ObjectId {
        let id = self.doc.new_object_id();
        let mut both = Kids::default();
        for (name, drawn) in [("RB", base), ("RT", reading)] {
            let side = self.doc.new_object_id();
            let mut kids = Kids::default();
            self.runs(side, Some(drawn.page), drawn, &mut kids);
            let (page, more) = (Some(self.pages[drawn.page]), Dictionary::new());
            self.put(side, Element { name, parent: id, page, kids, more });
            both.element(side);
        }
        let (page, more) = (Some(self.pages[base.page]), Dictionary::new());
        self.put(id, Element { name: "Ruby", parent, page, kids: both, more });
        id
    }
    fn piece(&mut self, parent: ObjectId, drawn: &Drawn) -> ObjectId {
        let id = self.doc.new_object_id();
        let name = if drawn.link.is_some() { "Link" } else { "Figure" };
        let mut more = Dictionary::new();
        let mut kids = Kids::default();
        self.runs(id, Some(drawn.page), drawn, &mut kids);
        if let Some(to) = &drawn.link {
            for rect in &drawn.areas {
                let page = &self.input.pages[drawn.page];
                let rect = area(*rect, page.size.h);
                let Some(mut link) = link(self.input, self.places, to, rect) else {
                    continue;
                };
                link.set("StructParent", (self.pages.len() + self.links.len()) as i64);
                let link = self.doc.add_object(link);
                self.links.push(id);
                self.annotations[drawn.page].push(link.into());
                kids.link(self.pages[drawn.page], link);
            }
        } else {
            more.set("Alt", text(drawn.alt.as_deref().unwrap_or_default()));
            if let Some(area) = drawn.bounds {
                more.set("A", self.layout(drawn.page, area));
            }
        }
        let page = Some(self.pages[drawn.page]);
        self.put(id, Element { name, parent, page, kids, more });
        id
    }
    fn attributes(&mut self, dict: &mut Dictionary, at: usize, role: &Role) {
        match role {
            Role::List(marker) => {
                let numbering = match marker {
                    Marker::None => "None",
                    Marker::Disc => "Disc",
                    Marker::Circle => "Circle",
                    Marker::Decimal => "Decimal",
                };
                let list = dictionary! { "O" => "List", "ListNumbering" => numbering };
                dict.set("A", list);
            }
            Role::Cell(cell) => {
                let mut table = dictionary! { "O" => "Table" };
                match cell.heads {
                    Some(Scope::Column) => table.set("Scope", "Column"),
                    Some(Scope::Row) => table.set("Scope", "Row"),
                    None => {}
                }
                for (key, n) in [("ColSpan", cell.columns), ("RowSpan", cell.rows)] {
                    if n > 1 {
                        table.set(key, n as i64);
                    }
                }
                if table.len() > 1 {
                    dict.set("A", table);
                }
            }
            Role::Figure(alt) | Role::Formula(alt) => {
                dict.set("Alt", text(alt));
                self.place(dict, at, Some("Block"));
            }
            Role::Table(_) => self.place(dict, at, None),
            Role::Note(name) => {
                dict.set("ID", Object::string_literal(name.as_str()));
                self.notes.insert(name.clone(), self.ids[at]);
            }
            Role::Part
            | Role::Sect
            | Role::Heading(_)
            | Role::P
            | Role::Quote
            | Role::Div
            | Role::Item
            | Role::Label
            | Role::Body
            | Role::Row
            | Role::Caption
            | Role::Code
            | Role::Toc
            | Role::TocItem => {}
        }
    }
    /// Where something is that stands on one page (14.8.5.4.3).
    fn place(&self, dict: &mut Dictionary, at: usize, placement: Option<&str>) {
        if let Some((page, area)) = self.tree.bounds(at) {
            let mut layout = self.layout(page, area);
            placement.into_iter().for_each(|p| layout.set("Placement", p));
            dict.set("A", layout);
        }
    }
    fn layout(&self, page: usize, bounds: Rect) -> Dictionary {
        let height = self.input.pages[page].size.h;
        dictionary! { "O" => "Layout", "BBox" => area(bounds, height) }
    }
    /// The root, the pages' ways back, and their links.
    fn root(mut self, root: ObjectId) -> Result<Written, String> {
        let mut numbers: Vec<Object> = vec![];
        for (n, parents) in self.parents.iter().enumerate() {
            let page =
                self.doc.get_dictionary_mut(self.pages[n]).map_err(|e| e.to_string())?;
            if !self.annotations[n].is_empty() {
                page.set("Annots", self.annotations[n].clone());
            }
            page.set("Tabs", "S");
            if parents.is_empty() {
                continue;
            }
            page.set("StructParents", n as i64);
            let parents: Vec<Object> = parents.iter().map(|p| (*p).into()).collect();
            numbers.extend([(n as i64).into(), parents.into()]);
        }
        for (n, link) in self.links.iter().enumerate() {
            numbers.extend([((self.pages.len() + n) as i64).into(), (*link).into()]);
        }
        let next = self.pages.len() + self.links.len();
        let parents = self.doc.new_object_id();
        self.written.dictionary(parents, &dictionary! { "Nums" => numbers });
        let mut dict = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => self.ids[0],
            "ParentTree" => parents,
            "ParentTreeNextKey" => next as i64,
        };
        if let (Some(first), Some(last)) =
            (self.notes.first_key_value(), self.notes.last_key_value())
        {
            let limits: Vec<Object> =
                [first.0, last.0].map(|s| Object::string_literal(s.as_str())).into();
            let name = |(s, id): (&String, &ObjectId)| {
                [Object::string_literal(s.as_str()), (*id).into()]
            };
            let names: Vec<Object> = self.notes.iter().flat_map(name).collect();
            let kid = dictionary! { "Limits" => limits, "Names" => names };
            let id = self.doc.new_object_id();
            self.written.dictionary(id, &kid);
            dict.set("IDTree", dictionary! { "Kids" => vec![id.into()] });
        }
        self.written.dictionary(root, &dict);
        Ok(self.written)
    }
}
