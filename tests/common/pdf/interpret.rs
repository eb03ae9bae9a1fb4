//! A page's content, interpreted: what every operator does to where the next
//! glyph stands [8.4.4, 9.3, 9.4, 14.9.4].

use super::font::{Font, Fonts, utf16_bytes};
use super::{Glyph, Mark, Matrix};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::sync::Arc;

/// Forms within forms.
const DEPTH: usize = 8;

/// The glyphs of a page, as drawn.
pub(crate) fn page(doc: &Document, id: ObjectId, fonts: &mut Fonts) -> Vec<Glyph> {
    let mut run = Interpreter {
        doc,
        fonts,
        out: vec![],
        state: State::default(),
        saved: vec![],
        text: Matrix::ONE,
        line: Matrix::ONE,
        marks: vec![],
        places: vec![],
        depth: 0,
    };
    run.content(&doc.get_page_content(id), resources(doc, id));
    run.out
}

/// A page's resources, its own or inherited [7.7.3.4].
fn resources(doc: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = doc.get_dictionary(page).ok();
    while let Some(dict) = node {
        if let Ok(found) = dict.get_deref(b"Resources", doc).and_then(Object::as_dict) {
            return Some(found);
        }
        node = dict.get_deref(b"Parent", doc).and_then(Object::as_dict).ok();
    }
    None
}

/// What `q` saves, as far as it moves glyphs.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Arc<Font>>,
    size: f64,
    char_space: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl Default for State {
    fn default() -> Self {
        State {
            ctm: Matrix::ONE,
            font: None,
            size: 0.0,
            char_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        }
    }
}

struct Interpreter<'a> {
    doc: &'a Document,
    fonts: &'a mut Fonts,
    out: Vec<Glyph>,
    state: State,
    saved: Vec<State>,
    /// Tm and Tlm
    text: Matrix,
    line: Matrix,
    /// for each open mark: its text, until its first glyph takes it
    marks: Vec<Option<String>>,
    /// for each open mark: what it is in the structure
    places: Vec<Mark>,
    depth: usize,
}

