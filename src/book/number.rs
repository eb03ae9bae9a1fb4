//! Numbers: 第一章, 图 2-1, 表 2-1, 代码 2-1.

use super::listing::LABEL;
use super::{Block, BlockKind, Book, Role};

/// Numbers the chapters of the body, and the figures, tables and listings that have
/// captions: 图 2-1 by chapter in the body, 附图 1 through all back matter, 图 1
/// through the front matter.
pub fn number(book: &mut Book) {
    let mut chapters = 0;
    let (mut front, mut body, mut back) = ([0; 3], [0; 3], [0; 3]);
    for chapter in &mut book.chapters {
        chapter.number = None;
        if chapter.role == Role::Body && chapter.depth == 0 {
            chapters += 1;
            body = [0; 3];
            chapter.number = Some(format!("第{}章", han(chapters)));
        }
        let (prefix, counts) = match chapter.role {
            Role::Body => {
                (["图 ", "表 ", LABEL[0]].map(|p| format!("{p}{chapters}-")), &mut body)
            }
            Role::Front => (["图 ", "表 ", LABEL[0]].map(String::from), &mut front),
            Role::Back => (["附图 ", "附表 ", LABEL[1]].map(String::from), &mut back),
        };
        blocks(&mut chapter.blocks, &prefix, counts);
    }
}

fn blocks(list: &mut [Block], prefix: &[String; 3], counts: &mut [u32; 3]) {
    for block in list {
        match &mut block.kind {
            BlockKind::Figure(f) if !f.caption.is_empty() => {
                counts[0] += 1;
                f.number = Some(format!("{}{}", prefix[0], counts[0]));
            }
            BlockKind::Table(t) if !t.caption.is_empty() => {
                counts[1] += 1;
                t.number = Some(format!("{}{}", prefix[1], counts[1]));
            }
            BlockKind::Code(c) if !c.caption.is_empty() => {
                counts[2] += 1;
                c.number = Some(format!("{}{}", prefix[2], counts[2]));
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
            BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
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
