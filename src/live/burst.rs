//! Bursts of changes: one save is many events, and a file that is half written is no
//! book. When to go on is decided here, with times as plain numbers.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// What the system says of a file.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Change {
    /// something is being done to it; more may come
    Begun,
    /// it was closed after writing, or has got its name: it is whole
    Whole,
}

/// Quiet for so long after files are whole: an editor that writes two files saves both.
const SHORT: Duration = Duration::from_millis(4);
/// Quiet for so long where a file may be half written, or where nobody says.
const LONG: Duration = Duration::from_millis(30);
/// Nobody waits longer, whatever goes on.
const MOST: Duration = Duration::from_millis(300);

/// Changes that belong together.
#[derive(Debug, Default)]
pub struct Burst {
    /// all files that changed
    pub files: BTreeSet<PathBuf>,
    /// those that may be half written
    open: BTreeSet<PathBuf>,
    /// when the first change came, and the last
    times: Option<(Duration, Duration)>,
}

impl Burst {
    /// A change, at a time on any one clock.
    pub fn add(&mut self, path: PathBuf, change: Change, now: Duration) {
        match change {
            Change::Begun => self.open.insert(path.clone()),
            Change::Whole => self.open.remove(&path),
        };
        self.files.insert(path);
        let first = self.times.map_or(now, |t| t.0);
        self.times = Some((first, now));
    }
    /// How long to wait for more; `None` where nothing has changed.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let (first, last) = self.times?;
        let quiet = if self.open.is_empty() { SHORT } else { LONG };
        Some((last + quiet).min(first + MOST).saturating_sub(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }
    #[test]
    fn a_file_that_is_whole_is_waited_for_shortly() {
        let mut b = Burst::default();
        assert_eq!(b.wait(ms(0)), None);
        b.add("a".into(), Change::Begun, ms(0));
        assert_eq!(b.wait(ms(1)), Some(ms(29)));
        b.add("a".into(), Change::Whole, ms(2));
        assert_eq!(b.wait(ms(2)), Some(SHORT));
        b.add("b".into(), Change::Begun, ms(4));
        assert_eq!(b.wait(ms(4)), Some(LONG), "another is half written");
        assert_eq!(b.files.len(), 2);
    }
    #[test]
    fn a_burst_without_end_is_not_waited_for() {
        let mut b = Burst::default();
        for n in 0..40 {
            b.add("a".into(), Change::Begun, ms(n * 10));
        }
        assert_eq!(b.wait(ms(390)), Some(ms(0)));
    }
}
