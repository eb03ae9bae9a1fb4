//! Names of TeX as characters of Unicode.

/// What a glyph is copied as. Tall brackets are built of pieces: the upper end
/// stands for the bracket, the others for nothing.
pub(super) fn stands_for(c: char) -> Option<char> {
    match c {
        '\u{239b}' => Some('('),
        '\u{239e}' => Some(')'),
        '\u{23a1}' => Some('['),
        '\u{23a4}' => Some(']'),
        '\u{23a7}' => Some('{'),
        '\u{23ab}' => Some('}'),
        '\u{239c}'..='\u{23b3}' | '\u{23b7}' | '\u{23d0}' => None,
        // Glyphs that fonts keep for themselves, and blanks.
        '\u{e000}'..='\u{f8ff}' | '\0'..='\u{1f}' => None,
        ' ' | '\u{a0}' | '\u{200b}' => None,
        c => Some(c),
    }
}

/// A symbol by the name that the parser gives it: itself, or a command.
pub(super) fn symbol(name: &str, text: bool) -> String {
    let mode = if text { ratex_font::Mode::Text } else { ratex_font::Mode::Math };
    if let Some(c) = ratex_font::get_symbol(name, mode).and_then(|s| s.codepoint) {
        return c.to_string();
    }
    name.trim_start_matches('\\').to_string()
}

/// A delimiter; empty for the `.` of `\left.`.
pub(super) fn delimiter(name: &str) -> String {
    match name {
        "." => String::new(),
        "<" | "\\lt" | "\\langle" => "⟨".into(),
        ">" | "\\gt" | "\\rangle" => "⟩".into(),
        _ => symbol(name, false),
    }
}

/// What stands above or below the base of an accent, a brace or a long arrow, and
/// whether it grows with it.
pub(super) fn accent(label: &str) -> (&'static str, bool) {
    let name = label.trim_start_matches('\\');
    let table: &[(&str, &str, bool)] = ACCENTS;
    table.iter().find(|a| a.0 == name).map_or(("→", true), |a| (a.1, a.2))
}

const ACCENTS: &[(&str, &str, bool)] = &[
    ("acute", "´", false),
    ("grave", "`", false),
    ("ddot", "¨", false),
    ("tilde", "~", false),
    ("bar", "¯", false),
    ("breve", "˘", false),
    ("check", "ˇ", false),
    ("hat", "^", false),
    ("vec", "→", false),
    ("dot", "˙", false),
    ("mathring", "˚", false),
    ("'", "´", false),
    ("`", "`", false),
    ("^", "^", false),
    ("~", "~", false),
    ("=", "¯", false),
    ("u", "˘", false),
    (".", "˙", false),
    ("c", "¸", false),
    ("r", "˚", false),
    ("v", "ˇ", false),
    ("\"", "¨", false),
    ("H", "˝", false),
    ("widehat", "^", true),
    ("widecheck", "ˇ", true),
    ("widetilde", "~", true),
    ("utilde", "~", true),
    ("overbrace", "⏞", true),
    ("underbrace", "⏟", true),
    ("overbracket", "⎴", true),
    ("underbracket", "⎵", true),
    ("overgroup", "⏠", true),
    ("undergroup", "⏡", true),
    ("overleftarrow", "←", true),
    ("underleftarrow", "←", true),
    ("xleftarrow", "←", true),
    ("overrightarrow", "→", true),
    ("underrightarrow", "→", true),
    ("xrightarrow", "→", true),
    ("overleftrightarrow", "↔", true),
    ("underleftrightarrow", "↔", true),
    ("xleftrightarrow", "↔", true),
    ("Overrightarrow", "⇒", true),
    ("xRightarrow", "⇒", true),
    ("xLeftarrow", "⇐", true),
    ("xLeftrightarrow", "⇔", true),
    ("xhookleftarrow", "↩", true),
    ("xhookrightarrow", "↪", true),
    ("xmapsto", "↦", true),
    ("xrightharpoonup", "⇀", true),
    ("xrightharpoondown", "⇁", true),
    ("xleftharpoonup", "↼", true),
    ("xleftharpoondown", "↽", true),
    ("overleftharpoon", "↼", true),
    ("overrightharpoon", "⇀", true),
    ("xrightleftharpoons", "⇌", true),
    ("xleftrightharpoons", "⇋", true),
    ("xlongequal", "=", true),
    ("xtwoheadrightarrow", "↠", true),
    ("xtwoheadleftarrow", "↞", true),
    ("xtofrom", "⇄", true),
    ("xrightleftarrows", "⇄", true),
    ("xrightequilibrium", "⇌", true),
    ("xleftequilibrium", "⇋", true),
    ("overlinesegment", "⎯", true),
    ("underlinesegment", "⎯", true),
];

