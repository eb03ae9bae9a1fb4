//! Where links lead: from the contents to titles, from calls to notes and back, from
//! the index to pages, out of the book; and what pages are called.

use crate::common::pdf::structure::{Kid, Tree};
use crate::reader::books::{BOOKS, book};
use crate::reader::spoil::saved;
use crate::reader::tagged::links;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
enum Landing {
    /// a page, from 0, and a height on it
    Page(usize, f64),
    Url(String),
    Nowhere,
}

struct Linked {
    tree: Tree,
    /// what pages are called
    labels: Vec<String>,
    landings: BTreeMap<ObjectId, Landing>,
}

impl Linked {
    fn of(pdf: &[u8]) -> Linked {
        let doc = Document::load_mem(pdf).expect("a PDF");
        let pages: Vec<_> = doc.get_pages().into_values().collect();
        let mut landings = BTreeMap::new();
        for page in &pages {
            for link in links(&doc, doc.get_dictionary(*page).expect("a page")) {
                let dict = doc.get_dictionary(link).expect("an annotation");
                landings.insert(link, landing(&doc, &pages, dict));
            }
        }
        Linked { tree: Tree::of(pdf), labels: labels(&doc, pages.len()), landings }
    }
    /// The links inside an element, with their texts.
    fn inside(&self, at: usize) -> Vec<(String, &Landing)> {
        let mut out = vec![];
        for n in self.tree.inside(at) {
            if self.tree.elements[n].kind != "Link" {
                // What is below an entry of the contents is an entry of its own.
                let own =
                    !["TOC", "L", "Note"].contains(&self.tree.elements[n].kind.as_str());
                out.extend(own.then(|| self.inside(n)).into_iter().flatten());
                continue;
            }
            for kid in &self.tree.elements[n].kids {
                if let Kid::Object(id) = kid {
                    let to = self.landings.get(id).unwrap_or(&Landing::Nowhere);
                    out.push((self.tree.text(n, &[]), to));
                }
            }
        }
        out
    }
    /// Whether a place of the text is where a link leads: on its page, from its height
    /// down so far.
    fn lands(&self, to: &Landing, at: usize, room: f64) -> bool {
        match (to, self.tree.place(at)) {
            (Landing::Page(page, top), Some((own, y))) => {
                *page == own && (*top - room..=*top).contains(&y)
            }
            (Landing::Page(..) | Landing::Url(_) | Landing::Nowhere, _) => false,
        }
    }
}

fn landing(doc: &Document, pages: &[ObjectId], dict: &Dictionary) -> Landing {
    if let Ok(action) = dict.get_deref(b"A", doc).and_then(Object::as_dict) {
        let url = action.get(b"URI").and_then(Object::as_str).unwrap_or_default();
        return Landing::Url(String::from_utf8_lossy(url).into_owned());
    }
    let dest = dict.get_deref(b"Dest", doc).and_then(Object::as_array);
    let Ok([page, _, _, top, ..]) = dest.map(Vec::as_slice) else {
        return Landing::Nowhere;
    };
    let page = page.as_reference().ok().and_then(|p| pages.iter().position(|o| *o == p));
    match (page, top.as_float()) {
        (Some(page), Ok(top)) => Landing::Page(page, f64::from(top)),
        _ => Landing::Nowhere,
    }
}

/// The labels of pages (12.4.2).
fn labels(doc: &Document, count: usize) -> Vec<String> {
    let list = doc.catalog().and_then(|c| c.get_deref(b"PageLabels", doc));
    let list = list.and_then(Object::as_dict).and_then(|d| d.get_deref(b"Nums", doc));
    let list = list.and_then(Object::as_array).expect("page labels");
    let mut out = vec![];
    for pair in list.chunks_exact(2) {
        let from = pair[0].as_i64().expect("a page") as usize;
        let style =
            doc.dereference(&pair[1]).and_then(|(_, o)| o.as_dict()).expect("a range");
        let roman = style.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"r");
        out.truncate(from);
        out.extend((1..=count as u32 - from as u32).map(|n| match roman {
            true => keben::book::number::roman(n),
            false => n.to_string(),
        }));
    }
    out
}

/// What is wrong with the links of a file.
fn faults(pdf: &[u8]) -> Vec<String> {
    let l = Linked::of(pdf);
    let mut out = vec![];
    for (n, to) in l.landings.values().enumerate() {
        let good = match to {
            Landing::Page(page, _) => *page < l.labels.len(),
            Landing::Url(url) => url.contains(':') && url.is_ascii(),
            Landing::Nowhere => false,
        };
        out.extend((!good).then(|| format!("link {n} leads nowhere")));
    }
    contents(&l, &mut out);
    notes(&l, &mut out);
    index(&l, &mut out);
    folios(&l, &mut out);
    out
}

