//! What the preview answers, and to whom.

use super::{PATIENCE, Running, book};
use crate::common::{Folder, keben, said};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

pub(super) fn serve(f: &Folder) -> (Running, u16) {
    let mut s = Running::start(f, &["serve", "book", "--port", "0"]);
    let line = s.hears("preview: http://127.0.0.1:");
    let port = line.trim_end_matches('/').rsplit(':').next().map(str::parse);
    let port = port.expect("a port").expect("a number");
    s.round();
    (s, port)
}

fn connected(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream
}

/// The status, head and body of what is answered to these bytes.
fn raw(port: u16, request: &[u8]) -> (u16, String, String) {
    let mut stream = connected(port);
    stream.write_all(request).ok();
    let mut all = vec![];
    stream.read_to_end(&mut all).ok();
    let all = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    (status, head.to_ascii_lowercase(), body.into())
}

/// Asks for an address with more headers.
fn ask(port: u16, path: &str, more: &str) -> (u16, String, String) {
    let host = format!("host: 127.0.0.1:{port}\r\n");
    let host = if more.contains("host:") { "" } else { &host };
    let request = format!("GET {path} HTTP/1.1\r\n{host}connection: close\r\n{more}\r\n");
    raw(port, request.as_bytes())
}

/// The look of a page, from what is told at first.
fn looks(port: u16) -> Vec<String> {
    let first = Events::open(port).next();
    let rows = first.split("[\"").skip(1);
    let look = |r: &str| {
        r.get(..16)
            .filter(|l| l.bytes().all(|b| b.is_ascii_hexdigit()))
            .map(str::to_string)
    };
    rows.filter_map(look).collect()
}

/// Events as they come.
struct Events(BufReader<TcpStream>);

impl Events {
    fn open(port: u16) -> Events {
        let mut stream = connected(port);
        write!(stream, "GET /events HTTP/1.1\r\nhost: localhost:{port}\r\n\r\n")
            .expect("asked");
        Events(BufReader::new(stream))
    }
    /// The next event with its data.
    fn next(&mut self) -> String {
        let mut out = String::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).expect("an event");
            if line.starts_with("event: ") {
                out = line;
            } else if line.starts_with("data: ") {
                return out + &line;
            }
        }
    }
    fn until(&mut self, name: &str) -> String {
        loop {
            let event = self.next();
            if event.starts_with(&format!("event: {name}\n")) {
                return event;
            }
        }
    }
}

#[test]
fn only_this_machine_and_this_page_are_answered() {
    let f = book("guard");
    let (_s, port) = serve(&f);
    let own =
        format!("origin: http://127.0.0.1:{port}\r\nsec-fetch-site: same-origin\r\n");
    for (more, status) in [
        (String::new(), 200),
        (own, 200),
        (format!("host: localhost:{port}\r\n"), 200),
        ("host: evil.example\r\n".into(), 421),
        (format!("host: evil.example:{port}\r\n"), 421),
        ("origin: http://evil.example\r\n".into(), 403),
        ("origin: null\r\n".into(), 403),
        ("sec-fetch-site: cross-site\r\n".into(), 403),
        ("sec-fetch-site: same-site\r\n".into(), 403),
    ] {
        for path in ["/", "/events?x", "/goto?file=01.md&line=3"] {
            if path.starts_with("/events") && status == 200 {
                continue;
            }
            let (got, _, body) = ask(port, path, &more);
            assert_eq!(got, status, "{path} {more}");
            assert!(status == 200 || !body.contains("第一段"), "nothing is told");
        }
    }
}

#[test]
fn every_answer_has_its_policy() {
    let f = book("policy");
    let (_s, port) = serve(&f);
    let look = looks(port).first().cloned().expect("a page");
    let paths = ["/", "/app.js", &format!("/page/{look}"), "/search?q=文", "/none"];
    for path in paths {
        let (_, head, _) = ask(port, &path.replace('文', "%E6%96%87"), "");
        for wanted in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(wanted), "{path} without {wanted}:\n{head}");
        }
        assert!(!head.contains("script-src 'self'"), "scripts are named one by one");
        assert!(!head.contains("access-control-allow-origin"), "{path}");
    }
    let (_, head, _) = ask(port, "/", "");
    assert!(head.contains(&format!("script-src http://127.0.0.1:{port}/app.js ")));
    assert!(head.contains("frame-ancestors 'none'"), "nobody frames it");
    assert!(head.contains("require-trusted-types-for 'script'"));
}

