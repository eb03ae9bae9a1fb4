//! Small books: settings, text, and which checks must report something. A new
//! setting is a row.

use crate::common::{Folder, keben, said};
use crate::lines_pdf::check::{CHECKS, Hanging, Level, LineEnd, Punctuation, Rules};
use crate::lines_pdf::prose::Reading;
use keben::session::Session;

/// A small book.
pub(crate) struct Case {
    /// lines of `[page]` in `book.toml`
    pub(crate) page: &'static str,
    /// lines of `[typesetting]`
    pub(crate) settings: &'static str,
    /// Markdown
    pub(crate) text: &'static str,
    /// what it is held to
    pub(crate) rules: Rules,
    /// the checks that report a fault; all others report none
    pub(crate) broken: &'static [&'static str],
}

/// A row.
pub(crate) const fn row(
    page: &'static str,
    settings: &'static str,
    text: &'static str,
    rules: Rules,
    broken: &'static [&'static str],
) -> Case {
    Case { page, settings, text, rules, broken }
}

/// Every hard case at once.
pub(crate) const DENSE: &str = include_str!("dense.md");

const STOP: &str = "一二三四五六七八九十。甲乙丙丁戊己庚辛。\n";
const BANGS: &str = "一二三四五六七八！甲乙丙丁戊己庚辛壬癸子丑寅卯。\n";
const SLASHES: &str = "一二三四五六七八九/十甲乙丙丁戊己庚辛壬癸\n";
const DASHES: &str = "一二三四五六七八九十——甲乙丙丁戊己庚辛壬癸……子丑寅卯\n";
const MIXED: &str = "一段中文里有Rust、PDF和EPUB 3，也有2024年的15280万元，\
                     程序是用Rust写成的，读Markdown，出PDF，再出EPUB。\n";
const NUMBER: &str = "一二三四五六七八1\u{200b}5280万元一二三四五六七八九十一二三四\n";

const USUAL: Rules = Rules::USUAL;
const FLUSH: Rules = Rules { indent: 0.0, ..USUAL };
/// Narrow columns are indented by 1 em.
const NARROW: Rules = Rules { indent: 1.0, ..USUAL };
const BASIC: Rules = Rules { level: Level::Basic, ..FLUSH };
const STRICT: Rules = Rules { level: Level::Strict, ..FLUSH };
const KAIMING: Rules = Rules { punctuation: Punctuation::Kaiming, ..USUAL };
const HALF: Rules = Rules { punctuation: Punctuation::Half, ..USUAL };
const AUTO: Rules = Rules { line_end: LineEnd::Auto, ..USUAL };
const FULL: Rules = Rules { line_end: LineEnd::Full, ..USUAL };
const STOPS_HANG: Rules = Rules { hanging: Hanging::Stops, ..USUAL };
const ALL_HANG: Rules = Rules { hanging: Hanging::All, ..USUAL };

const L_NONE: &str = "indent = 0\nlevel = \"none\"";
const L_BASIC: &str = "indent = 0\nlevel = \"basic\"";
const L_STRICT: &str = "indent = 0\nlevel = \"strict\"";
const C10: &str = "chars = 10";
const C14: &str = "chars = 14";
const C20: &str = "chars = 20";
const LARGE: &str = "chars = 33\nsize = \"小四\"\ntrim = \"16k\"";

