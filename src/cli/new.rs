//! `keben new`: a small book that builds.

use super::args::New;
use super::report::say;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// The files of a new book.
const FILES: &[(&str, &str)] = &[
    ("book.toml", include_str!("new/book.toml")),
    ("SUMMARY.md", include_str!("new/SUMMARY.md")),
    ("00-preface.md", include_str!("new/00-preface.md")),
    ("01-first.md", include_str!("new/01-first.md")),
    ("images/mark.svg", include_str!("new/mark.svg")),
];

/// Makes the folder; gives the number of errors. Nothing that is there is
/// written over.
pub fn run(args: &New) -> usize {
    let dir = &args.dir;
    let there = |name: &str| dir.join(name).exists();
    if let Some((name, _)) = FILES.iter().find(|f| there(f.0)) {
        say(&format!("error: {} is there already", dir.join(name).display()));
        return 1;
    }
    match make(dir) {
        Ok(()) => {
            say(&format!(
                "{} is ready; now: keben build {}",
                dir.display(),
                dir.display()
            ));
            0
        }
        Err(e) => {
            say(&format!("error: {} cannot be made: {e}", dir.display()));
            1
        }
    }
}

fn make(dir: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())?;
    }
    Ok(())
}
