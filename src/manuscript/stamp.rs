//! Whether a file is the same as when it was read, without reading it again: what the
//! system says of it is the same, and was old enough then.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What the system says of a file.
#[derive(Debug, Clone, Eq, PartialEq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: SystemTime,
    /// its number, and when anything of it changed last, its name among it
    own: [i64; 3],
}

/// A file that was changed so shortly before it was read may change again without the
/// system's clock saying so: the coarsest count two seconds.
const SETTLED: Duration = Duration::from_secs(3);

impl Stamp {
    pub(super) fn of(file: &Metadata) -> Option<Stamp> {
        let modified = file.modified().ok()?;
        Some(Stamp { bytes: file.len(), modified, own: own(file) })
    }
    /// Whether a file with this stamp, when it is read at some moment, cannot change later
    /// and keep it.
    fn is_settled(&self, now: SystemTime) -> bool {
        now.duration_since(self.modified).is_ok_and(|age| age >= SETTLED)
    }
}

#[cfg(unix)]
fn own(file: &Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [file.ino().cast_signed(), file.ctime(), file.ctime_nsec()]
}

#[cfg(not(unix))]
fn own(_: &Metadata) -> [i64; 3] {
    [0; 3]
}

/// Stamps of files by their paths, when they were read now and when they were read before.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    before: BTreeMap<String, Stamp>,
    now: BTreeMap<String, Stamp>,
}

impl Stamps {
    /// After the files were read once more.
    pub(super) fn after(old: &Stamps) -> Stamps {
        Stamps { before: old.now.clone(), now: BTreeMap::new() }
    }
    /// A file was read that had this stamp before.
    pub(super) fn read(&mut self, path: &str, stamp: Option<Stamp>) {
        if let Some(stamp) = stamp.filter(|s| s.is_settled(SystemTime::now())) {
            self.now.insert(path.to_string(), stamp);
        }
    }
    /// Whether a file has the stamp that it had when it was read before.
    pub(super) fn is_same(&mut self, path: &str, stamp: Option<Stamp>) -> bool {
        let same = stamp.filter(|s| self.before.get(path) == Some(s));
        let found = same.is_some();
        if let Some(stamp) = same {
            self.now.insert(path.to_string(), stamp);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(bytes: u64, age: u64) -> Option<Stamp> {
        let modified = SystemTime::now() - Duration::from_secs(age);
        Some(Stamp { bytes, modified, own: [1, 2, 3] })
    }

    #[test]
    fn a_file_is_the_same_where_all_is_as_it_was() {
        let (old, new) = (stamp(5, 60), stamp(5, 0));
        let mut first = Stamps::default();
        first.read("old", old.clone());
        first.read("new", new.clone());
        assert!(!first.is_same("old", old.clone()), "nothing was read before");
        let mut second = Stamps::after(&first);
        assert!(second.is_same("old", old.clone()));
        assert!(!second.is_same("new", new), "it may have changed since");
        assert!(!second.is_same("old", stamp(6, 60)));
        assert!(!second.is_same("other", old.clone()));
        let mut third = Stamps::after(&second);
        assert!(third.is_same("old", old), "it is known further on");
    }
}
