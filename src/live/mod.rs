//! A book that is being written: made again whenever its files change, with what came
//! and went since. [`watch`] waits for changes, [`Live`] makes the book anew, [`told`]
//! compares what was wrong, [`shot`] what is seen.

pub mod burst;
pub mod shot;
pub mod told;
pub mod watch;

use crate::config::Edition;
use crate::diag::Diagnostic;
use crate::session::{Pieces, Session, Spent};
use crate::source::Sources;
use shot::Shot;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use told::{Fault, Told};

/// A book that is made again and again.
#[derive(Debug)]
pub struct Live {
    dir: PathBuf,
    session: Option<Session>,
    /// why there is no session
    fault: Option<Diagnostic>,
    /// what was wrong when it was told last
    told: Vec<Fault>,
    /// what was seen last
    shot: Option<Arc<Shot>>,
    /// what was there before, until there is time to take it apart
    spent: Option<(Spent, Option<Arc<Shot>>)>,
}

impl Live {
    /// The book in a folder; nothing is read yet.
    pub fn new(dir: &Path) -> Live {
        let dir = dir.to_path_buf();
        Live { dir, session: None, fault: None, told: vec![], shot: None, spent: None }
    }
    /// Reads the book again; `false` where there is none. What did not change is not made
    /// again, also where the book was gone in between.
    pub fn refresh(&mut self) -> bool {
        let done = match &mut self.session {
            Some(session) => {
                let shot = self.shot.clone();
                session.reopen().map(|spent| self.spent = Some((spent, shot)))
            }
            None => Session::live(&self.dir).map(|new| self.session = Some(new)),
        };
        self.fault = done.err();
        self.fault.is_none()
    }
    /// The book, if it is there.
    fn there(&mut self) -> Option<&mut Session> {
        self.session.as_mut().filter(|_| self.fault.is_none())
    }
    /// The book as it is now, if there is one; the same as before where nothing that is
    /// seen or clicked has changed.
    pub fn shot(&mut self) -> Option<Arc<Shot>> {
        let shown = self.there()?.shown(&|| {});
        let shot = Arc::new(Shot::new(shown, self.shot.as_deref()));
        self.shot = Some(shot.clone());
        Some(shot)
    }
    /// Makes the editions of the book, with their file names; what failed is told.
    pub fn make(&mut self) -> Vec<(Edition, String, Pieces)> {
        let Some(session) = self.there() else { return vec![] };
        let editions = session.config.editions.clone();
        let made = session.make_all(&editions, &|_| {});
        let made = editions.into_iter().zip(made);
        made.filter_map(|(edition, bytes)| {
            let name = session.file_name(&edition);
            Some((edition, name, bytes?))
        })
        .collect()
    }
    /// Adds something that went wrong outside the book.
    pub fn fault(&mut self, fault: Diagnostic) {
        if let Some(session) = self.there() {
            session.sink.push(fault);
        }
    }
    /// What is wrong now and was not when this was last asked, and what no longer is.
    pub fn tell(&mut self) -> Told {
        self.spent = None;
        let now = self.faults();
        let told = told::compare(&self.told, &now);
        self.told = now;
        told
    }
    /// All that is wrong, each with its place.
    fn faults(&self) -> Vec<Fault> {
        match (&self.session, &self.fault) {
            (Some(session), None) => {
                let all = session.sink.list().iter();
                all.map(|d| Fault::new(d, &session.sources)).collect()
            }
            (_, fault) => {
                let none = Sources::default();
                fault.iter().map(|d| Fault::new(d, &none)).collect()
            }
        }
    }
    /// Text of the files that were read.
    pub fn sources(&self) -> Sources {
        self.session.as_ref().map(|s| s.sources.clone()).unwrap_or_default()
    }
}
