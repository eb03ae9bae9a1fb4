//! A folder of Markdown → a [`Book`].
//!
//! [`find`] and [`open`] settle where the book lies and what `book.toml` says;
//! [`read`] reads the rest. What cannot be read is reported, and costs only
//! itself. [`Folder`] is the only way to the files, and nothing outside the book
//! can be reached through it.
//!
//! ```text
//! SUMMARY.md ─▶ summary ─▶ entries
//! *.md ─▶ include ─▶ script ─▶ blocks (container, letter, table, figure, html)
//!                               └─▶ collect ─▶ span ─▶ emphasis ─▶ inline
//! all chapters ─▶ notes, anchor, link ─▶ Book
//! ```

mod anchor;
mod attributes;
mod blocks;
mod chapter;
mod chars;
mod collect;
mod container;
mod emphasis;
mod figure;
mod flank;
mod folder;
mod formula;
mod frame;
mod html;
mod html_table;
mod include;
mod inline;
mod layout;
mod leaf;
mod letter;
mod link;
mod lint;
mod listing;
mod marking;
mod mask;
mod matter;
mod notes;
mod path;
mod ruby;
mod script;
mod span;
mod stamp;
mod summary;
mod table;
mod token;

pub use folder::{FileFault, Folder};

use crate::book::{
    Book, Chapter, Division, Inline, Part, Role, Text, endnotes, glossary, index, number,
    refs, sections, text,
};
use crate::config::{self, Config, Limits};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Sources, Span};
use chapter::Draft;
use include::Loader;
use rayon::prelude::*;
use script::Script;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use summary::{Entry, Summary};

/// The settings.
const SETTINGS: &str = "book.toml";
/// The list of chapters.
const SUMMARY: &str = "SUMMARY.md";

/// Finds the book: `dir` itself if it holds `book.toml` or `SUMMARY.md`, else
/// the folder `manuscript` in it.
pub fn find(dir: &Path) -> Result<PathBuf, Diagnostic> {
    let holds = |dir: &Path| [SETTINGS, SUMMARY].iter().any(|f| dir.join(f).is_file());
    let below = dir.join("manuscript");
    if holds(dir) {
        return Ok(dir.to_path_buf());
    }
    if holds(&below) {
        return Ok(below);
    }
    let shown = dir.display();
    let message =
        format!("there is no book in `{shown}`: neither {SETTINGS} nor {SUMMARY}");
    let hint = format!("`keben new {shown}` makes one");
    Err(Diagnostic::new(code::MISSING_FILE, message).hint(hint))
}

/// Reads `book.toml`. Where it is missing, defaults stand for it; a book without
/// a title has that of its summary, else the name of its folder.
pub fn open(dir: &Path, sources: &mut Sources, sink: &mut Sink) -> (Folder, Config) {
    let limits = Limits::default();
    let root = Folder::new(dir, "");
    let file = match dir.join(SETTINGS).exists() {
        true => Loader::new(&root, &limits, sources, sink).file(SETTINGS, None),
        false => None,
    };
    let text = file.map_or_else(|| "".into(), |id| sources.shared(id));
    let file = file.unwrap_or_default();
    let config = config::read(&text, file, sink);
    let src = source_folder(&root, &config.src, sink);
    let folder = root.with_src(src);
    if !config.meta.title.is_empty() {
        return (folder, config);
    }
    let (title, named) = title(&folder, &limits);
    if !named {
        let message =
            format!("this book has no title; it is called “{title}” as its folder is");
        let hint = "write `title = \"…\"` below `[book]` in book.toml";
        let fault = Diagnostic::new(code::MISSING_TITLE, message).hint(hint);
        sink.push(match text.is_empty() {
            true => fault,
            false => fault.at(Span { file, start: 0, end: 0 }),
        });
    }
    // The faults are known; only what follows from the title is new.
    let config = config::read::read_titled(&text, file, &title, &mut Sink::default());
    (folder, config)
}

/// The book's own theme: `theme/theme.toml` and `theme/theme.css` beside
/// `book.toml`, those that are there.
pub fn theme(
    folder: &Folder,
    config: &Config,
    sources: &mut Sources,
    sink: &mut Sink,
) -> (Option<FileId>, Option<FileId>) {
    let mut loader = Loader::new(folder, &config.limits, sources, sink);
    let mut file = |path: &str| {
        let there = loader.folder.root().join(path).symlink_metadata().is_ok();
        there.then(|| loader.file(path, None)).flatten()
    };
    (file("theme/theme.toml"), file("theme/theme.css"))
}

/// The folder of `SUMMARY.md`: what the settings say, or `src`, mdBook's default,
/// if it is there and not beside the settings.
fn source_folder(root: &Folder, said: &str, sink: &mut Sink) -> String {
    let at_root = said == ".";
    if at_root {
        let there = |f: &str| root.root().join(f).is_file();
        let in_src = !there(SUMMARY) && there("src/SUMMARY.md");
        return if in_src { "src".into() } else { String::new() };
    }
    path::below("", said).unwrap_or_else(|| {
        sink.push(FileFault::Outside.diagnostic(said, None));
        String::new()
    })
}

