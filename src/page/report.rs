//! Faults of composition as diagnostics.

use super::paginate::{Kind, Trouble};
use crate::diag::{Code, Diagnostic, Sink, code};
use crate::line::Fault;
use crate::source::Span;
use std::collections::BTreeMap;

/// What went wrong.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// in lines
    pub(super) lines: Vec<Fault>,
    /// in pages
    pub(super) pages: Vec<Trouble>,
}

impl Report {
    pub(super) fn tell(&self, sink: &mut Sink) {
        lines(&self.lines, sink);
        self.pages.iter().for_each(|t| sink.push(page(t)));
    }
}

fn page(trouble: &Trouble) -> Diagnostic {
    let (code, message, hint) = match trouble.kind {
        Kind::Widow => (
            code::WIDOW_LINE,
            "the last line of this paragraph stands alone at the head of a page".into(),
            "a few characters more or less before it would bring it company",
        ),
        Kind::Orphan => (
            code::ORPHAN_LINE,
            "the first line of this paragraph stands alone at the foot of a page".into(),
            "a few characters more or less before it would bring it company",
        ),
        Kind::Heading => (
            code::STRANDED_HEADING,
            "this heading stands at the foot of a page".into(),
            "a shorter text before it, or a heading of fewer lines, would move it",
        ),
        Kind::Parted => (
            code::PARTED_BLOCK,
            "what belongs together here is parted by the end of a page".into(),
            "a larger page, or a smaller block, would hold it",
        ),
        Kind::Uneven(n) => (
            code::UNEVEN_PAGES,
            match n {
                1 => "this page and the one that it faces end a line apart".into(),
                n => format!("this page and the one that it faces end {n} lines apart"),
            },
            "a line more or less before it, or a figure elsewhere, would level them",
        ),
        Kind::Tail => (
            code::SHORT_PAGE,
            "this chapter ends with a page of one line".into(),
            "a few characters more or less in the chapter would change it",
        ),
        Kind::Note => (
            code::PARTED_NOTE,
            "a note that is called here begins on a later page".into(),
            "shorter notes, or fewer in one line, would fit",
        ),
    };
    at(code, message, hint, trouble.span)
}

/// Reports what went wrong in lines; a missing character is named with every
/// place, character by character.
fn lines(faults: &[Fault], sink: &mut Sink) {
    let mut missing: BTreeMap<char, Vec<Span>> = BTreeMap::new();
    for fault in faults {
        let (code, span, message, hint) = match fault {
            Fault::Missing(c, span) => {
                missing.entry(*c).or_default().push(*span);
                continue;
            }
            Fault::Overfull(span) => (
                code::OVERFULL_LINE,
                span,
                "this line is longer than its measure".to_string(),
                "add a place to break: a hyphen, a space, or other words",
            ),
            Fault::Wide(span) => (
                code::OVERFULL_LINE,
                span,
                "this formula is wider than its line, also at the least size".to_string(),
                "set it on several lines: `\\begin{aligned} … \\\\ … \\end{aligned}`",
            ),
            Fault::High(span) => (
                code::SHRUNK_FORMULA,
                span,
                "this formula is higher than a page, and was made smaller".to_string(),
                "a page does not end inside a formula: write several, `$$…$$` each",
            ),
            Fault::Emergency(span) => (
                code::EMERGENCY_BREAK,
                span,
                "what stays together here is longer than its line, and was cut"
                    .to_string(),
                "say where it may break: a soft hyphen, a zero-width space, other words",
            ),
            Fault::Loose(span, gap) => (
                code::LOOSE_LINE,
                span,
                format!(
                    "this line is loose: {:.2} em more in every gap",
                    *gap as f64 / 1e3
                ),
                "other words, or a wider measure, would close it (J-07)",
            ),
            Fault::Lonely(span, left) => (
                code::LONELY_CHARACTER,
                span,
                match left {
                    1 => "the last line of this paragraph has one character".to_string(),
                    n => format!("the last line of this paragraph has {n} characters"),
                },
                "a word more or less in the paragraph would give it company",
            ),
        };
        sink.push(at(code, message, hint, *span));
    }
    for (c, spans) in missing {
        let message = format!("no font has “{c}” (U+{:04X})", u32::from(c));
        let hint = "name a font that has it in [fonts]; a box is printed in its place";
        for span in spans {
            sink.push(at(code::MISSING_GLYPH, message.clone(), hint, span));
        }
    }
}

/// A diagnostic with its place; what was not written, such as a bullet, has none.
fn at(code: Code, message: String, hint: &str, span: Span) -> Diagnostic {
    let d = Diagnostic::new(code, message).hint(hint);
    if span == Span::default() { d } else { d.at(span) }
}
