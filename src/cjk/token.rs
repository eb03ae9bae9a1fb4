//! What belongs together: a paragraph's text cut into pieces that no line end
//! may part, each with its class and how it joins the one before.
//!
//! Kinds of single characters become classes here, because “ · / - — … mean
//! one thing between Han and another in a Western word.

use super::class::{Class, Kind, is_wide};
use super::forbid::Forbid;
use super::gap::Typed;
use super::rules::{Beside, Region, Rules};
use super::unit;
use std::ops::Range;

/// What a stretch of a paragraph is.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Part {
    /// text
    Text,
    /// text raised above its base or lowered below it
    Raised,
    /// verbatim text: marks in it are Western
    Code,
    /// the mark of a note
    Note,
    /// a picture
    Object,
    /// characters and their reading: Han, whatever the reading is in
    Ruby,
    /// a formula: one Western word, whatever is in it
    Formula,
    /// a line end that the author asked for
    Newline,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Token {
    /// its bytes
    pub range: Range<usize>,
    /// its class, seen from the text before it
    pub first: Class,
    /// its class, seen from the text after it
    pub last: Class,
    /// index of its part
    pub part: usize,
    /// how it joins the token before
    pub joint: Joint,
    /// where the U+3000 before it are
    pub blanks: Vec<usize>,
}

/// How a token joins the one before.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Joint {
    /// as the table of gaps says
    Gap(Typed),
    /// the same, but a line should rather not end here: a number and its unit
    Costly(Typed),
    /// the space of the table, but no line may end here: 平|方|米
    Glued(Typed, Forbid),
    /// U+3000, one em each, where a line may end
    Ideographic,
    /// nothing between, no line end: x|²
    Tight(Forbid),
    /// nothing between, a line may end: after / in an address, after a hyphen
    Open,
    /// the space of the table, and a line may end: the author's U+200B
    May,
    /// nothing between, a line may end with a hyphen
    Hyphen,
    /// the author's line end
    Newline,
}

/// Cuts a paragraph. `parts` covers `text` in order.
pub fn tokens(text: &str, parts: &[(Range<usize>, Part)], rules: &Rules) -> Vec<Token> {
    let mut cutter = Cutter {
        chars: resolve(text, parts, rules.region),
        beside: rules.beside,
        stacks: rules.region != Region::Ja,
        out: vec![],
        joint: None,
        typed: Typed::Nothing,
        blanks: vec![],
    };
    let mut i = 0;
    while i < cutter.chars.len() {
        i = cutter.take(i);
    }
    unit::units(text, &mut cutter.out);
    cutter.out
}

/// A character with its kind in its context.
#[derive(Debug, Copy, Clone)]
struct Char {
    at: usize,
    c: char,
    kind: Kind,
    part: usize,
    what: Part,
}

/// Settles the kinds that depend on neighbours.
fn resolve(text: &str, parts: &[(Range<usize>, Part)], region: Region) -> Vec<Char> {
    let mut chars = Vec::with_capacity(text.len() / 2);
    for (part, (range, what)) in parts.iter().enumerate() {
        for (at, c) in text[range.clone()].char_indices() {
            let kind = match (what, Kind::of(c)) {
                (Part::Code, Kind::Quote(_) | Kind::Middle | Kind::Narrow(_)) => {
                    Kind::Western
                }
                (Part::Formula, _) => Kind::Western,
                (Part::Ruby, _) => Kind::Is(Class::Han),
                (_, kind) => kind,
            };
            chars.push(Char { at: range.start + at, c, kind, part, what: *what });
        }
    }
    quotes(&mut chars, region);
    for i in 0..chars.len() {
        if !matches!(chars[i].kind, Kind::Middle | Kind::Narrow(_)) {
            continue;
        }
        let wide = |c: Option<&Char>| c.is_some_and(faces_han);
        let before = i.checked_sub(1).and_then(|j| chars.get(j));
        let (b, a) = (wide(before), wide(chars.get(i + 1)));
        // The end of an address is no solidus between Han.
        let western = before.is_some_and(|c| c.kind == Kind::Western);
        let a = a
            && !(western
                && chars.get(i + 1).is_some_and(|c| c.kind != Kind::Is(Class::Han)));
        chars[i].kind = in_context(chars[i].kind, b, a);
    }
    chars
}

/// What · / – - ~ are, by whether Han stands before and after.
fn in_context(kind: Kind, before: bool, after: bool) -> Kind {
    if kind == Kind::Middle && (before || after) {
        return Kind::Is(Class::Middle);
    }
    if let Kind::Narrow(class) = kind
        && ((before && after) || (class == Class::Solidus && (before || after)))
    {
        return Kind::Is(class);
    }
    Kind::Western
}

