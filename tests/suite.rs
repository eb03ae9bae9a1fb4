//! Runs the cases in `tests/suite/`: text in, text out, at the earliest stage
//! that shows the fault. `BLESS=1` writes what came out; read it before you
//! commit it. `CASE=name` runs the cases whose names hold that.

use keben::book::{Book, dump, number};
use keben::cjk::{Level, Rules};
use keben::config::{self, Limits};
use keben::diag::Sink;
use keben::font::shape::Shaper;
use keben::font::{FontBytes, FontSet};
use keben::geom::Len;
use keben::line::{self, Paragraph, Shape};
use keben::manuscript;
use keben::page;
use keben::picture::{self, Picture, Pictures, SvgFonts};
use keben::source::Sources;
use keben::theme;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What a case may expect, by stage.
const SECTIONS: &[&str] = &["book", "diag", "lines", "faults", "pages"];

/// One case: its settings, its input, and what should come out, by section.
struct Case {
    name: String,
    settings: Vec<(String, String)>,
    input: String,
    sections: Vec<(String, String)>,
}

impl Case {
    fn get<T: std::str::FromStr>(&self, key: &str, default: T) -> T {
        let found = self.settings.iter().find(|s| s.0 == key);
        found.map_or(default, |s| s.1.parse().unwrap_or_else(|_| panic!("{key}={}", s.1)))
    }
}

#[test]
fn suite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let only = std::env::var("CASE").unwrap_or_default();
    let bless = std::env::var_os("BLESS").is_some();
    let (mut ran, mut failed) = (0, vec![]);
    for (stage, file) in files(&root) {
        let text = std::fs::read_to_string(&file).expect("a case file");
        let mut blessed = String::new();
        for case in cases(&text) {
            let skip = !case.name.contains(&only);
            let got = if skip { case.sections.clone() } else { run(&stage, &case) };
            ran += usize::from(!skip);
            if got != case.sections {
                let name = file.strip_prefix(&root).unwrap_or(&file).display();
                failed.push(format!(
                    "{name}: {}\n{}",
                    case.name,
                    difference(&case.sections, &got)
                ));
            }
            write(&mut blessed, &case, &got);
        }
        if bless {
            std::fs::write(&file, blessed).expect("a case file");
        }
    }
    assert!(ran > 0, "no case ran");
    assert!(
        bless || failed.is_empty(),
        "{} of {ran} cases:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

fn files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut out = vec![];
    for stage in std::fs::read_dir(root).expect("tests/suite").flatten() {
        for file in std::fs::read_dir(stage.path()).expect("a stage").flatten() {
            assert_eq!(
                file.path().extension().and_then(|e| e.to_str()),
                Some("txt"),
                "an orphan"
            );
            out.push((stage.file_name().to_string_lossy().into_owned(), file.path()));
        }
    }
    out.sort();
    out
}

fn cases(text: &str) -> Vec<Case> {
    let mut out: Vec<Case> = vec![];
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let mut words = head.split_whitespace();
            let name = words.next().unwrap_or_default().to_string();
            let pair =
                |w: &str| w.split_once('=').map(|(k, v)| (k.to_string(), v.to_string()));
            let settings = words.filter_map(pair).collect();
            out.push(Case { name, settings, input: String::new(), sections: vec![] });
        } else if let Some(case) = out.last_mut() {
            let section = line.strip_prefix("--- ").filter(|s| SECTIONS.contains(s));
            if let Some(section) = section {
                case.sections.push((section.trim().to_string(), String::new()));
            } else if let Some(section) = case.sections.last_mut() {
                section.1.push_str(line);
                section.1.push('\n');
            } else {
                case.input.push_str(line);
                case.input.push('\n');
            }
        }
    }
    for case in &mut out {
        case.sections.iter_mut().for_each(|s| s.1.truncate(s.1.trim_end().len()));
        case.sections.iter_mut().filter(|s| !s.1.is_empty()).for_each(|s| s.1.push('\n'));
    }
    out
}

fn write(out: &mut String, case: &Case, sections: &[(String, String)]) {
    write!(out, "=== {}", case.name).ok();
    for (k, v) in &case.settings {
        write!(out, " {k}={v}").ok();
    }
    write!(out, "\n{}\n", case.input.trim_end_matches('\n')).ok();
    for (name, text) in sections {
        write!(out, "--- {name}\n{text}").ok();
    }
    out.push('\n');
}

fn difference(want: &[(String, String)], got: &[(String, String)]) -> String {
    let text = |s: &[(String, String)]| {
        s.iter().map(|(n, t)| format!("--- {n}\n{t}")).collect::<String>()
    };
    format!("want\n{}got\n{}", text(want), text(got))
}

/// Runs a case. Spaces at line ends are left out: editors take them away.
fn run(stage: &str, case: &Case) -> Vec<(String, String)> {
    let trimmed =
        |text: String| text.lines().fold(String::new(), |t, l| t + l.trim_end() + "\n");
    stage_of(stage, case).into_iter().map(|(name, text)| (name, trimmed(text))).collect()
}

