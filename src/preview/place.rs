//! Between pages and the manuscript: where what is seen was written, and where what was
//! written is seen.

use super::{Flat, Shown, flat, svg};
use crate::book::Target;
use crate::geom::{Len, Point};
use crate::line::GlyphRun;
use crate::page::structure::{Place, Role, Tag};
use crate::page::{Draw, Page};
use crate::source::{FileId, Span};
use std::path::{Path, PathBuf};

/// A rectangle on a page: left, top, width, height, in points.
pub type Area = [f64; 4];

/// Where something was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// the file, as it was read
    pub path: PathBuf,
    /// line, from 1
    pub line: usize,
    /// column in characters, from 1
    pub column: usize,
    /// where on the page it stands
    pub area: Area,
    /// where it leads, if that is in the book: page from 0, and height
    pub leads: Option<(usize, Len)>,
}

/// What stands at a place of the printed book.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// page, from 0
    pub page: usize,
    /// where on it
    pub area: Area,
}

/// Text further from a click than this is not meant by it: the width of a page beside
/// it, two lines above or below.
const REACH: Len = Len::milli_pt(300_000);

impl Flat<'_> {
    /// How far a point is from a text or picture; nothing inside.
    fn distance(&self, p: Point) -> Option<Len> {
        let [left, top, w, h] = self.bounds()?;
        let out =
            |p: Len, from: Len, to: Len| (from - p).max(p - to).max(Len::ZERO).to_sp();
        let (x, y) = (out(p.x, left, left + w), out(p.y, top, top + h));
        // Within a line rather than from line to line.
        Some(Len::sp(x + 8 * y))
    }
    /// Left, top, width, height. A character of text is as high as its frame.
    fn bounds(&self) -> Option<[Len; 4]> {
        let Point { x, y } = self.at;
        let upright = match self.draw {
            Draw::Text(run) => {
                let up = run.size.frac(88, 100);
                [Len::ZERO, -up, run.width, run.size]
            }
            Draw::Image { size, .. } => [Len::ZERO, Len::ZERO, size.w, size.h],
            Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => return None,
        };
        let [left, top, w, h] = upright;
        Some(match self.turned {
            false => [x + left, y + top, w, h],
            true => [x + top, y - left - w, h, w],
        })
    }
    fn area(&self) -> Area {
        self.bounds().unwrap_or_default().map(svg::number)
    }
    /// Where it was written, if it was.
    fn span(&self, shown: &Shown) -> Option<Span> {
        let span = match self.draw {
            Draw::Text(run) => run.span,
            Draw::Image { path, .. } => *shown.named.get(path)?,
            Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => return None,
        };
        (span != Span::default()).then_some(span)
    }
    /// Whether it stands where it was written: not in a running head or the contents,
    /// which say again what headings say.
    fn own(&self) -> bool {
        let mut place = match self.tag {
            Tag::In(place) => Some(place),
            Tag::Unsaid => None,
            Tag::Layout | Tag::Head | Tag::Foot => return false,
        };
        while let Some(Place { parent, role, .. }) = place.map(AsRef::as_ref) {
            if *role == Role::Toc {
                return false;
            }
            place = parent.as_ref();
        }
        true
    }
}

/// Where what is seen at a point of a page was written; `None` where nothing is near.
pub fn written(shown: &Shown, page: usize, point: Point) -> Option<Written> {
    let all = flat(shown.pages.get(page)?);
    let near = all.filter_map(|f| Some((f.distance(point)?, f.span(shown)?, f)));
    let (_, span, found) = near.min_by_key(|n| n.0).filter(|n| n.0 <= REACH)?;
    let mut at = span;
    let mut leads = None;
    if let Draw::Text(run) = found.draw {
        let along = match found.turned {
            false => point.x - found.at.x,
            true => found.at.y - point.y,
        };
        let glyph = run.glyphs.iter().rposition(|g| g.at() <= along).unwrap_or(0);
        at.start = span.start + within(shown, run, glyph);
        leads = run.link.as_ref().and_then(|target| leads_to(shown, target));
    }
    let (line, column) = shown.sources.place(at);
    let path = shown.sources.path(at.file).to_path_buf();
    Some(Written { path, line, column, area: found.area(), leads })
}

fn leads_to(shown: &Shown, target: &Target) -> Option<(usize, Len)> {
    let Target::Anchor(id) = target else { return None };
    let on = |page: &Page| page.anchors.iter().find(|a| a.0 == *id).map(|a| a.1.y);
    shown.pages.iter().enumerate().find_map(|(n, page)| Some((n, on(page)?)))
}

/// How many bytes of source lie between the beginning of a run and one of its glyphs:
/// the characters before are looked for one after another, past the marks of Markdown.
fn within(shown: &Shown, run: &GlyphRun, glyph: usize) -> u32 {
    /// An address inside a link is seldom longer.
    const FAR: usize = 200;
    let source = shown.sources.text(run.span.file);
    let source = source.get(run.span.start as usize..).unwrap_or_default();
    let Some(glyph) = run.glyphs.get(glyph) else { return 0 };
    let (mut pen, mut last) = (0, 0);
    for (at, c) in run.text.char_indices() {
        if at > glyph.text.0 as usize {
            break;
        }
        let ahead = source[pen..].char_indices().take(FAR);
        let found = ahead.filter(|a| a.1 == c).map(|a| pen + a.0).next();
        if let Some(found) = found.filter(|_| !c.is_whitespace()) {
            last = found;
            pen = found + c.len_utf8();
        }
    }
    last as u32
}

