//! Keeps lines that begin with a colon from the Markdown parser.
//!
//! It takes any colon at the start of a line for the mark of a definition: of
//! `:::` below a paragraph it would make a term and its meaning `::`. Only a colon
//! with a space after it is meant so. The first colon of other lines is hidden
//! behind a character of the same length that means nothing to the parser and
//! that no text can hold (`script::clean` replaces it). What the parser gives back
//! is lifted.

/// Stands for a colon.
const MASK: char = '\u{1a}';

/// A character that means nothing, before text that must not begin a block.
pub(super) const GUARD: &str = "\u{1a}";

/// Hides the colons that define nothing, and front matter. A colon before a
/// hyphen may be a table's.
pub(super) fn hide(text: &str) -> String {
    if text.contains(MASK) {
        return text.to_string();
    }
    let matter = front_matter(text);
    let mut out = String::with_capacity(text.len());
    out.extend(text[..matter].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    for line in text[matter..].split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let defines = |next: char| matches!(next, ' ' | '\t' | '-' | '\n');
        if body.starts_with(':') && !body[1..].chars().next().is_none_or(defines) {
            out.push_str(&line[..line.len() - body.len()]);
            out.push(MASK);
            out.push_str(&body[1..]);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Length of the YAML or TOML at the start of a file. A chapter may also begin
/// with a break, and have another below: what has no keys is text.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let fence = lines.next().unwrap_or("").trim_end();
    if !matches!(fence, "---" | "+++") {
        return 0;
    }
    let mut len = text.find('\n').map_or(text.len(), |i| i + 1);
    for line in lines {
        len += line.len();
        let line = line.trim_end();
        let keyed = line.starts_with([' ', '\t', '#', '-', '[', ']', '}'])
            || line.contains([':', '=']);
        if line == fence || fence == "---" && line == "..." {
            return len;
        }
        if !line.is_empty() && !keyed {
            return 0;
        }
    }
    0
}

/// Text from the parser, as it was written.
pub(super) fn lift(text: &str) -> String {
    text.replace(MASK, ":")
}
