//! Names of files and anchors: unique, ASCII, and known before anything is
//! written, because links lead forwards too.

use super::split::{self, Piece};
use crate::book::{
    Block, BlockKind, Book, Chapter, Inline, NotePlace, Role, index, walk,
};
use std::collections::{BTreeMap, BTreeSet};

/// What every file and anchor is called.
#[derive(Debug)]
pub(super) struct Names {
    /// of each chapter: its first file's stem
    pub(super) stems: Vec<String>,
    /// of each chapter: its files
    pub(super) files: Vec<Vec<File>>,
    /// of each note of each chapter: which of these files calls it first
    pub(super) homes: Vec<Vec<Option<usize>>>,
    /// where all notes stand, if that is one file
    pub(super) gathered: Option<String>,
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

/// A file of a chapter.
#[derive(Debug)]
pub(super) struct File {
    /// its stem
    pub(super) stem: String,
    /// the blocks in it
    pub(super) piece: Piece,
}

/// Stems that keben's own pages have.
const RESERVED: [&str; 4] = ["cover", "titlepage", "copyright", "nav"];

impl Names {
    /// Names all of a book's chapters, headings and parts.
    pub(super) fn of(book: &Book) -> Names {
        let mut n = Names {
            stems: vec![],
            files: vec![],
            homes: vec![],
            gathered: None,
            anchors: vec![],
            parts: BTreeMap::new(),
            targets: BTreeMap::new(),
            terms: BTreeSet::new(),
            taken: BTreeSet::new(),
        };
        let mut files: BTreeSet<String> = RESERVED.map(String::from).into();
        n.files(book, &mut files);
        let gathered = book.chapters.iter().position(|c| c.role == Role::Notes);
        let gathered = gathered.filter(|_| book.notes == NotePlace::Book);
        n.gathered = gathered.map(|i| n.last(i).to_string());
        for (i, chapter) in book.chapters.iter().enumerate() {
            n.chapter(book, i, chapter);
        }
        if let Some(at) = book.chapters.iter().position(|c| c.role == Role::Index) {
            let stem = n.last(at).to_string();
            book.index.groups.iter().for_each(|g| n.entries(&g.entries, &stem));
        }
        let parts = book.chapters.iter().enumerate().filter(|(_, c)| c.part.is_some());
        for (count, (index, _)) in parts.enumerate() {
            let stem = claim(&mut files, &format!("part-{}", count + 1));
            n.parts.insert(index, stem);
        }
        n
    }

    /// Names the files of chapters.
    fn files(&mut self, book: &Book, files: &mut BTreeSet<String>) {
        let stem = |c: &Chapter| claim(files, &safe(&c.id).to_lowercase());
        self.stems = book.chapters.iter().map(stem).collect();
        for (chapter, stem) in book.chapters.iter().zip(&self.stems) {
            let pieces = split::pieces(chapter);
            self.homes.push(split::homes(chapter, &pieces));
            let file = |(k, piece): (usize, Piece)| File {
                stem: piece_stem(chapter, stem, k, &piece, files),
                piece,
            };
            self.files.push(pieces.into_iter().enumerate().map(file).collect());
        }
    }

    /// Names what is in a chapter.
    fn chapter(&mut self, book: &Book, i: usize, chapter: &Chapter) {
        let stem = self.stems[i].clone();
        let notes: Vec<_> = (0..chapter.notes.len())
            .map(|k| self.note_file(book.notes, i, k).to_string())
            .collect();
        let anchor = claim(&mut self.taken, &safe(&chapter.id));
        self.target(&chapter.id, &stem, &anchor);
        let files: Vec<_> = self.files[i]
            .iter()
            .map(|f| (f.stem.clone(), &chapter.blocks[f.piece.blocks.clone()]))
            .collect();
        files.iter().for_each(|(stem, blocks)| self.headings(blocks, stem));
        for (note, stem) in chapter.notes.iter().zip(&notes) {
            self.headings(&note.blocks, stem);
        }
        self.marks_of(&chapter.title, &stem);
        files.iter().for_each(|(stem, blocks)| self.marks(blocks, stem));
        for (note, stem) in chapter.notes.iter().zip(&notes) {
            self.marks(&note.blocks, stem);
        }
        self.anchors.push(anchor);
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
    fn marks(&mut self, blocks: &[Block], stem: &str) {
        walk::blocks(blocks, &mut |b| {
            walk::inlines_of(b, &mut |i| self.mark(i, stem));
        });
    }

    fn marks_of(&mut self, inlines: &[Inline], stem: &str) {
        walk::inlines(inlines, &mut |i| self.mark(i, stem));
    }

    fn mark(&mut self, inline: &Inline, stem: &str) {
        if let Inline::Index(mark) = inline {
            self.add(&mark.id, stem);
        }
    }

    /// The stem of a chapter's last file.
    pub(super) fn last(&self, chapter: usize) -> &str {
        self.files[chapter].last().map_or(&self.stems[chapter], |f| &f.stem)
    }

    /// The stem of the file that calls a note first.
    pub(super) fn home(&self, chapter: usize, note: usize) -> Option<&str> {
        let home = self.homes.get(chapter)?.get(note).copied().flatten()?;
        self.files[chapter].get(home).map(|f| f.stem.as_str())
    }

    /// The stem of the file in which a note stands.
    pub(super) fn note_file(
        &self,
        place: NotePlace,
        chapter: usize,
        note: usize,
    ) -> &str {
        let last = self.last(chapter);
        match place {
            NotePlace::Foot | NotePlace::FootByPage => {
                self.home(chapter, note).unwrap_or(last)
            }
            NotePlace::Chapter => last,
            NotePlace::Book => self.gathered.as_deref().unwrap_or(last),
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

/// What a file of a chapter is called: after the section that begins it, if one does,
/// so that it keeps its name when other sections come and go.
fn piece_stem(
    chapter: &Chapter,
    stem: &str,
    n: usize,
    piece: &Piece,
    files: &mut BTreeSet<String>,
) -> String {
    let first = chapter.blocks.get(piece.blocks.start).map(|b| &b.kind);
    let section = match first {
        Some(BlockKind::Heading { id, .. }) if piece.section => Some(id),
        Some(_) | None => None,
    };
    match (n, section) {
        (0, _) => stem.to_string(),
        (_, Some(id)) => claim(files, &format!("{stem}-{}", safe(id).to_lowercase())),
        (_, None) => claim(files, &format!("{stem}-{}", n + 1)),
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
