//! Editions for printers: what stands in the file, read with an eye of its own, and
//! what `keben check --press` says of a book.

use crate::common;

use crate::common::{Folder, keben, said};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// A book with one edition, `edition`, and more of `book.toml`.
fn book(name: &str, edition: &str, rest: &str, text: &str) -> Folder {
    let f = Folder::new(&format!("press-{name}"));
    let toml = format!(
        "[book]\ntitle = \"书\"\nslug = \"b\"\nsrc = \".\"\ndate = \"2026\"\n{rest}\n\
         [[edition]]\nname = \"e\"\nformat = \"pdf\"\n{edition}\n"
    );
    f.write("m/book.toml", toml).write("m/SUMMARY.md", "- [一](a.md)\n");
    f.write("m/a.md", format!("# 一\n\n{text}\n"));
    f
}

const TEXT: &str = "天地玄黄，宇宙洪荒。[链接](https://example.org/)。\n\n\
    | 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n$\\color{gray}x$ 注^[注文]。\n";
const PRINT: &str = "medium = \"print\"";

fn made(f: &Folder) -> (Document, String) {
    let out = keben(&f.0, &["build", "m"]);
    let pdf = f.read("build/b-e.pdf");
    (Document::load_mem(&pdf).expect("a PDF"), said(&out))
}

fn printed(name: &str, more: &str) -> Document {
    made(&book(name, &format!("{PRINT}\n{more}"), "", TEXT)).0
}

fn pages(doc: &Document) -> Vec<ObjectId> {
    doc.page_iter().collect()
}

/// A box of a page, in tenths of a millimetre.
fn edges(doc: &Document, page: ObjectId, name: &str) -> [i64; 4] {
    let numbers = doc.get_dictionary(page).and_then(|d| d.get(name.as_bytes()));
    let numbers = numbers.and_then(Object::as_array).expect("a box");
    let mm = |o: &Object| {
        (f64::from(o.as_float().expect("a number")) * 254.0 / 72.0).round() as i64
    };
    let all: Vec<_> = numbers.iter().map(mm).collect();
    all.try_into().expect("four edges")
}

/// What is not allowed on a press, of all that is drawn: colours that are no plate's,
/// black on more than one plate.
fn off_plate(doc: &Document) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let forms = doc.objects.values().filter_map(|o| o.as_stream().ok());
    let forms = forms.filter(|s| {
        s.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form")
    });
    let mut contents: Vec<Vec<u8>> =
        forms.filter_map(|s| s.decompressed_content().ok()).collect();
    contents.extend(doc.page_iter().map(|p| doc.get_page_content(p)));
    for content in contents {
        let content = lopdf::content::Content::decode(&content).expect("content");
        for op in content.operations {
            let numbers: Vec<f32> =
                op.operands.iter().filter_map(|o| o.as_float().ok()).collect();
            match op.operator.as_str() {
                "rg" | "RG" | "g" | "G" => drop(found.insert(op.operator)),
                "k" | "K" if numbers[3] == 1.0 && numbers[..3] != [0.0; 3] => {
                    found.insert("rich black".into());
                }
                _ => {}
            }
        }
    }
    found
}

/// Spaces of colour that a press does not have, wherever they are named: of pictures,
/// gradients, groups.
fn off_press(doc: &Document) -> BTreeSet<String> {
    fn walk(o: &Object, out: &mut BTreeSet<String>) {
        let mut dict = |d: &Dictionary| d.iter().for_each(|(_, v)| walk(v, out));
        match o {
            Object::Name(n)
                if [&b"DeviceRGB"[..], b"CalRGB", b"Lab"].contains(&&n[..]) =>
            {
                out.insert(String::from_utf8_lossy(n).into_owned());
            }
            Object::Array(list) => list.iter().for_each(|o| walk(o, out)),
            Object::Dictionary(d) => dict(d),
            Object::Stream(s) => {
                dict(&s.dict);
                if s.dict.get(b"N").and_then(Object::as_i64).ok() == Some(3)
                    && !s.dict.has(b"Type")
                {
                    out.insert("ICCBased RGB".into());
                }
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..)
            | Object::Reference(_) => {}
        }
    }
    let mut out = BTreeSet::new();
    doc.objects.values().for_each(|o| walk(o, &mut out));
    out
}

