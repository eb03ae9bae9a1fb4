//! Numbers in a column stand with their ones under each other (CY/T 170-2019).

use super::{Align, Cell, Table};
use crate::book::text;

/// What a cell is in a column of numbers.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Number {
    /// text
    None,
    /// nothing, or a sign that there is nothing
    Blank,
    /// a number; what stands before its decimal point, or before its unit
    Is(String),
}

/// Reads a cell.
pub fn read(cell: &Cell) -> Number {
    cell.text().map_or(Number::None, |t| number(text::plain(t).trim()))
}

/// Whether each column holds numbers, and nothing but numbers and blanks.
pub fn columns(t: &Table) -> Vec<bool> {
    let mut found = vec![(false, true); t.align.len()];
    for (row, places) in t.rows.iter().zip(super::columns(&t.rows)) {
        for (cell, at) in row.iter().zip(places).filter(|(c, _)| c.columns == 1) {
            let Some((some, all)) = found.get_mut(at) else { continue };
            match read(cell) {
                Number::None => *all = false,
                Number::Blank => {}
                Number::Is(_) => *some = true,
            }
        }
    }
    let asked = |a: &Align| *a == Align::Auto;
    let both = found.into_iter().zip(&t.align);
    both.map(|((some, all), align)| some && all && asked(align)).collect()
}

fn number(s: &str) -> Number {
    const NOTHING: [&str; 9] = ["", "—", "——", "–", "-", "…", "……", "/", "＊"];
    if NOTHING.contains(&s) {
        return Number::Blank;
    }
    let signs = s
        .trim_start_matches(['+', '-', '−', '±', '~', '≈', '<', '>', '≤', '≥', '¥', '$']);
    let digits =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{2009}');
    let unit = signs.trim_start_matches(digits);
    let known =
        unit.is_empty() || ["%", "％", "‰", "℃", "°C", "°", "*", "†"].contains(&unit);
    let value = &signs[..signs.len() - unit.len()];
    let starts = value.starts_with(|c: char| c.is_ascii_digit());
    if !starts || !known || value.matches('.').count() > 1 {
        return Number::None;
    }
    let ones = value.find('.').unwrap_or(value.trim_end().len());
    Number::Is(s[..s.len() - signs.len() + ones].to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones() {
        for (text, ones) in [
            ("3", "3"),
            ("1,024.5", "1,024"),
            ("−3.25%", "−3"),
            ("12 %", "12"),
            ("¥58.00", "¥58"),
            ("37℃", "37"),
        ] {
            assert_eq!(number(text), Number::Is(ones.into()), "{text}");
        }
    }
    #[test]
    fn no_numbers() {
        for text in ["三", "3 月", "1.2.3", "v2", "3/4", "2026-05", "%", "."] {
            assert_eq!(number(text), Number::None, "{text}");
        }
        assert_eq!((number(""), number("—")), (Number::Blank, Number::Blank));
    }
}
