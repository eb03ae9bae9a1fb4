//! `[[edition]]`.

use super::section::{Given, Section};
use super::{press, reader};
use crate::config::{Edition, Format, Medium, Reader};

const FORMATS: [(&str, Format); 2] = [("pdf", Format::Pdf), ("epub", Format::Epub)];
const MEDIA: [(&str, Medium); 2] = [("screen", Medium::Screen), ("print", Medium::Print)];
/// Whether it is strict.
const CONFORMANCE: [(&str, bool); 2] = [("usual", false), ("strict", true)];

/// The editions; without any, one of each kind.
pub(super) fn read(top: &mut Section) -> Vec<Edition> {
    let mut list: Vec<Edition> = vec![];
    for table in top.tables("edition") {
        let mut s = top.inner("edition", table);
        let edition = edition(&mut s, &list);
        s.finish();
        list.extend(edition);
    }
    reader::check(&mut list, top);
    if list.is_empty() {
        list = [Format::Pdf, Format::Epub].map(Edition::unnamed).into();
    }
    list
}

fn edition(s: &mut Section, before: &[Edition]) -> Option<Edition> {
    let name = s.string("name");
    let format = s.choice("format", &FORMATS);
    let Some(name) = name else {
        s.reject_here("an edition needs a name", "such as `name = \"print\"`");
        return None;
    };
    if !edition_name(&name, before, s) {
        return None;
    }
    if format.is_none() && !s.has("format") {
        s.reject_here("an edition needs a format", "`format = \"pdf\"` or `\"epub\"`");
    }
    let medium = s.choice("medium", &MEDIA).map_or(Medium::Screen, |g| g.value);
    let strict = s.choice("conformance", &CONFORMANCE).is_some_and(|g| g.value);
    let format = format?.value;
    let printed = format == Format::Pdf && medium == Medium::Print;
    if !printed {
        press::refuse(s);
    }
    let press = printed.then(|| press::read(s));
    let reader = match format {
        Format::Epub => reader::read(s),
        Format::Pdf => {
            reader::refuse(s);
            Reader::default()
        }
    };
    Some(Edition { name: name.value, format, press, strict, reader })
}

fn edition_name(name: &Given<String>, before: &[Edition], s: &mut Section) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.value.is_empty() || !name.value.chars().all(fits) {
        let message = format!("`{}` cannot name an edition", name.value);
        s.reject(name.span, message, "use a-z, 0-9 and `-`");
        return false;
    }
    if before.iter().any(|e| e.name == name.value) {
        let message = format!("two editions are named `{}`", name.value);
        s.reject(name.span, message, "give each edition a name of its own");
        return false;
    }
    true
}
