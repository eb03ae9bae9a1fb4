//! The form of a case: `=== name key=value …`, its input, and a `--- section`
//! for each thing that should come out. What the keys mean is in the README.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What a case may have beside its input: what should come out, by stage, and
/// the input of its control.
const SECTIONS: &[&str] =
    &["control", "book", "diag", "lines", "faults", "pages", "structure"];

/// The settings of `[typesetting]` that a case may have.
pub(crate) const TYPESETTING: &[&str] = &[
    "level",
    "punctuation",
    "adjacent",
    "line-end",
    "hanging",
    "gap",
    "gap-beside",
    "paragraph-start",
    "last-line",
    "last-line-gap",
    "breaking",
    "squeeze",
    "stretch-marks",
    "line-start",
    "grid",
    "hyphenate",
    "latin",
    "word-break",
];

/// The settings of `[page]` that a case of pages may have.
pub(crate) const PAGE: &[&str] = &[
    "half-title",
    "part-page",
    "chapter-start",
    "front-folio",
    "folio",
    "lists",
    "drop-cap",
    "break",
    "inner",
    "head",
];

/// Where and in what a case is set; a control changes no measure, for every
/// other measure gives other lines.
const MEASURE: &[&str] = &[
    "trim",
    "size",
    "leading",
    "chars",
    "lines",
    "only",
    "show",
    "beside",
    "beside-lines",
];
const SETTING: &[&str] = &["indent", "ragged", "lang", "markdown", "chapter-number"];
/// What a case proves, and how it shows that it could fail.
const PROOF: &[&str] = &["row", "golden", "control"];

/// What came out or should: name and text of each section.
pub(crate) type Sections = Vec<(String, String)>;

/// One case: its settings, its input, and what should come out, by section.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) input: String,
    /// input that must give other lines; none if empty
    pub(crate) control: String,
    pub(crate) sections: Sections,
}

impl Case {
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|s| s.0 == key).map(|s| s.1.as_str())
    }
    pub(crate) fn get<T: std::str::FromStr>(&self, key: &str, default: T) -> T {
        let parsed = |v: &str| v.parse().unwrap_or_else(|_| panic!("{key}={v}"));
        self.value(key).map_or(default, parsed)
    }
    /// The values of a key that may have several: `row=W-03,W-04`.
    pub(crate) fn list(&self, key: &str) -> Vec<&str> {
        self.value(key).map_or(vec![], items)
    }
    /// Whether it stands for a requirement, and so needs a control.
    pub(crate) fn proves(&self) -> bool {
        self.value("row").is_some() || self.value("golden").is_some()
    }
    /// The first key that no case has.
    pub(crate) fn unknown(&self) -> Option<&str> {
        let known = [TYPESETTING, PAGE, MEASURE, SETTING, PROOF].concat();
        self.settings.iter().map(|s| s.0.as_str()).find(|k| !known.contains(k))
    }
    /// The cases that must give other lines than this one: with other settings,
    /// with another input.
    pub(crate) fn controls(&self) -> Result<Vec<Case>, String> {
        let mut out = vec![];
        if self.value("control").is_some() {
            let mut other = self.clone();
            for change in self.list("control") {
                let pair = change.split_once(':').filter(|p| !MEASURE.contains(&p.0));
                let (key, value) =
                    pair.ok_or(format!("control={change} says nothing"))?;
                other.settings.retain(|s| s.0 != key);
                other.settings.push((key.into(), value.into()));
            }
            out.push(other);
        }
        if !self.control.is_empty() {
            out.push(Case { input: self.control.clone(), ..self.clone() });
        }
        Ok(out)
    }
}

/// The items of a list, cut at commas outside brackets.
pub(crate) fn items(list: &str) -> Vec<&str> {
    let mut depth = 0;
    list.split(|c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == ',' && depth == 0
    })
    .collect()
}

/// The files of cases below `tests/suite`, each with its stage.
pub(crate) fn files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut out = vec![];
    for stage in std::fs::read_dir(root).expect("tests/suite").flatten() {
        for file in std::fs::read_dir(stage.path()).expect("a stage").flatten() {
            let path = file.path();
            assert!(path.extension().is_some_and(|e| e == "txt"), "an orphan");
            out.push((stage.file_name().to_string_lossy().into_owned(), path));
        }
    }
    out.sort();
    out
}

/// The cases of a file.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    let mut out: Vec<Case> = vec![];
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            out.push(head_of(head));
        } else if let Some(case) = out.last_mut() {
            let section = line.strip_prefix("--- ").filter(|s| SECTIONS.contains(s));
            if let Some(section) = section {
                case.sections.push((section.to_string(), String::new()));
            } else {
                let last = case.sections.last_mut().map(|s| &mut s.1);
                let text = last.unwrap_or(&mut case.input);
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    for case in &mut out {
        for (_, text) in &mut case.sections {
            text.truncate(text.trim_end().len());
            text.push_str(if text.is_empty() { "" } else { "\n" });
        }
        if let Some(at) = case.sections.iter().position(|s| s.0 == "control") {
            case.control = case.sections.remove(at).1;
        }
    }
    out
}

fn head_of(head: &str) -> Case {
    let mut words = head.split_whitespace();
    let name = words.next().unwrap_or_default().to_string();
    let pair = |w: &str| match w.split_once('=') {
        Some((k, v)) => (k.to_string(), v.to_string()),
        None => panic!("{name}: {w} is no key=value"),
    };
    let settings = words.map(pair).collect();
    Case {
        name,
        settings,
        input: String::new(),
        control: String::new(),
        sections: vec![],
    }
}

/// Writes a case with what came out.
pub(crate) fn write(out: &mut String, case: &Case, sections: &[(String, String)]) {
    write!(out, "=== {}", case.name).ok();
    for (k, v) in &case.settings {
        write!(out, " {k}={v}").ok();
    }
    write!(out, "\n{}\n", case.input.trim_end_matches('\n')).ok();
    if !case.control.is_empty() {
        write!(out, "--- control\n{}", case.control).ok();
    }
    for (name, text) in sections {
        write!(out, "--- {name}\n{text}").ok();
    }
    out.push('\n');
}
