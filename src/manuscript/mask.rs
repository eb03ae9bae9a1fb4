//! Keeps some of the text from the Markdown parser.
//!
//! It takes any colon at the start of a line for the mark of a definition: of
//! `:::` below a paragraph it would make a term and its meaning `::`. Only a colon
//! with a space after it is meant so. The first colon of other lines is hidden
//! behind a character of the same length that means nothing to the parser and
//! that no text can hold (`script::clean` replaces it). What the parser gives back
//! is lifted.
//!
//! It also takes any braces at the end of a heading for the heading's. Those of a
//! span, `# 论[Straße]{lang=de}`, and those that hold no attributes, `# 集合 {一、二}`,
//! are hidden likewise. Braces with an id are always the heading's, for a span has
//! no use for one.

use super::attributes;

/// Stands for a colon.
const MASK: char = '\u{1a}';
/// Stand for braces.
const BRACES: [char; 2] = ['\u{1b}', '\u{1c}'];

/// A character that means nothing, before text that must not begin a block.
pub(super) const GUARD: &str = "\u{1a}";

/// Hides the colons that define nothing, the braces at ends of lines that are no
/// heading's, and front matter. A colon before a hyphen may be a table's.
pub(super) fn hide(text: &str) -> String {
    if text.contains([MASK, BRACES[0], BRACES[1]]) {
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
        } else if let Some((open, close)) = braces_at_end(line) {
            out.push_str(&line[..open]);
            out.push(BRACES[0]);
            out.push_str(&line[open + 1..close]);
            out.push(BRACES[1]);
            out.push_str(&line[close + 1..]);
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Where the braces are that end a line, before the marks that may close a heading,
/// if they are a span's or text. The parser would take all but those with an
/// escape or a tag in them.
fn braces_at_end(line: &str) -> Option<(usize, usize)> {
    let shown = line.trim_end_matches([' ', '\t', '\n', '#']);
    let close = shown.strip_suffix('}')?.len();
    let (before, inside) = shown[..close].rsplit_once('{')?;
    let open = before.len();
    if before.ends_with('\\') || inside.contains(['\\', '<', '>', '}']) {
        return None;
    }
    let list = || attributes::list(&shown[open..]);
    let span = before.ends_with(']') && list().is_some_and(|l| l.id.is_none());
    let said =
        |word: &str| word.starts_with(['#', '.']) || word.contains('=') || word == "-";
    let heading = !inside.trim().is_empty() && inside.split_whitespace().all(said);
    (span || !heading).then_some((open, close))
}

/// Length of the YAML or TOML at the start of a file. A chapter may also begin
/// with a break, and have another below: what has no keys is text.
pub(super) fn front_matter(text: &str) -> usize {
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
    let shown = |c: char| match c {
        MASK => ':',
        c if c == BRACES[0] => '{',
        c if c == BRACES[1] => '}',
        c => c,
    };
    text.chars().map(shown).collect()
}
