//! A book of every kind of block and inline, written as EPUB and read back.

use crate::common::fixture::*;
use keben::book::text::paragraphs;
use keben::book::*;
use keben::diag::Sink;
use keben::epub::{Input, write};
use keben::font::shape::Shaper;
use keben::font::{Cut, FontBytes, FontSet, Role as Use, Side};
use keben::picture::Pictures;

#[test]
fn the_archive_is_an_epub() {
    let (bytes, _) = written(&FontSet::default());
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let entries = entries(&bytes);
    for (name, bytes) in &entries {
        if name.ends_with("xml") || name.ends_with("html") || name.ends_with("svg") {
            parsed(std::str::from_utf8(bytes).expect("UTF-8"));
        }
        if [".opf", ".ncx"].iter().any(|e| name.ends_with(e)) {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            parsed(text);
            assert!(text.contains("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        }
    }
    let svg = entries.iter().find(|e| e.0.ends_with(".svg") && !e.0.contains("cover"));
    let svg = std::str::from_utf8(&svg.expect("the SVG").1).expect("UTF-8");
    for bad in ["script", "onload", "example.com", "foreignObject"] {
        assert!(!svg.contains(bad), "{bad}");
    }
}

#[test]
fn words_of_code_say_what_they_are() {
    let (bytes, _) = written(&FontSet::default());
    let entries = entries(&bytes);
    let source: String = entries
        .iter()
        .filter(|e| e.0.ends_with(".xhtml"))
        .map(|e| String::from_utf8_lossy(&e.1).into_owned())
        .collect();
    let want = "<figure class=\"listing\">\n<figcaption><span class=\"number\">代码 2-1</span> 一段代码</figcaption>\n\
        <pre class=\"numbered\"><code class=\"language-rust\">\
        <span class=\"line\" data-line=\"9\"><span class=\"tok-keyword\">fn</span> a() {\n\
        </span><span class=\"line\" data-line=\"10\">\n\
        </span><span class=\"line marked\" data-line=\"11\">    \
        <span class=\"tok-string\">\"&lt;&amp;&gt;\"</span> \
        <span class=\"tok-comment\">// 注</span>\n\
        </span><span class=\"line\" data-line=\"12\">}\n</span></code></pre>\n</figure>\n";
    assert!(
        source.contains(want),
        "{}",
        &source[source.find("<figure class=\"l").unwrap_or(0)..]
    );
    // Negative control: a language that is none has no classes.
    assert!(source.contains("<pre><code>&lt;&amp;&gt;"), "{source}");
    let code: String = source.split("<pre").skip(1).map(before).collect();
    assert!(!code.contains("style="), "styles stand in the style sheet");
}

/// What stands before the end of a code block.
fn before(text: &str) -> &str {
    text.split("</pre>").next().unwrap_or_default()
}

#[test]
fn blocks_say_what_part_they_play() {
    let (bytes, _) = written(&FontSet::default());
    let source: String = entries(&bytes)
        .into_iter()
        .filter(|e| e.0.contains("/text/"))
        .map(|e| String::from_utf8(e.1).expect("UTF-8"))
        .collect();
    for said in [
        "<th scope=\"col\" rowspan=\"2\">跨两行</th>",
        "<th scope=\"colgroup\" colspan=\"2\">跨两列</th>",
        "<th scope=\"row\">行首</th>",
        "<td class=\"number-cell\">1.5</td>",
        "<col class=\"wide-50\"/>",
        "<p class=\"table-note\">注：表下之注。</p>",
        "epub:type=\"epigraph\" role=\"doc-epigraph\"",
        "<p class=\"source\">——出处</p>",
        "<p class=\"salutation\">某某先生：</p>",
        "<p class=\"signature\">某某</p>",
        "<p class=\"poem-title\">诗题</p>",
        "<p class=\"speech\"><span class=\"speaker\">甲：</span>一句话。</p>",
        "<p class=\"aside\">（下场。）</p>",
        "<figcaption><span class=\"number\">(b)</span> 右图</figcaption>",
        "<figure class=\"panel share-1500\">",
        "alt=\"一枚印章\" aria-details=\"description-1\"/>",
        "<details id=\"description-1\" class=\"description\">\n<summary>",
        "详细说明</summary>\n<p>朱文 &lt;&amp;&gt;，四字。</p>\n<p>第二段。</p>\n</details>",
    ] {
        assert!(source.contains(said), "{said}");
    }
    // What is said of no picture leads nowhere, and the package says what there is.
    assert_eq!(source.matches("aria-details").count(), 1);
    let told = |bytes: &[u8]| {
        let opf = entries(bytes).into_iter().find(|e| e.0.ends_with("content.opf"));
        let opf = String::from_utf8(opf.expect("a package").1).expect("UTF-8");
        opf.contains("accessibilityFeature\">longDescription<")
    };
    assert!(told(&bytes));
    assert!(!source.contains("<td>行首"), "a heading of a row is no datum");
    assert!(!source.contains(" style="), "styles stand in the style sheet");
}

#[test]
fn stretches_say_their_language() {
    let (bytes, _) = written(&FontSet::default());
    let entries = entries(&bytes);
    let first = entries.iter().find(|e| e.0.ends_with("/first.xhtml"));
    let source = std::str::from_utf8(&first.expect("the chapter").1).expect("UTF-8");
    let said = [
        "<span lang=\"de\" xml:lang=\"de\">Straße <em>&lt;&amp;&gt;</em></span>",
        // Kana say nothing new in Japanese, Hangul do where the author says so.
        "<span lang=\"ja\" xml:lang=\"ja\">直角ひらがな<span lang=\"ko\" xml:lang=\"ko\">\
         직각</span>骨</span>。",
        "有日文<span lang=\"ja\" xml:lang=\"ja\">ひらがな</span>与",
    ];
    for said in said {
        assert!(source.contains(said), "{said}");
    }
    assert!(!source.contains("\"fr\""), "nothing is said of nothing");
}

#[test]
fn embedded_fonts_have_the_forms_of_other_regions() {
    let fonts = FontSet::new(vec![]);
    let (bytes, _) = written(&fonts);
    let entries = entries(&bytes);
    let song = entries.iter().find(|e| e.0.contains("/fonts/song-"));
    let song = FontBytes::Shared(song.expect("the text's font").1.as_slice().into());
    let embedded = FontSet::single(song).expect("a font");
    let ink = |fonts: &FontSet, lang: Option<&str>, c: char| {
        let mut shaper = Shaper::new(fonts, "zh-Hans-CN");
        let cut = Cut { han: Use::Song, latin: Use::Serif, bold: false, italic: false };
        let face = shaper.pick(cut, Side::Han, c).expect("a face");
        let lang = shaper.language(lang);
        let glyph = shaper.shape(face, Side::Han, lang, &c.to_string())[0];
        (shaper.ink(face, glyph.id), glyph.id)
    };
    for c in "骨直".chars() {
        let (own, there) = (ink(&embedded, None, c), ink(&embedded, Some("ja"), c));
        assert_ne!(own.1, there.1, "{c}");
        assert_eq!(own.0, ink(&fonts, None, c).0, "{c}");
        assert_eq!(there.0, ink(&fonts, Some("ja"), c).0, "{c}");
    }
    // Negative control: no one wrote 骨 in Korean.
    assert_eq!(ink(&embedded, None, '骨').1, ink(&embedded, Some("ko"), '骨').1);
}

#[test]
fn parts_of_the_book_say_what_they_are() {
    let (bytes, _) = written(&FontSet::default());
    let entries = entries(&bytes);
    let source = |name: &str| {
        let found = entries.iter().find(|e| e.0.ends_with(name)).expect("the file");
        String::from_utf8(found.1.clone()).expect("UTF-8")
    };
    let said = [
        ("preface", "<body epub:type=\"frontmatter\" class=\"song\">"),
        ("preface", "epub:type=\"preface\" role=\"doc-preface\""),
        ("first", "epub:type=\"chapter\" role=\"doc-chapter\""),
        ("app", "epub:type=\"appendix\" role=\"doc-appendix\""),
        ("after", "epub:type=\"afterword\" role=\"doc-afterword\""),
        ("part-1", "epub:type=\"part\" role=\"doc-part\""),
        ("copyright", "<section epub:type=\"copyright-page\""),
        ("copyright", "<p>© 2026 毛晋、黄丕烈 &lt;x&gt;</p>"),
        ("copyright", "<dt>责任编辑</dt><dd>甲 &lt;y&gt;</dd>"),
        ("copyright", "<dt>版次</dt><dd>2026年5月第1版</dd>"),
    ];
    for (name, text) in said {
        let source = source(&format!("text/{name}.xhtml"));
        assert!(source.contains(text), "{name}: {text} in {source}");
    }
    // An EPUB has no sheets of paper.
    assert!(!source("text/copyright.xhtml").contains("9.5"));
    let mark = "<a epub:type=\"copyright-page\" href=\"text/copyright.xhtml\">版权页</a>";
    assert!(source("nav.xhtml").contains(mark), "{}", source("nav.xhtml"));
    let mark = "<a epub:type=\"appendix\" href=\"text/app.xhtml\">附录：行款</a>";
    assert!(source("nav.xhtml").contains(mark), "{}", source("nav.xhtml"));
    let opf = source("content.opf");
    let place = |id: &str| opf.find(&format!("<itemref idref=\"{id}\"/>"));
    let spine = ["id_text_titlepage.xhtml", "id_text_copyright.xhtml", "nav"].map(place);
    assert!(spine.is_sorted() && spine[0].is_some(), "{opf}");
}

#[test]
fn links_lead_to_anchors() {
    let (bytes, _) = written(&FontSet::default());
    let entries = entries(&bytes);
    let pages: Vec<_> = entries
        .iter()
        .filter(|e| e.0.contains("/text/"))
        .map(|(n, b)| (n.as_str(), parsed(std::str::from_utf8(b).expect("UTF-8"))))
        .collect();
    let mut seen = 0;
    for (name, page) in &pages {
        let mut ids = std::collections::BTreeSet::new();
        for id in page.descendants().filter_map(|n| n.attribute("id")) {
            assert!(id.is_ascii() && ids.insert(id), "{name}: {id} twice");
        }
        for href in page.descendants().filter_map(|n| n.attribute("href")) {
            let Some((file, id)) = href.split_once('#') else { continue };
            let file = if file.is_empty() {
                name.to_string()
            } else {
                format!("OEBPS/text/{file}")
            };
            let target = pages.iter().find(|p| p.0 == file).expect("the file is there");
            assert!(
                target.1.descendants().any(|n| n.attribute("id") == Some(id)),
                "{name}: {href}"
            );
            seen += 1;
        }
    }
    assert!(seen >= 12, "{seen}");
}

#[test]
fn no_character_is_lost() {
    let (bytes, _) = written(&FontSet::default());
    let mut text = String::new();
    for (name, bytes) in entries(&bytes) {
        let own =
            ["titlepage", "copyright", "part-", "cover"].iter().any(|o| name.contains(o));
        if name.contains("/text/") && !own {
            let source = String::from_utf8(bytes).expect("UTF-8");
            stripped(parsed(&source).root(), &mut text);
        }
    }
    let text = visible(&text);
    let mut at = 0;
    for paragraph in paragraphs(&book()) {
        let paragraph = visible(&paragraph);
        let found = text[at..].find(&paragraph);
        at += found.unwrap_or_else(|| panic!("{paragraph:?} is lost")) + paragraph.len();
    }
}

#[test]
fn a_bare_book_is_a_book_too() {
    let odd = ["1", "封面", "cover", "Cover", "part-1", "a b", ""];
    let mut chapters: Vec<_> =
        odd.map(|id| chapter(Division::Body, id, vec![], vec![])).into();
    chapters[0].part = Some(Part::new(HOSTILE));
    chapters[1].depth = 1;
    chapters[2].blocks = vec![
        list(Some(1), false, vec![]),
        block(BlockKind::Definitions(vec![])),
        block(BlockKind::Verse(vec![])),
        block(BlockKind::Quote(vec![])),
        h(6, "", ""),
        h(2, "fn-cover-1", HOSTILE),
        p(vec![note(0), note(7)]),
    ];
    chapters[2].notes =
        vec![a_note(""), Note { number: 2, blocks: vec![], span: span() }];
    chapters[2].notes[0].blocks.push(h(3, "in-note", "注中之题"));
    for (n, chapters) in [vec![], chapters].into_iter().enumerate() {
        let book = Book { meta: Meta::default(), chapters, ..Book::default() };
        let (fonts, pictures) = (FontSet::default(), Pictures::default());
        let (book, fonts, pictures) = (&book, &fonts, &pictures);
        let theme = keben::theme::named("default", &mut Sink::default());
        let head = theme.headings[0].look.style(keben::geom::Len::ZERO).cut;
        let input = Input::new(book, &theme.css, head, fonts, pictures);
        let bytes = write(&input, &mut Sink::default()).expect("it can be written");
        for (name, bytes) in entries(&bytes) {
            if name.ends_with(".opf") {
                let opf = String::from_utf8_lossy(&bytes);
                assert!(!opf.contains("longDescription"), "{opf}");
            }
            if name.ends_with("html") {
                parsed(std::str::from_utf8(&bytes).expect("UTF-8"));
            }
        }
        if let Some(path) = std::env::var_os("KEBEN_EPUB") {
            let path = std::path::PathBuf::from(path).with_extension(format!("{n}.epub"));
            std::fs::write(path, bytes).expect("the file can be written");
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let fonts = FontSet::new(vec![]);
    let (one, sink) = written(&fonts);
    let (two, _) = written(&fonts);
    assert!(one == two);
    assert_eq!(sink.errors(), 0);
    let fonts = entries(&one).iter().filter(|e| e.0.contains("/fonts/")).count();
    assert!(fonts >= 6, "{fonts}");
    // for EPUBCheck, OTS and a browser, by hand
    if let Some(path) = std::env::var_os("KEBEN_EPUB") {
        std::fs::write(path, one).expect("the file can be written");
    }
}

#[test]
fn style_sheets_set_chinese_as_books_do() {
    for name in ["default", "novel", "report", "technical"] {
        let css = keben::theme::named(name, &mut Sink::default()).css;
        let rule = |selector: &str| {
            let at = css
                .find(&format!("\n{selector} {{"))
                .unwrap_or_else(|| panic!("{name}: no {selector}"));
            css[at..].split('}').next().unwrap_or_default().to_string()
        };
        // E-03: indent, edges, grid of lines, breaking, gaps, ends of pages.
        for (selector, said) in [
            ("html", "line-break: strict"),
            ("html", "-epub-line-break: strict"),
            ("html", "text-autospace: normal"),
            ("html", "text-spacing-trim: trim-start"),
            ("body", "text-align: justify"),
            ("body", "line-height: 1.7"),
            ("body", "orphans: 2"),
            ("body", "widows: 2"),
            ("p", "margin: 0"),
            ("p", "text-indent: 2em"),
        ] {
            assert!(rule(selector).contains(said), "{name}: {selector} {said}");
        }
        let emphasis = css.split('}').find(|r| r.contains("\nem, i")).expect("emphasis");
        assert!(emphasis.contains("font-style: normal"), "{name}: {emphasis}");
        // The text has no face but what its class says, so that a reader may choose.
        assert!(
            !rule("body").contains("font-family") && !rule("p").contains("font-family")
        );
        assert!(rule(".song").contains("font-family"), "{name}");
        // Nothing is fixed: any size of type, any ground (E-02 and WCAG 1.4.4).
        let bare: String =
            css.split("/*").map(|p| p.split("*/").last().unwrap_or_default()).collect();
        for bad in ["direction:", "unicode-bidi", "background: #", "\u{3000}"] {
            assert!(!bare.contains(bad), "{name}: {bad}");
        }
        for end in ["px", "pt", "cm", "mm"] {
            let fixed = |w: &str| {
                w.trim_end_matches([';', ')'])
                    .strip_suffix(end)
                    .is_some_and(|n| n.parse::<f64>().is_ok())
            };
            assert!(
                !bare.split([' ', '\n', '(']).any(fixed),
                "{name}: a length in {end}"
            );
        }
        let body = rule("body");
        assert!(!body.contains("color") && !body.contains("background"), "{name}");
    }
}
