//! A finished PDF as glyphs on pages: an eye of its own, which shares nothing
//! with what wrote the file but lopdf's object model.
//!
//! Chapters in brackets are those of ISO 32000-1.

mod font;
mod ink;
mod interpret;
pub(crate) mod structure;

pub(crate) use font::Font;
pub(crate) use ink::Ink;

use lopdf::Document;
use std::sync::Arc;

/// A transformation [8.3.3]: x′ = ax + cy + e, y′ = bx + dy + f.
#[derive(Debug, Copy, Clone, PartialEq)]
pub(crate) struct Matrix {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) c: f64,
    pub(crate) d: f64,
    pub(crate) e: f64,
    pub(crate) f: f64,
}

impl Matrix {
    pub(crate) const ONE: Matrix =
        Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };
    pub(crate) fn shift(x: f64, y: f64) -> Matrix {
        Matrix { e: x, f: y, ..Matrix::ONE }
    }
    /// This first, then `o`.
    pub(crate) fn then(self, o: Matrix) -> Matrix {
        Matrix {
            a: self.a * o.a + self.b * o.c,
            b: self.a * o.b + self.b * o.d,
            c: self.c * o.a + self.d * o.c,
            d: self.c * o.b + self.d * o.d,
            e: self.e * o.a + self.f * o.c + o.e,
            f: self.e * o.b + self.f * o.d + o.f,
        }
    }
}

/// A glyph as it stands on its page.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// what a reader copies: from `ActualText` where it is given, else from
    /// `ToUnicode`; empty for the later glyphs of a cluster
    pub(crate) text: String,
    /// origin, in pt from the page's lower left corner
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// height of the em, in pt
    pub(crate) size: f64,
    /// the font's own advance, in pt
    pub(crate) advance: f64,
    pub(crate) font: Arc<Font>,
    /// its number in the font
    pub(crate) code: u16,
    /// from text space to the page, with the size taken out: 1 0 0 1 is upright
    /// and of the font's own proportions
    pub(crate) matrix: Matrix,
    /// rendering mode [9.3.6]; 0 fills, and nothing else
    pub(crate) mode: i64,
    /// within a form: a picture's own lettering
    pub(crate) in_form: bool,
    /// the marked content that it is in
    pub(crate) mark: Mark,
}

/// Marked content [14.6], as far as structure goes.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) enum Mark {
    /// none
    #[default]
    None,
    /// not read: `Layout`, or what furniture it is, `Header`
    Artifact(String),
    /// so numbered on its page
    Content(i64),
}

impl Glyph {
    /// The ink, in em from the origin.
    pub(crate) fn ink(&self) -> Option<&Ink> {
        self.font.ink(self.code)
    }
    pub(crate) fn is_blank(&self) -> bool {
        !self.text.is_empty() && self.text.chars().all(char::is_whitespace)
    }
}

/// A page: its glyphs in the order in which they are drawn.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// from 1
    pub(crate) number: usize,
    pub(crate) glyphs: Vec<Glyph>,
}

/// Reads a finished file.
pub(crate) fn read(bytes: &[u8]) -> Vec<Page> {
    let doc = Document::load_mem(bytes).expect("a PDF");
    let mut fonts = font::Fonts::default();
    doc.get_pages()
        .into_iter()
        .map(|(number, id)| Page {
            number: number as usize,
            glyphs: interpret::page(&doc, id, &mut fonts),
        })
        .collect()
}
