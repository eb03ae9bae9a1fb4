//! A book, opened, with all that its editions are made from. The only stateful
//! type of the library; with the manuscript reader and the command line the
//! only one that touches the file system.

mod files;
mod print;
mod shown;
mod warm;

use crate::book::{Book, Paging};
use crate::colour::Way;
use crate::config::{Config, Edition, Format, Medium, Pause};
use crate::diag::{Code, Diagnostic, Sink, code};
use crate::font::FontSet;
use crate::font::shape::Shaper;
use crate::geom::Len;
use crate::line::{self, Paragraph, Shape};
use crate::manuscript::{self, Folder};
use crate::page::{self, Page};
use crate::picture::Pictures;
use crate::source::{FileId, Sources, Span};
use crate::theme::{self, Theme};
use crate::{epub, pdf};
use files::{pictures, read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warm::{Old, Settings, Warm, said};

/// Which paragraphs to show: those of a file, or of a line of it.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Filter {
    /// the end of the file's path; all files if empty
    pub file: String,
    /// line from 1; all if `None`
    pub line: Option<usize>,
}

impl Filter {
    /// Reads `FILE` or `FILE:LINE`.
    pub fn parse(text: &str) -> Filter {
        let whole = || Filter { file: text.to_string(), line: None };
        let Some((file, line)) = text.rsplit_once(':') else { return whole() };
        let Ok(line) = line.parse() else { return whole() };
        Filter { file: file.to_string(), line: Some(line) }
    }
    fn covers(&self, path: &Path, first: usize, last: usize) -> bool {
        path.ends_with(&self.file)
            && self.line.is_none_or(|n| (first..=last.max(first)).contains(&n))
    }
}

/// A book and its settings, fonts and pictures.
#[derive(Debug)]
pub struct Session {
    /// text of all files read
    pub sources: Sources,
    /// settings
    pub config: Config,
    /// the book
    pub book: Book,
    /// what went wrong so far
    pub sink: Sink,
    theme: Theme,
    fonts: Arc<FontSet>,
    pictures: Arc<Pictures>,
    pages: Option<Arc<Vec<Page>>>,
    folder: Folder,
    /// the picture that an EPUB has as its cover
    front: Pictures,
    /// the book has a style sheet of its own
    own_css: bool,
    dir: PathBuf,
    /// the texts of settings, theme and style sheet
    settings: Settings,
    /// what is kept for the next time, if there is one
    warm: Option<Warm>,
}

