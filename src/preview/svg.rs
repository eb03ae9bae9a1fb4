//! A page as the elements of an SVG that stands inside an HTML page: every run of text is
//! one path of its glyphs, and over it lies the same text without ink, to be selected,
//! copied and heard. Nothing in it runs or is fetched but pictures, by the addresses
//! given. One path a run is what a browser shows soonest; elements that use glyphs said
//! once take it twice the time.

use super::{Shown, hash};
use crate::colour::ink::Ink;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::formula::PathStep;
use crate::line::{GlyphRun, Outline};
use crate::page::{Draw, Page};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where a preview finds pictures: by path, the address.
pub type Addresses = BTreeMap<String, String>;

/// A page as elements of an SVG: each thing that is drawn, and its text over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// the view box of the SVG, in points
    view: String,
    /// its language (BCP 47)
    lang: String,
    elements: Vec<Element>,
}

/// An element: its name, its attributes in pairs, what is inside. A browser makes it of
/// these; as markup it would have to be read, which takes longer than to draw it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Element(&'static str, Vec<(&'static str, String)>, Inside);

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Inside {
    Text(String),
    Elements(Vec<Element>),
    /// glyphs of a face, one after another: number and place; the path is made of their
    /// outlines, which a browser asks for once
    Glyphs {
        face: String,
        glyphs: Vec<(u16, f64)>,
    },
}

/// A drawing on its way, or what is new in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sent {
    view: String,
    lang: String,
    /// how many elements of the drawing before stay, of its first and of its last; none
    /// where all is new
    stay: Option<(usize, usize)>,
    elements: Vec<Element>,
}

impl Drawing {
    /// The whole drawing.
    pub fn whole(self) -> Sent {
        let Drawing { view, lang, elements } = self;
        Sent { view, lang, stay: None, elements }
    }
    /// Nothing but the elements that another drawing does not have. A page of another
    /// size or language is sent whole.
    pub fn instead_of(mut self, other: &Drawing) -> Sent {
        if (&self.view, &self.lang) != (&other.view, &other.lang) {
            return self.whole();
        }
        let (old, new) = (&other.elements, &self.elements);
        let most = old.len().min(new.len());
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let ends = old.iter().rev().zip(new.iter().rev()).take(most - head);
        let tail = ends.take_while(|(a, b)| a == b).count();
        self.elements.truncate(new.len() - tail);
        self.elements.drain(..head);
        Sent { stay: Some((head, tail)), ..self.whole() }
    }
}

/// Draws a page. Black is said by the classes `k0` (paper) to `k100`, so that a style
/// sheet can show the page on dark paper; other inks are colours. `faces` has a name for
/// each face.
pub fn page(shown: &Shown, page: &Page, pictures: &Addresses, faces: &[u64]) -> Drawing {
    let w = Writer { shown, pictures, faces };
    let both = page.items.iter();
    let both = both.flat_map(|(at, draw, _)| [w.draw(*at, draw), copied(*at, draw)]);
    let elements = both.flatten().collect();
    let [width, height] = [page.size.w, page.size.h].map(number);
    let view = format!("0 0 {width} {height}");
    Drawing { view, lang: shown.lang.clone(), elements }
}

struct Writer<'a> {
    shown: &'a Shown,
    pictures: &'a Addresses,
    faces: &'a [u64],
}

impl Writer<'_> {
    fn draw(&self, at: Point, draw: &Draw) -> Option<Element> {
        match draw {
            Draw::Text(run) => self.text(at, run),
            Draw::Rule { size, ink } => Some(self.rule(at, *size, *ink)),
            Draw::Image { path, size, alt } => self.image(at, *size, path, alt),
            Draw::Path { outline, ink } => Some(self.path(at, outline, *ink)),
            Draw::Turned(inside) => turned(
                at,
                inside.iter().filter_map(|(p, draw, _)| self.draw(on(p), draw)),
            ),
        }
    }
    /// All glyphs of a run, in units of their face.
    fn text(&self, at: Point, run: &GlyphRun) -> Option<Element> {
        let upem = i64::from(self.shown.fonts.face(run.face).upem.max(1));
        let size = run.size.to_sp().max(1);
        // Hundredths of a unit: glyphs stand where they stand in print.
        let place = |at: Len| at.frac(upem * 100, size).to_sp() as f64 / 100.0;
        let glyphs: Vec<_> = run.glyphs.iter().map(|g| (g.id, place(g.at()))).collect();
        let face = hash::name(*self.faces.get(usize::from(run.face.0))?);
        let [x, y] = [at.x, at.y].map(number);
        let scale = run.size.to_pt() / upem as f64;
        let place = format!("translate({x} {y})scale({scale:.7})");
        let all = vec![self.ink(run.ink, "fill"), ("transform", place)];
        let inside = Inside::Glyphs { face, glyphs };
        (!run.glyphs.is_empty()).then_some(Element("path", all, inside))
    }
    fn rule(&self, at: Point, size: Size, ink: Ink) -> Element {
        let mut all = area(at, size);
        all.push(self.ink(ink, "fill"));
        Element::new("rect", all)
    }
    fn path(&self, at: Point, outline: &Outline, ink: Ink) -> Element {
        let point = |p: &Point| format!("{} {}", number(at.x + p.x), number(at.y + p.y));
        let mut all = match outline.line {
            None => vec![self.ink(ink, "fill")],
            Some(line) => vec![
                ("fill", "none".into()),
                ("stroke-width", number(line).to_string()),
                self.ink(ink, "stroke"),
            ],
        };
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
        all.push(("d", d));
        Element::new("path", all)
    }
    fn image(&self, at: Point, size: Size, path: &str, alt: &str) -> Option<Element> {
        let mut all = area(at, size);
        all.extend([
            ("preserveAspectRatio", "none".into()),
            ("href", self.pictures.get(path)?.clone()),
            ("role", "img".into()),
            ("aria-label", alt.into()),
        ]);
        Some(Element::new("image", all))
    }
    /// What a thing is drawn with, as an attribute.
    fn ink(&self, ink: Ink, what: &'static str) -> (&'static str, String) {
        let spot = match ink {
            Ink::Spot(n, percent) => self.shown.inks.get(usize::from(n)).map(|spot| {
                let [r, g, b] = spot.on_screen(percent);
                (what, format!("#{r:02x}{g:02x}{b:02x}"))
            }),
            Ink::Black(_) | Ink::All | Ink::Process(_) => None,
        };
        let letter = if what == "fill" { "k" } else { "s" };
        spot.unwrap_or_else(|| ("class", format!("{letter}{}", ink.percent().min(100))))
    }
}

