//! The structure of the files: what may stand in what, that marked content and its
//! element know each other, that all text is read once and in its order.

use crate::common::manuscript;
use crate::common::pdf::structure::{Kid, Tree};
use crate::reader::books::{BOOKS, book};
use crate::reader::spoil::SPOILS;
use keben::book::text::chapter_paragraphs;
use keben::session::Session;
use lopdf::{Document, Object};
use std::collections::{BTreeMap, BTreeSet};

const HEADINGS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
const BLOCKS: [&str; 8] =
    ["P", "L", "Table", "Div", "BlockQuote", "Figure", "Caption", "Note"];
const INLINES: [&str; 7] =
    ["Link", "Reference", "Figure", "Formula", "Code", "Note", "Ruby"];

/// What may stand in an element, and whether it has content of its own (ISO 32000-1,
/// 14.8.4).
fn allowed(kind: &str) -> (Vec<&'static str>, bool) {
    let blocks = |more: &[&'static str]| [&BLOCKS[..], more].concat();
    match kind {
        "Document" => (vec!["Part", "Sect"], false),
        "Part" => (vec!["Sect", "H1"], false),
        "Sect" => (blocks(&[&HEADINGS[..], &["TOC", "Sect"]].concat()), false),
        "Div" | "BlockQuote" => (blocks(&HEADINGS), false),
        "P" | "Caption" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => {
            (INLINES.to_vec(), true)
        }
        "L" => (vec!["Caption", "LI"], false),
        "LI" => (vec!["Lbl", "LBody"], false),
        "Lbl" => (INLINES.to_vec(), true),
        "LBody" => (blocks(&[&HEADINGS[..], &["Link", "Reference"]].concat()), true),
        "Table" => (vec!["Caption", "TR"], false),
        "TR" => (vec!["TH", "TD"], false),
        "TH" | "TD" => (blocks(&HEADINGS), false),
        "TOC" => (vec!["TOCI"], false),
        "TOCI" => (vec!["Reference", "TOC"], true),
        "Note" => (blocks(&["Lbl"]), false),
        "Ruby" => (vec!["RB", "RT"], false),
        "RB" | "RT" => (vec![], true),
        "Reference" => (vec!["Link"], false),
        "Link" => (vec!["Figure", "Code"], true),
        "Figure" | "Formula" | "Code" => (vec!["Link", "Reference"], true),
        other => panic!("{other} is no type that keben writes"),
    }
}

/// What is wrong with the structure of a file.
fn faults(pdf: &[u8]) -> Vec<String> {
    let (tree, doc) = (Tree::of(pdf), Document::load_mem(pdf).expect("a PDF"));
    let mut out = vec![];
    nesting(&tree, &mut out);
    headings(&tree, &mut out);
    names(&tree, &mut out);
    tables(&tree, &mut out);
    ways_back(&tree, &doc, &mut out);
    let loose = tree.unmarked.iter().any(|t| !t.is_empty());
    out.extend(loose.then(|| "text that is neither read nor an artifact".into()));
    out
}

fn nesting(tree: &Tree, out: &mut Vec<String>) {
    for (at, e) in tree.elements.iter().enumerate() {
        let (inside, content) = allowed(&e.kind);
        for n in tree.inside(at) {
            let kind = &tree.elements[n].kind;
            if !inside.contains(&kind.as_str()) {
                out.push(format!("{kind} in {}: {}", e.kind, tree.text(n, &[])));
            }
        }
        let own = e.kids.iter().any(|k| matches!(k, Kid::Content { .. }));
        if own && !content {
            out.push(format!("{} has text of its own: {}", e.kind, tree.text(at, &[])));
        }
        let hollow = e.kids.is_empty() && !["TD", "TH"].contains(&e.kind.as_str());
        out.extend(hollow.then(|| format!("{} has nothing in it", e.kind)));
    }
}

fn headings(tree: &Tree, out: &mut Vec<String>) {
    let mut last = 0;
    for e in &tree.elements {
        let Some(n) = HEADINGS.iter().position(|h| *h == e.kind) else { continue };
        if n > last {
            out.push(format!("{} leaves a level out", e.kind));
        }
        last = n + 1;
    }
}

/// Names, alternative texts and attributes that some kinds must have.
fn names(tree: &Tree, out: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for (at, e) in tree.elements.iter().enumerate() {
        let said =
            |key: &[u8]| e.dict.get(key).and_then(Object::as_str).unwrap_or_default();
        let has = |key: &[u8]| {
            e.dict.get(b"A").and_then(Object::as_dict).is_ok_and(|a| a.has(key))
        };
        let need = match e.kind.as_str() {
            "Figure" => !said(b"Alt").is_empty() && has(b"BBox"),
            "Formula" => !said(b"Alt").is_empty(),
            "L" => has(b"ListNumbering"),
            "TH" => has(b"Scope"),
            "Note" => !said(b"ID").is_empty() && ids.insert(said(b"ID").to_vec()),
            _ => true,
        };
        if !need {
            out.push(format!(
                "{} lacks what it must say: {}",
                e.kind,
                tree.text(at, &[])
            ));
        }
    }
}

/// Rows of a table cover the same columns (ISO 14289-1, 7.5).
fn tables(tree: &Tree, out: &mut Vec<String>) {
    for (at, _) in tree.of_kind("Table") {
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        let mut widths = BTreeSet::new();
        for row in tree.inside(at).filter(|n| tree.elements[*n].kind == "TR") {
            let mut column = 0;
            let mut next: BTreeMap<usize, usize> = BTreeMap::new();
            let skip = |column: &mut usize, next: &mut BTreeMap<usize, usize>| {
                while let Some(rows) = open.get(column) {
                    next.extend((*rows > 1).then(|| (*column, rows - 1)));
                    *column += 1;
                }
            };
            for cell in tree.inside(row) {
                skip(&mut column, &mut next);
                let table =
                    tree.elements[cell].dict.get(b"A").and_then(Object::as_dict).ok();
                let span = |key: &[u8]| {
                    table.and_then(|t| t.get(key).ok()?.as_i64().ok()).unwrap_or(1)
                        as usize
                };
                for _ in 0..span(b"ColSpan") {
                    next.extend(
                        (span(b"RowSpan") > 1).then(|| (column, span(b"RowSpan") - 1)),
                    );
                    column += 1;
                }
            }
            skip(&mut column, &mut next);
            widths.insert(column);
            open = next;
        }
        out.extend((widths.len() != 1).then(|| format!("rows cover {widths:?} columns")));
    }
}

/// Each piece of marked content is in one element, and its page says in which; so is
/// each link.
fn ways_back(tree: &Tree, doc: &Document, out: &mut Vec<String>) {
    let mut owners: BTreeMap<(usize, i64), _> = BTreeMap::new();
    let mut objects = BTreeMap::new();
    for e in &tree.elements {
        for kid in &e.kids {
            let twice = match kid {
                Kid::Content { page, number } => owners.insert((*page, *number), e.id),
                Kid::Object(id) => {
                    objects.insert(*id, (e.kind.clone(), e.id)).map(|o| o.1)
                }
                Kid::Element(_) => None,
            };
            out.extend(twice.map(|_| format!("{} shares its content", e.kind)));
        }
    }
    let root = doc.catalog().and_then(|c| c.get_deref(b"StructTreeRoot", doc));
    let back =
        root.and_then(Object::as_dict).and_then(|r| r.get_deref(b"ParentTree", doc));
    let back = back.and_then(Object::as_dict).and_then(|d| d.get_deref(b"Nums", doc));
    let back: BTreeMap<i64, &Object> = back
        .and_then(Object::as_array)
        .expect("the way back")
        .chunks_exact(2)
        .map(|c| {
            (c[0].as_i64().expect("a key"), doc.dereference(&c[1]).map_or(&c[1], |d| d.1))
        })
        .collect();
    for (n, id) in doc.get_pages().values().enumerate() {
        let page = doc.get_dictionary(*id).expect("a page");
        let key = page.get(b"StructParents").and_then(Object::as_i64).ok();
        let list = key.and_then(|k| back.get(&k)?.as_array().ok());
        for (page, number) in tree.texts.keys().filter(|k| k.0 == n) {
            let named = list.and_then(|l| l.get(*number as usize)?.as_reference().ok());
            if named.is_none() || named != owners.get(&(*page, *number)).copied() {
                let text = &tree.texts[&(*page, *number)];
                out.push(format!("page {n}: “{text}” is in no element, or in another"));
            }
        }
        if !page.get(b"Tabs").and_then(Object::as_name).is_ok_and(|t| t == b"S") {
            out.push(format!("page {n} has another order of tabs"));
        }
        for link in links(doc, page) {
            let dict = doc.get_dictionary(link).expect("an annotation");
            let key = dict.get(b"StructParent").and_then(Object::as_i64).ok();
            let known = objects.get(&link).filter(|o| o.0 == "Link");
            let back = key.and_then(|k| back.get(&k));
            if known.is_none() || back.is_none() {
                out.push(format!("page {n} has a link outside of the structure"));
            }
        }
    }
}

/// The annotations of a page.
pub(crate) fn links(doc: &Document, page: &lopdf::Dictionary) -> Vec<lopdf::ObjectId> {
    let list = page.get_deref(b"Annots", doc).and_then(Object::as_array);
    list.map_or(vec![], |l| l.iter().filter_map(|o| o.as_reference().ok()).collect())
}

#[test]
fn the_structure_is_whole() {
    for b in BOOKS.iter() {
        assert_eq!(faults(&b.pdf), [""; 0], "{}", b.name);
    }
    // Negative controls: what spoils the structure is found; what spoils fonts is not
    // of it.
    for spoil in SPOILS {
        let found = !faults(&spoil.done(&book("everything").pdf)).is_empty();
        assert_eq!(found, !spoil.name.contains("font"), "{}", spoil.name);
    }
}

#[test]
fn every_kind_of_element_is_in_the_books() {
    let seen: BTreeSet<String> = BOOKS
        .iter()
        .flat_map(|b| Tree::of(&b.pdf).elements.into_iter().map(|e| e.kind))
        .collect();
    for kind in [
        "Document",
        "Part",
        "Sect",
        "H1",
        "H2",
        "H3",
        "H4",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "Figure",
        "Caption",
        "Formula",
        "Note",
        "Reference",
        "BlockQuote",
        "Div",
        "Code",
        "TOC",
        "TOCI",
        "Link",
        "Ruby",
        "RB",
        "RT",
    ] {
        assert!(seen.contains(kind), "no {kind}");
    }
}

fn solid(text: &str) -> String {
    let mark = |c: char| matches!(c, '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{32bf}');
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}' && !mark(*c)).collect()
}

