//! Text into items: the one place where the rules of composition meet the
//! measurements of fonts. What stands between pieces is decided here; how a
//! piece becomes glyphs, in `piece.rs`.

use super::Fault;
use super::flatten::Paragraph;
use super::item::{Edge, Glue, Item, Kind, NEVER};
use crate::cjk::class::{Class, Kind as CharKind};
use crate::cjk::forbid::Forbid;
use crate::cjk::gap::{self, Gap, Stretch, Typed};
use crate::cjk::rules::{Adjacent, Width};
use crate::cjk::token::{Joint, Token, tokens};
use crate::cjk::{HALF, Region, Rules};
use crate::font::FaceId;
use crate::font::shape::Shaper;
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
    /// the largest size: gaps are judged against it
    pub em: Len,
    /// dots stand above their characters, as they do in Japanese
    pub over: bool,
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
    /// its class
    pub class: Class,
    /// a space or hyphen: it is no part of a token
    pub sign: bool,
    /// which part of its run's formula it is
    pub part: Option<u32>,
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
    /// its size, in thousandths of the run's
    pub scale: u16,
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
    // That of the text around: code and raised marks in it are smaller.
    let sizes = p.runs.iter().map(|r| r.style.size);
    let em = sizes.max().unwrap_or(Len::milli_pt(10_000));
    // About three items for each character.
    let n = p.text.len() / 3;
    let list = List {
        items: Vec::with_capacity(3 * n),
        drawn: Vec::with_capacity(3 * n),
        pieces: Vec::with_capacity(n),
        glyphs: Vec::with_capacity(n),
        em,
        over: rules.region == Region::Ja,
    };
    // Where marks that meet are tight, they give their outer blanks too.
    let half = Rules { width: Width::Half, ..rules.clone() };
    let solid = Class::Han;
    let mut c =
        Composer { p, rules, here: rules, shaper, faults, list, last: None, solid };
    let tokens = tokens(&p.text, &parts, rules);
    c.begin(indent, tokens.first());
    for (i, token) in tokens.iter().enumerate() {
        let tight = rules.adjacent == Adjacent::Tight
            && (meets(&tokens, i) || i > 0 && meets(&tokens, i - 1));
        c.here = if tight { &half } else { rules };
        c.joint(token);
        c.token(token);
        c.last = Some((token.last, token.part));
        if token.last != Class::NoteRef {
            c.solid = token.last;
        }
    }
    let edge = c.edge(None);
    c.push(Item::Forced(edge), None);
    c.list
}

/// Whether a token is a mark that meets another.
fn meets(tokens: &[Token], i: usize) -> bool {
    let with = |a: usize, b: usize| match (tokens.get(a), tokens.get(b)) {
        (Some(a), Some(b)) => {
            b.joint == Joint::Gap(Typed::Nothing) && gap::meet(a.last, b.first)
        }
        _ => false,
    };
    i > 0 && with(i - 1, i) || with(i, i + 1)
}

pub(super) struct Composer<'a, 'f> {
    pub(super) p: &'a Paragraph,
    pub(super) rules: &'a Rules,
    /// the same, or half-width between marks that meet and are tight
    here: &'a Rules,
    pub(super) shaper: &'a mut Shaper<'f>,
    pub(super) faults: &'a mut Vec<Fault>,
    pub(super) list: List,
    /// class and part of the last token
    last: Option<(Class, usize)>,
    /// class of the last token that is no call to a note: what a reader sees at the
    /// end of a line
    solid: Class,
}

