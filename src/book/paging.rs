//! Where in the text the pages of a printed edition begin, as plain data: an edition
//! without pages can name them, and what is cited by page is found in both.

use crate::source::Span;
use std::collections::BTreeMap;

/// The pages of an edition, as far as text of the book begins on them.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Paging {
    /// in the order of the pages; what is blank or has no like elsewhere is not there
    pub starts: Vec<PageStart>,
    /// the pages that each entry of the index names, by the entry's id
    pub locators: BTreeMap<String, Vec<Locator>>,
}

/// A page.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct PageStart {
    /// its printed number, such as `iv` or `12`
    pub label: String,
    /// what stands first on it
    pub at: At,
}

/// What stands first on a page.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum At {
    /// the title page
    TitlePage,
    /// the copyright page that keben makes
    Copyright,
    /// the contents
    Contents,
    /// the page of the part before a chapter, by the chapter's index
    Part(usize),
    /// the beginning of a chapter, by its index
    Chapter(usize),
    /// something inside a chapter
    Inside {
        /// the chapter's index
        chapter: usize,
        /// what
        what: First,
    },
}

/// What stands first on a page inside a chapter.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum First {
    /// Text that was written here. Where a stretch has one place for all its
    /// characters, `after` of them, without blanks, stand on earlier pages.
    Text {
        /// where it was written
        span: Span,
        /// how many characters of the same place go before
        after: usize,
    },
    /// a picture, by its path
    Picture(String),
    /// an entry of the index, by its id
    Entry(String),
    /// nothing that can be found again
    Unknown,
}

/// Pages that an entry of the index names.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Locator {
    /// `12`, `12–15`
    pub label: String,
    /// id of the mark that it leads to
    pub id: String,
    /// whether this place says most
    pub main: bool,
}

impl At {
    /// The chapter that it is in.
    pub fn chapter(&self) -> Option<usize> {
        match self {
            At::Chapter(chapter) | At::Inside { chapter, .. } => Some(*chapter),
            At::TitlePage | At::Copyright | At::Contents | At::Part(_) => None,
        }
    }
}
