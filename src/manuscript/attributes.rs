//! Attribute lists in braces, as Pandoc writes them: `{lang=de .class #id}`.
//!
//! Of what they may say keben knows the language. The rest is told apart all the
//! same: an author should hear of what has no effect, and braces that hold no
//! attributes are text.

use super::chapter::Reader;
use super::mask;
use crate::book::lang;
use crate::diag::{Diagnostic, code};
use pulldown_cmark::CowStr;
use std::ops::Range;

/// Longest list that is looked for. The bound keeps hostile text from quadratic
/// time.
const LONGEST: usize = 1000;

/// What stands between two braces.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Attributes {
    /// value of `lang`
    pub(super) lang: Option<String>,
    /// the name after `#`
    pub(super) id: Option<String>,
    /// the first name after `.`
    pub(super) class: Option<String>,
    /// names and values of [`KNOWN`]; a bare name has an empty value
    pub(super) said: Vec<(&'static str, String)>,
    /// all but the language and these, as written
    pub(super) others: Vec<String>,
    /// names with values, and names alone where they are allowed
    pub(super) named: Vec<(String, Option<String>)>,
    /// bytes, with the braces
    pub(super) len: usize,
}

/// The list that `text` begins with, of one attribute or more; `None` if it
/// begins with something else.
pub(super) fn list(text: &str) -> Option<Attributes> {
    read(text, false)
}

/// The same, where names alone are attributes, too: `{turn}`.
pub(super) fn words(text: &str) -> Option<Attributes> {
    read(text, true)
}

fn read(text: &str, bare: bool) -> Option<Attributes> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut rest = text.strip_prefix('{')?.trim_start_matches(BLANK);
    let mut out = Attributes::default();
    let mut some = false;
    while !rest.starts_with('}') {
        let after = out.one(rest, bare)?;
        some = true;
        rest = after.trim_start_matches(BLANK);
        // Attributes have blanks between them.
        if rest.len() == after.len() && !rest.starts_with('}') {
            return None;
        }
    }
    out.len = text.len() - rest.len() + 1;
    some.then_some(out)
}

/// What a span or a link may say, besides its language.
const KNOWN: [&str; 7] = ["index", "see", "also", "sort", "range", "term", "ref"];
/// Of these, what may stand without a value.
const BARE: [&str; 2] = ["index", "term"];

const BLANK: [char; 2] = [' ', '\t'];

impl Attributes {
    fn says(&self, name: &str) -> bool {
        self.said.iter().any(|s| s.0 == name)
    }

    /// Takes the value of one of [`KNOWN`].
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.said.iter().position(|s| s.0 == name)?;
        Some(self.said.remove(at).1)
    }

    /// Takes the names after `#` and after `.`, if they are these.
    pub(super) fn take_other(&mut self, written: &str) -> bool {
        let at = self.others.iter().position(|o| o == written);
        at.map(|at| self.others.remove(at)).is_some()
    }

    /// Takes one attribute; gives what follows it.
    fn one<'t>(&mut self, text: &'t str, bare: bool) -> Option<&'t str> {
        if let Some(rest) = text.strip_prefix(['#', '.']) {
            let (name, after) = name(rest)?;
            let kind = if text.starts_with('#') { &mut self.id } else { &mut self.class };
            kind.get_or_insert_with(|| name.to_string());
            self.others.push(text[..text.len() - after.len()].to_string());
            return Some(after);
        }
        let (name, after) = name(text)?;
        let known = KNOWN.into_iter().find(|k| *k == name);
        let Some(after) = after.strip_prefix('=') else {
            if let Some(known) = known.filter(|k| BARE.contains(k)) {
                self.said.push((known, String::new()));
                return Some(after);
            }
            self.others.push(name.to_string());
            self.named.push((name.to_string(), None));
            return Some(after).filter(|_| bare);
        };
        let (value, after) = value(after)?;
        self.named.push((name.to_string(), Some(value.to_string())));
        if name == "lang" && self.lang.is_none() {
            self.lang = Some(value.to_string());
        } else if let Some(known) = known.filter(|k| !self.says(k)) {
            self.said.push((known, value.trim_matches(['“', '”']).to_string()));
        } else {
            self.others.push(text[..text.len() - after.len()].to_string());
        }
        Some(after)
    }
}

