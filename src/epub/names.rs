//! Names of files and anchors: unique, ASCII, and known before anything is
//! written, because links lead forwards too.

use crate::book::{Block, BlockKind, Book, Equation, walk};
use std::collections::{BTreeMap, BTreeSet};

/// What every file and anchor is called.
#[derive(Debug)]
pub(super) struct Names {
    /// of each chapter: its file's stem
    pub(super) stems: Vec<String>,
    /// of each chapter: its own anchor
    pub(super) anchors: Vec<String>,
    /// stem of the part page before a chapter, by the chapter's index
    pub(super) parts: BTreeMap<usize, String>,
    /// the book's ids → stem and anchor
    targets: BTreeMap<String, (String, String)>,
    /// anchors given out, in any file
    taken: BTreeSet<String>,
}

/// Stems that keben's own pages have.
const RESERVED: [&str; 4] = ["cover", "titlepage", "copyright", "nav"];

impl Names {
    /// Names all of a book's chapters, headings and parts.
    pub(super) fn of(book: &Book) -> Names {
        let mut n = Names {
            stems: vec![],
            anchors: vec![],
            parts: BTreeMap::new(),
            targets: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        let mut files: BTreeSet<String> = RESERVED.map(String::from).into();
        for chapter in &book.chapters {
            let stem = claim(&mut files, &safe(&chapter.id).to_lowercase());
            let anchor = claim(&mut n.taken, &safe(&chapter.id));
            n.target(&chapter.id, &stem, &anchor);
            n.headings(&chapter.blocks, &stem);
            chapter.notes.iter().for_each(|note| n.headings(&note.blocks, &stem));
            n.stems.push(stem);
            n.anchors.push(anchor);
        }
        let parts = book.chapters.iter().enumerate().filter(|(_, c)| c.part.is_some());
        for (count, (index, _)) in parts.enumerate() {
            let stem = claim(&mut files, &format!("part-{}", count + 1));
            n.parts.insert(index, stem);
        }
        n
    }

    fn target(&mut self, id: &str, stem: &str, anchor: &str) {
        self.targets
            .entry(id.to_string())
            .or_insert_with(|| (stem.to_string(), anchor.to_string()));
    }

    fn headings(&mut self, blocks: &[Block], stem: &str) {
        walk::blocks(blocks, &mut |block| {
            if let BlockKind::Heading { id, .. } = &block.kind {
                self.place(id, stem);
            }
            if let BlockKind::Math(Equation { id: Some(id), .. }) = &block.kind {
                self.place(id, stem);
            }
        });
    }

    fn place(&mut self, id: &str, stem: &str) {
        let anchor = claim(&mut self.taken, &safe(id));
        self.target(id, stem, &anchor);
    }

    /// The anchor of a heading or formula, inside its file.
    pub(super) fn anchor(&self, id: &str) -> Option<&str> {
        self.targets.get(id).map(|t| t.1.as_str())
    }

    /// Where a link to an id of the book leads, from another file of `text/`.
    pub(super) fn href(&self, id: &str) -> Option<String> {
        let (stem, anchor) = self.targets.get(id)?;
        Some(format!("{stem}.xhtml#{anchor}"))
    }

    /// An anchor like `wish` that no heading or chapter has.
    pub(super) fn free(&self, wish: &str) -> String {
        let mut name = wish.to_string();
        while self.taken.contains(&name) {
            name.push('_');
        }
        name
    }
}

/// `wish`, or `wish-2` and so on if it is taken.
fn claim(taken: &mut BTreeSet<String>, wish: &str) -> String {
    let mut name = wish.to_string();
    let mut n = 1;
    while !taken.insert(name.clone()) {
        n += 1;
        name = format!("{wish}-{n}");
    }
    name
}

/// An id that is an XML name and a file name everywhere.
fn safe(id: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let s: String = id.chars().map(keep).collect();
    if s.starts_with(|c: char| c.is_ascii_alphabetic()) { s } else { format!("id-{s}") }
}
