//! Books that do not fit: all the same everything stands on exactly one page, in
//! its order, within the page or reported.

use super::common::Folder;
use keben::page::{Draw, Page};
use keben::session::Session;
use std::fmt::Write;
use std::sync::Arc;

/// The pages of a book of one chapter in a type area of so many characters and
/// lines, and the names of what was reported.
fn set(
    name: &str,
    (chars, lines): (u32, u32),
    text: &str,
) -> (Vec<Arc<Page>>, Vec<&'static str>) {
    let folder = Folder::new(name);
    folder.write("a.md", text);
    folder.write("SUMMARY.md", "# 目录\n\n- [题](a.md)\n");
    folder.write("tall.svg", TALL);
    folder.write(
        "book.toml",
        format!(
            "[book]\ntitle = \"书\"\nlanguage = \"zh-Hans-CN\"\nchapter-number = \"none\"\n\
             [page]\ntrim = \"148x210mm\"\nsize = 10\nleading = 16\nchars = {chars}\nlines = {lines}\n"
        ),
    );
    let mut session = Session::open(&folder.path(".")).expect("a book");
    let pages = session.pages(&|| {}).to_vec();
    let area = session.config.page;
    let codes: Vec<_> = session.sink.list().iter().map(|d| d.code.name).collect();
    let low = area.head + area.area.leading * i64::from(area.area.lines);
    for page in &pages {
        for (at, draw, _) in &page.items {
            let end =
                if let Draw::Image { size, .. } = draw { at.y + size.h } else { at.y };
            if matches!(draw, Draw::Text(run) if run.size < area.area.size) {
                continue;
            }
            let wide = area.area.chars > 5;
            assert!(end <= low || !wide, "{name}: page {}: {end} of {low}", page.label);
        }
    }
    (pages, codes)
}

const TALL: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="9000"><rect width="100" height="9000"/></svg>"#;

/// All text of the body and the notes, in the order of pages.
fn text(pages: &[Arc<Page>]) -> String {
    let items = pages.iter().flat_map(|p| &p.items);
    items
        .filter_map(|(_, d, _)| {
            let Draw::Text(run) = d else { return None };
            Some(run.text.as_str())
        })
        .collect()
}

/// Every mark stands once, and in order.
fn once_in_order(pages: &[Arc<Page>], marks: impl Iterator<Item = String>) {
    let text = text(pages);
    let mut from = 0;
    for mark in marks {
        assert_eq!(text.matches(&mark).count(), 1, "{mark}");
        let at = text.find(&mark).expect("it is there");
        assert!(at >= from, "{mark} is too early");
        from = at;
    }
}

#[test]
fn a_table_longer_than_many_pages() {
    let mut md = "# 题\n\n表：长\n\n| 甲 | 乙 |\n| --- | --- |\n".to_string();
    (0..900).for_each(|n| md += &format!("| 天{n}地 | 玄 |\n"));
    let (pages, _) = set("table", (28, 20), &md);
    once_in_order(&pages, (0..900).map(|n| format!("天{n}地")));
    assert!(pages.len() > 45, "{}", pages.len());
}

#[test]
fn a_note_longer_than_many_pages() {
    let mut md = "# 题\n\n天地[^a]玄黄\n\n后文\n\n[^a]: ".to_string();
    (0..900).for_each(|n| md += &format!("天地玄黄宇宙洪荒{n:03}日月盈昃辰宿列张，"));
    let (pages, _) = set("note", (28, 20), &md);
    once_in_order(&pages, (0..900).map(|n| format!("荒{n:03}日")));
    assert!(pages.len() > 20, "{}", pages.len());
}

#[test]
fn a_picture_taller_than_a_page() {
    let (pages, codes) =
        set("tall", (28, 20), "# 题\n\n前\n\n![图](tall.svg \"高\")\n\n后\n");
    let images = pages.iter().flat_map(|p| &p.items);
    let images = images.filter(|(_, d, _)| matches!(d, Draw::Image { .. })).count();
    assert_eq!(images, 1);
    assert_eq!(codes, [""; 0]);
}

#[test]
fn a_heading_of_many_lines() {
    let title: String = (0..100).map(|n| format!("天{n}地")).collect();
    let (pages, _) =
        set("heading", (12, 12), &format!("# 题\n\n文\n\n## {title}\n\n文\n"));
    let all = text(&pages);
    assert!((10..100).all(|n| all.contains(&n.to_string())));
}

#[test]
fn a_type_area_of_five_by_three() {
    let marks: String = (0..60).map(|n| format!("天地玄黄{n}，宇宙洪荒。\n\n")).collect();
    let md = format!(
        "# 题\n\n{marks}> 引\n\n- 甲\n- 乙\n\n天[^a]\n\n[^a]: 注注注注注注注注\n"
    );
    let (pages, _) = set("tiny", (5, 3), &md);
    let all = text(&pages);
    assert!((0..60).all(|n| all.contains(&n.to_string())));
    assert!(pages.len() > 60, "{}", pages.len());
}

#[test]
fn thousands_of_tiny_chapters() {
    let folder = Folder::new("chapters");
    let mut summary = "# 目录\n\n".to_string();
    for n in 0..10_000 {
        folder.write(&format!("c{n}.md"), format!("# 题{n}\n\n文{n}。\n"));
        writeln!(summary, "- [题{n}](c{n}.md)").ok();
    }
    folder.write("SUMMARY.md", summary);
    folder.write("book.toml", "[book]\ntitle = \"书\"\nlanguage = \"zh-Hans-CN\"\n");
    let mut session = Session::open(&folder.path(".")).expect("a book");
    let pages = session.pages(&|| {}).to_vec();
    let body = pages.iter().rposition(|p| p.label == "1").expect("a body");
    assert_eq!(pages.len() - body, 10_000);
    once_in_order(&pages[body..], (0..10_000).map(|n| format!("文{n}。")));
}