/// Whether a neighbour makes a mark a Chinese one.
fn faces_han(c: &Char) -> bool {
    match c.kind {
        Kind::Is(_) => true,
        Kind::Dash | Kind::Dots => true,
        Kind::Quote(_)
        | Kind::Middle
        | Kind::Narrow(_)
        | Kind::Western
        | Kind::Space
        | Kind::Glue
        | Kind::Ideographic
        | Kind::MayBreak
        | Kind::MayNot
        | Kind::SoftHyphen
        | Kind::Mark => false,
    }
}

/// Curly quotes (W-12, C-12): an apostrophe inside a Western word is Western; a
/// pair is what the text around it is; alone, what the paragraph is.
fn quotes(chars: &mut [Char], region: Region) {
    // Korean sets Western quotes (KLREQ 2.3); elsewhere a paragraph is Western when
    // it has Western words and nothing else: “……” is Chinese.
    let has = |test: fn(char) -> bool| chars.iter().any(|c| test(c.c));
    let chinese = region != Region::Ko && (has(is_wide) || !has(char::is_alphanumeric));
    // Openers that wait, double and single.
    let mut open: [Vec<usize>; 2] = [vec![], vec![]];
    for i in 0..chars.len() {
        let Kind::Quote(class) = chars[i].kind else { continue };
        let single = usize::from(matches!(chars[i].c, '‘' | '’'));
        let alone = if chinese { Kind::Is(class) } else { Kind::Western };
        chars[i].kind = alone;
        if class == Class::Open {
            open[single].push(i);
            continue;
        }
        let word =
            |c: Option<&Char>| c.is_some_and(|c| c.c.is_alphanumeric() && !is_wide(c.c));
        let before = i.checked_sub(1).and_then(|j| chars.get(j));
        if single == 1 && word(before) && word(chars.get(i + 1)) {
            chars[i].kind = Kind::Western;
            continue;
        }
        if let Some(start) = open[single].pop()
            && chinese
            && western_around(chars, start, i)
        {
            chars[start].kind = Kind::Western;
            chars[i].kind = Kind::Western;
        }
    }
}

/// Whether the text on both sides of a pair is Western.
fn western_around(chars: &[Char], start: usize, end: usize) -> bool {
    let solid = |c: &&Char| !matches!(c.kind, Kind::Space | Kind::Glue | Kind::Mark);
    let western = |c: &Char| matches!(c.kind, Kind::Western | Kind::Narrow(_));
    let before = chars[..start].iter().rev().find(solid).map(western);
    let after = chars[end + 1..].iter().find(solid).map(western);
    matches!((before, after), (Some(true), Some(true)))
}

struct Cutter {
    chars: Vec<Char>,
    beside: Beside,
    /// whether ！！ share a frame
    stacks: bool,
    out: Vec<Token>,
    /// what stands before the next token: a sign, a space, blanks
    joint: Option<Joint>,
    typed: Typed,
    blanks: Vec<usize>,
}

