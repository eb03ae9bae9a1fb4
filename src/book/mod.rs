//! The document model: what the book says, not how it looks.
//!
//! Plain data. Nothing here knows of Markdown, fonts, pages, PDF or EPUB.

pub mod beside;
pub mod catalogue;
pub mod collate;
pub mod dump;
pub mod endnotes;
mod figure;
pub mod glossary;
pub mod imprint;
pub mod index;
pub mod lang;
pub mod listing;
pub mod number;
pub mod paging;
pub mod refs;
pub mod revise;
pub mod role;
pub mod sections;
mod style;
pub mod table;
pub mod text;
pub mod walk;
pub mod words;

use crate::source::Span;

pub use beside::{Interlinear, Ruby};
pub use catalogue::Catalogue;
pub use figure::{Figure, Panel, PictureRef, Placement};
pub use imprint::Imprint;
pub use index::{Index, Mark};
pub use listing::Listing;
pub use paging::Paging;
pub use refs::{Ref, Show};
pub use role::{Division, Role};
pub use style::BlockStyle;
pub use table::{Align, Cell, Row, Table};

/// A whole publication.
#[derive(Debug, Default, Clone)]
pub struct Book {
    /// Title, authors, identifiers, language.
    pub meta: Meta,
    /// Front matter, body and back matter, in reading order.
    pub chapters: Vec<Chapter>,
    /// Where notes stand.
    pub notes: NotePlace,
    /// The entries of the index, in order; empty where no chapter is one.
    pub index: Index,
}

/// Where the notes of a book stand, and how they are counted.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum NotePlace {
    /// at the foot of the page, counted through the chapter
    #[default]
    Foot,
    /// at the foot of the page, counted from each page
    FootByPage,
    /// after their chapter
    Chapter,
    /// in a chapter of their own
    Book,
}

impl NotePlace {
    /// Whether notes stand together, away from the pages of their calls.
    pub fn gathered(self) -> bool {
        matches!(self, NotePlace::Chapter | NotePlace::Book)
    }
}

/// What a catalogue would want to know.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Authors, in order.
    pub authors: Vec<String>,
    /// BCP 47 tag, such as `zh-Hans-CN`.
    pub lang: String,
    /// `urn:isbn:…` or `urn:uuid:…`; made from title and authors when not given.
    pub identifier: String,
    /// Publishing house.
    pub publisher: Option<String>,
    /// Date of this edition: `2026`, `2026-05` or `2026-05-04`.
    pub date: Option<String>,
    /// One paragraph about the book.
    pub description: Option<String>,
    /// Licence or rights statement.
    pub rights: Option<String>,
    /// Subjects.
    pub subjects: Vec<String>,
    /// What else the copyright page says.
    pub imprint: Imprint,
    /// What else a catalogue is told.
    pub catalogue: Catalogue,
}

/// One chapter: one file of the manuscript.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// where in the book it stands
    pub division: Division,
    /// what it is there
    pub role: Role,
    /// nesting in the contents, from 0
    pub depth: u8,
    /// the part (篇) that begins with this chapter
    pub part: Option<Part>,
    /// heading text
    pub title: Vec<Inline>,
    /// `第一章`, `附录一`, already formatted
    pub number: Option<String>,
    /// Stable anchor, ASCII, unique in the book; also the name of its EPUB file.
    pub id: String,
    /// contents, without the heading that is the title
    pub blocks: Vec<Block>,
    /// Notes in the order of their first calls; [`Inline::Note`] indexes them.
    pub notes: Vec<Note>,
    /// where the title was written
    pub span: Span,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// what its mark counts, from 1
    pub number: usize,
    /// contents
    pub blocks: Vec<Block>,
    /// where it was written
    pub span: Span,
}

/// A part (篇): some chapters under one title.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Part {
    /// `第一篇`, where the author wrote none
    pub number: Option<String>,
    /// title
    pub title: String,
}

impl Part {
    /// A part with a title.
    pub fn new(title: impl Into<String>) -> Part {
        Part { number: None, title: title.into() }
    }
    /// Number and title in one line.
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("{number}\u{3000}{}", self.title),
            None => self.title.clone(),
        }
    }
}

/// A block and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// what it is
    pub kind: BlockKind,
    /// where it was written
    pub span: Span,
}

