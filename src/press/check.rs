//! What a printer would send back: pictures that are too coarse, colours and inks
//! that a press does not have, rules that are too thin, text too near to an edge,
//! books that are too thin or too thick.

use super::filled;
use crate::book::walk;
use crate::colour::Way;
use crate::colour::ink::Ink;
use crate::config::Press;
use crate::diag::{Diagnostic, Sink, code};
use crate::geom::{Len, Rect};
use crate::page::{Draw, Input, Page};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Looks a book's pages through, as they were before they stood on sheets.
pub fn check(
    input: &Input<'_>,
    pages: &[Arc<Page>],
    press: &Press,
    colours: &Way,
    sink: &mut Sink,
) {
    let pictures = input.book.chapters.iter().flat_map(walk::pictures);
    let mut spans = BTreeMap::new();
    for p in pictures {
        spans.entry(p.path.as_str()).or_insert(p.span);
    }
    let mut c = Check { input, press, colours, spans, found: vec![] };
    c.count(pages.len());
    c.rules(pages);
    c.edges(pages);
    c.pictures(pages);
    c.inks(pages);
    c.found.into_iter().for_each(|d| sink.push(d));
}

pub(super) struct Check<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) press: &'a Press,
    pub(super) colours: &'a Way,
    /// where pictures are named
    pub(super) spans: BTreeMap<&'a str, Span>,
    pub(super) found: Vec<Diagnostic>,
}

impl Check<'_> {
    pub(super) fn say(&mut self, d: Diagnostic, span: Option<Span>) {
        self.found.push(Diagnostic { span, ..d });
    }
    fn count(&mut self, pages: usize) {
        let all = filled(pages, self.press.signature);
        let [least, most] = self.press.pages;
        if !(usize::from(least)..=usize::from(most)).contains(&all) {
            let message =
                format!("the book has {all} pages, the printer binds {least} to {most}");
            let hint = "another trim, size or leading in [page] makes more or fewer";
            self.say(Diagnostic::new(code::PAGE_COUNT, message).hint(hint), None);
        }
    }
    /// Rules and strokes that are thinner than plates hold, each thickness once.
    fn rules(&mut self, pages: &[Arc<Page>]) {
        let mut thin: BTreeMap<Len, &str> = BTreeMap::new();
        for page in pages {
            for draw in page.draws() {
                let thick = match draw {
                    Draw::Rule { size, .. } => size.w.min(size.h),
                    Draw::Path { outline, .. } => match outline.line {
                        Some(line) => line,
                        None => continue,
                    },
                    Draw::Text(_) | Draw::Image { .. } | Draw::Turned(_) => continue,
                };
                if thick > Len::ZERO && thick < self.press.hairline {
                    thin.entry(thick).or_insert(&page.label);
                }
            }
        }
        for (thick, label) in thin {
            let least = self.press.hairline;
            let message = format!(
                "a rule of {thick} pt on page {label} is thinner than {least} pt"
            );
            let hint = "it may not print; choose a theme or a size with thicker rules";
            self.say(Diagnostic::new(code::HAIRLINE, message).hint(hint), None);
        }
    }
    /// Text and pictures nearer to an edge than the printer cuts exactly.
    fn edges(&mut self, pages: &[Arc<Page>]) {
        let shift = self.press.gutter.shift(
            filled(pages.len(), self.press.signature),
            self.input.config.page.inner,
        );
        let mut worst: BTreeMap<&str, (Len, &str, Option<Span>)> = BTreeMap::new();
        for page in pages {
            let outwards = if page.recto { shift } else { -shift };
            for (rect, draw) in page.extents() {
                let span = match draw {
                    Draw::Text(run) => Some(run.span).filter(|s| *s != Span::default()),
                    Draw::Image { path, .. } => self.spans.get(path.as_str()).copied(),
                    Draw::Rule { .. } | Draw::Path { .. } | Draw::Turned(_) => continue,
                };
                for (side, free) in free(rect, page, outwards) {
                    // Of what stands equally near, something that has a place.
                    let nearer = |w: &(Len, &str, Option<Span>)| {
                        (free, span.is_none()) < (w.0, w.2.is_none())
                    };
                    if free < self.press.edge && worst.get(side).is_none_or(nearer) {
                        worst.insert(side, (free, &page.label, span));
                    }
                }
            }
        }
        for (side, (free, label, span)) in worst {
            let (free, least) = (mm(free), mm(self.press.edge));
            let message = format!(
                "on page {label} something stands {free} mm from the {side} edge, \
                 the printer wants {least}"
            );
            let hint = "`inner`, `head`, `chars` and `lines` in [page] move the text";
            self.say(Diagnostic::new(code::NEAR_EDGE, message).hint(hint), span);
        }
    }
    /// Inks of the book's own where the printer has four.
    fn inks(&mut self, pages: &[Arc<Page>]) {
        if self.press.spots {
            return;
        }
        let used = pages.iter().flat_map(|p| p.inks());
        let used: BTreeSet<u8> = used
            .filter_map(|ink| match ink {
                Ink::Spot(n, _) => Some(n),
                Ink::Black(_) | Ink::All | Ink::Process(_) => None,
            })
            .collect();
        for n in used {
            let Some(ink) = self.input.config.inks.get(usize::from(n)) else { continue };
            let message = format!("the printer has no ink `{}`", ink.name);
            let hint = "leave `ink` out of the theme, or choose another printer";
            self.say(Diagnostic::new(code::SPOT_INK, message).hint(hint), None);
        }
    }
}

/// How far something is from the edges of the cut page.
fn free(rect: Rect, page: &Page, outwards: Len) -> [(&'static str, Len); 4] {
    let left = rect.at.x + outwards;
    let right = page.size.w - rect.at.x - rect.size.w - outwards;
    let (inner, outer) = if page.recto { (left, right) } else { (right, left) };
    [
        ("upper", rect.at.y),
        ("lower", page.size.h - rect.at.y - rect.size.h),
        ("inner", inner),
        ("outer", outer),
    ]
}

/// Millimetres with one decimal.
fn mm(l: Len) -> f64 {
    (l.to_pt() * 254.0 / 72.0).round() / 10.0
}
