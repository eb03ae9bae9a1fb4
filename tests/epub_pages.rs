//! The page list of an EPUB and the printed book: behind each anchor stand the words with
//! which the page begins in the finished PDF.

use crate::common::pdf;
use crate::novel;

use crate::common::{Folder, keben, manuscript, reader, said, without_editions};
use keben::session::Session;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use usvg::roxmltree::{Document, Node, ParsingOptions};

/// How many characters are compared.
const TEN: usize = 10;

/// The bundled book, with a long chapter of every kind of text that pages are cut in.
fn book(name: &str) -> Folder {
    let f = Folder::new(&format!("pages-{name}"));
    copy(&manuscript(), &f.0);
    let settings = String::from_utf8(f.read("book.toml")).expect("text");
    let editions = "\n[[edition]]\nname = \"print\"\nformat = \"pdf\"\n\
        \n[[edition]]\nname = \"reader\"\nformat = \"epub\"\npages-of = \"print\"\n";
    f.write("book.toml", without_editions(&settings).to_string() + editions);
    let summary = String::from_utf8(f.read("SUMMARY.md")).expect("text");
    let at = summary.find("- [").expect("a chapter");
    let (front, body) = summary.split_at(at);
    f.write(
        "SUMMARY.md",
        format!("{front}- [长章](long.md)\n{body}\n[索引](index.md)\n"),
    );
    f.write("index.md", "# 索引\n");
    f.write("long.md", long());
    f
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&to).expect("a folder");
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
}

fn long() -> String {
    let mut out = String::from("# 长章\n\n");
    for (n, p) in novel::paragraphs(9_000).iter().enumerate() {
        let (head, tail) = p.split_at(p.char_indices().nth(6).map_or(0, |c| c.0));
        match n % 6 {
            0 => {
                out += &format!(
                    "## 第{n}节 &amp; 名\n\n{p}[^n{n}]\n\n[^n{n}]: 注{n}：{p}\n\n"
                )
            }
            1 => out += &format!("**{head}**{tail}[词{n}]{{index}}\n\n"),
            2 => out += &format!("> {p}\n\n"),
            3 => out += &format!("*{head}* &copy; \\* `code {n}` {tail}\n\n"),
            4 => out += &format!("- {head}\n- {tail}\n\n"),
            _ => out += &format!("{p}\n\n"),
        }
    }
    let lines: String = (0..90).map(|n| format!("let line_{n} = \"行{n}\";\n")).collect();
    out + "## 代码\n\n```rust\n" + &lines + "```\n"
}

/// An archive's text files.
fn files(path: &Path) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).expect("the EPUB"))
        .expect("an archive");
    let names: Vec<String> = zip.file_names().map(String::from).collect();
    let mut out = BTreeMap::new();
    for name in names.into_iter().filter(|n| n.ends_with("html") || n.ends_with("opf")) {
        let mut text = String::new();
        zip.by_name(&name).expect("a file").read_to_string(&mut text).expect("UTF-8");
        out.insert(name, text);
    }
    out
}

fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    Document::parse_with_options(text, options).expect("well-formed")
}

/// Without blanks, marks of notes and soft hyphens: what is the same on paper.
fn solid(text: &str) -> String {
    let mark = |c: &char| matches!(c, '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{32bf}');
    let other = |c: &char| matches!(c, '\u{ad}' | '•' | '◦');
    text.chars().filter(|c| !c.is_whitespace() && !mark(c) && !other(c)).collect()
}

/// The text behind an anchor.
fn behind(doc: &Document, id: &str) -> String {
    let anchor = doc.descendants().find(|n| n.attribute("id") == Some(id)).expect(id);
    assert_eq!(anchor.attribute("role"), Some("doc-pagebreak"), "{id}");
    let after = |n: &Node| n.is_text() && n.range().start >= anchor.range().end;
    doc.descendants().filter(after).filter_map(|n| n.text()).collect()
}

