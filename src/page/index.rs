//! The index (索引) on paper: entries with the pages of their places, in columns.

mod places;

use super::Input;
use super::columns::{self, Columns};
use super::galley::Entry;
use super::half;
use super::paginate::Leaf;
use super::refs::Spots;
use super::stack::{ASCENT, Stack};
use super::tagging;
use crate::book::words::{RefWords, words};
use crate::book::{Chapter, Index, Target, index};
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical};
use crate::line::{self, Fault, Paragraph, Shape};
use crate::theme::TextStyle;
use places::Places;
use std::collections::BTreeMap;

/// An entry as it is printed.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub(super) struct Row {
    /// the initial that begins with it
    initial: Option<String>,
    /// 0 for an entry, 1 for one below it
    depth: i64,
    /// anchor
    id: String,
    name: String,
    /// page or pages, the anchor of the first place, and whether it says most
    pages: Vec<(String, String, bool)>,
    /// names, and their anchors where they are entries
    see: Vec<(String, Option<String>)>,
    also: Vec<(String, Option<String>)>,
}

/// The entries of a book's index, each before those below it.
pub(super) fn rows(index: &Index, spots: &Spots) -> Vec<Row> {
    let anchors = index.anchors();
    let mut out = vec![];
    for group in &index.groups {
        let at = out.len();
        group.entries.iter().for_each(|e| entry(&anchors, e, 0, spots, &mut out));
        out.get_mut(at).into_iter().for_each(|r| r.initial = Some(group.initial.clone()));
    }
    out
}

fn entry(
    anchors: &BTreeMap<String, &str>,
    e: &index::Entry,
    depth: i64,
    spots: &Spots,
    out: &mut Vec<Row>,
) {
    let named = |names: &[String]| {
        let each =
            names.iter().map(|n| (n.clone(), anchors.get(n).map(|id| id.to_string())));
        each.collect()
    };
    out.push(Row {
        initial: None,
        depth,
        id: e.id.clone(),
        name: e.name.clone(),
        pages: pages(&e.places, spots),
        see: named(&e.see),
        also: named(&e.also),
    });
    e.below.iter().for_each(|b| entry(anchors, b, depth + 1, spots, out));
}

/// Pages of some places, one after another.
struct Run<'s> {
    from: (bool, u32),
    to: (bool, u32),
    labels: (&'s str, &'s str),
    /// anchor of the first place
    id: &'s str,
    main: bool,
    /// a range that the author marked
    range: bool,
}

/// The numbers of pages: each page once, three and more that follow one another
/// and ranges that the author marked as one (12–15). The place that says most
/// stands by itself.
pub(super) fn pages(
    places: &[index::Place],
    spots: &Spots,
) -> Vec<(String, String, bool)> {
    let mut runs: Vec<Run> = vec![];
    for place in places {
        let Some(from) = spots.get(&place.from) else { continue };
        let to = place.to.as_ref().and_then(|id| spots.get(id)).unwrap_or(from);
        let (first, last) = (from.page.min(to.page), from.page.max(to.page));
        let labels = (from.label.as_str(), to.label.as_str());
        let range = first != last;
        let id = place.from.as_str();
        runs.push(Run { from: first, to: last, labels, id, main: place.main, range });
    }
    runs.sort_by_key(|r| (r.from, !r.main, r.to));
    let mut joined: Vec<Vec<Run>> = vec![];
    for run in runs {
        let next = |end: (bool, u32)| run.from.0 == end.0 && run.from.1 <= end.1 + 1;
        let Some(last) = joined.last_mut() else {
            joined.push(vec![run]);
            continue;
        };
        let end = last.iter().map(|r| r.to).max().unwrap_or_default();
        let same = last[0].main == run.main;
        if !same
            && run.from == run.to
            && last.iter().any(|r| r.from <= run.from)
            && run.from <= end
        {
            // The page is there already, as the one that says most.
            if !run.main {
                continue;
            }
        }
        if same && next(end) { last.push(run) } else { joined.push(vec![run]) }
    }
    joined.iter().flat_map(|runs| printed(runs)).collect()
}

