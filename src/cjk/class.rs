//! Kinds of characters (clreq#tables_of_chinese_punctuation_marks; the literal
//! classes are those of CLREQ's tables with GB/T 15834-2011 §5).

/// What a character, or a piece that stays together, is to the compositor.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
pub enum Class {
    /// “ ‘ （ 《 「: blank before the ink
    Open,
    /// ” ’ ） 》 」: blank after the ink
    Close,
    /// ， 、
    Comma,
    /// ： ；
    Colon,
    /// 。 ．
    Stop,
    /// ！ ？
    Bang,
    /// ！！ ？！ ！！！, set as one rigid piece
    Stack,
    /// · in a box of ½ em
    Middle,
    /// — ～ – between Han
    Connector,
    /// / between Han
    Solidus,
    /// ——
    Dash,
    /// ……
    Ellipsis,
    /// 汉字, kana, and whatever has a full frame of its own
    Han,
    /// 々 ー and small kana: Han, but for Japanese prohibitions (JLREQ cl-09 to
    /// cl-11)
    Small,
    /// ヽ ヾ ゝ ゞ 〻: the same, and stricter (JLREQ cl-09)
    Repeat,
    /// 한글
    Hangul,
    /// A Western word, or a piece of one, that begins and ends with a letter,
    /// digit or sign.
    Alpha,
    /// The same, with an edge beside which the book wants no gap.
    AlphaBare,
    /// The Western opening bracket at the end of a piece.
    AlphaOpen,
    /// The Western closing mark at the edge of a piece.
    AlphaClose,
    /// A call to a note, raised.
    NoteRef,
    /// A picture or formula in a line.
    Object,
}

impl Class {
    /// Whether it is a Western word or a piece of one.
    pub fn is_western(self) -> bool {
        matches!(
            self,
            Class::Alpha | Class::AlphaBare | Class::AlphaOpen | Class::AlphaClose
        )
    }
}

/// Kinds of single characters, before their neighbours are looked at.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
pub enum Kind {
    /// stands for the same class everywhere
    Is(Class),
    /// “ ” ‘ ’: Han or Western by what is around
    Quote(Class),
    /// — or ―: two make a dash, one connects
    Dash,
    /// … ⋯ or ‥: two make an ellipsis
    Dots,
    /// · between Han, part of a Western word elsewhere
    Middle,
    /// / – - ~ between Han, part of a Western word elsewhere
    Narrow(Class),
    /// part of a Western word
    Western,
    /// an ordinary space
    Space,
    /// no-break space
    Glue,
    /// U+3000
    Ideographic,
    /// U+200B: may break, has no width
    MayBreak,
    /// U+2060, U+FEFF: may not break, has no width
    MayNot,
    /// U+00AD
    SoftHyphen,
    /// joins the character before it
    Mark,
}

impl Kind {
    /// The kind of a character in Chinese text.
    pub fn of(c: char) -> Kind {
        use Class::*;
        // Nearly all of a text, asked first.
        if matches!(c, '\u{4e00}'..='\u{9fff}') {
            return Kind::Is(Han);
        }
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Space,
            '\u{a0}' | '\u{202f}' => Kind::Glue,
            '\u{3000}' => Kind::Ideographic,
            '\u{200b}' => Kind::MayBreak,
            '\u{2060}' | '\u{feff}' => Kind::MayNot,
            '\u{ad}' => Kind::SoftHyphen,
            '“' | '‘' => Kind::Quote(Open),
            '”' | '’' => Kind::Quote(Close),
            '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〖'
            | '〘' | '〚' | '｟' | '〝' => Kind::Is(Open),
            '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '〗'
            | '〙' | '〛' | '｠' | '〞' | '〟' => Kind::Is(Close),
            '，' | '、' => Kind::Is(Comma),
            '；' | '：' => Kind::Is(Colon),
            '。' | '．' => Kind::Is(Stop),
            '！' | '？' => Kind::Is(Bang),
            '‼' | '⁇' | '⁈' | '⁉' => Kind::Is(Stack),
            '·' | '‧' | '・' | '•' => Kind::Middle,
            '—' | '―' => Kind::Dash,
            '⸺' | '⸻' => Kind::Is(Dash),
            '…' | '⋯' | '‥' => Kind::Dots,
            '～' | '〜' => Kind::Is(Connector),
            '–' | '-' | '‐' | '‑' | '~' => Kind::Narrow(Connector),
            '/' => Kind::Narrow(Solidus),
            '／' => Kind::Is(Solidus),
            '\u{300}'..='\u{36f}'
            | '\u{61c}'
            | '\u{1160}'..='\u{11ff}'
            | '\u{2061}'..='\u{2069}'
            | '\u{200c}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{3099}'
            | '\u{309a}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}' => Kind::Mark,
            'ヽ' | 'ヾ' | 'ゝ' | 'ゞ' | '〻' => Kind::Is(Repeat),
            '々' | 'ー' => Kind::Is(Small),
            _ if is_small_kana(c) => Kind::Is(Small),
            _ if is_hangul(c) => Kind::Is(Hangul),
            _ if is_wide(c) => Kind::Is(Han),
            _ => Kind::Western,
        }
    }
}

/// Whether a character stands in a full frame like a Han character: the East
/// Asian Wide and Fullwidth ranges that are not marks, and the signs that
/// Chinese faces draw in a full frame.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}'      // hangul letters
        | '\u{2460}'..='\u{24ff}'    // circled numbers
        | '\u{2500}'..='\u{259f}'    // boxes
        | '\u{25a0}'..='\u{26ff}'    // shapes, signs
        | '\u{2e80}'..='\u{303f}'    // radicals, signs
        | '\u{3040}'..='\u{33ff}'    // kana, bopomofo, squared
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4dc0}'..='\u{4dff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'    // hangul
        | '\u{e000}'..='\u{f8ff}'    // private use: the author's own Han
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'  // emoji
        | '\u{20000}'..='\u{3ffff}'
        | '※' | '℃' | '℉' | '№' | '℡' | '→' | '←' | '↑' | '↓' | '⇒' | '⇔')
}

/// Small kana (JLREQ cl-11).
fn is_small_kana(c: char) -> bool {
    matches!(
        c,
        'ぁ' | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '\u{31f0}'..='\u{31ff}'
    )
}

/// Whether a character is hangul, whose width is the font's.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}
