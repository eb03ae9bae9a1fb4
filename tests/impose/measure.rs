//! Where things stand on the sheets, in points, and what the file says.

use super::common::{Folder, keben, reader, said};
use super::eye::{self, Placed, Side};
use super::fixture::{Book, TRIM, numbers};
use super::{imposed, job};
use keben::geom::{Len, Size};
use keben::impose::{Creep, Job, Scheme};
use lopdf::{Document, Object, Stream, dictionary};
use std::process::Command;

/// Millimetres in points.
fn mm(n: f64) -> f64 {
    n * 72.0 / 25.4
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.01
}

fn tenth(n: i64) -> Len {
    Len::tenth_mm(n)
}

fn sides(book: Book, job: &Job) -> Vec<Side> {
    eye::sides(&imposed(book.bytes(), job).bytes)
}

fn page(sides: &[Side], n: usize) -> Placed {
    let all = sides.iter().flat_map(|s| &s.placed);
    all.clone().find(|p| p.page == n).unwrap_or_else(|| panic!("no page {n}")).clone()
}

/// How far each page is from where it is without creep, towards its spine.
fn moved(scheme: Scheme, signature: usize, pages: usize, creep: Creep) -> Vec<f64> {
    let usual = Job { milling: Some(Len::ZERO), ..job(scheme, signature) };
    let without = sides(Book::new(pages), &usual);
    let with = sides(Book::new(pages), &Job { creep, ..usual });
    let shift = |n: usize| {
        let (a, b) = (page(&without, n), page(&with, n));
        assert!(near(a.matrix[5], b.matrix[5]), "{n}: not up or down");
        // A recto is bound on its left.
        let (old, new) = (a.at(0.0, 0.0).0, b.at(0.0, 0.0).0);
        let upright = a.matrix[0] > 0.0;
        let spine = if (n % 2 == 1) == upright { -1.0 } else { 1.0 };
        (new - old) * spine
    };
    (1..=pages).map(shift).collect()
}

#[test]
fn inner_pages_creep_towards_the_spine() {
    let thick = Creep::Leaf(tenth(2));
    for (scheme, signature) in [
        (Scheme::Booklet, 0),
        (Scheme::Saddle, 4),
        (Scheme::Saddle, 8),
        (Scheme::Saddle, 16),
    ] {
        let found = moved(scheme, signature, 32, thick);
        for (i, shift) in found.iter().enumerate() {
            let leaf = i / 2;
            let depth = leaf.min(15 - leaf);
            let wanted = mm(0.2) * depth as f64;
            assert!(near(*shift, wanted), "{scheme:?} page {}: {shift}", i + 1);
        }
    }
    // Gathered signatures begin anew; the innermost leaf has all of it.
    let found = moved(Scheme::Perfect, 16, 32, Creep::Innermost(tenth(9)));
    for (n, depth) in [(1, 0), (3, 1), (7, 3), (8, 3), (9, 3), (16, 0), (17, 0), (23, 3)]
    {
        assert!(near(found[n - 1], mm(0.3) * f64::from(depth)), "page {n}: {found:?}");
    }
    // Negative control.
    let none = moved(Scheme::Booklet, 0, 32, Creep::Leaf(Len::ZERO));
    assert!(none.iter().all(|s| near(*s, 0.0)), "{none:?}");
}

#[test]
fn creep_moves_no_marks_and_prints_nothing_across_the_spine() {
    let usual = job(Scheme::Saddle, 4);
    let without = sides(Book::bleeding(16), &usual);
    let with = sides(Book::bleeding(16), &Job { creep: Creep::Leaf(tenth(10)), ..usual });
    for (a, b) in without.iter().zip(&with) {
        assert_eq!(a.lines, b.lines);
        let spine = b.size.0 / 2.0;
        for p in &b.placed {
            let left = p.area(TRIM)[2] < spine + 20.0 && p.area(TRIM)[0] < spine - 20.0;
            let edge = if left { p.clip[2] } else { p.clip[0] };
            assert!(near(edge, spine), "{p:?}");
        }
    }
    let spine = without[0].size.0 / 2.0;
    let inner = page(&with, 8).area(TRIM);
    assert!(inner[2] > spine + 1.0, "without the clip it would cross: {inner:?}");
}

