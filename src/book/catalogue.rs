//! What a catalogue is told beside title and authors.

use std::collections::BTreeMap;

/// What a catalogue is told beside title and authors.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Catalogue {
    /// who else made the book, in the order given
    pub makers: Vec<(Maker, String)>,
    /// how titles and names are sorted, where that is another way: 鲁迅 → Lu Xun
    pub sort_as: BTreeMap<String, String>,
    /// the series that the book is part of
    pub series: Option<String>,
    /// its number there: `3`, `2.1`
    pub series_number: Option<String>,
    /// what the book was made from: an address, an ISBN, a description
    pub source: Option<String>,
    /// who says that the book is accessible
    pub certified_by: Option<String>,
}

/// Who else makes a book.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Maker {
    /// 译者
    Translator,
    /// 编者
    Editor,
    /// 绘者
    Illustrator,
}

impl Maker {
    /// Its code among MARC's relators.
    pub fn relator(self) -> &'static str {
        match self {
            Maker::Translator => "trl",
            Maker::Editor => "edt",
            Maker::Illustrator => "ill",
        }
    }
}
