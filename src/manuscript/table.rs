//! Tables and their captions.

use super::blocks::Builder;
use super::chapter;
use super::layout::TABLE_KEYS;
use super::leaf::in_language;
use crate::book::{Align, BlockKind, Cell, Inline, Table, Text, text};
use crate::diag::{Diagnostic, code};
use pulldown_cmark::Alignment;
use std::ops::Range;

/// A row's cells.
type Row = Vec<Vec<Inline>>;

/// A table being read: all its rows, the head first.
pub(super) struct TableRows {
    align: Vec<Align>,
    pub(super) rows: Vec<Row>,
    range: Range<usize>,
    /// where the last cell ends
    pub(super) cell_end: usize,
}

impl TableRows {
    pub(super) fn new(align: &[Alignment], range: Range<usize>) -> TableRows {
        let align = align.iter().map(|a| match a {
            Alignment::None => Align::Auto,
            Alignment::Left => Align::Start,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::End,
        });
        let cell_end = range.start;
        TableRows { align: align.collect(), rows: vec![], range, cell_end }
    }
}

impl Builder<'_, '_, '_> {
    pub(super) fn end_table(&mut self, table: TableRows) {
        let TableRows { align, mut rows, range, .. } = table;
        // A line of a container directly below a table reads as one more row.
        let fences = rows.iter().rev().take_while(|row| is_fence(row)).count();
        rows.truncate(rows.len() - fences);
        let caption = self.take_caption(&CAPTIONS);
        rows.iter_mut().for_each(|row| row.resize(align.len(), vec![]));
        let mut rows = rows.into_iter();
        let mut head = rows.next().unwrap_or_default();
        if head.iter().all(Vec::is_empty) {
            head.clear();
        }
        let span = self.reader.script.span(range.clone());
        let cells = |row: Row| row.into_iter().map(|c| Cell::of(c, span)).collect();
        let head = if head.is_empty() { vec![] } else { vec![cells(head)] };
        let rows = rows.map(cells).collect();
        let mut table = Table { align, head, rows, ..Table::default() };
        self.captioned(&mut table, caption);
        self.push(BlockKind::Table(table), range.clone());
        (0..fences).for_each(|_| self.close_container(range.end..range.end));
    }

    /// Gives a table its caption, and what braces at the caption's end say.
    pub(super) fn captioned(&mut self, table: &mut Table, mut caption: Vec<Inline>) {
        let layout = self.layout_behind(&mut caption, &TABLE_KEYS);
        table.caption = caption;
        table.id = layout.id.unwrap_or_default();
        table.turn = layout.turn;
        table.widths = layout.widths;
        // A width for each column: what is missing is like the last.
        if let Some(last) = table.widths.last().copied() {
            table.widths.resize(table.align.len(), last);
        }
    }

    /// The parser drops what a row has beyond the last column. Its text goes on
    /// in that column.
    pub(super) fn end_row(&mut self, range: Range<usize>) {
        let Some(table) = &mut self.table else { return };
        let rest = table.cell_end..range.end.max(table.cell_end);
        let (columns, start) = (table.align.len(), rest.start);
        let source = self.reader.script.slice(rest);
        let Some(row) = table.rows.last_mut().filter(|r| r.len() >= columns) else {
            return;
        };
        let parts = unescaped_parts(source);
        if let Some((at, _)) = parts.first() {
            let span = self.reader.script.span(start + at..start + source.len());
            let message =
                format!("this row has more cells than the {columns} of its table");
            let d = Diagnostic::new(code::EXTRA_CELLS, message).at(span);
            let hint = "add columns to the table's head; till then their text goes on in the last";
            self.reader.sink.push(d.hint(hint));
        }
        for (at, part) in parts {
            let text = part.trim();
            let at = start + at + part.find(text).unwrap_or(0);
            let span = self.reader.script.span(at..at + text.len());
            let place = (span.file, span.start as usize);
            let more = chapter::line(text, place, self.reader.limits, self.reader.sink);
            let Some(last) = row.last_mut() else { return };
            if !last.is_empty() && !more.is_empty() {
                last.push(Inline::Text(Text { text: " ".into(), span }));
            }
            last.extend(more);
        }
    }

    /// Takes the paragraph before a table or listing, if it is its caption: if it
    /// begins with one of these words.
    pub(super) fn take_caption(&mut self, words: &[&str]) -> Vec<Inline> {
        let Some(frame) = self.frames.last_mut() else { return vec![] };
        let Some(BlockKind::Paragraph(text)) = frame.last().map(|b| &mut b.kind) else {
            return vec![];
        };
        let caption = caption(text, words);
        if caption.is_some() {
            frame.blocks.pop();
        }
        caption.unwrap_or_default()
    }
}

fn is_fence(row: &Row) -> bool {
    let mut cells = row.iter().map(|cell| text::plain(cell));
    let first = cells.next().unwrap_or_default();
    first.len() >= 3 && first.chars().all(|c| c == ':') && cells.all(|c| c.is_empty())
}

/// Words that a table's caption begins with.
pub(super) const CAPTIONS: [&str; 4] = ["表：", "表:", "Table:", "table:"];

/// The text after the prefix, without spaces at its ends.
pub(super) fn caption(text: &[Inline], words: &[&str]) -> Option<Vec<Inline>> {
    if let [Inline::Lang { lang, text }] = text {
        return caption(text, words).map(|text| in_language(Some(lang.clone()), text));
    }
    let Inline::Text(first) = text.first()? else { return None };
    let rest = words.iter().find_map(|p| first.text.strip_prefix(p))?.trim_start();
    let mut text = text.to_vec();
    let dropped = (first.text.len() - rest.len()) as u32;
    let start = (first.span.start + dropped).min(first.span.end);
    let span = crate::source::Span { start, ..first.span };
    text[0] = Inline::Text(Text { text: rest.to_string(), span });
    if let Some(Inline::Text(last)) = text.last_mut() {
        let kept = last.text.trim_end().len();
        last.text.truncate(kept);
    }
    text.retain(|i| !matches!(i, Inline::Text(t) if t.text.is_empty()));
    Some(text).filter(|t| !t.is_empty())
}

/// The parts between `|` and where they begin, without those that are blank.
fn unescaped_parts(source: &str) -> Vec<(usize, &str)> {
    let (mut out, mut start, mut escaped) = (vec![], 0, false);
    for (i, b) in source.bytes().enumerate() {
        if b == b'|' && !escaped {
            out.push((start, &source[start..i]));
            start = i + 1;
        }
        escaped = b == b'\\' && !escaped;
    }
    out.push((start, &source[start..]));
    out.retain(|(_, part)| !part.trim().is_empty());
    out
}
