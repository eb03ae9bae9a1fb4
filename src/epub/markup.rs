//! XML as text: what must be escaped, and what may not be there at all.

use usvg::roxmltree::{Document, ParsingOptions};

/// Parses XML that may name a document type; `None` if it is no XML.
pub(super) fn parse(source: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(source, options).ok()
}

/// Characters that XML 1.0 forbids even as references, and noncharacters that
/// validators reject.
fn forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        c => {
            let n = c as u32;
            c.is_control() || (n & 0xfffe) == 0xfffe || (0xfdd0..=0xfdef).contains(&n)
        }
    }
}

/// Text without what XML forbids.
pub(super) fn clean(s: &str) -> String {
    s.chars().filter(|c| !forbidden(*c)).collect()
}

/// Text between tags.
pub(super) fn text(s: &str) -> String {
    escape(s, false)
}

/// The value of an attribute, without its quotes.
pub(super) fn attr(s: &str) -> String {
    escape(s, true)
}

fn escape(s: &str, quoted: bool) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars().filter(|c| !forbidden(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            // a parser would turn these into spaces or line feeds
            '\n' | '\t' if quoted => out.push(' '),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

/// An address outside the book, fit for `href`; `None` if it is no address a
/// reading system could or should follow.
pub(super) fn href(url: &str) -> Option<String> {
    let url = clean(url);
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" | "ftp" => {
            let after = rest.strip_prefix("//")?;
            let end = after.find(['/', '?', '#']).unwrap_or(after.len());
            let (host, path) = after.split_at(end);
            let fits = |c: char| c.is_alphanumeric() || ".-:@_[]".contains(c);
            let good = host.starts_with(char::is_alphanumeric) || host.starts_with('[');
            (good && host.chars().all(fits))
                .then(|| format!("{scheme}://{host}{}", percent(path)))
        }
        "mailto" | "tel" | "sms" | "urn" | "doi" | "geo" => {
            (!rest.is_empty()).then(|| format!("{scheme}:{}", percent(rest)))
        }
        _ => None,
    }
}

/// Percent-encodes what may not stand in a path, query or fragment.
fn percent(s: &str) -> String {
    let mut out = String::new();
    let (mut rest, mut fragment) = (s.chars(), false);
    while let Some(c) = rest.next() {
        let escaped = rest.as_str().get(..2).is_some_and(is_hex);
        let keep = match c {
            '%' => escaped,
            '#' => !std::mem::replace(&mut fragment, true),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
                false
            }
            c => !c.is_whitespace(),
        };
        if keep {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|b| out += &format!("%{b:02X}"));
        }
    }
    out
}

fn is_hex(s: &str) -> bool {
    s.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn escapes_and_removes() {
        assert_eq!(text("a<&>\"'\u{0}\u{b}\u{fffe}b"), "a&lt;&amp;&gt;\"'b");
        assert_eq!(attr("\"\n<"), "&quot; &lt;");
    }
    #[test]
    fn addresses() {
        let good = "https://例子.cn/路?a=1&b=%20#x";
        assert_eq!(href(good).as_deref(), Some(good));
        assert_eq!(href("HTTP://a.b/c d%").as_deref(), Some("http://a.b/c%20d%25"));
        assert_eq!(href("http://a/#x#y").as_deref(), Some("http://a/#x%23y"));
        for bad in
            ["javascript:alert(1)", "chapter.md", "//a.b", "http://", "http://<x>/"]
        {
            assert_eq!(href(bad), None, "{bad}");
        }
    }
}
