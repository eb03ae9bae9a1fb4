//! `{{#include file}}`, as mdBook has it: files put into chapters before they
//! are parsed. The included text keeps its own places.

use super::Files;
use super::folder::{FileFault, Folder};
use super::path;
use super::script::{Patchwork, Script, clean};
use crate::config::Limits;
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Sources, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Reads the files of a book, each once.
pub(super) struct Loader<'a> {
    pub(super) folder: &'a Folder,
    pub(super) limits: &'a Limits,
    pub(super) sources: &'a mut Sources,
    pub(super) sink: &'a mut Sink,
    seen: BTreeMap<String, FileId>,
    /// files that were read before they were asked for
    ahead: BTreeMap<String, Read>,
}

/// What is in a file: its text, cleaned, and whether it was no UTF-8.
type Read = Result<(Arc<str>, bool), FileFault>;

/// How deep files may include files; the same as mdBook's.
const DEPTH: usize = 10;

impl<'a> Loader<'a> {
    pub(super) fn new(
        folder: &'a Folder,
        limits: &'a Limits,
        sources: &'a mut Sources,
        sink: &'a mut Sink,
    ) -> Loader<'a> {
        Loader {
            folder,
            limits,
            sources,
            sink,
            seen: BTreeMap::new(),
            ahead: BTreeMap::new(),
        }
    }

    /// Reads files side by side, for when they are asked for; not again those that are
    /// `known` and the same.
    pub(super) fn ahead<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p str>,
        known: Option<&mut Files>,
    ) {
        let mut paths: Vec<_> = paths.collect();
        paths.sort_unstable();
        paths.dedup();
        let (folder, limit) = (self.folder, self.limits.file_bytes);
        let old = known.as_deref();
        let one = |path: &str| {
            let same = old.and_then(|old| old.get(path)).filter(|_| folder.is_same(path));
            let text = same.map_or_else(|| read(folder, path, limit), |s| Ok(s.clone()));
            (path.to_string(), text)
        };
        self.ahead = paths.into_par_iter().map(one).collect();
        if let Some(known) = known {
            let good = self.ahead.iter().filter_map(|(path, text)| {
                Some((path.clone(), text.as_ref().ok()?.clone()))
            });
            *known = good.collect();
        }
    }

    /// The text of a file, cleaned; `span` is where it is named.
    pub(super) fn file(&mut self, path: &str, span: Option<Span>) -> Option<FileId> {
        if let Some(id) = self.seen.get(path) {
            return Some(*id);
        }
        let ahead = self.ahead.remove(path);
        let read =
            ahead.unwrap_or_else(|| read(self.folder, path, self.limits.file_bytes));
        let (text, lossy) = match read {
            Ok(read) => read,
            Err(fault) => {
                self.sink.push(fault.diagnostic(path, span));
                return None;
            }
        };
        let id = self.sources.add(self.folder.shown(path), text);
        if lossy {
            let message = format!("`{path}` is not UTF-8 text");
            let d = Diagnostic::new(code::NOT_UTF8, message).at(Span::new(id, 0..0));
            self.sink.push(d.hint("save it as UTF-8; what could not be read shows as �"));
        }
        self.seen.insert(path.to_string(), id);
        Some(id)
    }

    /// A chapter's text with everything it includes.
    pub(super) fn script(&mut self, path: &str, span: Option<Span>) -> Option<Script> {
        let file = self.file(path, span)?;
        let text = self.sources.shared(file);
        if Directive::find(&text, 0..text.len()).is_none() {
            return Some(Script::whole(text, file));
        }
        let mut out = Patchwork::default();
        let whole = Part { file, range: 0..text.len(), text };
        self.expand(whole, &mut vec![path.to_string()], &mut out);
        Some(out.into())
    }

    /// Adds a stretch of a file; `around` are the files that led here.
    fn expand(&mut self, part: Part, around: &mut Vec<String>, out: &mut Patchwork) {
        let Part { file, range, text } = part;
        let mut done = range.start;
        while let Some(found) = Directive::find(&text, done..range.end) {
            out.push(&text[done..found.range.start], file, done);
            done = found.range.end;
            if found.escaped {
                // The backslash goes, the rest is text.
                let kept = found.range.start + 1;
                out.push(&text[kept..done], file, kept);
            } else if !self.include(&found, file, around, out) {
                out.push(&text[found.range.clone()], file, found.range.start);
            }
        }
        out.push(&text[done..range.end], file, done);
    }

    fn include(
        &mut self,
        found: &Directive,
        file: FileId,
        around: &mut Vec<String>,
        out: &mut Patchwork,
    ) -> bool {
        let span = Span::new(file, found.range.clone());
        let here = around.last().map_or("", |p| path::folder(p)).to_string();
        let (name, lines) =
            found.argument.split_once(':').unwrap_or((found.argument, ""));
        let Some(path) = path::below(&here, name.trim()) else {
            let fault = FileFault::Outside;
            self.sink.push(fault.diagnostic(name, Some(span)));
            return false;
        };
        if around.contains(&path) || around.len() > DEPTH {
            let message = match around.contains(&path) {
                true => format!("`{path}` includes itself"),
                false => format!("files include files more than {DEPTH} deep"),
            };
            self.sink.push(Diagnostic::new(code::MISSING_FILE, message).at(span));
            return false;
        }
        let Some(part) = self.part(&path, lines, span) else { return false };
        if (out.len() + part.range.len()) as u64 > self.limits.file_bytes {
            let fault = FileFault::TooBig(self.limits.file_bytes);
            let chapter = around.first().cloned().unwrap_or_default();
            self.sink.push(fault.diagnostic(&chapter, Some(span)));
            return false;
        }
        around.push(path);
        self.expand(part, around, out);
        around.pop();
        true
    }

    /// The lines of a file that a directive asks for.
    fn part(&mut self, path: &str, lines: &str, span: Span) -> Option<Part> {
        let file = self.file(path, Some(span))?;
        let text = self.sources.shared(file);
        let Some((first, last)) = line_range(lines) else {
            let message = format!("`{lines}` is no range of lines");
            let d = Diagnostic::new(code::MISSING_FILE, message).at(span);
            self.sink
                .push(d.hint("write `{{#include file:2:10}}`; anchors are not read"));
            return None;
        };
        let mut ends = text.match_indices('\n').map(|(i, _)| i + 1);
        let start = match first {
            0 | 1 => 0,
            n => ends.clone().nth(n - 2).unwrap_or(text.len()),
        };
        let end = last.and_then(|n| ends.nth(n.checked_sub(1)?)).unwrap_or(text.len());
        let end = end.max(start);
        // The line end after the directive is enough.
        let end = if text[start..end].ends_with('\n') { end - 1 } else { end };
        Some(Part { file, range: start..end, text })
    }
}

