//! What can be said on the command line; clap's types and nothing else.

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
    /// Print a stage of the work as text
    Inspect(Inspect),
    /// Start a book
    New(New),
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
