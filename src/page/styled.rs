//! Blocks that play a part: letters, epigraphs, dialogue, sources, verse with its
//! title. A table says how each stands; all indents are whole em (P-03).

use super::galley::Entry;
use super::stack::Stack;
use super::structure::{Role, Tag, paint};
use super::{Draw, half};
use crate::book::{AlertKind, Align, Block, BlockStyle, Inline, Speech, text};
use crate::colour::ink::{BLACK, Ink};
use crate::config::Pause;
use crate::geom::{Len, Logical, Size};
use crate::line::Paragraph;
use crate::theme::Look;

/// How the paragraphs of a style stand.
struct Stand {
    align: Align,
    /// in em of the body
    indent: i64,
    /// room left at the line's end, in em
    end: i64,
    /// whether paragraphs begin with an indent
    first: bool,
    /// a blank line above and below
    apart: bool,
}

const FLUSH: Stand =
    Stand { align: Align::Auto, indent: 0, end: 0, first: false, apart: false };

/// Each style's row (B-04).
fn stand(style: BlockStyle) -> Stand {
    let right = Stand { align: Align::End, ..FLUSH };
    let center = Stand { align: Align::Center, ..FLUSH };
    match style {
        BlockStyle::Center => Stand { apart: true, ..center },
        BlockStyle::Right => Stand { apart: true, ..right },
        BlockStyle::Letter => {
            Stand { apart: true, indent: 2, end: 2, first: true, ..FLUSH }
        }
        BlockStyle::Salutation | BlockStyle::Respects => FLUSH,
        BlockStyle::Regards => Stand { first: true, ..FLUSH },
        BlockStyle::Signature => Stand { end: 2, ..right },
        BlockStyle::Epigraph => Stand { apart: true, first: true, ..FLUSH },
        BlockStyle::Source => right,
        BlockStyle::Poem => Stand { apart: true, ..FLUSH },
        BlockStyle::PoemTitle | BlockStyle::PoemAuthor => center,
    }
}

/// The width of a speaker's name, and with the colon, in em (P-03).
const NAME: i64 = 3;

