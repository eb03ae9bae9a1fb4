//! A book of every kind of block and inline, written as EPUB and read back.

use keben::book::text::paragraphs;
use keben::book::*;
use keben::diag::Sink;
use keben::epub::{Input, write};
use keben::font::shape::Shaper;
use keben::font::{Cut, FontBytes, FontSet, Role as Use, Side};
use keben::picture::{Kind, Picture, Pictures};
use keben::source::Span;
use std::io::{Cursor, Read};
use usvg::roxmltree::{Document, Node, ParsingOptions};

const HOSTILE: &str = "<&>\"'\u{0}\u{b}\u{1b}\u{fffe}]]><!-- --><script>";

fn span() -> Span {
    Span::default()
}
fn block(kind: BlockKind) -> Block {
    Block { kind, span: span() }
}
fn chars(s: &str) -> Text {
    Text { text: s.into(), span: span() }
}
fn t(s: &str) -> Inline {
    Inline::Text(chars(s))
}
fn ts(s: &str) -> Vec<Inline> {
    vec![t(s)]
}
fn p(list: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(list))
}
fn ps(s: &str) -> Block {
    p(ts(s))
}
fn h(level: u8, id: &str, s: &str) -> Block {
    block(BlockKind::Heading { level, id: id.into(), text: ts(s) })
}
fn note(index: usize) -> Inline {
    Inline::Note { index, span: span() }
}
fn link(to: Target, text: Vec<Inline>) -> Inline {
    Inline::Link { to, text, span: span() }
}
fn lang(lang: &str, text: Vec<Inline>) -> Inline {
    Inline::Lang { lang: lang.into(), text }
}
fn anchor(id: &str, s: &str) -> Inline {
    link(Target::Anchor(id.into()), ts(s))
}
fn url(to: &str, s: &str) -> Inline {
    link(Target::Url(to.into()), ts(s))
}
fn picture(path: &str, alt: &str) -> PictureRef {
    PictureRef { path: path.into(), alt: alt.into(), span: span() }
}
fn figure(path: &str, alt: &str, caption: &str) -> Block {
    block(BlockKind::Figure(Figure {
        picture: picture(path, alt),
        caption: ts(caption),
        number: None,
    }))
}
fn item(task: Option<bool>, blocks: Vec<Block>) -> Item {
    Item { task, blocks }
}
fn list(start: Option<u64>, tight: bool, items: Vec<Item>) -> Block {
    block(BlockKind::List { start, tight, items })
}
fn chapter(
    division: Division,
    id: &str,
    title: Vec<Inline>,
    blocks: Vec<Block>,
) -> Chapter {
    let named = Role::titled(&text::plain(&title), "zh-Hans-CN", division);
    Chapter {
        division,
        role: named.unwrap_or(Role::plain(division)),
        depth: 0,
        part: None,
        title,
        number: None,
        id: id.into(),
        blocks,
        notes: vec![],
        span: span(),
    }
}
fn a_note(s: &str) -> Note {
    Note { blocks: vec![ps(s)], span: span() }
}

fn table() -> Block {
    let row = |a: &str, b: &str, c: &str| vec![ts(a), ts(b), ts(c)];
    block(BlockKind::Table(Table {
        caption: ts("历代雕版的行款"),
        number: None,
        align: vec![Align::Auto, Align::Center, Align::End],
        head: row("版本", "行款", "叶数"),
        rows: vec![
            row("宋刻本", "半叶十行，行二十字", "128"),
            row("元刻本", "半叶十二行，行二十二字", "96"),
            row("明刻本 <&>", "半叶九行，行十八字", "1,024"),
        ],
    }))
}

