//! A page as an SVG that can stand inside an HTML page: every run of text is one path
//! of its glyphs, and over it lies the same text without ink, to be selected, copied
//! and heard. Nothing in it runs or is fetched but pictures, by the addresses given.
//! One path a run is what a browser shows soonest; elements that use glyphs said once
//! take it twice the time.

use super::Shown;
use super::glyph::{Known, Outlines};
use crate::colour::ink::Ink;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::formula::PathStep;
use crate::line::{GlyphRun, Outline};
use crate::page::structure::Tag;
use crate::page::{Draw, Page};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where a preview finds pictures: by path, the address.
pub type Addresses = BTreeMap<String, String>;

/// A page as elements of an SVG, first what is drawn, then the text over it.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Drawing {
    /// attributes of the SVG itself
    head: String,
    elements: Vec<String>,
}

impl Drawing {
    /// The whole SVG.
    pub fn whole(&self) -> String {
        format!("<svg {}>{}</svg>", self.head, self.elements.concat())
    }
    /// The SVG with nothing but the elements that another drawing does not have: so many
    /// of its first stay (`data-head`), and so many of its last (`data-tail`). A page of
    /// another size or language is sent whole.
    pub fn instead_of(&self, other: &Drawing) -> String {
        if self.head != other.head {
            return self.whole();
        }
        let (old, new) = (&other.elements, &self.elements);
        let most = old.len().min(new.len());
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let ends = old.iter().rev().zip(new.iter().rev()).take(most - head);
        let tail = ends.take_while(|(a, b)| a == b).count();
        let own = new[head..new.len() - tail].concat();
        let attributes = &self.head;
        format!("<svg {attributes} data-head=\"{head}\" data-tail=\"{tail}\">{own}</svg>")
    }
}

/// Draws a page. Black is said by the classes `k0` (paper) to `k100`, so that a style
/// sheet can show the page on dark paper; other inks are colours.
pub fn page(
    shown: &Shown,
    page: &Page,
    pictures: &Addresses,
    known: &mut Known,
) -> Drawing {
    let outlines = Outlines::new(&shown.fonts, known);
    let mut w = Writer { shown, pictures, outlines, out: String::new() };
    let mut elements = vec![];
    let [width, height] = [page.size.w, page.size.h].map(number);
    let lang = escaped(&shown.lang);
    let head = format!(
        "xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         xml:lang=\"{lang}\""
    );
    for (at, draw, _) in &page.items {
        w.draw(*at, draw);
        elements.push(std::mem::take(&mut w.out));
    }
    for (at, draw, _) in &page.items {
        w.copied(*at, draw);
        elements.push(std::mem::take(&mut w.out));
    }
    elements.retain(|e| !e.is_empty());
    Drawing { head, elements }
}

struct Writer<'a> {
    shown: &'a Shown,
    pictures: &'a Addresses,
    outlines: Outlines<'a>,
    out: String,
}

