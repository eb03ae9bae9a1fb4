//! What stands one after another on a page in one place.

use super::Tag;
use crate::book::Target;
use crate::geom::{Point, Rect, Size};
use crate::line::RubySide;
use crate::page::area::{area, turned_area};
use crate::page::{Draw, Page};
use std::sync::Arc;

/// Things of one place that are drawn one after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// what they are
    pub tag: Tag,
    /// where they lead
    pub link: Option<Arc<Target>>,
    /// what the picture shows that they are
    pub alt: Option<String>,
    /// which side of characters with a reading they are
    pub side: Option<RubySide>,
    /// how many they are; what is turned counts one by one
    pub count: usize,
    /// whether all of them are text
    pub text: bool,
    /// where links and pictures are, one rectangle for each piece of a line
    pub areas: Vec<Rect>,
    /// the least rectangle around text and pictures
    pub bounds: Option<Rect>,
}

/// The runs of a page. None goes on from inside a turn to its outside.
pub fn runs(page: &Page) -> Vec<Run> {
    let mut runs = Runs::default();
    for (at, draw, tag) in &page.items {
        let Draw::Turned(inside) = draw else {
            runs.put(draw, tag, area(*at, draw));
            continue;
        };
        runs.open = false;
        for (p, draw, tag) in inside {
            runs.put(draw, tag, turned_area(*at, *p, draw));
        }
        runs.open = false;
    }
    runs.out
}

#[derive(Default)]
struct Runs {
    out: Vec<Run>,
    /// whether the last run may go on
    open: bool,
}

impl Runs {
    fn put(&mut self, draw: &Draw, tag: &Tag, area: Option<Rect>) {
        let place = matches!(tag, Tag::In(_));
        let (text, link, alt, side) = match draw {
            Draw::Text(run) => (true, run.link.as_ref(), None, run.side),
            Draw::Image { alt, .. } => (false, None, Some(alt), None),
            Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => {
                (false, None, None, None)
            }
        };
        let (link, alt) = (link.filter(|_| place), alt.filter(|_| place));
        // A link is one, whatever is in it.
        let side = side.filter(|_| place && link.is_none());
        let same = |r: &&mut Run| {
            r.tag == *tag
                && r.link.as_ref() == link
                && r.alt.as_ref() == alt
                && r.side == side
        };
        let open = std::mem::replace(&mut self.open, true);
        let bounds = area;
        let area = area.filter(|_| link.is_some() || alt.is_some());
        match self.out.last_mut().filter(|_| open).filter(same) {
            Some(run) => {
                run.count += 1;
                run.text &= text;
                run.bounds = around(run.bounds, bounds);
                area.into_iter().for_each(|a| join(&mut run.areas, a));
            }
            None => self.out.push(Run {
                tag: tag.clone(),
                link: link.cloned(),
                alt: alt.cloned(),
                side,
                count: 1,
                text,
                areas: area.into_iter().collect(),
                bounds,
            }),
        }
    }
}

/// The least rectangle around two.
pub fn around(a: Option<Rect>, b: Option<Rect>) -> Option<Rect> {
    let (Some(a), Some(b)) = (a, b) else { return a.or(b) };
    let at = Point { x: a.at.x.min(b.at.x), y: a.at.y.min(b.at.y) };
    let right = (a.at.x + a.size.w).max(b.at.x + b.size.w);
    let foot = (a.at.y + a.size.h).max(b.at.y + b.size.h);
    Some(Rect { at, size: Size { w: right - at.x, h: foot - at.y } })
}

/// Adds a rectangle to those of a link; pieces of one line are one.
pub(super) fn join(areas: &mut Vec<Rect>, new: Rect) {
    let level = |a: &&mut Rect| a.at.y == new.at.y && a.at.x <= new.at.x;
    match areas.last_mut().filter(level) {
        Some(last) => {
            let right = |r: &Rect| r.at.x + r.size.w;
            last.size.w = right(last).max(right(&new)) - last.at.x;
            last.size.h = last.size.h.max(new.size.h);
        }
        None => areas.push(new),
    }
}
