//! `[cover]`: the wrap of the printed book.

use super::section::Section;
use crate::colour::ink::Spot;
use crate::config::cover::{Background, Cover, paper, papers, thickness};
use crate::geom::Len;

/// What a background may lie behind: whether the front alone.
const ON: &[(&str, bool)] = &[("wrap", false), ("front", true)];

/// Reads the section.
pub(super) fn read(s: &mut Section, inks: &[Spot]) -> Cover {
    let default = Cover::default();
    let front = s.choice("background-on", ON).is_some_and(|g| g.value);
    let background =
        s.string("background").map(|g| Background { path: g.value, span: g.span, front });
    if background.is_none() && s.has("background-on") {
        let hint = "such as `background = \"images/cover.svg\"`";
        s.reject_here("`background-on` needs a `background`", hint);
    }
    let cover = Cover {
        leaf: leaf(s).unwrap_or(default.leaf),
        spine: millimetres(s, "spine", 0.0, 150.0),
        flaps: millimetres(s, "flaps", 0.0, 200.0).unwrap_or(default.flaps),
        bleed: millimetres(s, "bleed", 0.0, 20.0).unwrap_or(default.bleed),
        background,
        text: s.boolean("text").unwrap_or(default.text),
        spine_text: s.boolean("spine-text").unwrap_or(default.spine_text),
        ink: ink(s, inks),
        tint: s.integer_in("tint", 0..=40).map_or(default.tint, |g| g.value as u8),
        price: s.text_of("price").map(|g| g.value).filter(|p| !p.is_empty()),
        category: s.string("category").map(|g| g.value),
        add_on: add_on(s).unwrap_or_default(),
        span: s.place(),
    };
    s.finish();
    cover
}

/// The ink of the ground, by its name in `[inks]`.
fn ink(s: &mut Section, inks: &[Spot]) -> Option<u8> {
    let given = s.string("ink")?;
    let found = inks.iter().position(|i| i.key == given.value);
    if found.is_none() {
        let known: Vec<_> = inks.iter().map(|i| format!("`{}`", i.key)).collect();
        let hint = match known.is_empty() {
            true => "`[inks.red]` with `rgb = \"#c8102e\"` makes one".to_string(),
            false => format!("the book has {}", known.join(", ")),
        };
        s.reject(given.span, format!("the book has no ink `{}`", given.value), hint);
    }
    u8::try_from(found?).ok()
}

/// Thickness of a leaf: measured, or from grams and bulk, or by the paper's name.
fn leaf(s: &mut Section) -> Option<i64> {
    let named = s.string("paper").and_then(|given| {
        let found = paper(&given.value);
        if found.is_none() {
            let message = format!("`{}` is no paper that keben knows", given.value);
            let hint = format!(
                "allowed is such as {}, with 30 to 400 grams; or say `gsm` and `bulk`, \
                 or `leaf`",
                papers()
            );
            s.reject(given.span, message, hint);
        }
        found
    });
    let gsm = s.number_in("gsm", 30.0..=400.0, "g/m²").map(|g| g.value);
    let bulk = s.number_in("bulk", 0.5..=3.0, "cm³/g").map(|g| g.value);
    let weighed = gsm.map(|g| thickness(g, bulk.unwrap_or(1.25)));
    if gsm.is_none() && bulk.is_some() && !s.has("gsm") {
        s.reject_here("`bulk` needs the weight of the paper", "such as `gsm = 80`");
    }
    let measured = s.number_in("leaf", 0.02..=1.0, "mm");
    measured.map(|g| (g.value * 1000.0).round() as i64).or(weighed).or(named)
}

fn millimetres(s: &mut Section, key: &'static str, low: f64, high: f64) -> Option<Len> {
    let given = s.number_in(key, low..=high, "mm")?;
    Some(Len::tenth_mm((given.value * 10.0).round() as i64))
}

/// Two digits of a periodical's issue or five of a price.
fn add_on(s: &mut Section) -> Option<String> {
    let given = s.text_of("add-on")?;
    let digits = given.value.chars().all(|c| c.is_ascii_digit());
    if digits && matches!(given.value.len(), 0 | 2 | 5) {
        return Some(given.value);
    }
    let message = format!("`{}` is no add-on of a barcode", given.value);
    s.reject(given.span, message, "it has 2 or 5 digits, in quotation marks");
    None
}

#[cfg(test)]
mod tests {
    use crate::config::{Cover, read};
    use crate::diag::Sink;
    use crate::geom::Len;
    use crate::source::Sources;

    fn settings(text: &str) -> (Cover, Vec<String>) {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let file = sources.add("book.toml", text);
        let cover = read(text, file, &mut sink).cover;
        let said = sink.list().iter().map(|d| d.code.name.to_string() + " " + &d.message);
        (cover, said.collect())
    }

    #[test]
    fn a_leaf_is_measured_or_weighed_or_named() {
        let cases = [
            ("", 100),
            ("paper = \"light-70\"", 119),
            ("paper = \"light-70\"\ngsm = 100", 125),
            ("gsm = 70\nbulk = 1.8", 126),
            ("gsm = 70\nbulk = 1.8\nleaf = 0.13", 130),
        ];
        for (text, want) in cases {
            let (cover, said) = settings(&format!("[cover]\n{text}"));
            assert_eq!((cover.leaf, said), (want, vec![]), "{text}");
        }
    }

    #[test]
    fn what_is_said_is_taken() {
        let (cover, said) = settings(
            "[cover]\nflaps = 80\nbleed = 5\ntext = false\nspine-text = false\n\
             tint = 0\nprice = \"9元\"\nadd-on = 52250\nbackground = \"a.svg\"",
        );
        assert!(said.is_empty(), "{said:?}");
        assert_eq!((cover.flaps, cover.bleed), (Len::tenth_mm(800), Len::tenth_mm(50)));
        assert!(!cover.text && !cover.spine_text && cover.tint == 0);
        assert_eq!(
            (cover.price.as_deref(), cover.add_on.as_str()),
            (Some("9元"), "52250")
        );
        assert!(cover.background.is_some_and(|b| b.path == "a.svg" && !b.front));
    }

    #[test]
    fn what_is_wrong_costs_only_itself() {
        let cases = [
            ("paper = \"offset\"", "`offset` is no paper"),
            ("paper = 80", "text in quotation marks"),
            ("gsm = 4", "`gsm` cannot be 4"),
            ("bulk = 1.2", "`bulk` needs the weight"),
            ("leaf = -1", "`leaf` cannot be -1"),
            ("flaps = \"wide\"", "a number"),
            ("add-on = \"12a\"", "no add-on"),
            ("tint = 100", "`tint` cannot be 100"),
            ("background-on = \"front\"", "needs a `background`"),
            ("spin = 9", "no setting `spin`"),
        ];
        for (text, want) in cases {
            let (cover, said) = settings(&format!("[cover]\n{text}"));
            assert!(said.len() == 1 && said[0].contains(want), "{text}: {said:?}");
            assert_eq!(cover.leaf, 100, "{text}");
        }
    }
}
