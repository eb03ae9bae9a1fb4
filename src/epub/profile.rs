//! What reading systems make of an EPUB: one row each. A build follows its row, and
//! `lint` holds a book against the row's limits.

use crate::config::reader::Profile;
use crate::picture::Kind;

/// The habits of a reading system.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// whose
    pub(super) profile: Profile,
    /// the text has a face of the book's, unless the reader chooses another
    pub(super) text_face: bool,
    /// the package must say that fonts are the book's
    pub(super) specified_fonts: bool,
    /// the cover stands on a page of the book too
    pub(super) cover_page: bool,
    /// the cover is made of pixels
    pub(super) raster_cover: bool,
    /// levels of the contents that are shown
    pub(super) depth: usize,
    /// what calls a note
    pub(super) notes: Notes,
    /// MathML is read
    pub(super) math: bool,
    /// fonts may be obfuscated
    pub(super) obfuscated: bool,
    /// what it takes
    pub(super) limits: Limits,
}

/// What calls a note.
#[derive(Debug, Clone, Copy, Eq, PartialEq)]
pub(super) enum Notes {
    /// its mark
    Mark,
    /// its mark, and an icon that has the whole note as its alternative text
    MarkAndIcon,
    /// an icon; notes are items of a list
    Icon,
}

/// What a reading system or its shop takes, with where that is written. Nothing said
/// is no limit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Limits {
    /// kinds of picture
    pub(super) kinds: Option<(&'static [Kind], &'static str)>,
    /// pixels of a picture
    pub(super) pixels: Option<(u64, &'static str)>,
    /// bytes of a picture
    pub(super) bytes: Option<(usize, &'static str)>,
    /// least pixels of the cover's shorter and longer side
    pub(super) cover: Option<([u32; 2], &'static str)>,
    /// bytes that a file of text may have with the pictures that it shows
    pub(super) text: Option<(usize, &'static str)>,
    /// notes must stand in the file of their calls
    pub(super) near_notes: Option<&'static str>,
}

/// 128 MB of pixels: what a telephone can spare for one picture.
const DECODED: &str = "a picture is four bytes a pixel in a reader's memory";

const RASTER: &[Kind] = &[Kind::Png, Kind::Jpeg, Kind::Gif];
const DRAWN: &[Kind] = &[Kind::Png, Kind::Jpeg, Kind::Svg];

/// The documents that the rules are from, as far as they can be read. Where one cannot,
/// or says nothing, the source is "judgement": what its programs were seen to do, or
/// what others report of it.
// KDP Help, Kindle Publishing Guidelines. Enhanced Typesetting takes no SVG.
const KINDLE_IMAGES: &str = "Kindle Publishing Guidelines, Image Guidelines - Reflowable";
// Reported of the edition 2014.1; that of today on the web was not read so far.
const KINDLE_BYTES: &str = "Kindle Publishing Guidelines 2014.1, as reported";
const KINDLE_COVER: &str = "Kindle Publishing Guidelines, Cover Image Guidelines";
const KINDLE_NOTES: &str = "judgement: notes pop up within one file";
// JPEG or PNG, 5.6 million pixels; Apple's page for publishers advises 4 million. SVG is
// EPUB's own and is shown.
const APPLE_IMAGES: &str = "Apple Books Asset Guide, images";
const APPLE_COVER: &str = "judgement: Apple Books Asset Guide, Book Cover Art, not read";
const APPLE_NOTES: &str =
    "judgement: Apple Books Asset Guide, Pop-up Footnotes, not read";
// A recommendation: larger files load, slowly. MathML and obfuscated fonts are read.
const KOBO: &str = "Kobo EPUB Guidelines, Limitations and Maximums";
// Duokan's specification is off the web; others' notes of it remain. WeRead has none.
const DUOKAN: &str = "judgement: 多看电子书规范扩展, by others' notes";
const WEREAD: &str = "judgement: 微信读书自制书, as observed";

const STANDARD: Traits = Traits {
    profile: Profile::Standard,
    text_face: true,
    specified_fonts: false,
    cover_page: true,
    raster_cover: false,
    depth: 4,
    notes: Notes::Mark,
    math: true,
    obfuscated: true,
    limits: Limits {
        kinds: None,
        pixels: Some((32_000_000, DECODED)),
        bytes: None,
        cover: None,
        text: None,
        near_notes: None,
    },
};

/// One row a profile.
const TRAITS: [Traits; 6] = [
    STANDARD,
    // The text is set as the reader likes it, the cover is never seen twice, contents
    // have two levels, and fonts are Amazon's to scramble.
    Traits {
        profile: Profile::Kindle,
        text_face: false,
        cover_page: false,
        raster_cover: true,
        depth: 2,
        obfuscated: false,
        limits: Limits {
            kinds: Some((RASTER, KINDLE_IMAGES)),
            bytes: Some((5 << 20, KINDLE_BYTES)),
            cover: Some(([625, 1000], KINDLE_COVER)),
            near_notes: Some(KINDLE_NOTES),
            ..STANDARD.limits
        },
        ..STANDARD
    },
    Traits {
        profile: Profile::Apple,
        specified_fonts: true,
        raster_cover: true,
        limits: Limits {
            kinds: Some((DRAWN, APPLE_IMAGES)),
            pixels: Some((5_600_000, APPLE_IMAGES)),
            cover: Some(([1400, 1400], APPLE_COVER)),
            near_notes: Some(APPLE_NOTES),
            ..STANDARD.limits
        },
        ..STANDARD
    },
    Traits {
        profile: Profile::Kobo,
        raster_cover: true,
        limits: Limits { text: Some((10 << 20, KOBO)), ..STANDARD.limits },
        ..STANDARD
    },
    Traits {
        profile: Profile::Weread,
        text_face: false,
        raster_cover: true,
        depth: 3,
        notes: Notes::MarkAndIcon,
        math: false,
        obfuscated: false,
        limits: Limits {
            kinds: Some((RASTER, WEREAD)),
            near_notes: Some(WEREAD),
            ..STANDARD.limits
        },
        ..STANDARD
    },
    Traits {
        profile: Profile::Duokan,
        text_face: false,
        raster_cover: true,
        depth: 3,
        notes: Notes::Icon,
        math: false,
        obfuscated: false,
        limits: Limits {
            kinds: Some((RASTER, DUOKAN)),
            near_notes: Some(DUOKAN),
            ..STANDARD.limits
        },
        ..STANDARD
    },
];

/// The row of a profile.
pub(super) fn traits(profile: Profile) -> Traits {
    TRAITS.into_iter().find(|t| t.profile == profile).unwrap_or(STANDARD)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn each_profile_has_a_row() {
        for profile in Profile::ALL {
            assert_eq!(traits(profile).profile, profile);
            assert_eq!(Profile::named(profile.name()), Some(profile));
        }
    }
}