#[test]
fn signatures_have_their_gaps_milling_and_bleed() {
    let usual =
        Job { gap: tenth(40), milling: Some(tenth(20)), ..job(Scheme::Perfect, 16) };
    let found = sides(Book::bleeding(16), &usual);
    let side = &found[0];
    assert_eq!(side.placed.len(), 8);
    let at = |n: usize| page(&found, n).area(TRIM);
    for p in &side.placed {
        let a = p.area(TRIM);
        assert!(near(a[2] - a[0], 100.0) && near(a[3] - a[1], 160.0), "{p:?}");
    }
    // 5 12 9 8 above 4 13 16 1, heads to heads.
    assert!(near(at(13)[0] - at(4)[2], mm(4.0)), "the spine");
    assert!(near(at(1)[0] - at(16)[2], mm(4.0)), "the spine");
    assert!(near(at(16)[0] - at(13)[2], mm(4.0)), "fore edges");
    assert!(near(at(5)[1] - at(4)[3], mm(4.0)), "heads");
    let block = [at(4)[0], at(4)[1], at(8)[2], at(8)[3]];
    let (w, h) = side.size;
    assert!(
        near(block[0], w - block[2]) && near(block[1], h - block[3]),
        "in the middle"
    );
    // Bleed of 9 pt: all of it outside, half the gap inside, what is milled at the spine.
    let clip = page(&found, 4).clip;
    let [l, b, r, t] = at(4);
    assert!(near(l - clip[0], 9.0) && near(b - clip[1], 9.0), "outside: {clip:?}");
    assert!(near(clip[2] - r, mm(2.0)), "spine: {clip:?}");
    assert!(near(clip[3] - t, mm(2.0)), "head: {clip:?}");
    // Nothing is printed twice.
    for (i, a) in side.placed.iter().enumerate() {
        for b in &side.placed[i + 1..] {
            let w = a.clip[2].min(b.clip[2]) - a.clip[0].max(b.clip[0]);
            let h = a.clip[3].min(b.clip[3]) - a.clip[1].max(b.clip[1]);
            assert!(w < 0.01 || h < 0.01, "{a:?} and {b:?} meet");
        }
    }
    // Negative control: without a BleedBox only the trim is printed.
    let plain = sides(Book::new(16), &usual);
    let bare = page(&plain, 4);
    assert!(bare.clip.iter().zip(bare.area(TRIM)).all(|(a, b)| near(*a, b)), "{bare:?}");
}

#[test]
fn marks_stay_outside_the_trim() {
    for signature in [4, 8, 16, 32] {
        let found = sides(Book::bleeding(64), &job(Scheme::Perfect, signature));
        for side in &found {
            assert!(side.outlines > 5, "a label");
            let [(at, form)] = side.titles.as_slice() else {
                panic!("{:?}", side.titles)
            };
            assert_eq!(*form, found[0].titles[0].1, "one form for all");
            let lowest = side.placed.iter().map(|p| p.clip[1]).fold(f64::MAX, f64::min);
            assert!(at.1 > 0.0 && at.1 + 8.0 < lowest, "below the bleed: {at:?}");
            let least = if signature == 4 { 10 } else { 15 };
            assert!(side.lines.len() >= least, "{} lines", side.lines.len());
            for line in &side.lines {
                let inside = |v: f64, whole: f64| v > 0.0 && v < whole;
                let (w, h) = side.size;
                assert!(inside(line[0], w) && inside(line[2], w), "{line:?}");
                assert!(inside(line[1], h) && inside(line[3], h), "{line:?}");
                let meets = |p: &&Placed| {
                    let c = p.clip;
                    line[0].max(line[2]) > c[0]
                        && line[0].min(line[2]) < c[2]
                        && line[1].max(line[3]) > c[1]
                        && line[1].min(line[3]) < c[3]
                };
                assert!(side.placed.iter().find(meets).is_none(), "{line:?}");
            }
        }
    }
    let bare = Job { marks: Some(false), ..job(Scheme::Perfect, 16) };
    let found = sides(Book::bleeding(16), &bare);
    assert!(found.iter().all(|s| s.lines.is_empty() && s.bars.is_empty()));
    assert!(found.iter().all(|s| s.outlines == 0));
}