/// The first paragraph of the bundled book that is not read in its place.
fn astray(pdf: &[u8]) -> Option<String> {
    let tree = Tree::of(pdf);
    let session = Session::open(&manuscript()).expect("the bundled book");
    let (body, mut at) = (solid(&tree.text(0, &["Note"])), 0);
    let notes: String =
        tree.of_kind("Note").map(|(n, _)| solid(&tree.text(n, &[]))).collect();
    let mut in_notes = 0;
    for chapter in &session.book.chapters {
        let mut own = chapter.clone();
        own.blocks.clear();
        let noted: BTreeSet<String> =
            chapter_paragraphs(&own).into_iter().skip(1).collect();
        for paragraph in chapter_paragraphs(chapter) {
            let wanted = solid(&paragraph);
            let (text, from) = match noted.contains(&paragraph) {
                true => (&notes, &mut in_notes),
                false => (&body, &mut at),
            };
            let Some(found) = text[*from..].find(&wanted) else { return Some(paragraph) };
            *from += found + wanted.len();
        }
    }
    None
}

#[test]
fn paragraphs_are_read_whole_and_in_order() {
    for theme in ["default", "novel", "report", "technical"] {
        assert_eq!(astray(&book(theme).pdf), None, "{theme}");
    }
    // Negative control: a paragraph that is in no element.
    let lost = SPOILS.iter().find(|s| s.name.contains("in no element")).expect("one");
    let pdf = (0..40).fold(book("default").pdf.clone(), |pdf, _| lost.done(&pdf));
    assert!(astray(&pdf).is_some());
}

