//! Tokens of one paragraph → inlines.

use super::chapter::Reader;
use super::chars;
use super::emphasis::{self, Piece};
use super::link;
use super::ruby;
use super::span;
use super::token::{Marking, Token, Wrap};
use crate::book::{Block, BlockKind, Inline, Note, Show, Text, text};
use crate::source::Span;
use std::ops::Range;

/// What a line end in the source is.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub(super) enum LineEnd {
    /// a space, or nothing between Han characters
    Flows,
    /// the end of a line of verse
    Breaks,
}

/// Makes inlines of a paragraph that lies in `bounds` of the script.
pub(super) fn inlines(
    tokens: Vec<Token>,
    bounds: Range<usize>,
    end: LineEnd,
    reader: &mut Reader,
) -> Vec<Inline> {
    let tokens = span::spans(ruby::rubies(tokens, reader), reader);
    let pieces = emphasis::resolve(tokens, reader.script.text(), bounds);
    let ends = line_ends(&pieces, end, reader.script.text());
    let mut tree = Tree::new(reader.limits.depth);
    for (piece, end) in pieces.into_iter().zip(ends) {
        match piece {
            Piece::Open(wrap) => tree.open(Shape::Wrap(wrap)),
            Piece::Close => tree.close(),
            Piece::Token(token) => tree.token(token, end, reader),
        }
    }
    if tree.cut {
        reader.too_deep(tree.last);
    }
    let (text, notes) = tree.finish();
    reader.inner_notes.iter_mut().for_each(|n| n.extend(notes.iter().cloned()));
    text
}

/// What each soft line end becomes; `None` for pieces that are none.
fn line_ends(pieces: &[Piece], end: LineEnd, source: &str) -> Vec<Option<Inline>> {
    let become_of = |i: usize, piece: &Piece| match piece {
        Piece::Token(Token::Soft(_)) if end == LineEnd::Breaks => Some(Inline::Newline),
        Piece::Token(Token::Soft(_)) => {
            let before = pieces[..i].iter().rev().take(NEAR);
            let before = before.flat_map(|p| visible(p, source).chars().rev());
            let after = pieces[i + 1..].iter().take(NEAR);
            let after = after.flat_map(|p| visible(p, source).chars());
            let space = chars::line_end_is_space(upto_break(before), upto_break(after));
            space.then(|| Inline::Text(Text { text: " ".into(), span: Span::default() }))
        }
        Piece::Token(_) | Piece::Open(_) | Piece::Close => None,
    };
    pieces.iter().enumerate().map(|(i, p)| become_of(i, p)).collect()
}

/// So many marks and notes can stand between a line end and the next character;
/// the bound keeps hostile text from quadratic time.
const NEAR: usize = 16;

fn upto_break(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.take_while(|c| *c != '\n')
}

/// What a piece shows, for the line ends beside it: a formula or a picture is
/// like a Latin word, a forced break like the paragraph's end.
fn visible<'p>(piece: &'p Piece, source: &'p str) -> &'p str {
    match piece {
        Piece::Token(Token::Source(r)) => source.get(r.clone()).unwrap_or(""),
        Piece::Token(Token::Literal(s, _)) => s,
        Piece::Token(Token::Display(..) | Token::Picture(..)) => "x",
        Piece::Token(Token::Atom(Inline::Code(t))) => &t.text,
        Piece::Token(Token::Atom(Inline::Text(t))) => &t.text,
        Piece::Token(Token::Atom(Inline::Ruby(r))) => &r.base.text,
        Piece::Token(Token::Atom(Inline::Newline) | Token::Soft(_)) => "\n",
        Piece::Token(Token::Atom(Inline::Note { .. } | Inline::Index(_))) => "",
        Piece::Token(Token::Atom(_)) => "x",
        Piece::Token(
            Token::Tag { .. }
            | Token::LangStart(_)
            | Token::LangEnd
            | Token::MarkStart(_)
            | Token::MarkEnd
            | Token::LinkStart(..)
            | Token::LinkEnd,
        ) => "",
        Piece::Open(_) | Piece::Close => "",
    }
}

