//! Tables and their captions.

use super::blocks::Builder;
use crate::book::{Align, BlockKind, Inline, Table, Text, text};
use pulldown_cmark::Alignment;
use std::ops::Range;

/// A row's cells.
type Row = Vec<Vec<Inline>>;

/// A table being read: all its rows, the head first.
pub(super) struct TableRows {
    align: Vec<Align>,
    pub(super) rows: Vec<Row>,
    range: Range<usize>,
}

impl TableRows {
    pub(super) fn new(align: &[Alignment], range: Range<usize>) -> TableRows {
        let align = align.iter().map(|a| match a {
            Alignment::None => Align::Auto,
            Alignment::Left => Align::Start,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::End,
        });
        TableRows { align: align.collect(), rows: vec![], range }
    }
}

impl Builder<'_, '_, '_> {
    pub(super) fn end_table(&mut self, table: TableRows) {
        let TableRows { align, mut rows, range } = table;
        // A line of a container directly below a table reads as one more row.
        let fences = rows.iter().rev().take_while(|row| is_fence(row)).count();
        rows.truncate(rows.len() - fences);
        let caption = self.take_caption();
        rows.iter_mut().for_each(|row| fit(row, align.len()));
        let mut rows = rows.into_iter();
        let mut head = rows.next().unwrap_or_default();
        if head.iter().all(Vec::is_empty) {
            head.clear();
        }
        let table = Table { caption, number: None, align, head, rows: rows.collect() };
        self.push(BlockKind::Table(table), range.clone());
        (0..fences).for_each(|_| self.close_container(range.end..range.end));
    }

    /// Takes the paragraph before the table, if it is its caption.
    fn take_caption(&mut self) -> Vec<Inline> {
        let Some(frame) = self.frames.last_mut() else { return vec![] };
        let Some(BlockKind::Paragraph(text)) =
            frame.blocks.last_mut().map(|b| &mut b.kind)
        else {
            return vec![];
        };
        let caption = caption(text);
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
const CAPTIONS: [&str; 4] = ["表：", "表:", "Table:", "table:"];

/// The text after the prefix, without spaces at its ends.
fn caption(text: &[Inline]) -> Option<Vec<Inline>> {
    let Inline::Text(first) = text.first()? else { return None };
    let rest = CAPTIONS.iter().find_map(|p| first.text.strip_prefix(p))?.trim_start();
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

/// Makes a row as long as the table is wide. The text of cells beyond its last
/// column goes on in that column.
fn fit(row: &mut Row, columns: usize) {
    let extra = row.split_off(columns.min(row.len()));
    row.resize(columns, vec![]);
    for cell in extra {
        let Some(last) = row.last_mut() else { return };
        if !last.is_empty() && !cell.is_empty() {
            last.push(Inline::Text(Text { text: " ".into(), span: Default::default() }));
        }
        last.extend(cell);
    }
}
