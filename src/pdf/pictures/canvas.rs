//! A content stream in the making, with the resources that it names (ISO 32000-1, 7.8).

use lopdf::{Dictionary, Object};
use std::collections::BTreeMap;
use std::fmt::Write;
use usvg::Transform;
use usvg::tiny_skia_path::{Path, PathSegment, Point};

/// Operators, one a line, and their resources.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    content: String,
    resources: BTreeMap<&'static str, Dictionary>,
    /// names of resources by kind and what they are
    known: BTreeMap<(&'static str, String), String>,
    /// graphics states that are saved
    depth: usize,
    /// whether something is seen through
    clear: bool,
}

/// States that may be saved one inside another: PDF/A allows 28 (ISO 19005-2, 6.1.13),
/// and the page has some of its own.
const DEEPEST: usize = 16;

impl Canvas {
    /// An operator with its numbers.
    pub(super) fn op(&mut self, numbers: &[f32], operator: &str) {
        for n in numbers {
            number(&mut self.content, *n);
            self.content.push(' ');
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }
    /// An operator with the name of a resource.
    pub(super) fn call(&mut self, name: &str, operator: &str) {
        // Writing to a string does not fail.
        writeln!(self.content, "/{name} {operator}").ok();
    }
    /// Numbers in brackets and a number: the operator of dashes.
    pub(super) fn dash(&mut self, array: &[f32], offset: f32) {
        self.content.push_str("[ ");
        for n in array {
            number(&mut self.content, *n);
            self.content.push(' ');
        }
        self.content.push_str("] ");
        self.op(&[offset], "d");
    }
    /// Saves the graphics state.
    pub(super) fn save(&mut self) {
        self.depth += 1;
        self.op(&[], "q");
    }
    /// Takes the last one saved.
    pub(super) fn restore(&mut self) {
        self.depth -= 1;
        self.op(&[], "Q");
    }
    /// Whether what comes had better be a form of its own, which begins to count anew.
    pub(super) fn is_deep(&self) -> bool {
        self.depth >= DEEPEST
    }
    /// Changes the axes.
    pub(super) fn concat(&mut self, t: Transform) {
        if !t.is_identity() {
            self.op(&[t.sx, t.ky, t.kx, t.sy, t.tx, t.ty], "cm");
        }
    }
    /// Says that something is seen through.
    pub(super) fn see_through(&mut self) {
        self.clear = true;
    }
    /// Whether something is seen through.
    pub(super) fn is_seen_through(&self) -> bool {
        self.clear
    }
    /// The name of a resource; equal ones have the same.
    pub(super) fn name(
        &mut self,
        kind: &'static str,
        object: impl Into<Object>,
    ) -> String {
        let object = object.into();
        let key = (kind, format!("{object:?}"));
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let all = self.resources.entry(kind).or_default();
        let name = format!("{}{}", &kind[..1], all.len());
        all.set(name.as_str(), object);
        self.known.insert(key, name.clone());
        name
    }
    /// Steps of a path, along axes that are changed by `t`.
    pub(super) fn path(&mut self, path: &Path, t: Transform) {
        let map = |mut p: Point| {
            t.map_point(&mut p);
            p
        };
        let mut at = Point::zero();
        for step in path.segments() {
            match step {
                PathSegment::MoveTo(p) => {
                    at = map(p);
                    self.op(&[at.x, at.y], "m");
                }
                PathSegment::LineTo(p) => {
                    at = map(p);
                    self.op(&[at.x, at.y], "l");
                }
                PathSegment::QuadTo(q, p) => {
                    let (q, end) = (map(q), map(p));
                    // A cubic has its handles two thirds of the way to the one handle.
                    let near = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
                    let a = (near(at.x, q.x), near(at.y, q.y));
                    let b = (near(end.x, q.x), near(end.y, q.y));
                    self.op(&[a.0, a.1, b.0, b.1, end.x, end.y], "c");
                    at = end;
                }
                PathSegment::CubicTo(a, b, p) => {
                    let (a, b) = (map(a), map(b));
                    at = map(p);
                    self.op(&[a.x, a.y, b.x, b.y, at.x, at.y], "c");
                }
                PathSegment::Close => self.op(&[], "h"),
            }
        }
    }
    /// The content and its resources.
    pub(super) fn finish(self) -> (Vec<u8>, Dictionary) {
        let mut dict = Dictionary::new();
        for (kind, all) in self.resources {
            dict.set(kind, all);
        }
        (self.content.into_bytes(), dict)
    }
}

/// A number that any reader can hold; what is no number is nothing.
fn bounded(n: f32) -> f32 {
    // Readers keep whole numbers up to here (ISO 32000-1, annex C).
    if n.is_finite() { n.clamp(-2e9, 2e9) } else { 0.0 }
}

/// Numbers as an array.
pub(super) fn array(numbers: impl IntoIterator<Item = f32>) -> Vec<Object> {
    numbers.into_iter().map(|n| bounded(n).into()).collect()
}

/// A number with six digits that count, which is finer than any device, and no
/// exponent, which PDF has not.
fn number(out: &mut String, n: f32) {
    let n = bounded(n);
    if n.abs() < 1e-9 {
        out.push('0');
        return;
    }
    let places = (6 - (n.abs().log10().floor() as i32 + 1)).clamp(0, 9) as usize;
    let text = format!("{n:.places$}");
    let short = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    out.push_str(if matches!(short, "-0" | "") { "0" } else { short });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: f32) -> String {
        let mut out = String::new();
        number(&mut out, n);
        out
    }

    #[test]
    fn numbers_are_short_and_plain() {
        let all = [0.0, 1.0, -0.5, 100.0, 0.000_012_345_678, 1_234_567.8, 1e20, 1e-20];
        let texts = all.map(text);
        let want = ["0", "1", "-0.5", "100", "0.000012346", "1234568", "2000000000", "0"];
        assert_eq!(texts, want);
        assert_eq!((text(f32::NAN), text(f32::INFINITY)), ("0".into(), "0".into()));
    }

    #[test]
    fn equal_resources_have_one_name() {
        let mut c = Canvas::default();
        let a = c.name("Pattern", (1, 0));
        assert_eq!(c.name("Pattern", (1, 0)), a);
        assert_ne!(c.name("Pattern", (2, 0)), a);
    }
}
