//! A book with every kind of block and inline, some of it hostile, and what
//! reads the EPUB made of it.

use keben::book::catalogue::Maker;
use keben::book::*;
use keben::config::reader::{Embedding, Profile};
use keben::diag::Sink;
use keben::epub::{Input, write};
use keben::font::FontSet;
use keben::picture::{Kind, Look, Picture, Pictures};
use keben::source::Span;
use std::io::{Cursor, Read};
use usvg::roxmltree::{Document, Node, ParsingOptions};

pub(crate) const HOSTILE: &str = "<&>\"'\u{0}\u{b}\u{1b}\u{fffe}]]><!-- --><script>";

pub(crate) fn span() -> Span {
    Span::default()
}
pub(crate) fn block(kind: BlockKind) -> Block {
    Block { kind, span: span() }
}
pub(crate) fn chars(s: &str) -> Text {
    Text { text: s.into(), span: span() }
}
pub(crate) fn t(s: &str) -> Inline {
    Inline::Text(chars(s))
}
pub(crate) fn ts(s: &str) -> Vec<Inline> {
    vec![t(s)]
}
pub(crate) fn p(list: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(list))
}
pub(crate) fn ps(s: &str) -> Block {
    p(ts(s))
}
pub(crate) fn h(level: u8, id: &str, s: &str) -> Block {
    block(BlockKind::Heading { level, id: id.into(), number: None, text: ts(s) })
}
pub(crate) fn note(index: usize) -> Inline {
    Inline::Note { index, number: index + 1, span: span() }
}
pub(crate) fn link(to: Target, text: Vec<Inline>) -> Inline {
    Inline::Link { to, text, span: span() }
}
pub(crate) fn lang(lang: &str, text: Vec<Inline>) -> Inline {
    Inline::Lang { lang: lang.into(), text }
}
pub(crate) fn ruby(base: &str, reading: &str) -> Inline {
    Inline::Ruby(Ruby { base: chars(base), reading: chars(reading) })
}
pub(crate) fn anchor(id: &str, s: &str) -> Inline {
    link(Target::Anchor(id.into()), ts(s))
}
pub(crate) fn url(to: &str, s: &str) -> Inline {
    link(Target::Url(to.into()), ts(s))
}
pub(crate) fn picture(path: &str, alt: &str) -> PictureRef {
    PictureRef { path: path.into(), alt: alt.into(), span: span() }
}
pub(crate) fn figure(path: &str, alt: &str, caption: &str) -> Block {
    block(BlockKind::Figure(Figure::one(picture(path, alt), ts(caption))))
}
pub(crate) fn described(path: &str, alt: &str, caption: &str, said: &[&str]) -> Block {
    let mut figure = Figure::one(picture(path, alt), ts(caption));
    figure.description = said.iter().map(|s| s.to_string()).collect();
    block(BlockKind::Figure(figure))
}
pub(crate) fn item(task: Option<bool>, blocks: Vec<Block>) -> Item {
    Item { task, blocks }
}
pub(crate) fn list(start: Option<u64>, tight: bool, items: Vec<Item>) -> Block {
    block(BlockKind::List { start, tight, items })
}
pub(crate) fn chapter(
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
pub(crate) fn a_note(s: &str) -> Note {
    Note { number: 1, blocks: vec![ps(s)], span: span() }
}

pub(crate) fn table() -> Block {
    let row = |a: &str, b: &str, c: &str| {
        [a, b, c].map(|s| Cell::of(ts(s), span())).into_iter().collect::<Row>()
    };
    block(BlockKind::Table(Table {
        id: String::new(),
        caption: ts("历代雕版的行款"),
        number: None,
        align: vec![Align::Auto, Align::Center, Align::End],
        head: vec![row("版本", "行款", "叶数")],
        rows: vec![
            row("宋刻本", "半叶十行，行二十字", "128"),
            row("元刻本", "半叶十二行，行二十二字", "96"),
            row("明刻本 <&>", "半叶九行，行十八字", "1,024"),
        ],
        ..Table::default()
    }))
}

pub(crate) fn listing() -> Listing {
    let text = "fn a() {\n\n    \"<&>\" // 注\n}";
    let mut listing = Listing::new(Some("rust"), text);
    listing.caption = ts("一段代码");
    listing.first = Some(9);
    listing.mark(vec![3..=3]);
    listing
}

pub(crate) fn first() -> Chapter {
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
        t("在行内"),
        t("，有"),
        ruby("漢字", "かんじ"),
        Inline::Strong(vec![ruby("北", "ㄅㄟˇ"), ruby("京", "jīng")]),
        t("，有"),
        Inline::Marked { mark: Interlinear::Dots, text: ts("着重") },
        Inline::Marked {
            mark: Interlinear::Name, text: vec![ruby("唐寅", "Táng Yín")]
        },
        Inline::Marked { mark: Interlinear::Work, text: ts("史记 <&>") },
        t("，缺图"),
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
            described("seal.svg", "一枚印章", "牌记", &["朱文 <&>，四字。", "第二段。"]),
            figure("none.png", "没有的图", "缺图仍有图题"),
        ],
    );
    c.part = Some(Part::new("上编　源流"));
    c.notes = vec![a_note("注一：版，判也。"), a_note("注二：又见 <&>。")];
    c.notes[1].blocks.push(ps("注二的第二段。"));
    c
}

