//! The front. A Chinese title stands on a slip of paper (题签) near the fore-edge,
//! as on the wrapper of a block-printed book; any other on a label in the middle.

use super::canvas::{Align, Canvas, Face, pitch};
use super::names;
use super::upright::{Column, column, is_upright};
use crate::colour::ink::{BLACK, PAPER};
use crate::diag::code;
use crate::geom::{Len, Point, Rect, Size};

/// Draws the front.
pub(super) fn draw(c: &mut Canvas<'_>, front: Rect) {
    let meta = &c.input.book.meta;
    let slip = is_upright(&meta.title).then(|| slip(c, front)).flatten();
    match slip {
        Some(parts) => {
            parts.draw(c, front);
            foot(c, front);
        }
        None => label(c, front),
    }
}

/// A title in a column, with its subtitle in the next.
struct Slip {
    title: Column,
    subtitle: Column,
    /// of the title, of the subtitle
    sizes: [Len; 2],
    /// of the paper
    paper: Size,
}

/// Free between type and frame, in hundredths of the title's size.
const AROUND: i64 = 55;

fn slip(c: &mut Canvas<'_>, front: Rect) -> Option<Slip> {
    let Size { w, h } = front.size;
    let meta = &c.input.book.meta;
    let probe = Len::milli_pt(100_000);
    let long = column(c, meta.title.trim(), Face::Title.at(probe)).length;
    let room = h.frac(60, 100);
    let by_length = probe.frac(room.to_sp(), long.to_sp().max(1));
    let size = w.frac(13, 100).min(by_length);
    if size < w.frac(5, 100).max(Len::milli_pt(15_000)) {
        return None;
    }
    let small = size.frac(40, 100).max(Len::milli_pt(8_500)).min(size);
    let title = column(c, meta.title.trim(), Face::Title.at(size));
    let text = meta.subtitle.as_deref().unwrap_or_default().trim();
    let subtitle = column(c, text, Face::Names.at(small));
    let side = match text.is_empty() {
        true => Len::ZERO,
        false => small + size.frac(35, 100),
    };
    let high = title.length.max(subtitle.length + size);
    let around = size.frac(AROUND, 100) * 2;
    let paper = Size { w: size + side + around, h: high + around.frac(13, 10) };
    let fits = paper.h <= h.frac(72, 100) && paper.w <= w.frac(74, 100);
    fits.then_some(Slip { title, subtitle, sizes: [size, small], paper })
}

impl Slip {
    fn draw(self, c: &mut Canvas<'_>, front: Rect) {
        let Size { w, h } = front.size;
        let [size, small] = self.sizes;
        let around = size.frac(AROUND, 100);
        let right = front.at.x + w - w.frac(12, 100);
        let at = Point { x: right - self.paper.w, y: front.at.y + h.frac(9, 100) };
        paper(c, Rect { at, size: self.paper });
        let y = at.y + around.frac(13, 10);
        let x = right - around - size.frac(1, 2);
        self.title.put(c, Point { x, y });
        let foot = at.y + self.paper.h - around.frac(13, 10);
        let x = at.x + around + small.frac(1, 2);
        // The second column ends where the first does, as a signature would.
        let y = foot - self.subtitle.length;
        self.subtitle.put(c, Point { x, y });
    }
}

/// White paper with a double frame (文武边): thick outside, thin inside.
fn paper(c: &mut Canvas<'_>, r: Rect) {
    c.rule(r, PAPER);
    let inset = |by: Len| Rect {
        at: Point { x: r.at.x + by, y: r.at.y + by },
        size: Size { w: r.size.w - by * 2, h: r.size.h - by * 2 },
    };
    let short = r.size.w.min(r.size.h);
    let step = Len::tenth_mm(12).min(short.frac(4, 100));
    c.frame(inset(step), Len::milli_pt(1300));
    c.frame(inset(step * 2), Len::milli_pt(350));
}

/// Authors and publisher at the foot, on the side of the spine.
fn foot(c: &mut Canvas<'_>, front: Rect) {
    let Size { w, h } = front.size;
    let meta = &c.input.book.meta;
    let (x, measure) = (front.at.x + w.frac(12, 100), w.frac(76, 100));
    let authors = names(meta);
    let publisher = meta.publisher.as_deref().unwrap_or_default().trim().to_string();
    let sizes = [w.frac(36, 1000).max(Len::milli_pt(8_000)), Len::milli_pt(6_000)];
    let room = Size { w: measure, h: h.frac(9, 100) };
    let (lines, size) = c.fitted(&authors, Face::Names, sizes, room);
    let over = pitch(size) * (lines.len() as i64 - 1);
    let second = front.at.y + h.frac(925, 1000);
    let first = second - size.frac(22, 10);
    let line = |y| Rect { at: Point { x, y }, size: Size { w: size * 2, h: LINE } };
    let drawn = !lines.is_empty();
    ground(
        c,
        Rect {
            at: Point { x: x - size, y: first - over - size.frac(17, 10) },
            size: Size {
                w: w.frac(76, 100).min(widest(&lines)) + size * 2,
                h: over + size.frac(47, 10),
            },
        },
    );
    let align = (measure, Align::Left);
    c.put(lines, Point { x, y: first - over }, align, pitch(size));
    if drawn && !publisher.is_empty() {
        c.rule(line(first + size.frac(7, 10)), BLACK);
    }
    let sizes = [size.frac(80, 100), Len::milli_pt(5_000)];
    let (lines, small) =
        c.fitted(&publisher, Face::Text, sizes, Size { w: measure, h: room.h });
    c.put(lines, Point { x, y: second }, align, pitch(small));
}

