//! The contents (目录).

use super::{Setter, drop_notes};
use crate::book::sections::headed;
use crate::book::{Block, BlockKind, Chapter, Division, Inline, Role, Target};
use crate::geom::{Len, Logical};
use crate::line::{self, GlyphRun, Paragraph, flatten};
use crate::page::galley::Entry;
use crate::page::heading::{close, opened};
use crate::page::paginate::{self, Leaf};
use crate::page::stack::{ASCENT, part_anchor};
use crate::page::structure::{Place, Role as Part, Tag};
use crate::page::tagging;
use crate::page::{Draw, Labels, half};
use crate::theme::TextStyle;
use std::sync::Arc;

/// The contents: chapters and their sections of level 2, with the page numbers
/// of `labels`, by anchor.
pub(in crate::page) fn contents(
    s: &mut Setter<'_, '_, '_>,
    labels: &Labels,
) -> Vec<Leaf> {
    let input = s.input;
    let mut heading = vec![s.heading(s.words().contents, CONTENTS)];
    let mut list = Listing::new(&s.made(5), &mut heading);
    let mut entries = heading;
    let mut parts = false;
    for chapter in &input.book.chapters {
        if parts && chapter.division == Division::Back {
            // It belongs to no part.
            entries.push(Entry::space(input.config.page.area.leading));
            parts = false;
        }
        parts |= chapter.part.is_some();
        if let Some(part) = &chapter.part {
            let own = s.part(&part.name(), &part_anchor(chapter));
            entries.extend(list.entry(0, own));
        }
        // Nobody looks for these.
        if chapter.role.stands_alone() || chapter.role == Role::Copyright {
            continue;
        }
        let depth = u8::from(parts) + chapter.depth;
        entries.extend(list.entry(depth, s.chapter(chapter, labels)));
        for (id, number, text) in sections(&chapter.blocks) {
            let own = s.entry(number, text, id, labels, 1, 2);
            entries.extend(list.entry(depth + 1, own));
        }
    }
    paginate::cut(entries, &input.config.page.area)
}

/// Gives the entries of a list their places: those below an entry are a list in it.
pub(super) struct Listing {
    toc: Arc<Place>,
    /// entries so far
    count: u32,
    /// the entries that are open, with their depths
    open: Vec<(u8, Arc<Place>)>,
}

impl Listing {
    /// A list below its heading.
    pub(super) fn new(sect: &Arc<Place>, heading: &mut [Entry]) -> Listing {
        tagging::mark(heading, &tagging::child(sect, 1, Part::Heading(1)));
        let toc = tagging::child(sect, 2, Part::Toc);
        Listing { toc, count: 0, open: vec![] }
    }
    /// The lines of an entry.
    pub(super) fn entry(&mut self, depth: u8, mut entries: Vec<Entry>) -> Vec<Entry> {
        while self.open.last().is_some_and(|(d, _)| *d >= depth) {
            self.open.pop();
        }
        let toc = match self.open.last() {
            Some((_, item)) => tagging::child(item, 1, Part::Toc),
            None => self.toc.clone(),
        };
        self.count += 1;
        let item = tagging::child(&toc, self.count, Part::TocItem);
        tagging::mark(&mut entries, &item);
        self.open.push((depth, item));
        entries
    }
}

/// The headings of level 2 of a chapter.
fn sections(blocks: &[Block]) -> impl Iterator<Item = (&str, Option<&str>, &[Inline])> {
    blocks.iter().filter_map(|b| {
        let BlockKind::Heading { level: 2, id, number, text } = &b.kind else {
            return None;
        };
        Some((id.as_str(), number.as_deref(), text.as_slice()))
    })
}