pub(crate) fn second() -> Chapter {
    let line = ts;
    let verse = vec![
        vec![line("白日依山尽，"), line("黄河入海流。")],
        vec![line("欲穷千里目，"), line("更上一层楼。")],
    ];
    let definitions = vec![
        Definition {
            id: String::new(),
            term: ts("版心"),
            meanings: vec![
                vec![ps("印版上文字所占的部分。")],
                vec![ps("又，折叶之处。"), ps("亦称页心。")],
            ],
        },
        Definition { id: String::new(), term: ts("鱼尾"), meanings: vec![] },
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
        block(BlockKind::Code(Listing::new(Some("rust \"x"), code))),
        block(BlockKind::Code(Listing::new(None, HOSTILE))),
        block(BlockKind::Code(listing())),
        block(BlockKind::Math(Equation {
            tex: chars("\\sum_{i<n} x_i & y"),
            id: String::new(),
            number: None,
        })),
        ps(HOSTILE),
        p(vec![t("回到"), anchor("first", "上一章"), t("与"), anchor("app", "附录")]),
        p(vec![Inline::Picture(picture("plate.png", "独占一段的图"))]),
    ];
    blocks.extend(of_a_trade_book());
    blocks.extend(kinds.map(|kind| {
        block(BlockKind::Alert { kind, blocks: vec![ps("提示的内容。")] })
    }));
    chapter(Division::Body, "second", ts(HOSTILE), blocks)
}

/// A letter, a dialogue, sources, pictures side by side, a table with spans.
pub(crate) fn of_a_trade_book() -> Vec<Block> {
    let part = |style, blocks| block(BlockKind::Styled { style, blocks });
    let one = |style, s: &str| part(style, vec![ps(s)]);
    let panel = |path: &str, s: &str| Panel {
        picture: picture(path, "并排的图"),
        caption: ts(s),
        number: None,
    };
    let cell = |s: &str, columns, rows, heading| Cell {
        columns,
        rows,
        heading,
        ..Cell::of(ts(s), span())
    };
    let mut group = Figure::of(
        vec![panel("plate.png", "左图"), panel("seal.svg", "右图")],
        ts("两图之题"),
    );
    group.width = Some(80);
    let mut spans = Table {
        align: vec![Align::Auto; 3],
        widths: vec![2, 1, 1],
        head: vec![
            vec![cell("跨两行", 1, 2, true), cell("跨两列", 2, 1, true)],
            vec![cell("其一", 1, 1, true), cell("其二", 1, 1, true)],
        ],
        rows: vec![vec![
            cell("行首", 1, 1, true),
            cell("1.5", 1, 1, false),
            cell("", 1, 1, false),
        ]],
        notes: vec![ts("注：表下之注。")],
        ..Table::default()
    };
    spans.rows[0][2].blocks = vec![ps("格中一段"), list(None, true, vec![])];
    let speech = |name: &str, s: &str| Speech { name: ts(name), blocks: vec![ps(s)] };
    vec![
        part(
            BlockStyle::Letter,
            vec![
                one(BlockStyle::Salutation, "某某先生："),
                ps("来信收到。"),
                one(BlockStyle::Regards, "此致"),
                one(BlockStyle::Respects, "敬礼！"),
                one(BlockStyle::Signature, "某某"),
            ],
        ),
        part(BlockStyle::Epigraph, vec![ps("题词。"), one(BlockStyle::Source, "——出处")]),
        part(
            BlockStyle::Poem,
            vec![
                one(BlockStyle::PoemTitle, "诗题"),
                one(BlockStyle::PoemAuthor, "诗人"),
                block(BlockKind::Verse(vec![vec![ts("诗行")]])),
            ],
        ),
        part(BlockStyle::Center, vec![ps("居中")]),
        part(BlockStyle::Right, vec![ps("靠右")]),
        block(BlockKind::Dialogue(vec![
            speech("甲：", "一句话。"),
            speech("", "（下场。）"),
            Speech {
                name: ts("乙："), blocks: vec![ps("一段。"), ps("又一段。")]
            },
        ])),
        block(BlockKind::Figure(group)),
        block(BlockKind::Table(spans)),
    ]
}