#[test]
fn every_trim_has_its_cuts() {
    let found = sides(Book::new(32), &job(Scheme::Perfect, 32));
    for side in &found {
        let upright = |x: f64| {
            let on = |l: &&[f64; 4]| near(l[0], x) && near(l[2], x);
            side.lines.iter().filter(on).count()
        };
        let level = |y: f64| {
            let on = |l: &&[f64; 4]| near(l[1], y) && near(l[3], y);
            side.lines.iter().filter(on).count()
        };
        for p in &side.placed {
            let [l, b, r, t] = p.area(TRIM);
            assert_eq!((level(b), level(t)), (2, 2), "page {}", p.page);
            // One of its sides is the spine, which is not cut.
            assert_eq!(upright(l) + upright(r), 2, "page {}", p.page);
        }
        assert_eq!(upright(side.size.0 / 2.0), 2, "the fold in the middle");
        assert_eq!(level(side.size.1 / 2.0 + 7.0), 0, "control");
    }
}

#[test]
fn steps_go_down_the_back() {
    let found = sides(Book::new(16 * 30), &job(Scheme::Perfect, 16));
    let outer: Vec<_> = found.iter().step_by(2).collect();
    let step = |n: usize| {
        let [bar] = outer[n].bars.as_slice() else { panic!("{:?}", outer[n].bars) };
        let first = outer[n].placed.iter().map(|p| p.page).min().expect("pages");
        let first = outer[n].placed.iter().find(|p| p.page == first).expect("a page");
        let [l, _, _, top] = first.area(TRIM);
        assert!(near((bar[0] + bar[2]) / 2.0, l - mm(3.0)), "on the fold: {bar:?}");
        assert!(near(bar[3] - bar[1], mm(5.0)), "{bar:?}");
        top - bar[3]
    };
    // 160 pt have room for seven steps between 10 mm above and below.
    for n in 0..30 {
        let wanted = mm(10.0) + mm(5.0) * (n % 7) as f64;
        assert!(near(step(n), wanted), "signature {n}: {}", step(n));
    }
    assert!(
        found.iter().skip(1).step_by(2).all(|s| s.bars.is_empty()),
        "side B has none"
    );
    let saddle = sides(Book::new(64), &job(Scheme::Saddle, 16));
    assert!(saddle.iter().all(|s| s.bars.is_empty()), "nothing is gathered");
}

#[test]
fn sheets_are_as_large_as_needed_or_as_asked_for() {
    let size = |job: &Job| sides(Book::new(8), job)[0].size;
    let usual = Job::new(Scheme::Booklet);
    let (w, h) = size(&usual);
    assert!(near(w, 200.0) && near(h, 160.0), "two pages: {w} {h}");
    let a4 = Size { w: tenth(2100), h: tenth(2970) };
    let (w, h) = size(&Job { sheet: Some(a4), ..usual.clone() });
    assert!(near(w, mm(297.0)) && near(h, mm(210.0)), "it lies as the pages do: {w} {h}");
    let small = Size { w: tenth(500), h: tenth(500) };
    let fit = Job { sheet: Some(small), fit: true, ..usual.clone() };
    let found = sides(Book::new(8), &fit);
    let on = page(&found, 1).area(TRIM);
    assert!((on[2] - on[0] - mm(25.0)).abs() < 0.02, "half the sheet: {on:?}");
    assert!(near((on[3] - on[1]) / (on[2] - on[0]), 1.6), "in proportion: {on:?}");
    let mut sink = keben::diag::Sink::default();
    let tight = Job { fit: false, ..fit };
    let book = Book::new(8).bytes();
    assert!(keben::impose::impose(&book, &tight, &mut sink).is_none());
    assert_eq!(sink.list()[0].code.name, "sheet-size");
}