/// A letter in one of TeX's alphabets, as Unicode has it (U+1D400 …), which is all
/// that MathML Core knows of them.
pub(super) fn alphabet(c: char, font: &str) -> char {
    let Some((upper, lower, digit)) = bases(font) else { return c };
    if let Some(hole) = holes(c, font) {
        return hole;
    }
    let at = |base: u32, first: char| {
        (base > 0).then(|| char::from_u32(base + c as u32 - first as u32)).flatten()
    };
    let found = match c {
        'A'..='Z' => at(upper, 'A'),
        'a'..='z' => at(lower, 'a'),
        '0'..='9' => at(digit, '0'),
        'Α'..='Ω' if matches!(font, "mathbf" | "boldsymbol") => at(0x1d6a8, 'Α'),
        'α'..='ω' if font == "mathbf" => at(0x1d6c2, 'α'),
        'α'..='ω' if font == "boldsymbol" => at(0x1d736, 'α'),
        _ => None,
    };
    found.unwrap_or(c)
}

/// First capital, small letter and digit of an alphabet; 0 where it has none.
fn bases(font: &str) -> Option<(u32, u32, u32)> {
    Some(match font {
        "mathbf" | "textbf" | "bold" => (0x1d400, 0x1d41a, 0x1d7ce),
        "boldsymbol" => (0x1d468, 0x1d482, 0x1d7ce),
        "mathbb" | "Bbb" => (0x1d538, 0x1d552, 0x1d7d8),
        "mathcal" | "mathscr" | "cal" => (0x1d49c, 0x1d4b6, 0),
        "mathfrak" | "frak" => (0x1d504, 0x1d51e, 0),
        "mathsf" | "mathsfit" => (0x1d5a0, 0x1d5ba, 0x1d7e2),
        "mathtt" => (0x1d670, 0x1d68a, 0x1d7f6),
        _ => return None,
    })
}

/// Letters that were in Unicode before the alphabets.
fn holes(c: char, font: &str) -> Option<char> {
    let table: &[(char, char)] = match font {
        "mathbb" | "Bbb" => &[
            ('C', 'ℂ'),
            ('H', 'ℍ'),
            ('N', 'ℕ'),
            ('P', 'ℙ'),
            ('Q', 'ℚ'),
            ('R', 'ℝ'),
            ('Z', 'ℤ'),
        ],
        "mathcal" | "mathscr" | "cal" => &[
            ('B', 'ℬ'),
            ('E', 'ℰ'),
            ('F', 'ℱ'),
            ('H', 'ℋ'),
            ('I', 'ℐ'),
            ('L', 'ℒ'),
            ('M', 'ℳ'),
            ('R', 'ℛ'),
            ('e', 'ℯ'),
            ('g', 'ℊ'),
            ('o', 'ℴ'),
        ],
        "mathfrak" | "frak" => {
            &[('C', 'ℭ'), ('H', 'ℌ'), ('I', 'ℑ'), ('R', 'ℜ'), ('Z', 'ℨ')]
        }
        _ => return None,
    };
    table.iter().find(|h| h.0 == c).map(|h| h.1)
}
