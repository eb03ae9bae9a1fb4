//! Tables → XHTML.

use super::inline::Writer;
use crate::book::table::numbers;
use crate::book::{Align, Cell, Row, Table, table};
use std::fmt::Write;

/// What is known of a table's columns.
struct Columns {
    align: Vec<Align>,
    numbers: Vec<bool>,
}

impl Writer<'_> {
    pub(super) fn table(&mut self, t: &Table) -> String {
        let class = if t.turn { "table turned" } else { "table" };
        let own = self.own(&t.id);
        let mut out = format!("<div class=\"{class}\"{own}>\n<table>\n");
        let caption = self.caption(t.number.as_deref(), &t.caption);
        if !caption.is_empty() {
            writeln!(out, "<caption>{caption}</caption>").ok();
        }
        out += &self.widths(&t.widths);
        let columns = Columns { align: t.align.clone(), numbers: numbers::columns(t) };
        for (rows, tag, head) in [(&t.head, "thead", true), (&t.rows, "tbody", false)] {
            let inside = self.rows(rows, &columns, head);
            if !inside.is_empty() {
                write!(out, "<{tag}>\n{inside}</{tag}>\n").ok();
            }
        }
        out += "</table>\n";
        for note in &t.notes {
            writeln!(out, "<p class=\"table-note\">{}</p>", self.inlines(note)).ok();
        }
        out + "</div>\n"
    }

    fn rows(&mut self, rows: &[Row], columns: &Columns, head: bool) -> String {
        let mut out = String::new();
        for (row, places) in rows.iter().zip(table::columns(rows)) {
            out += "<tr>";
            for (cell, at) in row.iter().zip(places) {
                out += &self.cell(cell, at, columns, head);
            }
            out += "</tr>\n";
        }
        out
    }

    fn cell(&mut self, cell: &Cell, at: usize, columns: &Columns, head: bool) -> String {
        // A heading that says nothing heads nothing.
        let says = !cell.blocks.is_empty() && !cell.text().is_some_and(<[_]>::is_empty);
        let tag = if (head || cell.heading) && says { "th" } else { "td" };
        let mut out = format!("<{tag}");
        if tag == "th" {
            let scope = match (head, cell.columns > 1, cell.rows > 1) {
                (true, false, _) => "col",
                (true, true, _) => "colgroup",
                (false, _, false) => "row",
                (false, _, true) => "rowgroup",
            };
            write!(out, " scope=\"{scope}\"").ok();
        }
        let asked = columns.align.get(at).copied().unwrap_or_default();
        let numbers = !head && columns.numbers.get(at).is_some_and(|n| *n);
        let class = match cell.align.unwrap_or(asked) {
            Align::Auto if numbers && cell.columns == 1 => Some("number-cell"),
            Align::Auto => None,
            Align::Start => Some("start"),
            Align::Center => Some("center"),
            Align::End => Some("end"),
        };
        class.iter().for_each(|c| write!(out, " class=\"{c}\"").unwrap_or_default());
        for (name, n) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if n > 1 {
                write!(out, " {name}=\"{n}\"").ok();
            }
        }
        let inside = match cell.text() {
            Some(text) => self.inlines(text),
            None => format!("\n{}", self.blocks(&cell.blocks)),
        };
        out + &format!(">{inside}</{tag}>")
    }
}

impl Writer<'_> {
    /// Widths of columns that the author gives, in whole percents.
    fn widths(&mut self, said: &[u32]) -> String {
        let total: u64 = said.iter().map(|n| u64::from(*n)).sum();
        if total == 0 {
            return String::new();
        }
        let col = |n: &u32| {
            let percent = (u64::from(*n) * 100 / total).max(1);
            format!("<col class=\"{}\"/>", self.width(percent))
        };
        let cols: String = said.iter().map(col).collect();
        format!("<colgroup>{cols}</colgroup>\n")
    }
}
