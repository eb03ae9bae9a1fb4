//! Readings, dots and lines beside the text, measured in the finished PDF and read in
//! the EPUB.

use crate::common::pdf::structure::Tree;
use crate::common::pdf::{Glyph, read};
use crate::common::{Folder, keben, said};
use std::io::{Cursor, Read};

/// The text with readings, and the same without: the controls of what is measured.
const READ: &str = "甲乙丙丁{左传|Zuǒ zhuàn}戊己庚辛{段|Duàn}壬癸。{漢字|かんじ}子丑寅卯辰巳午未申酉\
    戌亥，[要紧“话”]{.dots}甲乙丙丁戊己庚辛壬癸子丑寅卯{北|ㄅㄟˇ}辰巳午未申酉戌亥。";
const BARE: &str = "甲乙丙丁左传戊己庚辛段壬癸。漢字子丑寅卯辰巳午未申酉\
    戌亥，要紧“话”甲乙丙丁戊己庚辛壬癸子丑寅卯北辰巳午未申酉戌亥。";

fn built(name: &str, text: &str) -> (Vec<u8>, Vec<u8>) {
    let f = Folder::new(name);
    let settings = "[book]\ntitle = \"书\"\n[page]\ntrim = \"a5\"\n";
    f.write("m/book.toml", settings).write("m/01.md", format!("# 题\n\n{text}\n"));
    let out = keben(&f.0, &["build", "-q", "m"]);
    assert!(out.status.success(), "{}", said(&out));
    let [pdf, epub] = ["pdf", "epub"].map(|e| f.read(&format!("build/书.{e}")));
    (pdf, epub)
}

/// The glyphs of the paragraph, by the baselines of its lines.
fn body(pdf: &[u8]) -> Vec<Glyph> {
    let page = read(pdf).pop().expect("a page");
    let most = page.glyphs.iter().filter(|g| g.text == "甲").map(|g| g.size);
    let size = most.fold(f64::MAX, f64::min);
    page.glyphs.into_iter().filter(|g| g.size < size + 0.01).collect()
}

/// The baselines of characters in the text's size.
fn baselines(glyphs: &[Glyph], size: f64) -> Vec<f64> {
    let mut all: Vec<_> =
        glyphs.iter().filter(|g| (g.size - size).abs() < 0.01).map(|g| g.y).collect();
    all.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    all
}

/// From where to where some text goes.
fn extent(glyphs: &[Glyph], text: &str) -> (f64, f64, f64, f64) {
    let at = (0..glyphs.len()).find(|i| {
        let rest: String = glyphs[*i..].iter().map(|g| g.text.as_str()).collect();
        rest.starts_with(text)
    });
    let first = &glyphs[at.unwrap_or_else(|| panic!("no {text}"))];
    let mut run = vec![];
    for g in &glyphs[at.unwrap_or_default()..] {
        let so_far: String = run.iter().map(|g: &&Glyph| g.text.as_str()).collect();
        if so_far == text {
            break;
        }
        run.push(g);
    }
    let last = run.last().expect("a glyph");
    (first.x, last.x + last.advance, first.y, first.size)
}

#[test]
fn readings_stand_above_the_middle_of_their_characters() {
    let glyphs = body(&built("readings", READ).0);
    for (base, reading, scale) in [
        ("左传", "Zuǒ zhuàn", 0.5),
        ("段", "Duàn", 0.5),
        ("漢字", "かんじ", 0.5),
        ("北", "ㄅㄟˇ", 0.4),
    ] {
        let (b, r) = (extent(&glyphs, base), extent(&glyphs, reading));
        let em = b.3;
        let off = ((b.0 + b.1) - (r.0 + r.1)).abs() / 2.0 / em;
        assert!(off < 0.02, "{reading} is {off} em off the middle of {base}");
        assert!((r.3 / em - scale).abs() < 0.01, "{reading} in {}", r.3);
        let up = (r.2 - b.2) / em;
        assert!((0.88..1.0).contains(&up), "{reading} stands {up} em up");
    }
    // Negative control: the middle of other text is elsewhere.
    let (b, r) = (extent(&glyphs, "左"), extent(&glyphs, "Zuǒ zhuàn"));
    assert!(((b.0 + b.1) - (r.0 + r.1)).abs() / 2.0 / b.3 > 0.02);
}

