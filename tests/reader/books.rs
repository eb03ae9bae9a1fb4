//! The files that are read: the bundled book in every theme, and small books with
//! every kind of block, in every language, with notes in every place.

use crate::common::{Folder, keben, manuscript, said};
use std::path::Path;
use std::sync::LazyLock;

/// A finished screen edition.
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) pdf: Vec<u8>,
}

/// All of them, built once.
pub(crate) static BOOKS: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let themes = ["default", "novel", "report", "technical"].map(|t| themed(t, t));
    let own = OWN.iter().map(|own| (own.name.to_string(), own.folder()));
    let mut all: Vec<_> = themes.into_iter().chain(own).collect();
    all.push(("suite".into(), suite()));
    let build = |(name, folder): &(String, Folder)| {
        let out = keben(&folder.0, &["build", "-q", "m", "--format", "pdf"]);
        // The bundled book names its editions, the others do not.
        let pdf = std::fs::read(folder.path("build/b.pdf"))
            .or_else(|_| std::fs::read(folder.path("build/b-screen.pdf")));
        Read {
            name: name.clone(),
            pdf: pdf.unwrap_or_else(|e| panic!("{name}: {e}: {}", said(&out))),
        }
    };
    std::thread::scope(|s| {
        let parts = all.chunks(all.len().div_ceil(2));
        let parts: Vec<_> = parts
            .map(|part| s.spawn(|| part.iter().map(build).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|p| p.join().expect("books")).collect()
    })
});

/// What printers get of the bundled book: its edition for them, and its cover; and the
/// first on sheets.
pub(crate) static PRINTED: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let (_, f) = themed("printed", "default");
    for args in [
        &["build", "-q", "m", "--edition", "print"][..],
        &["cover", "-q", "m"],
        &[
            "impose",
            "-q",
            "build/b-print.pdf",
            "--signature",
            "16",
            "--out",
            "build/i.pdf",
        ],
    ] {
        let out = keben(&f.0, args);
        assert!(out.status.success(), "{args:?}: {}", said(&out));
    }
    let read = |name: &str| Read {
        name: name.trim_end_matches(".pdf").into(),
        pdf: f.read(&format!("build/{name}")),
    };
    ["b-print.pdf", "b-cover.pdf", "i.pdf"].map(read).into()
});

/// One of them.
pub(crate) fn book(name: &str) -> &'static Read {
    BOOKS.iter().find(|b| b.name == name).expect("a book")
}

/// The bundled book in a theme.
fn themed(name: &str, theme: &str) -> (String, Folder) {
    let f = Folder::new(&format!("read-{name}"));
    copy(&manuscript(), &f.path("m"));
    let toml = String::from_utf8(f.read("m/book.toml")).expect("text");
    let toml = toml.replace(
        "slug = \"shanhe-wanli\"",
        &format!("slug = \"b\"\ntheme = \"{theme}\""),
    );
    f.write("m/book.toml", toml);
    (name.into(), f)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(from, to).expect("a file");
        }
    }
}

/// The inputs of the suite's cases of Markdown, a chapter each. They have faults, all
/// of which are told, and none of which costs conformance.
fn suite() -> Folder {
    let f = Folder::new("read-suite");
    let mut summary = String::new();
    let mut files: Vec<_> = std::fs::read_dir("tests/suite/markdown")
        .expect("cases")
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("text");
        for case in text.split("\n=== ").skip(1) {
            let input = case.split_once('\n').map_or("", |c| c.1);
            let input = input.split("\n--- ").next().unwrap_or_default();
            let n = summary.lines().count();
            summary += &format!("- [例 {n}](c{n}.md)\n");
            f.write(&format!("m/c{n}.md"), input);
        }
    }
    let toml = "[book]\ntitle = \"例\"\nslug = \"b\"\nsrc = \".\"\n";
    f.write("m/book.toml", toml).write("m/SUMMARY.md", summary);
    f
}

