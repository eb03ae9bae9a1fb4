//! Texts that were looked into lately, with their tokens.

use super::Lines;
use std::collections::BTreeMap;
use std::sync::Arc;

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
