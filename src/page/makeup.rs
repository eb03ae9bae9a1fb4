//! The parts of a book in order, and on which pages they begin (clreq.md 3.6).
//!
//! Everything before the body has page numbers of its own, so the body's do not
//! depend on it, and the contents can be set when all else stands. The copyright
//! page tells how many pages there are: it is set last, on pages kept for it.

use super::front::{self, Kind, Setter};
use super::furniture::{Dress, Dresser, Head};
use super::laid::{Known, Laid};
use super::paginate::{Leaf, Trouble};
use super::refs::{Spot, Spots};
use super::report::Report;
use super::stack::part_anchor;
use super::structure::{Role as Tagged, paint};
use super::tagging;
use super::{Input, Labels, Page};
use crate::book::number::roman;
use crate::book::words::words;
use crate::book::{Chapter, Division, Role};
use crate::config::{FolioStyle, Start};
use crate::font::shape::Shaper;
use crate::geom::Logical;
use rayon::prelude::*;
use std::sync::Arc;

/// A leaf and its furniture.
struct Sheet<'a> {
    leaf: Leaf,
    dress: Dress<'a>,
}

type Chapters<'a> = Vec<(&'a Chapter, Arc<Laid>)>;

/// Sheets in order, those of chapters not drawn yet: it is known how many they are, and
/// all chapters are drawn side by side.
#[derive(Default)]
struct Row<'a> {
    slots: Vec<Slot<'a>>,
    sheets: usize,
}

enum Slot<'a> {
    Sheet(Sheet<'a>),
    Chapter(Placed<'a>),
}

/// A chapter in its place.
struct Placed<'a> {
    chapter: &'a Chapter,
    laid: Arc<Laid>,
    recto: bool,
    dress: Dress<'a>,
    /// number of its first page, from 1
    first: u32,
}

impl<'a> Row<'a> {
    fn push(&mut self, sheet: Sheet<'a>) {
        self.slots.push(Slot::Sheet(sheet));
        self.sheets += 1;
    }
    /// A blank verso where the next page would be one (另页).
    fn until_recto(&mut self) {
        if self.sheets % 2 == 1 {
            self.push(Sheet::blank());
        }
    }
}

/// Puts the chapters in order with what keben makes around them, and numbers
/// their pages. The pages of a known chapter that begins where it began are known.
pub(super) fn assemble(
    input: &Input<'_>,
    chapters: Chapters<'_>,
    known: Option<&Known>,
    report: &mut Report,
) -> Vec<Arc<Page>> {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let Report { lines: faults, pages: troubles } = report;
    let setter = Setter { input, shaper: &mut shaper, faults };
    let mut book = Makeup { input, setter, labels: Labels::new(), troubles };
    let front = |c: &Chapter| c.division == Division::Front;
    let (before, after) = chapters.into_iter().partition(|(c, _)| front(c));
    let body = book.body(after);
    let body = book.finished(body, known);
    let opening = book.front(before, body.len());
    let mut out = dressed(input, book.front_label(), (1..).zip(opening).collect());
    out.extend(body);
    out
}

/// Sheets with their numbers as pages.
fn dressed(
    input: &Input<'_>,
    label: fn(u32) -> String,
    sheets: Vec<(u32, Sheet<'_>)>,
) -> Vec<Arc<Page>> {
    let dresser = || Dresser::new(input, Shaper::new(input.fonts, &input.book.meta.lang));
    sheets
        .into_par_iter()
        .with_min_len(TOGETHER)
        .map_init(dresser, |dresser, (n, sheet)| {
            // What stands before the body ends with a verso, so odd numbers are rectos.
            Arc::new(dresser.dress(sheet.leaf, &sheet.dress, label(n), n % 2 == 1))
        })
        .collect()
}

/// Pages that are dressed one after another, so that heads are set once for some.
const TOGETHER: usize = 32;

/// The pages on which everything stands that has an id, as chapters are laid out.
pub(super) fn spots<'a>(
    input: &Input<'_>,
    laid: impl Iterator<Item = &'a Arc<Laid>>,
) -> Spots {
    let (mut faults, mut troubles) = (vec![], vec![]);
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let setter = Setter { input, shaper: &mut shaper, faults: &mut faults };
    let labels = Labels::new();
    let mut book = Makeup { input, setter, labels, troubles: &mut troubles };
    let chapters = input.book.chapters.iter().zip(laid.map(|l| Arc::new(l.outline())));
    let (before, after): (Chapters, Chapters) =
        chapters.partition(|(c, _)| c.division == Division::Front);
    let body = book.body(after);
    let body = book.drawn(body, arabic);
    let front = book.front(before, body.len());
    let label = book.front_label();
    let front = (1u32..).zip(front).map(|(n, sheet)| (label(n), (false, n), sheet));
    let body = (1u32..).zip(body).map(|(n, sheet)| (arabic(n), (true, n), sheet));
    let mut out = Spots::new();
    for (label, page, sheet) in front.chain(body) {
        for (id, _) in sheet.leaf.anchors {
            out.entry(id).or_insert_with(|| Spot { label: label.clone(), page });
        }
    }
    out
}

