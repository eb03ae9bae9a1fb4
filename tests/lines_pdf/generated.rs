//! Text that nobody would write: every class of character beside every other.

use crate::case::row;
use crate::check::{CHECKS, Rules};

/// Pieces of which it is made.
const PIECES: &[&str] = &[
    "天",
    "地玄黄",
    "宇宙洪荒",
    "日月盈昃辰宿列张",
    "，",
    "。",
    "、",
    "；",
    "：",
    "！",
    "？",
    "？！",
    "！！！",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "《",
    "》",
    "——",
    "……",
    "·",
    "～",
    "/",
    "Rust",
    "typesetting",
    "C++",
    "50%",
    "3.14",
    "2024",
    "年",
    "37℃",
    " ",
    "don’t",
    "か",
    "가",
    "平方米",
    "15280万元",
    "10 km",
    "①",
    "**强调**",
    "*着重*",
    "`code`",
    "H~2~O",
];

/// Numbers that are the same on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

#[test]
fn any_text_keeps_every_rule() {
    let (mut dice, mut text) = (Dice(20_241_123), String::new());
    for i in 0..300 {
        let pieces = (0..30 + i % 60).map(|_| PIECES[dice.roll(PIECES.len())]);
        text.push_str(&format!("永{}永\n\n", pieces.collect::<String>()));
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
