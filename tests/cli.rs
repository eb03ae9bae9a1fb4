//! The binary: exit codes, messages, what stays when something fails.

use crate::common::{Folder, keben, said};

const PNG: &[u8] = include_bytes!("suite-data/dot.png");

/// A book of one chapter.
fn book(name: &str, chapter: &str) -> Folder {
    let f = Folder::new(name);
    f.write("m/book.toml", "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n")
        .write("m/SUMMARY.md", "# 目录\n\n- [一](a.md)\n- [二](b.md)\n")
        .write("m/a.md", chapter)
        .write("m/b.md", "# 二\n\n其余的都还在。\n");
    f
}

#[test]
fn a_new_book_builds() {
    let f = Folder::new("new");
    let out = keben(&f.0, &["new", "mine"]);
    assert!(out.status.success(), "{}", said(&out));
    let out = keben(&f.0, &["build", "mine"]);
    assert!(out.status.success(), "{}", said(&out));
    assert!(!said(&out).contains("warning"), "{}", said(&out));
    assert!(f.read("build/书名.pdf").starts_with(b"%PDF-1.7"));
    assert!(f.read("build/书名.epub").starts_with(b"PK"));
    let again = keben(&f.0, &["new", "mine"]);
    assert_eq!(again.status.code(), Some(1), "a book is not overwritten");
}

#[test]
fn a_new_book_overwrites_nothing() {
    let f = Folder::new("new-there");
    f.write("00-preface.md", "mine");
    let out = keben(&f.0, &["new", "."]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(f.read("00-preface.md"), b"mine");
    assert!(!f.path("book.toml").exists(), "all is checked before anything is made");
}

#[test]
fn notes_in_notes_end() {
    let f = book("notes", "# 一\n\n文[^a]。\n\n[^a]: 注一[^b][^a]\n\n[^b]: 注二[^a]\n");
    let out = keben(&f.0, &["build", "m"]);
    assert!(out.status.success(), "{}", said(&out));
    let pages = keben(&f.0, &["inspect", "pages", "m"]);
    let text = String::from_utf8_lossy(&pages.stdout).into_owned();
    assert!(text.contains("注一") && text.contains("注二"), "{text}");
}

#[test]
fn a_page_of_one_line_is_enough_for_everything() {
    let long = "注。".repeat(400);
    let chapter =
        format!("# 一\n\n文[^a]。\n\n[^a]: {long}\n\n    ## {long}\n\n# {long}\n");
    let f = book("tiny", &chapter);
    let toml = "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n\n[page]\ntrim = \"50x50mm\"\n\
                size = 40\nleading = 60\nchars = 3\nlines = 1\n";
    f.write("m/book.toml", toml);
    let out = keben(&f.0, &["build", "m"]);
    assert!(f.read("build/b.pdf").starts_with(b"%PDF"), "{}", said(&out));
}

#[test]
fn a_crowded_table_is_named_once() {
    let row = |n: usize| format!("|{}\n", " 文字 |".repeat(n));
    let table =
        format!("# 一\n\n{}{}{}", row(40), "|---".repeat(40) + "|\n", row(40).repeat(30));
    let f = book("crowded", &table);
    let out = keben(&f.0, &["check", "m"]);
    assert_eq!(said(&out).matches("overfull-line").count(), 1, "{}", said(&out));
}

#[test]
fn an_svg_of_no_size_costs_only_itself() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e30\" height=\"9\"/>";
    faulty("svgsize", "# 一\n\n![方](p.svg)\n", "bad-picture", "a.md:3:", 1, |f| {
        f.write("m/p.svg", svg);
    });
}

#[test]
fn outputs_go_where_they_are_asked_for() {
    let f = book("out", "# 一\n\n文。\n");
    let out = keben(&f.path("m"), &["build", "-q"]);
    assert!(out.status.success() && said(&out).is_empty(), "{}", said(&out));
    f.read("m/build/b.pdf");
    let out = keben(&f.0, &["build", "m", "--out", "there", "--format", "epub"]);
    assert!(out.status.success(), "{}", said(&out));
    f.read("there/b.epub");
    assert!(!f.path("there/b.pdf").exists());
}

