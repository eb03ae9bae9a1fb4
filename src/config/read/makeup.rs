//! `[page]`, its other half: which pages the book has, where they begin, where
//! their numbers stand.

use super::section::Section;
use crate::config::{FolioPlace, FolioStyle, Makeup, Pause, Start};

const STARTS: &[(&str, Start)] = &[("next", Start::Next), ("recto", Start::Recto)];
const STYLES: &[(&str, FolioStyle)] =
    &[("roman", FolioStyle::Roman), ("arabic", FolioStyle::Arabic)];
const PLACES: &[(&str, FolioPlace)] =
    &[("outer", FolioPlace::Outer), ("center", FolioPlace::Center)];
const PAUSES: &[(&str, Pause)] = &[
    ("stars", Pause::Stars),
    ("dots", Pause::Dots),
    ("rule", Pause::Rule),
    ("blank", Pause::Blank),
];

#[derive(Copy, Clone, Eq, PartialEq)]
enum List {
    Figures,
    Tables,
}
const LISTS: &[(&str, List)] = &[("figures", List::Figures), ("tables", List::Tables)];

/// Reads the keys; those of measures are read elsewhere.
pub(super) fn read(s: &mut Section) -> Makeup {
    let default = Makeup::default();
    let chapter_start = s.choice("chapter-start", STARTS).map(|g| g.value);
    let front_folio = s.choice("front-folio", STYLES).map(|g| g.value);
    let folio = s.choice("folio", PLACES).map(|g| g.value);
    let pause = s.choice("break", PAUSES).map(|g| g.value);
    // Of one line an initial is none; of more than four it is a picture.
    let drop_cap =
        s.integer_in("drop-cap", 0..=4).and_then(|g| u8::try_from(g.value).ok());
    let lists = s.choices("lists", LISTS);
    Makeup {
        half_title: s.boolean("half-title").unwrap_or(default.half_title),
        part_page: s.boolean("part-page").unwrap_or(default.part_page),
        chapter_start: chapter_start.unwrap_or(default.chapter_start),
        front_folio: front_folio.unwrap_or(default.front_folio),
        folio: folio.or(default.folio),
        figures: lists.contains(&List::Figures),
        tables: lists.contains(&List::Tables),
        drop_cap: drop_cap.filter(|n| *n > 1).unwrap_or(default.drop_cap),
        pause: pause.unwrap_or(default.pause),
    }
}
