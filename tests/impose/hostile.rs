//! Files that are broken, or made to hurt.

use super::fixture::{Book, numbers};
use super::{eye, imposed, job};
use keben::diag::Sink;
use keben::impose::{Imposed, Job, Scheme, impose};
use lopdf::{Object, Stream, dictionary};
use std::time::{Duration, Instant};

/// Imposes; gives what was made and the names of what was said, notes left out.
fn tried(file: &[u8]) -> (Option<Imposed>, Vec<&'static str>) {
    let mut sink = Sink::default();
    let made = impose(file, &job(Scheme::Perfect, 16), &mut sink);
    let heard = sink.list().iter().map(|d| d.code.name);
    let heard: Vec<_> = heard.filter(|n| *n != "blank-pages").collect();
    assert_eq!(made.is_none(), sink.errors() > 0 && made.is_none(), "silence");
    assert!(sink.list().iter().all(|d| !d.hints.is_empty()), "{:?}", sink.list());
    (made, heard)
}

fn refused(file: &[u8], code: &str) {
    let (made, heard) = tried(file);
    assert!(made.is_none() && heard == [code], "{heard:?}");
}

#[test]
fn what_is_no_pdf_is_refused() {
    refused(b"", "bad-pdf");
    refused(b"%PDF-1.7\n%%EOF\n", "bad-pdf");
    refused(&[0; 5000], "bad-pdf");
    let whole = Book::new(4).bytes();
    refused(&whole[..whole.len() / 2], "bad-pdf");
    refused(&Book::new(0).bytes(), "bad-pdf");
    // Negative control.
    assert!(tried(&whole).1.is_empty());
}

#[test]
fn encrypted_files_are_refused() {
    for password in ["", "secret"] {
        let mut book = Book::new(4);
        let id = Object::String(vec![1; 16], lopdf::StringFormat::Hexadecimal);
        book.doc.trailer.set("ID", vec![id.clone(), id]);
        let tree = book.tree;
        let kids: Vec<Object> = book.pages.iter().map(|id| (*id).into()).collect();
        book.dict(tree).set("Kids", kids);
        let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
            document: &book.doc,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        });
        book.doc.encrypt(&state.expect("a key")).expect("encrypted");
        refused(&book.finish(), "encrypted-pdf");
    }
}

#[test]
fn trees_that_turn_back_end() {
    let mut book = Book::new(8);
    let tree = book.tree;
    let (inner, loose) = (book.doc.new_object_id(), book.doc.new_object_id());
    let mut kids: Vec<Object> = book.pages.iter().map(|id| (*id).into()).collect();
    // The root again, a node that is its own kid, a page twice, nothing, no reference.
    kids.extend([
        tree.into(),
        inner.into(),
        book.pages[0].into(),
        loose.into(),
        7.into(),
    ]);
    book.dict(tree).set("Kids", kids);
    let node = dictionary! { "Type" => "Pages", "Kids" => vec![Object::from(inner)] };
    book.doc.objects.insert(inner, node.into());
    let (made, heard) = tried(&book.finish());
    assert!(heard.is_empty(), "{heard:?}");
    let sides = eye::sides(&made.expect("sheets").bytes);
    assert_eq!(sides.iter().map(|s| s.placed.len()).sum::<usize>(), 8);
}

#[test]
fn deep_trees_end() {
    let mut book = Book::new(2);
    let tree = book.tree;
    let mut below: Vec<Object> = book.pages.iter().map(|id| (*id).into()).collect();
    for _ in 0..50_000 {
        let node = dictionary! { "Type" => "Pages", "Kids" => below };
        below = vec![book.doc.add_object(node).into()];
    }
    book.dict(tree).set("Kids", below);
    assert!(tried(&book.finish()).1.is_empty());
}

#[test]
fn absurd_boxes_cost_their_page() {
    let absurd = [
        numbers([0.0, 0.0, 0.0, 0.0]),
        numbers([0.0, 0.0, 1e6, 1e6]),
        numbers([0.0, 0.0, 0.1, 500.0]),
        numbers([-9e9, -9e9, 9e9, 9e9]),
        vec![Object::Null; 4].into(),
        vec![Object::Integer(i64::MAX); 4].into(),
        Object::string_literal("box"),
        vec![Object::Array(vec![])].into(),
    ];
    for shape in absurd {
        let mut book = Book::new(6);
        book.page(3).remove(b"TrimBox");
        book.page(3).set("MediaBox", shape.clone());
        let (made, heard) = tried(&book.bytes());
        let named = ["unread-page", "page-size"];
        assert!(heard.iter().all(|h| named.contains(h)), "{heard:?} of {shape:?}");
        let sides = eye::sides(&made.expect("sheets").bytes);
        let there = sides.iter().flat_map(|s| &s.placed).filter(|p| p.page != 4).count();
        assert_eq!(there, 5, "{shape:?}");
    }
    let mut book = Book::new(3);
    for n in 0..3 {
        book.page(n).set("TrimBox", numbers([0.0, 0.0, 0.5, 0.5]));
    }
    let (made, heard) = tried(&book.bytes());
    assert!(made.is_none() && heard.contains(&"bad-pdf"), "{heard:?}");
}

