//! Which glyphs pages use, and what each stands for there: counted once, and where pages
//! change, for those alone.

use crate::font::FaceId;
use crate::page::{Draw, Page};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The glyphs that pages use, and what they stand for there.
#[derive(Debug, Default)]
pub struct Used {
    glyphs: BTreeMap<FaceId, Glyphs>,
    /// the pages
    pages: Vec<Arc<Page>>,
}

/// The glyphs of a face that are used.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    /// where each stands below, counted from 1, by its index; 0 for none
    places: Vec<u16>,
    seen: Vec<(u16, Texts)>,
}

/// A glyph is common that is one of so many.
const COMMON: i64 = 1000;

/// What a glyph stands for, and how often.
#[derive(Debug, Default, Clone)]
pub(super) struct Texts {
    /// a text, as [`short`] has it: nearly all that there is of it
    first: (u64, i64),
    others: Vec<(Box<str>, i64)>,
}

impl Used {
    /// Counts what some pages use; of pages that were counted before, what is another.
    pub fn count(&mut self, pages: &[Arc<Page>]) {
        let old = std::mem::take(&mut self.pages);
        let same = |(a, b): &(&Arc<Page>, &Arc<Page>)| Arc::ptr_eq(a, b);
        let head = old.iter().zip(pages).take_while(same).count();
        let ends = old[head..].iter().rev().zip(pages[head..].iter().rev());
        let tail = ends.take_while(same).count();
        if (head + tail) * 2 < pages.len().max(old.len()) {
            *self = Used::all(pages);
        } else {
            self.add(&old[head..old.len() - tail], -1);
            self.add(&pages[head..pages.len() - tail], 1);
        }
        self.pages = pages.to_vec();
    }
    fn all(pages: &[Arc<Page>]) -> Used {
        // Parts of a book differ little in what they use: few large ones merge fast.
        let part = pages.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = pages.par_chunks(part).map(|pages| {
            let mut part = Used::default();
            part.add(pages, 1);
            part
        });
        parts.reduce(Used::default, Used::merged)
    }
    /// The faces of which glyphs are used.
    pub(super) fn faces(&self) -> impl Iterator<Item = (FaceId, &Glyphs)> {
        let all = self.glyphs.iter().map(|(id, glyphs)| (*id, glyphs));
        all.filter(|(_, glyphs)| glyphs.all().next().is_some())
    }
    fn merged(mut self, part: Used) -> Used {
        for (face, glyphs) in part.glyphs {
            let known = self.glyphs.entry(face).or_default();
            for (id, texts) in glyphs.seen {
                texts.each(|text, n| known.texts(id).add(text, n));
            }
        }
        self
    }
    /// Adds what pages use, so many times.
    fn add(&mut self, pages: &[Arc<Page>], n: i64) {
        for draw in pages.iter().flat_map(|p| p.draws()) {
            let Draw::Text(run) = draw else { continue };
            if run.glyphs.is_empty() {
                continue;
            }
            let glyphs = self.glyphs.entry(run.face).or_default();
            for g in &run.glyphs {
                let (from, to) = (g.text.0 as usize, g.text.1 as usize);
                let texts = glyphs.texts(g.id);
                let short = short(&run.text.as_bytes()[from..], to - from);
                if short > 0 && short == texts.first.0 {
                    texts.first.1 += n;
                } else {
                    texts.add(&run.text[from..to], n);
                }
            }
        }
    }
}

impl Glyphs {
    fn texts(&mut self, id: u16) -> &mut Texts {
        let id_at = usize::from(id);
        if self.places.len() <= id_at {
            self.places.resize(id_at + 1, 0);
        }
        if self.places[id_at] == 0 {
            self.seen.push((id, Texts::default()));
            // A face has 65,535 glyphs at the most.
            self.places[id_at] = self.seen.len() as u16;
        }
        let at = usize::from(self.places[id_at]) - 1;
        &mut self.seen[at].1
    }
    /// Those that stand somewhere.
    fn all(&self) -> impl Iterator<Item = &(u16, Texts)> {
        self.seen.iter().filter(|(_, texts)| texts.stand())
    }
    /// The same in the order in which a file numbers them: glyph 0, common ones, others.
    /// Then the first of a number's two bytes is mostly one of two or three, and the pages
    /// of a long book are a twentieth shorter. An order by how common each is gains no more,
    /// and the correction of a word would number glyphs anew, and with them every page.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (u16, &Texts)> {
        let sum = self.all().map(|(_, texts)| texts.count()).sum::<i64>();
        let rare = |texts: &Texts| texts.count() * COMMON < sum;
        let mut out: Vec<_> = self.all().collect();
        out.sort_unstable_by_key(|(id, texts)| (*id > 0, rare(texts), *id));
        out.into_iter().map(|(id, texts)| (*id, texts))
    }
}

