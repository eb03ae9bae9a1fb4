//! What several test programs need: folders to work in, the binary, and the
//! outside readers that CI must have and other machines may have.

pub(crate) mod case;
pub(crate) mod dice;
pub(crate) mod fixture;
pub(crate) mod ink;
pub(crate) mod ink_check;
pub(crate) mod matrix;
pub(crate) mod pdf;
pub(crate) mod stage;
pub(crate) mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for a test, removed at its end.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("keben-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&path).ok();
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }
    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs keben in a folder.
pub(crate) fn keben(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keben"))
        .args(args)
        .current_dir(dir)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the binary runs")
}

/// What keben said.
pub(crate) fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// The bundled book.
pub(crate) fn manuscript() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript")
}

/// Settings of the bundled book without its editions, which stand last.
pub(crate) fn without_editions(settings: &str) -> &str {
    settings.split("\n[[edition]]").next().unwrap_or_default()
}

/// An outside reader, if the machine has it. Where `KEBEN_READERS_MUST` is set,
/// as in CI, a missing one fails the test instead of passing it unread.
pub(crate) fn reader(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let own = std::env::var_os("KEBEN_READERS")
        .map_or_else(|| home.join(".keben-readers"), PathBuf::from)
        .join("bin")
        .join(name);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::iter::once(own)
        .chain(std::env::split_paths(&path).map(|p| p.join(name)))
        .find(|p| p.is_file());
    let must = std::env::var_os("KEBEN_READERS_MUST").is_some();
    assert!(found.is_some() || !must, "{name} is missing: run tests/install-readers.sh");
    if found.is_none() {
        eprintln!("not read: {name} is not installed (tests/install-readers.sh)");
    }
    found
}
