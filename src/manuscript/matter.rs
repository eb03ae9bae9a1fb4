//! Front matter: what stands between two `---` (YAML) or `+++` (TOML) before a
//! chapter. Three keys are known, each with a text on its line; what else
//! stands there is reported, for its author may wait for it to do something.

use super::chapter::Reader;
use super::mask;
use crate::book::{Inline, Role, Text};
use crate::diag::{Diagnostic, code};
use crate::source::Span;
use std::ops::Range;

/// What an author says of a chapter before its text.
#[derive(Debug, Default, Clone)]
pub(super) struct Matter {
    /// what the chapter is
    pub(super) role: Option<Role>,
    /// its title where no heading gives one
    pub(super) title: Option<(Vec<Inline>, Span)>,
    /// the language of its text
    pub(super) lang: Option<String>,
}

/// Reads the front matter of a chapter.
pub(super) fn read(reader: &mut Reader) -> Matter {
    let script = reader.script;
    let block = script.slice(0..mask::front_matter(script.text()));
    let mut matter = Matter::default();
    let sign = if block.starts_with('+') { '=' } else { ':' };
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let start = at;
        at += line.len();
        // What is indented belongs to the key above it.
        let own = !line.starts_with([' ', '\t', '#', '-', '+', '.', '[', ']', '}']);
        if own && let Some((key, value)) = line.split_once(sign) {
            let name = start..start + key.trim_end().len();
            let value = place(value, start + key.len() + sign.len_utf8());
            entry(name, value, &mut matter, reader);
        }
    }
    matter
}

/// The place of a value without quotation marks and comment.
fn place(value: &str, start: usize) -> Range<usize> {
    let text = value.trim_start();
    let from = start + value.len() - text.len();
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark)
            && let Some(len) = inside.find(mark)
        {
            return from + 1..from + 1 + len;
        }
    }
    let bare = text.split(" #").next().unwrap_or_default().trim_end();
    from..from + bare.len()
}

fn entry(
    name: Range<usize>,
    place: Range<usize>,
    matter: &mut Matter,
    reader: &mut Reader,
) {
    let script = reader.script;
    let value = script.slice(place.clone());
    match script.slice(name.clone()) {
        "role" => matter.role = role(value, place, reader),
        "lang" => matter.lang = reader.language(value, place),
        "title" => {
            let span = script.span(place);
            let text: String =
                value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if !text.trim().is_empty() {
                matter.title = Some((vec![Inline::Text(Text { text, span })], span));
            }
        }
        other => {
            let message = format!("a chapter has no setting `{other}`");
            let d = Diagnostic::new(code::UNKNOWN_KEY, message).at(script.span(name));
            reader.sink.push(d.hint("known are `role`, `title` and `lang`"));
        }
    }
}

fn role(value: &str, place: Range<usize>, reader: &mut Reader) -> Option<Role> {
    let found = Role::named(value);
    if found.is_none() {
        let message = format!("`{value}` is no role of a chapter");
        let span = reader.script.span(place);
        let keys: Vec<_> = Role::keys().map(|k| format!("`{k}`")).collect();
        let hint = format!("allowed is {}", keys.join(", "));
        reader.sink.push(Diagnostic::new(code::BAD_VALUE, message).at(span).hint(hint));
    }
    found
}
