//! Language tags (BCP 47), as the model holds them.

use oxilangtag::LanguageTag;

/// A tag in its usual spelling, `zh-Hant-TW` for `ZH_hant_tw`; `None` for what is
/// no tag. Well-formed is not enough for the first subtag: words such as
/// `english` have the form of a language that may be registered one day, and mean
/// `en`.
pub fn tag(text: &str) -> Option<String> {
    // The longest registered tags have about 30 characters.
    if text.len() > 60 {
        return None;
    }
    let tag = LanguageTag::parse_and_normalize(&text.replace('_', "-")).ok()?;
    let first = tag.as_str().split('-').next().unwrap_or_default();
    (first.len() <= 3).then(|| tag.into_inner())
}

/// The language alone, `zh` of `zh-Hant-TW`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// Whether a language's characters stand upright in vertical lines.
pub fn upright(tag: &str) -> bool {
    matches!(primary(tag), "zh" | "yue" | "lzh" | "ja" | "ko")
}

/// Whether two tags name the same language, wherever it is spoken.
pub fn same(a: &str, b: &str) -> bool {
    primary(a).eq_ignore_ascii_case(primary(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn tags_are_spelt_alike() {
        let good = [
            ("de", "de"),
            ("DE-de", "de-DE"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("ZH-LATN-PINYIN", "zh-Latn-pinyin"),
            ("sr-Latn", "sr-Latn"),
            ("es-419", "es-419"),
            ("de-CH-1901", "de-CH-1901"),
            ("zh-yue-HK", "zh-yue-HK"),
            ("en-u-ca-buddhist", "en-u-ca-buddhist"),
            ("x-klingon", "x-klingon"),
            ("I-Klingon", "i-klingon"),
            ("zh_TW", "zh-TW"),
        ];
        for (given, want) in good {
            assert_eq!(tag(given).as_deref(), Some(want));
        }
        let bad = [
            "",
            "-",
            "d",
            "de-",
            "-de",
            "english",
            "德",
            "de DE",
            "de--DE",
            "de-x",
            "zh-Hant-T",
            "x-",
            "12",
        ];
        for given in bad {
            assert_eq!(tag(given), None, "{given}");
        }
        assert_eq!(tag(&format!("x{}", "-a".repeat(40))), None);
    }
    #[test]
    fn the_language_of_a_tag() {
        assert_eq!(primary("zh-Hant-TW"), "zh");
        assert!(same("zh-Hans-CN", "ZH"));
        assert!(!same("zh", "zha"));
    }
}
