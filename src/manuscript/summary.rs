//! `SUMMARY.md`, in mdBook's shape → the chapters in order.

use super::chapter;
use super::mask;
use super::path;
use crate::book::{Division, Inline};
use crate::config::Limits;
use crate::diag::{Diagnostic, Sink, code};
use crate::source::{FileId, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// One chapter that the summary names.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// below the book's root
    pub(super) path: String,
    pub(super) division: Division,
    pub(super) depth: u8,
    pub(super) part: Option<String>,
    pub(super) title: Vec<Inline>,
    /// where it is named
    pub(super) span: Option<Span>,
}

/// What a summary says.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// its first heading
    pub(super) title: Option<String>,
    pub(super) entries: Vec<Entry>,
}

/// Reads a summary that lies in the folder `dir`.
pub(super) fn read(
    text: &str,
    file: FileId,
    dir: &str,
    limits: &Limits,
    sink: &mut Sink,
) -> Summary {
    let mut walk = Walk::new(text, file, dir, limits, sink);
    let options = Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        walk.event(event, range);
    }
    walk.summary
}

struct Walk<'w> {
    text: &'w str,
    file: FileId,
    dir: &'w str,
    limits: &'w Limits,
    sink: &'w mut Sink,
    summary: Summary,
    paths: BTreeSet<String>,
    /// lists around
    lists: usize,
    /// a list was seen: what follows outside of lists is back matter
    listed: bool,
    part: Option<String>,
    heading: Option<String>,
    /// the link that is open: address, place, place of its text
    link: Option<(String, Range<usize>, Option<Range<usize>>)>,
    /// the item or paragraph that is open has no link so far
    bare: Option<Range<usize>>,
}

impl<'w> Walk<'w> {
    fn new(
        text: &'w str,
        file: FileId,
        dir: &'w str,
        limits: &'w Limits,
        sink: &'w mut Sink,
    ) -> Self {
        Walk {
            text,
            file,
            dir,
            limits,
            sink,
            summary: Summary::default(),
            paths: BTreeSet::new(),
            lists: 0,
            listed: false,
            part: None,
            heading: None,
            link: None,
            bare: None,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        if let Some((_, _, inside)) = &mut self.link
            && !matches!(event, Event::End(TagEnd::Link))
        {
            let start = inside.as_ref().map_or(range.start, |r| r.start);
            let end = inside.as_ref().map_or(range.end, |r| r.end.max(range.end));
            *inside = Some(start..end);
            return;
        }
        if let Event::Start(Tag::Link { dest_url, .. }) = event {
            self.bare = None;
            self.link = Some((dest_url.to_string(), range, None));
        } else if let Event::Start(tag) = event {
            self.start(tag.to_end());
        } else if let Event::End(tag) = event {
            self.end(tag);
        } else if let Event::Text(text) | Event::Code(text) = event {
            match &mut self.heading {
                Some(heading) => heading.push_str(&text),
                None if text.trim().is_empty() => {}
                None => self.bare = self.bare.take().or(Some(range)),
            }
        }
    }

    fn start(&mut self, tag: TagEnd) {
        if let TagEnd::Heading(_) = tag {
            self.heading = Some(String::new());
        } else if let TagEnd::List(_) = tag {
            self.no_chapter();
            self.lists += 1;
            self.listed = true;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let TagEnd::Heading(_) = tag {
            self.end_heading();
        } else if let TagEnd::List(_) = tag {
            self.lists = self.lists.saturating_sub(1);
        } else if tag == TagEnd::Link {
            self.end_link();
        } else if matches!(tag, TagEnd::Item | TagEnd::Paragraph) {
            self.no_chapter();
        }
    }

    fn end_heading(&mut self) {
        let heading = self.heading.take().map(|h| h.trim().to_string());
        let first = self.summary.entries.is_empty() && !self.listed;
        if first && self.summary.title.is_none() && self.part.is_none() {
            self.summary.title = heading;
        } else {
            self.part = heading.filter(|h| !h.is_empty());
        }
    }

    /// Reports text that stands where a link should.
    fn no_chapter(&mut self) {
        let Some(range) = self.bare.take() else { return };
        let d = Diagnostic::new(code::BAD_SUMMARY, "this names no chapter");
        let d = d.at(Span::new(self.file, range));
        self.sink.push(d.hint("a chapter is named as `[title](file.md)`"));
    }

    fn end_link(&mut self) {
        let Some((address, range, inside)) = self.link.take() else { return };
        // A draft: it has a title and no file yet.
        if address.is_empty() {
            return;
        }
        let span = Span::new(self.file, range.clone());
        let Some(path) = self.path(&address, span) else { return };
        if !self.paths.insert(path.clone()) {
            let message = format!("`{path}` is a chapter already");
            let d = Diagnostic::new(code::DUPLICATE_CHAPTER, message).at(span);
            self.sink.push(d.hint("the first place counts"));
            return;
        }
        let title = inside.map(|r| self.title(r)).unwrap_or_default();
        let division = match (self.lists > 0, self.listed) {
            (true, _) => Division::Body,
            (false, false) => Division::Front,
            (false, true) => Division::Back,
        };
        let depth = self.lists.saturating_sub(1).min(usize::from(u8::MAX)) as u8;
        let (part, span) = (self.part.take(), Some(span));
        self.summary.entries.push(Entry { path, division, depth, part, title, span });
    }

    fn title(&mut self, range: Range<usize>) -> Vec<Inline> {
        let text = self.text.get(range.clone()).unwrap_or("");
        chapter::line(text, (self.file, range.start), self.limits, self.sink)
    }

    fn path(&mut self, address: &str, span: Span) -> Option<String> {
        if super::link::scheme(address).is_some() {
            let message = format!("`{}` is no file of this book", mask::lift(address));
            self.sink.push(Diagnostic::new(code::BAD_SUMMARY, message).at(span));
            return None;
        }
        let address = address.split_once('#').map_or(address, |(file, _)| file);
        let decoded = path::percent_decode(address);
        let path = path::below(self.dir, &decoded);
        if path.is_none() {
            let fault = super::folder::FileFault::Outside;
            self.sink.push(fault.diagnostic(&decoded, Some(span)));
        }
        path
    }
}
