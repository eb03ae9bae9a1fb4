//! Paths below the book's folder, and the names made of them. Pure text.

/// Where `path`, written in a file of the folder `dir`, leads: below the book's
/// root, with `/`, without `.` and `..`. `None` if it leaves the book or names
/// nothing.
pub(super) fn below(dir: &str, path: &str) -> Option<String> {
    // Windows' authors write `\`; no sane book has one in a file name.
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = vec![];
    for part in dir.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/")).filter(|p| !p.is_empty())
}

/// The folder of a file, both below the root.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// The file name without its folder and its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `%E4%B8%80` read as bytes of UTF-8. What is no such code stays as it is; if
/// the bytes are no UTF-8, everything does.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let code = (b == b'%').then(|| hex(bytes.get(i + 1), bytes.get(i + 2))).flatten();
        out.push(code.unwrap_or(b));
        i += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

fn hex(high: Option<&u8>, low: Option<&u8>) -> Option<u8> {
    let digit = |b: Option<&u8>| char::from(*b?).to_digit(16);
    Some((digit(high)? * 16 + digit(low)?) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn paths_stay_below_the_root() {
        let cases = [
            ("", "a.md", Some("a.md")),
            ("src/x", "../a.md", Some("src/a.md")),
            ("src", "../../a.md", None),
            ("src", "./a/./b//c.md", Some("src/a/b/c.md")),
            ("src", "/etc/passwd", None),
            ("src", "a\\b.md", Some("src/a/b.md")),
            ("src", "..\\..\\b.md", None),
            ("", "a\0b", None),
            ("", "", None),
            ("a", "..", None),
        ];
        for (dir, path, want) in cases {
            assert_eq!(below(dir, path).as_deref(), want, "{dir} {path}");
        }
    }
    #[test]
    fn percent_codes_are_utf8() {
        assert_eq!(percent_decode("%E4%B8%80.md"), "一.md");
        assert_eq!(percent_decode("100%.md"), "100%.md");
        assert_eq!(percent_decode("%ff%41"), "%ff%41");
    }
}
