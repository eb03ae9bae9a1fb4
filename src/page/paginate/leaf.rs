//! Chosen pages, drawn: what stands on each, from the top of the type area.

use super::fill::{Page, Piece};
use super::flow::Flow;
use super::rule_space;
use super::walk::Chosen;
use crate::colour::ink::BLACK;
use crate::geom::{Len, Logical, Size};
use crate::page::Draw;
use crate::page::galley::Entry;
use crate::page::structure::Tag;

/// What stands on one page, before its furniture.
#[derive(Debug, Default, Clone)]
pub struct Leaf {
    /// what is drawn, from the top of the type area
    pub draws: Vec<(Logical, Draw, Tag)>,
    /// ids of what stands here
    pub anchors: Vec<(String, Logical)>,
    /// begins a chapter: no running head
    pub opener: bool,
    /// how far down text and figures go
    pub fill: Len,
}

impl Leaf {
    /// Whether nothing is drawn on it.
    pub fn is_blank(&self) -> bool {
        self.draws.is_empty()
    }
    /// The same without what is drawn.
    pub fn outline(&self) -> Leaf {
        Leaf { draws: vec![], anchors: self.anchors.clone(), ..*self }
    }
    fn put(&mut self, entry: &Entry, at: Len) {
        let here = Logical { inline: Len::ZERO, block: at };
        self.anchors.extend(entry.anchors.iter().map(|id| (id.clone(), here)));
        for (p, draw, tag) in &entry.draws {
            let at = Logical { block: p.block + at, ..*p };
            self.draws.push((at, draw.clone(), tag.clone()));
        }
    }
}

/// Thickness of the rule above notes.
const RULE: Len = Len::milli_pt(400);

/// Draws the pages of a chapter.
pub(super) fn leaves(flow: &Flow<'_>, pages: &[Chosen]) -> Vec<Leaf> {
    let mut filled = Page::default();
    let mut out = vec![];
    for (n, page) in pages.iter().enumerate() {
        filled.fill(flow, page.start, page.choice, false);
        filled.pieces.truncate(page.cut.pieces);
        let mut leaf = Leaf { opener: n == 0, ..Leaf::default() };
        body(flow, &filled.pieces, page.slack.spread, &mut leaf);
        notes(flow, page, &mut leaf);
        out.push(leaf);
    }
    out
}

fn body(flow: &Flow<'_>, pieces: &[Piece], spread: i64, leaf: &mut Leaf) {
    let leading = flow.area.leading;
    let gaps = gaps(flow, pieces, spread);
    let drawn = |p: &Piece| match p {
        Piece::Put(i) => flow.entries[*i].draws.len(),
        Piece::Head(_) | Piece::Blank => 0,
    };
    leaf.draws.reserve_exact(pieces.iter().map(drawn).sum());
    let mut at = Len::ZERO;
    for (n, piece) in pieces.iter().enumerate() {
        at += leading * gaps.iter().filter(|g| **g == n).count() as i64;
        match piece {
            Piece::Blank => at += leading,
            Piece::Put(i) => {
                leaf.put(flow.entries[*i], at);
                at = flow.entries[*i].end(at, leading);
            }
            Piece::Head(i) => {
                for entry in flow.entries[*i].head.iter().flat_map(|h| h.iter()) {
                    leaf.put(entry, at);
                    at = entry.end(at, leading);
                }
            }
        }
    }
    leaf.fill = at;
}

/// The pieces before which a line more stands: headings first, then what stands
/// apart, then headings again; from the foot up. A piece may be named twice.
fn gaps(flow: &Flow<'_>, pieces: &[Piece], spread: i64) -> Vec<usize> {
    let blank = |p: &Piece| match p {
        Piece::Put(i) => flow.entries[*i].space && !flow.entries[*i].rigid,
        Piece::Blank => true,
        Piece::Head(_) => false,
    };
    let space = |p: &Piece| matches!(p, Piece::Put(i) if flow.entries[*i].space);
    let heading = |p: &Piece| matches!(p, Piece::Put(i) if flow.entries[*i].heading);
    let mut found: Vec<_> = (1..pieces.len())
        .filter(|&n| heading(&pieces[n]) || (blank(&pieces[n - 1]) && !space(&pieces[n])))
        .collect();
    found.sort_by_key(|&n| (!heading(&pieces[n]), std::cmp::Reverse(n)));
    let again: Vec<_> = found.iter().copied().filter(|&n| heading(&pieces[n])).collect();
    found.extend(again);
    found.truncate(spread as usize);
    found
}

/// Notes at the foot: the last line ends with the type area, or as many lines above
/// as the page that it faces.
fn notes(flow: &Flow<'_>, page: &Chosen, leaf: &mut Leaf) {
    let (from, to) = (page.start.note, page.cut.next.note);
    if from == to {
        return;
    }
    let area = &flow.area;
    let foot = area.depth() + below(flow.notes[to - 1].entry);
    let height = flow.height(to) - flow.height(from);
    let mut at = foot - area.leading * page.slack.lift - height;
    let size = Size { w: area.measure().frac(1, 4), h: RULE };
    let above = Logical { inline: Len::ZERO, block: at - rule_space(area).frac(1, 3) };
    leaf.draws.push((above, Draw::Rule { size, ink: BLACK }, Tag::Layout));
    for line in &flow.notes[from..to] {
        leaf.put(line.entry, at);
        at += line.entry.height;
    }
}

/// The space below the frames of a line's characters, which is not set at a foot.
fn below(line: &Entry) -> Len {
    let sizes = line.draws.iter().map(|(_, draw, _)| match draw {
        Draw::Text(run) => run.size,
        Draw::Rule { .. } | Draw::Image { .. } | Draw::Turned(_) | Draw::Path { .. } => {
            Len::ZERO
        }
    });
    let size = sizes.max().unwrap_or_default();
    if size == Len::ZERO { size } else { (line.height - size).max(Len::ZERO) }
}