/// One number, two, or a range, of runs that touch one another.
fn printed(runs: &[Run]) -> Vec<(String, String, bool)> {
    let Some(first) = runs.first() else { return vec![] };
    let one = |r: &Run| (r.labels.0.to_string(), r.id.to_string(), r.main);
    let last = runs.iter().max_by_key(|r| r.to).unwrap_or(first);
    if last.to == first.from {
        return vec![one(first)];
    }
    let long = last.to.1 - first.from.1 > 1 || runs.iter().any(|r| r.range);
    if !long {
        return vec![one(first), one(last)];
    }
    let label = format!("{}–{}", first.labels.0, last.labels.1);
    vec![(label, first.id.to_string(), first.main)]
}

/// The leaves of an index.
pub(super) fn leaves(
    input: &Input<'_>,
    chapter: &Chapter,
    rows: &[Row],
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Leaf> {
    let mut stack = Stack::new(input, chapter, &mut *shaper, &mut *faults);
    stack.title();
    stack.blocks(&chapter.blocks);
    let mut head = std::mem::take(&mut stack.entries);
    let mut places = Places::new(&stack.place, stack.children);
    let area = input.config.page.area;
    // A title brings its own space; what is said below it does not.
    if head.last().is_some_and(|e| !e.heading && !e.space) {
        head.push(Entry { height: area.leading, ..Entry::default() });
    }
    let style = input.theme.note.style(area.size);
    // Small lines stand on the pitch of notes: four take three of the grid's.
    let pitch = area.leading.frac(3, 4).max(style.size.frac(5, 4));
    let columns = Columns::of(&area, style.size, pitch);
    let words = &words(&input.book.meta.lang).refs;
    let mut setter = Setter { input, shaper, faults, style, columns, words };
    let mut body: Vec<Entry> = vec![];
    for (n, row) in rows.iter().enumerate() {
        if let Some(initial) = &row.initial {
            let mut entries = setter.initial(initial);
            tagging::mark(&mut entries, &places.initial());
            body.extend(entries);
        }
        let mut entries = setter.row(row);
        tagging::mark(&mut entries, &places.entry(row.depth));
        body.extend(entries);
        // An entry is not parted from the first one below it.
        let keep = rows.get(n + 1).is_some_and(|next| next.depth > row.depth);
        body.last_mut().into_iter().for_each(|e| e.keep |= keep);
    }
    columns::cut(head, body, &columns, &area)
}

/// Sets entries in columns.
struct Setter<'a, 's, 'f> {
    input: &'a Input<'a>,
    shaper: &'s mut Shaper<'f>,
    faults: &'s mut Vec<Fault>,
    style: TextStyle,
    columns: Columns,
    words: &'static RefWords,
}

