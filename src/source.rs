//! Source text, and places in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file of the manuscript.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct FileId(pub u32);

/// A stretch of source text, in bytes. Carried by every block and every text
/// run, so that a line that does not fit can still say where it was written.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Span {
    /// which file
    pub file: FileId,
    /// first byte
    pub start: u32,
    /// byte after the last
    pub end: u32,
}

impl Span {
    /// Bytes `start..end` of `file`.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Span {
        Span { file, start: range.start as u32, end: range.end as u32 }
    }
    /// The same place as byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// All text read for one build. The only owner of source strings.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<(PathBuf, Arc<str>)>,
}

impl Sources {
    /// Adds a file and names it.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        self.files.push((path.into(), text.into()));
        FileId(self.files.len() as u32 - 1)
    }
    /// The text of a file; empty for a file that was never added.
    pub fn text(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |f| &f.1)
    }
    /// A shared handle on the text of a file.
    pub fn shared(&self, id: FileId) -> Arc<str> {
        self.files.get(id.0 as usize).map_or_else(|| "".into(), |f| f.1.clone())
    }
    /// The path of a file, as it was given.
    pub fn path(&self, id: FileId) -> &Path {
        self.files.get(id.0 as usize).map_or(Path::new(""), |f| &f.0)
    }
    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &Path)> {
        (0..).map(FileId).zip(self.files.iter().map(|f| f.0.as_path()))
    }
    /// Where in a file a line and a column begin (both from 1), in bytes; the end of
    /// the line, or of the file, where they go beyond.
    pub fn offset(&self, id: FileId, line: usize, column: usize) -> usize {
        let text = self.text(id);
        let mut lines = text.split_inclusive('\n');
        let before: usize =
            lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
        let line = lines.next().unwrap_or_default().trim_end_matches(['\n', '\r']);
        let chars = line.char_indices().map(|c| c.0).nth(column.saturating_sub(1));
        before + chars.unwrap_or(line.len())
    }
    /// Line and column (both from 1, columns in characters) of a place.
    pub fn place(&self, span: Span) -> (usize, usize) {
        let text = self.text(span.file);
        let mut at = (span.start as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn places_count_lines_and_characters() {
        let mut s = Sources::default();
        let f = s.add("a.md", "第一行\n第二行");
        assert_eq!(s.place(Span::new(f, 13..16)), (2, 2));
        assert_eq!(s.place(Span::new(f, 14..16)), (2, 2), "inside a character");
        assert_eq!(s.place(Span::new(f, 900..901)), (2, 4), "past the end");
    }
    #[test]
    fn offsets_are_places_read_back() {
        let mut s = Sources::default();
        let f = s.add("a.md", "第一行\r\n第二行\n");
        for (line, column) in [(1, 1), (1, 4), (2, 1), (2, 3)] {
            let at = s.offset(f, line, column);
            assert_eq!(s.place(Span::new(f, at..at)), (line, column));
        }
        assert_eq!(s.offset(f, 1, 99), 9, "the end of the line");
        assert_eq!(s.offset(f, 9, 1), s.text(f).len(), "the end of the file");
    }
}
