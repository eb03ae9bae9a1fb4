//! A sheet as it was printed: read from the file alone, by what its content draws.

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};

/// A page on a side of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// the number that the page itself prints
    pub(crate) page: usize,
    /// from the page's units to the sheet
    pub(crate) matrix: [f64; 6],
    /// what is printed of it: left, bottom, right, top
    pub(crate) clip: [f64; 4],
}

impl Placed {
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.matrix;
        (a * x + c * y + e, b * x + d * y + f)
    }
    /// A box of the page on the sheet: left, bottom, right, top.
    pub(crate) fn area(&self, b: [f64; 4]) -> [f64; 4] {
        let (p, q) = (self.at(b[0], b[1]), self.at(b[2], b[3]));
        [p.0.min(q.0), p.1.min(q.1), p.0.max(q.0), p.1.max(q.1)]
    }
}

/// A side of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    /// width and height
    pub(crate) size: (f64, f64),
    pub(crate) placed: Vec<Placed>,
    /// strokes of marks
    pub(crate) lines: Vec<[f64; 4]>,
    /// filled rectangles
    pub(crate) bars: Vec<[f64; 4]>,
    /// how many outlines are filled
    pub(crate) outlines: usize,
    /// where titles of labels begin, and the form
    pub(crate) titles: Vec<((f64, f64), ObjectId)>,
}

fn number(o: &Object) -> f64 {
    f64::from(o.as_float().expect("a number"))
}

/// A box of a page.
pub(crate) fn area(doc: &Document, id: ObjectId, key: &str) -> [f64; 4] {
    let list = doc.get_dictionary(id).and_then(|d| d.get(key.as_bytes()));
    let list = list.and_then(Object::as_array).expect("a box");
    let all: Vec<f64> = list.iter().map(number).collect();
    all.try_into().expect("four")
}

/// The number that a form prints.
fn printed(doc: &Document, form: ObjectId) -> usize {
    let stream = doc.get_object(form).and_then(Object::as_stream).expect("a form");
    let text = stream.get_plain_content().expect("content");
    let text = String::from_utf8_lossy(&text).into_owned();
    let from = text.find("(p").map(|at| at + 2).unwrap_or_else(|| panic!("{text}"));
    let to = text[from..].find('.').expect("an end") + from;
    text[from..to].parse().expect("a number")
}

/// Reads all sides.
pub(crate) fn sides(bytes: &[u8]) -> Vec<Side> {
    let doc = Document::load_mem(bytes).expect("a PDF");
    doc.page_iter().map(|id| side(&doc, id)).collect()
}

fn side(doc: &Document, id: ObjectId) -> Side {
    let media = area(doc, id, "MediaBox");
    let mut out = Side {
        size: (media[2], media[3]),
        placed: vec![],
        lines: vec![],
        bars: vec![],
        outlines: 0,
        titles: vec![],
    };
    let bytes = doc.get_page_content(id);
    let content = Content::decode(&bytes).expect("content");
    let (mut matrix, mut rect) = ([0.0; 6], [0.0; 4]);
    let (mut from, mut to) = ((0.0, 0.0), (0.0, 0.0));
    for op in &content.operations {
        let n: Vec<f64> =
            op.operands.iter().filter_map(|o| o.as_float().ok().map(f64::from)).collect();
        match op.operator.as_str() {
            "re" => rect = [n[0], n[1], n[0] + n[2], n[1] + n[3]],
            "cm" => matrix = n.try_into().expect("six"),
            "Do" => {
                let name = op.operands[0].as_name().expect("a name");
                if name == b"Title" {
                    out.titles.push(((matrix[4], matrix[5]), form(doc, id, name)));
                    continue;
                }
                let form = form(doc, id, name);
                let page = printed(doc, form);
                out.placed.push(Placed { page, matrix, clip: rect });
            }
            "m" => from = (n[0], n[1]),
            "l" => to = (n[0], n[1]),
            // Lines of outlines are filled, those of marks are stroked.
            "S" => out.lines.push([from.0, from.1, to.0, to.1]),
            "f" if rect != [0.0; 4] => {
                out.bars.push(rect);
                rect = [0.0; 4];
            }
            "f" => out.outlines += 1,
            "Q" => rect = [0.0; 4],
            _ => {}
        }
    }
    out
}

fn form(doc: &Document, page: ObjectId, name: &[u8]) -> ObjectId {
    let dict = doc.get_dictionary(page).expect("a page");
    let resources = dict.get(b"Resources").and_then(Object::as_dict).expect("resources");
    let forms = resources.get(b"XObject").and_then(Object::as_dict).expect("forms");
    forms.get(name).and_then(Object::as_reference).expect("a form")
}
