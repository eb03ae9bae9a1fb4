//! The index (索引): places that the author marks, gathered under their entries,
//! sorted as the book's language sorts words ([`super::collate`]).
//!
//! An entry holds the anchors of its places. What is printed for them is each
//! output's affair: pages on paper, sections where there are none.

use super::collate::{Collation, Initial};
use super::{Book, Chapter, Inline, Role, walk};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::Span;
use std::collections::BTreeMap;
use std::fmt;

/// A place that the index names.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Mark {
    /// anchor, ASCII, unique in the book
    pub id: String,
    /// the entry, and the entries below it: 苏州, 园林
    pub path: Vec<String>,
    /// how its last name is sorted, where that is another way: its reading
    pub sort: Option<String>,
    /// the entries that a reader should look up instead; it is no place then
    pub see: Vec<String>,
    /// those that a reader should look up too
    pub also: Vec<String>,
    /// whether this is the place that says most
    pub main: bool,
    /// whether what is said there begins or ends here
    pub bound: Option<Bound>,
    /// where it was written
    pub span: Span,
}

/// An end of a range of pages.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Bound {
    /// it begins
    Start,
    /// it ends
    End,
}

/// All entries, under their initials.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Index {
    /// in order
    pub groups: Vec<Group>,
}

/// The entries of one initial.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Group {
    /// `T`, `十畫`, `た`
    pub initial: String,
    /// in order
    pub entries: Vec<Entry>,
}

/// A name, and where the book speaks of it.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Entry {
    /// anchor, ASCII
    pub id: String,
    /// the name
    pub name: String,
    /// where the book speaks of it, in the order of the text
    pub places: Vec<Place>,
    /// names of the entries to look up instead
    pub see: Vec<String>,
    /// names of those to look up too
    pub also: Vec<String>,
    /// entries below it, in order
    pub below: Vec<Entry>,
}

/// A place or a range.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Place {
    /// anchor of the mark
    pub from: String,
    /// anchor of the mark where it ends
    pub to: Option<String>,
    /// whether this is the place that says most
    pub main: bool,
}

impl Index {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The anchors of all entries, by their names: 苏州, 苏州/园林.
    pub fn anchors(&self) -> BTreeMap<String, &str> {
        let mut out = BTreeMap::new();
        let all = self.groups.iter().flat_map(|g| &g.entries);
        let mut rest: Vec<_> = all.map(|e| (e.name.clone(), e)).collect();
        while let Some((name, entry)) = rest.pop() {
            rest.extend(entry.below.iter().map(|b| (format!("{name}/{}", b.name), b)));
            out.insert(name, entry.id.as_str());
        }
        out
    }
}

/// Gathers the marks of a book, if one of its chapters is an index. What does not
/// fit together is reported, and is a place by itself.
pub fn gather(book: &Book, sink: &mut Sink) -> Index {
    let mut marks = vec![];
    for chapter in &book.chapters {
        walk::every_inline(chapter, &mut |i| {
            if let Inline::Index(mark) = i {
                marks.push(mark);
            }
        });
    }
    let empty = |c: &&Chapter| c.role == Role::Index && c.blocks.is_empty();
    let Some(first) = marks.first() else {
        if let Some(chapter) = book.chapters.iter().find(empty) {
            let message = "nothing is marked for this index";
            let d = Diagnostic::new(code::BAD_INDEX, message).at(chapter.span);
            sink.push(
                d.hint("mark words such as `[唐寅]{index}`, or leave the chapter out"),
            );
        }
        return Index::default();
    };
    if !book.chapters.iter().any(|c| c.role == Role::Index) {
        let message = "this book has marks for an index, and no index";
        let d = Diagnostic::new(code::BAD_INDEX, message).at(first.span);
        sink.push(d.hint("name a chapter 索引 after the others in SUMMARY.md"));
        return Index::default();
    }
    let mut root = Node::default();
    for mark in &marks {
        root.at(&mark.path).mark(mark, sink);
    }
    for mark in &marks {
        for name in mark.see.iter().chain(&mark.also).filter(|n| !root.has(n)) {
            let message = format!("the index has no entry `{name}`");
            let d = Diagnostic::new(code::BAD_INDEX, message).at(mark.span);
            sink.push(d.hint("mark a place for it, or name an entry that is there"));
        }
    }
    root.unclosed(sink);
    let collation = Collation::of(&book.meta.lang);
    let mut count = 0;
    let mut groups: Vec<Group> = vec![];
    for ((_, initial), entry) in root.entries(&collation, &mut count) {
        match groups.last_mut().filter(|g| g.initial == initial) {
            Some(group) => group.entries.push(entry),
            None => groups.push(Group { initial, entries: vec![entry] }),
        }
    }
    Index { groups }
}

