//! Our PDF and EPUB, read by other programs: the text that comes out is the text
//! that went in, and what judges the formats finds nothing.

mod accepted;
mod books;
mod ink;
mod links;
mod spoil;
mod tagged;
mod typed;

use crate::common::{Folder, keben, manuscript, reader, said};
use keben::book::text::paragraphs;
use keben::page::{Draw, Page};
use keben::session::Session;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::Command;

fn built(test: &str) -> Folder {
    let f = Folder::new(&format!("reader-{test}"));
    let from = manuscript();
    let out = keben(&from, &["build", "--out", f.0.to_str().expect("a path")]);
    assert!(out.status.success(), "{}", said(&out));
    assert!(!said(&out).contains("warning"), "the bundled book is clean: {}", said(&out));
    f
}

fn output(f: &Folder, extension: &str) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(&f.0).expect("outputs").flatten().map(|e| e.path());
    files.find(|p| p.extension().is_some_and(|e| e == extension)).expect("an output")
}

/// How often each character stands in a text; white space does not count.
fn count(text: &str) -> BTreeMap<char, i64> {
    let mut out = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *out.entry(c).or_insert(0) += 1;
    }
    out
}

/// The characters that `a` has more of than `b`.
fn more(a: &BTreeMap<char, i64>, b: &BTreeMap<char, i64>) -> Vec<(char, i64)> {
    a.iter()
        .map(|(c, n)| (*c, n - b.get(c).unwrap_or(&0)))
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn page_text(page: &Page) -> String {
    page.draws()
        .filter_map(|d| match d {
            Draw::Text(run) => Some(run.text.as_str()),
            Draw::Rule { .. }
            | Draw::Image { .. }
            | Draw::Turned(_)
            | Draw::Path { .. } => None,
        })
        .collect()
}

#[test]
fn no_character_of_the_book_is_lost_on_its_pages() {
    let mut session = Session::open(&manuscript()).expect("the bundled book");
    let all: String = session.pages(&|| {}).iter().map(|p| page_text(p)).collect();
    let book = paragraphs(&session.book).concat();
    assert_eq!(more(&count(&book), &count(&all)), [], "lost");
    // Negative control: a character that is not there is missed.
    assert_eq!(more(&count(&(book + "𠀀")), &count(&all)), [('𠀀', 1)]);
}

#[test]
fn pdftotext_reads_what_stands_on_each_page() {
    let Some(pdftotext) = reader("pdftotext") else { return };
    let f = built("pdftotext");
    let out = Command::new(pdftotext)
        .args(["-raw", "-enc", "UTF-8"])
        .arg(output(&f, "pdf"))
        .arg("-")
        .output()
        .expect("pdftotext runs");
    let text = String::from_utf8_lossy(&out.stdout);
    let mut session = Session::open(&manuscript()).expect("the bundled book");
    let pages = session.pages(&|| {});
    let read: Vec<_> = text.split('\u{c}').collect();
    assert!(read.len() > pages.len(), "{} of {} pages", read.len(), pages.len());
    for (page, read) in pages.iter().zip(read) {
        let (ours, theirs) = (count(&page_text(page)), count(read));
        assert_eq!(more(&ours, &theirs), [], "lost on page {}", page.label);
        assert_eq!(more(&theirs, &ours), [], "added on page {}", page.label);
    }
}

#[test]
fn copied_text_is_typed_text() {
    let Some(pdftotext) = reader("pdftotext") else { return };
    let f = Folder::new("reader-copied");
    let text =
        "x\u{301} fox ⼀ 一 ⼈ 人 international extraordinary hyphenation 好——走……吗 𒀀 𒀁";
    f.write(
        "m/book.toml",
        "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\n[page]\nchars = 9\n",
    )
    .write("m/SUMMARY.md", "- [a](a.md)\n")
    .write("m/a.md", format!("# a\n\n{text}\n"));
    keben(&f.0, &["build", "-q", "m", "--format", "pdf"]);
    let pdf = f.path("build/t.pdf");
    let out = Command::new(pdftotext)
        .args(["-raw", "-enc", "UTF-8"])
        .arg(pdf)
        .arg("-")
        .output();
    let read = String::from_utf8_lossy(&out.expect("pdftotext runs").stdout).into_owned();
    // A soft hyphen at a line's end joins the word again.
    let solid = |s: &str| s.replace('\u{ad}', "").split_whitespace().collect::<String>();
    assert!(solid(&read).contains(&solid(text)), "{read}");
    assert!(read.contains('\u{ad}'), "a word is hyphenated: {read}");
}

/// What pdftotext copies out of the PDF of the book in `m`.
fn copied(pdftotext: &Path, f: &Folder) -> String {
    keben(&f.0, &["build", "-q", "m", "--format", "pdf"]);
    let out = Command::new(pdftotext)
        .args(["-raw", "-enc", "UTF-8"])
        .arg(f.path("build/t.pdf"))
        .arg("-")
        .output();
    String::from_utf8_lossy(&out.expect("pdftotext runs").stdout).into_owned()
}

#[test]
fn numbers_and_turns_of_code_are_not_copied() {
    let Some(pdftotext) = reader("pdftotext") else { return };
    let f = Folder::new("reader-code");
    let line = "let alpha = beta + gamma; // delta epsilon zeta eta theta iota kappa";
    f.write("m/book.toml", "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\n")
        .write("m/SUMMARY.md", "- [a](a.md)\n")
        .write(
            "m/a.md",
            format!("# a\n\n```rust {{numbers startFrom=777}}\n{line}\n```\n"),
        );
    let read = copied(&pdftotext, &f);
    let words = read.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(line), "{read}");
    assert!(!read.contains(line), "the line is turned over: {read}");
    assert!(!read.contains("777") && !read.contains('▸'), "{read}");
}

