//! Numbers and what stays with them (clreq#h-digits_and_their_prefix_and_suffix,
//! clreq.md U-03 to U-06).

use super::class::Class;
use super::forbid::Forbid;
use super::gap::Typed;
use super::token::{Joint, Token};

/// Han units of more than one character, which stay whole after their number.
const HAN_UNITS: &[&str] = &[
    "平方千米",
    "平方公里",
    "平方厘米",
    "平方米",
    "立方厘米",
    "立方米",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "公斤",
    "千克",
    "毫克",
    "毫升",
    "万元",
    "亿元",
    "万人",
    "亿人",
    "小时",
    "分钟",
    "毫秒",
    "公顷",
    "万亩",
    "年代",
    "世纪",
];

/// Units in letters: one of these after a number and a space stays with it.
const UNITS: &[&str] = &[
    "%", "‰", "‱", "°", "°C", "°F", "′", "″", "km", "m", "dm", "cm", "mm", "µm", "μm",
    "nm", "km²", "m²", "cm²", "mm²", "m³", "cm³", "ha", "L", "l", "mL", "ml", "t", "kg",
    "g", "mg", "µg", "μg", "h", "min", "s", "ms", "µs", "μs", "ns", "Hz", "kHz", "MHz",
    "GHz", "K", "V", "kV", "mV", "A", "mA", "W", "kW", "MW", "kWh", "Ω", "kΩ", "N", "Pa",
    "kPa", "MPa", "J", "kJ", "cal", "kcal", "mol", "dB", "bit", "B", "KB", "kB", "MB",
    "GB", "TB", "KiB", "MiB", "GiB", "bps", "Mbps", "Gbps", "pt", "px", "em", "dpi",
    "ppi", "in", "ft", "rpm", "a.m.", "p.m.", "AM", "PM",
];

/// Signs that stay with the number after them, even with a space between.
const PREFIXES: &[char] = &[
    '+', '-', '−', '±', '¥', '￥', '$', '＄', '€', '£', '￡', '₩', '₽', '₹', '฿', '№',
    '#', '＃', '§',
];

/// Marks that may stand behind a unit.
const MARKS: &[char] =
    &[',', '.', ';', ':', '!', '?', ')', ']', '}', '”', '’', '»', '“', '‘', '(', '['];

/// Keeps numbers whole and with their units.
pub(super) fn units(text: &str, tokens: &mut [Token]) {
    for i in 1..tokens.len() {
        let (before, after) = tokens.split_at_mut(i);
        let last = &before[i - 1];
        let left = &text[last.range.clone()];
        let right = &text[after[0].range.clone()];
        let Joint::Gap(typed) = after[0].joint else { continue };
        if is_plain(last, left) && is_plain(&after[0], right) {
            continue;
        }
        let tight = |why| match typed {
            Typed::Nothing => Joint::Tight(why),
            Typed::Space | Typed::NoBreak => Joint::Glued(typed, why),
        };
        if prefixed(left, right) || suffixed(left, right, typed) {
            after[0].joint = tight(Forbid::Number);
        } else if typed == Typed::Nothing && is_reference(right) && is_text(last.last) {
            // Behind a stop it stands in the stop's frame.
            let solid = last.last.is_western() || last.last == Class::Han;
            after[0].joint = match solid {
                true => Joint::Tight(Forbid::NoteRef),
                false => Joint::Glued(typed, Forbid::NoteRef),
            };
        } else if after[0].first == Class::Han && ends_in_digit(left) {
            han_unit(text, after, typed);
        }
    }
}

/// Whether a token is a Chinese mark, or a Han character that is no full-width digit or
/// sign: most are, and between two of them there is nothing to keep.
fn is_plain(token: &Token, text: &str) -> bool {
    const FULL_WIDTH: u8 = 0xef;
    match token.first {
        Class::Han => text.len() == 3 && text.as_bytes()[0] != FULL_WIDTH,
        Class::Open
        | Class::Close
        | Class::Comma
        | Class::Colon
        | Class::Stop
        | Class::Bang
        | Class::Stack
        | Class::Dash
        | Class::Ellipsis => true,
        Class::Middle
        | Class::Connector
        | Class::Solidus
        | Class::Small
        | Class::Repeat
        | Class::Hangul
        | Class::Alpha
        | Class::AlphaBare
        | Class::AlphaOpen
        | Class::AlphaClose
        | Class::NoteRef
        | Class::Object => false,
    }
}

/// A sign and the number after it: № 5, §3, ￥20.
fn prefixed(left: &str, right: &str) -> bool {
    let digit = right.starts_with(|c: char| c.is_ascii_digit() || full_digit(c));
    digit && left.chars().count() == 1 && left.ends_with(PREFIXES)
}

/// A number and what follows it: 37℃, 10 km, ２０２４.
fn suffixed(left: &str, right: &str, typed: Typed) -> bool {
    if left.ends_with(full_digit) && right.starts_with(full_digit) {
        return true;
    }
    let number = ends_in_digit(left) || left.ends_with(full_digit);
    number
        && (right.starts_with(['℃', '℉', '％', '￠', '‰', '‱'])
            || (typed != Typed::Nothing && is_unit(right.trim_end_matches(MARKS))))
}

/// km, and km/h, kg/m³, N·m.
fn is_unit(text: &str) -> bool {
    text.split(['/', '·']).all(|part| UNITS.contains(&part))
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn full_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// Whether a piece of text calls a note or a source: [1], [3-5], †.
fn is_reference(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|t| t.split_once(']')).map(|t| t.0);
    let number = |t: &str| {
        !t.is_empty()
            && t.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–'))
    };
    inner.is_some_and(number)
        || (!text.is_empty() && text.chars().all(|c| matches!(c, '†' | '‡' | '*')))
}

fn is_text(class: Class) -> bool {
    class != Class::Open && class != Class::AlphaOpen
}

/// 平方米 stays in one piece with its number; any other character may part from
/// it where a line needs it: 2024|年.
fn han_unit(text: &str, after: &mut [Token], typed: Typed) {
    let start = after[0].range.start;
    let Some(unit) = HAN_UNITS.iter().find(|u| text[start..].starts_with(**u)) else {
        after[0].joint = Joint::Costly(typed);
        return;
    };
    after[0].joint = Joint::Glued(typed, Forbid::Number);
    let end = start + unit.len();
    for inner in after[1..].iter_mut().take_while(|t| t.range.end <= end) {
        if inner.joint == Joint::Gap(Typed::Nothing) {
            inner.joint = Joint::Glued(Typed::Nothing, Forbid::Number);
        }
    }
}
