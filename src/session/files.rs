//! Fonts and pictures that a book names, read from its folder.

use crate::book::{Book, walk};
use crate::config::{Config, FontName};
use crate::diag::{Diagnostic, Sink, code};
use crate::font::installed::Installed;
use crate::font::{Face, FontBytes, FontFile, FontSet};
use crate::manuscript::Folder;
use crate::picture::{self, Look, Picture, Pictures, SvgFonts};
use crate::source::Span;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The built-in faces, with the author's own before them.
pub(super) fn new_fonts(
    folder: &Folder,
    config: &Config,
    machine: bool,
    sink: &mut Sink,
) -> FontSet {
    let mut own = vec![];
    let mut installed = None;
    for f in &config.fonts {
        let face = match &f.source {
            FontName::File(path) => folder
                .bytes(path, config.limits.file_bytes)
                .map_err(|fault| fault.diagnostic(path, Some(f.span)))
                .and_then(|bytes| {
                    let bad = || {
                        Diagnostic::new(code::BAD_FONT, format!("{path} is no font"))
                            .at(f.span)
                            .hint("OpenType and TrueType files work: .otf .ttf .ttc")
                    };
                    Face::new(FontBytes::Shared(bytes.into()), 0).ok_or_else(bad)
                }),
            FontName::Family(name) if !machine => Err(not_of_the_book(name, f.span)),
            FontName::Family(name) => installed
                .get_or_insert_with(Installed::load)
                .face(name, f.bold, f.italic)
                .ok_or_else(|| {
                    Diagnostic::new(
                        code::UNKNOWN_FAMILY,
                        format!("no font “{name}” is installed"),
                    )
                    .at(f.span)
                    .hint("put the font file into the book and name its path")
                }),
        };
        match face {
            Ok(face) => {
                own.push(FontFile { role: f.role, bold: f.bold, italic: f.italic, face });
            }
            Err(fault) => sink.push(fault),
        }
    }
    FontSet::new(own)
}

/// A font of the machine, where only the book's folder is read.
fn not_of_the_book(family: &str, span: Span) -> Diagnostic {
    let message = format!("“{family}” is a font of the machine, which is not looked at");
    Diagnostic::new(code::UNKNOWN_FAMILY, message).at(span).hint(
        "put the font file into the book and name its path, or leave out --isolated",
    )
}

/// Every picture that the book names, read and checked.
pub(super) fn pictures(
    look: Look,
    folder: &Folder,
    config: &Config,
    book: &Book,
    fonts: &FontSet,
    old: &Pictures,
    sink: &mut Sink,
) -> Pictures {
    let mut found: BTreeMap<String, Span> = BTreeMap::new();
    for p in book.chapters.iter().flat_map(walk::pictures) {
        found.entry(p.path.clone()).or_insert(p.span);
    }
    read(found, look, folder, config, fonts, old, sink)
}

/// Pictures by path, and where each is named; those whose files are the same are the old
/// ones.
pub(super) fn read(
    found: BTreeMap<String, Span>,
    look: Look,
    folder: &Folder,
    config: &Config,
    fonts: &FontSet,
    old: &Pictures,
    sink: &mut Sink,
) -> Pictures {
    let svg_fonts = SvgFonts::new(fonts);
    let read: Vec<_> = found
        .into_par_iter()
        .map(|(path, span)| {
            let limits = &config.limits;
            let old = old.get(&path).filter(|old| old.look >= look);
            if let Some(known) = old.filter(|_| folder.is_same(&path)) {
                return (path, span, Ok(known.clone()));
            }
            let picture = folder
                .bytes(&path, limits.file_bytes)
                .map_err(|fault| fault.diagnostic(&path, Some(span)))
                .and_then(|bytes| {
                    if let Some(known) = old.filter(|old| *old.bytes == *bytes) {
                        return Ok(known.clone());
                    }
                    let limit = limits.picture_pixels;
                    picture::read(bytes, look, limit, &svg_fonts)
                        .map_err(|fault| picture_fault(&fault, &path, limit).at(span))
                });
            (path, span, picture)
        })
        .collect();
    let mut pictures = Pictures::default();
    for (path, span, picture) in read {
        match picture {
            Ok(picture) => {
                picture_notes(&picture, &path).for_each(|d| sink.push(d.at(span)));
                pictures.map.insert(path, picture);
            }
            Err(fault) => sink.push(fault),
        }
    }
    pictures
}

/// What is to be said of a picture that can be used.
fn picture_notes(picture: &Picture, path: &str) -> impl Iterator<Item = Diagnostic> {
    let profile = picture.profile_fault.as_ref().map(|why| {
        let message = format!("the colour profile of {path} cannot be used: {why}");
        Diagnostic::new(code::BAD_PROFILE, message)
            .hint("its colours are taken as sRGB, or as inks of the press; save it anew")
    });
    let filters = picture.drawing.as_ref().filter(|t| picture::drawing::has_filters(t));
    let filters = filters.map(|_| {
        let message = format!("parts of {path} are shown as pixels in the PDF");
        Diagnostic::new(code::RASTER_SVG, message).hint(
            "PDF has no filters, such as blur and shadow; they are drawn at 300 dpi",
        )
    });
    let cut = picture.cut.then(|| {
        Diagnostic::new(code::CUT_PICTURE, format!("{path} stops before its end"))
            .hint("what is missing of it is grey; copy or export it anew")
    });
    profile.into_iter().chain(filters).chain(cut)
}

fn picture_fault(fault: &picture::Fault, path: &str, limit: u64) -> Diagnostic {
    match fault {
        picture::Fault::Bad(why) => {
            Diagnostic::new(code::BAD_PICTURE, format!("{path} is no picture: {why}"))
                .hint("PNG, JPEG, GIF, WebP and SVG work")
        }
        picture::Fault::Huge { pixels } => Diagnostic::new(
            code::HUGE_PICTURE,
            format!(
                "{path} has {} megapixels, the limit is {}",
                pixels / 1_000_000,
                limit / 1_000_000
            ),
        )
        .hint("make it smaller, or raise picture-pixels in [limits]"),
    }
}
