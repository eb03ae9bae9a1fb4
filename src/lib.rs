//! keben (刻本, "a block-printed edition") turns a Markdown manuscript into two
//! books at once: a typeset PDF and an EPUB 3 with embedded CJK fonts.
//!
//! # The picture
//!
//! ```text
//!        book.toml ─▶ config ─┬──────────────────────────┐
//!                             ▼                          ▼
//! manuscript/*.md ─▶ manuscript ─▶ book ─▶ line ─▶ page ─▶ pdf ─▶ book.pdf
//!                                    │       ▲ ▲
//!                                    │     cjk font
//!                                    └──────────────▶ epub ─▶ book.epub
//! theme, picture: read by line, page, pdf, epub
//! page ─▶ epub: where printed pages begin, as plain data
//! press: pages on sheets with a printer's marks, for pdf; what a printer sends back
//! impose: pages of a finished PDF onto sheets for the printer, by pdf's own last step
//! cover: the wrap of the printed book, one page for pdf, from config, line and page
//! math: formulas, laid out or as MathML, read by manuscript, line, page, epub
//! highlight: what the words of code are, read by theme, page, epub; begun by session
//! colour: inks; ICC profiles and the way between them, read by theme to pdf
//! ground, used by all: geom, source, diag
//! on top: session (opens a book, makes its editions, keeps what did not change) ◀─ cli
//! preview: pages as SVG, and where their text was written
//! live: a session made anew whenever files change ◀─ serve (the browser's), cli
//! ```
//!
//! A book is parsed once into plain data ([`book::Book`]). The EPUB is written
//! from it, because reading systems lay out for themselves. For paper, inlines
//! become items ([`line::item::Item`]), items become lines ([`line::Line`]),
//! lines become pages of placed things ([`page::Page`]), and the PDF is written
//! from those alone. Each arrow carries plain data that can be printed as text
//! (`keben inspect`), so each stage has goldens in `tests/suite/`.
//!
//! # Where to look
//!
//! | for | see |
//! | --- | --- |
//! | what a region does, what a book may choose | [`cjk::rules`] |
//! | what a character is, what stays together | [`cjk::class`], [`cjk::token`], [`cjk::unit`] |
//! | what stands between two, where no line may end | [`cjk::gap`], [`cjk::forbid`] |
//! | where lines end, what that costs, and why | [`line::breaks`], [`line::fit`], [`line::explain`] |
//! | what language a stretch of text is in | [`book::lang`], [`line::hyphen`], [`font::shape`] |
//! | what a chapter is, by name and title | [`book::role`] |
//! | what keben says in each language | [`book::words`] |
//! | what the copyright page says | [`book::imprint`] |
//! | where pages end, what that costs | [`page::paginate`], `page/paginate/price.rs` |
//! | paragraphs a line longer or shorter | [`line::vary`], [`page::vary`] |
//! | what a reference prints | [`book::refs`]; where that is a page, `page/refs.rs` |
//! | how words are sorted, what the index says | [`book::collate`], [`book::index`], `page/index.rs` |
//! | what containers make of their paragraphs | `manuscript/letter.rs` |
//! | how letters, dialogue, sources and alerts stand | `page/styled.rs` |
//! | how wide columns are, how cells stand | `page/table/columns.rs`, `page/table/rows.rs` |
//! | what a word of code is | [`highlight::scopes`] |
//! | what a formula looks like, where lines end in it | [`math`], [`line::formula`], [`page::formula`] |
//! | what is a paragraph, an item, a cell to a listener | [`page::structure`], `page/tagging.rs` |
//! | what an index entry is to a listener | `page/index/places.rs` |
//! | how far a picture is looked into | [`picture::Look`] |
//! | what becomes of colours, how a picture is written | [`colour::way`], [`pdf::pictures`] |
//! | where printed pages begin in an EPUB | [`book::paging`], [`page::paging`], `epub/pagelist.rs` |
//! | what a reading system asks for | `epub/profile.rs`, `epub/lint.rs` |
//! | the wrap of the printed book, its spine and barcode | [`cover`] |
//! | what printers want, and what they send back | [`config::press`], [`press::check`] |
//! | how a sheet is folded, which page stands where on it | [`impose::fold`], [`impose::plan`], [`impose::layout`] |
//! | which plate a thing stands on | [`colour::ink`], [`pdf::plates`] |
//! | how editions are made side by side | `session/make.rs` |
//! | what is kept of a book that is read again | `session/warm.rs`, `page/laid.rs`, [`pdf::Known`] |
//! | which changes belong together, what they came to | [`live::burst`], [`live::shot`], [`live::told`] |
//! | what stands between the lines: readings, dots, lines | [`book::beside`], `line/ruby.rs`, `line/along.rs` |
//! | vertical lines in an EPUB; formulas as pictures | `epub/turn.rs`, `epub/upright.rs`; `epub/drawn.rs` |
//! | what a page looks like in a browser, where its text was written | [`preview::svg`], [`preview::place`] |
//! | whom the preview answers | `serve/guard.rs`; what it answers: `serve/route.rs` |
//! | in which order parts stand, on which side they begin | `page/makeup.rs` |
//! | how things look | `theme/default.toml`, `theme/default.css`; a book's own: `theme/layer.rs` |
//! | what may go wrong, by name | [`diag::code`] |
//! | what is drawn on a page of a PDF, and how that is said | [`pdf::content`], [`pdf::ops`] |
//! | what printpdf and epub-builder have no word for | [`pdf::finish`], `epub/finish.rs` |
//!
//! # Invariants, each with a test
//!
//! - The arrows above are all there are (`tests/tidy.rs`). `book` knows no fonts,
//!   `line` knows no page, `pdf` decides nothing.
//! - Only `manuscript`, `session` and `cli` touch the file system (and
//!   [`font::installed`], which looks for families of the machine, and
//!   [`live::watch`], which waits for changes).
//! - Lengths are whole numbers ([`geom::Len`]), also in what is drawn on pages
//!   ([`pdf::ops`]); floats appear only where a number is handed to a library.
//! - Lines and pages are composed along the axes of the text
//!   ([`geom::Logical`]); left and right exist from [`page::furniture`] on.
//! - Parsing and layout do not fail: they report to a [`diag::Sink`] and go on.
//! - The same input gives the same bytes, on one thread and on many
//!   (`tests/repeat.rs`), from nothing and in a session that goes on. Nothing that
//!   ends up in a file asks the clock or a random source.
//! - No character is lost, from the source to what other programs read out of
//!   the outputs (`tests/invariants.rs`, `tests/reader/`).
//! - Every edition for screens passes PDF/UA-1 and PDF/A-2a, whatever is wrong with
//!   its manuscript (`tests/reader/accepted.rs`).
//! - Matches on [`book::BlockKind`], [`book::Inline`] and [`page::Draw`] are
//!   exhaustive, so that a new kind stops the build wherever it must be learnt.
//!
//! # Vocabulary
//!
//! *Measure*: the length of a line. *Gap*: what stands between two pieces of
//! text. *Galley*: a chapter's lines before they are cut into pages. *Leaf*: a
//! page before its furniture. *Furniture*: running heads and folios. *Folio*: the
//! printed page number. *Recto*, *verso*: right-hand and left-hand page. *Type
//! area* (版心): where text stands. *Signature* (帖): a printed sheet, folded.
//! *Gathering*: signatures laid in one another. *Creep*: what inner leaves stand
//! out. *Em*: the frame of one Han character.

pub mod book;
pub mod cjk;
pub mod cli;
pub mod colour;
pub mod config;
pub mod cover;
pub mod diag;
pub mod epub;
pub mod font;
pub mod geom;
pub mod highlight;
pub mod impose;
pub mod line;
pub mod live;
pub mod manuscript;
pub mod math;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod press;
pub mod preview;
pub mod serve;
pub mod session;
pub mod source;
pub mod theme;
