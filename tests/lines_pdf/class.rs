//! What a glyph is to composition, and the frame that it should stand in
//! (clreq#tables_of_chinese_punctuation_marks, clreq#h-punctuation_adjustment_space;
//! GB/T 15834-2011 5.1). Written out here a second time on purpose.

use crate::common::pdf::Glyph;

#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub(crate) enum Class {
    /// blank in the left half
    Open,
    /// blank in the right half
    Close,
    /// the same: ， 、 ； ：
    Comma,
    /// the same: 。 ．
    Stop,
    /// the same: ！ ？
    Bang,
    /// · in ½ em
    Middle,
    /// – in ½ em, — and ～ in 1 em
    Connector,
    Solidus,
    /// —— in 2 em
    Dash,
    /// …… in 2 em
    Ellipsis,
    /// a full frame
    Han,
    /// Han without a frame: hangul
    Other,
    /// letters, digits, and marks in their face
    Western,
    /// the call of a note
    Note,
}

impl Class {
    pub(crate) fn of(text: &str, han_face: bool) -> Class {
        let Some(c) = text.chars().next() else { return Class::Western };
        if !han_face || c.is_ascii_alphanumeric() {
            return Class::Western;
        }
        match c {
            '“' | '‘' | '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【'
            | '〖' => Class::Open,
            '”' | '’' | '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】'
            | '〗' => Class::Close,
            '，' | '、' | '：' | '；' => Class::Comma,
            '。' | '．' => Class::Stop,
            '！' | '？' => Class::Bang,
            '·' | '‧' | '・' => Class::Middle,
            '—' | '―' if text.chars().count() > 1 => Class::Dash,
            '⸺' => Class::Dash,
            '…' | '⋯' => Class::Ellipsis,
            '–' | '-' | '‐' | '‑' | '—' | '―' | '～' | '〜' | '~' => {
                Class::Connector
            }
            '/' | '／' => Class::Solidus,
            '\u{1100}'..='\u{11ff}'
            | '\u{3130}'..='\u{318f}'
            | '\u{ac00}'..='\u{d7a3}' => Class::Other,
            // Signs, shapes, circled numbers; then Han, kana and full-width letters.
            '\u{2460}'..='\u{27bf}' | '\u{2e80}'.. => Class::Han,
            '℃' | '℉' | '№' | '※' | '→' | '←' | '↑' | '↓' => Class::Han,
            _ => Class::Western,
        }
    }
    pub(crate) fn has_blank_after(self) -> bool {
        matches!(self, Class::Close | Class::Comma | Class::Stop | Class::Bang)
    }
}

/// One thing on a line: a glyph, with those that belong to it.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) glyph: Glyph,
    /// combining marks, the other half of —— or ……
    pub(crate) more: Vec<Glyph>,
    pub(crate) class: Class,
    /// white space is drawn before it
    pub(crate) spaced: bool,
    /// how many ！ ？ stand together, this one among them
    pub(crate) bangs: usize,
}

impl Cell {
    pub(crate) fn new(glyph: Glyph) -> Cell {
        let class = Class::of(&glyph.text, glyph.font.han && !glyph.is_blank());
        Cell { glyph, more: vec![], class, spaced: false, bangs: 1 }
    }
    pub(crate) fn text(&self) -> String {
        let rest: String = self.more.iter().map(|g| g.text.as_str()).collect();
        format!("{}{rest}", self.glyph.text)
    }
    pub(crate) fn size(&self) -> f64 {
        self.glyph.size
    }
    /// Advance of all its glyphs, in em.
    pub(crate) fn advance(&self) -> f64 {
        let last = self.more.last().unwrap_or(&self.glyph);
        (last.x + last.advance - self.glyph.x) / self.size()
    }
    /// Whether it shares a frame with others: ！！ has no blank of its own (W-06).
    pub(crate) fn stacked(&self) -> bool {
        self.class == Class::Bang && self.bangs > 1
    }
    /// Blank on its right that may be squeezed.
    pub(crate) fn after(&self) -> bool {
        self.class.has_blank_after() && !self.stacked()
    }
    pub(crate) fn move_by(&mut self, pt: f64) {
        self.glyph.x += pt;
        self.more.iter_mut().for_each(|g| g.x += pt);
    }
    /// Left and right edge of its body, in pt.
    pub(crate) fn left(&self) -> f64 {
        self.glyph.x + self.body().0 * self.size()
    }
    pub(crate) fn right(&self) -> f64 {
        self.glyph.x + self.body().1 * self.size()
    }
    /// The body in em from the origin: the frame less the blank half of a mark.
    fn body(&self) -> (f64, f64) {
        let around =
            |centre: f64, width: f64| (centre - width / 2.0, centre + width / 2.0);
        let middle = self.advance() / 2.0;
        let ink = self.glyph.ink().map_or(middle, |i| (i.x0 + i.x1) / 2.0);
        match self.class {
            Class::Open => self.half(0.5, 0.5),
            // Three of them share 2 em (GB/T 15834 5.1.2).
            Class::Bang if self.bangs == 3 => self.half(0.0, 2.0 / 3.0),
            Class::Close | Class::Comma | Class::Stop | Class::Bang => {
                self.half(0.0, 0.5)
            }
            Class::Middle | Class::Solidus => around(ink, 0.5),
            Class::Connector if "—―～〜".contains(&self.glyph.text) => {
                around(ink, 1.0)
            }
            Class::Connector => around(ink, 0.5),
            Class::Dash => around(middle, 2.0),
            Class::Ellipsis => around(middle, self.text().chars().count() as f64),
            Class::Han => around(middle, 1.0),
            Class::Other | Class::Western | Class::Note => (0.0, self.advance()),
        }
    }
    /// The inked part of a mark that begins at `from`. A face that draws the mark
    /// elsewhere, or in less than a full frame, has it centred by its ink.
    fn half(&self, from: f64, width: f64) -> (f64, f64) {
        let Some(ink) = self.glyph.ink() else { return (from, from + width) };
        let full = (self.advance() - 1.0).abs() <= 0.02;
        if full && ink.x0 >= from - 0.02 && ink.x1 <= from + width + 0.02 {
            return (from, from + width);
        }
        let centre = (ink.x0 + ink.x1) / 2.0;
        (centre - width / 2.0, centre + width / 2.0)
    }
}