#[test]
fn nothing_outside_the_book_is_read() {
    let f = book("outside");
    f.write("secret.txt", "a secret");
    f.write("book/secret.md", "a secret of the folder");
    let (_s, port) = serve(&f);
    let files = Events::open(port).until("book");
    assert!(files.contains("OEBPS") || files.contains("xhtml"), "{files}");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/epub/0/../../secret.txt",
        "/epub/0/%2e%2e%2fsecret.txt",
        "/epub/0//etc/passwd",
        "/picture/../../secret.txt",
        "/page/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/book/secret.md",
        "/secret.md",
        "/app.js/../../secret.txt",
    ] {
        let (status, _, body) = ask(port, path, "");
        assert_eq!(status, 404, "{path}");
        assert!(!body.contains("secret"), "{path}");
    }
    // The control: what is in the EPUB is there.
    let (status, _, body) = ask(port, "/epub/0/META-INF/container.xml", "");
    assert_eq!(status, 200);
    assert!(body.contains("rootfile"));
    let goto = format!("/goto?file={}/secret.txt&line=1", f.0.display());
    assert!(ask(port, &goto, "").2.contains("\"places\":[]"));
}

#[test]
fn bad_requests_are_refused_and_harm_nothing() {
    let f = book("bad");
    let (_s, port) = serve(&f);
    let long = "a".repeat(100_000);
    let host = format!("host: 127.0.0.1:{port}\r\nconnection: close\r\n");
    let many: String = (0..500).map(|n| format!("x-{n}: 1\r\n")).collect();
    for request in [
        "\r\n\r\n".to_string(),
        "GET\r\n\r\n".into(),
        "\0\u{1}\u{2}\r\n\r\n".into(),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}x: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("POST / HTTP/1.1\r\n{host}content-length: 5\r\n\r\nhello"),
        format!("DELETE /page/1 HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{host}\r\n"),
        format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n"),
        "GET / HTTP/1.1\r\nconnection: close\r\n\r\n".into(),
    ] {
        let (status, _, _) = raw(port, request.as_bytes());
        let shown: String = request.chars().take(60).collect();
        assert!(status == 0 || (400..500).contains(&status), "{status}: {shown:?}");
    }
    for path in [
        "/written?look=zz&x=1&y=1",
        "/written?x=NaN&y=inf",
        "/moved?generation=99999999999999999999&page=-1&y=1e999",
        "/moved?generation=18446744073709551615&page=1&y=1",
        "/seen?line=1",
        "/page/zzzzzzzzzzzzzzzz",
        "/page/0000000000000000",
        "/page/",
        "/outlines/zz?glyphs=1",
        "/outlines/0000000000000000?glyphs=1",
        "/epub/",
        "/search",
        "/a/b/c/d",
        "/%ff%fe",
    ] {
        assert_eq!(ask(port, path, "").0, 404, "{path}");
    }
    let columns =
        "/seen?file=01.md&line=18446744073709551615&column=18446744073709551615";
    for path in
        [columns, "/seen?file=01.md&line=0&column=0", "/search?q=", "/search?q=%ff"]
    {
        assert_eq!(ask(port, path, "").0, 200, "{path}");
    }
    assert_eq!(ask(port, "/", "").0, 200, "it still answers");
}

