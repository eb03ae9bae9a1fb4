//! Tables: rows of cells, which may span several rows and columns.

pub mod numbers;

use super::{Block, BlockKind, Inline};
use crate::source::Span;

/// A table; `head` may be empty.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Table {
    /// anchor that the author gives it; empty for none
    pub id: String,
    /// caption; empty for none
    pub caption: Vec<Inline>,
    /// `表 2-1`; `None` without a caption
    pub number: Option<String>,
    /// alignment of each column
    pub align: Vec<Align>,
    /// what the author says of the columns' widths, in proportion; empty for nothing
    pub widths: Vec<u32>,
    /// on a page of its own, turned by 90°, because the author says so
    pub turn: bool,
    /// the head's rows
    pub head: Vec<Row>,
    /// the body's rows
    pub rows: Vec<Row>,
    /// the notes below
    pub notes: Vec<Vec<Inline>>,
}

/// The cells that begin in a row, in order.
pub type Row = Vec<Cell>;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// contents
    pub blocks: Vec<Block>,
    /// how many columns it covers, 1 or more
    pub columns: usize,
    /// how many rows it covers, 1 or more, never beyond its part of the table
    pub rows: usize,
    /// whether it is a heading: of columns in the head, else of its row
    pub heading: bool,
    /// alignment of its own
    pub align: Option<Align>,
}

impl Cell {
    /// A cell of one paragraph; an empty one has none.
    pub fn of(text: Vec<Inline>, span: Span) -> Cell {
        let blocks = match text.is_empty() {
            true => vec![],
            false => vec![Block { kind: BlockKind::Paragraph(text), span }],
        };
        Cell { blocks, columns: 1, rows: 1, heading: false, align: None }
    }

    /// Its text, if it is one paragraph or nothing.
    pub fn text(&self) -> Option<&[Inline]> {
        match self.blocks.as_slice() {
            [] => Some(&[]),
            [Block { kind: BlockKind::Paragraph(t), .. }] => Some(t),
            [..] => None,
        }
    }
}

/// How a column stands.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Align {
    /// as the theme says
    #[default]
    Auto,
    /// at the start of the line
    Start,
    /// centred
    Center,
    /// at the end of the line
    End,
}

impl Table {
    /// Every cell, row by row, the head first.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(&self.rows).flatten()
    }

    /// The same, to be changed.
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.head.iter_mut().chain(&mut self.rows).flatten()
    }
}

/// The first column of each cell of some rows: cells that come down from a row
/// above push those of a row to the right, as in HTML.
pub fn columns(rows: &[Row]) -> Vec<Vec<usize>> {
    // for each column, the first row in which it is free
    let mut free: Vec<usize> = vec![];
    let mut out = vec![];
    for (r, row) in rows.iter().enumerate() {
        let mut at = 0;
        let mut places = vec![];
        for cell in row {
            while free.get(at).is_some_and(|f| *f > r) {
                at += 1;
            }
            places.push(at);
            let end = at + cell.columns;
            free.resize(free.len().max(end), 0);
            free[at..end].iter_mut().for_each(|f| *f = r + cell.rows);
            at = end;
        }
        out.push(places);
    }
    out
}

/// How many columns some rows have.
pub fn width(rows: &[Row]) -> usize {
    let ends = columns(rows).into_iter().zip(rows);
    let ends = ends.flat_map(|(at, row)| at.into_iter().zip(row));
    ends.map(|(at, cell)| at + cell.columns).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(columns: usize, rows: usize) -> Cell {
        Cell { columns, rows, ..Cell::of(vec![], Span::default()) }
    }

    #[test]
    fn cells_that_come_down_push_others_right() {
        let rows = vec![
            vec![cell(1, 2), cell(2, 1), cell(1, 3)],
            vec![cell(1, 1), cell(1, 1)],
            vec![cell(3, 1)],
        ];
        assert_eq!(columns(&rows), [vec![0, 1, 3], vec![1, 2], vec![0]]);
        assert_eq!(width(&rows), 4);
        assert_eq!((width(&[]), columns(&[vec![]])), (0, vec![vec![]]));
    }
}
