//! All tests, as one program: linked once, run side by side. `README.md` says
//! what each module holds to account.

mod beside;
mod blocks;
mod catalogue;
mod cli;
mod common;
mod cover;
mod engines;
mod epub;
mod epub_pages;
mod faces;
mod growth;
mod impose;
mod ink;
mod invariants;
mod languages;
mod lines_pdf;
mod live;
#[path = "bench/novel.rs"]
mod novel;
mod pages;
mod pictures;
mod press;
mod profiles;
mod reader;
mod references;
mod repeat;
mod suite;
mod themes;
mod tidy;
mod vertical;
