//! Runs a case through its stage.

use super::case::{Case, PAGE, Sections, TYPESETTING, items};
use keben::book::{BlockKind, Book, Chapter, Division, Inline, Part, Role, dump, text};
use keben::config::{self, Config, Limits};
use keben::diag::{Sink, code};
use keben::font::shape::Shaper;
use keben::font::{FontBytes, FontSet};
use keben::geom::Len;
use keben::line::{self, Beside, Paragraph, Shape};
use keben::manuscript;
use keben::page;
use keben::page::structure::Tree;
use keben::picture::{self, Look, Picture, Pictures, SvgFonts};
use keben::source::Sources;
use keben::theme;
use std::fmt::Write;

/// Runs a case. Spaces at line ends are left out: editors take them away.
pub(crate) fn run(stage: &str, case: &Case) -> Result<Sections, String> {
    let trimmed =
        |text: String| text.lines().fold(String::new(), |t, l| t + l.trim_end() + "\n");
    if let Some(key) = case.unknown() {
        return Err(format!("no case has the key {key}"));
    }
    let sections = match stage {
        "markdown" => markdown(case),
        "cjk" | "line" => lines(case)?,
        "page" => pages(case),
        other => panic!("no stage {other}"),
    };
    Ok(sections.into_iter().map(|(name, text)| (name, trimmed(text))).collect())
}

fn test_font() -> FontSet {
    let data: &[u8] = include_bytes!("../fonts/KebenTest-Regular.otf");
    FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font")
}

/// The lines of every paragraph of the input, in the tests' font: Han of 1 em
/// and Latin of ½ em. Settings: chars, indent, ragged, lang, and those of
/// `[typesetting]`, which go through the reader of `book.toml`.
fn lines(case: &Case) -> Result<Sections, String> {
    let config = settings(case)?;
    let fonts = test_font();
    let mut shaper = Shaper::new(&fonts, &config.meta.lang);
    let em = Len::milli_pt(10_000);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let shape = Shape {
        measure: em * case.get("chars", 10),
        indent: em * case.get("indent", 0),
        justify: !case.get("ragged", false),
        beside: Beside {
            lines: case.get("beside-lines", 0),
            by: em * case.get("beside", 0),
        },
    };
    let mut out = String::new();
    let mut faults = vec![];
    for p in paragraphs(case, style) {
        let lines = line::lay(&p, shape, &config.rules, &mut shaper, &mut faults);
        out.push_str(&line::dump::dump(&lines, em));
    }
    let mut sections = vec![("lines".to_string(), out)];
    if !faults.is_empty() {
        let text = faults.iter().map(fault).collect();
        sections.push(("faults".to_string(), text));
    }
    Ok(sections)
}

/// The paragraphs of a case: a plain one for each line, or with `markdown=true`
/// those of a chapter.
fn paragraphs(case: &Case, style: theme::TextStyle) -> Vec<Paragraph> {
    let text = case.input.lines().filter(|l| !l.starts_with("# "));
    if !case.get("markdown", false) {
        let solid = text.filter(|l| !l.is_empty());
        return solid.map(|l| Paragraph::plain(l, style)).collect();
    }
    // A line is a paragraph here too.
    let text: String = text.map(|l| format!("{l}\n\n")).collect();
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = sources.add("case.md", text.as_str());
    let chapter =
        manuscript::chapter(&text, file, "case.md", &Limits::default(), &mut sink);
    let theme = theme::named("default", &mut sink);
    let flat = |inlines: &Vec<Inline>| {
        line::flatten::flatten(inlines, style, &theme, &|_, _| None)
    };
    let mut out = vec![];
    for block in &chapter.blocks {
        if let BlockKind::Paragraph(inlines) = &block.kind {
            out.push(flat(inlines));
        }
    }
    out
}

