//! Text of `book.toml` → [`Config`].
//!
//! Every setting is asked for by name, once. What nobody asked for is unknown;
//! what has the wrong shape is reported and costs only itself.

mod catalogue;
mod cover;
mod edition;
mod fonts;
mod imprint;
mod makeup;
mod meta;
mod page;
mod press;
mod reader;
mod section;
mod typesetting;

use super::{Config, Limits};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Span};
use section::Section;
use toml::de::DeTable;

/// Reads `book.toml`. Never fails: what cannot be read is reported, and its
/// default stands. A book without a title has an empty one.
pub fn read(text: &str, file: FileId, sink: &mut Sink) -> Config {
    read_titled(text, file, "", sink)
}

/// The same, for a book whose title is `title` unless its settings say otherwise:
/// slug and identifier follow from it.
pub fn read_titled(text: &str, file: FileId, title: &str, sink: &mut Sink) -> Config {
    let (table, faults) = DeTable::parse_recoverable(text);
    syntax(&faults, file, sink);
    // Behind a syntax error a value may be an echo of it; what is really wrong
    // shows when the syntax is right.
    let mut quiet = Sink::default();
    let sink = if faults.is_empty() { sink } else { &mut quiet };
    let mut top = Section::top(table.get_ref(), file, sink);
    let book = meta::read(&mut top.section("book"), title);
    let (page, makeup) = page::read(&mut top.section("page"));
    let rules = typesetting::read(&mut top.section("typesetting"), &book.meta.lang);
    let fonts = fonts::read(&mut top.section("fonts"));
    let inks = press::inks(&mut top.section("inks"));
    let cover = cover::read(&mut top.section("cover"), &inks);
    let limits = limits(&mut top.section("limits"));
    let editions = edition::read(&mut top);
    // mdBook's own sections: the same folder may be read by both programs.
    ["output", "build", "preprocessor", "rust"].into_iter().for_each(|k| top.skip(k));
    top.finish();
    let meta::BookSection { meta, slug, src, theme, numbering, front_cover, .. } = book;
    Config {
        meta,
        slug,
        src,
        numbering,
        sections: book.sections,
        notes: book.notes,
        sort_glossary: book.sort_glossary,
        page,
        makeup,
        rules,
        fonts,
        cover,
        inks,
        front_cover,
        editions,
        theme_span: theme.as_ref().map(|g| g.span),
        theme: theme.map_or_else(|| "default".into(), |g| g.value),
        limits,
    }
}

/// One broken bracket can raise a fault on every line after it; the first few
/// are the ones worth reading.
const SHOWN_FAULTS: usize = 5;

fn syntax(faults: &[toml::de::Error], file: FileId, sink: &mut Sink) {
    for fault in faults.iter().take(SHOWN_FAULTS) {
        let message = format!("this is not TOML: {}", fault.message().trim());
        let mut d = Diagnostic::new(code::BAD_TOML, message.replace('\n', ", "));
        if let Some(range) = fault.span() {
            d = d.at(Span::new(file, range));
        }
        let hint = match fault.message().contains("unquoted key") {
            true => "a key that is not ASCII stands in quotation marks: `\"宋\" = …`",
            false => "what can still be read is used, defaults stand for the rest",
        };
        sink.push(d.hint(hint));
    }
}

fn limits(s: &mut Section) -> Limits {
    let mut limits = Limits::default();
    if let Some(n) = s.integer_in("picture-pixels", 1..=10_000_000_000) {
        limits.picture_pixels = n.value as u64;
    }
    // Places in a text are 32 bits wide, so 1 GiB is safe and 4 GiB is not.
    if let Some(n) = s.integer_in("file-mib", 1..=1024) {
        limits.file_bytes = (n.value as u64) << 20;
    }
    if let Some(n) = s.integer_in("depth", 1..=64) {
        limits.depth = n.value as usize;
    }
    s.finish();
    limits
}

#[cfg(test)]
mod tests;