impl Element {
    fn new(name: &'static str, attributes: Vec<(&'static str, String)>) -> Element {
        Element(name, attributes, Inside::Elements(vec![]))
    }
}

/// A quarter turn to the left: the axis of lines runs up.
fn turned(at: Point, inside: impl Iterator<Item = Element>) -> Option<Element> {
    let [x, y] = [at.x, at.y].map(number);
    let place = ("transform", format!("translate({x} {y})rotate(-90)"));
    let inside: Vec<_> = inside.collect();
    (!inside.is_empty()).then(|| Element("g", vec![place], Inside::Elements(inside)))
}

/// A place inside what is turned.
fn on(p: &Logical) -> Point {
    Point { x: p.inline, y: p.block }
}

fn area(at: Point, size: Size) -> Vec<(&'static str, String)> {
    let names = ["x", "y", "width", "height"];
    let all = [at.x, at.y, size.w, size.h].map(|l| number(l).to_string());
    names.into_iter().zip(all).collect()
}

/// The text of what is drawn, without ink, as long as its line.
fn copied(at: Point, draw: &Draw) -> Option<Element> {
    match draw {
        Draw::Text(run) => copied_run(at, run),
        Draw::Turned(inside) => {
            turned(at, inside.iter().filter_map(|(p, draw, _)| copied(on(p), draw)))
        }
        Draw::Rule { .. } | Draw::Image { .. } | Draw::Path { .. } => None,
    }
}

fn copied_run(at: Point, run: &GlyphRun) -> Option<Element> {
    if run.text.trim().is_empty() {
        return None;
    }
    let names = ["x", "y", "font-size"];
    let all = [at.x, at.y, run.size].map(|l| number(l).to_string());
    let mut all: Vec<_> = names.into_iter().zip(all).collect();
    let width = number(run.width);
    if width > 0.0 {
        all.push(("textLength", width.to_string()));
        all.push(("lengthAdjust", "spacingAndGlyphs".into()));
    }
    all.extend(run.lang.iter().map(|lang| ("lang", lang.to_string())));
    // Line ends are blanks in an SVG too; here they are said to be.
    let text = run.text.replace(['\t', '\n', '\r'], " ");
    Some(Element("text", all, Inside::Text(text)))
}

/// Points with three decimals.
pub(super) fn number(l: Len) -> f64 {
    (l.to_pt() * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::{Drawing, Element, Inside};
    #[test]
    fn only_what_is_new_is_sent() {
        let drawing = |all: &[&'static str]| Drawing {
            view: "0 0 1 1".into(),
            lang: "zh".into(),
            elements: all.iter().map(|name| Element::new(name, vec![])).collect(),
        };
        let said = |new: &Drawing, old: &Drawing| {
            let sent = new.clone().instead_of(old);
            (sent.stay, sent.elements.iter().map(|e| e.0).collect::<String>())
        };
        let (old, new) = (drawing(&["1", "2", "3"]), drawing(&["1", "x", "y", "3"]));
        assert_eq!(said(&new, &old), (Some((1, 1)), "xy".into()));
        assert_eq!(said(&old, &old), (Some((3, 0)), String::new()));
        let other = Drawing { view: "0 0 2 1".into(), ..old };
        assert_eq!(said(&new, &other), (None, "1xy3".into()));
    }
    #[test]
    fn markup_in_a_book_stays_text() {
        let text = Inside::Text("</text><script>\"&".into());
        let json = serde_json::to_string(&Element("text", vec![("x", "1".into())], text));
        let wanted = r#"["text",[["x","1"]],"</text><script>\"&"]"#;
        assert_eq!(json.expect("JSON"), wanted);
    }
}
