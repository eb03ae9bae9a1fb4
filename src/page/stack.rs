//! Blocks into the galley's entries. Text stands on the grid: every block takes
//! whole lines, so the baselines of all pages meet (G-04).

use super::galley::{Called, Entry, Galley};
use super::vary::Setting;
use super::{Input, half};
use crate::book::number::circled;
use crate::book::words::{Words, words};
use crate::book::{Align, Block, BlockKind, Chapter, Inline, PictureRef, Target, text};
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical};
use crate::line::{self, Fault, Paragraph, Shape, flatten};
use crate::theme::{Look, TextStyle};
use std::collections::{BTreeSet, VecDeque};

/// A chapter's galley, its heading first, and how its paragraphs were set.
pub fn chapter(
    input: &Input<'_>,
    chapter: &Chapter,
    shaper: &mut Shaper<'_>,
    faults: &mut Vec<Fault>,
) -> (Galley, Vec<Setting>) {
    let mut stack = Stack::new(input, chapter, shaper, faults);
    stack.settings = Some(vec![]);
    stack.title();
    stack.opening(&chapter.blocks);
    stack.endnotes();
    let galley = Galley { entries: stack.entries, ..Galley::default() };
    (galley, stack.settings.unwrap_or_default())
}

/// The paragraphs of a chapter, as they are handed to the composer, for dumps;
/// those of notes and of table cells are not among them.
pub fn paragraphs(
    input: &Input<'_>,
    chapter: &Chapter,
    shaper: &mut Shaper<'_>,
) -> Vec<(Paragraph, Shape)> {
    let mut faults = vec![];
    let mut stack = Stack::new(input, chapter, shaper, &mut faults);
    stack.seen = Some(vec![]);
    stack.title();
    stack.opening(&chapter.blocks);
    stack.seen.unwrap_or_default()
}

/// Lays blocks one under another, each within the stretch of the measure that
/// its surroundings leave it.
pub(super) struct Stack<'a, 's, 'f> {
    pub(super) input: &'a Input<'a>,
    pub(super) chapter: &'a Chapter,
    pub(super) shaper: &'s mut Shaper<'f>,
    pub(super) faults: &'s mut Vec<Fault>,
    pub(super) entries: Vec<Entry>,
    /// where the lines of the current block begin
    pub(super) start: Len,
    /// how long they are
    pub(super) measure: Len,
    /// how paragraphs look here
    pub(super) look: Look,
    /// whether paragraphs begin with an indent here
    pub(super) indent: bool,
    /// whether none does anywhere
    pub(super) flush: bool,
    /// inside a note: smaller type on its own lines
    pub(super) leading: Len,
    /// notes already called
    called: BTreeSet<usize>,
    /// whether this is inside a note, and the notes called there
    pub(super) in_note: bool,
    pending: Vec<usize>,
    /// figures and tables with numbers so far
    pub(super) numbered: (usize, usize),
    /// how paragraphs of the body were set, where they may be set again
    settings: Option<Vec<Setting>>,
    /// paragraphs as they were composed, where somebody wants to see them
    pub(super) seen: Option<Vec<(Paragraph, Shape)>>,
    /// how many lists are around: numbered ones, and ones with bullets
    pub(super) depth: (usize, usize),
    /// what stands before the next paragraph's first line: a speaker's name
    pub(super) first: Len,
    /// how lines stand in the measure; both edges flush if nothing is said
    pub(super) align: Align,
}

