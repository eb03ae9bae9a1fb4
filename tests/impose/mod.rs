//! `keben impose`: sheets are folded again and read like a book; what stands on them is
//! measured in the files; other programs read them; hostile files cost only themselves.

use crate::common;

mod eye;
mod fixture;
mod folding;
mod hostile;
mod measure;
mod order;

use fixture::Book;
use keben::diag::{Severity, Sink};
use keben::impose::{Imposed, Job, Scheme, Signature, impose};

/// Imposes what must be imposed without a warning.
fn imposed(book: Vec<u8>, job: &Job) -> Imposed {
    let mut sink = Sink::default();
    let made = impose(&book, job, &mut sink);
    let heard: Vec<_> =
        sink.list().iter().filter(|d| d.severity() != Severity::Note).collect();
    assert!(heard.is_empty(), "{heard:?}");
    made.expect("sheets")
}

fn job(scheme: Scheme, signature: usize) -> Job {
    Job { signature: Signature::of(signature), ..Job::new(scheme) }
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    let book = || Book::bleeding(37).bytes();
    let usual = job(Scheme::Perfect, 16);
    let first = imposed(book(), &usual).bytes;
    assert!(first == imposed(book(), &usual).bytes);
    // Negative control.
    let other = job(Scheme::Perfect, 8);
    assert!(first != imposed(book(), &other).bytes);
}
