//! What ink and faces are held to. Every check gives what is wrong, so that it can
//! be made on spoilt lines too.

use super::ink::{CUTS, FONTS, Han, Ink, Mark};

/// What is wrong.
pub(crate) type Faults = Vec<String>;

/// How far ink may stick out of its box, and be off its middle.
const NEAR: f64 = 0.03;
/// The middle of the frame above the baseline: faces put it from −.12 to .88.
const MIDDLE: f64 = 0.38;

/// In every cut all checks find nothing, and each finds something in what is spoilt.
pub(crate) fn every(
    kept: impl Fn(Han) -> Vec<Faults>,
    spoilt: impl Fn(Han) -> Vec<Faults>,
) {
    for cut in CUTS {
        holds(&kept(cut).concat());
        for (n, faults) in spoilt(cut).iter().enumerate() {
            fails(faults, &format!("{n} of {cut:?}"));
        }
    }
}

pub(crate) fn holds(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

pub(crate) fn fails(faults: &[String], what: &str) {
    assert!(!faults.is_empty(), "a control shows no fault: {what}");
}

fn fault(ok: bool, mark: &Mark, what: &str) -> Option<String> {
    let Mark { text, at, rise, ink, .. } = mark;
    let shown =
        || format!("{text} in {} {what}: at {at:.3}, {rise:.3}, {ink:.3?}", mark.name());
    (!ok).then(shown)
}

/// The ink of a glyph that has some.
pub(crate) fn ink(m: &Mark) -> Ink {
    m.ink.unwrap_or_else(|| panic!("{} in {} has no ink", m.text, m.name()))
}

fn near(a: f64, b: f64, by: f64) -> bool {
    (a - b).abs() <= by
}

/// The ink lies between two places of the line.
pub(crate) fn within(m: &Mark, (x0, x1): (f64, f64)) -> Faults {
    let ok = ink(m).x0 >= x0 - NEAR && ink(m).x1 <= x1 + NEAR;
    fault(ok, m, &format!("is not within {x0} … {x1}")).into_iter().collect()
}

/// The ink's middle is at a place of the line.
pub(crate) fn centred(m: &Mark, x: f64) -> Faults {
    let ok = near((ink(m).x0 + ink(m).x1) / 2.0, x, NEAR);
    fault(ok, m, &format!("is not centred at {x}")).into_iter().collect()
}

/// The ink's middle is at the middle of the frame's height.
pub(crate) fn level(m: &Mark, by: f64) -> Faults {
    let ok = near((ink(m).y0 + ink(m).y1) / 2.0, MIDDLE, by);
    fault(ok, m, "is not at mid height").into_iter().collect()
}

/// The ink is at most so long.
pub(crate) fn shorter(m: &Mark, than: f64) -> Faults {
    let ok = ink(m).x1 - ink(m).x0 < than;
    fault(ok, m, &format!("is not shorter than {than:.3}")).into_iter().collect()
}

/// No ink meets that of its neighbour.
pub(crate) fn apart(line: &[Mark]) -> Faults {
    let meets =
        |m: &[Mark]| fault(ink(&m[0]).x1 <= ink(&m[1]).x0, &m[0], "meets the next");
    line.windows(2).filter_map(meets).collect()
}

/// Some glyphs are one rule at mid height that begins and ends within 1/10 em of
/// its 2 em (U-01).
pub(crate) fn rule(marks: &[Mark], from: f64) -> Faults {
    let mut out: Faults = marks.iter().flat_map(|m| level(m, 0.1)).collect();
    out.extend(marks.iter().flat_map(|m| within(m, (from, from + 2.0))));
    let mut boxes: Vec<_> = marks.iter().map(|m| (ink(m).x0, ink(m).x1)).collect();
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut end = from + 0.1;
    for (x0, x1) in boxes {
        if x0 > end {
            out.push(format!("the rule has a gap from {end:.3} to {x0:.3}"));
        }
        end = x1;
    }
    if end < from + 1.9 {
        out.push(format!("the rule ends at {end:.3}"));
    }
    out
}

/// Some glyphs are six dots in the middle of 2 em (U-02).
pub(crate) fn dots(marks: &[Mark], from: f64) -> Faults {
    let mut out: Faults = marks.iter().flat_map(|m| level(m, 0.1)).collect();
    let dots: usize = marks.iter().map(Mark::outlines).sum();
    if dots != 6 {
        out.push(format!("{dots} dots"));
    }
    let x0 = marks.iter().map(|m| ink(m).x0).fold(f64::INFINITY, f64::min);
    let x1 = marks.iter().map(|m| ink(m).x1).fold(f64::NEG_INFINITY, f64::max);
    if !near((x0 + x1) / 2.0, from + 1.0, 0.05) {
        out.push(format!("the dots are from {x0:.3} to {x1:.3}"));
    }
    out
}

/// The glyphs between the first and the last take so much of the line.
pub(crate) fn takes(line: &[Mark], em: f64) -> Faults {
    let text: String = line.iter().map(|m| m.text.as_str()).collect();
    let width = line[line.len() - 1].at - line[0].at - 1.0;
    let wrong = || format!("{text} in {}: {width:.3} and not {em}", line[1].name());
    (!near(width, em, 0.002)).then(wrong).into_iter().collect()
}

/// A typed character is drawn as another, and copied as itself (W-11).
pub(crate) fn drawn_as(m: &Mark, typed: char, other: &Mark) -> Faults {
    let ok =
        m.text == typed.to_string() && (m.face, m.glyph) == (other.face, other.glyph);
    fault(ok, m, &format!("is not {typed} drawn as {}", other.text)).into_iter().collect()
}

/// All glyphs of some characters come from a face.
pub(crate) fn from_face(line: &[Mark], of: impl Fn(char) -> bool, face: &str) -> Faults {
    let asked = |m: &&Mark| m.text.chars().any(&of);
    let found: Vec<_> = line.iter().filter(asked).collect();
    if found.is_empty() {
        return vec![format!("no glyph asked for is in {line:?}")];
    }
    let wrong = |m: &&Mark| fault(m.name() == face, m, &format!("is not from {face}"));
    found.iter().filter_map(wrong).collect()
}

/// All text stands on the baseline, Han is upright.
pub(crate) fn straight(line: &[Mark]) -> Faults {
    let han = |m: &Mark| m.text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
    let wrong = |m: &Mark| {
        let slanted = han(m) && FONTS.face(m.face).italic;
        fault(m.rise == 0.0 && !slanted, m, "is raised or slanted")
    };
    line.iter().filter_map(wrong).collect()
}

/// The places are a pitch apart.
pub(crate) fn pitched(places: &[f64], pitch: f64) -> Faults {
    let wrong = |w: &&[f64]| !near(w[1] - w[0], pitch, 0.001);
    let found = places.windows(2).filter(wrong);
    found.map(|w| format!("a line at {} after {}", w[1], w[0])).collect()
}

/// The glyphs stand as far from each other as those of another line.
pub(crate) fn as_far(line: &[Mark], other: &[Mark]) -> Faults {
    let step = |l: &[Mark]| l.windows(2).map(|w| w[1].at - w[0].at).collect::<Vec<_>>();
    let pairs = step(line).into_iter().zip(step(other));
    let wrong = pairs.filter(|(a, b)| !near(*a, *b, 0.002));
    wrong.map(|(a, b)| format!("{}: {a:.3} and not {b:.3}", line[0].text)).collect()
}
