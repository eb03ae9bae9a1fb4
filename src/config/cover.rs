//! What the wrap of the printed book is made of: `[cover]`.

use crate::colour::ink::Ink;
use crate::geom::Len;
use crate::source::Span;

/// The wrap: back, spine, front and flaps in one piece.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Cover {
    /// thickness of one leaf of the book's paper, in thousandths of a millimetre
    pub leaf: i64,
    /// width of the spine, where it is not reckoned from paper and pages
    pub spine: Option<Len>,
    /// width of each flap; nothing for none
    pub flaps: Len,
    /// what is printed beyond the trim
    pub bleed: Len,
    /// a picture behind everything
    pub background: Option<Background>,
    /// whether the front has title and names
    pub text: bool,
    /// whether the spine has them
    pub spine_text: bool,
    /// how much of its ink the ground has, in percent
    pub tint: u8,
    /// which of the book's inks the ground has; black if none is named
    pub ink: Option<u8>,
    /// the price as it is printed, unless the imprint says it
    pub price: Option<String>,
    /// where shops should put it (上架建议)
    pub category: Option<String>,
    /// digits of the small barcode beside the large one: two, five or none
    pub add_on: String,
    /// where the section begins
    pub span: Option<Span>,
}

/// A picture behind the wrap or a part of it.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Background {
    /// file of the book
    pub path: String,
    /// where it is named
    pub span: Span,
    /// only on the front?
    pub front: bool,
}

impl Default for Cover {
    fn default() -> Self {
        Cover {
            leaf: 100,
            spine: None,
            flaps: Len::ZERO,
            bleed: Len::tenth_mm(30),
            background: None,
            text: true,
            spine_text: true,
            tint: 14,
            ink: None,
            price: None,
            category: None,
            add_on: String::new(),
            span: None,
        }
    }
}

impl Cover {
    /// What the ground is printed with.
    pub fn ground(&self) -> Ink {
        match self.ink {
            Some(n) => Ink::Spot(n, self.tint),
            None => Ink::Black(self.tint),
        }
    }
}

/// Papers by name, and how many thousandths of a millimetre a gram of a square
/// metre is thick: usual values of the trade, which a mill's own go before.
const PAPERS: &[(&str, &str, f64)] = &[
    ("offset", "双胶纸", 1.25),
    ("wove", "纯质纸", 1.3),
    ("light", "轻型纸", 1.7),
    ("coated", "铜版纸", 0.8),
    ("matt", "哑粉纸", 0.9),
    ("newsprint", "新闻纸", 1.5),
];

/// Thickness of a leaf of a paper that is named with its grams: `offset-80`,
/// `双胶纸80`.
pub fn paper(name: &str) -> Option<i64> {
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let kind = name[..at].trim_end_matches(['-', ' ']).to_lowercase();
    let grams = name[at..].trim_end_matches(['克', 'g']).trim_end();
    let grams: f64 = grams.parse().ok()?;
    let (_, _, bulk) = PAPERS.iter().find(|p| p.0 == kind || p.1 == kind)?;
    (30.0..=400.0).contains(&grams).then(|| thickness(grams, *bulk))
}

/// The names of papers, for messages.
pub fn papers() -> String {
    let names: Vec<_> = PAPERS.iter().map(|p| format!("`{}-80`", p.0)).collect();
    names.join(", ")
}

/// Grams of a square metre by cubic centimetres of a gram: thousandths of a
/// millimetre.
pub fn thickness(gsm: f64, bulk: f64) -> i64 {
    (gsm * bulk).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_known_by_name() {
        let cases = [
            ("offset-80", Some(100)),
            ("双胶纸80", Some(100)),
            ("轻型纸 70克", Some(119)),
            ("coated-157g", Some(126)),
            ("offset", None),
            ("offset-9000", None),
            ("vellum-80", None),
            ("", None),
            ("80", None),
        ];
        for (name, want) in cases {
            assert_eq!(paper(name), want, "{name}");
        }
    }
}
