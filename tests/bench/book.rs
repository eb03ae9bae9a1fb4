//! Whole books, stage by stage: `cargo bench --bench book`.
//!
//! A novel of 820,000 characters in 80 chapters is read, laid out and written; then a
//! paragraph is changed in a session that goes on, and what hangs on it made again.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod folder;
mod novel;

use criterion::{Criterion, criterion_group, criterion_main};
use keben::config::Format;
use keben::session::{Pieces, Session};
use std::path::{Path, PathBuf};

/// A folder of this process alone, removed at its end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn make(session: &mut Session, format: Format) -> usize {
    let edition = session.config.editions.iter().find(|e| e.format == format).cloned();
    let edition = edition.expect("an edition of each format");
    session.make(&edition, &|| {}).map_or(0, |bytes| bytes.len())
}

fn both(session: &mut Session) -> usize {
    let editions = session.config.editions.clone();
    session.make_all(&editions, &|_| {}).iter().flatten().map(Pieces::len).sum()
}

fn open(dir: &Path) -> Session {
    Session::open(dir).expect("a book")
}

fn book(c: &mut Criterion) {
    let name = format!("keben-bench-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    folder::write(&folder.0, 820_000, 80).expect("a book");
    let dir = &folder.0;
    let mut group = c.benchmark_group("book");
    group.sample_size(10);
    group.bench_function("read", |b| b.iter(|| open(dir).book.chapters.len()));
    group.bench_function("read and lay out", |b| {
        b.iter(|| open(dir).pages(&|| {}).len());
    });
    group.bench_function("pdf", |b| b.iter(|| make(&mut open(dir), Format::Pdf)));
    group.bench_function("epub", |b| b.iter(|| make(&mut open(dir), Format::Epub)));
    group.bench_function("both", |b| b.iter(|| both(&mut open(dir))));
    let mut live = Session::live(dir).expect("a book");
    both(&mut live);
    let path = dir.join("c40.md");
    let text = std::fs::read_to_string(&path).expect("a chapter");
    // A few characters that the book has anyway, now here once more, now not.
    let known: String = text.lines().nth(2).expect("a line").chars().take(3).collect();
    let mut n = 0;
    let mut edit = || {
        n += 1;
        let new = ["", known.as_str()][n % 2];
        std::fs::write(&path, text.replacen("。", &format!("{new}。"), 1))
            .expect("a file");
    };
    group.bench_function("after an edit, pages", |b| {
        b.iter(|| {
            edit();
            live.reopen().expect("a book");
            live.pages(&|| {}).len()
        });
    });
    group.bench_function("after an edit, pages and both files", |b| {
        b.iter(|| {
            edit();
            live.reopen().expect("a book");
            both(&mut live)
        });
    });
    group.finish();
}

criterion_group!(benches, book);
criterion_main!(benches);
