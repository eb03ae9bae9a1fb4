//! Twice the same input, the same bytes: from run to run, on one thread and on
//! many, whatever the clock says, and however the book came to be what it is.

use crate::common::dice::{Dice, PIECES};
use crate::common::{Folder, manuscript, said};
use keben::session::Session;
use std::collections::BTreeMap;
use std::process::Command;

fn build(out: &Folder, environment: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let run = Command::new(env!("CARGO_BIN_EXE_keben"))
        .args(["build", "-q", "--out"])
        .arg(&out.0)
        .arg(manuscript())
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(environment.iter().copied())
        .output()
        .expect("the binary runs");
    assert!(run.status.success(), "{}", said(&run));
    let mut files: Vec<_> = std::fs::read_dir(&out.0)
        .expect("outputs")
        .flatten()
        .map(|e| {
            let bytes = std::fs::read(e.path()).expect("an output");
            (e.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (a, b, c) =
        (Folder::new("repeat-a"), Folder::new("repeat-b"), Folder::new("repeat-c"));
    let first = build(&a, &[]);
    let second = build(&b, &[("RAYON_NUM_THREADS", "1"), ("TZ", "Asia/Shanghai")]);
    for ((name, one), (_, two)) in first.iter().zip(&second) {
        assert!(one == two, "{name} differs");
    }
    // Negative control: another date gives other bytes.
    let dated = build(&c, &[("SOURCE_DATE_EPOCH", "1000000000")]);
    assert!(first != dated, "the date is in the files");
}

/// The files of a small book in which much depends on other places.
fn book() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut summary = String::from("# 目录\n\n");
    for n in 1..=6 {
        let mut text = format!("# 第{n}章的题目 {{#ch{n}}}\n\n");
        for p in 0..12 {
            text +=
                &"天地玄黄，宇宙洪荒。日月盈昃，辰宿列张；寒来暑往，秋收冬藏。".repeat(3);
            match p {
                3 => text += "注在这里[^a]，还有 word 与 2024 年。",
                5 => {
                    text += &format!("见 [](#ch{}){{.page}}，又见 [](#ch1)。", n % 6 + 1)
                }
                7 => text += "\n\n![图](dot.svg)\n\n图：一个圆点",
                _ => {}
            }
            text += "\n\n";
        }
        text += "[^a]: 脚注的话。\n";
        files.insert(format!("ch{n}.md"), text);
        summary += &format!("- [第{n}章](ch{n}.md)\n");
    }
    files.insert("SUMMARY.md".into(), summary);
    files.insert(
        "book.toml".into(),
        "[book]\ntitle = \"书\"\nauthors = [\"人\"]\n".into(),
    );
    files.insert("dot.svg".into(), dot(4));
    files
}

fn write(folder: &Folder, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        folder.write(name, text);
    }
}

fn dot(r: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"{}\">\
         <circle cx=\"20\" cy=\"10\" r=\"{r}\"/></svg>",
        20 + r
    )
}

/// Changes something; gives what.
fn change(files: &mut BTreeMap<String, String>, dice: &mut Dice) -> String {
    let name = format!("ch{}.md", 1 + dice.roll(6));
    let piece = PIECES[dice.roll(PIECES.len())];
    let text = files.get(&name).cloned().unwrap_or_default();
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let at = dice.roll(lines.len().max(1)).min(lines.len());
    let what = dice.roll(10);
    match what {
        0..=3 => lines.insert(at, format!("{piece}新的一段{piece}。\n")),
        4 if at < lines.len() => drop(lines.remove(at)),
        5 => lines.push(format!("又一段，见 [](#ch2){{.page}}。{piece}")),
        6 => {
            files.remove(&name);
            return format!("without {name}");
        }
        7 => {
            files.insert("dot.svg".into(), dot(1 + dice.roll(30)));
            return "another picture".into();
        }
        8 => {
            let mut summary: Vec<&str> = files["SUMMARY.md"].lines().collect();
            let last = summary.len() - 1;
            summary.swap(2 + dice.roll(5), last);
            let summary = summary.join("\n") + "\n";
            files.insert("SUMMARY.md".into(), summary);
            return "another order".into();
        }
        _ => {
            let toml = files.entry("book.toml".into()).or_default();
            *toml += &format!("# {piece}\n");
            if !toml.contains("[page]") {
                *toml += "[page]\nchars = 24\n";
            }
            return "other settings".into();
        }
    }
    files.insert(name.clone(), lines.join("\n") + "\n");
    format!("{what} in {name}:{at}")
}

/// Everything that a session makes and says.
fn everything(session: &mut Session) -> Vec<(String, Vec<u8>)> {
    let editions = session.config.editions.clone();
    let names: Vec<_> = editions.iter().map(|e| session.file_name(e)).collect();
    let made = session.make_all(&editions, &|_| {}).into_iter();
    let made = made.map(|m| m.unwrap_or_default().into_bytes());
    let mut out: Vec<_> = names.into_iter().zip(made).collect();
    let place = |d: &keben::diag::Diagnostic| {
        let at = d.span.map(|s| (session.sources.path(s.file), session.sources.place(s)));
        format!("{at:?} {:?} {}\n", d.code, d.message)
    };
    let said: String = session.sink.list().iter().map(place).collect();
    out.push(("diagnostics".into(), said.into_bytes()));
    out
}

/// Makes a file look as if it had been written so many seconds ago.
fn age(path: &std::path::Path, seconds: u64) {
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds);
    let file = std::fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(then).expect("a time");
}

#[test]
fn a_session_that_goes_on_gives_what_a_new_one_gives() {
    let folder = Folder::new("repeat-live");
    let mut files = book();
    write(&folder, &files);
    files.keys().for_each(|name| age(&folder.path(name), 2_000));
    let mut live = Session::live(&folder.0).expect("a book");
    let mut dice = Dice(11);
    let mut last = everything(&mut live);
    let mut changed = 0;
    for step in 0..40 {
        let what = match step % 8 {
            // Everything as it was in the beginning.
            7 => {
                files = book();
                "as it was".to_string()
            }
            _ => change(&mut files, &mut dice),
        };
        // Files that stay are not touched, and all are old, as an author's are.
        for file in std::fs::read_dir(&folder.0).expect("a folder").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if !files.contains_key(&name) {
                std::fs::remove_file(file.path()).expect("a file");
            }
        }
        for (name, text) in &files {
            let path = folder.path(name);
            if std::fs::read(&path).ok().as_deref() != Some(text.as_ref()) {
                std::fs::write(&path, text).expect("a file");
                age(&path, 1_000 - step);
            }
        }
        live.reopen().expect("a book");
        let warm = everything(&mut live);
        let cold = everything(&mut Session::open(&folder.0).expect("a book"));
        for ((name, warm), (_, cold)) in warm.iter().zip(&cold) {
            assert!(warm == cold, "step {step}, {what}: {name} differs");
        }
        changed += usize::from(warm != last);
        last = warm;
    }
    // Negative control: the changes change something.
    assert!(changed > 30, "{changed} changes are seen");
}

#[test]
fn a_session_outlives_its_book() {
    let folder = Folder::new("repeat-gone");
    let files = book();
    write(&folder, &files);
    let mut live = Session::live(&folder.0).expect("a book");
    let first = everything(&mut live);
    for name in files.keys() {
        std::fs::remove_file(folder.path(name)).expect("a file");
    }
    assert!(live.reopen().is_err(), "there is no book");
    assert!(!live.book.chapters.is_empty(), "the old one stays");
    write(&folder, &files);
    live.reopen().expect("a book");
    assert!(everything(&mut live) == first, "it is what it was");
}