#[test]
fn the_bundled_book_is_all_ink() {
    let f = Folder::new("press-bundled");
    let build = |edition: &str| {
        let manuscript = common::manuscript();
        let out = f.0.to_str().expect("a path");
        let args = ["build", "-q", "--edition", edition, "--out", out];
        assert!(keben(&manuscript, &args).status.success());
        let pdf = f.read(&format!("shanhe-wanli-{edition}.pdf"));
        Document::load_mem(&pdf).expect("a PDF")
    };
    let print = build("print");
    assert_eq!(off_press(&print), BTreeSet::new());
    let off: Vec<_> =
        off_plate(&print).into_iter().filter(|o| o != "g" && o != "G").collect();
    assert_eq!(off, Vec::<String>::new());
    // Negative control: on a screen the same pictures have colours.
    assert!(off_press(&build("screen")).contains("DeviceRGB"));
}

fn dict<'d>(doc: &'d Document, of: &'d Dictionary, key: &str) -> Option<&'d Dictionary> {
    of.get_deref(key.as_bytes(), doc).ok()?.as_dict().ok()
}

#[test]
fn text_and_rules_stand_on_the_plate_of_black() {
    let doc = printed("plates", "");
    assert_eq!(off_plate(&doc), BTreeSet::new());
    // Negative controls: a colour that slips in, a black of four inks, a screen.
    for (slip, want) in [("1 0 0 rg ", "rg"), ("0.5 0 0 1 k ", "rich black")] {
        let mut doc = printed("plates-control", "");
        let page = pages(&doc)[0];
        let mut content = slip.as_bytes().to_vec();
        content.extend(doc.get_page_content(page));
        doc.change_page_content(page, content).expect("content");
        assert_eq!(off_plate(&doc), BTreeSet::from([want.to_string()]));
    }
    let (screen, _) = made(&book("plates-screen", "", "", TEXT));
    assert!(off_plate(&screen).contains("g"));
}

/// Whether full black is printed over what is below, and tints are not: what is in
/// force at each thing that is drawn with black of this much.
fn overprints(doc: &Document, black: impl Fn(f32) -> bool) -> BTreeSet<bool> {
    let mut out = BTreeSet::new();
    for page in doc.page_iter() {
        let (resources, _) = doc.get_page_resources(page).expect("resources");
        let own = doc.get_dictionary(page).ok().and_then(|d| dict(doc, d, "Resources"));
        let resources = resources.or(own).expect("resources");
        let states = dict(doc, resources, "ExtGState").expect("states");
        let content = doc.get_and_decode_page_content(page).expect("content");
        let (mut over, mut ink) = (false, None);
        let mut saved = vec![];
        for op in content.operations {
            let first = op.operands.first();
            match op.operator.as_str() {
                "q" => saved.push((over, ink)),
                "Q" => (over, ink) = saved.pop().expect("balanced"),
                "gs" => {
                    let name = first.and_then(|o| o.as_name().ok()).expect("a name");
                    let state = states.get_deref(name, doc).and_then(Object::as_dict);
                    let op = state.expect("a state").get(b"op").and_then(Object::as_bool);
                    over = op.expect("an overprint");
                }
                "k" => ink = op.operands[3].as_float().ok(),
                "scn" => ink = None,
                "Tj" | "TJ" | "f" | "re" if ink.is_some_and(&black) => {
                    out.insert(over);
                }
                _ => {}
            }
        }
    }
    out
}

#[test]
fn full_black_is_printed_over_what_is_below_and_tints_are_not() {
    let doc = printed("over", "");
    assert_eq!(overprints(&doc, |k| k == 1.0), BTreeSet::from([true]));
    assert_eq!(overprints(&doc, |k| k < 1.0), BTreeSet::from([false]));
}

