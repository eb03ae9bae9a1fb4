//! Where the parts of the wrap are: widths, boxes, folds.

use crate::config::Cover;
use crate::geom::{Len, Point, Rect, Size};
use crate::page::Input;
use crate::press::marks::{GAP, MARK, cut, fold};

/// How far white reaches over the sheet.
const OVER: Len = Len::tenth_mm(10);
/// A spine of less has no room for type.
pub const THIN: Len = Len::tenth_mm(55);

/// Width of the spine: every two pages are a leaf of so many thousandths of a
/// millimetre.
pub fn spine(pages: usize, leaf: i64) -> Len {
    let leaves = i64::try_from(pages.div_ceil(2)).unwrap_or(i64::MAX);
    // No book is thicker than a metre.
    let thick = leaves.saturating_mul(leaf.max(0)).min(1_000_000);
    Len::tenth_mm(1000).frac(thick, 100_000)
}

/// The wrap on its sheet, measured from the sheet's top left corner. The book
/// opens to the left: the front is right of the spine.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Wrap {
    /// the sheet, with room for marks
    pub media: Size,
    /// what is left after cutting
    pub trim: Rect,
    /// what is printed
    pub bleed: Rect,
    /// the last page of the wrap
    pub back: Rect,
    /// between the two; it may have no width
    pub spine: Rect,
    /// the first page of the wrap
    pub front: Rect,
    /// where it is folded, from left to right
    pub folds: Vec<Len>,
}

impl Wrap {
    /// The wrap of a book of some trim size and thickness; with room for marks, if
    /// there are any.
    pub fn of(page: Size, spine: Len, cover: &Cover, marked: bool) -> Wrap {
        let room = if marked { GAP + MARK } else { Len::ZERO };
        let margin = cover.bleed + room;
        let trim = Size { w: cover.flaps * 2 + page.w * 2 + spine, h: page.h };
        let rect = |x: Len, w: Len| Rect {
            at: Point { x: margin + x, y: margin },
            size: Size { w, h: page.h },
        };
        let back = rect(cover.flaps, page.w);
        let middle = rect(cover.flaps + page.w, spine);
        let front = rect(cover.flaps + page.w + spine, page.w);
        let (left, right) = (back.at.x, front.at.x + page.w);
        let mut folds = vec![left, middle.at.x, front.at.x, right];
        if cover.flaps == Len::ZERO {
            folds.retain(|x| *x != left && *x != right);
        }
        folds.dedup();
        let around = Size { w: trim.w + cover.bleed * 2, h: trim.h + cover.bleed * 2 };
        Wrap {
            media: Size { w: trim.w + margin * 2, h: trim.h + margin * 2 },
            trim: rect(Len::ZERO, trim.w),
            bleed: Rect {
                at: Point { x: margin - cover.bleed, y: margin - cover.bleed },
                size: around,
            },
            back,
            spine: middle,
            front,
            folds,
        }
    }

    /// The wrap of a book of so many pages.
    pub(super) fn of_book(input: &Input<'_>, pages: usize, marked: bool) -> Wrap {
        let config = &input.config.cover;
        let spine = config.spine.unwrap_or_else(|| spine(pages, config.leaf));
        Wrap::of(input.config.page.trim, spine, config, marked)
    }

    /// What is left and right, above and below of the bleed, and a little more than
    /// the sheet, so that no edge shows.
    pub fn margins(&self) -> [Rect; 4] {
        let (b, m) = (self.bleed, self.media);
        let (right, foot) = (b.at.x + b.size.w, b.at.y + b.size.h);
        let rect = |x, y, w, h| Rect { at: Point { x, y }, size: Size { w, h } };
        [
            rect(-OVER, -OVER, b.at.x + OVER, m.h + OVER * 2),
            rect(right, -OVER, m.w - right + OVER, m.h + OVER * 2),
            rect(-OVER, -OVER, m.w + OVER * 2, b.at.y + OVER),
            rect(-OVER, foot, m.w + OVER * 2, m.h - foot + OVER),
        ]
    }

    /// Lines outside the bleed: one for every cut, three dashes for every fold.
    pub fn marks(&self) -> Vec<Rect> {
        let mut out = cut(self.trim, self.bleed);
        out.extend(self.folds.iter().flat_map(|x| fold(*x, self.bleed)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A5: Size = Size { w: Len::tenth_mm(1480), h: Len::tenth_mm(2100) };

    fn mm(l: Len) -> i64 {
        (l.to_pt() * 254.0 / 72.0).round() as i64
    }

    #[test]
    fn a_spine_is_as_thick_as_its_leaves() {
        // 320 pages are 160 leaves of 0.1 mm; an odd page needs a leaf too.
        let cases = [
            (320, 100, 160),
            (321, 100, 161),
            (0, 100, 0),
            (1, 100, 1),
            (200, 119, 119),
            (usize::MAX, 1000, 10_000),
        ];
        for (pages, leaf, want) in cases {
            assert_eq!(mm(spine(pages, leaf)), want, "{pages} pages of {leaf}");
        }
    }

    #[test]
    fn parts_stand_side_by_side() {
        let flapped = Cover { flaps: Len::tenth_mm(800), ..Cover::default() };
        let wrap = Wrap::of(A5, Len::tenth_mm(160), &flapped, true);
        assert_eq!(mm(wrap.trim.size.w), 1600 + 2960 + 160);
        assert_eq!(mm(wrap.bleed.size.w - wrap.trim.size.w), 60);
        assert_eq!(mm(wrap.media.w - wrap.bleed.size.w), 140);
        assert_eq!(wrap.back.at.x + A5.w, wrap.spine.at.x);
        assert_eq!(wrap.spine.at.x + wrap.spine.size.w, wrap.front.at.x);
        assert_eq!(wrap.folds.len(), 4);
        let bare = Wrap::of(A5, Len::ZERO, &Cover::default(), true);
        assert_eq!(bare.folds, [bare.front.at.x], "a leaflet has one fold");
    }

    #[test]
    fn marks_stay_outside_what_is_printed() {
        let wrap = Wrap::of(A5, Len::tenth_mm(160), &Cover::default(), true);
        let b = wrap.bleed;
        let inside = |m: &Rect| {
            m.at.x + m.size.w > b.at.x
                && m.at.x < b.at.x + b.size.w
                && m.at.y + m.size.h > b.at.y
                && m.at.y < b.at.y + b.size.h
        };
        assert_eq!(wrap.marks().iter().filter(|m| inside(m)).count(), 0);
        assert!(inside(&wrap.front), "the test sees what is inside");
        assert_eq!(wrap.marks().len(), 16 + 2 * 6);
        let bare = Wrap::of(A5, Len::tenth_mm(160), &Cover::default(), false);
        assert_eq!(bare.media, bare.bleed.size);
    }
}
