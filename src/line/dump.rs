//! Lines as text: one line for each, with the space that is not the natural one.

use super::compose::List;
use super::fit::{End, Fit};
use super::formula::{Outline, PathStep, Stroke, StrokeShape};
use super::item::{Item, NEVER};
use super::set::{Line, RubySide};
use crate::cjk::class::{Class, Kind};
use crate::geom::Len;
use std::fmt::Write;

/// One line of text for each line.
pub fn dump(lines: &[Line], em: Len) -> String {
    lines.iter().enumerate().map(|(n, l)| line(n, l, em)).collect()
}

/// A line as text. Between two characters stands, in hundredths of an em, how far
/// the second is from where it would stand in full frames, set solid; the
/// right-hand column says how the line was made to fit.
pub fn line(n: usize, line: &Line, em: Len) -> String {
    let mut out = format!("{:>3} |", n + 1);
    let mut expected: Option<Len> = None;
    for run in &line.runs {
        if run.side == Some(RubySide::Reading) {
            write!(out, "⟦{}@{}⟧", run.text, run.at.frac(100, em.to_sp()).to_sp()).ok();
            continue;
        }
        for g in &run.glyphs {
            let text = &run.text[g.text.0 as usize..g.text.1 as usize];
            let at = run.at + g.at();
            let from = expected.unwrap_or(Len::ZERO);
            let off = (at - from).frac(100, em.to_sp()).to_sp();
            if off != 0 && text != " " {
                write!(out, "⟨{off}⟩").ok();
            }
            out.push_str(text);
            if text != " " {
                expected = Some(at + full(text, run.size));
            }
        }
    }
    // The blank at a line's end is not seen.
    out.truncate(out.trim_end_matches(' ').len());
    let end = match line.end {
        End::Kept => "",
        End::Dropped => ", last blank dropped",
        End::Hung => ", last mark hung",
    };
    writeln!(out, "| {}{end}{}", how(line.fit, em), beside(&line.beside, em)).ok();
    out
}

/// Where dots are, and from where to where lines go, in hundredths of an em.
fn beside(strokes: &[Stroke], em: Len) -> String {
    let h = |x: Len| x.frac(100, em.to_sp()).to_sp();
    let shown = |s: &Stroke| match &s.shape {
        StrokeShape::Rule(size) => format!(", line {}–{}", h(s.at), h(s.at + size.w)),
        StrokeShape::Path(Outline { line: None, .. }) => {
            let over = if s.rise > Len::ZERO { "over " } else { "" };
            format!(", dot {over}{}", h(s.at))
        }
        StrokeShape::Path(o) => {
            let end = |step: &PathStep| match step {
                PathStep::Move(p) | PathStep::Line(p) | PathStep::Curve([.., p]) => p.x,
                PathStep::Close => Len::ZERO,
            };
            let to = o.steps.iter().map(end).max().unwrap_or_default();
            format!(", wave {}–{}", h(s.at), h(s.at + to))
        }
    };
    strokes.iter().map(shown).collect()
}

/// The full frame of what a glyph stands for; Western text has none, so what
/// follows it is measured from its end only in whole glyph runs.
fn full(text: &str, size: Len) -> Len {
    let frames: i64 = text.chars().map(frame).sum();
    size.frac(frames, 2)
}

fn frame(c: char) -> i64 {
    match Kind::of(c) {
        Kind::Is(
            Class::Han | Class::Small | Class::Repeat | Class::Hangul | Class::Stack,
        ) => 2,
        Kind::Western | Kind::Narrow(_) => 1,
        Kind::Mark
        | Kind::Space
        | Kind::Glue
        | Kind::MayBreak
        | Kind::MayNot
        | Kind::SoftHyphen => 0,
        Kind::Is(_)
        | Kind::Quote(_)
        | Kind::Dash
        | Kind::Dots
        | Kind::Middle
        | Kind::Ideographic => 2,
    }
}

/// The items of a paragraph, one a line: what the breaker sees.
pub fn items(list: &List, text: &str) -> String {
    let mut out = String::new();
    let h = |x: Len| x.frac(100, list.em.to_sp()).to_sp();
    for item in &list.items {
        match item {
            Item::Box { width, piece, .. } => {
                let piece = piece.map(|i| &list.pieces[i as usize]);
                let text = piece.map_or("", |p| &text[p.range.clone()]);
                writeln!(out, "box {} {text}", h(*width)).ok();
            }
            Item::Glue(g) => {
                let (w, s, t) = (h(g.width), h(g.shrink), g.tier);
                writeln!(
                    out,
                    "  glue {w} shrink {s} tier {t} {:?} {}",
                    g.kind,
                    h(g.stretch)
                )
                .ok();
            }
            Item::Penalty { cost: NEVER, .. } => {
                out.push_str("  penalty never\n");
            }
            Item::Penalty { cost, edge, .. } => {
                writeln!(out, "  penalty {cost} width {}", h(edge.width)).ok();
            }
            Item::Forced(_) => out.push_str("  forced\n"),
        }
    }
    out
}

/// How a line was made to fit, amounts in hundredths of an em.
pub fn how(fit: Option<Fit>, em: Len) -> String {
    let h = |x: Len| x.frac(100, em.to_sp()).to_sp();
    match fit {
        None => String::new(),
        Some(Fit::Natural(rest)) => format!("natural rest {}", h(rest)),
        Some(Fit::Squeeze { tier, by, of }) => {
            format!("squeeze tier {tier} by {} of {}", h(by), h(of))
        }
        Some(Fit::Stretch { word, han_latin, any }) => {
            format!("stretch {} {} {}", h(word), h(han_latin), h(any))
        }
        Some(Fit::Overfull(by)) => format!("overfull by {}", h(by)),
    }
}
