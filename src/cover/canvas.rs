//! What the parts of the wrap are drawn on: lines set in a measure, made to fit,
//! upright columns and lines that are turned.

use crate::colour::ink::{BLACK, Ink};
use crate::diag::{Code, Diagnostic};
use crate::font::shape::Shaper;
use crate::font::{Cut, Role};
use crate::geom::{Len, Point, Rect, Size};
use crate::line::{self, Fault, Line, Paragraph, Shape};
use crate::page::{self, Draw};
use crate::theme::TextStyle;

/// A sheet that is being drawn.
pub(super) struct Canvas<'a> {
    pub(super) input: page::Input<'a>,
    pub(super) shaper: Shaper<'a>,
    pub(super) faults: Vec<Fault>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) items: Vec<(Point, Draw)>,
}

/// The faces of the cover.
#[derive(Debug, Copy, Clone)]
pub(super) enum Face {
    /// the title
    Title,
    /// names
    Names,
    /// what is read
    Text,
    /// digits of the barcode: of one width, as OCR-B has them
    Digits,
}

impl Face {
    pub(super) fn at(self, size: Len) -> TextStyle {
        let (han, latin, bold) = match self {
            Face::Title => (Role::Song, Role::Serif, true),
            Face::Names => (Role::Kai, Role::Serif, false),
            Face::Text => (Role::Song, Role::Serif, false),
            Face::Digits => (Role::Hei, Role::Mono, false),
        };
        let cut = Cut { han, latin, bold, italic: false };
        TextStyle {
            cut,
            size,
            rise: Len::ZERO,
            strike: false,
            dots: false,
            line: None,
            ink: BLACK,
        }
    }
}

/// How lines stand in their measure.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Align {
    Left,
    Centre,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(input: page::Input<'a>) -> Canvas<'a> {
        let shaper = Shaper::new(input.fonts, &input.book.meta.lang);
        Canvas { input, shaper, faults: vec![], found: vec![], items: vec![] }
    }

    /// Says something of the cover, where its settings are.
    pub(super) fn say(&mut self, code: Code, message: impl Into<String>, hint: &str) {
        let mut d = Diagnostic::new(code, message).hint(hint);
        d.span = self.input.config.cover.span;
        self.found.push(d);
    }

    pub(super) fn rule(&mut self, rect: Rect, ink: Ink) {
        if rect.size.w > Len::ZERO && rect.size.h > Len::ZERO {
            self.items.push((rect.at, Draw::Rule { size: rect.size, ink }));
        }
    }

    /// Four rules inside the edges of a rectangle.
    pub(super) fn frame(&mut self, r: Rect, thick: Len) {
        let (w, h) = (r.size.w, r.size.h);
        let side = |x, y, w, h| Rect {
            at: Point { x: r.at.x + x, y: r.at.y + y },
            size: Size { w, h },
        };
        for rect in [
            side(Len::ZERO, Len::ZERO, w, thick),
            side(Len::ZERO, h - thick, w, thick),
            side(Len::ZERO, Len::ZERO, thick, h),
            side(w - thick, Len::ZERO, thick, h),
        ] {
            self.rule(rect, BLACK);
        }
    }

    /// Lines of a text; what is wrong with them is remembered once it is drawn.
    pub(super) fn lines(
        &mut self,
        text: &str,
        style: TextStyle,
        measure: Len,
        justify: bool,
    ) -> Vec<Line> {
        let p = Paragraph::plain(text, style);
        let shape = Shape { measure, justify, ..Shape::default() };
        let mut faults = vec![];
        let rules = &self.input.config.rules;
        let lines = line::lay(&p, shape, rules, &mut self.shaper, &mut faults);
        let missing = |f: &Fault| matches!(f, Fault::Missing(..));
        self.faults.extend(faults.into_iter().filter(missing));
        lines
    }

    /// Lines as even as they can be without becoming more.
    pub(super) fn even(&mut self, text: &str, style: TextStyle, m: Len) -> Vec<Line> {
        let mut best = self.lines(text, style, m, false);
        for percent in (50..100).rev().step_by(5).take(10) {
            if best.len() < 2 {
                break;
            }
            let next = self.lines(text, style, m.frac(percent, 100), false);
            if next.len() > best.len() || wide(&next, m.frac(percent, 100)) {
                break;
            }
            best = next;
        }
        best
    }

    /// The largest size, from `most` down to `least`, at which a text fits.
    pub(super) fn fitted(
        &mut self,
        text: &str,
        face: Face,
        sizes: [Len; 2],
        room: Size,
    ) -> (Vec<Line>, Len) {
        let [mut size, least] = sizes;
        loop {
            let lines = self.even(text, face.at(size), room.w);
            let high = pitch(size) * (lines.len() as i64);
            if size <= least || (high <= room.h && !wide(&lines, room.w)) {
                return (lines, size);
            }
            size = size.frac(92, 100).max(least);
        }
    }

    /// Draws lines from a first baseline down; gives the last baseline.
    pub(super) fn put(
        &mut self,
        lines: Vec<Line>,
        at: Point,
        (measure, align): (Len, Align),
        pitch: Len,
    ) -> Len {
        let mut y = at.y;
        let mut last = at.y;
        for line in lines {
            let free = match align {
                Align::Left => Len::ZERO,
                Align::Centre => (measure - line.width).frac(1, 2),
            };
            self.line(line, Point { x: at.x + free, y });
            last = y;
            y += pitch;
        }
        last
    }

    /// Draws a line with its baseline at a height.
    pub(super) fn line(&mut self, line: Line, at: Point) {
        for run in line.runs {
            let place = Point { x: at.x + run.at, y: at.y - run.rise };
            self.items.push((place, Draw::Text(run.into())));
        }
    }
}

/// From one line to the next.
pub(super) fn pitch(size: Len) -> Len {
    size.frac(14, 10)
}

fn wide(lines: &[Line], measure: Len) -> bool {
    lines.iter().any(|l| l.width > measure)
}
