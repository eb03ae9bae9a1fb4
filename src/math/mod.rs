//! Formulas: TeX in, placed glyphs and rules out ([`lay`]), or MathML
//! ([`mathml`]).
//!
//! RaTeX, a port of KaTeX, parses and lays out; its metrics are those of KaTeX's
//! fonts, which come with it. One tree serves both outputs, so a formula that
//! stands in the PDF stands in the EPUB too. RaTeX limits depth (32), expansions
//! and work; what it refuses is a [`Fault`] with its place.

mod lay;
mod mathml;
mod tables;

pub use lay::{Formula, Joint, Mark, Part, Shape, Step, Tag};

use crate::cjk::class::is_wide;
use ratex_parser::ParseNode;
use std::ops::Range;

/// Size of a formula's letters, in thousandths of the text's: KaTeX's digits are
/// a little lower than those of the Latin faces.
pub const SIZE: i64 = 1100;
/// Longest formula that is read. Nobody reads a longer one.
const BYTES: usize = 20_000;

/// How a formula stands in the text.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Style {
    /// in a line
    Inline,
    /// on lines of its own
    Display,
}

/// Why a formula cannot be set.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Fault {
    /// one sentence, no full stop
    pub message: String,
    /// bytes of the formula
    pub at: Range<usize>,
}

/// A formula, parsed.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<ParseNode>,
    /// what `\tag` says
    tag: Option<Vec<ParseNode>>,
    /// its Han characters, which KaTeX's fonts do not have
    wide: Vec<char>,
}

impl Tree {
    /// Parses TeX.
    pub fn parse(tex: &str) -> Result<Tree, Fault> {
        let fault = |message: String, at| Err(Fault { message, at });
        if tex.len() > BYTES {
            let message = format!("it is longer than {BYTES} bytes");
            return fault(message, 0..tex.len());
        }
        let (starred, added) = unnumbered(tex);
        match ratex_parser::parse(&starred) {
            Ok(nodes) => Ok(Tree::new(nodes, tex)),
            Err(e) => {
                let place = e.loc.map_or(0..tex.len(), |l| {
                    let back = |at: usize| {
                        let before = added.iter().filter(|a| **a < at).count();
                        floor(tex, at - before)
                    };
                    back(l.start)..back(l.end.max(l.start))
                });
                fault(said(&e.message), place)
            }
        }
    }
    fn new(mut nodes: Vec<ParseNode>, tex: &str) -> Tree {
        let mut tag = None;
        nodes.retain_mut(|n| {
            if let ParseNode::Tag { tag: said, .. } = n {
                tag = Some(std::mem::take(said));
                return false;
            }
            true
        });
        let wide = tex.chars().filter(|c| is_wide(*c)).collect();
        Tree { nodes, tag, wide }
    }
    /// Lays the formula out.
    pub fn lay(&self, style: Style) -> Result<Formula, Fault> {
        lay::lay(self, style)
    }
    /// The formula as a MathML element; `tex` is what is said of it where MathML is
    /// not understood.
    pub fn mathml(&self, style: Style, tex: &str) -> String {
        mathml::element(&self.nodes, style, tex)
    }
    /// What `\tag` says, as MathML.
    pub fn tag_mathml(&self) -> Option<String> {
        let tag = self.tag.as_ref()?;
        Some(mathml::element(tag, Style::Inline, ""))
    }
}

/// Whether a formula can be set, both ways.
pub fn check(tex: &str, style: Style) -> Result<(), Fault> {
    Tree::parse(tex)?.lay(style).map(|_| ())
}

/// What the parser says of its limits is about itself; an author hears what is
/// wrong with the formula.
fn said(message: &str) -> String {
    if message.contains("resource limit") || message.contains("Too many expansions") {
        return "its macros do not come to an end".into();
    }
    if message.contains("Recursion limit") {
        return "it is nested too deep (32 is the limit)".into();
    }
    message.trim().trim_end_matches('.').to_string()
}

/// Environments that number their rows in LaTeX. In a book rows have the numbers
/// that their author gives them, so the starred ones are read, which have none.
const NUMBERED: [&str; 5] = ["align", "alignat", "equation", "gather", "multline"];

/// The formula with starred environments, and where stars were put.
fn unnumbered(tex: &str) -> (String, Vec<usize>) {
    let (mut out, mut added) = (String::with_capacity(tex.len()), vec![]);
    let mut rest = tex;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..=open]);
        let command = out.ends_with("\\begin{") || out.ends_with("\\end{");
        rest = &rest[open + 1..];
        let name = NUMBERED.iter().find(|n| {
            command && rest.strip_prefix(**n).is_some_and(|r| r.starts_with('}'))
        });
        if let Some(name) = name {
            out.push_str(name);
            added.push(out.len());
            out.push('*');
            rest = &rest[name.len()..];
        }
    }
    out.push_str(rest);
    (out, added)
}

/// The last place up to `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
