//! Writes the books of the benches, the same on every machine: a novel, for keben and
//! for programs to compare it with, and in its folder `technical` a technical book.
//! `cargo run --release --example novel -- FOLDER [CHARACTERS [CHAPTERS]]`.

mod folder;
mod novel;
mod technical;

use folder::chapters;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first() else {
        eprintln!("name a folder to write to");
        return ExitCode::FAILURE;
    };
    let number = |n: usize, usual| match args.get(n) {
        Some(text) => text.parse().unwrap_or(usual),
        None => usual,
    };
    let (chars, chapters) = (number(1, 820_000), number(2, 80));
    let written = folder::write(Path::new(folder), chars, chapters)
        .and_then(|()| typst(Path::new(folder), chars, chapters))
        .and_then(|()| tex(Path::new(folder), chars, chapters))
        .and_then(|()| technical::write(&Path::new(folder).join("technical"), 30));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{folder}: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The same for Typst: A5, contents, justified, the same characters in a line.
fn typst(dir: &Path, chars: usize, count: usize) -> std::io::Result<()> {
    let mut text = String::from(
        "#set page(paper: \"a5\", margin: (x: 15mm, y: 18mm), numbering: \"1\")\n\
         #set text(font: \"Noto Serif CJK SC\", size: 10pt, lang: \"zh\")\n\
         #set par(justify: true, leading: 0.7em, spacing: 0.7em, first-line-indent: \
         (amount: 2em, all: true))\n\
         #show heading.where(level: 1): it => { pagebreak(weak: true); it }\n\
         #outline()\n\n",
    );
    for (n, paragraphs) in chapters(chars, count).iter().enumerate() {
        write!(text, "= 第{}回\n\n{}\n\n", n + 1, paragraphs.join("\n\n")).ok();
    }
    std::fs::write(dir.join("novel.typ"), text)
}

/// The same for XeLaTeX with ctex.
fn tex(dir: &Path, chars: usize, count: usize) -> std::io::Result<()> {
    let mut text = String::from(
        "\\documentclass[fontset=none,zihao=5]{ctexbook}\n\
         \\usepackage[a5paper,hmargin=15mm,vmargin=18mm]{geometry}\n\
         \\setCJKmainfont{Noto Serif CJK SC}\n\\usepackage{hyperref}\n\
         \\begin{document}\n\\tableofcontents\n",
    );
    for (n, paragraphs) in chapters(chars, count).iter().enumerate() {
        let body = paragraphs.join("\n\n").replace('%', "\\%");
        write!(text, "\\chapter*{{第{}回}}\n\n{body}\n\n", n + 1).ok();
    }
    text.push_str("\\end{document}\n");
    std::fs::write(dir.join("novel.tex"), text)
}