fn fault(fault: &line::Fault) -> String {
    match fault {
        line::Fault::Missing(c, _) => format!("missing {c}\n"),
        line::Fault::Overfull(_) | line::Fault::Wide(_) => "overfull\n".to_string(),
        line::Fault::High(_) => "high\n".to_string(),
        line::Fault::Emergency(_) => "emergency\n".to_string(),
        line::Fault::Loose(_, gap) => format!("loose by {gap}/1000 em\n"),
        line::Fault::Lonely(..) => "lonely\n".to_string(),
    }
}

/// The settings of a case as those of a book; what the book's reader says about
/// them is a fault of the case.
fn settings(case: &Case) -> Result<Config, String> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let text = book_toml(case, "");
    let toml = sources.add("book.toml", text.as_str());
    let config = config::read(&text, toml, &mut sink);
    match sink.list().is_empty() {
        true => Ok(config),
        false => Err(format!("{text}{}", diagnostics(&sink, &sources))),
    }
}

/// A `book.toml` with the settings of a case, `more` between its sections.
fn book_toml(case: &Case, more: &str) -> String {
    let lang = case.value("lang").unwrap_or("zh-Hans-CN");
    let number = case.value("chapter-number");
    let number = number.map_or(String::new(), |n| format!("chapter-number = \"{n}\"\n"));
    let mut out = format!(
        "[book]\ntitle = \"书名\"\nlanguage = \"{lang}\"\n{number}{more}[typesetting]\n"
    );
    for key in TYPESETTING {
        if let Some(value) = case.value(key) {
            writeln!(out, "{key} = {}", toml_value(value)).ok();
        }
    }
    out
}

/// A value as TOML has it: words in quotation marks, the rest as it is.
fn toml_value(value: &str) -> String {
    if let Some(list) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        let items = items(list).into_iter().filter(|i| !i.is_empty()).map(toml_value);
        return format!("[{}]", items.collect::<Vec<_>>().join(", "));
    }
    let plain = value.parse::<f64>().is_ok() || value.parse::<bool>().is_ok();
    if plain { value.to_string() } else { format!("{value:?}") }
}

/// The model of a chapter, and what its author should know.
fn markdown(case: &Case) -> Sections {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = sources.add("case.md", case.input.as_str());
    let c =
        manuscript::chapter(&case.input, file, "case.md", &Limits::default(), &mut sink);
    let mut out = String::new();
    if !c.title.is_empty() {
        writeln!(out, "title #{} | {}", c.id, dump::inlines(&c.title)).ok();
    }
    if c.role != Role::Chapter {
        writeln!(out, "role {:?}", c.role).ok();
    }
    dump::blocks(&c.blocks, 0, &mut out);
    for (n, note) in c.notes.iter().enumerate() {
        writeln!(out, "note {}", n + 1).ok();
        dump::blocks(&note.blocks, 1, &mut out);
    }
    let mut sections = vec![("book".to_string(), out)];
    let said = diagnostics(&sink, &sources);
    if !said.is_empty() {
        sections.push(("diag".to_string(), said));
    }
    sections
}

fn diagnostics(sink: &Sink, sources: &Sources) -> String {
    let mut out = String::new();
    // The pages of cases are narrow on purpose.
    for d in sink.list().iter().filter(|d| d.code != code::NARROW_MEASURE) {
        let (line, column) = d.span.map_or((0, 0), |s| sources.place(s));
        writeln!(out, "{} {line}:{column} {}", d.code.name, d.message).ok();
    }
    out
}

