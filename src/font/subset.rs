//! A face cut down to some of its glyphs.
//!
//! subsetter does that for any face, but takes every outline apart. allsorts, with which
//! printpdf does it, leaves outlines as they are: a third of the time, and of the memory
//! that is the most a book takes. It is given keben's own large faces alone, whose bytes
//! are known to be right; and it keeps the character identifiers of a CID-keyed face
//! (CFF, Adobe Technical Note 5176, 18), which in a file are the new glyphs' numbers.

use super::Face;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile};
use skrifa::raw::ps::cff::dict::{self, Entry};
use skrifa::raw::{FontRef, TableProvider};
use subsetter::GlyphRemapper;

/// A font file with these glyphs, each once, numbered anew in their order; glyph 0 comes
/// first, whether it is named or not, and is never named behind others.
pub fn subset(face: &Face, glyphs: &[u16]) -> Result<Vec<u8>, String> {
    if face.bundled
        && glyphs.len() >= MANY
        && let Some(small) = kept(face, glyphs)
    {
        return Ok(small);
    }
    let map = GlyphRemapper::new_from_glyphs(glyphs);
    subsetter::subset(&face.data, face.index, &map)
        .map_err(|e| format!("{}: {e}", face.name))
}

/// Of fewer glyphs the subroutines would be larger than the outlines that call them.
const MANY: usize = 500;

/// The same with outlines as they are; `None` for a face that is not CID-keyed.
fn kept(face: &Face, glyphs: &[u16]) -> Option<Vec<u8>> {
    let source = FontRef::from_index(&face.data, face.index).ok()?;
    charset(&source)?;
    let blank = glyphs.first().is_none_or(|g| *g > 0);
    let ids: Vec<u16> =
        blank.then_some(0).into_iter().chain(glyphs.iter().copied()).collect();
    let font = ReadScope::new(&face.data).read::<FontData<'_>>().ok()?;
    let tables = font.table_provider(face.index as usize).ok()?;
    let (profile, map) = (SubsetProfile::Pdf, CmapTarget::Unrestricted);
    let mut small = allsorts::subset::subset(&tables, &ids, &profile, map).ok()?;
    let (at, format) = charset(&FontRef::new(&small).ok()?)?;
    // Format 0: a number of two bytes for each glyph but the first.
    let numbers = small.get_mut(at + 1..at + 1 + 2 * (ids.len() - 1))?;
    for (n, number) in (1_u16..).zip(numbers.chunks_exact_mut(2)) {
        number.copy_from_slice(&n.to_be_bytes());
    }
    (format == 0).then_some(small)
}

/// Where in a file the character identifiers of a CID-keyed face begin, and their format.
fn charset(font: &FontRef<'_>) -> Option<(usize, u8)> {
    let cff = font.cff().ok()?;
    let top = cff.top_dicts();
    let (mut keyed, mut at) = (false, None);
    for entry in dict::entries(top.get(0)?, None) {
        if let Ok(Entry::Ros { .. }) = entry {
            keyed = true;
        } else if let Ok(Entry::Charset(offset)) = entry {
            at = Some(offset);
        }
    }
    let format = *cff.offset_data().as_bytes().get(at.filter(|_| keyed)?)?;
    let records = font.table_directory().table_records();
    let record = records.iter().find(|r| r.tag() == skrifa::Tag::new(b"CFF "))?;
    Some((record.offset() as usize + at?, format))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FontBytes, builtin};

    fn face(file: &str) -> Face {
        Face::builtin(builtin::bytes(file).expect(file), 0).expect(file)
    }

    /// What a font draws for each of its glyphs.
    fn outlines(bytes: &[u8]) -> Vec<String> {
        use skrifa::MetadataProvider;
        let font = FontRef::new(bytes).expect("a font");
        let size = skrifa::instance::Size::unscaled();
        let place = skrifa::instance::LocationRef::default();
        let drawn = |outline: skrifa::OutlineGlyph<'_>| {
            let mut pen = skrifa::outline::pen::SvgPen::new();
            outline.draw((size, place), &mut pen).expect("an outline");
            pen.to_string()
        };
        font.outline_glyphs().iter().map(|(_, outline)| drawn(outline)).collect()
    }

    #[test]
    fn a_face_cut_down_in_either_way_draws_the_same() {
        let face = face("NotoSerifCJKsc-Regular.otf");
        let chars = "山河万里，追光而行。A１";
        let mut glyphs: Vec<u16> = chars.chars().filter_map(|c| face.glyph(c)).collect();
        glyphs.sort_unstable();
        let small = kept(&face, &glyphs).expect("it is CID-keyed");
        let foreign =
            Face::new(FontBytes::Shared((*face.data).into()), 0).expect("a font");
        let plain = subset(&foreign, &glyphs).expect("it can be cut down");
        assert_ne!(small, plain, "the ways differ");
        assert_eq!(outlines(&small), outlines(&plain));
        assert_eq!(outlines(&small).len(), glyphs.len() + 1);
    }

    #[test]
    fn characters_are_the_numbers_of_their_glyphs() {
        let face = face("NotoSansCJKsc-Regular.otf");
        let small = kept(&face, &[0, 700, 5_000]).expect("it is CID-keyed");
        let font = FontRef::new(&small).expect("a font");
        let (at, format) = charset(&font).expect("it is CID-keyed");
        assert_eq!((format, &small[at + 1..at + 5]), (0, &[0, 1, 0, 2][..]));
    }

    #[test]
    fn other_faces_are_left_to_the_other_way() {
        let face = face("NotoSerif-Regular.ttf");
        assert!(kept(&face, &[5]).is_none());
        assert!(subset(&face, &[5]).is_ok());
    }
}