impl Writer<'_> {
    fn draw(&mut self, at: Point, draw: &Draw) {
        match draw {
            Draw::Text(run) => self.text(at, run),
            Draw::Rule { size, ink } => self.rule(at, *size, *ink),
            Draw::Image { path, size, alt } => self.image(at, *size, path, alt),
            Draw::Path { outline, ink } => self.path(at, outline, *ink),
            Draw::Turned(inside) => {
                self.turn(at);
                for (p, draw, _) in inside {
                    self.draw(Point { x: p.inline, y: p.block }, draw);
                }
                self.out.push_str("</g>");
            }
        }
    }
    /// A quarter turn to the left: the axis of lines runs up.
    fn turn(&mut self, at: Point) {
        let [x, y] = [at.x, at.y].map(number);
        write!(self.out, "<g transform=\"translate({x} {y})rotate(-90)\">").ok();
    }
    /// All glyphs of a run, in units of their face.
    fn text(&mut self, at: Point, run: &GlyphRun) {
        let upem = i64::from(self.shown.fonts.face(run.face).upem.max(1));
        let size = run.size.to_sp().max(1);
        let [x, y] = [at.x, at.y].map(number);
        let scale = run.size.to_pt() / upem as f64;
        let mut d = String::new();
        for glyph in &run.glyphs {
            let outline = self.outlines.path(run.face, glyph.id);
            if !outline.is_empty() {
                // Hundredths of a unit: glyphs stand where they stand in print.
                let at = glyph.at().frac(upem * 100, size).to_sp() as f64 / 100.0;
                write!(d, "M{at} 0{outline}").ok();
            }
        }
        if d.is_empty() {
            return;
        }
        write!(self.out, "<path ").ok();
        self.ink(run.ink, "fill");
        write!(
            self.out,
            " transform=\"translate({x} {y})scale({scale:.7})\" d=\"{d}\"/>"
        )
        .ok();
    }
    fn rule(&mut self, at: Point, size: Size, ink: Ink) {
        let [x, y, w, h] = [at.x, at.y, size.w, size.h].map(number);
        write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" ").ok();
        self.ink(ink, "fill");
        self.out.push_str("/>");
    }
    fn path(&mut self, at: Point, outline: &Outline, ink: Ink) {
        let point = |p: &Point| format!("{} {}", number(at.x + p.x), number(at.y + p.y));
        self.out.push_str("<path ");
        match outline.line {
            None => self.ink(ink, "fill"),
            Some(line) => {
                let width = number(line);
                write!(self.out, "fill=\"none\" stroke-width=\"{width}\" ").ok();
                self.ink(ink, "stroke");
            }
        }
        self.out.push_str(" d=\"");
        for step in outline.steps.iter() {
            match step {
                PathStep::Move(p) => write!(self.out, "M{}", point(p)),
                PathStep::Line(p) => write!(self.out, "L{}", point(p)),
                PathStep::Curve([a, b, c]) => {
                    write!(self.out, "C{} {} {}", point(a), point(b), point(c))
                }
                PathStep::Close => write!(self.out, "Z"),
            }
            .ok();
        }
        self.out.push_str("\"/>");
    }
    fn image(&mut self, at: Point, size: Size, path: &str, alt: &str) {
        let Some(address) = self.pictures.get(path) else { return };
        let [x, y, w, h] = [at.x, at.y, size.w, size.h].map(number);
        let (address, alt) = (escaped(address), escaped(alt));
        write!(
            self.out,
            "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
             preserveAspectRatio=\"none\" href=\"{address}\" role=\"img\" \
             aria-label=\"{alt}\"/>"
        )
        .ok();
    }
    /// What a thing is drawn with, as an attribute.
    fn ink(&mut self, ink: Ink, what: &str) {
        let spot = match ink {
            Ink::Spot(n, percent) => self.shown.inks.get(usize::from(n)).map(|spot| {
                let [r, g, b] = spot.on_screen(percent);
                format!("{what}=\"#{r:02x}{g:02x}{b:02x}\"")
            }),
            Ink::Black(_) | Ink::All | Ink::Process(_) => None,
        };
        let letter = if what == "fill" { "k" } else { "s" };
        let percent = ink.percent().min(100);
        let black = || format!("class=\"{letter}{percent}\"");
        self.out.push_str(&spot.unwrap_or_else(black));
    }
    /// The text of what is drawn, without ink, as long as its line.
    fn copied(&mut self, at: Point, draw: &Draw) {
        match draw {
            Draw::Text(run) => self.copied_run(at, run),
            Draw::Turned(inside) => self.copied_turned(at, inside),
            Draw::Rule { .. } | Draw::Image { .. } | Draw::Path { .. } => {}
        }
    }
    fn copied_turned(&mut self, at: Point, inside: &[(Logical, Draw, Tag)]) {
        self.turn(at);
        for (p, draw, _) in inside {
            self.copied(Point { x: p.inline, y: p.block }, draw);
        }
        self.out.push_str("</g>");
    }
    fn copied_run(&mut self, at: Point, run: &GlyphRun) {
        if run.text.trim().is_empty() {
            return;
        }
        let [x, y, size, width] = [at.x, at.y, run.size, run.width].map(number);
        write!(self.out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" ").ok();
        if width > 0.0 {
            let adjust = "lengthAdjust=\"spacingAndGlyphs\"";
            write!(self.out, "textLength=\"{width}\" {adjust}").ok();
        }
        if let Some(lang) = &run.lang {
            write!(self.out, " xml:lang=\"{}\"", escaped(lang)).ok();
        }
        write!(self.out, ">{}</text>", escaped(&run.text)).ok();
    }
}

/// Points with three decimals.
pub(super) fn number(l: Len) -> f64 {
    (l.to_pt() * 1000.0).round() / 1000.0
}

/// Text inside XML: characters that XML 1.0 has no place for (2.2) are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Drawing, escaped};
    #[test]
    fn only_what_is_new_is_sent() {
        let drawing = |all: &[&str]| Drawing {
            head: "a".into(),
            elements: all.iter().map(|e| e.to_string()).collect(),
        };
        let (old, new) = (drawing(&["1", "2", "3"]), drawing(&["1", "x", "y", "3"]));
        let sent = new.instead_of(&old);
        assert_eq!(sent, "<svg a data-head=\"1\" data-tail=\"1\">xy</svg>");
        let sent = old.instead_of(&old);
        assert_eq!(sent, "<svg a data-head=\"3\" data-tail=\"0\"></svg>");
        assert_eq!(new.whole(), "<svg a>1xy3</svg>");
    }
    #[test]
    fn markup_in_a_book_stays_text() {
        assert_eq!(escaped("<a b=\"&\">\u{1}\n"), "&lt;a b=&quot;&amp;&quot;&gt; ");
    }
}
