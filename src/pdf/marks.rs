//! Marked content (ISO 32000-1, 14.6): what drawn things are in the structure.

use crate::config::Medium;
use crate::page::Page;
use crate::page::structure::{self, Run, Tag};
use printpdf::{DictItem, Op};
use std::collections::BTreeMap;

/// The marked content of a page, while the page is written.
#[derive(Debug, Default)]
pub struct Marks {
    /// runs that are still to come
    runs: std::vec::IntoIter<Run>,
    /// the run that is open, and how many of its things are to come
    open: Option<(Run, usize)>,
    /// number of the next run that has a place
    next: i64,
}

impl Marks {
    /// A printer needs none of it.
    pub fn of(page: &Page, medium: Medium) -> Marks {
        match medium {
            Medium::Screen => {
                Marks { runs: structure::runs(page).into_iter(), ..Marks::default() }
            }
            Medium::Print => Marks::default(),
        }
    }
    /// What opens before the next thing, if anything, and whether all in it is text.
    pub fn begin(&mut self) -> Option<(Op, bool)> {
        if self.open.is_some() {
            return None;
        }
        let run = self.runs.next()?;
        let (tag, properties) = match &run.tag {
            Tag::Unsaid | Tag::Layout => ("Artifact", vec![("Type", name("Layout"))]),
            Tag::Head => ("Artifact", furniture("Header", "Top")),
            Tag::Foot => ("Artifact", furniture("Footer", "Bottom")),
            Tag::In(place) => {
                self.next += 1;
                (place.role.name(), vec![("MCID", DictItem::Int(self.next - 1))])
            }
        };
        let text = run.text;
        let left = run.count;
        self.open = Some((run, left));
        Some((begin(tag, properties), text))
    }
    /// Whether something closes behind the thing just drawn, and whether all in it
    /// is text.
    pub fn end(&mut self) -> Option<bool> {
        let (run, left) = self.open.as_mut()?;
        *left -= 1;
        if *left > 0 {
            return None;
        }
        let text = run.text;
        self.open = None;
        Some(text)
    }
    /// Whether what is open is read.
    pub fn is_in_place(&self) -> bool {
        self.open.as_ref().is_some_and(|(run, _)| matches!(run.tag, Tag::In(_)))
    }
}

/// What the next glyph stands for (14.9.4).
pub fn actual(text: &str) -> Op {
    let mut data = vec![0xfe, 0xff];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    begin("Span", vec![("ActualText", DictItem::String { data, literal: false })])
}

/// The language of what comes (14.9.2).
pub fn lang(tag: &str) -> Op {
    let data = tag.as_bytes().to_vec();
    begin("Span", vec![("Lang", DictItem::String { data, literal: true })])
}

/// What is repeated on pages, and at which edge (14.8.2.2.2).
fn furniture(kind: &str, edge: &str) -> Vec<(&'static str, DictItem)> {
    let edge = DictItem::Array(vec![name(edge)]);
    vec![("Type", name("Pagination")), ("Subtype", name(kind)), ("Attached", edge)]
}

fn begin(tag: &str, list: Vec<(&str, DictItem)>) -> Op {
    let map: BTreeMap<_, _> = list.into_iter().map(|(k, v)| (k.to_string(), v)).collect();
    let properties = DictItem::Dict { map };
    Op::BeginMarkedContentWithProperties { tag: tag.into(), properties }
}

fn name(s: &str) -> DictItem {
    DictItem::Name(s.as_bytes().to_vec())
}
