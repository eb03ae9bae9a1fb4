//! Pages onto sheets: what a printer needs to print, fold, gather and bind a book.
//!
//! The input is any finished PDF. [`read`] lists its pages with their boxes; [`plan`]
//! says which page stands where, on sheets that [`fold`] folds in the model; [`layout`]
//! turns places into measures. Each page becomes a form ([`carry`]): its content keeps
//! the bytes that it had, fonts and pictures are shared. A side of a sheet draws those
//! forms, clipped to what its neighbours leave them, with the marks around ([`marks`]).
//!
//! Three rules hold. The trim of an inner leaf follows its page: creep moves both
//! towards the spine, because that is where the outer sheets' knife will cut it.
//! Nothing is printed across a fold that becomes the spine. And what one page has wrong
//! costs that page: its place stays blank.

pub mod about;
pub mod area;
pub mod carry;
pub mod fold;
pub mod label;
pub mod layout;
pub mod marks;
pub mod ops;
pub mod pack;
pub mod paper;
pub mod plan;
pub mod read;
pub mod sheets;

pub use fold::{Binding, Signature};
pub use plan::{Plan, Scheme};

use crate::diag::{Diagnostic, Sink, code};
use crate::geom::{Len, Size};
use about::About;
use layout::Measures;
use read::Page;
use sha2::{Digest, Sha256};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// how the book is bound
    pub scheme: Scheme,
    /// pages of a printed sheet; in a booklet, of a gathering of nested sheets
    pub signature: Option<Signature>,
    /// the sheet, lying either way; as large as needed if not said
    pub sheet: Option<Size>,
    /// whether pages may be made smaller
    pub fit: bool,
    /// how far pages of inner leaves move
    pub creep: Creep,
    /// between pages that are cut apart
    pub gap: Len,
    /// what is milled off at the spine; as the scheme has it if not said
    pub milling: Option<Len>,
    /// whether there are marks; as the scheme has it if not said
    pub marks: Option<bool>,
    /// whether the book is bound on the right; as the file has it if not said
    pub rtl: Option<bool>,
    /// what the book is called if it has no title
    pub name: String,
}

/// How far pages move towards the spine on inner leaves.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Creep {
    /// by this for each sheet around them: the thickness of the paper
    Leaf(Len),
    /// by this on the innermost, less in proportion on others
    Innermost(Len),
}

/// A job that is done.
#[derive(Debug)]
pub struct Imposed {
    /// the file
    pub bytes: Vec<u8>,
    /// sheets, each of two pages
    pub sheets: usize,
    /// gatherings
    pub gatherings: usize,
    /// the largest sheet
    pub size: Size,
}

/// The widest bleed that is kept.
const BLEED: Len = Len::tenth_mm(50);
/// What milling takes off, and what room it needs: the trade's 2 to 3 mm.
const MILLING: Len = Len::tenth_mm(30);
/// Sizes that are this near are the same.
const SAME: Len = Len::milli_pt(500);

impl Job {
    /// A job with nothing said.
    pub fn new(scheme: Scheme) -> Job {
        Job {
            scheme,
            signature: None,
            sheet: None,
            fit: false,
            creep: Creep::Leaf(Len::ZERO),
            gap: Len::tenth_mm(60),
            milling: None,
            marks: None,
            rtl: None,
            name: "book".into(),
        }
    }
    fn milling(&self) -> Len {
        let usual = match self.scheme {
            Scheme::Perfect => MILLING,
            Scheme::Booklet | Scheme::Saddle => Len::ZERO,
        };
        self.milling.unwrap_or(usual)
    }
    /// A printer needs marks; who prints a booklet at home needs the room.
    fn marks(&self) -> bool {
        self.marks.unwrap_or(match self.scheme {
            Scheme::Saddle | Scheme::Perfect => true,
            Scheme::Booklet => false,
        })
    }
    fn measures(&self, pages: &[Option<Page>], page: Size) -> Measures {
        let bleed = pages.iter().flatten().map(|p| p.bleed.most()).max();
        let bleed = bleed.unwrap_or(Len::ZERO).min(BLEED);
        let marks = if self.marks() { marks::OFFSET + marks::LENGTH } else { Len::ZERO };
        Measures {
            page,
            gap: self.gap,
            milling: self.milling(),
            edge: bleed + marks,
            bleed,
            scale: (1, 1),
        }
    }
}

