//! What can be said on the command line; clap's types and nothing else.

use crate::geom::{Len, Size};
use crate::impose::paper;
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// keben (刻本): a Markdown manuscript into a typeset PDF and an EPUB 3.
#[derive(Debug, Parser)]
#[command(name = "keben", version, about, max_term_width = 100)]
pub struct Args {
    /// what to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the book's editions
    Build(Build),
    /// Do everything but write
    Check(Check),
    /// Make the wrap of the printed book: back, spine and front
    Cover(Cover),
    /// Put the pages of a PDF on sheets, to be printed, folded and bound
    Impose(Impose),
    /// Print a stage of the work as text
    Inspect(Inspect),
    /// Start a book
    New(New),
    /// Show the book's pages in a browser while it is written
    Serve(Serve),
    /// Make the book's editions whenever its files change
    Watch(Watch),
}

/// `keben build`
#[derive(Debug, clap::Args)]
pub struct Build {
    /// The book's folder: the one with book.toml, or one with manuscript/ in it
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Where the outputs go [default: build/ beside the book's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Make this edition only
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// Make this kind of file only
    #[arg(long)]
    pub format: Option<FormatArg>,
    /// Write which files the outputs were made of, as rules of Make and Ninja
    #[arg(long, value_name = "FILE")]
    pub depfile: Option<PathBuf>,
    /// Read nothing but the book's folder: no font of the machine
    #[arg(long)]
    pub isolated: bool,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// Kinds of file.
#[derive(Debug, Copy, Clone, Eq, PartialEq, ValueEnum)]
pub enum FormatArg {
    /// for paper and screens
    Pdf,
    /// for reading systems
    Epub,
}

/// `keben check`
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The book's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Check this edition only
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// Look also for what a printer would send back
    #[arg(long)]
    pub press: bool,
    /// Hold the EPUB against what this reading system takes and shows
    #[arg(long, value_name = "NAME")]
    pub reader: Option<ReaderArg>,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// Reading systems with rules of their own.
#[derive(Debug, Copy, Clone, Eq, PartialEq, ValueEnum)]
pub enum ReaderArg {
    /// any that keeps to EPUB 3.3
    Standard,
    /// Kindle
    Kindle,
    /// Apple Books
    Apple,
    /// Kobo
    Kobo,
    /// WeRead (微信读书)
    Weread,
    /// Duokan (多看)
    Duokan,
}

/// `keben cover`
#[derive(Debug, clap::Args)]
pub struct Cover {
    /// The book's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Where the output goes [default: build/ beside the book's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// `keben impose`
#[derive(Debug, clap::Args)]
pub struct Impose {
    /// The book: a PDF of keben or of another program
    pub file: PathBuf,
    /// How the sheets become a book
    #[arg(long, default_value = "booklet")]
    pub scheme: SchemeArg,
    /// Pages of a sheet, both sides together: 4, 8, 16, 32 [default: perfect 16, saddle
    /// 4]; in a booklet, of a gathering of nested sheets [default: the book]
    #[arg(long, value_name = "PAGES", value_parser = signature)]
    pub signature: Option<u8>,
    /// The sheet: a4, a3, sra3, da-4 …, or such as 450x320mm [default: as needed]
    #[arg(long, value_name = "SIZE", value_parser = paper::sheet)]
    pub sheet: Option<Size>,
    /// Make pages smaller where the sheet is too small
    #[arg(long, requires = "sheet")]
    pub fit: bool,
    /// Thickness of the paper: pages of inner leaves move so far towards the spine for
    /// each leaf around them
    #[arg(long, value_name = "MM", value_parser = paper::length)]
    pub paper: Option<Len>,
    /// The same, said by how far the innermost pages move
    #[arg(long, value_name = "MM", value_parser = paper::length, conflicts_with = "paper")]
    pub creep: Option<Len>,
    /// Between pages that are cut apart; each has half of it for its bleed [default: 6]
    #[arg(long, value_name = "MM", value_parser = paper::length)]
    pub gap: Option<Len>,
    /// What is milled off each page at the spine (铣背) [default: perfect 3, else 0]
    #[arg(long, value_name = "MM", value_parser = paper::length)]
    pub milling: Option<Len>,
    /// Marks of cuts, folds and gatherings, and labels [default: not in a booklet]
    #[arg(long, conflicts_with = "no_marks")]
    pub marks: bool,
    /// No marks
    #[arg(long)]
    pub no_marks: bool,
    /// The book is bound on the right, even if the file does not say so
    #[arg(long)]
    pub rtl: bool,
    /// The output [default: such as book-saddle.pdf beside book.pdf]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// Ways to bind.
#[derive(Debug, Copy, Clone, Eq, PartialEq, ValueEnum)]
pub enum SchemeArg {
    /// Two pages a side, folded once, laid in one another; with --signature 4 laid on
    /// one another
    Booklet,
    /// Signatures in one another, stitched through the back
    Saddle,
    /// Signatures behind one another, glued or sewn
    Perfect,
}

fn signature(text: &str) -> Result<u8, String> {
    let found = [4, 8, 16, 32].into_iter().find(|n: &u8| n.to_string() == text);
    found.ok_or_else(|| "allowed is 4, 8, 16 or 32".into())
}

/// `keben inspect`
#[derive(Debug, clap::Args)]
pub struct Inspect {
    /// Which stage
    pub stage: Stage,
    /// The book's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Only the paragraphs of a file, or of a line of it (lines, items)
    #[arg(long, value_name = "FILE[:LINE]")]
    pub at: Option<String>,
    /// Why each line ends where it does: the other places, what they cost, and the
    /// rules that forbid those between (lines)
    #[arg(long)]
    pub explain: bool,
}

/// Stages that can be printed.
#[derive(Debug, Copy, Clone, Eq, PartialEq, ValueEnum)]
pub enum Stage {
    /// The document model
    Book,
    /// Boxes, glue and penalties of the paragraphs (not of notes and table cells)
    Items,
    /// Lines of the paragraphs (not of notes and table cells)
    Lines,
    /// What stands where on every page
    Pages,
    /// What the text is made of: chapters, headings, paragraphs, with their pages
    Structure,
}

/// `keben new`
#[derive(Debug, clap::Args)]
pub struct New {
    /// The folder to make; it must not hold a book
    pub dir: PathBuf,
}

/// `keben watch`
#[derive(Debug, clap::Args)]
pub struct Watch {
    /// The book's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Where the outputs go [default: build/ beside the book's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Look at the files again and again, where the system does not tell of changes
    #[arg(long)]
    pub poll: bool,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// `keben serve`
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// As for watch
    #[command(flatten)]
    pub watch: Watch,
    /// The port on this machine; the next free one, if it is taken
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,
    /// What opens a place in your editor: vscode, vscodium, cursor, zed, idea, sublime,
    /// textmate, or an address with {path}, {line} and {column} in it
    #[arg(long, value_name = "NAME", default_value = "vscode", value_parser = editor)]
    pub editor: String,
}

/// Addresses by which editors open a place.
const EDITORS: [(&str, &str); 7] = [
    ("vscode", "vscode://file/{path}:{line}:{column}"),
    ("vscodium", "vscodium://file/{path}:{line}:{column}"),
    ("cursor", "cursor://file/{path}:{line}:{column}"),
    ("zed", "zed://file/{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
];

fn editor(text: &str) -> Result<String, String> {
    if let Some((_, known)) = EDITORS.iter().find(|e| e.0 == text) {
        return Ok((*known).into());
    }
    let (scheme, _) = text.split_once(':').unwrap_or_default();
    let letters = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
    let sound = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(letters);
    // These run programs or show what they are given, in the preview's own place.
    let never = ["javascript", "data", "blob", "vbscript", "about"];
    let harmful = never.iter().any(|n| n.eq_ignore_ascii_case(scheme));
    if sound && !harmful && text.contains("{path}") {
        return Ok(text.into());
    }
    let names: Vec<_> = EDITORS.iter().map(|e| e.0).collect();
    let names = names.join(", ");
    Err(format!("name one of {names}, or an address such as {}", EDITORS[0].1))
}
