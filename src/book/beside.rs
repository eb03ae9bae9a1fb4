//! What stands between the lines: readings above their characters, marks along them.

use super::Text;
use crate::source::Span;

/// Characters with their reading (ruby, 注音): a word with one, or a character of a
/// word whose characters have one each.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Ruby {
    /// what is read
    pub base: Text,
    /// how
    pub reading: Text,
}

impl Ruby {
    /// Where both were written.
    pub fn span(&self) -> Span {
        let (base, reading) = (self.base.span, self.reading.span);
        Span { end: reading.end.max(base.end), ..base }
    }
    /// Whether the reading is in zhuyin (ㄅㄆㄇ), which Taiwan sets beside its character.
    pub fn is_zhuyin(&self) -> bool {
        self.reading.text.chars().any(zhuyin)
    }
}

/// Bopomofo, without its tone marks, which other scripts have too.
pub fn zhuyin(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}')
}

/// Marks along a stretch of text (clreq#handling_interlinear_punctuation; GB/T 15834,
/// 4.10, 4.15 and 4.16).
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Interlinear {
    /// 着重号: a dot for each character
    Dots,
    /// 专名号: a line along a name
    Name,
    /// 书名号乙式: a wavy line along the title of a work
    Work,
}

impl Interlinear {
    /// All of them.
    pub const ALL: [Interlinear; 3] =
        [Interlinear::Dots, Interlinear::Name, Interlinear::Work];
    /// Its class in a manuscript and in an EPUB.
    pub fn name(self) -> &'static str {
        match self {
            Interlinear::Dots => "dots",
            Interlinear::Name => "name",
            Interlinear::Work => "work",
        }
    }
    /// The mark of a class.
    pub fn named(name: &str) -> Option<Interlinear> {
        Interlinear::ALL.into_iter().find(|m| m.name() == name)
    }
}
