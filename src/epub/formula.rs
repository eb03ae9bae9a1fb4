//! Formulas as MathML.

use super::inline::Writer;
use super::markup::{clean, text};
use crate::book::{BlockKind, Chapter, Equation, Inline, walk};
use crate::math::{Style, Tree};

/// A formula in a line; where MathML is not read, as it was written.
pub(super) fn inline(tex: &str, math: bool) -> String {
    match mathml(tex, Style::Inline).filter(|_| math) {
        Some((math, _)) => math,
        None => format!("<span class=\"math\">{}</span>", text(tex)),
    }
}

/// Whether a file holds MathML, which its package must say.
pub(super) fn holds(xhtml: &str) -> bool {
    xhtml.contains("<math")
}

/// Whether a chapter has formulas that can be set.
pub(super) fn any(chapter: &Chapter) -> bool {
    let mut found = false;
    walk::every_inline(chapter, &mut |i| {
        found |= matches!(i, Inline::Math(t) if mathml(&t.text, Style::Inline).is_some());
    });
    let notes = chapter.notes.iter().map(|n| &n.blocks);
    for list in std::iter::once(&chapter.blocks).chain(notes) {
        walk::blocks(list, &mut |b| {
            let set = |e: &Equation| mathml(&e.tex.text, Style::Display).is_some();
            found |= matches!(&b.kind, BlockKind::Math(e) if set(e));
        });
    }
    found
}

/// The formula, and what its `\tag` says.
fn mathml(tex: &str, style: Style) -> Option<(String, Option<String>)> {
    let tree = Tree::parse(tex).ok()?;
    tree.lay(style).ok()?;
    Some((tree.mathml(style, &clean(tex)), tree.tag_mathml()))
}

impl Writer<'_> {
    /// A formula on lines of its own, its number behind it. One that cannot be set
    /// stands as it was written.
    pub(super) fn equation(&mut self, e: &Equation) -> String {
        let id = self.own(&e.id);
        let pages = self.breaks.before(Some(e.tex.span));
        let set = mathml(&e.tex.text, Style::Display).filter(|_| self.math);
        let Some((math, tag)) = set else {
            return format!(
                "<div class=\"math\"{id}>{pages}{}</div>\n",
                text(&e.tex.text)
            );
        };
        let number = tag.or_else(|| Some(format!("({})", text(e.number.as_deref()?))));
        let number = number
            .map_or(String::new(), |n| format!("<span class=\"number\">{n}</span>"));
        format!("<div class=\"equation\"{id}>{pages}{math}{number}</div>\n")
    }
}