/// The pages of a book of one chapter, or of more, each after a line such as
/// `%% front` or `%% body part=名`; `%% toml` is followed by more of `book.toml`.
/// In the tests' font. Settings: chars, lines and the rest of `AREA`, indent, lang,
/// chapter-number, those of `[page]` and `[typesetting]`; `only=N` shows what stands
/// on the page N alone, and pages of front matter are shown with `show=front` or
/// `show=all`.
fn pages(case: &Case) -> Sections {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let parts = split(&case.input);
    let more = parts.iter().filter(|p| p.0 == "toml").map(|p| p.1.as_str());
    let text = page_toml(case, &more.collect::<String>());
    let toml = sources.add("book.toml", text.as_str());
    let config = config::read(&text, toml, &mut sink);
    let (meta, notes) = (config.meta.clone(), config.notes);
    let mut book = Book { meta, notes, ..Book::default() };
    for (n, (place, text)) in parts.iter().filter(|p| p.0 != "toml").enumerate() {
        let name = if n == 0 { "case.md".to_string() } else { format!("case{n}.md") };
        let file = sources.add(&name, text.as_str());
        let limits = Limits::default();
        let chapter = manuscript::chapter(text, file, &name, &limits, &mut sink);
        book.chapters.push(placed(chapter, place, &config.meta.lang));
    }
    manuscript::complete(&mut book, &config, &mut sink);
    let fonts = test_font();
    let picture = include_bytes!("../suite-data/dot.png").to_vec();
    let picture = picture::read(picture, Look::Pixels, 1000, &SvgFonts::new(&fonts))
        .expect("a picture");
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
    let pages = page::pages(&input, None, &mut sink, &|| {});
    let only: String = case.get("only", String::new());
    let body = pages.iter().rposition(|p| p.label == "1").unwrap_or(pages.len());
    let show: String = case.get("show", "body".to_string());
    let range = match show.as_str() {
        "front" => 0..body,
        "all" | "structure" => 0..pages.len(),
        _ => body..pages.len(),
    };
    let shown = pages[range].iter().filter(|p| only.is_empty() || p.label == only);
    let shown: Vec<_> = shown.cloned().collect();
    let mut sections = match show.as_str() {
        "structure" => {
            vec![("structure".to_string(), Tree::of(&shown).dump(&shown))]
        }
        _ => vec![("pages".to_string(), page::dump::dump(&shown))],
    };
    let said = diagnostics(&sink, &sources);
    if !said.is_empty() {
        sections.push(("diag".to_string(), said));
    }
    sections
}

/// Where each chapter stands, and its text.
fn split(input: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = vec![];
    for line in input.lines() {
        match line.strip_prefix("%% ") {
            Some(place) => out.push((place.trim().into(), String::new())),
            None if out.is_empty() => out.push(("body".into(), format!("{line}\n"))),
            None => out
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|p| p.1 += &format!("{line}\n")),
        }
    }
    out
}

fn placed(mut chapter: Chapter, place: &str, lang: &str) -> Chapter {
    let mut words = place.split_whitespace();
    chapter.division = match words.next() {
        Some("front") => Division::Front,
        Some("back") => Division::Back,
        _ => Division::Body,
    };
    let part = words.next().and_then(|w| w.strip_prefix("part="));
    chapter.part = part.map(Part::new);
    let titled = Role::titled(&text::plain(&chapter.title), lang, chapter.division);
    chapter.role = titled.unwrap_or(Role::plain(chapter.division));
    chapter
}

/// The measures of a page where a case says nothing of its trim.
const AREA: [(&str, &str); 5] = [
    ("trim", "200x200mm"),
    ("size", "10"),
    ("leading", "16"),
    ("chars", "12"),
    ("lines", "10"),
];

fn page_toml(case: &Case, more: &str) -> String {
    let mut page = format!("{more}[page]\n");
    // A trim that is named has measures of its own.
    let named = case.value("trim").is_some();
    for (key, default) in AREA {
        if let Some(value) = case.value(key).or((!named).then_some(default)) {
            writeln!(page, "{key} = {}", toml_value(value)).ok();
        }
    }
    for key in PAGE {
        if let Some(value) = case.value(key) {
            writeln!(page, "{key} = {}", toml_value(value)).ok();
        }
    }
    let indent =
        case.value("indent").map_or(String::new(), |i| format!("indent = {i}\n"));
    book_toml(case, &page) + &indent
}
