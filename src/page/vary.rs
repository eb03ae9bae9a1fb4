//! Paragraphs a line shorter or longer, for pages that end well (孤行, P-05).

use super::Input;
use super::galley::{Called, Entry, Galley, Variant};
use super::notes::call_anchor;
use super::stack::Stack;
use super::tagging;
use crate::book::Chapter;
use crate::font::shape::Shaper;
use crate::geom::Len;
use crate::line::{self, Line, Paragraph, Shape};

/// How a paragraph of the body was set.
#[derive(Debug, Clone)]
pub struct Setting {
    /// its first entry
    pub first: usize,
    /// its text
    pub paragraph: Paragraph,
    /// the shape of its lines
    pub shape: Shape,
    /// size of its text
    pub size: Len,
    /// length of its last line
    pub tail: Len,
    /// its lines
    pub lines: usize,
}

/// Shorter paragraphs have no room for a change.
const LEAST: usize = 3;

/// Sets paragraphs that may give with a line less and a line more.
pub fn vary<'a>(
    input: &Input<'_>,
    chapter: &Chapter,
    shaper: &mut Shaper<'_>,
    settings: impl Iterator<Item = &'a Setting>,
    galley: &mut Galley,
) {
    for setting in settings {
        let mut counts = vec![setting.lines.wrapping_sub(1), setting.lines + 1];
        counts.retain(|n| *n >= LEAST - 1 && setting.may(*n));
        if counts.is_empty() {
            continue;
        }
        let (paragraph, shape) = (&setting.paragraph, setting.shape);
        let rules = &input.config.rules;
        let mut variants = vec![];
        for (lines, cost) in line::vary(paragraph, shape, rules, shaper, &counts) {
            let mut faults = vec![];
            let mut stack = Stack::new(input, chapter, shaper, &mut faults);
            let old = &galley.entries[setting.first..][..setting.lines];
            let entries = entries(&mut stack, lines, setting.size, old);
            variants.push(Variant { entries, of: setting.lines, cost });
        }
        if !variants.is_empty() {
            galley.variants.insert(setting.first, variants);
        }
    }
}

impl Setting {
    /// Whether so many lines are worth a try: what has to be taken in or given out is
    /// less than 1/20 em for each character of the lines that can do it.
    fn may(&self, lines: usize) -> bool {
        let room = self.shape.measure.frac(1, 20) * lines as i64;
        let more = lines > self.lines;
        let need = if more { self.shape.measure - self.tail } else { self.tail };
        self.lines >= LEAST && need <= room
    }
}

/// The lines as entries, with the notes and ids of those that they stand for.
fn entries(
    stack: &mut Stack<'_, '_, '_>,
    lines: Vec<Line>,
    size: Len,
    old: &[Entry],
) -> Vec<Entry> {
    let calls: Vec<_> = lines.iter().map(|l| l.notes.clone()).collect();
    stack.push_again(lines, size);
    let mut entries = std::mem::take(&mut stack.entries);
    let place = tagging::place_of(old);
    place.iter().for_each(|p| tagging::mark(&mut entries, p));
    let mut notes: Vec<Option<Called>> =
        old.iter().flat_map(|e| e.notes.iter().cloned().map(Some)).collect();
    let mut ids: Vec<_> = old.iter().flat_map(|e| e.anchors.clone()).collect();
    for (entry, calls) in entries.iter_mut().zip(&calls) {
        for slot in &mut notes {
            let Some(note) = slot.take_if(|n| calls.contains(&n.index)) else { continue };
            let id = call_anchor(stack.chapter, note.index);
            ids.retain(|i| *i != id);
            entry.anchors.push(id);
            entry.notes.push(note);
        }
    }
    // What is left, and does not stand in a line of its own, is about the paragraph.
    ids.retain(|id| !entries.iter().any(|e| e.anchors.contains(id)));
    if let (Some(first), Some(last)) = (entries.first_mut(), old.last()) {
        first.anchors.extend(ids);
        entries
            .last_mut()
            .into_iter()
            .for_each(|e| (e.keep, e.leads) = (last.keep, last.leads));
    }
    entries
}
