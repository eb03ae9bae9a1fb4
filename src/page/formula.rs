//! Formulas on lines of their own, and the room that tall ones take in lines.

use super::galley::Entry;
use super::half;
use super::stack::{ASCENT, Stack};
use super::structure::{Role, paint};
use crate::book::Equation;
use crate::colour::ink::BLACK;
use crate::font::FaceId;
use crate::geom::{Len, Logical};
use crate::line::formula::{self, length};
use crate::line::{Fault, Glyph, GlyphRun, Line, Paragraph};
use crate::math::{self, Formula, Part, Shape, Tree};
use crate::source::Span;

/// The least size of a formula that is wider than its line, in thousandths: below
/// it, indices could not be read.
const LEAST: i64 = 700;

impl Stack<'_, '_, '_> {
    /// How far a line's ink reaches above its baseline and below it.
    fn reach(&self, line: Option<&Line>, size: Len) -> (Len, Len) {
        let (above, below) = line.map_or((Len::ZERO, Len::ZERO), |l| l.reach);
        let ascent = size.frac(ASCENT, 1000);
        (above.max(ascent), below.max(size - ascent))
    }
    /// What a line needs besides its own line of the grid, in whole lines (G-03):
    /// above, where the line before it hangs down or it stands high, and below,
    /// where it is the last. Between two inks stays a tenth of an em.
    pub(super) fn room_for(&self, lines: &[Line], i: usize, size: Len) -> (Len, Len) {
        let before = i.checked_sub(1).and_then(|i| lines.get(i));
        let (above, below) = self.reach(lines.get(i), size);
        let room = self.leading - size.frac(1, 10);
        let more = |ink: Len| (ink - room).max(Len::ZERO).up_to(self.leading);
        let last = i + 1 == lines.len();
        let after = if last { below + self.reach(None, size).0 } else { Len::ZERO };
        (more(self.reach(before, size).1 + above), more(after))
    }
    /// A displayed formula: in the middle, its number at the line's end.
    pub(super) fn equation(&mut self, e: &Equation, span: Span) {
        let laid = Tree::parse(&e.tex.text).and_then(|t| t.lay(math::Style::Display));
        let Ok(laid) = laid else { return self.source(&e.tex.text, span) };
        let entry = self.displayed(&laid, e);
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
        let number = self.numbers(e, laid);
        let tagged = number.iter().map(|n| n.1.width).max();
        // A number has an em before it.
        let beside = tagged.map_or(Len::ZERO, |w| w + size);
        let room = (self.measure - beside).max(size);
        let natural = length(em, laid.width());
        if natural > room {
            let fits = room.frac(1000, natural.to_sp().max(1)).to_sp();
            em = em.frac(fits.max(LEAST), 1000);
            if fits < LEAST {
                self.faults.push(Fault::Wide(span));
            }
        }
        let page = self.pitch() * i64::from(self.input.config.page.area.lines);
        let high = |em| length(em, laid.above() + laid.below());
        if high(em) > page {
            self.faults.push(Fault::High(span));
            em = em.frac(page.to_sp(), high(em).to_sp().max(1));
        }
        let width = length(em, laid.width());
        // In the middle of the line; where the number would be touched, of the rest.
        let centre = half(self.measure - width);
        let inline = self.start + centre.min(room - width).max(Len::ZERO);
        let (height, baseline) = self.stand(laid, em, page);
        let mut entry = Entry { height, ..Entry::default() };
        entry.anchors.extend(Some(e.id.clone()).filter(|id| !id.is_empty()));
        let mut at = inline;
        for part in &laid.parts {
            let line = self.part(part, em, span);
            entry.line(line, Logical { inline: at, block: baseline });
            at += length(em, part.width + part.joint.map_or(0, |j| j.0));
        }
        // The number is read behind it.
        let place = self.inside(Role::Formula(e.tex.text.clone()));
        paint(&mut entry.draws, &place);
        let end = self.start + self.measure;
        // A formula that leaves it no room has its number on the next line.
        let touched = inline + width > end - beside && !number.is_empty();
        let next = touched.then_some(entry.height);
        if touched {
            entry.height += self.pitch();
        }
        for (rise, line) in number {
            let inline = end - line.width;
            let block = match next {
                Some(next) => next + self.baseline(size),
                None => baseline - length(em, rise),
            };
            entry.line(line, Logical { inline, block });
        }
        entry
    }
    /// The numbers at the line's end with their heights above the baseline: the
    /// author's, else the one that keben gives, in the body's face.
    fn numbers(&mut self, e: &Equation, laid: &Formula) -> Vec<(i64, Line)> {
        let mut out = vec![];
        for tag in &laid.tags {
            let line = match &tag.text {
                Some(text) => self.number(text),
                None => self.tag(&tag.part, e.tex.span),
            };
            out.extend(line.map(|l| (tag.rise, l)));
        }
        if let (true, Some(number)) = (out.is_empty(), &e.number) {
            out.extend(self.number(&format!("({number})")).map(|l| (0, l)));
        }
        out
    }
    fn number(&mut self, text: &str) -> Option<Line> {
        let p = Paragraph::plain(text, self.style());
        self.lines(&p, Len::ZERO, false).into_iter().next()
    }
    /// A number that is a formula.
    fn tag(&mut self, part: &Part, span: Span) -> Option<Line> {
        let em = formula::em(self.style().size);
        let mut line = self.part(part, em, span);
        line.width = length(em, part.width);
        Some(line)
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
    /// A part of a formula as a line of glyphs and strokes.
    fn part(&mut self, part: &Part, em: Len, span: Span) -> Line {
        let style = self.style();
        let mut line = Line::default();
        formula::strokes(part, Len::ZERO, em, style.ink, &mut line.strokes);
        for mark in &part.marks {
            let Shape::Glyph { .. } = &mark.shape else { continue };
            let glyph = match formula::glyph(self.shaper, style, &mark.shape) {
                Ok(Some(glyph)) => glyph,
                Ok(None) => continue,
                Err(c) => {
                    self.faults.push(Fault::Missing(c, span));
                    continue;
                }
            };
            // The scale counts from the text's size, the em from the formula's.
            let size = em.frac(i64::from(glyph.scale), math::SIZE);
            let (at, rise) = (length(em, mark.at), length(em, mark.rise));
            let same = |r: &&mut GlyphRun| {
                (r.face, r.size, r.rise) == (glyph.face, size, rise) && r.at <= at
            };
            if line.runs.last_mut().filter(same).is_none() {
                line.runs.push(run(at, rise, glyph.face, size, span));
            }
            let Some(run) = line.runs.last_mut() else { continue };
            let from = run.text.len() as u32;
            run.text.extend(mark.text());
            let text = (from, run.text.len() as u32);
            run.glyphs.push(Glyph::new(glyph.id, at - run.at, text));
            run.width = at - run.at + size;
            run.ink = style.ink;
        }
        line
    }
}

/// A run without glyphs.
fn run(at: Len, rise: Len, face: FaceId, size: Len, span: Span) -> GlyphRun {
    GlyphRun {
        at,
        rise,
        face,
        size,
        glyphs: vec![],
        text: String::new(),
        width: Len::ZERO,
        strike: false,
        side: None,
        ink: BLACK,
        link: None,
        lang: None,
        span,
    }
}
