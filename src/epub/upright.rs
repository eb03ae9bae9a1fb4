//! What stands upright in vertical lines: numbers of one or two digits, single letters,
//! and pairs of `!` and `?`, each in the frame of one character (CLREQ, tate-chu-yoko).

/// Cuts text into pieces; with `true` those that stand upright.
pub(super) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut out = vec![];
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let len = run(&text[at..]);
        if len == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if upright(&text[at..at + len]) && alone(text, at, at + len) {
            if from < at {
                out.push((false, &text[from..at]));
            }
            out.push((true, &text[at..at + len]));
            from = at + len;
        }
        at += len;
    }
    if from < text.len() {
        out.push((false, &text[from..]));
    }
    out
}

/// The length of a stretch of ASCII without blanks that a text begins with.
fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_graphic).count()
}

fn upright(run: &str) -> bool {
    match run.as_bytes() {
        [c] => c.is_ascii_alphanumeric(),
        [a, b] => {
            let marks = |c: &u8| matches!(c, b'!' | b'?');
            let digits = a.is_ascii_digit() && b.is_ascii_digit();
            digits || marks(a) && marks(b)
        }
        _ => false,
    }
}

/// Whether no word goes on beside a stretch: what is lettered otherwise, or is parted by
/// a space alone, lies on its side, and digits with it.
fn alone(text: &str, from: usize, to: usize) -> bool {
    let lettered = |c: char| c.is_alphabetic() && (c as u32) < 0x2e80;
    let blank = |c: &char| matches!(c, ' ' | '\u{a0}');
    let before = text[..from].chars().rev().find(|c| !blank(c));
    let after = text[to..].chars().find(|c| !blank(c));
    let western = |c: Option<char>| {
        c.is_some_and(|c| lettered(c) || c.is_ascii_graphic() || "°′″%‰℃".contains(c))
    };
    !western(before) && !western(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one =
            |(up, s): (bool, &str)| if up { format!("<{s}>") } else { s.to_string() };
        pieces(text).into_iter().map(one).collect()
    }
    #[test]
    fn short_numbers_stand_upright() {
        assert_eq!(shown("五月12日8时，第3章"), "五月<12>日<8>时，第<3>章");
        assert_eq!(shown("什么!?真的!!"), "什么<!?>真的<!!>");
        assert_eq!(shown("A级与B"), "<A>级与<B>");
        assert_eq!(shown("12"), "<12>");
    }
    #[test]
    fn words_and_long_numbers_lie() {
        for text in [
            "1234年",
            "3.5倍",
            "50%以上",
            "10 km外",
            "Unit 12",
            "C++与ISO 9001",
            "12℃",
            "é1",
            "!",
            "1-2",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
