//! Which lines are whose: the paragraphs that were written, found again line by
//! line in the finished file. What is not a justified paragraph (headings, verse,
//! code, tables, captions) is not among them.

use crate::common::pdf::Page;
use crate::lines_pdf::line::{Line, lines, solid, usual};
use keben::book::{Block, BlockKind, Book, Inline, text};

/// A paragraph as written.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// its text; a line end that the author asked for is a line feed
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// Where a paragraph stands; in the text itself, when all are false.
#[derive(Debug, Default, Copy, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// in a list or under a term: its first line is not indented
    pub(crate) hanging: bool,
    /// in a quotation or alert: set in on both sides
    pub(crate) apart: bool,
    /// in a note
    pub(crate) note: bool,
}

impl Place {
    pub(crate) const TEXT: Place = Place { hanging: false, apart: false, note: false };
}

/// A paragraph as printed.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    pub(crate) source: Source,
    /// its lines, without the markers of lists and notes
    pub(crate) lines: Vec<Line>,
}

/// A file that has been read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) pages: Vec<Page>,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// written, but not found where they should be
    pub(crate) lost: Vec<String>,
    /// size of the body
    pub(crate) size: f64,
    /// left and right edge of the type area on even and odd pages
    pub(crate) area: [Option<(f64, f64)>; 2],
}

impl Reading {
    /// Reads the PDF of a book.
    pub(crate) fn new(pdf: &[u8], book: &Book) -> Reading {
        let pages = crate::common::pdf::read(pdf);
        let all: Vec<Line> = pages.iter().flat_map(lines).collect();
        let han = |l: &&Line| l.cells.iter().any(|c| c.glyph.font.han);
        let size =
            usual(all.iter().filter(han).flat_map(|l| l.cells.iter().map(|c| c.size())));
        let size = size.expect("text");
        let (mut paragraphs, mut lost) = (vec![], vec![]);
        let (body, notes) = (stream(&all, size, 0.88), notes(&all, size));
        let (texts, called): (Vec<_>, Vec<_>) =
            sources(book).into_iter().partition(|s| !s.place.note);
        find(texts, body, &mut paragraphs, &mut lost);
        find(called, notes, &mut paragraphs, &mut lost);
        let mut reading = Reading { pages, paragraphs, lost, size, area: [None, None] };
        reading.area = [reading.area_of(0), reading.area_of(1)];
        reading
    }
    /// The type area of even or odd pages, by what most lines agree on.
    fn area_of(&self, parity: usize) -> Option<(f64, f64)> {
        let text = || self.paragraphs.iter().filter(|p| p.source.place == Place::TEXT);
        let here = move |l: &&Line| l.page % 2 == parity;
        let left = text().flat_map(|p| p.lines.iter().skip(1)).filter(here);
        // Marks may hang, or keep their blank.
        let plain = |l: &&Line| l.cells.last().is_some_and(|c| !c.after());
        let full = text().flat_map(|p| p.lines.iter().rev().skip(1)).filter(here);
        let full = full.filter(plain);
        Some((usual(left.map(Line::left))?, usual(full.map(Line::right))?))
    }
    pub(crate) fn area(&self, line: &Line) -> (f64, f64) {
        self.area[line.page % 2].expect("pages of this side have text")
    }
}

/// Lines of about one size.
fn stream(all: &[Line], size: f64, least: f64) -> Vec<Line> {
    let fits = |l: &&Line| l.size < size * 1.01 && l.size > size * least;
    all.iter().filter(fits).cloned().collect()
}

/// Lines of the size in which a circled number begins a line, and which is not
/// the body's.
fn notes(all: &[Line], body: f64) -> Vec<Line> {
    let begins = |l: &&Line| marker(l) > 0 && l.size < body * 0.9 && l.text() != "";
    let size = usual(all.iter().filter(begins).map(|l| l.size));
    size.map_or(vec![], |s| stream(all, s, 0.99))
}

/// How many cells the marker of a list or note takes at the start of a line.
fn marker(line: &Line) -> usize {
    let text = |i: usize| line.cells.get(i).map(|c| c.text()).unwrap_or_default();
    let digit = |c: char| c.is_ascii_digit();
    match text(0).chars().next() {
        Some(
            '•'
            | '–'
            | '◦'
            | '✓'
            | '□'
            | '\u{2460}'..='\u{2473}'
            | '\u{3251}'..='\u{32bf}',
        ) => 1,
        Some(c) if digit(c) => {
            let n = (0..)
                .take_while(|i| text(*i).chars().all(digit) && !text(*i).is_empty())
                .count();
            if [".", ")"].contains(&text(n).as_str()) { n + 1 } else { 0 }
        }
        // (1)
        Some('(') if text(1).chars().all(digit) && text(2) == ")" => 3,
        _ => 0,
    }
}

/// Finds each paragraph in the lines from where the one before ended.
fn find(
    sources: Vec<Source>,
    lines: Vec<Line>,
    out: &mut Vec<Paragraph>,
    lost: &mut Vec<String>,
) {
    let mut from = 0;
    for source in sources {
        let wanted = solid(&source.text);
        let found = (from..lines.len()).find_map(|at| {
            let skips = [0, marker(&lines[at])];
            skips
                .into_iter()
                .find_map(|skip| fit(&lines[at..], skip, &wanted))
                .map(|l| (at, l))
        });
        match found {
            Some((at, lines)) => {
                from = at + lines.len();
                out.push(Paragraph { source, lines });
            }
            None => lost.push(source.text),
        }
    }
}

/// The first lines, less `skip` cells, if they hold just this text.
fn fit(lines: &[Line], skip: usize, wanted: &str) -> Option<Vec<Line>> {
    let (mut out, mut rest) = (vec![], wanted);
    for line in lines {
        let mut line = line.clone();
        if out.is_empty() {
            line.cells.drain(..skip);
        }
        rest = rest.strip_prefix(line.text().as_str())?;
        out.push(line);
        if rest.is_empty() {
            return Some(out);
        }
    }
    None
}

/// Every justified paragraph of a book, notes after their chapter.
fn sources(book: &Book) -> Vec<Source> {
    let mut out = vec![];
    for chapter in &book.chapters {
        blocks(&chapter.blocks, Place::TEXT, &mut out);
        let place = Place { note: true, hanging: true, ..Place::TEXT };
        chapter.notes.iter().for_each(|n| blocks(&n.blocks, place, &mut out));
    }
    out.retain(|s| !solid(&s.text).is_empty());
    out
}

fn blocks(list: &[Block], place: Place, out: &mut Vec<Source>) {
    let hanging = Place { hanging: true, ..place };
    for block in list {
        match &block.kind {
            BlockKind::Paragraph(t) | BlockKind::Continued(t) => {
                out.push(Source { text: written(t), place });
            }
            BlockKind::Quote(b) | BlockKind::Alert { blocks: b, .. } => {
                blocks(b, Place { hanging: false, apart: true, ..place }, out);
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|i| blocks(&i.blocks, hanging, out));
            }
            BlockKind::Definitions(list) => {
                let meanings = list.iter().flat_map(|d| &d.meanings);
                meanings.for_each(|m| blocks(m, hanging, out));
            }
            BlockKind::Styled { .. }
            | BlockKind::Dialogue(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
    }
}

fn written(list: &[Inline]) -> String {
    let piece = |i: &Inline| match matches!(i, Inline::Newline) {
        true => "\n".to_string(),
        false => text::plain(std::slice::from_ref(i)),
    };
    list.iter().map(piece).collect()
}
