//! Lines of Chinese as they stand in the finished PDF, measured glyph by glyph:
//! each check holds them to rows of the project's list of requirements (clreq),
//! says how many places it looked at, and has a negative control.

mod breaks;
mod case;
mod check;
mod class;
mod control;
mod corners;
mod edges;
mod eye;
mod gap;
mod generated;
mod ink;
mod line;
mod prose;
mod spacing;
mod spoil;
mod words;

use crate::common::{Folder, manuscript};
use case::{CASES, DENSE};
use check::{CHECKS, Rules};
use keben::book::{Block, BlockKind, Inline, Text};
use keben::page::Draw;
use keben::session::Session;
use line::{lines, solid};
use prose::Reading;
use std::sync::LazyLock;

/// The bundled book, built and read once.
static BOOK: LazyLock<Reading> = LazyLock::new(|| {
    let f = Folder::new("lines-book");
    case::read(&f, &manuscript(), "shanhe-wanli-screen.pdf")
});

/// How many places each check looks at in the bundled book, at the least: about
/// three in four of today's. A check that sees nothing holds nothing.
const PLACES: &[(&str, usize)] = &[
    ("prohibition", 300),
    ("whole", 4),
    ("tokens", 90),
    ("units", 2),
    ("order", 280),
    ("start", 280),
    ("end", 280),
    ("solid", 4200),
    ("marks", 1100),
    ("adjacent", 40),
    ("han-latin", 120),
    ("tiers", 280),
    ("dashes", 3),
    ("ellipses", 1),
    ("upright", 9000),
];

#[test]
fn the_book_keeps_every_rule() {
    let mut wrong = vec![];
    for check in CHECKS {
        let report = (check.run)(&BOOK, &Rules::USUAL);
        let least = PLACES.iter().find(|p| p.0 == check.name).expect("a row").1;
        eprintln!("{:12} {:6} places", check.name, report.measured);
        assert!(report.measured >= least, "{} saw {}", check.name, report.measured);
        let name = format!("{} [{}]", check.name, check.rows);
        wrong.extend(report.faults.iter().map(|f| format!("{name} {f}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn small_books_keep_their_settings() {
    let mut wrong = vec![];
    for (i, case) in CASES.iter().enumerate() {
        let reading = case.reading(&format!("case-{i}"));
        wrong.extend(case.wrong(&reading));
        for check in CHECKS.iter().filter(|c| case.text == DENSE && c.name != "units") {
            let measured = (check.run)(&reading, &case.rules).measured;
            assert!(measured > 4, "{}: {} saw {measured}", case.page, check.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_show_what_they_say_in_order() {
    let mut session = Session::open(&manuscript()).expect("the bundled book");
    let (mut seen, pages) = (0, session.pages(&|| {}));
    assert_eq!(pages.len(), BOOK.pages.len());
    for (ours, page) in pages.iter().zip(&BOOK.pages) {
        let runs = ours.draws().filter_map(|d| match d {
            Draw::Text(run) => Some(run.text.as_str()),
            Draw::Rule { .. }
            | Draw::Image { .. }
            | Draw::Turned(_)
            | Draw::Path { .. } => None,
        });
        let glyphs = page.glyphs.iter().filter(|g| !g.in_form);
        let drawn = solid(&glyphs.map(|g| g.text.as_str()).collect::<String>());
        assert_eq!(drawn, solid(&runs.collect::<String>()), "page {}", page.number);
        for line in lines(page) {
            let shown = solid(&line.shown());
            assert!(drawn.contains(&shown), "page {}: {shown} in {drawn}", page.number);
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen} lines");
}

#[test]
fn a_paragraph_that_is_not_printed_is_missed() {
    let mut book = Session::open(&manuscript()).expect("the bundled book").book;
    let text =
        Text { text: "没有印出来的一段。".into(), span: Default::default() };
    let kind = BlockKind::Paragraph(vec![Inline::Text(text)]);
    let block = Block { kind, span: Default::default() };
    book.chapters[0].blocks.push(block);
    let f = Folder::new("lines-lost");
    let mut reading = case::read(&f, &manuscript(), "shanhe-wanli-screen.pdf");
    assert!(reading.lost.is_empty());
    reading = Reading::new(&f.read("shanhe-wanli-screen.pdf"), &book);
    assert_eq!(reading.lost, ["没有印出来的一段。"]);
    let order = CHECKS.iter().find(|c| c.name == "order").expect("the check");
    assert_eq!((order.run)(&reading, &Rules::USUAL).faults.len(), 1);
}
