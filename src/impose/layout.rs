//! Where the pages stand on a sheet: pieces, gaps, folds and cuts.

use super::area::{Area, Edges};
use super::paper;
use super::plan::{Place, Sheet};
use crate::diag::{Diagnostic, code};
use crate::geom::{Len, Size};

/// The largest side of a page that programs must show (ISO 32000-1, annex C).
const LARGEST: Len = Len::milli_pt(14_400_000);

/// What all sheets of a job have in common.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Measures {
    /// a page after cutting
    pub page: Size,
    /// between pages that are cut apart
    pub gap: Len,
    /// what is milled off each page at the spine
    pub milling: Len,
    /// room around the pages that marks or bleed need
    pub edge: Len,
    /// how much of that is bleed
    pub bleed: Len,
    /// what pages are made smaller by: (1, 1), or less
    pub scale: (i64, i64),
}

impl Measures {
    /// The pages of a sheet together, without bleed and marks.
    fn block(&self, cols: usize, rows: usize) -> Size {
        let page = self.scaled();
        let fixed = self.between(cols, rows);
        Size { w: page.w * cols as i64 + fixed.w, h: page.h * rows as i64 + fixed.h }
    }
    /// What of that is not pages: spines are at every second crease.
    fn between(&self, cols: usize, rows: usize) -> Size {
        let (cols, rows) = (cols as i64, rows as i64);
        let spines = self.milling * 2 * (cols / 2);
        Size { w: spines + self.gap * (cols / 2 - 1).max(0), h: self.gap * (rows - 1) }
    }
    /// A page as it stands on the sheet.
    pub fn scaled(&self) -> Size {
        let (n, d) = self.scale;
        Size { w: self.page.w.frac(n, d), h: self.page.h.frac(n, d) }
    }
    /// The smallest sheet that has room.
    fn least(&self, cols: usize, rows: usize) -> Size {
        let block = self.block(cols, rows);
        Size { w: block.w + self.edge * 2, h: block.h + self.edge * 2 }
    }
    /// The sheet that is used where none is asked for.
    fn usual(&self, cols: usize, rows: usize) -> Size {
        let least = self.least(cols, rows);
        // Marks do not touch the edge of the paper.
        let air = if self.edge > self.bleed { Len::tenth_mm(10) } else { Len::ZERO };
        let size = Size { w: least.w + air * 2, h: least.h + air * 2 };
        paper::nearest(size).unwrap_or(size)
    }
    /// The same measures with pages so small that the sheet has room for them.
    pub fn fitted(&self, sheet: Size, cols: usize, rows: usize) -> Measures {
        let fixed = self.between(cols, rows);
        let shrunk = |sheet: Size| {
            let room = |whole: Len, fixed: Len, page: Len, n: usize| {
                // Less what pages may gain when they are rounded.
                let whole = whole - fixed - self.edge * 2 - Len::sp(n as i64);
                (whole.to_sp(), page.to_sp() * n as i64)
            };
            let w = room(sheet.w, fixed.w, self.page.w, cols);
            let h = room(sheet.h, fixed.h, self.page.h, rows);
            let less = |a: &(i64, i64), b: &(i64, i64)| {
                (i128::from(a.0) * i128::from(b.1))
                    .cmp(&(i128::from(b.0) * i128::from(a.1)))
            };
            [w, h, (1, 1)].into_iter().min_by(less).unwrap_or((1, 1))
        };
        let (a, b) = (shrunk(sheet), shrunk(turned(sheet)));
        let more = i128::from(a.0) * i128::from(b.1) >= i128::from(b.0) * i128::from(a.1);
        let scale = if more { a } else { b };
        Measures { scale: if scale.0 > 0 { scale } else { (1, 1) }, ..*self }
    }
    /// The layout of a sheet; what is asked for may lie either way.
    pub fn layout(
        &self,
        asked: Option<Size>,
        cols: usize,
        rows: usize,
    ) -> Result<Layout, Diagnostic> {
        let least = self.least(cols, rows);
        let fits = |s: &Size| s.w >= least.w && s.h >= least.h;
        let size = match asked {
            None => Some(self.usual(cols, rows)),
            Some(s) => {
                let lies = |s: Size| s.w >= s.h;
                let along = if lies(s) == lies(least) { s } else { turned(s) };
                [along, turned(along)].into_iter().find(fits)
            }
        };
        let Some(size) = size else {
            let asked = asked.map(paper::said).unwrap_or_default();
            return Err(too_small(&asked, least));
        };
        if size.w.max(size.h) > LARGEST {
            let message = format!("a sheet of {} is too large", paper::said(size));
            let hint = "take a smaller signature";
            return Err(Diagnostic::new(code::SHEET_SIZE, message).hint(hint));
        }
        let whole = Area::at(Len::ZERO, Len::ZERO, size);
        let block = whole.middle(self.block(cols, rows));
        Ok(Layout { size, block, cols, rows, measures: *self })
    }
}

