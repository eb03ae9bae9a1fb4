//! The matrix of requirements as Markdown.

use super::matrix::{List, Proof, Row, State, state};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "\
# Requirements of Chinese text layout

Which requirements for horizontal lines are proven, and by what. Made by `BLESS=1 cargo test suite::` from
`suite-data/rows.toml` and the cases in `suite/`; without `BLESS` that test fails when this page is out of date.

`clreq#…` is an anchor of [Requirements for Chinese Text Layout](https://w3c.github.io/clreq/) (editors' draft of
2024-03-21; sections of the draft of 2026-06-12 where it has more), GB/T 15834 the edition of 2011, JLREQ that of
2024-03, KLREQ that of 2023-10.
";

const STATES: &str = "\
*done*: a case or a test proves it; *partly*: so far, without what is named; *not*: nothing does. Every case has a
control, the same case without the rule, which must come out otherwise. A measured assertion is one line's end, how
that line was made to fit, or one displacement shown in it.
";

/// `tests/CLREQ.md`.
pub(crate) fn page(list: &List, proofs: &[Proof]) -> String {
    let mut out = format!("{HEAD}\n{}\n{STATES}", totals(list, proofs));
    let mut area = "";
    for row in &list.row {
        if row.area != area {
            area = &row.area;
            write!(out, "\n## {area}\n\n{}", header(&ROW)).ok();
        }
        out.push_str(&row_line(row, proofs));
    }
    golden(&mut out, list, proofs);
    write!(out, "\n## Where the sources disagree\n\n{CONFLICTS}\n").ok();
    out.push_str(&header(&["", "what", "default"]));
    for c in &list.conflict {
        writeln!(out, "| {} | {} | {} |", c.id, c.text, c.default).ok();
    }
    out.push_str("\n## Not in this matrix\n\n");
    list.elsewhere.iter().for_each(|e| out.push_str(&format!("- {e}\n")));
    out
}

const ROW: [&str; 5] = ["row", "rule", "anchor", "state", "proof"];

const CONFLICTS: &str = "\
What keben does, or will where a row above says that it is not built.
";

fn header(columns: &[&str]) -> String {
    format!("| {} |\n|{}\n", columns.join(" | "), " --- |".repeat(columns.len()))
}

fn totals(list: &List, proofs: &[Proof]) -> String {
    let rows = |s| list.row.iter().filter(|r| state(r, proofs) == s).count();
    let found = |p: &Proof| p.case.controls().map_or(0, |c| c.len());
    let goldens = list.golden.iter().map(|g| proofs.iter().any(|p| p.is_golden(g)));
    let checks = list.check.iter().map(|c| proofs.iter().any(|p| p.answers(c)));
    let there = |answers: Vec<bool>| answers.into_iter().filter(|a| *a).count();
    format!(
        "**{} of {} requirements done**, {} partly, {} not; {} of {} golden tests, {} of {} one-line\n\
         checks. {} cases, {} measured assertions, {} controls.\n",
        rows(State::Done),
        list.row.len(),
        rows(State::Partly),
        rows(State::Not),
        there(goldens.collect()),
        list.golden.len(),
        there(checks.collect()),
        list.check.len(),
        proofs.len(),
        proofs.iter().map(Proof::measured).sum::<usize>(),
        proofs.iter().map(found).sum::<usize>(),
    )
}

fn row_line(row: &Row, proofs: &[Proof]) -> String {
    let cases = names(proofs.iter().filter(|p| p.has_row(row)));
    let tests = row.also.iter().map(|t| format!("`{t}`"));
    let proof: Vec<_> = cases.into_iter().chain(tests).collect();
    let missing = &row.partly;
    let state = match state(row, proofs) {
        State::Done => "done".to_string(),
        State::Partly => format!("partly; missing: {missing}"),
        State::Not => "not".to_string(),
    };
    let anchors = row.anchor.join("; ");
    format!(
        "| {} | {} | {anchors} | {state} | {} |\n",
        row.id,
        escaped(&row.rule),
        proof.join("; ")
    )
}

/// Golden tests, then the one-line checks.
fn golden(out: &mut String, list: &List, proofs: &[Proof]) {
    write!(out, "\n## Golden tests\n\n{}", header(&["", "shows", "proof"])).ok();
    let line = |id: String, shows: &str, cases: Vec<String>| {
        let proof = if cases.is_empty() { "not".to_string() } else { cases.join("; ") };
        format!("| {id} | {} | {proof} |\n", escaped(shows))
    };
    for g in &list.golden {
        let cases = names(proofs.iter().filter(|p| p.is_golden(g)));
        out.push_str(&line(format!("GT-{:02}", g.number), &g.shows, cases));
    }
    for c in &list.check {
        let cases = names(proofs.iter().filter(|p| p.answers(c)));
        out.push_str(&line("check".into(), &c.shows, cases));
    }
}

/// The names of cases, by file.
fn names<'a>(proofs: impl Iterator<Item = &'a Proof>) -> Vec<String> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for p in proofs {
        files.entry(&p.file).or_default().push(&p.case.name);
    }
    files
        .into_iter()
        .map(|(file, cases)| format!("{file}: {}", cases.join(", ")))
        .collect()
}

/// Stars that are meant as such.
fn escaped(text: &str) -> String {
    text.replace('*', "\\*").replace('|', "\\|")
}
