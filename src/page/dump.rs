//! Pages as text, for goldens and `keben inspect pages`: what stands where, in
//! points from the top left corner.

use super::{Draw, Page};
use crate::book::Target;
use crate::colour::ink::{BLACK, Ink};
use crate::geom::Len;
use std::fmt::Write;
use std::sync::Arc;

/// All pages.
pub fn dump(pages: &[Arc<Page>]) -> String {
    let mut out = String::new();
    for page in pages {
        let side = if page.recto { "recto" } else { "verso" };
        writeln!(out, "page {} {side}", page.label).ok();
        for (at, draw, _) in &page.items {
            write!(out, "  {:>6} {:>6} ", points(at.x), points(at.y)).ok();
            draw_line(draw, &mut out);
        }
        for (id, at) in &page.anchors {
            writeln!(out, "  {:>6} {:>6} #{id}", points(at.x), points(at.y)).ok();
        }
        for (area, to) in page.links() {
            let to = match to.as_ref() {
                Target::Url(url) => url.clone(),
                Target::Anchor(id) => format!("#{id}"),
            };
            let (x, y) = (points(area.at.x), points(area.at.y));
            writeln!(out, "  {x:>6} {y:>6} link {to}").ok();
        }
    }
    out
}

fn draw_line(draw: &Draw, out: &mut String) {
    match draw {
        Draw::Text(run) if run.text.is_empty() => {
            let n = run.glyphs.len();
            writeln!(out, "{} {n} glyphs that are no text", points(run.size))
        }
        Draw::Text(run) if run.ink != BLACK => {
            writeln!(out, "{} {} {}", points(run.size), ink(run.ink), run.text)
        }
        Draw::Text(run) => writeln!(out, "{} {}", points(run.size), run.text),
        Draw::Rule { size, ink: of } => {
            let (w, h) = (points(size.w), points(size.h));
            writeln!(out, "rule {w} × {h} {}", ink(*of))
        }
        Draw::Path { outline, .. } => {
            writeln!(out, "outline of {} steps", outline.steps.len())
        }
        Draw::Image { path, size, .. } => {
            writeln!(out, "image {path} {} × {}", points(size.w), points(size.h))
        }
        Draw::Turned(inside) => {
            out.push_str("turned\n");
            for (at, draw, _) in inside {
                let (inline, block) = (points(at.inline), points(at.block));
                write!(out, "  | {inline:>6} {block:>6} ").ok();
                draw_line(draw, out);
            }
            Ok(())
        }
    }
    .ok();
}

/// How much of an ink, and which if it is not black.
fn ink(ink: Ink) -> String {
    match ink {
        Ink::Black(n) => format!("{n}%"),
        Ink::Spot(which, n) => format!("{n}% of ink {which}"),
        Ink::All => "all plates".into(),
        Ink::Process([c, m, y, k]) => format!("cmyk {c} {m} {y} {k}"),
    }
}

/// Points with one decimal.
fn points(l: Len) -> String {
    format!("{:.1}", l.to_pt())
}
