//! Whether what judges PDFs accepts them: veraPDF for PDF/UA-1 and PDF/A-2a, qpdf and
//! pdfcpu for the file itself. Each runs once over all files, with spoilt ones among
//! them that it must find.

use crate::common::{Folder, reader};
use crate::reader::books::{BOOKS, PRINTED, book};
use crate::reader::spoil::SPOILS;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All files in a folder, and the spoilt ones of one book.
fn files(test: &str) -> (Folder, Vec<PathBuf>, Vec<PathBuf>) {
    let f = Folder::new(&format!("accepted-{test}"));
    let put = |name: &str, bytes: &[u8]| {
        f.write(&format!("{name}.pdf"), bytes);
        f.path(&format!("{name}.pdf"))
    };
    let good = BOOKS.iter().map(|b| put(&b.name, &b.pdf)).collect();
    let spoil = |(n, s): (usize, &crate::reader::spoil::Spoil)| {
        put(&format!("spoilt-{n}"), &s.done(&book("everything").pdf))
    };
    let bad = SPOILS.iter().enumerate().map(spoil).collect();
    (f, good, bad)
}

/// What printers get, in the same folder.
fn printed(f: &Folder) -> Vec<PathBuf> {
    let put = |b: &crate::reader::books::Read| {
        let name = format!("{}.pdf", b.name);
        f.write(&name, &b.pdf);
        f.path(&name)
    };
    PRINTED.iter().map(put).collect()
}

fn run(command: &Path, args: &[&str], files: &[PathBuf]) -> String {
    let out = Command::new(command).args(args).args(files).output().expect("it runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
        + &String::from_utf8_lossy(&out.stderr)
}

/// The lines that a file has in a report of tabbed columns.
fn lines<'a>(said: &'a str, file: &Path) -> Vec<&'a str> {
    let file = file.to_str().expect("a path");
    said.lines().filter(|l| l.split('\t').any(|column| column == file)).collect()
}

#[test]
fn verapdf_finds_nothing_against_pdf_ua_and_pdf_a() {
    let Some(verapdf) = reader("verapdf") else { return };
    let (_f, good, bad) = files("verapdf");
    let said = run(&verapdf, &["ua1,2a"], &[good.clone(), bad.clone()].concat());
    for file in &good {
        let lines = lines(&said, file);
        let passed = lines.len() == 2 && lines.iter().all(|l| l.starts_with("passed\t"));
        assert!(passed, "{}", lines.join("\n"));
    }
    // Negative controls: each spoilt file breaks the rule that it was spoilt for.
    for (spoil, file) in SPOILS.iter().zip(&bad) {
        let lines = lines(&said, file);
        let found = lines.iter().any(|l| {
            l.starts_with("failed\t") && l.contains(&format!("\t{}\t", spoil.rule))
        });
        assert!(found, "{} is not found: {}", spoil.name, lines.join("\n"));
    }
}

#[test]
fn pdfcpu_finds_nothing_in_its_strict_mode() {
    let Some(pdfcpu) = reader("pdfcpu") else { return };
    let (f, mut good, _) = files("pdfcpu");
    good.extend(printed(&f));
    // Negative control: a page whose box is a word.
    let mut doc = lopdf::Document::load_mem(&book("everything").pdf).expect("a PDF");
    let page = *doc.get_pages().get(&1).expect("a page");
    let dict = doc.get_dictionary_mut(page).expect("a page");
    dict.set("MediaBox", lopdf::Object::string_literal("A5"));
    f.write("spoilt.pdf", crate::reader::spoil::saved(doc));
    let bad = f.path("spoilt.pdf");
    let said = run(&pdfcpu, &[], &[good.clone(), vec![bad.clone()]].concat());
    for file in &good {
        let lines = lines(&said, file);
        assert!(lines.len() == 1 && lines[0].starts_with("passed\t"), "{said}");
    }
    assert!(lines(&said, &bad).iter().all(|l| l.starts_with("failed\t")), "{said}");
}

#[test]
fn qpdf_finds_no_fault() {
    let Some(qpdf) = reader("qpdf") else { return };
    let (f, mut good, _) = files("qpdf");
    good.extend(printed(&f));
    let check = |file: &PathBuf| {
        let out =
            Command::new(&qpdf).arg("--check").arg(file).output().expect("qpdf runs");
        let said =
            String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
        (out.status.success() && !said.contains("WARNING"), said.into_owned())
    };
    for file in &good {
        let (ok, said) = check(file);
        assert!(ok, "{said}");
    }
    // Negative control: a file that lost its end.
    let pdf = &book("everything").pdf;
    f.write("spoilt.pdf", &pdf[..pdf.len() - 200]);
    assert!(!check(&f.path("spoilt.pdf")).0);
}
