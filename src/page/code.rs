//! Preformatted text: every character in its cell, so that columns stay under
//! each other, also with Han of two cells between.

use super::galley::Entry;
use super::stack::{ASCENT, Stack};
use super::{Draw, half};
use crate::cjk::class::{Kind, is_wide};
use crate::font::Side;
use crate::font::shape::LangId;
use crate::geom::{Len, Logical, Size};
use crate::line::{Fault, Glyph, GlyphRun};
use crate::source::Span;
use crate::theme::TextStyle;

/// Cells that a tab reaches to.
const TAB: usize = 4;
/// Rows that stay on one page.
const WHOLE: usize = 8;
/// Black of the ground under code, in percent.
const GROUND: u8 = 5;

impl Stack<'_, '_, '_> {
    /// Preformatted text on a light ground; long lines go on below, marked.
    pub(super) fn code(&mut self, text: &str, span: Span) {
        let look = self.input.theme.code;
        self.set_apart(look.look, 0, |s| {
            let style = s.style();
            let inset = s.em();
            let cell = s.cell(style);
            let room = (s.measure - inset * 2).to_sp() / cell.to_sp().max(1);
            let rows: Vec<_> =
                text.split('\n').flat_map(|l| wrap(l, room.max(8) as usize)).collect();
            let pitch = s.pitch().frac(3, 4);
            let n = rows.len();
            let edge = pitch.frac(1, 3);
            // What the grid leaves over stands half above and half below.
            let used = pitch * n as i64 + edge * 2;
            let over = half(used.up_to(s.pitch()) - used);
            s.entries.push(Entry { height: over, keep: true, ..Entry::default() });
            s.ground(edge, true);
            for (i, row) in rows.iter().enumerate() {
                let mut entry = Entry {
                    height: pitch,
                    keep: i + 1 < n && (n <= WHOLE || i == 0 || i + 2 == n),
                    ..Entry::default()
                };
                entry.draws.push(s.tint(pitch));
                let block =
                    half(pitch) - half(style.size) + style.size.frac(ASCENT, 1000);
                let runs = s.cells(row, style, cell, span);
                for mut run in runs {
                    let at = Logical { inline: s.start + inset + run.at, block };
                    run.at = Len::ZERO;
                    entry.draws.push((at, Draw::Text(run)));
                }
                s.entries.push(entry);
            }
            s.ground(edge, false);
            let below = used.up_to(s.pitch()) - used - over;
            s.entries.push(Entry { height: below, ..Entry::default() });
        });
    }
    fn tint(&self, height: Len) -> (Logical, Draw) {
        let size = Size { w: self.measure, h: height };
        let top = Logical { inline: self.start, block: Len::ZERO };
        (top, Draw::Rule { size, black: GROUND })
    }
    /// An edge of the ground, above the first row or below the last.
    fn ground(&mut self, height: Len, above: bool) {
        let draws = vec![self.tint(height)];
        if !above {
            self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
        }
        self.entries.push(Entry { height, draws, keep: above, ..Entry::default() });
    }
    /// Width of a narrow cell: the Latin face's digit.
    fn cell(&mut self, style: TextStyle) -> Len {
        let zero = self.shaper.pick(style.cut, Side::Latin, '0');
        let advance = zero.and_then(|face| {
            let upem = i64::from(self.shaper.fonts().face(face).upem);
            let g = *self.shaper.shape(face, Side::Latin, LangId::BOOK, "0").first()?;
            Some(style.size.frac(i64::from(g.advance), upem))
        });
        advance.unwrap_or(half(style.size)).max(Len::sp(1))
    }
    fn cells(
        &mut self,
        row: &str,
        style: TextStyle,
        cell: Len,
        span: Span,
    ) -> Vec<GlyphRun> {
        let mut out: Vec<GlyphRun> = vec![];
        let mut column = 0usize;
        for c in row.chars() {
            let wide =
                is_wide(c) || matches!(Kind::of(c), Kind::Is(_) | Kind::Ideographic);
            let side = if wide { Side::Han } else { Side::Latin };
            let cells = if Kind::of(c) == Kind::Mark { 0 } else { 1 + usize::from(wide) };
            let at = cell * column as i64;
            column += cells;
            let mut buffer = [0; 4];
            let text = c.encode_utf8(&mut buffer);
            let face = self.shaper.pick(style.cut, side, c).or_else(|| {
                self.faults.push(Fault::Missing(c, span));
                self.shaper.fonts().first(style.cut, side)
            });
            let Some(face) = face else { continue };
            let upem = i64::from(self.shaper.fonts().face(face).upem);
            let glyphs = self.shaper.shape(face, side, LangId::BOOK, text);
            let Some(g) = glyphs.first() else { continue };
            let width = style.size.frac(i64::from(g.advance), upem);
            let at = at + half(cell * cells as i64 - width).max(Len::ZERO);
            if out.last().is_none_or(|r| r.face != face) {
                out.push(GlyphRun {
                    at,
                    rise: Len::ZERO,
                    face,
                    size: style.size,
                    glyphs: vec![],
                    text: String::new(),
                    width: Len::ZERO,
                    strike: false,
                    link: None,
                    span,
                });
            }
            if let Some(run) = out.last_mut() {
                let from = run.text.len() as u32;
                run.text.push(c);
                let text = (from, run.text.len() as u32);
                run.glyphs.push(Glyph { id: g.id, at: at - run.at, text });
                run.width = at + width - run.at;
            }
        }
        out
    }
}

/// Cuts a line of code at a number of cells; what goes on is set two cells in.
fn wrap(line: &str, room: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut column = 0;
    for c in line.chars() {
        let cells = match c {
            '\t' => TAB - column % TAB,
            c if Kind::of(c) == Kind::Mark => 0,
            c => 1 + usize::from(is_wide(c) || matches!(Kind::of(c), Kind::Is(_))),
        };
        if column + cells > room {
            rows.push("  ".into());
            column = 2;
        }
        if let Some(row) = rows.last_mut() {
            match c {
                '\t' => row.extend(std::iter::repeat_n(' ', cells)),
                c if c.is_control() => row.push('\u{fffd}'),
                c => row.push(c),
            }
        }
        column += cells;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::wrap;
    #[test]
    fn long_lines_go_on_two_cells_in() {
        assert_eq!(wrap("abcdef", 4), ["abcd", "  ef"]);
        assert_eq!(wrap("a\tb", 8), ["a   b"]);
        assert_eq!(wrap("汉字a", 4), ["汉字", "  a"]);
    }
}
