//! Text without Chinese is read as CommonMark reads it: the parser agrees.
//! Text with Chinese has its cases in `tests/suite/markdown/emphasis.txt`.

use crate::book::dump;
use crate::config::Limits;
use crate::diag::Sink;
use crate::source::FileId;
use pulldown_cmark::{Event, Options, Parser, TagEnd};

fn ours(text: &str) -> String {
    let mut sink = Sink::default();
    let limits = Limits { depth: 64, ..Limits::default() };
    let line = super::super::chapter::line(text, (FileId(0), 0), &limits, &mut sink);
    dump::inlines(&line)
}

fn theirs(text: &str) -> String {
    let mut out = String::new();
    // The guard that keeps a line from being a list; a word character would
    // change what the first run touches.
    let text = format!("\u{1a}{text}");
    for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
        if let Event::Start(tag) = &event {
            match tag.to_end() == TagEnd::Strong {
                true => out.push_str("{strong "),
                false if tag.to_end() == TagEnd::Emphasis => out.push_str("{emph "),
                false => {}
            }
        } else if let Event::End(TagEnd::Emphasis | TagEnd::Strong) = event {
            out.push('}');
        } else if let Event::Text(t) = event {
            out.push_str(&t);
        } else if let Event::Code(t) = event {
            out.push_str(&format!("{{code {t}}}"));
        }
    }
    out.replace('\u{1a}', "")
}

#[test]
fn latin_text_is_read_as_the_parser_reads_it() {
    // The first letter is plain, so that both sides see the same before it.
    let letters =
        ["*", "**", "_", "__", "a", "b ", " ", "\"", ".", "(", ")", "***", "`c`", "\\*"];
    let mut seed = 7u64;
    let mut next = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize
    };
    for _ in 0..20_000 {
        let len = 1 + next() % 14;
        let text: String = (0..len).map(|_| letters[next() % letters.len()]).collect();
        let text = format!("x{text}x");
        assert_eq!(ours(&text), theirs(&text), "{text}");
    }
}

#[test]
fn no_character_is_lost() {
    let letters = [
        "*", "**", "~~", "~", "^", "“", "”", "甲", "（", "）", "，", " ", "a", "_", "\\*",
    ];
    let mut seed = 11u64;
    let mut next = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize
    };
    let kept = |s: &str| s.replace(['*', '~', '^', '_', '\\', ' '], "");
    for _ in 0..20_000 {
        let len = 1 + next() % 16;
        let text: String = (0..len).map(|_| letters[next() % letters.len()]).collect();
        let mut sink = Sink::default();
        let place = (FileId(0), 0);
        let line =
            super::super::chapter::line(&text, place, &Limits::default(), &mut sink);
        assert_eq!(kept(&crate::book::text::plain(&line)), kept(&text), "{text}");
    }
}
