//! Looks: every built-in theme sets the bundled book; a book's own theme changes
//! what it says.

use keben::config::{Edition, Format};
use keben::session::Session;
use std::fs;
use std::path::{Path, PathBuf};

/// A fresh folder with the bundled book, or with a small one.
fn folder(name: &str, bundled: bool) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("themes").join(name);
    fs::remove_dir_all(&dir).ok();
    fs::create_dir_all(&dir).expect("a folder");
    if bundled {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript"), &dir);
    } else {
        let text = "# 题\n\n文字。\n\n> 引文\n\n## 节\n\n文字。\n";
        fs::write(dir.join("a.md"), text).expect("a chapter");
        fs::write(dir.join("SUMMARY.md"), "- [题](a.md)\n").expect("a summary");
        fs::write(dir.join("book.toml"), "[book]\ntitle = \"书\"\n").expect("settings");
    }
    dir
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).expect("a folder");
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

fn write(dir: &Path, file: &str, text: &str) {
    let path = dir.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn pages(dir: &Path) -> (String, Vec<String>) {
    let mut session = Session::open(dir).expect("a book");
    let pages = keben::page::dump::dump(session.pages(&|| {}));
    let place = |d: &keben::diag::Diagnostic| {
        let span = d.span.expect("a place");
        let path = session.sources.path(span.file).display().to_string();
        let (line, column) = session.sources.place(span);
        let file = path.rsplit('/').next().unwrap_or_default().to_string();
        format!("{} {file}:{line}:{column}", d.code.name)
    };
    let faults = session.sink.list().iter().map(place).collect();
    (pages, faults)
}

#[test]
fn every_built_in_theme_sets_the_bundled_book() {
    let mut seen = vec![];
    for name in ["default", "novel", "report", "technical"] {
        let dir = folder(name, true);
        let settings = fs::read_to_string(dir.join("book.toml")).expect("settings");
        let named =
            settings.replacen("[book]", &format!("[book]\ntheme = \"{name}\""), 1);
        write(&dir, "book.toml", &named);
        let mut session = Session::open(&dir).expect("the bundled book");
        for format in [Format::Pdf, Format::Epub] {
            let edition = Edition::unnamed(format);
            let bytes = session.make(&edition, &|| {}).expect(name);
            assert!(bytes.len() > 10_000, "{name}");
        }
        assert_eq!(session.sink.errors(), 0, "{name}: {:?}", session.sink.list());
        let pages = keben::page::dump::dump(session.pages(&|| {}));
        assert!(!seen.contains(&pages), "{name} looks like another");
        seen.push(pages);
    }
}

#[test]
fn a_books_own_theme_changes_what_it_says() {
    let dir = folder("own", false);
    let (before, faults) = pages(&dir);
    assert_eq!(faults, [""; 0]);
    write(&dir, "theme/theme.toml", "quote.look.size = 900\n");
    write(&dir, "theme/theme.css", "blockquote { color: #767676; }\n");
    let (after, faults) = pages(&dir);
    assert_eq!(faults, [""; 0]);
    let lines = before.lines().zip(after.lines());
    let changed: Vec<_> = lines.filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    let [line] = changed[..] else { panic!("{changed:?}") };
    assert!(line.ends_with("引文"), "{line}");
    assert_eq!(before.lines().count(), after.lines().count());
    // Its base is a theme too.
    write(&dir, "theme/theme.toml", "base = \"novel\"\n");
    let (novel, _) = pages(&dir);
    fs::remove_dir_all(dir.join("theme")).expect("a folder");
    write(&dir, "book.toml", "[book]\ntitle = \"书\"\ntheme = \"novel\"\n");
    assert_eq!(novel, pages(&dir).0);
}

#[test]
fn faults_of_a_theme_name_their_place() {
    let dir = folder("faults", false);
    let text = "# 样\nbody.size = 5\n[quote]\nindnt = 3\n[note]\nsize = 700\n";
    write(&dir, "theme/theme.toml", text);
    write(&dir, "theme/theme.css", "p {}\n@import \"x.css\";\n");
    let (after, faults) = pages(&dir);
    let expected = [
        "bad-value theme.toml:2:13",
        "unknown-key theme.toml:4:1",
        "bad-value theme.css:2:1",
    ];
    assert_eq!(faults, expected);
    assert!(after.contains("引文"));
    write(&dir, "theme/theme.toml", "");
    write(&dir, "theme/theme.css", "");
    write(&dir, "book.toml", "[book]\ntitle = \"书\"\ntheme = \"baroque\"\n");
    assert_eq!(pages(&dir).1, ["bad-value book.toml:3:9"]);
}