/// A title for a book that names none, and whether its summary has one.
fn title(folder: &Folder, limits: &Limits) -> (String, bool) {
    let path = in_folder(folder.src(), SUMMARY);
    let text = folder.bytes(&path, limits.file_bytes).unwrap_or_default();
    let (text, _) = script::clean(&text);
    let mut quiet = Sink::default();
    let summary =
        summary::read(&text, FileId::default(), folder.src(), limits, &mut quiet);
    // mdBook's summaries are all headed like this.
    let common = ["summary", "目录", "目次", "contents", "table of contents"];
    let named = summary.title.filter(|t| !common.contains(&t.to_lowercase().as_str()));
    let name = || Some(folder.root().file_name()?.to_string_lossy().into_owned());
    match named.filter(|t| !t.is_empty()) {
        Some(title) => (title, true),
        None => (name().unwrap_or_else(|| "book".into()), false),
    }
}

fn in_folder(dir: &str, file: &str) -> String {
    if dir.is_empty() { file.to_string() } else { format!("{dir}/{file}") }
}

/// Chapters as they were parsed, by their paths, for the next time that they are read with
/// the same settings.
#[derive(Debug, Default)]
pub struct Known {
    chapters: BTreeMap<String, Parsed>,
    /// the files that they are in
    files: Files,
}

/// Texts of files by their paths, cleaned, and whether they were no UTF-8.
type Files = BTreeMap<String, (Arc<str>, bool)>;

/// A chapter as it was parsed.
#[derive(Debug)]
struct Parsed {
    script: Script,
    draft: Draft,
    sink: Sink,
    /// what an editor would mend in it, once that was looked for
    slips: Option<Sink>,
}

