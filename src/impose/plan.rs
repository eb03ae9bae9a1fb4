//! Which page goes where: gatherings, the sheets in them, the places on their sides.

use super::fold::{Binding, Folding, Side, Signature};

/// How sheets become a book.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Scheme {
    /// sheets with two pages a side, folded once, laid one in another
    Booklet,
    /// signatures laid one in another and stitched through the back (骑马订)
    Saddle,
    /// signatures gathered one behind another (胶订, 锁线)
    Perfect,
}

impl Scheme {
    /// As it is called on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Booklet => "booklet",
            Scheme::Saddle => "saddle",
            Scheme::Perfect => "perfect",
        }
    }
}

/// A page on a side of a sheet.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Place {
    /// which page, from 0; what the book does not have is blank
    pub page: usize,
    /// column as one looks at the side, from the left
    pub col: usize,
    /// row, from the top
    pub row: usize,
    /// whether it stands on its head
    pub turned: bool,
    /// leaves of its gathering between it and the outside
    pub depth: usize,
}

/// A sheet: both sides of it.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Sheet {
    /// which gathering it is of, from 0
    pub gathering: usize,
    /// which sheet of that, from 0, which is the outermost
    pub number: usize,
    /// how many sheets that has
    pub of: usize,
    /// pages beside each other
    pub cols: usize,
    /// pages above each other
    pub rows: usize,
    /// first page of the gathering, from 0
    pub first: usize,
    /// pages of the gathering
    pub pages: usize,
    /// what is on side A and on side B
    pub sides: [Vec<Place>; 2],
}

/// All sheets of a book.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Plan {
    /// the sheets, as they are printed
    pub sheets: Vec<Sheet>,
    /// how many gatherings there are
    pub gatherings: usize,
    /// pages of the book
    pub pages: usize,
    /// blank pages behind them
    pub blanks: usize,
}

impl Plan {
    /// Plans a book of so many pages. A booklet without a signature is one gathering.
    pub fn of(
        scheme: Scheme,
        signature: Option<Signature>,
        binding: Binding,
        pages: usize,
    ) -> Plan {
        let gatherings = gatherings(scheme, signature, pages);
        let mut sheets = vec![];
        let mut first = 0;
        for (n, sizes) in gatherings.iter().enumerate() {
            sheets.extend(gathering(n, first, sizes, binding));
            first += sizes.iter().map(|s| s.pages()).sum::<usize>();
        }
        let blanks = first - pages;
        Plan { sheets, gatherings: gatherings.len(), pages, blanks }
    }
    /// Leaves around the innermost one.
    pub fn deepest(&self) -> usize {
        let places = self.sheets.iter().flat_map(|s| s.sides.iter().flatten());
        places.map(|p| p.depth).max().unwrap_or(0)
    }
}

/// The sheets of each gathering, the outermost first.
fn gatherings(
    scheme: Scheme,
    signature: Option<Signature>,
    pages: usize,
) -> Vec<Vec<Signature>> {
    let least = Signature::LEAST;
    let sheets = vec![least; pages.div_ceil(least.pages())];
    match (scheme, signature) {
        (Scheme::Booklet, None) => vec![sheets],
        (Scheme::Booklet, Some(s)) => {
            sheets.chunks(s.pages() / least.pages()).map(<[_]>::to_vec).collect()
        }
        (Scheme::Saddle, s) => vec![sizes(pages, s.unwrap_or(least))],
        (Scheme::Perfect, s) => {
            let whole = s.unwrap_or(Signature::USUAL);
            sizes(pages, whole).into_iter().map(|s| vec![s]).collect()
        }
    }
}

/// Whole signatures, then of what is left a half, a quarter … of one, each at most
/// once: no more than three pages stay blank.
fn sizes(pages: usize, whole: Signature) -> Vec<Signature> {
    let mut left = pages.next_multiple_of(Signature::LEAST.pages());
    let mut out = vec![whole; left / whole.pages()];
    left %= whole.pages();
    let mut size = whole.half();
    while let Some(s) = size {
        if left >= s.pages() {
            out.push(s);
            left -= s.pages();
        }
        size = s.half();
    }
    out
}

/// Lays sheets in one another: an outer one has the first and the last pages.
fn gathering(
    number: usize,
    first: usize,
    sizes: &[Signature],
    binding: Binding,
) -> Vec<Sheet> {
    let pages: usize = sizes.iter().map(|s| s.pages()).sum();
    let leaves = pages / 2;
    let mut out = vec![];
    // Leaves of outer sheets before the middle; behind it there are as many.
    let mut outside = 0;
    for (n, size) in sizes.iter().enumerate() {
        let folding = Folding::of(*size, binding);
        let own = folding.leaves.len();
        let mut sides = [vec![], vec![]];
        for (i, leaf) in folding.leaves.iter().enumerate() {
            let at = match i < own / 2 {
                true => outside + i,
                false => leaves - outside - (own - i),
            };
            let depth = at.min(leaves - 1 - at);
            for (side, places) in [Side::A, Side::B].into_iter().zip(&mut sides) {
                let (col, row) = folding.at(leaf, side);
                let page = first + 2 * at + usize::from(leaf.recto != side);
                places.push(Place { page, col, row, turned: leaf.turned, depth });
            }
        }
        out.push(Sheet {
            gathering: number,
            number: n,
            of: sizes.len(),
            cols: folding.cols,
            rows: folding.rows,
            first,
            pages,
            sides,
        });
        outside += own / 2;
    }
    out
}
