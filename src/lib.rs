//! keben (刻本) turns a Markdown manuscript into a typeset PDF and an EPUB 3.

pub mod book;
pub mod cjk;
pub mod cli;
pub mod config;
pub mod diag;
pub mod epub;
pub mod font;
pub mod geom;
pub mod line;
pub mod manuscript;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod session;
pub mod source;
pub mod theme;
