//! What must hold of every paragraph, whatever is in it: no character is lost
//! or moved, no line is too long without a word about it, no line begins or ends
//! with what the rules forbid.

use keben::cjk::rules::{Adjacent, Breaking, Hanging, LineEnd, Width};
use keben::cjk::{Level, Region, Rules};
use keben::diag::Sink;
use keben::font::shape::Shaper;
use keben::font::{FontBytes, FontSet};
use keben::geom::Len;
use keben::line::{self, Fault, Line, Paragraph, Shape};
use keben::theme;

use crate::common::dice::{Dice, PIECES};

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

/// The tests' font, in which Han is 1 em and Latin ½ em.
fn fonts() -> FontSet {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font")
}

/// Sets a text in 10.5 pt; gives its lines and what went wrong.
fn set(
    text: &str,
    shape: Shape,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
) -> (Vec<Line>, Vec<Fault>) {
    let style = theme::named("default", &mut Sink::default()).body.style(EM);
    let mut faults = vec![];
    let p = Paragraph::plain(text, style);
    (line::lay(&p, shape, rules, shaper, &mut faults), faults)
}

const EM: Len = Len::milli_pt(10_500);

/// Whether a line was said to be too long, or to break a rule.
fn named(faults: &[Fault]) -> bool {
    faults.iter().any(|f| matches!(f, Fault::Overfull(_) | Fault::Emergency(_)))
}

#[test]
fn every_paragraph_keeps_its_text_and_the_rules() {
    let fonts = fonts();
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    let (mut dice, mut lines_seen) = (Dice(20_240_901), 0);
    for round in 0..400 {
        let text = dice.text(PIECES, 5 + round % 80);
        let shape = shape(round);
        let (lines, faults) = set(&text, shape, &Rules::default(), &mut shaper);
        lines_seen += lines.len();
        whole(&text, &lines, &faults, shape, Len::ZERO);
        if named(&faults) {
            continue;
        }
        for (i, line) in lines.iter().enumerate() {
            let shown = shown(line);
            let (first, last) = (shown.chars().next(), shown.chars().last());
            let bad = i > 0 && first.is_some_and(|c| NO_START.contains(c));
            assert!(!bad, "line {} of {text} begins with {first:?}", i + 1);
            let end = i + 1 < lines.len();
            let bad = end && last.is_some_and(|c| NO_END.contains(c));
            assert!(!bad, "line {} of {text} ends with {last:?}", i + 1);
        }
    }
    assert!(lines_seen > 1000, "the check saw {lines_seen} lines");
}

fn shape(round: usize) -> Shape {
    let measure = EM * [6, 11, 20, 28][round % 4];
    Shape {
        measure,
        indent: EM * 2,
        justify: !round.is_multiple_of(5),
        ..Shape::default()
    }
}

/// No character is lost, and no line is too long without a word about it.
fn whole(text: &str, lines: &[Line], faults: &[Fault], shape: Shape, hang: Len) {
    let hyphens = |s: &str| solid(s).replace(['-', '\u{ad}'], "");
    assert_eq!(hyphens(&text_of(lines)), hyphens(text), "{text}");
    let fits = |l: &Line| l.width <= shape.measure + hang;
    assert!(lines.iter().all(fits) || named(faults), "too long in silence: {text}");
}

/// Every choice that a book has, one after the other.
fn choices() -> Vec<Rules> {
    let cn = || Rules::of(Region::Cn);
    let regions = [Region::Tw, Region::Hk, Region::Ja, Region::Ko].map(Rules::of);
    let mut out = regions.to_vec();
    out.push(Rules { level: Level::None, ..cn() });
    out.push(Rules { level: Level::Strict, width: Width::Kaiming, ..cn() });
    out.push(Rules { width: Width::Half, adjacent: Adjacent::Tight, ..cn() });
    out.push(Rules { line_end: LineEnd::Auto, hanging: Hanging::All, ..cn() });
    out.push(Rules { line_end: LineEnd::Full, trim_start: false, ..cn() });
    out.push(Rules { breaking: Breaking::GreedyLiteral, ..cn() });
    out.push(Rules { grid: true, ..Rules::of(Region::Tw) });
    out
}

#[test]
fn every_choice_keeps_the_text() {
    let fonts = fonts();
    let mut dice = Dice(20_261_123);
    for rules in choices() {
        let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
        for round in 0..80 {
            let text = dice.text(PIECES, 5 + round % 60);
            let shape = shape(round);
            let (lines, faults) = set(&text, shape, &rules, &mut shaper);
            let hang = if rules.hanging == Hanging::Off { Len::ZERO } else { EM };
            whole(&text, &lines, &faults, shape, hang);
        }
    }
}

/// What the lines say, set again at the width that they have, gives the same
/// lines. Only text whose classes do not depend on what is lost at a line's end.
#[test]
fn lines_set_again_are_the_same() {
    const PLAIN: &[&str] =
        &["天", "地玄黄", "，", "。", "、", "；", "（", "）", "《", "》", "Rust", "50%"];
    let fonts = fonts();
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    let (mut dice, mut again) = (Dice(7), 0);
    for round in 0..200 {
        let text = dice.text(PLAIN, 1 + round % 60);
        let shape = Shape { indent: Len::ZERO, ..shape(round) };
        let rules = Rules::default();
        let (lines, faults) = set(&text, shape, &rules, &mut shaper);
        if named(&faults) {
            continue;
        }
        let measure = lines.iter().map(|l| l.width).max().unwrap_or(shape.measure);
        let text: String = lines.iter().map(shown).collect();
        let own = Shape { measure, ..shape };
        let (second, _) = set(&text, own, &rules, &mut shaper);
        assert_eq!(
            lines.iter().map(shown).collect::<Vec<_>>(),
            second.iter().map(shown).collect::<Vec<_>>(),
        );
        again += lines.len();
    }
    assert!(again > 500, "the check saw {again} lines");
}
