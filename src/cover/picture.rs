//! The front alone as a picture (SVG), for shops and reading systems. A picture may
//! not use a book's fonts, so letters are drawn as outlines.

use super::outline::{Turn, glyph};
use super::{Wrap, canvas::Canvas, front, missing, paper};
use crate::colour::ink::Ink;
use crate::diag::Sink;
use crate::geom::{Len, Point, Rect};
use crate::line::Outline;
use crate::line::formula::PathStep;
use crate::page::{Draw, Input};
use base64::Engine;
use std::fmt::Write;

/// The front of the wrap of a book of so many pages, in points.
pub fn front_picture(input: &Input<'_>, pages: usize, sink: &mut Sink) -> String {
    let config = &input.config.cover;
    let wrap = Wrap::of_book(input, pages, false);
    let mut c = Canvas::new(*input);
    paper(&mut c, &wrap);
    if config.text {
        front::draw(&mut c, wrap.front);
    }
    missing(&c.faults, sink);
    let mut svg = Svg { input, out: String::new() };
    for (at, draw) in &c.items {
        svg.draw(*at, draw);
    }
    let Rect { at, size } = wrap.front;
    let [x, y, w, h] = [at.x, at.y, size.w, size.h].map(number);
    let meta = &input.book.meta;
    let (lang, title) = (escaped(&meta.lang), escaped(&meta.title));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {w} {h}\" \
         width=\"{w}\" height=\"{h}\" xml:lang=\"{lang}\">\n<title>{title}</title>\n\
         <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n{}</svg>\n",
        svg.out
    )
}

struct Svg<'a> {
    input: &'a Input<'a>,
    out: String,
}

impl Svg<'_> {
    fn draw(&mut self, at: Point, draw: &Draw) {
        match draw {
            Draw::Text(run) => {
                for g in &run.glyphs {
                    let fonts = self.input.fonts;
                    let outline = glyph(fonts, run.face, g.id, run.size, Turn::None);
                    if let Some(outline) = outline {
                        self.path(Point { x: at.x + g.at(), ..at }, &outline, run.ink);
                    }
                }
            }
            Draw::Rule { size, ink } => {
                let [x, y, w, h] = [at.x, at.y, size.w, size.h].map(number);
                let fill = self.colour(*ink);
                let place = format!("x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
                writeln!(self.out, "<rect {place} fill=\"{fill}\"/>").ok();
            }
            Draw::Path { outline, ink } => self.path(at, outline, *ink),
            Draw::Image { path, size, .. } => {
                let Some(picture) = self.input.pictures.get(path) else { return };
                let [x, y, w, h] = [at.x, at.y, size.w, size.h].map(number);
                let data = base64::engine::general_purpose::STANDARD
                    .encode(picture.bytes.as_slice());
                let kind = picture.kind.media_type();
                writeln!(
                    self.out,
                    "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
                     preserveAspectRatio=\"none\" href=\"data:{kind};base64,{data}\"/>"
                )
                .ok();
            }
            // A cover turns glyphs, not lines.
            Draw::Turned(_) => {}
        }
    }
    fn path(&mut self, at: Point, outline: &Outline, ink: Ink) {
        let colour = self.colour(ink);
        let point = |p: &Point| format!("{} {}", number(at.x + p.x), number(at.y + p.y));
        let mut d = String::new();
        for step in outline.steps.iter() {
            match step {
                PathStep::Move(p) => write!(d, "M{}", point(p)),
                PathStep::Line(p) => write!(d, "L{}", point(p)),
                PathStep::Curve([a, b, c]) => {
                    write!(d, "C{} {} {}", point(a), point(b), point(c))
                }
                PathStep::Close => write!(d, "Z"),
            }
            .ok();
        }
        match outline.line {
            None => writeln!(self.out, "<path d=\"{d}\" fill=\"{colour}\"/>"),
            Some(line) => {
                let width = number(line);
                let stroke = format!("stroke=\"{colour}\" stroke-width=\"{width}\"");
                writeln!(self.out, "<path d=\"{d}\" fill=\"none\" {stroke}/>")
            }
        }
        .ok();
    }
    /// An ink as a screen shows it.
    fn colour(&self, ink: Ink) -> String {
        let spot = match ink {
            Ink::Spot(n, percent) => {
                let spot = self.input.config.inks.get(usize::from(n));
                spot.map(|s| s.on_screen(percent))
            }
            Ink::Black(_) | Ink::All | Ink::Process(_) => None,
        };
        let grey = 255 - u32::from(ink.percent()) * 255 / 100;
        let [r, g, b] = spot.unwrap_or([grey as u8; 3]);
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Points with two decimals: a hundredth of a point is no pixel of any cover.
fn number(l: Len) -> f64 {
    (l.to_pt() * 100.0).round() / 100.0
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
