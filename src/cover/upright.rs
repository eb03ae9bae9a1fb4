//! Text down the page: Han one under another, Latin words turned to the right.
//!
//! Where a face has vertical forms of marks (OpenType's `vert`) they are used;
//! where it has none, brackets and dashes are turned and stops moved into the
//! corner where a vertical line has them. What is turned is drawn as outlines.

use super::canvas::Canvas;
use super::turned;
use crate::font::shape::LangId;
use crate::font::{FaceId, Side};
use crate::geom::{Len, Point};
use crate::line::{Fault, Glyph, GlyphRun};
use crate::page::Draw;
use crate::source::Span;
use crate::theme::TextStyle;

/// A column, measured from the middle of its top.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// what is drawn
    pub(super) items: Vec<(Point, Draw)>,
    /// how long it is
    pub(super) length: Len,
}

impl Column {
    /// Draws it.
    pub(super) fn put(self, canvas: &mut Canvas<'_>, at: Point) {
        let moved = |(p, d): (Point, Draw)| (Point { x: at.x + p.x, y: at.y + p.y }, d);
        canvas.items.extend(self.items.into_iter().map(moved));
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Eq, PartialEq)]
enum Cell {
    /// one character in its frame, with what belongs to it
    Upright(String),
    /// Latin words, turned
    Turned(String),
    /// one or two digits, or a letter, side by side in a frame
    Level(String),
    /// nothing, half an em
    Space,
}

/// Whether a text is set in columns: it has Han, kana or hangul.
pub(super) fn is_upright(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && Side::of(c) == Side::Han)
}

/// A text in one column.
pub(super) fn column(canvas: &mut Canvas<'_>, text: &str, style: TextStyle) -> Column {
    let mut out = Column::default();
    let mut last_turned = None;
    let mut before = ' ';
    for cell in cells(text) {
        let turned = matches!(cell, Cell::Turned(_));
        // A quarter em between Han and what is turned.
        if last_turned.is_some_and(|l| l != turned) && cell != Cell::Space {
            out.length += style.size.frac(1, 6);
        }
        last_turned = (cell != Cell::Space).then_some(turned);
        let (first, last) = ends(&cell);
        // Where marks meet, and at the head, half a frame is blank too much.
        if opens(first) && (out.length == Len::ZERO || closes(before)) {
            out.length -= style.size.frac(1, 2);
        }
        before = last;
        match cell {
            Cell::Space => out.length += style.size.frac(1, 2),
            Cell::Upright(text) => upright(canvas, &text, style, &mut out),
            Cell::Turned(text) => {
                let (items, length) = turned::line(canvas, &text, style);
                let top = out.length;
                out.items.extend(
                    items.into_iter().map(|(p, d)| (Point { y: p.y + top, ..p }, d)),
                );
                out.length += length;
            }
            Cell::Level(text) => {
                let measure = style.size * 8;
                let lines = canvas.lines(&text, style, measure, false);
                for line in lines.into_iter().take(1) {
                    let x = -line.width.frac(1, 2);
                    let y = out.length + style.size.frac(86, 100);
                    let place = |r: &GlyphRun| Point { x: x + r.at, y };
                    let runs = line.runs.into_iter();
                    out.items.extend(runs.map(|r| (place(&r), Draw::Text(r.into()))));
                }
                out.length += style.size;
            }
        }
    }
    out
}

/// A cell's first and last character.
fn ends(cell: &Cell) -> (char, char) {
    let text = match cell {
        Cell::Upright(text) | Cell::Turned(text) | Cell::Level(text) => text,
        Cell::Space => " ",
    };
    (text.chars().next().unwrap_or(' '), text.chars().next_back().unwrap_or(' '))
}

/// Marks that stand in the second half of their frame.
fn opens(c: char) -> bool {
    "（《〈「『【〔［｛〖“‘".contains(c)
}

/// Marks that stand in the first half of their frame.
fn closes(c: char) -> bool {
    "）》〉」』】〕］｝〗”’，。、".contains(c)
}

/// Marks and selectors that belong to the character before them.
fn clings(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{3099}' | '\u{309a}' | '\u{e0100}'..='\u{e01ef}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn cells(text: &str) -> Vec<Cell> {
    let mut out: Vec<Cell> = vec![];
    let mut word = String::new();
    let mut joined = false;
    for c in text.chars() {
        let western =
            Side::of(c) == Side::Latin && !matches!(c, '\u{a0}' | '\0'..='\x1f');
        if clings(c) || joined {
            joined = c == '\u{200d}';
            match out.last_mut() {
                _ if !word.is_empty() => word.push(c),
                Some(Cell::Upright(text)) => text.push(c),
                Some(Cell::Turned(_) | Cell::Level(_) | Cell::Space) | None => {
                    out.push(Cell::Upright(c.to_string()));
                }
            }
        } else if western {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            // Dashes side by side are one line.
            if let Some(Cell::Upright(text)) = out.last_mut()
                && c == '—'
                && text.ends_with('—')
            {
                text.push(c);
                continue;
            }
            match c.is_whitespace() {
                true => out.push(Cell::Space),
                false => out.push(Cell::Upright(c.to_string())),
            }
        }
    }
    flush(&mut word, &mut out);
    while out.last() == Some(&Cell::Space) {
        out.pop();
    }
    out
}

/// A stretch of Latin becomes a cell.
fn flush(word: &mut String, out: &mut Vec<Cell>) {
    let text = std::mem::take(word);
    let bare = text.trim();
    if bare.is_empty() {
        if !text.is_empty() {
            out.push(Cell::Space);
        }
        return;
    }
    let short = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit())
        || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphanumeric());
    out.push(match short {
        true => Cell::Level(bare.to_string()),
        false => Cell::Turned(bare.to_string()),
    });
}