#[test]
fn turned_and_scaled_pages_stand_as_they_are_shown() {
    for (rotate, unit) in [(90, 1.0), (180, 1.0), (270, 2.0), (-90, 1.0), (450, 0.5)] {
        let mut book = Book::new(4);
        book.all("Rotate", &rotate.into());
        book.all("UserUnit", &Object::Real(unit as f32));
        let found = sides(book, &Job::new(Scheme::Booklet));
        let p = page(&found, 1);
        let on = p.area(TRIM);
        let (w, h) = (on[2] - on[0], on[3] - on[1]);
        let (wanted_w, wanted_h) =
            if rotate % 180 == 0 { (100.0, 160.0) } else { (160.0, 100.0) };
        assert!(
            near(w, wanted_w * unit) && near(h, wanted_h * unit),
            "{rotate}: {w} {h}"
        );
        assert!(near(on[0], found[0].size.0 / 2.0), "{rotate}: {on:?}");
        // Where the page's own up points when it is shown turned clockwise.
        let (foot, head) = (p.at(0.0, 0.0), p.at(0.0, 1.0));
        let up = ((head.0 - foot.0) / unit, (head.1 - foot.1) / unit);
        let turns = (rotate / 90 + 8) % 4;
        let wanted = [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0)][turns as usize];
        assert!(near(up.0, wanted.0) && near(up.1, wanted.1), "{rotate}: {up:?}");
    }
}

#[test]
fn a_page_of_another_size_stands_in_the_middle_and_is_named() {
    let mut book = Book::new(8);
    book.page(2).set("TrimBox", numbers([20.0, 20.0, 100.0, 140.0]));
    let mut sink = keben::diag::Sink::default();
    let usual = Job::new(Scheme::Booklet);
    let made = keben::impose::impose(&book.bytes(), &usual, &mut sink).expect("sheets");
    let named = sink.list().iter().find(|d| d.code.name == "page-size");
    assert!(named.is_some_and(|d| d.message.contains("page 3")), "{:?}", sink.list());
    let found = eye::sides(&made.bytes);
    let on = page(&found, 3).area([20.0, 20.0, 100.0, 140.0]);
    assert!(near(on[0], 110.0) && near(on[1], 20.0), "{on:?}");
}

#[test]
fn content_fonts_and_colours_are_the_sources() {
    let mut book = Book::bleeding(32);
    let profile = book.doc.add_object(Stream::new(dictionary! { "N" => 4 }, vec![7; 99]));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => Object::string_literal("FOGRA51"),
        "DestOutputProfile" => profile,
    };
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
        xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description \
        xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\
        <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\
        </rdf:Description></rdf:RDF></x:xmpmeta>";
    let packet = book.doc.add_object(Stream::new(dictionary! {}, packet.into()));
    let link =
        book.doc.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link" });
    book.all("Annots", &vec![Object::from(link)].into());
    book.all("StructParents", &0.into());
    let catalog = book.catalog;
    book.dict(catalog).set("OutputIntents", vec![intent.into()]);
    book.dict(catalog).set("Metadata", packet);
    book.dict(catalog).set("StructTreeRoot", link);
    let made = imposed(book.bytes(), &job(Scheme::Perfect, 16)).bytes;
    let doc = Document::load_mem(&made).expect("a PDF");
    let catalog = doc.catalog().expect("a catalog");
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array).expect("one");
    let profile =
        intents[0].as_dict().and_then(|d| d.get_deref(b"DestOutputProfile", &doc));
    let profile = profile.and_then(Object::as_stream).expect("a profile");
    assert_eq!(profile.content, [7; 99]);
    let kind = |o: &&Object, name: &[u8]| o.as_dict().is_ok_and(|d| d.has_type(name));
    let count = |name| doc.objects.values().filter(|o| kind(o, name)).count();
    assert_eq!(count(b"Font"), 1, "one font for all pages");
    assert_eq!((count(b"Annot"), count(b"Page")), (0, 4));
    assert!(!catalog.has(b"StructTreeRoot"));
    assert!(!made.windows(13).any(|w| w == b"StructParents"));
    let text = String::from_utf8_lossy(&made).into_owned();
    assert!(text.contains("<pdfxid:GTS_PDFXVersion>PDF/X-4<"), "it is still PDF/X");
    assert!(text.contains(">A Book<"), "the title");
    for id in doc.page_iter() {
        let media = eye::area(&doc, id, "MediaBox");
        assert_eq!(
            media,
            eye::area(&doc, id, "TrimBox"),
            "the sheet is what is delivered"
        );
    }
    let same = doc.objects.values().filter_map(|o| o.as_stream().ok());
    let same = same.filter(|s| s.content == super::fixture::said(7)).count();
    assert_eq!(same, 1, "the content of page 7 has its bytes");
}

