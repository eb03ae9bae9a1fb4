//! Hostile text and whole folders; single chapters have their cases in
//! `tests/suite/markdown`.

mod folders;
mod hostile;
