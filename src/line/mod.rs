//! Paragraphs into lines, in four steps: [`flatten`] turns inlines into one
//! string with runs of style, [`compose`] turns that into boxes, glue and
//! penalties, [`breaks`] chooses where lines end, [`set`] puts glyphs at their
//! places. The composer knows Chinese and no lines; the breaker knows lines and
//! no Chinese.

pub mod breaks;
pub mod compose;
pub mod dump;
pub mod fit;
pub mod flatten;
pub mod hyphen;
pub mod item;
pub mod place;
pub mod set;

pub use flatten::Paragraph;
pub use set::{Glyph, GlyphRun, Line, Object};

use crate::cjk::Rules;
use crate::font::shape::Shaper;
use crate::geom::Len;
use crate::source::Span;

/// How the lines of a paragraph stand in their measure.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Shape {
    /// length of a line
    pub measure: Len,
    /// indent of the first line
    pub indent: Len,
    /// both edges flush?
    pub justify: bool,
}

/// What went wrong while a paragraph was set.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Fault {
    /// No font has this character.
    Missing(char, Span),
    /// This line is longer than its measure.
    Overfull(Span),
}

/// The length of a paragraph's longest line when only the author breaks lines.
pub fn natural(paragraph: &Paragraph, rules: &Rules, shaper: &mut Shaper<'_>) -> Len {
    let list = compose::compose(paragraph, Len::ZERO, rules, shaper, &mut vec![]);
    let lines = list.items.split(|i| matches!(i, item::Item::Forced));
    let width = |line: &[item::Item]| {
        let mut sums = fit::Sums::default();
        line.iter().for_each(|i| sums.add(i));
        sums.width
    };
    lines.map(width).max().unwrap_or_default()
}

/// Sets a paragraph.
pub fn lay(
    paragraph: &Paragraph,
    shape: Shape,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Line> {
    let list = compose::compose(paragraph, shape.indent, rules, shaper, faults);
    let ends = breaks::best(&list.items, shape.measure, shape.justify, list.em);
    set::set(&list, &ends, shape, paragraph, faults)
}
