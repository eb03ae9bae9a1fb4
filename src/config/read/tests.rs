//! Settings as text, and what becomes of them.

use super::read;
use crate::book::number::Numbering;
use crate::cjk::rules::{Hanging, Level, LineEnd, Region};
use crate::config::{
    Config, FolioPlace, FolioStyle, FontName, Format, Makeup, Pause, Start,
};
use crate::diag::Sink;
use crate::font::Role;
use crate::geom::Len;
use crate::source::Sources;

/// What is read, and what is said of it: code, line, column, message, first hint.
fn settings(text: &str) -> (Config, Vec<String>) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = sources.add("book.toml", text);
    let config = read(text, file, &mut sink);
    let line = |d: &crate::diag::Diagnostic| {
        let (line, column) = d.span.map(|s| sources.place(s)).unwrap_or_default();
        let hint = d.hints.first().map_or("", String::as_str);
        format!("{} {line}:{column} {} | {hint}", d.code.name, d.message)
    };
    let diags = sink.list().iter().map(line).collect();
    (config, diags)
}

/// A value of `[book]` that must be refused; gives back what is said.
fn refused(text: &str) -> String {
    let (_, diags) = settings(text);
    assert_eq!(diags.len(), 1, "{text}: {diags:#?}");
    diags.into_iter().next().unwrap_or_default()
}

#[test]
fn defaults() {
    let (c, diags) = settings("");
    assert!(diags.is_empty());
    assert_eq!(
        (c.meta.lang.as_str(), c.slug.as_str(), c.src.as_str()),
        ("zh-Hans-CN", "book", ".")
    );
    assert_eq!((c.page.area.chars, c.page.area.lines), (28, 29));
    assert_eq!(c.theme, "default");
    let formats: Vec<_> =
        c.editions.iter().map(|e| (e.name.as_str(), e.format)).collect();
    assert_eq!(formats, [("", Format::Pdf), ("", Format::Epub)]);
    let (area, page) = (c.page.area, c.page);
    assert_eq!(page.inner * 2 + area.measure(), page.trim.w);
    assert!(page.head + area.depth() < page.trim.h);
}

#[test]
fn everything_said() {
    let (c, diags) = settings(
        r#"
[book]
title = "刻本：  入门"
subtitle = "副题"
authors = ["甲", "乙"]
language = "zh-TW"
isbn = "978-7-111-11111-5"
publisher = "社"
date = 2026-05-04
description = "一\n二"
rights = "CC"
subjects = ["排版"]
theme = "plain"
src = "text"
[page]
trim = "大32开"
size = "小四"
leading = 18
chars = 20
lines = 20
inner = 20.5
head = 22
[typesetting]
level = "strict"
indent = 0
gap = 0.125
[fonts]
"宋" = "fonts/Song.otf"
mono = { regular = "Iosevka", bold = "x.ttf" }
hei = "Noto Sans CJK SC"
[[edition]]
name = "print"
format = "pdf"
[[edition]]
name = "e"
format = "epub"
[limits]
picture-pixels = 10
file-mib = 2
depth = 8
[output.html]
x = 1
[build]
build-dir = "x"
[preprocessor.x]
[rust]
edition = "2021"
"#,
    );
    assert!(diags.is_empty(), "{diags:#?}");
    assert_eq!(c.slug, "刻本-入门");
    assert_eq!(c.meta.lang, "zh-Hant-TW");
    assert_eq!(c.meta.identifier, "urn:isbn:9787111111115");
    assert_eq!(c.meta.date.as_deref(), Some("2026-05-04"));
    assert_eq!(c.meta.description.as_deref(), Some("一 二"));
    assert_eq!((c.page.area.chars, c.page.area.size), (20, Len::milli_pt(12_000)));
    assert_eq!((c.page.inner, c.page.head), (Len::tenth_mm(205), Len::tenth_mm(220)));
    assert_eq!((c.rules.level, c.rules.indent, c.rules.gap), (Level::Strict, 0, 125));
    let fonts: Vec<_> =
        c.fonts.iter().map(|f| (f.role, f.bold, f.source.clone())).collect();
    let want = [
        (Role::Song, false, FontName::File("fonts/Song.otf".into())),
        (Role::Mono, false, FontName::Family("Iosevka".into())),
        (Role::Mono, true, FontName::File("x.ttf".into())),
        (Role::Hei, false, FontName::Family("Noto Sans CJK SC".into())),
    ];
    assert_eq!(fonts, want);
    assert_eq!(c.editions[1].format, Format::Epub);
    assert_eq!(
        (c.limits.picture_pixels, c.limits.file_bytes, c.limits.depth),
        (10, 2 << 20, 8)
    );
}

