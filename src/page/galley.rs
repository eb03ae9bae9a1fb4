//! The column before it is cut: entries stacked one under another.

use super::Draw;
use super::structure::Tag;
use crate::book::PictureRef;
use crate::geom::{Len, Logical};
use crate::line::{Line, Stroke, StrokeShape};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A chapter before it is cut into pages.
#[derive(Debug, Default, Clone)]
pub struct Galley {
    /// what stands one under another
    pub entries: Vec<Entry>,
    /// paragraphs that can be set with a line less or more, by their first entry
    pub variants: BTreeMap<usize, Vec<Variant>>,
}

/// A paragraph set with another number of lines.
#[derive(Debug, Clone)]
pub struct Variant {
    /// its lines
    pub entries: Vec<Entry>,
    /// how many entries of the galley it stands for
    pub of: usize,
    /// what its lines cost ([`crate::line::fit`])
    pub cost: i64,
}

/// One entry of the galley: a line of text, a row, a figure. Never cut.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    /// what it takes of the column
    pub height: Len,
    /// what is drawn, from the top of the entry and the start of the measure
    pub draws: Vec<(Logical, Draw, Tag)>,
    /// stays on the page of the entry after it
    pub keep: bool,
    /// stays there if it costs little
    pub loosely: bool,
    /// leads on to what follows, as a line that ends with a colon does
    pub leads: bool,
    /// space that vanishes at the top of a page
    pub space: bool,
    /// what comes after it stands on the grid again
    pub snap: bool,
    /// brings its own space
    pub heading: bool,
    /// may move to the head of the next page, so that text fills this one
    pub float: bool,
    /// never stands before figures that wait, because it is numbered with them
    pub bars: bool,
    /// space that is never more than it is
    pub rigid: bool,
    /// ids of what begins here
    pub anchors: Vec<String>,
    /// notes that are called here, with the notes that these call in turn
    pub notes: Vec<Called>,
    /// which line of its paragraph it is, and of how many
    pub part: Option<(usize, usize)>,
    /// where it was written
    pub span: Span,
    /// what is set again above it when it begins a page: a table's head
    pub head: Option<Arc<Vec<Entry>>>,
}

/// A note that is called.
#[derive(Debug, Default, Clone)]
pub struct Called {
    /// its index in the chapter
    pub index: usize,
    /// its lines, and after them those of each note that is called in it
    pub lines: Vec<Vec<Entry>>,
}

impl Entry {
    /// Whole lines of blank space.
    pub fn space(height: Len) -> Entry {
        Entry { height, space: true, ..Entry::default() }
    }
    /// Whether it may be put off; a figure whose caption calls a note may not, so
    /// that the note stands on the page of its call.
    pub fn floats(&self) -> bool {
        self.float && self.notes.is_empty()
    }
    /// Where it ends, when it begins at `at`.
    pub fn end(&self, at: Len, pitch: Len) -> Len {
        let end = at + self.height;
        if self.snap { end.up_to(pitch) } else { end }
    }
    /// Draws a thing, which has no place in the structure yet.
    pub fn draw(&mut self, at: Logical, draw: Draw) {
        self.draws.push((at, draw, Tag::default()));
    }
    /// What was drawn last is not read.
    pub fn hide(&mut self) {
        self.draws.last_mut().into_iter().for_each(|d| d.2 = Tag::Layout);
    }
    /// Draws a line of text with its baseline at `block`.
    pub fn line(&mut self, line: Line, at: Logical) {
        if self.span == Span::default() {
            self.span = line.span;
        }
        // Most lines are one run, and a book has many of them.
        if self.draws.is_empty() {
            self.draws.reserve_exact(line.runs.len());
        }
        for run in line.runs {
            let place =
                Logical { inline: at.inline + run.at, block: at.block - run.rise };
            if run.strike && run.width > Len::ZERO {
                let size = crate::geom::Size { w: run.width, h: run.size.frac(1, 18) };
                let block = place.block - run.size.frac(3, 10);
                self.draw(Logical { block, ..place }, Draw::Rule { size, ink: run.ink });
            }
            self.draw(place, Draw::Text(run.into()));
        }
        for s in line.strokes {
            let (place, draw) = stroke(s, at);
            self.draw(place, draw);
        }
        // They are seen; what they say is the text's.
        for s in line.beside {
            let (place, draw) = stroke(s, at);
            self.draw(place, draw);
            self.hide();
        }
        for object in line.objects {
            let size =
                crate::geom::Size { w: object.sized.width, h: object.sized.height };
            let place =
                Logical { inline: at.inline + object.at, block: at.block - size.h };
            let PictureRef { path, alt, .. } = object.sized.picture;
            let shows = !alt.is_empty();
            self.draw(place, Draw::Image { path, size, alt });
            if !shows {
                self.hide();
            }
        }
    }
}

/// A stroke of a formula whose baseline begins at `at`.
pub fn stroke(stroke: Stroke, at: Logical) -> (Logical, Draw) {
    let inline = at.inline + stroke.at;
    let (block, ink) = (at.block - stroke.rise, stroke.ink);
    match stroke.shape {
        StrokeShape::Rule(size) => {
            let block = block - size.h;
            (Logical { inline, block }, Draw::Rule { size, ink })
        }
        StrokeShape::Path(outline) => {
            (Logical { inline, block }, Draw::Path { outline, ink })
        }
    }
}

/// The height of some entries.
pub fn height(entries: &[Entry]) -> Len {
    entries.iter().map(|e| e.height).sum()
}
