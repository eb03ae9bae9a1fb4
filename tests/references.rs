//! References, notes, index and glossary in an EPUB, where there are no pages.

use crate::common::fixture::{entries, parsed};
use keben::book::{Book, Division, Role};
use keben::config::{self, Limits};
use keben::diag::Sink;
use keben::epub::{Input, write};
use keben::font::FontSet;
use keben::geom::Len;
use keben::manuscript;
use keben::picture::Pictures;
use keben::source::Sources;
use keben::theme;

/// The XHTML of a book with some settings and chapters, file by file; those with a
/// role stand in the back.
fn files(toml: &str, chapters: &[(Option<Role>, &str)]) -> Vec<(String, String)> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let toml = format!("[book]\ntitle = \"书\"\n{toml}");
    let file = sources.add("book.toml", toml.as_str());
    let config = config::read(&toml, file, &mut sink);
    let (meta, notes) = (config.meta.clone(), config.notes);
    let mut book = Book { meta, notes, ..Book::default() };
    for (n, (role, text)) in chapters.iter().enumerate() {
        let name = format!("c{n}.md");
        let file = sources.add(&name, *text);
        let limits = Limits::default();
        let mut chapter = manuscript::chapter(text, file, &name, &limits, &mut sink);
        if let Some(role) = role {
            (chapter.role, chapter.division) = (*role, Division::Back);
        }
        book.chapters.push(chapter);
    }
    manuscript::complete(&mut book, &config, &mut sink);
    let head = theme::named("default", &mut sink).headings[0].look.style(Len::ZERO).cut;
    let (fonts, pictures) = (FontSet::default(), Pictures::default());
    let input = Input::new(&book, "", head, &fonts, &pictures);
    let bytes = write(&input, &mut sink).expect("it can be written");
    let mut out = vec![];
    for (name, bytes) in entries(&bytes) {
        if name.ends_with("xhtml") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            parsed(&text);
            out.push((name, text));
        }
    }
    out
}

/// The file of a name.
fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    let found = files.iter().find(|f| f.0.ends_with(&format!("/{name}.xhtml")));
    &found.unwrap_or_else(|| panic!("no file {name}")).1
}

fn holds(text: &str, wanted: &[&str]) {
    for want in wanted {
        assert!(text.contains(want), "{want} is not in\n{text}");
    }
}

const TEXT: &str = "# 甲\n\n## 子 {#z}\n\n见[](#t)，[见第 % 页](#z){ref=page}，[](#z){ref=full}。\n\n\
    表：题 {#t}\n\n| 乙 |\n|---|\n| 丙 |\n";

#[test]
fn references_read_well_without_pages() {
    let made = files("section-numbers = \"arabic\"", &[(None, TEXT)]);
    let text = file(&made, "c0");
    holds(
        text,
        &[
            "见<a href=\"c0.xhtml#t\">表 1-1</a>",
            "<a href=\"c0.xhtml#z\">见1.1 节</a>",
            "<a href=\"c0.xhtml#z\">1.1 节“子”</a>",
            "<span class=\"section-number\">1.1\u{2003}</span>子</h2>",
            "<div class=\"table\" id=\"t\">",
        ],
    );
    holds(&made.iter().find(|f| f.0.contains("nav")).expect("nav").1, &["1.1\u{3000}子"]);
    // Negative control: without numbers the title is printed.
    let made = files("", &[(None, TEXT)]);
    holds(file(&made, "c0"), &["<a href=\"c0.xhtml#z\">见子</a>", "\">子</h2>"]);
}

#[test]
fn an_index_leads_to_sections() {
    let text = "# 甲\n\n[唐]{index}，[宋]{index}，[唐]{index}^[注[元]{index}。]\n\n## 乙\n\n\
        [宋]{index .main}[]{index=\"明\" see=\"宋\"}[清]{index=\"宋/清\"}\n";
    let index = (Some(Role::Index), "# 索引\n");
    let made = files("", &[(None, text), index]);
    holds(
        file(&made, "c1"),
        &[
            "epub:type=\"index\" role=\"doc-index\"",
            "<span epub:type=\"index-term\">唐</span>\u{2003}<a epub:type=\"index-locator\" \
             href=\"c0.xhtml#c0-mark\">第一章</a></li>",
            "href=\"c0.xhtml#c0-mark-4\"><strong>第一章</strong></a>",
            "<em>见</em><a href=\"c1.xhtml#index-entry-2\">“宋”</a>",
            "<h2>T</h2>",
        ],
    );
    assert!(file(&made, "c0").contains("<span id=\"c0-mark\"></span>唐"));
    // Negative control: no chapter, no entries.
    let made = files("", &[(None, text), (Some(Role::Matter), "# 索引\n")]);
    assert!(!file(&made, "c1").contains("index-entry"));
}

#[test]
fn notes_stand_where_they_are_asked_for() {
    let chapters = [
        (None, "# 甲\n\n一^[注一[x]{index}。]二[^b]。\n\n[^b]: 注二。\n"),
        (Some(Role::Index), "# 索引\n"),
    ];
    let made = files("", &chapters);
    holds(file(&made, "c0"), &["<aside epub:type=\"footnote\"", "href=\"#fn-c0-1\""]);
    let made = files("notes = \"chapter\"", &chapters);
    holds(
        file(&made, "c0"),
        &[
            "role=\"doc-endnotes\"",
            "<li epub:type=\"endnote\" id=\"fn-c0-2\">",
            "href=\"#fn-c0-1\"",
        ],
    );
    let made = files("notes = \"book\"", &chapters);
    holds(file(&made, "c0"), &["href=\"endnotes.xhtml#fn-c0-1\""]);
    assert!(!file(&made, "c0").contains("注一"));
    holds(
        file(&made, "endnotes"),
        &[
            "epub:type=\"endnotes\" role=\"doc-endnotes\"",
            "<h2>第一章 甲</h2>",
            "href=\"c0.xhtml#fnref-c0-1\">①</a> 注一<span id=\"c0-mark\"></span>x。",
        ],
    );
    // What the index names in a note is where the notes are.
    holds(file(&made, "c1"), &["href=\"endnotes.xhtml#c0-mark\""]);
}

#[test]
fn terms_lead_to_the_glossary() {
    let glossary = "# 术语表\n\n刻本（block）\n: 书。\n";
    let text = "# 甲\n\n[刻本]{term}与[印本]{term=\"刻本\"}，[写本]{term}。\n";
    let made = files("", &[(None, text), (None, glossary)]);
    let dt = "<dt epub:type=\"glossterm\" id=\"";
    let gloss = file(&made, "c1");
    holds(gloss, &[dt, "<dd epub:type=\"glossdef\">书。</dd>", "role=\"doc-glossary\""]);
    let id = gloss.split(dt).nth(1).and_then(|s| s.split('"').next()).expect("an id");
    for word in ["刻本", "印本"] {
        let link = format!(
            "<a epub:type=\"glossref\" role=\"doc-glossref\" href=\"c1.xhtml#{id}\">{word}</a>"
        );
        holds(file(&made, "c0"), &[&link]);
    }
    // Negative control: what the glossary has not is no link.
    assert!(file(&made, "c0").contains("，写本。"));
}