/// Every kind of block there is. Matches on it never have a `_` arm: the
/// compiler then lists each place a new kind must be taught.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A paragraph that goes on after a displayed formula: it has no indent (P-01).
    Continued(Vec<Inline>),
    /// A section heading inside a chapter.
    Heading {
        /// 2..=6
        level: u8,
        /// anchor, ASCII, unique in the book
        id: String,
        /// `1.1`, `第一节`, already formatted
        number: Option<String>,
        /// text
        text: Vec<Inline>,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A GFM alert.
    Alert {
        /// which
        kind: AlertKind,
        /// contents
        blocks: Vec<Block>,
    },
    /// Verse: stanzas of lines that must not be reflowed.
    Verse(Vec<Vec<Vec<Inline>>>),
    /// Blocks that play a part together: a letter, its signature, a source.
    Styled {
        /// which
        style: BlockStyle,
        /// contents
        blocks: Vec<Block>,
    },
    /// A dialogue or a play.
    Dialogue(Vec<Speech>),
    /// A list.
    List {
        /// first number, if numbered
        start: Option<u64>,
        /// no space between items
        tight: bool,
        /// items
        items: Vec<Item>,
    },
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Preformatted text.
    Code(Listing),
    /// A picture with its caption.
    Figure(Figure),
    /// A table.
    Table(Table),
    /// A displayed formula.
    Math(Equation),
    /// A pause in the text.
    Break,
}

/// The five GFM alerts.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum AlertKind {
    /// 注
    Note,
    /// 提示
    Tip,
    /// 要点
    Important,
    /// 警告
    Warning,
    /// 小心
    Caution,
}

impl AlertKind {
    /// ASCII name, for classes and dumps.
    pub fn name(self) -> &'static str {
        match self {
            AlertKind::Note => "note",
            AlertKind::Tip => "tip",
            AlertKind::Important => "important",
            AlertKind::Warning => "warning",
            AlertKind::Caution => "caution",
        }
    }
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// ticked or not, if it is a task
    pub task: Option<bool>,
    /// contents
    pub blocks: Vec<Block>,
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// who, with the colon behind; empty for a stage direction
    pub name: Vec<Inline>,
    /// what
    pub blocks: Vec<Block>,
}

/// A term and its meanings.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// anchor, in a glossary; empty elsewhere
    pub id: String,
    /// what is explained
    pub term: Vec<Inline>,
    /// the explanations
    pub meanings: Vec<Vec<Block>>,
}

/// A formula on lines of its own.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Equation {
    /// TeX
    pub tex: Text,
    /// anchor that the author gives it; empty for none. With one it has a number
    pub id: String,
    /// `2-1`, without the brackets that it is printed in
    pub number: Option<String>,
}

/// Characters and where they were written.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Text {
    /// characters
    pub text: String,
    /// where they were written
    pub span: Span,
}

/// A stretch of text inside a paragraph.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Inline {
    /// Text in one style.
    Text(Text),
    /// 着重
    Emph(Vec<Inline>),
    /// Bold.
    Strong(Vec<Inline>),
    /// Struck through.
    Strike(Vec<Inline>),
    /// Superscript.
    Super(Vec<Inline>),
    /// Subscript.
    Sub(Vec<Inline>),
    /// A stretch in another language than what is around it.
    Lang {
        /// BCP 47 tag in its usual spelling ([`lang::tag`])
        lang: String,
        /// text
        text: Vec<Inline>,
    },
    /// A stretch with marks along it.
    Marked {
        /// which
        mark: Interlinear,
        /// text
        text: Vec<Inline>,
    },
    /// Characters with their reading.
    Ruby(Ruby),
    /// Verbatim.
    Code(Text),
    /// A formula, as TeX.
    Math(Text),
    /// A link.
    Link {
        /// where it leads
        to: Target,
        /// text
        text: Vec<Inline>,
        /// where it was written
        span: Span,
    },
    /// A picture inside a line.
    Picture(PictureRef),
    /// A call to a note of the chapter.
    Note {
        /// index in [`Chapter::notes`]
        index: usize,
        /// what its mark counts, from 1
        number: usize,
        /// where it is called
        span: Span,
    },
    /// A reference that prints where its target stands.
    Ref(Ref),
    /// A place that the index names. It takes no room.
    Index(Box<Mark>),
    /// A line break the author asked for.
    Newline,
}

/// Where a link leads.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Target {
    /// An address outside the book.
    Url(String),
    /// The id of a chapter or heading of this book.
    Anchor(String),
}
