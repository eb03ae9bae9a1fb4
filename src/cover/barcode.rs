//! EAN-13 with its add-ons (ISO/IEC 15420): digits into bars and spaces.
//!
//! Everything is counted in modules, the width of the thinnest bar: 0.33 mm at
//! full size. A symbol of 95 modules stands between quiet zones of 11 and 7.

/// Modules left free before a symbol.
pub const QUIET_BEFORE: i64 = 11;
/// Modules left free behind it.
pub const QUIET_BEHIND: i64 = 7;
/// Modules of a symbol.
pub const WIDTH: i64 = 95;
/// Modules between a symbol and its add-on: at least 7, at most 12.
pub const APART: i64 = 9;
/// Modules left free behind an add-on.
pub const ADD_ON_QUIET: i64 = 5;

/// Number set A, from the left; B and C are made of it.
const A: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111,
    0b011_1011, 0b011_0111, 0b000_1011,
];

/// Which digits of the left half are of set B, by the digit before the symbol.
const FIRST: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100,
    0b01_0101, 0b01_0110, 0b01_1010,
];

/// Which digits of an add-on of five are of set B, by its check number.
const FIVE: [u8; 10] = [
    0b1_1000, 0b1_0100, 0b1_0010, 0b1_0001, 0b0_1100, 0b0_0110, 0b0_0011, 0b0_1010,
    0b0_1001, 0b0_0101,
];

/// A bar: where it begins and how wide it is, in modules.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Bar {
    /// first module
    pub at: i64,
    /// modules
    pub wide: i64,
    /// part of a guard pattern, which reaches lower
    pub guard: bool,
}

/// The thirteen digits of an ISBN: hyphens dropped, ten digits made thirteen
/// (ISO 2108); `None` where it has others.
pub fn thirteen(isbn: &str) -> Option<[u8; 13]> {
    let kept: String = isbn.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let (head, given) = match kept.len() {
        13 => (kept.get(..12)?.to_string(), kept.chars().last()),
        10 => (format!("978{}", kept.get(..9)?), None),
        _ => return None,
    };
    let mut digits = [0; 13];
    for (slot, c) in digits.iter_mut().zip(head.chars()) {
        *slot = c.to_digit(10)? as u8;
    }
    digits[12] = check(&digits);
    let right = given.is_none_or(|c| c.to_digit(10) == Some(u32::from(digits[12])));
    right.then_some(digits)
}

/// The check digit that the first twelve ask for: weights 1 and 3 modulo 10.
fn check(digits: &[u8; 13]) -> u8 {
    let weighed = |(i, d): (usize, &u8)| (1 + i % 2 * 2) * usize::from(*d);
    let sum: usize = digits[..12].iter().enumerate().map(weighed).sum();
    ((10 - sum % 10) % 10) as u8
}

/// Bars and spaces as they are written down, module by module.
struct Row(Vec<(bool, bool)>);

impl Row {
    fn put(&mut self, pattern: u8, modules: u32, guard: bool) {
        let bits = (0..modules).rev().map(|i| (pattern >> i & 1 == 1, guard));
        self.0.extend(bits);
    }
    /// Modules of one kind side by side are one bar.
    fn bars(&self) -> Vec<Bar> {
        let mut out: Vec<Bar> = vec![];
        for (at, (_, guard)) in (0i64..).zip(&self.0).filter(|m| m.1.0) {
            match out.last_mut().filter(|b| b.at + b.wide == at && b.guard == *guard) {
                Some(last) => last.wide += 1,
                None => out.push(Bar { at, wide: 1, guard: *guard }),
            }
        }
        out
    }
}

/// Set B: C read backwards.
fn b(digit: u8) -> u8 {
    (c(digit)).reverse_bits() >> 1
}

/// Set C: A with bars for spaces.
fn c(digit: u8) -> u8 {
    !A[usize::from(digit % 10)] & 0x7f
}

/// A digit of set B where the bit of its place is set, else of set A.
fn left(digit: u8, sets: u8, place: usize) -> u8 {
    if sets >> place & 1 == 1 { b(digit) } else { A[usize::from(digit % 10)] }
}

/// The bars of an EAN-13.
pub fn bars(digits: &[u8; 13]) -> Vec<Bar> {
    let mut row = Row(vec![]);
    let sets = FIRST[usize::from(digits[0] % 10)];
    row.put(0b101, 3, true);
    for (i, d) in digits[1..7].iter().enumerate() {
        row.put(left(*d, sets, 5 - i), 7, false);
    }
    row.put(0b0_1010, 5, true);
    digits[7..].iter().for_each(|d| row.put(c(*d), 7, false));
    row.put(0b101, 3, true);
    row.bars()
}

