//! What a session keeps when its book is read again.

use super::files::new_fonts;
use crate::config::{Config, FontName, FontSource};
use crate::diag::Sink;
use crate::font::FontSet;
use crate::manuscript::{self, Folder};
use crate::picture::Pictures;
use crate::source::FileId;
use crate::{epub, page, pdf};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The texts of settings, theme and style sheet.
pub(super) type Settings = [Option<Arc<str>>; 3];

/// What a file says, if it is there.
pub(super) fn said(file: &Option<(Arc<str>, FileId)>) -> Option<Arc<str>> {
    file.as_ref().map(|f| f.0.clone())
}

/// Work that is done already, for the same settings.
#[derive(Debug, Default)]
pub(super) struct Warm {
    pub(super) text: manuscript::Known,
    pub(super) laid: page::Known,
    /// by their names
    pub(super) files: BTreeMap<String, Made>,
}

/// What is kept of a file that was made.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) pdf: pdf::Known,
    pub(super) epub: epub::Known,
}

/// What there is of the book as it was read before.
#[derive(Debug, Default)]
pub(super) struct Old {
    pub(super) settings: Settings,
    /// the fonts that its settings name
    pub(super) named: Vec<FontSource>,
    pub(super) fonts: Option<Arc<FontSet>>,
    pub(super) pictures: Arc<Pictures>,
    pub(super) front: Pictures,
    /// the folder that it was read from
    pub(super) folder: Option<Folder>,
    pub(super) warm: Warm,
}

impl Old {
    /// The fonts of a book, and whether they are the same as before.
    pub(super) fn fonts(
        &mut self,
        folder: &Folder,
        config: &Config,
        machine: bool,
        sink: &mut Sink,
    ) -> (Arc<FontSet>, bool) {
        match self.fonts.take().filter(|old| self.has(old, folder, config)) {
            Some(old) => (old, true),
            None => (new_fonts(folder, config, machine, sink).into(), false),
        }
    }
    /// Whether these are the fonts that the settings name, with the same bytes. Where
    /// one could not be used they are looked for again.
    fn has(&self, old: &FontSet, folder: &Folder, config: &Config) -> bool {
        let limit = config.limits.file_bytes;
        let same = |(named, (_, face)): (&FontSource, _)| {
            let face: &crate::font::Face = face;
            match &named.source {
                FontName::File(path) => {
                    let same = |bytes: Vec<u8>| *bytes == *face.data;
                    folder.is_same(path) || folder.bytes(path, limit).is_ok_and(same)
                }
                FontName::Family(_) => true,
            }
        };
        self.named == config.fonts
            && old.own() == config.fonts.len()
            && config.fonts.iter().zip(old.faces()).all(same)
    }
}