#[test]
fn usage_errors_have_exit_code_2() {
    let f = Folder::new("usage");
    assert_eq!(keben(&f.0, &["bind"]).status.code(), Some(2));
    let out = keben(&f.0, &["build"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("keben new"), "{}", said(&out));
}

#[test]
fn editions_are_named_in_file_names() {
    let f = book("editions", "# 一\n\n文。\n");
    f.write(
        "m/book.toml",
        "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n\n[[edition]]\nname = \"screen\"\n\
         format = \"pdf\"\n\n[[edition]]\nname = \"reader\"\nformat = \"epub\"\n",
    );
    assert!(keben(&f.0, &["build", "m", "--edition", "reader"]).status.success());
    assert!(
        f.path("build/b-reader.epub").exists() && !f.path("build/b-screen.pdf").exists()
    );
    let out = keben(&f.0, &["build", "m", "--edition", "none"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("unknown-edition"), "{}", said(&out));
    assert!(
        said(&out).contains("screen"),
        "the hint names what there is: {}",
        said(&out)
    );
}

/// Builds a book with a fault: it is named with its place, and the rest is built.
fn faulty(
    name: &str,
    chapter: &str,
    code: &str,
    place: &str,
    exit: i32,
    prepare: impl Fn(&Folder),
) {
    let f = book(name, chapter);
    prepare(&f);
    let out = keben(&f.0, &["build", "m"]);
    let said = said(&out);
    assert!(said.contains(code), "{code}: {said}");
    assert!(said.contains(place), "{place}: {said}");
    assert_eq!(out.status.code(), Some(exit), "{said}");
    assert!(f.read("build/b.pdf").starts_with(b"%PDF"), "{said}");
    assert!(f.read("build/b.epub").starts_with(b"PK"), "{said}");
}

#[test]
fn a_missing_chapter_costs_only_itself() {
    faulty("chapter", "", "missing-file", "SUMMARY.md:3:", 1, |f| {
        std::fs::remove_file(f.path("m/a.md")).expect("removed");
    });
}

#[test]
fn a_summary_with_faults_is_read_as_far_as_it_goes() {
    let summary = |text: &'static str| {
        move |f: &Folder| {
            f.write("m/SUMMARY.md", text);
        }
    };
    let one = "# 一\n\n文。\n";
    faulty(
        "twice",
        one,
        "duplicate-chapter",
        "SUMMARY.md:4:",
        0,
        summary("- [一](a.md)\n- [二](b.md)\n\n- [一](a.md)\n"),
    );
    faulty("none", one, "empty-book", "SUMMARY.md", 1, summary("只有字。\n"));
    faulty("gone-summary", one, "bad-summary", "SUMMARY.md", 0, |f| {
        std::fs::remove_file(f.path("m/SUMMARY.md")).expect("removed");
    });
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    faulty("bytes", "", "not-utf8", "a.md:1:1", 0, |f| {
        f.write("m/a.md", b"# \xff\n\n\xe6\xb0 and \x00 more\n");
    });
}

#[test]
fn broken_settings_cost_only_themselves() {
    let toml = "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\nauthors = 3\nlanguge = \"zh\"\n";
    faulty("settings", "# 一\n\n文。\n", "bad-value", "book.toml:5:", 1, |f| {
        f.write("m/book.toml", toml);
    });
    faulty("settings", "# 一\n\n文。\n", "unknown-key", "book.toml:6:", 1, |f| {
        f.write("m/book.toml", toml);
    });
    let broken = "[book]\nslug = \"b\"\nsrc = \".\"\ntitle = \n";
    faulty("toml", "# 一\n\n文。\n", "bad-toml", "book.toml:4:", 1, |f| {
        f.write("m/book.toml", broken);
    });
}

#[test]
fn a_picture_that_is_none_costs_only_itself() {
    let chapter = "# 一\n\n![一幅画](p.png \"题\")\n";
    faulty("nopic", chapter, "bad-picture", "a.md:3:", 1, |f| {
        f.write("m/p.png", "no picture");
    });
    faulty("gone", chapter, "missing-file", "a.md:3:", 1, |_| {});
    faulty("cut", chapter, "bad-picture", "a.md:3:", 1, |f| {
        f.write("m/p.png", &PNG[..PNG.len() / 2]);
    });
    faulty("up", "# 一\n\n![画](../../p.png)\n", "outside-book", "a.md:3:", 1, |_| {});
}

#[test]
fn a_huge_picture_is_not_decoded() {
    // A header that claims 60 000 × 60 000 pixels, with nothing behind it.
    let mut png = PNG[..33].to_vec();
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let crc = crc(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    png.extend(&PNG[33..]);
    faulty("huge", "# 一\n\n![画](p.png)\n", "huge-picture", "a.md:3:", 1, |f| {
        f.write("m/p.png", &png);
    });
}

/// The checksum of PNG (ISO 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |c: u32| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
    let byte = |c: u32, b: &u8| (0..8).fold(c ^ u32::from(*b), |c, _| step(c));
    !bytes.iter().fold(!0, byte)
}

#[test]
fn a_link_to_nowhere_keeps_its_text() {
    faulty("link", "# 一\n\n见[那里](none.md)。\n", "broken-link", "a.md:3:", 0, |_| {});
}

#[test]
fn an_include_from_outside_is_refused() {
    let chapter = "# 一\n\n{{#include ../secret.txt}}\n";
    faulty("include", chapter, "outside-book", "a.md:3:", 1, |f| {
        f.write("secret.txt", "密");
    });
}

#[test]
fn an_svg_may_not_run_or_fetch() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\
               <script>alert(1)</script><rect width=\"9\" height=\"9\"/></svg>";
    faulty("svg", "# 一\n\n![方](p.svg)\n", "active-picture", "a.md:3:", 0, |f| {
        f.write("m/p.svg", svg);
    });
}

