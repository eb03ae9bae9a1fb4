//! What a book's session makes for printers: the text on sheets, the wrap, and what
//! would be sent back.

use super::Session;
use super::files::read;
use crate::book::Book;
use crate::colour::{Profile, Space, Way};
use crate::config::{Edition, Medium, Press};
use crate::diag::{Diagnostic, Sink, code};
use crate::pdf::Pieces;
use crate::picture::{self, Look, Pictures, SvgFonts, shown};
use crate::{cover, page, pdf, press};

/// Pixels across the front of the cover for shops: what the largest asks for (KDP,
/// "Cover image guidelines": 1600 × 2560).
const FRONT: f32 = 1600.0;

impl Session {
    /// Says how many pages at the end are blank.
    pub(super) fn blanks(&self, press: &Press, sink: &mut Sink) {
        let pages = self.set_pages().len();
        let all = press::filled(pages, press.signature);
        if all > pages {
            let n = all - pages;
            let message = format!("the book ends with blank pages, {n} of {all}");
            let hint = format!(
                "{} pages are bound together; `signature` in the edition changes that",
                press.signature
            );
            sink.push(Diagnostic::new(code::BLANK_PAGES, message).hint(hint));
        }
    }
    /// The book for a printer: on sheets, filled up to whole signatures.
    pub(super) fn printed(
        &self,
        edition: &Edition,
        press: &Press,
        known: Option<&mut pdf::Known>,
    ) -> Result<Pieces, Diagnostic> {
        let colours = self.way(press)?;
        let pages = self.set_pages();
        let sheets = press::sheets(&self.page_input(), pages, press, &edition.name);
        let input = pdf::Input {
            pages: &sheets.pages,
            medium: Medium::Print,
            colours: &colours,
            press: Some(pdf::Press { edition: &edition.name }),
            bookmarks: press.bookmarks,
            boxes: Some(pdf::Boxes { trim: sheets.trim, bleed: sheets.bleed }),
            ..self.pdf_input()
        };
        pdf::write(&input, known)
    }
    /// The wrap of the printed book, as wide as its pages make it; what is to be
    /// said of it goes into a sink of its own.
    pub fn cover(
        &mut self,
        sink: &mut Sink,
        tick: &(dyn Fn() + Sync),
    ) -> Option<Vec<u8>> {
        let press = self.press();
        let colours = self.way(&press).map_err(|fault| sink.push(fault)).ok()?;
        self.bind(tick);
        let pages = self.bound();
        let pictures = self.background(sink);
        let input = page::Input { pictures: &pictures, ..self.page_input() };
        let cover = cover::cover(&input, pages, press.marks, sink);
        let input = pdf::Input {
            book: &Book { meta: self.book.meta.clone(), ..Book::default() },
            pages: &[cover.page.into()],
            pictures: &pictures,
            medium: Medium::Print,
            colours: &colours,
            press: Some(pdf::Press { edition: "cover" }),
            bookmarks: false,
            boxes: Some(pdf::Boxes { trim: cover.trim, bleed: cover.bleed }),
            ..self.pdf_input()
        };
        let made = pdf::write(&input, None).map_err(|fault| sink.push(fault)).ok();
        made.map(Pieces::into_bytes)
    }
    /// The front of the wrap as a JPEG, for shops; what is to be said of it is said of
    /// the wrap.
    pub fn front(&mut self, tick: &(dyn Fn() + Sync)) -> Option<Vec<u8>> {
        if self.front_is_bound() {
            self.bind(tick);
        }
        let svg = self.front_svg();
        let limit = self.config.limits.picture_pixels;
        let fonts = SvgFonts::new(&self.fonts);
        let drawn = picture::read(svg.into_bytes(), Look::Pixels, limit, &fonts).ok()?;
        let tree = drawn.drawing.as_deref()?;
        // Covers are a few times as high as wide at most.
        let pixels = shown::pixels(tree, FRONT / drawn.width, FRONT as u32 * 8)?;
        shown::jpeg(&pixels)
    }
    /// The front of the wrap as an SVG.
    pub(super) fn front_svg(&self) -> String {
        let pages = if self.front_is_bound() { self.bound() } else { 0 };
        let pictures = self.background(&mut Sink::default());
        let input = page::Input { pictures: &pictures, ..self.page_input() };
        cover::picture::front_picture(&input, pages, &mut Sink::default())
    }
    /// Whether the spine, which is as wide as pages make it, matters to the front: only
    /// where a picture lies behind the whole wrap.
    pub(super) fn front_is_bound(&self) -> bool {
        let whole = self.config.cover.background.as_ref().is_some_and(|b| !b.front);
        whole && self.config.cover.spine.is_none()
    }
    /// Sets the pages as far as they matter to the spine.
    fn bind(&mut self, tick: &(dyn Fn() + Sync)) {
        if self.config.cover.spine.is_none() {
            self.pages(tick);
        }
    }
    /// How many pages are bound, as far as that matters to the spine.
    fn bound(&self) -> usize {
        match self.config.cover.spine {
            Some(_) => 0,
            None => press::filled(self.set_pages().len(), self.press().signature),
        }
    }
    /// The picture behind the wrap.
    fn background(&self, sink: &mut Sink) -> Pictures {
        let background = self.config.cover.background.iter();
        let named = background.map(|b| (b.path.clone(), b.span)).collect();
        let (look, none) = (Look::Pixels, Pictures::default());
        read(named, look, &self.folder, &self.config, &self.fonts, &none, sink)
    }
    /// What printers would send back of the editions for them; of a book without any,
    /// what any printer would.
    pub fn preflight(&mut self, editions: &[Edition], tick: &(dyn Fn() + Sync)) {
        self.pages(tick);
        let mut presses: Vec<_> =
            editions.iter().filter_map(|e| e.press.clone()).collect();
        if presses.is_empty() {
            presses.push(Press::default());
        }
        let mut found = Sink::default();
        let pages = self.set_pages();
        for press in &presses {
            match self.way(press) {
                Ok(colours) => {
                    let input = self.page_input();
                    press::check::check(&input, pages, press, &colours, &mut found);
                }
                Err(fault) => found.push(fault),
            }
        }
        self.sink.append(found);
    }
    /// What becomes of colours for a press: that of the book's profile, or the usual one.
    fn way(&self, press: &Press) -> Result<Way, Diagnostic> {
        let convert = press.convert;
        let Some((path, span)) = &press.profile else {
            return Ok(Way::Press { profile: Profile::fogra39(), convert });
        };
        let bytes = self.folder.bytes(path, self.config.limits.file_bytes);
        let bytes = bytes.map_err(|fault| fault.diagnostic(path, Some(*span)))?;
        let wrong = |why: String| {
            Diagnostic::new(code::NO_PRESS, format!("{path} is no press: {why}"))
                .at(*span)
                .hint("ask the printer for its ICC profile, or leave `profile` out")
        };
        let profile = Profile::read(bytes).map_err(wrong)?;
        if !(profile.prints() && profile.space() == Space::Cmyk) {
            return Err(wrong("it does not turn colours into four inks".into()));
        }
        Ok(Way::Press { profile, convert })
    }
    /// What the printer of the book wants: that of the first edition for a printer.
    fn press(&self) -> Press {
        let named = self.config.editions.iter().find_map(|e| e.press.clone());
        named.unwrap_or_default()
    }
}