/// Thickness of a line between names.
const LINE: Len = Len::milli_pt(500);

fn widest(lines: &[crate::line::Line]) -> Len {
    lines.iter().map(|l| l.width).max().unwrap_or_default()
}

/// On a picture, names have white behind them.
fn ground(c: &mut Canvas<'_>, r: Rect) {
    if c.input.config.cover.background.is_some() {
        c.rule(r, PAPER);
    }
}

/// Everything on one label, in lines.
fn label(c: &mut Canvas<'_>, front: Rect) {
    let Size { w, h } = front.size;
    let meta = &c.input.book.meta;
    let title = meta.title.trim();
    let subtitle = meta.subtitle.as_deref().unwrap_or_default().trim();
    let authors = names(meta);
    let measure = w.frac(60, 100);
    let sizes = [w.frac(78, 1000), Len::milli_pt(7_000)];
    let room = Size { w: measure, h: h.frac(42, 100) };
    let (title, size) = c.fitted(title, Face::Title, sizes, room);
    let small = [
        size.frac(50, 100).min(w.frac(4, 100)).max(Len::milli_pt(7_500)),
        Len::milli_pt(6_000),
    ];
    let room = Size { w: measure, h: h.frac(12, 100) };
    let (subtitle, under) = c.fitted(subtitle, Face::Names, small, room);
    let named = [w.frac(36, 1000).max(Len::milli_pt(8_000)), Len::milli_pt(6_000)];
    let (authors, name) = c.fitted(&authors, Face::Names, named, room);
    let tall = |n: usize, size: Len| pitch(size) * (n as i64);
    let air = size.min(w.frac(7, 100));
    let rows =
        [tall(title.len(), size), tall(subtitle.len(), under), tall(authors.len(), name)];
    if rows.iter().all(|r| *r == Len::ZERO) {
        return publisher(c, front);
    }
    let high = rows.iter().copied().sum::<Len>() + air.frac(62, 10);
    let high = high.max(h.frac(30, 100));
    if high > h.frac(80, 100) {
        let hint = "a shorter title has room";
        c.say(code::COVER_OVERFLOW, "the title is too long for the front", hint);
    }
    let at = Point { x: front.at.x + w.frac(12, 100), y: front.at.y + h.frac(12, 100) };
    paper(c, Rect { at, size: Size { w: w.frac(76, 100), h: high } });
    let x = front.at.x + w.frac(20, 100);
    let align = (measure, Align::Centre);
    let ended = !authors.is_empty();
    let names_at = at.y + high - air.frac(13, 10) - rows[2] + name;
    let free = high - air.frac(52, 10) - rows.iter().copied().sum::<Len>();
    let mut y = at.y + air.frac(13, 10) + size + free.frac(3, 10);
    if !title.is_empty() {
        y = c.put(title, Point { x, y }, align, pitch(size)) + size.frac(4, 10);
    }
    if !subtitle.is_empty() {
        y += under.frac(14, 10);
        c.put(subtitle, Point { x, y }, align, pitch(under));
    }
    if ended {
        let wide = name * 3;
        let middle = front.at.x + (w - wide).frac(1, 2);
        let y = names_at - name.frac(22, 10);
        c.rule(
            Rect { at: Point { x: middle, y }, size: Size { w: wide, h: LINE } },
            BLACK,
        );
        c.put(authors, Point { x, y: names_at }, align, pitch(name));
    }
    publisher(c, front);
}

fn publisher(c: &mut Canvas<'_>, front: Rect) {
    let Size { w, h } = front.size;
    let text = c.input.book.meta.publisher.as_deref().unwrap_or_default().trim();
    let measure = w.frac(76, 100);
    let sizes = [w.frac(30, 1000).max(Len::milli_pt(7_500)), Len::milli_pt(5_000)];
    let room = Size { w: measure, h: h.frac(6, 100) };
    let (lines, size) = c.fitted(text, Face::Text, sizes, room);
    let at = Point { x: front.at.x + w.frac(12, 100), y: front.at.y + h.frac(925, 1000) };
    let wide = widest(&lines) + size * 2;
    if !lines.is_empty() {
        ground(
            c,
            Rect {
                at: Point {
                    x: front.at.x + (w - wide).frac(1, 2),
                    y: at.y - size.frac(17, 10),
                },
                size: Size { w: wide, h: size.frac(27, 10) },
            },
        );
    }
    c.put(lines, at, (measure, Align::Centre), pitch(size));
}