fn arabic(n: u32) -> String {
    n.to_string()
}

/// The book as it is put together.
struct Makeup<'a, 's, 'f> {
    input: &'a Input<'a>,
    setter: Setter<'a, 's, 'f>,
    troubles: &'s mut Vec<Trouble>,
    /// of what is placed so far
    labels: Labels,
}

impl<'a> Makeup<'a, '_, '_> {
    /// How pages before the body are numbered.
    fn front_label(&self) -> fn(u32) -> String {
        match self.input.config.makeup.front_folio {
            FolioStyle::Roman => roman,
            FolioStyle::Arabic => arabic,
        }
    }

    /// The body and what is behind it, from its page 1 on.
    fn body(&mut self, chapters: Chapters<'a>) -> Row<'a> {
        let makeup = self.input.config.makeup;
        let mut out = Row::default();
        let mut part = None;
        for (chapter, laid) in chapters {
            if chapter.division == Division::Back {
                part = None;
            }
            if let Some(new) = &chapter.part {
                part = Some(new);
                if makeup.part_page {
                    out.until_recto();
                    let mut leaf = front::part_page(&mut self.setter, chapter, new);
                    let place = tagging::part(&self.input.book.chapters, chapter);
                    let title = tagging::child(&place, 1, Tagged::Heading(1));
                    paint(&mut leaf.draws, &title);
                    out.push(Sheet { leaf, dress: Dress::Bare });
                    out.push(Sheet::blank());
                }
            }
            let above = part.map(|p| Head::Text(p.name()));
            self.chapter(chapter, laid, above, &mut out);
        }
        out
    }

    /// All that stands before a body of so many pages; it ends with a verso.
    fn front(&mut self, chapters: Chapters<'a>, body: usize) -> Vec<Sheet<'a>> {
        let makeup = self.input.config.makeup;
        let label = self.front_label();
        let mut out = Row::default();
        if makeup.half_title {
            let leaf = front::half_title(&mut self.setter);
            out.push(Sheet { leaf, dress: Dress::Bare });
            out.push(Sheet::blank());
        }
        let leaf = front::title_page(&mut self.setter);
        out.push(Sheet { leaf, dress: Dress::Bare });
        let own = |c: &Chapter| c.role == Role::Copyright;
        let (copyright, chapters): (Chapters, Chapters) =
            chapters.into_iter().partition(|(c, _)| own(c));
        let kept = out.sheets;
        let made = copyright.is_empty();
        let copyright = self.copyright(copyright);
        let keeps = copyright.len();
        copyright.into_iter().for_each(|sheet| out.push(sheet));
        for (chapter, laid) in chapters {
            self.chapter(chapter, laid, None, &mut out);
        }
        let mut out = self.drawn(out, label);
        self.lists(&mut out);
        to_recto(&mut out);
        if made {
            let pages = (out.len() + body) as u32;
            let leaves = front::copyright_page(&mut self.setter, pages);
            let places = out.iter_mut().skip(kept).take(keeps);
            for (sheet, leaf) in places.zip(leaves) {
                sheet.leaf = leaf;
            }
        }
        out
    }

    /// The author's copyright page, or pages kept for the one that is made.
    fn copyright(&mut self, own: Chapters<'a>) -> Vec<Sheet<'a>> {
        let bare = |leaf| Sheet { leaf, dress: Dress::Bare };
        let mut out: Vec<_> = match own.is_empty() {
            true => front::copyright_page(&mut self.setter, 0),
            false => {
                self.troubles.extend(own.iter().flat_map(|c| c.1.troubles(false)));
                own.iter().flat_map(|c| c.1.leaves(self.input, false)).collect()
            }
        };
        if out.is_empty() {
            out.push(Leaf::default());
        }
        // The title page before it is a recto.
        if out.len() % 2 == 0 {
            out.push(Leaf::default());
        }
        out.into_iter().map(bare).collect()
    }

    /// Contents and lists.
    fn lists(&mut self, out: &mut Vec<Sheet<'a>>) {
        let makeup = self.input.config.makeup;
        let words = words(&self.input.book.meta.lang);
        let lists = [
            (makeup.figures, words.figures, Kind::Figures),
            (makeup.tables, words.tables, Kind::Tables),
        ];
        let contents = front::contents(&mut self.setter, &self.labels);
        self.made(contents, words.contents, out);
        for (_, name, kind) in lists.into_iter().filter(|l| l.0) {
            let leaves = front::list(&mut self.setter, kind, &self.labels);
            self.made(leaves, name, out);
        }
    }

    fn made(&self, leaves: Vec<Leaf>, name: &str, out: &mut Vec<Sheet<'a>>) {
        if self.input.config.makeup.chapter_start == Start::Recto && !leaves.is_empty() {
            to_recto(out);
        }
        out.extend(leaves.into_iter().map(|leaf| Sheet {
            leaf,
            dress: Dress::Full { verso: self.title(), recto: Head::Text(name.into()) },
        }));
    }

    fn title(&self) -> Head<'a> {
        Head::Text(self.input.book.meta.title.clone())
    }

    /// A chapter, from the page on where it may begin.
    fn chapter(
        &mut self,
        chapter: &'a Chapter,
        laid: Arc<Laid>,
        above: Option<Head<'a>>,
        out: &mut Row<'a>,
    ) {
        let alone = chapter.role.stands_alone();
        if begins_recto(self.input, chapter) {
            out.until_recto();
        }
        let dress = match alone || chapter.role == Role::Copyright {
            true => Dress::Bare,
            false => Dress::Full {
                verso: above.unwrap_or_else(|| self.title()),
                recto: Head::Chapter(chapter),
            },
        };
        let recto = out.sheets.is_multiple_of(2);
        let first = out.sheets as u32 + 1;
        out.sheets += laid.count(recto);
        self.troubles.extend(laid.troubles(recto));
        out.slots.push(Slot::Chapter(Placed { chapter, laid, recto, dress, first }));
        if alone {
            out.until_recto();
        }
    }

    /// The pages of a row that begins with page 1, and the numbers of what stands on
    /// them.
    fn finished(&mut self, row: Row<'a>, known: Option<&Known>) -> Vec<Arc<Page>> {
        let input = self.input;
        let mut next = 1;
        let slots = row.slots.into_iter().map(|slot| {
            let first = next;
            next = match &slot {
                Slot::Sheet(_) => first + 1,
                Slot::Chapter(placed) => first + placed.laid.count(placed.recto) as u32,
            };
            (first, slot)
        });
        let slots: Vec<_> = slots.collect();
        let pages = |(first, slot): (u32, Slot<'a>)| match slot {
            Slot::Sheet(sheet) => dressed(input, arabic, vec![(first, sheet)]),
            Slot::Chapter(placed) => placed.pages(input, known),
        };
        let all: Vec<_> = slots.into_par_iter().with_max_len(1).map(pages).collect();
        let all: Vec<_> = all.into_iter().flatten().collect();
        for page in &all {
            for (id, _) in &page.anchors {
                self.labels.entry(id.clone()).or_insert_with(|| page.label.clone());
            }
        }
        all
    }

    /// Sheets with the leaves of all chapters, and the numbers of what stands on these.
    fn drawn(&mut self, row: Row<'a>, label: fn(u32) -> String) -> Vec<Sheet<'a>> {
        let input = self.input;
        let leaves = |slot: &Slot<'a>| match slot {
            Slot::Sheet(_) => vec![],
            Slot::Chapter(placed) => placed.leaves(input),
        };
        let all: Vec<Vec<Leaf>> = row.slots.par_iter().map(leaves).collect();
        let mut out = Vec::with_capacity(row.sheets);
        for (slot, leaves) in row.slots.into_iter().zip(all) {
            let placed = match slot {
                Slot::Sheet(sheet) => {
                    out.push(sheet);
                    continue;
                }
                Slot::Chapter(placed) => placed,
            };
            for (n, leaf) in (placed.first..).zip(leaves) {
                for (id, _) in &leaf.anchors {
                    self.labels.entry(id.clone()).or_insert_with(|| label(n));
                }
                out.push(Sheet { leaf, dress: placed.dress.clone() });
            }
        }
        out
    }
}

impl Placed<'_> {
    fn pages(self, input: &Input<'_>, known: Option<&Known>) -> Vec<Arc<Page>> {
        let above = match &self.dress {
            Dress::Full { verso: Head::Text(text), .. } => text.as_str(),
            Dress::Full { verso: Head::Chapter(_), .. } | Dress::Bare => "",
        };
        let place = (self.first, above.to_string());
        let id = &self.chapter.id;
        if let Some(pages) = known.and_then(|k| k.pages(id, &self.laid, &place)) {
            return pages;
        }
        let sheet = |leaf| Sheet { leaf, dress: self.dress.clone() };
        let sheets = (self.first..).zip(self.leaves(input).into_iter().map(sheet));
        let pages = dressed(input, arabic, sheets.collect());
        known.into_iter().for_each(|k| k.put_pages(id, &self.laid, &place, &pages));
        pages
    }
    fn leaves(&self, input: &Input<'_>) -> Vec<Leaf> {
        let mut leaves = self.laid.leaves(input, self.recto);
        let part = self.chapter.part.is_some() && !input.config.makeup.part_page;
        if let Some(first) = leaves.first_mut().filter(|_| part) {
            first.anchors.insert(0, (part_anchor(self.chapter), Logical::default()));
        }
        leaves
    }
}

impl Sheet<'_> {
    fn blank() -> Self {
        Sheet { leaf: Leaf::default(), dress: Dress::Bare }
    }
}

/// Whether a chapter begins on a recto, whatever is before it.
pub(super) fn begins_recto(input: &Input<'_>, chapter: &Chapter) -> bool {
    let recto = input.config.makeup.chapter_start == Start::Recto;
    chapter.role.stands_alone() || recto && chapter.depth == 0
}

/// A blank verso where the next page would be one (另页).
fn to_recto(out: &mut Vec<Sheet<'_>>) {
    if out.len() % 2 == 1 {
        out.push(Sheet::blank());
    }
}
