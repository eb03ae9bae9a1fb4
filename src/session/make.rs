//! Editions, made side by side. Pages are set once, and at the same time whatever needs
//! none is made.

use super::Session;
use super::warm::Made;
use crate::book::Paging;
use crate::colour::Way;
use crate::config::{Edition, Format, Medium};
use crate::diag::{Code, Diagnostic, Sink, code};
use crate::geom::Len;
use crate::pdf::Pieces;
use crate::{epub, page, pdf};
use rayon::prelude::*;
use std::sync::Arc;

/// How far the making of editions has come.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Step {
    /// a chapter is set
    Chapter,
    /// all pages are set, so many
    Pages(usize),
    /// an edition is made, or could not be
    Edition,
}

/// An edition that is to be made, and what came of it.
struct Job<'a> {
    edition: &'a Edition,
    known: Option<Made>,
    sink: Sink,
    bytes: Option<Pieces>,
}

impl Session {
    /// Makes an edition; what went wrong is in [`Session::sink`]. `tick` is called for each
    /// chapter.
    pub fn make(
        &mut self,
        edition: &Edition,
        tick: &(dyn Fn() + Sync),
    ) -> Option<Vec<u8>> {
        let step = |step| match step {
            Step::Chapter => tick(),
            Step::Pages(_) | Step::Edition => {}
        };
        let made = self.make_all(std::slice::from_ref(edition), &step).pop().flatten();
        made.map(Pieces::into_bytes)
    }
    /// Makes editions; `None` for one that could not be made. What went wrong is in
    /// [`Session::sink`], in their order.
    pub fn make_all(
        &mut self,
        editions: &[Edition],
        step: &(dyn Fn(Step) + Sync),
    ) -> Vec<Option<Pieces>> {
        let jobs = editions.iter().map(|edition| {
            let known = self.known_file(edition);
            Job { edition, known, sink: Sink::default(), bytes: None }
        });
        let mut jobs: Vec<_> = jobs.collect();
        let (on_pages, others): (Vec<_>, Vec<_>) =
            jobs.iter_mut().partition(|job| self.needs_pages(job.edition));
        let others = |session: &Session| {
            others.into_par_iter().for_each(|job| session.work(job, step));
        };
        if on_pages.is_empty() {
            others(self);
        } else {
            self.set_beside(&|| step(Step::Chapter), others);
            step(Step::Pages(self.set_pages().len()));
        }
        let this = &*self;
        on_pages.into_par_iter().for_each(|job| this.work(job, step));
        jobs.into_iter().map(|job| self.done(job)).collect()
    }
    /// Sets the pages, unless they are set, and does something else at the same time.
    fn set_beside(
        &mut self,
        tick: &(dyn Fn() + Sync),
        other: impl FnOnce(&Session) + Send,
    ) {
        if self.pages.is_some() {
            return other(self);
        }
        let mut laid = self.warm.as_mut().map(|w| std::mem::take(&mut w.laid));
        let mut sink = Sink::default();
        let this = &*self;
        let set = || page::pages(&this.page_input(), laid.as_mut(), &mut sink, tick);
        let (pages, ()) = rayon::join(set, || other(this));
        self.pages = Some(pages.into());
        self.sink.append(sink);
        if let (Some(warm), Some(laid)) = (&mut self.warm, laid) {
            warm.laid = laid;
        }
    }
    /// The pages, set once. `tick` is called for each chapter.
    pub fn pages(&mut self, tick: &(dyn Fn() + Sync)) -> &[Arc<page::Page>] {
        self.set_beside(tick, |_| {});
        self.set_pages()
    }
    fn needs_pages(&self, edition: &Edition) -> bool {
        match edition.format {
            Format::Pdf => true,
            Format::Epub => {
                let drawn = self.front.map.is_empty();
                edition.reader.pages_of.is_some() || (drawn && self.front_is_bound())
            }
        }
    }
    /// Makes an edition, whose pages are set if it needs them.
    fn work(&self, job: &mut Job<'_>, step: &(dyn Fn(Step) + Sync)) {
        let made = match job.edition.format {
            Format::Pdf => {
                let known = job.known.as_mut().map(|k| &mut k.pdf);
                match &job.edition.press {
                    Some(press) => {
                        self.blanks(press, &mut job.sink);
                        self.printed(job.edition, press, known)
                    }
                    None => {
                        let pages = self.set_pages();
                        pdf::write(&pdf::Input { pages, ..self.pdf_input() }, known)
                    }
                }
            }
            Format::Epub => {
                let known = job.known.as_mut().map(|k| &mut k.epub);
                self.epub(job.edition, known, &mut job.sink).map(Pieces::from)
            }
        };
        job.bytes = made.map_err(|fault| job.sink.push(fault)).ok();
        step(Step::Edition);
    }
    fn epub(
        &self,
        edition: &Edition,
        known: Option<&mut epub::Known>,
        sink: &mut Sink,
    ) -> Result<Vec<u8>, Diagnostic> {
        let css = self.css();
        let drawn = match self.front.map.is_empty() {
            true => self.front_svg(),
            false => String::new(),
        };
        let cover = self.config.front_cover.as_ref().and_then(|(path, span)| {
            let picture = self.front.get(path)?;
            Some(epub::Front { path, span: *span, picture })
        });
        let (certifier, paging) = (self.certifier(), self.paging(edition));
        let input = epub::Input {
            cover,
            drawn: &drawn,
            profile: edition.reader.profile,
            vertical: edition.reader.vertical,
            embedding: edition.reader.fonts,
            isbn: edition.reader.isbn.as_deref(),
            certifier: certifier.as_deref(),
            paging: paging.as_ref(),
            timestamp: self.timestamp(),
            ..epub::Input::new(
                &self.book,
                &css,
                self.theme.headings[0].look.style(Len::ZERO).cut,
                &self.fonts,
                &self.pictures,
            )
        };
        epub::rewrite(&input, known, sink)
    }
    /// Keeps what is to be kept of an edition; its file, if it is one.
    fn done(&mut self, job: Job<'_>) -> Option<Pieces> {
        self.sink.append(job.sink);
        let name = self.file_name(job.edition);
        if let (Some(warm), Some(known)) = (&mut self.warm, job.known) {
            warm.files.insert(name, known);
        }
        job.bytes.filter(|_| !job.edition.strict || self.conforms(job.edition))
    }
    /// What is known of an edition's file, if anything is kept.
    fn known_file(&mut self, edition: &Edition) -> Option<Made> {
        let name = self.file_name(edition);
        let warm = self.warm.as_mut()?;
        Some(warm.files.remove(&name).unwrap_or_default())
    }
    /// The book's file for screens, without its pages.
    pub(super) fn pdf_input(&self) -> pdf::Input<'_> {
        pdf::Input {
            book: &self.book,
            pages: &[],
            fonts: &self.fonts,
            pictures: &self.pictures,
            colours: &Way::Screen,
            timestamp: self.timestamp(),
            medium: Medium::Screen,
            inks: &self.config.inks,
            press: None,
            bookmarks: true,
            boxes: None,
        }
    }
    /// Who answers for the book's being accessible: who the author says, or else whose
    /// book it is, unless its looks are its own and nobody looked at them.
    fn certifier(&self) -> Option<String> {
        let meta = &self.book.meta;
        let named = meta.catalogue.certified_by.clone();
        let own = || meta.publisher.clone().or_else(|| meta.authors.first().cloned());
        named.or_else(|| own().filter(|_| !self.own_css))
    }
    /// Where the pages begin that an edition lists, if it does.
    fn paging(&self, edition: &Edition) -> Option<Paging> {
        edition.reader.pages_of.as_ref()?;
        Some(page::paging::paging(&self.book, self.set_pages()))
    }
    /// Whether nothing was found that PDF/UA, PDF/A or EPUB Accessibility forbids; else
    /// says what. Outputs conform all the same, but a listener is told less than
    /// others see.
    fn conforms(&mut self, edition: &Edition) -> bool {
        const FORBIDDEN: [Code; 4] = [
            code::MISSING_ALT,
            code::MISSING_TITLE,
            code::HEADING_JUMP,
            code::MISSING_GLYPH,
        ];
        let found: Vec<_> =
            self.sink.list().iter().filter(|d| FORBIDDEN.contains(&d.code)).collect();
        let name = &edition.name;
        let faults: Vec<_> = found
            .into_iter()
            .map(|d| {
                let message = format!("edition `{name}` is strict: {}", d.message);
                let hint = "mend it, or leave `conformance = \"strict\"` out";
                let fault = Diagnostic::new(code::NOT_CONFORMING, message).hint(hint);
                Diagnostic { span: d.span, ..fault }
            })
            .collect();
        let conforms = faults.is_empty();
        faults.into_iter().for_each(|d| self.sink.push(d));
        conforms
    }
    /// Seconds since 1970 for the dates in files: `SOURCE_DATE_EPOCH`, else the
    /// date of the edition, else a fixed day. Never the clock: the same input
    /// gives the same bytes.
    fn timestamp(&self) -> i64 {
        let given = std::env::var("SOURCE_DATE_EPOCH").ok();
        if let Some(seconds) = given.and_then(|s| s.trim().parse().ok()) {
            return seconds;
        }
        let date = self.config.meta.date.as_deref().unwrap_or("2000");
        let mut parts = date.split('-').map(|p| p.parse::<u32>().unwrap_or(1));
        let (y, m, d) = (
            parts.next().unwrap_or(2000),
            parts.next().unwrap_or(1),
            parts.next().unwrap_or(1),
        );
        chrono::NaiveDate::from_ymd_opt(y as i32, m, d)
            .and_then(|date| date.and_hms_opt(0, 0, 0))
            .map_or(946_684_800, |t| t.and_utc().timestamp())
    }
}