/// Where a line of a file is seen, the first place first; with a column only the line of
/// print in which that character stands. What has no ink, such as a comment, is where
/// the text before it is. `None` where nothing of the file is seen.
pub fn seen(shown: &Shown, file: &Path, line: usize, column: Option<usize>) -> Vec<Seen> {
    let files = files(shown, file);
    let mut out = vec![];
    for id in files {
        let from = shown.sources.offset(id, line, column.unwrap_or(1));
        let to = match column {
            Some(_) => from,
            None => shown.sources.offset(id, line, usize::MAX),
        };
        out = at(shown, id, from as u32, to as u32);
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// What begins in a range of a file; if nothing does, the last that begins before it, or
/// the first of all.
fn at(shown: &Shown, file: FileId, from: u32, to: u32) -> Vec<Seen> {
    let mut inside = vec![];
    let mut before: Option<(u32, Seen)> = None;
    let mut first: Option<Seen> = None;
    for (page, thing, span) in of_file(shown, file) {
        let seen = Seen { page, area: thing.area() };
        if (from..to).contains(&span.start) {
            inside.push(seen);
        } else if span.start < from.max(1) || (from == to && span.start == from) {
            if before.as_ref().is_none_or(|b| b.0 < span.start) {
                before = Some((span.start, seen));
            }
        } else {
            first.get_or_insert(seen);
        }
    }
    // A line of print that goes on from the line before.
    if inside.is_empty() {
        inside.extend(before.map(|b| b.1).or(first));
    }
    inside
}

/// All of a file that stands where it was written, page by page.
fn of_file(shown: &Shown, file: FileId) -> impl Iterator<Item = (usize, Flat<'_>, Span)> {
    let pages = shown.pages.iter().enumerate();
    let all = pages.flat_map(|(n, page)| flat(page).map(move |f| (n, f)));
    let here = all.filter_map(move |(n, f)| {
        let span = f.span(shown).filter(|s| s.file == file)?;
        Some((n, f, span))
    });
    here.filter(|h| h.1.own())
}

/// The files that a path may mean: itself, else those whose ends agree the most.
fn files(shown: &Shown, wanted: &Path) -> Vec<FileId> {
    let absolute =
        |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.into());
    let full = absolute(wanted);
    let agree = |path: &Path| {
        let path = absolute(path);
        if path == full {
            return usize::MAX;
        }
        let pairs = path.components().rev().zip(wanted.components().rev());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let all: Vec<_> = shown.sources.files().map(|(id, p)| (agree(p), id)).collect();
    let most = all.iter().map(|a| a.0).max().filter(|n| *n > 0);
    all.into_iter().filter(|a| Some(a.0) == most).map(|a| a.1).collect()
}

/// Where what stood at a height of a page of a book stands in the same book after an
/// edit: page and height. It is found by where it was written.
pub fn moved(old: &Shown, new: &Shown, page: usize, y: Len) -> Option<(usize, Len)> {
    let anchor = flat(old.pages.get(page)?)
        .filter(|f| f.own() && f.at.y >= y)
        .find_map(|f| Some((f.span(old)?, f.at.y)));
    let (span, height) = anchor?;
    let path = old.sources.path(span.file);
    let (file, _) = new.sources.files().find(|f| f.1 == path)?;
    let (before, after) = (old.sources.text(span.file), new.sources.text(file));
    let start = carried(before, after, span.start as usize) as u32;
    let mut best: Option<(u32, usize, Len)> = None;
    for (page, thing, span) in of_file(new, file) {
        if span.start <= start && best.is_none_or(|b| b.0 < span.start) {
            best = Some((span.start, page, thing.at.y));
        }
    }
    best.map(|(_, page, now)| (page, now - (height - y)))
}

/// Where a place of a text is after an edit: what stands before the edit stays, what
/// stands after it moves with the end.
fn carried(before: &str, after: &str, at: usize) -> usize {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    if at <= same {
        return at;
    }
    let rest = before.len().min(after.len()) - same;
    let (ends, ends_now) = (before.iter().rev(), after.iter().rev());
    let tail = ends.zip(ends_now).take(rest).take_while(|(a, b)| a == b).count();
    match before.len().saturating_sub(at) {
        left if left <= tail => after.len() - left,
        _ => same,
    }
}

#[cfg(test)]
mod tests {
    use super::carried;
    #[test]
    fn a_place_stays_with_its_text() {
        assert_eq!(carried("abcdef", "abXcdef", 1), 1);
        assert_eq!(carried("abcdef", "abXcdef", 4), 5);
        assert_eq!(carried("abcdef", "af", 3), 1, "what is gone is where it was");
        assert_eq!(carried("aaaa", "aaa", 4), 3);
        assert_eq!(carried("", "abc", 0), 0);
    }
}
