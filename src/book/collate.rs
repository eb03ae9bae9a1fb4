//! The order of words in the book's language, and the initials under which an
//! index groups them: pinyin in simplified Chinese, strokes in traditional, kana
//! and hangul by their rows.
//!
//! Both come from CLDR by way of ICU4X. Its Chinese orders have a boundary before
//! the first character of each group, U+FDD0 and the group's letter or, for
//! strokes, U+2800 and their count (UTS 35-5, 1.13.1): a word belongs to the last
//! group whose boundary is not after it.

use super::lang::primary;
use super::number;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use std::cmp::Ordering;

/// How a language orders words.
#[derive(Debug)]
pub struct Collation {
    /// `None` orders by code points: data for the language is missing
    collator: Option<CollatorBorrowed<'static>>,
    /// boundary and name of each group, in order
    groups: Vec<(String, String)>,
}

/// The group of a word: its place among the groups, and its name.
pub type Initial = (u32, String);

/// Letters with which pinyin begins.
const PINYIN: &str = "ABCDEFGHJKLMNOPQRSTWXYZ";
/// The rows of kana (五十音), and of hangul.
const KANA: &str = "あかさたなはまやらわ";
const HANGUL: &str = "가나다라마바사아자차카타파하";
/// Where words stand that no group has: signs and digits first, Latin letters and
/// what follows them last.
const SIGNS: u32 = 0;
const LETTERS: u32 = 1000;

impl Collation {
    /// The order of a language (BCP 47).
    pub fn of(lang: &str) -> Collation {
        let tag = match (primary(lang), lang.contains("Hant")) {
            ("zh" | "yue", true) => "zh-Hant-u-co-stroke",
            ("zh" | "yue", false) => "zh-Hans-u-co-pinyin",
            _ => lang,
        };
        let locale = tag.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let options = CollatorOptions::default();
        let collator = Collator::try_new(CollatorPreferences::from(&locale), options);
        let each = |s: &str| s.chars().map(|c| (c.to_string(), c.to_string())).collect();
        let groups = match (primary(lang), lang.contains("Hant")) {
            ("zh" | "yue", true) => strokes(),
            ("zh" | "yue", false) => {
                PINYIN.chars().map(|c| (format!("\u{fdd0}{c}"), c.to_string())).collect()
            }
            ("ja", _) => each(KANA),
            ("ko", _) => each(HANGUL),
            _ => vec![],
        };
        Collation { collator: collator.ok(), groups }
    }

    /// Compares two words.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        // 《诗》 stands where 诗 does.
        let (whole, bare) = ((a, b), (spoken(a), spoken(b)));
        let (a, b) = bare;
        let order = self.collator.as_ref().map_or(Ordering::Equal, |c| c.compare(a, b));
        // What the language does not tell apart stands in one order all the same.
        order.then_with(|| whole.0.cmp(whole.1))
    }

    /// The group in which a word stands.
    pub fn initial(&self, word: &str) -> Initial {
        let first = word.chars().find(|c| c.is_alphanumeric());
        let Some(first) = first.filter(|c| !c.is_numeric() || is_han(*c)) else {
            return (SIGNS, "#".into());
        };
        if first < '\u{250}' {
            let letter = ('A'..='Z')
                .rev()
                .find(|l| self.at_least(word, &l.to_ascii_lowercase().to_string()));
            let letter = letter.unwrap_or('A');
            // Chinese has Latin words among those of the same letter.
            let own = self.groups.iter().position(|g| g.1 == letter.to_string());
            let after = LETTERS + u32::from(letter);
            return (own.map_or(after, |n| n as u32 + 1), letter.to_string());
        }
        let group = self.groups.iter().rposition(|(bound, _)| self.at_least(word, bound));
        let past =
            matches!(self.groups.first(), Some((b, _)) if b == "あ") && is_han(first);
        match group {
            Some(_) if past => (LETTERS - 1, "漢字".into()),
            Some(n) => (n as u32 + 1, self.groups[n].1.clone()),
            None => {
                let upper: String = first.to_uppercase().collect();
                (LETTERS + u32::from(first), upper)
            }
        }
    }

    fn at_least(&self, word: &str, bound: &str) -> bool {
        self.compare(word, bound) != Ordering::Less
            // Ä begins like A.
            || self.collator.is_none() && word.to_uppercase().as_str() >= bound
    }
}

/// Groups of 1 to 35 strokes.
fn strokes() -> Vec<(String, String)> {
    let bound = |n: u32| Some(format!("\u{fdd0}{}", char::from_u32(0x2800 + n)?));
    (1..=35).filter_map(|n| Some((bound(n)?, format!("{}畫", number::han(n))))).collect()
}

/// A word without the marks before it.
fn spoken(word: &str) -> &str {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\u{fdd0}');
    if bare.is_empty() { word } else { bare }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: &str, words: &[&str]) -> String {
        let c = Collation::of(lang);
        let mut keyed: Vec<_> = words.iter().map(|w| (c.initial(w), *w)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| c.compare(a.1, b.1)));
        let each = keyed.iter().map(|((_, i), w)| format!("{i}:{w}"));
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn pinyin() {
        let words = [
            "园林",
            "张",
            "唐寅",
            "重庆",
            "安",
            "Zebra",
            "abc",
            "《诗》",
            "曾",
            "〇",
            "12",
        ];
        let want = "#:12 A:安 A:abc C:曾 C:重庆 L:〇 S:《诗》 T:唐寅 Y:园林 Z:张 Z:Zebra";
        assert_eq!(sorted("zh-Hans-CN", &words), want);
        // Every letter that begins a syllable has its group.
        let firsts = "阿八嚓哒额发噶哈击喀拉妈拿哦趴七然撒他哇昔压匝";
        let c = Collation::of("zh-Hans");
        let letters: String =
            firsts.chars().map(|w| c.initial(&w.to_string()).1).collect();
        assert_eq!(letters, PINYIN);
    }
    #[test]
    fn strokes_kana_hangul_letters() {
        let want = "一畫:一 二畫:二 三畫:大 十畫:唐寅 二十畫:蘇州 A:abc";
        assert_eq!(
            sorted("zh-Hant-TW", &["蘇州", "abc", "大", "唐寅", "二", "一"]),
            want
        );
        let want = "あ:あい あ:アイス か:がく わ:わに 漢字:唐寅 B:book";
        assert_eq!(
            sorted("ja", &["book", "唐寅", "わに", "がく", "アイス", "あい"]),
            want
        );
        assert_eq!(sorted("ko", &["나비", "까치", "가나"]), "가:가나 가:까치 나:나비");
        assert_eq!(
            sorted("de", &["Zoo", "Äpfel", "Öl", "Apfel"]),
            "A:Apfel A:Äpfel O:Öl Z:Zoo"
        );
        assert_eq!(sorted("xx", &["b", "a"]), "A:a B:b");
    }
}