#[test]
fn a_print_edition_has_no_annotations_no_structure_and_its_intent() {
    let doc = printed("x4", "");
    assert_eq!(doc.version, "1.6");
    for page in pages(&doc) {
        assert!(!doc.get_dictionary(page).expect("a page").has(b"Annots"));
    }
    let catalog = doc.catalog().expect("a catalog");
    assert!(!catalog.has(b"StructTreeRoot") && !catalog.has(b"OpenAction"));
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array);
    let intent = intents.expect("intents")[0].as_dict().expect("an intent");
    assert_eq!(intent.get(b"S").and_then(Object::as_name).ok(), Some(&b"GTS_PDFX"[..]));
    let profile = intent.get_deref(b"DestOutputProfile", &doc);
    let profile = profile.and_then(Object::as_stream).expect("a profile");
    let bytes = profile.decompressed_content().unwrap_or(profile.content.clone());
    assert_eq!(bytes, keben::colour::FOGRA39);
    let xmp = catalog.get_deref(b"Metadata", &doc).and_then(Object::as_stream);
    let xmp = String::from_utf8_lossy(&xmp.expect("XMP").content).into_owned();
    for part in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
        "<xmpMM:DocumentID>urn:uuid:",
        "<xmpMM:RenditionClass>default<",
        "<xmpMM:VersionID>1<",
        "<pdf:Trapped>False<",
    ] {
        assert!(xmp.contains(part), "{part}: {xmp}");
    }
    assert!(!xmp.contains("pdfaid"), "{xmp}");
    // Negative control: the same book for a screen has what is not there.
    let (screen, _) = made(&book("x4-screen", "", "", TEXT));
    let annotated =
        |p: &ObjectId| screen.get_dictionary(*p).expect("a page").has(b"Annots");
    assert!(pages(&screen).iter().any(annotated));
    assert_eq!(screen.version, "1.7");
}

#[test]
fn boxes_nest_and_marks_have_room() {
    let doc = printed("boxes", "bleed = 5");
    for page in pages(&doc) {
        let [l, b, r, t] = edges(&doc, page, "TrimBox");
        assert_eq!((r - l, t - b), (1480, 2100));
        let [bl, bb, br, bt] = edges(&doc, page, "BleedBox");
        assert_eq!([l - bl, b - bb, br - r, bt - t], [50; 4]);
        let [ml, mb, mr, mt] = edges(&doc, page, "MediaBox");
        assert_eq!([bl - ml, bb - mb, mr - br, mt - bt], [70; 4]);
    }
    let doc = printed("bare", "marks = []");
    let page = pages(&doc)[0];
    assert_eq!(edges(&doc, page, "MediaBox"), edges(&doc, page, "BleedBox"));
    let kdp = printed("kdp", "press = \"kdp\"");
    let page = pages(&kdp)[0];
    assert_eq!(edges(&kdp, page, "MediaBox"), edges(&kdp, page, "TrimBox"));
    assert!(!kdp.catalog().expect("a catalog").has(b"Outlines"));
    assert!(doc.catalog().expect("a catalog").has(b"Outlines"), "others have bookmarks");
}

#[test]
fn marks_are_on_every_plate() {
    let marked = |more: &str| {
        let doc = printed("marks", more);
        let content = doc.get_and_decode_page_content(pages(&doc)[0]).expect("content");
        let count =
            |name: &str| content.operations.iter().filter(|o| o.operator == name).count();
        (count("cs"), count("CS"), count("k"))
    };
    let (fill, stroke, text) = marked("marks = []");
    assert_eq!((fill, stroke), (0, 0));
    let (fill, stroke, _) = marked("marks = [\"cut\", \"register\"]");
    assert!(fill > 0 && stroke > 0, "{fill} {stroke}");
    let (_, _, patches) = marked("marks = [\"bars\"]");
    assert!(patches >= text + 12, "{patches} {text}");
}

#[test]
fn signatures_are_filled_and_told() {
    let f = book("signature", &format!("{PRINT}\nsignature = 16"), "", TEXT);
    let (doc, _) = made(&f);
    assert_eq!(pages(&doc).len() % 16, 0);
    let said = said(&keben(&f.0, &["check", "m"]));
    assert!(said.contains("note[blank-pages]"), "{said}");
    let f = book("single", &format!("{PRINT}\nsignature = 1"), "", TEXT);
    assert!(!common::said(&keben(&f.0, &["check", "m"])).contains("blank-pages"));
}

/// The theme's bold text in red, and an ink of that name.
fn spot(edition: &str, name: &str) -> Folder {
    let inks = "[inks.red]\nname = \"PANTONE 186 C\"\nrgb = \"#c8102e\"";
    let f = book(name, edition, inks, "文**字**。");
    f.write("m/theme/theme.toml", "strong = { ink = \"red\", black = 50 }\n");
    f
}

