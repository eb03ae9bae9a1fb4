//! The preview in a real browser (`readers/preview.mjs`): edits, clicks, keys, and a
//! manuscript that would like to run programs.

use super::serve::serve;
use crate::common::{Folder, reader};
use crate::novel;
use std::path::Path;
use std::process::Command;

/// A book of many pages, with all that a manuscript can try to run.
fn book() -> Folder {
    let f = super::book("browser");
    let paragraphs: Vec<_> = novel::paragraphs(12_000);
    let text: Vec<_> = paragraphs.iter().map(String::as_str).collect();
    f.write("book/02.md", format!("# 二\n\n{}\n", text.join("\n\n")));
    f.write("book/03.md", HOSTILE);
    f.write("book/evil.svg", EVIL);
    f.write("book/SUMMARY.md", "# 目录\n\n- [一](01.md)\n- [二](02.md)\n- [三](03.md)\n");
    f
}

const HOSTILE: &str = "# 三 <script>window.bad = 1</script>\n\n\
    <img src=\"none.png\" onerror=\"window.bad = 2\"> <b onclick=\"window.bad = 3\">字</b>\n\n\
    <svg onload=\"window.bad = 4\"></svg> [链接](javascript:window.bad=5)\n\n\
    `</text><script>window.bad = 6</script>` \\<script>window.bad = 7\\</script>\n\n\
    ![图](evil.svg)\n";

const EVIL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\" \
    onload=\"window.bad = 8\"><script>window.bad = 9</script>\
    <rect width=\"40\" height=\"20\" fill=\"#393\"/></svg>";

#[test]
fn the_preview_keeps_up_and_runs_nothing() {
    let Some(engine) = reader("reading-engine") else { return };
    let f = book();
    let (_s, port) = serve(&f);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/preview.mjs");
    let out = Command::new(engine)
        .arg(script)
        .arg(format!("http://127.0.0.1:{port}/"))
        .arg(f.path("book"))
        .output()
        .expect("the browser runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let errors = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{said}\n{errors}");
    let failed: Vec<_> = said.lines().filter(|l| !l.starts_with("ok ")).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    for wanted in
        ["edit", "place", "whole", "click", "goto", "scripts", "control", "keys", "dark"]
    {
        let line = format!("ok {wanted}");
        assert!(said.lines().any(|l| l.starts_with(&line)), "{wanted} was not looked at");
    }
}