#[test]
fn fonts_that_are_none_are_replaced() {
    let toml = |font: &str| {
        format!(
            "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n\n[fonts]\nsong = \"{font}\"\n"
        )
    };
    faulty("font", "# 一\n\n文。\n", "bad-font", "book.toml:7:", 1, |f| {
        f.write("m/book.toml", toml("x.otf")).write("m/x.otf", "no font");
    });
    faulty("family", "# 一\n\n文。\n", "unknown-family", "book.toml:7:", 1, |f| {
        f.write("m/book.toml", toml("No Such Family"));
    });
}

#[test]
fn a_font_of_the_book_is_used() {
    let font = include_bytes!("fonts/KebenTest-Regular.otf");
    let f = book("own", "# 一\n\n天地玄黄。\n");
    let toml = "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\n\n[fonts]\n\"宋\" = \"f/own.otf\"\n";
    f.write("m/book.toml", toml).write("m/f/own.otf", font);
    let out = keben(&f.0, &["build", "m", "--format", "pdf"]);
    assert!(out.status.success(), "{}", said(&out));
    let pdf = f.read("build/b.pdf");
    let doc = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let fonts =
        doc.objects.values().filter_map(|o| o.as_dict().ok()?.get(b"BaseFont").ok());
    let names: Vec<_> = fonts.map(|n| format!("{n:?}")).collect();
    assert!(names.iter().any(|n| n.contains("KebenTest")), "{names:?}");
}

#[test]
fn a_character_without_a_glyph_is_named_with_each_place() {
    let f = book("glyph", "# 一\n\n甲𒀀乙\n\n丙𒀀丁\n");
    let out = keben(&f.0, &["check", "m"]);
    let said = said(&out);
    assert!(out.status.success(), "{said}");
    for part in ["missing-glyph", "U+12000", "a.md:3:2", "a.md:5:2"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!f.path("build").exists(), "check writes nothing");
}

#[test]
fn check_notes_what_an_editor_would_look_at() {
    let text = "# 一\n\n一二三四五。六七\n\n一二三四五六。\n\n天,地\n\n\
                表：题。\n\n| 甲 |\n|---|\n| 乙 |\n";
    let f = book("notes", text);
    let toml = "[book]\ntitle = \"书\"\n[page]\nchars = 5\nleading = 30\n[typesetting]\nindent = 0\n";
    f.write("m/book.toml", toml);
    let checked = said(&keben(&f.0, &["check", "m"]));
    for part in [
        "note[loose-line]",
        "a.md:3:",
        "note[lonely-character]",
        "a.md:5:",
        "note[mixed-marks]",
        "a.md:7:2",
        "note[caption-stop]",
        "a.md:9:4",
        "note[narrow-measure]",
        "book.toml:4:9",
        "note[line-gap]",
        "book.toml:5:11",
    ] {
        assert!(checked.contains(part), "{part}: {checked}");
    }
    let built = said(&keben(&f.0, &["build", "m"]));
    assert!(!built.contains("note["), "a build says what is wrong, no more: {built}");
}

#[test]
fn a_strict_edition_is_not_written_with_faults_that_its_standards_forbid() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    let edition = |strict| {
        let conformance = if strict { "strict" } else { "usual" };
        format!(
            "[book]\ntitle = \"书\"\n[[edition]]\nname = \"a\"\nformat = \"pdf\"\n\
             conformance = \"{conformance}\"\n"
        )
    };
    let f = book("strict", "# 一\n\n![](p.svg)\n\n### 三\n\n𒀀\n");
    f.write("m/p.svg", svg);
    f.write("m/book.toml", edition(true));
    let out = keben(&f.0, &["build", "m"]);
    let told = said(&out);
    assert_eq!(out.status.code(), Some(1), "{told}");
    for part in [
        "error[not-conforming]: edition `a` is strict: this picture has no alternative text",
        "a.md:3:1",
        "warning[heading-jump]: `###` comes right after a heading of level 1",
        "a.md:5:1",
        "write `##`, or a heading between",
        "edition `a` is strict: no font has “𒀀”",
        "a.md:7:1",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!f.path("build").exists(), "nothing is written");
    // The same faults are warnings in a usual edition; without them the strict one is
    // written.
    f.write("m/book.toml", edition(false));
    assert!(keben(&f.0, &["build", "m"]).status.success());
    f.write("m/a.md", "# 一\n\n![点](p.svg)\n\n## 二\n\n### 三\n");
    f.write("m/book.toml", edition(true));
    let out = keben(&f.0, &["build", "m"]);
    assert!(out.status.success(), "{}", said(&out));
}

