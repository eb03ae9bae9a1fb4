//! A sheet that is folded: which piece of it becomes which leaf, and which way up.
//!
//! The model is the folding itself. A sheet of *n* folds lies there as a grid of
//! pieces, one layer thick. Each fold lays one half over the other: its piles are
//! turned over, layer by layer, and put on those that they come to lie on. After
//! the last fold one pile is left, and read from the top it is the signature. The
//! head of a leaf that a level crease turned over an odd number of times points
//! down on the flat sheet, so heads meet at level creases by themselves.

/// On which side of its first page a book is bound.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Binding {
    /// read from left to right
    Left,
    /// read from right to left, as in vertical setting
    Right,
}

/// A side of a printed sheet.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Side {
    /// the outer one, on which the first page is
    A,
    /// the inner one
    B,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::A => Side::B,
            Side::B => Side::A,
        }
    }
}

/// How many pages one printed sheet has, both sides together.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub struct Signature(usize);

impl Signature {
    /// The sheet that is folded once.
    pub const LEAST: Signature = Signature(4);
    /// What perfect-bound books are folded in.
    pub const USUAL: Signature = Signature(16);

    /// 4, 8, 16 and 32: what one to four folds make.
    pub fn of(pages: usize) -> Option<Signature> {
        matches!(pages, 4 | 8 | 16 | 32).then_some(Signature(pages))
    }
    /// The pages.
    pub fn pages(self) -> usize {
        self.0
    }
    /// Half of it, down to the sheet that is folded once.
    pub fn half(self) -> Option<Signature> {
        Signature::of(self.0 / 2)
    }
}

/// A leaf of a folded sheet, where it is on the flat sheet.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Leaf {
    /// column on side A, from the left
    pub col: usize,
    /// row, from the top
    pub row: usize,
    /// the side of the sheet that has the first of its two pages
    pub recto: Side,
    /// whether it stands on its head
    pub turned: bool,
}

/// A folded sheet.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Folding {
    /// pieces beside each other on the flat sheet
    pub cols: usize,
    /// pieces above each other
    pub rows: usize,
    /// the leaves as they follow each other when it is folded
    pub leaves: Vec<Leaf>,
}

/// A crease between the halves of what is folded.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum Crease {
    Upright,
    Level,
}

/// What lies in one place, from the top.
type Pile = Vec<Layer>;

#[derive(Debug, Copy, Clone)]
struct Layer {
    col: usize,
    row: usize,
    up: Side,
    turned: bool,
}

impl Folding {
    /// Folds a sheet. Creases take turns, so that each crosses the one before; the
    /// last is upright and becomes the spine, the one before it the heads.
    pub fn of(signature: Signature, binding: Binding) -> Folding {
        let folds = (signature.pages() / 2).ilog2();
        let creases = (0..folds).rev().map(|n| match n % 2 {
            0 => Crease::Upright,
            _ => Crease::Level,
        });
        let creases: Vec<_> = creases.collect();
        let count = |c| creases.iter().filter(|x| **x == c).count() as u32;
        let cols = 2usize.pow(count(Crease::Upright));
        let rows = 2usize.pow(count(Crease::Level));
        let piece = |row, col| vec![Layer { col, row, up: Side::A, turned: false }];
        let mut sheet: Vec<Vec<Pile>> =
            (0..rows).map(|r| (0..cols).map(|c| piece(r, c)).collect()).collect();
        for (n, crease) in (1..).zip(&creases) {
            let last = n == creases.len();
            sheet = match crease {
                Crease::Upright => {
                    let over = half_over(binding, last);
                    sheet.into_iter().map(|row| upright(row, over)).collect()
                }
                Crease::Level => level(sheet),
            };
        }
        let pile: Pile = sheet.into_iter().flatten().flatten().collect();
        Folding { cols, rows, leaves: leaves(&pile, cols) }
    }
    /// Column and row of a leaf's page on a side, as one looks at that side. The
    /// sheet is turned over about its upright axis.
    pub fn at(&self, leaf: &Leaf, side: Side) -> (usize, usize) {
        let col = match side {
            Side::A => leaf.col,
            Side::B => self.cols - 1 - leaf.col,
        };
        (col, leaf.row)
    }
}

/// Half of a sheet.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum Half {
    Left,
    Right,
}

