//! Listings: code that stands apart, and what is said of it.

use super::Inline;
use std::ops::RangeInclusive;

/// Preformatted text.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Listing {
    /// anchor that the author gives it; empty for none
    pub id: String,
    /// language tag
    pub lang: Option<String>,
    /// text, without the line feed at its end
    pub text: String,
    /// caption; empty for none
    pub caption: Vec<Inline>,
    /// `代码 2-1`; `None` without a caption
    pub number: Option<String>,
    /// number of the first line; `None` where lines have none
    pub first: Option<u32>,
    /// lines that are marked, counted from 1, in order and apart ([`Listing::mark`])
    pub marked: Vec<RangeInclusive<u32>>,
}

impl Listing {
    /// Code in a language.
    pub fn new(lang: Option<&str>, text: &str) -> Listing {
        let (lang, text) = (lang.map(String::from), text.to_string());
        Listing { lang, text, ..Listing::default() }
    }
    /// Marks lines, counted from 1.
    pub fn mark(&mut self, mut lines: Vec<RangeInclusive<u32>>) {
        lines.sort_by_key(|r| *r.start());
        self.marked.clear();
        for r in lines {
            match self.marked.last_mut().filter(|l| r.start() <= l.end()) {
                Some(last) => *last = *last.start()..=*last.end().max(r.end()),
                None => self.marked.push(r),
            }
        }
    }
    /// Whether a line is marked; `index` counts from 0.
    pub fn is_marked(&self, index: usize) -> bool {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let before = self.marked.partition_point(|r| *r.start() <= line);
        before > 0 && self.marked[before - 1].contains(&line)
    }
    /// The number of a line, if it has one; `index` counts from 0.
    pub fn line_number(&self, index: usize) -> Option<u64> {
        self.first.map(|n| u64::from(n) + index as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn marked_lines() {
        let mut l = Listing::default();
        l.mark(vec![4..=6, 2..=2, 5..=9, 9..=9]);
        assert_eq!(l.marked, [2..=2, 4..=9]);
        let marked: Vec<_> = (0..12).filter(|i| l.is_marked(*i)).collect();
        assert_eq!(marked, [1, 3, 4, 5, 6, 7, 8]);
    }
}
