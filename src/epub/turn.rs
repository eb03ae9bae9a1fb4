//! A style sheet for horizontal lines, turned for vertical ones: what was said of left and
//! top is said of where lines and paragraphs begin (CSS Logical Properties 1).
//!
//! Declarations are rewritten where they stand; comments, strings and what is not known
//! stay as they are.

use std::borrow::Cow;

/// What vertical lines need besides.
const VERTICAL: &str = include_str!("vertical.css");

const TOLD: &str =
    "/* stylelint-disable no-descending-specificity, no-duplicate-selectors */\n";

/// The sheet for lines from top to bottom, columns from right to left.
pub(super) fn vertical(css: &str) -> String {
    // A linter is told once that later rules go over earlier ones.
    let told = css.contains("stylelint-disable no-");
    let tell = if told { "" } else { TOLD };
    format!("{}\n{tell}{VERTICAL}", turned(css))
}

/// The sheet with its sides turned.
fn turned(css: &str) -> String {
    let mut out = String::with_capacity(css.len() + css.len() / 8);
    let mut from = 0;
    for (at, mark) in marks(css) {
        let part = &css[from..at];
        out += &match mark {
            // Before a brace stands a selector.
            b'{' => Cow::Borrowed(part),
            _ => declaration(part),
        };
        out.push(char::from(mark));
        from = at + 1;
    }
    out + &css[from..]
}

/// Where declarations end: braces and semicolons that are in no comment, no string and
/// no bracket.
fn marks(css: &str) -> Vec<(usize, u8)> {
    let (mut out, bytes) = (vec![], css.as_bytes());
    let (mut i, mut depth) = (0, 0usize);
    while i < bytes.len() {
        match bytes[i] {
            b'/' if bytes[i..].starts_with(b"/*") => {
                let end = css[i + 2..].find("*/");
                i = end.map_or(bytes.len(), |n| i + 2 + n + 2);
                continue;
            }
            quote @ (b'"' | b'\'') => {
                i = string_end(bytes, i + 1, quote);
                continue;
            }
            b'\\' => i += 1,
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            mark @ (b'{' | b'}' | b';') if depth == 0 => out.push((i, mark)),
            _ => {}
        }
        i += 1;
    }
    out
}

fn string_end(bytes: &[u8], mut i: usize, quote: u8) -> usize {
    while i < bytes.len() && bytes[i] != quote && bytes[i] != b'\n' {
        i += if bytes[i] == b'\\' { 2 } else { 1 };
    }
    i + 1
}

/// A declaration with what stands before it.
fn declaration(part: &str) -> Cow<'_, str> {
    let body = part.rfind("*/").map_or(0, |i| i + 2);
    let lead = body + (part[body..].len() - part[body..].trim_start().len());
    let Some((name, value)) = part[lead..].split_once(':') else {
        return Cow::Borrowed(part);
    };
    let name = name.trim().to_ascii_lowercase();
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    // Custom properties and what holds strings mean what they say.
    if !plain || name.starts_with("--") || value.contains(['"', '\'', '/', '\\']) {
        return Cow::Borrowed(part);
    }
    let (value, tail) = value.split_at(value.trim_end().len());
    let said = value.trim();
    let (said, urgent) = match said.strip_suffix("!important") {
        Some(rest) => (rest.trim_end(), " !important"),
        None => (said, ""),
    };
    let value = units(said) + urgent;
    let lead = &part[..lead];
    match name.as_str() {
        "margin" | "padding" => {
            Cow::Owned(sides(&name, &units(said), urgent, lead, tail))
        }
        _ => Cow::Owned(format!("{lead}{}: {value}{tail}", property(&name))),
    }
}

/// The value of four sides as those of two axes.
fn sides(name: &str, value: &str, urgent: &str, lead: &str, tail: &str) -> String {
    let parts: Vec<_> = value.split_whitespace().collect();
    let (block, inline) = match parts.as_slice() {
        [a, b] => (a.to_string(), b.to_string()),
        [a, b, c] => (format!("{a} {c}"), b.to_string()),
        [a, b, c, d] => (format!("{a} {c}"), format!("{d} {b}")),
        _ => return format!("{lead}{name}: {value}{urgent}{tail}"),
    };
    format!("{lead}{name}-block: {block}{urgent}; {name}-inline: {inline}{urgent}{tail}")
}

/// The logical name of a property.
fn property(name: &str) -> String {
    let sizes = [("width", "inline-size"), ("height", "block-size")];
    for (said, logical) in sizes {
        if let Some("" | "min-" | "max-") = name.strip_suffix(said) {
            return name.replace(said, logical);
        }
    }
    const SIDES: [(&str, &str); 4] = [
        ("left", "inline-start"),
        ("right", "inline-end"),
        ("top", "block-start"),
        ("bottom", "block-end"),
    ];
    for base in ["margin-", "padding-", "border-"] {
        let Some(rest) = name.strip_prefix(base) else { continue };
        for (side, logical) in SIDES {
            if let Some(more) = rest.strip_prefix(side)
                && (more.is_empty() || ["-width", "-style", "-color"].contains(&more))
            {
                return format!("{base}{logical}{more}");
            }
        }
    }
    name.to_string()
}

/// Lengths of the screen change places.
fn units(value: &str) -> String {
    let one = |word: &str| {
        for (a, b) in [("vh", "vw"), ("vw", "vh")] {
            if let Some(n) = word.strip_suffix(a)
                && n.parse::<f64>().is_ok()
            {
                return format!("{n}{b}");
            }
        }
        word.to_string()
    };
    value.split_whitespace().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_become_axes() {
        for (said, want) in [
            ("p { margin: 1em }", "p { margin: 1em }"),
            ("p { margin: 1em 0; }", "p { margin-block: 1em; margin-inline: 0; }"),
            ("p{margin:1em 2em 3em}", "p{margin-block: 1em 3em; margin-inline: 2em}"),
            (
                "p { padding: 1em 2em 3em 4em !important; }",
                "p { padding-block: 1em 3em !important; padding-inline: 4em 2em !important; }",
            ),
            ("a { border-left-width: 1em; }", "a { border-inline-start-width: 1em; }"),
            ("a { margin-top: 1em; }", "a { margin-block-start: 1em; }"),
            (
                "a { max-width: 100%; width: 2em }",
                "a { max-inline-size: 100%; inline-size: 2em }",
            ),
            ("a { max-height: 90vh; }", "a { max-block-size: 90vw; }"),
            (
                "/* margin: 1em 2em; */ a { height: 0; }",
                "/* margin: 1em 2em; */ a { block-size: 0; }",
            ),
            (
                "@media (min-width: 3em) { a { top: 0; } }",
                "@media (min-width: 3em) { a { top: 0; } }",
            ),
        ] {
            assert_eq!(turned(said), want);
        }
    }
    #[test]
    fn other_text_stays() {
        let same = [
            "a::before { content: \"width: 1em; {\"; color: red }",
            "a[title='}'] { color: red; }",
            "p { border-width: 1em; line-width: 2px; --width: 1em }",
            "p { font: 1em/1.5 serif; }",
            "/* never ends",
            "a { width",
            "\\",
            "\"",
        ];
        for css in same {
            assert_eq!(turned(css), css);
        }
    }
}
