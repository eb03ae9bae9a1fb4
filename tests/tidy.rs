//! The shape of the source tree, kept by tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every arrow between top-level modules. A module may use those named beside
/// it, and only ones listed above it, so nothing can ever point back.
const LAYERS: &[(&str, &[&str])] = &[
    ("geom", &[]),
    ("colour", &[]),
    ("source", &[]),
    ("cjk", &[]),
    ("highlight", &[]),
    ("diag", &["source"]),
    ("book", &["source", "diag"]),
    ("font", &["geom", "diag"]),
    ("picture", &["colour", "font"]),
    ("math", &["cjk"]),
    ("theme", &["colour", "geom", "source", "highlight", "diag", "font"]),
    ("config", &["colour", "geom", "source", "diag", "book", "cjk", "font"]),
    ("manuscript", &["source", "diag", "book", "config", "math"]),
    ("line", &["colour", "geom", "source", "book", "theme", "cjk", "font", "math"]),
    (
        "page",
        &[
            "colour",
            "geom",
            "source",
            "diag",
            "book",
            "config",
            "theme",
            "cjk",
            "font",
            "picture",
            "line",
            "highlight",
            "math",
        ],
    ),
    (
        "press",
        &[
            "colour", "geom", "source", "diag", "book", "config", "theme", "font",
            "picture", "line", "page",
        ],
    ),
    (
        "cover",
        &[
            "colour", "geom", "source", "diag", "book", "config", "theme", "font",
            "picture", "line", "page", "press",
        ],
    ),
    (
        "pdf",
        &["colour", "geom", "diag", "book", "config", "font", "picture", "line", "page"],
    ),
    (
        "preview",
        &["colour", "geom", "source", "book", "font", "picture", "line", "page", "pdf"],
    ),
    ("impose", &["geom", "diag", "font", "pdf"]),
    (
        "epub",
        &[
            "geom",
            "source",
            "highlight",
            "diag",
            "book",
            "config",
            "font",
            "picture",
            "math",
        ],
    ),
    (
        "session",
        &[
            "colour",
            "source",
            "diag",
            "book",
            "config",
            "theme",
            "manuscript",
            "font",
            "picture",
            "line",
            "page",
            "cover",
            "press",
            "pdf",
            "preview",
            "epub",
            "geom",
            "cjk",
            "highlight",
        ],
    ),
    ("live", &["source", "diag", "config", "preview", "session"]),
    ("serve", &["geom", "diag", "config", "picture", "page", "preview", "live"]),
    (
        "cli",
        &[
            "geom",
            "source",
            "diag",
            "config",
            "manuscript",
            "impose",
            "session",
            "book",
            "page",
            "preview",
            "live",
            "serve",
        ],
    ),
];

/// Only these touch the file system, the network or the clock; `theme` and `font` carry
/// files inside the binary, `font::installed` reads what the machine has, `live` waits
/// for changes, `serve` answers a browser.
const READERS: &[&str] = &["manuscript", "session", "cli", "font", "live", "serve"];

#[test]
fn modules_point_one_way() {
    let rank: BTreeMap<_, _> = LAYERS.iter().enumerate().map(|(i, l)| (l.0, i)).collect();
    for (name, uses) in LAYERS {
        for u in *uses {
            assert!(rank[u] < rank[name], "{name} may not use {u}: it comes later");
        }
        for (file, text) in module(name) {
            for target in uses_of(&text) {
                assert!(
                    target == *name || uses.contains(&target.as_str()),
                    "{} uses crate::{target}, which {name} may not",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn an_arrow_that_points_back_is_found() {
    assert_eq!(uses_of("use crate::page::Page;"), ["page"]);
    assert_eq!(uses_of("use crate::{epub, pdf::{a, b}};"), ["epub", "pdf"]);
}

#[test]
fn every_module_has_a_layer() {
    let lib = read("src/lib.rs");
    let names: Vec<_> = lib
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(names.len(), LAYERS.len(), "{names:?}");
    for name in names {
        assert!(LAYERS.iter().any(|l| l.0 == name), "{name} is missing from LAYERS");
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_short() {
    for (file, text) in sources("src").into_iter().chain(sources("tests")) {
        let file = file.display();
        assert!(text.starts_with("//! "), "{file} has no module comment");
        assert!(text.lines().count() <= 600, "{file} is too long; split it");
    }
}

#[test]
fn few_modules_touch_the_file_system() {
    for (name, _) in LAYERS.iter().filter(|l| !READERS.contains(&l.0)) {
        for (file, text) in module(name) {
            for word in ["std::fs", "std::env", "std::net", "SystemTime", "Instant::now"]
            {
                assert!(!text.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

#[test]
fn every_diagnostic_has_a_case() {
    let cases: String = fs::read_dir("tests/suite")
        .expect("tests/suite")
        .flatten()
        .flat_map(|stage| fs::read_dir(stage.path()).expect("a stage").flatten())
        .map(|file| fs::read_to_string(file.path()).expect("a case file"))
        .chain(
            sources("tests")
                .into_iter()
                .filter(|f| !f.0.ends_with("tidy.rs"))
                .map(|f| f.1),
        )
        .collect();
    for code in keben::diag::code::ALL {
        assert!(cases.contains(code.name), "no case has the code {}", code.name);
    }
}

/// The files of a module: `name.rs`, and everything under `name/`.
fn module(name: &str) -> Vec<(PathBuf, String)> {
    let mut out = vec![];
    let file = Path::new("src").join(name).with_extension("rs");
    if file.exists() {
        out.push((file.clone(), read(&file)));
    }
    let folder = Path::new("src").join(name);
    if folder.is_dir() {
        out.extend(sources(folder));
    }
    assert!(!out.is_empty(), "no module {name}");
    out
}

/// The Rust files below a folder.
fn sources(at: impl AsRef<Path>) -> Vec<(PathBuf, String)> {
    let mut out = vec![];
    for entry in fs::read_dir(at).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = read(&path);
            out.push((path, text));
        }
    }
    out
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).expect("readable")
}

/// The top-level modules that a text names: `crate::a::…`, `crate::{a, b::…}`.
fn uses_of(text: &str) -> Vec<String> {
    let mut out = vec![];
    for (i, _) in text.match_indices("crate::") {
        // Doc links such as [`crate::book`] are no arrows.
        if text[..i].ends_with('`') {
            continue;
        }
        let rest = &text[i + 7..];
        match rest.strip_prefix('{') {
            Some(list) => top_names(list, &mut out),
            None => out.extend(word(rest)),
        }
    }
    out
}

/// The first word of every item of a brace list, nested lists left out.
fn top_names(list: &str, out: &mut Vec<String>) {
    let (mut depth, mut start) = (1, true);
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => start = true,
            _ if start && c.is_alphabetic() => {
                out.extend(word(&list[i..]));
                start = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_string())
}