#[test]
fn lines_keep_their_pitch() {
    let [read, bare] = [READ, BARE].map(|t| body(&built("pitch", t).0));
    let size = extent(&bare, "甲乙").3;
    let pitches = |glyphs: &[Glyph]| {
        let lines = baselines(glyphs, size);
        lines
            .windows(2)
            .map(|w| (w[0] - w[1]) * 100.0)
            .map(f64::round)
            .collect::<Vec<_>>()
    };
    let (with, without) = (pitches(&read), pitches(&bare));
    assert!(with.len() >= 2 && without.len() >= 2, "{with:?} {without:?}");
    let one = without[0];
    assert!(with.iter().chain(&without).all(|p| (p - one).abs() < 2.0), "{with:?}");
    // Negative control: a formula that is too tall for its line moves the next.
    let tall = READ.replace("戌亥，", "$\\dfrac{\\dfrac12}{\\dfrac34}$戌亥，");
    let tall = pitches(&body(&built("tall", &tall).0));
    assert!(tall.iter().any(|p| (p - one).abs() > 2.0), "{tall:?}");
}

#[test]
fn readings_are_told_apart_from_what_they_read() {
    let tree = Tree::of(&built("ruby-tags", READ).0);
    let said: Vec<_> = tree
        .of_kind("Ruby")
        .map(|(at, _)| {
            let sides: Vec<_> = tree
                .inside(at)
                .map(|n| format!("{} {}", tree.elements[n].kind, tree.text(n, &[])))
                .collect();
            sides.join(", ")
        })
        .collect();
    let want = [
        "RB 左传, RT Zuǒ zhuàn",
        "RB 段, RT Duàn",
        "RB 漢字, RT かんじ",
        "RB 北, RT ㄅㄟˇ",
    ];
    assert_eq!(said, want);
    // What is read without readings is the text.
    let (at, _) = tree.of_kind("P").last().expect("a paragraph");
    let text = |without: &[&str]| tree.text(at, without).replace(['\n', ' '], "");
    let quiet: Vec<_> = tree.of_kind("RT").map(|(n, _)| tree.text(n, &[])).collect();
    let mut left = text(&[]);
    quiet.iter().for_each(|r| left = left.replacen(&r.replace(' ', ""), "", 1));
    assert_eq!(left, BARE.replace(' ', ""));
    assert_eq!(Tree::of(&built("no-ruby", BARE).0).of_kind("Ruby").count(), 0);
}

fn chapter(epub: &[u8]) -> (String, String) {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let names: Vec<String> = zip.file_names().map(String::from).collect();
    let mut text = |end: &str| {
        let name = names.iter().find(|n| n.ends_with(end)).expect(end);
        let mut out = String::new();
        zip.by_name(name).expect("a file").read_to_string(&mut out).expect("text");
        out
    };
    (text("01.xhtml"), text(".css"))
}

#[test]
fn the_epub_says_readings_and_marks() {
    let more = "[唐寅]{.name}撰[史记]{.work}。";
    let (xhtml, css) = chapter(&built("ruby-epub", &format!("{READ}{more}")).1);
    for part in [
        "<ruby>左传<rt>Zuǒ zhuàn</rt></ruby>",
        "<ruby>漢字<rt>かんじ</rt></ruby>",
        "<ruby class=\"zhuyin\">北<rt>ㄅㄟˇ</rt></ruby>",
        "<em class=\"dots\">要紧“话”</em>",
        "<u class=\"name\">唐寅</u>",
        "<cite class=\"work\">史记</cite>",
    ] {
        assert!(xhtml.contains(part), "no {part}: {xhtml}");
    }
    assert!(!xhtml.contains("<rp>"));
    for rule in [
        "text-emphasis: filled dot;",
        "text-emphasis-position: under right;",
        "ruby-position: inter-character;",
    ] {
        for twin in ["", "-epub-", "-webkit-"] {
            assert!(css.contains(&format!("\n  {twin}{rule}")), "no {twin}{rule}");
        }
    }
    let over = css.split("html[lang|=ja] em.dots").nth(1).expect("Japanese");
    assert!(
        over.trim_start().starts_with("{\n  -epub-text-emphasis-position: over right;")
    );
    assert!(css.contains("text-decoration: underline wavy;"));
    assert!(css.contains("text-decoration: underline;"));
}