#[test]
fn artifacts_are_furniture_and_nothing_else() {
    for b in BOOKS.iter() {
        for (page, kind, text) in Tree::of(&b.pdf).artifacts {
            let known = match kind.as_str() {
                "Header" | "Footer" => true,
                // Leaders, ornaments, and heads of tables that go on.
                "Layout" => {
                    let dots = text.chars().all(|c| ".＊\u{3000}· ".contains(c));
                    dots || text.starts_with("续")
                        || b.name == "everything" && text == "甲乙"
                }
                _ => false,
            };
            assert!(
                known || b.name == "suite",
                "{}, page {page}: {kind} “{text}”",
                b.name
            );
        }
    }
}

#[test]
fn words_are_parted_where_lines_end() {
    let pdf = &book("tongues").pdf;
    let tree = Tree::of(pdf);
    let texts =
        |kind| tree.of_kind(kind).map(|(n, _)| tree.text(n, &[])).collect::<Vec<_>>();
    let words = "International cooperation and extraordinary hyphenation: the office of a \
                 fluffy waffle, affine transformations, 1/2 and e\u{301}.";
    let p = texts("P").into_iter().find(|p| p.starts_with("International")).expect("it");
    let whole = p.replace('\u{ad}', "");
    assert!(whole.starts_with(words), "{p}");
    assert_eq!(texts("H1").last().map(String::as_str), Some("Chapter 1 Words"));
    // Negative control: it is set in lines, some of which end between words.
    let rows: BTreeSet<i64> = crate::common::pdf::read(pdf)
        .iter()
        .flat_map(|page| &page.glyphs)
        .filter(|g| g.mark != crate::common::pdf::Mark::None && !g.is_blank())
        .map(|g| (g.y * 100.0) as i64)
        .collect();
    assert!(rows.len() > 6 && p.matches('\u{ad}').count() < 6, "{}: {p}", rows.len());
}
