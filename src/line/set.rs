//! Lines with their glue set: glyphs at their places.

use super::Fault;
use super::along::{self, Lines};
use super::compose::{List, Piece};
use super::emergency::INSIDE;
use super::fit::{self, Aim, End, Fit, Settled, Sums};
use super::flatten::{Paragraph, Sized};
use super::formula::{self, Stroke};
use super::item::{Edge, Item, Kind};
use crate::book::Target;
use crate::cjk::class::is_wide;
use crate::colour::ink::Ink;
use crate::font::FaceId;
use crate::geom::Len;
use crate::source::Span;
use std::ops::Range;
use std::sync::Arc;

/// A finished line: ink at fixed places from the start of the measure.
#[derive(Debug, Default, Clone)]
pub struct Line {
    /// glyphs
    pub runs: Vec<GlyphRun>,
    /// pictures
    pub objects: Vec<Object>,
    /// rules and outlines of formulas
    pub strokes: Vec<Stroke>,
    /// dots and lines along the text, which are no text
    pub beside: Vec<Stroke>,
    /// how far formulas and readings reach above the baseline, and below it
    pub reach: (Len, Len),
    /// notes called, in order
    pub notes: Vec<usize>,
    /// ids of the places that it holds, in order
    pub marks: Vec<Arc<str>>,
    /// length of the ink and the space between
    pub width: Len,
    /// how it was made to fit
    pub fit: Option<Fit>,
    /// what became of the mark at its end
    pub end: End,
    /// where it was written
    pub span: Span,
}

/// A picture in a line.
#[derive(Debug, Clone)]
pub struct Object {
    /// start
    pub at: Len,
    /// picture and size
    pub sized: Sized,
}

/// Glyphs in one face, size and colour, and the text they stand for.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct GlyphRun {
    /// from the start of the measure
    pub at: Len,
    /// above the baseline
    pub rise: Len,
    /// face
    pub face: FaceId,
    /// size
    pub size: Len,
    /// glyphs in order
    pub glyphs: Vec<Glyph>,
    /// for copying and searching
    pub text: String,
    /// from the first origin to the end of the last box
    pub width: Len,
    /// struck through?
    pub strike: bool,
    /// which side of characters with a reading it is
    pub side: Option<RubySide>,
    /// what it is drawn with
    pub ink: Ink,
    /// where it leads
    pub link: Option<Arc<Target>>,
    /// the language that it is in, where the author says one (BCP 47)
    pub lang: Option<Arc<str>>,
    /// where it was written
    pub span: Span,
}

/// The sides of characters with a reading (ruby).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum RubySide {
    /// the characters
    Base,
    /// their reading
    Reading,
}

impl Line {
    /// A word at the end of a line that ends by itself is copied with a space, for
    /// there is none to be drawn; Han need none.
    pub fn part(&mut self) {
        let Some(run) = self.runs.last_mut() else { return };
        let word = run.text.chars().next_back().is_some_and(|c| !is_wide(c));
        if let Some(glyph) = run.glyphs.last_mut().filter(|_| word) {
            run.text.push(' ');
            glyph.text.1 = run.text.len() as u32;
        }
    }
}

/// A glyph where it goes. It is kept small: a long book has a million of them.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Glyph {
    /// index in the face
    pub id: u16,
    at: i32,
    /// bytes of the run's text
    pub text: (u32, u32),
}

impl Glyph {
    /// A glyph whose origin is so far from the start of its run: 11 m at the most, in
    /// either way.
    pub fn new(id: u16, at: Len, text: (u32, u32)) -> Glyph {
        let at = at.to_sp().clamp(i32::MIN.into(), i32::MAX.into());
        Glyph { id, at: at as i32, text }
    }
    /// Its origin, from the start of the run.
    pub fn at(&self) -> Len {
        Len::sp(self.at.into())
    }
}

