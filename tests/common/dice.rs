//! Text that nobody would write, the same on every machine.

/// Pieces from which text is made: every class of character, and what joins.
pub(crate) const PIECES: &[&str] = &[
    "天",
    "地玄黄",
    "，",
    "。",
    "、",
    "；",
    "：",
    "！",
    "？",
    "？！",
    "！！！",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "《",
    "》",
    "——",
    "—",
    "……",
    "…",
    "·",
    "～",
    "/",
    "-",
    "Rust",
    "typesetting",
    "C++",
    "50%",
    "3.14",
    "2024",
    "年",
    "37℃",
    " ",
    " ",
    "\u{3000}",
    "\u{a0}",
    "don’t",
    "a\u{301}",
    "https://example.org/a/b",
    "①",
    "x",
    "か",
    "가",
];

/// A small generator that gives the same numbers on every machine (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `n`.
    pub(crate) fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
    /// So many pieces, one after the other.
    pub(crate) fn text(&mut self, from: &[&str], pieces: usize) -> String {
        (0..pieces).map(|_| from[self.roll(from.len())]).collect()
    }
}
