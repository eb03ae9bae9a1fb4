//! Inlines → XHTML.

use super::drawn::Drawn;
use super::markup::{attr, href, text};
use super::names::Names;
use super::notes::Caller;
use super::pagelist::Breaks;
use super::pictures::Embedded;
use super::{foreign, upright};
use crate::book::lang;
use crate::book::words::Words;
use crate::book::{Inline, Interlinear, NotePlace, PictureRef, Ruby, Target, Text};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the contents of one file; remembers which notes were called.
pub(super) struct Writer<'a> {
    /// files and anchors
    pub(super) names: &'a Names,
    /// the pictures that are embedded
    pub(super) pictures: &'a Embedded,
    /// keben's own words
    pub(super) words: &'static Words,
    /// language of what is being written
    lang: String,
    /// the chapter's index; its anchor is part of its notes' names
    pub(super) chapter: usize,
    /// stem of the file that is being written
    pub(super) stem: &'a str,
    /// where notes stand
    pub(super) place: NotePlace,
    /// what calls them
    pub(super) caller: Caller<'a>,
    /// MathML is read
    pub(super) math: bool,
    /// formulas as pictures, where it is not
    pub(super) drawn: &'a Drawn,
    /// lines are vertical
    pub(super) vertical: bool,
    /// rules for the style sheet that the file needs
    pub(super) rules: BTreeSet<String>,
    /// where the pages of the printed edition begin
    pub(super) breaks: Breaks<'a>,
    /// descriptions of figures so far
    pub(super) described: usize,
    /// calls so far, by note
    pub(super) calls: BTreeMap<usize, usize>,
    /// inside a link nothing may be a link; calls wait until it ends
    link: Option<Vec<usize>>,
}

