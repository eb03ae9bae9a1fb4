//! Names of places: ids of chapters and headings, and the names that links use.

use super::chapter::Draft;
use super::path;
use crate::book::revise as walk;
use crate::book::{BlockKind, Chapter, Inline, Role, text};
use crate::diag::{Diagnostic, Sink, code};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What the links of one chapter's headings may say, and the ids they mean.
pub(super) type Names = BTreeMap<String, String>;

/// Gives every chapter and every heading its id, and tells what links to them
/// may be written like, chapter by chapter.
pub(super) fn assign(drafts: &mut [Draft], sink: &mut Sink) -> Vec<Names> {
    let mut ids = Ids::default();
    for draft in drafts.iter_mut() {
        draft.chapter.id = ids.unique(chapter_id(&draft.path), &draft.path);
    }
    let mut names: Vec<Names> =
        drafts.iter_mut().map(|d| headings(d, &mut ids, sink)).collect();
    for (draft, names) in drafts.iter_mut().zip(&mut names) {
        captioned(draft, names, &mut ids, sink);
        marks(&mut draft.chapter, &mut ids);
    }
    names
}

/// The file's stem, if it is ASCII and so can name a file and an XML id.
fn chapter_id(path: &str) -> String {
    let stem = path::stem(path);
    let id: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let id = id.trim_matches('-');
    if !stem.is_ascii() || id.is_empty() || id.len() > 60 {
        return format!("c-{}", hash(path));
    }
    if id.starts_with(|c: char| c.is_ascii_lowercase()) {
        id.to_string()
    } else {
        format!("c-{id}")
    }
}

/// The ids of a book, each given once.
#[derive(Default)]
struct Ids {
    used: BTreeSet<String>,
    /// the count that an id tried last
    counts: BTreeMap<String, u32>,
}

impl Ids {
    /// Takes an id, if nothing has it yet.
    fn take(&mut self, id: &str) -> bool {
        self.used.insert(id.to_string())
    }

    /// The id itself, or one made of it that nothing has yet: first with a hash,
    /// which does not move when something is inserted before it, then with a
    /// count.
    fn unique(&mut self, id: String, text: &str) -> String {
        if self.take(&id) { id } else { self.counted(format!("{id}-{}", hash(text))) }
    }

    fn counted(&mut self, id: String) -> String {
        let count = self.counts.entry(id.clone()).or_insert(0);
        loop {
            *count += 1;
            let free = if *count == 1 { id.clone() } else { format!("{id}-{count}") };
            if self.used.insert(free.clone()) {
                return free;
            }
        }
    }
}

/// Eight digits that stand for a text on every machine and in every build.
fn hash(text: &str) -> String {
    let sum = Sha256::digest(text.as_bytes());
    sum.iter().take(4).map(|b| format!("{b:02x}")).collect()
}

