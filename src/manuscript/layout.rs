//! What braces behind a picture or a caption say of its place and its size:
//! `{width=60% here}`, `{widths="2 1 1" turn}`; and the id by which the text
//! refers to it, `{#id}`.

use super::attributes::{self, Attributes};
use super::blocks::Builder;
use crate::book::{Inline, Placement};
use crate::diag::{Diagnostic, code};
use crate::source::Span;

/// What may be said of tables, and of pictures.
pub(super) const TABLE_KEYS: [&str; 2] = ["widths", "turn"];
pub(super) const PICTURE_KEYS: [&str; 3] = ["width", "here", "page"];

/// What an author says of how a block stands.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub(super) struct Layout {
    pub(super) id: Option<String>,
    pub(super) place: Option<Placement>,
    /// percent of the measure
    pub(super) width: Option<u8>,
    /// of a table's columns, in proportion
    pub(super) widths: Vec<u32>,
    pub(super) turn: bool,
}

impl Layout {
    /// Takes one attribute; false if its value is none.
    fn take(&mut self, name: &str, value: Option<&str>) -> bool {
        match (name, value) {
            ("here", None) => self.place = Some(Placement::Here),
            ("page", None) => self.place = Some(Placement::Page),
            ("turn", None) => self.turn = true,
            ("width", Some(v)) => self.width = percent(v),
            ("widths", Some(v)) => self.widths = widths(v).unwrap_or_default(),
            (_, _) => return false,
        }
        !(name == "width" && self.width.is_none()
            || name == "widths" && self.widths.is_empty())
    }
}

/// `60%` or `60`, from 1 to 100.
fn percent(value: &str) -> Option<u8> {
    let n = value.strip_suffix('%').unwrap_or(value).trim().parse().ok();
    n.filter(|n| (1..=100).contains(n))
}

/// `2 1 1`, with blanks, commas or colons between; each from 1 to 1000.
fn widths(value: &str) -> Option<Vec<u32>> {
    let parts = value.split([' ', ',', ':', '，']).filter(|p| !p.is_empty());
    let all: Option<Vec<u32>> = parts.map(|p| p.parse().ok()).collect();
    all.filter(|all| all.iter().all(|n| (1..=1000).contains(n)))
}

impl Builder<'_, '_, '_> {
    /// Reads attributes that stand in a place; the unknown ones are reported.
    pub(super) fn layout(
        &mut self,
        list: &Attributes,
        known: &[&str],
        span: Span,
    ) -> Layout {
        let mut layout = Layout::default();
        let mut bad: Vec<String> = vec![];
        for (name, value) in &list.named {
            let taken =
                known.contains(&name.as_str()) && layout.take(name, value.as_deref());
            if !taken {
                let value = value.as_ref().map_or(String::new(), |v| format!("={v}"));
                bad.push(format!("{name}{value}"));
            }
        }
        layout.id = list.id.clone();
        let id = list.id.as_ref().map(|id| format!("#{id}"));
        let mut others = list.others.iter().filter(|o| o.starts_with(['#', '.']));
        let first = others.clone().position(|o| Some(o) == id.as_ref());
        bad.extend(
            others
                .by_ref()
                .enumerate()
                .filter(|o| Some(o.0) != first)
                .map(|o| o.1.clone()),
        );
        for other in bad {
            let message = format!("`{other}` says nothing here");
            let d = Diagnostic::new(code::UNKNOWN_ATTRIBUTE, message);
            let d = d.at(span);
            let known = if known.contains(&"turn") {
                "known are `widths=\"2 1 1\"` and `turn`"
            } else {
                "known are `width=60%`, `here` and `page`"
            };
            self.reader.sink.push(d.hint(known));
        }
        layout
    }

    /// Takes braces off the end of a caption. Braces without a word that is known
    /// are text.
    pub(super) fn layout_behind(
        &mut self,
        caption: &mut Vec<Inline>,
        known: &[&str],
    ) -> Layout {
        if let [.., Inline::Lang { text, .. }] = caption.as_mut_slice() {
            let layout = self.layout_behind(text, known);
            let empty = text.is_empty();
            caption.truncate(caption.len() - usize::from(empty));
            return layout;
        }
        let Some(Inline::Text(last)) = caption.last_mut() else {
            return Layout::default();
        };
        let Some(at) = last.text.rfind('{') else { return Layout::default() };
        let Some(list) = attributes::words(&last.text[at..]) else {
            return Layout::default();
        };
        let named = list.named.iter().any(|n| known.contains(&n.0.as_str()));
        let meant = named || (list.id.is_some() && list.others.len() == 1);
        if !meant || at + list.len != last.text.len() {
            return Layout::default();
        }
        // Where text and source differ, the whole is near enough.
        let span = last.span;
        last.text.truncate(last.text[..at].trim_end().len());
        if last.text.is_empty() {
            caption.pop();
        }
        self.layout(&list, known, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(
            (percent("60%"), percent("100"), percent("7 %")),
            (Some(60), Some(100), Some(7))
        );
        for bad in ["0", "101%", "-3", "半", "", "1e1"] {
            assert_eq!(percent(bad), None, "{bad}");
        }
        assert_eq!(widths("2 1,1"), Some(vec![2, 1, 1]));
        assert_eq!((widths("0 1"), widths("a"), widths("1001")), (None, None, None));
    }
}