impl Cutter {
    /// Takes one token, or what stands between two; gives the next index.
    fn take(&mut self, i: usize) -> usize {
        let c = self.chars[i];
        match c.what {
            Part::Note => return self.part(i, Class::NoteRef),
            Part::Object => return self.part(i, Class::Object),
            Part::Formula => return self.part(i, Class::Alpha),
            Part::Ruby => return self.part(i, Class::Han),
            Part::Newline => return self.between(i, Joint::Newline),
            Part::Text | Part::Raised | Part::Code => {}
        }
        match c.kind {
            Kind::Space => self.space(i, Typed::Space),
            Kind::Glue => self.space(i, Typed::NoBreak),
            Kind::Ideographic => self.blank(i),
            Kind::MayBreak => self.between(i, Joint::May),
            Kind::MayNot => self.between(i, Joint::Glued(Typed::Nothing, Forbid::Author)),
            Kind::SoftHyphen => self.between(i, Joint::Hyphen),
            Kind::Dash => self.run(i, Kind::Dash, Class::Dash, Class::Connector),
            Kind::Dots => self.run(i, Kind::Dots, Class::Ellipsis, Class::Ellipsis),
            Kind::Is(Class::Bang) => self.bangs(i),
            Kind::Is(class) => self.single(i, class),
            Kind::Western
            | Kind::Mark
            | Kind::Quote(_)
            | Kind::Middle
            | Kind::Narrow(_) => self.word(i),
        }
    }
    /// Remembers what stands between two tokens; an author's line end wins.
    fn between(&mut self, i: usize, joint: Joint) -> usize {
        if self.joint != Some(Joint::Newline) {
            self.joint = Some(joint);
        }
        i + 1
    }
    fn space(&mut self, i: usize, typed: Typed) -> usize {
        if self.typed != Typed::NoBreak {
            self.typed = typed;
        }
        i + 1
    }
    fn blank(&mut self, i: usize) -> usize {
        self.blanks.push(self.chars[i].at);
        i + 1
    }
    /// What stands before the next token, all signs weighed: a word joiner makes
    /// a space one at which no line ends, other signs say no more than a space.
    fn join(&mut self) -> Joint {
        let typed = std::mem::replace(&mut self.typed, Typed::Nothing);
        match (self.joint.take(), typed) {
            (Some(Joint::Newline), _) => Joint::Newline,
            _ if !self.blanks.is_empty() => Joint::Ideographic,
            (Some(Joint::Glued(..)), Typed::Space | Typed::NoBreak) => {
                Joint::Gap(Typed::NoBreak)
            }
            (_, Typed::Space | Typed::NoBreak) => Joint::Gap(typed),
            (joint, Typed::Nothing) => joint.unwrap_or(Joint::Gap(Typed::Nothing)),
        }
    }
    fn push(&mut self, from: usize, to: usize, first: Class, last: Class) -> usize {
        let end = self.chars[to - 1];
        let range = self.chars[from].at..end.at + end.c.len_utf8();
        let joint = self.join();
        let joint = self.raised(joint, from);
        let blanks = std::mem::take(&mut self.blanks);
        let part = self.chars[from].part;
        self.out.push(Token { range, first, last, part, joint, blanks });
        to
    }
    /// What is raised stays with its base (U-06).
    fn raised(&self, joint: Joint, from: usize) -> Joint {
        let raised = self.chars[from].what == Part::Raised;
        let inside = from > 0 && self.chars[from - 1].part == self.chars[from].part;
        if raised && from > 0 && !inside && joint == Joint::Gap(Typed::Nothing) {
            Joint::Tight(Forbid::Raised)
        } else {
            joint
        }
    }
    /// The end of the marks (combining characters) that follow `i`.
    fn with_marks(&self, mut i: usize) -> usize {
        let part = self.chars[i - 1].part;
        while self.chars.get(i).is_some_and(|c| c.kind == Kind::Mark && c.part == part) {
            i += 1;
        }
        i
    }
    fn single(&mut self, i: usize, class: Class) -> usize {
        let end = self.with_marks(i + 1);
        self.push(i, end, class, class)
    }
    fn part(&mut self, i: usize, class: Class) -> usize {
        let part = self.chars[i].part;
        let end = self.end_of(i, |c| c.part == part);
        self.push(i, end, class, class)
    }
    /// The end of the run of characters from `i` for which `f` holds.
    fn end_of(&self, i: usize, f: impl Fn(&Char) -> bool) -> usize {
        self.chars[i..].iter().position(|c| !f(c)).map_or(self.chars.len(), |n| i + n)
    }
    /// —— and ……: pairs, whatever the length of the run (U-01, U-02).
    fn run(&mut self, i: usize, kind: Kind, pair: Class, single: Class) -> usize {
        let part = self.chars[i].part;
        let end = self.end_of(i, |c| c.kind == kind && c.part == part);
        if end - i == 1 && self.western_neighbours(i) {
            return self.word(i);
        }
        let mut at = i;
        while at < end {
            let n = (end - at).min(2);
            let class = if n == 2 { pair } else { single };
            let to = if at + n == end { self.with_marks(end) } else { at + n };
            at = self.push(at, to, class, class);
        }
        at
    }
    /// Whether the text on both sides of a sign is Western, spaces between or not;
    /// the ends of a paragraph count for neither.
    fn western_neighbours(&self, i: usize) -> bool {
        let solid = |c: &&Char| !matches!(c.kind, Kind::Space | Kind::Glue);
        let western = |c: &Char| {
            c.kind == Kind::Western || matches!(c.kind, Kind::Dash | Kind::Dots)
        };
        let before = self.chars[..i].iter().rev().find(solid);
        let after = self.chars[i + 1..].iter().find(solid);
        match (before, after) {
            (Some(a), Some(b)) => western(a) && western(b),
            (Some(x), None) | (None, Some(x)) => x.kind == Kind::Western,
            (None, None) => false,
        }
    }
    /// ！！ and ！！！ (W-06); more than three start a new piece.
    fn bangs(&mut self, i: usize) -> usize {
        let part = self.chars[i].part;
        let is = |c: &Char| c.kind == Kind::Is(Class::Bang) && c.part == part;
        let end = i + self.chars[i..].iter().take(3).take_while(|c| is(c)).count();
        if !self.stacks {
            return self.push(i, i + 1, Class::Bang, Class::Bang);
        }
        let class = if end - i > 1 { Class::Stack } else { Class::Bang };
        let end = self.with_marks(end);
        self.push(i, end, class, class)
    }
    /// A Western word, cut where a line may end in it.
    fn word(&mut self, i: usize) -> usize {
        let part = self.chars[i].part;
        let western = |c: &Char| {
            c.part == part && matches!(c.kind, Kind::Western | Kind::Mark)
                || (c.part == part
                    && matches!(c.kind, Kind::Dash | Kind::Dots)
                    && c.at == self.chars[i].at)
        };
        let end = self.end_of(i, western).max(i + 1);
        let cuts = cuts(&self.chars[i..end]);
        let mut from = i;
        for cut in cuts.into_iter().map(|n| i + n).chain([end]) {
            let (first, last) = (self.chars[from].c, self.chars[cut - 1].c);
            self.push(from, cut, self.edge(first), self.edge(last));
            if cut < end {
                self.joint = Some(Joint::Open);
            }
            from = cut;
        }
        end
    }
    /// The class of a Western word by the character at its edge (M-04).
    fn edge(&self, c: char) -> Class {
        let gap = match c {
            ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’' | '»'
            | '·' | '‧' | '・' => return Class::AlphaClose,
            '(' | '[' | '{' | '“' | '‘' | '«' => return Class::AlphaOpen,
            c if c.is_numeric() => self.beside.digits,
            c if c.is_alphabetic() => self.beside.letters,
            _ => self.beside.signs,
        };
        if gap { Class::Alpha } else { Class::AlphaBare }
    }
}

