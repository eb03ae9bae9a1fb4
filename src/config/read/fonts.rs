//! `[fonts]`: the author's own faces.

use super::section::{Given, Section, one_line};
use crate::config::{FontName, FontSource};
use crate::font::Role;
use toml::Spanned;
use toml::de::DeValue;

/// The cuts of a face: key, bold, italic.
const CUTS: [(&str, bool, bool); 4] = [
    ("regular", false, false),
    ("bold", true, false),
    ("italic", false, true),
    ("bolditalic", true, true),
];

/// Reads the section.
pub(super) fn read(s: &mut Section) -> Vec<FontSource> {
    let mut out = vec![];
    let roles: Vec<_> = Role::ALL.iter().map(|r| r.name()).collect();
    for (key, value) in s.entries() {
        let Some(role) = Role::named(key.value) else {
            s.unknown(&key, &roles);
            continue;
        };
        match value.get_ref() {
            DeValue::String(_) => out.extend(source(s, role, CUTS[0], value)),
            DeValue::Table(_) => cuts(s, role, value, &mut out),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => s.wrong_type(value, "a family, a file or a table"),
        }
    }
    out
}

fn cuts(
    s: &mut Section,
    role: Role,
    value: &Spanned<DeValue>,
    out: &mut Vec<FontSource>,
) {
    let Some(table) = value.get_ref().as_table() else { return };
    let first = out.len();
    for (key, value) in table.iter() {
        let cut = CUTS.iter().find(|c| c.0 == key.get_ref().as_ref());
        match cut {
            Some(cut) => out.extend(source(s, role, *cut, value)),
            None => {
                let span = s.span(key.span());
                let key = Given { value: key.get_ref().as_ref(), span };
                s.unknown(&key, &CUTS.map(|c| c.0));
            }
        }
    }
    out[first..].sort_by_key(|f| f.span);
}

fn source(
    s: &mut Section,
    role: Role,
    (_, bold, italic): (&str, bool, bool),
    value: &Spanned<DeValue>,
) -> Option<FontSource> {
    let Some(text) = value.get_ref().as_str() else {
        s.wrong_type(value, "a family or a file");
        return None;
    };
    let (text, span) = (one_line(text), s.span(value.span()));
    if text.is_empty() {
        s.reject(span, "this names no font", "name an installed family or a file");
        return None;
    }
    Some(FontSource { role, bold, italic, source: font_name(text), span })
}

fn font_name(text: String) -> FontName {
    let lower = text.to_lowercase();
    let file = [".otf", ".ttf", ".ttc", ".otc"].iter().any(|e| lower.ends_with(e));
    if file || text.contains('/') { FontName::File(text) } else { FontName::Family(text) }
}
