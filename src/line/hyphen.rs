//! Hyphenation points of Western words (L-06), each word by the patterns of its
//! own language.

use crate::book::lang::primary;
use crate::cjk::class::is_wide;
use hypher::Lang;
use std::ops::Range;

/// Words with fewer letters than this are not hyphenated.
const SHORTEST: usize = 6;
/// So many letters stand at least before a hyphen and after it. Some of the
/// patterns' own bounds would let one letter stand alone, which no printer does.
const LEAST: usize = 2;

/// The language of a Western word in a stretch of text. What is written in Han,
/// kana or hangul does not say in which language its Western words are: they are
/// in `latin`, the book's.
pub fn language<'a>(said: Option<&'a str>, latin: &'a str) -> &'a str {
    let cjk = |tag: &str| {
        matches!(primary(tag), "zh" | "ja" | "ko" | "yue" | "cmn" | "lzh" | "nan")
            && !tag.split('-').any(|part| part.eq_ignore_ascii_case("Latn"))
    };
    said.filter(|tag| !cjk(tag)).unwrap_or(latin)
}

/// Where the word in `range` of a paragraph's text may be hyphenated. Part of a
/// compound with a hyphen of its own, of a word with soft hyphens or of an address
/// is not: the line ends at those marks.
pub fn points_within(text: &str, range: &Range<usize>, lang: &str) -> Vec<usize> {
    if [range.start, range.end].into_iter().any(|at| is_inside(text, at)) {
        return vec![];
    }
    points(&text[range.clone()], lang)
}

/// Whether a place between two characters is inside something longer than a word.
fn is_inside(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let (Some(before), Some(after)) = (before, text[at..].chars().next()) else {
        return false;
    };
    let western = |c: char| c.is_alphanumeric() && !is_wide(c);
    // A full stop may also be the sentence's.
    western(after) && "-‐‑\u{ad}/_@&=#?:.".contains(before)
        || western(before) && "-‐‑\u{ad}/_@".contains(after)
}

/// Byte offsets at which a word of a language (a BCP 47 tag) may be hyphenated;
/// none for what is no word, and none in a language without patterns.
///
/// A word is made of letters, between marks that belong to the sentence. One with
/// a hyphen or a digit is an identifier or has its own place to end a line, one
/// with capitals inside is a name or an acronym. An apostrophe parts two words,
/// `l’université`.
pub fn points(word: &str, lang: &str) -> Vec<usize> {
    let letters = word.trim_matches(|c: char| !c.is_alphabetic());
    let Some(start) = word.find(letters).filter(|_| !letters.is_empty()) else {
        return vec![];
    };
    let (before, after) = (&word[..start], &word[start + letters.len()..]);
    if [before, after].iter().any(|s| s.contains(in_identifiers)) {
        return vec![];
    }
    let Some(patterns) = patterns(lang) else { return vec![] };
    let apostrophe = |c: char| matches!(c, '\'' | '’');
    let mut out = vec![];
    let mut at = start;
    for part in letters.split_inclusive(apostrophe) {
        let solid = part.trim_end_matches(apostrophe);
        let capitals = solid.chars().skip(1).any(char::is_uppercase);
        if capitals || !solid.chars().all(char::is_alphabetic) {
            return vec![];
        }
        out.extend(syllables(solid, patterns, lang).into_iter().map(|i| at + i));
        at += part.len();
    }
    out
}

fn in_identifiers(c: char) -> bool {
    c.is_numeric() || "-‐‑/\\_@#&=+~".contains(c)
}

/// The patterns of a language, if a word broken by them gets a hyphen: those of
/// Indian scripts break without one, which lines cannot do.
fn patterns(lang: &str) -> Option<Lang> {
    let code = primary(lang).to_ascii_lowercase();
    let patterns = Lang::from_iso(code.as_bytes().try_into().ok()?)?;
    patterns.hyphenation_character().map(|_| patterns)
}

/// Offsets inside a word of letters.
fn syllables(word: &str, patterns: Lang, lang: &str) -> Vec<usize> {
    let lower: String = word.chars().map(|c| lower(c, lang)).collect();
    let count = lower.chars().count();
    if count < SHORTEST {
        return vec![];
    }
    let (left, right) = patterns.bounds();
    let (left, right) = (left.max(LEAST), right.max(LEAST));
    // The lower case of a letter may have another length: letters are counted.
    let mut ends = word.char_indices().map(|(i, _)| i).skip(1);
    let mut out = vec![];
    for syllable in hypher::hyphenate_bounded(&lower, patterns, left, right) {
        out.extend(ends.nth(syllable.chars().count() - 1));
    }
    out
}