#[test]
fn content_that_cannot_be_read_costs_its_page() {
    // In pieces that must be joined, with a filter that is none.
    let mut book = Book::new(6);
    let odd = dictionary! { "Filter" => "NoneDecode" };
    let piece = Object::from(book.doc.add_object(Stream::new(odd, vec![1; 50])));
    book.page(2).set("Contents", vec![piece.clone(), piece]);
    let (made, heard) = tried(&book.bytes());
    assert_eq!(heard, ["unread-page"]);
    let sides = eye::sides(&made.expect("sheets").bytes);
    assert_eq!(sides.iter().map(|s| s.placed.len()).sum::<usize>(), 5);
    // Too many pieces.
    let mut book = Book::new(6);
    let piece = Object::from(book.doc.add_object(Stream::new(dictionary! {}, vec![])));
    book.page(2).set("Contents", vec![piece; 100_000]);
    assert_eq!(tried(&book.bytes()).1, ["unread-page"]);
    // Negative control: two pieces that can be joined.
    let mut book = Book::new(6);
    let half = |book: &mut Book, text: &str| {
        Object::from(book.doc.add_object(Stream::new(dictionary! {}, text.into())))
    };
    let pieces =
        [half(&mut book, "BT /F1 12 Tf 30 150 Td"), half(&mut book, "(p3.) Tj ET")];
    book.page(2).set("Contents", pieces.to_vec());
    let (made, heard) = tried(&book.bytes());
    assert!(heard.is_empty(), "{heard:?}");
    let sides = eye::sides(&made.expect("sheets").bytes);
    assert!(sides.iter().flat_map(|s| &s.placed).any(|p| p.page == 3));
}

#[test]
fn a_page_without_content_or_resources_is_blank() {
    let mut book = Book::new(5);
    let tree = book.tree;
    book.dict(tree).remove(b"Resources");
    book.page(1).remove(b"Contents");
    book.page(2).set("Contents", Object::Null);
    book.page(3).set("Resources", 5);
    let (made, heard) = tried(&book.bytes());
    assert!(heard.is_empty(), "{heard:?}");
    let sides = eye::sides(&made.expect("sheets").bytes);
    assert_eq!(sides.iter().map(|s| s.placed.len()).sum::<usize>(), 3);
}

#[test]
fn pages_that_share_content_share_a_form() {
    let mut book = Book::new(1000);
    let large = vec![b' '; 1 << 20];
    let content = [b"BT /F1 9 Tf (p1.) Tj ET".to_vec(), large].concat();
    let content = book.doc.add_object(Stream::new(dictionary! {}, content));
    book.all("Contents", &content.into());
    let (made, heard) = tried(&book.bytes());
    assert!(heard.is_empty(), "{heard:?}");
    let len = made.expect("sheets").bytes.len();
    assert!(len < 3 << 20, "{len} bytes");
}

#[test]
fn resources_that_lead_back_to_pages_leave_them_behind() {
    let mut book = Book::new(8);
    let (page, tree) = (book.pages[3], book.tree);
    let private = dictionary! { "Back" => page, "Root" => tree, "None" => (9999, 0) };
    let font = book.doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Own" => private,
    });
    let fonts = dictionary! { "F1" => font };
    book.page(0).set("Resources", dictionary! { "Font" => fonts });
    let made = tried(&book.bytes()).0.expect("sheets");
    let doc = lopdf::Document::load_mem(&made.bytes).expect("a PDF");
    let pages = doc.objects.values().filter_map(|o| o.as_dict().ok());
    let pages = pages.filter(|d| d.has_type(b"Page")).count();
    assert_eq!(pages, 2);
}

#[test]
fn tables_of_objects_that_promise_too_much_are_refused() {
    for widths in ["9999999999999 2 1", "0 0 0", "1 99999999999 1", "0 0 0 1"] {
        let mut file = b"%PDF-1.5\n".to_vec();
        let at = file.len();
        let dict = format!(
            "1 0 obj\n<</Type/XRef/Size 3/Index[0 9999999999]/W[{widths}]/Length 4>>\n\
             stream\nabcd\nendstream\nendobj\nstartxref\n{at}\n%%EOF"
        );
        file.extend(dict.bytes());
        refused(&file, "bad-pdf");
    }
}

/// The time of a book of so many pages.
fn time(pages: usize) -> Duration {
    let book = Book::bleeding(pages).bytes();
    let start = Instant::now();
    imposed(book, &Job::new(Scheme::Perfect));
    start.elapsed()
}

#[test]
fn ten_thousand_pages_take_ten_times_as_long_as_a_thousand() {
    time(100);
    let (small, large) = (time(1000), time(10_000));
    let floor = small.max(Duration::from_millis(50));
    assert!(large < floor * 30, "{small:?} for 1 000 pages, {large:?} for 10 000");
    refused(&Book::new(20_002).bytes(), "bad-pdf");
}

/// Changed bytes here and there: whatever comes out, it comes out.
#[test]
fn files_with_a_few_wrong_bytes_end() {
    let book = || Book::bleeding(5);
    let kinds = [book().bytes(), book().saved(true), book().saved(false)];
    let mut state = 88_172_645_463_325_252_u64;
    let mut dice = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let mut made = 0;
    for n in 0..3_000 {
        let mut file = kinds[n % kinds.len()].clone();
        for _ in 0..1 + dice(8) {
            let at = dice(file.len());
            file[at] = b"0123456789 /<>[]()R\xff"[dice(20)];
        }
        let mut sink = Sink::default();
        let done = impose(&file, &Job::new(Scheme::Booklet), &mut sink);
        assert!(done.is_some() || sink.errors() > 0, "silence");
        made += usize::from(done.is_some());
    }
    assert!(made > 20, "some are still read: {made}");
}
