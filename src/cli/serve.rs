//! `keben serve`

use super::args::Serve;
use super::{build, live, report};
use crate::serve::{Hub, Server};
use std::sync::Arc;

/// Shows a book in a browser while it is written, and makes it as `watch` does; gives the
/// number of errors that are left.
pub fn run(args: &Serve) -> usize {
    let server = match Server::bind(args.port) {
        Ok(server) => server,
        Err(fault) => return build::no_book(fault),
    };
    let address = server.address();
    let hub = Arc::new(Hub::new(args.editor.clone()));
    report::say(&format!("preview: {address}"));
    let served = hub.clone();
    std::thread::spawn(move || {
        if let Err(e) = server.run(served) {
            report::say(&format!("error: the preview has ended: {e}"));
        }
    });
    if args.open
        && let Err(e) = open::that_detached(&address)
    {
        report::say(&format!("open {address} yourself: no browser was found ({e})"));
    }
    live::run(&args.watch, Some(hub))
}
