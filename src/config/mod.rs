//! Settings, resolved: no `Option` stands here for "not said".
//!
//! [`read()`] takes the text of `book.toml` and gives a [`Config`] in which every
//! default is filled in. What cannot be understood is reported with its place
//! and costs only itself.

pub mod cover;
pub mod edition;
pub mod press;
pub mod read;
pub mod reader;
pub mod trim;

use crate::book::Meta;
use crate::book::NotePlace;
use crate::book::number::Numbering;
use crate::book::sections::Sections;
use crate::cjk::Rules;
use crate::colour::ink::Spot;
use crate::font::Role;
use crate::geom::{Len, Size};
use crate::source::Span;

pub use cover::Cover;
pub use edition::{Edition, Format, Medium};
pub use press::Press;
pub use read::read;
pub use reader::Reader;

/// Everything a build can be told.
#[derive(Debug, Clone)]
pub struct Config {
    /// title, authors, identifiers
    pub meta: Meta,
    /// stem of the outputs' file names, safe on every file system
    pub slug: String,
    /// folder of `SUMMARY.md`, below that of `book.toml`
    pub src: String,
    /// how chapters are numbered
    pub numbering: Numbering,
    /// how sections are numbered
    pub sections: Sections,
    /// where notes stand
    pub notes: NotePlace,
    /// whether the terms of the glossary are sorted
    pub sort_glossary: bool,
    /// the page
    pub page: PageSpec,
    /// how parts of the book follow one another
    pub makeup: Makeup,
    /// the rules of composition
    pub rules: Rules,
    /// the author's own fonts, in the order given
    pub fonts: Vec<FontSource>,
    /// the wrap of the printed book
    pub cover: Cover,
    /// inks of the book's own
    pub inks: Vec<Spot>,
    /// the picture that an EPUB has as its cover, and where it is named
    pub front_cover: Option<(String, Span)>,
    /// what a build makes; never empty
    pub editions: Vec<Edition>,
    /// name of the theme
    pub theme: String,
    /// where it is named
    pub theme_span: Option<Span>,
    /// what a hostile book may not exceed
    pub limits: Limits,
}

/// The page and what stands on it.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct PageSpec {
    /// finished page (成品)
    pub trim: Size,
    /// the sheet in millimetres and how many leaves it gives (开数), where known
    pub sheet: Option<[u32; 3]>,
    /// 版心
    pub area: TypeArea,
    /// inner margin (订口)
    pub inner: Len,
    /// head margin (天头), down to the type area
    pub head: Len,
}

/// How the parts of the book stand on pages.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Makeup {
    /// a page with the title alone comes first (半扉页)
    pub half_title: bool,
    /// parts have a leaf of their own (篇章页)
    pub part_page: bool,
    /// where chapters begin
    pub chapter_start: Start,
    /// page numbers of the front matter
    pub front_folio: FolioStyle,
    /// where page numbers stand; `None`: where the theme puts them
    pub folio: Option<FolioPlace>,
    /// a list of figures follows the contents
    pub figures: bool,
    /// a list of tables follows the contents
    pub tables: bool,
    /// how many lines high a chapter's first character is (首字下沉); 0 for none
    pub drop_cap: u8,
    /// what stands at a pause in the text
    pub pause: Pause,
}

impl Default for Makeup {
    fn default() -> Self {
        Makeup {
            half_title: false,
            part_page: true,
            chapter_start: Start::Next,
            front_folio: FolioStyle::Roman,
            folio: None,
            figures: false,
            tables: false,
            drop_cap: 0,
            pause: Pause::Stars,
        }
    }
}

/// What stands at a pause in the text.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Pause {
    /// ＊　＊　＊
    Stars,
    /// ·　·　·
    Dots,
    /// a short rule
    Rule,
    /// nothing but a blank line
    Blank,
}

/// On which page a chapter begins.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Start {
    /// 另面: on the next one
    Next,
    /// 另页: on the next right-hand one
    Recto,
}

/// Figures of page numbers.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum FolioStyle {
    /// i, ii, iii
    Roman,
    /// 1, 2, 3
    Arabic,
}

/// Where page numbers stand at the foot.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum FolioPlace {
    /// at the outer side
    Outer,
    /// in the middle
    Center,
}

/// The type area (版心), counted in characters and lines
/// (clreq#procedure_for_defining_type_area).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct TypeArea {
    /// characters in a line
    pub chars: u16,
    /// lines on a page
    pub lines: u16,
    /// size of one character
    pub size: Len,
    /// distance from one baseline to the next
    pub leading: Len,
}

impl TypeArea {
    /// Length of a line.
    pub fn measure(&self) -> Len {
        self.size * i64::from(self.chars)
    }
    /// From the top of the first line's characters to the foot of the last's.
    pub fn depth(&self) -> Len {
        self.leading * (i64::from(self.lines) - 1) + self.size
    }
}

/// A face that the author names for a role.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct FontSource {
    /// what it is for
    pub role: Role,
    /// which cut of it
    pub bold: bool,
    /// which cut of it
    pub italic: bool,
    /// a file of the book, or an installed family
    pub source: FontName,
    /// where it is named
    pub span: Span,
}

/// How a font is named.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum FontName {
    /// a file below the folder of `book.toml`, with `/`
    File(String),
    /// an installed family
    Family(String),
}

/// Bounds on what is read.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Limits {
    /// pixels of one picture
    pub picture_pixels: u64,
    /// bytes of one file of text or picture
    pub file_bytes: u64,
    /// blocks inside blocks
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // 64 MiB and 100 megapixels hold any plate of a book at 600 dpi; deeper
        // nesting than 32 has no place on a page.
        Limits { picture_pixels: 100_000_000, file_bytes: 64 << 20, depth: 32 }
    }
}