/// An entry while marks are gathered.
#[derive(Default)]
struct Node<'m> {
    places: Vec<Place>,
    /// the range that has begun: its place in `places`, and the mark
    open: Option<(usize, &'m Mark)>,
    sort: Option<&'m str>,
    see: Vec<String>,
    also: Vec<String>,
    below: BTreeMap<&'m str, Node<'m>>,
}

impl<'m> Node<'m> {
    fn at(&mut self, path: &'m [String]) -> &mut Node<'m> {
        path.iter().fold(self, |node, name| node.below.entry(name).or_default())
    }

    /// Whether there is an entry of this name: 苏州, 苏州/园林.
    fn has(&self, name: &str) -> bool {
        let mut node = Some(self);
        for part in name.split('/') {
            node = node.and_then(|n| n.below.get(part.trim()));
        }
        node.is_some()
    }

    fn mark(&mut self, mark: &'m Mark, sink: &mut Sink) {
        self.sort = self.sort.or(mark.sort.as_deref());
        for (from, to) in [(&mark.see, &mut self.see), (&mark.also, &mut self.also)] {
            for name in from {
                if !to.contains(name) {
                    to.push(name.clone());
                }
            }
        }
        if !mark.see.is_empty() {
            return;
        }
        if mark.bound == Some(Bound::End) {
            match self.open.take() {
                Some((n, _)) => {
                    self.places[n].to = Some(mark.id.clone());
                    return;
                }
                None => unpaired(mark, "this range ends, and has no beginning", sink),
            }
        }
        if mark.bound == Some(Bound::Start) {
            let before = self.open.replace((self.places.len(), mark));
            before.into_iter().for_each(|(_, m)| unpaired(m, NO_END, sink));
        }
        self.places.push(Place { from: mark.id.clone(), to: None, main: mark.main });
    }

    fn unclosed(&self, sink: &mut Sink) {
        self.open.iter().for_each(|(_, mark)| unpaired(mark, NO_END, sink));
        self.below.values().for_each(|n| n.unclosed(sink));
    }

    /// The entries below it, sorted, each with its initial.
    fn entries(self, order: &Collation, count: &mut usize) -> Vec<(Initial, Entry)> {
        let mut list: Vec<_> = self.below.into_iter().collect();
        let key = |(name, node): &(&'m str, Node<'m>)| {
            let sort = node.sort.unwrap_or(name);
            (order.initial(sort), sort.to_string())
        };
        list.sort_by_cached_key(|n| Sorted { key: key(n), name: n.0.to_string(), order });
        let entry = |(name, mut node): (&str, Node)| {
            *count += 1;
            let id = format!("index-entry-{count}");
            let initial = order.initial(node.sort.unwrap_or(name));
            let (places, see, also) = (
                std::mem::take(&mut node.places),
                std::mem::take(&mut node.see),
                std::mem::take(&mut node.also),
            );
            let below = node.entries(order, count).into_iter().map(|e| e.1).collect();
            (initial, Entry { id, name: name.to_string(), places, see, also, below })
        };
        list.into_iter().map(entry).collect()
    }
}

const NO_END: &str = "this range begins, and has no end";

fn unpaired(mark: &Mark, message: &str, sink: &mut Sink) {
    let d = Diagnostic::new(code::BAD_INDEX, message).at(mark.span);
    sink.push(d.hint("write both `range=start` and `range=end`, with the same entry"));
}

/// A name in the order of a language.
struct Sorted<'c> {
    key: (Initial, String),
    name: String,
    order: &'c Collation,
}

impl Ord for Sorted<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let words = || self.order.compare(&self.key.1, &other.key.1);
        self.key
            .0
            .cmp(&other.key.0)
            .then_with(words)
            .then_with(|| self.name.cmp(&other.name))
    }
}
impl PartialOrd for Sorted<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Sorted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Sorted<'_> {}

impl fmt::Display for Mark {
    /// As in dumps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{index {}", self.path.join("/"))?;
        let bound = match self.bound {
            None => "",
            Some(Bound::Start) => " from here",
            Some(Bound::End) => " to here",
        };
        let main = if self.main { " main" } else { "" };
        write!(f, "{main}{bound}")?;
        for (word, names) in [("see", &self.see), ("also", &self.also)] {
            if !names.is_empty() {
                write!(f, " {word} {}", names.join("; "))?;
            }
        }
        match &self.sort {
            Some(sort) => write!(f, " as {sort}}}"),
            None => write!(f, "}}"),
        }
    }
}
