//! Calls to notes, the notes of a file, and the ways between them: from the call to
//! the note, and back. What calls a note depends on the reading system.

use super::inline::Writer;
use super::markup::attr;
use super::profile::Notes;
use crate::book::{Chapter, number, text};
use std::fmt::Write;

/// What calls notes.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Caller<'a> {
    /// an icon, or an icon too
    pub(super) icon: Option<Icon<'a>>,
}

/// An icon that stands for a note.
#[derive(Debug, Clone, Copy)]
pub(super) struct Icon<'a> {
    /// its file, seen from `text/`
    pub(super) file: &'a str,
    /// the chapter whose notes are told in full beside the mark; `None` where the icon
    /// stands alone
    pub(super) tells: Option<&'a Chapter>,
}

/// The file of the icon, below `OEBPS/`.
pub(super) const ICON: &str = "images/note.png";

impl<'a> Caller<'a> {
    /// What calls the notes of a chapter.
    pub(super) fn of(notes: Notes, chapter: &'a Chapter) -> Caller<'a> {
        let icon =
            |tells| Caller { icon: Some(Icon { file: "../images/note.png", tells }) };
        match notes {
            Notes::Mark => Caller::default(),
            Notes::MarkAndIcon => icon(Some(chapter)),
            Notes::Icon => icon(None),
        }
    }
    /// Whether notes are items of lists, as where icons call them.
    fn listed(&self) -> bool {
        self.icon.is_some_and(|i| i.tells.is_none())
    }
}

impl Writer<'_> {
    /// How many notes the chapter has.
    fn count(&self) -> usize {
        self.names.homes.get(self.chapter).map_or(0, Vec::len)
    }

    /// A file, seen from the one that is written.
    fn file(&self, stem: &str) -> String {
        if stem == self.stem { String::new() } else { format!("{stem}.xhtml") }
    }

    /// A call to a note. Calls to one note have their own anchors.
    pub(super) fn call(&mut self, index: usize) -> String {
        let mark = number::circled(index + 1);
        if index >= self.count() {
            return format!("<span class=\"noteref\">{mark}</span>");
        }
        let calls = self.calls.entry(index).or_default();
        *calls += 1;
        let calls = *calls;
        let file = self.file(self.names.note_file(self.place, self.chapter, index));
        let (class, inside, beside) = self.icon(index, mark);
        format!(
            "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"{class}\" \
             href=\"{file}#{}\" id=\"{}\">{inside}</a>{beside}",
            self.note_anchor(index),
            self.call_anchor(index, calls),
        )
    }

    /// The class of a call, what stands in it, and what stands beside it.
    fn icon(&self, index: usize, mark: String) -> (&'static str, String, String) {
        let Some(icon) = self.caller.icon else {
            return ("noteref", mark, String::new());
        };
        let img = |class: &str, alt: &str| {
            format!("<img{class} src=\"{}\" alt=\"{}\"/>", icon.file, attr(alt))
        };
        match icon.tells {
            None => ("noteref duokan-footnote", img("", &mark), String::new()),
            Some(chapter) => {
                let blocks = chapter.notes.get(index).map_or(&[][..], |n| &n.blocks);
                let told = text::blocks_of(blocks).join(" ");
                let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
                let img = img(" class=\"qqreader-footnote\"", &told);
                ("noteref", mark, if told.is_empty() { String::new() } else { img })
            }
        }
    }

    /// The anchor of a note.
    pub(super) fn note_anchor(&self, index: usize) -> String {
        let chapter = &self.names.anchors[self.chapter];
        self.names.free(&format!("fn-{chapter}-{}", index + 1))
    }

    /// The anchor of a call to it, counted from 1.
    fn call_anchor(&self, index: usize, call: usize) -> String {
        let chapter = &self.names.anchors[self.chapter];
        let name = format!("fnref-{chapter}-{}", index + 1);
        self.names.free(&if call == 1 { name } else { format!("{name}-{call}") })
    }

    /// The mark before a note, which leads back to its first call.
    pub(super) fn back(&self, index: usize) -> String {
        let mark = number::circled(index + 1);
        match self.names.home(self.chapter, index) {
            Some(stem) => format!(
                "<a class=\"back\" role=\"doc-backlink\" href=\"{}#{}\">{mark}</a> ",
                self.file(stem),
                self.call_anchor(index, 1)
            ),
            None => format!("<span class=\"back\">{mark}</span> "),
        }
    }

    /// The notes of a chapter that stand in this file, each with a way back.
    pub(super) fn notes(&mut self, chapter: &Chapter) -> String {
        let here =
            |n: &usize| self.names.note_file(self.place, self.chapter, *n) == self.stem;
        let here: Vec<usize> = (0..chapter.notes.len()).filter(here).collect();
        if here.is_empty() {
            return String::new();
        }
        let mut out = String::from("<div class=\"notes\">\n<hr/>\n");
        for index in here {
            let (id, back) = (self.note_anchor(index), self.back(index));
            let (first, rest) = self.note(&chapter.notes[index]);
            let inside = format!("<p>{back}{first}</p>\n{rest}");
            match self.caller.listed() {
                false => write!(
                    out,
                    "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"{id}\">\n\
                     {inside}</aside>\n"
                ),
                true => write!(
                    out,
                    "<aside epub:type=\"footnote\" role=\"doc-footnote\">\n\
                     <ol class=\"duokan-footnote-content\">\n\
                     <li class=\"duokan-footnote-item\" id=\"{id}\">\n{inside}</li>\n\
                     </ol>\n</aside>\n"
                ),
            }
            .ok();
        }
        out + "</div>\n"
    }
}
