//! Whom the preview answers: a browser on this machine that shows the preview itself,
//! and programs such as editors. Not other pages of that browser, and not names that
//! lead here from outside (DNS rebinding).

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, Uri};

/// Where a request comes from, as browsers say it (Fetch Metadata, 2.1).
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Names of this machine that no name server is asked for.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Why a request is not answered.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Refused {
    /// it is for another host than this machine
    Host,
    /// another page asks
    Origin,
    /// it wants to change something
    Method,
}

/// Whether a request is answered on a port; the host that it named.
pub fn check<'a>(
    method: &Method,
    uri: &Uri,
    headers: &'a HeaderMap,
    port: u16,
) -> Result<&'a str, Refused> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(Refused::Method);
    }
    let one = |name: HeaderName| {
        let mut all = headers.get_all(name).iter();
        let first = all.next().map(|v| v.to_str().unwrap_or_default());
        // Twice the same header is read one way here and another way elsewhere.
        if all.next().is_some() { Some("") } else { first }
    };
    let host = one(HOST).filter(|h| is_own(h, port)).ok_or(Refused::Host)?;
    // A request to a proxy names its host once more.
    if uri.authority().is_some_and(|a| !a.as_str().eq_ignore_ascii_case(host)) {
        return Err(Refused::Host);
    }
    let own = |origin: &str| origin.strip_prefix("http://") == Some(host);
    let from_here = one(ORIGIN).is_none_or(own);
    let same_site = one(SITE).is_none_or(|s| matches!(s, "same-origin" | "none"));
    if from_here && same_site { Ok(host) } else { Err(Refused::Origin) }
}

fn is_own(host: &str, port: u16) -> bool {
    NAMES.iter().any(|name| match host.strip_prefix(name) {
        Some("") => port == 80,
        Some(rest) => rest == format!(":{port}"),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    fn asked(uri: &str, pairs: &[(&'static str, &str)]) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a value"));
        }
        let uri = uri.parse().expect("an address");
        check(&Method::GET, &uri, &headers, 4000).map(|_| ())
    }
    #[test]
    fn this_machine_is_answered() {
        for host in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"] {
            let origin = format!("http://{host}");
            assert_eq!(asked("/", &[("host", host)]), Ok(()));
            let own = [("host", host), ("origin", &origin)];
            assert_eq!(asked("/", &own), Ok(()));
            let own = [("host", host), ("sec-fetch-site", "same-origin")];
            assert_eq!(asked("/", &own), Ok(()));
        }
    }
    #[test]
    fn other_names_and_other_pages_are_not() {
        let host = ("host", "localhost:4000");
        for other in [
            "evil.example",
            "evil.example:4000",
            "localhost:4001",
            "localhost",
            "",
            "127.0.0.1:4000.evil.example",
        ] {
            assert_eq!(asked("/", &[("host", other)]), Err(Refused::Host), "{other}");
        }
        assert_eq!(asked("/", &[]), Err(Refused::Host));
        assert_eq!(asked("/", &[host, host]), Err(Refused::Host));
        assert_eq!(asked("http://evil.example/", &[host]), Err(Refused::Host));
        for origin in ["null", "http://evil.example", "http://localhost:4001"] {
            let asked = asked("/", &[host, ("origin", origin)]);
            assert_eq!(asked, Err(Refused::Origin), "{origin}");
        }
        for site in ["cross-site", "same-site", ""] {
            let asked = asked("/", &[host, ("sec-fetch-site", site)]);
            assert_eq!(asked, Err(Refused::Origin), "{site}");
        }
        let (uri, headers) = (Uri::from_static("/"), HeaderMap::new());
        let refused = check(&Method::POST, &uri, &headers, 4000);
        assert_eq!(refused, Err(Refused::Method));
    }
}
