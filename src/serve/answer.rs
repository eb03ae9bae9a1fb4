//! Answers, and the headers that go with all of them.

use super::client::Events;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What an answer says.
#[derive(Debug)]
pub(super) enum Said {
    /// all of it; nothing when it was said
    Whole(Option<Bytes>),
    /// more and more
    Events(Events),
}

impl Body for Said {
    type Data = Bytes;
    type Error = Infallible;
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Said::Whole(bytes) => Poll::Ready(bytes.take().map(|b| Ok(Frame::data(b)))),
            Said::Events(events) => Pin::new(events).poll_frame(cx),
        }
    }
    fn size_hint(&self) -> SizeHint {
        match self {
            Said::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64))
            }
            Said::Events(_) => SizeHint::default(),
        }
    }
}

/// What an answer may do in a browser (CSP Level 3).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Policy {
    /// show itself, as a picture or as text
    Nothing,
    /// be a file of the EPUB: its own looks, pictures and faces, in the preview's frame
    Book,
}

impl Policy {
    fn text(self) -> &'static str {
        match self {
            Policy::Nothing => {
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                 frame-ancestors 'none'; sandbox"
            }
            Policy::Book => {
                "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' \
                 data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'self'; sandbox allow-same-origin"
            }
        }
    }
}

/// An answer of a kind.
pub(super) fn answer(
    status: StatusCode,
    kind: &'static str,
    policy: Policy,
    bytes: impl Into<Bytes>,
) -> Response<Said> {
    dressed(status, kind, policy.text(), Said::Whole(Some(bytes.into())))
}

/// An answer with all headers; pages change at any time, so nothing is kept.
pub(super) fn dressed(
    status: StatusCode,
    kind: &'static str,
    policy: &str,
    said: Said,
) -> Response<Said> {
    const ALL: [(&str, &str); 5] = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ];
    let mut out = Response::new(said);
    *out.status_mut() = status;
    let headers = out.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in ALL {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // The host in a policy was compared with names that are known.
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert("content-security-policy", policy);
    }
    out
}

/// Plain words, such as why there is no answer.
pub(super) fn words(status: StatusCode, words: &'static str) -> Response<Said> {
    answer(status, "text/plain; charset=utf-8", Policy::Nothing, words)
}

/// Data.
pub(super) fn json(what: &impl Serialize) -> Response<Said> {
    let bytes = serde_json::to_vec(what).unwrap_or_default();
    answer(StatusCode::OK, "application/json", Policy::Nothing, bytes)
}
