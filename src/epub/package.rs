//! The publication's files, put into epub-builder's hands.

use super::cover;
use super::fonts::FontFile;
use super::markup::clean;
use super::names::Names;
use super::page;
use super::pictures::Embedded;
use super::{Input, chars};
use crate::book::sections::headed;
use crate::book::words::words;
use crate::book::{Block, BlockKind, Chapter, Division, text::plain};
use crate::diag::{Diagnostic, code};
use epub_builder::{
    EpubBuilder, EpubContent, EpubVersion, ReferenceType, TocElement, ZipLibrary,
};

/// All that the files are made of.
pub(super) struct Draft<'a> {
    /// what the caller gave
    pub(super) input: &'a Input<'a>,
    /// files and anchors
    pub(super) names: &'a Names,
    /// pictures
    pub(super) pictures: &'a Embedded,
    /// fonts, cut down
    pub(super) fonts: &'a [FontFile],
}

/// What went wrong, as the author is told.
pub(super) fn fault(e: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code::WRITE_FAILED, format!("the EPUB cannot be put together: {e}"))
}

/// The package as epub-builder makes it: complete, but with its own identifier
/// and dates.
pub(super) fn build(draft: &Draft) -> Result<Vec<u8>, Diagnostic> {
    let book = draft.input.book;
    let words = words(page::lang(&book.meta));
    let zip = ZipLibrary::new().map_err(fault)?;
    let mut epub = EpubBuilder::new(zip).map_err(fault)?;
    epub.epub_version(EpubVersion::V33);
    epub.set_toc_name(words.contents);
    epub.set_title(clean(&book.meta.title));
    let mut css = chars::font_faces(draft.fonts);
    css += draft.input.css;
    epub.stylesheet(css.as_bytes()).map_err(fault)?;
    let cover = cover::svg(draft.input);
    epub.add_cover_image("images/cover.svg", cover.as_bytes(), "image/svg+xml")
        .map_err(fault)?;
    pages(&mut epub, draft)?;
    resources(&mut epub, draft)?;
    let mut out = vec![];
    epub.generate(&mut out).map_err(fault)?;
    Ok(out)
}

/// One file of `text/`.
struct Page<'a> {
    name: &'a str,
    /// in the contents; empty for none
    title: &'a str,
    /// as a landmark
    kind: Option<ReferenceType>,
    text: String,
    level: i32,
    sections: Vec<TocElement>,
}

impl<'a> Page<'a> {
    fn plain(
        name: &'a str,
        title: &'a str,
        kind: Option<ReferenceType>,
        text: String,
    ) -> Page<'a> {
        Page { name, title, kind, text, level: 1, sections: vec![] }
    }

    fn add(self, epub: &mut EpubBuilder<ZipLibrary>) -> Result<(), Diagnostic> {
        let url = format!("text/{}.xhtml", self.name);
        let mut content = EpubContent::new(url, self.text.as_bytes()).level(self.level);
        content.toc.title = self.title.to_string();
        content.reftype = self.kind;
        content = self.sections.into_iter().fold(content, EpubContent::child);
        epub.add_content(content).map(|_| ()).map_err(fault)
    }
}

fn pages(epub: &mut EpubBuilder<ZipLibrary>, draft: &Draft) -> Result<(), Diagnostic> {
    let book = draft.input.book;
    let (meta, words) = (&book.meta, words(page::lang(&book.meta)));
    let cover = page::cover(meta, words);
    Page::plain("cover", "", Some(ReferenceType::Cover), cover).add(epub)?;
    // the contents may not be empty, even those of a book without a chapter
    let title = if book.chapters.is_empty() { words.title_page } else { "" };
    let text = page::titlepage(meta, words);
    Page::plain("titlepage", title, Some(ReferenceType::TitlePage), text).add(epub)?;
    if let Some(text) = page::copyright(book) {
        let kind = Some(ReferenceType::Copyright);
        Page::plain("copyright", "", kind, text).add(epub)?;
    }
    let (mut in_part, mut begun) = (false, false);
    for (i, chapter) in book.chapters.iter().enumerate() {
        let body = chapter.division == Division::Body;
        if let (Some(part), Some(stem)) = (&chapter.part, draft.names.parts.get(&i)) {
            let kind = start(&mut begun, body);
            let name = clean(&part.name());
            Page::plain(stem, &name, kind, page::part(meta, part)).add(epub)?;
            in_part = true;
        }
        in_part &= body || chapter.part.is_some();
        let name = &draft.names.stems[i];
        Page {
            name,
            title: &page::chapter_title(chapter, meta),
            kind: start(&mut begun, body),
            text: page::chapter(draft, i),
            level: 1 + i32::from(in_part) + i32::from(chapter.depth),
            sections: sections(chapter, name, draft.names),
        }
        .add(epub)?;
    }
    Ok(())
}

/// The first page of the body is where readers begin.
fn start(begun: &mut bool, body: bool) -> Option<ReferenceType> {
    let first = body && !*begun;
    *begun |= body;
    first.then_some(ReferenceType::Text)
}

fn resources(
    epub: &mut EpubBuilder<ZipLibrary>,
    draft: &Draft,
) -> Result<(), Diagnostic> {
    for file in draft.pictures.files.values() {
        epub.add_resource(&file.name, &file.bytes[..], file.media).map_err(fault)?;
    }
    for font in draft.fonts {
        epub.add_resource(&font.name, &font.bytes[..], font.media).map_err(fault)?;
    }
    Ok(())
}

/// A chapter's sections for the contents: two levels, since a third is more
/// than the screen of a reader shows at once.
fn sections(chapter: &Chapter, stem: &str, names: &Names) -> Vec<TocElement> {
    let mut out: Vec<TocElement> = vec![];
    for Block { kind, .. } in &chapter.blocks {
        let BlockKind::Heading { level, id, number, text } = kind else { continue };
        let title = clean(&headed(number.as_deref(), &plain(text)));
        let Some(anchor) = names.anchor(id).filter(|_| !title.trim().is_empty()) else {
            continue;
        };
        let entry = TocElement::new(format!("text/{stem}.xhtml#{anchor}"), title);
        match (level, out.last_mut()) {
            (0..=2, _) | (3, None) => out.push(entry),
            (3, Some(last)) => last.children.push(entry),
            (4.., _) => {}
        }
    }
    out
}