/// Reads a file and cleans its text.
fn read(folder: &Folder, path: &str, limit: u64) -> Read {
    let bytes = folder.bytes(path, limit)?;
    let (text, lossy) = clean(&bytes);
    Ok((text.into(), lossy))
}

/// A stretch of a file.
struct Part {
    file: FileId,
    range: Range<usize>,
    text: Arc<str>,
}

/// `{{#include …}}` in a text.
struct Directive<'t> {
    range: Range<usize>,
    argument: &'t str,
    escaped: bool,
}

impl Directive<'_> {
    fn find(text: &str, within: Range<usize>) -> Option<Directive<'_>> {
        const OPEN: &str = "{{#include ";
        let mut from = within.start;
        loop {
            let start = from + text[from..within.end].find(OPEN)?;
            let inside = start + OPEN.len();
            let line = text[inside..within.end].split('\n').next().unwrap_or("");
            let Some(len) = line.find("}}") else {
                from = inside;
                continue;
            };
            let escaped = text[within.start..start].ends_with('\\');
            let range = start - usize::from(escaped)..inside + len + 2;
            return Some(Directive { range, argument: line[..len].trim(), escaped });
        }
    }
}

/// First and last line, from 1: `` is all, `3` one line, `3:` from there on,
/// `:9` up to there.
fn line_range(text: &str) -> Option<(usize, Option<usize>)> {
    let number = |s: &str| s.trim().parse::<usize>().ok();
    let text = text.trim();
    if text.is_empty() {
        return Some((1, None));
    }
    let Some((first, last)) = text.split_once(':') else {
        let n = number(text)?;
        return Some((n, Some(n)));
    };
    let first = if first.trim().is_empty() { 1 } else { number(first)? };
    let last = if last.trim().is_empty() { None } else { Some(number(last)?) };
    Some((first, last))
}
