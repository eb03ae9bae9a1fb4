//! The wrap of the printed book: its boxes, its barcode read by another program,
//! titles that do not fit, settings that are wrong.

use crate::common::{Folder, keben, reader, said};
use std::process::Command;

/// A book of a few pages with more of `[book]` and the rest of the settings.
fn book(name: &str, title: &str, book: &str, rest: &str) -> Folder {
    let f = Folder::new(&format!("cover-{name}"));
    let toml = format!(
        "[book]\ntitle = \"{title}\"\nslug = \"b\"\nsrc = \".\"\n{book}\n{rest}\n"
    );
    f.write("m/book.toml", toml)
        .write("m/SUMMARY.md", "- [一](a.md)\n")
        .write("m/a.md", "# 一\n\n文。\n");
    f
}

fn made(f: &Folder) -> (lopdf::Document, String) {
    let out = keben(&f.0, &["cover", "m"]);
    let pdf = f.read("build/b-cover.pdf");
    (lopdf::Document::load_mem(&pdf).expect("a PDF"), said(&out))
}

/// A box of the only page, in tenths of a millimetre.
fn edges(doc: &lopdf::Document, name: &str) -> [i64; 4] {
    let page = doc.page_iter().next().expect("a page");
    let dict = doc.get_dictionary(page).expect("a page");
    let numbers = dict.get(name.as_bytes()).and_then(lopdf::Object::as_array);
    let mm = |o: &lopdf::Object| {
        (f64::from(o.as_float().expect("a number")) * 254.0 / 72.0).round() as i64
    };
    let all: Vec<i64> = numbers.expect("a box").iter().map(mm).collect();
    all.try_into().expect("four edges")
}

/// What the page's own content is drawn with.
fn colours(doc: &lopdf::Document) -> Vec<String> {
    let page = doc.page_iter().next().expect("a page");
    let content = doc.get_and_decode_page_content(page).expect("content");
    let mut out = vec![];
    for op in content.operations {
        let numbers: Vec<f32> =
            op.operands.iter().filter_map(|o| o.as_float().ok()).collect();
        match op.operator.as_str() {
            "k" | "K" if numbers[..3] == [0.0; 3] => out.push("K".into()),
            "k" | "K" | "rg" | "RG" | "g" | "G" | "sc" | "SC" => {
                out.push(format!("{} {numbers:?}", op.operator));
            }
            "cs" | "CS" => {
                let name = op.operands[0].as_name().unwrap_or_default();
                let name = String::from_utf8_lossy(name).into_owned();
                out.push(if name == "All" { "all plates".into() } else { name });
            }
            _ => {}
        }
    }
    out
}

#[test]
fn a_cover_has_its_boxes_and_black_alone() {
    let rest = "[cover]\nspine = 16\nflaps = 80\nbleed = 5";
    let f = book("boxes", "刻本", "isbn = \"978-0-306-40615-7\"", rest);
    let (doc, said) = made(&f);
    assert!(!said.contains("warning") && !said.contains("error"), "{said}");
    assert_eq!(doc.get_pages().len(), 1);
    let [l, b, r, t] = edges(&doc, "TrimBox");
    assert_eq!((r - l, t - b), (1600 + 2960 + 160, 2100));
    let [bl, bb, br, bt] = edges(&doc, "BleedBox");
    assert_eq!((l - bl, b - bb, br - r, bt - t), (50, 50, 50, 50));
    let [_, _, mr, mt] = edges(&doc, "MediaBox");
    assert_eq!((mr - br, mt - bt), (70, 70));
    let colours: Vec<_> = colours(&doc);
    assert!(colours.iter().all(|c| c == "K" || c == "all plates"), "{colours:?}");
    assert!(colours.iter().any(|c| c == "K"), "black is what is drawn with");
    // Negative control: an ink of the book's own is seen.
    let inks = "[inks.red]\nrgb = \"#c8102e\"\n[cover]\nspine = 16\nink = \"red\"";
    let (doc, _) = made(&book("ink", "刻本", "", inks));
    let colours = self::colours(&doc);
    assert!(colours.iter().any(|c| c == "Ink0"), "{colours:?}");
}

#[test]
fn paper_and_pages_make_the_spine() {
    let long = (0..300).map(|i| format!("\n\n## 节{i}\n\n文。")).collect::<String>();
    let wide = |paper: &str| {
        let f = book("paper", "刻本", "", &format!("[cover]\npaper = \"{paper}\""));
        f.write("m/a.md", format!("# 一{long}\n"));
        let (doc, _) = made(&f);
        let [l, _, r, _] = edges(&doc, "TrimBox");
        r - l - 2960
    };
    let (thin, thick) = (wide("coated-80"), wide("light-160"));
    assert!(thin > 0, "{thin}");
    // 64 and 272 thousandths of a millimetre.
    assert!((thick * 64 - thin * 272).abs() <= 272, "{thin} {thick}");
}

