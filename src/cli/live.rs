//! What `watch` and `serve` have in common: the book is made, what came and went is
//! said, and then files are waited for. A preview is shown its pages first, for somebody
//! looks at them; the files come after.

use super::args::Watch as Args;
use super::{build, report};
use crate::config::Edition;
use crate::diag::Severity;
use crate::live::Live;
use crate::live::shot::Shot;
use crate::live::told::Told;
use crate::live::watch::{Event, Watch};
use crate::manuscript;
use crate::preview::hash;
use crate::serve::Hub;
use crate::session::Pieces;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Makes a book whenever its files change, until somebody ends it; gives the number of
/// errors that are left.
pub(super) fn run(args: &Args, hub: Option<Arc<Hub>>) -> usize {
    let root = match manuscript::find(&args.dir) {
        Ok(root) => root,
        Err(fault) => return build::no_book(fault),
    };
    let mut watch = Watch::new(&root, args.poll);
    stop_on_interrupt(&watch);
    let mut work = Work {
        live: Live::new(&args.dir),
        out: args.out.clone().unwrap_or_else(|| build::beside(&args.dir)),
        quiet: args.quiet,
        hub,
        shot: None,
        written: BTreeMap::new(),
        errors: 0,
    };
    work.round(&BTreeSet::new(), &mut watch);
    loop {
        match watch.wait() {
            Event::Changed(files) => work.round(&files, &mut watch),
            Event::Stopped => return work.errors,
        }
    }
}

/// The first Ctrl-C ends the work when the file in hand is written, the second at once.
fn stop_on_interrupt(watch: &Watch) {
    let stop = watch.stopper();
    let again = AtomicBool::new(false);
    let handler = move || {
        if again.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        stop();
    };
    // Without a handler the system ends the program, which loses nothing either.
    ctrlc::set_handler(handler).ok();
}

struct Work {
    live: Live,
    out: PathBuf,
    quiet: bool,
    hub: Option<Arc<Hub>>,
    shot: Option<Arc<Shot>>,
    /// hashes of the files that were written
    written: BTreeMap<PathBuf, u64>,
    /// how many errors there are
    errors: usize,
}

impl Work {
    /// Makes the book after files changed.
    fn round(&mut self, files: &BTreeSet<PathBuf>, watch: &mut Watch) {
        let start = Instant::now();
        let there = self.live.refresh();
        let before = self.shot.clone();
        let shot = self.live.shot();
        if let Some(shot) = &shot {
            self.shot = Some(shot.clone());
        }
        let pages = start.elapsed();
        // Taken apart at the end.
        let _spent = match (&self.hub, &shot) {
            (Some(hub), Some(shot)) => hub.show(shot.clone(), pages),
            (Some(_) | None, _) => None,
        };
        let start = Instant::now();
        let mut made = vec![];
        // Where somebody writes on, what is made now is old already.
        if watch.waiting() {
            return;
        }
        for (edition, name, bytes) in self.live.make() {
            if self.keep(&edition, &name, bytes) {
                made.push(name);
            }
        }
        let told = self.live.tell();
        let left = |severity: Severity| {
            let all = told.stayed.iter().chain(&told.came);
            all.filter(|f| f.diagnostic.severity() == severity).count()
        };
        self.errors = left(Severity::Error);
        if let Some(hub) = &self.hub {
            hub.made(&told, &made, start.elapsed());
        }
        self.tell(&told);
        if there && !self.quiet {
            let change = said(files, before.as_deref(), shot.as_deref());
            let times = (pages, start.elapsed());
            let left = (self.errors, left(Severity::Warning));
            report::say(&line(&change, &made, times, left));
        }
    }
    /// Writes an edition; whether its file is good.
    fn keep(&mut self, edition: &Edition, name: &str, bytes: Pieces) -> bool {
        let path = self.out.join(name);
        let hash = hash::pieces(bytes.iter());
        let same = self.written.get(&path) == Some(&hash) && path.exists();
        let done = if same { Ok(()) } else { build::write(&path, bytes.iter()) };
        if let Some(hub) = &self.hub {
            hub.edition(edition, bytes.into_bytes());
        }
        match done {
            Ok(()) => {
                self.written.insert(path, hash);
                true
            }
            Err(e) => {
                self.live.fault(build::unwritten(&path, &e));
                false
            }
        }
    }
    /// Says what came and what went.
    fn tell(&self, told: &Told) {
        let sources = self.live.sources();
        let heard = |s: Severity| s >= Severity::Warning;
        let came = told.came.iter().filter(|f| heard(f.diagnostic.severity()));
        let came: Vec<_> = came.collect();
        for fault in came.iter().take(report::SHOWN) {
            report::tell(&fault.diagnostic, &sources);
        }
        let gone: Vec<_> =
            told.gone.iter().filter(|f| heard(f.diagnostic.severity())).collect();
        for fault in gone.iter().take(report::SHOWN) {
            report::say(&format!("gone: {}", fault.line()));
        }
        for (all, what) in [(came, "come"), (gone, "gone")] {
            if all.len() > report::SHOWN {
                let more = all.len() - report::SHOWN;
                report::say(&format!("{more} more have {what} and are not shown"));
            }
        }
    }
}

/// What changed: files, and the pages that look otherwise.
fn said(files: &BTreeSet<PathBuf>, before: Option<&Shot>, now: Option<&Shot>) -> String {
    let name = |path: &Path| path.display().to_string();
    let names = match files.iter().next() {
        None => String::new(),
        Some(first) if files.len() == 1 => name(first),
        Some(first) => format!("{} and {} more", name(first), files.len() - 1),
    };
    let Some(now) = now else { return names };
    let all = now.shown.pages.len();
    let pages = match before.map(|b| now.change(b)) {
        None => report::count(all, "page"),
        Some(change) if change.is_empty() => "no page looks otherwise".into(),
        Some(change) if change.came.is_empty() => {
            format!("{} fewer", report::count(change.gone.len(), "page"))
        }
        Some(change) => {
            let label =
                |n: usize| now.shown.pages.get(n).map_or("", |p| p.label.as_str());
            let (first, last) = (change.came.start, change.came.end - 1);
            match first == last {
                true => format!("page {} of {all}", label(first)),
                false => format!("pages {}–{} of {all}", label(first), label(last)),
            }
        }
    };
    let colon = if names.is_empty() { "" } else { ": " };
    format!("{names}{colon}{pages}")
}

/// One line for one round: what changed, how long its pages took, which files were made,
/// how long they took, and what is still wrong.
fn line(
    change: &str,
    made: &[String],
    (pages, files): (Duration, Duration),
    (errors, warnings): (usize, usize),
) -> String {
    let made = match made.is_empty() {
        true => "no file".into(),
        false => made.join(", "),
    };
    let left = [(errors, "error"), (warnings, "warning")];
    let left = left
        .into_iter()
        .filter(|l| l.0 > 0)
        .map(|(n, what)| format!("; {}", report::count(n, what)));
    let left: String = left.collect();
    let (pages, files) = (pages.as_millis(), files.as_millis());
    format!("{change} ({pages} ms); {made} ({files} ms){left}")
}