#[test]
fn other_regions_forms_are_copied_as_typed() {
    let Some(pdftotext) = reader("pdftotext") else { return };
    let f = Folder::new("reader-regions");
    f.write("m/book.toml", "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\n")
        .write("m/SUMMARY.md", "- [a](a.md)\n")
        .write(
            "m/a.md",
            "# a\n\n骨直角、[骨直角]{lang=ja}、[骨直化]{lang=zh-Hant-TW}。\n",
        );
    let read = copied(&pdftotext, &f);
    assert!(read.contains("骨直角、骨直角、骨直化。"), "{read}");
}

#[test]
fn epubcheck_finds_nothing() {
    let Some(epubcheck) = reader("epubcheck") else { return };
    let f = built("epubcheck");
    let out =
        Command::new(epubcheck).arg(output(&f, "epub")).output().expect("epubcheck runs");
    let said =
        String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success() && said.contains("No errors or warnings"), "{said}");
}

#[test]
fn an_epub_reader_gives_the_text_back_in_order() {
    let f = built("an_epub_r");
    let file = std::fs::File::open(output(&f, "epub")).expect("the EPUB");
    let mut zip = zip::ZipArchive::new(file).expect("an archive");
    let session = Session::open(&manuscript()).expect("the bundled book");
    for chapter in &session.book.chapters {
        let name = format!("{}.xhtml", chapter.id);
        let path = zip.file_names().find(|n| n.ends_with(&name)).map(String::from);
        let path = path.unwrap_or_else(|| panic!("no {name}"));
        let mut xhtml = String::new();
        zip.by_name(&path).expect("a file").read_to_string(&mut xhtml).expect("text");
        let options =
            usvg::roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let document = usvg::roxmltree::Document::parse_with_options(&xhtml, options)
            .expect("well-formed");
        let body = document.descendants().find(|n| n.has_tag_name("body"));
        let body = body
            .or_else(|| document.descendants().find(|n| n.tag_name().name() == "body"));
        let texts = body.expect("a body").descendants().filter(|n| n.is_text());
        let text: String = texts.filter_map(|n| n.text()).collect();
        // The marks of notes stand inside paragraphs and are no text of theirs.
        let mark =
            |c: char| matches!(c, '\u{2460}'..='\u{2473}' | '\u{3251}'..='\u{32bf}');
        let solid = |s: &str| {
            s.chars().filter(|c| !c.is_whitespace() && !mark(*c)).collect::<String>()
        };
        let (text, mut at) = (solid(&text), 0);
        for paragraph in keben::book::text::chapter_paragraphs(chapter) {
            let wanted = solid(&paragraph);
            let found = text[at..].find(&wanted);
            let found = found.unwrap_or_else(|| panic!("{name}: “{wanted}” is lost"));
            at += found + wanted.len();
        }
    }
}
