//! Numbers: 第一章, 附录一, 图 2-1, 表 2-1, 代码 2-1, (2-1).

use super::words::{Words, words};
use super::{Block, BlockKind, Book, Chapter, Division, Figure, Role, text};

/// How chapters, parts and appendices are numbered.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Numbering {
    /// 第一章, 附录一
    Han,
    /// 第1章, 附录A, Chapter 1
    Arabic,
    /// not at all
    None,
}

impl Numbering {
    /// As a language has it.
    pub fn of(lang: &str) -> Numbering {
        if words(lang).han_numbers { Numbering::Han } else { Numbering::Arabic }
    }
}

/// Numbers parts, chapters of the body and appendices where the author wrote no
/// number, and the figures, tables and listings that have captions: 图 2-1 by chapter in
/// the body, 附图 1 through all back matter, 图 1 through the front matter.
pub fn number(book: &mut Book, style: Numbering) {
    let words = words(&book.meta.lang);
    let lang = book.meta.lang.clone();
    let style = if words.can_han { style } else { style.in_digits() };
    let appendices = book.chapters.iter().filter(|c| bare_appendix(c, &lang)).count();
    let mut counts = Counts::default();
    for chapter in &mut book.chapters {
        chapter.number = None;
        part(chapter, style, words, &mut counts.parts);
        if chapter.role == Role::Chapter
            && chapter.division == Division::Body
            && chapter.depth == 0
        {
            counts.chapters += 1;
            counts.body = [0; 4];
            let n = counts.chapters;
            chapter.number =
                style.put(words.chapter, n).filter(|_| !is_numbered(&chapter.title));
        }
        if bare_appendix(chapter, &lang) {
            counts.appendices += 1;
            let n = counts.appendices;
            chapter.number = match style {
                Numbering::None => None,
                // One alone has no number.
                Numbering::Han | Numbering::Arabic if appendices == 1 => {
                    Some(words.appendix.into())
                }
                Numbering::Han => style.put(words.appendix_number, n),
                Numbering::Arabic => Some(words.appendix_number.replace('%', &letter(n))),
            };
        }
        captions(chapter, words, &mut counts);
    }
}

#[derive(Default)]
struct Counts {
    parts: u32,
    chapters: u32,
    appendices: u32,
    /// figures, tables, listings and formulas of the front matter, this chapter, the back
    /// matter
    front: [u32; 4],
    body: [u32; 4],
    back: [u32; 4],
    /// the chapter around is none that has a number
    aside: bool,
}

fn captions(chapter: &mut Chapter, words: &Words, counts: &mut Counts) {
    let n = counts.chapters;
    if chapter.depth == 0 {
        counts.aside = chapter.role != Role::Chapter;
    }
    let near = [words.figure[0], words.table[0], words.listing[0], ""];
    let far = [words.figure[1], words.table[1], words.listing[1], ""];
    let (prefix, counts) = match (chapter.division, chapter.role) {
        (Division::Back, _) | (Division::Body, Role::Appendix) => {
            (far.map(String::from), &mut counts.back)
        }
        (Division::Front, _) => (near.map(String::from), &mut counts.front),
        (Division::Body, _) if counts.aside => {
            (near.map(String::from), &mut counts.front)
        }
        (Division::Body, _) => (near.map(|p| format!("{p}{n}-")), &mut counts.body),
    };
    blocks(&mut chapter.blocks, &prefix, counts);
}

fn part(chapter: &mut Chapter, style: Numbering, words: &Words, parts: &mut u32) {
    let Some(part) = &mut chapter.part else { return };
    *parts += 1;
    part.number = style.put(words.part, *parts).filter(|_| !written(&part.title));
}

/// An appendix whose title does not say that it is one.
fn bare_appendix(chapter: &Chapter, lang: &str) -> bool {
    chapter.role == Role::Appendix
        && chapter.depth == 0
        && !Role::Appendix.begins(&text::plain(&chapter.title), lang)
}

impl Numbering {
    fn in_digits(self) -> Numbering {
        match self {
            Numbering::Han | Numbering::Arabic => Numbering::Arabic,
            Numbering::None => Numbering::None,
        }
    }
    /// A pattern with a number in the place of `%`.
    fn put(self, pattern: &str, n: u32) -> Option<String> {
        let n = match self {
            Numbering::Han => han(n),
            Numbering::Arabic => n.to_string(),
            Numbering::None => return None,
        };
        Some(pattern.replace('%', &n))
    }
}

fn is_numbered(title: &[super::Inline]) -> bool {
    written(&text::plain(title))
}

/// Whether the author wrote a number: 第一章, 第1部分, 上篇, 卷一, Chapter 1.
pub fn written(title: &str) -> bool {
    const HAN: &str = "〇零一二三四五六七八九十百千两兩";
    let title = title.trim().to_lowercase();
    let digit = |c: char| c.is_ascii_digit() || HAN.contains(c);
    let head: String = title.chars().filter(|c| !c.is_whitespace()).take(12).collect();
    if let Some(rest) = head.strip_prefix(['第', '제']) {
        let unit = rest.trim_start_matches(digit);
        return unit.len() < rest.len()
            && unit.starts_with([
                '章', '篇', '编', '編', '部', '卷', '回', '讲', '講', '课', '課', '장',
                '편',
            ]);
    }
    let mut chars = head.chars();
    match (chars.next(), chars.next()) {
        (Some('上' | '中' | '下'), Some('篇' | '编' | '編' | '部' | '卷')) => {
            return true;
        }
        (Some('卷'), Some(c)) if digit(c) || "上中下".contains(c) => return true,
        _ => {}
    }
    let mut words = title.split_whitespace();
    let named = matches!(words.next(), Some("chapter" | "part" | "book"));
    named && words.next().is_some_and(counts)
}

