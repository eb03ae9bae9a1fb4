//! The eye itself, tested: every operator that moves a glyph, in a file written
//! by hand, with places worked out by hand.

use crate::common::pdf::{Glyph, Ink};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// Code 1 is .5 em wide and reads 甲, code 2 is 1 em and reads 乙丙, code 5 is .3
/// em and reads 戊.
const CMAP: &str = "%!PS-Adobe-3.0 Resource-CMap\n1 begincodespacerange\n<0000> <ffff>\n\
    endcodespacerange\n2 beginbfchar\n<0001> <7532>\n<0002> <4e594e19>\nendbfchar\n\
    1 beginbfrange\n<0004> <0005> <6209>\nendbfrange\n";

fn cff() -> Vec<u8> {
    let data = include_bytes!("../fonts/KebenTest-Regular.otf");
    let font = skrifa::FontRef::new(data).expect("the tests' font");
    font.table_data(skrifa::Tag::new(b"CFF ")).expect("a CFF font").as_bytes().to_vec()
}

fn font(doc: &mut Document) -> Dictionary {
    let file = doc.add_object(Stream::new(dictionary! {}, cff()));
    let text = doc.add_object(Stream::new(dictionary! {}, CMAP.into()));
    let row = vec![Object::Integer(500), Object::Real(1000.0)];
    let inner = dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0",
        "DW" => 1000,
        "W" => vec![1.into(), row.into(), 4.into(), 6.into(), 300.into()],
        "FontDescriptor" => dictionary! { "FontFile3" => file },
    };
    dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H",
        "BaseFont" => "ABCDEF+Test-Regular", "ToUnicode" => text,
        "DescendantFonts" => vec![inner.into()],
    }
}

/// The glyphs of a page with this content, and a form with that.
fn glyphs(content: &str, form: &str) -> Vec<Glyph> {
    let mut doc = Document::with_version("1.7");
    let font = font(&mut doc);
    let font = doc.add_object(font);
    let fonts = dictionary! { "Font" => dictionary! { "F" => font } };
    let matrix = [1, 0, 0, 1, 0, 50].map(Object::Integer).to_vec();
    let form = Stream::new(
        dictionary! { "Subtype" => "Form", "Matrix" => matrix, "Resources" => fonts.clone() },
        form.into(),
    );
    let form = doc.add_object(form);
    let mut resources = fonts;
    resources.set("XObject", dictionary! { "X" => form });
    let pages = doc.new_object_id();
    let content = doc.add_object(Stream::new(dictionary! {}, content.into()));
    let page = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
    });
    let kids = vec![page.into()];
    // Resources are inherited from the tree.
    let tree = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => 1, "Resources" => resources,
    };
    doc.objects.insert(pages, tree.into());
    let root = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    doc.trailer.set("Root", root);
    let mut bytes = vec![];
    doc.save_to(&mut bytes).expect("a file");
    crate::common::pdf::read(&bytes).remove(0).glyphs
}

/// Text, place, size and advance, in hundredths.
fn shown(glyphs: &[Glyph]) -> Vec<(String, i64, i64, i64, i64)> {
    let n = |v: f64| (v * 100.0).round() as i64;
    let one = |g: &Glyph| (g.text.clone(), n(g.x), n(g.y), n(g.size), n(g.advance));
    glyphs.iter().map(one).collect()
}

fn is(got: &[Glyph], wanted: &[(&str, i64, i64, i64, i64)]) {
    let wanted: Vec<_> =
        wanted.iter().map(|w| (w.0.to_string(), w.1, w.2, w.3, w.4)).collect();
    assert_eq!(shown(got), wanted);
}

