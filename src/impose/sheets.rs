//! The file: a page for each side of each sheet.

use super::about::About;
use super::carry::Carrier;
use super::fold::Side;
use super::label::Labels;
use super::layout::{Layout, Measures};
use super::ops::Ops;
use super::plan::{Place, Plan, Sheet};
use super::read::{Original, Page, UNREAD};
use super::{Creep, Job, Scheme, marks};
use crate::diag::{Diagnostic, Sink, code};
use crate::geom::{Len, Size};
use crate::pdf::finish;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

/// What sides call the title in their labels.
const TITLE: &str = "Title";

/// Writes all sheets.
pub fn write(
    original: Original,
    job: &Job,
    plan: &Plan,
    measures: &Measures,
    about: &About,
    sink: &mut Sink,
) -> Result<Vec<u8>, Diagnostic> {
    let pages = original.pages.clone();
    let mut carrier = Carrier::new(original);
    let tree = carrier.out.new_object_id();
    let mut forms = vec![];
    for (n, page) in (1..).zip(&pages) {
        let form = page.as_ref().map_or(Ok(None), |p| carrier.form(p));
        forms.push(form.unwrap_or_else(|why| {
            let message = format!("page {n} cannot be read: {why}; its place is blank");
            sink.push(Diagnostic::new(code::UNREAD_PAGE, message).hint(UNREAD));
            None
        }));
    }
    let step = match job.creep {
        Creep::Leaf(l) => (l, 1),
        Creep::Innermost(l) => (l, plan.deepest().max(1) as i64),
    };
    let labels = match job.marks() {
        true => Some(labels(&mut carrier, measures, &about.title)?),
        false => None,
    };
    let writer = Writer { job, plan, pages: &pages, forms: &forms, step, labels };
    let mut kids: Vec<Object> = vec![];
    let mut wide = true;
    for sheet in &plan.sheets {
        let layout = Layout::of(measures, job.sheet, sheet)?;
        wide = layout.size.w >= layout.size.h;
        for side in [Side::A, Side::B] {
            let (content, resources) = writer.side(&layout, sheet, side);
            let content = carrier.packer.stream(Dictionary::new(), &content);
            let content = content.map_err(failed)?;
            let content = carrier.out.add_object(content);
            let page = page(layout.size, content, resources, tree);
            kids.push(carrier.out.add_object(page).into());
        }
    }
    finish(carrier, about, tree, kids, wide)
}

/// The characters of labels, and the title as a form.
fn labels(
    carrier: &mut Carrier,
    measures: &Measures,
    title: &str,
) -> Result<(Labels, ObjectId), Diagnostic> {
    let labels = Labels::load(title);
    let form = marks::title(&labels, measures.scaled().w);
    let form = carrier.packer.stream(form.dict, &form.content).map_err(failed)?;
    let form = carrier.out.add_object(form);
    Ok((labels, form))
}

fn failed(why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code::WRITE_FAILED, format!("the PDF could not be written: {why}"))
}

/// A page of the output: the whole sheet is what is delivered.
fn page(
    size: Size,
    content: ObjectId,
    resources: Dictionary,
    tree: ObjectId,
) -> Dictionary {
    let edges = [Len::ZERO, Len::ZERO, size.w, size.h];
    let area = edges.map(|l| Object::Real(l.to_pt() as f32)).to_vec();
    dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => area.clone(),
        "BleedBox" => area.clone(),
        "TrimBox" => area,
        "Resources" => resources,
        "Contents" => content,
    }
}