impl Setter<'_, '_, '_> {
    /// What stands above the entries of an initial.
    fn initial(&mut self, initial: &str) -> Vec<Entry> {
        let style = self.style.with(&self.input.theme.strong);
        let head = Paragraph::plain(initial, style);
        let mut out = vec![Entry::space(self.columns.area.leading)];
        out.extend(self.lines(&head, 0));
        out.last_mut().into_iter().for_each(|e| e.keep = true);
        out
    }
    fn row(&mut self, row: &Row) -> Vec<Entry> {
        let mut p = Paragraph::plain(&row.name, self.style);
        let style = self.style;
        for (n, (label, id, main)) in row.pages.iter().enumerate() {
            p.push_plain(if n == 0 { "\u{3000}" } else { ", " }, style);
            let bold = style.with(&self.input.theme.strong);
            let number = Paragraph::plain(label, if *main { bold } else { style });
            p.append(number.linked(Target::Anchor(id.clone())));
        }
        if !row.see.is_empty() {
            p.push_plain("\u{3000}", style);
            p.append(self.named(self.words.see, &row.see));
        }
        let mut out = self.lines(&p, row.depth);
        out.first_mut().into_iter().for_each(|e| e.anchors.push(row.id.clone()));
        if !row.also.is_empty() {
            out.last_mut().into_iter().for_each(|e| e.keep = true);
            let also = self.named(self.words.also, &row.also);
            out.extend(self.lines(&also, row.depth + 1));
        }
        out
    }

    /// 见“唐寅”, each name leading to its entry.
    fn named(&self, pattern: &str, names: &[(String, Option<String>)]) -> Paragraph {
        let mut p = Paragraph::default();
        p.push_plain(pattern, self.style.with(&self.input.theme.emph));
        for (n, (name, id)) in names.iter().enumerate() {
            if n > 0 {
                p.push_plain(self.words.named[1], self.style);
            }
            let name = self.words.named[0].replace('%', name);
            let name = Paragraph::plain(&name, self.style);
            p.append(match id {
                Some(id) => name.linked(Target::Anchor(id.clone())),
                None => name,
            });
        }
        p
    }

    /// Lines of an entry; what is turned over stands two em further in.
    fn lines(&mut self, p: &Paragraph, depth: i64) -> Vec<Entry> {
        let (em, area) = (self.style.size, self.columns.area);
        let (start, turned) = (em * depth, em * 2);
        let measure = (area.measure() - start - turned).max(em * 4);
        let shape = Shape { measure, indent: Len::ZERO - turned, ..Shape::default() };
        let rules = &self.input.config.rules;
        let lines = line::lay(p, shape, rules, self.shaper, self.faults);
        let n = lines.len();
        let block = half(area.leading) - half(em) + em.frac(ASCENT, 1000);
        let mut out = vec![];
        for (i, line) in lines.into_iter().enumerate() {
            let mut entry = Entry {
                height: area.leading,
                keep: n > 1 && (i == 0 || i + 2 == n),
                ..Entry::default()
            };
            entry.line(line, Logical { inline: start + turned, block });
            out.push(entry);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::index::Place;
    use crate::page::refs::Spot;

    /// Places such as `12`, `15*`, `20-22`, and what is printed of them.
    fn joined(places: &str) -> String {
        let mut spots = Spots::new();
        let mut list = vec![];
        for word in places.split_whitespace() {
            let bare = word.trim_end_matches('*');
            let (from, to) = bare.split_once('-').unwrap_or((bare, bare));
            for label in [from, to] {
                let n: u32 = label.parse().expect("a page");
                let spot = Spot { label: label.into(), page: (true, n) };
                spots.insert(label.into(), spot);
            }
            let to = (from != to).then(|| to.to_string());
            list.push(Place { from: from.into(), to, main: word.ends_with('*') });
        }
        let all = pages(&list, &spots);
        let all = all
            .iter()
            .map(|(l, _, main)| if *main { format!("{l}*") } else { l.clone() });
        all.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn pages_are_joined() {
        for (given, want) in [
            ("12", "12"),
            ("12 12 12", "12"),
            ("12 13", "12, 13"),
            ("12 13 14", "12–14"),
            ("12-13", "12–13"),
            ("12-15 13 16 20", "12–16, 20"),
            ("20 3 3 7", "3, 7, 20"),
            ("12* 12 13", "12*, 13"),
            ("5 12* 13 14 15", "5, 12*, 13–15"),
        ] {
            assert_eq!(joined(given), want, "{given}");
        }
    }
    #[test]
    fn pages_of_front_matter_come_first_and_join_no_others() {
        let spot =
            |label: &str, page| (label.to_string(), Spot { label: label.into(), page });
        let spots: Spots = [
            spot("1", (true, 1)),
            spot("iv", (false, 4)),
            spot("v", (false, 5)),
            spot("vi", (false, 6)),
        ]
        .into();
        let place = |id: &str| Place { from: id.into(), to: None, main: false };
        let all = pages(&["1", "v", "iv", "vi"].map(place), &spots);
        let labels: Vec<_> = all.iter().map(|p| p.0.as_str()).collect();
        assert_eq!(labels, ["iv–vi", "1"]);
    }
}
