//! Text into items: the one place where the rules of composition meet the
//! measurements of fonts.

use super::Fault;
use super::flatten::{Paragraph, Run};
use super::item::{Glue, Item, Kind, NEVER};
use super::{hyphen, place};
use crate::cjk::class::{Class, Kind as CharKind};
use crate::cjk::gap::{Break, Gap, Stretch, Typed, between};
use crate::cjk::token::{Joint, Part, Token, tokens};
use crate::cjk::{HALF, Rules};
use crate::font::shape::Shaper;
use crate::font::{FaceId, Side};
use crate::geom::Len;
use std::ops::Range;

/// A paragraph as items, with the glyphs that its boxes stand for.
#[derive(Debug, Default)]
pub struct List {
    /// what the breaker sees
    pub items: Vec<Item>,
    /// what the boxes hold
    pub pieces: Vec<Piece>,
    /// the pieces' glyphs
    pub glyphs: Vec<Placed>,
    /// for each item, the space glyph or hyphen that it draws
    pub drawn: Vec<Option<u32>>,
    /// size of the first run: gaps are judged against it
    pub em: Len,
}

/// What a box holds.
#[derive(Debug, Clone)]
pub struct Piece {
    /// glyphs in [`List::glyphs`]
    pub glyphs: Range<u32>,
    /// run in [`Paragraph::runs`]
    pub run: u32,
    /// bytes of the paragraph
    pub range: Range<usize>,
    /// class, for dumps
    pub class: Class,
}

/// A glyph in its piece.
#[derive(Debug, Clone)]
pub struct Placed {
    /// face
    pub face: FaceId,
    /// index in the face
    pub id: u16,
    /// from the start of the piece
    pub at: Len,
    /// above the run's baseline
    pub rise: Len,
    /// the text that it stands for, in bytes of the paragraph; a hyphen or
    /// space that was not typed has an empty one
    pub text: Range<usize>,
}

/// Cost of a hyphen at a line's end: about that of a line with 1/20 em in every
/// gap, so that words are broken only where a line would gape.
const HYPHEN: i32 = 400;
/// Cost of a line end between a number and its unit, 年 among them (U-05): that
/// of about 1/10 em in every gap.
const COSTLY: i32 = 600;
/// Cost of a line end inside an address or after a typed hyphen.
const OPEN: i32 = 60;