/// `1`, `12.`, `iv`, `one`.
fn counts(word: &str) -> bool {
    let word = word.trim_end_matches([':', '.', ',']);
    let all = |set: fn(char) -> bool| !word.is_empty() && word.chars().all(set);
    all(|c| c.is_ascii_digit())
        || all(|c| "ivxlc".contains(c))
        || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
            .contains(&word)
}

/// A, B … Z, then numbers.
pub(super) fn letter(n: u32) -> String {
    match n.checked_sub(1).and_then(|n| u8::try_from(n).ok()) {
        Some(n @ 0..26) => char::from(b'A' + n).to_string(),
        Some(_) | None => n.to_string(),
    }
}

fn blocks(list: &mut [Block], prefix: &[String; 4], counts: &mut [u32; 4]) {
    for block in list {
        match &mut block.kind {
            BlockKind::Figure(f) => figure(f, &prefix[0], &mut counts[0]),
            BlockKind::Table(t) => {
                if !t.caption.is_empty() {
                    counts[1] += 1;
                    t.number = Some(format!("{}{}", prefix[1], counts[1]));
                }
                t.cells_mut().for_each(|c| blocks(&mut c.blocks, prefix, counts));
            }
            BlockKind::Styled { blocks: b, .. } => blocks(b, prefix, counts),
            BlockKind::Dialogue(list) => {
                list.iter_mut().for_each(|s| blocks(&mut s.blocks, prefix, counts))
            }
            BlockKind::Code(c) if !c.caption.is_empty() => {
                counts[2] += 1;
                c.number = Some(format!("{}{}", prefix[2], counts[2]));
            }
            BlockKind::Math(e) => {
                // A number of the author's own stands as it is.
                if !e.id.is_empty() && !e.tex.text.contains("\\tag") {
                    counts[3] += 1;
                    e.number = Some(format!("{}{}", prefix[3], counts[3]));
                }
            }
            BlockKind::Quote(b) | BlockKind::Alert { blocks: b, .. } => {
                blocks(b, prefix, counts)
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|i| blocks(&mut i.blocks, prefix, counts))
            }
            BlockKind::Definitions(list) => list
                .iter_mut()
                .flat_map(|d| &mut d.meanings)
                .for_each(|m| blocks(m, prefix, counts)),
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Break => {}
        }
    }
}

/// A figure with a caption has one number; without, each picture that has a
/// caption has its own.
fn figure(f: &mut Figure, prefix: &str, count: &mut u32) {
    let mut next = || {
        *count += 1;
        Some(format!("{prefix}{count}"))
    };
    if !f.caption.is_empty() {
        f.number = next();
        return;
    }
    for panel in f.panels.iter_mut().filter(|p| !p.caption.is_empty()) {
        panel.number = next();
    }
}

/// A number in Chinese, as chapters are counted: 一, 十二, 二十, 一百零三.
/// Numbers of 10 000 and more come out in Arabic digits.
pub fn han(n: u32) -> String {
    const DIGITS: [char; 10] =
        ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if n == 0 || n >= 10_000 {
        return if n == 0 { "零".into() } else { n.to_string() };
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let digit = n / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十 and not 一十 where it comes first
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(name);
    }
    out
}

/// A note's mark: ① to ㊿, then the number in brackets.
pub fn circled(n: usize) -> String {
    let c = match n as u32 {
        n @ 1..=20 => char::from_u32(0x2460 + n - 1),
        n @ 21..=35 => char::from_u32(0x3251 + n - 21),
        n @ 36..=50 => char::from_u32(0x32b1 + n - 36),
        _ => None,
    };
    c.map_or_else(|| format!("[{n}]"), String::from)
}

/// A number in lower-case Roman numerals, as front matter is paged; Arabic
/// from 4 000 on.
pub fn roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if n >= 4000 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, name) in STEPS {
        while n >= value {
            out.push_str(name);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn han_numbers() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (101, "一百零一"),
            (110, "一百一十"),
            (1003, "一千零三"),
            (2020, "二千零二十"),
        ];
        for (n, s) in cases {
            assert_eq!(han(n), s);
        }
    }
    #[test]
    fn written_numbers_are_seen() {
        for title in
            ["第一章 开始", "第12章", "第 三 篇", "第一部分", "上篇　史", "卷一", "제1장"]
        {
            assert!(written(title), "{title}");
        }
        for title in ["Chapter 1: Start", "Part IV", "Book one"] {
            assert!(written(title), "{title}");
        }
        for title in ["第一", "第一次", "上海", "卷帘", "Part of it", "章", ""]
        {
            assert!(!written(title), "{title}");
        }
    }
    #[test]
    fn letters_run_to_z() {
        assert_eq!([1, 26, 27].map(letter), ["A", "Z", "27"]);
    }
    #[test]
    fn circled_numbers_run_to_fifty() {
        assert_eq!(circled(1), "①");
        assert_eq!(circled(21), "㉑");
        assert_eq!(circled(36), "㊱");
        assert_eq!(circled(50), "㊿");
        assert_eq!(circled(51), "[51]");
    }
    #[test]
    fn roman_numbers() {
        assert_eq!(roman(4), "iv");
        assert_eq!(roman(1999), "mcmxcix");
    }
}
