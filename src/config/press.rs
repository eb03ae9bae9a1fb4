//! How editions for printers are made: what each house of printers asks for, as
//! data, and what a book says otherwise.

use crate::geom::Len;
use crate::source::Span;

/// What a printer wants of a file.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Press {
    /// the printer's own colour profile, a file of the book
    pub profile: Option<(String, Span)>,
    /// pictures in RGB become the press's colours; else they keep their profiles
    pub convert: bool,
    /// what is printed beyond the trim
    pub bleed: Len,
    /// marks outside the bleed
    pub marks: Marks,
    /// whether the file has bookmarks
    pub bookmarks: bool,
    /// the book is filled up with blank pages to a multiple of so many
    pub signature: u16,
    /// how far pages are moved away from the spine
    pub gutter: Gutter,
    /// least distance from the text to the outer, upper and lower edges
    pub edge: Len,
    /// fewest and most pages that are bound
    pub pages: [u16; 2],
    /// most ink, all plates together, in percent
    pub ink: u16,
    /// fewest dots to the inch of a picture
    pub dpi: u16,
    /// thinnest rule
    pub hairline: Len,
    /// whether there may be inks of the book's own
    pub spots: bool,
}

/// What stands outside the bleed.
#[derive(Debug, Copy, Clone, Default, Eq, PartialEq)]
pub struct Marks {
    /// where the page is cut, and how far it is printed
    pub cut: bool,
    /// by which plates are laid over one another
    pub register: bool,
    /// patches of ink to be measured
    pub bars: bool,
    /// title, edition, page and date in words
    pub slug: bool,
}

impl Marks {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self != Marks::default()
    }
}

/// How far pages are moved away from the spine.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Gutter {
    /// as far as the book says
    Fixed(Len),
    /// as far as the least inner margin of so many pages asks for: up to how many
    /// pages, and how wide
    ByPages(&'static [(u16, Len)]),
}

impl Gutter {
    /// How far the pages of a book move whose inner margin is `inner`.
    pub fn shift(self, pages: usize, inner: Len) -> Len {
        match self {
            Gutter::Fixed(shift) => shift,
            Gutter::ByPages(steps) => {
                let fits = |step: &&(u16, Len)| pages <= usize::from(step.0);
                let step = steps.iter().find(fits).or(steps.last());
                step.map_or(Len::ZERO, |s| (s.1 - inner).max(Len::ZERO))
            }
        }
    }
}

/// Thousandths of an inch.
const fn mil(n: i64) -> Len {
    Len::milli_pt(n * 72)
}

/// A house's name and what it asks for. To add one, add a row.
type House = (&'static str, fn() -> Press);

/// Houses by name; the first is what is meant where none is named.
const HOUSES: &[House] =
    &[("generic", generic), ("cn-offset", cn_offset), ("kdp", kdp), ("ingram", ingram)];

/// What a house asks for.
pub fn house(name: &str) -> Option<Press> {
    HOUSES.iter().find(|h| h.0 == name).map(|h| h.1())
}

/// The names of houses, for messages.
pub fn houses() -> Vec<&'static str> {
    HOUSES.iter().map(|h| h.0).collect()
}

/// Any printer.
fn generic() -> Press {
    Press::default()
}

/// Any printer with plates: 3 mm of bleed and all marks that are needed to cut and to
/// lay plates over one another; 300 % is what coated sheets bear (ISO 12647-2), a
/// quarter of a point what plates hold.
impl Default for Press {
    fn default() -> Press {
        Press {
            profile: None,
            convert: true,
            bleed: Len::tenth_mm(30),
            marks: Marks { cut: true, register: true, bars: false, slug: false },
            bookmarks: true,
            signature: 2,
            gutter: Gutter::Fixed(Len::ZERO),
            edge: Len::tenth_mm(50),
            pages: [1, u16::MAX],
            ink: 300,
            dpi: 300,
            hairline: Len::milli_pt(250),
            spots: true,
        }
    }
}

/// Sheet-fed offset in China (trade practice): books are printed in signatures of 16
/// pages, colour bars and a slug are usual.
fn cn_offset() -> Press {
    Press {
        marks: Marks { cut: true, register: true, bars: true, slug: true },
        signature: 16,
        pages: [8, u16::MAX],
        ..generic()
    }
}

/// Kindle Direct Publishing, paperbacks ("Set Trim Size, Bleed, and Margins", "Fix
/// Paperback and Hardcover Formatting Issues"): no marks, no bookmarks, no bleed where
/// nothing bleeds, an inner margin by page count, a quarter inch elsewhere.
fn kdp() -> Press {
    const INNER: &[(u16, Len)] = &[
        (150, mil(375)),
        (300, mil(500)),
        (500, mil(625)),
        (700, mil(750)),
        (828, mil(875)),
    ];
    Press {
        bleed: Len::ZERO,
        marks: Marks::default(),
        bookmarks: false,
        gutter: Gutter::ByPages(INNER),
        edge: mil(250),
        pages: [24, 828],
        // A hairline is 0.75 pt there.
        hairline: Len::milli_pt(750),
        spots: false,
        ..generic()
    }
}

/// IngramSpark ("File Creation Guide"): no marks, half an inch to all edges, 240 %.
fn ingram() -> Press {
    const INNER: &[(u16, Len)] = &[(u16::MAX, mil(500))];
    Press {
        bleed: Len::ZERO,
        marks: Marks::default(),
        bookmarks: false,
        gutter: Gutter::ByPages(INNER),
        edge: mil(500),
        pages: [18, 1200],
        ink: 240,
        spots: false,
        ..generic()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_margins_grow_with_the_book() {
        let kdp = house("kdp").expect("a house").gutter;
        let inner = mil(500);
        for (pages, wide) in [(24, 0), (300, 0), (301, 125), (700, 250), (828, 375)] {
            assert_eq!(kdp.shift(pages, inner), mil(wide), "{pages}");
        }
        // Negative control: the same margin does for every book of another house.
        assert_eq!(
            house("generic").expect("a house").gutter.shift(828, inner),
            Len::ZERO
        );
    }

    #[test]
    fn houses_are_known_by_name() {
        assert_eq!(houses(), ["generic", "cn-offset", "kdp", "ingram"]);
        assert!(house("").is_none());
    }
}
