//! What stands between two neighbours on a line, by kind and as measured.

use crate::lines_pdf::class::{Cell, Class};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::words::UNITS;

/// Kinds of gaps: those of one kind give and take together
/// (clreq#procedures_for_inter-character_space_reduction, …_expansion).
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// nothing between two Han
    Han,
    /// nothing beside a mark, on the side without blank
    Solid,
    /// nothing between two marks: 。” ）。 （《 》·
    Hug,
    /// one blank where two meet: ：“ 》《
    Meet,
    /// the outer blank of a bracket
    Bracket,
    /// the blank of ， 、 ； ：
    Comma,
    /// the blank of 。 ！ ？
    Stop,
    /// between Han and a letter or digit
    HanLatin,
    /// a typed space between words
    Word,
    /// the space between a number and its unit, which is a quarter em
    Unit,
    /// beside a connector or solidus, where nothing grows or shrinks
    Fixed,
}

#[derive(Debug, Copy, Clone)]
pub(crate) struct Gap {
    pub(crate) kind: Kind,
    /// in em
    pub(crate) width: f64,
    /// the cell on its right
    pub(crate) at: usize,
}

/// The gaps of a line that have a rule.
pub(crate) fn gaps(line: &Line) -> Vec<Gap> {
    let pairs = line.cells.windows(2).enumerate();
    pairs
        .filter_map(|(i, pair)| {
            let (a, b) = (&pair[0], &pair[1]);
            let em = a.size().max(b.size());
            let mut kind = kind(a, b)?;
            if kind == Kind::Word {
                kind = unit(a, &line.cells[i + 1..])?;
            }
            Some(Gap { kind, width: (b.left() - a.right()) / em, at: i + 1 })
        })
        .collect()
}

/// What stands between a number and what follows it, if that is a unit (U-05).
/// Where more is written on to the unit, 10 km’s, it may be none, and nothing is
/// held.
fn unit(number: &Cell, after: &[Cell]) -> Option<Kind> {
    let letters = |(i, c): &(usize, &Cell)| {
        (*i == 0 || !c.spaced) && c.text().chars().all(|c| c.is_ascii_alphabetic())
    };
    let word: Vec<_> = after.iter().enumerate().take_while(letters).collect();
    let text: String = word.iter().map(|(_, c)| c.text()).collect();
    if !last(number).is_some_and(|c| c.is_ascii_digit())
        || !UNITS.contains(&text.as_str())
    {
        return Some(Kind::Word);
    }
    let clean = |c: &Cell| c.spaced || c.class != Class::Western && c.text() != "·";
    after.get(word.len()).is_none_or(clean).then_some(Kind::Unit)
}

/// Signs that stay by their number (U-04), without a gap.
pub(crate) const SUFFIX: &str = "%％‰‱°℃℉′″¢￠₫";
pub(crate) const PREFIX: &str = "+-−±¥￥$＄€£￡₩№＃";

fn kind(a: &Cell, b: &Cell) -> Option<Kind> {
    use Class::{Connector, Han, Note, Other, Solidus, Western};
    if b.class == Note || (a.stacked() && b.stacked()) {
        return None;
    }
    // Korean words are parted by spaces.
    if b.spaced && (a.class == Other || b.class == Other) {
        return Some(Kind::Word);
    }
    if matches!(a.class, Connector | Solidus) || matches!(b.class, Connector | Solidus) {
        return (a.class != Western && b.class != Western).then_some(Kind::Fixed);
    }
    match (a.class, b.class) {
        (Western, Western) => return b.spaced.then_some(Kind::Word),
        (Other, Western) | (Western, Other) => return Some(Kind::Solid),
        (Han, Western) => {
            let typed = b.spaced && first(b).is_some_and(|c| "([{“‘".contains(c));
            return han_latin(a, first(b), typed).then_some(Kind::HanLatin);
        }
        (Western, Han) => {
            let typed = b.spaced && last(a).is_some_and(|c| ")]}”’".contains(c));
            return han_latin(b, last(a), typed).then_some(Kind::HanLatin);
        }
        // A typed space between Han is the author's.
        (Han, Han) if b.spaced => return None,
        (Han, Han) => return Some(Kind::Han),
        _ => {}
    }
    Some(marks(a, b))
}

/// The kinds of gaps that marks have, by the blanks between the two.
fn marks(a: &Cell, b: &Cell) -> Kind {
    use Class::Open;
    let (after, before) = (a.after(), b.class == Open);
    match (a.class, b.class) {
        (_, Class::Close) if after => Kind::Hug,
        (Open, Open) => Kind::Hug,
        (Class::Close, Class::Comma | Class::Stop | Class::Bang) => Kind::Hug,
        // As css-text-4, text-spacing-trim, has it.
        (Class::Close, Class::Middle) | (Class::Middle, Open) => Kind::Hug,
        _ if after && before => Kind::Meet,
        (Class::Comma, _) => Kind::Comma,
        (Class::Stop | Class::Bang, _) if after => Kind::Stop,
        _ if after || before => Kind::Bracket,
        _ => Kind::Solid,
    }
}

fn first(c: &Cell) -> Option<char> {
    c.text().chars().next()
}

fn last(c: &Cell) -> Option<char> {
    c.text().chars().next_back()
}

/// Whether the rule of ¼ em is for Han and what it faces: letters and digits, with
/// the signs of numbers, and brackets if a space is typed; not for 37℃
/// (clreq#mixed_text_composition_in_horizontal_writing_mode).
fn han_latin(han: &Cell, edge: Option<char>, typed: bool) -> bool {
    let sign = first(han).is_some_and(|c| SUFFIX.contains(c) || PREFIX.contains(c));
    let number = edge.is_some_and(|c| c.is_ascii_digit());
    let fits = edge.is_some_and(|c| c.is_alphanumeric() || "%‰+−±".contains(c));
    !(sign && number) && (fits || typed)
}