/// Sets the lines that end at `ends`.
pub fn set(
    list: &List,
    ends: &[usize],
    aim: &Aim,
    p: &Paragraph,
    faults: &mut Vec<Fault>,
) -> Vec<Line> {
    let mut lines = Vec::with_capacity(ends.len());
    for (n, (items, next)) in spans(list, ends).enumerate() {
        let end = items.end;
        let (settled, sums) = settled(list, items.clone(), next, &aim.line(n));
        let line = one(list, items, next, &settled, &sums, p);
        match quality(&settled, &sums, aim, n > 0 && n + 1 == ends.len()) {
            Some(Quality::Loose(gap)) => faults.push(Fault::Loose(line.span, gap)),
            Some(Quality::Lonely) => faults.push(Fault::Lonely(line.span, sums.weight)),
            None => {}
        }
        if let Some(Fit::Overfull(_)) = line.fit {
            faults.push(Fault::Overfull(line.span));
        }
        if matches!(list.items[end], Item::Penalty { cost, .. } if cost >= INSIDE) {
            faults.push(Fault::Emergency(line.span));
        }
        lines.push(line);
    }
    mark(list, ends, p, &mut lines);
    lines
}

/// Hands each mark to the line that has the character behind it; what stands at the
/// end of the text, to the last.
fn mark(list: &List, ends: &[usize], p: &Paragraph, lines: &mut [Line]) {
    if p.marks.is_empty() {
        return;
    }
    let start = |items: Range<usize>| {
        list.items[items].iter().find_map(|i| match i {
            Item::Box { piece: Some(n), .. } => {
                Some(list.pieces[*n as usize].range.start)
            }
            Item::Box { .. } | Item::Glue(_) | Item::Penalty { .. } | Item::Forced(_) => {
                None
            }
        })
    };
    let starts: Vec<_> = spans(list, ends).map(|(items, _)| start(items)).collect();
    for (at, id) in &p.marks {
        let line = starts.iter().rposition(|s| s.is_some_and(|s| s <= *at));
        if let Some(line) = lines.get_mut(line.unwrap_or(0)) {
            line.marks.push(id.clone());
        }
    }
}

/// What an editor would look at, where both edges are flush.
fn quality(settled: &Settled, sums: &Sums, aim: &Aim, tail: bool) -> Option<Quality> {
    match settled.fit {
        Fit::Stretch { word, han_latin, any } if aim.justify => {
            let over = (word - sums.word).max(han_latin - sums.han_latin);
            let gap = any.to_sp().checked_div(sums.any).map_or(over, Len::sp).max(over);
            let gap = gap.frac(1000, aim.em.to_sp()).to_sp();
            (gap > LOOSE).then_some(Quality::Loose(gap))
        }
        Fit::Natural(_) | Fit::Squeeze { .. } if aim.justify && tail => {
            (0 < sums.weight && sums.weight < aim.company).then_some(Quality::Lonely)
        }
        Fit::Stretch { .. }
        | Fit::Natural(_)
        | Fit::Squeeze { .. }
        | Fit::Overfull(_) => None,
    }
}

enum Quality {
    Loose(i64),
    Lonely,
}

/// A line with more in every gap, in thousandths of an em, looks loose (J-07).
const LOOSE: i64 = 250;

/// What an item does when a line ends at it.
pub(super) fn edge(item: &Item) -> Edge {
    match item {
        Item::Penalty { edge, .. } | Item::Forced(edge) => *edge,
        Item::Box { .. } | Item::Glue(_) => Edge::default(),
    }
}

/// The line of some items, and its sums, when it begins with so much blank.
pub(super) fn settled(
    list: &List,
    items: Range<usize>,
    next: Len,
    aim: &Aim,
) -> (Settled, Sums) {
    let mut sums = Sums { width: next, ..Sums::default() };
    list.items[items.clone()].iter().for_each(|i| sums.add(i));
    let end = &list.items[items.end];
    let last = matches!(end, Item::Forced(_));
    (fit::settle(&sums, &edge(end), aim, last), sums)
}

/// Whether a line is too long.
pub(super) fn overfull(list: &List, ends: &[usize], aim: &Aim) -> bool {
    let over = |(n, (items, next))| settled(list, items, next, &aim.line(n)).0.overfull();
    spans(list, ends).enumerate().any(over)
}

/// The items of each line, and the blank that it begins with.
pub(super) fn spans<'a>(
    list: &'a List,
    ends: &'a [usize],
) -> impl Iterator<Item = (Range<usize>, Len)> + 'a {
    let (mut start, mut next) = (0, Len::ZERO);
    ends.iter().map(move |&end| {
        // What was discarded at the break before does not begin this line.
        while start < end && !matches!(list.items[start], Item::Box { .. }) {
            start += 1;
        }
        let line = (start..end, next);
        next = edge(&list.items[end]).next;
        start = end + 1;
        line
    })
}

