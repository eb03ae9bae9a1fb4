//! Formulas on lines of their own, and the room that tall ones take in lines.

use super::galley::Entry;
use super::stack::Stack;
use super::half;
use crate::book::Equation;
use crate::geom::{Len, Logical};
use crate::line::formula::{self, length};
use crate::line::{Fault, Glyph, GlyphRun, Line, Paragraph};
use crate::math::{self, Formula, Part, Shape, Tree};
use crate::source::Span;

/// The least size of a formula that is wider than its line, in thousandths: below
/// it, indices could not be read.
const LEAST: i64 = 700;

/// Where a part of a formula goes.
struct Spot {
    inline: Len,
    block: Len,
    em: Len,
    span: Span,
}

impl Stack<'_, '_, '_> {
    /// What a line needs above and below its own line of the grid, in whole lines
    /// (G-03): half of the blank between two lines may be used.
    pub(super) fn room_for(&self, line: &Line, size: Len) -> (Len, Len) {
        let (above, below) = line.reach;
        let baseline = self.baseline(size);
        let blank = half((self.leading - size).max(Len::ZERO));
        let over = (above - baseline - blank).max(Len::ZERO);
        let under = below - (self.leading - baseline) + blank;
        (over.up_to(self.leading), under.max(Len::ZERO).up_to(self.leading))
    }
    /// A displayed formula: in the middle, its number at the line's end.
    pub(super) fn equation(&mut self, e: &Equation, span: Span) {
        let laid = Tree::parse(&e.tex.text).and_then(|t| t.lay(math::Style::Display));
        let Ok(laid) = laid else { return self.source(&e.tex.text, span) };
        let entry = self.displayed(&laid, e);
        // What comes before a formula introduces it.
        if let Some(before) = self.entries.last_mut().filter(|e| !e.space) {
            before.keep = true;
        }
        self.entries.push(entry);
    }
    /// A formula that cannot be set, as it was written.
    fn source(&mut self, tex: &str, span: Span) {
        self.set_apart(self.look, 2, |s| {
            for row in tex.lines().filter(|l| !l.trim().is_empty()) {
                let p = Paragraph::plain(row.trim(), s.style()).at(span);
                let lines = s.lines(&p, Len::ZERO, false);
                s.push_lines(lines, s.style().size);
            }
        });
    }
    fn displayed(&mut self, laid: &Formula, e: &Equation) -> Entry {
        let span = e.tex.span;
        let size = self.style().size;
        let mut em = formula::em(size);
        let number = self.number(e, laid);
        let tags = laid.tags.iter().map(|t| length(em, t.part.width));
        let tagged = tags.chain(number.iter().map(|n| n.width)).max();
        // A number has an em before it.
        let beside = tagged.map_or(Len::ZERO, |w| w + size);
        let room = (self.measure - beside).max(size);
        let natural = length(em, laid.width());
        if natural > room {
            let fits = room.frac(1000, natural.to_sp().max(1)).to_sp();
            em = em.frac(fits.max(LEAST), 1000);
            if fits < LEAST {
                self.faults.push(Fault::Overfull(span));
            }
        }
        let page = self.pitch() * i64::from(self.input.config.page.area.lines);
        let high = |em| length(em, laid.above() + laid.below());
        if high(em) > page {
            em = em.frac(page.to_sp(), high(em).to_sp().max(1));
        }
        let width = length(em, laid.width());
        // In the middle of the line; where the number would be touched, of the rest.
        let centre = half(self.measure - width);
        let inline = self.start + centre.min(room - width).max(Len::ZERO);
        let (height, baseline) = self.stand(laid, em, page);
        let mut entry = Entry { height, ..Entry::default() };
        entry.anchors.extend(e.id.clone());
        let mut at = inline;
        for part in &laid.parts {
            self.part(part, Spot { inline: at, block: baseline, em, span }, &mut entry);
            at += length(em, part.width + part.joint.map_or(0, |j| j.0));
        }
        let end = self.start + self.measure;
        for tag in &laid.tags {
            let own = formula::em(size);
            let inline = end - length(own, tag.part.width);
            let block = baseline - length(em, tag.rise);
            self.part(&tag.part, Spot { inline, block, em: own, span }, &mut entry);
        }
        if let Some(line) = number {
            let inline = end - line.width;
            entry.line(line, Logical { inline, block: baseline });
        }
        entry
    }
    /// The number that keben gives, in the body's face.
    fn number(&mut self, e: &Equation, laid: &Formula) -> Option<Line> {
        let number = e.number.as_ref().filter(|_| laid.tags.is_empty())?;
        let p = Paragraph::plain(&format!("({number})"), self.style());
        self.lines(&p, Len::ZERO, false).into_iter().next()
    }
    /// Whole lines of the grid for a formula, and its baseline in them: its ink in
    /// the middle between the text above and the text below.
    fn stand(&self, laid: &Formula, em: Len, page: Len) -> (Len, Len) {
        let ink = length(em, laid.above() + laid.below());
        let pitch = self.leading;
        // Above stands the blank below the line before.
        let blank = (pitch - self.style().size).max(Len::ZERO);
        let least = ink + pitch.frac(6, 5) - blank;
        let height = least.max(pitch).up_to(pitch).min(page.max(pitch));
        let top = half(height - blank - ink).max(Len::ZERO);
        (height, top + length(em, laid.above()))
    }
    /// Draws a part of a formula.
    fn part(&mut self, part: &Part, spot: Spot, entry: &mut Entry) {
        let style = self.style();
        let place = Logical { inline: spot.inline, block: spot.block };
        let mut line = Line::default();
        formula::strokes(part, Len::ZERO, spot.em, style.black, &mut line.strokes);
        for mark in &part.marks {
            let Shape::Glyph { .. } = &mark.shape else { continue };
            let glyph = match formula::glyph(self.shaper, style, &mark.shape) {
                Ok(Some(glyph)) => glyph,
                Ok(None) => continue,
                Err(c) => {
                    self.faults.push(Fault::Missing(c, spot.span));
                    continue;
                }
            };
            // The scale counts from the text's size, the em from the formula's.
            let size = spot.em.frac(i64::from(glyph.scale), math::SIZE);
            let text = mark.text().map_or_else(String::new, String::from);
            let to = text.len() as u32;
            line.runs.push(GlyphRun {
                at: length(spot.em, mark.at),
                rise: length(spot.em, mark.rise),
                face: glyph.face,
                size,
                glyphs: vec![Glyph { id: glyph.id, at: Len::ZERO, text: (0, to) }],
                text,
                width: size,
                strike: false,
                black: style.black,
                link: None,
                span: spot.span,
            });
        }
        entry.line(line, place);
    }
}
