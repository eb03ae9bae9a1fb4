//! The publication's files, put into epub-builder's hands. It gets their names and
//! places and no contents: what it makes of them is small, and the contents are
//! deflated side by side when the archive is finished.

use super::cover::Cover;
use super::drawn::Drawn;
use super::files::{self, File};
use super::fonts::FontFile;
use super::markup::clean;
use super::names::Names;
use super::page;
use super::pagelist::{Breaks, Mark, Marks};
use super::pictures::Embedded;
use super::profile::{Notes, Traits};
use super::{Input, chars, icon, notes, obfuscate, turn};
use crate::book::paging::At;
use crate::book::words::words;
use crate::book::{Chapter, Division};
use crate::config::reader::Embedding;
use crate::diag::{Diagnostic, code};
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// All that the files are made of.
pub(super) struct Draft<'a> {
    /// what the caller gave
    pub(super) input: &'a Input<'a>,
    /// what its reading systems ask for
    pub(super) traits: &'a Traits,
    /// files and anchors
    pub(super) names: &'a Names,
    /// pictures
    pub(super) pictures: &'a Embedded,
    /// formulas as pictures
    pub(super) drawn: &'a Drawn,
    /// the cover
    pub(super) cover: &'a Cover,
    /// fonts, cut down
    pub(super) fonts: &'a [FontFile],
    /// the pages of the printed edition
    pub(super) marks: &'a Marks<'a>,
}

/// The package as epub-builder makes it, and what goes into it.
pub(super) struct Raw<'a> {
    /// the archive: its files are named, but hold nothing
    pub(super) archive: Vec<u8>,
    /// what they hold, by their path in the archive
    pub(super) bodies: BTreeMap<String, Cow<'a, [u8]>>,
    /// the pages of the printed edition, in the order of the text: address and number
    pub(super) pages: Vec<(String, Mark)>,
    /// the files that hold MathML
    pub(super) formulas: Vec<String>,
    /// bytes of each file of text with the pictures that it shows
    pub(super) sizes: Vec<(String, usize)>,
}

/// What went wrong, as the author is told.
pub(super) fn fault(e: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code::WRITE_FAILED, format!("the EPUB cannot be put together: {e}"))
}

/// Has epub-builder make the package.
pub(super) fn build<'a>(
    draft: &Draft<'a>,
    files: Vec<File>,
) -> Result<Raw<'a>, Diagnostic> {
    let book = draft.input.book;
    let pages = files::pages(draft, &files);
    let formulas = files::formulas(&files);
    let sizes = files.iter().map(|f| (f.path(), size(f, draft))).collect();
    let mut into = Into { epub: builder()?, bodies: BTreeMap::new() };
    into.epub.set_toc_name(words(page::lang(&book.meta)).contents);
    into.epub.set_title(clean(&book.meta.title));
    let mut css = chars::font_faces(draft.fonts);
    let looks = format!("{}{}", draft.input.css, rules(&files));
    css += &if draft.input.vertical { turn::vertical(&looks) } else { looks };
    into.epub.stylesheet(&b""[..]).map_err(fault)?;
    into.body("stylesheet.css", css.into_bytes().into());
    let cover = draft.cover;
    into.epub.add_cover_image(&cover.name, &b""[..], cover.media).map_err(fault)?;
    into.body(&cover.name, Cow::Borrowed(&cover.bytes));
    files.into_iter().try_for_each(|f| into.text(f))?;
    resources(&mut into, draft)?;
    let mut archive = vec![];
    into.epub.generate(&mut archive).map_err(fault)?;
    Ok(Raw { archive, bodies: into.bodies, pages, formulas, sizes })
}

fn builder() -> Result<EpubBuilder<ZipLibrary>, Diagnostic> {
    let mut epub = EpubBuilder::new(ZipLibrary::new().map_err(fault)?).map_err(fault)?;
    epub.epub_version(EpubVersion::V33);
    Ok(epub)
}

/// What is put into the package.
struct Into<'a> {
    epub: EpubBuilder<ZipLibrary>,
    bodies: BTreeMap<String, Cow<'a, [u8]>>,
}

impl<'a> Into<'a> {
    fn body(&mut self, name: &str, bytes: Cow<'a, [u8]>) {
        self.bodies.insert(format!("OEBPS/{name}"), bytes);
    }
    fn text(&mut self, file: File) -> Result<(), Diagnostic> {
        let path = file.path();
        let mut content = EpubContent::new(path.clone(), &b""[..]).level(file.level);
        content.toc.title = file.title;
        content.reftype = file.kind;
        content = file.sections.into_iter().fold(content, EpubContent::child);
        self.epub.add_content(content).map_err(fault)?;
        self.body(&path, file.text.into_bytes().into());
        Ok(())
    }
    fn resource(
        &mut self,
        name: &str,
        media: &str,
        bytes: Cow<'a, [u8]>,
    ) -> Result<(), Diagnostic> {
        self.epub.add_resource(name, &b""[..], media).map_err(fault)?;
        self.body(name, bytes);
        Ok(())
    }
}

/// The rules that single files need.
fn rules(files: &[File]) -> String {
    let all: BTreeSet<&String> = files.iter().flat_map(|f| &f.rules).collect();
    if all.is_empty() {
        return String::new();
    }
    let all: Vec<_> = all.into_iter().map(String::as_str).collect();
    format!("\n/* widths that the book says */\n\n{}\n", all.join("\n"))
}

/// The bytes of a file and of the pictures in it.
fn size(file: &File, draft: &Draft) -> usize {
    let shown: BTreeSet<&str> = file
        .text
        .split("src=\"../")
        .skip(1)
        .filter_map(|s| s.split('"').next())
        .collect();
    let pictures = draft.pictures.files.values();
    let pictures = pictures.filter(|p| shown.contains(p.name.as_str()));
    file.text.len() + pictures.map(|p| p.bytes.len()).sum::<usize>()
}

/// The page of the printed contents. Where front matter stands before them on paper
/// and behind them here, it is left out, so that the list goes on as the text does.
pub(super) fn contents<'a>(draft: &Draft<'a>) -> Breaks<'a> {
    let front = |c: &Chapter| c.division == Division::Front;
    match draft.input.book.chapters.iter().any(front) {
        true => Breaks::default(),
        false => draft.marks.first(&At::Contents),
    }
}

fn resources<'a>(into: &mut Into<'a>, draft: &Draft<'a>) -> Result<(), Diagnostic> {
    for file in draft.pictures.files.values() {
        into.resource(&file.name, file.media, Cow::Borrowed(&file.bytes))?;
    }
    for file in draft.drawn.files() {
        into.resource(&file.name, file.media, Cow::Borrowed(&file.bytes))?;
    }
    let noted = draft.input.book.chapters.iter().any(|c| !c.notes.is_empty());
    if noted && draft.traits.notes != Notes::Mark {
        into.resource(notes::ICON, "image/png", icon::note().into())?;
    }
    let key = obfuscate::key(draft.input);
    for font in draft.fonts {
        let mut bytes = Cow::Borrowed(&font.bytes[..]);
        if draft.input.embedding == Embedding::Obfuscated {
            obfuscate::scramble(bytes.to_mut(), &key);
        }
        into.resource(&font.name, font.media, bytes)?;
    }
    Ok(())
}