fn one(
    list: &List,
    items: Range<usize>,
    next: Len,
    settled: &Settled,
    sums: &Sums,
    p: &Paragraph,
) -> Line {
    let end = edge(&list.items[items.end]);
    let hyphen = list.drawn[items.end].filter(|_| end.hyphen);
    let glyphs = items.len() / 3 + 2;
    let (line, along) = (Line::default(), Lines::default());
    let mut setter = Setter { list, p, line, along, pen: next, glyphs };
    let mut share = Share::new(settled.fit, sums);
    for (item, drawn) in list.items[items.clone()].iter().zip(&list.drawn[items.clone()])
    {
        match item {
            Item::Box { width, piece, .. } => {
                setter.put(*piece, *width);
            }
            Item::Glue(g) => {
                let width = share.take(g);
                if let Some(space) = drawn {
                    setter.put(Some(*space), Len::ZERO);
                }
                setter.pen += width;
            }
            Item::Penalty { .. } | Item::Forced(_) => {}
        }
    }
    if let Some(piece) = hyphen {
        setter.put(Some(piece), end.width);
        setter.soft_hyphen();
    } else if settled.end == End::Kept {
        setter.pen += end.width;
    }
    setter.blanks(items.end);
    let Setter { mut line, pen, along, .. } = setter;
    along.strokes(&mut line.beside);
    line.width = pen;
    line.fit = Some(settled.fit);
    line.end = settled.end;
    line
}

/// Hands out what a line gives, so that the sum is exact and all places of a
/// tier get the same (clreq: 均等).
struct Share {
    fit: Fit,
    /// what is left to hand out, and to how much room: squeeze, word, Han–Latin, any
    left: [(Len, i64); 4],
}

impl Share {
    fn new(fit: Fit, sums: &Sums) -> Share {
        let mut left = [(Len::ZERO, 0); 4];
        match fit {
            Fit::Squeeze { by, of, .. } => left[0] = (by, of.to_sp()),
            Fit::Stretch { word, han_latin, any } => {
                left[1] = (word, sums.word.to_sp());
                left[2] = (han_latin, sums.han_latin.to_sp());
                left[3] = (any, sums.any);
            }
            Fit::Natural(_) | Fit::Overfull(_) => {}
        }
        Share { fit, left }
    }
    /// The width of a glue in this line.
    fn take(&mut self, g: &super::item::Glue) -> Len {
        let tier = usize::from(g.tier);
        match self.fit {
            Fit::Natural(_) => g.width,
            Fit::Overfull(_) => g.width - g.shrink,
            Fit::Squeeze { tier: partly, .. } if tier < partly => g.width - g.shrink,
            Fit::Squeeze { tier: partly, .. } if tier > partly => g.width,
            Fit::Squeeze { .. } => g.width - self.part(0, g.shrink.to_sp()),
            Fit::Stretch { .. } => {
                g.width
                    + match g.kind {
                        Kind::Rigid => Len::ZERO,
                        Kind::Word => self.part(1, g.stretch.to_sp()),
                        Kind::HanLatin => self.part(2, g.stretch.to_sp()),
                        Kind::Any => self.part(3, 1),
                    }
            }
        }
    }
    fn part(&mut self, which: usize, room: i64) -> Len {
        let (left, of) = &mut self.left[which];
        if *of <= 0 {
            return Len::ZERO;
        }
        let share = left.frac(room, *of);
        *left -= share;
        *of -= room;
        share
    }
}

struct Setter<'a> {
    list: &'a List,
    p: &'a Paragraph,
    line: Line,
    along: Lines,
    pen: Len,
    /// how many glyphs there may be
    glyphs: usize,
}