/// The list: printed numbers and addresses.
fn list(files: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let doc = parsed(&files["OEBPS/nav.xhtml"]);
    let nav = doc.descendants().find(|n| n.attribute("role") == Some("doc-pagelist"));
    let links =
        nav.expect("a page list").descendants().filter(|n| n.attribute("href").is_some());
    links
        .map(|n| {
            (
                n.text().expect("a number").into(),
                n.attribute("href").expect("a link").into(),
            )
        })
        .collect()
}

/// The text of each page of a PDF inside its type area, by its printed number.
fn printed(session: &mut Session, bytes: &[u8]) -> BTreeMap<String, String> {
    let spec = session.config.page;
    let (high, top) = (spec.trim.h.to_pt(), spec.head.to_pt());
    let foot = top + spec.area.depth().to_pt() + 1.0;
    let within = |g: &&pdf::Glyph| (top..foot).contains(&(high - g.y));
    let labels: Vec<_> = session.pages(&|| {}).iter().map(|p| p.label.clone()).collect();
    let pages = pdf::read(bytes);
    assert_eq!(labels.len(), pages.len());
    let text = |p: &pdf::Page| {
        let glyphs = p.glyphs.iter().filter(|g| !g.in_form).filter(within);
        glyphs.map(|g| g.text.as_str()).collect::<String>()
    };
    labels.into_iter().zip(&pages).map(|(label, p)| (label, text(p))).collect()
}

fn built(f: &Folder) -> (PathBuf, PathBuf) {
    let out = keben(&f.0, &["build", "-q", ".", "--out", "out"]);
    assert!(out.status.success(), "{}", said(&out));
    let find = |end: &str| {
        let all = std::fs::read_dir(f.path("out")).expect("outputs").flatten();
        let mut all =
            all.map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(end));
        all.next().expect("an output")
    };
    (find(".epub"), find(".pdf"))
}

#[test]
fn pages_begin_with_the_words_of_the_printed_page() {
    let f = book("words");
    let (epub, pdf) = built(&f);
    let files = files(&epub);
    let list = list(&files);
    let mut session = Session::open(&f.0).expect("the book");
    let printed = printed(&mut session, &std::fs::read(pdf).expect("the PDF"));
    let (mut same, mut floats, mut last) = (0, 0, 0);
    for (label, href) in &list {
        let (file, id) = href.split_once('#').expect("an anchor");
        assert_eq!(*id, format!("page-{label}"));
        let source = &files[&format!("OEBPS/{file}")];
        let text = solid(&behind(&parsed(source), id));
        let page = solid(&printed[label]);
        let start: String = text.chars().take(TEN).collect();
        // On paper a figure that waited for room may stand at the head of a page, and
        // the title and copyright pages are laid out otherwise.
        if ["i", "ii"].contains(&label.as_str()) || page.starts_with(['图', '表', '续'])
        {
            floats += 1;
            assert!(label.starts_with('i') || page.contains(&start), "{label}: {start}");
            continue;
        }
        assert!(page.starts_with(&start), "{label}: {start} and {page}");
        // Negative control: no other place of the text would do.
        let later: String = text.chars().skip(1).take(TEN).collect();
        assert!(!page.starts_with(&later), "{label}");
        same += 1;
        if let Ok(n) = label.parse::<usize>() {
            assert!(n > last, "{label} goes backwards");
            last = n;
        }
    }
    assert!(same > 40 && floats < 8, "{same} pages, {floats} others");
    let opf = &files["OEBPS/content.opf"];
    for said in [
        "<meta property=\"pageBreakSource\">",
        "<meta refines=\"#print\" property=\"source-of\">pagination</meta>",
        ">pageBreakMarkers</meta>",
        ">pageNavigation</meta>",
    ] {
        assert!(opf.contains(said), "{said} in {opf}");
    }
}

