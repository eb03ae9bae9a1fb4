//! The book's fonts, cut down to the characters it uses.

use super::chars::{self, Style};
use super::page::lang;
use super::profile::Traits;
use super::{Input, sfnt};
use crate::config::reader::Embedding;
use crate::font::{Cut, FaceId, FontSet, Role};
use rayon::prelude::*;
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

/// Faces that were cut down before: for what role and which characters.
pub(super) type Known = BTreeMap<FaceId, (Role, BTreeSet<char>, String, Vec<u8>)>;

/// Cuts down every face that the book needs. A face that cannot be cut down is
/// left out: the reading system has fonts of its own.
pub(super) fn embed(input: &Input, traits: &Traits, known: &mut Known) -> Vec<FontFile> {
    if input.embedding == Embedding::None {
        return vec![];
    }
    let (book, fonts) = (input.book, input.fonts);
    let (own, spoken) = (lang(&book.meta), chars::spoken(book));
    let faces: Vec<_> = faces(input, traits).into_iter().collect();
    let cut: Vec<_> = faces
        .into_par_iter()
        .map(|(id, (role, chars))| {
            let face = fonts.face(id);
            // What is said in other languages adds the forms that these have.
            let others = format!("{spoken:?}");
            let same = |k: &&(Role, BTreeSet<char>, String, Vec<u8>)| {
                (k.0, &k.1, &k.2) == (role, &chars, &others)
            };
            let bytes = match known.get(&id).filter(same) {
                Some(known) => known.3.clone(),
                None => sfnt::cut_down(face, &chars, own, &spoken, &family(role))?,
            };
            Some((id, role, chars, others, bytes))
        })
        .collect();
    let mut out = vec![];
    known.clear();
    for (id, role, chars, others, bytes) in cut.into_iter().flatten() {
        known.insert(id, (role, chars.clone(), others, bytes.clone()));
        let (weight, italic) = (fonts.face(id).weight, fonts.face(id).italic);
        let cff = bytes.starts_with(b"OTTO");
        let ext = if cff { "otf" } else { "ttf" };
        // Of the types that EPUB 3.3 knows for a font (3.2), the one that old programs
        // know too.
        let media = "application/vnd.ms-opentype";
        let name = format!("fonts/{}-{}.{ext}", role.name(), out.len() + 1);
        out.push(FontFile { name, media, role, weight, italic, chars, bytes });
    }
    out
}

/// The faces that the style sheet asks for, each with its role and its characters.
fn faces(input: &Input, traits: &Traits) -> BTreeMap<FaceId, (Role, BTreeSet<char>)> {
    let fonts = input.fonts;
    let mut faces: BTreeMap<FaceId, (Role, BTreeSet<char>)> = BTreeMap::new();
    let mut used = chars::used(input.book, input.paging);
    if !traits.text_face {
        used.remove(&Style::Body);
    }
    // Headings in other faces than labels: the style sheet makes both bold.
    let head = Cut { bold: true, italic: false, ..input.head };
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
    faces
}

/// The family that the style sheet asks for.
pub(super) fn family(role: Role) -> String {
    format!("keben-{}", role.name())
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
