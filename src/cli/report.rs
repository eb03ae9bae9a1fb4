//! Diagnostics on a terminal, and the progress of long work.

use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Sources;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

/// Writes a line to the terminal. Nobody to read it is no reason to fail.
pub fn say(text: &str) {
    writeln!(std::io::stderr(), "{text}").ok();
}

/// How many diagnostics of one kind are shown; more would bury the others.
pub(super) const SHOWN: usize = 100;

/// Prints the diagnostics from `least` up, and a line that counts them; gives the
/// number of errors.
pub fn print(sink: &Sink, sources: &Sources, least: Severity, quiet: bool) -> usize {
    let renderer = renderer();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let shown = || sink.list().iter().filter(|d| d.severity() >= least);
    for d in shown() {
        let seen = kinds.entry(d.code.name).or_default();
        *seen += 1;
        if *seen <= SHOWN {
            say(&format!("{}\n", one(d, sources, &renderer)));
        }
    }
    for (name, n) in kinds.into_iter().filter(|k| k.1 > SHOWN) {
        say(&format!("{} more of {name} are not shown\n", n - SHOWN));
    }
    let errors = sink.errors();
    if !quiet || errors > 0 {
        let kinds = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Note, "note"),
        ];
        let counted = kinds.into_iter().filter_map(|(severity, name)| {
            let n = shown().filter(|d| d.severity() == severity).count();
            (n > 0).then(|| count(n, name))
        });
        let counted: Vec<_> = counted.collect();
        if !counted.is_empty() {
            say(&counted.join(", "));
        }
    }
    errors
}

/// Prints one diagnostic.
pub fn tell(d: &Diagnostic, sources: &Sources) {
    say(&format!("{}\n", one(d, sources, &renderer())));
}

fn renderer() -> Renderer {
    match std::io::stderr().is_terminal() {
        true => Renderer::styled(),
        false => Renderer::plain(),
    }
}

pub(super) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// One diagnostic with the line that it is about.
fn one(d: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match d.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(d.message.as_str()).id(d.code.name);
    let mut group = Group::with_title(title);
    if let Some(span) = d.span {
        let text = sources.text(span.file);
        let start = boundary(text, span.range().start);
        let end = boundary(text, span.range().end).max(start);
        // Only the lines that are shown: a large file is not read again for each.
        let from = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let to = text[end..].find('\n').map_or(text.len(), |i| end + i);
        group = group.element(
            Snippet::source(&text[from..to])
                .line_start(sources.place(span).0)
                .path(sources.path(span.file).display().to_string())
                .annotation(AnnotationKind::Primary.span(start - from..end - from)),
        );
    }
    for hint in &d.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// The nearest place between two characters at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A bar for work that takes a while; nothing where nobody watches.
pub fn progress(steps: usize, quiet: bool) -> indicatif::ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let bar = indicatif::ProgressBar::new(steps as u64);
    if let Ok(style) =
        indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
    {
        bar.set_style(style);
    }
    bar
}