#[test]
fn the_index_names_printed_pages() {
    let f = book("index");
    let (epub, _) = built(&f);
    let files = files(&epub);
    let index = files.iter().find(|f| f.1.contains("index-locator")).expect("an index").1;
    let doc = parsed(index);
    let mut session = Session::open(&f.0).expect("the book");
    let mut labels = BTreeMap::new();
    for page in session.pages(&|| {}) {
        for (id, _) in &page.anchors {
            labels.entry(id.clone()).or_insert(page.label.clone());
        }
    }
    let mut seen = 0;
    let locator = |n: &Node| {
        n.attribute(("http://www.idpf.org/2007/ops", "type")) == Some("index-locator")
    };
    for link in doc.descendants().filter(locator) {
        let (file, id) =
            link.attribute("href").and_then(|h| h.split_once('#')).expect("a link");
        let text: String = link.descendants().filter_map(|n| n.text()).take(1).collect();
        let target = parsed(&files[&format!("OEBPS/text/{file}")]);
        assert!(
            target.descendants().any(|n| n.attribute("id") == Some(id)),
            "{file} {id}"
        );
        // The page anchor before the mark is that of the number.
        let mark =
            target.descendants().find(|n| n.attribute("id") == Some(id)).expect(id);
        let before = target
            .descendants()
            .filter(|n| n.attribute("role") == Some("doc-pagebreak"))
            .rfind(|n| n.range().start < mark.range().start);
        let before =
            before.and_then(|n| n.attribute("aria-label")).expect("a page before");
        assert_eq!(text, before, "{file} {id}");
        seen += 1;
    }
    assert!(seen > 10, "{seen} locators");
}

#[test]
fn without_pages_of_there_are_none() {
    let f = book("none");
    let settings = String::from_utf8(f.read("book.toml")).expect("text");
    f.write("book.toml", settings.replace("pages-of = \"print\"\n", ""));
    let (epub, _) = built(&f);
    let files = files(&epub);
    assert!(files.values().all(|t| !t.contains("pagebreak") && !t.contains("pageBreak")));
    // A name that no PDF edition has is told, and costs only the list.
    f.write(
        "book.toml",
        settings.replace("pages-of = \"print\"", "pages-of = \"paper\""),
    );
    let out = keben(&f.0, &["check", "-q", "."]);
    assert!(said(&out).contains("no PDF edition is named `paper`"), "{}", said(&out));
}

#[test]
fn a_reading_engine_goes_to_the_printed_pages() {
    let Some(engine) = reader("reading-engine") else { return };
    let f = book("engine");
    let (epub, _) = built(&f);
    let files = files(&epub);
    let all = list(&files);
    // Ten pages, as a linear congruential generator picks them.
    let mut dice = 20_261_128u64;
    let hrefs: Vec<String> = (0..10)
        .map(|_| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("OEBPS/{}", all[(dice >> 33) as usize % all.len()].1)
        })
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/engine.mjs");
    let shot =
        std::env::var_os("KEBEN_SHOT").unwrap_or_else(|| f.path("shot.png").into());
    let out = Command::new(engine)
        .arg(script)
        .args([epub.as_os_str(), &shot, "--".as_ref()])
        .args(&hrefs)
        .output()
        .expect("the engine runs");
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    for href in &hrefs {
        let (file, id) = href.split_once('#').expect("an anchor");
        let text = solid(&behind(&parsed(&files[file]), id));
        let text: String = text.chars().take(TEN).collect();
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        let want = format!("{{\"href\":\"{href}\",\"text\":\"{text}\",\"seen\":true}}");
        assert!(said.contains(&want), "{want} in {said}");
    }
    assert!(said.contains("\"there\":true,\"back\":true,\"footnote\":true"), "{said}");
    assert!(said.contains("\"errors\":[]"), "{said}");
    // The embedded faces are those that are drawn, not some of the machine.
    for piece in ["text", "heading", "emphasis", "code", "strong"] {
        let from = said
            .find(&format!("\"{piece}\":["))
            .unwrap_or_else(|| panic!("{piece}: {said}"));
        let faces = said[from..].split(']').next().unwrap_or_default();
        assert!(faces.contains("\"custom\":true"), "{piece}: {faces}");
        assert!(!faces.contains("\"custom\":false"), "{piece}: {faces}");
    }
}
