//! Small books: settings, text, and which checks must report something. A new
//! setting is a row.

use crate::check::{CHECKS, Level, Rules};
use crate::common::{Folder, keben, said};
use crate::prose::Reading;
use keben::session::Session;

/// A small book.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// `book.toml`, but for `[book]`
    pub(crate) settings: &'static str,
    /// Markdown
    pub(crate) text: &'static str,
    /// what it is held to
    pub(crate) rules: Rules,
    /// the checks that report a fault; all others report none
    pub(crate) broken: &'static [&'static str],
}

/// Every hard case at once.
pub(crate) const DENSE: &str = include_str!("dense.md");

const STOP: &str = "一二三四五六七八九十。甲乙丙丁戊己庚辛。\n";
const SLASHES: &str = "一二三四五六七八九/十甲乙丙丁戊己庚辛壬癸\n";
const DASHES: &str = "一二三四五六七八九十——甲乙丙丁戊己庚辛壬癸……子丑寅卯\n";
const MIXED: &str = "一段中文里有Rust、PDF和EPUB 3，也有2024年的15280万元，\
                     程序是用Rust写成的，读Markdown，出PDF，再出EPUB。\n";
const NUMBER: &str = "一二三四五六七八1\u{200b}5280万元一二三四五六七八九十一二三四\n";

const fn held(level: Level) -> Rules {
    Rules { level, indent: 0.0, ..Rules::USUAL }
}

const fn dense(name: &'static str, settings: &'static str) -> Case {
    Case { name, settings, text: DENSE, rules: Rules::USUAL, broken: &[] }
}

const fn level(
    settings: &'static str,
    text: &'static str,
    held_to: Level,
    broken: &'static [&'static str],
) -> Case {
    Case { name: settings, settings, text, rules: held(held_to), broken }
}

const NONE: &str = "[page]\nchars = 10\n[typesetting]\nindent = 0\nlevel = \"none\"\n";
const BASIC: &str = "[page]\nchars = 10\n[typesetting]\nindent = 0\nlevel = \"basic\"\n";
const GB: &str = "[page]\nchars = 10\n[typesetting]\nindent = 0\nlevel = \"gb\"\n";
const STRICT: &str =
    "[page]\nchars = 10\n[typesetting]\nindent = 0\nlevel = \"strict\"\n";

/// The rows. Where one book is held to the rules of another setting, the check
/// that tells the two apart must see it: each setting's negative control.
pub(crate) const CASES: &[Case] = &[
    dense("9 characters", "[page]\nchars = 9\n"),
    dense("14 characters", "[page]\nchars = 14\n"),
    dense("20 characters", "[page]\nchars = 20\n"),
    dense("28 characters", "[page]\nchars = 28\n"),
    dense(
        "large, 33 characters",
        "[page]\nchars = 33\nsize = \"小四\"\ntrim = \"16k\"\n",
    ),
    level(BASIC, SLASHES, Level::Basic, &[]),
    level(BASIC, SLASHES, Level::Gb, &["prohibition"]),
    level(NONE, STOP, Level::None, &[]),
    level(NONE, STOP, Level::Basic, &["prohibition"]),
    level(GB, DASHES, Level::Gb, &[]),
    level(GB, DASHES, Level::Strict, &["prohibition"]),
    level(STRICT, DASHES, Level::Strict, &[]),
    Case {
        name: "no gap",
        settings: "[page]\nchars = 20\n[typesetting]\ngap = 0\n",
        text: MIXED,
        rules: Rules { gap: 0.0, ..Rules::USUAL },
        broken: &[],
    },
    Case {
        name: "no gap, held to a quarter",
        settings: "[page]\nchars = 20\n[typesetting]\ngap = 0\n",
        text: MIXED,
        rules: Rules::USUAL,
        broken: &["han-latin", "tiers"],
    },
    Case {
        name: "no indent, held to two",
        settings: "[page]\nchars = 20\n[typesetting]\nindent = 0\n",
        text: MIXED,
        rules: Rules::USUAL,
        broken: &["start"],
    },
    Case {
        name: "a number that the author lets break",
        settings: "[page]\nchars = 10\n[typesetting]\nindent = 0\n",
        text: NUMBER,
        rules: Rules { indent: 0.0, ..Rules::USUAL },
        broken: &["tokens"],
    },
];

impl Case {
    /// Builds and reads it.
    pub(crate) fn reading(&self, folder: &str) -> Reading {
        let f = Folder::new(&format!("lines-{folder}"));
        read_with(&f, self.settings, &format!("# 题\n\n{}", self.text))
    }
    /// What is not as the row says.
    pub(crate) fn wrong(&self, reading: &Reading) -> Vec<String> {
        let mut out = vec![];
        for check in CHECKS {
            let report = (check.run)(reading, &self.rules);
            let broken = self.broken.contains(&check.name);
            if broken && report.faults.is_empty() {
                out.push(format!("{}: {} reports nothing", self.name, check.name));
            }
            for f in report.faults.iter().filter(|_| !broken) {
                out.push(format!("{}: {} [{}] {f}", self.name, check.name, check.rows));
            }
        }
        out
    }
}

/// Builds the book in a folder with the binary and reads the PDF.
pub(crate) fn read(out: &Folder, book: &std::path::Path, name: &str) -> Reading {
    let to = out.0.to_str().expect("a path");
    let done = keben(book, &["build", "-q", "--format", "pdf", "--out", to]);
    assert!(done.status.success() && said(&done).is_empty(), "{}", said(&done));
    let session = Session::open(book).expect("a book");
    Reading::new(&out.read(name), &session.book)
}

/// Writes a book of one chapter, builds and reads it.
pub(crate) fn read_with(f: &Folder, settings: &str, chapter: &str) -> Reading {
    let book = "[book]\ntitle = \"题\"\nslug = \"case\"\nsrc = \".\"\n";
    f.write("book.toml", format!("{book}{settings}"))
        .write("SUMMARY.md", "- [题](a.md)\n")
        .write("a.md", chapter);
    read(f, &f.0, "case.pdf")
}