/// Where a line may end in a Western word: after a hyphen between letters,
/// after an em dash, and in addresses and identifiers after / . _ & = and ::
fn cuts(word: &[Char]) -> Vec<usize> {
    let address =
        word.windows(3).any(|w| w[0].c == ':' && w[1].c == '/' && w[2].c == '/')
            || word.len() > 12;
    let mut out = vec![];
    for i in 1..word.len().saturating_sub(1) {
        let (before, c, after) = (word[i - 1].c, word[i].c, word[i + 1].c);
        let letters = before.is_alphabetic() && after.is_alphabetic();
        let cut = match c {
            '-' | '‐' | '—' => letters,
            '/' => after != '/' && address,
            '.' | '_' | '&' | '=' | '?' | '#' => {
                address && after.is_alphanumeric() && !before.is_ascii_digit()
            }
            ':' => address && before == ':' && after.is_alphanumeric(),
            _ => false,
        };
        if cut {
            out.push(i + 1);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    fn cut(text: &str) -> String {
        let t = tokens(text, &[(0..text.len(), Part::Text)], &Rules::default());
        let show = |t: &Token| format!("{}{:?}", &text[t.range.clone()], t.first);
        t.iter().map(show).collect::<Vec<_>>().join(" ")
    }
    #[test]
    fn marks_by_context() {
        assert_eq!(cut("娜·罗"), "娜Han ·Middle 罗Han");
        assert_eq!(cut("a·b"), "a·bAlpha");
        assert_eq!(cut("诗/词"), "诗Han /Solidus 词Han");
        assert_eq!(cut("and/or"), "and/orAlpha");
        assert_eq!(cut("好——走……"), "好Han ——Dash 走Han ……Ellipsis");
        assert_eq!(cut("一—二"), "一Han —Connector 二Han");
        assert_eq!(cut("好？！！走"), "好Han ？！！Stack 走Han");
    }
    #[test]
    fn quotes_by_pair_and_place() {
        assert_eq!(cut("说“好”"), "说Han “Open 好Han ”Close");
        assert_eq!(cut("don’t 动"), "don’tAlpha 动Han");
        assert_eq!(cut("“yes”"), "“yes”AlphaOpen");
        assert_eq!(cut("说“yes”吧"), "说Han “Open yesAlpha ”Close 吧Han");
        assert_eq!(cut("say “yes” now 吧"), "sayAlpha “yes”AlphaOpen nowAlpha 吧Han");
    }
    #[test]
    fn words_and_units_stay_whole() {
        assert_eq!(cut("C++语言"), "C++Alpha 语Han 言Han");
        assert_eq!(cut("到50%以"), "到Han 50%Alpha 以Han");
        let t = tokens("37℃", &[(0..5, Part::Text)], &Rules::default());
        assert_eq!(t[1].joint, Joint::Tight(Forbid::Number));
        assert_eq!(cut("well-known"), "well-Alpha knownAlpha");
        assert_eq!(cut("2010-05"), "2010-05Alpha");
    }
    #[test]
    fn no_character_is_lost() {
        let text = "他说：“a\u{301}b—c…d”,\u{200b}！！！！——— x\u{ad}y";
        let t = tokens(text, &[(0..text.len(), Part::Text)], &Rules::default());
        let back: String = t.iter().map(|t| &text[t.range.clone()]).collect();
        assert_eq!(back, text.replace(['\u{200b}', '\u{ad}', ' '], ""));
    }
}
