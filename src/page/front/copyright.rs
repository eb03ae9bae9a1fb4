//! The copyright page (版权页): the statement at the head, what was issued by the
//! national library below it, the record of the edition at the foot.

use super::Setter;
use crate::book::Target;
use crate::book::imprint::{CopyrightPage, Printed};
use crate::colour::ink::BLACK;
use crate::geom::{Len, Logical, Size};
use crate::line::Paragraph;
use crate::page::Draw;
use crate::page::galley::{Entry, height};
use crate::page::paginate::{self, Leaf};
use crate::page::stack::ASCENT;
use crate::page::structure::{Marker, Place, Role, paint};
use crate::page::tagging;
use crate::theme::TextStyle;
use std::sync::Arc;

/// The page of a book with so many pages; nothing where there is nothing to say.
/// More than one only where it says more than fits.
pub(in crate::page) fn copyright_page(
    s: &mut Setter<'_, '_, '_>,
    pages: u32,
) -> Vec<Leaf> {
    let page = CopyrightPage::of(&s.input.book.meta, Some(&printed(s, pages)));
    if page.is_empty() {
        return vec![];
    }
    let area = s.input.config.page.area;
    let mut record = Record::new(s);
    let statement = record.plain(&page.statement);
    let cip = record.boxed(&page.cip);
    let groups = record.groups(&page.record);
    let pitch = record.pitch;
    let mut above = statement;
    if !above.is_empty() && !cip.is_empty() {
        above.push(space(pitch * 2));
    }
    above.extend(cip);
    let depth = area.depth() - record.style.size + pitch;
    let gap = if above.is_empty() || groups.is_empty() { Len::ZERO } else { pitch };
    let rest = depth - height(&above) - height(&groups) - gap;
    if rest < Len::ZERO {
        above.extend(groups);
        return paginate::cut(above, &area);
    }
    // A statement that stands alone stands at the foot.
    let foot = if page.cip.is_empty() && groups.is_empty() {
        above
    } else {
        above.push(space(gap + rest));
        above.extend(groups);
        return vec![stacked(above, Len::ZERO)];
    };
    vec![stacked(foot, rest)]
}

/// What is known of the book on paper. The leaf of the title is no text, all
/// other pages count as full.
fn printed(s: &Setter<'_, '_, '_>, pages: u32) -> Printed {
    let (spec, makeup) = (s.input.config.page, s.input.config.makeup);
    let tenths = |l: Len| (l.to_pt() * 254.0 / 72.0).round() as i64;
    let title = if makeup.half_title { 4 } else { 2 };
    let area = u64::from(spec.area.chars) * u64::from(spec.area.lines);
    Printed {
        trim: [tenths(spec.trim.w), tenths(spec.trim.h)],
        sheet: spec.sheet,
        pages,
        cells: area * u64::from(pages.saturating_sub(title)),
    }
}

fn space(height: Len) -> Entry {
    Entry { height, ..Entry::default() }
}

/// Entries on one page from a place down.
fn stacked(entries: Vec<Entry>, mut at: Len) -> Leaf {
    let mut leaf = Leaf { opener: true, ..Leaf::default() };
    for entry in entries {
        for (p, draw, tag) in entry.draws {
            leaf.draws.push((Logical { block: p.block + at, ..p }, draw, tag));
        }
        at += entry.height;
    }
    leaf
}

/// Thickness of the rules above and below the CIP block.
const RULE: Len = Len::milli_pt(350);

/// Sets small lines on their own pitch: four take three of the grid's.
struct Record<'r, 'a, 's, 'f> {
    s: &'r mut Setter<'a, 's, 'f>,
    style: TextStyle,
    pitch: Len,
    measure: Len,
    /// paragraphs and lists so far
    count: u32,
}

