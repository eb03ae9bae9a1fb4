//! What must hold of every paragraph, whatever is in it: no character is lost
//! or moved, no line is too long without a word about it, no line begins or ends
//! with what the rules forbid.

use keben::cjk::Rules;
use keben::diag::Sink;
use keben::font::shape::Shaper;
use keben::font::{FontBytes, FontSet};
use keben::geom::Len;
use keben::line::{self, Fault, Line, Paragraph, Shape};
use keben::theme;

/// Pieces from which text is made: every class of character, and what joins.
const PIECES: &[&str] = &[
    "天",
    "地玄黄",
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
    "—",
    "……",
    "…",
    "·",
    "～",
    "/",
    "-",
    "Rust",
    "typesetting",
    "C++",
    "50%",
    "3.14",
    "2024",
    "年",
    "37℃",
    " ",
    " ",
    "\u{3000}",
    "\u{a0}",
    "don’t",
    "a\u{301}",
    "https://example.org/a/b",
    "①",
    "x",
    "か",
    "가",
];

/// A small generator that gives the same numbers on every machine (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
    fn text(&mut self, pieces: usize) -> String {
        (0..pieces).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

fn text_of(lines: &[Line]) -> String {
    lines.iter().flat_map(|l| &l.runs).map(|r| r.text.as_str()).collect()
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn shown(line: &Line) -> String {
    solid(&line.runs.iter().map(|r| r.text.as_str()).collect::<String>())
}

/// Marks that begin no line at the level of GB/T 15834, and those that end none.
const NO_START: &str = "，。、；：！？”’）》·～";
const NO_END: &str = "“‘（《";

#[test]
fn every_paragraph_keeps_its_text_and_the_rules() {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    let fonts = FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font");
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    let em = Len::milli_pt(10_500);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let (mut dice, mut lines_seen) = (Dice(20_240_901), 0);
    for round in 0..400 {
        let text = dice.text(5 + round % 80);
        let chars = [6, 11, 20, 28][round % 4];
        let shape =
            Shape { measure: em * chars, indent: em * 2, justify: round % 5 != 0 };
        let p = Paragraph::plain(&text, style);
        let mut faults = vec![];
        let lines = line::lay(&p, shape, &Rules::default(), &mut shaper, &mut faults);
        lines_seen += lines.len();
        let hyphens = |s: &str| solid(s).replace(['-', '\u{ad}'], "");
        assert_eq!(hyphens(&text_of(&lines)), hyphens(&text), "{text}");
        let overfull =
            faults.iter().any(|f| matches!(f, Fault::Overfull(_) | Fault::Emergency(_)));
        for (i, line) in lines.iter().enumerate() {
            assert!(
                line.width <= shape.measure || overfull,
                "too long in silence: {text}"
            );
            let shown = shown(line);
            let (first, last) = (shown.chars().next(), shown.chars().last());
            if i > 0 && !overfull {
                let bad = first.is_some_and(|c| NO_START.contains(c));
                assert!(!bad, "line {} of {text} begins with {first:?}", i + 1);
            }
            if i + 1 < lines.len() && !overfull {
                let bad = last.is_some_and(|c| NO_END.contains(c));
                assert!(!bad, "line {} of {text} ends with {last:?}", i + 1);
            }
        }
    }
    assert!(lines_seen > 1000, "the check saw {lines_seen} lines");
}
