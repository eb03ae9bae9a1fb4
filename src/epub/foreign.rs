//! Runs of text that are surely in another language, for `lang` attributes
//! (without one, kana and hangul are set with Chinese forms).

use crate::book::lang;

/// A run and, if it is foreign, its language.
type Run<'a> = (Option<&'static str>, &'a str);

fn language(c: char) -> Option<&'static str> {
    match c as u32 {
        // not U+30FB: the dot stands in Chinese names too
        0x3041..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff | 0x31f0..=0x31ff => {
            Some("ja")
        }
        0xff66..=0xff9f => Some("ja"),
        0x1100..=0x11ff | 0x3131..=0x318e | 0xac00..=0xd7a3 => Some("ko"),
        _ => None,
    }
}

/// Cuts text where its language changes; `around` is the language around it.
pub(super) fn runs<'a>(text: &'a str, around: &str) -> Vec<Run<'a>> {
    let of = |c: char| language(c).filter(|l| !lang::same(around, l));
    let mut out: Vec<Run> = vec![];
    let (mut start, mut now) = (0, None);
    for (i, c) in text.char_indices() {
        let lang = of(c);
        if lang != now {
            out.push((now, &text[start..i]));
            (start, now) = (i, lang);
        }
    }
    out.push((now, &text[start..]));
    out.retain(|r| !r.1.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn kana_and_hangul_are_cut_out() {
        let cut = runs("读作ひらがな，한글", "zh-Hans-CN");
        let want = [
            (None, "读作"),
            (Some("ja"), "ひらがな"),
            (None, "，"),
            (Some("ko"), "한글"),
        ];
        assert_eq!(cut, want);
        assert_eq!(runs("ひらがな", "ja"), [(None, "ひらがな")]);
    }
}
