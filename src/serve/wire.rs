//! What the page is told, as JSON. Lengths are points, pages count from 0, lines and
//! columns from 1.

use super::State;
use crate::diag::Severity;
use crate::live::shot::{Change, Shot};
use crate::live::told::Fault;
use crate::page::Page;
use crate::preview::hash::name;
use crate::preview::place::{self, Area};
use crate::preview::search::Hit;
use crate::preview::svg::Sent;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// More faults are counted, not listed.
const FAULTS: usize = 500;

/// So many pages that changed are drawn before anybody asks: an edit is seen on the first,
/// and on the one that faces it.
const DRAWN: usize = 2;

/// A page: look, label, right-hand, width, height.
#[derive(Debug, Serialize)]
struct Row<'a>(String, &'a str, bool, f64, f64);

#[derive(Debug, Serialize)]
struct Heading<'a> {
    title: &'a str,
    depth: usize,
    page: usize,
    y: f64,
    anchor: &'a str,
}

/// All that is shown.
#[derive(Debug, Serialize)]
pub(super) struct Book<'a> {
    pages: Option<Pages<'a>>,
    made: Made<'a>,
}

/// Pages that changed.
#[derive(Debug, Serialize)]
pub(super) struct Pages<'a> {
    generation: u64,
    title: &'a str,
    lang: &'a str,
    /// which of the pages before are gone: from, and how many
    gone: (usize, usize),
    /// what stands there now
    came: Vec<Row<'a>>,
    /// the first of them, drawn
    drawn: Vec<Drawn>,
    outline: Vec<Heading<'a>>,
    milliseconds: u64,
}

/// What is new on a page, for who has drawn the one before.
#[derive(Debug, Serialize)]
pub(super) struct Drawn {
    /// the look of the page before
    from: String,
    sent: Sent,
    /// outlines that were not on that: face, glyph, path
    outlines: Vec<(String, u16, String)>,
}

/// Files that were made, and what is wrong.
#[derive(Debug, Serialize)]
pub(super) struct Made<'a> {
    faults: Vec<Wrong<'a>>,
    /// how many there are
    count: usize,
    files: &'a [String],
    milliseconds: u64,
    epub: Option<&'a super::epub::Spine>,
}

#[derive(Debug, Serialize)]
struct Wrong<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    hints: &'a [String],
    place: Option<Place>,
}

/// A place of the manuscript.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    /// as it is said
    file: String,
    line: usize,
    column: usize,
    /// opens it in an editor
    href: String,
}

/// Where something was written, and where it stands.
#[derive(Debug, Serialize)]
pub(super) struct Written {
    place: Place,
    area: Area,
    /// page and height to which it leads
    leads: Option<(usize, f64)>,
}

/// Where lines of the manuscript are seen.
#[derive(Debug, Serialize)]
pub(super) struct Seen {
    /// pages and areas
    pub(super) places: Vec<(usize, Area)>,
}

/// Where words stand.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    count: usize,
    hits: Vec<FoundHit>,
}

#[derive(Debug, Serialize)]
struct FoundHit {
    page: usize,
    text: [String; 3],
    areas: Vec<Area>,
}

fn row<'a>((page, look): (&'a Arc<Page>, &u64)) -> Row<'a> {
    let (w, h) = (page.size.w.to_pt(), page.size.h.to_pt());
    Row(name(*look), &page.label, page.recto, w, h)
}

fn rows(shot: &Shot, range: Range<usize>) -> Vec<Row<'_>> {
    let both = shot.shown.pages.iter().zip(&shot.looks);
    both.skip(range.start).take(range.len()).map(row).collect()
}

fn outline(shot: &Shot) -> Vec<Heading<'_>> {
    let one = |h: &'_ crate::preview::Heading| (h.depth, h.page, h.at.y.to_pt());
    let all = shot.shown.outline.iter();
    all.map(|h| {
        let (depth, page, y) = one(h);
        Heading { title: &h.title, depth, page, y, anchor: &h.anchor }
    })
    .collect()
}

/// The first pages that changed, with what is new on them.
pub(super) fn drawn(shot: &Shot, before: &Shot, change: &Change) -> Vec<Drawn> {
    let both = change.gone.clone().zip(change.came.clone()).take(DRAWN);
    both.filter_map(|(old, new)| {
        let sent = shot.draw(new)?.instead_of(&before.draw(old)?);
        let outlines = shot.new_outlines(new, before, old).into_iter();
        let outlines = outlines.map(|(face, id, path)| (name(face), id, path));
        let from = name(*before.looks.get(old)?);
        Some(Drawn { from, sent, outlines: outlines.collect() })
    })
    .collect()
}

