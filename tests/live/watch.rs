//! Files change, and the editions follow.

use super::{Running, book};
use crate::common::{Folder, pdf};
use std::fs;

/// The text of the PDF in `build/`.
fn printed(f: &Folder) -> String {
    let glyphs = pdf::read(&f.read("build/book.pdf")).into_iter().flat_map(|p| p.glyphs);
    glyphs.map(|g| g.text).collect()
}

fn watch(f: &Folder, more: &[&str]) -> Running {
    let mut args = vec!["watch", "book"];
    args.extend(more);
    Running::start(f, &args)
}

#[test]
fn an_edit_makes_both_files_anew() {
    let f = book("edit");
    let mut w = watch(&f, &[]);
    let first = w.round();
    assert!(first.contains("book.pdf, book.epub"), "{first}");
    let before = f.read("build/book.epub");
    assert!(!printed(&f).contains("松树"));
    f.write("book/01.md", "# 一\n\n山上有松树。\n");
    let line = w.round();
    assert!(line.starts_with("01.md: page"), "what changed is named: {line}");
    assert!(printed(&f).contains("松树"));
    assert_ne!(f.read("build/book.epub"), before);
    f.write("book/notes.txt", "nothing of the book");
    let line = w.round();
    assert!(line.starts_with("notes.txt: no page looks otherwise"), "{line}");
}

#[test]
fn looking_again_and_again_sees_edits_too() {
    let f = book("poll");
    let mut w = watch(&f, &["--poll"]);
    w.round();
    f.write("book/02.md", "# 二\n\n山上有松树。\n");
    w.hears("02.md: page");
    assert!(printed(&f).contains("松树"));
}

#[test]
fn a_burst_is_one_round_or_a_few() {
    let f = book("burst");
    let mut w = watch(&f, &[]);
    w.round();
    for n in 0..200 {
        f.write("book/01.md", format!("# 一\n\n第{n}次存盘。\n"));
        f.write(&format!("book/.01.md.{n}.swp"), "not of the book");
    }
    f.write("book/02.md", "# 二\n\n最后。\n");
    let mut rounds = 1;
    while !w.round().contains("02.md") && !printed(&f).contains("最后") {
        rounds += 1;
    }
    assert!(rounds <= 20, "{rounds} rounds for one burst of 200 saves");
    // The control: edits that are waited for are a round each.
    for n in 0..2 {
        f.write("book/01.md", format!("# 一\n\n又第{n}次。\n"));
        w.hears("01.md: page");
    }
}

#[test]
fn what_is_wrong_comes_and_goes() {
    let f = book("faults");
    let mut w = watch(&f, &[]);
    w.round();
    assert!(w.said.iter().all(|l| !l.contains("[broken-link]")));
    f.write("book/01.md", "# 一\n\n见[某处](none.md)。\n");
    w.hears("[broken-link]");
    let line = w.round();
    assert!(line.ends_with("; 1 warning"), "{line}");
    let known = w.said.len();
    f.write("book/01.md", "# 一\n\n新的一段。\n\n见[某处](none.md)。\n");
    let line = w.round();
    assert!(line.ends_with("; 1 warning"), "it is still there: {line}");
    let again = w.said[known..].iter().any(|l| l.contains("[broken-link]"));
    assert!(!again, "what stays is not said again: {:#?}", w.said);
    f.write("book/01.md", "# 一\n\n新的一段。\n");
    w.hears("gone: warning[broken-link]");
    let line = w.round();
    assert!(!line.contains("warning"), "{line}");
}

#[test]
fn files_and_folders_go_and_come_back() {
    let f = book("gone");
    let mut w = watch(&f, &[]);
    w.round();
    fs::remove_file(f.path("book/02.md")).expect("removed");
    w.hears("[missing-file]");
    w.round();
    assert!(!printed(&f).contains("第二章"));
    // Saved as editors do: beside its place, then renamed.
    f.write("book/02.md~new", "# 二\n\n第二章又来了。\n");
    fs::rename(f.path("book/02.md~new"), f.path("book/02.md")).expect("renamed");
    w.hears("gone: error[missing-file]");
    assert!(printed(&f).contains("第二章又来了"));
    f.write("book/book.toml", "[book\ntitle = ");
    w.hears("[bad-toml]");
    f.write(
        "book/book.toml",
        "[book]\ntitle = \"书\"\nauthors = [\"人\"]\nslug = \"book\"\n",
    );
    w.hears("gone: error[bad-toml]");
    w.round();
    let whole = f.read("build/book.pdf");
    fs::rename(f.path("book"), f.path("elsewhere")).expect("moved");
    w.hears("there is no book");
    assert_eq!(f.read("build/book.pdf"), whole, "the last good file stays");
    fs::rename(f.path("elsewhere"), f.path("book")).expect("moved");
    w.hears("gone: error[missing-file]: there is no book");
    w.round();
    f.write("book/01.md", "# 一\n\n还在看着。\n");
    w.hears("01.md: page");
    assert!(printed(&f).contains("还在看着"));
}

#[test]
fn what_keben_writes_starts_nothing() {
    let f = book("own");
    let mut w = watch(&f, &["--out", "book"]);
    w.round();
    f.write("book/01.md", "# 一\n\n改了。\n");
    let line = w.round();
    assert!(line.starts_with("01.md: page"), "only the edit is seen: {line}");
    f.write("book/02.md", "# 二\n\n改了。\n");
    let line = w.round();
    assert!(line.starts_with("02.md: page"), "only the edit is seen: {line}");
}

#[test]
fn the_end_leaves_whole_files() {
    let f = book("end");
    let mut w = watch(&f, &[]);
    w.round();
    f.write("book/01.md", "# 一\n\n改了，马上停。\n");
    let end = w.interrupt();
    assert_eq!(end.code(), Some(0), "Ctrl-C is no error");
    let left = fs::read_dir(f.path("build")).expect("outputs").flatten();
    let mut names: Vec<_> =
        left.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["book.epub", "book.pdf"], "nothing half written");
    assert!(printed(&f).contains("第二章的文字"), "the PDF can be read");
}

#[test]
fn a_folder_without_a_book_is_no_work() {
    let f = Folder::new("live-nothing");
    let out = crate::common::keben(&f.0, &["watch", "."]);
    assert_eq!(out.status.code(), Some(1));
    assert!(crate::common::said(&out).contains("[missing-file]"));
}