#[test]
fn the_parts_of_a_book() {
    let (c, diags) = settings(
        r#"
[book]
isbn = "978-7-111-11111-5"
chapter-number = "arabic"
cip = """
图书在版编目（CIP）数据

  书名／作者
"""
[book.credits]
"责任编辑" = ["甲", "乙"]
"装帧设计" = "丙"
[book.imprint]
copyright = "© 2024 社"
edition = 2
edition-date = "2024-05"
printing = 3
printing-date = 2026-05-04
sheets = 9.75
words = "210千字"
print-run = "5001—8000册"
price = "58.00元"
phone = 5123
[page]
half-title = true
part-page = false
chapter-start = "recto"
front-folio = "arabic"
folio = "center"
lists = ["tables", "figures"]
drop-cap = 2
break = "rule"
"#,
    );
    assert!(diags.is_empty(), "{diags:#?}");
    let i = &c.meta.imprint;
    assert_eq!(i.cip, ["图书在版编目（CIP）数据", "书名／作者"]);
    let credits = [("责任编辑", "甲　乙"), ("装帧设计", "丙")];
    assert_eq!(i.credits, credits.map(|(a, b)| (a.to_string(), b.to_string())));
    assert_eq!((i.edition, i.printing), (Some(2), Some(3)));
    assert_eq!(i.printing_date.as_deref(), Some("2026-05-04"));
    assert_eq!(i.isbn.as_deref(), Some("978-7-111-11111-5"));
    let said = [&i.sheets, &i.count, &i.phone].map(|t| t.as_deref().unwrap_or_default());
    assert_eq!(said, ["9.75", "210千字", "5123"]);
    assert_eq!(c.numbering, Numbering::Arabic);
    let want = Makeup {
        half_title: true,
        part_page: false,
        chapter_start: Start::Recto,
        front_folio: FolioStyle::Arabic,
        folio: Some(FolioPlace::Center),
        figures: true,
        tables: true,
        drop_cap: 2,
        pause: Pause::Rule,
    };
    assert_eq!(c.makeup, want);
    assert_eq!(c.page.sheet, Some([890, 1240, 32]));
}

#[test]
fn faults_in_the_parts_of_a_book() {
    let text = "[book.imprint]\nedition = 0\nprise = 3\n[book.credits]\na = 3\n\
                [page]\nlists = [\"maps\"]\nchapter-start = \"verso\"\n";
    let (c, diags) = settings(text);
    let want = [
        "bad-value 5:5 text in quotation marks is needed here, and this is an integer | \
         its default is used instead",
        "bad-value 2:11 `edition` cannot be 0 | allowed is 1 to 9999",
        "unknown-key 3:1 `[book.imprint]` has no setting `prise` | did you mean `price`?",
        "bad-value 8:17 `chapter-start` cannot be `verso` | allowed is `next`, `recto`",
        "bad-value 7:9 `lists` cannot hold `maps` | allowed is `figures`, `tables`",
    ];
    assert_eq!(diags, want, "{diags:#?}");
    assert_eq!((c.meta.imprint.edition, c.makeup), (None, Makeup::default()));
    let numbering =
        |lang: &str| settings(&format!("[book]\nlanguage = \"{lang}\"")).0.numbering;
    assert_eq!(
        ["zh-TW", "ja", "en"].map(numbering),
        [Numbering::Han, Numbering::Arabic, Numbering::Arabic]
    );
}

#[test]
fn unknown_keys_are_guessed() {
    let (_, diags) =
        settings("[book]\ntitel = 1\n[pgae]\n[fonts]\nsogn = \"x\"\nzzzzzz = 1\n");
    let want = [
        "unknown-key 2:1 `[book]` has no setting `titel` | did you mean `title`?",
        "unknown-key 5:1 `[fonts]` has no setting `sogn` | did you mean `song`?",
        "unknown-key 6:1 `[fonts]` has no setting `zzzzzz` | ",
        "unknown-key 3:2 `book.toml` has no setting `pgae` | did you mean `page`?",
    ];
    assert_eq!(diags, want);
}

