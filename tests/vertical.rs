//! EPUBs with vertical lines: the package, the style sheet, what stands upright; and what a
//! PDF says that is asked for them.

use crate::common::{Folder, keben, said};
use std::io::Read;

const TEXT: &str = "# 题\n\n二〇二六年5月12日，第123页，[要紧]{.dots}!?共3.5倍，[12 Uhr]{lang=de}。\n\n\
    | 甲 | 乙 |\n| --- | --- |\n| 12 | 3 |\n\n```\nlet a = 12;\n```\n\n$a^2$\n\n1. 项\n";

fn built(test: &str, writing: &str) -> Folder {
    let f = Folder::new(&format!("{test}-{writing}"));
    let settings = format!(
        "[book]\ntitle = \"书\"\nslug = \"b\"\n[[edition]]\nname = \"e\"\nformat = \"epub\"\n\
         writing = \"{writing}\"\n"
    );
    f.write("m/book.toml", settings).write("m/01.md", TEXT);
    f.write(
        "m/theme/theme.css",
        "blockquote { margin: 1em 2em; }\n.own { width: 3em; }\n",
    );
    let out = keben(&f.0, &["build", "-q", "m"]);
    assert!(out.status.success(), "{}", said(&out));
    f
}

fn part(f: &Folder, name: &str) -> String {
    let file = std::fs::File::open(f.path("build/b-e.epub")).expect("an EPUB");
    let mut zip = zip::ZipArchive::new(file).expect("an archive");
    let mut out = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut out).expect("text");
    out
}

#[test]
fn vertical_books_turn_from_right_to_left() {
    let [down, across] = ["vertical", "horizontal"].map(|w| built("vertical-spine", w));
    let [opf, other] = [&down, &across].map(|f| part(f, "OEBPS/content.opf"));
    assert!(opf.contains("page-progression-direction=\"rtl\""));
    assert!(opf.contains("name=\"primary-writing-mode\" content=\"vertical-rl\""));
    assert!(other.contains("page-progression-direction=\"ltr\""));
    assert!(!other.contains("primary-writing-mode"));
    let [css, other] = [&down, &across].map(|f| part(f, "OEBPS/stylesheet.css"));
    for twin in ["", "-epub-", "-webkit-"] {
        for rule in ["writing-mode: vertical-rl;", "text-orientation: mixed;"] {
            assert!(css.contains(&format!("\n  {twin}{rule}")), "{twin}{rule}");
            assert!(!other.contains(rule), "{rule}");
        }
    }
    // Forbidden in EPUB 3.3; the reader decides.
    for word in ["direction:", "unicode-bidi"] {
        assert!(!css.replace("page-progression-", "").contains(word), "{word}");
    }
}

#[test]
fn sides_of_the_style_sheet_turn_with_the_lines() {
    let [css, other] = ["vertical", "horizontal"]
        .map(|w| part(&built("vertical-sides", w), "OEBPS/stylesheet.css"));
    let body = css.split_once("/* keben: what vertical").expect("what is added").0;
    for side in [
        "margin-left",
        "margin-top",
        "padding-left",
        "border-top:",
        " max-width: 100%",
        "vh;",
    ] {
        assert!(!body.contains(side), "{side}");
    }
    assert!(other.contains("padding-left") && other.contains("vh;"), "the control");
    // The author's too.
    assert!(css.contains("blockquote { margin-block: 1em; margin-inline: 2em; }"));
    assert!(css.contains(".own { inline-size: 3em; }"));
    assert!(other.contains("blockquote { margin: 1em 2em; }"));
    // Tables, code and formulas keep their lines.
    let kept = css.split("horizontal-tb").next().expect("a rule");
    let kept = kept.rsplit_once("}\n").expect("a rule").1;
    for what in ["pre", ".table", "math"] {
        assert!(kept.contains(&format!("body {what}")), "{what}: {kept}");
    }
}

#[test]
fn short_numbers_stand_upright() {
    let [text, other] = ["vertical", "horizontal"]
        .map(|w| part(&built("vertical-text", w), "OEBPS/text/c-01.xhtml"));
    let tcy = |s: &str| format!("<span class=\"tcy\">{s}</span>");
    for (s, around) in [("5", ["年", "月"]), ("12", ["月", "日"])] {
        let want = format!("{}{}{}", around[0], tcy(s), around[1]);
        assert!(text.contains(&want), "{want}: {text}");
    }
    assert!(text.contains(&format!("</em>{}共", tcy("!?"))), "{text}");
    for lies in ["第123页", "共3.5倍", ">12 Uhr<", "let a = 12;"] {
        assert!(text.contains(lies), "{lies}: {text}");
    }
    assert!(!other.contains("tcy"));
}

#[test]
fn a_pdf_says_that_its_lines_are_horizontal() {
    let f = Folder::new("vertical-pdf");
    for (writing, says) in [("vertical", true), ("horizontal", false)] {
        let settings = format!(
            "[book]\ntitle = \"书\"\nslug = \"b\"\n[[edition]]\nname = \"p\"\nformat = \"pdf\"\n\
             writing = \"{writing}\"\n"
        );
        f.write("m/book.toml", settings).write("m/01.md", "# 题\n\n文\n");
        let out = keben(&f.0, &["build", "m"]);
        assert!(out.status.success() && f.path("build/b-p.pdf").exists());
        assert_eq!(
            said(&out).contains("warning[vertical-pages]"),
            says,
            "{}",
            said(&out)
        );
    }
}
