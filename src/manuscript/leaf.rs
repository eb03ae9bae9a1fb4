//! Blocks that hold text.

use super::attributes::Attributes;
use super::blocks::Builder;
use super::chapter::Title;
use super::collect::{Placed, collect};
use super::formula;
use super::frame::{Frame, Open};
use super::html::{self, Part};
use super::inline::{LineEnd, inlines, lines};
use super::listing::Info;
use super::mask;
use super::token::Token;
use crate::book::{BlockKind, Definition, Equation, Inline, Text};
use crate::source::Span;
use pulldown_cmark::Event;
use std::ops::Range;

/// What a run of inline events is for.
pub(super) enum Leaf {
    Paragraph,
    Heading { level: u8, id: Option<String>, said: Attributes },
    Term,
    Cell,
    Code(Info),
    Html,
}

impl Builder<'_, '_, '_> {
    /// Ends the text that is being gathered, if any.
    pub(super) fn flush(&mut self) {
        let Some((leaf, range)) = self.leaf.take() else { return };
        let events = std::mem::take(&mut self.events);
        match leaf {
            Leaf::Paragraph => {
                let tokens = collect(events, self.reader);
                self.paragraph(tokens, range);
            }
            Leaf::Heading { level, id, said } => {
                let text = self.text(events, range.clone());
                let lang = self.reader.language_of(&said, range.clone());
                self.heading(level, id, in_language(lang, text), range);
            }
            Leaf::Term => self.term(events, range),
            Leaf::Cell => {
                let end = range.end;
                let cell = self.text(events, range);
                if let Some(table) = &mut self.table {
                    table.cell_end = end;
                    if let Some(row) = table.rows.last_mut() {
                        row.push(cell);
                    }
                }
            }
            Leaf::Code(info) => {
                let text: String =
                    events.iter().map(|e| mask::lift(text_of(&e.0))).collect();
                self.listing(info, &text, range);
            }
            Leaf::Html => {
                let line = |(e, r): Placed| (mask::lift(text_of(&e)), r);
                let lines: Vec<_> = events.into_iter().map(line).collect();
                for part in html::block(&lines, self.reader) {
                    match part {
                        Part::Paragraph(tokens) => self.paragraph(tokens, range.clone()),
                        Part::Tag(tag, place) => self.html_tag(&tag, place),
                    }
                }
            }
        }
    }

    fn text(&mut self, events: Vec<Placed>, range: Range<usize>) -> Vec<Inline> {
        let tokens = collect(events, self.reader);
        let text = inlines(tokens, range, LineEnd::Flows, self.reader);
        in_language(self.language(), text)
    }

    /// The language of the containers around what is being read.
    pub(super) fn language(&self) -> Option<String> {
        self.frames.last().and_then(|f| f.lang.clone())
    }

    fn heading(
        &mut self,
        level: u8,
        id: Option<String>,
        text: Vec<Inline>,
        range: Range<usize>,
    ) {
        if text.is_empty() {
            return;
        }
        let top = self.frames.len() == 1 && self.ghosts == 0;
        if level == 1 && top && self.found.title.is_none() {
            let span = self.reader.script.span(range);
            self.found.title = Some(Title { text, id, span });
            return;
        }
        // A second `#` is a section; what follows it stays below it.
        if level == 1 && top && self.found.title.is_some() {
            self.shift = 1;
        }
        let level = (level + self.shift).clamp(2, 6);
        let id = id.unwrap_or_default();
        let number = None;
        self.push(BlockKind::Heading { level, id, number, text }, range);
    }

    fn term(&mut self, events: Vec<Placed>, range: Range<usize>) {
        let term = self.text(events, range.clone());
        if self.ghosts == 0
            && let Some(Open::Definitions(list)) =
                self.frames.last_mut().map(|f| &mut f.open)
        {
            list.push(Definition { id: String::new(), term, meanings: vec![] });
            return;
        }
        self.push(BlockKind::Paragraph(term), range);
    }

    /// A paragraph that holds no lines of containers.
    pub(super) fn plain_paragraph(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        if self.pictures(&tokens, &range) {
            return;
        }
        let script = self.reader.script.text();
        let mut shown = tokens.iter().filter(|t| !t.is_blank(script));
        match (shown.next(), shown.next()) {
            (None, _) => {}
            (Some(Token::Display(text, place)), None) => {
                let span = self.reader.script.span(place.clone());
                let tex = formula::displayed(&Text { text: text.clone(), span });
                let kind =
                    BlockKind::Math(Equation { tex, id: String::new(), number: None });
                self.push(kind, range);
            }
            (Some(_), _) => self.flowing(tokens, range),
        }
    }

    fn flowing(&mut self, tokens: Vec<Token>, range: Range<usize>) {
        let mut displays = vec![];
        for token in &tokens {
            if let Token::Display(_, place) = token {
                displays.push(self.reader.script.span(place.clone()));
            }
        }
        let verse =
            matches!(self.frames.last().map(|f| &f.open), Some(Open::Verse { .. }));
        let end = if verse { LineEnd::Breaks } else { LineEnd::Flows };
        let text = inlines(tokens, range.clone(), end, self.reader);
        let text = in_language(self.language(), text);
        if text.is_empty() {
            return;
        }
        if !verse {
            return self.displayed(text, &displays, range);
        }
        let mut stanza = lines(text);
        stanza.retain(|line| !line.is_empty());
        let last = self.frames.last_mut().and_then(Frame::last);
        match last.map(|b| (&mut b.kind, &mut b.span)) {
            Some((BlockKind::Verse(stanzas), span)) => {
                stanzas.push(stanza);
                span.end = self.reader.script.span(range).end.max(span.end);
            }
            _ => self.push(BlockKind::Verse(vec![stanza]), range),
        }
    }

    /// A paragraph, interrupted by the formulas that stand apart in it.
    fn displayed(&mut self, text: Vec<Inline>, displays: &[Span], range: Range<usize>) {
        let mut part: Vec<Inline> = vec![];
        let mut goes_on = false;
        let mut text = text.into_iter().peekable();
        while let Some(inline) = text.next() {
            if let Inline::Math(formula) = &inline
                && displays.contains(&formula.span)
            {
                self.part(std::mem::take(&mut part), goes_on, &range);
                let id = text.peek_mut().and_then(formula::take_id).unwrap_or_default();
                let tex = formula::displayed(formula);
                let kind = BlockKind::Math(Equation { tex, id, number: None });
                self.push(kind, range.clone());
                goes_on = true;
            } else {
                part.push(inline);
            }
        }
        self.part(part, goes_on, &range);
    }

    fn part(&mut self, mut text: Vec<Inline>, goes_on: bool, range: &Range<usize>) {
        // The line ends beside a formula are no spaces.
        if let Some(Inline::Text(t)) = text.last_mut() {
            t.text.truncate(t.text.trim_end().len());
        }
        if let (true, Some(Inline::Text(t))) = (goes_on, text.first_mut()) {
            t.text = t.text.trim_start().to_string();
        }
        text.retain(|i| !matches!(i, Inline::Text(t) if t.text.is_empty()));
        if !text.is_empty() && (goes_on || !self.below(&text)) {
            let kind = if goes_on { BlockKind::Continued } else { BlockKind::Paragraph };
            self.push(kind(text), range.clone());
        }
    }
}

/// Text in a language, if one is said.
pub(super) fn in_language(lang: Option<String>, text: Vec<Inline>) -> Vec<Inline> {
    match lang {
        Some(lang) if !text.is_empty() => vec![Inline::Lang { lang, text }],
        Some(_) | None => text,
    }
}

fn text_of<'t>(event: &'t Event) -> &'t str {
    match event {
        Event::Text(t) | Event::Html(t) | Event::InlineHtml(t) | Event::Code(t) => t,
        Event::InlineMath(t) | Event::DisplayMath(t) | Event::FootnoteReference(t) => t,
        Event::Start(_)
        | Event::End(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => "",
    }
}
