//! Which `*`, `_`, `~` and `^` are marks, and what they enclose.
//!
//! CommonMark lets a run of `*` close only where it touches the end of a word,
//! and takes punctuation for no part of a word. Chinese has no spaces around
//! its words, so in `**“重点”**后` the second run can never close
//! (commonmark-spec#650), and it may even open what a later run closes. Hence
//! the parser's verdict on emphasis is not mended but put aside: every run is
//! looked at again, and paired by the algorithm of the specification (0.31,
//! "phase 2: inline structure") with one rule more. Where a neighbour of a run
//! is Chinese, Japanese or Korean, punctuation does not block it; only a bracket
//! or quotation mark still tells which way it looks. Text without such
//! neighbours is read exactly as CommonMark reads it.

use super::chars::{self, Kind};
use super::flank::Sides;
use super::token::{Token, Wrap};
use std::ops::Range;

/// A paragraph in which every run of marks has been decided.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// anything but a run of marks
    Token(Token),
    /// text that enclosed something begins here
    Open(Wrap),
    /// and ends here
    Close,
}

/// A run of equal marks.
#[derive(Debug, Clone)]
struct Run {
    mark: u8,
    range: Range<usize>,
    opens: bool,
    closes: bool,
    /// marks used up from the left, and how many things they close
    used_left: usize,
    closed: usize,
    /// marks used up from the right, and what they open, innermost first
    used_right: usize,
    opened: Vec<Wrap>,
}

#[derive(Debug)]
enum Item {
    Token(Token),
    Run(Run),
    /// a tag, and whether its partner was found
    Tag {
        wrap: Wrap,
        open: bool,
        lang: Option<String>,
        paired: bool,
    },
}

/// Decides every run of a paragraph that lies in `bounds` of the source.
pub(super) fn resolve(
    tokens: Vec<Token>,
    source: &str,
    bounds: Range<usize>,
) -> Vec<Piece> {
    let mut items = vec![];
    for token in tokens {
        match token {
            Token::Source(r) => split(source, &bounds, r, &mut items),
            Token::Tag { wrap, open, lang } => {
                items.push(Item::Tag { wrap, open, lang, paired: false });
            }
            Token::Literal(..)
            | Token::Atom(_)
            | Token::Display(..)
            | Token::Picture(..)
            | Token::Soft(_)
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd
            | Token::LinkStart(..)
            | Token::LinkEnd => items.push(Item::Token(token)),
        }
    }
    pair(&mut items, source);
    items.into_iter().flat_map(pieces).collect()
}

/// Cuts source text at its runs.
fn split(source: &str, bounds: &Range<usize>, r: Range<usize>, out: &mut Vec<Item>) {
    let text = source.as_bytes().get(r.clone()).unwrap_or_default();
    let (mut done, mut i) = (0, 0);
    while i < text.len() {
        let mark = text[i];
        if !matches!(mark, b'*' | b'_' | b'~' | b'^') {
            i += 1;
            continue;
        }
        let len = text[i..].iter().take_while(|b| **b == mark).count();
        let range = r.start + i..r.start + i + len;
        if let Some(run) = run(source, bounds, mark, range) {
            if done < i {
                out.push(Item::Token(Token::Source(r.start + done..r.start + i)));
            }
            out.push(Item::Run(run));
            done = i + len;
        }
        i += len;
    }
    if done < text.len() {
        out.push(Item::Token(Token::Source(r.start + done..r.end)));
    }
}

/// A run that can open or close something.
fn run(
    source: &str,
    bounds: &Range<usize>,
    mark: u8,
    range: Range<usize>,
) -> Option<Run> {
    let before = source.get(bounds.start..range.start).unwrap_or("");
    let after = source.get(range.end..bounds.end).unwrap_or("");
    let sides = Sides::of(before, after);
    let len = range.len();
    let (opens, closes) = match mark {
        b'*' => (sides.opens(), sides.closes()),
        b'~' if len == 2 => (sides.opens(), sides.closes()),
        b'_' => sides.underscore(),
        b'~' | b'^' if len == 1 => {
            (sides.base_before() && !sides.space_after(), !sides.space_before())
        }
        _ => (false, false),
    };
    (opens || closes).then_some(Run {
        mark,
        range,
        opens,
        closes,
        used_left: 0,
        closed: 0,
        used_right: 0,
        opened: vec![],
    })
}

/// Runs that wait for their partner, within one link or span or outside of all.
struct Waiting {
    /// positions of items
    openers: Vec<usize>,
    /// For each kind of closer the height under which nothing fits it: a second
    /// search need not go there again, and the whole stays linear.
    floors: [usize; FLOORS],
}

/// Five marks, each with "both ways" or not and three lengths modulo 3, and the tags.
const FLOORS: usize = 5 * 6 + 7;

impl Waiting {
    fn none() -> Waiting {
        Waiting { openers: vec![], floors: [0; FLOORS] }
    }
    fn truncate(&mut self, height: usize) {
        self.openers.truncate(height);
        for floor in &mut self.floors {
            *floor = (*floor).min(height);
        }
    }
}

fn pair(items: &mut [Item], source: &str) {
    let mut levels = vec![Waiting::none()];
    for at in 0..items.len() {
        let Some(waiting) = levels.last_mut() else { return };
        match &items[at] {
            Item::Run(_) => close_run(items, at, waiting, source),
            Item::Tag { open: true, .. } => waiting.openers.push(at),
            Item::Tag { wrap, open: false, .. } => close_tag(*wrap, items, at, waiting),
            Item::Token(
                Token::LinkStart(..) | Token::LangStart(_) | Token::MarkStart(_),
            ) => {
                levels.push(Waiting::none());
            }
            Item::Token(Token::LinkEnd | Token::LangEnd | Token::MarkEnd)
                if levels.len() > 1 =>
            {
                levels.pop();
            }
            Item::Token(_) => {}
        }
    }
}