/// Reads the chapters that `SUMMARY.md` names, in its order, and numbers them. Those
/// that are known and say the same are not parsed again.
pub fn read(
    folder: &Folder,
    config: &Config,
    mut known: Option<&mut Known>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Book {
    let mut loader = Loader::new(folder, &config.limits, sources, sink);
    let entries = entries(&mut loader);
    let files = known.as_mut().map(|k| &mut k.files);
    let scripts = load(entries, &mut loader, files);
    let paths: Vec<_> = scripts.iter().map(|s| s.0.path.clone()).collect();
    let mut drafts = parse(scripts, &config.limits, known.as_deref_mut(), sink);
    drafts.iter_mut().for_each(|d| cast(d, &config.meta.lang));
    let names = anchor::assign(&mut drafts, sink);
    link::resolve(&mut drafts, &names, sink);
    let chapters = drafts.into_iter().map(|d| d.chapter).collect();
    let (meta, notes) = (config.meta.clone(), config.notes);
    let mut book = Book { meta, chapters, notes, ..Book::default() };
    complete(&mut book, config, sink);
    slips(&book, &paths, known, sources, sink);
    book.chapters.iter().for_each(|c| formula::check(c, sink));
    book
}

/// What can be said of a book when all its chapters are there: numbers, references,
/// the order of glossary and index.
pub fn complete(book: &mut Book, config: &Config, sink: &mut Sink) {
    number::number(book, config.numbering);
    sections::number(book, config.sections);
    endnotes::place(book);
    if config.sort_glossary {
        glossary::sort(book);
    }
    refs::resolve(book, sink);
    book.index = index::gather(book, sink);
}

/// The chapters in order; without a summary, every Markdown file by name.
fn entries(loader: &mut Loader) -> Vec<Entry> {
    let src = loader.folder.src();
    let path = in_folder(src, SUMMARY);
    let there = loader.folder.root().join(&path).exists();
    let (summary, file) = match there.then(|| loader.file(&path, None)).flatten() {
        Some(file) => {
            let text = loader.sources.shared(file);
            let summary = summary::read(&text, file, src, loader.limits, loader.sink);
            (summary, Some(file))
        }
        None => (Summary { title: None, entries: listed(loader, &path) }, None),
    };
    if summary.entries.is_empty() {
        let mut d = Diagnostic::new(code::EMPTY_BOOK, "this book has no chapter");
        d.span = file.map(|f| Span::new(f, 0..0));
        let hint = format!("name them in `{path}`, such as `- [第一章](ch01.md)`");
        loader.sink.push(d.hint(hint));
    }
    summary.entries
}

fn listed(loader: &mut Loader, path: &str) -> Vec<Entry> {
    let message = format!("`{path}` is missing, so chapters stand in the order of names");
    let d = Diagnostic::new(code::BAD_SUMMARY, message);
    loader.sink.push(d.hint("list them there, such as `- [第一章](ch01.md)`"));
    let src = loader.folder.src();
    let about = |name: &String| {
        ["readme", "license", "changelog", "contributing", "summary"]
            .contains(&path::stem(name).to_lowercase().as_str())
    };
    let mut names = loader.folder.markdown_files(src);
    names.retain(|name| !about(name));
    let entry = |name: String| Entry {
        path: in_folder(src, &name),
        division: Division::Body,
        depth: 0,
        part: None,
        title: vec![],
        span: None,
    };
    names.into_iter().map(entry).collect()
}

/// Reads every chapter's files. A part whose first chapter is missing begins
/// with the next.
fn load(
    entries: Vec<Entry>,
    loader: &mut Loader,
    known: Option<&mut Files>,
) -> Vec<(Entry, Script)> {
    loader.ahead(entries.iter().map(|entry| entry.path.as_str()), known);
    let mut out = vec![];
    let mut part = None;
    for mut entry in entries {
        entry.part = entry.part.or(part.take());
        match loader.script(&entry.path, entry.span) {
            Some(script) => out.push((entry, script)),
            None => part = entry.part,
        }
    }
    out
}

/// Looks for what an editor would mend, in chapters where that is not known.
fn slips(
    book: &Book,
    paths: &[String],
    known: Option<&mut Known>,
    sources: &Sources,
    sink: &mut Sink,
) {
    let mut none = Known::default();
    let known = known.unwrap_or(&mut none);
    let one = |(chapter, path): (&Chapter, &String)| {
        // A title that the summary gives may be another one now.
        let known =
            known.chapters.get(path).filter(|k| !k.draft.chapter.title.is_empty());
        let old = known.and_then(|k| k.slips.clone());
        old.unwrap_or_else(|| lint::lint(chapter, &book.meta.lang, sources))
    };
    let found: Vec<Sink> = book.chapters.par_iter().zip(paths).map(one).collect();
    for (path, own) in paths.iter().zip(found) {
        if let Some(known) = known.chapters.get_mut(path) {
            known.slips = Some(own.clone());
        }
        sink.append(own);
    }
}

/// Parses the chapters side by side; their diagnostics keep the book's order.
fn parse(
    scripts: Vec<(Entry, Script)>,
    limits: &Limits,
    mut known: Option<&mut Known>,
    sink: &mut Sink,
) -> Vec<Draft> {
    let mut old =
        known.as_mut().map(|k| std::mem::take(&mut k.chapters)).unwrap_or_default();
    let same = |path: &str, script: &Script| {
        old.get(path).filter(|known| known.script == *script)
    };
    let one = |(entry, script): &(Entry, Script)| {
        if let Some(known) = same(&entry.path, script) {
            return (known.draft.clone(), known.sink.clone(), true);
        }
        let mut sink = Sink::default();
        (chapter::read(script, &entry.path, limits, &mut sink), sink, false)
    };
    let read: Vec<_> = scripts.par_iter().map(one).collect();
    let mut drafts = vec![];
    for ((entry, script), (mut draft, own, same)) in scripts.into_iter().zip(read) {
        if let Some(known) = &mut known {
            // A chapter may stand in a book twice.
            let parsed = old.remove(&entry.path).filter(|_| same);
            let new = || {
                let (draft, sink) = (draft.clone(), own.clone());
                Parsed { script, draft, sink, slips: None }
            };
            let parsed = parsed.unwrap_or_else(new);
            known.chapters.insert(entry.path.clone(), parsed);
        }
        sink.append(own);
        entitle(&mut draft, entry);
        drafts.push(draft);
    }
    drafts
}

/// The role that a chapter's author names, else the one that its title tells.
fn cast(draft: &mut Draft, lang: &str) {
    let chapter = &mut draft.chapter;
    let titled = || Role::titled(&text::plain(&chapter.title), lang, chapter.division);
    let role = draft.matter.role.or_else(titled);
    chapter.role = role.unwrap_or(Role::plain(chapter.division));
}

/// What the summary says of a chapter.
fn entitle(draft: &mut Draft, entry: Entry) {
    let chapter = &mut draft.chapter;
    (chapter.division, chapter.depth) = (entry.division, entry.depth);
    chapter.part = entry.part.map(Part::new);
    if !chapter.title.is_empty() {
        return;
    }
    chapter.title = entry.title;
    chapter.span = entry.span.unwrap_or(chapter.span);
    if chapter.title.is_empty() {
        let text = path::stem(&entry.path).to_string();
        chapter.title = vec![Inline::Text(Text { text, span: chapter.span })];
    }
}

/// Reads one chapter from its text alone, as if it were the whole book: its id
/// comes from `path`, its links resolve within it, nothing is included, its title
/// is read as Chinese.
/// Places are those of `text`.
pub fn chapter(
    text: &str,
    file: FileId,
    path: &str,
    limits: &Limits,
    sink: &mut Sink,
) -> Chapter {
    let script = Script::whole(text.into(), file);
    let mut drafts = [chapter::read(&script, path, limits, sink)];
    drafts.iter_mut().for_each(|d| cast(d, "zh-Hans"));
    let names = anchor::assign(&mut drafts, sink);
    link::resolve(&mut drafts, &names, sink);
    let [draft] = drafts;
    formula::check(&draft.chapter, sink);
    draft.chapter
}

#[cfg(test)]
mod tests;