impl<'a> Writer<'a> {
    /// A writer for one file.
    pub(super) fn new(
        names: &'a Names,
        (pictures, drawn): (&'a Embedded, &'a Drawn),
        words: &'static Words,
        lang: &str,
    ) -> Writer<'a> {
        Writer {
            names,
            pictures,
            words,
            lang: lang.to_string(),
            chapter: 0,
            stem: "",
            place: NotePlace::Foot,
            caller: Caller::default(),
            math: true,
            drawn,
            vertical: false,
            rules: BTreeSet::new(),
            breaks: Breaks::default(),
            described: 0,
            calls: BTreeMap::new(),
            link: None,
        }
    }

    /// Inlines as XHTML.
    pub(super) fn inlines(&mut self, list: &[Inline]) -> String {
        list.iter().map(|i| self.inline(i)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> String {
        match inline {
            Inline::Text(t) => self.run(t),
            Inline::Emph(x) => self.wrap("em", x),
            Inline::Strong(x) => self.wrap("strong", x),
            Inline::Strike(x) => self.wrap("s", x),
            Inline::Super(x) => self.wrap("sup", x),
            Inline::Sub(x) => self.wrap("sub", x),
            Inline::Lang { lang, text } => self.foreign(lang, text),
            Inline::Marked { mark, text } => self.marked(*mark, text),
            Inline::Ruby(r) => self.ruby(r),
            Inline::Code(t) => {
                let inside = self.paged(&t.text, t.span, |_, s| text(s));
                format!("<code>{inside}</code>")
            }
            Inline::Math(t) => self.breaks.before(Some(t.span)) + &self.formula(&t.text),
            Inline::Link { to, text, .. } => self.link(to, text),
            Inline::Picture(p) => self.breaks.picture(&p.path) + &self.picture(p),
            Inline::Note { index, .. } => match &mut self.link {
                Some(waiting) => {
                    waiting.push(*index);
                    String::new()
                }
                None => self.call(*index),
            },
            Inline::Ref(r) => self.link(&r.to, &r.text),
            Inline::Index(mark) => match self.names.anchor(&mark.id) {
                Some(id) => format!("<span id=\"{id}\"></span>"),
                None => String::new(),
            },
            Inline::Newline => "<br/>".into(),
        }
    }

    /// Text with the anchors of the pages that begin in it.
    pub(super) fn paged(
        &mut self,
        s: &str,
        span: Span,
        put: impl Fn(&Self, &str) -> String,
    ) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for (at, anchors) in self.breaks.text(s, span) {
            out += &put(self, &s[from..at]);
            out += &anchors;
            from = at;
        }
        out + &put(self, &s[from..])
    }

    fn run(&mut self, t: &Text) -> String {
        self.paged(&t.text, t.span, Self::runs)
    }

    /// Text, with its foreign runs marked.
    fn runs(&self, s: &str) -> String {
        let upright = self.vertical && lang::upright(&self.lang);
        let runs = foreign::runs(s, &self.lang).into_iter();
        runs.map(|(lang, s)| match lang {
            Some(lang) => span(lang, &text(s)),
            None if upright => standing(s),
            None => text(s),
        })
        .collect()
    }

    /// A stretch that the author says is in a language.
    fn foreign(&mut self, lang: &str, x: &[Inline]) -> String {
        let outer = std::mem::replace(&mut self.lang, lang.to_string());
        let inside = self.inlines(x);
        self.lang = outer;
        if inside.is_empty() { inside } else { span(lang, &inside) }
    }

    fn wrap(&mut self, tag: &str, x: &[Inline]) -> String {
        format!("<{tag}>{}</{tag}>", self.inlines(x))
    }

    /// Text with marks along it: of the elements that say so, HTML has `u` for the name of
    /// a person or a place in Chinese, `cite` for the title of a work.
    fn marked(&mut self, mark: Interlinear, x: &[Inline]) -> String {
        let tag = match mark {
            Interlinear::Dots => "em",
            Interlinear::Name => "u",
            Interlinear::Work => "cite",
        };
        format!("<{tag} class=\"{}\">{}</{tag}>", mark.name(), self.inlines(x))
    }

    /// Characters with their reading; a page that begins with them begins before.
    fn ruby(&mut self, r: &Ruby) -> String {
        let class = if r.is_zhuyin() { " class=\"zhuyin\"" } else { "" };
        let pages = self.breaks.before(Some(r.span()));
        let (base, reading) = (text(&r.base.text), text(&r.reading.text));
        format!("{pages}<ruby{class}>{base}<rt>{reading}</rt></ruby>")
    }

    fn link(&mut self, to: &Target, x: &[Inline]) -> String {
        if self.link.is_some() {
            return self.inlines(x);
        }
        let target = match to {
            Target::Url(url) => href(url),
            Target::Anchor(id) => self.names.href(id),
        };
        self.link = Some(vec![]);
        let inside = self.inlines(x);
        let waiting = self.link.take().unwrap_or_default();
        let mut out = match target {
            // nothing to click on: the address itself would be lost
            Some(h) if inside.is_empty() => format!("<a href=\"{0}\">{0}</a>", attr(&h)),
            Some(h) => format!("<a{} href=\"{}\">{inside}</a>", self.kind(to), attr(&h)),
            None => format!("<span class=\"broken-link\">{inside}</span>"),
        };
        waiting.into_iter().for_each(|index| out += &self.call(index));
        out
    }

    /// A link to the glossary says so.
    fn kind(&self, to: &Target) -> &'static str {
        match to {
            Target::Anchor(id) if self.names.is_term(id) => {
                " epub:type=\"glossref\" role=\"doc-glossref\""
            }
            Target::Anchor(_) | Target::Url(_) => "",
        }
    }

    /// A picture in a line, or its alternative text.
    pub(super) fn picture(&self, p: &PictureRef) -> String {
        match self.pictures.href(&p.path) {
            Some(file) => format!("<img src=\"../{file}\" alt=\"{}\"/>", attr(&p.alt)),
            None => format!("<span class=\"missing-picture\">{}</span>", text(&p.alt)),
        }
    }
}

/// Text in vertical lines, what stands upright in it marked.
pub(super) fn standing(s: &str) -> String {
    let pieces = upright::pieces(s).into_iter();
    pieces
        .map(|(up, s)| match up {
            true => format!("<span class=\"tcy\">{}</span>", text(s)),
            false => text(s),
        })
        .collect()
}

/// Readers of XHTML ask for the one, readers of XML for the other.
fn span(lang: &str, inside: &str) -> String {
    let lang = attr(lang);
    format!("<span lang=\"{lang}\" xml:lang=\"{lang}\">{inside}</span>")
}