fn first() -> Chapter {
    let styled = vec![
        t("正文里有"),
        Inline::Emph(ts("着重的楷体")),
        t("，有"),
        Inline::Strong(ts("加重的黑体")),
        t("，有"),
        Inline::Strike(ts("删去的字")),
        t("，有 H"),
        Inline::Sub(ts("2")),
        t("O 与 E=mc"),
        Inline::Super(ts("2")),
        t("，有代码 "),
        Inline::Code(chars("let x = a<b && c>d;")),
        t("，有公式 "),
        Inline::Math(chars("a^2 + b^2 < c^2")),
        t("，有日文ひらがな与韩文한글，有注"),
        note(0),
        t("，再注"),
        note(1),
        t("，同注"),
        note(0),
        t("。换行"),
        Inline::Newline,
        t("之后，图"),
        Inline::Picture(picture("seal.svg", "印章")),
        t("在行内，缺图"),
        Inline::Picture(picture("none.png", "缺<图>")),
        t("也在。又有"),
        lang("de", vec![t("Straße "), Inline::Emph(ts("<&>"))]),
        t("与"),
        lang("ja", vec![t("直角ひらがな"), lang("ko", ts("직각")), t("骨")]),
        lang("fr", vec![]),
        t("。"),
    ];
    let links = vec![
        t("见"),
        anchor("second", "下一章"),
        t("、"),
        anchor("sec-table", "表格一节"),
        t("、"),
        url("https://www.w3.org/TR/clreq/?a=1&b=“2”", "中文排版需求"),
        t("、"),
        url("javascript:alert(1)", "坏链接"),
        t("、"),
        url("other.html", "相对链接"),
        t("、"),
        link(Target::Anchor("second".into()), vec![t("链接带注"), note(1)]),
        t("、"),
        anchor("nowhere", "无处可去"),
        t("。"),
    ];
    let nested = list(
        Some(3),
        true,
        vec![
            item(
                None,
                vec![ps("写样"), list(None, true, vec![item(None, vec![ps("上版")])])],
            ),
            item(None, vec![ps("发刀"), ps("打空")]),
        ],
    );
    let tasks = list(
        None,
        true,
        vec![item(Some(true), vec![ps("校对")]), item(Some(false), vec![ps("付印")])],
    );
    let loose =
        list(None, false, vec![item(Some(true), vec![ps("松散项"), ps("第二段")])]);
    let long = "雕版印刷是把文字反刻在木板上，敷墨覆纸，刷印成书的技术。唐代已有实物传世，\
                宋代达到极盛，“浙本”“建本”“蜀本”各有面目——字体、行款、版式，无不讲究……\
                一部书从写样、上版、发刀到刷印装订，往往要经过几十道工序。";
    let mut c = chapter(
        Division::Body,
        "first",
        vec![t("雕版之始 "), Inline::Emph(ts("The Beginning")), note(0)],
        vec![
            ps(long),
            ps(long),
            p(styled),
            h(2, "sec-list", "列表与引文"),
            p(links),
            nested,
            tasks,
            loose,
            block(BlockKind::Quote(vec![
                ps("昔在蔡侯，造纸之初；今观雕版，传书之始。"),
                p(vec![t("引文之"), Inline::Strong(ts("重"))]),
            ])),
            block(BlockKind::Break),
            figure("plate.png", "一块雕版 <\"&'>", "南宋刻本书影"),
            h(3, "sec-fig", "小节"),
            figure("seal.svg", "一枚印章", "牌记"),
            figure("none.png", "没有的图", "缺图仍有图题"),
        ],
    );
    c.part = Some(Part::new("上编　源流"));
    c.notes = vec![a_note("注一：版，判也。"), a_note("注二：又见 <&>。")];
    c.notes[1].blocks.push(ps("注二的第二段。"));
    c
}

fn second() -> Chapter {
    let line = ts;
    let verse = vec![
        vec![line("白日依山尽，"), line("黄河入海流。")],
        vec![line("欲穷千里目，"), line("更上一层楼。")],
    ];
    let definitions = vec![
        Definition {
            term: ts("版心"),
            meanings: vec![
                vec![ps("印版上文字所占的部分。")],
                vec![ps("又，折叶之处。"), ps("亦称页心。")],
            ],
        },
        Definition { term: ts("鱼尾"), meanings: vec![] },
    ];
    let code = "fn main() {\n    println!(\"<刻本> & \\\"书\\\"\");\n\n}";
    let kinds = [
        AlertKind::Note,
        AlertKind::Tip,
        AlertKind::Important,
        AlertKind::Warning,
        AlertKind::Caution,
    ];
    let mut blocks = vec![
        h(2, "sec-table", "表格"),
        table(),
        h(4, "sec-verse", HOSTILE),
        block(BlockKind::Verse(verse)),
        block(BlockKind::Definitions(definitions)),
        block(BlockKind::Code { lang: Some("rust \"x".into()), text: code.into() }),
        block(BlockKind::Code { lang: None, text: HOSTILE.into() }),
        block(BlockKind::Math(chars("\\sum_{i<n} x_i & y"))),
        ps(HOSTILE),
        p(vec![t("回到"), anchor("first", "上一章"), t("与"), anchor("app", "附录")]),
        p(vec![Inline::Picture(picture("plate.png", "独占一段的图"))]),
    ];
    blocks.extend(kinds.map(|kind| {
        block(BlockKind::Alert { kind, blocks: vec![ps("提示的内容。")] })
    }));
    chapter(Division::Body, "second", ts(HOSTILE), blocks)
}

