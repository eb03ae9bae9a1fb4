//! Negative controls: a reading of which one thing is spoiled. Exactly one check
//! must say so, and say it of that place alone.

use crate::common::pdf::{Glyph, Page};
use crate::lines_pdf::case::{DENSE, row};
use crate::lines_pdf::check::{CHECKS, Hanging, LineEnd, Punctuation, Rules};
use crate::lines_pdf::class::Class;
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::{Paragraph, Reading};
use crate::lines_pdf::spoil::{self, Stock};

/// What is spoiled, who must see it, and how: `false` where there is no such
/// place.
struct Control {
    what: &'static str,
    check: &'static str,
    spoil: Spoil,
}

enum Spoil {
    Paragraph(fn(&mut Paragraph, &Stock) -> bool),
    Page(fn(&mut Page) -> bool),
}

const fn text(
    what: &'static str,
    check: &'static str,
    spoil: fn(&mut Paragraph, &Stock) -> bool,
) -> Control {
    Control { what, check, spoil: Spoil::Paragraph(spoil) }
}

const fn page(
    what: &'static str,
    check: &'static str,
    spoil: fn(&mut Page) -> bool,
) -> Control {
    Control { what, check, spoil: Spoil::Page(spoil) }
}

/// A line that ends between a number and 年, because nothing else will do.
const YEARS: &str = "一二三四五2024年天地玄黄宇宙洪荒日月盈昃……\n";

const CONTROLS: &[Control] = &[
    text("a comma begins a line", "prohibition", spoil::comma_begins),
    text("a bracket ends a line", "prohibition", spoil::open_ends),
    text("an ellipsis is split", "whole", spoil::split),
    text("37|℃", "tokens", spoil::celsius),
    text("10| km", "units", spoil::kilometres),
    text("two Han change places", "order", spoil::swap),
    text("a line begins late", "start", spoil::late),
    text("a line ends late", "end", spoil::long),
    text("a Han is moved", "solid", spoil::uneven),
    text("a comma's blank is another's", "marks", spoil::blank),
    text("an interpunct is off its middle", "marks", spoil::interpunct),
    text("marks that hug stand closer", "adjacent", spoil::hug),
    text("a gap by Latin is too wide", "han-latin", spoil::wide),
    text("a stop is squeezed first", "tiers", spoil::stop),
    text("a dash is no rule", "dashes", spoil::no_rule),
    text("an ellipsis has no dots", "ellipses", spoil::no_dots),
    page("a glyph slants", "upright", |p| glyph(p, |g| g.matrix.c = 0.2)),
    page("a glyph is too wide", "upright", |p| glyph(p, |g| g.matrix.a = 1.05)),
    page("a glyph is outlined too", "upright", |p| glyph(p, |g| g.mode = 2)),
];

/// Spoils the first place that can be; every check in turn is asked.
fn held(control: &Control, clean: &Reading) -> Option<String> {
    let mut r = clean.clone();
    let stock = Stock::of(&crate::lines_pdf::BOOK);
    let spoiled = match control.spoil {
        Spoil::Paragraph(f) => r.paragraphs.iter_mut().any(|p| f(p, &stock)),
        Spoil::Page(f) => r.pages.iter_mut().any(f),
    };
    if !spoiled {
        return None;
    }
    let faults = |c: &crate::lines_pdf::check::Check| (c.run)(&r, &Rules::USUAL).faults;
    let all = CHECKS.iter().map(|c| (c.name, faults(c)));
    let all: Vec<_> = all.filter(|c| !c.1.is_empty()).collect();
    let alone =
        matches!(&all[..], [(name, some)] if *name == control.check && some.len() < 3);
    Some(if alone { String::new() } else { format!("{}: {all:#?}", control.what) })
}

fn glyph(page: &mut Page, spoil: fn(&mut Glyph)) -> bool {
    let one = page.glyphs.iter_mut().find(|g| g.text == "的");
    one.map(spoil).is_some()
}

#[test]
fn each_check_sees_its_fault_and_no_other_does() {
    let small = |page, text| row(page, "", text, Rules::USUAL, &[]);
    let dense = small("chars = 28", DENSE).reading("control-28");
    let narrow = small("chars = 14", DENSE).reading("control-14");
    let years = small("chars = 10", YEARS).reading("control-10");
    for control in CONTROLS {
        let readings = [&*crate::lines_pdf::BOOK, &dense, &narrow, &years];
        let said = readings.iter().find_map(|r| held(control, r));
        assert_eq!(said.as_deref(), Some(""), "{}", control.what);
    }
    for check in CHECKS {
        assert!(CONTROLS.iter().any(|c| c.check == check.name), "{}", check.name);
    }
}

/// The checks that report something of the bundled book, held to other settings.
fn reporting(r: &Reading, rules: &Rules) -> Vec<&'static str> {
    let all = CHECKS.iter().filter(|c| !(c.run)(r, rules).faults.is_empty());
    all.map(|c| c.name).collect()
}

#[test]
fn settings_are_told_apart() {
    let usual = Rules::USUAL;
    let book = |rules| reporting(&crate::lines_pdf::BOOK, &rules);
    assert_eq!(book(Rules { line_end: LineEnd::Full, ..usual }), ["end"]);
    assert_eq!(book(Rules { line_end: LineEnd::Auto, ..usual }), [""; 0]);
    let loose = ["adjacent", "tiers"];
    assert_eq!(book(Rules { punctuation: Punctuation::Half, ..usual }), loose);
    assert_eq!(book(Rules { punctuation: Punctuation::Kaiming, ..usual }), loose);
}

#[test]
fn a_mark_may_hang_where_the_setting_says() {
    let mut r = crate::lines_pdf::BOOK.clone();
    let ends = |p: &&mut Paragraph| {
        let stop = |l: &Line| l.cells.last().is_some_and(|c| c.class == Class::Comma);
        p.lines.len() > 2 && stop(&p.lines[1])
    };
    let p = r.paragraphs.iter_mut().find(ends).expect("a comma at a line's end");
    let n = p.lines[1].cells.len();
    spoil::shift(&mut p.lines[1], n - 1, n, 0.5);
    let end = CHECKS.iter().find(|c| c.name == "end").expect("the check");
    for (hanging, faults) in [(Hanging::Off, 1), (Hanging::Stops, 0), (Hanging::All, 0)] {
        let rules = Rules { hanging, ..Rules::USUAL };
        assert_eq!((end.run)(&r, &rules).faults.len(), faults, "{hanging:?}");
    }
}
