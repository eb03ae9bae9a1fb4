//! The diagnostics' names. Stable, documented, greppable; each has a case in
//! `tests/suite/diag/` or `tests/cli.rs`, and a test looks for it.

use super::Severity::{self, Error, Note, Warning};

/// The name of a kind of diagnostic, and how bad it is.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
pub struct Code {
    /// kebab-case, such as `missing-file`
    pub name: &'static str,
    /// Whether the output is still good
    pub severity: Severity,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $id:ident = $name:literal, $severity:ident;)*) => {
        $($(#[doc = $doc])+ pub const $id: Code = Code { name: $name, severity: $severity };)*
        /// Every code there is.
        pub const ALL: &[Code] = &[$($id),*];
    };
}

codes! {
    /// A file that the book names is not there or cannot be read.
    MISSING_FILE = "missing-file", Error;
    /// A file is not UTF-8 text; what is not is replaced.
    NOT_UTF8 = "not-utf8", Warning;
    /// A path leads out of the book's folder.
    OUTSIDE_BOOK = "outside-book", Error;
    /// `book.toml` is not TOML.
    BAD_TOML = "bad-toml", Error;
    /// A setting has the wrong type or an impossible value; its default is used.
    BAD_VALUE = "bad-value", Error;
    /// A PDF was asked to have vertical lines; it has horizontal ones.
    VERTICAL_PAGES = "vertical-pages", Warning;
    /// A setting that keben does not know.
    UNKNOWN_KEY = "unknown-key", Warning;
    /// `SUMMARY.md` names no chapter, or has something that is no chapter.
    BAD_SUMMARY = "bad-summary", Warning;
    /// A chapter is named twice.
    DUPLICATE_CHAPTER = "duplicate-chapter", Warning;
    /// The book has no chapter.
    EMPTY_BOOK = "empty-book", Error;
    /// A link or reference leads nowhere; its text is kept.
    BROKEN_LINK = "broken-link", Warning;
    /// An anchor is given twice; the second gets another name.
    DUPLICATE_ANCHOR = "duplicate-anchor", Warning;
    /// A call to a note that is not there; it is kept as text.
    UNKNOWN_NOTE = "unknown-note", Warning;
    /// A note that nothing calls; it is kept at the end of its chapter.
    UNUSED_NOTE = "unused-note", Warning;
    /// HTML that keben does not read; its text is kept.
    RAW_HTML = "raw-html", Warning;
    /// A `:::` block of an unknown kind; its contents are kept.
    UNKNOWN_CONTAINER = "unknown-container", Warning;
    /// A description without a figure before it; it is kept as text.
    STRAY_DESCRIPTION = "stray-description", Warning;
    /// An attribute in braces that keben does not know or cannot read; the text is
    /// kept.
    UNKNOWN_ATTRIBUTE = "unknown-attribute", Warning;
    /// There are more or fewer readings than characters; the braces are kept as text.
    READING_COUNT = "reading-count", Warning;
    /// A language tag that is none; the text is kept in the language around it.
    BAD_LANGUAGE = "bad-language", Warning;
    /// A row of a table has more cells than its head; their text is kept in the last.
    EXTRA_CELLS = "extra-cells", Warning;
    /// TeX that is no formula, because its braces or its `$` do not match; it is
    /// printed as it was written.
    UNREAD_FORMULA = "unread-formula", Warning;
    /// Marks of the index that do not fit together, or a book that has no index.
    BAD_INDEX = "bad-index", Warning;
    /// Page numbers in the text move the text that they are numbers of.
    UNSETTLED_PAGES = "unsettled-pages", Warning;
    /// A formula that cannot be set; it is printed as it was written.
    BAD_FORMULA = "bad-formula", Error;
    /// Blocks are nested too deep; the rest is kept as text.
    TOO_DEEP = "too-deep", Error;
    /// A picture that is no picture; its alternative text stands in its place.
    BAD_PICTURE = "bad-picture", Error;
    /// A picture that stops before its end; it is shown as far as it goes.
    CUT_PICTURE = "cut-picture", Warning;
    /// A picture with more pixels or bytes than the limit.
    HUGE_PICTURE = "huge-picture", Error;
    /// An SVG runs programs or fetches files; these parts are left out.
    ACTIVE_PICTURE = "active-picture", Warning;
    /// The colour profile that a picture brings cannot be used; its colours are taken
    /// as if it had none.
    BAD_PROFILE = "bad-profile", Warning;
    /// Parts of an SVG are shown as pixels, because PDF has no vectors for them.
    RASTER_SVG = "raster-svg", Note;
    /// The book has no title; it is called as its folder is.
    MISSING_TITLE = "missing-title", Warning;
    /// A picture without alternative text.
    MISSING_ALT = "missing-alt", Warning;
    /// A heading is more than one level below the one before it.
    HEADING_JUMP = "heading-jump", Warning;
    /// A font file that cannot be read; the built-in one is used.
    BAD_FONT = "bad-font", Error;
    /// A font family that is not installed; the built-in one is used.
    UNKNOWN_FAMILY = "unknown-family", Error;
    /// A character that no font has; a box is printed.
    MISSING_GLYPH = "missing-glyph", Warning;
    /// A line that cannot be set within its measure.
    OVERFULL_LINE = "overfull-line", Warning;
    /// A formula is higher than a page; it is set smaller.
    SHRUNK_FORMULA = "shrunk-formula", Warning;
    /// What must stay together is longer than a line; it was cut.
    EMERGENCY_BREAK = "emergency-break", Warning;
    /// A line whose gaps are wider than a quarter em.
    LOOSE_LINE = "loose-line", Note;
    /// Lines so short that their gaps must be uneven.
    NARROW_MEASURE = "narrow-measure", Note;
    /// Lines that stand nearer or further from each other than in books.
    LINE_GAP = "line-gap", Note;
    /// A paragraph whose last line is one character (孤字).
    LONELY_CHARACTER = "lonely-character", Note;
    /// A mark or letter of another script in Chinese text.
    MIXED_MARKS = "mixed-marks", Note;
    /// The last line of a paragraph stands alone at the head of a page (孤行).
    WIDOW_LINE = "widow-line", Warning;
    /// The first line of a paragraph stands alone at the foot of a page.
    ORPHAN_LINE = "orphan-line", Warning;
    /// A heading stands at the foot of a page (背题).
    STRANDED_HEADING = "stranded-heading", Warning;
    /// A page ends between what belongs together, such as a table's head and its
    /// first row.
    PARTED_BLOCK = "parted-block", Warning;
    /// Facing pages do not end on the same line.
    UNEVEN_PAGES = "uneven-pages", Warning;
    /// A chapter ends with a page of one line.
    SHORT_PAGE = "short-page", Warning;
    /// A note does not begin on the page of its call.
    PARTED_NOTE = "parted-note", Warning;
    /// A caption that ends with a full stop.
    CAPTION_STOP = "caption-stop", Note;
    /// A printer binds no book of so many pages.
    PAGE_COUNT = "page-count", Warning;
    /// A rule or line is thinner than a printer's plates hold.
    HAIRLINE = "hairline", Warning;
    /// Text or a picture stands nearer to an edge than a printer cuts exactly.
    NEAR_EDGE = "near-edge", Warning;
    /// A picture has fewer dots to the inch than a printer wants.
    LOW_RESOLUTION = "low-resolution", Warning;
    /// A picture has more ink than a press bears.
    INK_LIMIT = "ink-limit", Warning;
    /// A picture stays in RGB.
    RGB_PICTURE = "rgb-picture", Warning;
    /// A printer has no inks but the four.
    SPOT_INK = "spot-ink", Warning;
    /// A colour profile that is none of a press.
    NO_PRESS = "no-press", Error;
    /// The spine is too thin for type.
    NARROW_SPINE = "narrow-spine", Note;
    /// A text is longer than its place on the cover; the rest is left out.
    COVER_OVERFLOW = "cover-overflow", Warning;
    /// A file that is no PDF, is broken, or has no page.
    BAD_PDF = "bad-pdf", Error;
    /// A PDF that is encrypted.
    ENCRYPTED_PDF = "encrypted-pdf", Error;
    /// A page of a PDF that cannot be read; its place is blank.
    UNREAD_PAGE = "unread-page", Error;
    /// A page of a PDF has another size than the most; it stands in the middle.
    PAGE_SIZE = "page-size", Warning;
    /// A sheet that is too small for the pages, or too large for any press.
    SHEET_SIZE = "sheet-size", Error;
    /// Pages that stay blank, because sheets have more than the book.
    BLANK_PAGES = "blank-pages", Note;
    /// Something that the reading systems of an EPUB edition would not take or show.
    READER_LIMIT = "reader-limit", Warning;
    /// No edition has the name or format that was asked for.
    UNKNOWN_EDITION = "unknown-edition", Error;
    /// A strict edition has faults that its standards forbid; it is not written.
    NOT_CONFORMING = "not-conforming", Error;
    /// No port is free on which the preview could be shown.
    NO_PORT = "no-port", Error;
    /// An output could not be made or written.
    WRITE_FAILED = "write-failed", Error;
}