/// What encloses a stretch of inlines.
enum Shape {
    Wrap(Wrap),
    Lang(String),
    Mark(Box<Marking>),
    Link(String, Option<Show>, Span),
}

/// Inlines being put together, without recursion: a hostile paragraph can hold
/// a million marks inside each other.
struct Tree {
    open: Vec<(Shape, Vec<Inline>)>,
    done: Vec<Inline>,
    /// notes written where they are called, by their labels
    notes: Vec<(usize, Note)>,
    /// how many more may be open at once
    depth: usize,
    /// how many are open beyond that and leave no trace
    ghosts: usize,
    cut: bool,
    last: Span,
}

impl Tree {
    fn new(depth: usize) -> Tree {
        let last = Span::default();
        Tree {
            open: vec![],
            done: vec![],
            notes: vec![],
            depth,
            ghosts: 0,
            cut: false,
            last,
        }
    }

    fn here(&mut self) -> &mut Vec<Inline> {
        self.open.last_mut().map_or(&mut self.done, |o| &mut o.1)
    }

    fn open(&mut self, shape: Shape) {
        if self.open.len() < self.depth {
            self.open.push((shape, vec![]));
        } else {
            self.ghosts += 1;
            self.cut = true;
        }
    }

    fn close(&mut self) {
        if self.ghosts > 0 {
            self.ghosts -= 1;
            return;
        }
        let Some((shape, inside)) = self.open.pop() else { return };
        // A link without text prints where it leads; a mark may stand alone.
        let alone = matches!(shape, Shape::Mark(_))
            || matches!(&shape, Shape::Link(to, ..) if link::within(to));
        if inside.is_empty() && !alone {
            return;
        }
        let whole = match shape {
            Shape::Wrap(Wrap::Emph) => Inline::Emph(inside),
            Shape::Wrap(Wrap::Strong) => Inline::Strong(inside),
            Shape::Wrap(Wrap::Strike) => Inline::Strike(inside),
            Shape::Wrap(Wrap::Super) => Inline::Super(inside),
            Shape::Wrap(Wrap::Sub) => Inline::Sub(inside),
            Shape::Wrap(Wrap::Code) => return self.code(inside),
            Shape::Wrap(Wrap::Plain) => return self.here().extend(inside),
            Shape::Lang(lang) => Inline::Lang { lang, text: inside },
            Shape::Mark(marking) if marking.note.is_some() => {
                let (index, span) = (marking.note.unwrap_or_default(), marking.span);
                let kind = BlockKind::Paragraph(inside);
                let blocks = vec![Block { kind, span }];
                self.notes.push((index, Note { number: 0, blocks, span }));
                return self.here().push(Inline::Note { index, number: 0, span });
            }
            Shape::Mark(marking) => return self.here().extend(marking.around(inside)),
            Shape::Link(to, show, span) => link::made(to, show, inside, span),
        };
        self.here().push(whole);
    }

    /// Code holds nothing but text; anything else is kept without being code.
    fn code(&mut self, inside: Vec<Inline>) {
        let spans = inside.iter().map(|i| match i {
            Inline::Text(t) => Some(t.span),
            Inline::Emph(_)
            | Inline::Strong(_)
            | Inline::Strike(_)
            | Inline::Super(_)
            | Inline::Sub(_)
            | Inline::Lang { .. }
            | Inline::Marked { .. }
            | Inline::Ruby(_)
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Link { .. }
            | Inline::Picture(_)
            | Inline::Note { .. }
            | Inline::Ref(_)
            | Inline::Index(_)
            | Inline::Newline => None,
        });
        let spans: Option<Vec<Span>> = spans.collect();
        let ends = spans.and_then(|s| Some((*s.first()?, *s.last()?)));
        match ends {
            Some((a, b)) => {
                let span = Span { end: b.end.max(a.end), ..a };
                self.here().push(Inline::Code(Text { text: text::plain(&inside), span }));
            }
            None => self.here().extend(inside),
        }
    }