fn stage_of(stage: &str, case: &Case) -> Vec<(String, String)> {
    match stage {
        "markdown" => markdown(case),
        "cjk" | "line" => lines(case),
        "page" => pages(case),
        other => panic!("no stage {other}"),
    }
}

/// The lines of every paragraph of the input, in the tests' font: Han of 1 em
/// and Latin of ½ em. Settings: chars, indent, level, ragged.
fn lines(case: &Case) -> Vec<(String, String)> {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    let fonts = FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font");
    let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
    let em = Len::milli_pt(10_000);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let level = match case.get("level", "gb".to_string()).as_str() {
        "none" => Level::None,
        "basic" => Level::Basic,
        "strict" => Level::Strict,
        _ => Level::Gb,
    };
    let rules = Rules { level, ..Rules::default() };
    let shape = Shape {
        measure: em * case.get("chars", 10),
        indent: em * case.get("indent", 0),
        justify: !case.get("ragged", false),
    };
    let mut out = String::new();
    let mut faults = vec![];
    for text in case.input.lines().filter(|l| !l.starts_with("# ") && !l.is_empty()) {
        let p = Paragraph::plain(text, style);
        let lines = line::lay(&p, shape, &rules, &mut shaper, &mut faults);
        out.push_str(&line::dump::dump(&lines, em));
    }
    let mut sections = vec![("lines".to_string(), out)];
    if !faults.is_empty() {
        let text = faults.iter().map(|f| format!("{f:?}\n")).collect();
        sections.push(("faults".to_string(), text));
    }
    sections
}

/// The model of a chapter, and what its author should know.
fn markdown(case: &Case) -> Vec<(String, String)> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = sources.add("case.md", case.input.as_str());
    let c =
        manuscript::chapter(&case.input, file, "case.md", &Limits::default(), &mut sink);
    let mut out = String::new();
    if !c.title.is_empty() {
        writeln!(out, "title #{} | {}", c.id, dump::inlines(&c.title)).ok();
    }
    dump::blocks(&c.blocks, 0, &mut out);
    for (n, note) in c.notes.iter().enumerate() {
        writeln!(out, "note {}", n + 1).ok();
        dump::blocks(&note.blocks, 1, &mut out);
    }
    let mut sections = vec![("book".to_string(), out)];
    if !sink.list().is_empty() {
        sections.push(("diag".to_string(), diagnostics(&sink, &sources)));
    }
    sections
}

fn diagnostics(sink: &Sink, sources: &Sources) -> String {
    let mut out = String::new();
    for d in sink.list() {
        let (line, column) = d.span.map_or((0, 0), |s| sources.place(s));
        writeln!(out, "{} {line}:{column} {}", d.code.name, d.message).ok();
    }
    out
}

/// The pages of a book of one chapter, in the tests' font. Settings: chars,
/// lines; `only=N` shows what stands on the body's page N alone.
fn pages(case: &Case) -> Vec<(String, String)> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (chars, lines) = (case.get("chars", 12), case.get("lines", 10));
    let settings = format!(
        "[book]\ntitle = \"书名\"\n[page]\ntrim = \"200x200mm\"\nsize = 10\nleading = 16\n\
         chars = {chars}\nlines = {lines}\n"
    );
    let toml = sources.add("book.toml", settings.as_str());
    let config = config::read(&settings, toml, &mut sink);
    let file = sources.add("case.md", case.input.as_str());
    let chapter =
        manuscript::chapter(&case.input, file, "case.md", &Limits::default(), &mut sink);
    let mut book = Book { meta: config.meta.clone(), chapters: vec![chapter] };
    number::number(&mut book);
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    let fonts = FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font");
    let picture = include_bytes!("suite-data/dot.png").to_vec();
    let picture =
        picture::read(picture, 1000, &SvgFonts::new(&fonts)).expect("a picture");
    let mut pictures = Pictures::default();
    let large = Picture { width: 160.0, height: 106.6, ..picture };
    pictures.map.insert("large.png".into(), large);
    let theme = theme::named("default", &mut sink);
    let input = page::Input {
        book: &book,
        config: &config,
        theme: &theme,
        fonts: &fonts,
        pictures: &pictures,
    };
    let pages = page::pages(&input, &mut sink, &|| {});
    let only: String = case.get("only", String::new());
    let body = pages.into_iter().filter(|p| p.label.parse::<u32>().is_ok());
    let shown: Vec<_> = body.filter(|p| only.is_empty() || p.label == only).collect();
    let mut sections = vec![("pages".to_string(), page::dump::dump(&shown))];
    if !sink.list().is_empty() {
        sections.push(("diag".to_string(), diagnostics(&sink, &sources)));
    }
    sections
}
