//! Names of files and anchors: unique, ASCII, and known before anything is
//! written, because links lead forwards too.

use crate::book::{
    Block, BlockKind, Book, Chapter, Inline, NotePlace, Role, index, walk,
};
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
    /// ids of the glossary's terms
    terms: BTreeSet<String>,
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
            terms: BTreeSet::new(),
            taken: BTreeSet::new(),
        };
        let mut files: BTreeSet<String> = RESERVED.map(String::from).into();
        let stem = |c: &Chapter| claim(&mut files, &safe(&c.id).to_lowercase());
        n.stems = book.chapters.iter().map(stem).collect();
        let gathered = book.chapters.iter().position(|c| c.role == Role::Notes);
        let gathered = gathered.filter(|_| book.notes == NotePlace::Book);
        for (i, chapter) in book.chapters.iter().enumerate() {
            let stem = n.stems[i].clone();
            // Notes may stand in a file of their own.
            let notes = n.stems[gathered.unwrap_or(i)].clone();
            let anchor = claim(&mut n.taken, &safe(&chapter.id));
            n.target(&chapter.id, &stem, &anchor);
            n.headings(&chapter.blocks, &stem);
            chapter.notes.iter().for_each(|note| n.headings(&note.blocks, &notes));
            n.marks(chapter, &stem, &notes);
            n.anchors.push(anchor);
        }
        if let Some(at) = book.chapters.iter().position(|c| c.role == Role::Index) {
            let stem = n.stems[at].clone();
            book.index.groups.iter().for_each(|g| n.entries(&g.entries, &stem));
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
            let id = match &block.kind {
                BlockKind::Heading { id, .. } => id,
                BlockKind::Figure(f) => &f.id,
                BlockKind::Table(t) => &t.id,
                BlockKind::Code(c) => &c.id,
                BlockKind::Math(e) => &e.id,
                BlockKind::Definitions(list) => {
                    for d in list.iter().filter(|d| !d.id.is_empty()) {
                        self.add(&d.id, stem);
                        self.terms.insert(d.id.clone());
                    }
                    return;
                }
                BlockKind::Paragraph(_)
                | BlockKind::Continued(_)
                | BlockKind::Quote(_)
                | BlockKind::Alert { .. }
                | BlockKind::Styled { .. }
                | BlockKind::Dialogue(_)
                | BlockKind::Verse(_)
                | BlockKind::List { .. }
                | BlockKind::Break => return,
            };
            let heading = matches!(block.kind, BlockKind::Heading { .. });
            if heading || !id.is_empty() {
                self.add(id, stem);
            }
        });
    }

    fn add(&mut self, id: &str, stem: &str) {
        let anchor = claim(&mut self.taken, &safe(id));
        self.target(id, stem, &anchor);
    }

    /// The places that the index names.
    fn marks(&mut self, chapter: &Chapter, stem: &str, notes: &str) {
        let mut mark = |inline: &Inline, stem: &str| {
            if let Inline::Index(mark) = inline {
                self.add(&mark.id, stem);
            }
        };
        walk::inlines(&chapter.title, &mut |i| mark(i, stem));
        walk::blocks(&chapter.blocks, &mut |b| {
            walk::inlines_of(b, &mut |i| mark(i, stem));
        });
        for note in &chapter.notes {
            walk::blocks(&note.blocks, &mut |b| {
                walk::inlines_of(b, &mut |i| mark(i, notes));
            });
        }
    }

    /// The entries of the index.
    fn entries(&mut self, list: &[index::Entry], stem: &str) {
        for entry in list {
            self.add(&entry.id, stem);
            self.entries(&entry.below, stem);
        }
    }

    /// Whether an id is that of a term of the glossary.
    pub(super) fn is_term(&self, id: &str) -> bool {
        self.terms.contains(id)
    }

    /// The anchor of a heading, a figure or a formula, inside its file.
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
