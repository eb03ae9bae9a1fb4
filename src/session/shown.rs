//! What a session tells of itself: its pages to a preview, its files to build engines.

use super::Session;
use crate::book::walk;
use crate::page::Page;
use crate::preview::Shown;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

impl Session {
    /// The book as it is now, for a preview: it stays so while the session goes on.
    pub fn shown(&mut self, tick: &(dyn Fn() + Sync)) -> Shown {
        self.pages(tick);
        let mut named = BTreeMap::new();
        for picture in self.book.chapters.iter().flat_map(walk::pictures) {
            named.entry(picture.path.clone()).or_insert(picture.span);
        }
        let pages = self.pages.clone().unwrap_or_default();
        Shown {
            title: self.book.meta.title.clone(),
            lang: self.book.meta.lang.clone(),
            outline: Shown::outline(&self.book, &pages),
            pages,
            fonts: self.fonts.clone(),
            pictures: self.pictures.clone(),
            inks: self.config.inks.clone(),
            sources: self.sources.clone(),
            named,
        }
    }
    /// The files that were read so far, sorted: what the book is made of, for programs
    /// that make it again only when one of them changes.
    pub fn files_read(&self) -> Vec<PathBuf> {
        self.folder.files_read()
    }
    /// The pages, if they were set.
    pub(super) fn set_pages(&self) -> &[Arc<Page>] {
        self.pages.as_deref().map_or(&[], Vec::as_slice)
    }
}