/// The rows. Where a book is held to the rules of another setting, the check that
/// tells the two apart must see it: each setting's negative control.
pub(crate) const CASES: &[Case] = &[
    row("chars = 9", "", DENSE, NARROW, &[]),
    row("chars = 9", "", DENSE, USUAL, &["start"]),
    row(C14, "", DENSE, USUAL, &[]),
    row(C20, "", DENSE, USUAL, &[]),
    row("chars = 28", "", DENSE, USUAL, &[]),
    row(LARGE, "", DENSE, USUAL, &[]),
    row(C10, L_NONE, STOP, Rules { level: Level::None, ..FLUSH }, &[]),
    row(C10, L_NONE, STOP, BASIC, &["prohibition"]),
    row(C10, L_BASIC, SLASHES, BASIC, &[]),
    row(C10, L_BASIC, SLASHES, FLUSH, &["prohibition"]),
    row(C10, "indent = 0", DASHES, FLUSH, &[]),
    row(C10, "indent = 0", DASHES, STRICT, &["prohibition"]),
    row(C10, L_STRICT, DASHES, STRICT, &[]),
    row(C14, "line-end = \"auto\"", DENSE, AUTO, &[]),
    row(C14, "line-end = \"full\"", DENSE, FULL, &[]),
    row(C14, "line-end = \"full\"", DENSE, USUAL, &["end"]),
    row(C14, "hanging = \"stops\"", DENSE, STOPS_HANG, &[]),
    row(C14, "hanging = \"stops\"", DENSE, USUAL, &["end"]),
    row(C14, "hanging = \"all\"", DENSE, ALL_HANG, &[]),
    row(C10, "hanging = \"all\"", BANGS, ALL_HANG, &[]),
    row(C10, "hanging = \"all\"", BANGS, STOPS_HANG, &["end"]),
    row(C20, "punctuation = \"kaiming\"", DENSE, KAIMING, &[]),
    row(C20, "punctuation = \"kaiming\"", DENSE, HALF, &["adjacent", "tiers"]),
    row(C20, "punctuation = \"half\"", DENSE, HALF, &[]),
    row(C20, "punctuation = \"half\"", DENSE, USUAL, &["adjacent", "tiers"]),
    row(C20, "gap = 0", MIXED, Rules { gap: 0.0, ..USUAL }, &[]),
    row(C20, "gap = 0", MIXED, USUAL, &["han-latin", "tiers"]),
    row(C20, "indent = 0", MIXED, FLUSH, &[]),
    row(C20, "indent = 0", MIXED, USUAL, &["start"]),
    // The author lets a number break.
    row(C10, "indent = 0", NUMBER, FLUSH, &["tokens"]),
];

impl Case {
    /// Builds and reads it.
    pub(crate) fn reading(&self, folder: &str) -> Reading {
        let f = Folder::new(&format!("lines-{folder}"));
        let book = "[book]\ntitle = \"题\"\nslug = \"case\"\nsrc = \".\"\n";
        let (page, settings) = (self.page, self.settings);
        let rest = format!("[page]\n{page}\n[typesetting]\n{settings}\n");
        f.write("book.toml", format!("{book}{rest}"))
            .write("SUMMARY.md", "- [题](a.md)\n")
            .write("a.md", format!("# 题\n\n{}", self.text));
        read(&f, &f.0, "case.pdf")
    }
    /// What is not as the row says.
    pub(crate) fn wrong(&self, reading: &Reading) -> Vec<String> {
        let name = format!("{}, {}", self.page, self.settings).replace('\n', ", ");
        let mut out = vec![];
        for check in CHECKS {
            let report = (check.run)(reading, &self.rules);
            let broken = self.broken.contains(&check.name);
            if broken && report.faults.is_empty() {
                out.push(format!("{name}: {} reports nothing", check.name));
            }
            for f in report.faults.iter().filter(|_| !broken) {
                out.push(format!("{name}: {} [{}] {f}", check.name, check.rows));
            }
        }
        out
    }
}

/// Builds the book in a folder with the binary and reads the PDF.
pub(crate) fn read(out: &Folder, book: &std::path::Path, name: &str) -> Reading {
    let to = out.0.to_str().expect("a path");
    let done = keben(book, &["build", "-q", "--format", "pdf", "--out", to]);
    // Where pages end is not the question here (`tests/pages`).
    let said = said(&done);
    let faults =
        said.lines().filter(|l| l.starts_with("warning[") || l.starts_with("error["));
    let found = faults.filter(|l| !l.starts_with("warning[uneven-pages]")).count();
    assert!(done.status.success() && found == 0, "{said}");
    let session = Session::open(book).expect("a book");
    Reading::new(&out.read(name), &session.book)
}
