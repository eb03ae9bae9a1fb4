//! A book, opened, with all that its editions are made from. The only stateful
//! type of the library; with the manuscript reader and the command line the
//! only one that touches the file system.

mod print;

use crate::book::{Book, Paging, walk};
use crate::colour::Way;
use crate::config::{Config, Edition, FontName, Format, Medium, Pause};
use crate::diag::{Code, Diagnostic, Sink, code};
use crate::font::installed::Installed;
use crate::font::shape::Shaper;
use crate::font::{Face, FontBytes, FontFile, FontSet};
use crate::geom::Len;
use crate::line::{self, Paragraph, Shape};
use crate::manuscript::{self, Folder};
use crate::page::{self, Page};
use crate::picture::{self, Picture, Pictures, SvgFonts};
use crate::source::{FileId, Sources, Span};
use crate::theme::{self, Theme};
use crate::{epub, pdf};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

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
    fonts: FontSet,
    pictures: Pictures,
    pages: Option<Vec<Page>>,
    folder: Folder,
    /// the picture that an EPUB has as its cover
    front: Pictures,
    /// the book has a style sheet of its own
    own_css: bool,
}

impl Session {
    /// Reads the book in a folder. What is wrong in it is in [`Session::sink`];
    /// an error is returned only where there is no book.
    pub fn open(dir: &Path) -> Result<Session, Diagnostic> {
        let root = manuscript::find(dir)?;
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let (folder, config) = manuscript::open(&root, &mut sources, &mut sink);
        let book = manuscript::read(&folder, &config, &mut sources, &mut sink);
        let own = manuscript::theme(&folder, &config, &mut sources, &mut sink);
        let inks: Vec<_> = config.inks.iter().map(|i| i.key.as_str()).collect();
        let text = |file: Option<FileId>| file.map(|f| (sources.shared(f), f));
        let (toml, css) = (text(own.0), text(own.1));
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
        let fonts = fonts(&folder, &config, &mut sink);
        let pictures = pictures(&folder, &config, &book, &fonts, &mut sink);
        let pages = None;
        let named = config.front_cover.iter().cloned().collect();
        let front = read(named, &folder, &config, &fonts, &mut sink);
        let own_css = css.is_some();
        Ok(Session {
            sources,
            config,
            book,
            sink,
            theme,
            fonts,
            pictures,
            pages,
            folder,
            front,
            own_css,
        })
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
        let sink = &mut self.sink;
        self.pages.get_or_insert_with(|| page::pages(&input, sink, tick))
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
                        self.printed(edition, press)
                    }
                    None => pdf::write(&pdf::Input {
                        pages: self.pages.as_deref().unwrap_or_default(),
                        ..self.pdf_input()
                    }),
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
        let made = made.map_err(|fault| self.sink.push(fault)).ok();
        made.filter(|_| !edition.strict || self.conforms(edition))
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
        let pages = self.pages.as_deref().unwrap_or_default();
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

/// The built-in faces, with the author's own before them.
fn fonts(folder: &Folder, config: &Config, sink: &mut Sink) -> FontSet {
    let mut own = vec![];
    let mut installed = None;
    for f in &config.fonts {
        let face = match &f.source {
            FontName::File(path) => folder
                .bytes(path, config.limits.file_bytes)
                .map_err(|fault| fault.diagnostic(path, Some(f.span)))
                .and_then(|bytes| {
                    let bad = || {
                        Diagnostic::new(code::BAD_FONT, format!("{path} is no font"))
                            .at(f.span)
                            .hint("OpenType and TrueType files work: .otf .ttf .ttc")
                    };
                    Face::new(FontBytes::Shared(bytes.into()), 0).ok_or_else(bad)
                }),
            FontName::Family(name) => installed
                .get_or_insert_with(Installed::load)
                .face(name, f.bold, f.italic)
                .ok_or_else(|| {
                    Diagnostic::new(
                        code::UNKNOWN_FAMILY,
                        format!("no font “{name}” is installed"),
                    )
                    .at(f.span)
                    .hint("put the font file into the book and name its path")
                }),
        };
        match face {
            Ok(face) => {
                own.push(FontFile { role: f.role, bold: f.bold, italic: f.italic, face });
            }
            Err(fault) => sink.push(fault),
        }
    }
    FontSet::new(own)
}

/// Every picture that the book names, read and checked.
fn pictures(
    folder: &Folder,
    config: &Config,
    book: &Book,
    fonts: &FontSet,
    sink: &mut Sink,
) -> Pictures {
    let mut found: BTreeMap<String, Span> = BTreeMap::new();
    for p in book.chapters.iter().flat_map(walk::pictures) {
        found.entry(p.path.clone()).or_insert(p.span);
    }
    read(found, folder, config, fonts, sink)
}

/// Pictures by path, and where each is named.
fn read(
    found: BTreeMap<String, Span>,
    folder: &Folder,
    config: &Config,
    fonts: &FontSet,
    sink: &mut Sink,
) -> Pictures {
    let svg_fonts = SvgFonts::new(fonts);
    let read: Vec<_> = found
        .into_par_iter()
        .map(|(path, span)| {
            let limits = &config.limits;
            let picture = folder
                .bytes(&path, limits.file_bytes)
                .map_err(|fault| fault.diagnostic(&path, Some(span)))
                .and_then(|bytes| {
                    picture::read(bytes, limits.picture_pixels, &svg_fonts).map_err(
                        |fault| {
                            picture_fault(&fault, &path, limits.picture_pixels).at(span)
                        },
                    )
                });
            (path, span, picture)
        })
        .collect();
    let mut pictures = Pictures::default();
    for (path, span, picture) in read {
        match picture {
            Ok(picture) => {
                picture_notes(&picture, &path).for_each(|d| sink.push(d.at(span)));
                pictures.map.insert(path, picture);
            }
            Err(fault) => sink.push(fault),
        }
    }
    pictures
}

/// What is to be said of a picture that can be used.
fn picture_notes(picture: &Picture, path: &str) -> impl Iterator<Item = Diagnostic> {
    let profile = picture.profile_fault.as_ref().map(|why| {
        let message = format!("the colour profile of {path} cannot be used: {why}");
        Diagnostic::new(code::BAD_PROFILE, message)
            .hint("its colours are taken as sRGB, or as inks of the press; save it anew")
    });
    let filters = picture.drawing.as_ref().filter(|t| picture::drawing::has_filters(t));
    let filters = filters.map(|_| {
        let message = format!("parts of {path} are shown as pixels in the PDF");
        Diagnostic::new(code::RASTER_SVG, message).hint(
            "PDF has no filters, such as blur and shadow; they are drawn at 300 dpi",
        )
    });
    profile.into_iter().chain(filters)
}

fn picture_fault(fault: &picture::Fault, path: &str, limit: u64) -> Diagnostic {
    match fault {
        picture::Fault::Bad(why) => {
            Diagnostic::new(code::BAD_PICTURE, format!("{path} is no picture: {why}"))
                .hint("PNG, JPEG, GIF, WebP and SVG work")
        }
        picture::Fault::Huge { pixels } => Diagnostic::new(
            code::HUGE_PICTURE,
            format!(
                "{path} has {} megapixels, the limit is {}",
                pixels / 1_000_000,
                limit / 1_000_000
            ),
        )
        .hint("make it smaller, or raise picture-pixels in [limits]"),
    }
}