/// Whether an author's id can stand as it is: an XML name in ASCII.
fn stands(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn headings(draft: &mut Draft, ids: &mut Ids, sink: &mut Sink) -> Names {
    let chapter = &mut draft.chapter;
    let own = chapter.id.clone();
    let (mut given, mut slugs) = (Names::new(), Slugs::default());
    if let Some(id) = draft.title_id.take() {
        given.insert(id, own.clone());
    }
    slugs.add(&text::plain(&chapter.title), &own);
    walk::headings(&mut chapter.blocks, &mut |id, inlines, span| {
        let plain = text::plain(inlines);
        let written = std::mem::take(id);
        let twice = !written.is_empty() && given.contains_key(&written);
        if twice {
            let message =
                format!("the anchor `{written}` is given twice in this chapter");
            let d = Diagnostic::new(code::DUPLICATE_ANCHOR, message).at(span);
            sink.push(d.hint("links to it lead to the first"));
        }
        *id = if stands(&written) && !twice && ids.take(&written) {
            written.clone()
        } else {
            let from = if written.is_empty() || twice { &plain } else { &written };
            ids.counted(format!("{own}-{}", hash(from)))
        };
        if !written.is_empty() && !twice {
            given.insert(written, id.clone());
        }
        slugs.add(&plain, id);
    });
    let mut names = slugs.names;
    names.extend(given);
    names
}

/// Ids of figures, tables, listings and formulas where the author gives some, and of the terms
/// of a glossary.
fn captioned(draft: &mut Draft, names: &mut Names, ids: &mut Ids, sink: &mut Sink) {
    let chapter = &mut draft.chapter;
    let (own, glossary) = (chapter.id.clone(), chapter.role == Role::Glossary);
    walk::every_block(&mut chapter.blocks, &mut |block| {
        let id = match &mut block.kind {
            BlockKind::Figure(f) => &mut f.id,
            BlockKind::Table(t) => &mut t.id,
            BlockKind::Code(c) => &mut c.id,
            BlockKind::Math(e) => &mut e.id,
            BlockKind::Definitions(list) if glossary => {
                for d in list {
                    let plain = text::plain(&d.term);
                    d.id = ids.counted(format!("{own}-term-{}", hash(&plain)));
                    names.entry(slug(&plain)).or_insert_with(|| d.id.clone());
                }
                return;
            }
            BlockKind::Definitions(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Quote(_)
            | BlockKind::Alert { .. }
            | BlockKind::Styled { .. }
            | BlockKind::Dialogue(_)
            | BlockKind::Verse(_)
            | BlockKind::List { .. }
            | BlockKind::Break => return,
        };
        if id.is_empty() {
            return;
        }
        let written = std::mem::take(id);
        *id = if stands(&written) && ids.take(&written) {
            written.clone()
        } else {
            ids.counted(format!("{own}-{}", hash(&written)))
        };
        if names.insert(written.clone(), id.clone()).is_some() {
            let message =
                format!("the anchor `{written}` is given twice in this chapter");
            let d = Diagnostic::new(code::DUPLICATE_ANCHOR, message).at(block.span);
            sink.push(d.hint("links to it lead to the last"));
        }
    });
}

/// Ids of the places that the index names.
fn marks(chapter: &mut Chapter, ids: &mut Ids) {
    let own = format!("{}-mark", chapter.id);
    walk::every_list(chapter, &mut |list| {
        for inline in list {
            if let Inline::Index(mark) = inline {
                mark.id = ids.counted(own.clone());
            }
        }
    });
}

/// Names that GitHub and mdBook make of headings.
#[derive(Default)]
struct Slugs {
    names: Names,
    counts: BTreeMap<String, u32>,
}

impl Slugs {
    fn add(&mut self, heading: &str, id: &str) {
        let slug = slug(heading);
        let n = self.counts.entry(slug.clone()).or_insert(0);
        let name = if *n == 0 { slug } else { format!("{slug}-{n}") };
        *n += 1;
        self.names.entry(name).or_insert_with(|| id.to_string());
    }
}

/// Letters, digits, `-` and `_` in lower case, a hyphen for every space.
pub(super) fn slug(heading: &str) -> String {
    let mut out = String::new();
    for c in heading.trim().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            out.extend(c.to_lowercase());
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn chapters_are_named_after_their_files() {
        assert_eq!(chapter_id("a/Intro_2.md"), "intro-2");
        assert_eq!(chapter_id("01-intro.md"), "c-01-intro");
        assert_eq!(chapter_id("第一章.md"), format!("c-{}", hash("第一章.md")));
        let mut ids = Ids::default();
        assert_eq!(ids.unique("a".into(), "x/a.md"), "a");
        let second = ids.unique("a".into(), "y/a.md");
        assert_eq!(second, format!("a-{}", hash("y/a.md")));
    }
    #[test]
    fn slugs_keep_han() {
        assert_eq!(slug("第一节：Rust 入门！"), "第一节rust-入门");
    }
}
