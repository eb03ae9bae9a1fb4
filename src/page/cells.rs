//! A line of code as cells, and where it is turned over when it is too long.

use crate::cjk::class::{Class as Mark, Kind, is_wide};
use crate::highlight::{Class, Token};

/// Cells that a tab reaches to.
const TAB: usize = 4;

/// A character and the cells it takes.
#[derive(Debug, Copy, Clone)]
pub(super) struct Cell {
    /// what is drawn
    pub(super) shown: char,
    /// what was typed
    pub(super) typed: char,
    /// first cell, from the start of its row
    pub(super) column: usize,
    /// how many it takes
    pub(super) cells: usize,
    /// what it is part of
    pub(super) class: Option<Class>,
}

/// The cells of a line.
pub(super) fn cells(line: &str, tokens: &[Token]) -> Vec<Cell> {
    let mut out: Vec<Cell> = vec![];
    let mut tokens = tokens.iter().peekable();
    let mut column = 0;
    for (at, typed) in line.char_indices() {
        while tokens.next_if(|t| t.range.end <= at).is_some() {}
        let token = tokens.peek().filter(|t| t.range.start <= at).map(|t| t.class);
        let (shown, cells) = match typed {
            '\t' => (' ', TAB - column % TAB),
            c if c.is_control() => ('\u{fffd}', 1),
            c if Kind::of(c) == Kind::Mark => (c, 0),
            c => (c, 1 + usize::from(is_two(c))),
        };
        // A blank looks the same in every class: it goes on in that of the last.
        let last = out.last().and_then(|c| c.class);
        let class = if shown == ' ' && token.is_none() { last } else { token };
        let typed = if shown == '\u{fffd}' { shown } else { typed };
        out.push(Cell { shown, typed, column, cells, class });
        column += cells;
    }
    out
}

/// Whether a character takes two cells. Boxes and arrows take one, as in the
/// terminals and editors that they are drawn in.
pub(super) fn is_two(c: char) -> bool {
    let drawn = matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{259f}');
    let full = matches!(Kind::of(c), Kind::Is(_) | Kind::Ideographic);
    !drawn && (is_wide(c) || full)
}

/// Cuts a line into rows of `room` cells. What goes on stands two cells further in
/// than the line; blanks where it is cut hang over the edge.
pub(super) fn rows(mut line: Vec<Cell>, room: usize) -> Vec<Vec<Cell>> {
    let blanks = line.iter().take_while(|c| c.shown == ' ').map(|c| c.cells);
    let indent = (blanks.sum::<usize>() + 2).min(room / 2);
    let mut out = vec![];
    loop {
        let start = if out.is_empty() { 0 } else { indent };
        let first = line.first().map_or(0, |c| c.column);
        for cell in &mut line {
            cell.column = cell.column - first + start;
        }
        let fit = line.iter().take_while(|c| c.column + c.cells <= room).count();
        if fit == line.len() {
            out.push(line);
            return out;
        }
        let mut end = cut(&line, fit.max(1), room);
        end += line[end..].iter().take_while(|c| c.shown == ' ').count();
        let rest = line.split_off(end);
        out.push(line);
        if rest.is_empty() {
            return out;
        }
        line = rest;
    }
}

/// Where to cut a row of which `fit` cells have room: the later the better, and a
/// place that reads well is worth some cells.
fn cut(line: &[Cell], fit: usize, room: usize) -> usize {
    let worth = |i: usize| {
        let gain = match ease(line[i - 1], line[i]) {
            Ease::Comment => room * 3 / 4,
            Ease::Blank => room / 4,
            Ease::Mark => room / 8,
            Ease::Han => room / 16,
            Ease::None => return None,
        };
        Some((line[i].column + gain, i))
    };
    // Not so early that rows are short, nor in the indent.
    let indent = line.iter().take_while(|c| c.shown == ' ').count();
    let half = line.partition_point(|c| c.column < room / 2);
    (half.max(indent + 1)..=fit).filter_map(worth).max().map_or(fit, |best| best.1)
}

const COMMENT: Option<Class> = Some(Class::Comment);

/// How easily a line is cut in a place.
enum Ease {
    /// before a comment
    Comment,
    /// after a blank
    Blank,
    /// beside a sign
    Mark,
    /// beside Han
    Han,
    /// inside a word
    None,
}

fn ease(before: Cell, after: Cell) -> Ease {
    let (a, b) = (before.shown, after.shown);
    let sign = |c: char| c.is_ascii_punctuation() && c != '_';
    if b == ' ' || after.cells == 0 || keeps(Kind::of(b), false) {
        Ease::None
    } else if a == ' ' && after.class != before.class && after.class == COMMENT {
        Ease::Comment
    } else if a == ' ' {
        Ease::Blank
    } else if keeps(Kind::of(a), true) {
        Ease::None
    } else if is_two(a) || is_two(b) {
        Ease::Han
    } else if ",;([{".contains(a) || ")]}+-/%=<>|^?:".contains(a) && !sign(b) {
        Ease::Mark
    } else {
        Ease::None
    }
}

