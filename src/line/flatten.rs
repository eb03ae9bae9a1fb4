//! Inlines into one string with runs of style, so that the rules see across
//! bold, links and code as a reader does.

use crate::book::index::Bound;
use crate::book::{self, Inline, Interlinear, PictureRef, Ruby, Target, number::circled};
use crate::cjk::token::Part;
use crate::geom::Len;
use crate::math::{self, Formula, Tree};
use crate::source::Span;
use crate::theme::{TextStyle, Theme, Underline};
use std::ops::Range;
use std::sync::Arc;

/// A paragraph, ready to be composed.
#[derive(Debug, Default, Clone)]
pub struct Paragraph {
    /// all its characters; a picture or line end stands as one
    pub text: String,
    /// runs of one style, covering `text` in order
    pub runs: Vec<Run>,
    /// places that others point to: how many bytes stand before each, and its id
    pub marks: Vec<(usize, Arc<str>)>,
}

/// A stretch of a paragraph in one style.
#[derive(Debug, Clone)]
pub struct Run {
    /// its bytes
    pub range: Range<usize>,
    /// what it is
    pub part: Part,
    /// how it looks
    pub style: TextStyle,
    /// where it was written
    pub span: Span,
    /// where it leads
    pub link: Option<Arc<Target>>,
    /// the language that it is in, where the author says one (BCP 47)
    pub lang: Option<Arc<str>>,
    /// the note that it calls
    pub note: Option<usize>,
    /// the picture that it is
    pub object: Option<Sized>,
    /// the formula that it is; the run's text is the formula's characters
    pub formula: Option<Arc<Formula>>,
    /// its first bytes, of so many, have the rest as their reading
    pub ruby: Option<usize>,
}

/// A picture in a line, with its size on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Sized {
    /// which
    pub picture: PictureRef,
    /// width
    pub width: Len,
    /// height above the baseline
    pub height: Len,
}

impl Run {
    /// Where a byte range of the paragraph inside this run was written: exact
    /// where source and text are the same, else the whole run.
    pub fn place(&self, range: &Range<usize>) -> Span {
        let len = (self.span.end - self.span.start) as usize;
        if len != self.range.len() {
            return self.span;
        }
        let from = range.start.saturating_sub(self.range.start).min(len) as u32;
        let to = range.end.saturating_sub(self.range.start).min(len) as u32;
        Span { start: self.span.start + from, end: self.span.start + to, ..self.span }
    }
}

/// Raising of superscripts and lowering of subscripts, and their size, in
/// thousandths of the text's size.
const SUPER: (i64, i64) = (340, 640);
const SUB: (i64, i64) = (-160, 640);
/// Raising and size of the marks of notes: large enough for the digit in ①.
const NOTE: (i64, i64) = (330, 700);

/// Width and height of a picture in text of a size.
pub type SizeOf<'a> = dyn Fn(&PictureRef, Len) -> Option<(Len, Len)> + 'a;

/// Flattens inlines. `sized` knows the size of pictures; one that it does not
/// know is replaced by its alternative text.
pub fn flatten(
    inlines: &[Inline],
    style: TextStyle,
    theme: &Theme,
    sized: &SizeOf<'_>,
) -> Paragraph {
    let out = Paragraph::default();
    let mut f = Flattener { theme, sized, out, link: None, lang: None, lines: 0 };
    f.list(inlines, style);
    f.out
}

