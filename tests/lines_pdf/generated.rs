//! Text that nobody would write: every class of character beside every other.

use crate::common::dice::{Dice, PIECES};
use crate::lines_pdf::case::row;
use crate::lines_pdf::check::{CHECKS, Rules};

/// What only a manuscript has, beside the pieces of all text.
const MARKED: &[&str] =
    &["平方米", "15280万元", "10 km", "**强调**", "*着重*", "`code`", "H~2~O"];
/// What is not read as text in a manuscript, or stands in no line of a book.
const LEFT_OUT: &[&str] = &["\u{3000}", "—", "…", "-", "x", "a\u{301}"];

#[test]
fn any_text_keeps_every_rule() {
    let usual = PIECES.iter().filter(|p| !LEFT_OUT.contains(p) && !p.contains("//"));
    let pieces: Vec<&str> = usual.chain(MARKED).copied().collect();
    let (mut dice, mut text) = (Dice(20_241_123), String::new());
    for i in 0..300 {
        text.push_str(&format!("永{}永\n\n", dice.text(&pieces, 30 + i % 60)));
    }
    let text: &'static str = text.leak();
    let mut wrong = vec![];
    for page in ["chars = 22", "chars = 28"] {
        let case = row(page, "", text, Rules::USUAL, &[]);
        let reading = case.reading(&page.replace(' ', ""));
        for check in CHECKS {
            let measured = (check.run)(&reading, &Rules::USUAL).measured;
            assert!(measured > 99 || check.name == "units", "{}", check.name);
        }
        wrong.extend(case.wrong(&reading));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
