//! Pages that stand alone: dedication, epigraph, the title of a part.

use super::Setter;
use crate::book::{Chapter, Part, Role, text};
use crate::geom::{Len, Logical};
use crate::page::galley::{Entry, height};
use crate::page::paginate::{self, Leaf};
use crate::page::stack::{Stack, part_anchor};
use crate::page::structure::Tag;
use crate::page::{Draw, half};

/// A dedication or an epigraph: high on its page, in the middle of the measure.
/// A title that says nothing but 献词 is left to the contents of readers.
pub(in crate::page) fn alone(s: &mut Setter<'_, '_, '_>, chapter: &Chapter) -> Vec<Leaf> {
    let area = s.input.config.page.area;
    let mut stack = Stack::new(s.input, chapter, &mut *s.shaper, &mut *s.faults);
    (stack.indent, stack.flush) = (false, true);
    let lang = &s.input.book.meta.lang;
    let bare = chapter.role.is_named(&text::plain(&chapter.title), lang);
    if !bare || chapter.blocks.is_empty() {
        stack.title();
    }
    // Lines of a dedication are short; whole characters are left at both ends.
    let edge = i64::from(area.chars) / 6;
    stack.start = area.size * edge;
    stack.measure = area.measure() - area.size * (edge * 2);
    stack.blocks(&chapter.blocks);
    let mut entries = stack.entries;
    if chapter.role == Role::Epigraph {
        balance(&mut entries, area.measure());
    } else {
        entries.iter_mut().for_each(|e| centre(e, area.measure()));
    }
    if let Some(first) = entries.first_mut().filter(|_| bare) {
        first.anchors.insert(0, chapter.id.clone());
    }
    let rows = height(&entries).to_sp() / area.leading.to_sp().max(1);
    let above = (i64::from(area.lines) / 3 - rows / 2).max(0);
    let room = Entry { height: area.leading * above, keep: true, ..Entry::default() };
    entries.insert(0, room);
    paginate::cut(entries, &area)
}

/// Where what is drawn begins and ends.
fn extent(entry: &Entry) -> Option<(Len, Len)> {
    let end = |(at, draw, _): &(Logical, Draw, Tag)| {
        at.inline
            + match draw {
                Draw::Text(run) => run.width,
                Draw::Rule { size, .. } | Draw::Image { size, .. } => size.w,
                // As wide as the type area: it stays where it is.
                Draw::Turned(_) | Draw::Path { .. } => Len::ZERO,
            }
    };
    let start = entry.draws.iter().map(|d| d.0.inline).min()?;
    Some((start, entry.draws.iter().map(end).max()?))
}

fn shift(entry: &mut Entry, by: Len) {
    entry.draws.iter_mut().for_each(|d| d.0.inline += by);
}

fn centre(entry: &mut Entry, measure: Len) {
    if let Some((start, end)) = extent(entry) {
        shift(entry, half(measure - (end - start)) - start);
    }
}

/// Moves lines as one, so that the widest stands in the middle; the author that a
/// dash brings in ends where it ends.
fn balance(entries: &mut [Entry], measure: Len) {
    let all: Vec<_> = entries.iter().filter_map(extent).collect();
    let (start, end) = (all.iter().map(|e| e.0).min(), all.iter().map(|e| e.1).max());
    if let (Some(start), Some(end)) = (start, end) {
        let by = half(measure - (end - start)) - start;
        for entry in entries {
            let own = extent(entry).filter(|_| is_author(entry)).map(|e| end - e.1);
            shift(entry, by + own.unwrap_or_default());
        }
    }
}

fn is_author(entry: &Entry) -> bool {
    let texts = entry.draws.iter().filter_map(|(_, draw, _)| match draw {
        Draw::Text(run) => Some(run.text.as_str()),
        Draw::Rule { .. } | Draw::Image { .. } | Draw::Turned(_) | Draw::Path { .. } => {
            None
        }
    });
    texts.take(1).any(|t| t.starts_with(['—', '―']))
}

/// The title of a part on a page of its own (篇章页).
pub(in crate::page) fn part_page(
    s: &mut Setter<'_, '_, '_>,
    chapter: &Chapter,
    part: &Part,
) -> Leaf {
    let area = s.input.config.page.area;
    let mut leaf = Leaf { opener: true, ..Leaf::default() };
    let [number, title] = s.input.theme.part;
    let mut at = area.leading * (i64::from(area.lines) / 3 - 2).max(0);
    leaf.anchors.push((part_anchor(chapter), Logical { inline: Len::ZERO, block: at }));
    if let Some(text) = &part.number {
        at = s.centred(text, number, at, &mut leaf) + area.leading;
    }
    s.centred(&part.title, title, at, &mut leaf);
    leaf
}
