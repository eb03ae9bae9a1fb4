//! The book as an EPUB 3.3 publication, in memory.
//!
//! Reading systems lay out for themselves, so the publication is written from
//! the model, not from pages: one XHTML file a chapter, pictures as they came,
//! fonts cut down to the characters the book uses. epub-builder writes the
//! package; `finish` completes it and makes it the same on every machine.

mod access;
mod block;
mod chapter;
mod chars;
mod code;
mod cover;
mod drawn;
mod endnotes;
mod figure;
mod files;
mod finish;
mod fontname;
mod fonts;
mod foreign;
mod formula;
mod icon;
mod index;
mod inline;
mod layout;
mod lint;
mod markup;
mod matter;
mod metadata;
mod names;
mod nav;
mod notes;
mod obfuscate;
mod opf;
mod package;
mod page;
mod pagelist;
mod pictures;
mod profile;
mod sfnt;
mod split;
mod styled;
mod table;
mod turn;
mod upright;

use crate::book::{Book, Paging};
use crate::config::reader::{Embedding, Profile};
use crate::diag::{Diagnostic, Sink};
use crate::font::{Cut, FontSet};
use crate::picture::{Picture, Pictures};
use crate::source::Span;

/// All that an EPUB is made of.
#[derive(Debug, Copy, Clone)]
pub struct Input<'a> {
    /// the book
    pub book: &'a Book,
    /// style sheet, without `@font-face` rules
    pub css: &'a str,
    /// the faces of headings, as the style sheet has them
    pub head: Cut,
    /// fonts to take the characters from
    pub fonts: &'a FontSet,
    /// the pictures that could be read
    pub pictures: &'a Pictures,
    /// the author's cover
    pub cover: Option<Front<'a>>,
    /// the cover of a book whose author gives none, as SVG
    pub drawn: &'a str,
    /// the reading systems that it is for
    pub profile: Profile,
    /// lines from top to bottom, columns from right to left
    pub vertical: bool,
    /// how fonts are put into it
    pub embedding: Embedding,
    /// its ISBN, digits alone
    pub isbn: Option<&'a str>,
    /// who says that it is accessible, if it is
    pub certifier: Option<&'a str>,
    /// where the pages of the printed edition begin, for a list of them
    pub paging: Option<&'a Paging>,
    /// when the book was last changed, in seconds since 1970
    pub timestamp: i64,
}

/// The author's cover.
#[derive(Debug, Copy, Clone)]
pub struct Front<'a> {
    /// its path in the book
    pub path: &'a str,
    /// where it is named
    pub span: Span,
    /// the picture
    pub picture: &'a Picture,
}

/// A sheet of paper, which stands for a cover that nobody drew.
const PLAIN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 4\" \
    width=\"1200\" height=\"1600\"><rect width=\"3\" height=\"4\" fill=\"#e8e8e8\"/></svg>\n";

impl<'a> Input<'a> {
    /// A book for any reading system, with subset fonts and a plain cover.
    pub fn new(
        book: &'a Book,
        css: &'a str,
        head: Cut,
        fonts: &'a FontSet,
        pictures: &'a Pictures,
    ) -> Input<'a> {
        Input {
            book,
            css,
            head,
            fonts,
            pictures,
            cover: None,
            drawn: PLAIN,
            profile: Profile::Standard,
            vertical: false,
            embedding: Embedding::Subset,
            isbn: None,
            certifier: None,
            paging: None,
            timestamp: 0,
        }
    }
}

/// Writes the publication. The same input gives the same bytes.
///
/// # Errors
/// `write-failed` when the package cannot be put together.
pub fn write(input: &Input, sink: &mut Sink) -> Result<Vec<u8>, Diagnostic> {
    rewrite(input, None, sink)
}

/// What is kept of a file for the next one with the same settings and fonts.
#[derive(Debug, Default)]
pub struct Known {
    fonts: fonts::Known,
    entries: finish::Entries,
}

/// The same, where a file was written before.
pub fn rewrite(
    input: &Input,
    known: Option<&mut Known>,
    sink: &mut Sink,
) -> Result<Vec<u8>, Diagnostic> {
    let (keeps, mut none) = (known.is_some(), Known::default());
    let known = known.unwrap_or(&mut none);
    let traits = profile::traits(input.profile);
    let names = names::Names::of(input.book);
    let pictures = pictures::Embedded::of(input.book, input.pictures, &traits, sink);
    let cover = cover::Cover::of(input, &traits);
    let drawn = drawn::Drawn::of(input, &traits);
    let marks = pagelist::Marks::of(input.paging, &names);
    let draft = package::Draft {
        input,
        traits: &traits,
        names: &names,
        pictures: &pictures,
        drawn: &drawn,
        cover: &cover,
        fonts: &[],
        marks: &marks,
    };
    // The longest work, cutting down the text's font, goes beside writing the text.
    let (fonts, files) = rayon::join(
        || fonts::embed(input, &traits, &mut known.fonts),
        || files::files(&draft),
    );
    let draft = package::Draft { fonts: &fonts, ..draft };
    let raw = package::build(&draft, files)?;
    lint::lint(&draft, &raw, sink);
    finish::finish(raw, &draft, keeps.then_some(&mut known.entries))
}
