//! Slips of the keyboard in Chinese text that an editor would mend. They are
//! noted and never changed (clreq.md S-04).

use super::attributes;
use crate::book::{Block, BlockKind, Chapter, Inline, Text, lang, walk};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{Sources, Span};
use std::collections::BTreeSet;

/// Reports what was meant otherwise than it is printed, and notes the slips of a chapter
/// in Chinese.
pub(super) fn lint(chapter: &Chapter, lang: &str, sources: &Sources) -> Sink {
    let mut sink = Sink::default();
    printed(chapter, sources, &mut sink);
    if matches!(lang::primary(lang), "zh" | "yue") {
        slips(chapter, &mut sink);
    }
    sink
}

/// What is printed though it was meant as a sign.
fn printed(chapter: &Chapter, sources: &Sources, sink: &mut Sink) {
    jumps(&chapter.blocks, sink);
    walk::every_inline(chapter, &mut |inline| {
        if let Inline::Text(t) = inline {
            let escaped = escaped(t, sources);
            braces(t, escaped, sink);
            formulas(t, escaped, sink);
        }
    });
}

fn slips(chapter: &Chapter, sink: &mut Sink) {
    walk::blocks(&chapter.blocks, &mut |block| captions(block, sink));
    // What is in another language has marks of its own.
    let mut foreign = BTreeSet::new();
    walk::every_inline(chapter, &mut |inline| match inline {
        Inline::Lang { text, .. } => walk::inlines(text, &mut |i| {
            if let Inline::Text(t) = i {
                foreign.insert(t.span);
            }
        }),
        Inline::Text(t) if !foreign.contains(&t.span) => text_slips(t, sink),
        Inline::Text(_)
        | Inline::Emph(_)
        | Inline::Strong(_)
        | Inline::Strike(_)
        | Inline::Super(_)
        | Inline::Sub(_)
        | Inline::Marked { .. }
        | Inline::Ruby(_)
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Link { .. }
        | Inline::Picture(_)
        | Inline::Note { .. }
        | Inline::Ref(_)
        | Inline::Index(_)
        | Inline::Newline => {}
    });
}

/// Headings that leave levels out: who listens to a book looks for what is between
/// (ISO 14289-1, 7.4.2).
fn jumps(blocks: &[Block], sink: &mut Sink) {
    // The chapter's title is of level 1.
    let mut last = 1;
    walk::blocks(blocks, &mut |block| {
        let BlockKind::Heading { level, .. } = block.kind else { return };
        if level > last + 1 {
            let (marks, instead) =
                ("#".repeat(level.into()), "#".repeat((last + 1).into()));
            let message =
                format!("`{marks}` comes right after a heading of level {last}");
            let d = Diagnostic::new(code::HEADING_JUMP, message).at(block.span);
            sink.push(d.hint(format!("write `{instead}`, or a heading between")));
        }
        last = level;
    });
}

/// Attributes in braces that stand where there are none, and are printed.
fn braces(text: &Text, escaped: bool, sink: &mut Sink) {
    let from = usize::from(escaped);
    for (at, _) in text.text.match_indices('{').filter(|b| b.0 >= from) {
        let rest = &text.text[at..];
        let behind = text.text[..at].ends_with([']', ')']);
        let Some(list) = attributes::list(rest).or_else(|| {
            attributes::words(rest).filter(|list| behind && list.named.len() == 1)
        }) else {
            continue;
        };
        let message =
            format!("`{}` has no effect here and is printed", &rest[..list.len]);
        let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
        let d = d.at(place(text, at, '{'));
        sink.push(d.hint("what is known where is in the README; as text write `\\{`"));
    }
}

/// TeX between dollar signs that do not match.
fn formulas(text: &Text, escaped: bool, sink: &mut Sink) {
    let Some(at) = text.text.find('$').filter(|at| *at > 0 || !escaped) else { return };
    let command = |(i, _): (usize, &str)| {
        text.text[i + 1..].starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let tex = text.text.match_indices('\\').any(command);
    if tex || text.text.contains("$$") {
        let message = "this is no formula: its braces or its `$` do not match";
        let d = Diagnostic::new(code::UNREAD_FORMULA, message).at(place(text, at, '$'));
        sink.push(
            d.hint("close every `{`, leave no blank line inside; as text write `\\$`"),
        );
    }
}

/// Captions of figures and tables have no full stop at their end (CY/T 170-2019).
fn captions(block: &Block, sink: &mut Sink) {
    let mut captions: Vec<&[Inline]> = vec![];
    if let BlockKind::Figure(f) = &block.kind {
        captions.extend(f.panels.iter().map(|p| p.caption.as_slice()));
        captions.push(&f.caption);
    } else if let BlockKind::Table(t) = &block.kind {
        captions.push(&t.caption);
    }
    for caption in captions {
        if let Some(Inline::Text(last)) = caption.last()
            && let Some(stop) = last.text.chars().last().filter(|c| "。．".contains(*c))
        {
            let at = last.text.len() - stop.len_utf8();
            let message = format!("“{stop}” at the end of a caption");
            let d = Diagnostic::new(code::CAPTION_STOP, message);
            let hint = "captions have none; leave it out";
            sink.push(d.at(place(last, at, stop)).hint(hint));
        }
    }
}

fn text_slips(text: &Text, sink: &mut Sink) {
    let mut before = None;
    let mut chars = text.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        if let Some(instead) = slip(before, c, after) {
            let message = format!("“{c}” in Chinese text");
            let hint = format!("write “{instead}”, or leave it if it is meant");
            let span = place(text, at, c);
            sink.push(Diagnostic::new(code::MIXED_MARKS, message).at(span).hint(hint));
        }
        before = Some(c);
    }
}

/// What an editor would write for a character between two others.
fn slip(before: Option<char>, c: char, after: Option<char>) -> Option<char> {
    let (left, right) = (before.is_some_and(is_han), after.is_some_and(is_han));
    match c {
        ',' if left && right => Some('，'),
        ';' if left && right => Some('；'),
        ':' if left && right => Some('：'),
        '!' if left && (right || after.is_none()) => Some('！'),
        '?' if left && (right || after.is_none()) => Some('？'),
        '・' | '•' | '‧' if left && right => Some('·'),
        '"' if right && !left => Some('“'),
        '"' if left => Some('”'),
        // Full-width letters and digits.
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
            char::from_u32(u32::from(c) - 0xfee0)
        }
        _ => None,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a text's first character stands behind a backslash: then it is meant.
fn escaped(text: &Text, sources: &Sources) -> bool {
    let before = sources.text(text.span.file).get(..text.span.start as usize);
    before.is_some_and(|t| t.ends_with('\\'))
}

/// The character's place, where text and source are the same; else the text's.
fn place(text: &Text, at: usize, c: char) -> Span {
    if (text.span.end - text.span.start) as usize != text.text.len() {
        return text.span;
    }
    let start = text.span.start + at as u32;
    Span { start, end: start + c.len_utf8() as u32, ..text.span }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn mended(text: &str) -> String {
        let chars: Vec<_> = text.chars().collect();
        let near = |i: usize| chars.get(i).copied();
        let at = |i: usize| slip(i.checked_sub(1).and_then(near), chars[i], near(i + 1));
        (0..chars.len()).filter_map(at).collect()
    }
    #[test]
    fn slips_and_what_is_none() {
        assert_eq!(mended("天,地;玄:黄・宇?"), "，；：·？");
        assert_eq!(mended("Ａ１"), "A1");
        assert_eq!(mended("a,b 3:4 天。地，玄·黄 天 ,地"), "");
    }
}
