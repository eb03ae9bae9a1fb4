//! Tokens into boxes: faces, glyphs, their places in frames.

use super::compose::{Composer, Piece, Placed};
use super::flatten::Run;
use super::item::Item;
use super::{Fault, hyphen, place};
use crate::cjk::Region;
use crate::cjk::class::{Class, Kind as CharKind};
use crate::cjk::token::{Part, Token};
use crate::font::shape::RawGlyph;
use crate::font::{FaceId, Side};
use crate::geom::Len;
use std::ops::Range;

impl Composer<'_, '_> {
    /// The boxes of a token: one, or several with hyphens between.
    pub(super) fn token(&mut self, token: &Token) {
        let run = &self.p.runs[token.part];
        let start = self.list.glyphs.len();
        if let Some(formula) = run.formula.clone() {
            return self.formula(&formula, token);
        }
        if let Some(base) = run.ruby {
            return self.ruby(token, base);
        }
        if let Some(object) = &run.object {
            let width = object.width;
            return self.boxed(start..start, width, token.range.clone(), token);
        }
        if self.single(token, run) {
            return;
        }
        let width = self.glyphs(token, run);
        let lang = hyphen::language(run.lang.as_deref(), &self.rules.latin);
        let points = match self.hyphenates(token, run) {
            true => hyphen::points_within(&self.p.text, &token.range, lang),
            false => vec![],
        };
        self.syllables(start, width, token, &points);
    }
    /// A single Han character, the way most tokens go; false for any other.
    fn single(&mut self, token: &Token, run: &Run) -> bool {
        let mut chars = self.p.text[token.range.clone()].chars();
        let (Class::Han, Some(c), None) = (token.first, chars.next(), chars.next())
        else {
            return false;
        };
        let lang = self.shaper.language(run.lang.as_deref());
        let Some(found) = self.shaper.single(run.style.cut, lang, c) else {
            return false;
        };
        let (g, size) = (found.glyph, run.style.size);
        let at = (found.upem - i64::from(g.advance)) / 2 + i64::from(g.dx);
        let part = |n: i64| if n == 0 { Len::ZERO } else { size.frac(n, found.upem) };
        self.list.glyphs.push(Placed {
            face: found.face,
            id: g.id,
            at: part(at),
            rise: part(i64::from(g.dy)),
            scale: 1000,
            text: token.range.clone(),
        });
        let last = self.list.glyphs.len();
        self.boxed(last - 1..last, size, token.range.clone(), token);
        true
    }
    fn hyphenates(&self, token: &Token, run: &Run) -> bool {
        self.rules.hyphenate
            && !self.rules.grid
            && token.first.is_western()
            && run.part == Part::Text
    }
    /// One box for what stands between two hyphenation points. The word is shaped
    /// whole, so kerning and ligatures go across them; a point inside a ligature
    /// is none.
    fn syllables(&mut self, start: usize, width: Len, token: &Token, points: &[usize]) {
        let end = self.list.glyphs.len();
        let (mut from, mut at) = (start, Len::ZERO);
        let mut text = token.range.start;
        let mut next = start + 1;
        for point in points.iter().map(|p| token.range.start + p) {
            while next < end && self.list.glyphs[next].text.start < point {
                next += 1;
            }
            if next >= end || self.list.glyphs[next].text.start != point {
                continue;
            }
            let pen = self.list.glyphs[next].at;
            self.part(from..next, at, pen - at, text..point, token);
            self.hyphen(token.part);
            (from, at, text) = (next, pen, point);
        }
        self.part(from..end, at, width - at, text..token.range.end, token);
    }
    /// A box for some glyphs of a token, which begin at `at`.
    fn part(
        &mut self,
        glyphs: Range<usize>,
        at: Len,
        width: Len,
        text: Range<usize>,
        token: &Token,
    ) {
        if at > Len::ZERO {
            self.list.glyphs[glyphs.clone()].iter_mut().for_each(|g| g.at -= at);
        }
        self.boxed(glyphs, width, text, token);
    }
    pub(super) fn boxed(
        &mut self,
        glyphs: Range<usize>,
        width: Len,
        range: Range<usize>,
        token: &Token,
    ) {
        let weight = weight(&self.p.text[range.clone()], token, &range);
        let piece = self.piece(glyphs, token.part, range, token.first, false);
        self.push(Item::Box { width, piece: Some(piece), weight }, None);
    }
    fn piece(
        &mut self,
        glyphs: Range<usize>,
        part: usize,
        range: Range<usize>,
        class: Class,
        sign: bool,
    ) -> u32 {
        let glyphs = glyphs.start as u32..glyphs.end as u32;
        let run = part as u32;
        self.list.pieces.push(Piece { glyphs, run, range, class, sign, part: None });
        self.list.pieces.len() as u32 - 1
    }
    /// A glyph that stands for no text of its own, in a run's style.
    pub(super) fn sign(
        &mut self,
        part: usize,
        text: &str,
        range: Range<usize>,
    ) -> Option<(u32, Len)> {
        let style = self.p.runs[part].style;
        let c = text.chars().next()?;
        let face = self.shaper.pick(style.cut, Side::Latin, c)?;
        let upem = i64::from(self.shaper.fonts().face(face).upem);
        let lang = self.shaper.language(self.p.runs[part].lang.as_deref());
        let glyph = *self.shaper.shape(face, Side::Latin, lang, text).first()?;
        let start = self.list.glyphs.len();
        self.list.glyphs.push(Placed {
            face,
            id: glyph.id,
            at: Len::ZERO,
            rise: Len::ZERO,
            scale: 1000,
            text: range.clone(),
        });
        let piece = self.piece(start..start + 1, part, range, Class::Alpha, true);
        Some((piece, style.size.frac(i64::from(glyph.advance), upem)))
    }
    /// The glyphs of a token; gives its width.
    fn glyphs(&mut self, token: &Token, run: &Run) -> Len {
        let text = &self.p.text[token.range.clone()];
        let code = run.part == Part::Code && text.is_ascii();
        let side = if token.first.is_western() || code { Side::Latin } else { Side::Han };
        let mut width = Len::ZERO;
        for (face, range) in self.faces(text, run, side, token.range.start) {
            width += self.shape(face, range, token.first, run, side, width);
        }
        width
    }
    /// Cuts a piece where the face changes. Characters that no font has are
    /// reported and go to the first face, where a box stands for them.
    pub(super) fn faces(
        &mut self,
        text: &str,
        run: &Run,
        side: Side,
        at: usize,
    ) -> Vec<(FaceId, Range<usize>)> {
        let mut out: Vec<(FaceId, Range<usize>)> = vec![];
        for (i, c) in text.char_indices() {
            let range = at + i..at + i + c.len_utf8();
            let mark = CharKind::of(c) == CharKind::Mark;
            let face = match (mark, out.last(), self.shaper.pick(run.style.cut, side, c))
            {
                // A combining mark stays with its base, whatever its face has.
                (true, Some((face, _)), _) => Some(*face),
                (_, _, Some(face)) => Some(face),
                (_, _, None) => {
                    self.faults.push(Fault::Missing(c, run.place(&range)));
                    self.shaper.fonts().first(run.style.cut, side)
                }
            };
            let Some(face) = face else { continue };
            match out.last_mut() {
                Some((f, r)) if *f == face => r.end = range.end,
                _ => out.push((face, range)),
            }
        }
        out
    }
    /// Shapes one stretch of one face; gives its width.
    fn shape(
        &mut self,
        face: FaceId,
        range: Range<usize>,
        class: Class,
        run: &Run,
        side: Side,
        from: Len,
    ) -> Len {
        let text = &self.p.text[range.clone()];
        let size = run.style.size;
        let upem = i64::from(self.shaper.fonts().face(face).upem);
        let shown = self.shown(face, class, text);
        // Marks are the book's, as are the rules that place them (Z-01).
        let said = run.lang.as_deref().filter(|_| is_letter(class));
        let lang = self.shaper.language(said);
        let raw = self.shaper.shape(face, side, lang, shown);
        let frame = place::frame(class, text, self.rules);
        let Some(frame) = frame else {
            return self.plain(face, &raw, &range, run, from, upem);
        };
        let setting = place::Setting {
            class,
            width: frame * upem / 1000,
            before: self.rules.before(class) * upem / 1000,
            upem,
        };
        for spot in place::origins(&setting, &raw, |id| self.shaper.ink(face, id)) {
            let g = raw[spot.glyph];
            // A substitute or a copy stands for the text once, with the first.
            let text = match (shown == text, spot.copy) {
                (_, true) => range.end..range.end,
                (true, false) => cluster(&raw, spot.glyph, &range),
                (false, false) => range.clone(),
            };
            self.list.glyphs.push(Placed {
                face,
                id: g.id,
                at: from + size.frac(spot.at + i64::from(g.dx), upem),
                rise: size.frac(spot.rise + i64::from(g.dy), upem),
                scale: spot.scale as u16,
                text,
            });
        }
        size.frac(frame, 1000)
    }
    /// Glyphs with their own advances.
    fn plain(
        &mut self,
        face: FaceId,
        raw: &[RawGlyph],
        range: &Range<usize>,
        run: &Run,
        from: Len,
        upem: i64,
    ) -> Len {
        let size = run.style.size;
        let pen = self.in_row(face, raw, range, from, (size, 1000), 0);
        size.frac(pen, upem)
    }
    /// Glyphs one after the other, of a size and so many thousandths of their run's,
    /// with the pen so far behind `from` in font units; gives where it ends.
    pub(super) fn in_row(
        &mut self,
        face: FaceId,
        raw: &[RawGlyph],
        range: &Range<usize>,
        from: Len,
        (size, scale): (Len, u16),
        mut pen: i64,
    ) -> i64 {
        let upem = i64::from(self.shaper.fonts().face(face).upem);
        for (i, g) in raw.iter().enumerate() {
            self.list.glyphs.push(Placed {
                face,
                id: g.id,
                at: from + size.frac(pen + i64::from(g.dx), upem),
                rise: size.frac(i64::from(g.dy), upem),
                scale,
                text: cluster(raw, i, range),
            });
            pen += i64::from(g.advance);
        }
        pen
    }
    /// What is shaped for a piece of text: an interpunct that was typed as one of
    /// its look-alikes is drawn as one in Chinese, and a full-width solidus as one
    /// that fits its ½ em on the mainland (W-11). Copied text keeps what was typed.
    fn shown<'t>(&self, face: FaceId, class: Class, text: &'t str) -> &'t str {
        let chinese = matches!(self.rules.region, Region::Cn | Region::Tw | Region::Hk);
        if class == Class::Middle
            && chinese
            && matches!(text, "‧" | "・" | "•")
            && self.shaper.fonts().face(face).has('·')
        {
            return "·";
        }
        let narrow = class == Class::Solidus && self.rules.region == Region::Cn;
        if narrow && text == "／" && self.shaper.fonts().face(face).has('/') {
            return "/";
        }
        text
    }
}

