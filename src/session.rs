//! A book, opened, with all that its editions are made from. The only stateful
//! type of the library; with the manuscript reader and the command line the
//! only one that touches the file system.

mod files;
mod looks;
mod make;
mod print;
mod shown;
mod warm;

pub use crate::pdf::Pieces;
pub use make::Step;

use crate::book::{Book, walk};
use crate::config::{Config, Edition};
use crate::diag::{Diagnostic, Sink};
use crate::font::FontSet;
use crate::font::shape::Shaper;
use crate::highlight;
use crate::line::{self, Paragraph, Shape};
use crate::manuscript::{self, Folder};
use crate::page::{self, Page};
use crate::picture::{Look, Pictures};
use crate::source::{FileId, Sources, Span};
use crate::theme::{self, Theme};
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
    pages: Option<Arc<Vec<Arc<Page>>>>,
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

/// How far the reading of a book goes.
#[derive(Debug, Copy, Clone)]
struct Reach {
    /// to the fonts of the machine?
    machine: bool,
    /// into pictures
    look: Look,
}

impl Default for Reach {
    fn default() -> Reach {
        Reach { machine: true, look: Look::Seals }
    }
}

/// A book as it was before, of which nothing is needed any more.
#[derive(Debug)]
pub struct Spent(#[expect(dead_code, reason = "it is only dropped")] Box<Session>);

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
        Ok(Session::load(dir, &root, Reach { machine, ..Reach::default() }, None))
    }
    /// The same as [`Session::open`], with every picture decoded.
    pub fn open_whole(dir: &Path) -> Result<Session, Diagnostic> {
        let root = manuscript::find(dir)?;
        let reach = Reach { look: Look::Pixels, ..Reach::default() };
        Ok(Session::load(dir, &root, reach, None))
    }
    /// Reads it, and keeps what [`Session::reopen`] can use again.
    pub fn live(dir: &Path) -> Result<Session, Diagnostic> {
        let root = manuscript::find(dir)?;
        Ok(Session::load(dir, &root, Reach::default(), Some(Old::default())))
    }
    /// Reads the book again, after something changed in its folder: the same as if it
    /// were opened anew, but what did not change is not made again. Where there is no
    /// book any more the old one stays. Else it is what is handed out: to take it apart
    /// takes a while, which need not be now.
    pub fn reopen(&mut self) -> Result<Spent, Diagnostic> {
        let root = manuscript::find(&self.dir)?;
        let dir = self.dir.clone();
        let old = Old {
            settings: std::mem::take(&mut self.settings),
            named: std::mem::take(&mut self.config.fonts),
            fonts: Some(std::mem::take(&mut self.fonts)),
            pictures: std::mem::take(&mut self.pictures),
            front: std::mem::take(&mut self.front),
            folder: Some(self.folder.clone()),
            warm: self.warm.take().unwrap_or_default(),
        };
        let new = Session::load(&dir, &root, Reach::default(), Some(old));
        Ok(Spent(Box::new(std::mem::replace(self, new))))
    }
    fn load(dir: &Path, root: &Path, reach: Reach, old: Option<Old>) -> Session {
        let live = old.is_some();
        let mut old = old.unwrap_or_default();
        let mut sources = Sources::default();
        let mut sink = Sink::default();
        let (mut folder, config) = manuscript::open(root, &mut sources, &mut sink);
        let told = Some(sources.shared(FileId::default()));
        if old.settings[0] != told {
            old.warm = Warm::default();
        } else if let Some(old) = &old.folder {
            folder = folder.after(old);
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
        let (fonts, same_fonts) = old.fonts(&folder, &config, reach.machine, &mut sink);
        if !same_fonts {
            (old.pictures, old.front) = Default::default();
        }
        let listings = book.chapters.iter().flat_map(walk::listings);
        let texts = listings.filter_map(|l| Some((l.lang.clone()?, l.text.clone())));
        highlight::ahead(texts.collect());
        // Pixels get other colours for a press: that they can be had must be known by now.
        let pressed = config.editions.iter().any(|e| e.press.is_some());
        let look = if pressed { Look::Pixels } else { reach.look };
        let pictures =
            pictures(look, &folder, &config, &book, &fonts, &old.pictures, &mut sink);
        if !(same && same_fonts && pictures.alike(&old.pictures)) {
            old.warm.laid = page::Known::default();
            old.warm.files.clear();
        }
        let named = config.front_cover.iter().cloned().collect();
        let front = read(named, look, &folder, &config, &fonts, &old.front, &mut sink);
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
    /// The file name of an edition.
    pub fn file_name(&self, edition: &Edition) -> String {
        let dash = if edition.name.is_empty() { "" } else { "-" };
        let extension = edition.format.extension();
        format!("{}{dash}{}.{extension}", self.config.slug, edition.name)
    }
}
