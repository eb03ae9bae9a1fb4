//! The pages that keben makes before the text: half title, title page, copyright
//! page, contents and lists; and the pages that stand alone.

mod alone;
mod contents;
mod copyright;
mod lists;
mod title;

pub use contents::CONTENTS;

pub(super) use alone::{alone, part_page};
pub(super) use contents::contents;
pub(super) use copyright::copyright_page;
pub(super) use lists::{Kind, list};
pub(super) use title::{half_title, title_page};

use super::galley::Entry;
use super::paginate::Leaf;
use super::stack::ASCENT;
use super::structure::Place;
use super::{Input, half, tagging};
use crate::book::words::{Words, words};
use crate::book::{Chapter, Division};
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical};
use crate::line::{self, Fault, Line, Paragraph, Shape};
use crate::theme::Look;
use std::sync::Arc;

/// Sets lines of front matter across the type area.
pub(super) struct Setter<'a, 's, 'f> {
    /// what pages are made from
    pub(super) input: &'a Input<'a>,
    /// the shaper
    pub(super) shaper: &'s mut Shaper<'f>,
    /// what went wrong
    pub(super) faults: &'s mut Vec<Fault>,
}

impl Setter<'_, '_, '_> {
    fn lines(&mut self, p: &Paragraph, measure: Len) -> Vec<Line> {
        let shape =
            Shape { measure, indent: Len::ZERO, justify: false, ..Shape::default() };
        line::lay(p, shape, &self.input.config.rules, self.shaper, self.faults)
    }
    fn em(&self) -> Len {
        self.input.config.page.area.size
    }
    /// The place of what stands behind the chapters of the front matter.
    fn made(&self, nth: u32) -> Arc<Place> {
        let front = |c: &&Chapter| c.division == Division::Front;
        let count = self.input.book.chapters.iter().take_while(front).count();
        tagging::made(count, nth)
    }
    fn words(&self) -> &'static Words {
        words(&self.input.book.meta.lang)
    }
    /// Centred lines from `at` down; gives where they end.
    fn centred(&mut self, text: &str, look: Look, at: Len, leaf: &mut Leaf) -> Len {
        let style = look.style(self.em());
        let measure = self.input.config.page.area.measure();
        let p = Paragraph::plain(text, style);
        let pitch = style.size.frac(8, 5);
        let mut entry = Entry::default();
        let mut down = at;
        for line in self.lines(&p, measure) {
            let inline = half(measure - line.width);
            entry.line(
                line,
                Logical { inline, block: down + style.size.frac(ASCENT, 1000) },
            );
            down += pitch;
        }
        leaf.draws.extend(entry.draws);
        down
    }
}

/// Titles are repeated without the notes that they call.
pub(super) fn drop_notes(p: &mut Paragraph) {
    use crate::cjk::token::Part;
    let text = std::mem::take(&mut p.text);
    let runs = std::mem::take(&mut p.runs);
    for mut run in runs.into_iter().filter(|r| r.part != Part::Note) {
        let start = p.text.len();
        let own = &text[run.range.clone()];
        p.text.push_str(run.ruby.map_or(own, |base| own.get(..base).unwrap_or(own)));
        if run.ruby.take().is_some() {
            run.part = Part::Text;
        }
        run.range = start..p.text.len();
        p.runs.push(run);
    }
}
