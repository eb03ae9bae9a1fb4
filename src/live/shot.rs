//! What is seen of a book at one moment, and what changed since the moment before.

use crate::preview::glyph::{self, Known};
use crate::preview::svg::{self, Addresses, Drawing};
use crate::preview::{Shown, hash};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// A book's pages with a name for what each looks like.
#[derive(Debug)]
pub struct Shot {
    /// the book
    pub shown: Shown,
    /// of each page: what it looks like
    pub looks: Vec<u64>,
    /// hashes of pictures by path
    pub pictures: hash::Hashes,
    /// of each face: which it is
    faces: Vec<u64>,
    /// outlines that were drawn, shared as long as the faces are the same
    glyphs: Arc<Mutex<Known>>,
    /// pages by look
    places: BTreeMap<u64, usize>,
    addresses: Addresses,
}

/// Pages that others stand in for.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Change {
    /// which are gone, of the pages before
    pub gone: Range<usize>,
    /// which came, of the pages now
    pub came: Range<usize>,
}

impl Shot {
    /// Names what is seen; what is known from the moment before is not asked again.
    pub fn new(shown: Shown, before: Option<&Shot>) -> Shot {
        let known = before.map(|b| (&b.shown, &b.pictures));
        let pictures = hash::pictures(&shown, known);
        let same = before.filter(|b| Arc::ptr_eq(&b.shown.fonts, &shown.fonts));
        let faces = same.map_or_else(|| hash::faces(&shown.fonts), |b| b.faces.clone());
        // Where a picture or an ink is another, all is looked at.
        let alike = |b: &&Shot| b.pictures == pictures && b.shown.inks == shown.inks;
        let known = same.filter(alike).map(|b| (&b.shown, b.looks.as_slice()));
        let looks = hash::pages(&shown, &faces, &pictures, known);
        let glyphs = before.filter(|b| b.faces == faces).map(|b| b.glyphs.clone());
        let mut places = BTreeMap::new();
        for (n, look) in looks.iter().enumerate() {
            places.entry(*look).or_insert(n);
        }
        let address = |(path, hash): (&String, &u64)| {
            (path.clone(), format!("/picture/{}", hash::name(*hash)))
        };
        let addresses = pictures.iter().map(address).collect();
        let glyphs = glyphs.unwrap_or_default();
        Shot { shown, looks, pictures, faces, glyphs, places, addresses }
    }
    /// The first page with a look, from 0.
    pub fn place(&self, look: u64) -> Option<usize> {
        self.places.get(&look).copied()
    }
    /// A page as a drawing.
    pub fn draw(&self, page: usize) -> Option<Drawing> {
        let page = self.shown.pages.get(page)?;
        Some(svg::page(&self.shown, page, &self.addresses, &self.faces))
    }
    /// The outlines of glyphs of a face, by its name, each as the path of an SVG.
    pub fn outlines(&self, face: u64, ids: &[u16]) -> Option<BTreeMap<u16, String>> {
        // They stay good, whatever happened to who drew the last.
        let mut known = self.glyphs.lock().unwrap_or_else(PoisonError::into_inner);
        glyph::outlines(&self.shown, &self.faces, face, ids, &mut known)
    }
    /// Outlines that are on a page and not on one of the moment before: the name of the
    /// face, the glyph, its path.
    pub fn new_outlines(
        &self,
        page: usize,
        before: &Shot,
        old: usize,
    ) -> Vec<(u64, u16, String)> {
        let on = |shot: &Shot, page: usize| {
            let page = shot.shown.pages.get(page);
            page.map(|page| glyph::on(page, &shot.faces)).unwrap_or_default()
        };
        let mut out = vec![];
        for (face, id) in on(self, page).difference(&on(before, old)) {
            let found = self.outlines(*face, &[*id]).unwrap_or_default();
            out.extend(found.into_iter().map(|(id, path)| (*face, id, path)));
        }
        out
    }
    /// What changed since the moment before; empty ranges where nothing did.
    pub fn change(&self, before: &Shot) -> Change {
        let (old, new) = (&before.looks, &self.looks);
        let most = old.len().min(new.len());
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let ends = old.iter().rev().zip(new.iter().rev()).take(most - head);
        let tail = ends.take_while(|(a, b)| a == b).count();
        Change { gone: head..old.len() - tail, came: head..new.len() - tail }
    }
}

impl Change {
    /// Whether all looks as before.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.came.is_empty()
    }
}