/// Composes a paragraph.
pub fn compose(
    p: &Paragraph,
    indent: Len,
    rules: &Rules,
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> List {
    let parts: Vec<_> = p.runs.iter().map(|r| (r.range.clone(), r.part)).collect();
    let em = p.runs.first().map_or(Len::milli_pt(10_000), |r| r.style.size);
    let mut c =
        Composer { p, rules, shaper, faults, list: List { em, ..List::default() } };
    if indent > Len::ZERO {
        c.push(Item::Box { width: indent, piece: None, weighs: false }, None);
    }
    let mut last: Option<(Class, usize)> = None;
    for token in tokens(&p.text, &parts) {
        c.joint(last, &token);
        c.token(&token);
        last = Some((token.last, token.part));
    }
    c.push(Item::Forced, None);
    c.list
}

struct Composer<'a, 'f> {
    p: &'a Paragraph,
    rules: &'a Rules,
    shaper: &'a mut Shaper<'f>,
    faults: &'a mut Vec<Fault>,
    list: List,
}

impl Composer<'_, '_> {
    fn push(&mut self, item: Item, drawn: Option<u32>) {
        self.list.items.push(item);
        self.list.drawn.push(drawn);
    }
    fn penalty(&mut self, cost: i32) {
        self.push(Item::Penalty { cost, width: Len::ZERO }, None);
    }
    /// What stands between the last token and this one.
    fn joint(&mut self, last: Option<(Class, usize)>, token: &Token) {
        if token.joint == Joint::Newline {
            return self.push(Item::Forced, None);
        }
        let Some((before, part)) = last else { return };
        match token.joint {
            Joint::Gap(typed) => self.gap(before, part, token, typed, None),
            Joint::Costly(typed) => self.gap(before, part, token, typed, Some(COSTLY)),
            Joint::Glued => self.gap(before, part, token, Typed::Nothing, Some(NEVER)),
            Joint::Ideographic => self.ideographic(before, token),
            Joint::Open => self.penalty(OPEN),
            Joint::Hyphen => self.hyphen(token.part),
            Joint::Tight | Joint::Newline => {}
        }
    }
    fn gap(
        &mut self,
        before: Class,
        part: usize,
        token: &Token,
        typed: Typed,
        cost: Option<i32>,
    ) {
        let gap = between(before, token.first, typed, self.rules);
        self.penalty(match gap.at_break {
            Break::Never => NEVER,
            Break::May => cost.unwrap_or(0),
        });
        // The gap beside Han is measured in the surrounding text's em, which is
        // the larger of the two.
        let runs = &self.p.runs;
        let em = runs[part].style.size.max(runs[token.part].style.size);
        let drawn = (typed != Typed::Nothing).then(|| self.space(part, token)).flatten();
        self.glue(&gap, em, drawn);
    }
    fn glue(&mut self, gap: &Gap, em: Len, drawn: Option<u32>) {
        let most = match gap.stretch {
            Stretch::Word | Stretch::HanLatin => (HALF - gap.width).max(0),
            Stretch::No | Stretch::Any => 0,
        };
        let glue = Glue {
            width: em.frac(gap.width, 1000),
            shrink: em.frac(gap.width - gap.least, 1000),
            tier: gap.squeeze,
            stretch: em.frac(most, 1000),
            kind: Kind::from(gap.stretch),
            space: drawn.is_some(),
        };
        self.push(Item::Glue(glue), drawn);
    }
    fn ideographic(&mut self, before: Class, token: &Token) {
        let gap = between(before, token.first, Typed::Space, self.rules);
        self.penalty(if gap.at_break == Break::Never { NEVER } else { 0 });
        let width = self.p.runs[token.part].style.size;
        for at in &token.blanks {
            let range = *at..*at + '\u{3000}'.len_utf8();
            let drawn = self.sign(token.part, " ", range).map(|(piece, _)| piece);
            self.push(Item::Glue(Glue { width, space: true, ..Glue::default() }), drawn);
        }
    }
    fn hyphen(&mut self, part: usize) {
        let Some((piece, width)) = self.sign(part, "-", 0..0) else { return };
        self.push(Item::Penalty { cost: HYPHEN, width }, Some(piece));
    }
    /// The glyph of the white space that was typed before a token.
    fn space(&mut self, part: usize, token: &Token) -> Option<u32> {
        let before = &self.p.text[..token.range.start];
        let c = before.chars().next_back()?;
        let blank = matches!(
            CharKind::of(c),
            CharKind::Space | CharKind::Glue | CharKind::Ideographic
        );
        let range = token.range.start - c.len_utf8()..token.range.start;
        blank.then(|| self.sign(part, " ", range).map(|(piece, _)| piece)).flatten()
    }
    /// A glyph that stands for no text of its own, in a run's style.
    fn sign(
        &mut self,
        part: usize,
        text: &str,
        range: Range<usize>,
    ) -> Option<(u32, Len)> {
        let style = self.p.runs[part].style;
        let c = text.chars().next()?;
        let face = self.shaper.pick(style.cut, Side::Latin, c)?;
        let upem = i64::from(self.shaper.fonts().face(face).upem);
        let glyph = *self.shaper.shape(face, Side::Latin, text).first()?;
        let start = self.list.glyphs.len() as u32;
        self.list.glyphs.push(Placed {
            face,
            id: glyph.id,
            at: Len::ZERO,
            rise: Len::ZERO,
            text: range.clone(),
        });
        self.piece(start, part, range, Class::Alpha);
        let width = style.size.frac(i64::from(glyph.advance), upem);
        Some((self.list.pieces.len() as u32 - 1, width))
    }
    fn piece(&mut self, from: u32, part: usize, range: Range<usize>, class: Class) {
        let glyphs = from..self.list.glyphs.len() as u32;
        self.list.pieces.push(Piece { glyphs, run: part as u32, range, class });
    }
    /// The boxes of a token: one, or several with hyphens between.
    fn token(&mut self, token: &Token) {
        let run = &self.p.runs[token.part];
        if let Some(object) = &run.object {
            let width = object.width;
            self.piece(
                self.list.glyphs.len() as u32,
                token.part,
                token.range.clone(),
                token.first,
            );
            return self.boxed(width, true);
        }
        let word = &self.p.text[token.range.clone()];
        let mut from = token.range.start;
        if token.first == Class::Alpha && run.part == Part::Text {
            for point in hyphen::points(word) {
                let to = token.range.start + point;
                self.one(from..to, token, run);
                self.hyphen(token.part);
                from = to;
            }
        }
        self.one(from..token.range.end, token, run);
    }
    fn one(&mut self, range: Range<usize>, token: &Token, run: &Run) {
        let start = self.list.glyphs.len() as u32;
        let text = &self.p.text[range.clone()];
        let western =
            matches!(token.first, Class::Alpha | Class::AlphaOpen | Class::AlphaClose);
        let side = if western || (run.part == Part::Code && text.is_ascii()) {
            Side::Latin
        } else {
            Side::Han
        };
        let mut width = Len::ZERO;
        for (face, sub) in self.faces(text, run, side, range.start) {
            width += self.shape(face, sub, token.first, run, side, width);
        }
        self.piece(start, token.part, range, token.first);
        self.boxed(width, token.first != Class::NoteRef);
    }
    fn boxed(&mut self, width: Len, weighs: bool) {
        let piece = self.list.pieces.len() as u32 - 1;
        let class = self.list.pieces[piece as usize].class;
        // A mark is no company for a lonely character.
        let weighs = weighs
            && matches!(
                class,
                Class::Han | Class::Alpha | Class::AlphaOpen | Class::Object
            );
        self.push(Item::Box { width, piece: Some(piece), weighs }, None);
    }
    /// Cuts a piece where the face changes. Characters that no font has are
    /// reported and go to the first face, whose glyph 0 is a visible box.
    fn faces(
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
        let raw = self.shaper.shape(face, side, text);
        let total: i64 = raw.iter().map(|g| i64::from(g.advance)).sum();
        let frame = place::frame(class, text);
        let origins = frame.map(|f| {
            place::origins(class, f, &raw, upem, |id| self.shaper.ink(face, id))
        });
        let mut pen = 0;
        for (i, g) in raw.iter().enumerate() {
            let at = origins.as_ref().map_or(pen, |o| o[i]);
            pen += i64::from(g.advance);
            self.list.glyphs.push(Placed {
                face,
                id: g.id,
                at: from + size.frac(at + i64::from(g.dx), upem),
                rise: size.frac(i64::from(g.dy), upem),
                text: cluster(&raw, i, &range),
            });
        }
        frame.map_or_else(|| size.frac(total, upem), |f| size.frac(f, 1000))
    }
}

/// The bytes that glyph `i` stands for: from its cluster to the next one; the
/// second glyph of a cluster stands for none.
fn cluster(
    raw: &[crate::font::shape::RawGlyph],
    i: usize,
    range: &Range<usize>,
) -> Range<usize> {
    let here = raw[i].cluster as usize;
    let start = range.start + here;
    if i > 0 && raw[i - 1].cluster == raw[i].cluster {
        return start..start;
    }
    let next = raw[i..].iter().map(|g| g.cluster as usize).find(|c| *c > here);
    start..next.map_or(range.end, |n| range.start + n)
}
