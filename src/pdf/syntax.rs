//! Objects as the bytes of a file (ISO 32000-1, 7.3).

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use std::io::Write;

/// Writes an object.
pub(in crate::pdf) fn write(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(n) => integer(out, *n),
        Object::Real(x) => show(out, x),
        Object::Name(name) => self::name(out, name),
        Object::String(text, StringFormat::Literal) => literal(out, text),
        Object::String(text, StringFormat::Hexadecimal) => hexadecimal(out, text),
        Object::Array(list) => array(out, list),
        Object::Dictionary(dict) => dictionary(out, dict),
        Object::Stream(stream) => {
            dictionary(out, &stream.dict);
            out.extend(b"stream\n");
            out.extend(&stream.content);
            out.extend(b"\nendstream");
        }
        Object::Reference(id) => reference(out, *id),
    }
}

pub(in crate::pdf) fn reference(out: &mut Vec<u8>, (id, generation): ObjectId) {
    integer(out, i64::from(id));
    out.push(b' ');
    integer(out, i64::from(generation));
    out.extend(b" R");
}

/// A file is full of whole numbers: they are written many times faster than by
/// [`std::fmt`].
pub(in crate::pdf) fn integer(out: &mut Vec<u8>, n: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = n.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a number of so many decimals as it is, without zeros at its end: 12500 with
/// three is 12.5.
pub(in crate::pdf) fn decimal(out: &mut Vec<u8>, n: i64, mut decimals: u32) {
    let mut part = n.unsigned_abs();
    while decimals > 0 && part.is_multiple_of(10) {
        part /= 10;
        decimals -= 1;
    }
    let unit = 10_u64.pow(decimals);
    if n < 0 {
        out.push(b'-');
    }
    integer(out, (part / unit) as i64);
    if decimals > 0 {
        out.push(b'.');
        let fraction = part % unit;
        for place in (0..decimals).rev() {
            out.push(b'0' + (fraction / 10_u64.pow(place) % 10) as u8);
        }
    }
}

fn show(out: &mut Vec<u8>, what: impl std::fmt::Display) {
    // A vector takes all that is written to it.
    write!(out, "{what}").unwrap_or_default();
}

/// Bytes that end a name, and those outside of ASCII, as two digits behind a # (7.3.5).
pub(in crate::pdf) fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
            | b'#' => {
                show(out, format_args!("#{byte:02X}"));
            }
            b'!'..=b'~' => out.push(*byte),
            _ => show(out, format_args!("#{byte:02X}")),
        }
    }
}

/// A bare carriage return would be read as a line feed (7.3.4.2).
pub(in crate::pdf) fn literal(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'(');
    let mut rest = text;
    let special = |b: &u8| matches!(b, b'(' | b')' | b'\\' | b'\r');
    while let Some(n) = rest.iter().position(special) {
        out.extend(&rest[..n]);
        let shown = if rest[n] == b'\r' { b'r' } else { rest[n] };
        out.extend([b'\\', shown]);
        rest = &rest[n + 1..];
    }
    out.extend(rest);
    out.push(b')');
}

pub(in crate::pdf) fn hexadecimal(out: &mut Vec<u8>, text: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |n: u8| DIGITS[usize::from(n)];
    out.push(b'<');
    out.extend(text.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]));
    out.push(b'>');
}

/// Whether an object must be parted from a word before it.
fn runs_on(object: &Object) -> bool {
    match object {
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Reference(_) => true,
        Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Dictionary(_)
        | Object::Stream(_) => false,
    }
}

fn array(out: &mut Vec<u8>, list: &[Object]) {
    out.push(b'[');
    for (n, object) in list.iter().enumerate() {
        if n > 0 && runs_on(object) {
            out.push(b' ');
        }
        write(out, object);
    }
    out.push(b']');
}

/// Writes a dictionary, its keys in their order.
pub(in crate::pdf) fn dictionary(out: &mut Vec<u8>, dict: &Dictionary) {
    out.extend(b"<<");
    entries(out, dict);
    out.extend(b">>");
}

/// What is in a dictionary.
pub(in crate::pdf) fn entries(out: &mut Vec<u8>, dict: &Dictionary) {
    for (key, value) in dict {
        name(out, key);
        if runs_on(value) {
            out.push(b' ');
        }
        write(out, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    fn written(object: impl Into<Object>) -> String {
        let mut out = vec![];
        write(&mut out, &object.into());
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn whole_numbers_are_written_as_they_are() {
        for n in [0, 7, 10, -1, 65_535, i64::MAX, i64::MIN] {
            assert_eq!(written(n), n.to_string());
        }
    }
    #[test]
    fn objects_are_written_and_read_back() {
        let id = (12, 0);
        let inner = dictionary! { "A B" => 1, "C#" => "D/é", "E" => -2.5_f32 };
        let list: Vec<Object> = vec![
            Object::Null,
            true.into(),
            false.into(),
            id.into(),
            7.into(),
            Object::string_literal("a(b\\)\r"),
            Object::String(vec![0xfe, 0x0a], StringFormat::Hexadecimal),
            inner.into(),
        ];
        assert_eq!(
            written(list),
            "[null true false 12 0 R 7(a\\(b\\\\\\)\\r)<FE0A>\
             <</A#20B 1/C#23/D#2F#C3#A9/E -2.5>>]"
        );
        let stream = Stream::new(dictionary! { "X" => 1 }, b"abc".to_vec());
        assert_eq!(written(stream), "<</X 1/Length 3>>stream\nabc\nendstream");
    }
}