impl Session {
    /// Reads the book in a folder. What is wrong in it is in [`Session::sink`];
    /// an error is returned only where there is no book.
    pub fn open(dir: &Path) -> Result<Session, Diagnostic> {
        Session::open_with(dir, true)
    }
    /// The same; without the `machine` from nothing but the book's folder and what
    /// keben brings: no installed font.
    pub fn open_with(dir: &Path, machine: bool) -> Result<Session, Diagnostic> {
        let root = manuscript::find(dir)?;
        Ok(Session::load(dir, &root, machine, None))
    }
    /// Reads it, and keeps what [`Session::reopen`] can use again.
    pub fn live(dir: &Path) -> Result<Session, Diagnostic> {
        let root = manuscript::find(dir)?;
        Ok(Session::load(dir, &root, true, Some(Old::default())))
    }
    /// Reads the book again, after something changed in its folder: the same as if it
    /// were opened anew, but what did not change is not made again. Where there is no
    /// book any more the old one stays.
    pub fn reopen(&mut self) -> Result<(), Diagnostic> {
        let root = manuscript::find(&self.dir)?;
        let dir = self.dir.clone();
        let old = Old {
            settings: std::mem::take(&mut self.settings),
            named: std::mem::take(&mut self.config.fonts),
            fonts: Some(std::mem::take(&mut self.fonts)),
            pictures: std::mem::take(&mut self.pictures),
            front: std::mem::take(&mut self.front),
            warm: self.warm.take().unwrap_or_default(),
        };
        *self = Session::load(&dir, &root, true, Some(old));
        Ok(())
    }
    fn load(dir: &Path, root: &Path, machine: bool, old: Option<Old>) -> Session {
        let live = old.is_some();
        let mut old = old.unwrap_or_default();
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let (folder, config) = manuscript::open(root, &mut sources, &mut sink);
        let told = Some(sources.shared(FileId::default()));
        if old.settings[0] != told {
            old.warm = Warm::default();
        }
        let text = live.then_some(&mut old.warm.text);
        let book = manuscript::read(&folder, &config, text, &mut sources, &mut sink);
        let own = manuscript::theme(&folder, &config, &mut sources, &mut sink);
        let text = |file: Option<FileId>| file.map(|f| (sources.shared(f), f));
        let (toml, css) = (text(own.0), text(own.1));
        let settings = [told, said(&toml), said(&css)];
        let same = old.settings == settings;
        let inks: Vec<_> = config.inks.iter().map(|i| i.key.as_str()).collect();
        let theme = theme::of(
            &theme::Own {
                name: &config.theme,
                span: config.theme_span,
                toml: toml.as_ref().map(|(t, f)| (t.as_ref(), *f)),
                css: css.as_ref().map(|(t, f)| (t.as_ref(), *f)),
                inks: &inks,
            },
            &mut sink,
        );
        let (fonts, same_fonts) = old.fonts(&folder, &config, machine, &mut sink);
        if !same_fonts {
            (old.pictures, old.front) = Default::default();
        }
        let pictures =
            pictures(&folder, &config, &book, &fonts, &old.pictures, &mut sink);
        if !(same && same_fonts && pictures.alike(&old.pictures)) {
            old.warm.laid = page::Known::default();
            old.warm.files.clear();
        }
        let named = config.front_cover.iter().cloned().collect();
        let front = read(named, &folder, &config, &fonts, &old.front, &mut sink);
        let own_css = css.is_some();
        Session {
            dir: dir.into(),
            settings,
            sources,
            config,
            book,
            sink,
            theme,
            fonts,
            pictures: pictures.into(),
            pages: None,
            folder,
            front,
            own_css,
            warm: live.then_some(old.warm),
        }
    }
    /// The pages, set once. `tick` is called for each chapter.
    pub fn pages(&mut self, tick: &(dyn Fn() + Sync)) -> &[Page] {
        let input = page::Input {
            book: &self.book,
            config: &self.config,
            theme: &self.theme,
            fonts: &self.fonts,
            pictures: &self.pictures,
        };
        let (sink, known) = (&mut self.sink, self.warm.as_mut().map(|w| &mut w.laid));
        self.pages.get_or_insert_with(|| page::pages(&input, known, sink, tick).into())
    }
    /// The paragraphs with their lines, as text; notes and cells are not among them.
    pub fn lines(&self, at: &Filter, explain: bool) -> String {
        self.paragraphs(at, |p, shape, shaper| {
            let mut faults = vec![];
            let rules = &self.config.rules;
            let broken = line::broken(p, shape, rules, shaper, &mut faults);
            let (list, ends) = (&broken.list, &broken.ends);
            let lines = line::set::set(list, ends, &broken.aim, p, &mut faults);
            if explain {
                line::explain::explain(&broken, &lines, p, rules.region)
            } else {
                line::dump::dump(&lines, broken.aim.em)
            }
        })
    }
    /// The same paragraphs with their boxes, glue and penalties, as text.
    pub fn items(&self, at: &Filter) -> String {
        self.paragraphs(at, |p, shape, shaper| {
            let mut faults = vec![];
            let rules = &self.config.rules;
            let list =
                line::compose::compose(p, shape.indent, rules, shaper, &mut faults);
            line::dump::items(&list, &p.text)
        })
    }
    fn paragraphs(
        &self,
        at: &Filter,
        show: impl Fn(&Paragraph, Shape, &mut Shaper<'_>) -> String,
    ) -> String {
        let input = self.page_input();
        let mut out = String::new();
        for chapter in &self.book.chapters {
            let mut shaper = Shaper::new(&self.fonts, &self.book.meta.lang);
            for (p, shape) in page::stack::paragraphs(&input, chapter, &mut shaper) {
                let (line, column) = self.sources.place(p.span());
                let path = self.sources.path(p.span().file);
                let last = p.runs.last().map_or(p.span(), |r| r.span);
                let end = Span { start: last.end, ..last };
                if !at.covers(path, line, self.sources.place(end).0) {
                    continue;
                }
                let file = path.display();
                let chars = shape.measure.to_pt() / self.config.page.area.size.to_pt();
                let chars = (chars * 10.0).round() / 10.0;
                out.push_str(&format!("=== {file}:{line}:{column}  chars={chars}\n"));
                out.push_str(&show(&p, shape, &mut shaper));
            }
        }
        out
    }
    fn page_input(&self) -> page::Input<'_> {
        page::Input {
            book: &self.book,
            config: &self.config,
            theme: &self.theme,
            fonts: &self.fonts,
            pictures: &self.pictures,
        }
    }
    /// The theme's style sheet, and what the settings say of the looks of both.
    fn css(&self) -> String {
        let mut own = String::new();
        let makeup = self.config.makeup;
        let n = u32::from(makeup.drop_cap);
        if n > 1 {
            // Lines are 1.7 em high; from the first one's characters to the last's.
            let size = (n - 1) * 17 + 10;
            let (whole, part) = (size / 10, size % 10);
            let above = 350 * 10 / size;
            own += &format!(
                "\n.chapter header + p {{ text-indent: 0; }}\n\
                 .chapter header + p::first-letter {{\n  float: left;\n  \
                 margin: 0.{above:03}em 0.1em 0 0;\n  font-size: {whole}.{part}em;\n  \
                 line-height: 1;\n}}\n"
            );
        }
        own += &match makeup.pause {
            Pause::Rule => String::new(),
            Pause::Blank => "\nhr { visibility: hidden; }\n".into(),
            Pause::Stars => ornament(&self.theme.ornament),
            Pause::Dots => ornament("·　·　·"),
        };
        let mut css = self.theme.css.clone();
        theme::over(&mut css, &own);
        css
    }
    /// Makes an edition; what went wrong is in [`Session::sink`].
    pub fn make(
        &mut self,
        edition: &Edition,
        tick: &(dyn Fn() + Sync),
    ) -> Option<Vec<u8>> {
        let css = self.css();
        let paging = self.paging(edition, tick);
        let mut known = self.known_file(edition);
        let drawn = match edition.format {
            Format::Epub if self.front.map.is_empty() => self.front_svg(tick),
            Format::Epub | Format::Pdf => String::new(),
        };
        let cover = self.config.front_cover.as_ref().and_then(|(path, span)| {
            let picture = self.front.get(path)?;
            Some(epub::Front { path, span: *span, picture })
        });
        let certifier = self.certifier();
        let made = match edition.format {
            Format::Pdf => {
                self.pages(tick);
                match &edition.press {
                    Some(press) => {
                        self.blanks(press);
                        self.printed(edition, press, known.as_mut())
                    }
                    None => {
                        let pages = self.set_pages();
                        let input = pdf::Input { pages, ..self.pdf_input() };
                        pdf::write(&input, known.as_mut())
                    }
                }
            }
            Format::Epub => epub::write(
                &epub::Input {
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
                },
                &mut self.sink,
            ),
        };
        if let (Some(warm), Some(known)) = (&mut self.warm, known) {
            warm.files.insert(edition.name.clone(), known);
        }
        let made = made.map_err(|fault| self.sink.push(fault)).ok();
        made.filter(|_| !edition.strict || self.conforms(edition))
    }
    /// What is known of an edition's file, if anything is kept.
    fn known_file(&mut self, edition: &Edition) -> Option<pdf::Known> {
        let warm = self.warm.as_mut()?;
        Some(warm.files.remove(&edition.name).unwrap_or_default())
    }
    /// The book's file for screens, without its pages.
    fn pdf_input(&self) -> pdf::Input<'_> {
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
    fn paging(&mut self, edition: &Edition, tick: &(dyn Fn() + Sync)) -> Option<Paging> {
        edition.reader.pages_of.as_ref()?;
        self.pages(tick);
        let pages = self.set_pages();
        Some(page::paging::paging(&self.book, pages))
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
    /// The file name of an edition.
    pub fn file_name(&self, edition: &Edition) -> String {
        let dash = if edition.name.is_empty() { "" } else { "-" };
        let extension = edition.format.extension();
        format!("{}{dash}{}.{extension}", self.config.slug, edition.name)
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

/// A style sheet's rule for a pause with this text. Whatever it holds, it stays
/// inside its quotation marks (CSS 2.1, 4.3.7).
fn ornament(text: &str) -> String {
    let escaped: String =
        text.chars().map(|c| format!("\\{:x} ", u32::from(c))).collect();
    format!(
        "\nhr {{ width: auto; height: auto; border: 0; text-align: center; }}\n\
         hr::before {{ content: \"{escaped}\"; }}\n\
         .notes hr::before {{ content: none; }}\n"
    )
}
