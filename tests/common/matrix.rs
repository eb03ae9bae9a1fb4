//! The matrix of requirements: `tests/suite-data/rows.toml` and the cases that
//! name its rows → `tests/CLREQ.md`.

use super::case::{self, Case};
use super::table;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

/// `rows.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    pub(crate) elsewhere: Vec<String>,
    pub(crate) row: Vec<Row>,
    pub(crate) golden: Vec<Golden>,
    pub(crate) check: Vec<Check>,
    pub(crate) conflict: Vec<Conflict>,
}

/// A requirement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) area: String,
    pub(crate) rule: String,
    pub(crate) anchor: Vec<String>,
    /// test functions, as `file::function`
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// what is missing
    #[serde(default)]
    pub(crate) partly: String,
}

/// A golden test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Golden {
    pub(crate) number: u32,
    pub(crate) shows: String,
}

/// A one-line check, answered by the cases that have its text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    pub(crate) text: String,
    pub(crate) shows: String,
}

/// What the sources disagree about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Conflict {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) default: String,
}

/// A case that stands for a requirement, with its file: `cjk/golden`.
#[derive(Debug)]
pub(crate) struct Proof {
    pub(crate) file: String,
    pub(crate) case: Case,
}

impl Proof {
    /// What is measured: the end and the fit of every line, and every
    /// displacement shown. One line such as `|他说：⟨-50⟩“好| natural rest 500` is
    /// three: it ends there, half an em goes, five are left.
    pub(crate) fn measured(&self) -> usize {
        let lines = self.case.sections.iter().filter(|s| s.0 == "lines");
        lines.map(|s| 2 * s.1.lines().count() + s.1.matches('⟨').count()).sum()
    }
    fn lists(&self, key: &str, value: &str) -> bool {
        self.case.list(key).contains(&value)
    }
    pub(crate) fn has_row(&self, row: &Row) -> bool {
        self.lists("row", &row.id)
    }
    pub(crate) fn is_golden(&self, golden: &Golden) -> bool {
        self.lists("golden", &golden.number.to_string())
    }
    pub(crate) fn answers(&self, check: &Check) -> bool {
        self.lists("golden", "check") && self.case.input.contains(&check.text)
    }
}

/// How far a requirement is proven.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(crate) enum State {
    Done,
    Partly,
    Not,
}

pub(crate) fn state(row: &Row, proofs: &[Proof]) -> State {
    let proven = !row.also.is_empty() || proofs.iter().any(|p| p.has_row(row));
    match (proven, row.partly.is_empty()) {
        (false, _) => State::Not,
        (true, false) => State::Partly,
        (true, true) => State::Done,
    }
}

/// Writes `tests/CLREQ.md`, or says how the one on disk differs, and which cases
/// name what there is not.
pub(crate) fn check(bless: bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("tests/suite-data/rows.toml"));
    let list: List = toml::from_str(&text.expect("rows.toml")).expect("the rows");
    let proofs = proofs(&root.join("tests/suite"));
    let faults = [faults_of_rows(&list, root), faults_of_cases(&list, &proofs)].concat();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let page = table::page(&list, &proofs);
    let file = root.join("tests/CLREQ.md");
    if bless {
        std::fs::write(&file, page).expect("tests/CLREQ.md");
        return;
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = page.lines().find(|l| !there.lines().any(|t| t == *l));
    assert!(
        there == page,
        "tests/CLREQ.md is out of date; BLESS=1 writes it. {}",
        differs.unwrap_or_default()
    );
}

/// The cases that stand for something.
fn proofs(suite: &Path) -> Vec<Proof> {
    let mut out = vec![];
    for (stage, path) in case::files(suite) {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let proves = case::cases(&text).into_iter().filter(Case::proves);
        out.extend(proves.map(|case| Proof { file: format!("{stage}/{stem}"), case }));
    }
    out
}

fn faults_of_rows(list: &List, root: &Path) -> Vec<String> {
    let mut out = vec![];
    let mut ids = BTreeSet::new();
    for row in &list.row {
        if !ids.insert(&row.id) {
            out.push(format!("two rows are called {}", row.id));
        }
        if row.rule.chars().count() > 100 {
            out.push(format!("{}: the rule is longer than 100 characters", row.id));
        }
        for test in row.also.iter().filter(|t| !exists(t, root)) {
            out.push(format!("{}: there is no test {test}", row.id));
        }
    }
    out
}

/// Whether a file has a test function.
fn exists(test: &str, root: &Path) -> bool {
    let Some((file, function)) = test.split_once("::") else { return false };
    let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
    text.contains(&format!("fn {function}("))
}

fn faults_of_cases(list: &List, proofs: &[Proof]) -> Vec<String> {
    let mut out = vec![];
    for p in proofs {
        let at = format!("{}: {}", p.file, p.case.name);
        for row in p.case.list("row") {
            if !list.row.iter().any(|r| r.id == row) {
                out.push(format!("{at}: there is no row {row}"));
            }
        }
        for golden in p.case.list("golden") {
            let known = match golden {
                "check" => list.check.iter().any(|c| p.answers(c)),
                n => list.golden.iter().any(|g| g.number.to_string() == n),
            };
            if !known {
                out.push(format!("{at}: it is no golden test, golden={golden}"));
            }
        }
    }
    out
}
