//! Large initials (首字下沉): the first character of a chapter, several lines high.
//! A Han stands in the frame from the top of the first line's characters to the
//! foot of the last's; a letter stands on the last line and reaches as high as the
//! first line's capitals. An opening mark before it grows with it.

use super::stack::{ASCENT, Stack};
use super::structure::Role;
use crate::book::{Block, BlockKind, Division, Inline};
use crate::font::Side;
use crate::geom::{Len, Logical};
use crate::line::{Beside, Line, Paragraph, Shape};

/// Marks that may stand before the first character.
const OPENING: &str = "“‘「『《〈（【〔\"'([";
/// Height of capitals where a face does not say, in thousandths.
const CAPITAL: i64 = 700;

impl Stack<'_, '_, '_> {
    /// The blocks of a chapter, the first paragraph with its initial.
    pub(super) fn opening(&mut self, blocks: &[Block]) {
        let lines = i64::from(self.input.config.makeup.drop_cap);
        let body = self.chapter.division == Division::Body;
        if let ([Block { kind: BlockKind::Paragraph(t), .. }, rest @ ..], 2.., true) =
            (blocks, lines, body)
            && self.tagged(Role::P, |s| s.initial(t, lines))
        {
            return self.blocks(rest);
        }
        self.blocks(blocks);
    }
    /// A paragraph with a large initial; false if it has none to enlarge.
    fn initial(&mut self, inlines: &[Inline], lines: i64) -> bool {
        let mut p = self.flatten(inlines, self.style());
        let Some(end) = first(&p.text) else { return false };
        let plain = p.runs.first().is_some_and(|r| {
            r.range.end >= end
                && r.object.is_none()
                && r.note.is_none()
                && r.ruby.is_none()
        });
        if !plain {
            return false;
        }
        let rest = p.split_off(end);
        let em = self.style().size;
        let down = self.pitch() * (lines - 1);
        let Some((line, block, by)) = self.large(p, em, down) else { return false };
        let beside = Beside { lines: lines as usize, by };
        let shape =
            Shape { measure: self.measure, justify: true, beside, ..Shape::default() };
        let set = self.shaped(&rest, shape);
        if set.len() < lines as usize {
            // Too short to stand beside it.
            return false;
        }
        let at = self.entries.len();
        self.push_lines(set, em);
        for (i, entry) in self.entries[at..].iter_mut().take(lines as usize).enumerate() {
            entry.draws.iter_mut().for_each(|d| d.0.inline += by);
            entry.keep |= i + 1 < lines as usize;
        }
        let place = Logical { inline: self.start, block };
        if let Some(entry) = self.entries.get_mut(at) {
            // It is read first.
            let rest = std::mem::take(&mut entry.draws);
            entry.line(line, place);
            entry.draws.extend(rest);
        }
        true
    }
    /// The initial, where its baseline is, and what it takes of the lines beside it.
    fn large(
        &mut self,
        mut p: Paragraph,
        em: Len,
        down: Len,
    ) -> Option<(Line, Len, Len)> {
        let c = p.text.chars().last()?;
        let style = p.runs.first()?.style;
        let side = Side::of(c);
        let base = self.baseline(em) + down;
        let (size, block) = match side {
            Side::Han => {
                let size = down + em;
                let foot = |l: Len| l - l.frac(ASCENT, 1000);
                (size, base + foot(em) - foot(size))
            }
            Side::Latin => {
                let face = self.shaper.pick(style.cut, side, c)?;
                let face = self.shaper.fonts().face(face);
                let cap = face.font().metrics().cap_height.map(|h| h.to_f64() as i64);
                let upem = i64::from(face.upem).max(1);
                let cap = cap.filter(|h| *h > 0).map_or(CAPITAL, |h| h * 1000 / upem);
                (em + down.frac(1000, cap), base)
            }
        };
        p.runs.iter_mut().for_each(|r| r.style.size = size);
        let measure = self.measure;
        let shape = Shape { measure, ..Shape::default() };
        let mut lines = self.shaped(&p, shape);
        let line = lines.pop().filter(|_| lines.is_empty())?;
        // Han beside it stand on whole em; a word goes on at once.
        let by = match side {
            Side::Han => (line.width + em.frac(1, 4)).up_to(em),
            Side::Latin => line.width + em.frac(1, 8),
        };
        (by * 2 <= measure).then_some((line, block, by))
    }
}

/// Where the first character ends, with the opening marks before it and the
/// accents behind; nothing where a paragraph does not begin with a letter.
fn first(text: &str) -> Option<usize> {
    let marks: usize = text
        .chars()
        .take_while(|c| OPENING.contains(*c))
        .take(2)
        .map(char::len_utf8)
        .sum();
    let c = text[marks..].chars().next().filter(|c| c.is_alphanumeric())?;
    let end = marks + c.len_utf8();
    let accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}');
    let accents: usize = text[end..].chars().take_while(accent).map(char::len_utf8).sum();
    Some(end + accents)
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn what_is_enlarged() {
        let shown = |s: &'static str| first(s).map(|end| &s[..end]);
        assert_eq!(shown("天地"), Some("天"));
        assert_eq!(shown("“天地”"), Some("“天"));
        assert_eq!(shown("E\u{301}t"), Some("E\u{301}"));
        for none in ["", "——天", "“", "……", "“‘「天"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