impl Paragraph {
    /// A paragraph of plain text that was not written anywhere.
    pub fn plain(text: &str, style: TextStyle) -> Paragraph {
        let mut p = Paragraph::default();
        p.push_plain(text, style);
        p
    }
    /// The same, written somewhere.
    pub fn at(mut self, span: Span) -> Paragraph {
        self.runs.iter_mut().for_each(|r| r.span = span);
        self
    }
    /// Adds plain text that was not written anywhere.
    pub fn push_plain(&mut self, text: &str, style: TextStyle) {
        self.push(text, Part::Text, style, Span::default());
    }
    fn push(&mut self, text: &str, part: Part, style: TextStyle, span: Span) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let range = start..self.text.len();
        self.runs.push(Run {
            range,
            part,
            style,
            span,
            link: None,
            lang: None,
            note: None,
            object: None,
            formula: None,
            ruby: None,
        });
    }
    /// Cuts it in two at a byte, and gives the second half back. A run that is cut is
    /// in both, each with its place.
    pub fn split_off(&mut self, at: usize) -> Paragraph {
        let mut rest =
            Paragraph { text: self.text.split_off(at), ..Paragraph::default() };
        for (mark, id) in std::mem::take(&mut self.marks) {
            match mark.checked_sub(at) {
                Some(mark) => rest.marks.push((mark, id)),
                None => self.marks.push((mark, id)),
            }
        }
        for mut run in std::mem::take(&mut self.runs) {
            if run.range.start < at && at < run.range.end && run.ruby.take().is_some() {
                run.part = Part::Text;
            }
            let (head, tail) = (run.range.start.min(at)..run.range.end.min(at), {
                run.range.start.max(at)..run.range.end.max(at)
            });
            if !head.is_empty() {
                let span = run.place(&head);
                self.runs.push(Run { range: head, span, ..run.clone() });
            }
            if !tail.is_empty() {
                let (span, range) = (run.place(&tail), tail.start - at..tail.end - at);
                rest.runs.push(Run { range, span, ..run });
            }
        }
        rest
    }
    /// Adds another paragraph at the end.
    pub fn append(&mut self, other: Paragraph) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs.into_iter().map(|mut r| {
            r.range = r.range.start + shift..r.range.end + shift;
            r
        }));
        self.marks.extend(other.marks.into_iter().map(|(at, id)| (at + shift, id)));
    }
    /// Makes the whole paragraph lead somewhere.
    pub fn linked(mut self, to: Target) -> Paragraph {
        let to = Arc::new(to);
        for run in &mut self.runs {
            run.link.get_or_insert_with(|| to.clone());
        }
        self
    }
    /// Where the paragraph was written.
    pub fn span(&self) -> Span {
        self.runs.first().map_or(Span::default(), |r| r.span)
    }
}

struct Flattener<'a> {
    theme: &'a Theme,
    sized: &'a SizeOf<'a>,
    out: Paragraph,
    link: Option<Arc<Target>>,
    lang: Option<Arc<str>>,
    /// how many stretches have a line along them so far
    lines: u32,
}