impl Composer<'_, '_> {
    pub(super) fn push(&mut self, item: Item, drawn: Option<u32>) {
        self.list.items.push(item);
        self.list.drawn.push(drawn);
    }
    /// The indent, and the blank that an opening mark keeps after it.
    fn begin(&mut self, indent: Len, first: Option<&Token>) {
        let width = indent + self.edge(first).next;
        // Less than nothing where the other lines stand further in.
        if width != Len::ZERO {
            self.push(Item::Box { width, piece: None, weight: 0 }, None);
        }
        // In a paragraph with an indent they only fake one.
        if indent == Len::ZERO {
            first.into_iter().for_each(|t| self.indent(t));
        }
    }
    fn size(&self, part: usize) -> Len {
        self.p.runs[part].style.size
    }
    /// What a line end between the last token and `next` does.
    fn edge(&self, next: Option<&Token>) -> Edge {
        let edge = gap::edge(self.last.map(|l| l.0), next.map(|t| t.first), self.rules);
        if edge == gap::Edge::default() {
            return Edge::default();
        }
        let before = self.last.map_or(Len::ZERO, |l| self.size(l.1));
        let width = before.frac(edge.keep, 1000);
        Edge {
            width,
            drop: if edge.auto { width } else { Len::ZERO },
            hang: before.frac(edge.hang, 1000),
            next: next.map_or(Len::ZERO, |t| self.size(t.part).frac(edge.next, 1000)),
            hyphen: false,
        }
    }
    fn penalty(&mut self, cost: i32, token: &Token) {
        let edge = self.edge(Some(token));
        self.push(Item::Penalty { cost, edge, forbid: None }, None);
    }
    fn never(&mut self, forbid: Forbid) {
        let edge = Edge::default();
        self.push(Item::Penalty { cost: NEVER, edge, forbid: Some(forbid) }, None);
    }
    /// What stands between the last token and this one.
    fn joint(&mut self, token: &Token) {
        if token.joint == Joint::Newline {
            let edge = self.edge(Some(token));
            self.push(Item::Forced(edge), None);
            return self.indent(token);
        }
        let Some((before, part)) = self.last else { return };
        match token.joint {
            Joint::Gap(typed) => self.gap(before, part, token, typed, 0),
            Joint::Costly(typed) => self.gap(before, part, token, typed, COSTLY),
            Joint::Glued(typed, why) => self.glued(before, part, token, typed, why),
            Joint::Ideographic => self.ideographic(before, token),
            Joint::Open => self.penalty(OPEN, token),
            Joint::May => {
                let gap = gap::between(before, token.first, Typed::Nothing, self.here);
                self.penalty(0, token);
                self.blank(&gap, part, token, Typed::Nothing);
            }
            Joint::Hyphen => self.hyphen(token.part),
            Joint::Tight(why) => self.never(why),
            Joint::Newline => {}
        }
    }
    fn gap(
        &mut self,
        before: Class,
        part: usize,
        token: &Token,
        typed: Typed,
        cost: i32,
    ) {
        if (before, token.first, typed, cost)
            == (Class::Han, Class::Han, Typed::Nothing, 0)
        {
            return self.between_han();
        }
        // A space behind a note's mark is one between the words around the mark.
        let seen = if before == Class::NoteRef && typed != Typed::Nothing {
            self.solid
        } else {
            before
        };
        let gap = gap::between(seen, token.first, typed, self.here);
        let forbid = if before == Class::NoteRef {
            gap::forbid(self.solid, token.first, typed, self.rules)
        } else {
            gap.forbid
        };
        match forbid {
            Some(forbid) => self.never(forbid),
            None => self.penalty(cost, token),
        }
        self.blank(&gap, part, token, typed);
    }
    /// Two Han, which most of a text is: nothing is between, a line may end there, and
    /// there it grows, whatever the rules are.
    fn between_han(&mut self) {
        debug_assert_eq!(
            gap::between(Class::Han, Class::Han, Typed::Nothing, self.here),
            Gap { width: 0, least: 0, squeeze: 0, stretch: Stretch::Any, forbid: None }
        );
        let edge = Edge::default();
        self.push(Item::Penalty { cost: 0, edge, forbid: None }, None);
        self.push(Item::Glue(Glue { kind: Kind::Any, ..Glue::default() }), None);
    }
    fn glued(
        &mut self,
        before: Class,
        part: usize,
        token: &Token,
        typed: Typed,
        why: Forbid,
    ) {
        let mut gap = gap::between(before, token.first, typed, self.here);
        if why == Forbid::Number && gap.stretch == Stretch::Word {
            // 10 km: the space is part of the number (J-06).
            gap = Gap { width: gap.least, squeeze: 0, stretch: Stretch::No, ..gap };
        }
        self.never(why);
        self.blank(&gap, part, token, typed);
    }
    fn blank(&mut self, gap: &Gap, part: usize, token: &Token, typed: Typed) {
        // The gap beside Han is measured in the surrounding text's em, which is
        // the larger of the two.
        let em = self.size(part).max(self.size(token.part));
        let drawn = (typed != Typed::Nothing).then(|| self.space(part, token)).flatten();
        let most = match gap.stretch {
            Stretch::Word | Stretch::HanLatin => (HALF - gap.width).max(0),
            Stretch::No | Stretch::Any => 0,
        };
        let milli = |n: i64| if n == 0 { Len::ZERO } else { em.frac(n, 1000) };
        let glue = Glue {
            width: milli(gap.width),
            shrink: milli(gap.width - gap.least),
            tier: gap.squeeze,
            stretch: milli(most),
            kind: Kind::from(gap.stretch),
        };
        self.push(Item::Glue(glue), drawn);
    }
    /// The blanks that an author typed at the start of a line stand there.
    fn indent(&mut self, token: &Token) {
        let width = self.size(token.part);
        for at in &token.blanks {
            let range = *at..*at + '\u{3000}'.len_utf8();
            let piece = self.sign(token.part, " ", range).map(|(piece, _)| piece);
            self.push(Item::Box { width, piece, weight: 0 }, None);
        }
    }
    fn ideographic(&mut self, before: Class, token: &Token) {
        match gap::between(before, token.first, Typed::Space, self.rules).forbid {
            Some(forbid) => self.never(forbid),
            None => self.penalty(0, token),
        }
        let width = self.size(token.part);
        for at in &token.blanks {
            let range = *at..*at + '\u{3000}'.len_utf8();
            let drawn = self.sign(token.part, " ", range).map(|(piece, _)| piece);
            self.push(Item::Glue(Glue { width, ..Glue::default() }), drawn);
        }
    }
    pub(super) fn hyphen(&mut self, part: usize) {
        let Some((piece, width)) = self.sign(part, "-", 0..0) else { return };
        let edge = Edge { width, hyphen: true, ..Edge::default() };
        self.push(Item::Penalty { cost: HYPHEN, edge, forbid: None }, Some(piece));
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
}
