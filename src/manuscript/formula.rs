//! Formulas: their ids, and whether they can be set.

use super::attributes;
use crate::book::{BlockKind, Chapter, Inline, Text, walk};
use crate::diag::{Diagnostic, Sink, code};
use crate::math::{self, Style};
use crate::source::Span;

/// The id after a displayed formula, as Quarto and pandoc-crossref have it:
/// `$$…$$ {#eq-mass}`. It is taken out of the text that follows.
pub(super) fn take_id(after: &mut Inline) -> Option<String> {
    let Inline::Text(t) = after else { return None };
    let start = t.text.trim_start();
    let said =
        attributes::list(start).filter(|a| a.others.len() == 1 && a.lang.is_none())?;
    let id = said.id?;
    let taken = t.text.len() - start.len() + said.len;
    // Where text and source are the same, the rest keeps its place.
    if (t.span.end - t.span.start) as usize == t.text.len() {
        t.span.start += taken as u32;
    }
    t.text.drain(..taken);
    Some(id)
}

/// A formula between `$$`, without the blanks at its ends.
pub(super) fn displayed(formula: &Text) -> Text {
    let text = formula.text.trim();
    let mut span = formula.span;
    if (span.end - span.start) as usize == formula.text.len() + 4 {
        let lead = formula.text.len() - formula.text.trim_start().len();
        span.start += 2 + lead as u32;
        span.end = span.start + text.len() as u32;
    }
    Text { text: text.to_string(), span }
}

/// Reports the formulas of a chapter that cannot be set.
pub(super) fn check(chapter: &Chapter, sink: &mut Sink) {
    walk::every_inline(chapter, &mut |inline| {
        if let Inline::Math(t) = inline {
            one(t, Style::Inline, sink);
        }
    });
    let mut blocks = |list| {
        walk::blocks(list, &mut |block| {
            if let BlockKind::Math(e) = &block.kind {
                one(&e.tex, Style::Display, sink);
            }
        });
    };
    blocks(&chapter.blocks);
    chapter.notes.iter().for_each(|n| blocks(&n.blocks));
}

fn one(t: &Text, style: Style, sink: &mut Sink) {
    let Err(fault) = math::check(&t.text, style) else { return };
    let message = format!("this formula cannot be set: {}", fault.message);
    let hint = "mend the TeX; until then it is printed as it was written";
    let span = place(t, fault.at.start, fault.at.end);
    sink.push(Diagnostic::new(code::BAD_FORMULA, message).at(span).hint(hint));
}

/// Bytes of a formula as a place, where text and source are the same, with or
/// without one `$` at either end.
fn place(t: &Text, from: usize, to: usize) -> Span {
    let whole = (t.span.end - t.span.start) as usize;
    let marks = match whole.checked_sub(t.text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        Some(_) | None => return t.span,
    };
    if from >= to && from == 0 {
        return t.span;
    }
    let at = |i: usize| t.span.start + (marks + i.min(t.text.len())) as u32;
    let (start, end) = (at(from), at(to));
    Span { start, end: end.max(start), ..t.span }
}