impl Stack<'_, '_, '_> {
    /// Blocks of a style.
    pub(super) fn styled(&mut self, style: BlockStyle, blocks: &[Block]) {
        let stand = stand(style);
        if stand.apart {
            self.blank();
        }
        let fields = (self.look, self.start, self.measure, self.indent, self.align);
        self.style_look(style);
        let em = self.em();
        let (mut start, mut end) = (em * stand.indent, em * stand.end);
        if style == BlockStyle::Epigraph {
            // On the right: a third of the measure is left, in whole em.
            start = em * (self.measure.frac(1, 3).to_sp() / em.to_sp());
        }
        if self.measure - start - end < em * 6 {
            (start, end) = (Len::ZERO, Len::ZERO);
        }
        self.start += start;
        self.measure -= start + end;
        self.indent = stand.first && !self.flush;
        self.align = stand.align;
        let at = self.entries.len();
        self.blocks(blocks);
        (self.look, self.start, self.measure, self.indent, self.align) = fields;
        match style {
            // They stay with what they belong to.
            BlockStyle::Regards | BlockStyle::PoemTitle | BlockStyle::PoemAuthor => {
                self.entries.last_mut().into_iter().for_each(|e| e.keep = true);
            }
            BlockStyle::Source | BlockStyle::Signature | BlockStyle::Respects => {
                let before = self.entries[..at].iter_mut().rev().find(|e| !e.space);
                before.into_iter().for_each(|e| e.keep = true);
                // No blank line comes between.
                if at > 0 && self.entries[at - 1].space {
                    self.entries.remove(at - 1);
                }
            }
            BlockStyle::Center
            | BlockStyle::Right
            | BlockStyle::Letter
            | BlockStyle::Salutation
            | BlockStyle::Epigraph
            | BlockStyle::Poem => {}
        }
        if stand.apart {
            self.blank();
        }
    }
    fn style_look(&mut self, style: BlockStyle) {
        let theme = self.input.theme;
        let size = self.look.size;
        let scaled = |look: Look| Look { size: look.size * size / 1000, ..look };
        match style {
            BlockStyle::Letter | BlockStyle::Epigraph => {
                self.look = scaled(theme.quote.look)
            }
            BlockStyle::PoemTitle => {
                (self.look.han, self.look.latin) =
                    (theme.caption.han, theme.caption.latin);
            }
            BlockStyle::PoemAuthor => self.look = scaled(theme.quote.look),
            BlockStyle::Center
            | BlockStyle::Right
            | BlockStyle::Salutation
            | BlockStyle::Regards
            | BlockStyle::Respects
            | BlockStyle::Signature
            | BlockStyle::Source
            | BlockStyle::Poem => {}
        }
    }
    /// What people say: names in three em with a colon behind, all else four em
    /// further in; a longer name pushes its first line only (P-03).
    pub(super) fn dialogue(&mut self, list: &[Speech]) {
        self.blank();
        let by = self.em() * (NAME + 1);
        let room = self.measure - by >= self.em() * 6;
        let by = if room { by } else { Len::ZERO };
        for speech in list {
            let outer = (self.start, self.measure, self.indent, self.look);
            if speech.name.is_empty() {
                let kai = self.input.theme.quote.look.han;
                if room {
                    self.start += by;
                    self.measure -= by;
                }
                self.indent = false;
                self.look.han = kai;
                self.blocks(&speech.blocks);
            } else {
                self.speech(speech, by);
            }
            (self.start, self.measure, self.indent, self.look) = outer;
        }
        self.blank();
    }
    fn speech(&mut self, speech: &Speech, by: Len) {
        let style = self.style().with(&self.input.theme.strong);
        let names = self.name_parts(&speech.name, style);
        let width = names.last().map_or(Len::ZERO, |n| n.0 + n.1.width);
        let (first, at) = (self.entries.len(), self.start);
        self.start += by;
        self.measure -= by;
        self.indent = false;
        // What the name takes of the first line.
        let over = (width - by).max(Len::ZERO).up_to(self.em());
        self.first = over.min(half(self.measure));
        self.blocks(&speech.blocks);
        self.first = Len::ZERO;
        if self.entries.len() == first {
            let height = self.leading;
            self.entries.push(Entry { height, ..Entry::default() });
        }
        let block = self.baseline(style.size);
        let alone = self.inside(Role::P);
        let Some(entry) = self.entries[first..].iter_mut().find(|e| !e.space) else {
            return;
        };
        // The name is read first, and is part of the first paragraph.
        let rest = std::mem::take(&mut entry.draws);
        for (x, line) in names {
            entry.line(line, Logical { inline: at + x, block });
        }
        let spoken = rest.iter().find_map(|d| d.2.place()).unwrap_or(&alone);
        paint(&mut entry.draws, spoken);
        entry.draws.extend(rest);
    }
    /// A name of two Han is spread over three em.
    fn name_parts(
        &mut self,
        name: &[Inline],
        style: crate::theme::TextStyle,
    ) -> Vec<(Len, crate::line::Line)> {
        let plain: Vec<char> = text::plain(name).chars().collect();
        let em = style.size;
        let spread = match plain.as_slice() {
            [a, b, '：'] if is_han(*a) && is_han(*b) => {
                vec![(0, a.to_string()), (2, b.to_string()), (3, "：".to_string())]
            }
            [a, '：'] if is_han(*a) => vec![(1, a.to_string()), (3, "：".to_string())],
            [..] => vec![],
        };
        if spread.is_empty() {
            let p = self.flatten(name, style);
            let lines = self.lines(&p, Len::ZERO, false);
            return lines.into_iter().take(1).map(|l| (Len::ZERO, l)).collect();
        }
        let mut out = vec![];
        for (at, text) in spread {
            let p = Paragraph::plain(&text, style).at(self.flatten(name, style).span());
            out.extend(
                self.lines(&p, Len::ZERO, false).into_iter().map(|l| (em * at, l)),
            );
        }
        out
    }
    /// A pause between blank lines: an ornament, a rule, or one blank line (P-02).
    pub(super) fn pause(&mut self) {
        let mut entry = Entry { height: self.pitch(), ..Entry::default() };
        let kind = self.input.config.makeup.pause;
        if kind != Pause::Blank {
            self.blank_as_it_is();
        }
        let ornament = match kind {
            // It stays where a page begins or ends, else the pause would be lost.
            Pause::Blank => return self.entries.push(entry),
            Pause::Stars => self.input.theme.ornament.as_str(),
            Pause::Dots => "·　·　·",
            Pause::Rule => {
                let size = Size { w: self.em() * 6, h: Len::milli_pt(500) };
                let inline = self.start + half(self.measure - size.w);
                let at = Logical { inline, block: half(self.em()) };
                entry.draw(at, Draw::Rule { size, ink: BLACK });
                ""
            }
        };
        let p = Paragraph::plain(ornament, self.style());
        let block = self.baseline(self.style().size);
        for line in
            self.lines(&p, Len::ZERO, false).into_iter().filter(|l| !l.runs.is_empty())
        {
            let inline = self.start + half(self.measure - line.width);
            entry.line(line, Logical { inline, block });
        }
        // An ornament is seen; there is nothing to read.
        entry.draws.iter_mut().for_each(|d| d.2 = Tag::Layout);
        entry.keep = true;
        self.entries.push(entry);
        self.blank_as_it_is();
    }
    /// A blank line that is never more than one, so that an ornament stands in the
    /// middle.
    fn blank_as_it_is(&mut self) {
        self.blank();
        let last = self.entries.last_mut().filter(|e| e.space);
        last.into_iter().for_each(|e| e.rigid = true);
    }
    /// An alert: its name in the face of headings, a rule along its side.
    pub(super) fn alert(&mut self, kind: AlertKind, blocks: &[Block]) {
        let label = self.words().alert(kind);
        let look = self.input.theme.alert;
        self.blank();
        let at = self.entries.len();
        let (side, measure) = (self.start, self.measure);
        self.set_apart(look.look, look.indent, |s| {
            let style = s.style().with(&s.input.theme.strong);
            let p = Paragraph::plain(label, style);
            let lines = s.lines(&p, Len::ZERO, false);
            s.tagged(Role::P, |s| s.push_lines(lines, style.size));
            s.entries.last_mut().into_iter().for_each(|e| e.keep = true);
            s.blocks(blocks);
        });
        let width = Len::milli_pt(1500);
        let black = match kind {
            AlertKind::Note | AlertKind::Tip => 40,
            AlertKind::Important | AlertKind::Warning | AlertKind::Caution => 100,
        };
        // Within the indent; where there is none, beside the text.
        let inline = match measure - self.em() * (look.indent * 2) >= self.em() * 8 {
            true => side + self.em() * look.indent - self.em(),
            false => side - half(self.em()),
        };
        let end = self.entries.iter().rposition(|e| !e.space).map_or(at, |i| i + 1);
        let pitch = self.pitch();
        let over = half(pitch - self.em());
        for (i, entry) in self.entries.iter_mut().enumerate().take(end).skip(at) {
            // From the top of the first line's characters to the foot of the last's.
            let last = i + 1 == end && entry.height >= pitch;
            let below = if last { over * 2 } else { Len::ZERO };
            let size = Size { w: width, h: (entry.height - below).max(Len::ZERO) };
            let place = Logical { inline, block: Len::ZERO };
            if size.h > Len::ZERO {
                entry.draws.insert(
                    0,
                    (place, Draw::Rule { size, ink: Ink::Black(black) }, Tag::Layout),
                );
            }
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