impl<'a, 's, 'f> Stack<'a, 's, 'f> {
    pub(super) fn new(
        input: &'a Input<'a>,
        chapter: &'a Chapter,
        shaper: &'s mut Shaper<'f>,
        faults: &'s mut Vec<Fault>,
    ) -> Self {
        let area = &input.config.page.area;
        Stack {
            input,
            chapter,
            shaper,
            faults,
            entries: vec![],
            start: Len::ZERO,
            measure: area.measure(),
            look: input.theme.body,
            indent: true,
            flush: false,
            leading: area.leading,
            called: BTreeSet::new(),
            in_note: false,
            pending: vec![],
            numbered: (0, 0),
            settings: None,
            seen: None,
            depth: (0, 0),
            first: Len::ZERO,
            align: Align::Auto,
        }
    }
    /// The em of the body, in which indents are counted.
    pub(super) fn em(&self) -> Len {
        self.input.config.page.area.size
    }
    /// The pitch of the grid.
    pub(super) fn pitch(&self) -> Len {
        self.input.config.page.area.leading
    }
    /// The words of the book's language.
    pub(super) fn words(&self) -> &'static Words {
        words(&self.input.book.meta.lang)
    }
    pub(super) fn style(&self) -> TextStyle {
        self.look.style(self.em())
    }
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for (i, block) in blocks.iter().enumerate() {
            self.block(block);
            // A line that introduces what follows stays with it (G-07), and that
            // before a formula does.
            let next = blocks.get(i + 1).map(|b| &b.kind);
            if let BlockKind::Paragraph(t) | BlockKind::Continued(t) = &block.kind
                && let Some(next) = next
                && (matches!(next, BlockKind::Math(_))
                    || text::plain(t).ends_with(['：', ':']))
            {
                self.entries.last_mut().into_iter().for_each(|e| e.leads = true);
            }
        }
    }
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(t) => self.paragraph(t, self.indent),
            BlockKind::Continued(t) => self.paragraph(t, false),
            BlockKind::Heading { level, id, number, text } => {
                self.heading(*level, id, number.as_deref(), text)
            }
            BlockKind::Quote(b) => {
                let look = self.input.theme.quote;
                self.set_apart(look.look, look.indent, |s| s.blocks(b));
            }
            BlockKind::Alert { kind, blocks } => self.alert(*kind, blocks),
            BlockKind::Verse(stanzas) => self.verse(stanzas),
            BlockKind::List { start, items, .. } => self.list(*start, items),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Code(c) => self.code(c, block.span),
            BlockKind::Figure(f) => self.figure(f),
            BlockKind::Table(t) => self.table(t),
            BlockKind::Math(e) => self.equation(e, block.span),
            BlockKind::Styled { style, blocks } => self.styled(*style, blocks),
            BlockKind::Dialogue(list) => self.dialogue(list),
            BlockKind::Break => self.pause(),
        }
    }
    /// A blank line; two never meet, and a heading has its own.
    pub(super) fn blank(&mut self) {
        let room = |e: &Entry| !e.space && !e.heading;
        if self.entries.last().is_some_and(room) {
            self.entries.push(Entry::space(self.pitch()));
        }
    }
    pub(super) fn flatten(&self, inlines: &[Inline], style: TextStyle) -> Paragraph {
        let sized = |p: &PictureRef, em: Len| self.inline_size(p, em);
        let mut p = flatten::flatten(inlines, style, self.input.theme, &sized);
        for run in &mut p.runs {
            if let Some(note) = run.note {
                let to = Target::Anchor(note_anchor(self.chapter, note));
                run.link = Some(to.into());
            }
        }
        p
    }
    pub(super) fn lines(
        &mut self,
        p: &Paragraph,
        indent: Len,
        justify: bool,
    ) -> Vec<line::Line> {
        let measure = self.measure;
        self.shaped(p, Shape { measure, indent, justify, ..Shape::default() })
    }
    pub(super) fn shaped(&mut self, p: &Paragraph, shape: Shape) -> Vec<line::Line> {
        if let Some(seen) = &mut self.seen {
            seen.push((p.clone(), shape));
        }
        line::lay(p, shape, &self.input.config.rules, self.shaper, self.faults)
    }
    /// Where the baseline is in a line of the grid: as in a frame of the line's
    /// size whose middle is that of the body's frame.
    pub(super) fn baseline(&self, size: Len) -> Len {
        let body = if self.leading == self.pitch() { self.em() } else { size };
        half(body) + (size.frac(ASCENT, 1000) - half(size))
    }
    fn paragraph(&mut self, inlines: &[Inline], indent: bool) {
        let p = self.flatten(inlines, self.style());
        if p.text.is_empty() {
            return self.marks_alone(&p);
        }
        let size = self.style().size;
        // 1 em in narrow columns (clreq#first_line_indents).
        let most = if self.measure < size * NARROW { 1 } else { i64::MAX };
        let em = i64::from(self.input.config.rules.indent).min(most);
        let indent = if indent { size * em } else { std::mem::take(&mut self.first) };
        let lines = self.lines(&p, indent, self.align == Align::Auto);
        self.remember(p, indent, &lines, size);
        self.push_lines(lines, size);
    }
    /// Keeps how a paragraph of the body is set; not of one inside another block.
    fn remember(
        &mut self,
        paragraph: Paragraph,
        indent: Len,
        lines: &[line::Line],
        size: Len,
    ) {
        let body = self.indent && !self.in_note && self.start == Len::ZERO;
        let full = self.measure == self.input.config.page.area.measure();
        let plain = body
            && full
            && self.align == Align::Auto
            && self.look == self.input.theme.body;
        let Some(settings) = self.settings.as_mut().filter(|_| plain) else { return };
        let shape =
            Shape { measure: self.measure, indent, justify: true, ..Shape::default() };
        let tail = lines.last().map_or(Len::ZERO, |l| l.width);
        let (first, lines) = (self.entries.len(), lines.len());
        settings.push(Setting { first, paragraph, shape, size, tail, lines });
    }
    /// Lines of one paragraph, kept from leaving one alone at either end.
    pub(super) fn push_lines(&mut self, lines: Vec<line::Line>, size: Len) {
        let from = self.entries.len();
        let notes: Vec<_> = lines.iter().map(|l| l.notes.clone()).collect();
        self.push_again(lines, size);
        for (i, notes) in notes.into_iter().enumerate() {
            let mut entry = std::mem::take(&mut self.entries[from + i]);
            self.call(&notes, &mut entry);
            self.entries[from + i] = entry;
        }
    }
    /// The same lines without the notes that they call.
    pub(super) fn push_again(&mut self, lines: Vec<line::Line>, size: Len) {
        let n = lines.len();
        let rooms: Vec<_> = (0..n).map(|i| self.room_for(&lines, i, size)).collect();
        for (i, (line, (above, below))) in lines.into_iter().zip(rooms).enumerate() {
            let mut entry = Entry {
                height: self.leading + above + below,
                keep: n > 1 && (i == 0 || i + 2 == n),
                part: Some((i, n)),
                anchors: line.marks.iter().map(|m| m.to_string()).collect(),
                ..Entry::default()
            };
            let slack = self.measure - line.width;
            let by = match self.align {
                Align::Auto | Align::Start => Len::ZERO,
                Align::Center => half(slack),
                Align::End => slack,
            };
            let block = self.baseline(size) + above;
            let at = Logical { inline: self.start + by, block };
            entry.line(line, at);
            self.entries.push(entry);
        }
    }
    /// Hands the notes that a line calls to its entry, each at its first call;
    /// notes called in notes follow them.
    pub(super) fn call_notes(&mut self, line: &line::Line, entry: &mut Entry) {
        self.call(&line.notes, entry);
        entry.anchors.extend(line.marks.iter().map(|m| m.to_string()));
    }
    fn call(&mut self, notes: &[usize], entry: &mut Entry) {
        let new = |s: &mut Self, n: &usize| s.called.insert(*n);
        let calls: Vec<usize> = notes.iter().copied().filter(|n| new(self, n)).collect();
        entry.anchors.extend(calls.iter().map(|n| call_anchor(self.chapter, *n)));
        if self.input.book.notes.gathered() {
            return;
        }
        if self.in_note {
            // The chapter sets it: a note that calls itself would never end.
            self.pending.extend(calls);
            return;
        }
        for index in calls {
            let mut called = Called { index, lines: vec![] };
            let mut queue = VecDeque::from([index]);
            while let Some(n) = queue.pop_front() {
                let (note, inner) = self.note(n);
                called.lines.push(note);
                queue.extend(inner.into_iter().filter(|n| new(self, n)));
            }
            entry.notes.push(called);
        }
    }
    /// The lines of a note, its mark hanging before the first (F-04), and the
    /// notes that it calls.
    pub(super) fn note(&mut self, n: usize) -> (Vec<Entry>, Vec<usize>) {
        let Some(note) = self.chapter.notes.get(n) else { return (vec![], vec![]) };
        let style = self.input.theme.note.style(self.em());
        let area = &self.input.config.page.area;
        // ① and a gap; the marks after ㊿ are wider.
        let wide = self.chapter.notes.len() > 50;
        let hang = style.size.frac(if wide { 3 } else { 2 }, 1) - half(style.size);
        let mut inner =
            Stack::new(self.input, self.chapter, &mut *self.shaper, &mut *self.faults);
        inner.look = self.input.theme.note;
        inner.leading = area.leading.frac(3, 4);
        inner.indent = false;
        inner.in_note = true;
        inner.start = hang;
        inner.measure = (area.measure() - hang).max(style.size);
        // Its first paragraph begins beside the mark.
        let (first, rest) = note.blocks.split_at(note.blocks.len().min(1));
        inner.blocks(first);
        inner.indent = true;
        inner.blocks(rest);
        let (mut entries, called) = (inner.entries, inner.pending);
        let mark = Paragraph::plain(&circled(note.number), style)
            .linked(Target::Anchor(call_anchor(self.chapter, n)));
        let shape = Shape {
            measure: hang * 2,
            indent: Len::ZERO,
            justify: false,
            ..Shape::default()
        };
        let rules = &self.input.config.rules;
        let line =
            line::lay(&mark, shape, rules, self.shaper, self.faults).into_iter().next();
        if let (Some(first), Some(line)) = (entries.first_mut(), line) {
            first.anchors.push(note_anchor(self.chapter, n));
            // The mark is read before the note.
            let body = std::mem::take(&mut first.draws);
            let block = style.size.frac(ASCENT, 1000);
            first.line(line, Logical { inline: Len::ZERO, block });
            first.draws.extend(body);
        }
        (entries, called)
    }
    /// A block with blank lines around it and an indent on both sides.
    pub(super) fn set_apart(
        &mut self,
        look: Look,
        indent: i64,
        inside: impl FnOnce(&mut Self),
    ) {
        self.blank();
        let outer = (self.look, self.start, self.measure, self.indent);
        let by = self.em() * indent;
        let room = self.measure - by * 2 >= self.em() * 8;
        if room {
            self.start += by;
            self.measure -= by * 2;
        }
        self.look = Look { size: look.size * self.look.size / 1000, ..look };
        self.indent = !self.flush;
        inside(self);
        (self.look, self.start, self.measure, self.indent) = outer;
        self.blank();
    }
    /// Verse: the block is centred, its lines are not justified, a turned line
    /// stands two em further in (B-04).
    fn verse(&mut self, stanzas: &[Vec<Vec<Inline>>]) {
        let look = self.input.theme.verse;
        self.set_apart(look.look, look.indent, |s| {
            let mut laid = vec![];
            for (n, stanza) in stanzas.iter().enumerate() {
                for (i, inlines) in stanza.iter().enumerate() {
                    let p = s.flatten(inlines, s.style());
                    let mut lines = s.lines(&p, Len::ZERO, false);
                    if lines.len() > 1 {
                        // Room for the indent of what is turned over.
                        let full = s.measure;
                        s.measure = (full - s.em() * 2).max(s.em() * 4);
                        lines = s.lines(&p, Len::ZERO, false);
                        s.measure = full;
                    }
                    laid.push((n > 0 && i == 0, lines));
                }
            }
            let widest = laid.iter().flat_map(|l| &l.1).map(|l| l.width).max();
            // In the middle, as near as whole characters go (P-03).
            let inner = half(s.measure - widest.unwrap_or_default().min(s.measure));
            let inner = s.em() * (inner.to_sp() / s.em().to_sp());
            let outer = s.start;
            for (new_stanza, lines) in laid {
                if new_stanza {
                    s.blank();
                    s.entries.last_mut().into_iter().for_each(|e| e.rigid = true);
                }
                for (i, line) in lines.into_iter().enumerate() {
                    s.start = outer + inner + if i > 0 { s.em() * 2 } else { Len::ZERO };
                    s.push_lines(vec![line], s.style().size);
                    s.entries.last_mut().into_iter().for_each(|e| e.keep = true);
                }
                s.entries.last_mut().into_iter().for_each(|e| e.keep = false);
            }
            s.start = outer;
        });
    }
}

/// Height of the em box above the baseline, in thousandths: the ideographic em
/// box of the Noto and Source faces, 880 and −120.
pub(super) const ASCENT: i64 = 880;
/// A column of fewer characters is narrow.
const NARROW: i64 = 10;

/// The id of a note.
pub fn note_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-note-{}", chapter.id, n + 1)
}

/// The id of the place where a note is first called.
pub fn call_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-call-{}", chapter.id, n + 1)
}

/// The id of the n-th figure of a chapter that has a number.
pub fn figure_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-figure-{n}", chapter.id)
}

/// The id of the n-th table of a chapter that has a number.
pub fn table_anchor(chapter: &Chapter, n: usize) -> String {
    format!("{}-table-{n}", chapter.id)
}

/// The id of the part that begins with a chapter.
pub fn part_anchor(chapter: &Chapter) -> String {
    format!("{}-part", chapter.id)
}
