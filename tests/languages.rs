//! The language of a stretch of text, from the model to the glyphs: regional
//! forms of Han, hyphens, and the text that stays what it is.

use keben::book::{Inline, Text, dump};
use keben::cjk::Rules;
use keben::config::Limits;
use keben::diag::Sink;
use keben::font::shape::{LangId, Shaper};
use keben::font::{Cut, FontBytes, FontSet, Role, Side};
use keben::geom::Len;
use keben::line::{self, Line, Paragraph, Shape, flatten};
use keben::manuscript;
use keben::source::{FileId, Span};
use keben::theme;
use std::collections::BTreeSet;

/// The regions that the built-in faces draw.
const REGIONS: [&str; 5] = ["zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK", "ja", "ko"];

fn glyph(shaper: &mut Shaper<'_>, lang: Option<&str>, bold: bool, c: char) -> u16 {
    let cut = Cut { han: Role::Song, latin: Role::Serif, bold, italic: false };
    let face = shaper.pick(cut, Side::Han, c).expect("a face");
    let lang = shaper.language(lang);
    shaper.shape(face, Side::Han, lang, &c.to_string())[0].id
}

#[test]
fn each_region_has_its_own_forms() {
    let fonts = FontSet::new(vec![]);
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    for bold in [false, true] {
        let forms: BTreeSet<Vec<u16>> = REGIONS
            .iter()
            .map(|lang| {
                let glyph = |c| glyph(&mut shaper, Some(lang), bold, c);
                "骨直化返令".chars().map(glyph).collect()
            })
            .collect();
        assert_eq!(forms.len(), REGIONS.len(), "no two regions draw all five alike");
    }
    let ja = glyph(&mut shaper, Some("ja"), false, '骨');
    assert_ne!(ja, glyph(&mut shaper, None, false, '骨'));
    // Negative control: a character that all regions write alike.
    let one: BTreeSet<u16> =
        REGIONS.iter().map(|l| glyph(&mut shaper, Some(l), false, '一')).collect();
    assert_eq!(one.len(), 1);
}

#[test]
fn the_books_own_language_and_a_stretchs_are_one() {
    let fonts = FontSet::new(vec![]);
    let mut japanese = Shaper::new(&fonts, "ja");
    let mut chinese = Shaper::new(&fonts, "zh-Hans-CN");
    for c in "骨直".chars() {
        let own = glyph(&mut japanese, None, false, c);
        assert_eq!(own, glyph(&mut chinese, Some("ja"), false, c), "{c}");
        let own = glyph(&mut chinese, None, false, c);
        assert_eq!(own, glyph(&mut japanese, Some("zh-Hans-CN"), false, c), "{c}");
    }
    // However the tag is spelt, HarfBuzz's rules find the region.
    for (a, b) in [("zh-Hant-TW", "zh-TW"), ("zh-Hant-HK", "yue-Hant"), ("ja", "ja-JP")] {
        let [a, b] = [a, b].map(|l| glyph(&mut chinese, Some(l), false, '化'));
        assert_eq!(a, b);
    }
}

#[test]
fn languages_have_ids() {
    let fonts = FontSet::default();
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    assert_eq!(shaper.language(None), LangId::BOOK);
    assert_eq!(shaper.language(Some("zh-Hans-CN")), LangId::BOOK);
    let ja = shaper.language(Some("ja"));
    assert_ne!(ja, LangId::BOOK);
    assert_ne!(ja, shaper.language(Some("ko")));
    assert_eq!(ja, shaper.language(Some("ja")));
    for n in 0..1000 {
        shaper.language(Some(&format!("x-{n}")));
    }
    assert_ne!(shaper.language(Some("x-999")), LangId::BOOK, "none is left out");
    assert_eq!(ja, shaper.language(Some("ja")));
    // The next shaper for the same fonts goes on with what this one knows.
    drop(shaper);
    let mut next = Shaper::new(&fonts, "zh-Hans-CN");
    assert_eq!(next.language(Some("ja")), ja);
    assert_eq!(Shaper::new(&fonts, "ja").language(Some("ja")), LangId::BOOK);
}

