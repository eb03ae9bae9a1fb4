//! Running heads and folios; the step from the axes of the text to left and
//! right.

use super::front::drop_notes;
use super::galley;
use super::paginate::Leaf;
use super::stack::ASCENT;
use super::structure::Tag;
use super::{Draw, Input, Page, half};
use crate::book::Chapter;
use crate::colour::ink::BLACK;
use crate::config::FolioPlace;
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical, Point, Size};
use crate::line::{self, Line, Paragraph, Shape, flatten};
use crate::theme::{Look, TextStyle};
use std::collections::BTreeMap;

/// What stands around the text of a page.
#[derive(Debug, Clone)]
pub enum Dress<'a> {
    /// nothing: the page is counted, its number is not shown (暗码)
    Bare,
    /// folio and running head, on openers the folio alone
    Full {
        /// what is higher: the book or the part
        verso: Head<'a>,
        /// what is lower: the chapter
        recto: Head<'a>,
    },
}

/// What a running head says.
#[derive(Debug, Clone)]
pub enum Head<'a> {
    /// these words
    Text(String),
    /// number and title of a chapter
    Chapter(&'a Chapter),
}

/// Dresses leaves.
pub struct Dresser<'a, 'f> {
    input: &'a Input<'a>,
    shaper: Shaper<'f>,
    /// running heads that are set already, by what they say
    heads: BTreeMap<String, Option<Line>>,
}

impl std::fmt::Debug for Dresser<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dresser")
    }
}

/// Thickness of the rule below running heads.
const RULE: Len = Len::milli_pt(350);

impl<'a, 'f> Dresser<'a, 'f> {
    /// A dresser for one book.
    pub fn new(input: &'a Input<'a>, shaper: Shaper<'f>) -> Dresser<'a, 'f> {
        Dresser { input, shaper, heads: BTreeMap::new() }
    }
    /// Makes a page. Openers have no running head, blank pages have nothing
    /// (F-01, F-02).
    pub fn dress(
        &mut self,
        leaf: Leaf,
        dress: &Dress<'_>,
        label: String,
        recto: bool,
    ) -> Page {
        let spec = self.input.config.page;
        let left = if recto {
            spec.inner
        } else {
            spec.trim.w - spec.inner - spec.area.measure()
        };
        let origin = Point { x: left, y: spec.head };
        let mut page =
            Page { label, recto, size: spec.trim, items: vec![], anchors: vec![] };
        match dress {
            Dress::Full { verso, recto: lower } if !leaf.is_blank() => {
                if !leaf.opener {
                    let head = if recto { lower } else { verso };
                    self.head(head, origin, &mut page);
                }
                self.folio(origin, &mut page);
            }
            Dress::Full { .. } | Dress::Bare => {}
        }
        page.items.reserve_exact(leaf.draws.len());
        for (at, draw, tag) in leaf.draws {
            put((at, draw, tag), origin, &mut page);
        }
        let anchors = leaf.anchors.into_iter();
        page.anchors.extend(anchors.map(|(id, at)| (id, physical(at, origin))));
        page
    }
    fn head(&mut self, head: &Head<'_>, origin: Point, page: &mut Page) {
        let area = self.input.config.page.area;
        let style = self.input.theme.head.style(area.size);
        let Some(line) = self.set_head(head, style) else { return };
        // A margin without room for it has none.
        if origin.y < area.leading + style.size {
            return;
        }
        // The head stands a line above the text, its rule between.
        let base = Len::ZERO - area.leading;
        let inline = if page.recto { area.measure() - line.width } else { Len::ZERO };
        self.put_line(line, Logical { inline, block: base }, origin, &Tag::Head, page);
        if !self.input.theme.head_rule {
            return;
        }
        let rule = Logical { inline: Len::ZERO, block: base + style.size.frac(1, 2) };
        let size = Size { w: area.measure(), h: RULE };
        let rule = (rule, Draw::Rule { size, ink: BLACK }, Tag::Head);
        put(rule, origin, page);
    }
    /// The line of a running head; most pages have that of the page before the last.
    fn set_head(&mut self, head: &Head<'_>, style: TextStyle) -> Option<Line> {
        let key = match head {
            Head::Chapter(c) => format!("{}\n", c.id),
            Head::Text(text) => text.clone(),
        };
        if let Some(known) = self.heads.get(&key) {
            return known.clone();
        }
        let line = self.line(&match head {
            Head::Chapter(c) => self.title(c, style),
            Head::Text(text) => Paragraph::plain(text, style),
        });
        self.heads.insert(key, line.clone());
        line
    }
    /// Number and title of a chapter.
    fn title(&self, chapter: &Chapter, style: TextStyle) -> Paragraph {
        let mut p = Paragraph::default();
        if let Some(number) = &chapter.number {
            p.push_plain(&format!("{number}\u{3000}"), style);
        }
        let title = &chapter.title;
        let mut title = flatten::flatten(title, style, self.input.theme, &|_, _| None);
        drop_notes(&mut title);
        p.append(title);
        p
    }
    /// The folio stands at the foot, at its outer side or in its middle.
    fn folio(&mut self, origin: Point, page: &mut Page) {
        let spec = self.input.config.page;
        let look: Look = self.input.theme.folio;
        let style = look.style(spec.area.size);
        let p = Paragraph::plain(&page.label, style);
        let Some(line) = self.line(&p) else { return };
        let foot = spec.trim.h - spec.head - spec.area.depth();
        if foot < style.size * 2 {
            return;
        }
        let block = spec.area.depth() + half(foot) - half(style.size)
            + style.size.frac(ASCENT, 1000);
        let slack = spec.area.measure() - line.width;
        let place = match self.input.theme.centered_folios {
            true => FolioPlace::Center,
            false => FolioPlace::Outer,
        };
        let inline = match self.input.config.makeup.folio.unwrap_or(place) {
            FolioPlace::Center => half(slack),
            FolioPlace::Outer if page.recto => slack,
            FolioPlace::Outer => Len::ZERO,
        };
        self.put_line(line, Logical { inline, block }, origin, &Tag::Foot, page);
    }
    fn line(&mut self, p: &Paragraph) -> Option<Line> {
        let measure = self.input.config.page.area.measure();
        let shape =
            Shape { measure, indent: Len::ZERO, justify: false, ..Shape::default() };
        // What is missing in a title was reported where the title stands.
        let mut quiet = vec![];
        let rules = &self.input.config.rules;
        line::lay(p, shape, rules, &mut self.shaper, &mut quiet).into_iter().next()
    }
    fn put_line(
        &self,
        line: Line,
        at: Logical,
        origin: Point,
        tag: &Tag,
        page: &mut Page,
    ) {
        for stroke in line.strokes.into_iter().chain(line.beside) {
            let (place, draw) = galley::stroke(stroke, at);
            put((place, draw, tag.clone()), origin, page);
        }
        for run in line.runs {
            let place =
                Logical { inline: at.inline + run.at, block: at.block - run.rise };
            put((place, Draw::Text(run.into()), tag.clone()), origin, page);
        }
    }
}

/// Horizontal writing: lines run rightwards, the next line is below.
fn physical(at: Logical, origin: Point) -> Point {
    Point { x: origin.x + at.inline, y: origin.y + at.block }
}

fn put((at, draw, tag): (Logical, Draw, Tag), origin: Point, page: &mut Page) {
    page.items.push((physical(at, origin), draw, tag));
}
