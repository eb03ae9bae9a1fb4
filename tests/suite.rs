//! Runs the cases in `tests/suite/`: text in, text out, at the earliest stage
//! that shows the fault. `BLESS=1` writes what came out; read it before you
//! commit it. `CASE=name` runs the cases whose names hold that.
//!
//! A case that stands for a requirement runs once more as its own control: with
//! the rule switched off, or with an input to which it does not apply, other
//! lines must come out. Otherwise the case would pass without the rule. At the
//! end it compares `tests/CLREQ.md` with what the cases prove.

use crate::common::case;
use crate::common::matrix;
use crate::common::stage;

use case::{Case, Sections};
use std::path::Path;

#[test]
fn suite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let only = std::env::var("CASE").unwrap_or_default();
    let bless = std::env::var_os("BLESS").is_some();
    let (mut ran, mut failed) = (0, vec![]);
    for (stage, file) in case::files(&root) {
        let text = std::fs::read_to_string(&file).expect("a case file");
        let mut blessed = String::new();
        for case in case::cases(&text) {
            let skip = !case.name.contains(&only);
            ran += usize::from(!skip);
            let (got, why) =
                if skip { (case.sections.clone(), None) } else { tried(&stage, &case) };
            if let Some(why) = why {
                let file = file.strip_prefix(&root).unwrap_or(&file).display();
                failed.push(format!("{file}: {}\n{why}", case.name));
            }
            case::write(&mut blessed, &case, &got);
        }
        if bless {
            std::fs::write(&file, blessed).expect("a case file");
        }
    }
    assert!(ran > 0, "no case ran");
    assert!(failed.is_empty(), "{} of {ran} cases:\n{}", failed.len(), failed.join("\n"));
    if only.is_empty() {
        matrix::check(bless);
    }
}

/// What came out of a case, and why it fails. Blessing takes whatever comes out,
/// but a control that shows nothing or a setting that is none fails all the same.
fn tried(stage: &str, case: &Case) -> (Sections, Option<String>) {
    let got = match stage::run(stage, case) {
        Ok(got) => got,
        Err(why) => return (case.sections.clone(), Some(why)),
    };
    let bless = std::env::var_os("BLESS").is_some();
    let why = match got != case.sections && !bless {
        true => Some(difference(&case.sections, &got)),
        false => controlled(stage, case, &got).err(),
    };
    (got, why)
}

/// Whether a case could fail: each of its controls gives other lines.
fn controlled(stage: &str, case: &Case, got: &Sections) -> Result<(), String> {
    let controls = case.controls()?;
    if case.proves() && controls.is_empty() {
        return Err("it stands for a requirement and has no control".into());
    }
    for control in controls {
        let other = stage::run(stage, &control)?;
        if shape(stage, got) == shape(stage, &other) {
            let other = other.first().map_or("", |s| &s.1);
            return Err(format!("its control shows no difference:\n{other}"));
        }
    }
    Ok(())
}

fn difference(want: &[(String, String)], got: &[(String, String)]) -> String {
    let text = |s: &[(String, String)]| {
        s.iter().map(|(n, t)| format!("--- {n}\n{t}")).collect::<String>()
    };
    format!("want\n{}got\n{}", text(want), text(got))
}

/// What a control must change: the ends, places and fit of lines, the structure
/// of the model; characters alone are no difference.
fn shape(stage: &str, got: &Sections) -> String {
    let text = got.first().map_or("", |s| &s.1).replace(['\u{200b}', '\u{2060}'], "");
    let letters = |c: char| if c.is_alphanumeric() { '□' } else { c };
    match stage {
        "cjk" | "line" => text.lines().map(|l| places(l) + "\n").collect(),
        "markdown" => text.chars().map(letters).collect(),
        _ => text,
    }
}

/// A line without its characters.
fn places(line: &str) -> String {
    let parts = line.split_once('|').and_then(|(n, l)| Some((n, l.rsplit_once('|')?)));
    let Some((number, (text, fit))) = parts else { return line.to_string() };
    let mut amount = false;
    let bare = text.chars().map(|c| {
        amount = (amount || c == '⟨') && c != '⟩';
        if amount || c == '⟩' || c.is_whitespace() { c } else { '□' }
    });
    format!("{number}|{}|{fit}", bare.collect::<String>())
}