#[test]
fn bad_toml_costs_only_itself() {
    let (c, diags) =
        settings("[book]\ntitle = \"甲\"\nauthors = [\n[page]\nchars = 20\n");
    assert!(diags.iter().all(|d| d.starts_with("bad-toml ")), "{diags:#?}");
    assert!(!diags.is_empty());
    assert_eq!(c.meta.title, "甲");
    let (_, diags) = settings("\0\u{1}[[[[[ = = \"");
    assert!(diags.iter().all(|d| d.starts_with("bad-toml ")), "{diags:#?}");
}

#[test]
fn bad_values_say_what_is_allowed() {
    let cases = [
        ("book = 1", "bad-value 1:8 a table is needed here, and this is an integer"),
        ("[book]\ntitle = 1", "bad-value 2:9 text in quotation marks"),
        ("[book]\nauthors = [1]", "bad-value 2:12 text in quotation marks"),
        ("[book]\nlanguage = \"中文\"", "bad-value 2:12 `中文` is no language tag"),
        (
            "[book]\nisbn = \"978-7-111-11111-1\"",
            "bad-value 2:8 `978-7-111-11111-1` is no ISBN",
        ),
        ("[book]\ndate = \"2026-02-30\"", "bad-value 2:8 `2026-02-30` is no date"),
        ("[book]\ndate = \"May\"", "bad-value 2:8 `May` is no date"),
        ("[page]\ntrim = \"a99\"", "bad-value 2:8 `a99` is no trim size"),
        ("[page]\ntrim = \"1x1mm\"", "bad-value 2:8 `1x1mm` is no trim size"),
        ("[page]\nsize = \"九号\"", "bad-value 2:8 `九号` is no size of type"),
        ("[page]\nsize = 1000", "bad-value 2:8 `1000` is no size of type"),
        ("[page]\nchars = 4", "bad-value 2:9 `chars` cannot be 4 | allowed is 5 to 200"),
        ("[page]\nchars = 60", "bad-value 2:9 60 characters by 29 lines take"),
        ("[page]\nlines = 99", "bad-value 2:9 28 characters by 99 lines take"),
        ("[page]\nleading = 5", "bad-value 2:11 lines would overlap"),
        ("[page]\ninner = 100", "bad-value 2:9 the type area would leave the page"),
        (
            "[typesetting]\nlevel = \"x\"",
            "bad-value 2:9 `level` cannot be `x` | allowed is `none`",
        ),
        (
            "[typesetting]\nindent = 5",
            "bad-value 2:10 `indent` cannot be 5 | allowed is 0 to 4",
        ),
        ("[typesetting]\ngap = nan", "bad-value 2:7 `gap` cannot be nan"),
        (
            "[typesetting]\ngap = 0.6",
            "bad-value 2:7 `gap` cannot be 0.6 | allowed is 0 to 0.5 em",
        ),
        (
            "[typesetting]\npunctuation = 1",
            "bad-value 2:15 text in quotation marks is needed here",
        ),
        (
            "[typesetting]\ngrid = \"yes\"",
            "bad-value 2:8 `true` or `false` is needed here",
        ),
        (
            "[typesetting]\ngap-beside = [\"letters\", \"dots\"]",
            "bad-value 2:14 `gap-beside` cannot hold `dots` | allowed is `letters`",
        ),
        (
            "[typesetting]\nlatin = \"English!\"",
            "bad-value 2:9 `English!` is no language",
        ),
        (
            "[typesetting.ja]\nlevel = \"gb\"",
            "bad-value 2:9 `level` cannot be `gb` | allowed is `none`, `very-loose`",
        ),
        (
            "[typesetting]\nhangin = \"all\"",
            "unknown-key 2:1 `[typesetting]` has no setting `hangin` | did you mean `hanging`",
        ),
        (
            "[typesetting.zh-Hant]\nhangin = \"all\"",
            "unknown-key 2:1 `[typesetting]` has no setting `hangin`",
        ),
        ("[fonts]\nsong = 1", "bad-value 2:8 a family, a file or a table is needed"),
        ("[fonts]\nsong = \"\"", "bad-value 2:8 this names no font"),
        (
            "[edition]\nname = \"a\"",
            "bad-value 1:1 `edition` is a list | write `[[edition]]`",
        ),
        ("[[edition]]\nformat = \"pdf\"", "bad-value 1:1 an edition needs a name"),
        ("[[edition]]\nname = \"a\"", "bad-value 1:1 an edition needs a format"),
        (
            "[[edition]]\nname = \"A b\"\nformat = \"pdf\"",
            "bad-value 2:8 `A b` cannot name",
        ),
        (
            "[[edition]]\nname = \"a\"\nformat = \"doc\"",
            "bad-value 3:10 `format` cannot be `doc`",
        ),
        (
            "[limits]\ndepth = 65",
            "bad-value 2:9 `depth` cannot be 65 | allowed is 1 to 64",
        ),
        (
            "[limits]\ndepth = 99999999999999999999",
            "bad-value 2:9 `depth` cannot be 99999999999999999999",
        ),
    ];
    for (text, want) in cases {
        let got = refused(text);
        assert!(got.starts_with(want), "{text}\n{got}\n{want}");
    }
}