pub(crate) fn book() -> Book {
    let catalogue = Catalogue {
        makers: vec![
            (Maker::Translator, "译者 <&>".into()),
            (Maker::Illustrator, "绘者".into()),
        ],
        sort_as: [("毛晋".to_string(), "Mao Jin".to_string())].into(),
        series: Some("丛刊 <&>".into()),
        series_number: Some("2.1".into()),
        source: Some("urn:isbn:9787111128069".into()),
        certified_by: None,
    };
    let meta = Meta {
        catalogue,
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
    let mut book = Book { meta, chapters, ..Book::default() };
    number::number(&mut book, number::Numbering::Han);
    book
}

pub(crate) fn imprint() -> Imprint {
    Imprint {
        credits: vec![("责任编辑".into(), "甲 <y>".into())],
        cip: vec!["图书在版编目（CIP）数据".into(), HOSTILE.into()],
        edition: Some(1),
        edition_date: Some("2026-05".into()),
        sheets: Some("9.5".into()),
        ..Imprint::default()
    }
}

pub(crate) const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="120" height="120" viewBox="0 0 120 120" onload="alert(1)"><script>alert(1)</script><style>rect{stroke:#a33}</style><defs><rect id="r" width="100" height="100" x="10" y="10" fill="none" stroke-width="8"/></defs><use xlink:href="#r"/><image xlink:href="http://example.com/x.png" width="9" height="9"/><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><path d="M30 40H90M30 60H90M30 80H90" stroke="#a33" stroke-width="8"/></svg>"##;

pub(crate) fn pictures() -> Pictures {
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
                bytes: bytes.to_vec().into(),
                look: Look::Pixels,
                width,
                height,
                drawing: None,
                plain: None,
                cut: false,
                turned: image::metadata::Orientation::NoTransforms,
                profile: None,
                profile_fault: None,
            },
        );
    };
    add("plate.png", Kind::Png, &png, 480.0, 320.0);
    add("seal.svg", Kind::Svg, SVG.as_bytes(), 120.0, 120.0);
    add("unused.png", Kind::Png, &png, 480.0, 320.0);
    Pictures { map }
}

pub(crate) fn written(fonts: &FontSet) -> (Vec<u8>, Sink) {
    written_for(fonts, Profile::Standard, Embedding::Subset)
}

pub(crate) fn written_for(
    fonts: &FontSet,
    profile: Profile,
    embedding: Embedding,
) -> (Vec<u8>, Sink) {
    let (book, pictures) = (book(), pictures());
    let theme = keben::theme::named("default", &mut Sink::default());
    let head = theme.headings[0].look.style(keben::geom::Len::ZERO).cut;
    let input = Input {
        timestamp: 1_777_852_800,
        profile,
        embedding,
        isbn: Some("9787111128069"),
        certifier: Some("古籍社 <&>"),
        ..Input::new(&book, &theme.css, head, fonts, &pictures)
    };
    let mut sink = Sink::default();
    (write(&input, &mut sink).expect("the book can be written"), sink)
}

/// Names and contents, in the archive's order.
pub(crate) fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
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

pub(crate) fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..Default::default() };
    Document::parse_with_options(text, options).expect("well-formed XML")
}

/// The text of a file as the author wrote it: without what keben adds.
pub(crate) fn stripped(node: Node, out: &mut String) {
    let class = node.attribute("class").unwrap_or_default();
    if node.tag_name().name() == "head"
        || ["noteref", "back", "missing-picture", "alert-title", "task"].contains(&class)
    {
        return;
    }
    match node.tag_name().name() {
        "br" => out.push(' '),
        // A formula says in its text what MathML shows.
        "math" => out.push_str(node.attribute("alttext").unwrap_or_default()),
        _ if node.is_text() => out.push_str(node.text().unwrap_or_default()),
        _ => node.children().for_each(|n| stripped(n, out)),
    }
}

pub(crate) fn visible(s: &str) -> String {
    s.chars().filter(|c| !c.is_control() && *c != '\u{fffe}').collect()
}
