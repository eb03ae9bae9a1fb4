//! The back: what the book is about, its barcode, price and category.

use super::barcode::{self, Bar};
use super::canvas::{Align, Canvas, Face, pitch};
use crate::book::words::words;
use crate::colour::ink::{BLACK, PAPER};
use crate::diag::code;
use crate::geom::{Len, Point, Rect, Size};

/// Draws the back.
pub(super) fn draw(c: &mut Canvas<'_>, back: Rect) {
    let Size { w, h } = back.size;
    let meta = &c.input.book.meta;
    let inset = w.frac(12, 100);
    let (x, measure) = (back.at.x + inset, w - inset * 2);
    let base = back.at.y + h - h.frac(7, 100);
    let top = code_box(c, back, base);
    let text = meta.description.as_deref().unwrap_or_default().trim().to_string();
    let head = back.at.y + h.frac(12, 100);
    describe(c, &text, Point { x, y: head }, Size { w: measure, h: top - head });
}

/// The description, as large as it is read well, smaller where it is long.
fn describe(c: &mut Canvas<'_>, text: &str, at: Point, room: Size) {
    if text.is_empty() {
        return;
    }
    let mut size = Len::milli_pt(10_000);
    let least = Len::milli_pt(7_000);
    let apart = |size: Len| size.frac(175, 100);
    let room_h = room.h - Len::tenth_mm(60);
    let mut lines = loop {
        let lines = c.lines(text, Face::Text.at(size), room.w, true);
        if size <= least || apart(size) * (lines.len() as i64) <= room_h {
            break lines;
        }
        size = size.frac(95, 100).max(least);
    };
    let most = (room_h.to_sp() / apart(size).to_sp().max(1)).max(0) as usize;
    if lines.len() > most {
        let message = format!(
            "the description is {} lines longer than the back has room for",
            lines.len() - most
        );
        c.say(code::COVER_OVERFLOW, message, "they are left out; write a shorter one");
        lines.truncate(most);
    }
    if c.input.config.cover.background.as_ref().is_some_and(|b| !b.front) {
        let high = apart(size) * (lines.len() as i64) + size * 2;
        let rect = Rect {
            at: Point { x: at.x - size, y: at.y - size },
            size: Size { w: room.w + size * 2, h: high },
        };
        c.rule(rect, PAPER);
    }
    let first = Point { x: at.x, y: at.y + size };
    c.put(lines, first, (room.w, Align::Left), apart(size));
}

/// ISBN, barcode and price on white at the right, the category at the left; gives
/// the height where they begin.
fn code_box(c: &mut Canvas<'_>, back: Rect, base: Len) -> Len {
    let w = back.size.w;
    let inset = w.frac(12, 100);
    let meta = &c.input.book.meta;
    let cover = &c.input.config.cover;
    let isbn = meta.imprint.isbn.clone();
    let digits = isbn.as_deref().and_then(barcode::thirteen);
    let added: Vec<u8> = cover.add_on.bytes().map(|b| b.wrapping_sub(b'0')).collect();
    let price = cover.price.clone().or(meta.imprint.price.clone());
    let record = &words(&meta.lang).record;
    let price = price.map(|p| format!("{}{}{p}", record.price, record.colon));
    let mut top = base;
    let mut left_of = back.at.x + w - inset;
    if let (Some(isbn), Some(digits)) = (isbn, digits) {
        let symbol = Symbol::new(&digits, &added, w - inset * 2);
        let right = back.at.x + w - inset;
        left_of = right - symbol.size.w;
        top = symbol.draw(c, &isbn, price.as_deref(), Point { x: left_of, y: base });
    } else if let Some(text) = price {
        let style = Face::Text.at(PRICE);
        for line in c.lines(&text, style, w, false) {
            left_of = back.at.x + w - inset - line.width;
            c.line(line, Point { x: left_of, y: base });
        }
        top = base - PRICE * 2;
    }
    let category = c.input.config.cover.category.clone().unwrap_or_default();
    if category.is_empty() {
        return top;
    }
    let x = back.at.x + inset;
    let beside = left_of - x - PRICE;
    let room = Size { w: beside.max(w.frac(20, 100)), h: PRICE * 6 };
    let sizes = [PRICE, Len::milli_pt(5_000)];
    let (lines, size) = c.fitted(&category, Face::Text, sizes, room);
    let over = pitch(size) * (lines.len() as i64 - 1);
    let at = Point { x, y: base - over };
    c.put(lines, at, (room.w, Align::Left), pitch(size));
    top.min(at.y - PRICE * 2)
}

/// Size of price and category.
const PRICE: Len = Len::milli_pt(8_500);

/// A barcode with its add-on, ready to be drawn.
struct Symbol {
    /// width of a module
    module: Len,
    bars: Vec<Bar>,
    digits: [u8; 13],
    /// bars of the add-on, where they begin
    added: (Vec<Bar>, i64),
    add_on: Vec<u8>,
    /// with quiet zones, without the lines above and below
    size: Size,
}

