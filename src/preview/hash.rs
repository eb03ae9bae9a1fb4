//! Whether a page looks as before: a number made of all that is drawn on it. Where its
//! text was written is no part of it: lines above that come or go change nothing that
//! is seen.

use super::Shown;
use crate::colour::ink::Ink;
use crate::font::{Face, FontBytes, FontSet};
use crate::geom::{Len, Logical, Point};
use crate::line::formula::PathStep;
use crate::line::{GlyphRun, Outline};
use crate::page::structure::Tag;
use crate::page::{Draw, Page};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::sync::Arc;

/// The hash of some bytes; the same on every run of one build of keben.
pub fn bytes(bytes: &[u8]) -> u64 {
    pieces(std::iter::once(bytes))
}

/// The hash of the bytes of some pieces.
pub fn pieces<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> u64 {
    let mut hasher = DefaultHasher::new();
    pieces.for_each(|piece| hasher.write(piece));
    hasher.finish()
}

/// How something is named in a browser whose hash this is: a page by its look, a face, a
/// picture.
pub fn name(hash: u64) -> String {
    format!("{hash:016x}")
}

/// Hashes of pictures by path. Those of the book before are taken over where the bytes
/// are the same in memory.
pub fn pictures(shown: &Shown, before: Option<(&Shown, &Hashes)>) -> Hashes {
    let known = |path: &String, data: &Arc<Vec<u8>>| {
        let (old, hashes) = before?;
        let same = Arc::ptr_eq(&old.pictures.get(path)?.bytes, data);
        hashes.get(path).copied().filter(|_| same)
    };
    let one = |(path, picture): (&String, &crate::picture::Picture)| {
        let hash = known(path, &picture.bytes).unwrap_or_else(|| bytes(&picture.bytes));
        (path.clone(), hash)
    };
    shown.pictures.map.par_iter().map(one).collect()
}

/// Hashes of pictures by path.
pub type Hashes = BTreeMap<String, u64>;

/// The hashes of all pages; `faces` are those of the fonts. Where a page is made of the
/// same things as one of the book before, it is not looked at closer: most pages are.
pub fn pages(
    shown: &Shown,
    faces: &[u64],
    pictures: &Hashes,
    before: Option<(&Shown, &[u64])>,
) -> Vec<u64> {
    let known = |n: usize, page: &Arc<Page>| {
        let (old, looks) = before?;
        // Pages behind an edit may be more or fewer than they were.
        let moved = (n + old.pages.len()).checked_sub(shown.pages.len());
        let same = |at: &usize| {
            let other = old.pages.get(*at);
            other.is_some_and(|o| Arc::ptr_eq(o, page) || same(o, page))
        };
        let at = [Some(n), moved].into_iter().flatten().find(same)?;
        looks.get(at).copied()
    };
    let one = |(n, page): (usize, &Arc<Page>)| {
        if let Some(known) = known(n, page) {
            return known;
        }
        let mut w = Writer { faces, shown, pictures, out: vec![] };
        w.len(page.size.w).len(page.size.h);
        w.text(&page.label).bytes(&[u8::from(page.recto)]);
        for (at, draw, _) in &page.items {
            w.draw(*at, draw);
        }
        bytes(&w.out)
    };
    shown.pages.par_iter().enumerate().map(one).collect()
}

/// Whether two pages are made of the same things, where that is soon seen. Pictures and
/// inks of both are the same.
fn same(a: &Page, b: &Page) -> bool {
    let head = |p: &Page| (p.recto, p.size, p.items.len());
    let alike = |(a, b): (&(Point, Draw, Tag), &(Point, Draw, Tag))| {
        a.0 == b.0
            && match (&a.1, &b.1) {
                (Draw::Text(a), Draw::Text(b)) => Arc::ptr_eq(a, b) || same_run(a, b),
                (Draw::Rule { size, ink }, Draw::Rule { size: s, ink: i }) => {
                    (size, ink) == (s, i)
                }
                (
                    Draw::Image { path, size, alt },
                    Draw::Image { path: p, size: s, alt: a },
                ) => (path, size, alt) == (p, s, a),
                _ => false,
            }
    };
    head(a) == head(b) && a.label == b.label && a.items.iter().zip(&b.items).all(alike)
}