impl Flattener<'_> {
    fn list(&mut self, list: &[Inline], style: TextStyle) {
        for inline in list {
            self.inline(inline, style);
        }
    }
    /// Raised or lowered text, which stays with its base.
    fn raised(&mut self, list: &[Inline], style: TextStyle) {
        let from = self.out.runs.len();
        self.list(list, style);
        for run in self.out.runs[from..].iter_mut().filter(|r| r.part == Part::Text) {
            run.part = Part::Raised;
        }
    }
    fn inline(&mut self, inline: &Inline, style: TextStyle) {
        match inline {
            Inline::Text(t) => self.push(t, Part::Text, style),
            Inline::Emph(x) => self.list(x, style.with(&self.theme.emph)),
            Inline::Strong(x) => self.list(x, style.with(&self.theme.strong)),
            Inline::Strike(x) => self.list(x, TextStyle { strike: true, ..style }),
            Inline::Super(x) => self.raised(x, style.shifted(SUPER.0, SUPER.1)),
            Inline::Sub(x) => self.raised(x, style.shifted(SUB.0, SUB.1)),
            Inline::Marked { mark, text } => {
                let style = self.marked(*mark, style);
                self.list(text, style);
            }
            Inline::Ruby(r) => self.ruby(r, style),
            Inline::Code(t) => self.push(t, Part::Code, style.with(&self.theme.verbatim)),
            Inline::Math(t) => self.formula(t, style),
            Inline::Lang { lang, text } => {
                let outer = self.lang.replace(lang.as_str().into());
                self.list(text, style);
                self.lang = outer;
            }
            Inline::Link { to, text, .. } => {
                let outer = self.link.replace(Arc::new(to.clone()));
                self.list(text, style);
                self.link = outer;
            }
            Inline::Picture(p) => self.picture(p, style),
            Inline::Note { index, number, span } => {
                self.note(*index, *number, *span, style)
            }
            // Where pages are known, another chapter is set (`page::refs`).
            Inline::Ref(r) => {
                let outer = self.link.replace(Arc::new(r.to.clone()));
                self.list(&r.text, style);
                self.link = outer;
            }
            Inline::Index(mark) => {
                // What ends here ends with the character before.
                let ends = mark.bound == Some(Bound::End);
                let at = self.out.text.len().saturating_sub(usize::from(ends));
                self.out.marks.push((at, mark.id.as_str().into()));
            }
            Inline::Newline => {
                self.out.push("\n", Part::Newline, style, Span::default());
            }
        }
    }
    fn marked(&mut self, mark: Interlinear, style: TextStyle) -> TextStyle {
        let wavy = match mark {
            Interlinear::Dots => return TextStyle { dots: true, ..style },
            Interlinear::Name => false,
            Interlinear::Work => true,
        };
        self.lines += 1;
        TextStyle { line: Some(Underline { wavy, nth: self.lines }), ..style }
    }
    fn ruby(&mut self, r: &Ruby, style: TextStyle) {
        let text = format!("{}{}", r.base.text, r.reading.text);
        self.out.push(&text, Part::Ruby, style, r.span());
        self.tell_last(&text);
        if let Some(run) = self.out.runs.last_mut() {
            run.ruby = Some(r.base.text.len());
        }
    }
    fn push(&mut self, t: &book::Text, part: Part, style: TextStyle) {
        self.out.push(&t.text, part, style, t.span);
        self.tell_last(&t.text);
    }
    /// Tells the run just added what encloses it.
    fn tell_last(&mut self, text: &str) {
        if let (false, Some(run)) = (text.is_empty(), self.out.runs.last_mut()) {
            run.link = self.link.clone();
            run.lang = self.lang.clone();
        }
    }
    fn picture(&mut self, p: &PictureRef, style: TextStyle) {
        let Some((width, height)) = (self.sized)(p, style.size) else {
            self.out.push(&p.alt, Part::Text, style, p.span);
            return self.tell_last(&p.alt);
        };
        self.out.push("\u{fffc}", Part::Object, style, p.span);
        self.tell_last("\u{fffc}");
        if let Some(run) = self.out.runs.last_mut() {
            run.object = Some(Sized { picture: p.clone(), width, height });
        }
    }
    /// A formula; one that cannot be set is printed as it was written.
    fn formula(&mut self, t: &book::Text, style: TextStyle) {
        let laid = Tree::parse(&t.text).and_then(|tree| tree.lay(math::Style::Inline));
        let Ok(laid) = laid else { return self.push(t, Part::Code, style) };
        let mut text = laid.text();
        if text.is_empty() {
            // A formula of blanks and rules.
            text.push('\u{fffc}');
        }
        self.out.push(&text, Part::Formula, style, t.span);
        self.tell_last(&text);
        if let Some(run) = self.out.runs.last_mut() {
            run.formula = Some(Arc::new(laid));
        }
    }
    fn note(&mut self, index: usize, number: usize, span: Span, style: TextStyle) {
        let mut style = style.shifted(NOTE.0, NOTE.1);
        style.cut.bold = false;
        (style.strike, style.dots, style.line) = (false, false, None);
        self.out.push(&circled(number), Part::Note, style, span);
        if let Some(run) = self.out.runs.last_mut() {
            run.note = Some(index);
        }
    }
}