#[test]
fn an_ink_of_the_books_own_has_a_plate() {
    let (doc, said) = made(&spot(PRINT, "spot"));
    assert!(!said.contains("error") && !said.contains("warning"), "{said}");
    let space = doc.objects.values().filter_map(|o| o.as_array().ok()).find(|a| {
        a.first().and_then(|o| o.as_name().ok()) == Some(b"Separation")
            && a.get(1).and_then(|o| o.as_name().ok()) == Some(b"PANTONE 186 C")
    });
    assert!(space.is_some(), "a Separation of that name");
    let tints = |doc: &Document| {
        let ops = doc.page_iter().flat_map(|p| {
            doc.get_and_decode_page_content(p).expect("content").operations
        });
        let scn = ops.filter(|o| o.operator == "scn" || o.operator == "rg");
        scn.filter_map(|o| o.operands[0].as_float().ok()).collect::<Vec<_>>()
    };
    assert!(tints(&doc).contains(&0.5), "{:?}", tints(&doc));
    // On a screen it is a colour: half of the way from white to #c8102e.
    let (screen, _) = made(&spot("", "spot-screen"));
    assert_eq!(tints(&screen), [0.894], "{:?}", tints(&screen));
    let f = spot(&format!("{PRINT}\npress = \"kdp\""), "spot-kdp");
    let said = common::said(&keben(&f.0, &["check", "--press", "m"]));
    assert!(
        said.contains("warning[spot-ink]: the printer has no ink `PANTONE 186 C`"),
        "{said}"
    );
}

#[test]
fn the_gutter_grows_with_the_book() {
    // The first glyph of a page, from the left edge of the cut page.
    let first = |doc: &Document, page: ObjectId| {
        let content = doc.get_and_decode_page_content(page).expect("content");
        let tm = content.operations.iter().find(|o| o.operator == "Td");
        tm.map(|o| o.operands[0].as_float().expect("a number"))
    };
    let long = "文。\n\n".repeat(29 * 160);
    let page = "[page]\ninner = 10";
    let (screen, _) = made(&book("gutter-screen", "", page, &long));
    let (kdp, _) =
        made(&book("gutter", &format!("{PRINT}\npress = \"kdp\""), page, &long));
    let count = pages(&kdp).len();
    assert!((151..=300).contains(&count), "{count} pages");
    // Half an inch instead of 10 mm: 2.7 mm outwards.
    let want = 36.0 - 10.0 * 72.0 / 25.4;
    for (i, outwards) in [(40, want), (41, -want)] {
        let [a, b] = [&screen, &kdp].map(|d| first(d, pages(d)[i]).expect("text"));
        assert!((b - a - outwards).abs() < 0.01, "page {i}: {a} → {b}");
    }
}

#[test]
fn what_a_printer_sends_back_is_told() {
    let small = "[page]\ninner = 3\nchars = 38";
    let edition = format!("{PRINT}\npress = \"kdp\"");
    let f = book("back", &edition, small, TEXT);
    let said = common::said(&keben(&f.0, &["check", "--press", "m"]));
    for part in [
        "warning[page-count]",
        "the printer binds 24 to 828",
        "warning[hairline]",
        "warning[near-edge]",
        "from the outer edge",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Negative control: without --press, and for another printer, nothing of it.
    let said = common::said(&keben(&f.0, &["check", "m"]));
    assert!(!said.contains("page-count") && !said.contains("near-edge"), "{said}");
    let f = book("fine", PRINT, "", TEXT);
    let said = common::said(&keben(&f.0, &["check", "--press", "m"]));
    assert!(!said.contains("warning"), "{said}");
}

/// A picture of one colour, so many pixels wide and high.
fn png(colour: [u8; 3], side: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(vec![]);
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb(colour));
    picture.write_to(&mut out, image::ImageFormat::Png).expect("a PNG");
    out.into_inner()
}

