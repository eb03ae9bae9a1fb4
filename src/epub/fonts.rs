//! The book's fonts, cut down to the characters it uses.

use super::chars::{self, Style};
use super::page::lang;
use super::sfnt;
use crate::book::Book;
use crate::font::{Cut, FaceId, FontSet, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A font file of the publication.
#[derive(Debug)]
pub(super) struct FontFile {
    /// path below `OEBPS/`
    pub(super) name: String,
    /// media type
    pub(super) media: &'static str,
    /// `keben-` and this is its family
    pub(super) role: Role,
    /// 400 or 700
    pub(super) weight: u16,
    /// slanted?
    pub(super) italic: bool,
    /// what it has
    pub(super) chars: BTreeSet<char>,
    /// the file
    pub(super) bytes: Vec<u8>,
}

/// Cuts down every face that the book needs. A face that cannot be cut down is
/// left out: the reading system has fonts of its own.
pub(super) fn embed(book: &Book, fonts: &FontSet, head: Cut) -> Vec<FontFile> {
    let (own, spoken) = (lang(&book.meta), chars::spoken(book));
    let mut faces: BTreeMap<FaceId, (Role, BTreeSet<char>)> = BTreeMap::new();
    let used = chars::used(book);
    // Headings in other faces than labels: the style sheet makes both bold.
    let head = Cut { bold: true, italic: false, ..head };
    let heads = used.get(&Style::Head).filter(|_| head != Style::Head.cut());
    for c in heads.into_iter().flatten() {
        let Some(id) = fonts.face_for(head, *c) else { continue };
        let role = if c.is_ascii() { head.latin } else { head.han };
        faces.entry(id).or_insert_with(|| (role, BTreeSet::new())).1.insert(*c);
    }
    for (style, used) in used {
        for c in used {
            let Some(id) = fonts.face_for(style.cut(), c) else { continue };
            let role = || role(fonts, style, c, id);
            faces.entry(id).or_insert_with(|| (role(), BTreeSet::new())).1.insert(c);
        }
    }
    let mut out = vec![];
    for (id, (role, chars)) in faces {
        let face = fonts.face(id);
        let Some(bytes) = sfnt::cut_down(face, &chars, own, &spoken) else { continue };
        let cff = bytes.starts_with(b"OTTO");
        let (ext, media) = if cff { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        let name = format!("fonts/{}-{}.{ext}", role.name(), out.len() + 1);
        let (weight, italic) = (face.weight, face.italic);
        out.push(FontFile { name, media, role, weight, italic, chars, bytes });
    }
    out
}

/// What a face is for: the role whose own characters it has, or, if it came in
/// to help out, the one it helps.
fn role(fonts: &FontSet, style: Style, c: char, id: FaceId) -> Role {
    let every = [
        Style::Body,
        Style::Strong,
        Style::Kai,
        Style::Head,
        Style::Title,
        Style::Code,
        Style::CodeStrong,
    ];
    for Cut { han, latin, bold, italic } in every.map(Style::cut) {
        let cut = Cut { han, latin, bold, italic };
        if fonts.face_for(cut, '一') == Some(id) {
            return han;
        }
        if fonts.face_for(cut, 'a') == Some(id) {
            return latin;
        }
    }
    if c.is_ascii() { style.cut().latin } else { style.cut().han }
}
