//! A novel of any length, the same on every machine: sentences of common
//! characters with the marks, numbers and words of real text.

use std::fmt::Write;

/// Steps of a linear congruential generator (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_406);
        ((self.0 >> 33) as usize) % n
    }
    fn han(&mut self) -> char {
        // Two thirds from the commonest, as in real text.
        let n = if self.below(3) < 2 { self.below(400) } else { self.below(3000) };
        char::from_u32(0x4e00 + (n as u32 * 6_271) % 20_000).unwrap_or('一')
    }
}

/// A paragraph of about so many characters.
fn paragraph(dice: &mut Dice, chars: usize) -> String {
    let mut out = String::new();
    let mut written = 0;
    while written < chars {
        let clause = 4 + dice.below(12);
        if dice.below(40) == 0 {
            write!(out, "{}", 1 + dice.below(3000)).ok();
        }
        if dice.below(60) == 0 {
            out.push_str(["EPUB", "Unicode", "composition", "3.14%"][dice.below(4)]);
        }
        (0..clause).for_each(|_| out.push(dice.han()));
        match dice.below(20) {
            0 => out.push_str("：“好！”"),
            1 => out.push_str("——"),
            2 => out.push_str("……"),
            3 => out.push_str("《书》、"),
            4..=8 => out.push('。'),
            9 => out.push('？'),
            _ => out.push('，'),
        }
        written += clause + 1;
    }
    out.push_str("完。");
    out
}

/// The paragraphs of a novel of about so many characters.
pub(crate) fn paragraphs(chars: usize) -> Vec<String> {
    let mut dice = Dice(20_261_123);
    let mut out = vec![];
    let mut written = 0;
    while written < chars {
        let length = 20 + dice.below(200);
        out.push(paragraph(&mut dice, length));
        written += length;
    }
    out
}
