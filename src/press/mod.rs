//! Pages for the press: each on a sheet with room for what is cut off, moved away
//! from the spine, with the printer's marks around it; and what a printer would send
//! back ([`check`]).

pub mod check;
pub mod marks;
mod pictures;

use crate::config::Press;
use crate::geom::{Len, Point, Rect, Size};
use crate::page::{Input, Page};
use marks::{GAP, MARK};
use std::sync::Arc;

/// Pages on their sheets.
#[derive(Debug, Clone)]
pub struct Sheets {
    /// pages as large as the sheet
    pub pages: Vec<Arc<Page>>,
    /// what stands of each after cutting
    pub trim: Rect,
    /// what is printed of it
    pub bleed: Rect,
    /// how many blank pages were added
    pub blanks: usize,
}

/// A sheet: the page on it, and what is around.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Sheet {
    /// all of it
    pub media: Size,
    /// the page after cutting
    pub trim: Rect,
    /// what is printed of it
    pub bleed: Rect,
}

impl Sheet {
    /// The sheet of a page; with room for marks, if there are any.
    pub fn of(page: Size, bleed: Len, marked: bool) -> Sheet {
        let room = if marked { GAP + MARK } else { Len::ZERO };
        let around =
            |size: Size, by: Len| Size { w: size.w + by * 2, h: size.h + by * 2 };
        let corner = |by: Len| Point { x: by, y: by };
        Sheet {
            media: around(page, bleed + room),
            trim: Rect { at: corner(bleed + room), size: page },
            bleed: Rect { at: corner(room), size: around(page, bleed) },
        }
    }
}

/// Puts a book's pages on sheets. `edition` is named beside them.
pub fn sheets(
    input: &Input<'_>,
    pages: &[Arc<Page>],
    press: &Press,
    edition: &str,
) -> Sheets {
    let trim = input.config.page.trim;
    let sheet = Sheet::of(trim, press.bleed, press.marks.any());
    let count = filled(pages.len(), press.signature);
    let shift = press.gutter.shift(count, input.config.page.inner);
    let mut marks = marks::Marker::new(input, &sheet, press.marks, edition);
    let mut out = Vec::with_capacity(count);
    for page in pages {
        out.push(placed(page, &sheet, shift));
    }
    let mut last = pages.last().map_or(0, |p| p.label.parse::<usize>().unwrap_or(0));
    while out.len() < count {
        last += 1;
        out.push(Page {
            label: last.to_string(),
            recto: out.len() % 2 == 0,
            size: sheet.media,
            items: vec![],
            anchors: vec![],
        });
    }
    for page in &mut out {
        let label = page.label.clone();
        page.items.extend(marks.marks(&label));
    }
    let blanks = count - pages.len();
    let out = out.into_iter().map(Arc::new).collect();
    Sheets { pages: out, trim: sheet.trim, bleed: sheet.bleed, blanks }
}

/// How many pages a book has that is filled up to whole signatures.
pub fn filled(pages: usize, signature: u16) -> usize {
    pages.next_multiple_of(usize::from(signature.max(1)))
}

/// A page on its sheet, as far from the spine as it should be.
fn placed(page: &Page, sheet: &Sheet, shift: Len) -> Page {
    let outwards = if page.recto { shift } else { -shift };
    let by = Point { x: sheet.trim.at.x + outwards, y: sheet.trim.at.y };
    let moved = |at: &Point| Point { x: at.x + by.x, y: at.y + by.y };
    Page {
        label: page.label.clone(),
        recto: page.recto,
        size: sheet.media,
        items: page
            .items
            .iter()
            .map(|(at, draw, tag)| (moved(at), draw.clone(), tag.clone()))
            .collect(),
        anchors: page.anchors.iter().map(|(id, at)| (id.clone(), moved(at))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_filled() {
        for (pages, signature, want) in
            [(0, 16, 0), (1, 16, 16), (16, 16, 16), (17, 16, 32), (7, 1, 7), (7, 0, 7)]
        {
            assert_eq!(filled(pages, signature), want, "{pages} in {signature}");
        }
    }

    #[test]
    fn a_sheet_has_room_for_marks_only_where_there_are_any() {
        let page = Size { w: Len::tenth_mm(1000), h: Len::tenth_mm(2000) };
        let bare = Sheet::of(page, Len::ZERO, false);
        assert_eq!(
            (bare.media, bare.trim.size, bare.trim.at),
            (page, page, Point::default())
        );
        let full = Sheet::of(page, Len::tenth_mm(30), true);
        assert_eq!(full.media.w, page.w + (Len::tenth_mm(30) + GAP + MARK) * 2);
        assert_eq!(full.trim.at.x - full.bleed.at.x, Len::tenth_mm(30));
        assert_eq!(full.bleed.at.x, GAP + MARK);
    }
}