impl<'r, 'a, 's, 'f> Record<'r, 'a, 's, 'f> {
    fn new(s: &'r mut Setter<'a, 's, 'f>) -> Self {
        let area = s.input.config.page.area;
        let style = s.input.theme.copyright.style(area.size);
        let pitch = area.leading.frac(3, 4).max(style.size.frac(5, 4));
        Record { style, pitch, measure: area.measure(), count: 0, s }
    }
    /// Lines of a text, from a place on the measure; what is turned over stands
    /// under its start.
    fn text(&mut self, text: &str, from: Len) -> Vec<Entry> {
        let p = linked(text, self.style);
        let room = (self.measure - from).max(self.style.size * 4);
        let base = self.style.size.frac(ASCENT, 1000);
        let place = |line| {
            let mut entry = space(self.pitch);
            entry.line(line, Logical { inline: from, block: base });
            entry
        };
        self.s.lines(&p, room).into_iter().map(place).collect()
    }
    /// The next place on the page.
    fn next(&mut self, role: Role) -> Arc<Place> {
        self.count += 1;
        tagging::child(&tagging::made(0, PAGE), self.count, role)
    }
    /// A paragraph, so far in.
    fn paragraph(&mut self, text: &str, from: Len) -> Vec<Entry> {
        let mut out = self.text(text, from);
        tagging::mark(&mut out, &self.next(Role::P));
        out
    }
    fn plain(&mut self, lines: &[String]) -> Vec<Entry> {
        lines.iter().flat_map(|l| self.paragraph(l, Len::ZERO)).collect()
    }
    /// Between two rules, an em in.
    fn boxed(&mut self, lines: &[String]) -> Vec<Entry> {
        if lines.is_empty() {
            return vec![];
        }
        let rule = |pitch: Len, measure: Len| {
            let mut entry = space(pitch);
            let at = Logical { inline: Len::ZERO, block: pitch.frac(1, 3) };
            let size = Size { w: measure, h: RULE };
            entry.draw(at, Draw::Rule { size, ink: BLACK });
            entry
        };
        let inside: Vec<_> =
            lines.iter().flat_map(|l| self.paragraph(l, self.style.size)).collect();
        let (first, last) =
            (rule(self.pitch, self.measure), rule(self.pitch, self.measure));
        [first].into_iter().chain(inside).chain([last]).collect()
    }
    /// Groups of labels and values with a line between them.
    fn groups(&mut self, groups: &[Vec<(String, String)>]) -> Vec<Entry> {
        let labels = || groups.iter().flatten().map(|r| r.0.as_str());
        // Labels of Han take four em, longer ones make the column wider.
        let columns = self.s.words().record.colon == "：" && labels().all(han);
        let wide = labels().map(|l| l.chars().count()).max().unwrap_or(0).clamp(4, 8);
        let mut out: Vec<Entry> = vec![];
        for group in groups {
            if !out.is_empty() {
                out.push(space(self.pitch));
            }
            let list = self.next(Role::List(Marker::None));
            for (n, (label, value)) in (1..).zip(group) {
                let item = tagging::child(&list, n, Role::Item);
                out.extend(match columns {
                    true => self.row(label, value, wide as i64, &item),
                    false => {
                        let colon = self.s.words().record.colon;
                        self.paragraph(&format!("{label}{colon}{value}"), Len::ZERO)
                    }
                });
            }
        }
        out
    }
    /// A label spread over its column (分散对齐), a gap of an em, the value.
    fn row(
        &mut self,
        label: &str,
        value: &str,
        wide: i64,
        item: &Arc<Place>,
    ) -> Vec<Entry> {
        let em = self.style.size;
        let n = label.chars().count() as i64;
        let from = em * (wide.max(n) + 1);
        let mut rows = self.text(value, from);
        tagging::mark(&mut rows, &tagging::child(item, 2, Role::Body));
        let Some(first) = rows.first_mut() else { return rows };
        let base = em.frac(ASCENT, 1000);
        // What is read first is drawn first.
        let value = std::mem::take(&mut first.draws);
        let spread = if n > 1 && n < 4 { em * (4 - n) } else { Len::ZERO };
        for (i, c) in label.chars().enumerate() {
            let gaps = spread.frac(i as i64, (n - 1).max(1));
            let inline = em * i as i64 + gaps;
            let p = Paragraph::plain(&c.to_string(), self.style);
            if let Some(line) = self.s.lines(&p, em * 2).into_iter().next() {
                first.line(line, Logical { inline, block: base });
            }
        }
        paint(&mut first.draws, &tagging::child(item, 1, Role::Label));
        first.draws.extend(value);
        rows
    }
}

/// A text in which addresses lead to where they say.
fn linked(text: &str, style: TextStyle) -> Paragraph {
    let mut p = Paragraph::default();
    let mut rest = text;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|s| rest.find(s)).min()
    {
        let (before, address) = rest.split_at(at);
        let end = address.find(|c: char| !c.is_ascii_graphic()).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        p.push_plain(before, style);
        let to = Target::Url(address.to_string());
        p.append(Paragraph::plain(address, style).linked(to));
        rest = after;
    }
    p.push_plain(rest, style);
    p
}

/// Its place among the pages that keben makes.
const PAGE: u32 = 3;

/// Whether a label can be spread: nothing but characters of one em.
fn han(label: &str) -> bool {
    label.chars().all(|c| ('\u{3040}'..='\u{9fff}').contains(&c))
}
