//! Twice the same input, the same bytes: from run to run, on one thread and on
//! many, whatever the clock says.

use crate::common::{Folder, manuscript, said};
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
