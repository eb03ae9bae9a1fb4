//! A table of `book.toml`, read key by key.

use crate::diag::{Code, Diagnostic, Sink, code};
use crate::source::{FileId, Span};
use std::fmt::Display;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value, and where it was given.
#[derive(Debug, Clone)]
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// A table of the file, and where it stands.
pub(super) type Placed<'t> = Given<&'t DeTable<'t>>;

/// One table: remembers what was asked of it, and at the end reports the rest.
pub(super) struct Section<'t, 's> {
    /// as in `[page]`; empty for the file as a whole
    name: &'static str,
    table: Option<Placed<'t>>,
    asked: Vec<&'t str>,
    file: FileId,
    sink: &'s mut Sink,
}

impl<'t, 's> Section<'t, 's> {
    /// The file as a whole.
    pub(super) fn top(table: &'t DeTable<'t>, file: FileId, sink: &'s mut Sink) -> Self {
        let placed = Given { value: table, span: Span::new(file, 0..0) };
        Section { name: "", table: Some(placed), asked: vec![], file, sink }
    }

    /// The table named `name`; where there is none, an empty one.
    pub(super) fn section(&mut self, name: &'static str) -> Section<'t, '_> {
        self.below(name, name)
    }

    /// The table at `key`, which is called `name` in full: `book.imprint`.
    pub(super) fn below(
        &mut self,
        key: &'static str,
        name: &'static str,
    ) -> Section<'t, '_> {
        let table = self.get(key).and_then(|v| self.table_in(v));
        Section { name, table, asked: vec![], file: self.file, sink: self.sink }
    }

