//! Who looks at the preview: events on their way to a browser (HTML, 9.2, server-sent
//! events).

use hyper::body::{Body, Bytes, Frame};
use serde::Serialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// So many pages may be open at once.
pub(super) const MOST: usize = 16;

/// Who is further behind is sent away; a browser comes back by itself, and is told all.
const BEHIND: usize = 64;

/// One open page.
#[derive(Debug)]
pub(super) struct Client(Sender<Bytes>);

/// What it is told.
#[derive(Debug)]
pub(super) struct Events(Receiver<Bytes>);

/// A client and its end of the line.
pub(super) fn pair() -> (Client, Events) {
    let (sender, receiver) = mpsc::channel(BEHIND);
    (Client(sender), Events(receiver))
}

impl Client {
    /// Whether it still listens.
    pub(super) fn is_there(&self) -> bool {
        !self.0.is_closed()
    }
    /// Tells it something; `false` where it does not listen any more.
    pub(super) fn tell(&self, event: &Bytes) -> bool {
        self.0.try_send(event.clone()).is_ok()
    }
}

/// An event with its name.
pub(super) fn event(name: &str, what: &impl Serialize) -> Bytes {
    // JSON has no line ends of its own, which would end the event.
    let json = serde_json::to_string(what).unwrap_or_default();
    format!("event: {name}\ndata: {json}\n\n").into()
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;
    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|bytes| bytes.map(|b| Ok(Frame::data(b))))
    }
}
