//! What stays in one piece, and in order.

use crate::lines_pdf::check::{Report, Rules};
use crate::lines_pdf::class::{Cell, Class};
use crate::lines_pdf::gap::{PREFIX, SUFFIX};
use crate::lines_pdf::line::solid;
use crate::lines_pdf::prose::{Paragraph, Reading};
use std::ops::Range;

/// Numbers, with the signs that belong to them, and words are not broken, but
/// for words at a hyphen.
pub(crate) fn tokens(r: &Reading, _: &Rules) -> Report {
    unbroken(r, |text| {
        let words = text.words();
        text.numbers().into_iter().map(|n| text.signed(n)).chain(words).collect()
    })
}

/// Nor is a number taken from its unit: 10 km.
pub(crate) fn units(r: &Reading, _: &Rules) -> Report {
    unbroken(r, |text| {
        text.numbers().into_iter().filter_map(|n| text.measured(n)).collect()
    })
}

/// Units after a space.
pub(crate) const UNITS: [&str; 14] =
    ["km", "cm", "mm", "nm", "m", "kg", "mg", "g", "pt", "em", "MB", "GB", "Hz", "s"];

fn unbroken(r: &Reading, tokens: impl Fn(&Text) -> Vec<Range<usize>>) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        let text = Text::new(p);
        for token in tokens(&text).into_iter().filter(|t| t.len() > 1) {
            report.measured += 1;
            let inside = |b: &&(usize, usize)| token.start < b.0 && b.0 < token.end;
            for (_, line) in text.breaks.iter().filter(inside) {
                let broken: String = text.chars[token.clone()].iter().collect();
                report.fault(&p.lines[*line], format!("{broken} is broken"));
            }
        }
    }
    report
}

/// A paragraph's text with the ends of its lines.
struct Text {
    chars: Vec<char>,
    /// for each, whether white space was typed before it
    spaced: Vec<bool>,
    /// index of the first character of each line but the first, and the line
    /// before it; not where a hyphen was drawn or a note is called
    breaks: Vec<(usize, usize)>,
}

impl Text {
    fn new(p: &Paragraph) -> Text {
        let (mut chars, mut spaced, mut blank) = (vec![], vec![], false);
        for c in p.source.text.chars() {
            if c.is_whitespace() {
                blank = true;
            } else if !solid(c.encode_utf8(&mut [0; 4])).is_empty() {
                chars.push(c);
                spaced.push(std::mem::take(&mut blank));
            }
        }
        let (mut at, mut breaks) = (0, vec![]);
        for (i, line) in p.lines.iter().enumerate() {
            at += line.text().chars().count();
            let parted =
                |c: &Cell| c.class == Class::Note || c.text().ends_with('\u{ad}');
            if !line.cells.last().is_some_and(parted) && at < chars.len() {
                breaks.push((at, i));
            }
        }
        Text { chars, spaced, breaks }
    }
    fn is(&self, i: usize, f: impl Fn(char) -> bool) -> bool {
        self.chars.get(i).is_some_and(|c| f(*c))
    }
    /// From `at`, the end of what `f` holds for, typed without a space.
    fn run(&self, at: usize, f: impl Fn(char) -> bool) -> usize {
        let mut to = at + 1;
        while self.is(to, &f) && !self.spaced[to] {
            to += 1;
        }
        to
    }
    /// Numbers with inner , and .
    fn numbers(&self) -> Vec<Range<usize>> {
        let digit = |c: char| c.is_ascii_digit();
        let (mut out, mut at) = (vec![], 0);
        while at < self.chars.len() {
            let mut to = if self.is(at, digit) { self.run(at, digit) } else { at };
            while to > at
                && self.is(to, |c| c == '.' || c == ',')
                && self.is(to + 1, digit)
            {
                to = self.run(to + 1, digit);
            }
            if to > at {
                out.push(at..to);
            }
            at = to.max(at + 1);
        }
        out
    }
    /// A number with the signs around it; between numbers or words a sign
    /// connects.
    fn signed(&self, n: Range<usize>) -> Range<usize> {
        let to = n.end + usize::from(self.is(n.end, |c| SUFFIX.contains(c)));
        let Some(before) = n.start.checked_sub(1) else { return n.start..to };
        let sign = self.is(before, |c| PREFIX.contains(c)) && !self.spaced[n.start];
        let connects = before > 0 && self.is(before - 1, |c| c.is_ascii_alphanumeric());
        if sign && !connects { before..to } else { n.start..to }
    }
    /// A number with its unit, if it has one.
    fn measured(&self, n: Range<usize>) -> Option<Range<usize>> {
        let letter = |c: char| c.is_ascii_alphabetic();
        let to = self.is(n.end, letter).then(|| self.run(n.end, letter))?;
        let word: String = self.chars[n.end..to].iter().collect();
        // What more is written on to it makes it another word: N·m.
        let more = |c: char| c == '·' || c.is_ascii_graphic() && !",.;)".contains(c);
        if self.is(to, more) && !self.spaced[to] {
            return None;
        }
        UNITS.contains(&word.as_str()).then_some(n.start..to)
    }
    fn words(&self) -> Vec<Range<usize>> {
        let letter = |c: char| c.is_ascii_alphabetic();
        let (mut out, mut at) = (vec![], 0);
        while at < self.chars.len() {
            let to = if self.is(at, letter) { self.run(at, letter) } else { at + 1 };
            if to - at > 1 {
                out.push(at..to);
            }
            at = to;
        }
        out
    }
}

/// The glyphs of a line, from left to right, are the text as written; no
/// paragraph is lost.
pub(crate) fn order(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for p in &r.paragraphs {
        let wanted: Vec<char> = solid(&p.source.text).chars().collect();
        let mut at = 0;
        for line in &p.lines {
            let got: Vec<char> = line.text().chars().collect();
            let to = (at + got.len()).min(wanted.len());
            let ok = wanted[at..to] == got[..];
            report.hold(ok, line, || format!("reads {}", got.iter().collect::<String>()));
            at = to;
        }
    }
    for text in &r.lost {
        let fault = crate::lines_pdf::check::Fault {
            page: 0,
            line: text.clone(),
            what: "is not found in the file".into(),
        };
        report.faults.push(fault);
    }
    report
}