    /// The tables of an array `[[name]]`.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<Placed<'t>> {
        let Some(value) = self.get(name) else { return vec![] };
        let Some(list) = value.get_ref().as_array() else {
            let span = self.span(value.span());
            self.reject(
                span,
                format!("`{name}` is a list"),
                format!("write `[[{name}]]`"),
            );
            return vec![];
        };
        list.iter().filter_map(|v| self.table_in(v)).collect()
    }

    /// The tables in this one, with their names, in the order written.
    pub(super) fn named_tables(&mut self) -> Vec<(Given<String>, Placed<'t>)> {
        let entries = self.entries();
        let mut out = vec![];
        for (key, value) in entries {
            let Some(table) = self.table_in(value) else { continue };
            self.asked.push(key.value);
            let name = Given { value: one_line(key.value), span: key.span };
            out.push((name, table));
        }
        out
    }

    /// Whole numbers in a list; what is none is no number from 0 to 255.
    pub(super) fn integers(&mut self, key: &'static str) -> Option<Given<Vec<i64>>> {
        let value = self.get(key)?;
        let span = self.span(value.span());
        let list = value.get_ref().as_array();
        if list.is_none() {
            self.wrong_type(value, "a list of whole numbers");
        }
        let number = |v: &Spanned<DeValue<'_>>| {
            let n = v.get_ref().as_integer();
            n.and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok()).unwrap_or(-1)
        };
        Some(Given { value: list?.iter().map(number).collect(), span })
    }

    /// One of [`Section::tables`], ready to be read.
    pub(super) fn inner(
        &mut self,
        name: &'static str,
        table: Placed<'t>,
    ) -> Section<'t, '_> {
        let (file, sink) = (self.file, &mut *self.sink);
        Section { name, table: Some(table), asked: vec![], file, sink }
    }

    fn table_in(&mut self, value: &'t Spanned<DeValue<'t>>) -> Option<Placed<'t>> {
        let span = self.span(value.span());
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, "a table");
        }
        Some(Given { value: table?, span })
    }

    /// The tables inside this one that are named by a language: `[typesetting.ja]`.
    pub(super) fn languages(&mut self) -> Vec<(String, Placed<'t>)> {
        let mut out = vec![];
        for (key, value) in self.entries() {
            if value.get_ref().as_table().is_some() && is_language(key.value) {
                self.asked.push(key.value);
                out.extend(self.table_in(value).map(|t| (key.value.to_string(), t)));
            }
        }
        out
    }

    /// Accepts a key without a look at its value.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.asked.push(key);
    }

    /// Whether a key is there, with any value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.as_ref().is_some_and(|t| t.value.contains_key(key))
    }

    /// Text on one line: a control character, which neither PDF nor XML could
    /// hold, becomes a space. Text without characters counts as not given.
    pub(super) fn string(&mut self, key: &'static str) -> Option<Given<String>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(value, "text in quotation marks");
            return None;
        };
        let value = Given { value: one_line(text), span: self.span(value.span()) };
        Some(value).filter(|v| !v.value.is_empty())
    }

    /// One text or a list of them.
    pub(super) fn strings(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.get(key) else { return vec![] };
        self.names(value)
    }

    /// A value that is one text or a list of them.
    pub(super) fn names(&mut self, value: &'t Spanned<DeValue<'t>>) -> Vec<String> {
        let list = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => vec![value],
        };
        let mut out = vec![];
        for item in list {
            match item.get_ref().as_str() {
                Some(text) => out.push(one_line(text)),
                None => self.wrong_type(item, "text in quotation marks"),
            }
        }
        out.retain(|s| !s.is_empty());
        out
    }

    /// Lines of text: a list of them, or a text with line ends in it.
    pub(super) fn lines(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.get(key) else { return vec![] };
        let Some(text) = value.get_ref().as_str() else { return self.names(value) };
        let lines = text.lines().map(one_line);
        lines.filter(|l| !l.is_empty()).collect()
    }

    /// A date: `2026`, `2026-05` or `2026-05-04`.
    pub(super) fn date(&mut self, key: &'static str) -> Option<String> {
        let given = self.text_of(key)?;
        if good_date(&given.value) {
            return Some(given.value);
        }
        let message = format!("`{}` is no date", given.value);
        let hint = "allowed is such as `2026`, `2026-05` or `2026-05-04`";
        self.reject(given.span, message, hint);
        None
    }

    /// Text, or a number or a date as it would be written as text.
    pub(super) fn text_of(&mut self, key: &'static str) -> Option<Given<String>> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(_) => return self.string(key),
            DeValue::Integer(n) => n.to_string(),
            DeValue::Float(n) => n.to_string(),
            DeValue::Datetime(d) => d.to_string(),
            DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_type(value, "text in quotation marks");
                return None;
            }
        };
        Some(Given { value: text, span: self.span(value.span()) })
    }

    /// A whole number within bounds.
    pub(super) fn integer_in(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
    ) -> Option<Given<i64>> {
        let value = self.get(key)?;
        let span = self.span(value.span());
        let Some(n) = value.get_ref().as_integer() else {
            self.wrong_type(value, "a whole number");
            return None;
        };
        match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(value) if range.contains(&value) => Some(Given { value, span }),
            Ok(_) | Err(_) => self.out_of_range(key, n, &range, "", span),
        }
    }

    /// A number within bounds.
    pub(super) fn number_in(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        unit: &str,
    ) -> Option<Given<f64>> {
        let value = self.get(key)?;
        let span = self.span(value.span());
        let text = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str(),
            DeValue::Float(n) => n.as_str(),
            DeValue::Integer(_)
            | DeValue::String(_)
            | DeValue::Datetime(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong_type(value, "a number");
                return None;
            }
        };
        match text.parse::<f64>() {
            Ok(value) if range.contains(&value) => Some(Given { value, span }),
            Ok(_) | Err(_) => self.out_of_range(key, &text, &range, unit, span),
        }
    }

    fn out_of_range<T, N: Display>(
        &mut self,
        key: &str,
        got: &impl Display,
        range: &RangeInclusive<N>,
        unit: &str,
        span: Span,
    ) -> Option<T> {
        let (low, high) = (range.start(), range.end());
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let hint = format!("allowed is {low} to {high}{unit}");
        self.reject(span, format!("`{key}` cannot be {got}"), hint);
        None
    }

    /// Yes or no.
    pub(super) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(value, "`true` or `false`");
        }
        found
    }

    /// The tag of a language, such as `de` or `en-GB`.
    pub(super) fn language(&mut self, key: &'static str) -> Option<String> {
        let Given { value, span } = self.string(key)?;
        if is_language(&value) {
            return Some(value);
        }
        let message = format!("`{value}` is no language");
        self.reject(span, message, "use a tag such as `en`, `de` or `fr-CA`");
        None
    }

    /// Some of a few words.
    pub(super) fn choices<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Vec<T> {
        let Some(place) = self.get(key) else { return vec![] };
        let span = self.span(place.span());
        let mut out = vec![];
        for word in self.strings(key) {
            match words.iter().find(|w| w.0 == word) {
                Some((_, found)) => out.push(*found),
                None => {
                    let hint = format!("allowed is {}", list(words));
                    self.reject(span, format!("`{key}` cannot hold `{word}`"), hint);
                }
            }
        }
        out
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<Given<T>> {
        let Given { value, span } = self.string(key)?;
        if let Some((_, found)) = words.iter().find(|(word, _)| *word == value) {
            return Some(Given { value: *found, span });
        }
        let hint = format!("allowed is {}", list(words));
        self.reject(span, format!("`{key}` cannot be `{value}`"), hint);
        None
    }

    /// Every key with its value, in the order written, all counted as asked for.
    pub(super) fn entries(&self) -> Vec<(Given<&'t str>, &'t Spanned<DeValue<'t>>)> {
        let Some(table) = &self.table else { return vec![] };
        let mut list: Vec<_> = table
            .value
            .iter()
            .map(|(k, v)| {
                let span = self.span(k.span());
                (Given { value: k.get_ref().as_ref(), span }, v)
            })
            .collect();
        list.sort_by_key(|(k, _)| k.span);
        list
    }

    /// Reports an impossible value.
    pub(super) fn reject(
        &mut self,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.sink.push(Diagnostic::new(code::BAD_VALUE, message).at(span).hint(hint));
    }

    /// Says something else of a value.
    pub(super) fn note(&mut self, code: Code, at: Span, message: String, hint: String) {
        self.sink.push(Diagnostic::new(code, message).at(at).hint(hint));
    }

    /// Where the table stands; `None` where there is none.
    pub(super) fn place(&self) -> Option<Span> {
        self.table.as_ref().map(|t| t.span)
    }

    /// Reports a fault of the table itself.
    pub(super) fn reject_here(&mut self, message: &str, hint: &str) {
        let span = self.table.as_ref().map_or(Span::new(self.file, 0..0), |t| t.span);
        self.reject(span, message, hint);
    }

    /// Reports a value of another type.
    pub(super) fn wrong_type(&mut self, value: &Spanned<DeValue>, wanted: &str) {
        let kind = value.get_ref().type_str();
        let a = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
        let message = format!("{wanted} is needed here, and this is {a} {kind}");
        let span = self.span(value.span());
        let hint = "its default is used instead";
        self.reject(span, message, hint);
    }

    /// Reports a key that nobody knows.
    pub(super) fn unknown(&mut self, key: &Given<&str>, known: &[&str]) {
        let place = if self.name.is_empty() {
            "`book.toml`".to_string()
        } else {
            format!("`[{}]`", self.name)
        };
        let message = format!("{place} has no setting `{}`", one_line(key.value));
        let mut d = Diagnostic::new(code::UNKNOWN_KEY, message).at(key.span);
        let near = known.iter().map(|k| (distance(k, key.value), k)).min();
        if let Some((_, best)) = near.filter(|(n, best)| *n <= best.len() / 3 + 1) {
            d = d.hint(format!("did you mean `{best}`?"));
        }
        self.sink.push(d);
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&mut self) {
        for (key, _) in self.entries() {
            if !self.asked.contains(&key.value) {
                let known = std::mem::take(&mut self.asked);
                self.unknown(&key, &known);
                self.asked = known;
            }
        }
    }

    /// A place in the file.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let table: &'t DeTable<'t> = self.table.as_ref()?.value;
        table.get(key)
    }
}

fn list<T>(words: &[(&str, T)]) -> String {
    let words: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
    words.join(", ")
}

/// Whether a text has the form of a language's tag (BCP 47): two or three
/// letters, then subtags of up to eight letters and digits.
fn is_language(text: &str) -> bool {
    let mut tags = text.split('-');
    let first = tags.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && tags.all(|t| {
            (1..=8).contains(&t.len()) && t.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

fn good_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let widths = [4, 2, 2];
    let shaped = parts.len() <= 3
        && parts
            .iter()
            .zip(widths)
            .all(|(p, w)| p.len() == w && p.chars().all(|c| c.is_ascii_digit()));
    let n = |i: usize| parts.get(i).map_or(Some(1), |p| p.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (n(0), n(1), n(2)) else { return false };
    shaped && chrono::NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}

/// The text without control characters and without spaces at its ends.
pub(super) fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'), " ")
        .trim()
        .to_string()
}

/// How many characters must be changed, added or dropped to make one word the
/// other (Levenshtein). A long word is cut: it is nobody's slip.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