fn book() -> Book {
    let meta = Meta {
        title: "刻本：用 Markdown 写中文书".into(),
        subtitle: Some("从手稿到 PDF 与 EPUB <&>".into()),
        authors: vec!["毛晋".into(), "黄丕烈 <x>".into()],
        lang: "zh-Hans-CN".into(),
        identifier: "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8".into(),
        publisher: Some("汲古阁".into()),
        date: Some("2026-05".into()),
        description: Some("一本 <关于> & 书的书\u{b}".into()),
        rights: Some("CC BY 4.0".into()),
        subjects: vec!["排版".into(), "出版 & 印刷".into()],
        imprint: imprint(),
    };
    let chapters = vec![
        chapter(
            Division::Front,
            "preface",
            ts("前言"),
            vec![ps("写在前面，见"), ps("后文。")],
        ),
        first(),
        second(),
        chapter(Division::Back, "app", ts("附录：行款"), vec![table()]),
        chapter(Division::Back, "after", ts("后记"), vec![ps("写在后面。")]),
    ];
    let mut book = Book { meta, chapters };
    number::number(&mut book, number::Numbering::Han);
    book
}

fn imprint() -> Imprint {
    Imprint {
        credits: vec![("责任编辑".into(), "甲 <y>".into())],
        cip: vec!["图书在版编目（CIP）数据".into(), HOSTILE.into()],
        edition: Some(1),
        edition_date: Some("2026-05".into()),
        sheets: Some("9.5".into()),
        ..Imprint::default()
    }
}

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="120" viewBox="0 0 120 120" onload="alert(1)"><script>alert(1)</script><style>rect{stroke:#a33}</style><defs><rect id="r" width="100" height="100" x="10" y="10" fill="none" stroke-width="8"/></defs><use xlink:href="#r"/><image xlink:href="http://example.com/x.png" width="9" height="9"/><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><path d="M30 40H90M30 60H90M30 80H90" stroke="#a33" stroke-width="8"/></svg>"##;

fn pictures() -> Pictures {
    let shade = |x: u32, y: u32| {
        let ink = (x / 12 + y / 20).is_multiple_of(3) && x % 40 > 4;
        image::Luma([if ink { 60u8 } else { 225 }])
    };
    let plate = image::GrayImage::from_fn(480, 320, shade);
    let mut png = vec![];
    plate
        .write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png)
        .expect("a PNG can be written to memory");
    let mut map = std::collections::BTreeMap::new();
    let mut add = |name: &str, kind, bytes: &[u8], width, height| {
        map.insert(
            name.to_string(),
            Picture {
                kind,
                bytes: bytes.into(),
                width,
                height,
                drawing: None,
                turned: image::metadata::Orientation::NoTransforms,
            },
        );
    };
    add("plate.png", Kind::Png, &png, 480.0, 320.0);
    add("seal.svg", Kind::Svg, SVG.as_bytes(), 120.0, 120.0);
    add("unused.png", Kind::Png, &png, 480.0, 320.0);
    Pictures { map }
}

fn written(fonts: &FontSet) -> (Vec<u8>, Sink) {
    let (book, pictures) = (book(), pictures());
    let input = Input {
        book: &book,
        css: keben::theme::named("default", &mut Sink::default()).css,
        fonts,
        pictures: &pictures,
        timestamp: 1_777_852_800,
    };
    let mut sink = Sink::default();
    (write(&input, &mut sink).expect("the book can be written"), sink)
}

/// Names and contents, in the archive's order.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).expect("an entry");
            assert!(file.extra_data().is_none_or(<[u8]>::is_empty), "{}", file.name());
            assert_eq!(file.last_modified().map(|d| d.year()), Some(1980));
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).expect("contents");
            (file.name().to_string(), bytes)
        })
        .collect()
}

fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    Document::parse_with_options(text, options).expect("well-formed XML")
}

/// The text of a file as the author wrote it: without what keben adds.
fn stripped(node: Node, out: &mut String) {
    let class = node.attribute("class").unwrap_or_default();
    if node.tag_name().name() == "head"
        || ["noteref", "back", "missing-picture", "alert-title", "task"].contains(&class)
    {
        return;
    }
    match node.tag_name().name() {
        "br" => out.push(' '),
        _ if node.is_text() => out.push_str(node.text().unwrap_or_default()),
        _ => node.children().for_each(|n| stripped(n, out)),
    }
}

fn visible(s: &str) -> String {
    s.chars().filter(|c| !c.is_control() && *c != '\u{fffe}').collect()
}

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
        ("preface", "<body epub:type=\"frontmatter\">"),
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
    chapters[2].notes = vec![a_note(""), Note { blocks: vec![], span: span() }];
    chapters[2].notes[0].blocks.push(h(3, "in-note", "注中之题"));
    for (n, chapters) in [vec![], chapters].into_iter().enumerate() {
        let book = Book { meta: Meta::default(), chapters };
        let (fonts, pictures) = (FontSet::default(), Pictures::default());
        let (book, fonts, pictures) = (&book, &fonts, &pictures);
        let input = Input {
            book,
            css: keben::theme::named("default", &mut Sink::default()).css,
            fonts,
            pictures,
            timestamp: 0,
        };
        let bytes = write(&input, &mut Sink::default()).expect("it can be written");
        for (name, bytes) in entries(&bytes) {
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
