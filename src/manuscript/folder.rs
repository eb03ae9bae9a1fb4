//! The book's folder: the only door to its files.

use super::path;
use super::stamp::{Stamp, Stamps};
use crate::diag::{Code, Diagnostic, code};
use crate::source::Span;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The folder of `book.toml`. Files are named below it, with `/`, and nothing
/// outside it can be read, not through `..` and not through a symbolic link.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    shown: PathBuf,
    src: String,
    /// files that were read, shared by all who hold the folder
    read: Arc<Mutex<BTreeSet<String>>>,
    /// how these were when they were read
    stamps: Arc<Mutex<Stamps>>,
}

/// Why a file of the book cannot be read.
#[derive(Debug)]
pub enum FileFault {
    /// it is not there, or the system refuses it
    Missing(io::Error),
    /// it is a folder, a pipe or a device
    NoFile,
    /// it lies outside the book
    Outside,
    /// it has more bytes than the limit given here
    TooBig(u64),
}

impl Folder {
    /// The folder `dir`, with the chapters in `src` below it.
    pub fn new(dir: &Path, src: &str) -> Folder {
        // A folder that is not there gives MISSING_FILE for every file later.
        let root = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf());
        let (read, stamps) = Default::default();
        Folder { root, shown: dir.to_path_buf(), src: src.to_string(), read, stamps }
    }

    /// The same folder, whose files were read before.
    pub fn after(self, old: &Folder) -> Folder {
        let old = old.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        Folder { stamps: Arc::new(Mutex::new(Stamps::after(&old))), ..self }
    }

    /// The same folder, with the chapters in `src` below it.
    pub fn with_src(self, src: String) -> Folder {
        Folder { src, ..self }
    }

    /// The files of the book that were read so far, sorted, as the author would write
    /// them.
    pub fn files_read(&self) -> Vec<PathBuf> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().map(|path| self.shown(path)).collect()
    }

    /// Where the book lies on this machine, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Folder of `SUMMARY.md` below the root, with `/`; empty for the root.
    pub fn src(&self) -> &str {
        &self.src
    }

    /// A file's path as the author would write it, for messages.
    pub fn shown(&self, path: &str) -> PathBuf {
        if self.shown == Path::new(".") { path.into() } else { self.shown.join(path) }
    }

    /// The bytes of a file of the book, at most `limit` of them.
    pub fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileFault> {
        let (path, real, known) = self.found(path)?;
        if known.len() > limit {
            return Err(FileFault::TooBig(limit));
        }
        let file = fs::File::open(&real).map_err(FileFault::Missing)?;
        let mut out = Vec::with_capacity(known.len() as usize);
        // The file may grow while it is read.
        let read = file.take(limit.saturating_add(1)).read_to_end(&mut out);
        match read.map_err(FileFault::Missing)? as u64 {
            n if n > limit => Err(FileFault::TooBig(limit)),
            _ => {
                let mut stamps =
                    self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
                stamps.read(&path, Stamp::of(&known));
                self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
                Ok(out)
            }
        }
    }

    /// Whether a file of the book is the same as when it was read before, as far as the
    /// system tells; then it counts as read.
    pub fn is_same(&self, path: &str) -> bool {
        let Ok((path, _, known)) = self.found(path) else { return false };
        let mut stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        let same = stamps.is_same(&path, Stamp::of(&known));
        if same {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
        }
        same
    }

    /// A file of the book: its path below the folder, where it lies, what it is.
    fn found(&self, path: &str) -> Result<(String, PathBuf, fs::Metadata), FileFault> {
        let path = path::below("", path).ok_or(FileFault::Outside)?;
        let real = fs::canonicalize(self.root.join(&path)).map_err(FileFault::Missing)?;
        if !real.starts_with(&self.root) {
            return Err(FileFault::Outside);
        }
        // Asked before opening: to open a pipe can wait for ever.
        let known = fs::metadata(&real).map_err(FileFault::Missing)?;
        match known.is_file() {
            true => Ok((path, real, known)),
            false => Err(FileFault::NoFile),
        }
    }

    /// Names of the Markdown files that lie directly in `dir`, sorted.
    pub(super) fn markdown_files(&self, dir: &str) -> Vec<String> {
        let Ok(list) = fs::read_dir(self.root.join(dir)) else { return vec![] };
        let mut names: Vec<String> = list
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.to_ascii_lowercase().ends_with(".md"))
            .collect();
        names.sort();
        names
    }
}

impl FileFault {
    /// The kind of diagnostic that tells of it.
    pub fn code(&self) -> Code {
        match self {
            FileFault::Outside => code::OUTSIDE_BOOK,
            FileFault::Missing(_) | FileFault::NoFile | FileFault::TooBig(_) => {
                code::MISSING_FILE
            }
        }
    }

    /// The whole diagnostic, for the file named `path` at `span`.
    pub fn diagnostic(&self, path: &str, span: Option<Span>) -> Diagnostic {
        let mut d = Diagnostic::new(self.code(), format!("`{path}` {self}"));
        d.span = span;
        match self {
            FileFault::Outside => d.hint("copy the file into the folder of the book"),
            FileFault::TooBig(_) => {
                d.hint("raise `file-mib` in the section `[limits]` of book.toml")
            }
            FileFault::Missing(_) => d.hint("check the path; case matters"),
            FileFault::NoFile => d,
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileFault::Missing(e) if e.kind() == io::ErrorKind::NotFound => {
                f.write_str("is not there")
            }
            FileFault::Missing(e) => write!(f, "cannot be read: {e}"),
            FileFault::NoFile => f.write_str("is no file"),
            FileFault::Outside => f.write_str("lies outside the book"),
            FileFault::TooBig(n) => write!(f, "has more than {} MiB", n >> 20),
        }
    }
}

impl std::error::Error for FileFault {}
