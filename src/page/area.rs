//! Where a drawn thing is on its page.

use super::stack::ASCENT;
use super::{Draw, Page};
use crate::book::Target;
use crate::geom::{Logical, Point, Rect, Size};
use crate::line::GlyphRun;
use std::sync::Arc;

impl Page {
    /// Areas that lead somewhere, in the order of what is drawn.
    pub fn links(&self) -> Vec<(Rect, &Arc<Target>)> {
        let to = |d: &Draw| matches!(d, Draw::Text(run) if run.link.is_some());
        let mut out = vec![];
        for (at, draw, _) in &self.items {
            if let Draw::Turned(inside) = draw {
                let inside = inside.iter().filter(|d| to(&d.1));
                out.extend(inside.map(|(p, d, _)| (turned_area(*at, *p, d), d)));
            } else if to(draw) {
                out.push((area(*at, draw), draw));
            }
        }
        out.into_iter()
            .filter_map(|(area, draw)| match draw {
                Draw::Text(run) => Some((area?, run.link.as_ref()?)),
                Draw::Rule { .. }
                | Draw::Image { .. }
                | Draw::Turned(_)
                | Draw::Path { .. } => None,
            })
            .collect()
    }
}

impl Page {
    /// Where text, pictures and rules are, with what is turned in its place.
    pub fn extents(&self) -> Vec<(Rect, &Draw)> {
        let mut out = vec![];
        for (at, draw, _) in &self.items {
            match draw {
                Draw::Turned(inside) => {
                    let inside = inside.iter();
                    out.extend(
                        inside
                            .filter_map(|(p, d, _)| Some((turned_area(*at, *p, d)?, d))),
                    );
                }
                Draw::Rule { size, .. } => {
                    out.push((Rect { at: *at, size: *size }, draw));
                }
                Draw::Text(_) | Draw::Image { .. } | Draw::Path { .. } => {
                    out.extend(area(*at, draw).map(|a| (a, draw)));
                }
            }
        }
        out
    }
}

/// Where text or a picture is; nothing for other things.
pub(super) fn area(at: Point, draw: &Draw) -> Option<Rect> {
    match draw {
        Draw::Text(run) => {
            let at = Point { y: at.y - run.size.frac(ASCENT, 1000), ..at };
            Some(Rect { at, size: extent(run) })
        }
        Draw::Image { size, .. } => Some(Rect { at, size: *size }),
        Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => None,
    }
}

/// The same for a thing inside a turn, whose axes begin at a point of the page.
pub(super) fn turned_area(corner: Point, p: Logical, draw: &Draw) -> Option<Rect> {
    let at = Point { x: p.inline, y: p.block };
    let inside = area(at, draw)?;
    // What was rightwards goes up, what was down goes rightwards.
    let size = Size { w: inside.size.h, h: inside.size.w };
    let at =
        Point { x: corner.x + inside.at.y, y: corner.y - inside.at.x - inside.size.w };
    Some(Rect { at, size })
}

fn extent(run: &GlyphRun) -> Size {
    Size { w: run.width, h: run.size }
}