impl Setter<'_> {
    fn put(&mut self, piece: Option<u32>, width: Len) {
        if let Some(piece) = piece.map(|i| &self.list.pieces[i as usize]) {
            let run = &self.p.runs[piece.run as usize];
            let place = run.place(&piece.range);
            if place == Span::default() {
                // Not written anywhere: a number, a mark.
            } else if self.line.span == Span::default() {
                self.line.span = place;
            } else if place.file == self.line.span.file && place.end > self.line.span.end
            {
                self.line.span.end = place.end;
            }
            // A space has its run's style, and is not what its run stands for.
            let own = !piece.sign;
            self.line.notes.extend(run.note.filter(|_| own));
            if let Some(sized) = run.object.as_ref().filter(|_| own) {
                self.line.objects.push(Object { at: self.pen, sized: sized.clone() });
            }
            if let (Some(formula), Some(part)) = (&run.formula, piece.part) {
                let strokes = &mut self.line.strokes;
                if let Some(part) = formula.parts.get(part as usize) {
                    let em = formula::em(run.style.size);
                    formula::strokes(part, self.pen, em, run.style.ink, strokes);
                    let reach = &mut self.line.reach;
                    reach.0 = reach.0.max(formula::length(em, part.above));
                    reach.1 = reach.1.max(formula::length(em, part.below));
                }
            }
            if let Some(size) = run.ruby.map(|_| run.style.size) {
                let above = run.style.rise + size.frac(super::ruby::REACH, 1000);
                self.line.reach.0 = self.line.reach.0.max(above);
            }
            if run.style.dots && own {
                let (text, at) = (&self.p.text, (self.pen, width));
                let out = &mut self.line.beside;
                along::dots(self.list, text, piece, &run.style, at, out);
            }
            self.along.pass(&run.style, self.pen, self.pen + width);
            self.glyphs(piece, width);
        }
        self.pen += width;
    }
    /// What was typed at a line's end takes no room and parts words for those who
    /// listen (ISO 32000-1, 14.8.2.5).
    fn blanks(&mut self, end: usize) {
        let last = end + 1 == self.list.items.len();
        let rest = self.list.items.iter().zip(&self.list.drawn).skip(end + 1);
        for (_, drawn) in rest.take_while(|(i, _)| matches!(i, Item::Glue(_))) {
            if let Some(space) = drawn {
                self.put(Some(*space), Len::ZERO);
            }
        }
        if matches!(self.list.items[end], Item::Forced(_)) && !last {
            self.line.part();
        }
    }
    /// The hyphen just put was not typed: it is copied as U+00AD, so that a
    /// reader can join the word again.
    fn soft_hyphen(&mut self) {
        if let Some(r) = self.line.runs.last_mut()
            && let Some(g) = r.glyphs.last_mut()
        {
            r.text.push('\u{ad}');
            g.text.1 = r.text.len() as u32;
        }
    }
    fn glyphs(&mut self, piece: &Piece, width: Len) {
        let run = &self.p.runs[piece.run as usize];
        // The space behind a note's mark leads nowhere.
        let own = !(piece.sign && run.note.is_some());
        let link = run.link.as_ref().filter(|_| own);
        for g in &self.list.glyphs[piece.glyphs.start as usize..piece.glyphs.end as usize]
        {
            let at = self.pen + g.at;
            let rise = run.style.rise + g.rise;
            let size = match g.scale {
                1000 => run.style.size,
                scale => run.style.size.frac(i64::from(scale), 1000),
            };
            let side = run.ruby.map(|base| match g.text.start < run.range.start + base {
                true => RubySide::Base,
                false => RubySide::Reading,
            });
            let fits = self.line.runs.last().is_some_and(|r| {
                r.face == g.face
                    && r.size == size
                    && r.rise == rise
                    && r.strike == run.style.strike
                    && r.side == side
                    && r.ink == run.style.ink
                    && r.link.as_ref() == link
                    && r.lang == run.lang
            });
            if !fits {
                // A line is one run, or one long one and some short.
                let first = self.line.runs.is_empty();
                let room = if first { self.glyphs } else { 4 };
                self.line.runs.reserve_exact(usize::from(first));
                self.line.runs.push(GlyphRun {
                    at,
                    rise,
                    face: g.face,
                    size,
                    glyphs: Vec::with_capacity(room),
                    text: String::with_capacity(3 * room),
                    width: Len::ZERO,
                    strike: run.style.strike,
                    side,
                    ink: run.style.ink,
                    link: link.cloned(),
                    lang: run.lang.clone(),
                    span: run.place(&piece.range),
                });
            }
            if let Some(r) = self.line.runs.last_mut() {
                let from = r.text.len() as u32;
                r.text.push_str(&self.p.text[g.text.clone()]);
                let text = (from, r.text.len() as u32);
                r.glyphs.push(Glyph::new(g.id, at - r.at, text));
                r.width = self.pen + width - r.at;
            }
        }
    }
}