/// Text of all sides as pdftotext reads it.
fn text(file: &std::path::Path) -> Option<Vec<String>> {
    let out = Command::new(reader("pdftotext")?).arg(file).arg("-").output();
    let text = String::from_utf8_lossy(&out.expect("pdftotext runs").stdout).into_owned();
    Some(text.split('\u{c}').map(String::from).collect())
}

#[test]
fn other_programs_read_the_sheets() {
    let f = Folder::new("impose-readers");
    f.write("b.pdf", Book::bleeding(37).bytes());
    for (scheme, more) in [("booklet", "8"), ("saddle", "16"), ("perfect", "32")] {
        let args = ["impose", "b.pdf", "--scheme", scheme, "--signature", more];
        let out = keben(&f.0, &args);
        assert!(out.status.success(), "{}", said(&out));
        assert!(said(&out).contains("blank-pages"), "{}", said(&out));
        let made = f.path(&format!("b-{scheme}.pdf"));
        if let Some(qpdf) = reader("qpdf") {
            let out = Command::new(qpdf).arg("--check").arg(&made).output();
            let out = out.expect("qpdf runs");
            let heard = String::from_utf8_lossy(&out.stdout).into_owned() + &said(&out);
            assert!(out.status.success() && !heard.contains("WARNING"), "{heard}");
        }
        let Some(read) = text(&made) else { continue };
        let sides = eye::sides(&f.read(&format!("b-{scheme}.pdf")));
        for (side, read) in sides.iter().zip(&read) {
            let mut there: Vec<_> = read.split_whitespace().collect();
            there.sort_unstable();
            let mut wanted: Vec<_> =
                side.placed.iter().map(|p| format!("p{}.", p.page)).collect();
            wanted.sort_unstable();
            assert_eq!(there, wanted, "{scheme}");
        }
    }
}

#[test]
fn the_command_line_says_what_is_wrong() {
    let f = Folder::new("impose-cli");
    f.write("b.pdf", Book::new(10).bytes());
    for wrong in [
        &["--signature", "12"][..],
        &["--sheet", "a0x"],
        &["--gap", "-1"],
        &["--paper", "0.1", "--creep", "1"],
        &["--marks", "--no-marks"],
        &["--fit"],
    ] {
        let out = keben(&f.0, &[&["impose", "b.pdf"], wrong].concat());
        assert_eq!(out.status.code(), Some(2), "{wrong:?}: {}", said(&out));
    }
    let out = keben(&f.0, &["impose", "none.pdf"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("missing-file"), "{}", said(&out));
    let out = keben(&f.0, &["impose", "b.pdf", "--out", "x/y.pdf", "-q"]);
    assert!(out.status.success() && said(&out).is_empty(), "{}", said(&out));
    f.read("x/y.pdf");
    let out = keben(&f.0, &["impose", "b.pdf", "--marks", "--sheet", "50x60mm"]);
    assert!(said(&out).contains("sheet-size"), "{}", said(&out));
    assert!(!f.path("b-booklet.pdf").exists(), "nothing is written");
}
