//! What drawn things are in the structure of the text, for tagged PDF (ISO 32000-1,
//! 14.7 and 14.8).
//!
//! Each drawn thing carries a [`Tag`]: a place in the structure, or nothing that is
//! read. A [`Place`] names the places around it and says which child of its parent
//! it is, so chapters are tagged apart from one another, and a paragraph that goes
//! on over a page is one place. [`Tree`] puts the places of all pages together, in
//! the order of the text.

use super::{Draw, Page};
use crate::book::Target;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// What a drawn thing is to somebody who listens.
#[derive(Debug, Default, Clone, PartialEq)]
pub enum Tag {
    /// a rule, a ground: nothing that is read
    #[default]
    Layout,
    /// a running head or a folio
    Pagination,
    /// what stands in this place
    In(Arc<Place>),
}

/// A place in the structure. Places with the same parents and indexes are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// what is around it; nothing around a chapter
    pub parent: Option<Arc<Place>>,
    /// which child of its parent it is, in the order of the text
    pub index: u32,
    /// what it is
    pub role: Role,
}

/// What a place is (ISO 32000-1, 14.8.4).
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// a chapter or one of the parts that keben makes
    Sect,
    /// a heading of a level from 1
    Heading(u8),
    /// a paragraph
    P,
    /// a quotation
    Quote,
    /// blocks that belong together
    Div,
    /// a list; with numbers?
    List(bool),
    /// an item of a list
    Item,
    /// what stands before an item or a note
    Label,
    /// what an item says
    Body,
    /// a table
    Table,
    /// one of its rows
    Row,
    /// a cell of a row
    Cell {
        /// whether it heads its columns
        head: bool,
        /// columns that it covers
        columns: usize,
        /// rows that it covers
        rows: usize,
    },
    /// a picture, with what it shows
    Figure(String),
    /// a formula, as it was written
    Formula(String),
    /// what is said of a figure or a table
    Caption,
    /// a note, with its id
    Note(String),
    /// a listing
    Code,
    /// contents or a list
    Toc,
    /// an entry of it
    TocItem,
}

impl Role {
    /// Its standard structure type.
    pub fn name(&self) -> String {
        match self {
            Role::Heading(n) => return format!("H{}", (*n).clamp(1, 6)),
            Role::Sect => "Sect",
            Role::P => "P",
            Role::Quote => "BlockQuote",
            Role::Div => "Div",
            Role::List(_) => "L",
            Role::Item => "LI",
            Role::Label => "Lbl",
            Role::Body => "LBody",
            Role::Table => "Table",
            Role::Row => "TR",
            Role::Cell { head: true, .. } => "TH",
            Role::Cell { head: false, .. } => "TD",
            Role::Figure(_) => "Figure",
            Role::Formula(_) => "Formula",
            Role::Caption => "Caption",
            Role::Note(_) => "Note",
            Role::Code => "Code",
            Role::Toc => "TOC",
            Role::TocItem => "TOCI",
        }
        .into()
    }
}

impl Place {
    /// The places from the outermost in, this one last.
    fn path(&self) -> Vec<&Place> {
        let mut out = vec![self];
        while let Some(outer) = out.last().and_then(|p| p.parent.as_deref()) {
            out.push(outer);
        }
        out.reverse();
        out
    }
}

/// Gives text, pictures and outlines their place, where they have none yet. Rules
/// stay what they are.
pub fn paint<P>(draws: &mut [(P, Draw, Tag)], place: &Arc<Place>) {
    for (_, draw, tag) in draws {
        match draw {
            Draw::Rule { .. } => continue,
            Draw::Turned(inside) => {
                paint(inside, place);
                continue;
            }
            // What is no text is not read: the number of a line of code.
            Draw::Text(run) if run.text.is_empty() => continue,
            Draw::Text(_) | Draw::Image { .. } | Draw::Path { .. } => {}
        }
        if *tag == Tag::Layout {
            *tag = Tag::In(place.clone());
        }
    }
}

/// Things of one place that are drawn one after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// what they are
    pub tag: Tag,
    /// where they lead
    pub link: Option<Arc<Target>>,
    /// how many they are; what is turned counts one by one
    pub count: usize,
}