impl Setter<'_, '_, '_> {
    pub(super) fn heading(&mut self, text: &str, id: &str) -> Entry {
        let look = self.input.theme.headings[0];
        let style = look.look.style(self.em());
        let area = self.input.config.page.area;
        let height = area.leading * look.lines;
        let mut entry = Entry { height, keep: true, ..Entry::default() };
        entry.anchors.push(id.into());
        let open = opened(text).filter(|_| look.center);
        let p = Paragraph::plain(open.as_deref().unwrap_or(text), style);
        for mut line in self.lines(&p, area.measure()) {
            if open.is_some() {
                close(&mut line);
            }
            let slack = half(area.measure() - line.width);
            let inline = if look.center { slack } else { Len::ZERO };
            // As the titles of chapters stand (`heading`).
            let gap = area.leading - area.size;
            let block =
                half(height - gap) - half(style.size) + style.size.frac(ASCENT, 1000);
            entry.line(line, Logical { inline, block });
        }
        entry
    }
    fn part(&mut self, text: &str, id: &str) -> Vec<Entry> {
        let area = self.input.config.page.area;
        let style = self.input.theme.contents[0].style(self.em());
        let p = Paragraph::plain(text, style).linked(Target::Anchor(id.to_string()));
        let mut out = vec![Entry::space(area.leading)];
        for line in self.lines(&p, area.measure()) {
            let mut entry =
                Entry { height: area.leading, keep: true, ..Entry::default() };
            let inline = half(area.measure() - line.width);
            entry.line(line, Logical { inline, block: self.em().frac(ASCENT, 1000) });
            out.push(entry);
        }
        out
    }
    fn chapter(&mut self, c: &Chapter, labels: &Labels) -> Vec<Entry> {
        let depth = i64::from(c.depth).min(4);
        let look = usize::from(depth > 0);
        self.entry(c.number.as_deref(), &c.title, &c.id, labels, look, depth * 2)
    }
    /// One entry: text, leaders, page number; turned lines stand two em in.
    pub(super) fn entry(
        &mut self,
        number: Option<&str>,
        text: &[Inline],
        id: &str,
        labels: &Labels,
        look: usize,
        indent: i64,
    ) -> Vec<Entry> {
        let area = self.input.config.page.area;
        let style = self.input.theme.contents[look].style(self.em());
        let mut p = Paragraph::default();
        if let Some(number) = number {
            p.push_plain(&headed(Some(number), ""), style);
        }
        let mut title = flatten::flatten(text, style, self.input.theme, &|_, _| None);
        // What leads elsewhere in a title leads to the title here.
        title.runs.iter_mut().for_each(|r| (r.note, r.link) = (None, None));
        drop_notes(&mut title);
        p.append(title);
        let to = Target::Anchor(id.to_string());
        let start = self.em() * indent;
        let room = (area.measure() - start - self.em() * 4).max(self.em() * 4);
        let lines = self.lines(&p.linked(to.clone()), room);
        let n = lines.len();
        let base = self.em().frac(ASCENT, 1000);
        let mut out = vec![];
        for (i, line) in lines.into_iter().enumerate() {
            let turned = if i > 0 { self.em() * 2 } else { Len::ZERO };
            let mut entry =
                Entry { height: area.leading, keep: i + 1 < n, ..Entry::default() };
            let end = start + turned + line.width;
            entry.line(line, Logical { inline: start + turned, block: base });
            if let (true, Some(label)) = (i + 1 == n, labels.get(id)) {
                self.leaders(label, end, style, &to, base, &mut entry);
            }
            out.push(entry);
        }
        out
    }
    /// Dots of ½ em on one grid for the whole page, then the page number.
    fn leaders(
        &mut self,
        label: &str,
        from: Len,
        style: TextStyle,
        to: &Target,
        block: Len,
        entry: &mut Entry,
    ) {
        let measure = self.input.config.page.area.measure();
        let style = TextStyle {
            cut: self.input.theme.contents[1].style(style.size).cut,
            ..style
        };
        let number = Paragraph::plain(label, style).linked(to.clone());
        let Some(number) = self.lines(&number, measure).into_iter().next() else {
            return;
        };
        let step = half(self.em());
        let last = measure - number.width - half(self.em());
        let dot = Paragraph::plain(".", style);
        let sample = self.lines(&dot, measure).into_iter().next();
        if let Some(run) = sample.and_then(|l| l.runs.into_iter().next()) {
            entry.draws.extend(dots(
                &run,
                from + half(self.em()),
                last,
                measure,
                step,
                block,
            ));
        }
        entry.line(number.clone(), Logical { inline: measure - number.width, block });
    }
}

/// A run of dots between two places, counted from the end of the measure so
/// that the dots of all lines stand under each other.
fn dots(
    dot: &GlyphRun,
    from: Len,
    to: Len,
    measure: Len,
    step: Len,
    block: Len,
) -> Option<(Logical, Draw, Tag)> {
    let count = |x: Len| (measure - x).to_sp().div_euclid(step.to_sp().max(1));
    // The last one ends before the number, with room between.
    let (first, last) = (count(from), count(to) + 2);
    if first <= last {
        return None;
    }
    let mut run = GlyphRun { glyphs: vec![], text: String::new(), ..dot.clone() };
    let glyph = *dot.glyphs.first()?;
    for n in (last..=first).rev() {
        let at = step * (first - n);
        let text = (run.text.len() as u32, run.text.len() as u32 + 1);
        run.text.push('.');
        run.glyphs.push(line::Glyph::new(glyph.id, at, text));
    }
    let inline = measure - step * first;
    Some((Logical { inline, block }, Draw::Text(run.into()), Tag::Layout))
}

/// The id of the contents.
pub const CONTENTS: &str = "contents";
