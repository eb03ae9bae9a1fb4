//! What a build makes: `[[edition]]`.

use super::{Press, Reader};

/// One output of a build.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Edition {
    /// `<slug>-<name>.<ext>`; empty for `<slug>.<ext>`
    pub name: String,
    /// kind of file
    pub format: Format,
    /// how a PDF for a printer is made; `None` for any other file, a PDF for screens
    /// too
    pub press: Option<Press>,
    /// whether what keeps a file from conforming to its standards is an error
    pub strict: bool,
    /// what an EPUB is for
    pub reader: Reader,
}

impl Edition {
    /// What is made of a book that says nothing of editions.
    pub fn unnamed(format: Format) -> Edition {
        Edition {
            name: String::new(),
            format,
            press: None,
            strict: false,
            reader: Reader::default(),
        }
    }
}

/// Kinds of output.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Format {
    /// for paper and screens
    Pdf,
    /// for reading systems
    Epub,
}

impl Format {
    /// Ending of the file name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Epub => "epub",
        }
    }
}

/// What a PDF is for.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Medium {
    /// reading and archives: tagged, with links, PDF/UA-1 and PDF/A-2a
    Screen,
    /// printing: PDF/X-4
    Print,
}
