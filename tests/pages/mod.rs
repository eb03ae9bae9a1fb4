//! Finished pages, held to what an editor of books looks at: single lines at the
//! edges of pages, headings at the foot, facing pages that end apart, the grid,
//! and that everything stands on exactly one page in its order.

use crate::common;

mod book;
mod check;
mod hostile;

use crate::common::Folder;
use check::{Fault, Seen, faults};
use keben::diag::{Diagnostic, Severity};
use keben::session::Session;
use std::path::Path;

/// The pages of a book, and what was said about them as an editor would.
fn pages(dir: &Path) -> (Vec<Seen>, Vec<String>) {
    let mut session = Session::open(dir).expect("a book");
    session.pages(&|| {});
    let said = session.sink.list().iter();
    let said = said.filter(|d| d.code.severity != Severity::Note);
    let place = |d: &Diagnostic| d.span.map_or((0, 0), |s| session.sources.place(s));
    let said =
        said.map(|d| format!("{} {:?}: {}", d.code.name, place(d), d.message)).collect();
    let spec = session.config.page;
    let seen = session.pages(&|| {}).iter().map(|p| Seen::of(p, &spec)).collect();
    (seen, said)
}

#[test]
fn a_long_book_has_nothing_to_send_back() {
    for (seed, chapters, least) in [(3, 34, 300), (8, 10, 80)] {
        let folder = Folder::new(&format!("long-{seed}"));
        book::write(&folder, seed, chapters);
        let (seen, said) = pages(&folder.path("."));
        assert!(seen.len() >= least, "{} pages", seen.len());
        assert_eq!(faults(&seen), [], "seed {seed}");
        assert_eq!(said, [""; 0], "seed {seed}");
        assert_eq!(check::paragraphs(&seen), book::paragraphs(&folder), "seed {seed}");
    }
}

#[test]
fn the_bundled_book_has_nothing_to_send_back() {
    let (seen, said) = pages(&common::manuscript());
    let fault =
        |f: &Fault| matches!(f, Fault::Uneven(..) | Fault::Heading(_) | Fault::Grid(_));
    let found: Vec<_> = faults(&seen).into_iter().filter(fault).collect();
    assert_eq!(found, []);
    assert_eq!(said, [""; 0]);
}

/// Each fault is seen where there is one: the same pages, spoilt.
#[test]
fn spoilt_pages_are_seen() {
    let folder = Folder::new("spoilt");
    book::write(&folder, 5, 3);
    let (seen, _) = pages(&folder.path("."));
    let spoilt = |change: &dyn Fn(&mut Vec<Seen>) -> usize| {
        let mut pages = seen.clone();
        let at = change(&mut pages);
        let found = faults(&pages);
        (found, at)
    };
    // The first line of a paragraph goes back to the page before.
    let (found, at) = spoilt(&|p| check::move_up(p, |l| l.first && !l.last));
    assert!(found.contains(&Fault::Orphan(at)), "{found:?}");
    let (found, at) = spoilt(&|p| check::move_down(p, |l| l.last && !l.first));
    assert!(found.contains(&Fault::Widow(at + 1)), "{found:?}");
    let (found, at) = spoilt(&|p| check::strand(p));
    assert!(found.contains(&Fault::Heading(at)), "{found:?}");
    let (found, at) = spoilt(&|p| check::shift(p));
    assert!(found.contains(&Fault::Grid(at)), "{found:?}");
    let (found, at) = spoilt(&|p| check::shorten(p));
    assert!(
        found.iter().any(|f| matches!(f, Fault::Uneven(n, _) if *n == at)),
        "{found:?}"
    );
}
