//! Paragraphs into lines, in four steps: [`flatten`] turns inlines into one
//! string with runs of style, [`compose`] turns that into boxes, glue and
//! penalties, [`breaks`] chooses where lines end, [`set`] puts glyphs at their
//! places. The composer knows Chinese and no lines; the breaker knows lines and
//! no Chinese.

mod along;
pub mod breaks;
pub mod compose;
pub mod dump;
pub mod emergency;
pub mod explain;
pub mod fit;
pub mod flatten;
pub mod formula;
pub mod greedy;
pub mod grid;
pub mod hyphen;
pub mod item;
mod piece;
pub mod place;
mod places;
mod ruby;
pub mod set;
pub mod vary;

pub use flatten::Paragraph;
pub use formula::{Outline, Stroke, StrokeShape};
pub use set::{Glyph, GlyphRun, Line, Object, RubySide};

use crate::cjk::Rules;
use crate::cjk::rules::Breaking;
use crate::font::shape::Shaper;
use crate::geom::Len;
use crate::source::Span;
use fit::Aim;

/// How the lines of a paragraph stand in their measure.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Shape {
    /// length of a line
    pub measure: Len,
    /// indent of the first line; less than nothing where it hangs
    pub indent: Len,
    /// both edges flush?
    pub justify: bool,
    /// what the first lines stand beside
    pub beside: Beside,
}

/// Something that the first lines of a paragraph stand beside, such as a large
/// initial: they are shorter.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Beside {
    /// how many lines, at most [`Beside::MOST`]
    pub lines: usize,
    /// by how much they are shorter
    pub by: Len,
}

impl Beside {
    /// So many lines and no more can be shorter.
    pub const MOST: usize = 4;
}

/// What went wrong while a paragraph was set.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Fault {
    /// No font has this character.
    Missing(char, Span),
    /// This line is longer than its measure.
    Overfull(Span),
    /// This formula is wider than its line at the least size.
    Wide(Span),
    /// This formula is higher than a page and was made smaller.
    High(Span),
    /// This line ends inside a word or where a mark forbids it, because what stays
    /// together is longer than a line.
    Emergency(Span),
    /// Every gap of this line has so much more, in thousandths of an em (J-07).
    Loose(Span, i64),
    /// This last line has so few characters (孤字, P-04).
    Lonely(Span, i64),
}

/// The length of a paragraph's longest line when only the author breaks lines.
pub fn natural(paragraph: &Paragraph, rules: &Rules, shaper: &mut Shaper<'_>) -> Len {
    let list = compose::compose(paragraph, Len::ZERO, rules, shaper, &mut vec![]);
    let lines = list.items.split(|i| matches!(i, item::Item::Forced(_)));
    let width = |line: &[item::Item]| {
        let mut sums = fit::Sums::default();
        line.iter().for_each(|i| sums.add(i));
        sums.width
    };
    // What a line keeps at its ends, where its region keeps blanks there.
    let kept = list.items.iter().map(set::edge).map(|e| e.width + e.next).max();
    lines.map(width).max().unwrap_or_default() + kept.unwrap_or_default()
}

/// Sets a paragraph.
pub fn lay(
    paragraph: &Paragraph,
    shape: Shape,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Line> {
    let broken = broken(paragraph, shape, rules, shaper, faults);
    set::set(&broken.list, &broken.ends, &broken.aim, paragraph, faults)
}

/// Sets a paragraph in so many lines, or so many; what that costs is the second. Those
/// that cannot be had well are left out.
pub fn vary(
    paragraph: &Paragraph,
    shape: Shape,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
    counts: &[usize],
) -> Vec<(Vec<Line>, i64)> {
    if rules.grid || rules.breaking != Breaking::TotalFit || !shape.justify {
        return vec![];
    }
    // What is wrong with it was said when it was set for the first time.
    let mut faults = vec![];
    let list = compose::compose(paragraph, shape.indent, rules, shaper, &mut faults);
    let aim = aim(shape, rules, list.em);
    let places = places::places(&list.items);
    let ways = counts.iter().filter_map(|lines| vary::ends(&places, &aim, *lines));
    ways.map(|(ends, cost)| (set::set(&list, &ends, &aim, paragraph, &mut faults), cost))
        .collect()
}

fn aim(shape: Shape, rules: &Rules, em: Len) -> Aim {
    Aim {
        measure: shape.measure,
        justify: shape.justify && !rules.grid,
        em,
        company: i64::from(rules.last_line),
        lonely: fit::lonely(rules.last_line_gap),
        beside: Beside { lines: shape.beside.lines.min(Beside::MOST), ..shape.beside },
    }
}

/// A paragraph as items, and where its lines end.
#[derive(Debug)]
pub struct Broken {
    /// the items
    pub list: compose::List,
    /// items at which lines end
    pub ends: Vec<usize>,
    /// what lines are fitted to
    pub aim: Aim,
}

/// Composes and breaks a paragraph.
pub fn broken(
    paragraph: &Paragraph,
    shape: Shape,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> Broken {
    let mut list = compose::compose(paragraph, shape.indent, rules, shaper, faults);
    let aim = aim(shape, rules, list.em);
    if rules.grid {
        grid::align(&mut list);
    }
    let choose = |list: &compose::List| match rules.breaking {
        Breaking::TotalFit => breaks::best(&list.items, &aim),
        Breaking::GreedyLiteral => greedy::literal(&list.items, &aim),
    };
    let mut ends = choose(&list);
    if set::overfull(&list, &ends, &aim) && emergency::open(&mut list, &aim) {
        ends = choose(&list);
    }
    Broken { list, ends, aim }
}
