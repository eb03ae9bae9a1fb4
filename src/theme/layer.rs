//! A theme over another: what a book's own `theme.toml` says replaces single keys
//! of its base. The base's shape says which keys there are and what they may be.

use super::Theme;
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Span};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

/// One step of the way to a value.
#[derive(Debug, Clone)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// A value that is no table and no list, where it goes and where it was written.
struct Leaf<'t> {
    path: Vec<Step<'t>>,
    value: Option<Value>,
    span: Span,
    /// where its key was written
    key: Span,
}

/// Values that one theme may set; the built-in ones set about a hundred.
const MOST: usize = 2_000;
/// How deep values may lie; the deepest key is at 4.
const DEPTH: usize = 8;
/// Keys that every look may have, also where the base has none.
const OPTIONAL: [&str; 8] =
    ["bold", "italic", "size", "black", "ink", "han", "latin", "center"];

/// What whole numbers may be, by the last key of their way.
const RANGES: [(&str, i64, i64); 4] =
    [("size", 200, 6000), ("lines", 1, 20), ("indent", 0, 12), ("black", 0, 100)];

/// The name after `base`, and where it stands.
pub(super) fn base(text: &str, file: FileId) -> Option<(String, Span)> {
    let (table, _) = DeTable::parse_recoverable(text);
    let value = table.get_ref().get("base")?;
    Some((value.get_ref().as_str()?.to_string(), Span::new(file, value.span())))
}

/// Puts what a text says over a theme's table. What cannot be is reported and
/// costs only itself. `inks` are those of the book, by name.
pub(super) fn over(
    below: &mut Table,
    text: &str,
    file: FileId,
    inks: &[&str],
    sink: &mut Sink,
) {
    let (table, faults) = DeTable::parse_recoverable(text);
    for fault in faults.iter().take(5) {
        let message = fault.message().trim().replace('\n', ", ");
        let d = Diagnostic::new(code::BAD_TOML, format!("this is not TOML: {message}"));
        let span = fault.span().map_or(Span::new(file, 0..0), |r| Span::new(file, r));
        sink.push(d.at(span).hint("the theme is used as far as it can be read"));
    }
    let mut leaves = vec![];
    for (key, value) in sorted(table.get_ref()) {
        let span = Span::new(file, key.span());
        let key = key.get_ref().as_ref();
        match key {
            "base" if value.get_ref().as_str().is_some() => {}
            _ => gather(value, span, file, &mut vec![Step::Key(key)], &mut leaves),
        }
    }
    if leaves.len() > MOST {
        let message = format!("a theme sets {MOST} values at most");
        let d = Diagnostic::new(code::BAD_VALUE, message).at(leaves[MOST].span);
        sink.push(d.hint("the values from here on are left out"));
        leaves.truncate(MOST);
    }
    for mut leaf in leaves {
        let known = ink(&mut leaf, inks).and_then(|()| set(below, &leaf));
        if let Err((what, message, hint)) = known {
            let at = if what == code::UNKNOWN_KEY { leaf.key } else { leaf.span };
            sink.push(Diagnostic::new(what, message).at(at).hint(hint));
        }
    }
}

/// A table's entries in the order written.
fn sorted<'t>(
    table: &'t DeTable<'t>,
) -> Vec<(&'t Spanned<std::borrow::Cow<'t, str>>, &'t Spanned<DeValue<'t>>)> {
    let mut list: Vec<_> = table.iter().collect();
    list.sort_by_key(|(k, _)| k.span().start);
    list
}

fn gather<'t>(
    value: &'t Spanned<DeValue<'t>>,
    key: Span,
    file: FileId,
    path: &mut Vec<Step<'t>>,
    out: &mut Vec<Leaf<'t>>,
) {
    if out.len() > MOST {
        return;
    }
    let span = Span::new(file, value.span());
    let leaf = match value.get_ref() {
        DeValue::Table(t) if path.len() < DEPTH => {
            for (k, v) in sorted(t) {
                path.push(Step::Key(k.get_ref().as_ref()));
                gather(v, Span::new(file, k.span()), file, path, out);
                path.pop();
            }
            return;
        }
        DeValue::Array(list) if path.len() < DEPTH => {
            for (i, v) in list.iter().enumerate() {
                path.push(Step::Index(i));
                gather(v, Span::new(file, v.span()), file, path, out);
                path.pop();
            }
            return;
        }
        DeValue::String(s) => Some(Value::String(s.to_string())),
        DeValue::Boolean(b) => Some(Value::Boolean(*b)),
        DeValue::Integer(n) => {
            i64::from_str_radix(n.as_str(), n.radix()).ok().map(Value::Integer)
        }
        DeValue::Float(_)
        | DeValue::Datetime(_)
        | DeValue::Table(_)
        | DeValue::Array(_) => None,
    };
    out.push(Leaf { path: path.clone(), value: leaf, span, key });
}