impl Texts {
    fn add(&mut self, text: &str, n: i64) {
        let short = short(text.as_bytes(), text.len());
        if short > 0 && (self.first.0 == short || self.first.0 == 0) {
            self.first = (short, self.first.1 + n);
            return;
        }
        match self.others.iter_mut().find(|t| *t.0 == *text) {
            Some(known) => known.1 += n,
            None => self.others.push((text.into(), n)),
        }
    }
    /// Calls something with each text that it stands for, and how often.
    fn each(&self, mut f: impl FnMut(&str, i64)) {
        let (bytes, length) = long(self.first.0);
        let first = std::str::from_utf8(&bytes[..length]).unwrap_or_default();
        let others = self.others.iter().map(|t| (&*t.0, t.1));
        let all = std::iter::once((first, self.first.1)).chain(others);
        all.filter(|t| t.1 > 0).for_each(|(text, n)| f(text, n));
    }
    /// How often the glyph stands somewhere.
    fn count(&self) -> i64 {
        self.first.1 + self.others.iter().map(|t| t.1).sum::<i64>()
    }
    fn stand(&self) -> bool {
        self.first.1 > 0 || self.others.iter().any(|t| t.1 > 0)
    }
    /// The text as which the glyph is copied: the one that it stands for most often, and
    /// of several the first in the order of their bytes; nothing where it stands for
    /// nothing. Where it stands for another, the page says so ([`super::content`]).
    pub(super) fn usual(&self) -> String {
        let mut best = (String::new(), 0);
        self.each(|text, n| {
            let better = n > best.1 || (n == best.1 && text < best.0.as_str());
            if better && !text.is_empty() {
                best = (text.into(), n);
            }
        });
        best.0
    }
}

/// A text of at most seven bytes, the first of a longer one, as a number, which is
/// compared at once; 0 for more bytes.
pub(super) fn short(text: &[u8], bytes: usize) -> u64 {
    if bytes > 7 {
        return 0;
    }
    let all = match text.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => text.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)),
    };
    let mask = (1 << (8 * bytes)) - 1;
    (bytes as u64 + 1) << 56 | all & mask
}

/// The bytes of such a number, and how many they are.
fn long(short: u64) -> ([u8; 8], usize) {
    (short.to_le_bytes(), (short >> 56).saturating_sub(1) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_in_any_order() {
        let count = |all: &[(&str, i64)]| {
            let mut texts = Texts::default();
            all.iter().for_each(|(text, n)| texts.add(text, *n));
            texts
        };
        assert_eq!(count(&[("人", 2), ("⼈", 1)]).usual(), "人");
        assert_eq!(count(&[("⼈", 1), ("人", 2)]).usual(), "人");
        let mut seen = vec![];
        let texts = count(&[("a", 1), ("longer than seven", 1), ("", 1)]);
        texts.each(|text, n| seen.push((text.to_string(), n)));
        assert_eq!(seen.len(), 3, "{seen:?}");
        // Of those that are as often it is the first, and none that is gone.
        assert_eq!(texts.usual(), "a");
        let gone = count(&[("a", 1), ("longer than seven", 1), ("", 1), ("a", -1)]);
        assert_eq!(gone.usual(), "longer than seven");
        let none = count(&[("a", 1), ("", 1), ("a", -1)]);
        assert!(none.stand() && none.usual().is_empty());
        assert!(!count(&[("a", 1), ("a", -1)]).stand());
    }

    #[test]
    fn common_glyphs_have_the_first_numbers() {
        let order = |counts: &[(u16, i64)]| {
            let mut glyphs = Glyphs::default();
            counts.iter().for_each(|(id, n)| glyphs.texts(*id).add("x", *n));
            glyphs.in_order().map(|(id, _)| id).collect::<Vec<_>>()
        };
        let counts = [(9, 5_000), (3, 2), (7, 4_900), (0, 1), (5, 1), (8, 0)];
        assert_eq!(order(&counts), [0, 7, 9, 3, 5]);
        // A few more or less of them change nothing.
        let later = [(9, 4_890), (3, 1), (7, 4_903), (0, 4), (5, 3), (8, 0)];
        assert_eq!(order(&later), [0, 7, 9, 3, 5]);
        // In a short text all are common.
        assert_eq!(order(&[(9, 5), (3, 2), (7, 1)]), [3, 7, 9]);
    }
}
