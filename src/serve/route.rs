//! What is answered to which address.

use super::answer::{Policy, Said, answer, dressed, json, words};
use super::wire::{Found, Written};
use super::{Hub, epub};
use crate::geom::{Len, Point};
use crate::picture::Kind;
use crate::preview::{place, search};
use hyper::{Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;
use std::path::Path;

/// Longer words are looked for by nobody.
const LONGEST: usize = 200;

/// The page's own files.
const FILES: [(&str, &str, &str); 6] = [
    ("app.css", "text/css; charset=utf-8", include_str!("page/app.css")),
    ("app.js", JAVASCRIPT, include_str!("page/app.js")),
    ("drawing.js", JAVASCRIPT, include_str!("page/drawing.js")),
    ("pages.js", JAVASCRIPT, include_str!("page/pages.js")),
    ("panels.js", JAVASCRIPT, include_str!("page/panels.js")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
];
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const NONE: &str = "there is nothing here";

/// Answers a request of somebody who may ask; `host` is the one that was named.
pub(super) fn answer_to(hub: &Hub, uri: &Uri, host: &str) -> Response<Said> {
    let path = uri.path().trim_start_matches('/');
    let query = Query::of(uri.query().unwrap_or_default());
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let found = match (first, rest) {
        ("", "") => Some(home(host)),
        ("events", "") => return events(hub),
        ("page", look) => page(hub, look, &query),
        ("outlines", face) => outlines(hub, face, &query),
        ("picture", look) => picture(hub, look),
        ("epub", rest) => book(hub, rest),
        ("written", "") => written(hub, &query),
        ("moved", "") => moved(hub, &query),
        ("looked", "") => looked(hub),
        ("search", "") => search(hub, &query),
        ("seen" | "goto", "") => seen(hub, &query, first == "goto"),
        (name, "") => own(name),
        _ => None,
    };
    found.unwrap_or_else(|| words(StatusCode::NOT_FOUND, NONE))
}

/// The page: scripts are its own files and nothing else, by their names; what would
/// read text as markup is switched off (Trusted Types).
fn home(host: &str) -> Response<Said> {
    let scripts = FILES.iter().filter(|f| f.1 == JAVASCRIPT);
    let scripts: Vec<_> = scripts.map(|f| format!("http://{host}/{}", f.0)).collect();
    let policy = format!(
        "default-src 'none'; script-src {}; style-src 'self'; img-src 'self'; \
         connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'",
        scripts.join(" ")
    );
    let html = include_str!("page/index.html");
    dressed(StatusCode::OK, HTML, &policy, Said::Whole(Some(html.into())))
}

fn own(name: &str) -> Option<Response<Said>> {
    let (_, kind, text) = FILES.iter().find(|f| f.0 == name)?;
    Some(answer(StatusCode::OK, kind, Policy::Nothing, *text))
}

fn events(hub: &Hub) -> Response<Said> {
    match hub.join() {
        Some(events) => {
            let said = Said::Events(events);
            dressed(StatusCode::OK, "text/event-stream", "default-src 'none'", said)
        }
        None => words(StatusCode::SERVICE_UNAVAILABLE, "too many previews are open"),
    }
}

fn look(text: &str) -> Option<u64> {
    (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// A page; for somebody who has the page that stood in its place before, `from`, only
/// what is not on that.
fn page(hub: &Hub, name: &str, query: &Query) -> Option<Response<Said>> {
    let (now, before, _) = hub.shot();
    let shot = now?;
    let drawing = shot.draw(shot.place(look(name)?)?)?;
    let had = query.text("from").and_then(look).zip(before);
    let had = had.and_then(|(from, before)| before.draw(before.place(from)?));
    let sent = match had {
        Some(had) => drawing.instead_of(&had),
        None => drawing.whole(),
    };
    hub.looked();
    Some(json(&sent))
}

/// Outlines of glyphs of a face: `glyphs`, their numbers.
fn outlines(hub: &Hub, name: &str, query: &Query) -> Option<Response<Said>> {
    let ids = query.text("glyphs")?.split(',').map(str::parse);
    let ids: Vec<u16> = ids.collect::<Result<_, _>>().ok()?;
    Some(json(&hub.shot().0?.outlines(look(name)?, &ids)?))
}

/// A picture of the book. A drawing is not sent as it was written, but as it was read:
/// shapes, and nothing that runs or is fetched.
fn picture(hub: &Hub, name: &str) -> Option<Response<Said>> {
    let (shot, look) = (hub.shot().0?, look(name)?);
    let path = shot.pictures.iter().find(|p| *p.1 == look)?.0;
    let picture = shot.shown.pictures.get(path)?;
    let bytes = match (&picture.kind, &picture.drawing) {
        (Kind::Svg, Some(tree)) => {
            tree.to_string(&usvg::WriteOptions::default()).into_bytes()
        }
        (Kind::Svg, None) => return None,
        (Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Webp, _) => picture.bytes.to_vec(),
    };
    let kind = picture.kind.media_type();
    Some(answer(StatusCode::OK, kind, Policy::Nothing, bytes))
}

/// `look/name in the archive`
fn book(hub: &Hub, rest: &str) -> Option<Response<Said>> {
    let (_, name) = rest.split_once('/')?;
    let name = percent_decode_str(name).decode_utf8().ok()?;
    let bytes = hub.epub()?.file(&name)?;
    Some(answer(StatusCode::OK, epub::kind(&name), Policy::Book, bytes))
}

/// Where what is seen was written: `look`, `x`, `y`.
fn written(hub: &Hub, query: &Query) -> Option<Response<Said>> {
    let shot = hub.shot().0?;
    let page = shot.place(look(query.text("look")?)?)?;
    let at = Point { x: query.length("x")?, y: query.length("y")? };
    let found = place::written(&shot.shown, page, at);
    Some(json(&found.map(|w| Written::new(&w, &hub.editor))))
}

/// Where what was seen before stands now: `generation`, `page`, `y`.
fn moved(hub: &Hub, query: &Query) -> Option<Response<Said>> {
    let (now, before, generation) = hub.shot();
    let (now, before) = (now?, before?);
    let page = query.number("page")?;
    let of_before = query.number("generation")? as u64 + 1 == generation;
    let moved = of_before
        .then(|| place::moved(&before.shown, &now.shown, page, query.length("y")?));
    let moved = moved.flatten().map(|(page, y)| (page, y.to_pt()));
    Some(json(&moved))
}

/// Somebody sees what was shown last.
fn looked(hub: &Hub) -> Option<Response<Said>> {
    hub.looked();
    Some(json(&true))
}

fn search(hub: &Hub, query: &Query) -> Option<Response<Said>> {
    let shot = hub.shot().0?;
    let words: String = query.text("q")?.chars().take(LONGEST).collect();
    Some(json(&Found::new(search::search(&shot.shown, &words))))
}

/// Where a line of the manuscript is seen: `file`, `line`, `column`.
fn seen(hub: &Hub, query: &Query, all: bool) -> Option<Response<Said>> {
    let file = Path::new(query.text("file")?);
    let line = query.number("line").unwrap_or(1);
    let column = query.number("column");
    Some(json(&match all {
        true => hub.goto(file, line, column),
        false => hub.seen(file, line, column),
    }))
}

/// What is asked after the question mark.
struct Query(Vec<(String, String)>);

impl Query {
    fn of(text: &str) -> Query {
        Query(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }
    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|p| p.0 == name).map(|p| p.1.as_str())
    }
    fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }
    /// Points; no page is larger than PDF allows (ISO 32000-1, annex C).
    fn length(&self, name: &str) -> Option<Len> {
        let pt: f64 = self.text(name)?.parse().ok()?;
        let sane = pt.is_finite() && pt.abs() < 14_400.0;
        sane.then(|| Len::milli_pt((pt * 1000.0) as i64))
    }
}
