//! What drawn things are in the structure of the text, for tagged PDF (ISO 32000-1,
//! 14.7 and 14.8).
//!
//! Each drawn thing carries a [`Tag`]: a place in the structure, or nothing that is
//! read. A [`Place`] names the places around it and says which child of its parent
//! it is, so chapters are tagged apart from one another, and a paragraph that goes
//! on over a page is one place. [`Tree`] puts the places of all pages together, in
//! the order of the text.

mod dump;
pub mod runs;
pub mod tree;

use super::Draw;
pub use runs::{Run, around, runs};
use std::sync::Arc;
pub use tree::{Drawn, Node, Tree};

/// What a drawn thing is to somebody who listens.
#[derive(Debug, Default, Clone, PartialEq)]
pub enum Tag {
    /// not said yet; in the end nothing that is read
    #[default]
    Unsaid,
    /// a rule, a ground, leaders: nothing that is read
    Layout,
    /// a running head
    Head,
    /// a folio at the foot
    Foot,
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
    /// a part (篇) with its chapters
    Part,
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
    /// a list, with what stands before its items
    List(Marker),
    /// an item of a list
    Item,
    /// what stands before an item or a note
    Label,
    /// what an item says
    Body,
    /// a table: after its caption these rows, also those in which nothing is drawn
    Table(Arc<[Vec<Cell>]>),
    /// one of its rows
    Row,
    /// a cell of a row
    Cell(Cell),
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

/// What stands before the items of a list (ISO 32000-1, 14.8.5.5).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Marker {
    /// nothing, or words that are not counted
    None,
    /// filled circles
    Disc,
    /// open circles
    Circle,
    /// numbers
    Decimal,
}

/// A cell of a table.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Cell {
    /// what it is the heading of
    pub heads: Option<Scope>,
    /// columns that it covers
    pub columns: usize,
    /// rows that it covers
    pub rows: usize,
}

/// What a heading of a table is over.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Scope {
    /// its columns
    Column,
    /// its rows
    Row,
}

impl Role {
    /// Its standard structure type.
    pub fn name(&self) -> &'static str {
        const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
        match self {
            Role::Heading(n) => HEADINGS[usize::from(*n).clamp(1, 6) - 1],
            Role::Part => "Part",
            Role::Sect => "Sect",
            Role::P => "P",
            Role::Quote => "BlockQuote",
            Role::Div => "Div",
            Role::List(_) => "L",
            Role::Item => "LI",
            Role::Label => "Lbl",
            Role::Body => "LBody",
            Role::Table(_) => "Table",
            Role::Row => "TR",
            Role::Cell(Cell { heads: Some(_), .. }) => "TH",
            Role::Cell(Cell { heads: None, .. }) => "TD",
            Role::Figure(_) => "Figure",
            Role::Formula(_) => "Formula",
            Role::Caption => "Caption",
            Role::Note(_) => "Note",
            Role::Code => "Code",
            Role::Toc => "TOC",
            Role::TocItem => "TOCI",
        }
    }
}

impl Tag {
    /// The place of what is read.
    pub fn place(&self) -> Option<&Arc<Place>> {
        match self {
            Tag::In(place) => Some(place),
            Tag::Unsaid | Tag::Layout | Tag::Head | Tag::Foot => None,
        }
    }
}

impl Place {
    /// The places from the outermost in, this one last.
    pub(super) fn path(&self) -> Vec<&Place> {
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
        if *tag == Tag::Unsaid {
            *tag = Tag::In(place.clone());
        }
    }
}
