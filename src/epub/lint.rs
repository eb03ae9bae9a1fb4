//! What a reading system would not take or not show: a book held against the limits of
//! its profile. Each finding names the rule and where it is written.

use super::cover::Source;
use super::package::{Draft, Raw};
use crate::book::{NotePlace, PictureRef, walk};
use crate::config::reader::Embedding;
use crate::diag::{Diagnostic, Sink, code};
use crate::picture::{Kind, Picture};
use std::collections::BTreeSet;

/// Reports what the edition's reading systems would not take.
pub(super) fn lint(draft: &Draft, raw: &Raw, sink: &mut Sink) {
    let mut l = Lint { draft, found: vec![] };
    l.pictures();
    l.cover();
    l.notes();
    l.files(raw);
    l.fonts();
    l.found.into_iter().for_each(|d| sink.push(d));
}

struct Lint<'a> {
    draft: &'a Draft<'a>,
    found: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn say(
        &mut self,
        rule: &str,
        what: String,
        todo: &str,
        source: &str,
    ) -> &mut Diagnostic {
        let profile = self.draft.traits.profile.name();
        let d = Diagnostic::new(code::READER_LIMIT, format!("{profile}/{rule}: {what}"));
        let at = self.found.len();
        self.found.push(d.hint(format!("{todo} ({source})")));
        &mut self.found[at]
    }

    fn pictures(&mut self) {
        let mut seen = BTreeSet::new();
        let chapters = &self.draft.input.book.chapters;
        let shown: Vec<_> = chapters.iter().flat_map(walk::pictures).collect();
        for at in shown {
            let Some(picture) = self.draft.input.pictures.get(&at.path) else { continue };
            if seen.insert(&at.path) {
                self.picture(at, picture);
            }
        }
    }

    fn picture(&mut self, at: &PictureRef, picture: &Picture) {
        let (limits, path) = (self.draft.traits.limits, &at.path);
        let pixels = u64::from(picture.width as u32) * u64::from(picture.height as u32);
        if let Some((most, source)) = limits.pixels
            && picture.kind != Kind::Svg
            && pixels > most
        {
            let (w, h) = (picture.width, picture.height);
            let what = format!("{path} has {w} × {h} pixels, {most} are the most");
            self.say("picture-pixels", what, "make it smaller", source).span =
                Some(at.span);
        }
        if let Some((most, source)) = limits.bytes
            && picture.bytes.len() > most
        {
            let kib = picture.bytes.len() / 1024;
            let what = format!("{path} has {kib} KiB, {} are the most", most / 1024);
            self.say("picture-bytes", what, "make it smaller", source).span =
                Some(at.span);
        }
    }

    fn cover(&mut self) {
        let Some((least, source)) = self.draft.traits.limits.cover else { return };
        // The one that keben draws is large enough.
        let Source::Own { path, span, width, height } = &self.draft.cover.source else {
            return;
        };
        let (short, long) = (width.min(height), width.max(height));
        if *short < least[0] || *long < least[1] {
            let [a, b] = least;
            let what = format!(
                "the cover {path} has {width} × {height} pixels, {a} × {b} are the least"
            );
            self.say("cover-size", what, "take a larger picture", source).span =
                Some(*span);
        }
    }

    fn notes(&mut self) {
        let Some(source) = self.draft.traits.limits.near_notes else { return };
        let book = self.draft.input.book;
        let called = book.chapters.iter().any(|c| !c.notes.is_empty());
        if called && book.notes == NotePlace::Book {
            let what = "notes in another file than their calls do not pop up".to_string();
            let todo = "say `notes = \"page\"` or `\"chapter\"` in [book]";
            self.say("far-notes", what, todo, source);
        }
    }

    fn files(&mut self, raw: &Raw) {
        let Some((most, source)) = self.draft.traits.limits.text else { return };
        for (name, bytes) in &raw.sizes {
            if *bytes > most {
                let mib = bytes >> 20;
                let what = format!(
                    "{name} has {mib} MiB with its pictures, {} are the most",
                    most >> 20
                );
                let todo = "make pictures smaller, or chapters shorter";
                self.say("file-bytes", what, todo, source);
            }
        }
    }

    fn fonts(&mut self) {
        let obfuscated = self.draft.input.embedding == Embedding::Obfuscated;
        if obfuscated && !self.draft.traits.obfuscated {
            let what = "fonts that are obfuscated are not used".to_string();
            let todo = "say `fonts = \"subset\"` in its [[edition]]";
            self.say("obfuscated-fonts", what, todo, "EPUB 3.3, 4.3");
        }
    }
}