/// The lines of a paragraph of Markdown.
fn lines(markdown: &str, chars: i64, fonts: &FontSet) -> Vec<Line> {
    let mut sink = Sink::default();
    let limits = Limits::default();
    let c = manuscript::chapter(markdown, FileId(0), "a.md", &limits, &mut sink);
    assert_eq!(sink.list(), []);
    let keben::book::BlockKind::Paragraph(text) = &c.blocks[0].kind else {
        panic!("{markdown} is a paragraph")
    };
    let theme = theme::named("default", &mut sink);
    let em = Len::milli_pt(10_000);
    let p = flatten::flatten(text, theme.body.style(em), &theme, &|_, _| None);
    let mut shaper = Shaper::new(fonts, "zh-Hans-CN");
    let shape = Shape {
        measure: em * chars,
        indent: Len::ZERO,
        justify: true,
        ..Shape::default()
    };
    line::lay(&p, shape, &Rules::default(), &mut shaper, &mut vec![])
}

fn glyphs(lines: &[Line]) -> Vec<u16> {
    lines.iter().flat_map(|l| &l.runs).flat_map(|r| &r.glyphs).map(|g| g.id).collect()
}

fn text(line: &Line) -> String {
    line.runs.iter().map(|r| r.text.as_str()).collect()
}

#[test]
fn a_stretch_has_the_forms_of_its_region_and_the_text_that_was_typed() {
    let fonts = FontSet::new(vec![]);
    let plain = lines("此骨直角也", 20, &fonts);
    let marked = lines("此[骨直角]{lang=ja}也", 20, &fonts);
    let own = lines("此[骨直角]{lang=zh-Hans-CN}也", 20, &fonts);
    let (a, b) = (glyphs(&plain), glyphs(&marked));
    let differ: Vec<_> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    assert_eq!(differ, [1, 2, 3]);
    assert_eq!(glyphs(&own), a);
    assert_eq!(text(&marked[0]), text(&plain[0]));
    // Inside emphasis, links and other languages the nearest says what it is.
    let nested = lines("此[骨**直**[角]{lang=zh-Hans-CN}]{lang=ja}也", 20, &fonts);
    let c = glyphs(&nested);
    assert_eq!((c[1], c[3]), (b[1], a[3]));
}

#[test]
fn marks_are_the_books() {
    let fonts = FontSet::new(vec![]);
    let plain = glyphs(&lines("甲，骨。“乙”", 20, &fonts));
    for region in REGIONS {
        let marked = format!("[甲，骨。“乙”]{{lang={region}}}");
        let marked = glyphs(&lines(&marked, 20, &fonts));
        for mark in [1, 3, 4, 6] {
            assert_eq!(marked[mark], plain[mark], "{region}");
        }
    }
}

fn tests_font() -> FontSet {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font")
}

#[test]
fn words_break_by_the_patterns_of_their_language() {
    let fonts = tests_font();
    let broken = |markdown: &str| {
        let lines = lines(markdown, 3, &fonts);
        lines.iter().map(text).collect::<Vec<_>>().join("|")
    };
    // Half an em a letter: five letters and a hyphen fill a line.
    let spanish = broken("[construcción]{lang=es}");
    let english = broken("construcción");
    assert_eq!(spanish, "cons\u{ad}|truc\u{ad}|ción");
    assert_eq!(english, "con\u{ad}|struc\u{ad}|ción");
    // Japanese says nothing about the Western words in it; Vietnamese has no
    // patterns here.
    assert_eq!(broken("[construcción]{lang=ja}"), english);
    assert!(!broken("[construcción]{lang=vi}").contains('\u{ad}'));
}

#[test]
fn runs_keep_the_language_around_them() {
    let t = |s: &str| Inline::Text(Text { text: s.into(), span: Span::default() });
    let lang = |lang: &str, text| Inline::Lang { lang: lang.into(), text };
    let list = [
        t("a"),
        lang("de", vec![t("b"), Inline::Strong(vec![t("c")]), lang("fr", vec![t("d")])]),
        Inline::Note { index: 0, number: 1, span: Span::default() },
        t("e"),
    ];
    assert_eq!(dump::inlines(&list), "a{lang de b{strong c}{lang fr d}}{note 1}e");
    let theme = theme::named("default", &mut Sink::default());
    let style = theme.body.style(Len::milli_pt(10_000));
    let p = flatten::flatten(&list, style, &theme, &|_, _| None);
    let langs: Vec<_> = p.runs.iter().map(|r| r.lang.as_deref()).collect();
    assert_eq!(langs, [None, Some("de"), Some("de"), Some("fr"), None, None]);
    assert_eq!(Paragraph::plain("a", style).runs[0].lang, None);
}
