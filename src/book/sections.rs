//! Numbers of sections: 1.1, 1.1.1, or 第一节, 一、, （一） (T-04).

use super::number::{han, letter};
use super::{BlockKind, Book, Chapter, Division, Role};

/// How sections are numbered.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Sections {
    /// not at all
    #[default]
    None,
    /// 1.1, 1.1.1; in appendices A.1
    Decimal,
    /// 第一节, 一、, （一）, 1., （1）
    Han,
}

/// Numbers the headings inside numbered chapters and appendices.
pub fn number(book: &mut Book, style: Sections) {
    let (mut chapters, mut appendices) = (0, 0);
    for chapter in &mut book.chapters {
        let prefix = match (chapter.role, chapter.division, chapter.depth) {
            (Role::Chapter, Division::Body, 0) => {
                chapters += 1;
                Some(chapters.to_string())
            }
            (Role::Appendix, _, 0) => {
                appendices += 1;
                Some(letter(appendices))
            }
            _ => None,
        };
        headings(chapter, prefix, style);
    }
}

fn headings(chapter: &mut Chapter, prefix: Option<String>, style: Sections) {
    // Counts of the levels 2 to 6.
    let mut counts = [0u32; 5];
    for block in &mut chapter.blocks {
        let BlockKind::Heading { level, number, .. } = &mut block.kind else { continue };
        let at = usize::from((*level).clamp(2, 6)) - 2;
        counts[at] += 1;
        counts[at + 1..].fill(0);
        *number = match (&prefix, style) {
            (None, _) | (_, Sections::None) => None,
            (Some(prefix), Sections::Decimal) => {
                let parts = counts[..=at].iter().map(|n| format!(".{n}"));
                Some(format!("{prefix}{}", parts.collect::<String>()))
            }
            (Some(_), Sections::Han) => Some(in_han(at, counts[at])),
        };
    }
}

fn in_han(at: usize, n: u32) -> String {
    match at {
        0 => format!("第{}节", han(n)),
        1 => format!("{}、", han(n)),
        2 => format!("（{}）", han(n)),
        3 => format!("{n}."),
        _ => format!("（{n}）"),
    }
}

/// Whether a number is one of 1.1, A.2.3.
pub fn is_decimal(number: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '.';
    number.chars().all(inside) && !number.ends_with('.')
}

/// What stands between a section's number and its title: an em, but nothing after
/// `一、` and `（一）` (T-04).
pub fn gap(number: &str) -> &'static str {
    if number.ends_with(['、', '）']) { "" } else { "\u{3000}" }
}

/// Number and title in one line.
pub fn headed(number: Option<&str>, title: &str) -> String {
    number.map_or_else(|| title.to_string(), |n| format!("{n}{}{title}", gap(n)))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn numbers_in_han_by_level() {
        let all: Vec<_> = (0..5).map(|at| in_han(at, 12)).collect();
        assert_eq!(all, ["第十二节", "十二、", "（十二）", "12.", "（12）"]);
        let gaps: Vec<_> = all.iter().map(|n| gap(n).is_empty()).collect();
        assert_eq!(gaps, [false, true, true, false, true]);
    }
    #[test]
    fn decimals_are_told_from_others() {
        assert!(is_decimal("1.1") && is_decimal("A.2.3"));
        assert!(!is_decimal("1.") && !is_decimal("第一节") && !is_decimal("（1）"));
    }
}
