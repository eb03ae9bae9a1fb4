//! The text of one chapter as it is parsed, and where each byte of it was
//! written: a chapter may be put together from several files.

use crate::source::{FileId, Span};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Text, with the files that its stretches came from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Script {
    text: Arc<str>,
    /// stretches in order; each goes on to the start of the next
    pieces: Vec<Piece>,
}

/// A script that is being put together.
#[derive(Debug, Default)]
pub(super) struct Patchwork {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Copy, Clone, PartialEq)]
struct Piece {
    /// where it begins in the script
    start: usize,
    file: FileId,
    /// where it begins in its file
    offset: usize,
}

impl Patchwork {
    /// Adds a stretch of `file` that begins there at `offset`.
    pub(super) fn push(&mut self, text: &str, file: FileId, offset: usize) {
        self.pieces.push(Piece { start: self.text.len(), file, offset });
        self.text.push_str(text);
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

impl From<Patchwork> for Script {
    fn from(work: Patchwork) -> Script {
        Script { text: work.text.into(), pieces: work.pieces }
    }
}

impl Script {
    /// One file, whole.
    pub(super) fn whole(text: Arc<str>, file: FileId) -> Script {
        Script { text, pieces: vec![Piece { start: 0, file, offset: 0 }] }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text of a stretch; nothing where there is none.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Where a stretch was written. One that crosses files is cut at the end of
    /// the first.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let next = self.pieces.partition_point(|p| p.start <= range.start);
        let Some(piece) = self.pieces.get(next.saturating_sub(1)) else {
            return Span::default();
        };
        let end = self.pieces.get(next).map_or(range.end, |p| range.end.min(p.start));
        let shift = |at: usize| at.saturating_sub(piece.start) + piece.offset;
        Span::new(piece.file, shift(range.start)..shift(end.max(range.start)))
    }

    /// A stretch cut where the file changes, so that every part has a true span.
    pub(super) fn cut(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = vec![];
        let mut start = range.start;
        let next = self.pieces.partition_point(|p| p.start <= start);
        for piece in self.pieces.get(next..).unwrap_or_default() {
            if piece.start >= range.end {
                break;
            }
            out.push(start..piece.start);
            start = piece.start;
        }
        out.push(start..range.end);
        out.retain(|r| !r.is_empty());
        out
    }
}

/// Bytes of a file as text that can be parsed and written: UTF-8 without a byte
/// order mark, lines ended by line feeds, and U+FFFD for what XML cannot hold.
/// The flag tells whether the bytes were no UTF-8.
pub(super) fn clean(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let lossy = matches!(text, Cow::Owned(_));
    if !may_be_unwritable(text.as_bytes()) {
        return (text, lossy);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    (text.replace(unwritable, "\u{fffd}").into(), lossy)
}

/// Whether there may be anything to clean: control characters, or the last ones of the
/// Basic Plane. Nearly always there is nothing, and that is seen without decoding.
fn may_be_unwritable(bytes: &[u8]) -> bool {
    let control = |b: &u8| *b < 0x20 && *b != b'\t' && *b != b'\n';
    let last = |pair: (&u8, &u8)| pair == (&0xef, &0xbf);
    // Every byte is looked at, which many at a time are.
    bytes.iter().fold(false, |found, b| found | control(b))
        || bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, p| found | last(p))
}

/// Characters that no XML 1.0 document may hold, and the carriage return, which it
/// reads as a line feed.
pub(super) fn unwritable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn spans_lead_back_to_the_files() {
        let mut s = Patchwork::default();
        s.push("abc\n", FileId(0), 0);
        s.push("一二", FileId(7), 3);
        s.push("def", FileId(0), 20);
        let s = Script::from(s);
        assert_eq!(s.span(1..3), Span::new(FileId(0), 1..3));
        assert_eq!(s.span(4..10), Span::new(FileId(7), 3..9));
        assert_eq!(s.span(10..12), Span::new(FileId(0), 20..22));
        assert_eq!(s.span(2..12), Span::new(FileId(0), 2..4), "cut at the file's end");
        assert_eq!(s.cut(2..12), [2..4, 4..10, 10..12]);
    }
    #[test]
    fn text_is_cleaned() {
        let (text, lossy) = clean(b"\xef\xbb\xbfa\r\nb\rc\0d");
        assert_eq!((&*text, lossy), ("a\nb\nc\u{fffd}d", false));
        assert!(clean(b"\xff").1);
        assert_eq!(clean("一\u{ffff}￥\u{fffe}".as_bytes()).0, "一\u{fffd}￥\u{fffd}");
        assert_eq!(clean("一￥，\t\n".as_bytes()).0, "一￥，\t\n");
    }
}