/// Whether a mark of Chinese text does not end a row, or begin one.
fn keeps(kind: Kind, at_end: bool) -> bool {
    let ends = |m: Mark| m == Mark::Open;
    let begins = |m: Mark| {
        matches!(m, Mark::Close | Mark::Comma | Mark::Colon | Mark::Stop | Mark::Bang)
    };
    match kind {
        Kind::Is(m) | Kind::Quote(m) => {
            if at_end {
                ends(m)
            } else {
                begins(m)
            }
        }
        Kind::Dash
        | Kind::Dots
        | Kind::Middle
        | Kind::Narrow(_)
        | Kind::Western
        | Kind::Space
        | Kind::Glue
        | Kind::Ideographic
        | Kind::MayBreak
        | Kind::MayNot
        | Kind::SoftHyphen
        | Kind::Mark => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows as they stand, blanks before what goes on.
    fn wrap(line: &str, room: usize) -> Vec<String> {
        let show = |row: Vec<Cell>| {
            let indent = row.first().map_or(0, |c| c.column);
            " ".repeat(indent) + &row.iter().map(|c| c.typed).collect::<String>()
        };
        rows(cells(line, &[]), room).into_iter().map(show).collect()
    }

    #[test]
    fn a_line_with_room_stays() {
        assert_eq!(wrap("", 8), [""]);
        assert_eq!(wrap("let a = b;", 10), ["let a = b;"]);
    }
    #[test]
    fn what_goes_on_stands_two_cells_further_in() {
        assert_eq!(wrap("abcdefghij", 8), ["abcdefgh", "  ij"]);
        assert_eq!(wrap("  abcdefghij", 8), ["  abcdef", "    ghij"]);
        // Never so far that nothing has room.
        assert_eq!(wrap("       abcd", 8), ["       a", "    bcd"]);
    }
    #[test]
    fn lines_are_cut_where_they_read_well() {
        assert_eq!(wrap("let abc = defg", 12), ["let abc = ", "  defg"]);
        assert_eq!(wrap("call(abc,defgh)", 12), ["call(abc,", "  defgh)"]);
        assert_eq!(wrap("abcdef->ghi", 8), ["abcdef->", "  ghi"]);
        // A sign of two characters is not parted.
        assert_eq!(wrap("abcdefg->hi", 8), ["abcdefg-", "  >hi"]);
        assert_eq!(wrap("abcdef::ghi", 7), ["abcdef:", "  :ghi"]);
    }
    #[test]
    fn a_comment_goes_on_whole() {
        let line = "abcdefgh // ij kl";
        let token = Token { class: Class::Comment, range: 9..line.len() };
        let first = |tokens: &[Token]| rows(cells(line, tokens), 15)[0].len();
        assert_eq!((first(&[token]), first(&[])), (9, 15));
    }
    #[test]
    fn blanks_hang_over_the_edge() {
        assert_eq!(wrap("abcdefgh   ij", 8), ["abcdefgh   ", "  ij"]);
        assert_eq!(wrap("abcdefgh   ", 8), ["abcdefgh   "]);
    }
    #[test]
    fn han_takes_two_cells() {
        assert_eq!(wrap("汉字汉字汉", 8), ["汉字汉字", "  汉"]);
        assert_eq!(wrap("a汉字汉字，", 9), ["a汉字汉", "  字，"]);
        assert_eq!(wrap("汉字汉（字", 8), ["汉字汉", "  （字"]);
        assert!(!is_two('│') && !is_two('→') && is_two('。') && is_two('①'));
    }
    #[test]
    fn tabs_reach_to_the_next_stop() {
        let columns: Vec<_> =
            cells("\ta\tb", &[]).iter().map(|c| (c.column, c.cells)).collect();
        assert_eq!(columns, [(0, 4), (4, 1), (5, 3), (8, 1)]);
    }
    #[test]
    fn marks_stay_with_their_letter() {
        assert_eq!(wrap("abcdefgx\u{301}y", 8), ["abcdefgx\u{301}", "  y"]);
    }
    #[test]
    fn blanks_go_on_in_the_class_before_them() {
        let token = Token { class: Class::Keyword, range: 0..2 };
        let classes: Vec<_> = cells("fn a", &[token]).iter().map(|c| c.class).collect();
        let k = Some(Class::Keyword);
        assert_eq!(classes, [k, k, k, None]);
    }
}