/// Heads and folios are made anew for each book.
fn same_run(a: &GlyphRun, b: &GlyphRun) -> bool {
    let short = |r: &GlyphRun| (r.face, r.size, r.ink, r.width, r.glyphs.len());
    short(a) == short(b) && a.text == b.text && a.glyphs == b.glyphs && a.lang == b.lang
}

/// Which faces a set has: a face may have another number when the book's own change.
pub fn faces(fonts: &FontSet) -> Vec<u64> {
    fonts.faces().map(|f| face(f.1)).collect()
}

fn face(face: &Face) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(face.name.as_bytes());
    hasher.write_u32(face.index);
    match &face.data {
        FontBytes::Static(b) => hasher.write_usize(b.len()),
        FontBytes::Shared(b) => hasher.write(b),
    }
    hasher.finish()
}

/// Puts all that is drawn into one row of bytes; each thing begins with its kind, and
/// what can be of any length with its length.
struct Writer<'a> {
    faces: &'a [u64],
    shown: &'a Shown,
    pictures: &'a Hashes,
    out: Vec<u8>,
}

impl Writer<'_> {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.out.extend_from_slice(bytes);
        self
    }
    fn len(&mut self, l: Len) -> &mut Self {
        self.bytes(&l.to_sp().to_le_bytes())
    }
    fn point(&mut self, p: Point) -> &mut Self {
        self.len(p.x).len(p.y)
    }
    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(&(text.len() as u64).to_le_bytes()).bytes(text.as_bytes())
    }
    fn ink(&mut self, ink: Ink) -> &mut Self {
        match ink {
            Ink::Black(n) => self.bytes(&[0, n]),
            Ink::Spot(n, percent) => {
                let spot = self.shown.inks.get(usize::from(n));
                let rgb = spot.map_or([0; 3], |s| s.on_screen(percent));
                self.bytes(&[1]).bytes(&rgb)
            }
            Ink::All => self.bytes(&[2]),
            Ink::Process(all) => self.bytes(&[3]).bytes(&all),
        }
    }
    fn draw(&mut self, at: Point, draw: &Draw) {
        match draw {
            Draw::Text(run) => {
                self.bytes(b"t").point(at);
                self.run(run);
            }
            Draw::Rule { size, ink } => {
                self.bytes(b"r").point(at).len(size.w).len(size.h).ink(*ink);
            }
            Draw::Image { path, size, alt } => {
                let hash = self.pictures.get(path).copied().unwrap_or_default();
                self.bytes(b"i").point(at).len(size.w).len(size.h).text(alt);
                self.bytes(&hash.to_le_bytes());
            }
            Draw::Path { outline, ink } => {
                self.bytes(b"p").point(at).ink(*ink);
                self.outline(outline);
            }
            Draw::Turned(inside) => self.turned(at, inside),
        }
    }
    fn turned(&mut self, at: Point, inside: &[(Logical, Draw, Tag)]) {
        self.bytes(b"u").point(at);
        for (p, draw, _) in inside {
            self.draw(Point { x: p.inline, y: p.block }, draw);
        }
        self.bytes(b"e");
    }
    fn run(&mut self, run: &GlyphRun) {
        let face = self.faces.get(usize::from(run.face.0)).copied().unwrap_or_default();
        self.bytes(&face.to_le_bytes()).len(run.size).ink(run.ink).text(&run.text);
        self.bytes(&(run.glyphs.len() as u64).to_le_bytes());
        for g in &run.glyphs {
            self.bytes(&g.id.to_le_bytes()).len(g.at());
        }
    }
    fn outline(&mut self, outline: &Outline) {
        match outline.line {
            Some(line) => self.bytes(&[1]).len(line),
            None => self.bytes(&[0]),
        };
        for step in outline.steps.iter() {
            match step {
                PathStep::Move(p) => self.bytes(b"m").point(*p),
                PathStep::Line(p) => self.bytes(b"l").point(*p),
                PathStep::Curve([a, b, c]) => {
                    self.bytes(b"c").point(*a).point(*b).point(*c)
                }
                PathStep::Close => self.bytes(b"z"),
            };
        }
    }
}
