//! What the entries of an index are to somebody who listens.

use crate::page::structure::{Marker, Place, Role};
use crate::page::tagging;
use std::sync::Arc;

/// The places of entries: a list for each initial, and one inside an entry for those
/// below it.
pub(super) struct Places {
    sect: Arc<Place>,
    /// places so far
    next: u32,
    /// the lists that are open, each inside the last entry of the one before
    lists: Vec<Arc<Place>>,
    /// those entries
    bodies: Vec<Arc<Place>>,
}

impl Places {
    /// In a place that has so many others.
    pub(super) fn new(sect: &Arc<Place>, next: u32) -> Places {
        Places { sect: sect.clone(), next, lists: vec![], bodies: vec![] }
    }
    fn child(&mut self, parent: &Arc<Place>, role: Role) -> Arc<Place> {
        self.next += 1;
        tagging::child(parent, self.next, role)
    }
    /// What stands above the entries of an initial.
    pub(super) fn initial(&mut self) -> Arc<Place> {
        let list = self.child(&self.sect.clone(), Role::List(Marker::None));
        self.bodies.clear();
        self.lists = vec![list.clone()];
        self.child(&list, Role::Caption)
    }
    /// An entry of a depth.
    pub(super) fn entry(&mut self, depth: i64) -> Arc<Place> {
        let depth = usize::try_from(depth).unwrap_or_default().min(self.bodies.len());
        self.bodies.truncate(depth);
        self.lists.truncate(depth + 1);
        if self.lists.len() == depth {
            let around = self.bodies.last().unwrap_or(&self.sect).clone();
            let list = self.child(&around, Role::List(Marker::None));
            self.lists.push(list);
        }
        let list = self.lists[depth].clone();
        let item = self.child(&list, Role::Item);
        let body = tagging::child(&item, 0, Role::Body);
        self.bodies.push(body.clone());
        body
    }
}