type Fault = (code::Code, String, String);

/// An ink is named in a theme and counted in its table.
fn ink(leaf: &mut Leaf<'_>, inks: &[&str]) -> Result<(), Fault> {
    let Some(Step::Key("ink")) = leaf.path.last() else { return Ok(()) };
    let named = leaf.value.as_ref().and_then(Value::as_str);
    let found = named.and_then(|name| inks.iter().position(|i| *i == name));
    let Some(found) = found else {
        let message = format!("`{}` is no ink of the book", name(&leaf.path));
        let hint = match inks.is_empty() {
            true => "`[inks.red]` with `rgb = \"#c8102e\"` in book.toml makes one".into(),
            false => format!("the book has: {}", inks.join(", ")),
        };
        return Err((code::BAD_VALUE, message, hint));
    };
    leaf.value = Some(Value::Integer(found as i64));
    Ok(())
}

fn set(below: &mut Table, leaf: &Leaf<'_>) -> Result<(), Fault> {
    let name = name(&leaf.path);
    let unknown =
        |hint: String| (code::UNKNOWN_KEY, format!("a theme has no `{name}`"), hint);
    let bad = |hint: &str| {
        (code::BAD_VALUE, format!("`{name}` cannot be this"), hint.to_string())
    };
    let Some(value) = &leaf.value else {
        return Err(bad("it is text, a whole number, `true` or `false`"));
    };
    let (Some(last), Some(whole)) = (leaf.path.last(), leaf.path.first()) else {
        return Err(unknown(String::new()));
    };
    if let (Step::Key(key), Value::Integer(n)) = (last, value)
        && let Some((_, low, high)) = RANGES.iter().find(|r| r.0 == *key)
        && !(*low..=*high).contains(n)
    {
        return Err(bad(&format!("allowed is {low} to {high}")));
    }
    let new_token = matches!(whole, Step::Key("tokens"));
    let mut trial = below.clone();
    let slot = slot(&mut trial, &leaf.path, new_token);
    let Some(slot) = slot else { return Err(unknown(known(below, &leaf.path))) };
    *slot = value.clone();
    match trial.clone().try_into::<Theme>() {
        Ok(_) => {
            *below = trial;
            Ok(())
        }
        Err(why) => {
            let why = why.message().trim().replace('\n', ", ");
            if why.contains("unknown field") || why.starts_with("no class") {
                return Err(unknown(why));
            }
            Err(bad(&why))
        }
    }
}

/// The place of a value in a table; `None` where there is none.
fn slot<'v>(
    table: &'v mut Table,
    path: &[Step<'_>],
    new_token: bool,
) -> Option<&'v mut Value> {
    let (first, rest) = path.split_first()?;
    let Step::Key(key) = first else { return None };
    let mut here = match table.contains_key(*key) {
        true => table.get_mut(*key)?,
        false => return None,
    };
    for (i, step) in rest.iter().enumerate() {
        let last = i + 1 == rest.len();
        here = match (step, here) {
            (Step::Key(key), Value::Table(t)) => {
                let may = OPTIONAL.contains(key) && last || new_token && !last;
                if !t.contains_key(*key) && may {
                    let empty =
                        if last { Value::Integer(0) } else { Table::new().into() };
                    t.insert((*key).to_string(), empty);
                }
                t.get_mut(*key)?
            }
            (Step::Index(i), Value::Array(list)) => list.get_mut(*i)?,
            _ => return None,
        };
    }
    Some(here)
}

/// What might be meant instead: the keys of the table around.
fn known(below: &Table, path: &[Step<'_>]) -> String {
    let mut here = below;
    for step in path {
        match step {
            Step::Key(key) => match here.get(*key) {
                Some(Value::Table(t)) => here = t,
                Some(Value::Array(list)) => {
                    return format!("there are {} of these", list.len());
                }
                Some(_) | None => break,
            },
            Step::Index(_) => break,
        }
    }
    let keys: Vec<_> = here.keys().map(String::as_str).collect();
    format!("known here: {}", keys.join(", "))
}

fn name(path: &[Step<'_>]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out += key,
            Step::Key(key) => out += &format!(".{key}"),
            Step::Index(i) => out += &format!("[{}]", i + 1),
        }
    }
    out.chars().filter(|c| !c.is_control()).take(80).collect()
}
