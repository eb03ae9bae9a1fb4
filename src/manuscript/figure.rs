//! Figures: paragraphs that hold nothing but pictures, and the captions and notes
//! that stand below.

use super::attributes;
use super::blocks::Builder;
use super::chapter;
use super::layout::{Layout, PICTURE_KEYS};
use super::leaf::in_language;
use super::table::caption;
use super::token::Token;
use crate::book::{BlockKind, Figure, Inline, Panel, Text, text};
use std::ops::Range;

/// Words that a caption below pictures begins with.
const CAPTIONS: [&str; 6] = ["图：", "图:", "圖：", "圖:", "Figure:", "figure:"];
/// Words that a note below a table begins with; they stay.
const NOTES: [&str; 11] = [
    "注：",
    "注:",
    "註：",
    "註:",
    "说明：",
    "來源：",
    "来源：",
    "资料来源：",
    "資料來源：",
    "Note:",
    "Source:",
];

impl Builder<'_, '_, '_> {
    /// A paragraph of pictures, each with braces behind it or not; false if it
    /// holds something else.
    pub(super) fn pictures(&mut self, tokens: &[Token], range: &Range<usize>) -> bool {
        if let Some(at) = self.caption_line(tokens) {
            let (above, below) = tokens.split_at(at);
            let done = self.pictures(above, range);
            if done {
                self.plain_paragraph(below.to_vec(), range.clone());
            }
            return done;
        }
        let Some((found, lists)) = self.only_pictures(tokens) else { return false };
        let mut layout = Layout::default();
        for (list, place) in lists {
            let span = self.reader.script.span(place);
            let said = self.layout(&list, &PICTURE_KEYS, span);
            layout.place = layout.place.or(said.place);
            layout.width = layout.width.or(said.width);
            layout.id = layout.id.or(said.id);
        }
        let one = found.len() == 1;
        let mut panels = vec![];
        let mut whole = vec![];
        for (picture, title, place) in found {
            let text = self.title(&title, place);
            let text = in_language(self.language(), text);
            let (own, common) = if one { (vec![], text) } else { (text, vec![]) };
            whole.extend(common);
            panels.push(Panel { picture, caption: own, number: None });
        }
        let mut figure = Figure::of(panels, whole);
        figure.place = layout.place.unwrap_or_default();
        figure.width = layout.width;
        figure.id = layout.id.unwrap_or_default();
        self.push(BlockKind::Figure(figure), range.clone());
        true
    }

    /// Where a line of a paragraph begins that is a caption.
    fn caption_line(&self, tokens: &[Token]) -> Option<usize> {
        let script = self.reader.script;
        let pairs = tokens.windows(2).enumerate().skip(1);
        let found = pairs.filter(|(_, pair)| match pair {
            [Token::Soft(_), Token::Source(r)] => {
                CAPTIONS.iter().any(|c| script.slice(r.clone()).starts_with(c))
            }
            _ => false,
        });
        found.map(|(i, _)| i + 1).next()
    }

    /// The pictures of a paragraph that holds nothing else, and the braces.
    #[expect(
        clippy::type_complexity,
        reason = "what it holds is told by the names below"
    )]
    fn only_pictures(
        &self,
        tokens: &[Token],
    ) -> Option<(
        Vec<(crate::book::PictureRef, String, Range<usize>)>,
        Vec<(attributes::Attributes, Range<usize>)>,
    )> {
        let script = self.reader.script;
        let (mut found, mut lists) = (vec![], vec![]);
        for token in tokens {
            if let Token::Picture(picture, title, place) = token {
                found.push((picture.clone(), title.clone(), place.clone()));
            } else if token.is_blank(script.text()) {
                continue;
            } else if let (Token::Source(range), false) = (token, found.is_empty()) {
                let mut text = script.slice(range.clone()).trim();
                while !text.is_empty() {
                    let list = attributes::words(text)?;
                    text = text[list.len..].trim_start();
                    lists.push((list, range.clone()));
                }
            } else {
                return None;
            }
        }
        Some((found, lists)).filter(|f| !f.0.is_empty())
    }

    /// Text right below pictures or a table that is their caption or note; false
    /// if it is a paragraph.
    pub(super) fn below(&mut self, said: &[Inline]) -> bool {
        let Some(frame) = self.frames.last_mut() else { return false };
        match frame.last().map(|b| &mut b.kind) {
            Some(BlockKind::Figure(f)) if f.caption.is_empty() => {
                let Some(mut text) = caption(said, &CAPTIONS) else { return false };
                let layout = self.layout_behind(&mut text, &PICTURE_KEYS);
                let last = self.frames.last_mut().and_then(|f| f.last());
                if let Some(BlockKind::Figure(f)) = last.map(|b| &mut b.kind) {
                    f.caption = text;
                    f.place = layout.place.unwrap_or(f.place);
                    f.width = layout.width.or(f.width);
                    f.id = layout.id.unwrap_or(std::mem::take(&mut f.id));
                }
                true
            }
            Some(BlockKind::Table(t)) => {
                let is_note = NOTES.iter().any(|n| text::plain(said).starts_with(n));
                if is_note {
                    t.notes.push(said.to_vec());
                }
                is_note
            }
            Some(_) | None => false,
        }
    }

    /// A picture's title, read as a line of Markdown.
    fn title(&mut self, title: &str, range: Range<usize>) -> Vec<Inline> {
        if title.trim().is_empty() {
            return vec![];
        }
        let script = self.reader.script;
        let Some(at) = script.slice(range.clone()).rfind(title) else {
            let span = script.span(range);
            return vec![Inline::Text(Text { text: title.to_string(), span })];
        };
        let span = script.span(range.start + at..range.start + at + title.len());
        let place = (span.file, span.start as usize);
        chapter::line(title, place, self.reader.limits, self.reader.sink)
    }
}
