//! The parts of a book in order, and on which pages they begin (clreq.md 3.6).
//!
//! Everything before the body has page numbers of its own, so the body's do not
//! depend on it, and the contents can be set when all else stands. The copyright
//! page tells how many pages there are: it is set last, on pages kept for it.

use super::front::{self, Kind, Setter};
use super::furniture::{Dress, Dresser, Head};
use super::paginate::Leaf;
use super::refs::{self, Spot, Spots};
use super::stack::part_anchor;
use super::{Input, Labels, Page};
use crate::book::number::roman;
use crate::book::words::words;
use crate::book::{Chapter, Division, Role};
use crate::config::{FolioStyle, Start};
use crate::font::shape::Shaper;
use crate::geom::Logical;
use crate::line::Fault;

/// A leaf and its furniture.
struct Sheet<'a> {
    leaf: Leaf,
    dress: Dress<'a>,
}

type Laid<'a> = Vec<(&'a Chapter, Vec<Leaf>)>;

/// Puts the chapters in order with what keben makes around them, and numbers
/// their pages.
pub(super) fn assemble(
    input: &Input<'_>,
    chapters: Laid<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<Page> {
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let setter = Setter { input, shaper: &mut shaper, faults };
    let mut book = Makeup { input, setter, labels: Labels::new() };
    let front = |c: &Chapter| c.division == Division::Front;
    let (before, after) = chapters.into_iter().partition(|(c, _)| front(c));
    let body = book.body(after);
    let opening = book.front(before, body.len());
    let label = match input.config.makeup.front_folio {
        FolioStyle::Roman => roman,
        FolioStyle::Arabic => arabic,
    };
    let opening = (1u32..).map(label).zip(opening).collect::<Vec<_>>();
    let body = (1u32..).map(arabic).zip(body);
    let mut dresser = Dresser::new(input, shaper);
    let all = opening.into_iter().chain(body).enumerate();
    all.map(|(i, (label, sheet))| {
        dresser.dress(sheet.leaf, &sheet.dress, label, i % 2 == 0)
    })
    .collect()
}

/// The pages on which everything stands that has an id, as chapters are laid out.
pub(super) fn spots(input: &Input<'_>, laid: &[refs::Laid]) -> Spots {
    let mut faults = vec![];
    let mut shaper = Shaper::new(input.fonts, &input.book.meta.lang);
    let setter = Setter { input, shaper: &mut shaper, faults: &mut faults };
    let mut book = Makeup { input, setter, labels: Labels::new() };
    // Where things stand says enough: what is drawn stays where it is.
    let bare = |l: &Leaf| Leaf {
        draws: vec![],
        anchors: l.anchors.clone(),
        opener: l.opener,
        fill: l.fill,
    };
    let leaves = laid.iter().map(|(leaves, _)| leaves.iter().map(bare).collect());
    let chapters = input.book.chapters.iter().zip(leaves);
    let (before, after): (Laid, Laid) =
        chapters.partition(|(c, _)| c.division == Division::Front);
    let body = book.body(after);
    let front = book.front(before, body.len());
    let label = match input.config.makeup.front_folio {
        FolioStyle::Roman => roman,
        FolioStyle::Arabic => arabic,
    };
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
    /// of what is placed so far
    labels: Labels,
}

impl<'a> Makeup<'a, '_, '_> {
    /// The body and what is behind it, from its page 1 on.
    fn body(&mut self, chapters: Laid<'a>) -> Vec<Sheet<'a>> {
        let makeup = self.input.config.makeup;
        let mut out = vec![];
        let mut part = None;
        for (chapter, mut leaves) in chapters {
            if chapter.division == Division::Back {
                part = None;
            }
            if let Some(new) = &chapter.part {
                part = Some(new);
                if makeup.part_page {
                    to_recto(&mut out);
                    let leaf = front::part_page(&mut self.setter, chapter, new);
                    out.push(Sheet { leaf, dress: Dress::Bare });
                    out.push(Sheet::blank());
                } else if let Some(first) = leaves.first_mut() {
                    let place = Logical::default();
                    first.anchors.insert(0, (part_anchor(chapter), place));
                }
            }
            let above = part.map(|p| Head::Text(p.name()));
            self.chapter(chapter, leaves, above, arabic, &mut out);
        }
        out
    }

    /// All that stands before a body of so many pages; it ends with a verso.
    fn front(&mut self, chapters: Laid<'a>, body: usize) -> Vec<Sheet<'a>> {
        let makeup = self.input.config.makeup;
        let label = match makeup.front_folio {
            FolioStyle::Roman => roman,
            FolioStyle::Arabic => arabic,
        };
        let mut out = vec![];
        if makeup.half_title {
            let leaf = front::half_title(&mut self.setter);
            out.extend([Sheet { leaf, dress: Dress::Bare }, Sheet::blank()]);
        }
        let leaf = front::title_page(&mut self.setter);
        out.push(Sheet { leaf, dress: Dress::Bare });
        let own = |c: &Chapter| c.role == Role::Copyright;
        let (copyright, chapters): (Laid, Laid) =
            chapters.into_iter().partition(|(c, _)| own(c));
        let kept = out.len();
        let made = copyright.is_empty();
        let copyright = self.copyright(copyright);
        let keeps = copyright.len();
        out.extend(copyright);
        for (chapter, leaves) in chapters {
            self.chapter(chapter, leaves, None, label, &mut out);
        }
        self.lists(&mut out);
        to_recto(&mut out);
        if made {
            let pages = (out.len() + body) as u32;
            let leaves = front::copyright_page(&mut self.setter, pages);
            let places = out.iter_mut().skip(kept).take(keeps);
            places.zip(leaves).for_each(|(sheet, leaf)| sheet.leaf = leaf);
        }
        out
    }

    /// The author's copyright page, or pages kept for the one that is made.
    fn copyright(&mut self, own: Laid<'a>) -> Vec<Sheet<'a>> {
        let bare = |leaf| Sheet { leaf, dress: Dress::Bare };
        let mut out: Vec<_> = match own.is_empty() {
            true => front::copyright_page(&mut self.setter, 0),
            false => own.into_iter().flat_map(|(_, leaves)| leaves).collect(),
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
        leaves: Vec<Leaf>,
        above: Option<Head<'a>>,
        label: fn(u32) -> String,
        out: &mut Vec<Sheet<'a>>,
    ) {
        let alone = chapter.role.stands_alone();
        let recto = self.input.config.makeup.chapter_start == Start::Recto;
        if alone || recto && chapter.depth == 0 {
            to_recto(out);
        }
        let above = above.unwrap_or_else(|| self.title());
        for leaf in leaves {
            let number = label(out.len() as u32 + 1);
            for (id, _) in &leaf.anchors {
                self.labels.entry(id.clone()).or_insert_with(|| number.clone());
            }
            let dress = match alone || chapter.role == Role::Copyright {
                true => Dress::Bare,
                false => {
                    Dress::Full { verso: above.clone(), recto: Head::Chapter(chapter) }
                }
            };
            out.push(Sheet { leaf, dress });
        }
        if alone {
            to_recto(out);
        }
    }
}

impl Sheet<'_> {
    fn blank() -> Self {
        Sheet { leaf: Leaf::default(), dress: Dress::Bare }
    }
}

/// A blank verso where the next page would be one (另页).
fn to_recto(out: &mut Vec<Sheet<'_>>) {
    if out.len() % 2 == 1 {
        out.push(Sheet::blank());
    }
}
