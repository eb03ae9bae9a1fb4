//! keben driven by build engines: which files an output is made of, from where they may
//! come, and what is said where nobody watches.

use crate::common::{Folder, keben, said};
use std::process::Command;

/// A book whose files have names that mean something to Make.
fn book(name: &str) -> Folder {
    let f = Folder::new(&format!("engines-{name}"));
    f.write(
        "book/book.toml",
        "[book]\ntitle = \"书\"\nauthors = [\"人\"]\nslug = \"book\"\n",
    );
    f.write("book/SUMMARY.md", "# 目录\n\n- [一](<a b.md>)\n- [二](c%231$x.md)\n");
    f.write("book/a b.md", "# 一\n\n文字。\n\n![图](p.svg)\n");
    f.write("book/c#1$x.md", "# 二\n\n文字。\n");
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    f.write("book/p.svg", svg);
    f.write("book/unused.md", "# 三\n");
    f
}

const BUILD: [&str; 5] = ["build", "book", "--isolated", "--depfile", "build/book.d"];

#[test]
fn a_depfile_names_what_was_read() {
    let f = book("names");
    let out = keben(&f.0, &BUILD);
    assert!(out.status.success(), "{}", said(&out));
    let rules = String::from_utf8(f.read("build/book.d")).expect("text");
    let (rule, rest) = rules.split_once("\n\n").expect("rules");
    let outputs = rule.split(':').next().expect("outputs");
    assert_eq!(outputs, "build/book.pdf build/book.epub");
    for file in [
        "book/book.toml",
        "book/SUMMARY.md",
        "book/a\\ b.md",
        "book/c\\#1$$x.md",
        "book/p.svg",
    ] {
        assert!(
            rule.lines().any(|l| l.trim().trim_end_matches(" \\") == file),
            "{file}: {rules}"
        );
        assert!(rest.contains(&format!("{file}:\n")), "{file} may go: {rules}");
    }
    assert!(!rules.contains("unused"), "what was not read is not named");
}

#[test]
fn make_builds_again_when_a_file_changes() {
    if Command::new("make").arg("--version").output().is_err() {
        eprintln!("not read: make is not installed");
        return;
    }
    let f = book("make");
    let program = env!("CARGO_BIN_EXE_keben");
    let rule = format!(
        "build/book.pdf:\n\t{program} {}\n-include build/book.d\n",
        BUILD.join(" ")
    );
    f.write("Makefile", rule);
    let make = |args: &[&str]| {
        let out = Command::new("make").args(args).current_dir(&f.0).output();
        out.expect("make runs").status.code()
    };
    let wants = || make(&["-q", "build/book.pdf"]) == Some(1);
    assert!(wants());
    assert_eq!(make(&[]), Some(0));
    assert!(!wants(), "nothing has changed");
    f.write("book/unused.md", "# 三\n\n新的。\n");
    assert!(!wants(), "what the book does not name makes no work");
    for name in ["a b.md", "c#1$x.md", "p.svg", "book.toml"] {
        let text = f.read(&format!("book/{name}"));
        f.write(&format!("book/{name}"), text);
        assert!(wants(), "{name} changed");
        assert_eq!(make(&[]), Some(0));
        assert!(!wants(), "{name} is built");
    }
    f.write("book/SUMMARY.md", "# 目录\n\n- [二](c%231$x.md)\n");
    std::fs::remove_file(f.path("book/a b.md")).expect("removed");
    assert_eq!(make(&[]), Some(0), "a file that went is no fault of Make");
    assert!(!wants());
}

#[test]
fn an_isolated_build_has_no_font_of_the_machine() {
    let f = book("isolated");
    let mut toml = String::from_utf8(f.read("book/book.toml")).expect("text");
    toml += "\n[fonts]\nsong = \"No Such Family\"\n";
    f.write("book/book.toml", &toml);
    let out = keben(&f.0, &["build", "book", "--isolated"]);
    assert!(said(&out).contains("which is not looked at"), "{}", said(&out));
    let out = keben(&f.0, &["build", "book"]);
    assert!(said(&out).contains("is installed"), "it was looked for: {}", said(&out));
}

#[test]
fn stages_are_lines_where_nobody_watches() {
    let f = book("stages");
    let out = keben(&f.0, &["build", "book"]);
    let said_lines = said(&out);
    for stage in ["setting 2 chapters\n", " pages\n", "making book.pdf, book.epub\n"] {
        assert!(said_lines.contains(stage), "{stage:?}: {said_lines}");
    }
    assert!(said(&keben(&f.0, &["build", "-q", "book"])).is_empty());
}