impl<'a> Interpreter<'a> {
    fn content(&mut self, data: &[u8], resources: Option<&'a Dictionary>) {
        let content = Content::decode_strict(data).expect("a content stream");
        for op in &content.operations {
            let n: Vec<f64> = op.operands.iter().filter_map(number).collect();
            let known = self.graphics(op, &n)
                || self.text_state(op, &n, resources)
                || self.placing(op, &n)
                || self.showing(op, &n)
                || self.marking(op, resources);
            if !known && op.operator == "Do" {
                self.form(op, resources);
            }
        }
    }
    fn graphics(&mut self, op: &Operation, n: &[f64]) -> bool {
        match op.operator.as_str() {
            "q" => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().expect("a saved state"),
            "cm" => self.state.ctm = matrix(n).then(self.state.ctm),
            _ => return false,
        }
        true
    }
    fn text_state(
        &mut self,
        op: &Operation,
        n: &[f64],
        resources: Option<&'a Dictionary>,
    ) -> bool {
        let s = &mut self.state;
        match op.operator.as_str() {
            "Tc" => s.char_space = n[0],
            // Word space is for the one-byte code 32, which these fonts lack.
            "Tw" => {}
            "Tz" => s.scale = n[0] / 100.0,
            "TL" => s.leading = n[0],
            "Ts" => s.rise = n[0],
            "Tr" => s.mode = n[0] as i64,
            "Tf" => {
                let dict = resource(self.doc, resources, b"Font", &op.operands[0]);
                let dict = dict.and_then(|o| o.as_dict().ok()).expect("a font");
                s.font = Some(self.fonts.get(self.doc, dict));
                s.size = n[0];
            }
            _ => return false,
        }
        true
    }
    fn placing(&mut self, op: &Operation, n: &[f64]) -> bool {
        match op.operator.as_str() {
            "BT" => self.place(Matrix::ONE),
            "ET" => {}
            "Tm" => self.place(matrix(n)),
            "Td" => self.turn(n[0], n[1]),
            "TD" => {
                self.state.leading = -n[1];
                self.turn(n[0], n[1]);
            }
            "T*" => self.turn(0.0, -self.state.leading),
            _ => return false,
        }
        true
    }
    fn place(&mut self, m: Matrix) {
        (self.text, self.line) = (m, m);
    }
    fn turn(&mut self, x: f64, y: f64) {
        self.place(Matrix::shift(x, y).then(self.line));
    }
    fn showing(&mut self, op: &Operation, n: &[f64]) -> bool {
        match op.operator.as_str() {
            "Tj" => self.show(&op.operands[0]),
            "TJ" => {
                for part in op.operands[0].as_array().expect("an array") {
                    match number(part) {
                        Some(back) => {
                            let by = -back / 1000.0 * self.state.size * self.state.scale;
                            self.advance(by);
                        }
                        None => self.show(part),
                    }
                }
            }
            "'" => {
                self.turn(0.0, -self.state.leading);
                self.show(&op.operands[0]);
            }
            "\"" => {
                self.state.char_space = n[1];
                self.turn(0.0, -self.state.leading);
                self.show(&op.operands[2]);
            }
            _ => return false,
        }
        true
    }
    fn advance(&mut self, by: f64) {
        self.text = Matrix::shift(by, 0.0).then(self.text);
    }
    fn show(&mut self, string: &Object) {
        let font = self.state.font.clone().expect("a font is set");
        let bytes = string.as_str().expect("a string");
        assert_eq!(bytes.len() % 2, 0, "half a code");
        for pair in bytes.chunks_exact(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            self.glyph(&font, code);
            let s = &self.state;
            self.advance((font.width(code) * s.size + s.char_space) * s.scale);
        }
    }
    fn glyph(&mut self, font: &Arc<Font>, code: u16) {
        let s = &self.state;
        let own = Matrix { a: s.scale, f: s.rise, ..Matrix::ONE };
        let m = own.then(self.text).then(s.ctm);
        let tall = m.c.hypot(m.d);
        let advance = font.width(code) * s.size * m.a.hypot(m.b);
        let unit = Matrix {
            a: m.a / tall,
            b: m.b / tall,
            c: m.c / tall,
            d: m.d / tall,
            e: 0.0,
            f: 0.0,
        };
        let (size, mode) = (s.size * tall, s.mode);
        let text = self.copied(font.text(code));
        self.out.push(Glyph {
            text,
            x: m.e,
            y: m.f,
            size,
            advance,
            font: font.clone(),
            code,
            matrix: unit,
            mode,
            in_form: self.depth > 0,
            mark: self.mark(),
        });
    }
    /// The innermost mark that has a number or is an artifact.
    fn mark(&self) -> Mark {
        let said = self.places.iter().rev().find(|m| **m != Mark::None);
        said.cloned().unwrap_or_default()
    }
    /// The outermost mark with a text of its own speaks for all glyphs in it.
    fn copied(&mut self, usual: &str) -> String {
        match self.marks.iter_mut().flatten().next() {
            Some(text) => std::mem::take(text),
            None => usual.to_string(),
        }
    }
    fn marking(&mut self, op: &Operation, resources: Option<&'a Dictionary>) -> bool {
        match op.operator.as_str() {
            "BMC" => {
                self.marks.push(None);
                self.places.push(mark(op, None));
            }
            "BDC" => {
                let list = &op.operands[1];
                let named = resource(self.doc, resources, b"Properties", list);
                let dict = list.as_dict().ok().or(named.and_then(|o| o.as_dict().ok()));
                let text = dict.and_then(|d| d.get(b"ActualText").ok()?.as_str().ok());
                self.marks.push(text.map(utf16_bytes));
                self.places.push(mark(op, dict));
            }
            "EMC" => {
                self.marks.pop().expect("an open mark");
                self.places.pop();
            }
            _ => return false,
        }
        true
    }
    /// A form is drawn in a state of its own [8.10.1].
    fn form(&mut self, op: &Operation, resources: Option<&'a Dictionary>) {
        let object = resource(self.doc, resources, b"XObject", &op.operands[0]);
        let stream = object.and_then(|o| o.as_stream().ok()).expect("an XObject");
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|k| k == b"Form") {
            return;
        }
        self.depth += 1;
        assert!(self.depth <= DEPTH, "forms within forms without end");
        let outer = (self.state.clone(), self.text, self.line, self.saved.len());
        if let Ok(m) = stream.dict.get(b"Matrix").and_then(Object::as_array) {
            let n: Vec<f64> = m.iter().filter_map(number).collect();
            self.state.ctm = matrix(&n).then(self.state.ctm);
        }
        let own = stream.dict.get_deref(b"Resources", self.doc);
        let data = stream.get_plain_content().expect("a form's content");
        self.content(&data, own.and_then(Object::as_dict).ok().or(resources));
        (self.state, self.text, self.line) = (outer.0, outer.1, outer.2);
        self.saved.truncate(outer.3);
        self.depth -= 1;
    }
}

/// What a mark is in the structure.
fn mark(op: &Operation, dict: Option<&Dictionary>) -> Mark {
    if let Some(number) = dict.and_then(|d| d.get(b"MCID").ok()?.as_i64().ok()) {
        return Mark::Content(number);
    }
    if !op.operands.first().is_some_and(|o| o.as_name().is_ok_and(|n| n == b"Artifact")) {
        return Mark::None;
    }
    let name = |key: &[u8]| dict?.get(key).ok()?.as_name().ok();
    let kind = name(b"Subtype").or(name(b"Type")).unwrap_or_default();
    Mark::Artifact(String::from_utf8_lossy(kind).into_owned())
}

/// A named resource of a kind.
fn resource<'a>(
    doc: &'a Document,
    resources: Option<&'a Dictionary>,
    kind: &[u8],
    name: &Object,
) -> Option<&'a Object> {
    let list = resources?.get_deref(kind, doc).and_then(Object::as_dict).ok()?;
    list.get_deref(name.as_name().ok()?, doc).ok()
}

fn number(o: &Object) -> Option<f64> {
    o.as_float().ok().map(f64::from)
}

fn matrix(n: &[f64]) -> Matrix {
    let [a, b, c, d, e, f] = n.try_into().expect("six numbers");
    Matrix { a, b, c, d, e, f }
}