/// The bars of an add-on of two or five digits, and how many modules it has;
/// none for any other number of digits.
pub fn add_on(digits: &[u8]) -> (Vec<Bar>, i64) {
    let n: Vec<usize> = digits.iter().map(|d| usize::from(*d)).collect();
    let sets = match n[..] {
        [a, b] => ((a * 10 + b) % 4) as u8,
        [a, b, c, d, e] => FIVE[((a + c + e) * 3 + (b + d) * 9) % 10],
        _ => return (vec![], 0),
    };
    let mut row = Row(vec![]);
    row.put(0b1011, 4, false);
    for (i, d) in digits.iter().enumerate() {
        if i > 0 {
            row.put(0b01, 2, false);
        }
        row.put(left(*d, sets, digits.len() - 1 - i), 7, false);
    }
    (row.bars(), row.0.len() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Space and bar widths of each digit in sets A and B, as the standard's
    /// table has them: a second source beside the bit patterns.
    const ELEMENTS: [[u8; 4]; 10] = [
        [3, 2, 1, 1],
        [2, 2, 2, 1],
        [2, 1, 2, 2],
        [1, 4, 1, 1],
        [1, 1, 3, 2],
        [1, 2, 3, 1],
        [1, 1, 1, 4],
        [1, 3, 1, 2],
        [1, 2, 1, 3],
        [3, 1, 1, 2],
    ];

    /// Reads a symbol from its bars; the digit in front comes from the sets.
    fn read(bars: &[Bar]) -> Option<String> {
        let mut row = [false; 95];
        for bar in bars {
            (bar.at..bar.at + bar.wide).for_each(|m| row[m as usize] = true);
        }
        let widths = |from: usize| {
            let mut out = vec![];
            let part = &row[from..from + 7];
            for (i, m) in part.iter().enumerate() {
                match i > 0 && part[i - 1] == *m {
                    true => *out.last_mut()? += 1,
                    false => out.push(1u8),
                }
            }
            Some(out)
        };
        let find = |w: &[u8]| ELEMENTS.iter().position(|e| e[..] == *w);
        let (mut sets, mut text) = (String::new(), String::new());
        for i in 0..6 {
            let mut w = widths(3 + i * 7)?;
            let a = find(&w);
            sets.push(if a.is_some() { 'A' } else { 'B' });
            w.reverse();
            text += &a.or(find(&w))?.to_string();
        }
        for i in 0..6 {
            text += &find(&widths(50 + i * 7)?)?.to_string();
        }
        let order = [
            "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA",
            "ABABAB", "ABABBA", "ABBABA",
        ];
        Some(order.iter().position(|o| *o == sets)?.to_string() + &text)
    }

    #[test]
    fn what_is_written_is_read_back() {
        for isbn in ["978-7-111-11111-5", "9780306406157", "979-10-90636-07-1"] {
            let digits = thirteen(isbn).expect("an ISBN");
            let plain: String = digits.iter().map(u8::to_string).collect();
            assert_eq!(read(&bars(&digits)).as_deref(), Some(&plain[..]), "{isbn}");
            assert_eq!(plain, isbn.replace('-', ""));
        }
        for first in 0..10 {
            let mut digits = [first, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 0];
            digits[12] = check(&digits);
            let plain: String = digits.iter().map(u8::to_string).collect();
            assert_eq!(read(&bars(&digits)), Some(plain));
        }
    }

    #[test]
    fn a_bar_moved_is_noticed() {
        let digits = thirteen("9780306406157").expect("an ISBN");
        let mut moved = bars(&digits);
        moved[2].wide += 1;
        assert_ne!(read(&moved).as_deref(), Some("9780306406157"));
    }

    #[test]
    fn ten_digits_become_thirteen() {
        let ten = thirteen("0-306-40615-2").expect("an ISBN");
        assert_eq!(ten, [9, 7, 8, 0, 3, 0, 6, 4, 0, 6, 1, 5, 7]);
        assert!(thirteen("080442957X").is_some());
        for bad in ["", "978", "9780306406158", "97803064061５7", "９780306406157"] {
            assert_eq!(thirteen(bad), None, "{bad}");
        }
    }

    #[test]
    fn symbols_have_their_modules() {
        let digits = thirteen("9780306406157").expect("an ISBN");
        let bars = bars(&digits);
        assert_eq!(bars.first().map(|b| (b.at, b.guard)), Some((0, true)));
        assert_eq!(bars.last().map(|b| b.at + b.wide), Some(WIDTH));
        assert_eq!(bars.len(), 30);
        assert_eq!(bars.iter().filter(|b| b.guard).count(), 6);
        assert_eq!(add_on(&[5, 3]).1, 20);
        assert_eq!(add_on(&[5, 2, 2, 5, 0]).1, 47);
        assert_eq!(add_on(&[1, 2, 3]), (vec![], 0));
    }
}
