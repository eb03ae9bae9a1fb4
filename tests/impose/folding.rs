//! Printed sheets are folded again, by geometry: a crease mirrors the pieces on one
//! side of it, in the plane and above what lies there. What comes out is read like a
//! book. Nothing here knows how the sheets were planned.

use super::eye::Side;
use std::collections::BTreeMap;

/// A page on a side: its number, and whether its head points up.
pub(crate) type Face = Option<(usize, bool)>;

/// A flat sheet: columns, rows, and both sides by column (from the left, as one looks
/// at the side) and row (from the top).
#[derive(Debug, Clone)]
pub(crate) struct Flat {
    pub(crate) cols: usize,
    pub(crate) rows: usize,
    pub(crate) sides: [BTreeMap<(usize, usize), (usize, bool)>; 2],
}

/// A leaf of a folded sheet: the page on its front, and the one behind that.
pub(crate) type Leaf = [Face; 2];

#[derive(Debug, Clone, Copy)]
struct Piece {
    x: i64,
    y: i64,
    z: i64,
    /// pages of the face that lies up and of the one below
    faces: Leaf,
}

/// Folds a sheet that lies with a side up; gives the leaves from the top. `left`: at
/// last the left half goes over the right one, as for a spine on the left.
fn fold(flat: &Flat, up: usize, left: bool) -> Vec<Leaf> {
    let (mut w, mut h) = (flat.cols as i64, flat.rows as i64);
    let mut pieces = vec![];
    for col in 0..flat.cols {
        for row in 0..flat.rows {
            let there = (flat.cols - 1 - col, row);
            let faces = [
                flat.sides[up].get(&(col, row)).copied(),
                flat.sides[1 - up].get(&there).copied(),
            ];
            pieces.push(Piece { x: col as i64, y: row as i64, z: 0, faces });
        }
    }
    let mut height = 1;
    // Creases cross the one before; the last is upright.
    let folds = (w * h).ilog2();
    for n in (0..folds).rev() {
        let upright = n % 2 == 0;
        // Creases before the last go the other way.
        let left = left == (n == 0);
        let middle = if upright { w / 2 } else { h / 2 };
        for p in &mut pieces {
            let at = if upright { &mut p.x } else { &mut p.y };
            let over = if upright && !left { *at >= middle } else { *at < middle };
            if !over {
                continue;
            }
            *at = 2 * middle - 1 - *at;
            p.z = 2 * height - 1 - p.z;
            p.faces.swap(0, 1);
            if !upright {
                for (_, head) in p.faces.iter_mut().flatten() {
                    *head = !*head;
                }
            }
        }
        // The half that lay still begins at nought again.
        for p in &mut pieces {
            if upright && left {
                p.x -= middle;
            } else if !upright {
                p.y -= middle;
            }
        }
        if upright {
            w /= 2
        } else {
            h /= 2
        }
        height *= 2;
    }
    pieces.sort_by_key(|p| -p.z);
    pieces.into_iter().map(|p| p.faces).collect()
}

/// Folds a sheet with the side up that brings its lowest page to the front.
pub(crate) fn folded(flat: &Flat, left: bool) -> Vec<Leaf> {
    let pages = flat.sides.iter().flat_map(|s| s.values().map(|p| p.0));
    let lowest = pages.min();
    let ways = [0, 1].map(|up| fold(flat, up, left));
    let front = |leaves: &Vec<Leaf>| leaves.first().and_then(|l| l[0]).map(|p| p.0);
    let right = ways.into_iter().find(|w| front(w) == lowest);
    right.unwrap_or_else(|| panic!("page {lowest:?} is nowhere in front: {flat:?}"))
}

/// Lays folded sheets in one another, the first outermost.
pub(crate) fn nested(sheets: &[Vec<Leaf>]) -> Vec<Leaf> {
    let mut out: Vec<Leaf> = vec![];
    for sheet in sheets.iter().rev() {
        let (front, back) = sheet.split_at(sheet.len() / 2);
        out = [front, &out, back].concat();
    }
    out
}

/// Reads a book leaf by leaf: its pages in order, each once, head up, and nothing
/// behind the last. Gives what is wrong.
pub(crate) fn read(leaves: &[Leaf], pages: usize) -> Result<(), String> {
    let faces: Vec<Face> = leaves.iter().flatten().copied().collect();
    for (n, face) in (1..).zip(&faces) {
        let wanted = (n <= pages).then_some((n, true));
        if *face != wanted {
            return Err(format!("{face:?} instead of {wanted:?}"));
        }
    }
    match faces.len() < pages {
        true => Err(format!("{} of {pages} pages", faces.len())),
        false => Ok(()),
    }
}

/// Two sides as they were printed, as a grid of so many pieces. Where a page stands is
/// measured by the middle of its trim.
pub(crate) fn flat(
    a: &Side,
    b: &Side,
    (cols, rows): (usize, usize),
    trim: [f64; 4],
) -> Flat {
    let grid = |side: &Side| {
        let mut out = BTreeMap::new();
        for p in &side.placed {
            let on = p.area(trim);
            let (x, y) = ((on[0] + on[2]) / 2.0, (on[1] + on[3]) / 2.0);
            // The block is in the middle of the sheet and nearly all of it.
            let share = |at: f64, whole: f64, page: f64, n: usize| {
                let from_middle = (at - whole / 2.0) / page;
                (from_middle + n as f64 / 2.0).floor() as usize
            };
            let col = share(x, side.size.0, on[2] - on[0] + 10.0, cols);
            let row = share(side.size.1 - y, side.size.1, on[3] - on[1] + 10.0, rows);
            let head = p.at(trim[0], trim[3]).1 > p.at(trim[0], trim[1]).1;
            assert!(col < cols && row < rows, "{p:?} is outside");
            assert!(out.insert((col, row), (p.page, head)).is_none(), "two in one place");
        }
        out
    };
    Flat { cols, rows, sides: [grid(a), grid(b)] }
}
