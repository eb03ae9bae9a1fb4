//! What was looked into lately: texts with their tokens, and single lines, for many are in
//! more than one text.

use super::Lines;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;
use syntect::parsing::{ParseState, ScopeStackOp};

/// Tokens by language and text.
pub(super) struct Memo {
    texts: BTreeMap<Box<str>, BTreeMap<Box<str>, Arc<Lines>>>,
    /// of all texts
    bytes: usize,
}

/// So many bytes of text are kept: the listings of a few thick books.
const MOST: usize = 8 << 20;

impl Memo {
    pub(super) const fn new() -> Memo {
        Memo { texts: BTreeMap::new(), bytes: 0 }
    }
    pub(super) fn get(&self, lang: &str, text: &str) -> Option<Arc<Lines>> {
        self.texts.get(lang)?.get(text).cloned()
    }
    /// Keeps what was found; where that is too much, what was there before goes.
    pub(super) fn put(&mut self, lang: &str, text: &str, lines: &Arc<Lines>) {
        if self.bytes + text.len() > MOST {
            *self = Memo::new();
        }
        self.bytes += text.len();
        self.texts.entry(lang.into()).or_default().insert(text.into(), lines.clone());
    }
}

/// A line that a grammar has looked into: what it came from, what it found, each in its
/// place of the line, and what it goes on with. A state knows its grammar.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) before: ParseState,
    pub(super) found: Vec<(usize, ScopeStackOp)>,
    pub(super) after: ParseState,
}

/// Lines by their text. To look into one takes some hundred times as long as to find it.
#[derive(Default)]
pub(super) struct Known {
    lines: FxHashMap<Box<str>, Vec<Arc<Parsed>>>,
    count: usize,
}

/// So many lines are kept, of a few dozen bytes most.
const LINES: usize = 1 << 12;
/// In so many states of one line; a brace may stand in any.
const STATES: usize = 64;

impl Known {
    pub(super) fn get(&self, line: &str, before: &ParseState) -> Option<Arc<Parsed>> {
        let all = self.lines.get(line)?;
        all.iter().find(|known| known.before == *before).cloned()
    }
    pub(super) fn put(&mut self, line: &str, parsed: &Arc<Parsed>) {
        if self.count == LINES {
            *self = Known::default();
        }
        let all = self.lines.entry(line.into()).or_default();
        if all.len() < STATES {
            all.push(parsed.clone());
            self.count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_kept_as_there_is_room_for() {
        let mut memo = Memo::new();
        let lines = Arc::new(vec![vec![]]);
        memo.put("rust", "fn", &lines);
        assert!(memo.get("rust", "fn").is_some_and(|l| Arc::ptr_eq(&l, &lines)));
        assert!(memo.get("c", "fn").is_none());
        memo.put("c", &" ".repeat(MOST), &lines);
        assert!(memo.get("rust", "fn").is_none());
        assert!(memo.get("c", &" ".repeat(MOST)).is_some());
    }
}
