//! Fonts as they are in the files: subsets with tags, a text for every glyph, widths
//! that are the font's own; and that what is copied is what was typed.

use crate::common::pdf::{Mark, read};
use crate::reader::books::{BOOKS, book};
use crate::reader::spoil::SPOILS;
use std::collections::BTreeSet;

/// What is wrong with the fonts of a file.
fn faults(pdf: &[u8]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for page in read(pdf) {
        for glyph in page.glyphs.iter().filter(|g| !g.in_form) {
            let (font, code) = (&glyph.font, glyph.code);
            let tag =
                font.tag.len() == 6 && font.tag.bytes().all(|b| b.is_ascii_uppercase());
            if !tag {
                out.insert(format!("{} has no tag of six capitals", font.name));
            }
            let text = font.text(code);
            if text.is_empty() || text.contains(['\0', '\u{feff}', '\u{fffe}']) {
                out.insert(format!("{} has no text for glyph {code}", font.name));
            }
            // Han are not copied as radicals, unless they were typed so.
            if text.contains(|c| matches!(c, '\u{2e80}'..='\u{2fdf}'))
                && !glyph.text.is_empty()
            {
                out.insert(format!("{} copies {text}", font.name));
            }
            // Widths are written in whole thousandths, rounded down.
            let own = font.advance(code).filter(|a| (a - font.width(code)).abs() < 0.001);
            if own.is_none() {
                let width = font.width(code);
                out.insert(format!("{}: glyph {code} is as wide as {width}", font.name));
            }
            if glyph.mark == Mark::None {
                out.insert(format!("“{}” is in no marked content", glyph.text));
            }
        }
    }
    out
}

#[test]
fn every_glyph_has_a_text_and_its_width() {
    for b in BOOKS.iter() {
        let mut found = faults(&b.pdf);
        // One book has radicals in it.
        found.retain(|f| b.name != "tongues" || !f.ends_with(['⼀', '⼈']));
        assert_eq!(found, BTreeSet::new(), "{}", b.name);
    }
    // Negative controls: what spoils fonts is found, and nothing else.
    for spoil in SPOILS {
        let found = !faults(&spoil.done(&book("everything").pdf)).is_empty();
        assert_eq!(found, spoil.name.contains("font"), "{}", spoil.name);
    }
}
