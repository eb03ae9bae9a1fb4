//! Characters with their reading above them (clreq#positioning_of_pinyin; JLREQ 3.3):
//! one box, at half size, in the middle over the base. A reading that is wider spreads
//! its base. It stands between the lines, so the pitch stays what it is.

use super::compose::Composer;
use super::flatten::Run;
use super::item::Item;
use crate::book::beside::zhuyin;
use crate::cjk::class::is_wide;
use crate::cjk::token::Token;
use crate::font::Side;
use crate::geom::Len;
use std::ops::Range;

/// Size of a reading, in thousandths of its base's; that of zhuyin is smaller, for
/// three signs and a tone stand over one character.
const READING: i64 = 500;
const ZHUYIN: i64 = 400;
/// The foot of a reading's frame above the baseline: where the base's ends.
const FOOT: i64 = 880;
/// What of a reading's frame is below its own baseline.
const BELOW: i64 = 120;
/// Readings in letters stay apart by so much (clreq: ¼ em), and lie clear of the base
/// with what hangs below them.
const APART: i64 = 250;
const CLEAR: i64 = 30;
/// How far readings reach above the baseline, without the blank in their frames.
pub(super) const REACH: i64 = 1280;

/// A piece that is not spread: a wide character, or a stretch of letters.
struct Unit {
    glyphs: Range<usize>,
    width: Len,
}

impl Composer<'_, '_> {
    /// The box of a base of so many bytes and its reading.
    pub(super) fn ruby(&mut self, token: &Token, base: usize) {
        let run = &self.p.runs[token.part];
        let cut = (token.range.start + base).min(token.range.end);
        let (start, size) = (self.list.glyphs.len(), run.style.size);
        let below = self.units(token.range.start..cut, run, size, 1000);
        let reading = &self.p.text[cut..token.range.end];
        let zhuyin = reading.chars().any(zhuyin);
        let scale = if zhuyin { ZHUYIN } else { READING };
        // The tones of zhuyin are no letters.
        let letter = |c: char| c.is_alphabetic() && !is_wide(c) && !zhuyin;
        let letters = reading.chars().any(letter);
        let above = self.units(cut..token.range.end, run, size.frac(scale, 1000), scale);
        let solid = |units: &[Unit]| units.iter().map(|u| u.width).sum::<Len>();
        let apart = if letters { size.frac(APART, 1000) } else { Len::ZERO };
        let width = solid(&below).max(solid(&above) + apart);
        let (n, spare) = (below.len().max(1) as i64, width - solid(&below));
        let mut pen = Len::ZERO;
        for (i, unit) in (0i64..).zip(&below) {
            self.shift(unit, pen + spare.frac(2 * i + 1, 2 * n), Len::ZERO);
            pen += unit.width;
        }
        let rise = FOOT + BELOW * scale / 1000 + if letters { CLEAR } else { 0 };
        let mut pen = (width - solid(&above)).frac(1, 2);
        for unit in &above {
            self.shift(unit, pen, size.frac(rise, 1000));
            pen += unit.width;
        }
        let end = self.list.glyphs.len();
        self.boxed(start..end, width, token.range.clone(), token);
        if let Some(Item::Box { weight, .. }) = self.list.items.last_mut() {
            *weight = below.len().min(9) as u8;
        }
    }
    fn shift(&mut self, unit: &Unit, by: Len, rise: Len) {
        for g in &mut self.list.glyphs[unit.glyphs.clone()] {
            g.at += by;
            g.rise += rise;
        }
    }
    /// The glyphs of a stretch in a size, each piece from its own start.
    fn units(
        &mut self,
        range: Range<usize>,
        run: &Run,
        size: Len,
        scale: i64,
    ) -> Vec<Unit> {
        let text = &self.p.text[range.clone()];
        let mut out = vec![];
        for piece in pieces(text) {
            let from = self.list.glyphs.len();
            let side = text[piece.clone()].chars().next().map_or(Side::Han, Side::of);
            let mut pen = Len::ZERO;
            let at = range.start + piece.start;
            for (face, part) in self.faces(&text[piece], run, side, at) {
                pen += self.row(face, part, run, (size, scale), side, pen);
            }
            out.push(Unit { glyphs: from..self.list.glyphs.len(), width: pen });
        }
        out
    }
    /// The glyphs of one face, one after the other from `from`; gives their width.
    fn row(
        &mut self,
        face: crate::font::FaceId,
        range: Range<usize>,
        run: &Run,
        (size, scale): (Len, i64),
        side: Side,
        from: Len,
    ) -> Len {
        let upem = i64::from(self.shaper.fonts().face(face).upem);
        let lang = self.shaper.language(run.lang.as_deref());
        let raw = self.shaper.shape(face, side, lang, &self.p.text[range.clone()]);
        let advance = |g: &crate::font::shape::RawGlyph| i64::from(g.advance);
        let natural: i64 = raw.iter().map(advance).sum();
        // A wide character has a frame of an em, whatever its face says.
        let wide = self.p.text[range.clone()].chars().next().is_some_and(is_wide);
        let frame = if wide { upem } else { natural };
        let pen = (frame - natural) / 2;
        self.in_row(face, &raw, &range, from, (size, scale as u16), pen);
        size.frac(frame, upem)
    }
}

/// Cuts text at wide characters, each with the marks behind it.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = vec![];
    let mut wide = false;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        let mark = crate::cjk::class::Kind::of(c) == crate::cjk::class::Kind::Mark;
        match out.last_mut().filter(|_| mark || !(wide || is_wide(c))) {
            Some(last) => last.end = end,
            None => out.push(i..end),
        }
        wide = is_wide(c) || mark && wide;
    }
    out
}