/// Imposes a book. What went wrong is in the sink; without an output it is an error.
pub fn impose(file: &[u8], job: &Job, sink: &mut Sink) -> Option<Imposed> {
    let original = read::read(file, sink)?;
    let digest = Sha256::new().chain_update(file).chain_update(format!("{job:?}"));
    let about = About::of(&original.doc, &job.name, &digest);
    let binding = match job.rtl.unwrap_or(about.rtl) {
        true => Binding::Right,
        false => Binding::Left,
    };
    let pages = original.pages.clone();
    let size = usual_size(&pages)?;
    others(&pages, size, sink);
    let plan = Plan::of(job.scheme, job.signature, binding, pages.len());
    let mut measures = job.measures(&pages, size);
    let largest = plan.sheets.iter().map(|s| (s.cols, s.rows)).max()?;
    if let Some(sheet) = job.sheet.filter(|_| job.fit) {
        measures = measures.fitted(sheet, largest.0, largest.1);
    }
    let sheet = measures.layout(job.sheet, largest.0, largest.1);
    let sheet = sheet.map_err(|fault| sink.push(fault)).ok()?;
    blanks(&plan, sink);
    let made = sheets::write(original, job, &plan, &measures, &about, sink);
    let bytes = made.map_err(|fault| sink.push(fault)).ok()?;
    let (sheets, gatherings) = (plan.sheets.len(), plan.gatherings);
    Some(Imposed { bytes, sheets, gatherings, size: sheet.size })
}

/// The size that most pages have; of equals, that of the first.
fn usual_size(pages: &[Option<Page>]) -> Option<Size> {
    let mut sizes: Vec<(Size, usize)> = vec![];
    for page in pages.iter().flatten() {
        match sizes.iter().position(|s| same(s.0, page.size)) {
            Some(at) => sizes[at].1 += 1,
            // More are no book; they only take time.
            None if sizes.len() < 100 => sizes.push((page.size, 1)),
            None => {}
        }
    }
    let most = sizes.iter().map(|s| s.1).max()?;
    sizes.into_iter().find(|s| s.1 == most).map(|s| s.0)
}

fn same(a: Size, b: Size) -> bool {
    let near = |a: Len, b: Len| (a - b).max(b - a) <= SAME;
    near(a.w, b.w) && near(a.h, b.h)
}

/// Names pages of other sizes.
fn others(pages: &[Option<Page>], size: Size, sink: &mut Sink) {
    let other = |p: &Option<Page>| p.as_ref().is_some_and(|p| !same(p.size, size));
    let found: Vec<_> =
        (1..).zip(pages).filter(|(_, p)| other(p)).map(|(n, _): (usize, _)| n).collect();
    let Some(first) = found.first() else { return };
    let message = match found.len() {
        1 => format!("page {first} is not of the size of the others"),
        n => {
            format!("{n} pages, from page {first} on, are not of the size of the others")
        }
    };
    let hint =
        format!("the others are {}; it stands in the middle, cut", paper::said(size));
    sink.push(Diagnostic::new(code::PAGE_SIZE, message).hint(hint));
}

/// Names pages that stay blank.
fn blanks(plan: &Plan, sink: &mut Sink) {
    let message = match plan.blanks {
        0 => return,
        1 => format!("a blank page follows page {}, the last", plan.pages),
        n => format!("{n} blank pages follow page {}, the last", plan.pages),
    };
    let hint = "sheets that are folded have 4, 8, 16 or 32 pages";
    sink.push(Diagnostic::new(code::BLANK_PAGES, message).hint(hint));
}
