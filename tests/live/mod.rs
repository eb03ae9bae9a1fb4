//! `keben watch` and `keben serve`, as programs: files change, and what is said, written
//! and shown follows. Nothing is waited for by the clock but that it comes at all.

mod browser;
mod serve;
mod watch;

use crate::common::Folder;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// On the slowest machine everything has come after this.
const PATIENCE: Duration = Duration::from_secs(120);

/// keben at work, and what it says line by line.
struct Running {
    child: Child,
    lines: Receiver<String>,
    /// all that was said
    said: Vec<String>,
}

impl Running {
    /// Starts keben in a folder.
    fn start(folder: &Folder, args: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_keben"))
            .args(args)
            .current_dir(&folder.0)
            .env_remove("SOURCE_DATE_EPOCH")
            .stderr(Stdio::piped())
            .spawn()
            .expect("keben runs");
        let stderr = child.stderr.take().expect("its messages");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Running { child, lines, said: vec![] }
    }
    /// Waits for a line that holds some words.
    fn hears(&mut self, words: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(_) => panic!("nothing with {words:?} after {:#?}", self.said),
            }
        }
    }
    /// Waits for the line that ends a round.
    fn round(&mut self) -> String {
        self.hears(" ms); ")
    }
    /// Sends what Ctrl-C sends, and waits for the end.
    fn interrupt(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status();
        assert!(sent.expect("kill runs").success());
        self.child.wait().expect("an end")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A small book of two chapters in the folder `book`.
fn book(name: &str) -> Folder {
    let f = Folder::new(&format!("live-{name}"));
    f.write(
        "book/book.toml",
        "[book]\ntitle = \"书\"\nauthors = [\"人\"]\nslug = \"book\"\n",
    );
    f.write("book/SUMMARY.md", "# 目录\n\n- [一](01.md)\n- [二](02.md)\n");
    f.write("book/01.md", "# 一\n\n第一段文字。\n");
    f.write("book/02.md", "# 二\n\n第二章的文字。\n");
    f
}