/// A small book of the tests' own.
struct Own {
    name: &'static str,
    toml: &'static str,
    files: &'static [(&'static str, &'static str)],
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\">\
    <path d=\"M5 5H85V55H5Z\" fill=\"#888\"/><text x=\"20\" y=\"35\">图</text></svg>";
const PNG: &[u8] = include_bytes!("../suite-data/dot.png");

impl Own {
    fn folder(&self) -> Folder {
        let f = Folder::new(&format!("read-{}", self.name));
        f.write(
            "m/book.toml",
            format!("[book]\nslug = \"b\"\nsrc = \".\"\n{}", self.toml),
        );
        f.write("m/a.svg", SVG).write("m/a.png", PNG);
        let summary = |(name, _): &(&str, &str)| format!("- [{name}]({name}.md)\n");
        if !self.files.iter().any(|f| f.0 == "SUMMARY") {
            f.write("m/SUMMARY.md", self.files.iter().map(summary).collect::<String>());
        }
        for (name, text) in self.files {
            f.write(&format!("m/{name}.md"), text);
        }
        f
    }
}

const OWN: &[Own] = &[
    Own {
        name: "everything",
        toml: "title = \"书名\"\nsubtitle = \"副题\"\nauthors = [\"甲\", \"乙\"]\n\
               publisher = \"某社\"\ndate = \"2026-05\"\nsection-numbers = \"arabic\"\n\
               description = \"一句话。\"\nsubjects = [\"排版\"]\nrights = \"CC BY 4.0\"\n\
               [book.credits]\n\"责任编辑\" = \"某某\"\n[book.imprint]\nedition = 1\n\
               [page]\nhalf-title = true\nlists = [\"figures\", \"tables\"]\ndrop-cap = 2\n",
        files: &[
            (
                "SUMMARY",
                "[献词](dedication.md)\n[前言](preface.md)\n\n# 上编\n\n- [一](one.md)\n  - [子](sub.md)\n\n\
                 # 下编\n\n- [二](two.md)\n\n[术语表](glossary.md)\n[索引](index.md)\n",
            ),
            ("dedication", "# 献词\n\n献给读者。\n"),
            ("preface", "# 前言\n\n写在前面[^p]。\n\n[^p]: 前言之注。\n"),
            ("one", include_str!("one.md")),
            (
                "sub",
                "# 子\n\n子章，有[唐寅]{index}与[文徵明]{index=\"文徵明\"}。\n\n## 子节\n\n文。\n",
            ),
            ("two", include_str!("two.md")),
            (
                "glossary",
                "# 术语表\n\n刻本\n: 雕版印成的书。\n\n鱼尾\n: 折叶之处。\n\n  又一段。\n: 又一义。\n",
            ),
            ("index", "# 索引\n\n数字是页码。\n"),
        ],
    },
    Own {
        name: "chapter-notes",
        toml: "title = \"章后注\"\nnotes = \"chapter\"\n[page]\nfront-folio = \"arabic\"\n",
        files: &[
            (
                "a",
                "# 一[^t]\n\n文[^1]，再[^1]，又[^2]。\n\n[^t]: 题注。\n[^1]: 甲。\n\n    第二段。\n[^2]: 乙[^3]。\n[^3]: 丙。\n",
            ),
            (
                "b",
                "# 二\n\n| 甲[^x] | 乙 |\n|---|---|\n| 子^[行内] | 丑 |\n\n[^x]: 格中之注。\n",
            ),
        ],
    },
    Own {
        name: "book-notes",
        toml: "title = \"书后注\"\nnotes = \"book\"\n",
        files: &[
            ("SUMMARY", "- [一](a.md)\n\n[注释](n.md)\n"),
            ("a", "# 一\n\n文[^1]，又[^2]。\n\n[^1]: 甲。\n[^2]: 乙。\n"),
            ("n", "# 注释\n"),
        ],
    },
    Own {
        name: "page-notes",
        toml: "title = \"题注\"\nnote-numbers = \"page\"\n[page]\nchars = 12\nlines = 12\n",
        files: &[(
            "a",
            "# 一[^t]\n\n## 节[^s]\n\n文[^1]，又[^1]，再[^2]。\n\n天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳[^3]。\n\n\
             [^t]: 题注。\n[^s]: 节注。\n[^1]: 甲。\n\n    第二段。\n\n[^2]: 乙[^4]。\n[^3]: 丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙丙。\n[^4]: 丁。\n",
        )],
    },
    Own {
        name: "tongues",
        toml: "title = \"Tongues & <words>\"\nlanguage = \"en\"\n[page]\nchars = 14\n",
        files: &[(
            "a",
            "# Words\n\nInternational cooperation and extraordinary hyphenation: the office of a \
             fluffy waffle, affine transformations, 1/2 and e\u{301}. See <https://example.org/a?b=c>.\n\n\
             [Straßenbahnhaltestelle für Verwaltungsvorschriften]{lang=de}, [直角ひらがな骨]{lang=ja}, \
             [骨直化]{lang=zh-Hant-TW}, [한국어 글]{lang=ko}, ⼀ 一 ⼈ 人 𒀀.\n\n\
             ::: {lang=fr}\nUn paragraphe français.\n:::\n\n## Ende {lang=de}\n\nLast.\n",
        )],
    },
    Own {
        name: "japanese",
        toml: "title = \"日本語の本\"\nlanguage = \"ja\"\n",
        files: &[(
            "a",
            "# 章\n\n吾輩は猫である。名前はまだ無い（ＡＢＣ）——「どこで」……。\n\n- 甲\n- 乙\n",
        )],
    },
    Own {
        name: "untitled",
        toml: "",
        files: &[(
            "a",
            "# 一\n\n文。\n\n![](a.svg)\n\n文![](a.png)字。\n\n#### 四\n\n## 二\n",
        )],
    },
];