#[test]
fn matrices_and_moves() {
    let got = glyphs(
        "q 2 0 0 2 10 20 cm BT /F 10 Tf 1 0 0 1 5 6 Tm [<0001> -500 <0002>] TJ ET Q\n\
         BT /F 10 Tf 14 TL 100 700 Td <0001> Tj <0005> Tj T* <0001> Tj\n\
         3 -20 TD <0001> Tj <0002> ' 0 2 <00010003> \" ET",
        "",
    );
    is(
        &got,
        &[
            ("甲", 2000, 3200, 2000, 1000),
            ("乙丙", 4000, 3200, 2000, 2000),
            ("甲", 10000, 70000, 1000, 500),
            ("戊", 10500, 70000, 1000, 300),
            ("甲", 10000, 68600, 1000, 500),
            ("甲", 10300, 66600, 1000, 500),
            ("乙丙", 10300, 64600, 1000, 1000),
            // Two more for each glyph; code 3 has the usual width and no text.
            ("甲", 10300, 62600, 1000, 500),
            ("", 11000, 62600, 1000, 1000),
        ],
    );
    assert_eq!(got[0].font.name, "Test-Regular");
}

#[test]
fn spacing_scale_rise_mode_and_slant() {
    let got = glyphs(
        "BT /F 10 Tf 1 Tc 50 Tz 3 Ts 2 Tr 1 0 0 1 0 0 Tm <00010001> Tj ET\n\
         BT 0 Tc 100 Tz 0 Ts 0 Tr 1 0 .2 1 0 0 Tm <0001> Tj ET",
        "",
    );
    let wanted =
        [("甲", 0, 300, 1000, 250), ("甲", 300, 300, 1000, 250), ("甲", 0, 0, 1020, 500)];
    is(&got, &wanted);
    assert_eq!(got.iter().map(|g| g.mode).collect::<Vec<_>>(), [2, 2, 0]);
    let m = got[0].matrix;
    assert_eq!([m.a, m.b, m.c, m.d], [0.5, 0.0, 0.0, 1.0]);
    assert!((got[2].matrix.c - 0.2 / 1.04_f64.sqrt()).abs() < 1e-6);
}

#[test]
fn marks_and_forms() {
    let got = glyphs(
        "BT /F 10 Tf /Span <</ActualText <feff4e00>>> BDC <00010001> Tj EMC\n\
         /Span BMC <0001> Tj EMC ET q 1 0 0 1 7 0 cm /X Do Q BT <0001> Tj ET",
        "BT /F 5 Tf <0001> Tj ET",
    );
    is(
        &got,
        &[
            ("一", 0, 0, 1000, 500),
            ("", 500, 0, 1000, 500),
            ("甲", 1000, 0, 1000, 500),
            ("甲", 700, 5000, 500, 250),
            ("甲", 0, 0, 1000, 500),
        ],
    );
    assert_eq!(
        got.iter().map(|g| g.in_form).collect::<Vec<_>>(),
        [false, false, false, true, false]
    );
}

/// Whether all glyphs of a character have ink that is as `f` says; how many.
fn inked(text: &str, f: fn(&Ink) -> bool) -> usize {
    let all = crate::lines_pdf::BOOK.pages.iter().flat_map(|p| &p.glyphs);
    let inks = all.filter(|g| g.text == text && g.font.han).map(|g| (g, g.ink()));
    inks.map(|(g, ink)| {
        let ink = ink.unwrap_or_else(|| panic!("{text} has ink"));
        assert!(f(ink), "{text} in {}: {ink:?}", g.font.name);
    })
    .count()
}

#[test]
fn ink_is_that_of_its_character() {
    let flat = |i: &Ink| i.x1 - i.x0 > 0.7 && i.y1 - i.y0 < 0.25 && i.spans.len() == 1;
    assert!(inked("一", flat) > 9);
    assert!(inked("。", |i| i.x0 > 0.0 && i.x1 < 0.5 && i.y1 < 0.35) > 99);
    assert!(inked("十", |i| i.x1 - i.x0 > 0.7 && i.y1 - i.y0 > 0.7) > 9);
    assert!(inked("……", |i| i.spans.len() == 6) + inked("…", |i| i.spans.len() == 3) > 0);
    // An outline of the other kind.
    let kai = |g: &&Glyph| g.font.name.contains("WenKai") && g.text == "一";
    let all = crate::lines_pdf::BOOK.pages.iter().flat_map(|p| &p.glyphs);
    assert!(all.filter(kai).all(|g| g.ink().is_some_and(flat)));
}
