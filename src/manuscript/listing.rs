//! Code blocks: what stands after their fence, and their captions.
//!
//! CommonMark leaves the line after a fence to each tool, and authors bring the
//! habits of several: `rust,ignore` of mdBook, `{.rust .numberLines startFrom=10}`
//! of Pandoc, `hl_lines="2 4-6"` of MkDocs and Zola, `{2,4-6}` of site generators.
//! All are words between blanks, commas and braces; a table says what each means.

use super::blocks::Builder;
use crate::book::{BlockKind, Listing};
use crate::diag::{Diagnostic, code};
use std::ops::{Range, RangeInclusive};

/// Words that a listing's caption begins with.
const CAPTIONS: [&str; 6] =
    ["代码：", "代码:", "Listing:", "listing:", "程式碼：", "程式碼:"];

/// What the words in an info string ask for, in small letters, without `-` and `_`.
const NUMBERED: [&str; 7] = [
    "numbers",
    "numbered",
    "numberlines",
    "linenumbers",
    "linenos",
    "linenums",
    "showlinenumbers",
];
const FIRST: [&str; 3] = ["startfrom", "linenostart", "start"];
const MARKED: [&str; 3] = ["hllines", "highlight", "mark"];

/// What stands after a fence.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Info {
    lang: Option<String>,
    id: Option<String>,
    first: Option<u32>,
    marked: Vec<RangeInclusive<u32>>,
    /// what means nothing, of what stands in braces
    unknown: Vec<String>,
}

impl Builder<'_, '_, '_> {
    /// A code block, with the paragraph before it, if that is its caption.
    pub(super) fn listing(&mut self, info: Info, text: &str, range: Range<usize>) {
        let line = self.reader.script.slice(range.clone());
        let line = range.start..range.start + line.find('\n').unwrap_or(line.len());
        for word in &info.unknown {
            let message = format!("`{word}` says nothing here");
            let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
            let d = d.at(self.reader.script.span(line.clone()));
            let hint = "known are `numbers`, `startFrom=10` and `hl_lines=\"2,4-6\"`";
            self.reader.sink.push(d.hint(hint));
        }
        let text = text.strip_suffix('\n').unwrap_or(text);
        let mut listing = Listing::new(info.lang.as_deref(), text);
        let mut caption = self.take_caption(&CAPTIONS);
        let id = self.layout_behind(&mut caption, &[]).id.unwrap_or_default();
        listing.caption = caption;
        listing.id = info.id.filter(|_| id.is_empty()).unwrap_or(id);
        listing.first = info.first;
        listing.mark(info.marked);
        self.push(BlockKind::Code(listing), range);
    }
}

/// Reads what stands after a fence.
pub(super) fn info(text: &str) -> Info {
    let mut out = Info::default();
    let mut start = None;
    for (i, (word, inside)) in words(text).into_iter().enumerate() {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(bare(value))),
            None => (word, None),
        };
        let name = name.strip_prefix('.').unwrap_or(name);
        let key = name.to_lowercase().replace(['-', '_'], "");
        let number = value.and_then(|v| v.parse().ok());
        if i == 0 && !inside {
            out.lang = Some(word.to_string());
        } else if NUMBERED.contains(&&*key) {
            let off = matches!(value, Some("false" | "off" | "no" | "0"));
            out.first = (!off).then(|| number.unwrap_or(1));
        } else if FIRST.contains(&&*key) && number.is_some() {
            start = number;
        } else if MARKED.contains(&&*key) && value.and_then(lines).is_some() {
            out.marked.extend(value.and_then(lines).unwrap_or_default());
        } else if let Some(more) =
            lines(word).filter(|_| inside || !out.marked.is_empty())
        {
            out.marked.extend(more);
        } else if let Some(id) = word.strip_prefix('#').filter(|id| inside && is_name(id))
        {
            out.id.get_or_insert_with(|| id.to_string());
        } else if inside && out.lang.is_none() && value.is_none() && is_name(name) {
            out.lang = Some(name.to_string());
        } else if inside {
            out.unknown.push(word.to_string());
        }
    }
    // The first number alone numbers nothing: Pandoc ignores it, too.
    if let Some(first) = &mut out.first {
        *first = start.unwrap_or(*first);
    }
    out
}

/// The words, and whether they stand in braces.
fn words(text: &str) -> Vec<(&str, bool)> {
    let mut out = vec![];
    let (mut start, mut inside, mut until, mut before) = (0, false, None, ' ');
    for (i, c) in text.char_indices() {
        match (until, c) {
            (Some(end), c) => until = Some(end).filter(|end| *end != c),
            (None, '"' | '\'') if before == '=' => until = Some(c),
            (None, '[') if before == '=' => until = Some(']'),
            (None, ' ' | '\t' | ',' | '{' | '}') => {
                out.push((&text[start..i], inside));
                start = i + 1;
                inside = c == '{' || inside && c != '}';
            }
            (None, _) => {}
        }
        before = c;
    }
    out.push((&text[start..], inside));
    out.retain(|w| !w.0.is_empty());
    out
}

/// A value without its quotes or brackets.
fn bare(value: &str) -> &str {
    value.trim_matches(['"', '\'', '[', ']'])
}

/// `2`, `4-6`, or several with blanks, commas or quotes between.
fn lines(text: &str) -> Option<Vec<RangeInclusive<u32>>> {
    let parts = text.split([' ', ',', '"', '\'']).filter(|p| !p.is_empty());
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to).then_some(from..=to)
    };
    let out: Option<Vec<_>> = parts.map(range).collect();
    out.filter(|o| !o.is_empty())
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_of_several_tools() {
        let read = |text: &str| {
            let i = info(text);
            let marked: Vec<_> =
                i.marked.iter().map(|r| format!("{}-{}", r.start(), r.end())).collect();
            let first = i.first.map_or("-".into(), |n| n.to_string());
            format!("{} {first} {}", i.lang.as_deref().unwrap_or("-"), marked.join(" "))
        };
        for (text, want) in [
            ("", "- - "),
            ("rust", "rust - "),
            ("rust,ignore", "rust - "),
            ("rust {numbers}", "rust 1 "),
            ("rust {.numberLines startFrom=\"10\"}", "rust 10 "),
            ("{.haskell .numberLines}", "haskell 1 "),
            ("{python}", "python - "),
            ("rust,linenos,linenostart=20,hl_lines=3 6-8 10", "rust 20 3-3 6-8 10-10"),
            ("py linenums=\"5\" hl_lines=\"2,4-6\"", "py 5 2-2 4-6"),
            (
                "go {linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}",
                "go 199 8-8 15-17",
            ),
            ("js{1,4-6} showLineNumbers", "js 1 1-1 4-6"),
            ("c {startFrom=3}", "c - "),
            ("c linenos=false", "c - "),
            ("numbers", "numbers - "),
            ("c 1-2 3", "c - "),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
    #[test]
    fn what_means_nothing_is_said_only_of_braces() {
        assert_eq!(info("rust should_panic x=y").unknown, [""; 0]);
        let bad = "rust {#id #1 a=b numbers hl_lines=x hl_lines=6-4 startFrom=x .z}";
        let unknown = ["#1", "a=b", "hl_lines=x", "hl_lines=6-4", "startFrom=x", ".z"];
        assert_eq!(info(bad).unknown, unknown);
    }
}