    fn token(&mut self, token: Token, end: Option<Inline>, reader: &Reader) {
        match token {
            Token::Source(range) => {
                for part in reader.script.cut(range) {
                    let span = reader.script.span(part.clone());
                    self.text(reader.script.slice(part).to_string(), span);
                }
            }
            Token::Literal(text, range) => self.text(text, reader.script.span(range)),
            Token::Atom(inline) => self.here().push(inline),
            Token::Display(text, range) => {
                let span = reader.script.span(range);
                self.here().push(Inline::Math(Text { text, span }));
            }
            Token::Picture(picture, _, _) => self.here().push(Inline::Picture(picture)),
            Token::Soft(range) => match end {
                Some(Inline::Text(t)) => self.text(t.text, reader.script.span(range)),
                Some(other) => self.here().push(other),
                None => {}
            },
            Token::Tag { .. } => {}
            Token::LangStart(lang) => self.open(Shape::Lang(lang)),
            Token::MarkStart(marking) => self.open(Shape::Mark(marking)),
            Token::LangEnd | Token::MarkEnd => self.close(),
            Token::LinkStart(to, show, range) => {
                self.open(Shape::Link(to, show, reader.script.span(range)));
            }
            Token::LinkEnd => self.close(),
        }
    }

    /// Adds text; what was written side by side stays together.
    fn text(&mut self, text: String, span: Span) {
        self.last = span;
        if text.is_empty() {
            return;
        }
        if let Some(Inline::Text(before)) = self.here().last_mut()
            && (before.span.file, before.span.end) == (span.file, span.start)
            && before.text.len() == before.span.range().len()
            && text.len() == span.range().len()
        {
            before.text.push_str(&text);
            before.span.end = span.end;
            return;
        }
        self.here().push(Inline::Text(Text { text, span }));
    }

    fn finish(mut self) -> (Vec<Inline>, Vec<(usize, Note)>) {
        self.ghosts = 0;
        while !self.open.is_empty() {
            self.close();
        }
        (self.done, self.notes)
    }
}

/// Cuts inlines at their line breaks; what enclosed several lines encloses each.
pub(super) fn lines(inlines: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut out = vec![vec![]];
    let push = |i: Inline, out: &mut Vec<Vec<Inline>>| match out.last_mut() {
        Some(line) => line.push(i),
        None => out.push(vec![i]),
    };
    for inline in inlines {
        if inline == Inline::Newline {
            out.push(vec![]);
            continue;
        }
        let (inside, wrap) = match enclosure(inline) {
            Ok(parts) => parts,
            Err(inline) => {
                push(inline, &mut out);
                continue;
            }
        };
        for (n, part) in lines(inside).into_iter().enumerate() {
            if n > 0 {
                out.push(vec![]);
            }
            if !part.is_empty() {
                push(wrap(part), &mut out);
            }
        }
    }
    out
}

/// Makes an inline of what it encloses.
type Wrapper = Box<dyn Fn(Vec<Inline>) -> Inline>;

/// What an inline encloses, and what makes one like it; one that encloses nothing
/// is given back.
fn enclosure(inline: Inline) -> Result<(Vec<Inline>, Wrapper), Inline> {
    Ok(match inline {
        Inline::Emph(x) => (x, Box::new(Inline::Emph)),
        Inline::Strong(x) => (x, Box::new(Inline::Strong)),
        Inline::Strike(x) => (x, Box::new(Inline::Strike)),
        Inline::Super(x) => (x, Box::new(Inline::Super)),
        Inline::Sub(x) => (x, Box::new(Inline::Sub)),
        Inline::Lang { lang, text } => {
            (text, Box::new(move |text| Inline::Lang { lang: lang.clone(), text }))
        }
        Inline::Marked { mark, text } => {
            (text, Box::new(move |text| Inline::Marked { mark, text }))
        }
        Inline::Link { to, text, span } => {
            (text, Box::new(move |text| Inline::Link { to: to.clone(), text, span }))
        }
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Math(_)
        | Inline::Ruby(_)
        | Inline::Picture(_)
        | Inline::Note { .. }
        | Inline::Ref(_)
        | Inline::Index(_)
        | Inline::Newline => return Err(inline),
    })
}
