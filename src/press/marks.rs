//! Printer's marks: where a page is cut, how far it is printed, by which plates are
//! laid over one another, patches to be measured, and a line that says what it is.
//! All of them stand outside the bleed, so that nothing of them is left on a page.

use super::Sheet;
use crate::colour::ink::Ink;
use crate::config::press::Marks;
use crate::font::shape::Shaper;
use crate::font::{Cut, Role};
use crate::geom::{Len, Point, Rect, Size};
use crate::line::formula::PathStep;
use crate::line::{self, Outline, Paragraph, Shape};
use crate::page::structure::Tag;
use crate::page::{Draw, Input};
use crate::theme::TextStyle;

/// Free between the bleed and marks.
pub const GAP: Len = Len::tenth_mm(20);
/// Length of a mark.
pub const MARK: Len = Len::tenth_mm(50);
/// Thickness of a mark.
const THICK: Len = Len::milli_pt(250);
/// Size of a patch of ink.
const PATCH: Len = Len::tenth_mm(40);
/// Size of the line that says what it is.
const WORDS: Len = Len::milli_pt(6_000);

/// Patches to be measured: the four inks full, two over one another, black and the
/// grey of three inks in tints (ISO 12647-2, control strips).
const PATCHES: [[u8; 4]; 13] = [
    [100, 0, 0, 0],
    [0, 100, 0, 0],
    [0, 0, 100, 0],
    [0, 0, 0, 100],
    [0, 100, 100, 0],
    [100, 0, 100, 0],
    [100, 100, 0, 0],
    [0, 0, 0, 75],
    [0, 0, 0, 50],
    [0, 0, 0, 25],
    [75, 66, 66, 0],
    [50, 40, 40, 0],
    [25, 19, 19, 0],
];

/// Something drawn on a sheet.
type Item = (Point, Draw, Tag);

/// Makes the marks of a book's pages.
pub(super) struct Marker<'a> {
    input: Input<'a>,
    shaper: Shaper<'a>,
    sheet: Sheet,
    /// those that all pages have
    all: Vec<Item>,
    /// what the line begins with, where there is one
    words: Option<String>,
}

impl<'a> Marker<'a> {
    pub(super) fn new(
        input: &Input<'a>,
        sheet: &Sheet,
        marks: Marks,
        edition: &str,
    ) -> Marker<'a> {
        let mut all = vec![];
        if marks.cut {
            all.extend(cut(sheet.trim, sheet.bleed).into_iter().map(rule));
        }
        if marks.register {
            all.extend(register(sheet.bleed));
        }
        if marks.bars {
            all.extend(bars(sheet.bleed));
        }
        let meta = &input.book.meta;
        let parts =
            [meta.title.as_str(), edition, meta.date.as_deref().unwrap_or_default()];
        let parts: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        let words = marks.slug.then(|| parts.join("　"));
        let shaper = Shaper::new(input.fonts, &meta.lang);
        Marker { input: *input, shaper, sheet: *sheet, all, words }
    }
    /// The marks of the page that is numbered so.
    pub(super) fn marks(&mut self, label: &str) -> Vec<Item> {
        let mut out = self.all.clone();
        if let Some(words) = self.words.clone() {
            out.extend(self.slug(&format!("{words}　{label}")));
        }
        out
    }
    /// A line above the page, left of the mark in the middle; what is longer is left
    /// out.
    fn slug(&mut self, text: &str) -> Vec<Item> {
        let bleed = self.sheet.bleed;
        let measure = bleed.size.w.frac(1, 2) - MARK * 2;
        let cut = Cut { han: Role::Hei, latin: Role::Sans, bold: false, italic: false };
        let style = TextStyle {
            cut,
            size: WORDS,
            rise: Len::ZERO,
            strike: false,
            dots: false,
            line: None,
            ink: Ink::All,
        };
        let shape = Shape { measure: measure.max(WORDS), ..Shape::default() };
        let rules = &self.input.config.rules;
        let p = Paragraph::plain(text, style);
        let lines = line::lay(&p, shape, rules, &mut self.shaper, &mut vec![]);
        let y = bleed.at.y - GAP - (MARK - WORDS).frac(1, 2);
        let first = lines.into_iter().next();
        let runs = first.into_iter().flat_map(|l| l.runs);
        runs.map(|run| {
            let at = Point { x: bleed.at.x + MARK + run.at, y: y - run.rise };
            (at, Draw::Text(run.into()), Tag::Layout)
        })
        .collect()
    }
}

