//! The server: one thread, this machine alone, everything bounded.

use super::answer::{Said, words};
use super::guard::{self, Refused};
use super::{Hub, route};
use crate::diag::{Diagnostic, code};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// So many ports are tried.
const TRIES: u16 = 20;
/// So many connections at once; others wait.
const CONNECTIONS: usize = 64;
/// Headers in all have so many bytes.
const HEADERS: usize = 16 << 10;
/// A request is said within this time, and a silent connection is closed after it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pages are drawn side by side, beside the work on the book.
const DRAWERS: usize = 2;

/// A server with its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes a port, or the next that is free; 0 is any.
    pub fn bind(port: u16) -> Result<Server, Diagnostic> {
        let last = if port == 0 { 0 } else { port.saturating_add(TRIES - 1) };
        for port in port..=last {
            let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else {
                continue;
            };
            if let Ok(address) = listener.local_addr() {
                return Ok(Server { listener, port: address.port() });
            }
        }
        let message = format!("no port from {port} to {last} can be had");
        let hint = "name another with --port, or 0 for any that is free";
        Err(Diagnostic::new(code::NO_PORT, message).hint(hint))
    }
    /// Where the preview is.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
    /// Answers until the program ends.
    pub fn run(self, hub: Arc<Hub>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(DRAWERS)
            .build()?;
        self.listener.set_nonblocking(true)?;
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            accept(&listener, self.port, &hub).await
        })
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    port: u16,
    hub: &Arc<Hub>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return Ok(()) };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Too many files are open, or a client was gone at once: others come.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Events are short; nobody waits for more to send with them.
        stream.set_nodelay(true).ok();
        let hub = hub.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| respond(request, hub.clone(), port));
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
            http.max_buf_size(HEADERS).half_close(false);
            // A broken connection is the other side's affair.
            http.serve_connection(TokioIo::new(stream), service).await.ok();
            drop(place);
        });
    }
}

async fn respond(
    request: Request<Incoming>,
    hub: Arc<Hub>,
    port: u16,
) -> Result<Response<Said>, Infallible> {
    let (parts, _) = request.into_parts();
    let host = match guard::check(&parts.method, &parts.uri, &parts.headers, port) {
        Ok(host) => host.to_string(),
        Err(refused) => return Ok(refuse(refused)),
    };
    let work = move || route::answer_to(&hub, &parts.uri, &host);
    let done = tokio::task::spawn_blocking(work).await;
    let failed = "this could not be answered";
    Ok(done.unwrap_or_else(|_| words(StatusCode::INTERNAL_SERVER_ERROR, failed)))
}

fn refuse(refused: Refused) -> Response<Said> {
    match refused {
        Refused::Host => words(StatusCode::MISDIRECTED_REQUEST, "this is another host"),
        Refused::Origin => words(StatusCode::FORBIDDEN, "another page may not ask"),
        Refused::Method => {
            words(StatusCode::METHOD_NOT_ALLOWED, "nothing can be changed here")
        }
    }
}