impl Symbol {
    /// At full size where there is room, else smaller: 80 % is the least that is
    /// allowed (ISO/IEC 15420, 4.3.4).
    fn new(digits: &[u8; 13], add_on: &[u8], room: Len) -> Symbol {
        let (added, wide) = barcode::add_on(add_on);
        let start = barcode::WIDTH + barcode::APART;
        let modules = barcode::QUIET_BEFORE
            + match wide {
                0 => barcode::WIDTH + barcode::QUIET_BEHIND,
                wide => start + wide + barcode::ADD_ON_QUIET,
            };
        // Thousandths of a millimetre.
        let um = |n: i64| Len::tenth_mm(1000).frac(n, 100_000);
        let widths = [330, 297, 264].map(um);
        let fits = widths.into_iter().find(|m| *m * modules <= room);
        let module = fits.unwrap_or(um(264));
        // 22.85 mm at full size for bars, 5 modules more for guards.
        let size = Size { w: module * modules, h: module.frac(22_850, 330) };
        let bars = barcode::bars(digits);
        Symbol {
            module,
            bars,
            digits: *digits,
            added: (added, start),
            add_on: add_on.to_vec(),
            size,
        }
    }

    /// Draws it with ISBN above and price below; the place is the bottom left
    /// corner of the paper under it. Gives the height of its top.
    fn draw(
        &self,
        c: &mut Canvas<'_>,
        isbn: &str,
        price: Option<&str>,
        at: Point,
    ) -> Len {
        let m = self.module;
        let small = m * 9;
        let below = price.map_or(Len::ZERO, |_| small.frac(19, 10));
        let foot = at.y - m * 4 - below;
        let digits_at = foot;
        let bars_foot = digits_at - m.frac(85, 10);
        let top = bars_foot - self.size.h;
        let isbn_at = top - m * 4;
        let paper_top = isbn_at - small - m * 3;
        let paper = Size { w: self.size.w, h: at.y - paper_top };
        c.rule(Rect { at: Point { x: at.x, y: paper_top }, size: paper }, PAPER);
        let x0 = at.x + m * barcode::QUIET_BEFORE;
        for bar in &self.bars {
            let longer = if bar.guard { m * 5 } else { Len::ZERO };
            self.bar(c, bar, x0, top, self.size.h + longer);
        }
        self.digits(c, x0, digits_at);
        self.add_on(c, x0 + m * self.added.1, top);
        let isbn = match isbn.to_ascii_uppercase().starts_with("ISBN") {
            true => isbn.to_string(),
            false => format!("ISBN {isbn}"),
        };
        let ends = (x0, m * barcode::WIDTH);
        one(c, &isbn, small, ends, isbn_at);
        if let Some(price) = price {
            one(c, price, small, ends, at.y - m * 5);
        }
        paper_top
    }

    fn bar(&self, c: &mut Canvas<'_>, bar: &Bar, x0: Len, top: Len, h: Len) {
        let at = Point { x: x0 + self.module * bar.at, y: top };
        c.rule(Rect { at, size: Size { w: self.module * bar.wide, h } }, BLACK);
    }

    /// Each digit below its own bars, the first one in the quiet zone.
    fn digits(&self, c: &mut Canvas<'_>, x0: Len, y: Len) {
        let m = self.module;
        for (i, d) in (0i64..).zip(&self.digits) {
            let middle = match i {
                0 => m * -6,
                1..=6 => m * (3 + (i - 1) * 7) + m.frac(7, 2),
                _ => m * (50 + (i - 7) * 7) + m.frac(7, 2),
            };
            digit(c, *d, m, Point { x: x0 + middle, y });
        }
    }

    /// The add-on's digits stand above its bars, whose feet are level with the
    /// guards of the symbol.
    fn add_on(&self, c: &mut Canvas<'_>, x0: Len, top: Len) {
        let m = self.module;
        let down = m * 10;
        for bar in &self.added.0 {
            self.bar(c, bar, x0, top + down, self.size.h + m * 5 - down);
        }
        for (i, d) in (0i64..).zip(&self.add_on).filter(|_| !self.added.0.is_empty()) {
            let middle = m * (4 + i * 9) + m.frac(7, 2);
            digit(c, *d, m, Point { x: x0 + middle, y: top + m * 8 });
        }
    }
}

/// A digit about a middle, 8 modules high.
fn digit(c: &mut Canvas<'_>, d: u8, m: Len, at: Point) {
    let style = Face::Digits.at(m * 10);
    for line in c.lines(&d.to_string(), style, m * 100, false) {
        let x = at.x - line.width.frac(1, 2);
        c.line(line, Point { x, y: at.y });
    }
}

/// A line in the middle of a stretch, made smaller where it is longer.
fn one(c: &mut Canvas<'_>, text: &str, size: Len, (x, wide): (Len, Len), y: Len) {
    let natural = c.lines(text, Face::Text.at(size), wide * 40, false);
    let width = natural.iter().map(|l| l.width).sum::<Len>();
    let size = match width > wide {
        true => size.frac(wide.to_sp(), width.to_sp().max(1)),
        false => size,
    };
    for line in c.lines(text, Face::Text.at(size), wide * 40, false).into_iter().take(1) {
        let x = x + (wide - line.width).frac(1, 2);
        c.line(line, Point { x, y });
    }
}
