//! Books on disk.

use super::super::{FileFault, find, open, read};
use crate::book::{Book, dump};
use crate::config::Config;
use crate::diag::Sink;
use crate::source::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own for each test; gone afterwards.
struct Dir(PathBuf);

impl Dir {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Dir {
        let name = format!("keben-{}-{name}", std::process::id());
        let dir = Dir(std::env::temp_dir().join(name));
        fs::remove_dir_all(&dir.0).ok();
        for (path, bytes) in files {
            let path = dir.0.join("book").join(path);
            path.parent().map(fs::create_dir_all).map(Result::ok);
            fs::write(path, bytes).ok();
        }
        dir
    }
    fn book(&self) -> PathBuf {
        self.0.join("book")
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// What is said of a folder that has no title.
const NO_TITLE: &str =
    "missing-title this book has no title; it is called “book” as its folder is";

/// The book of a folder, and its diagnostics with the stems of their files.
fn built(dir: &Path) -> (Book, Config, Vec<String>) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (folder, config) = open(dir, &mut sources, &mut sink);
    let book = read(&folder, &config, None, &mut sources, &mut sink);
    let line = |d: &crate::diag::Diagnostic| {
        let place = d.span.map(|s| {
            let file = sources.path(s.file).file_name().unwrap_or_default().to_owned();
            let (line, column) = sources.place(s);
            format!(" {}:{line}:{column}", file.to_string_lossy())
        });
        format!("{}{} {}", d.code.name, place.unwrap_or_default(), d.message)
    };
    let diags = sink.list().iter().map(line).collect();
    (book, config, diags)
}

const SUMMARY: &str = "# 书名

[前言](preface.md)

- [第*一*章](ch/a.md)
  - [一之一](ch/b.md)
  - [草稿]()
- [又见](ch/a.md)

# 下篇

- [缺](none.md)
- [外](../out.md)
- [绝对](/etc/passwd)
- [网](https://a.b)
- 没有链接
- [空格 名](ch/%E7%A9%BA%20c.md)

---

[附录](b/a.md)
";

#[test]
fn a_whole_book() {
    let dir = Dir::new(
        "whole",
        &[
            ("book.toml", "[book]\nauthors = [\"甲\"]\n".as_bytes()),
            ("SUMMARY.md", SUMMARY.as_bytes()),
            ("preface.md", "\u{feff}没有题\r\n第二行 [去](ch/b.md#节)\r\n".as_bytes()),
            ("ch/a.md", "# 甲章\n\n![图](../p/a.png \"题\")\n".as_bytes()),
            ("ch/b.md", "# 乙章\n\n## 节\n\n[回](a.md) [坏](zz.md)\n".as_bytes()),
            ("ch/空 c.md", b"# C\n\nbad \xff byte \0\n"),
            ("b/a.md", "# 附\n\n## 节\n".as_bytes()),
        ],
    );
    let (book, config, diags) = built(&dir.book());
    assert_eq!(config.meta.title, "书名");
    assert_eq!(config.slug, "书名");
    let want = "\
Front Preface #preface | 前言
  p | 没有题第二行 {link #b-ada40d1b 去}
Body #a 第一章 | 甲章
  figure p/a.png \"图\" 图 1-1 | 题
Body #b | 乙章
  h2 #b-ada40d1b | 节
  p | {link #a 回} 坏
part 下篇
Body #c-6eb78a22 第二章 | C
  p | bad � byte �
Back #a-578c0a70 | 附
  h2 #a-578c0a70-ada40d1b | 节
";
    let got = dump::dump(&book);
    assert_eq!(got.split_once('\n').map_or("", |l| l.1), want, "{got}");
    let want = [
        "duplicate-chapter SUMMARY.md:8:3 `ch/a.md` is a chapter already",
        "outside-book SUMMARY.md:13:3 `../out.md` lies outside the book",
        "outside-book SUMMARY.md:14:3 `/etc/passwd` lies outside the book",
        "bad-summary SUMMARY.md:15:3 `https://a.b` is no file of this book",
        "bad-summary SUMMARY.md:16:3 this names no chapter",
        "missing-file SUMMARY.md:12:3 `none.md` is not there",
        "not-utf8 空 c.md:1:1 `ch/空 c.md` is not UTF-8 text",
        "broken-link b.md:5:11 `zz.md` is no chapter of this book",
    ];
    assert_eq!(diags, want, "{diags:#?}");
}

#[test]
fn includes_keep_their_places() {
    let dir = Dir::new(
        "include",
        &[
            ("SUMMARY.md", b"- [A](a.md)\n"),
            (
                "a.md",
                "# A\n\n{{#include part/p.md}}\n\n```\n{{#include code.rs:2:3}}\n```\n\n\
                 \\{{#include x}} {{#include code.rs:here}} {{#include no.md}}\n\n\
                 {{#include ../../x}} {{#include a.md}} {{#include code.rs::1}}\n"
                    .as_bytes(),
            ),
            ("part/p.md", "文[坏](zz.md)\n\n{{#include q.md}}\n".as_bytes()),
            ("part/q.md", "内{{#include p.md}}".as_bytes()),
            ("code.rs", b"one\ntwo\nthree\nfour\n"),
        ],
    );
    let (book, _, diags) = built(&dir.book());
    let want = "\
Body #a 第一章 | A
  p | 文坏
  p | 内{{#include p.md}}
  code -
    | two
    | three
  p | {{#include x}} {{#include code.rs:here}} {{#include no.md}}
  p | {{#include ../../x}} {{#include a.md}} one
";
    let got = dump::dump(&book);
    assert_eq!(got.split_once('\n').map_or("", |l| l.1), want, "{got}");
    let want = [
        NO_TITLE,
        "missing-file q.md:1:2 `part/p.md` includes itself",
        "missing-file a.md:9:17 `here` is no range of lines",
        "missing-file a.md:9:43 `no.md` is not there",
        "outside-book a.md:11:1 `../../x` lies outside the book",
        "missing-file a.md:11:22 `a.md` includes itself",
        "broken-link p.md:1:2 `zz.md` is no chapter of this book",
    ];
    assert_eq!(diags, want, "{diags:#?}");
}

#[test]
fn without_a_summary_files_stand_by_name() {
    let dir = Dir::new(
        "bare",
        &[("b.md", b"x"), ("a.md", b"# One"), ("README.md", b"no"), ("t.txt", b"no")],
    );
    let (book, config, diags) = built(&dir.book());
    assert_eq!(config.meta.title, "book", "the folder's name");
    let got = dump::dump(&book);
    assert!(
        got.ends_with("Body #a 第一章 | One\nBody #b 第二章 | b\n  p | x\n"),
        "{got}"
    );
    let want = [
        NO_TITLE,
        "bad-summary `SUMMARY.md` is missing, so chapters stand in the order of names",
    ];
    assert_eq!(diags, want);
}

#[test]
fn an_empty_book() {
    let dir = Dir::new("empty", &[("SUMMARY.md", b"# T\n"), ("a.md", b"x")]);
    let (book, _, diags) = built(&dir.book());
    assert!(book.chapters.is_empty());
    assert_eq!(diags, ["empty-book SUMMARY.md:1:1 this book has no chapter"]);
}

#[test]
fn mdbook_keeps_its_chapters_in_src() {
    let dir = Dir::new(
        "src",
        &[
            ("book.toml", b"[book]\ntitle = \"T\"\n"),
            ("src/SUMMARY.md", b"- [A](a.md)\n"),
            ("src/a.md", "![图](../p.png) ![图](i/p.png)".as_bytes()),
        ],
    );
    let (book, _, diags) = built(&dir.book());
    let got = dump::dump(&book);
    assert!(got.contains("panel p.png") && got.contains("panel src/i/p.png"), "{got}");
    assert!(diags.is_empty(), "{diags:?}");
}

#[test]
fn books_are_found() {
    let files: [(&str, &[u8]); 1] = [("manuscript/SUMMARY.md", b"")];
    let dir = Dir::new("found", &files);
    assert_eq!(find(&dir.book()).ok(), Some(dir.book().join("manuscript")));
    assert_eq!(find(&dir.book().join("manuscript")).ok(), find(&dir.book()).ok());
    let fault = find(&dir.0.join("nowhere")).err();
    assert!(fault.is_some_and(|d| d.hints.iter().any(|h| h.contains("keben new"))));
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_book_is_read() {
    let dir = Dir::new("outside", &[("SUMMARY.md", b"- [A](a.md)\n- [B](dir)\n")]);
    let secret = dir.0.join("secret.md");
    fs::write(&secret, "secret").ok();
    std::os::unix::fs::symlink(&secret, dir.book().join("a.md")).ok();
    fs::create_dir(dir.book().join("dir")).ok();
    let (book, _, diags) = built(&dir.book());
    assert!(book.chapters.is_empty());
    let want = [
        NO_TITLE,
        "outside-book SUMMARY.md:1:3 `a.md` lies outside the book",
        "missing-file SUMMARY.md:2:3 `dir` is no file",
    ];
    assert_eq!(diags, want);
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (folder, _) = open(&dir.book(), &mut sources, &mut sink);
    assert!(matches!(folder.bytes("../secret.md", 99), Err(FileFault::Outside)));
    assert!(matches!(folder.bytes("a.md", 99), Err(FileFault::Outside)));
    assert!(matches!(folder.bytes("SUMMARY.md", 9), Err(FileFault::TooBig(9))));
    assert!(folder.bytes("SUMMARY.md", 99).is_ok());
}

#[test]
fn big_files_are_not_read() {
    let big = vec![b'x'; (1 << 20) + 1];
    let dir = Dir::new(
        "big",
        &[
            ("book.toml", b"[book]\ntitle = \"T\"\n[limits]\nfile-mib = 1\n"),
            ("SUMMARY.md", b"- [A](a.md)\n"),
            ("a.md", &big),
        ],
    );
    let (_, _, diags) = built(&dir.book());
    assert_eq!(diags[0], "missing-file SUMMARY.md:1:3 `a.md` has more than 1 MiB");
}