/// Whether a piece is text, and no mark.
fn is_letter(class: Class) -> bool {
    let han = matches!(class, Class::Han | Class::Small | Class::Repeat | Class::Hangul);
    han || class.is_western()
}

/// How much a piece counts against a lonely last line (P-04): a Han one, a
/// Western word two, the tail of a hyphenated one like a Han. A mark is no
/// company for a lonely character.
fn weight(text: &str, token: &Token, range: &Range<usize>) -> u8 {
    match token.first {
        Class::Han | Class::Small | Class::Repeat | Class::Hangul => 1,
        Class::Alpha | Class::AlphaBare | Class::AlphaOpen => {
            let tail = range.start > token.range.start;
            if tail || text.chars().count() < 2 { 1 } else { 2 }
        }
        Class::Object => 2,
        Class::Open
        | Class::Close
        | Class::Comma
        | Class::Colon
        | Class::Stop
        | Class::Bang
        | Class::Stack
        | Class::Middle
        | Class::Connector
        | Class::Solidus
        | Class::Dash
        | Class::Ellipsis
        | Class::AlphaClose
        | Class::NoteRef => 0,
    }
}

/// The bytes that glyph `i` stands for: from its cluster to the next one; the
/// second glyph of a cluster stands for none.
fn cluster(raw: &[RawGlyph], i: usize, range: &Range<usize>) -> Range<usize> {
    let here = raw[i].cluster as usize;
    let start = range.start + here;
    if i > 0 && raw[i - 1].cluster == raw[i].cluster {
        return start..start;
    }
    let next = raw[i..].iter().map(|g| g.cluster as usize).find(|c| *c > here);
    start..next.map_or(range.end, |n| range.start + n)
}
