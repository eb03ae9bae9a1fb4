//! Figures: a picture, its caption below, whole lines of the grid in all.

use super::galley::Entry;
use super::stack::{ASCENT, Stack, figure_anchor};
use super::structure::{Role, paint};
use super::{Draw, half};
use crate::book::{Figure, Inline, PictureRef, Placement};
use crate::geom::{Len, Logical, Size};
use crate::line::{Line, Paragraph};

/// A picture beside others is no narrower than so many em on the average.
const SIDE: i64 = 6;

/// A row of pictures: how high they are, and with their captions.
struct PanelRow {
    panels: Vec<PanelAt>,
    picture: Len,
    height: Len,
}

/// A picture in its place.
struct PanelAt {
    path: String,
    alt: String,
    at: Len,
    size: Size,
    caption: Vec<Line>,
}

impl Stack<'_, '_, '_> {
    /// A figure: one picture, or several side by side with equal heights. Without a
    /// picture its alternative text stands in its place.
    pub(super) fn figure(&mut self, f: &Figure) {
        let places = f.numbered().filter_map(|_| self.figure_place());
        let own = Some(f.id.clone()).filter(|id| !id.is_empty());
        let anchors: Vec<_> = own.into_iter().chain(places).collect();
        let (found, missing): (Vec<_>, Vec<_>) = (0..f.panels.len())
            .partition(|i| self.ratio(&f.panels[*i].picture).is_some());
        let caption = self.caption(f.number.as_deref(), &f.caption);
        let at = self.entries.len();
        for i in &missing {
            let own = self.panel_caption(f, *i, self.measure);
            let alone = found.is_empty() && i + 1 == f.panels.len();
            let below = if alone && own.is_empty() { caption.clone() } else { own };
            self.missing(&f.panels[*i].picture, below);
        }
        if !found.is_empty() {
            let rows = self.panel_rows(f, &found, caption.len());
            self.figure_rows(f, rows, caption);
        }
        // Where it is drawn, also if that is on a later page.
        let first = self.entries[at..].iter_mut().find(|e| !e.draws.is_empty());
        first.into_iter().for_each(|e| e.anchors.extend(anchors.iter().cloned()));
    }
    /// Rows of pictures under one another with the caption below: one entry, or one
    /// for each row where they do not fit a page.
    fn figure_rows(&mut self, f: &Figure, rows: Vec<PanelRow>, caption: Vec<Line>) {
        let area = &self.input.config.page.area;
        let page = area.leading * i64::from(area.lines);
        let pitch = self.caption_pitch();
        let below = pitch * caption.len() as i64;
        // A caption that would fill the page stands below on lines of its own.
        let (caption, long) =
            if below * 2 > page { (vec![], caption) } else { (caption, vec![]) };
        let below = pitch * caption.len() as i64;
        let total: Len = rows.iter().map(|r| r.height).sum();
        let gaps = half(self.pitch()) * rows.len() as i64;
        let many = total + gaps + below > page;
        let apart = self.entries.last().is_some_and(|e| e.space);
        if apart || f.place == Placement::Page {
            // The blank line of the block before it stays when the figure is put off.
            self.entries.push(Entry::default());
        } else {
            self.blank();
        }
        let (count, mut caption) = (rows.len(), Some(caption));
        let mut open: Vec<PanelRow> = vec![];
        for (i, row) in rows.into_iter().enumerate() {
            open.push(row);
            if many || i + 1 == count {
                let below = caption.take_if(|_| i + 1 == count).unwrap_or_default();
                let entry = self.figure_entry(std::mem::take(&mut open), below, page);
                let mut entry = self.figure_placed(entry, f.place, page);
                entry.keep = many && i + 1 < count;
                entry.float &= !many;
                self.entries.push(entry);
            }
        }
        let size = self.input.theme.caption.style(self.em()).size;
        self.tagged(Role::Caption, |s| s.push_lines(long, size));
        self.blank();
    }
    fn figure_placed(&self, mut entry: Entry, place: Placement, page: Len) -> Entry {
        entry.float = place != Placement::Here;
        entry.bars = !entry.floats();
        if place == Placement::Page && !self.in_note {
            let down = half(page - entry.height).max(Len::ZERO);
            entry.draws.iter_mut().for_each(|d| d.0.block += down);
            entry.height = entry.height.max(page);
        }
        entry
    }
    /// Rows of pictures, whole lines of the grid in all.
    fn figure_entry(
        &mut self,
        rows: Vec<PanelRow>,
        caption: Vec<Line>,
        page: Len,
    ) -> Entry {
        let pitch = self.caption_pitch();
        let below = pitch * caption.len() as i64;
        let gap = half(self.pitch());
        let gaps = gap * (rows.len() as i64 - i64::from(caption.is_empty()));
        let used: Len = rows.iter().map(|r| r.height).sum::<Len>() + gaps + below;
        let height = used.up_to(self.pitch()).min(page.max(used));
        let mut entry = Entry { height, ..Entry::default() };
        // What is over goes half above the picture and half below the caption.
        let mut at = half(height - used);
        for row in rows {
            for panel in row.panels {
                let place =
                    Logical { inline: panel.at, block: at + row.picture - panel.size.h };
                let draw = Draw::Image {
                    path: panel.path,
                    size: panel.size,
                    alt: panel.alt.clone(),
                };
                entry.draw(place, draw);
                match panel.alt.is_empty() {
                    // Of a picture that nothing is said of, nothing can be read.
                    true => entry.hide(),
                    false => {
                        let tag = self.inside(Role::Figure(panel.alt));
                        paint(&mut entry.draws, &tag);
                    }
                }
                let across = (panel.at, panel.size.w);
                let first = at + row.picture + half(half(self.pitch()));
                self.caption_lines(panel.caption, across, first, &mut entry);
            }
            at += row.height + gap;
        }
        self.caption_lines(caption, (self.start, self.measure), at, &mut entry);
        entry
    }
    /// Lines of a caption in the middle of a stretch.
    fn caption_lines(
        &mut self,
        lines: Vec<Line>,
        (start, width): (Len, Len),
        mut at: Len,
        entry: &mut Entry,
    ) {
        let (pitch, size) =
            (self.caption_pitch(), self.input.theme.caption.style(self.em()).size);
        if lines.is_empty() {
            return;
        }
        let place = self.inside(Role::Caption);
        for line in lines {
            self.within(&place, |s| s.call_notes(&line, entry));
            let inline = start + half(width - line.width);
            let block = at + half(pitch) - half(size) + size.frac(ASCENT, 1000);
            entry.line(line, Logical { inline, block });
            at += pitch;
        }
        paint(&mut entry.draws, &place);
    }
    /// From one line of a caption to the next.
    fn caption_pitch(&self) -> Len {
        let size = self.input.theme.caption.style(self.em()).size;
        self.pitch().frac(3, 4).max(size.frac(5, 4))
    }
    /// The caption of one picture of several, in the picture's width.
    fn panel_caption(&mut self, f: &Figure, i: usize, width: Len) -> Vec<Line> {
        let panel = &f.panels[i];
        let letter = f.letter(i);
        let number = panel.number.as_deref().or(letter.as_deref());
        if panel.caption.is_empty() && letter.is_none() {
            return vec![];
        }
        let width = width.max(self.em() * 4);
        let outer = std::mem::replace(&mut self.measure, width);
        let lines = self.numbered_caption(number, &panel.caption);
        self.measure = outer;
        lines
    }
    /// Width of a picture for a height of one.
    fn ratio(&self, picture: &PictureRef) -> Option<(Len, Len)> {
        let p = self.input.pictures.get(&picture.path)?;
        let (w, h) = (points(p.width), points(p.height));
        (w > Len::ZERO && h > Len::ZERO).then_some((w, h))
    }
    /// Pictures in rows: one in its size; several with equal heights, as wide
    /// together as the measure.
    fn panel_rows(&mut self, f: &Figure, found: &[usize], below: usize) -> Vec<PanelRow> {
        let area = &self.input.config.page.area;
        let page = area.leading * i64::from(area.lines);
        let room = match f.width {
            Some(percent) => self.measure.frac(i64::from(percent), 100),
            None => self.measure,
        };
        let most = (room.to_sp() / (self.em() * SIDE).to_sp()).clamp(1, 4) as usize;
        let count = found.len().div_ceil(most);
        let each = found.len().div_ceil(count);
        // What stands below a picture: captions of its own, and of the whole.
        let own = if f.panels.len() > 1 { 2 } else { 0 };
        let below = self.caption_pitch() * (below + own) as i64;
        let gap = if below > Len::ZERO { half(self.pitch()) } else { Len::ZERO };
        let below = if below * 2 > page { Len::ZERO } else { below };
        let high = (page - below - gap - self.pitch()).max(self.pitch());
        let high = if count > 1 { high.min(half(page)) } else { high };
        let mut out = vec![];
        for part in found.chunks(each.max(1)) {
            let room = Size { w: room, h: high };
            let sizes = match part {
                [one] => {
                    vec![self.one_size(&f.panels[*one].picture, room, f.width.is_some())]
                }
                several => self.side_by_side(f, several, room),
            };
            out.push(self.panel_row(f, part, sizes));
        }
        out
    }
    fn one_size(&self, picture: &PictureRef, room: Size, asked: bool) -> Size {
        let (w, h) = self.ratio(picture).unwrap_or((room.w, room.h));
        match asked {
            false => self.figure_size(picture, room).unwrap_or(room),
            true => {
                fitted(Size { w: room.w, h: h.frac(room.w.to_sp(), w.to_sp()) }, room)
            }
        }
    }
    fn side_by_side(&self, f: &Figure, part: &[usize], room: Size) -> Vec<Size> {
        // Widths for one height, in thousandths: no picture is thinner than 1/50.
        let ratio = |i: &usize| {
            let (w, h) = self.ratio(&f.panels[*i].picture).unwrap_or((room.w, room.w));
            Len::sp(1000).frac(w.to_sp(), h.to_sp()).to_sp().clamp(20, 50_000)
        };
        let ratios: Vec<i64> = part.iter().map(ratio).collect();
        let gaps = self.em() * (part.len() as i64 - 1);
        let own =
            part.iter().filter_map(|i| Some(self.ratio(&f.panels[*i].picture)?.1)).max();
        let height = (room.w - gaps).max(self.em()).frac(1000, ratios.iter().sum());
        let mut height = height.min(room.h).max(Len::milli_pt(500));
        if f.width.is_none() {
            height = height.min(own.unwrap_or(height).max(self.pitch()));
        }
        ratios.into_iter().map(|r| Size { w: height.frac(r, 1000), h: height }).collect()
    }
    /// Pictures of one row in the middle of the measure.
    fn panel_row(&mut self, f: &Figure, part: &[usize], sizes: Vec<Size>) -> PanelRow {
        let total: Len = sizes.iter().map(|s| s.w).sum();
        let gap = self.em();
        let used = total + gap * (part.len() as i64 - 1);
        let mut at = self.start + half(self.measure - used);
        let (mut panels, mut captions) = (vec![], Len::ZERO);
        let picture = sizes.iter().map(|s| s.h).max().unwrap_or_default();
        for (i, size) in part.iter().zip(sizes) {
            // It may reach into half of the gap on either side.
            let caption = self.panel_caption(f, *i, size.w + gap);
            captions = captions.max(self.caption_pitch() * caption.len() as i64);
            let path = f.panels[*i].picture.path.clone();
            let alt = f.told(*i);
            panels.push(PanelAt { path, alt, at, size, caption });
            at += size.w + gap;
        }
        let below =
            if captions > Len::ZERO { half(half(self.pitch())) } else { Len::ZERO };
        PanelRow { panels, picture, height: picture + below + captions }
    }
    /// The id of the next figure, where a list leads to it.
    fn figure_place(&mut self) -> Option<String> {
        self.numbered.0 += 1;
        let listed = self.input.config.makeup.figures;
        listed.then(|| figure_anchor(self.chapter, self.numbered.0))
    }
    /// Lines of a caption, its number first, an em between (B-01); no caption has no
    /// lines.
    pub(super) fn caption(
        &mut self,
        number: Option<&str>,
        inlines: &[Inline],
    ) -> Vec<Line> {
        if inlines.is_empty() { vec![] } else { self.numbered_caption(number, inlines) }
    }
    /// Lines of about one length, where there are several.
    fn numbered_caption(
        &mut self,
        number: Option<&str>,
        inlines: &[Inline],
    ) -> Vec<Line> {
        let style = self.input.theme.caption.style(self.em());
        let mut p = Paragraph::default();
        if let Some(number) = number {
            // (a) stands closer.
            let gap = if number.starts_with('(') { " " } else { "\u{3000}" };
            p.push_plain(&format!("{number}{gap}"), style);
        }
        p.append(self.flatten(inlines, style));
        let lines = self.lines(&p, Len::ZERO, false);
        let total: Len = lines.iter().map(|l| l.width).sum();
        let count = lines.len() as i64;
        if count < 2 {
            return lines;
        }
        let even = (total.frac(1, count) + style.size * 2).min(self.measure);
        let outer = std::mem::replace(&mut self.measure, even);
        let known = self.faults.len();
        let better = self.lines(&p, Len::ZERO, false);
        self.measure = outer;
        if better.len() == lines.len() {
            return better;
        }
        self.faults.truncate(known);
        lines
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
        // A picture of one pixel's height is still to be seen.
        Some(fitted(size, room))
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
        self.tagged(Role::P, |s| s.push_lines(lines, size));
        let style = self.input.theme.caption.style(self.em());
        self.tagged(Role::Caption, |s| s.push_lines(caption, style.size));
        self.blank();
    }
}

/// A size made to fit a room in proportion; it stays to be seen.
fn fitted(size: Size, room: Size) -> Size {
    let mut size = size;
    if size.h > room.h {
        size = Size { w: size.w.frac(room.h.to_sp(), size.h.to_sp()), h: room.h };
    }
    let least = Len::milli_pt(500);
    Size { w: size.w.max(least), h: size.h.max(least) }
}

/// Pixels, or the user units of SVG, as lengths: 96 to an inch (CSS).
fn points(px: f32) -> Len {
    Len::milli_pt((f64::from(px) * 750.0).min(1e12) as i64)
}
