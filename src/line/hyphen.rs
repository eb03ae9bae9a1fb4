//! Hyphenation points of Western words (L-06).

use hypher::Lang;

/// Words shorter than this are not hyphenated.
const SHORTEST: usize = 6;

/// Byte offsets at which a word may be hyphenated; empty for what is no word
/// of letters only. English patterns: the language of a stretch of Western text
/// is not marked in Markdown.
pub fn points(word: &str) -> Vec<usize> {
    let letters = word.trim_matches(|c: char| !c.is_alphabetic());
    let plain = letters.chars().all(|c| c.is_ascii_alphabetic());
    // Capitals inside a word mark an identifier or an acronym.
    let proper = letters.chars().skip(1).all(|c| c.is_ascii_lowercase());
    if letters.len() < SHORTEST || !plain || !proper {
        return vec![];
    }
    let Some(start) = word.find(letters) else { return vec![] };
    let mut at = start;
    let mut out = vec![];
    for syllable in hypher::hyphenate(letters, Lang::English) {
        at += syllable.len();
        // Two letters before a hyphen and three after it (Hart's Rules).
        if at >= start + 2 && at + 3 <= start + letters.len() {
            out.push(at);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn points_of_words() {
        assert_eq!(points("composition"), vec![3, 5, 7]);
        assert!(points("EPUBCheck").is_empty());
        assert!(points("line").is_empty());
        assert!(points("https://a.b/c").is_empty());
    }
}
