//! Readings: `{漢字|かんじ}` for a word, `{漢字|かん|じ}` for each of its characters,
//! `{北|ㄅㄟˇ}`. In a table, where `|` ends a cell, `｜` stands for it.
//!
//! What is read are letters, among them Han, kana or hangul; a reading has letters and
//! what parts syllables. Any other brace is text: `{x | x > 0}` and `{a|b}` stay.

use super::chapter::Reader;
use super::chars::{self, Kind};
use super::token::{Token, Wrap};
use crate::book::{Inline, Ruby, Text};
use crate::diag::{Diagnostic, code};
use std::ops::Range;

/// Longest of them, in bytes: a line must hold it. The bound keeps hostile text from
/// quadratic time, too.
const LONGEST: usize = 240;

/// Puts readings in the place of braces.
pub(super) fn rubies(tokens: Vec<Token>, reader: &mut Reader) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    // In code braces are braces.
    let mut code = 0usize;
    for token in tokens {
        match token {
            Token::Source(range) if code == 0 => source(range, reader, &mut out),
            Token::Tag { wrap: Wrap::Code, open, .. } => {
                code = if open { code + 1 } else { code.saturating_sub(1) };
                out.push(token);
            }
            Token::Source(_)
            | Token::Literal(..)
            | Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::Soft(_)
            | Token::Tag { .. }
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd
            | Token::LinkStart(..)
            | Token::LinkEnd => out.push(token),
        }
    }
    out
}

fn source(range: Range<usize>, reader: &mut Reader, out: &mut Vec<Token>) {
    let text = reader.script.slice(range.clone());
    let (mut done, mut from) = (0, 0);
    while let Some(open) = text[from..].find('{').map(|i| from + i) {
        from = open + 1;
        let Some((parts, end)) = parts(text, open) else { continue };
        let at = |r: &Range<usize>| range.start + r.start..range.start + r.end;
        let Some(found) = readings(text, &parts) else {
            let place = range.start + open..range.start + end;
            mismatch(text, &parts, place, reader);
            continue;
        };
        if done < open {
            out.push(Token::Source(range.start + done..range.start + open));
        }
        let written = |r: &Range<usize>| Text {
            text: text[r.clone()].to_string(),
            span: reader.script.span(at(r)),
        };
        out.extend(found.iter().map(|(base, reading)| {
            let base = written(base);
            Token::Atom(match reading.is_empty() {
                true => Inline::Text(base),
                false => Inline::Ruby(Ruby { base, reading: written(reading) }),
            })
        }));
        (done, from) = (end, end);
    }
    if done < text.len() {
        out.push(Token::Source(range.start + done..range.end));
    }
}

/// What stands between the braces that open at a place, cut at the bars: what is read
/// and its readings; and where they end. `None` where that is something else.
fn parts(text: &str, open: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let inside = &text[open + 1..];
    let near = &inside[..inside.floor_char_boundary(LONGEST)];
    let near = &near[..near.find(['}', '{'])?];
    inside[near.len()..].strip_prefix('}')?;
    let mut out = vec![];
    let mut start = open + 1;
    for part in near.split(['|', '｜']) {
        let lead = part.len() - part.trim_start().len();
        out.push(start + lead..start + lead + part.trim().len());
        let end = start + part.len();
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    let (base, readings) = out.split_first()?;
    let base = &text[base.clone()];
    let wide = |c: char| matches!(chars::kind(c), Kind::Han | Kind::Hangul);
    let letters = base.chars().all(|c| c.is_alphanumeric() || wide(c) || follows(c));
    let some = readings.iter().any(|r| !r.is_empty());
    let read = readings.iter().all(|r| text[r.clone()].chars().all(is_read));
    let end = open + 1 + near.len() + 1;
    (letters && base.chars().any(wide) && some && read).then_some((out, end))
}

/// Whether a reading may hold a character.
fn is_read(c: char) -> bool {
    c.is_alphanumeric() || follows(c) || " \u{3000}ˉˊˇˋ˙・·-‐'’".contains(c)
}

/// Whether a character belongs to the one before: a combining mark or a selector.
fn follows(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x3099..=0x309a | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef)
}

/// Stretches that are read, each with its reading: the whole, or each character where
/// there are as many readings. `None` where the numbers differ.
fn readings(
    text: &str,
    parts: &[Range<usize>],
) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let (base, readings) = parts.split_first()?;
    if let [whole] = readings {
        return Some(vec![(base.clone(), whole.clone())]);
    }
    let characters = characters(&text[base.clone()], base.start);
    (characters.len() == readings.len())
        .then(|| characters.into_iter().zip(readings.iter().cloned()).collect())
}

/// The characters of a text that begins at a place, with what belongs to each.
fn characters(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    for (i, c) in text.char_indices() {
        let (from, to) = (start + i, start + i + c.len_utf8());
        match out.last_mut().filter(|_| follows(c)) {
            Some(last) => last.end = to,
            None => out.push(from..to),
        }
    }
    out
}

fn mismatch(text: &str, parts: &[Range<usize>], at: Range<usize>, reader: &mut Reader) {
    let Some((base, readings)) = parts.split_first() else { return };
    let n = characters(&text[base.clone()], base.start).len();
    let message = match n {
        1 => format!("one character has {} readings here", readings.len()),
        _ => format!("{n} characters have {} readings here", readings.len()),
    };
    let d = Diagnostic::new(code::READING_COUNT, message).at(reader.script.span(at));
    reader.sink.push(d.hint(
        "write one reading for the word, or one for each character; as text write `\\{`",
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<Vec<(&str, &str)>> {
        let found = readings(text, &parts(text, text.find('{')?)?.0)?;
        Some(found.into_iter().map(|(a, b)| (&text[a], &text[b])).collect())
    }
    #[test]
    fn words_and_characters() {
        assert_eq!(cut("在{漢字|かんじ}里"), Some(vec![("漢字", "かんじ")]));
        assert_eq!(cut("{漢字|かん|じ}"), Some(vec![("漢", "かん"), ("字", "じ")]));
        assert_eq!(cut("{北京｜Běi jīng}"), Some(vec![("北京", "Běi jīng")]));
        assert_eq!(cut("{北|ㄅㄟˇ}"), Some(vec![("北", "ㄅㄟˇ")]));
        let kept = vec![("思", "おも"), ("い", ""), ("出", "で")];
        assert_eq!(cut("{思い出|おも||で}"), Some(kept));
        let selected = vec![("葛\u{e0100}", "かつ"), ("城", "らぎ")];
        assert_eq!(cut("{葛\u{e0100}城|かつ|らぎ}"), Some(selected));
    }
    #[test]
    fn braces_that_hold_no_reading() {
        let none = [
            "{a|b}",
            "{漢字}",
            "{|かんじ}",
            "{漢字|}",
            "{漢字||}",
            "{集合|x>0}",
            "{漢字|かんじ",
            "{漢字|か{ん}",
            "{lang=de}",
            "{index=\"唐寅|画家\"}",
            "{漢字|かん|じ|よ}",
            "{甲，乙|丙}",
            "{甲|乙，丙}",
            "{漢\n字|かんじ}",
        ];
        for text in none {
            assert_eq!(cut(text), None, "{text}");
        }
        assert_eq!(cut(&format!("{{{}|か}}", "漢".repeat(LONGEST))), None);
    }
}
