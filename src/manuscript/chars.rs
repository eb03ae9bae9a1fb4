//! What a character does to the marks and line ends beside it. These are the
//! questions of reading only; composition has its own tables in `cjk`.

/// Kinds of characters, as emphasis and line ends see them.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum Kind {
    /// Han, kana, bopomofo, full-width letters: written without spaces
    Han,
    /// a mark as wide as a Han character
    Mark,
    /// Hangul: as wide, but written with spaces
    Hangul,
    /// a mark shared by Chinese and Latin, such as “ — …
    Shared,
    /// all else
    Other,
}

/// The kind of a character.
pub(super) fn kind(c: char) -> Kind {
    match c as u32 {
        0xb7 | 0x2014 | 0x2015 | 0x2018 | 0x2019 | 0x201c | 0x201d | 0x2025 | 0x2026
        | 0x2027 | 0x2e3a => Kind::Shared,
        0x1100..=0x11ff | 0x3131..=0x318e | 0xa960..=0xa97f | 0xac00..=0xd7ff => {
            Kind::Hangul
        }
        0x3000..=0x3004
        | 0x3008..=0x3020
        | 0x3030
        | 0x303c..=0x303f
        | 0x30a0
        | 0x30fb => Kind::Mark,
        0xfe10..=0xfe1f | 0xfe30..=0xfe6f | 0xffe0..=0xffe6 => Kind::Mark,
        0xff10..=0xff19 | 0xff21..=0xff3a | 0xff41..=0xff5a | 0xff66..=0xff9f => {
            Kind::Han
        }
        0xff01..=0xff65 => Kind::Mark,
        0x2e80..=0x33ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff => {
            Kind::Han
        }
        0x1b000..=0x1b16f | 0x20000..=0x3ffff => Kind::Han,
        _ => Kind::Other,
    }
}

/// A shared mark belongs to the script of the text beyond it; this many
/// characters are looked at, for no run of such marks is longer.
const REACH: usize = 8;

/// The first character of `chars`, and its kind: a shared mark counts as [`Kind::Mark`]
/// if the text that it belongs to is Chinese.
pub(super) fn resolved(chars: impl Iterator<Item = char>) -> Option<(char, Kind)> {
    let mut chars = chars.take(REACH);
    let first = chars.next()?;
    let own = kind(first);
    if own != Kind::Shared {
        return Some((first, own));
    }
    let beyond = chars.map(kind).find(|k| *k != Kind::Shared);
    match beyond {
        Some(Kind::Han | Kind::Mark) => Some((first, Kind::Mark)),
        Some(Kind::Hangul | Kind::Shared | Kind::Other) | None => {
            Some((first, Kind::Shared))
        }
    }
}

/// Whether it opens a bracket or a quotation.
pub(super) fn opens_bracket(c: char) -> bool {
    "“‘（〔［｛《〈「『【〖〝〘〚([{".contains(c)
}

/// Whether it closes a bracket or a quotation.
pub(super) fn closes_bracket(c: char) -> bool {
    "”’）〕］｝》〉」』】〗〞〟〙〛)]}".contains(c)
}

/// Punctuation in the sense of CommonMark 0.31: Unicode P and S. The standard
/// library has no such table; what is no letter, digit, space or combining
/// mark is near enough, since only the neighbours of `*` are asked.
pub(super) fn punctuation(c: char) -> bool {
    let combining =
        matches!(c as u32, 0x300..=0x36f | 0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f);
    !(c.is_alphanumeric() || c.is_whitespace() || c.is_control() || combining)
}

/// What a line end in the source becomes, between the text before it (last
/// character first) and the text after it.
pub(super) fn line_end_is_space(
    before: impl Iterator<Item = char>,
    after: impl Iterator<Item = char>,
) -> bool {
    let (Some((_, a)), Some((_, b))) = (resolved(before), resolved(after)) else {
        return false;
    };
    let space = |k: Kind| match k {
        Kind::Han | Kind::Mark => false,
        Kind::Hangul | Kind::Shared | Kind::Other => true,
    };
    // No space stands beside a full-width mark, whatever is on its other side
    // (clreq#h-adjustment_of_adjacent_punctuation_marks).
    a != Kind::Mark && b != Kind::Mark && (space(a) || space(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends() {
        let cases = [
            ("汉", "字", false),
            ("汉", "word", true),
            ("word", "汉", true),
            ("word", "word", true),
            ("한글", "한글", true),
            ("한글", "汉", true),
            ("か", "な", false),
            ("说：", "“好”", false),
            ("好”", "“你", false),
            ("word.”", "“Word", true),
            ("句。", "Word", false),
            ("word", "（汉", false),
            ("汉……", "汉", false),
            ("", "汉", false),
        ];
        for (a, b, want) in cases {
            assert_eq!(line_end_is_space(a.chars().rev(), b.chars()), want, "{a}|{b}");
        }
    }
}