/// A letter in lower case, as one letter.
fn lower(c: char, lang: &str) -> char {
    match (c, primary(lang)) {
        ('I', "tr" | "az") => 'ı',
        ('İ', "tr" | "az") => 'i',
        _ => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(word: &str, lang: &str) -> String {
        let mut out = word.to_string();
        points(word, lang).into_iter().rev().for_each(|at| out.insert(at, '|'));
        out
    }

    /// Words as their languages part them, and another language that does not.
    #[test]
    fn every_language_has_its_own_points() {
        let cases = [
            ("de", "Do|nau|dampf|schiff|fahrt", "en"),
            ("de", "Grö|ßen|ver|hält|nis", "en"),
            ("de-AT", "Stra|ße", "en"),
            ("de", "ẞtra|ße", "en"),
            ("fr", "hy|phé|na|tion", "es"),
            ("fr-CA", "ma|gni|fique", "es"),
            ("es", "gui|ta|rra", "it"),
            ("es-419", "cons|truc|ción", "en"),
            ("it", "gui|tar|ra", "es"),
            ("it", "quat|tor|di|ci", "en"),
            ("ru", "ти|по|гра|фия", "en"),
            ("ru", "пе|ре|но|сы", "de"),
            ("en-GB", "ty|pog|ra|phy", "de"),
            ("en-US", "democ|racy", "it"),
            ("el", "τυ|πο|γρα|φία", "ru"),
            ("tr", "Işık|lan|dır|ma", "en"),
            ("tr", "İs|tan|bul|lu", "en"),
            ("hr", "ti|po|gra|fi|ja", "sr-Latn"),
        ];
        for (lang, want, other) in cases {
            let word = want.replace('|', "");
            assert_eq!(cut(&word, lang), want, "{lang}");
            assert_ne!(cut(&word, other), want, "{word} in {other}");
        }
    }
    #[test]
    fn marks_of_the_sentence_are_no_part_of_a_word() {
        assert_eq!(cut("“composition,”", "en"), "“com|po|si|tion,”");
        assert_eq!(cut("l’université", "fr"), "l’uni|ver|si|té");
        assert_eq!(cut("dell'acquedotto!", "it"), "dell'ac|que|dot|to!");
        assert_eq!(cut("d’Artagnan", "fr"), "d’Ar|ta|gnan");
    }
    #[test]
    fn what_is_no_word_stays_whole() {
        let whole = [
            "line",
            "EPUBCheck",
            "INTERNATIONAL",
            "composition2",
            "composition-",
            "",
            "typesetting-composition",
            "https://international.org/",
            "“”",
            "2024",
            "international_name",
            "com\u{ad}position",
            "don’t",
        ];
        for word in whole {
            assert_eq!(cut(word, "en"), word);
        }
        for lang in ["ja", "zh-Hans-CN", "hi", "xx", "x-en", "", "eng", "vi"] {
            assert_eq!(cut("composition", lang), "composition", "{lang}");
        }
        assert_eq!(cut("हिन्दीशब्द", "hi"), "हिन्दीशब्द");
    }
    #[test]
    fn compounds_and_addresses_end_at_their_own_marks() {
        let at = |text: &str, word: &str| {
            let from = text.find(word).expect("the word");
            points_within(text, &(from..from + word.len()), "en")
        };
        assert_eq!(at("见composition，", "composition"), [3, 5, 7]);
        assert_eq!(at("见(composition).", "composition"), [3, 5, 7]);
        assert_eq!(at("composition①", "composition"), [3, 5, 7]);
        assert_eq!(at("well—composition", "composition").len(), 3);
        for (text, word) in [
            ("well-composition", "composition"),
            ("composition-wise", "composition-"),
            ("https://composition/", "composition/"),
            ("composition.org", "composition."),
            ("org.composition", "composition"),
            ("re\u{ad}composition", "composition"),
            ("composition\u{ad}al", "composition"),
        ] {
            assert!(at(text, word).is_empty(), "{text}");
        }
        assert_eq!(at("composition. 后", "composition."), [3, 5, 7]);
    }
    #[test]
    fn western_words_in_han_are_in_the_books_latin() {
        assert_eq!(language(Some("de"), "en"), "de");
        assert_eq!(language(Some("zh-Latn-pinyin"), "en"), "zh-Latn-pinyin");
        for han in [None, Some("ja"), Some("zh-Hant-TW"), Some("ko")] {
            assert_eq!(language(han, "fr"), "fr");
        }
    }
}
