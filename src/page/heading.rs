//! Headings: whole lines of the grid, the text in their middle (占行, T-01).

use super::galley::Entry;
use super::half;
use super::stack::{ASCENT, Stack};
use super::structure::Role;
use crate::book::sections::headed;
use crate::book::{Inline, text};
use crate::geom::{Len, Logical};
use crate::line::{Line, Paragraph};

/// A line of a heading, its size, and how far the next is below.
type Row = (Line, Len, Len);

impl Stack<'_, '_, '_> {
    /// The chapter's number and title.
    pub(super) fn title(&mut self) {
        self.tagged(Role::Heading(self.level), Self::title_rows);
    }
    fn title_rows(&mut self) {
        let look = self.input.theme.headings[0];
        let style = look.look.style(self.em());
        let mut rows = vec![];
        if let Some(number) = &self.chapter.number {
            let style = self.input.theme.number.style(self.em());
            let p = Paragraph::plain(number, style);
            // Half a line more below the number than its own pitch.
            let pitch = self.pitch().frac(3, 2);
            let mut lines = self.lines(&p, Len::ZERO, false);
            // The title is another word.
            lines.last_mut().into_iter().for_each(Line::part);
            rows.extend(lines.into_iter().map(|l| (l, style.size, pitch)));
        }
        let open = opened(&text::plain(&self.chapter.title)).filter(|_| look.center);
        let p = match &open {
            Some(open) => Paragraph::plain(open, style).at(self.chapter.span),
            None => self.flatten(&self.chapter.title, style),
        };
        let mut lines = self.title_lines(&p);
        if open.is_some() {
            lines.iter_mut().for_each(close);
        }
        rows.extend(self.rows(lines, style.size));
        let id = &self.chapter.id;
        self.push_rows(rows, look.lines, look.center, id);
    }
    /// A heading inside a chapter.
    pub(super) fn heading(
        &mut self,
        level: u8,
        id: &str,
        number: Option<&str>,
        inlines: &[Inline],
    ) {
        // It brings its own space.
        while self.entries.last().is_some_and(|e| e.space) {
            self.entries.pop();
        }
        let look = self.input.theme.headings[usize::from(level.clamp(2, 6)) - 1];
        let style = look.look.style(self.em());
        let mut p = Paragraph::default();
        if let Some(number) = number {
            p.push_plain(&headed(Some(number), ""), style);
        }
        p.append(self.flatten(inlines, style));
        let lines = if look.center {
            self.title_lines(&p)
        } else {
            self.lines(&p, self.em() * look.indent, false)
        };
        let rows = self.rows(lines, style.size);
        self.push_rows(rows, look.lines, look.center, id);
    }
    /// One entry for the whole heading; a line each for one that would not fit a
    /// page.
    fn push_rows(&mut self, rows: Vec<Row>, lines: i64, center: bool, id: &str) {
        let most = usize::from(self.input.config.page.area.lines) / 3;
        if rows.len() <= most.max(1) {
            let mut entry = self.head_entry(lines, &rows, id);
            self.headed(rows, center, &mut entry);
            return self.entries.push(entry);
        }
        for (i, row) in rows.into_iter().enumerate() {
            let mut entry = self.head_entry(1, &[], if i == 0 { id } else { "" });
            entry.height = row.2.up_to(self.pitch());
            self.headed(vec![row], center, &mut entry);
            self.entries.push(entry);
        }
    }
    fn rows(&self, lines: Vec<Line>, size: Len) -> Vec<Row> {
        let pitch = self.pitch().max(size.frac(4, 3));
        lines.into_iter().map(|l| (l, size, pitch)).collect()
    }
    /// Room for a heading of one line, and a line more for each further one.
    fn head_entry(&self, lines: i64, rows: &[Row], id: &str) -> Entry {
        let more = (rows.len() as i64 - 1).max(0);
        let page = i64::from(self.input.config.page.area.lines);
        let height = self.pitch() * (lines + more).min(page);
        let anchors = (!id.is_empty()).then(|| id.to_string()).into_iter().collect();
        Entry { height, keep: true, heading: true, anchors, ..Entry::default() }
    }
    /// A title's lines: at most ⅘ of the measure (T-05).
    fn title_lines(&mut self, p: &Paragraph) -> Vec<Line> {
        let full = self.measure;
        self.measure = full.frac(4, 5);
        let lines = self.lines(p, Len::ZERO, false);
        self.measure = full;
        lines
    }
    /// Draws rows in the middle of their entry: between the frames of the characters
    /// above it and below it, of which the first line of the grid has its gap above.
    fn headed(&mut self, rows: Vec<Row>, center: bool, entry: &mut Entry) {
        let total: Len = rows.iter().map(|r| r.2).sum();
        let gap = self.pitch() - self.em();
        let mut at = half(entry.height - gap - total);
        for (line, size, pitch) in rows {
            let slack = half(self.measure - line.width);
            let inline = self.start + if center { slack } else { Len::ZERO };
            let block = at + half(pitch) - half(size) + size.frac(ASCENT, 1000);
            at += pitch;
            self.call_notes(&line, entry);
            entry.line(line, Logical { inline, block });
        }
    }
}

/// A title of two Han is opened by an em (T-05).
pub(super) fn opened(title: &str) -> Option<String> {
    let mut chars = title.chars();
    let (a, b) = (chars.next()?, chars.next()?);
    let han = |c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    (chars.next().is_none() && han(a) && han(b)).then(|| format!("{a}\u{3000}{b}"))
}

/// The em that opens a title is room and no character: what is copied was typed.
pub(super) fn close(line: &mut Line) {
    for run in &mut line.runs {
        let mut text = String::new();
        for mut glyph in std::mem::take(&mut run.glyphs) {
            let own = &run.text[glyph.text.0 as usize..glyph.text.1 as usize];
            if own != "\u{3000}" {
                let from = text.len() as u32;
                text.push_str(own);
                glyph.text = (from, text.len() as u32);
                run.glyphs.push(glyph);
            }
        }
        run.text = text;
    }
    line.runs.retain(|run| !run.glyphs.is_empty());
}