#[test]
fn an_edit_is_told_and_only_what_changed() {
    let f = book("events");
    let (_s, port) = serve(&f);
    let mut events = Events::open(port);
    let before = looks(port);
    let first = events.until("book");
    assert!(first.contains("\"title\":\"书\""), "{first}");
    f.write("book/02.md", "# 二\n\n第二章改过了。\n");
    let news = events.until("pages");
    assert!(!news.contains(&before[0]), "pages that are the same are not told");
    let made = events.until("made");
    assert!(made.contains("book.epub"), "{made}");
    let now = looks(port);
    assert_eq!(before.len(), now.len());
    let changed = before.iter().zip(&now).filter(|(a, b)| a != b).count();
    assert_eq!(changed, 1, "one page looks otherwise");
    let new = now.iter().find(|l| !before.contains(l)).expect("a new page");
    let (status, _, whole) = ask(port, &format!("/page/{new}"), "");
    assert_eq!(status, 200);
    let text = "\"第二章改过了。\"]";
    assert!(whole.contains(text), "its text can be copied");
    // Who has the page before is sent what is new, with the news.
    let old = before.iter().find(|l| !now.contains(l)).expect("an old page");
    assert!(news.contains(&format!("\"drawn\":[{{\"from\":\"{old}\",")), "{news}");
    let stay = news.contains("\"stay\":[") && whole.contains("\"stay\":null");
    assert!(stay && news.contains(text) && !news.contains("\"二\"]"), "{news}");
    assert!(whole.contains("\"二\"]"), "the control");
    assert_eq!(ask(port, "/looked", "").0, 200);
    // What its glyphs look like is asked for once; what is new comes with the news.
    let between = |text: &str, from: &str, to: char| {
        let rest = text.split_once(from).expect("it is there").1;
        rest.split(to).next().unwrap_or_default().to_string()
    };
    let face = between(&whole, "\"face\":\"", '"');
    let glyph = between(&whole, "\"glyphs\":[[", ',');
    let (status, _, outline) = ask(port, &format!("/outlines/{face}?glyphs={glyph}"), "");
    assert_eq!(status, 200);
    assert!(outline.starts_with(&format!("{{\"{glyph}\":\"m")), "{outline}");
    let sent = between(&news, "\"outlines\":[[\"", ']');
    let named = sent.bytes().take(16).all(|b| b.is_ascii_hexdigit());
    assert!(named && sent.contains("\"m"), "face, glyph and path: {sent}");
    for bad in ["?glyphs=x", "?glyphs=65536", "?glyphs=", ""] {
        assert_eq!(ask(port, &format!("/outlines/{face}{bad}"), "").0, 404, "{bad}");
    }
    // Lines that are added above change nothing that is seen, but where it was written.
    f.write("book/02.md", "<!-- 注 -->\n\n# 二\n\n第二章改过了。\n");
    events.until("pages");
    assert_eq!(looks(port), now);
    let seen = ask(port, "/goto?file=book/02.md&line=5", "").2;
    let page = now.iter().position(|l| l == new).expect("the page");
    assert!(seen.starts_with(&format!("{{\"places\":[[{page},[")), "{seen}");
    assert!(events.until("goto").contains(&seen), "all are told");
}

#[test]
fn words_are_found_over_line_ends() {
    let f = book("search");
    let long = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨";
    f.write("book/01.md", format!("# 一\n\n{long}\n"));
    let (_s, port) = serve(&f);
    let count = |words: &str| {
        let words: String = words.bytes().map(|b| format!("%{b:02x}")).collect();
        ask(port, &format!("/search?q={words}"), "").2
    };
    assert!(count("秋 收").starts_with("{\"count\":1,"), "blanks do not matter");
    assert!(count("秋收春藏").starts_with("{\"count\":0,"));
    let all = count(long);
    assert!(all.starts_with("{\"count\":1,"), "{all}");
    let areas = all.split("\"areas\":").nth(1).expect("areas").matches("],[").count();
    assert!(areas >= 1, "one for each line of print: {all}");
}

#[test]
fn the_next_port_is_taken_where_one_is_not_free() {
    let f = book("port");
    // Twenty neighbours, so that there is no next one.
    let taken = (20_000..60_000u16).step_by(37).find_map(|from| {
        let all = (from..from + 20).map(|p| TcpListener::bind((Ipv4Addr::LOCALHOST, p)));
        all.collect::<Result<Vec<_>, _>>().ok().map(|all| (from, all))
    });
    let (from, mut taken) = taken.expect("free ports");
    let port = from.to_string();
    let out = keben(&f.0, &["serve", "book", "--port", &port]);
    assert_eq!(out.status.code(), Some(1));
    assert!(said(&out).contains("error[no-port]"), "{}", said(&out));
    taken.remove(1);
    let mut s = Running::start(&f, &["serve", "book", "--port", &port]);
    s.hears(&format!("preview: http://127.0.0.1:{}/", from + 1));
}

#[test]
fn editors_are_named_or_said_by_address() {
    let f = book("editor");
    for (editor, fine) in [
        ("javascript:alert(1)//{path}", false),
        ("JavaScript:{path}", false),
        ("nonsense", false),
        ("my-editor:{line}", false),
        ("data:text/html,{path}", false),
    ] {
        let out = keben(&f.0, &["serve", "book", "--port", "0", "--editor", editor]);
        assert_eq!(out.status.code() != Some(2), fine, "{editor}");
    }
    let args = ["serve", "book", "--port", "0", "--editor", "my-editor:{path}?at={line}"];
    let mut s = Running::start(&f, &args);
    let line = s.hears("preview: ");
    s.round();
    let port = line.trim_end_matches('/').rsplit(':').next().expect("a port");
    let port: u16 = port.parse().expect("a number");
    let at = |look: String| ask(port, &format!("/written?look={look}&x=210&y=165"), "").2;
    let written = looks(port).into_iter().map(at).find(|w| w.contains("01.md"));
    let written = written.expect("a page with text of the first chapter");
    let path = f.path("book").canonicalize().expect("a path");
    assert!(written.contains("my-editor:/"), "{written}");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(written.contains(&name), "{written}");
}
