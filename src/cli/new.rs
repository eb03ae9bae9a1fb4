//! `keben new`: a small book that builds.

use super::args::New;
use std::io;
use std::path::Path;

/// The files of a new book.
const FILES: &[(&str, &str)] = &[
    ("book.toml", include_str!("new/book.toml")),
    ("SUMMARY.md", include_str!("new/SUMMARY.md")),
    ("00-preface.md", include_str!("new/00-preface.md")),
    ("01-first.md", include_str!("new/01-first.md")),
    ("images/mark.svg", include_str!("new/mark.svg")),
];

/// Makes the folder; gives the number of errors.
pub fn run(args: &New) -> usize {
    let dir = &args.dir;
    if dir.join("book.toml").exists() || dir.join("SUMMARY.md").exists() {
        eprintln!("error: {} holds a book already", dir.display());
        return 1;
    }
    match make(dir) {
        Ok(()) => {
            eprintln!("{} is ready; now: keben build {}", dir.display(), dir.display());
            0
        }
        Err(e) => {
            eprintln!("error: {} cannot be made: {e}", dir.display());
            1
        }
    }
}

fn make(dir: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
