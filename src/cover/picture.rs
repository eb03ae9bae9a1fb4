//! The front alone as a picture (SVG), for shops and reading systems. A picture may
//! not use a book's fonts, so letters are drawn as outlines.

use super::canvas::Canvas;
use super::outline::{Turn, glyph};
use super::{front, paper};
use crate::colour::ink::{Ink, Spot};
use crate::diag::Sink;
use crate::geom::{Len, Point, Rect, Size};
use crate::line::Outline;
use crate::line::formula::PathStep;
use crate::page::{Draw, Input};
use std::fmt::Write;

/// The front of a book, as large as its pages, in points. `None` where a picture lies
/// behind it: that one shows the book by itself.
pub fn front_picture(input: &Input<'_>, sink: &mut Sink) -> Option<String> {
    if input.config.cover.background.is_some() {
        return None;
    }
    let size = input.config.page.trim;
    let page = Rect { at: Point::default(), size };
    let mut c = Canvas::new(*input);
    paper::ground(&mut c, page);
    front::draw(&mut c, page);
    super::missing(&c.faults, sink);
    let mut svg = Svg { inks: &input.config.inks, out: String::new() };
    for (at, draw) in &c.items {
        svg.draw(input, *at, draw);
    }
    let title = escaped(&input.book.meta.title);
    let (w, h) = (number(size.w), number(size.h));
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" xml:lang=\"{}\">\n<title>{title}</title>\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n{}</svg>\n",
        escaped(&input.book.meta.lang),
        svg.out
    ))
}
