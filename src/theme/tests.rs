//! The built-in looks: what parses, what stands out, what has a rule.

use super::*;

/// How light a colour such as `#2a5` is, as WCAG 2.2 counts (relative luminance).
fn luminance(hex: &str) -> f64 {
    let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    let part = |i: usize| match digits.len() {
        3 => f64::from(digits[i] * 17) / 255.0,
        _ => f64::from(digits[i * 2] * 16 + digits[i * 2 + 1]) / 255.0,
    };
    let linear = |c: f64| match c {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(part(0)) + 0.7152 * linear(part(1)) + 0.0722 * linear(part(2))
}

#[test]
fn colours_can_be_read_on_white_and_on_black() {
    assert!((luminance("fff") - 1.0).abs() < 1e-9 && luminance("000000") < 1e-9);
    for row in BUILTIN {
        let (name, css) = (row.0, built_in(row).1);
        let colours: Vec<_> = css.split("color: #").skip(1).collect();
        assert!(!colours.is_empty(), "{name}");
        for rest in colours {
            let hex = rest.split(';').next().unwrap_or_default();
            let l = luminance(hex);
            let (white, black) = (1.05 / (l + 0.05), (l + 0.05) / 0.05);
            assert!(white >= 4.5 && black >= 4.5, "#{hex}: {white:.2}, {black:.2}");
        }
    }
}
#[test]
fn every_class_that_has_a_look_has_a_rule() {
    for row in BUILTIN {
        let (name, css) = (row.0, built_in(row).1);
        let theme = named(name, &mut Sink::default());
        assert!(!theme.tokens.is_empty(), "{name}");
        for class in theme.tokens.keys() {
            let rule = format!(".tok-{}", class.name());
            assert!(css.contains(&rule), "{name}: {rule}");
        }
    }
}
#[test]
fn built_in_themes_parse() {
    for row in BUILTIN {
        let mut sink = Sink::default();
        let mut table = toml::from_str(BUILTIN[0].1).expect("the default theme");
        if row.0 != "default" {
            layer::over(&mut table, row.1, FileId::default(), &[], &mut sink);
        }
        assert_eq!(sink.list(), [], "{}", row.0);
        let theme = table.try_into::<Theme>();
        assert_eq!(theme.map(|t| t.headings.len()), Ok(6), "{}", row.0);
    }
}
fn own(toml: &str) -> (Theme, Vec<(&'static str, u32, u32)>) {
    let mut sink = Sink::default();
    let file = FileId::default();
    let own = Own { name: "default", toml: Some((toml, file)), ..Own::default() };
    let theme = of(&own, &mut sink);
    let span = |d: &Diagnostic| d.span.map_or((0, 0), |s| (s.start, s.end));
    let faults = sink.list().iter().map(|d| (d.code.name, span(d).0, span(d).1));
    (theme, faults.collect())
}
#[test]
fn a_key_changes_what_it_says_and_nothing_else() {
    let (before, _) = own("");
    let (after, faults) = own("[quote.look]\nsize = 900\n");
    assert_eq!(faults, []);
    assert_eq!(after.quote.look.size, 900);
    let mut back = after.clone();
    back.quote = before.quote;
    assert_eq!(format!("{back:?}"), format!("{before:?}"));
    // In a list, one of its entries; a key that the base leaves out.
    let (after, faults) =
        own("headings = [{}, { lines = 4 }]\ntokens.string.black = 40\n");
    assert_eq!(faults, []);
    assert_eq!(after.headings[1].lines, 4);
    assert_eq!(after.headings[0], before.headings[0]);
    assert_eq!(after.tokens.len(), before.tokens.len() + 1);
    // Another base.
    let (after, faults) = own("base = \"novel\"\n");
    assert_eq!(faults, []);
    assert!(after.centered_folios && !before.centered_folios);
}
#[test]
fn faults_of_a_theme_name_their_place_and_cost_only_themselves() {
    let cases = [
        ("colour = 1", "unknown-key"),
        ("body.bolt = true", "unknown-key"),
        ("body.size = \"big\"", "bad-value"),
        ("body.size = 99999", "bad-value"),
        ("body.size = 1.5", "bad-value"),
        ("body.han = \"comic\"", "bad-value"),
        ("body = 3", "bad-value"),
        ("headings = [{},{},{},{},{},{},{lines = 2}]", "unknown-key"),
        ("base = \"baroque\"", "bad-value"),
        ("tokens.nothing.bold = true", "unknown-key"),
    ];
    for (line, name) in cases {
        let text = format!("# 题\n{line}\nnote.size = 700\n");
        let (theme, faults) = own(&text);
        let [(found, from, to)] = faults[..] else { panic!("{line}: {faults:?}") };
        assert_eq!(found, name, "{line}");
        let line = 6..6 + line.len() as u32;
        assert!(line.contains(&from) && to <= line.end, "{text}: {from}..{to}");
        assert_eq!(theme.note.size, 700, "{text}");
    }
    let (_, faults) = own("body = {{{");
    assert_eq!(faults[0].0, "bad-toml");
    let (_, faults) = own(&"[[x]]\n".repeat(5_000));
    assert!(faults.len() <= 5_000);
}
#[test]
fn a_style_sheet_names_no_file() {
    let mut sink = Sink::default();
    let css = Some(("p { color: red }\n@import 'x';", FileId::default()));
    let own = Own { name: "default", css, ..Own::default() };
    assert!(!of(&own, &mut sink).css.contains("@import"));
    assert_eq!(sink.list()[0].span.map(|s| s.start), Some(17));
    let css = Some(("p { color: red }", FileId::default()));
    assert!(of(&Own { css, ..own }, &mut sink).css.ends_with("p { color: red }"));
}
