//! A catalogue of two hundred books, made by Ninja with the rules beside this file.

use crate::common::dice::Dice;
use crate::common::{Folder, reader};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const RULES: &str = include_str!("rules.ninja");
const BOOKS: usize = 200;

fn name(n: usize) -> String {
    format!("b{n:03}")
}

fn output(book: &str) -> String {
    format!("out/{book}/{book}-screen.pdf")
}

/// The books, each with a chapter or two, and what Ninja is told of them.
fn catalogue() -> Folder {
    let f = Folder::new("catalogue");
    f.write("rules.ninja", RULES);
    let mut edges = format!("keben = {}\n", env!("CARGO_BIN_EXE_keben"));
    edges += "include rules.ninja\n";
    let mut dice = Dice(3);
    for n in 0..BOOKS {
        let book = name(n);
        let settings = format!(
            "[book]\ntitle = \"书{n}\"\nslug = \"{book}\"\n\n[[edition]]\n\
             name = \"screen\"\nformat = \"pdf\"\n"
        );
        f.write(&format!("{book}/book.toml"), settings);
        let mut summary = String::from("# 目录\n\n");
        for chapter in 0..1 + n % 2 {
            let text = dice.text(&["天地玄黄，", "宇宙洪荒。", "日月盈昃，"], 40);
            f.write(&format!("{book}/c{chapter}.md"), format!("# 题\n\n{text}\n"));
            writeln!(summary, "- [题](c{chapter}.md)").ok();
        }
        f.write(&format!("{book}/SUMMARY.md"), summary);
        let toml = format!("{book}/book.toml");
        write!(edges, "build {}: keben {toml}\n  dir = {book}\n", output(&book)).ok();
    }
    f.write("build.ninja", edges);
    f
}

/// Runs Ninja; gives the books that it made.
fn made(ninja: &Path, f: &Folder) -> Vec<String> {
    let out = Command::new(ninja).current_dir(&f.0).output().expect("Ninja runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    let mut made: Vec<String> =
        said.lines().filter_map(|l| Some(l.split_once("] ")?.1.to_string())).collect();
    made.sort();
    made
}

#[test]
fn a_catalogue_is_made_and_then_only_what_changed() {
    let Some(ninja) = reader("ninja") else { return };
    let f = catalogue();
    let all: Vec<String> = (0..BOOKS).map(name).collect();
    assert_eq!(made(&ninja, &f), all);
    let before: Vec<_> = all.iter().map(|b| f.read(&output(b))).collect();
    assert!(before.iter().all(|pdf| pdf.starts_with(b"%PDF-")));
    assert_eq!(made(&ninja, &f), Vec::<String>::new(), "nothing has changed");
    f.write("b017/c1.md", "# 题\n\n另外的话。\n");
    f.write("b120/SUMMARY.md", "# 目录\n\n- [新的题](c0.md)\n");
    assert_eq!(made(&ninja, &f), ["b017", "b120"]);
    let changed = all.iter().zip(&before).filter(|(b, old)| f.read(&output(b)) != **old);
    assert_eq!(changed.map(|c| c.0.as_str()).collect::<Vec<_>>(), ["b017", "b120"]);
}
