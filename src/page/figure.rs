//! Figures: a picture, its caption below, whole lines of the grid in all.

use super::galley::Entry;
use super::stack::{ASCENT, Stack, figure_anchor};
use super::{Draw, half};
use crate::book::{Figure, Inline, PictureRef};
use crate::geom::{Len, Logical, Size};
use crate::line::{Line, Paragraph};

impl Stack<'_, '_, '_> {
    /// A figure. Without its picture the alternative text stands in its place.
    pub(super) fn figure(&mut self, f: &Figure) {
        let anchor = f.number.as_ref().and_then(|_| self.figure_place());
        let own = Some(f.id.clone()).filter(|id| !id.is_empty());
        let anchor: Vec<String> = own.into_iter().chain(anchor).collect();
        let caption = self.caption(f.number.as_deref(), &f.caption);
        let style = self.input.theme.caption.style(self.em());
        let caption_pitch = self.pitch().frac(3, 4).max(style.size.frac(5, 4));
        let below = caption_pitch * caption.len() as i64;
        let gap = if caption.is_empty() { Len::ZERO } else { half(self.pitch()) };
        let area = &self.input.config.page.area;
        let page = area.leading * i64::from(area.lines);
        // A caption that would fill the page stands below on lines of its own.
        let (caption, long, below) = if below * 2 > page {
            (vec![], caption, Len::ZERO)
        } else {
            (caption, vec![], below)
        };
        let high = (page - below - gap - self.pitch()).max(self.pitch());
        let room = Size { w: self.measure, h: high };
        let Some(size) = self.figure_size(&f.picture, room) else {
            let at = self.entries.len();
            self.missing(&f.picture, if long.is_empty() { caption } else { long });
            let first = self.entries[at..].iter_mut().find(|e| !e.space);
            return first.into_iter().for_each(|e| e.anchors.extend(anchor.clone()));
        };
        self.blank();
        let height = (size.h + gap + below).up_to(self.pitch());
        let mut entry = Entry { height, float: true, ..Entry::default() };
        entry.anchors.extend(anchor);
        // What is over goes half above the picture and half below the caption.
        let top = half(height - size.h - gap - below);
        let inline = self.start + half(self.measure - size.w);
        let path = f.picture.path.clone();
        entry.draws.push((Logical { inline, block: top }, Draw::Image { path, size }));
        let mut at = top + size.h + gap;
        for line in caption {
            self.call_notes(&line, &mut entry);
            let inline = self.start + half(self.measure - line.width);
            let block = at + half(caption_pitch) - half(style.size)
                + style.size.frac(ASCENT, 1000);
            entry.line(line, Logical { inline, block });
            at += caption_pitch;
        }
        self.entries.push(entry);
        self.push_lines(long, style.size);
        self.blank();
    }
    /// The id of the next figure, where a list leads to it.
    fn figure_place(&mut self) -> Option<String> {
        self.numbered.0 += 1;
        let listed = self.input.config.makeup.figures;
        listed.then(|| figure_anchor(self.chapter, self.numbered.0))
    }
    /// Lines of a caption, its number first, an em between (B-01).
    pub(super) fn caption(
        &mut self,
        number: Option<&str>,
        inlines: &[Inline],
    ) -> Vec<Line> {
        if inlines.is_empty() {
            return vec![];
        }
        let style = self.input.theme.caption.style(self.em());
        let mut p = Paragraph::default();
        if let Some(number) = number {
            p.push_plain(&format!("{number}\u{3000}"), style);
        }
        p.append(self.flatten(inlines, style));
        self.lines(&p, Len::ZERO, false)
    }
    /// The size of a picture in a room: its own, at most the room's.
    fn figure_size(&self, picture: &PictureRef, room: Size) -> Option<Size> {
        let p = self.input.pictures.get(&picture.path)?;
        let own = Size { w: points(p.width), h: points(p.height) };
        if own.w <= Len::ZERO || own.h <= Len::ZERO {
            return None;
        }
        // A picture of nearly the measure takes the measure.
        let mut size = own;
        if own.w > room.w.frac(3, 4) {
            size = Size { w: room.w, h: own.h.frac(room.w.to_sp(), own.w.to_sp()) };
        }
        if size.h > room.h {
            size = Size { w: size.w.frac(room.h.to_sp(), size.h.to_sp()), h: room.h };
        }
        // A picture of one pixel's height is still to be seen.
        let least = Len::milli_pt(500);
        Some(Size { w: size.w.max(least), h: size.h.max(least) })
    }
    /// The size of a picture inside a line: as high as its text.
    pub(super) fn inline_size(
        &self,
        picture: &PictureRef,
        em: Len,
    ) -> Option<(Len, Len)> {
        let p = self.input.pictures.get(&picture.path)?;
        let (w, h) = (points(p.width), points(p.height));
        if w <= Len::ZERO || h <= Len::ZERO {
            return None;
        }
        let mut height = h.min(em.frac(ASCENT, 1000));
        let mut width = w.frac(height.to_sp(), h.to_sp());
        // As wide as half a line at the most, in proportion.
        let most = half(self.measure);
        if width > most {
            (width, height) = (most, height.frac(most.to_sp(), width.to_sp()));
        }
        let least = Len::milli_pt(500);
        Some((width.max(least), height.max(least)))
    }
    fn missing(&mut self, picture: &PictureRef, caption: Vec<Line>) {
        self.blank();
        let p = Paragraph::plain(&format!("［{}］", picture.alt), self.style());
        let lines = self.lines(&p, Len::ZERO, true);
        let size = self.style().size;
        self.push_lines(lines, size);
        let style = self.input.theme.caption.style(self.em());
        self.push_lines(caption, style.size);
        self.blank();
    }
}

/// Pixels, or the user units of SVG, as lengths: 96 to an inch (CSS).
fn points(px: f32) -> Len {
    Len::milli_pt((f64::from(px) * 750.0).min(1e12) as i64)
}