/// The runs of a page. None goes on from inside a turn to its outside.
pub fn runs(page: &Page) -> Vec<Run> {
    let mut out = vec![];
    let mut open = false;
    for (_, draw, tag) in &page.items {
        if let Draw::Turned(inside) = draw {
            open = false;
            for (_, draw, tag) in inside {
                put(draw, tag, &mut open, &mut out);
            }
            open = false;
        } else {
            put(draw, tag, &mut open, &mut out);
        }
    }
    out
}

fn put(draw: &Draw, tag: &Tag, open: &mut bool, out: &mut Vec<Run>) {
    let link = match (draw, tag) {
        (Draw::Text(run), Tag::In(_)) => run.link.clone(),
        _ => None,
    };
    match out.last_mut().filter(|r| *open && r.tag == *tag && r.link == link) {
        Some(run) => run.count += 1,
        None => out.push(Run { tag: tag.clone(), link, count: 1 }),
    }
    *open = true;
}

/// The structure of a book.
#[derive(Debug, Default)]
pub struct Tree {
    /// the places, each after the one around it; the first is the document
    pub nodes: Vec<Node>,
}

/// A place of the structure with what is in it.
#[derive(Debug)]
pub struct Node {
    /// what it is; nothing for the document
    pub role: Option<Role>,
    /// the place around it
    pub parent: usize,
    /// the places in it, in the order of the text
    pub inside: BTreeMap<u32, usize>,
    /// what is drawn of it: page, number of the run among those of places, target
    pub drawn: Vec<(usize, usize, Option<Arc<Target>>)>,
}

impl Tree {
    /// The structure of some pages.
    pub fn of(pages: &[Page]) -> Tree {
        let root = Node { role: None, parent: 0, inside: BTreeMap::new(), drawn: vec![] };
        let mut tree = Tree { nodes: vec![root] };
        for (n, page) in pages.iter().enumerate() {
            let mut number = 0;
            for run in runs(page) {
                let Tag::In(place) = &run.tag else { continue };
                let at = tree.node(place);
                tree.nodes[at].drawn.push((n, number, run.link));
                number += 1;
            }
        }
        tree.levels();
        tree
    }
    fn node(&mut self, place: &Place) -> usize {
        let mut at = 0;
        for step in place.path() {
            let next = self.nodes.len();
            let known = *self.nodes[at].inside.entry(step.index).or_insert(next);
            if known == next {
                let role = Some(step.role.clone());
                let (inside, drawn) = (BTreeMap::new(), vec![]);
                self.nodes.push(Node { role, parent: at, inside, drawn });
            }
            at = known;
        }
        at
    }
    /// The nodes in the order of the text, each with its depth.
    pub fn order(&self) -> Vec<(usize, usize)> {
        let mut out = vec![];
        let mut rest = vec![(0, 0)];
        while let Some((at, depth)) = rest.pop() {
            out.push((at, depth));
            rest.extend(self.nodes[at].inside.values().rev().map(|n| (*n, depth + 1)));
        }
        out
    }
    /// Headings begin at level 1 and leave none out (ISO 14289-1, 7.4.2).
    fn levels(&mut self) {
        let mut last = 0;
        for (at, _) in self.order() {
            if let Some(Role::Heading(n)) = &mut self.nodes[at].role {
                *n = (*n).clamp(1, last + 1);
                last = *n;
            }
        }
    }
    /// As text, for goldens and `keben inspect structure`: the places, and on which
    /// pages each is drawn.
    pub fn dump(&self, pages: &[Page]) -> String {
        let mut out = String::new();
        for (at, depth) in self.order() {
            let node = &self.nodes[at];
            let name = node.role.as_ref().map_or("Document".into(), Role::name);
            write!(out, "{}{name}", "  ".repeat(depth)).ok();
            match &node.role {
                Some(Role::Figure(s) | Role::Formula(s) | Role::Note(s)) => {
                    write!(out, " ({s})").ok();
                }
                Some(Role::Cell { columns, rows, .. }) if (*columns, *rows) != (1, 1) => {
                    write!(out, " {columns} × {rows}").ok();
                }
                Some(_) | None => {}
            }
            let mut last = None;
            for (page, _, link) in &node.drawn {
                if last != Some(*page) {
                    write!(out, " p{}", pages[*page].label).ok();
                }
                last = Some(*page);
                if link.is_some() {
                    out.push_str(" link");
                }
            }
            out.push('\n');
        }
        out
    }
}