#[test]
fn editions_have_names_of_their_own() {
    let one = "[[edition]]\nname = \"a\"\nformat = \"pdf\"\n";
    let (c, diags) = settings(&one.repeat(2));
    assert_eq!(c.editions.len(), 1);
    assert!(
        diags[0].starts_with("bad-value 5:8 two editions are named `a`"),
        "{diags:?}"
    );
}

#[test]
fn free_sizes_get_an_area_that_fits() {
    for trim in ["50x50mm", "148x210mm", "6x9in", "14.8 × 21 cm", "600x600mm"] {
        for size in ["\"五号\"", "\"初号\"", "72", "4"] {
            let (c, diags) =
                settings(&format!("[page]\ntrim = \"{trim}\"\nsize = {size}\n"));
            let (area, trim) = (c.page.area, c.page.trim);
            assert!(diags.is_empty(), "{trim:?} {size} {diags:?}");
            assert!(
                area.measure() <= trim.w && area.depth() <= trim.h,
                "{trim:?} {size}"
            );
            assert!(area.chars > 0 && area.lines > 0);
        }
    }
}

#[test]
fn slugs_are_safe_file_names() {
    let slug = |title: &str| {
        let toml = toml::Value::String(title.to_string()).to_string();
        settings(&format!("[book]\ntitle = {toml}\n")).0.slug
    };
    let cases = [
        ("Rust 程序设计（第2版）", "Rust-程序设计-第2版"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("？！", "book"),
        ("CON", "book-CON"),
        ("com1", "book-com1"),
        ("a\0b", "a-b"),
    ];
    for (title, want) in cases {
        assert_eq!(slug(title), want, "{title}");
    }
    assert!(slug(&"长".repeat(300)).chars().count() <= 80);
}

#[test]
fn identifiers_follow_from_title_and_authors() {
    let id = |text: &str| settings(text).0.meta.identifier;
    let a = id("[book]\ntitle = \"甲\"\nauthors = [\"乙\"]\n");
    assert_eq!(a, id("[book]\nauthor = \"乙\"\ntitle = \"甲\"\nlanguage = \"en\"\n"));
    assert_ne!(a, id("[book]\ntitle = \"甲\"\n"));
    assert!(a.starts_with("urn:uuid:") && a.as_bytes()[23] == b'5', "{a}");
    assert_eq!(id("[book]\nisbn = \"7-111-07575-7\"\n"), "urn:isbn:7111075757");
}

#[test]
fn rules_by_region_and_language() {
    let rules = |text: &str| {
        let (c, diags) = settings(text);
        assert!(diags.is_empty(), "{text}: {diags:#?}");
        c.rules
    };
    let tw = rules("[book]\nlanguage = \"zh-Hant-TW\"");
    assert_eq!((tw.region, tw.line_end), (Region::Tw, LineEnd::Full));
    let text = "[book]\nlanguage = \"zh-Hant-HK\"\n[typesetting]\ngap = 0.2\n\
                hanging = \"stops\"\n[typesetting.zh-Hant-HK]\ngap = 0.3\n\
                [typesetting.zh-Hant]\ngap = 0.1\nindent = 1\n\
                [typesetting.ja]\nindent = 3\nlevel = \"very-loose\"";
    let hk = rules(text);
    // The most particular tag has the last word, another language none.
    assert_eq!((hk.gap, hk.indent, hk.hanging), (300, 1, Hanging::Stops));
    let ja = rules(&text.replace("zh-Hant-HK\"", "ja\""));
    assert_eq!((ja.gap, ja.indent, ja.level), (200, 3, Level::Loosest));
}
