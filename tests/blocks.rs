//! Hostile blocks from source to pages: nothing panics, hangs or is lost.

use crate::common::{Folder, keben, said};
use std::time::{Duration, Instant};

const TINY: &str =
    "[page]\ntrim = \"80x80mm\"\nsize = 10\nleading = 16\nchars = 10\nlines = 8\n";

/// A book of one chapter, built, and its pages as text.
fn built(name: &str, chapter: &str, page: &str, files: &[(&str, &str)]) -> String {
    let f = Folder::new(name);
    f.write(
        "m/book.toml",
        format!("[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n{page}"),
    )
    .write("m/SUMMARY.md", "- [一](a.md)\n")
    .write("m/a.md", chapter);
    for (path, text) in files {
        f.write(&format!("m/{path}"), text);
    }
    let start = Instant::now();
    let out = keben(&f.0, &["build", "m"]);
    // Nesting that is cut is an error, and the book is built all the same.
    let deep = said(&out).contains("too-deep") && f.path("build/b.pdf").exists();
    assert!(out.status.success() || deep, "{name}: {}", said(&out));
    assert!(start.elapsed() < Duration::from_secs(60), "{name}: {:?}", start.elapsed());
    let pages = keben(&f.0, &["inspect", "pages", "m"]);
    String::from_utf8_lossy(&pages.stdout).into_owned()
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn a_table_of_300_columns() {
    let row = |s: &str| format!("|{}\n", format!("{s}|").repeat(300));
    let table = format!("# 一\n\n{}{}{}", row("甲"), row("---"), row("乙"));
    for page in ["", TINY] {
        let text = built("columns", &table, page, &[]);
        assert_eq!((count(&text, " 甲"), count(&text, " 乙")), (300, 300));
    }
}

#[test]
fn a_cell_of_5000_lines() {
    let table = format!("# 一\n\n| 甲 |\n|---|\n| {} |\n\n后\n", "天地<br>".repeat(5000));
    let text = built("cell", &table, "", &[]);
    assert_eq!(count(&text, "天地"), 5000);
    assert!(count(&text, "\npage ") > 100);
}

#[test]
fn spans_beyond_the_table() {
    let cells = "<td rowspan=99999 colspan=99999>甲</td><td rowspan=99999>乙</td>";
    let rows = format!("<tr>{cells}</tr>").repeat(300);
    let text = built("spans", &format!("# 一\n\n<table>{rows}</table>\n"), "", &[]);
    assert_eq!((count(&text, " 甲"), count(&text, " 乙")), (300, 300));
}

#[test]
fn containers_fifty_deep() {
    for kind in ["letter", "epigraph", "dialogue", "right", "center", "verse"] {
        let open = format!("::: {kind}\n\n").repeat(50);
        let chapter = format!("# 一\n\n{open}天地玄黄\n\n{}", ":::\n\n".repeat(50));
        let text = built(kind, &chapter, TINY, &[]);
        assert!(text.contains("天地玄黄"), "{kind}: {text}");
    }
    let quotes = format!("# 一\n\n{}天地\n", "> ".repeat(50));
    assert!(built("quotes", &quotes, TINY, &[]).contains("天地"));
    let tables = format!("# 一\n\n{}天地", "<table><tr><td>".repeat(50));
    let text = built("tables", &tables, TINY, &[]);
    assert_eq!((count(&text, " 天"), count(&text, " 地") + count(&text, "天地")), (1, 1));
}

#[test]
fn a_picture_of_one_by_twenty_thousand() {
    let svg = |w: u32, h: u32| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\">\
             <rect width=\"{w}\" height=\"{h}\"/></svg>"
        )
    };
    let (tall, flat) = (svg(1, 20_000), svg(20_000, 1));
    let files = [("t.svg", tall.as_str()), ("f.svg", flat.as_str())];
    let many = "![丙](t.svg \"丙\") ".repeat(40);
    let chapter = format!(
        "# 一\n\n![甲](t.svg \"题\")\n\n![甲](t.svg) ![乙](f.svg)\n\n![乙](f.svg){{page}}\n\n\
         ![甲](t.svg){{width=100%}}\n\n{many}\n\n后\n"
    );
    for page in ["", TINY] {
        let text = built("picture", &chapter, page, &files);
        assert_eq!(count(&text, " image "), 45);
        assert!(text.contains('后'));
    }
}

#[test]
fn turned_tables_keep_their_text() {
    let rows: String = (0..60).map(|i| format!("| 甲{i} | 乙{i} |\n")).collect();
    let chapter =
        format!("# 一\n\n表：题 {{turn}}\n\n| 甲 | 乙 |\n|---|---|\n{rows}\n后\n");
    let text = built("turned", &chapter, TINY, &[]);
    assert!(count(&text, " turned\n") > 5 && text.contains("续表"), "{text}");
    assert!(
        (0..60)
            .all(|i| text.contains(&format!("甲{i}\n"))
                || text.contains(&format!(" {i}\n")))
    );
}
