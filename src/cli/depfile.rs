//! Which files outputs were made of, as rules that Make and Ninja read.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// One rule: the outputs are made of the files. Each file has an empty rule of its own,
/// so that Make goes on where one was deleted.
pub(super) fn rules(outputs: &[PathBuf], files: &[PathBuf]) -> String {
    let joined = |all: &[PathBuf]| -> Vec<String> {
        all.iter().map(|path| escaped(path)).collect()
    };
    let (outputs, files) = (joined(outputs), joined(files));
    let mut out = format!("{}:", outputs.join(" "));
    for file in &files {
        write!(out, " \\\n  {file}").ok();
    }
    out.push('\n');
    for file in &files {
        write!(out, "\n{file}:\n").ok();
    }
    out
}

/// A path as both read it: blanks and `#` behind a backslash, `$` twice (GNU Make, 4.3;
/// Ninja's parser of depfiles). A line end cannot be said.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            ' ' | '#' => out.extend(['\\', c]),
            '$' => out.push_str("$$"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn signs_of_make_are_escaped() {
        let said =
            rules(&["a b.pdf".into(), "c.epub".into()], &["x#1.md".into(), "$y".into()]);
        let wanted = "a\\ b.pdf c.epub: \\\n  x\\#1.md \\\n  $$y\n\nx\\#1.md:\n\n$$y:\n";
        assert_eq!(said, wanted);
    }
}