#[test]
fn a_strict_edition_wants_a_title() {
    let f = book("strict-title", "# 一\n\n文。\n");
    let toml = "[book]\nslug = \"b\"\n[[edition]]\nname = \"a\"\nformat = \"pdf\"\n\
                conformance = \"strict\"\n";
    f.write("m/book.toml", toml);
    let out = keben(&f.0, &["build", "m"]);
    let told = said(&out);
    assert_eq!(out.status.code(), Some(1), "{told}");
    for part in [
        "warning[missing-title]: this book has no title; it is called “m”",
        "book.toml:1:1",
        "write `title = \"…\"` below `[book]`",
        "error[not-conforming]: edition `a` is strict: this book has no title",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!f.path("build").exists(), "nothing is written");
    // A summary's heading is a title.
    f.write("m/SUMMARY.md", "# 书\n\n- [一](a.md)\n");
    assert!(keben(&f.0, &["build", "m"]).status.success());
}

#[test]
fn what_is_printed_as_it_was_written_is_told() {
    let text = "# 一\n\n甲[乙]{indx}丙\n\n文字 {#foo}\n\n价 $\\frac{1}{2$ 元\n\n\
                | 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |\n\n写作 \\{#foo}，3 美元 $ 与 \\$\\alpha。\n";
    let f = book("told", text);
    f.write("m/z.md", "# 索引\n");
    f.write("m/SUMMARY.md", "- [一](a.md)\n\n[索引](z.md)\n");
    let checked = said(&keben(&f.0, &["check", "m"]));
    for part in [
        "`{indx}` has no effect",
        "a.md:3:5",
        "`{#foo}` has no effect",
        "a.md:5:4",
        "warning[unread-formula]",
        "a.md:7:3",
        "warning[extra-cells]",
        "a.md:11:",
        "warning[bad-index]",
        "z.md:1:1",
    ] {
        assert!(checked.contains(part), "{part}: {checked}");
    }
    assert!(!checked.contains("a.md:13"), "what is escaped is meant: {checked}");
}

#[test]
fn a_line_says_why_it_ends() {
    let f = book(
        "explain",
        "# 一\n\n前文\n\n一二三四五六七八九十一二三四五六七八九十一二三四五六。七八九十\n",
    );
    let args = ["inspect", "lines", "m", "--at", "a.md:5", "--explain"];
    let out = String::from_utf8_lossy(&keben(&f.0, &args).stdout).into_owned();
    for part in
        ["chosen", "六|。  this mark does not begin a line (clreq#", "paragraph +"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("前文"), "one line of the file was asked for: {out}");
}

#[test]
fn a_line_that_cannot_be_set_is_named() {
    let long = "x1".repeat(60);
    let f = book("overfull", &format!("# 一\n\n甲{long}乙\n"));
    let out = keben(&f.0, &["check", "m"]);
    assert!(said(&out).contains("emergency-break"), "{}", said(&out));
    assert!(said(&out).contains("a.md:3:"), "{}", said(&out));
}

#[test]
fn an_output_that_cannot_be_written_harms_no_other() {
    let f = book("write", "# 一\n\n文。\n");
    f.write("build/b.pdf/in-the-way", "");
    let out = keben(&f.0, &["build", "m"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("write-failed"), "{}", said(&out));
    f.read("build/b.epub");
    let left: Vec<_> =
        std::fs::read_dir(f.path("build")).expect("build").flatten().collect();
    assert_eq!(left.len(), 2, "no part of a file is left: {left:?}");
}

#[test]
fn stages_can_be_inspected() {
    let f = book("inspect", "# 一\n\n天地玄黄。\n");
    for (stage, part) in [
        ("book", "p | 天地玄黄。"),
        ("items", "box"),
        ("lines", "天地玄黄。"),
        ("pages", "page 1 recto"),
        ("structure", "    P p1\n"),
    ] {
        let out = keben(&f.0, &["inspect", stage, "m"]);
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(out.status.success() && text.contains(part), "{stage}: {text}");
    }
}