/// How a mark without a vertical form stands (UAX 50).
fn stands(c: char) -> Stand {
    match c {
        '，' | '。' | '、' | '．' => Stand::Corner,
        '《' | '》' | '〈' | '〉' | '「' | '」' | '『' | '』' | '（' | '）' | '【'
        | '】' | '〔' | '〕' | '［' | '］' | '｛' | '｝' | '〖' | '〗' | '—' | '―'
        | '…' | '～' | '－' | '–' | '：' | '；' | '“' | '”' | '‘' | '’' | 'ー' | '〜'
        | '＝' | '⸺' => Stand::Turned,
        _ => Stand::Upright,
    }
}

#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum Stand {
    Upright,
    Turned,
    Corner,
}

fn upright(canvas: &mut Canvas<'_>, text: &str, style: TextStyle, out: &mut Column) {
    let Some(c) = text.chars().next() else { return };
    let dashes = text.chars().filter(|c| *c == '—').count() as i64;
    let frame = style.size * dashes.max(1);
    let top = out.length;
    out.length += frame;
    let Some(face) = canvas.shaper.pick(style.cut, Side::Han, c) else {
        canvas.faults.push(Fault::Missing(c, Span::default()));
        return;
    };
    let lang = LangId::BOOK;
    let glyphs = canvas.shaper.shape(face, Side::Han, lang, text);
    let own = canvas.shaper.vertical(face, lang, text);
    let own = own
        .filter(|_| dashes < 2)
        .filter(|id| glyphs.first().is_none_or(|g| g.id != *id));
    let upem = i64::from(canvas.shaper.fonts().face(face).upem);
    let stand = if own.is_some() { Stand::Upright } else { stands(c) };
    let baseline = top + style.size.frac(88, 100);
    let mut pen = 0;
    let wide: i64 = glyphs.iter().map(|g| i64::from(g.advance)).sum();
    for g in glyphs.iter() {
        let id = own.unwrap_or(g.id);
        let x = style.size.frac(pen + i64::from(g.dx) - wide / 2, upem);
        let y = baseline - style.size.frac(i64::from(g.dy), upem);
        pen += i64::from(g.advance);
        match stand {
            Stand::Turned => {
                let at = Point { x: x + frame.frac(1, 2), y };
                out.items.extend(turned_in_frame(canvas, face, id, style, at, top));
            }
            Stand::Corner => {
                let by = style.size.frac(11, 20);
                let at = Point { x: x + by, y: y - by };
                out.items.push((at, Draw::Text(run(text, face, id, style).into())));
            }
            Stand::Upright => {
                let at = Point { x, y };
                out.items.push((at, Draw::Text(run(text, face, id, style).into())));
            }
        }
    }
}

/// A glyph a quarter turn to the right about the middle of its frame.
fn turned_in_frame(
    canvas: &Canvas<'_>,
    face: FaceId,
    id: u16,
    style: TextStyle,
    at: Point,
    top: Len,
) -> Option<(Point, Draw)> {
    // The middle of the frame is 0.38 em above the baseline.
    let middle = style.size.frac(38, 100);
    let fonts = canvas.shaper.fonts();
    let start = Point { x: -middle, y: top + at.x };
    turned::glyph(fonts, face, id, style, start)
}

fn run(text: &str, face: FaceId, id: u16, style: TextStyle) -> GlyphRun {
    GlyphRun {
        at: Len::ZERO,
        rise: Len::ZERO,
        face,
        size: style.size,
        glyphs: vec![Glyph::new(id, Len::ZERO, (0, text.len() as u32))],
        text: text.to_string(),
        width: style.size,
        strike: false,
        side: None,
        ink: style.ink,
        link: None,
        lang: None,
        span: Span::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_falls_into_cells() {
        let up = |s: &str| Cell::Upright(s.into());
        let turned = |s: &str| Cell::Turned(s.into());
        assert_eq!(
            cells("用 Markdown 写书"),
            [up("用"), turned("Markdown"), up("写"), up("书")]
        );
        assert_eq!(cells("20世纪"), [Cell::Level("20".into()), up("世"), up("纪")]);
        assert_eq!(cells("1984"), [turned("1984")]);
        assert_eq!(cells("甲　乙 "), [up("甲"), Cell::Space, up("乙")]);
        assert_eq!(cells("葛\u{e0100}"), [up("葛\u{e0100}")]);
        assert_eq!(cells("\u{200d}"), [up("\u{200d}")]);
        assert_eq!(cells("甲——乙"), [up("甲"), up("——"), up("乙")]);
        assert_eq!(cells(""), []);
    }

    #[test]
    fn han_stands_upright_and_latin_does_not() {
        assert!(is_upright("刻本") && is_upright("C 语言") && is_upright("책"));
        assert!(!is_upright("The Book") && !is_upright("") && !is_upright("《》"));
    }
}