#[test]
fn a_thin_spine_is_blank_and_says_so() {
    let f = book("thin", "刻本", "author = \"甲\"", "[cover]\nspine = 3");
    let (_, said) = made(&f);
    assert!(said.contains("narrow-spine"), "{said}");
    let f = book("wide", "刻本", "author = \"甲\"", "[cover]\nspine = 12");
    let (_, said) = made(&f);
    assert!(!said.contains("narrow-spine"), "{said}");
    let off = "[cover]\nspine = 3\nspine-text = false";
    let (_, said) = made(&book("off", "刻本", "", off));
    assert!(!said.contains("narrow-spine"), "{said}");
}

#[test]
fn a_book_without_pages_has_a_cover() {
    let f = book("empty", "刻本", "", "");
    f.write("m/SUMMARY.md", "").write("m/a.md", "");
    let (doc, said) = made(&f);
    assert_eq!(doc.get_pages().len(), 1);
    assert!(said.contains("empty-book"), "{said}");
}

#[test]
fn any_title_has_a_cover() {
    let han = "一".repeat(300);
    let latin = "Incomprehensibilities".repeat(15);
    let words = "The long title ".repeat(20);
    let odd = "\u{200d}\u{fe0f}《（——》…：，。12";
    for (i, title) in [&han, "书", "", &latin, &words, "X", odd].into_iter().enumerate()
    {
        for (j, cover) in ["spine = 20", "spine = 6\nflaps = 60", "text = false"]
            .into_iter()
            .enumerate()
        {
            let f = book(
                &format!("title-{i}-{j}"),
                title,
                "author = [\"甲乙丙\", \"Ann Author\"]\ndescription = \"述。\"",
                &format!("[cover]\n{cover}\n\n[page]\ntrim = \"60x80mm\""),
            );
            let out = keben(&f.0, &["cover", "m"]);
            let said = said(&out);
            assert!(f.read("build/b-cover.pdf").starts_with(b"%PDF"), "{said}");
            assert!(!said.contains("panicked"), "{title}: {said}");
        }
    }
}

#[test]
fn a_long_description_is_cut_and_named() {
    let long = format!("description = \"{}\"", "说来话长。".repeat(900));
    let (_, said) = made(&book("long", "刻本", &long, "[cover]\nspine = 9"));
    assert!(said.contains("cover-overflow"), "{said}");
    let (_, said) = made(&book("short", "刻本", "description = \"短。\"", ""));
    assert!(!said.contains("cover-overflow"), "{said}");
}

#[test]
fn wrong_settings_are_named_with_their_place() {
    let rest = "[cover]\npaper = \"vellum-80\"\nflap = 80\nbleed = 90\nadd-on = \"123\"\n\
                background-on = \"front\"\nbackground = \"none.png\"";
    let f = book("wrong", "刻本", "", rest);
    let out = keben(&f.0, &["cover", "m"]);
    let said = said(&out);
    assert_eq!(out.status.code(), Some(1), "{said}");
    for part in [
        "`vellum-80` is no paper that keben knows",
        "book.toml:7:9",
        "did you mean `flaps`?",
        "`bleed` cannot be 90",
        "`123` is no add-on of a barcode",
        "missing-file",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_same_book_has_the_same_cover() {
    let f = book(
        "twice",
        "C 语言：从 1972 年起",
        "isbn = \"9780306406157\"",
        "[cover]\nspine = 9",
    );
    keben(&f.0, &["cover", "m"]);
    let first = f.read("build/b-cover.pdf");
    keben(&f.0, &["cover", "m"]);
    assert_eq!(first, f.read("build/b-cover.pdf"));
}

/// What zbarimg reads on the cover.
fn scanned(f: &Folder) -> Option<String> {
    let (zbar, pdftoppm) = (reader("zbarimg")?, reader("pdftoppm")?);
    made(f);
    let image = f.path("build/cover");
    let drawn = Command::new(pdftoppm)
        .args(["-r", "200", "-gray", "-singlefile"])
        .arg(f.path("build/b-cover.pdf"))
        .arg(&image)
        .status();
    assert!(drawn.expect("pdftoppm runs").success());
    let out = Command::new(zbar)
        .args(["-q", "--raw", "-Sean5.enable", "-Sean2.enable"])
        .arg(image.with_extension("pgm"))
        .output()
        .expect("zbarimg runs");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let mut read: Vec<_> = text.lines().collect();
    read.sort_unstable();
    Some(read.join(" "))
}

#[test]
fn the_barcode_is_read_by_another_program() {
    for (i, (isbn, rest, want)) in [
        ("isbn = \"978-0-306-40615-7\"", "", "9780306406157"),
        ("isbn = \"0-306-40615-2\"", "tint = 40", "9780306406157"),
        ("isbn = \"979-10-90636-07-1\"", "add-on = \"52250\"", "52250 9791090636071"),
        ("isbn = \"978-0-306-40615-7\"", "add-on = \"53\"", "53 9780306406157"),
    ]
    .into_iter()
    .enumerate()
    {
        let f = book(&format!("scan-{i}"), "刻本", isbn, &format!("[cover]\n{rest}"));
        let Some(read) = scanned(&f) else { return };
        assert_eq!(read, want, "{isbn} {rest}");
    }
    // Negative control: without an ISBN nothing is read.
    let Some(read) = scanned(&book("scan-none", "刻本", "", "")) else { return };
    assert_eq!(read, "");
}
