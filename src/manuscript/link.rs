//! Links: what the author wrote → where it leads.

use super::anchor::Names;
use super::chapter::Draft;
use super::path;
use super::walk;
use crate::book::{Inline, Target};
use crate::diag::{Diagnostic, Sink, code};
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
        if !list.iter().any(|i| matches!(i, Inline::Link { .. })) {
            return;
        }
        for inline in std::mem::take(list) {
            let Inline::Link { to: Target::Url(written), text, span } = inline else {
                list.push(inline);
                continue;
            };
            match self.target(&written) {
                Ok(to) => list.push(Inline::Link { to, text, span }),
                Err(fault) => {
                    let d = Diagnostic::new(code::BROKEN_LINK, fault.0).at(span);
                    sink.push(d.hint(fault.1));
                    list.extend(text);
                }
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
        match found {
            Some(id) => Ok(Target::Anchor(id.clone())),
            None => fault(
                format!("no heading there is named `{fragment}`"),
                "name a heading with `{#name}` and link to that",
            ),
        }
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

/// The scheme of an address, in lower case. One letter is a drive, and what has
/// a dot is a file name.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.trim_start().split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (first && scheme.len() > 1 && scheme.chars().all(fits))
        .then(|| scheme.to_ascii_lowercase())
}