/// What changes when a shot takes the place of the one that is shown.
pub(super) fn pages(
    generation: u64,
    shot: &Shot,
    change: Change,
    drawn: Vec<Drawn>,
    time: Duration,
) -> Pages<'_> {
    Pages {
        generation,
        title: &shot.shown.title,
        lang: &shot.shown.lang,
        gone: (change.gone.start, change.gone.len()),
        came: rows(shot, change.came),
        drawn,
        outline: outline(shot),
        milliseconds: time.as_millis() as u64,
    }
}

/// All that is shown.
pub(super) fn book<'a>(state: &'a State, editor: &str) -> Book<'a> {
    let pages = state.shot.as_deref().map(|shot| {
        let all = Change { gone: 0..0, came: 0..shot.looks.len() };
        pages(state.generation, shot, all, vec![], Duration::ZERO)
    });
    Book { pages, made: made(state, editor) }
}

/// What is wrong, and which files were made.
pub(super) fn made<'a>(state: &'a State, editor: &str) -> Made<'a> {
    let faults = state.faults.iter().take(FAULTS).map(|f| wrong(f, editor)).collect();
    Made {
        faults,
        count: state.faults.len(),
        files: &state.files.0,
        milliseconds: state.files.1,
        epub: state.epub.as_ref().map(|e| &e.spine),
    }
}

fn wrong<'a>(fault: &'a Fault, editor: &str) -> Wrong<'a> {
    let d = &fault.diagnostic;
    let severity = match d.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = fault.place.as_ref();
    let place =
        place.map(|(path, line, column)| Place::new(path, *line, *column, editor));
    Wrong { severity, code: d.code.name, message: &d.message, hints: &d.hints, place }
}

impl Place {
    fn new(path: &Path, line: usize, column: usize, editor: &str) -> Place {
        let href = href(path, line, column, editor);
        Place { file: path.display().to_string(), line, column, href }
    }
}

/// An address that opens an editor: the path in it is absolute and has no character that
/// would mean something in an address.
fn href(path: &Path, line: usize, column: usize, editor: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let path = path.to_string_lossy().replace('\\', "/");
    let mut rest = editor;
    let mut out = String::new();
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('}').map_or(rest.len(), |end| end + 1);
        match &rest[..end] {
            "{path}" => {
                // `file://` and the like bring the slash that a path begins with.
                let path =
                    if out.ends_with('/') { path.trim_start_matches('/') } else { &path };
                let slash = if out.ends_with("://") { "/" } else { "" };
                out.push_str(slash);
                out.extend(utf8_percent_encode(path, KEPT));
            }
            "{line}" => out.push_str(&line.to_string()),
            "{column}" => out.push_str(&column.to_string()),
            other => out.push_str(other),
        }
        rest = &rest[end..];
    }
    out + rest
}

impl Written {
    pub(super) fn new(written: &place::Written, editor: &str) -> Written {
        let place::Written { path, line, column, area, leads } = written;
        Written {
            place: Place::new(path, *line, *column, editor),
            area: *area,
            leads: leads.map(|(page, y)| (page, y.to_pt())),
        }
    }
}

impl Seen {
    pub(super) fn new(seen: Vec<place::Seen>) -> Seen {
        Seen { places: seen.into_iter().map(|s| (s.page, s.area)).collect() }
    }
}

impl Found {
    pub(super) fn new((hits, count): (Vec<Hit>, usize)) -> Found {
        let one = |Hit { page, text, areas }| FoundHit { page, text, areas };
        Found { count, hits: hits.into_iter().map(one).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::href;
    use std::path::Path;
    #[test]
    fn addresses_of_editors_hold_whole_paths() {
        let path = Path::new("/a b/#章.md");
        let made = href(path, 3, 4, "vscode://file/{path}:{line}:{column}");
        assert_eq!(made, "vscode://file/a%20b/%23%E7%AB%A0.md:3:4");
        let made = href(path, 3, 4, "subl://open?url=file://{path}&line={line}{other}");
        assert_eq!(made, "subl://open?url=file:///a%20b/%23%E7%AB%A0.md&line=3{other}");
        let made = href(path, 3, 4, "idea://open?file={path}&line={line");
        assert_eq!(made, "idea://open?file=/a%20b/%23%E7%AB%A0.md&line={line");
    }
}
