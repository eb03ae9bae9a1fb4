//! Waits until files of the book change: through the system's own way, or by asking
//! again and again where there is none. What keben writes is not among them.

use super::burst::{Burst, Change};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{
    Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

/// How often files are looked at where the system does not tell of changes, and how
/// often for a folder that is gone.
const ASK: Duration = Duration::from_millis(250);

/// What ends the waiting.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Event {
    /// these files changed, named below the book's folder
    Changed(BTreeSet<PathBuf>),
    /// somebody wants to stop
    Stopped,
}

enum Message {
    Changed(PathBuf, Change),
    Stop,
}

/// A book's folder under watch.
pub struct Watch {
    root: PathBuf,
    poll: bool,
    watcher: Option<Box<dyn Watcher + Send>>,
    sender: Sender<Message>,
    messages: Receiver<Message>,
    /// a message that was looked at and not yet used
    next: Option<Message>,
    start: Instant,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch({})", self.root.display())
    }
}

impl Watch {
    /// Watches a folder and all below it, with `poll` by asking again and again. A folder
    /// that is not there is waited for.
    pub fn new(root: &Path, poll: bool) -> Watch {
        let absolute = std::path::absolute(root).unwrap_or_else(|_| root.into());
        let (sender, messages) = mpsc::channel();
        let mut watch = Watch {
            root: absolute.canonicalize().unwrap_or(absolute),
            poll,
            watcher: None,
            sender,
            messages,
            next: None,
            start: Instant::now(),
        };
        watch.begin();
        watch
    }
    /// What ends the next [`Watch::wait`], from any thread.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let sender = self.sender.clone();
        move || {
            sender.send(Message::Stop).ok();
        }
    }
    /// Whether something has come already.
    pub fn waiting(&mut self) -> bool {
        if self.next.is_none() {
            self.next = self.messages.try_recv().ok();
        }
        self.next.is_some()
    }
    /// Waits until files change and are quiet.
    pub fn wait(&mut self) -> Event {
        let mut burst = Burst::default();
        loop {
            match self.message(burst.wait(self.start.elapsed())) {
                Some(Message::Changed(path, change)) => {
                    burst.add(path, change, self.start.elapsed());
                }
                Some(Message::Stop) => return Event::Stopped,
                None if burst.files.is_empty() => {
                    // The folder is gone, or is there again.
                    if self.begin() {
                        let here = PathBuf::new();
                        burst.add(here, Change::Whole, self.start.elapsed());
                    }
                }
                None => return Event::Changed(self.ended(burst)),
            }
        }
    }
    /// The next message; `None` where there is none for so long.
    fn message(&mut self, within: Option<Duration>) -> Option<Message> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        let lost = self.watcher.is_none().then_some(ASK);
        match within.or(lost) {
            Some(time) => self.messages.recv_timeout(time).ok(),
            None => self.messages.recv().ok(),
        }
    }
    /// The files of a burst. Where the folder itself went, it is looked for by its name
    /// from now on: the system would go on to watch what once was it.
    fn ended(&mut self, burst: Burst) -> BTreeSet<PathBuf> {
        if burst.files.contains(Path::new("")) {
            self.watcher = None;
            self.begin();
        }
        burst.files
    }
    /// Begins to watch, if the folder is there.
    fn begin(&mut self) -> bool {
        if self.watcher.is_some() || !self.root.is_dir() {
            return false;
        }
        let native = || (!self.poll).then(|| self.native()).flatten();
        self.watcher = native().or_else(|| self.asking());
        self.watcher.is_some()
    }
    fn native(&self) -> Option<Box<dyn Watcher + Send>> {
        let mut watcher =
            RecommendedWatcher::new(self.teller(), Config::default()).ok()?;
        watcher.watch(&self.root, RecursiveMode::Recursive).ok()?;
        Some(Box::new(watcher))
    }
    fn asking(&self) -> Option<Box<dyn Watcher + Send>> {
        // Two saves may fall into one second of a file's date.
        let config =
            Config::default().with_poll_interval(ASK).with_compare_contents(true);
        let mut watcher = PollWatcher::new(self.teller(), config).ok()?;
        watcher.watch(&self.root, RecursiveMode::Recursive).ok()?;
        Some(Box::new(watcher))
    }
    /// Takes what the system says, and passes on what matters.
    fn teller(&self) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
        let (root, sender) = (self.root.clone(), self.sender.clone());
        move |said| {
            let said = said.unwrap_or_default();
            let Some(change) = change(&said.kind) else { return };
            for path in &said.paths {
                let Some(below) = matters(&root, path) else { continue };
                sender.send(Message::Changed(below, change)).ok();
            }
            // Events were lost, or nobody says where.
            if said.need_rescan() || said.paths.is_empty() {
                sender.send(Message::Changed("book.toml".into(), Change::Begun)).ok();
            }
        }
    }
}

/// What an event means; nothing for files that are read.
fn change(kind: &EventKind) -> Option<Change> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(_)) => Some(Change::Whole),
        EventKind::Access(_) => None,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(
            ModifyKind::Any
            | ModifyKind::Data(_)
            | ModifyKind::Metadata(_)
            | ModifyKind::Other,
        )
        | EventKind::Remove(_)
        | EventKind::Other => Some(Change::Begun),
    }
}

/// A path below the book's folder, if the book can be made of it: not what keben writes,
/// not what is hidden, not what editors put down while they save.
fn matters(root: &Path, path: &Path) -> Option<PathBuf> {
    const OTHERS: [&str; 8] =
        [".pdf", ".epub", "~", ".swp", ".swx", ".tmp", ".part", ".crdownload"];
    let below = path.strip_prefix(root).ok()?;
    let hidden = |c: Component<'_>| c.as_os_str().to_string_lossy().starts_with('.');
    let name = below.file_name().unwrap_or_default().to_string_lossy();
    // Vim tries with this name whether it may write into a folder.
    let other = name == "4913" || OTHERS.iter().any(|end| name.ends_with(end));
    (!other && !below.components().any(hidden)).then(|| below.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn only_files_of_the_book_matter() {
        let see = |path: &str| matters(Path::new("/b"), Path::new(path));
        assert_eq!(see("/b/ch/01.md"), Some("ch/01.md".into()));
        assert_eq!(see("/b"), Some("".into()), "the folder itself");
        for other in
            ["/b/build/b.pdf", "/b/.git/index", "/b/.a.md.swp", "/b/a.md~", "/c/a.md"]
        {
            assert_eq!(see(other), None, "{other}");
        }
    }
    #[test]
    fn to_read_a_file_is_no_change() {
        assert_eq!(change(&EventKind::Access(AccessKind::Read)), None);
        let closed = AccessKind::Close(AccessMode::Write);
        assert_eq!(change(&EventKind::Access(closed)), Some(Change::Whole));
    }
}
