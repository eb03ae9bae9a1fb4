//! Operators of a content stream (ISO 32000-1, annex A), written as text.

use super::area::Area;
use crate::geom::Len;
use std::fmt::Write;

/// A content stream that is being written.
#[derive(Debug, Default)]
pub struct Ops(String);

impl Ops {
    /// An operator with numbers before it, in points.
    pub fn op(&mut self, numbers: &[f64], operator: &str) {
        for n in numbers {
            self.0.push_str(&decimal(*n));
            self.0.push(' ');
        }
        self.0.push_str(operator);
        self.0.push('\n');
    }
    /// Keeps all that follows inside a rectangle.
    pub fn clip(&mut self, area: Area) {
        self.rectangle(area);
        self.0.push_str("W n\n");
    }
    /// A filled rectangle.
    pub fn fill(&mut self, area: Area) {
        self.rectangle(area);
        self.0.push_str("f\n");
    }
    fn rectangle(&mut self, area: Area) {
        let size = area.size();
        let numbers = [area.left, area.bottom, size.w, size.h].map(Len::to_pt);
        self.op(&numbers, "re");
    }
    /// A line from one place to another.
    pub fn line(&mut self, from: (Len, Len), to: (Len, Len)) {
        self.op(&[from.0.to_pt(), from.1.to_pt()], "m");
        self.op(&[to.0.to_pt(), to.1.to_pt()], "l");
        self.0.push_str("S\n");
    }
    /// Draws a form.
    pub fn draw(&mut self, name: &str) {
        writeln!(self.0, "/{name} Do").ok();
    }
    /// An operator with something else before it, such as a dash.
    pub fn raw(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }
    /// The stream.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// A number with up to five decimals, which is less than a micrometre.
fn decimal(n: f64) -> String {
    let text = format!("{n:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_exponent() {
        assert_eq!(decimal(1e-9), "0");
        assert_eq!(decimal(-1e-9), "0");
        assert_eq!(decimal(100.0), "100");
        assert_eq!(decimal(-0.123_456_7), "-0.12346");
    }
}