/// Closes the file: the tree of pages, the catalog, and what it says of itself.
fn finish(
    mut carrier: Carrier,
    about: &About,
    tree: ObjectId,
    kids: Vec<Object>,
    wide: bool,
) -> Result<Vec<u8>, Diagnostic> {
    // The sheet is turned over about its upright axis, which is an edge of it.
    let edge = if wide { "DuplexFlipShortEdge" } else { "DuplexFlipLongEdge" };
    let mut viewing = dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" };
    if about.pdfx.is_none() {
        // A word of PDF 1.7; PDF/X stands on 1.6.
        viewing.set("Duplex", edge);
    }
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "ViewerPreferences" => viewing,
    };
    for key in ["OutputIntents", "OCProperties"] {
        if let Some(value) = carrier.of_catalog(key.as_bytes()) {
            catalog.set(key, value);
        }
    }
    let mut doc = carrier.out;
    let count = kids.len() as i64;
    let root = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    doc.objects.insert(tree, root.into());
    about.write(&mut doc, &mut catalog);
    let catalog = doc.add_object(catalog);
    doc.trailer.set("Root", catalog);
    finish::save(doc).map_err(failed)
}

/// What the sides of all sheets are drawn from.
struct Writer<'a> {
    job: &'a Job,
    plan: &'a Plan,
    pages: &'a [Option<Page>],
    forms: &'a [Option<ObjectId>],
    /// how far a page moves for each leaf around it: a length over a number
    step: (Len, i64),
    labels: Option<(Labels, ObjectId)>,
}

impl Writer<'_> {
    /// The content of a side and the forms that it draws.
    fn side(&self, layout: &Layout, sheet: &Sheet, side: Side) -> (Vec<u8>, Dictionary) {
        let mut ops = Ops::default();
        let mut forms = Dictionary::new();
        let places = match side {
            Side::A => &sheet.sides[0],
            Side::B => &sheet.sides[1],
        };
        for place in places {
            let page = self.pages.get(place.page).and_then(Option::as_ref);
            let form = self.forms.get(place.page).copied().flatten();
            let (Some(page), Some(form)) = (page, form) else { continue };
            let name = format!("P{}", place.page + 1);
            self.place(&mut ops, layout, place, page, &name);
            forms.set(name, form);
        }
        if let Some((labels, title)) = &self.labels {
            marks::edges(&mut ops, layout);
            marks::label(&mut ops, layout, self.plan, (sheet, side), labels, TITLE);
            forms.set(TITLE, *title);
            let steps = match self.job.scheme {
                Scheme::Perfect => true,
                Scheme::Booklet => self.plan.gatherings > 1,
                Scheme::Saddle => false,
            };
            if steps && side == Side::A {
                marks::step(&mut ops, layout, sheet);
            }
        }
        let resources = match forms.is_empty() {
            true => Dictionary::new(),
            false => dictionary! { "XObject" => forms },
        };
        (ops.finish(), resources)
    }
    /// Draws a page where it belongs.
    fn place(
        &self,
        ops: &mut Ops,
        layout: &Layout,
        place: &Place,
        page: &Page,
        name: &str,
    ) {
        let (n, d) = layout.measures.scale;
        let small = |l: Len| l.frac(n, d);
        let size = Size { w: small(page.size.w), h: small(page.size.h) };
        let creep = self.step.0.frac(place.depth as i64, self.step.1);
        let trim = layout.page(place, size, creep);
        let half = if place.turned { 2 } else { 0 };
        let bleed = page.bleed.map(small).turned(half);
        let k = page.unit * n as f64 / d as f64;
        let matrix = matrix(page, (page.quarters + half) % 4, k, trim);
        ops.raw("q");
        ops.clip(trim.grown(bleed).meet(layout.room(place.col, place.row)));
        ops.op(&matrix, "cm");
        ops.draw(name);
        ops.raw("Q");
    }
}

/// From the units of a page to the sheet (ISO 32000-1, 8.3.4): turned clockwise by
/// quarters, `k` times as large, its trim where it shall be.
fn matrix(page: &Page, quarters: u8, k: f64, trim: super::area::Area) -> [f64; 6] {
    let [l, b, r, t] = page.trim.map(|n| n * k);
    let (x, y) = (trim.left.to_pt(), trim.bottom.to_pt());
    match quarters {
        1 => [0.0, -k, k, 0.0, x - b, y + r],
        2 => [-k, 0.0, 0.0, -k, x + r, y + t],
        3 => [0.0, k, -k, 0.0, x + t, y - l],
        _ => [k, 0.0, 0.0, k, x - l, y - b],
    }
}
