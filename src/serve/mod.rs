//! The preview in a browser: a server for this machine alone, and the page that it
//! serves. [`Hub`] holds what is shown and tells it to every page that is open;
//! [`guard`] says whom it answers, [`route`] what.
//!
//! A manuscript is data here, never a program: its text reaches the page as text, its
//! pictures as pictures, its EPUB in a frame without scripts, and the policy that goes
//! with every answer allows no script but the page's own files.

mod answer;
mod client;
mod epub;
pub mod guard;
mod route;
mod server;
mod wire;

pub use server::Server;

use crate::config::{Edition, Format};
use crate::live::shot::{Change, Shot};
use crate::live::told::{Fault, Told};
use client::Client;
use epub::Reader;
use hyper::body::Bytes;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is shown, to all who look at it.
#[derive(Debug)]
pub struct Hub {
    /// an address with `{path}`, `{line}` and `{column}` that opens an editor
    editor: String,
    state: Mutex<State>,
    /// told when somebody sees what was shown
    looked: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// counts what was shown
    generation: u64,
    shot: Option<Arc<Shot>>,
    /// what was shown before, for those who looked at it
    before: Option<Arc<Shot>>,
    faults: Vec<Fault>,
    epub: Option<Arc<Reader>>,
    /// names of the files that were made, and in how many milliseconds
    files: (Vec<String>, u64),
    clients: Vec<Client>,
    /// the number of what was looked at last
    looked: u64,
}

/// So long is waited until somebody sees what is new.
const LOOK: Duration = Duration::from_millis(50);

impl Hub {
    /// Nothing is shown yet.
    pub fn new(editor: String) -> Hub {
        Hub { editor, state: Mutex::default(), looked: Condvar::new() }
    }
    /// Shows the book's pages, which were made in so much time, and waits shortly until
    /// somebody sees them: what comes after would take the machine from those who draw.
    /// Gives what nobody looks at any more, to be taken apart when there is time.
    pub fn show(&self, shot: Arc<Shot>, time: Duration) -> Option<Arc<Shot>> {
        let spent = self.tell_pages(shot, time);
        let unseen = |s: &mut State| !s.clients.is_empty() && s.looked < s.generation;
        let waited = self.looked.wait_timeout_while(self.state(), LOOK, unseen);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        spent
    }
    fn tell_pages(&self, shot: Arc<Shot>, time: Duration) -> Option<Arc<Shot>> {
        let before = self.shot().0;
        let change = match &before {
            Some(before) => shot.change(before),
            None => Change { gone: 0..0, came: 0..shot.looks.len() },
        };
        let drawn = before.as_deref().map(|b| wire::drawn(&shot, b, &change));
        let mut state = self.state();
        state.generation += 1;
        if change.is_empty() {
            // There is nothing new to look at.
            state.looked = state.generation;
        }
        let drawn = drawn.unwrap_or_default();
        let pages = wire::pages(state.generation, &shot, change, drawn, time);
        let event = client::event("pages", &pages);
        state.tell(&event);
        let before = state.shot.replace(shot);
        std::mem::replace(&mut state.before, before)
    }
    /// Says what is wrong, and which files were made in so much time.
    pub fn made(&self, told: &Told, files: &[String], time: Duration) {
        let mut state = self.state();
        state.faults = told.stayed.iter().chain(&told.came).cloned().collect();
        state.faults.sort_by_key(|f| std::cmp::Reverse(f.diagnostic.severity()));
        state.files = (files.to_vec(), time.as_millis() as u64);
        let event = client::event("made", &wire::made(&state, &self.editor));
        state.tell(&event);
    }
    /// Takes an edition that was made; the first EPUB is shown beside the pages.
    pub fn edition(&self, edition: &Edition, bytes: Vec<u8>) {
        if edition.format != Format::Epub {
            return;
        }
        let mut state = self.state();
        let other = state.epub.as_ref().is_some_and(|e| e.edition != edition.name);
        if !other {
            state.epub = Reader::new(&edition.name, bytes).map(Arc::new);
        }
    }
    /// Another who looks: is told at once all that is shown, then what changes.
    /// `None` where too many look already.
    fn join(&self) -> Option<client::Events> {
        let mut state = self.state();
        let (client, events) = client::pair();
        let book = client::event("book", &wire::book(&state, &self.editor));
        state.clients.retain(Client::is_there);
        if state.clients.len() >= client::MOST || !client.tell(&book) {
            return None;
        }
        state.clients.push(client);
        Some(events)
    }
    /// The place of a line of the manuscript, told to all who look.
    fn goto(&self, file: &Path, line: usize, column: Option<usize>) -> wire::Seen {
        let seen = self.seen(file, line, column);
        if !seen.places.is_empty() {
            self.state().tell(&client::event("goto", &seen));
        }
        seen
    }
    fn seen(&self, file: &Path, line: usize, column: Option<usize>) -> wire::Seen {
        let shot = self.shot().0;
        let found =
            shot.map(|s| crate::preview::place::seen(&s.shown, file, line, column));
        wire::Seen::new(found.unwrap_or_default())
    }
    /// What is shown now, and what was before, with the number of what is now.
    fn shot(&self) -> (Option<Arc<Shot>>, Option<Arc<Shot>>, u64) {
        let state = self.state();
        (state.shot.clone(), state.before.clone(), state.generation)
    }
    /// Somebody sees what is shown, or has got a page of it.
    fn looked(&self) {
        let mut state = self.state();
        state.looked = state.generation;
        self.looked.notify_all();
    }
    fn epub(&self) -> Option<Arc<Reader>> {
        self.state().epub.clone()
    }
    /// What is shown stays whole, whatever happened to who held it last.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Tells all who look; who does not listen any more is forgotten.
    fn tell(&mut self, event: &Bytes) {
        self.clients.retain(|client| client.tell(event));
    }
}