/// The half that is laid over the other. The last crease must end where the book is
/// bound; the ones before go the other way, so that the first page is in a corner of
/// the sheet, where presses and folding machines lay it on.
fn half_over(binding: Binding, last: bool) -> Half {
    match (binding, last) {
        (Binding::Left, true) | (Binding::Right, false) => Half::Left,
        (Binding::Left, false) | (Binding::Right, true) => Half::Right,
    }
}

/// Halves a row.
fn upright(row: Vec<Pile>, over: Half) -> Vec<Pile> {
    let (left, right) = row.split_at(row.len() / 2);
    let (over, under): (Vec<_>, _) = match over {
        Half::Left => (left.iter().rev().collect(), right),
        Half::Right => (right.iter().rev().collect(), left),
    };
    let laid = over.into_iter().zip(under);
    laid.map(|(over, under)| lay(over, under, Crease::Upright)).collect()
}

/// Halves a sheet from top to bottom.
fn level(sheet: Vec<Vec<Pile>>) -> Vec<Vec<Pile>> {
    let (top, bottom) = sheet.split_at(sheet.len() / 2);
    let rows = top.iter().rev().zip(bottom);
    let row = |(over, under): (&Vec<Pile>, &Vec<Pile>)| {
        let piles = over.iter().zip(under);
        piles.map(|(o, u)| lay(o, u, Crease::Level)).collect()
    };
    rows.map(row).collect()
}

/// Turns a pile over and lays it on another.
fn lay(over: &Pile, under: &Pile, crease: Crease) -> Pile {
    let turn = |l: &Layer| Layer {
        up: l.up.other(),
        turned: l.turned != (crease == Crease::Level),
        ..*l
    };
    over.iter().rev().map(turn).chain(under.iter().copied()).collect()
}

/// Leaves from a folded pile, with the sides named by the first page.
fn leaves(pile: &Pile, cols: usize) -> Vec<Leaf> {
    let outer = pile.first().map_or(Side::A, |l| l.up);
    let leaf = |l: &Layer| match outer {
        Side::A => Leaf { col: l.col, row: l.row, recto: l.up, turned: l.turned },
        Side::B => Leaf {
            col: cols - 1 - l.col,
            row: l.row,
            recto: l.up.other(),
            turned: l.turned,
        },
    };
    pile.iter().map(leaf).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages of a side, row by row, as a printer's handbook draws them.
    fn side(pages: usize, binding: Binding, side: Side) -> Vec<Vec<usize>> {
        let signature = Signature::of(pages).expect("a signature");
        let f = Folding::of(signature, binding);
        let mut out = vec![vec![0; f.cols]; f.rows];
        for (n, leaf) in f.leaves.iter().enumerate() {
            let (col, row) = f.at(leaf, side);
            out[row][col] = 2 * n + if leaf.recto == side { 1 } else { 2 };
        }
        out
    }

    #[test]
    fn right_angle_folds_give_the_handbooks_formes() {
        let left = |n, s| side(n, Binding::Left, s);
        assert_eq!(left(4, Side::A), [[4, 1]]);
        assert_eq!(left(4, Side::B), [[2, 3]]);
        assert_eq!(left(8, Side::A), [[5, 4], [8, 1]]);
        assert_eq!(left(8, Side::B), [[3, 6], [2, 7]]);
        assert_eq!(left(16, Side::A), [[5, 12, 9, 8], [4, 13, 16, 1]]);
        assert_eq!(left(16, Side::B), [[7, 10, 11, 6], [2, 15, 14, 3]]);
    }
    #[test]
    fn books_from_right_to_left_are_mirrored() {
        for pages in [4, 8, 16, 32] {
            for s in [Side::A, Side::B] {
                let mut mirrored = side(pages, Binding::Left, s);
                mirrored.iter_mut().for_each(|row| row.reverse());
                assert_eq!(side(pages, Binding::Right, s), mirrored);
            }
        }
    }
    #[test]
    fn heads_meet_at_level_creases() {
        let signature = Signature::of(32).expect("a signature");
        let f = Folding::of(signature, Binding::Left);
        for leaf in &f.leaves {
            assert_eq!(leaf.turned, leaf.row % 2 == 0, "{leaf:?}");
        }
    }
}
