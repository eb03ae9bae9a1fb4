//! Blocks into the galley's entries. Text stands on the grid: every block takes
//! whole lines, so the baselines of all pages meet (G-04).

use super::galley::{Entry, Galley};
use super::notes::note_anchor;
use super::structure::Place;
use super::tagging;
use super::vary::Setting;
use super::{Input, half};
use crate::book::words::{Words, words};
use crate::book::{Align, Block, BlockKind, Chapter, Inline, PictureRef, Target, text};
use crate::font::shape::Shaper;
use crate::geom::{Len, Logical};
use crate::line::{self, Fault, Paragraph, Shape, flatten};
use crate::theme::{Look, TextStyle};
use std::collections::BTreeSet;
use std::sync::Arc;

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
    pub(super) called: BTreeSet<usize>,
    /// whether this is inside a note, and the notes called there
    pub(super) in_note: bool,
    pub(super) pending: Vec<usize>,
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
    /// where this stands in the structure, and how many places there are in it
    pub(super) place: Arc<Place>,
    pub(super) children: u32,
    /// the level of the chapter's title
    pub(super) level: u8,
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
            place: tagging::chapter(&input.book.chapters, chapter),
            children: 0,
            level: tagging::level(input, chapter),
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
        match self.role(block) {
            Some(role) => self.tagged(role, |s| s.untagged(block)),
            None => self.untagged(block),
        }
    }
    fn untagged(&mut self, block: &Block) {
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
}

/// Height of the em box above the baseline, in thousandths: the ideographic em
/// box of the Noto and Source faces, 880 and −120.
pub(super) const ASCENT: i64 = 880;
/// A column of fewer characters is narrow.
const NARROW: i64 = 10;

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
