//! Diagnostics on a terminal, and the progress of long work.

use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Sources;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::IsTerminal;

/// Prints all diagnostics and a line that counts them; gives the number of errors.
pub fn print(sink: &Sink, sources: &Sources, quiet: bool) -> usize {
    let renderer = if std::io::stderr().is_terminal() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    for d in sink.list() {
        eprintln!("{}\n", one(d, sources, &renderer));
    }
    let errors = sink.errors();
    let warnings = sink.list().len() - errors;
    if !quiet || errors > 0 {
        match (errors, warnings) {
            (0, 0) => {}
            (0, w) => eprintln!("{}", count(w, "warning")),
            (e, 0) => eprintln!("{}", count(e, "error")),
            (e, w) => eprintln!("{}, {}", count(e, "error"), count(w, "warning")),
        }
    }
    errors
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// One diagnostic with the line that it is about.
fn one(d: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match d.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(d.message.as_str()).id(d.code.name);
    let mut group = Group::with_title(title);
    if let Some(span) = d.span {
        let text = sources.text(span.file);
        let start = boundary(text, span.range().start);
        let end = boundary(text, span.range().end).max(start);
        group = group.element(
            Snippet::source(text)
                .path(sources.path(span.file).display().to_string())
                .annotation(AnnotationKind::Primary.span(start..end)),
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
