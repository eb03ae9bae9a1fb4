//! The glyphs of single Han characters, which nearly all of a book is: found by the
//! character's number instead of by a hash.

use super::shape::{LangId, RawGlyph};
use super::{Cut, FaceId};
use rustc_hash::FxHashMap;

/// A Han character of one glyph, and where it comes from.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Single {
    /// the face that has it
    pub face: FaceId,
    /// that face's em
    pub upem: i64,
    /// the glyph
    pub glyph: RawGlyph,
}

/// What is known of characters, for each cut and language.
#[derive(Default)]
pub(super) struct Singles {
    places: FxHashMap<(Cut, LangId), usize>,
    /// what was asked for last
    last: Option<((Cut, LangId), usize)>,
    pub(super) tables: Vec<Table>,
}

impl Singles {
    /// The table of a cut in a language.
    pub(super) fn table(&mut self, cut: Cut, lang: LangId) -> usize {
        let key = (cut, lang);
        if let Some((_, place)) = self.last.filter(|last| last.0 == key) {
            return place;
        }
        let place = *self.places.entry(key).or_insert(self.tables.len());
        if place == self.tables.len() {
            self.tables.push(Table::default());
        }
        self.last = Some((key, place));
        place
    }
}

/// Characters by their numbers: rows of 256, for a text has a few thousand.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Option<Box<[u16; 256]>>>,
    found: Vec<Single>,
}

/// A character that was not asked for yet, and one without a single glyph; others are
/// where they are found, counted from here.
const UNKNOWN: u16 = 0;
const NONE: u16 = 1;
const FIRST: usize = 2;

impl Table {
    /// What is known of a character, if anything.
    pub(super) fn get(&self, c: char) -> Option<Option<Single>> {
        let (row, column) = place(c);
        match self.rows.get(row)?.as_ref()?[column] {
            UNKNOWN => None,
            NONE => Some(None),
            n => Some(self.found.get(usize::from(n) - FIRST).copied()),
        }
    }
    pub(super) fn put(&mut self, c: char, single: Option<Single>) {
        let mark = match single {
            None => NONE,
            Some(single) => {
                // More than a face has are asked for again and again.
                let Ok(n) = u16::try_from(self.found.len() + FIRST) else { return };
                self.found.push(single);
                n
            }
        };
        let (row, column) = place(c);
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, || None);
        }
        self.rows[row].get_or_insert_with(|| Box::new([UNKNOWN; 256]))[column] = mark;
    }
}

fn place(c: char) -> (usize, usize) {
    let n = u32::from(c) as usize;
    (n >> 8, n & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_their_numbers() {
        let glyph = |id| RawGlyph { id, cluster: 0, advance: 1000, dx: 0, dy: 0 };
        let single = |id| Single { face: FaceId(1), upem: 1000, glyph: glyph(id) };
        let mut table = Table::default();
        table.put('书', Some(single(7)));
        table.put('𠮷', Some(single(9)));
        table.put('あ', None);
        assert_eq!(table.get('书'), Some(Some(single(7))));
        assert_eq!(table.get('𠮷'), Some(Some(single(9))));
        assert_eq!(table.get('あ'), Some(None));
        assert_eq!(table.get('乥'), None, "in the same row");
        assert_eq!(table.get('\u{10ffff}'), None, "in no row");
    }
}
