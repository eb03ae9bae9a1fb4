//! Marked content (ISO 32000-1, 14.6): what drawn things are in the structure.

use super::ops::Ops;
use super::syntax;
use crate::config::Medium;
use crate::page::Page;
use crate::page::structure::{self, Run, Tag};
use lopdf::{Document, Object, ObjectId, dictionary};

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
    /// Whether something opens before the next thing, and then whether all in it is text.
    pub fn opens(&mut self) -> Option<bool> {
        if self.open.is_some() {
            return None;
        }
        let run = self.runs.next()?;
        let (text, left) = (run.text, run.count);
        self.open = Some((run, left));
        Some(text)
    }
    /// Opens it.
    pub fn begin(&mut self, ops: &mut Ops) {
        let Some((run, _)) = &self.open else { return };
        match &run.tag {
            Tag::Unsaid | Tag::Layout => ops.begin_as(ARTIFACT, LAYOUT),
            Tag::Head => ops.begin_as(ARTIFACT, HEAD),
            Tag::Foot => ops.begin_as(ARTIFACT, FOOT),
            Tag::In(place) => {
                let mut properties = b"/MCID ".to_vec();
                syntax::integer(&mut properties, self.next);
                self.next += 1;
                ops.begin(place.role.name(), &properties);
            }
        }
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

/// What is no part of the text, and names of what is said of it (14.8.2.2.2).
const ARTIFACT: &str = "Artifact";
const LAYOUT: &str = "Layout";
const HEAD: &str = "Head";
const FOOT: &str = "Foot";

/// Gives pages what those names stand for (14.6.2): nearly every page says them.
pub(super) fn resources(
    doc: &mut Document,
    resources: ObjectId,
) -> Result<(), lopdf::Error> {
    let repeated = |kind: &str, edge: &str| {
        let edges: Vec<Object> = vec![edge.into()];
        dictionary! { "Type" => "Pagination", "Subtype" => kind, "Attached" => edges }
    };
    let all = dictionary! {
        LAYOUT => dictionary! { "Type" => LAYOUT },
        HEAD => repeated("Header", "Top"),
        FOOT => repeated("Footer", "Bottom"),
    };
    doc.get_dictionary_mut(resources)?.set("Properties", all);
    Ok(())
}

/// What the next glyph stands for (14.9.4).
pub fn actual(ops: &mut Ops, text: &str) {
    let mut data = vec![0xfe, 0xff];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let mut properties = b"/ActualText".to_vec();
    syntax::hexadecimal(&mut properties, &data);
    ops.begin("Span", &properties);
}

/// The language of what comes (14.9.2).
pub fn lang(ops: &mut Ops, tag: &str) {
    let mut properties = b"/Lang".to_vec();
    syntax::literal(&mut properties, tag.as_bytes());
    ops.begin("Span", &properties);
}