fn close_tag(wrap: Wrap, items: &mut [Item], at: usize, waiting: &mut Waiting) {
    let floor = 30 + wrap as usize;
    let fits = |i: &usize| match &items[*i] {
        Item::Tag { wrap: other, .. } => *other == wrap,
        Item::Run(_) | Item::Token(_) => false,
    };
    let from = waiting.floors[floor];
    let Some(found) = waiting.openers[from..].iter().rposition(fits) else {
        waiting.floors[floor] = waiting.openers.len();
        return;
    };
    let opener = waiting.openers[from + found];
    let said = match &mut items[opener] {
        Item::Tag { paired, lang, .. } => {
            *paired = true;
            lang.clone()
        }
        Item::Run(_) | Item::Token(_) => None,
    };
    if let Item::Tag { paired, lang, .. } = &mut items[at] {
        (*paired, *lang) = (true, said);
    }
    waiting.truncate(from + found);
}

fn close_run(items: &mut [Item], at: usize, waiting: &mut Waiting, source: &str) {
    let Item::Run(mut run) =
        std::mem::replace(&mut items[at], Item::Token(Token::LinkEnd))
    else {
        return;
    };
    while run.closes && run.left() > 0 {
        let from = waiting.floors[run.floor()];
        let fits = |i: &usize| match &items[*i] {
            Item::Run(opener) => run.fits(opener, source),
            Item::Tag { .. } | Item::Token(_) => false,
        };
        let Some(found) = waiting.openers[from..].iter().rposition(fits) else {
            waiting.floors[run.floor()] = waiting.openers.len();
            break;
        };
        let height = from + found;
        let mut empty = true;
        if let Item::Run(opener) = &mut items[waiting.openers[height]] {
            let n = if opener.left() >= 2 && run.left() >= 2 { 2 } else { 1 };
            opener.opened.push(wrap(run.mark, n));
            opener.used_right += n;
            run.closed += 1;
            run.used_left += n;
            empty = opener.left() == 0;
        }
        waiting.truncate(if empty { height } else { height + 1 });
    }
    if run.opens && run.left() > 0 {
        waiting.openers.push(at);
    }
    items[at] = Item::Run(run);
}

fn wrap(mark: u8, n: usize) -> Wrap {
    match (mark, n) {
        (b'~', 2) => Wrap::Strike,
        (b'~', _) => Wrap::Sub,
        (b'^', _) => Wrap::Super,
        (_, 2) => Wrap::Strong,
        (_, _) => Wrap::Emph,
    }
}

impl Run {
    /// Marks not used yet.
    fn left(&self) -> usize {
        self.range.len() - self.used_left - self.used_right
    }
    fn floor(&self) -> usize {
        let mark = match (self.mark, self.range.len()) {
            (b'*', _) => 0,
            (b'_', _) => 1,
            (b'^', _) => 2,
            (_, 2) => 3,
            (_, _) => 4,
        };
        let both = usize::from(self.opens && self.closes);
        mark * 6 + both * 3 + self.range.len() % 3
    }
    /// Whether this run closes what `opener` opens.
    fn fits(&self, opener: &Run, source: &str) -> bool {
        if self.mark != opener.mark {
            return false;
        }
        let (a, b) = (opener.range.len(), self.range.len());
        if matches!(self.mark, b'~' | b'^') {
            return a == b && (a == 2 || small(opener, self, source));
        }
        let both = opener.opens && opener.closes || self.opens && self.closes;
        !both || !(a + b).is_multiple_of(3) || b.is_multiple_of(3)
    }
}

/// An index is short: anything longer is two stray marks with text between.
const INDEX_BYTES: usize = 120;

/// Whether what stands between two single `~` or `^` can be an index: no space
/// in it, and if it holds Chinese, what it hangs on must be a Latin letter. For
/// `~` is also the sign of a range, `三~五年或十~二十年`, and `^` of a power,
/// `2^10和2^20`.
fn small(opener: &Run, closer: &Run, source: &str) -> bool {
    let range = opener.range.end..closer.range.start;
    if range.is_empty() || range.len() > INDEX_BYTES {
        return false;
    }
    let text = source.get(range).unwrap_or(" ");
    if text.contains(char::is_whitespace) {
        return false;
    }
    let chinese = text.chars().any(|c| chars::kind(c) != Kind::Other);
    let base = source.get(..opener.range.start).and_then(|s| s.chars().next_back());
    !chinese
        || match opener.mark {
            b'~' => {
                base.is_some_and(|c| c.is_alphabetic() && chars::kind(c) == Kind::Other)
            }
            _ => base.is_some_and(|c| !c.is_numeric()),
        }
}

fn pieces(item: Item) -> Vec<Piece> {
    match item {
        Item::Token(token) => vec![Piece::Token(token)],
        Item::Tag { paired: false, .. } => vec![],
        Item::Tag { wrap, open, lang, .. } => {
            let style = (wrap != Wrap::Plain).then_some(if open {
                Piece::Open(wrap)
            } else {
                Piece::Close
            });
            let lang = lang.map(|lang| {
                Piece::Token(if open { Token::LangStart(lang) } else { Token::LangEnd })
            });
            let both = if open { [lang, style] } else { [style, lang] };
            both.into_iter().flatten().collect()
        }
        Item::Run(run) => {
            let rest = run.range.start + run.used_left..run.range.end - run.used_right;
            let mut out = vec![Piece::Close; run.closed];
            if !rest.is_empty() {
                out.push(Piece::Token(Token::Source(rest)));
            }
            out.extend(run.opened.into_iter().rev().map(Piece::Open));
            out
        }
    }
}

#[cfg(test)]
mod tests;
