//! Glyphs that stand side by side as one string of bytes: printpdf writes each by
//! itself, in hexadecimal digits, which makes pages longer by a tenth.

use lopdf::{Document, Object, ObjectId};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Joins the strings in the contents of pages.
pub(super) fn join(doc: &mut Document, pages: &[ObjectId]) {
    let content = |page: &ObjectId| {
        let dict = doc.get_dictionary(*page).ok()?;
        dict.get(b"Contents").and_then(Object::as_reference).ok()
    };
    let contents: BTreeSet<ObjectId> = pages.iter().filter_map(content).collect();
    doc.objects.par_iter_mut().filter(|(id, _)| contents.contains(id)).for_each(
        |(_, object)| {
            if let Object::Stream(stream) = object
                && !stream.dict.has(b"Filter")
            {
                stream.set_content(joined(&stream.content));
            }
        },
    );
}

/// Strings of hexadecimal digits as literal ones, those side by side as one (ISO
/// 32000-1, 7.3.4). What stands in dictionaries and in literal strings is left.
fn joined(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    let mut dicts = 0_usize;
    while let Some(&byte) = rest.first() {
        let taken = match byte {
            b'(' => literal(rest),
            b'<' if rest.get(1) == Some(&b'<') => {
                dicts += 1;
                2
            }
            b'<' if dicts > 0 => {
                rest.iter().position(|b| *b == b'>').map_or(1, |n| n + 1)
            }
            b'<' => {
                rest = glyphs(rest, &mut out);
                continue;
            }
            b'>' if rest.get(1) == Some(&b'>') => {
                dicts = dicts.saturating_sub(1);
                2
            }
            _ => 1,
        };
        let (this, after) = rest.split_at(taken.min(rest.len()));
        out.extend(this);
        rest = after;
    }
    out
}

/// How long a literal string is that begins here.
fn literal(text: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Writes the strings that begin here as one; gives what comes after them.
fn glyphs<'a>(mut text: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    out.push(b'(');
    while let Some(inside) = text.strip_prefix(b"<").filter(|t| !t.starts_with(b"<")) {
        let end = inside.iter().position(|b| *b == b'>').unwrap_or(inside.len());
        let digit = |b: u8| char::from(b).to_digit(16).unwrap_or_default() as u8;
        for pair in inside[..end].chunks(2) {
            let low = pair.get(1).map_or(0, |b| digit(*b));
            let byte = digit(pair[0]) << 4 | low;
            // A bare carriage return would be read as a line feed.
            match byte {
                b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
                b'\r' => out.extend(b"\\r"),
                _ => out.push(byte),
            }
        }
        text = inside.get(end + 1..).unwrap_or_default();
    }
    out.push(b')');
    text
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn strings_side_by_side_are_one() {
        for (from, to) in [
            ("[<4142><43> -18<44>] TJ", "[(ABC) -18(D)] TJ"),
            ("[<41285C290D>] TJ", "[(A\\(\\\\\\)\\r)] TJ"),
            (
                "/Span <</ActualText <FEFF>>> BDC <41>",
                "/Span <</ActualText <FEFF>>> BDC (A)",
            ),
            ("/P <</A <</B <01>>>>> BDC", "/P <</A <</B <01>>>>> BDC"),
            ("(<41>) Tj <41><42>", "(<41>) Tj (AB)"),
            ("(\\)<41>(<42>)) <43>", "(\\)<41>(<42>)) (C)"),
            ("<4", "(@)"),
            ("(\\", "(\\"),
            ("<", "()"),
        ] {
            let out = joined(from.as_bytes());
            assert_eq!(String::from_utf8_lossy(&out), to, "{from}");
        }
    }
}
