//! Links: what the author wrote → where it leads.

use super::anchor::Names;
use super::chapter::Draft;
use super::path;
use crate::book::revise as walk;
use crate::book::{Inline, Ref, Show, Target, Text};
use crate::diag::{Diagnostic, Sink, code};
use crate::source::Span;
use std::collections::BTreeMap;

/// Resolves every link. One that leads nowhere is reported, and its text stays.
pub(super) fn resolve(drafts: &mut [Draft], names: &[Names], sink: &mut Sink) {
    let chapters = drafts.iter().zip(names);
    let chapters = chapters.map(|(d, n)| (d.path.clone(), (d.chapter.id.clone(), n)));
    let chapters: BTreeMap<String, (String, &Names)> = chapters.collect();
    for draft in drafts {
        let map = Map { here: draft.path.clone(), chapters: &chapters };
        let mut visit = |list: &mut Vec<Inline>| {
            walk::inline_lists(list, &mut |list| map.links(list, sink));
        };
        visit(&mut draft.chapter.title);
        walk::blocks(&mut draft.chapter.blocks, &mut visit);
        for note in &mut draft.chapter.notes {
            walk::blocks(&mut note.blocks, &mut visit);
        }
    }
}

/// The book as the links of one chapter see it.
struct Map<'m> {
    here: String,
    /// chapters by path: id, and names of places in them
    chapters: &'m BTreeMap<String, (String, &'m Names)>,
}

impl Map<'_> {
    fn links(&self, list: &mut Vec<Inline>, sink: &mut Sink) {
        let leads = |i: &Inline| matches!(i, Inline::Link { .. } | Inline::Ref(_));
        if !list.iter().any(leads) {
            return;
        }
        for inline in std::mem::take(list) {
            // Terms are looked up when the whole book is there.
            let (written, span) =
                if let Inline::Link { to: Target::Url(to), span, .. } = &inline {
                    (to, *span)
                } else if let Inline::Ref(Ref { to: Target::Url(to), show, span, .. }) =
                    &inline
                    && *show != Show::Term
                {
                    (to, *span)
                } else {
                    list.push(inline);
                    continue;
                };
            let found = self.target(written);
            if let Err(fault) = &found {
                let d = Diagnostic::new(code::BROKEN_LINK, fault.0.as_str()).at(span);
                sink.push(d.hint(fault.1.as_str()));
            }
            match (found, inline) {
                (Ok(to), Inline::Link { text, .. }) => {
                    list.push(Inline::Link { to, text, span });
                }
                (Ok(to), Inline::Ref(r)) => list.push(Inline::Ref(Ref { to, ..r })),
                (Err(_), Inline::Link { text, .. }) => list.extend(text),
                (Err(_), Inline::Ref(r)) if !r.pattern.is_empty() => {
                    list.push(Inline::Text(Text { text: r.pattern, span }));
                }
                (_, _) => {}
            }
        }
    }

    fn target(&self, written: &str) -> Result<Target, (String, String)> {
        let fault = |message: String, hint: &str| Err((message, hint.to_string()));
        if written.contains(char::is_control) {
            return fault("this address has control characters".into(), "write it again");
        }
        if let Some(scheme) = scheme(written) {
            return match scheme.as_str() {
                "javascript" | "vbscript" | "data" | "file" => fault(
                    format!("a book cannot link to `{scheme}:`"),
                    "link to a page on the web or a place in the book",
                ),
                _ => Ok(Target::Url(written.to_string())),
            };
        }
        if written.starts_with("//") {
            return Ok(Target::Url(format!("https:{written}")));
        }
        let (file, fragment) = match written.split_once('#') {
            Some((file, fragment)) => (file, path::percent_decode(fragment)),
            None => (written, String::new()),
        };
        if written.is_empty() {
            return fault("this link has no address".into(), "name a page or a chapter");
        }
        let Some((id, names)) = self.chapter(file) else {
            let message = format!("`{file}` is no chapter of this book");
            return fault(message, "name the file of a chapter in SUMMARY.md");
        };
        if fragment.is_empty() {
            return Ok(Target::Anchor(id.clone()));
        }
        let found =
            names.get(&fragment).or_else(|| names.get(&super::anchor::slug(&fragment)));
        match found.or_else(|| self.anywhere(file, &fragment)) {
            Some(id) => Ok(Target::Anchor(id.clone())),
            None => fault(
                format!("nothing there is named `{fragment}`"),
                "name a heading, figure, table or listing with `{#name}` and link to that",
            ),
        }
    }

    /// An id of another chapter, if it stands in one alone and no file is named.
    fn anywhere(&self, file: &str, fragment: &str) -> Option<&String> {
        let mut found = self.chapters.values().filter_map(|(_, n)| n.get(fragment));
        let one = found.next().filter(|_| file.is_empty())?;
        found.next().is_none().then_some(one)
    }

    fn chapter(&self, file: &str) -> Option<&(String, &Names)> {
        if file.is_empty() {
            return self.chapters.get(&self.here);
        }
        let file = file.split_once('?').map_or(file, |(file, _)| file);
        let path = path::below(path::folder(&self.here), &path::percent_decode(file))?;
        self.chapters.get(&path).or_else(|| {
            // mdBook's authors also link to the pages made of the chapters.
            self.chapters.get(&format!("{}.md", path.strip_suffix(".html")?))
        })
    }
}

/// Whether an address is that of a place in the book.
pub(super) fn within(address: &str) -> bool {
    !address.is_empty() && scheme(address).is_none() && !address.starts_with("//")
}

/// A link, or a reference where it has no text or asks for something to print. Of a
/// reference's own text only the characters count: a text with more in it stays a
/// link.
pub(super) fn made(
    to: String,
    show: Option<Show>,
    text: Vec<Inline>,
    span: Span,
) -> Inline {
    let plain = text.iter().map(|i| {
        let Inline::Text(t) = i else { return None };
        Some(t.text.as_str())
    });
    let pattern: Option<String> = plain.collect();
    let asks = text.is_empty() || show.is_some();
    match pattern.filter(|_| asks && within(&to)) {
        Some(pattern) => {
            let show = show.unwrap_or(Show::Number);
            Inline::Ref(Ref { to: Target::Url(to), show, pattern, text: vec![], span })
        }
        None => Inline::Link { to: Target::Url(to), text, span },
    }
}

/// The scheme of an address, in lower case. One letter is a drive, and what has
/// a dot is a file name.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.trim_start().split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (first && scheme.len() > 1 && scheme.chars().all(fits))
        .then(|| scheme.to_ascii_lowercase())
}
