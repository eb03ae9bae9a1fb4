//! Formulas as MathML, or as pictures where that is not read.

use super::drawn;
use super::inline::Writer;
use super::markup::{attr, clean, text};
use crate::book::Equation;
use crate::math::{Style, Tree};

/// What a picture of a formula shows, for its `alt`: the TeX.
pub(super) fn spoken(tex: &str) -> String {
    attr(clean(tex).trim())
}

/// Whether a file holds MathML, which its package must say.
pub(super) fn holds(xhtml: &str) -> bool {
    xhtml.contains("<math")
}

/// The formula, and what its `\tag` says.
fn mathml(tex: &str, style: Style) -> Option<(String, Option<String>)> {
    let tree = Tree::parse(tex).ok()?;
    tree.lay(style).ok()?;
    Some((tree.mathml(style, &clean(tex)), tree.tag_mathml()))
}

impl Writer<'_> {
    /// A formula in a line; one that cannot be set stands as it was written.
    pub(super) fn formula(&mut self, tex: &str) -> String {
        match mathml(tex, Style::Inline).filter(|_| self.math) {
            Some((math, _)) => math,
            None => match self.drawn.get(true, tex) {
                Some(file) => self.picture_of(file, tex),
                None => format!("<span class=\"math\">{}</span>", text(tex)),
            },
        }
    }
    fn picture_of(&mut self, file: &drawn::File, tex: &str) -> String {
        let (img, rule) = drawn::element(file, tex);
        self.rules.insert(rule);
        img
    }
    /// A formula on lines of its own, its number behind it. One that cannot be set
    /// stands as it was written.
    pub(super) fn equation(&mut self, e: &Equation) -> String {
        let id = self.own(&e.id);
        let pages = self.breaks.before(Some(e.tex.span));
        let set = mathml(&e.tex.text, Style::Display).filter(|_| self.math);
        let set = set.or_else(|| {
            let file = self.drawn.get(false, &e.tex.text)?;
            Some((self.picture_of(file, &e.tex.text), file.tag.as_deref().map(text)))
        });
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