/// Whether a column has its spine on the right: every second crease is one, from the
/// first on.
pub fn spine_right(col: usize) -> bool {
    col.is_multiple_of(2)
}

fn turned(size: Size) -> Size {
    Size { w: size.h, h: size.w }
}

fn too_small(asked: &str, least: Size) -> Diagnostic {
    let need = paper::said(least);
    let message = format!("a sheet of {asked} is too small: the pages need {need}");
    Diagnostic::new(code::SHEET_SIZE, message)
        .hint("name a larger sheet with --sheet, or none")
        .hint("--fit makes the pages smaller; --no-marks and --gap save room")
}

/// A sheet with its pieces.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Layout {
    /// the sheet
    pub size: Size,
    /// what all pages together take
    pub block: Area,
    /// pieces beside each other
    pub cols: usize,
    /// pieces above each other
    pub rows: usize,
    /// sizes of pages and gaps
    pub measures: Measures,
}

impl Layout {
    /// The layout of a planned sheet.
    pub fn of(
        measures: &Measures,
        asked: Option<Size>,
        sheet: &Sheet,
    ) -> Result<Layout, Diagnostic> {
        measures.layout(asked, sheet.cols, sheet.rows)
    }
    /// A piece, as it is cut.
    pub fn piece(&self, col: usize, row: usize) -> Area {
        let m = &self.measures;
        let page = m.scaled();
        let (c, up) = (col as i64, (self.rows - 1 - row) as i64);
        let spines = m.milling * 2 * ((c + 1) / 2);
        let left = self.block.left + page.w * c + spines + m.gap * (c / 2);
        let bottom = self.block.bottom + (page.h + m.gap) * up;
        Area::at(left, bottom, page)
    }
    /// How far the print of a piece may go: halfway to the next page that is cut off,
    /// to the edge of the sheet, never across the spine.
    pub fn room(&self, col: usize, row: usize) -> Area {
        let m = &self.measures;
        let half = m.gap.frac(1, 2);
        let side = self.block.left;
        let foot = self.block.bottom;
        let (spine_right, last) = (spine_right(col), col + 1 == self.cols);
        let fore = |outer: bool| if outer { side } else { half };
        self.piece(col, row).grown(Edges {
            left: if spine_right { fore(col == 0) } else { m.milling },
            right: if spine_right { m.milling } else { fore(last) },
            top: if row == 0 { foot } else { half },
            bottom: if row + 1 == self.rows { foot } else { half },
        })
    }
    /// Where the trim of a page of this size stands: in the middle of its piece, moved
    /// towards the spine.
    pub fn page(&self, place: &Place, size: Size, creep: Len) -> Area {
        let to_spine = if spine_right(place.col) { creep } else { -creep };
        self.piece(place.col, place.row).middle(size).moved(to_spine)
    }
    /// The folds between columns, from the left, and whether each is a spine.
    pub fn upright_folds(&self) -> Vec<(Len, bool)> {
        let fold = |col: usize| {
            let spine = spine_right(col);
            let m = &self.measures;
            let half = if spine { m.milling } else { m.gap.frac(1, 2) };
            (self.piece(col, 0).right + half, spine)
        };
        (0..self.cols - 1).map(fold).collect()
    }
    /// The folds between rows, from the top.
    pub fn level_folds(&self) -> Vec<Len> {
        let half = self.measures.gap.frac(1, 2);
        (0..self.rows - 1).map(|row| self.piece(0, row).bottom - half).collect()
    }
    /// Upright cuts: every edge of a page that is no spine.
    pub fn upright_cuts(&self) -> Vec<Len> {
        let cut = |col: usize| match spine_right(col) {
            true => self.piece(col, 0).left,
            false => self.piece(col, 0).right,
        };
        (0..self.cols).map(cut).collect()
    }
    /// Level cuts: head and foot of each row.
    pub fn level_cuts(&self) -> Vec<Len> {
        let edges = |row: usize| {
            let piece = self.piece(0, row);
            [piece.top, piece.bottom]
        };
        let mut cuts: Vec<_> = (0..self.rows).flat_map(edges).collect();
        cuts.dedup();
        cuts
    }
}