/// An entry of the contents has a title and a page; there the title stands.
fn contents(l: &Linked, out: &mut Vec<String>) {
    for (at, _) in l.tree.of_kind("TOCI") {
        let text = l.tree.text(at, &["TOC"]);
        for (_, to) in l.inside(at) {
            let Landing::Page(page, _) = to else { continue };
            let label = &l.labels[*page];
            let title = text.strip_suffix(label.as_str()).unwrap_or(&text);
            let there = l.tree.elements.iter().enumerate().any(|(n, e)| {
                let kind = e.kind.starts_with('H') || e.kind == "Caption";
                // Titles are repeated without readings.
                let same =
                    kind && solid(&l.tree.text(n, &["Note", "RT"])) == solid(title);
                // A heading takes some lines of the grid; a caption stands below its figure.
                same && (l.lands(to, n, 200.0)
                    || e.kind == "Caption"
                        && l.tree.place(n).is_some_and(|p| p.0 == *page))
            });
            out.extend((!there).then(|| format!("“{text}” leads to page {label}")));
        }
    }
}

fn solid(text: &str) -> String {
    // Contents call no notes.
    let mark = |c: char| matches!(c, '\u{2460}'..='\u{2473}');
    text.chars().filter(|c| !c.is_whitespace() && !mark(*c)).collect()
}

/// Calls lead to notes with the same mark, and the marks of notes to calls.
fn notes(l: &Linked, out: &mut Vec<String>) {
    let is_mark = |s: &str| {
        let mut chars = s.chars();
        let first = chars.next();
        first.is_some_and(|c| matches!(c, '\u{2460}'..='\u{2473}'))
            && chars.next().is_none()
    };
    let labels = || {
        l.tree.of_kind("Lbl").filter(|(_, e)| l.tree.elements[e.parent].kind == "Note")
    };
    let calls =
        || l.tree.of_kind("Reference").filter(|(at, _)| is_mark(&l.tree.text(*at, &[])));
    for (at, _) in calls() {
        for (mark, to) in l.inside(at) {
            let there = labels()
                .any(|(n, _)| l.tree.text(n, &[]) == mark && l.lands(to, n, 30.0));
            out.extend((!there).then(|| format!("the call {mark} leads to {to:?}")));
        }
    }
    for (at, _) in labels() {
        let links = l.inside(at);
        out.extend(links.is_empty().then(|| "a note leads nowhere".into()));
        for (mark, to) in links {
            let there = calls()
                .any(|(n, _)| l.tree.text(n, &[]) == mark && l.lands(to, n, 120.0));
            out.extend((!there).then(|| format!("the note {mark} leads to {to:?}")));
        }
    }
}

/// A number in the index is what its page is called.
fn index(l: &Linked, out: &mut Vec<String>) {
    for (at, _) in l.tree.of_kind("LBody") {
        for (text, to) in l.inside(at) {
            let number = text.split('–').next().unwrap_or_default();
            let page =
                !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '–');
            let Landing::Page(n, _) = to else { continue };
            let wrong = page && l.labels[*n] != number;
            out.extend(wrong.then(|| format!("{text} leads to page {}", l.labels[*n])));
        }
    }
}

/// Pages are called as they are numbered.
fn folios(l: &Linked, out: &mut Vec<String>) {
    for (page, kind, text) in &l.tree.artifacts {
        let wrong = kind == "Footer" && l.labels[*page] != *text;
        out.extend(wrong.then(|| format!("page {text} is called {}", l.labels[*page])));
    }
}

#[test]
fn links_lead_where_they_say() {
    for b in BOOKS.iter() {
        assert_eq!(faults(&b.pdf), [""; 0], "{}", b.name);
    }
    // All kinds are there.
    let l = Linked::of(&book("everything").pdf);
    let count =
        |kind| l.tree.of_kind(kind).map(|(n, _)| l.inside(n).len()).sum::<usize>();
    for (kind, least) in [("TOCI", 12), ("Lbl", 6), ("LBody", 4), ("P", 12)] {
        assert!(count(kind) >= least, "{kind}: {}", count(kind));
    }
    assert!(l.landings.values().any(|to| matches!(to, Landing::Url(_))));
}

#[test]
fn links_that_lead_elsewhere_are_found() {
    // Negative control: every link of a book leads one page further.
    let mut doc = Document::load_mem(&book("everything").pdf).expect("a PDF");
    let pages: Vec<_> = doc.get_pages().into_values().collect();
    let dicts = doc.objects.values_mut().filter_map(|o| o.as_dict_mut().ok());
    for dict in dicts.filter(|d| d.has_type(b"Annot")) {
        let Ok(dest) = dict.get_mut(b"Dest").and_then(Object::as_array_mut) else {
            continue;
        };
        let old = dest[0].as_reference().expect("a page");
        let at = pages.iter().position(|p| *p == old).expect("a page");
        dest[0] = pages[(at + 1) % pages.len()].into();
    }
    let found = faults(&saved(doc));
    for part in ["the call", "the note", "” leads to page", "7 leads to page 8"] {
        assert!(found.iter().any(|f| f.contains(part)), "{part}: {found:?}");
    }
}
