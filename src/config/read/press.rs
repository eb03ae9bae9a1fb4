//! What `[[edition]]` says of a printer, and `[inks]`.

use super::section::{Given, Section};
use crate::colour::ink::Spot;
use crate::config::press::{Gutter, Marks, Press, house, houses};
use crate::geom::Len;

/// The keys of an edition that only a printer has use for.
const KEYS: [&str; 8] = [
    "press",
    "profile",
    "pictures",
    "bleed",
    "marks",
    "bookmarks",
    "signature",
    "gutter",
];
/// Whether pictures are turned into the press's colours.
const PICTURES: [(&str, bool); 2] = [("convert", true), ("tagged", false)];

/// What an edition for a printer says.
pub(super) fn read(s: &mut Section) -> Press {
    let mut press = s.string("press").and_then(|g| named(s, &g)).unwrap_or_default();
    press.profile = s.string("profile").map(|g| (g.value, g.span));
    if let Some(convert) = s.choice("pictures", &PICTURES) {
        press.convert = convert.value;
    }
    if let Some(bleed) = millimetres(s, "bleed", 20.0) {
        press.bleed = bleed;
    }
    if s.has("marks") {
        press.marks = marks(s);
    }
    if let Some(bookmarks) = s.boolean("bookmarks") {
        press.bookmarks = bookmarks;
    }
    if let Some(signature) = s.integer_in("signature", 1..=64) {
        press.signature = signature.value as u16;
    }
    if let Some(gutter) = millimetres(s, "gutter", 50.0) {
        press.gutter = Gutter::Fixed(gutter);
    }
    press
}

/// An edition for screens has no use for what is a printer's.
pub(super) fn refuse(s: &mut Section) {
    for key in KEYS {
        if s.has(key) {
            s.skip(key);
            let message = format!("`{key}` is for printers, and this edition is not");
            s.reject_here(
                &message,
                "`medium = \"print\"` makes an edition for a printer",
            );
        }
    }
}

fn named(s: &mut Section, name: &Given<String>) -> Option<Press> {
    let found = house(&name.value);
    if found.is_none() {
        let names: Vec<_> = houses().into_iter().map(|h| format!("`{h}`")).collect();
        let hint = format!("allowed is {}", names.join(", "));
        s.reject(name.span, format!("`press` cannot be `{}`", name.value), hint);
    }
    found
}

/// Marks by name; an empty list is none.
fn marks(s: &mut Section) -> Marks {
    #[derive(Copy, Clone)]
    enum Kind {
        Cut,
        Register,
        Bars,
        Slug,
    }
    let words = [
        ("cut", Kind::Cut),
        ("register", Kind::Register),
        ("bars", Kind::Bars),
        ("slug", Kind::Slug),
    ];
    let mut marks = Marks::default();
    for kind in s.choices("marks", &words) {
        match kind {
            Kind::Cut => marks.cut = true,
            Kind::Register => marks.register = true,
            Kind::Bars => marks.bars = true,
            Kind::Slug => marks.slug = true,
        }
    }
    marks
}

fn millimetres(s: &mut Section, key: &'static str, most: f64) -> Option<Len> {
    let given = s.number_in(key, 0.0..=most, "mm")?;
    Some(Len::tenth_mm((given.value * 10.0).round() as i64))
}

/// The most inks that a book may have beside the four: more towers no press has.
const MOST: usize = 8;

/// `[inks]`: each key is an ink's name in themes.
pub(super) fn inks(s: &mut Section) -> Vec<Spot> {
    let mut out: Vec<Spot> = vec![];
    for (key, table) in s.named_tables() {
        if out.len() == MOST {
            let message = format!("a book may have {MOST} inks of its own");
            s.reject(key.span, message, "this ink and those after it are left out");
            break;
        }
        let mut ink = s.inner("inks", table);
        out.extend(one(&mut ink, &key));
        ink.finish();
    }
    out
}

fn one(s: &mut Section, key: &Given<String>) -> Option<Spot> {
    let rgb = s.string("rgb").and_then(|g| {
        let found = hex(&g.value);
        if found.is_none() {
            let message = format!("`{}` is no colour", g.value);
            s.reject(g.span, message, "write it as `#c8102e`");
        }
        found
    });
    let cmyk = percents(s);
    let name = s.string("name").map_or_else(|| key.value.clone(), |g| g.value);
    if matches!(
        name.as_str(),
        "" | "All" | "None" | "Cyan" | "Magenta" | "Yellow" | "Black"
    ) {
        let message = format!("an ink of the book's own cannot be named `{name}`");
        s.reject(key.span, message, "use the name that the printer knows it by");
        return None;
    }
    let rgb = rgb.or(cmyk.map(screen));
    if rgb.is_none() {
        s.reject(
            key.span,
            "an ink needs a colour for screens",
            "such as `rgb = \"#c8102e\"`",
        );
    }
    let rgb = rgb?;
    let cmyk = cmyk.unwrap_or_else(|| plates(rgb));
    Some(Spot { key: key.value.clone(), name, rgb, cmyk })
}

fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let n = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = n.to_be_bytes();
    Some([r, g, b])
}

/// Four numbers from 0 to 100.
fn percents(s: &mut Section) -> Option<[u8; 4]> {
    let given = s.integers("cmyk")?;
    let all: Option<Vec<u8>> =
        given.value.iter().map(|n| u8::try_from(*n).ok().filter(|n| *n <= 100)).collect();
    let four = all.and_then(|all| <[u8; 4]>::try_from(all).ok());
    if four.is_none() {
        let hint = "four numbers from 0 to 100, such as `cmyk = [0, 100, 75, 4]`";
        s.reject(given.span, "these are not cyan, magenta, yellow and black", hint);
    }
    four
}

/// What stands for four plates on a screen: each takes its share of the light.
fn screen([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    let light = |n: u8| u32::from(100 - n) * u32::from(100 - k) * 255 / 10_000;
    [c, m, y].map(|n| light(n) as u8)
}

/// And the other way.
fn plates(rgb: [u8; 3]) -> [u8; 4] {
    let most = u32::from(rgb.into_iter().max().unwrap_or_default());
    let k = 100 - most * 100 / 255;
    let part = |c: u8| (most - u32::from(c)) * 100 / most.max(1);
    let [c, m, y] = rgb.map(|c| part(c) as u8);
    [c, m, y, k as u8]
}
