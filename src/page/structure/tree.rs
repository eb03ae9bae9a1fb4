//! The places of all pages together.

use super::runs::{around, join, runs};
use super::{Cell, Place, Role, Run};
use crate::book::Target;
use crate::geom::Rect;
use crate::line::RubySide;
use crate::page::Page;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The structure of a book.
#[derive(Debug, Default)]
pub struct Tree {
    /// the places, each after the one around it; the first is the document
    pub nodes: Vec<Node>,
}

/// A place of the structure with what is in it.
#[derive(Debug)]
pub struct Node {
    /// what it is; nothing for the document
    pub role: Option<Role>,
    /// the place around it
    pub parent: usize,
    /// the places in it, in the order of the text
    pub inside: BTreeMap<u32, usize>,
    /// what is drawn of it, in the order of the text
    pub drawn: Vec<Drawn>,
}

/// What stands of a place on a page without a break but for what is not read.
#[derive(Debug)]
pub struct Drawn {
    /// which page, from 0
    pub page: usize,
    /// numbers of its runs among those of places
    pub runs: Vec<usize>,
    /// where it leads
    pub link: Option<Arc<Target>>,
    /// what it shows, if it is a picture
    pub alt: Option<String>,
    /// which side of characters with a reading it is
    pub side: Option<RubySide>,
    /// where a link or a picture is
    pub areas: Vec<Rect>,
    /// the least rectangle around text and pictures
    pub bounds: Option<Rect>,
}

impl Tree {
    /// The structure of some pages.
    pub fn of(pages: &[Arc<Page>]) -> Tree {
        let mut tree = Tree { nodes: vec![Node::new(None, 0)] };
        for (n, page) in pages.iter().enumerate() {
            let places = runs(page)
                .into_iter()
                .filter_map(|run| Some((run.tag.place()?.clone(), run)));
            for (number, (place, run)) in places.enumerate() {
                let at = tree.node(&place);
                tree.nodes[at].draw(n, number, run);
            }
        }
        tree.tables();
        tree.levels();
        tree
    }
    fn node(&mut self, place: &Place) -> usize {
        place
            .path()
            .into_iter()
            .fold(0, |at, step| self.child(at, step.index, || step.role.clone()))
    }
    /// The place that is this child of another, made if it is not there.
    fn child(&mut self, at: usize, index: u32, role: impl FnOnce() -> Role) -> usize {
        let next = self.nodes.len();
        let known = *self.nodes[at].inside.entry(index).or_insert(next);
        if known == next {
            self.nodes.push(Node::new(Some(role()), at));
        }
        known
    }
    /// The nodes in the order of the text, each with its depth.
    pub fn order(&self) -> Vec<(usize, usize)> {
        let mut out = vec![];
        let mut rest = vec![(0, 0)];
        while let Some((at, depth)) = rest.pop() {
            out.push((at, depth));
            rest.extend(self.nodes[at].inside.values().rev().map(|n| (*n, depth + 1)));
        }
        out
    }
    /// The page on which all of a node stands, and the least rectangle around it.
    pub fn bounds(&self, at: usize) -> Option<(usize, Rect)> {
        let (mut page, mut area, mut rest) = (None, None, vec![at]);
        while let Some(at) = rest.pop() {
            let node = &self.nodes[at];
            for drawn in &node.drawn {
                if *page.get_or_insert(drawn.page) != drawn.page {
                    return None;
                }
                area = around(area, drawn.bounds);
            }
            rest.extend(node.inside.values());
        }
        page.zip(area)
    }
    /// Cells in which nothing is drawn are there too, so that rows are alike
    /// (ISO 14289-1, 7.5).
    fn tables(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(Role::Table(rows)) = &self.nodes[at].role else { continue };
            let rows: Arc<[Vec<Cell>]> = rows.clone();
            for (r, row) in (FIRST_ROW..).zip(rows.iter()) {
                let tr = self.child(at, r, || Role::Row);
                for (n, cell) in (1..).zip(row) {
                    let at = self.child(tr, n, || Role::Cell(*cell));
                    self.nodes[at].role = Some(Role::Cell(*cell));
                }
            }
        }
    }
    /// Headings begin at level 1 and leave none out (ISO 14289-1, 7.4.2).
    fn levels(&mut self) {
        let mut last = 0;
        for (at, _) in self.order() {
            if let Some(Role::Heading(n)) = &mut self.nodes[at].role {
                *n = (*n).clamp(1, last + 1);
                last = *n;
            }
        }
    }
}

/// The first row's index in its table; the caption goes before.
pub(in crate::page) const FIRST_ROW: u32 = 2;

impl Node {
    fn new(role: Option<Role>, parent: usize) -> Node {
        Node { role, parent, inside: BTreeMap::new(), drawn: vec![] }
    }
    /// What leads to the same place and is parted by nothing that is read is one
    /// link: a line of the contents with its page number.
    fn draw(&mut self, page: usize, number: usize, run: Run) {
        let goes_on = |d: &&mut Drawn| {
            (d.page, &d.link, &d.alt, d.side) == (page, &run.link, &run.alt, run.side)
                && d.runs.last() == Some(&number.wrapping_sub(1))
        };
        match self.drawn.last_mut().filter(goes_on) {
            Some(drawn) => {
                drawn.runs.push(number);
                drawn.bounds = around(drawn.bounds, run.bounds);
                run.areas.into_iter().for_each(|a| join(&mut drawn.areas, a));
            }
            None => {
                let Run { link, alt, side, areas, bounds, .. } = run;
                let runs = vec![number];
                self.drawn.push(Drawn { page, runs, link, alt, side, areas, bounds });
            }
        }
    }
}
