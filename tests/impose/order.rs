//! Which page follows which, when the sheets are folded.

use super::fixture::{Book, TRIM};
use super::folding::{Flat, flat, folded, nested, read};
use super::{eye, imposed, job};
use keben::impose::plan::{Plan, Sheet};
use keben::impose::{Binding, Job, Scheme, Signature};
use std::collections::BTreeMap;

/// Every way to bind: scheme, and signature where it has one (0: none).
const WAYS: [(Scheme, usize); 13] = [
    (Scheme::Booklet, 0),
    (Scheme::Booklet, 4),
    (Scheme::Booklet, 8),
    (Scheme::Booklet, 16),
    (Scheme::Booklet, 32),
    (Scheme::Saddle, 4),
    (Scheme::Saddle, 8),
    (Scheme::Saddle, 16),
    (Scheme::Saddle, 32),
    (Scheme::Perfect, 4),
    (Scheme::Perfect, 8),
    (Scheme::Perfect, 16),
    (Scheme::Perfect, 32),
];

/// A planned sheet, flat. Pages that the book does not have are not printed.
fn planned(sheet: &Sheet, pages: usize) -> Flat {
    let side = |n: usize| {
        let there = sheet.sides[n].iter().filter(|p| p.page < pages);
        let face =
            |p: &keben::impose::plan::Place| ((p.col, p.row), (p.page + 1, !p.turned));
        there.map(face).collect::<BTreeMap<_, _>>()
    };
    Flat { cols: sheet.cols, rows: sheet.rows, sides: [side(0), side(1)] }
}

/// Folds sheets, nests those of a gathering, and reads what they make.
fn bound(sheets: &[(usize, Flat)], left: bool, pages: usize) -> Result<(), String> {
    let mut gatherings: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (gathering, flat) in sheets {
        gatherings.entry(*gathering).or_default().push(folded(flat, left));
    }
    let leaves: Vec<_> = gatherings.values().flat_map(|g| nested(g)).collect();
    read(&leaves, pages)
}

#[test]
fn folded_sheets_are_the_book() {
    for (scheme, signature) in WAYS {
        for binding in [Binding::Left, Binding::Right] {
            for pages in 1..=200 {
                let plan = Plan::of(scheme, Signature::of(signature), binding, pages);
                let flats: Vec<_> = plan
                    .sheets
                    .iter()
                    .map(|s| (s.gathering, planned(s, pages)))
                    .collect();
                let left = binding == Binding::Left;
                let found = bound(&flats, left, pages);
                assert_eq!(found, Ok(()), "{scheme:?} {signature} {binding:?} {pages}");
                assert!(
                    plan.blanks <= 3,
                    "{scheme:?} {signature} {pages}: {}",
                    plan.blanks
                );
            }
        }
    }
}

#[test]
fn sheets_that_are_wrong_are_seen() {
    let plan = |n| Plan::of(Scheme::Perfect, Signature::of(n), Binding::Left, n);
    for n in [8, 16, 32] {
        let right = planned(&plan(n).sheets[0], n);
        assert_eq!(bound(&[(0, right.clone())], true, n), Ok(()));
        // Two pages change places.
        let mut wrong = right.clone();
        let there = [(0, 0), (1, 0)];
        let [a, b] = there.map(|at| wrong.sides[1][&at]);
        wrong.sides[1].insert(there[0], b);
        wrong.sides[1].insert(there[1], a);
        assert!(bound(&[(0, wrong)], true, n).is_err());
        // A page stands on its head.
        let mut wrong = right.clone();
        wrong.sides[0].entry((1, 1)).and_modify(|p| p.1 = !p.1);
        assert!(bound(&[(0, wrong)], true, n).is_err());
        // A page is lost.
        let mut wrong = right;
        wrong.sides[1].remove(&(1, 1));
        assert!(bound(&[(0, wrong)], true, n).is_err());
    }
}

#[test]
fn a_short_signature_comes_last() {
    let sizes = |pages| {
        let plan = Plan::of(Scheme::Perfect, Signature::of(16), Binding::Left, pages);
        let sizes: Vec<_> = plan.sheets.iter().map(|s| s.pages).collect();
        (sizes, plan.blanks)
    };
    assert_eq!(sizes(40), (vec![16, 16, 8], 0));
    assert_eq!(sizes(42), (vec![16, 16, 8, 4], 2));
    assert_eq!(sizes(48), (vec![16, 16, 16], 0));
    assert_eq!(sizes(3), (vec![4], 1));
}

/// Pieces of a sheet by the pages that its signature has.
fn grid(pages: usize) -> (usize, usize) {
    match pages {
        4 => (2, 1),
        8 => (2, 2),
        16 => (4, 2),
        _ => (4, 4),
    }
}

/// Imposes a book and folds what was printed.
fn printed(ways: &Job, signature: usize, pages: usize) -> Result<(), String> {
    let made = imposed(Book::new(pages).bytes(), ways);
    let sides = eye::sides(&made.bytes);
    let plan = Plan::of(ways.scheme, Signature::of(signature), Binding::Left, pages);
    assert_eq!(sides.len(), plan.sheets.len() * 2);
    let sheets = plan.sheets.iter().zip(sides.chunks(2));
    let flats: Vec<_> = sheets
        .map(|(s, sides)| {
            let own: usize = s.sides.iter().map(Vec::len).sum();
            (s.gathering, flat(&sides[0], &sides[1], grid(own), TRIM))
        })
        .collect();
    bound(&flats, ways.rtl != Some(true), pages)
}

#[test]
fn printed_sheets_are_the_book() {
    for (scheme, signature) in WAYS {
        for pages in [1, 5, 32, 61] {
            for rtl in [false, true] {
                let ways = Job { rtl: Some(rtl), ..job(scheme, signature) };
                let found = printed(&ways, signature, pages);
                assert_eq!(found, Ok(()), "{scheme:?} {signature} {rtl} {pages}");
            }
        }
    }
}

#[test]
fn the_file_says_on_which_side_it_is_bound() {
    use lopdf::dictionary;
    let front = |direction: Option<&str>, rtl| {
        let mut book = Book::new(4);
        let catalog = book.catalog;
        if let Some(direction) = direction {
            let said = dictionary! { "Direction" => direction };
            book.dict(catalog).set("ViewerPreferences", said);
        }
        let job = Job { rtl, ..Job::new(Scheme::Booklet) };
        let sides = eye::sides(&imposed(book.bytes(), &job).bytes);
        let first = sides[0].placed.iter().find(|p| p.page == 1).expect("page 1");
        first.area(TRIM)[0] > sides[0].size.0 / 2.0 - 1.0
    };
    assert!(front(None, None), "the first page is on the right of its sheet");
    assert!(!front(Some("R2L"), None));
    assert!(front(Some("L2R"), None));
    assert!(!front(None, Some(true)));
}