fn rule(rect: Rect) -> Item {
    (rect.at, Draw::Rule { size: rect.size, ink: Ink::All }, Tag::Layout)
}

/// Lines at the corners: where it is cut, and, where that is elsewhere, shorter ones
/// for how far it is printed.
pub fn cut(trim: Rect, bleed: Rect) -> Vec<Rect> {
    let mut out = corners(trim, bleed, MARK);
    if trim != bleed {
        out.extend(corners(bleed, bleed, MARK.frac(1, 2)));
    }
    out
}

/// Two lines at each corner of a box, outside the bleed.
fn corners(of: Rect, bleed: Rect, length: Len) -> Vec<Rect> {
    let half = THICK.frac(1, 2);
    let (right, foot) = (bleed.at.x + bleed.size.w, bleed.at.y + bleed.size.h);
    let mut out = vec![];
    for x in [of.at.x, of.at.x + of.size.w] {
        for y in [bleed.at.y - GAP - length, foot + GAP] {
            out.push(upright(x - half, y, length));
        }
    }
    for y in [of.at.y, of.at.y + of.size.h] {
        for x in [bleed.at.x - GAP - length, right + GAP] {
            let at = Point { x, y: y - half };
            out.push(Rect { at, size: Size { w: length, h: THICK } });
        }
    }
    out
}

fn upright(x: Len, y: Len, length: Len) -> Rect {
    Rect { at: Point { x, y }, size: Size { w: THICK, h: length } }
}

/// Dashes above and below the bleed, for a fold at some place.
pub fn fold(x: Len, bleed: Rect) -> Vec<Rect> {
    let dash = MARK.frac(1, 5);
    let starts = [bleed.at.y - GAP - MARK, bleed.at.y + bleed.size.h + GAP];
    let half = THICK.frac(1, 2);
    let dashes = |start: Len| (0..3).map(move |i| start + dash * (2 * i));
    starts.into_iter().flat_map(dashes).map(|y| upright(x - half, y, dash)).collect()
}

/// A circle with a cross at the middle of each side.
pub fn register(bleed: Rect) -> Vec<Item> {
    let away = GAP + MARK.frac(1, 2);
    let (w, h) = (bleed.size.w, bleed.size.h);
    let (cx, cy) = (bleed.at.x + w.frac(1, 2), bleed.at.y + h.frac(1, 2));
    let places = [
        Point { x: cx, y: bleed.at.y - away },
        Point { x: cx, y: bleed.at.y + h + away },
        Point { x: bleed.at.x - away, y: cy },
        Point { x: bleed.at.x + w + away, y: cy },
    ];
    places.into_iter().flat_map(target).collect()
}

/// A circle with a cross about a point.
fn target(at: Point) -> Vec<Item> {
    let (arm, half) = (MARK.frac(1, 2), THICK.frac(1, 2));
    let level = Rect {
        at: Point { x: at.x - arm, y: at.y - half },
        size: Size { w: MARK, h: THICK },
    };
    let outline = Outline { steps: circle(MARK.frac(3, 10)).into(), line: Some(THICK) };
    let ring = (at, Draw::Path { outline, ink: Ink::All }, Tag::Layout);
    vec![rule(level), rule(upright(at.x - half, at.y - arm, MARK)), ring]
}