/// A name in ASCII, and what follows it.
fn name(text: &str) -> Option<(&str, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts.then(|| text.split_at(end))
}

/// A value, quoted or not, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    if let Some(quote @ ('"' | '\'')) = text.chars().next() {
        return text[1..].split_once(quote).filter(|(value, _)| !value.contains('\n'));
    }
    let ends = |c: char| c.is_whitespace() || "\"'`=<>{}[]".contains(c);
    let end = text.find(ends)?;
    (end > 0).then(|| text.split_at(end))
}

/// The list at the end of a heading, which the parser has read.
pub(super) fn of_heading(
    classes: &[CowStr],
    attributes: &[(CowStr, Option<CowStr>)],
) -> Attributes {
    let mut out = Attributes::default();
    out.others.extend(classes.iter().map(|c| mask::lift(&format!(".{c}"))));
    for (name, value) in attributes {
        match value.as_deref().map(|v| v.trim_matches(['"', '\''])) {
            Some(tag) if &**name == "lang" => out.lang = Some(mask::lift(tag)),
            Some(value) => out.others.push(mask::lift(&format!("{name}={value}"))),
            None => out.others.push(mask::lift(name)),
        }
    }
    out
}

impl Reader<'_> {
    /// What a list in braces says of the language; the rest is reported.
    pub(super) fn language_of(
        &mut self,
        attributes: &Attributes,
        range: Range<usize>,
    ) -> Option<String> {
        let said = attributes.said.iter().map(|(name, _)| *name);
        for other in attributes.others.iter().map(String::as_str).chain(said) {
            let message = format!("`{other}` says nothing here");
            let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
            let d = d.at(self.script.span(range.clone()));
            self.sink.push(
                d.hint("known here is `lang`; where it should be text, write `\\{`"),
            );
        }
        attributes.lang.as_deref().and_then(|tag| self.language(tag, range))
    }

    /// A language tag that the author wrote; one that is none is reported.
    pub(super) fn language(&mut self, tag: &str, range: Range<usize>) -> Option<String> {
        let good = lang::tag(tag);
        if good.is_none() {
            let message = match tag.is_empty() {
                true => "the language tag is missing".to_string(),
                false => format!("`{tag}` is no language tag"),
            };
            let d = Diagnostic::new(code::BAD_LANGUAGE, message);
            let hint = "allowed is such as `de`, `ja`, `zh-Hant-TW`";
            self.sink.push(d.at(self.script.span(range)).hint(hint));
        }
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let a = list("{lang=de}后").expect("a list");
        assert_eq!((a.lang.as_deref(), a.len, a.others.len()), (Some("de"), 9, 0));
        let a = list("{ .a #b\tlang=\"zh-Hant\" c='1 2' .d lang=fr }").expect("a list");
        assert_eq!(a.lang.as_deref(), Some("zh-Hant"));
        assert_eq!((a.id.as_deref(), a.class.as_deref()), (Some("b"), Some("a")));
        assert_eq!(a.others, [".a", "#b", "c='1 2'", ".d", "lang=fr"]);
        assert_eq!(list("{lang=\"\"}").map(|a| a.lang), Some(Some(String::new())));
    }
    #[test]
    fn braces_that_hold_no_attributes() {
        let none = [
            "",
            "{",
            "{}",
            "{ }",
            "{lang",
            "{lang=",
            "{lang=}",
            "{lang}",
            "{lang=de",
            "{lang=\"de}",
            "{lang=de,x=1}",
            "{lang = de}",
            "{.}",
            "{#}",
            "{甲=乙}",
            "{ return 1 }",
            "{1}",
            "{lang=a=b}",
            "{a=[}",
            "{.a.b{}",
            "x{lang=de}",
        ];
        for text in none {
            assert_eq!(list(text), None, "{text}");
        }
        assert_eq!(list(&format!("{{a={}}}", "x".repeat(LONGEST))), None);
        assert_eq!(list(&format!("{{lang={}", "永".repeat(LONGEST))), None);
    }
}