#[test]
fn pictures_that_a_printer_sends_back_are_told() {
    let text = "![粗](coarse.png)\n\n![深](dark.png){width=2%}\n\n![线](line.svg)\n";
    let edition = |more: &str| format!("{PRINT}\npress = \"ingram\"\n{more}");
    let f = book("pictures", &edition(""), "", text);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"9\">\
               <path d=\"M0 4H300\" stroke=\"#000\" stroke-width=\".1\"/></svg>";
    f.write("m/coarse.png", png([250, 250, 250], 40))
        .write("m/dark.png", png([20, 10, 0], 400))
        .write("m/line.svg", svg);
    let told = |f: &Folder| said(&keben(&f.0, &["check", "--press", "m"]));
    let said = told(&f);
    for part in [
        "warning[low-resolution]: coarse.png has ",
        "the printer wants 300",
        "warning[ink-limit]: dark.png has ",
        "the press bears 240 %",
        "warning[hairline]: line.svg has a line of 0.",
        "a.md:3:",
        "a.md:5:",
        "a.md:7:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Negative controls: what is fine is not named, and converted RGB is not left.
    assert!(!said.contains("dark.png has 4"), "{said}");
    assert!(
        !said.contains("ink-limit]: coarse") && !said.contains("rgb-picture"),
        "{said}"
    );
    let f2 = book("tagged", &edition("pictures = \"tagged\""), "", text);
    f2.write("m/coarse.png", png([250, 250, 250], 40))
        .write("m/dark.png", png([20, 10, 0], 400))
        .write("m/line.svg", svg);
    let said = told(&f2);
    assert!(said.contains("warning[rgb-picture]: dark.png stays in RGB"), "{said}");
    assert!(!said.contains("coarse.png stays in RGB"), "grey is no RGB: {said}");
}

#[test]
fn a_profile_of_the_printers_own_is_used_or_named() {
    let edition = format!("{PRINT}\nprofile = \"press.icc\"");
    let f = book("profile", &edition, "", TEXT);
    let built = |bytes: &[u8]| {
        f.write("m/press.icc", bytes);
        let out = keben(&f.0, &["build", "m"]);
        (out.status.success(), said(&out))
    };
    let (_, told) = built(b"no profile");
    assert!(told.contains("error[no-press]: press.icc is no press"), "{told}");
    assert!(told.contains("book.toml:11:11"), "{told}");
    // A screen is no press.
    let (done, told) = built(keben::colour::SRGB);
    assert!(!done && told.contains("no-press"), "{told}");
    assert!(built(keben::colour::FOGRA39).0);
    std::fs::remove_file(f.path("m/press.icc")).expect("removed");
    let told = said(&keben(&f.0, &["build", "m"]));
    assert!(told.contains("error[missing-file]"), "{told}");
    assert!(f.path("build/b-e.pdf").exists(), "the last good file stays");
}

#[test]
fn wrong_settings_are_named_with_their_place() {
    let edition =
        "medium = \"print\"\npress = \"gutenberg\"\nmarks = [\"cross\"]\nbleed = 90";
    let inks = "[inks.red]\nrgb = \"red\"\n[inks.blue]\ncmyk = [1, 2]\n\
                [inks.green]\nname = \"Black\"\nrgb = \"#00ff00\"\n\
                [cover]\nink = \"pink\"";
    let f = book("wrong", edition, inks, TEXT);
    f.write("m/theme/theme.toml", "strong = { ink = \"pink\" }\n");
    let said = common::said(&keben(&f.0, &["check", "m"]));
    for part in [
        "`press` cannot be `gutenberg`",
        "`generic`, `cn-offset`, `kdp`, `ingram`",
        "`marks` cannot hold `cross`",
        "`bleed` cannot be 90",
        "`red` is no colour",
        "these are not cyan, magenta, yellow and black",
        "cannot be named `Black`",
        "the book has no ink `pink`",
        "`strong.ink` is no ink of the book",
        "theme.toml:1:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let f = book("screen", "signature = 16\nbleed = 3", "", TEXT);
    let said = common::said(&keben(&f.0, &["check", "m"]));
    assert!(
        said.contains("`signature` is for printers, and this edition is not"),
        "{said}"
    );
    assert!(!said.contains("has no setting"), "{said}");
}

#[test]
fn the_same_book_is_printed_the_same() {
    let f = book("twice", &format!("{PRINT}\npress = \"cn-offset\""), "", TEXT);
    made(&f);
    let first = f.read("build/b-e.pdf");
    made(&f);
    assert_eq!(first, f.read("build/b-e.pdf"));
}