/// A circle about the origin, in four arcs: 0.5523 of the radius is the distance of
/// handles that comes nearest.
fn circle(r: Len) -> Vec<PathStep> {
    let k = r.frac(5523, 10_000);
    let p = |x: Len, y: Len| Point { x, y };
    let o = Len::ZERO;
    vec![
        PathStep::Move(p(r, o)),
        PathStep::Curve([p(r, k), p(k, r), p(o, r)]),
        PathStep::Curve([p(-k, r), p(-r, k), p(-r, o)]),
        PathStep::Curve([p(-r, -k), p(-k, -r), p(o, -r)]),
        PathStep::Curve([p(k, -r), p(r, -k), p(r, o)]),
        PathStep::Close,
    ]
}

/// Patches below the page, as many as there is room for left of the mark in the
/// middle, the others right of it.
pub fn bars(bleed: Rect) -> Vec<Item> {
    let y = bleed.at.y + bleed.size.h + GAP + (MARK - PATCH).frac(1, 2);
    let room = bleed.size.w.frac(1, 2) - MARK - GAP;
    let side = (room.to_sp() / PATCH.to_sp()).max(0) as usize;
    let left = side.min(PATCHES.len().div_ceil(2));
    let middle = bleed.at.x + bleed.size.w.frac(1, 2);
    let starts = [middle - MARK - PATCH * left as i64, middle + MARK];
    let halves = [&PATCHES[..left], &PATCHES[left..(left + side).min(PATCHES.len())]];
    let mut out = vec![];
    for (start, inks) in starts.into_iter().zip(halves) {
        for (i, ink) in inks.iter().enumerate() {
            let at = Point { x: start + PATCH * i as i64, y };
            let size = Size { w: PATCH, h: PATCH };
            out.push((at, Draw::Rule { size, ink: Ink::Process(*ink) }, Tag::Layout));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Sheet {
        let size = Size { w: Len::tenth_mm(1480), h: Len::tenth_mm(2100) };
        Sheet::of(size, Len::tenth_mm(30), true)
    }

    /// Whether two rectangles have more than an edge in common.
    fn meet(a: Rect, b: Rect) -> bool {
        a.at.x < b.at.x + b.size.w
            && b.at.x < a.at.x + a.size.w
            && a.at.y < b.at.y + b.size.h
            && b.at.y < a.at.y + a.size.h
    }

    fn extent((at, draw, _): &Item) -> Rect {
        match draw {
            Draw::Rule { size, .. } => Rect { at: *at, size: *size },
            Draw::Path { .. } => {
                let r = MARK.frac(3, 10);
                let at = Point { x: at.x - r, y: at.y - r };
                Rect { at, size: Size { w: r * 2, h: r * 2 } }
            }
            Draw::Text(_) | Draw::Image { .. } | Draw::Turned(_) => Rect::default(),
        }
    }

    #[test]
    fn marks_stand_on_the_sheet_and_outside_what_is_printed() {
        let sheet = page();
        let media = Rect { at: Point::default(), size: sheet.media };
        let mut all: Vec<Item> =
            cut(sheet.trim, sheet.bleed).into_iter().map(rule).collect();
        all.extend(register(sheet.bleed));
        all.extend(bars(sheet.bleed));
        assert_eq!(all.len(), 16 + 12 + PATCHES.len());
        for item in &all {
            let r = extent(item);
            assert!(!meet(r, sheet.bleed), "{item:?} is inside");
            assert!(meet(r, media), "{item:?} is off the sheet");
        }
        // Negative control: what stands on the trim is seen to be inside.
        assert!(meet(sheet.trim, sheet.bleed));
    }

    #[test]
    fn marks_do_not_lie_on_one_another() {
        let sheet = page();
        let patches: Vec<_> = bars(sheet.bleed).iter().map(extent).collect();
        let others: Vec<_> = register(sheet.bleed).iter().map(extent).collect();
        let lines = cut(sheet.trim, sheet.bleed);
        for p in &patches {
            assert!(!others.iter().chain(&lines).any(|o| meet(*p, *o)), "{p:?}");
        }
        assert!(meet(patches[0], patches[0]));
    }

    #[test]
    fn a_page_cut_at_its_print_has_one_line_for_both() {
        let sheet = Sheet::of(page().trim.size, Len::ZERO, true);
        assert_eq!(cut(sheet.trim, sheet.bleed).len(), 8);
    }
}
