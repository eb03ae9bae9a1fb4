//! Keeps the lines of `:::` containers from the Markdown parser.
//!
//! They are no CommonMark, and the parser has other uses for a colon at the
//! start of a line: after a blank line it makes the paragraph before it a term
//! and `::` its meaning. So the first colon of such a line is hidden behind a
//! character of the same length that means nothing to it, and that no text can
//! hold (`script::clean` replaces it). What the parser gives back is lifted.

/// Stands for a colon.
const MASK: char = '\u{1a}';

/// A character that means nothing, before text that must not begin a block.
pub(super) const GUARD: &str = "\u{1a}";

/// Hides the lines of containers.
pub(super) fn hide(text: &str) -> String {
    if text.contains(MASK) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '>']);
        if body.starts_with(":::") {
            out.push_str(&line[..line.len() - body.len()]);
            out.push(MASK);
            out.push_str(&body[1..]);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Text from the parser, as it was written.
pub(super) fn lift(text: &str) -> String {
    text.replace(MASK, ":")
}
