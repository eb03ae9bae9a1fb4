//! What a span says for the index and the glossary: `[唐寅]{index}`,
//! `[他]{index="唐寅"}`, `[]{index="苏州/园林" range=start}`, `[刻本]{term}`; and which
//! marks stand along it: `[要紧]{.dots}`, `[唐寅]{.name}`, `[史记]{.work}`.

use super::attributes::Attributes;
use super::token::Marking;
use crate::book::index::Bound;
use crate::book::{Inline, Interlinear, Mark, Ref, Show, Target, text};
use crate::source::Span;

/// How deep entries may stand below each other: what a reader can follow.
const LEVELS: usize = 3;

impl Marking {
    /// Takes out of a list what it says for index, glossary and marks; the rest stays in
    /// it, and with it what says nothing without an entry.
    pub(super) fn take(list: &mut Attributes, span: Span) -> Option<Box<Marking>> {
        let term = list.take("term").map(|t| t.trim().to_string());
        let index = list.take("index").map(|path| mark(&path, list, span));
        let beside = Interlinear::ALL.into_iter();
        let said = |m: &Interlinear| list.take_other(&format!(".{}", m.name()));
        let beside: Vec<_> = beside.filter(said).collect();
        let some = term.is_some() || index.is_some() || !beside.is_empty();
        some.then(|| Box::new(Marking { index, term, note: None, beside, span }))
    }

    /// The marked text, with its marks.
    pub(super) fn around(self, inside: Vec<Inline>) -> Vec<Inline> {
        let marked = |text: Vec<Inline>, mark: &Interlinear| match text.is_empty() {
            true => text,
            false => vec![Inline::Marked { mark: *mark, text }],
        };
        let inside = self.beside.iter().fold(inside, marked);
        let plain = || text::plain(&inside).trim().to_string();
        let mut out = vec![];
        if let Some(mut mark) = self.index {
            if mark.path.is_empty() {
                mark.path = Some(plain()).filter(|p| !p.is_empty()).into_iter().collect();
            }
            // An entry without a name has no place in the index.
            out.extend(Some(Inline::Index(Box::new(mark))).filter(named));
        }
        match self.term {
            Some(name) if !inside.is_empty() => {
                let name = if name.is_empty() { plain() } else { name };
                let (to, show) = (Target::Url(name), Show::Term);
                let pattern = String::new();
                out.push(Inline::Ref(Ref {
                    to,
                    show,
                    pattern,
                    text: inside,
                    span: self.span,
                }));
            }
            Some(_) | None => out.extend(inside),
        }
        out
    }
}

fn named(inline: &Inline) -> bool {
    matches!(inline, Inline::Index(mark) if !mark.path.is_empty())
}

fn mark(path: &str, list: &mut Attributes, span: Span) -> Mark {
    let names = |text: Option<String>| -> Vec<String> {
        let names = parts(&text.unwrap_or_default(), &[';', '；']);
        names.iter().map(|n| parts(n, &['/']).join("/")).collect()
    };
    let bound = match list.said.iter().find(|s| s.0 == "range").map(|s| s.1.as_str()) {
        Some("start") => Some(Bound::Start),
        Some("end") => Some(Bound::End),
        Some(_) | None => None,
    };
    if bound.is_some() {
        list.take("range");
    }
    let mut path = parts(path, &['/']);
    if path.len() > LEVELS {
        let last = path.split_off(LEVELS - 1).join("/");
        path.push(last);
    }
    Mark {
        id: String::new(),
        path,
        sort: list.take("sort").filter(|s| !s.trim().is_empty()),
        see: names(list.take("see")),
        also: names(list.take("also")),
        main: list.take_other(".main"),
        bound,
        span,
    }
}

/// The parts between some marks, without those that are blank.
fn parts(text: &str, between: &[char]) -> Vec<String> {
    let parts = text.split(between).map(|p| p.trim().to_string());
    parts.filter(|p| !p.is_empty()).collect()
}
