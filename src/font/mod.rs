//! Fonts: which face has a character, what it looks like, how wide it is.

pub mod builtin;
pub mod installed;
pub mod role;
pub mod set;
pub mod shape;
mod single;
pub mod subset;

pub use role::Role;
pub use set::{FontFile, FontSet};
pub use single::Single;

use skrifa::string::StringId;
use std::sync::Arc;

/// A face of a [`FontSet`].
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct FaceId(pub u16);

/// What a stretch of text asks of the fonts.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Cut {
    /// role for Han
    pub han: Role,
    /// role for Latin
    pub latin: Role,
    /// bold?
    pub bold: bool,
    /// italic? Latin only: Han is never slanted
    pub italic: bool,
}

/// Which of a cut's two roles a character is set in. Curly quotes and dashes
/// belong to either, so the composer says which.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Side {
    /// the Han role
    Han,
    /// the Latin role
    Latin,
}

impl Side {
    /// The side of a character on its own.
    pub fn of(c: char) -> Side {
        let latin = matches!(c, '\0'..='\u{24f}' | '\u{250}'..='\u{2af}'
            | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}');
        if latin && c != '·' { Side::Latin } else { Side::Han }
    }
}

/// One face, kept as bytes and parsed once.
pub struct Face {
    /// PostScript name, such as `NotoSerifCJKsc-Regular`
    pub name: String,
    /// family name
    pub family: String,
    /// the file, for embedding
    pub data: FontBytes,
    /// index in a collection
    pub index: u32,
    /// 400 or 700
    pub weight: u16,
    /// slanted?
    pub italic: bool,
    /// units per em
    pub upem: u16,
    /// one of keben's own, whose bytes are known
    bundled: bool,
    font: skrifa::Font,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

impl Face {
    /// Parses a face; `None` if the bytes hold no font at that index, or one that
    /// cannot be embedded.
    pub fn new(data: FontBytes, index: u32) -> Option<Face> {
        let face = Face::builtin(data, index)?;
        // A face that cannot be cut down cannot be embedded.
        let mut one = subsetter::GlyphRemapper::new();
        one.remap(1);
        subsetter::subset(&face.data, index, &one).ok()?;
        Some(Face { bundled: false, ..face })
    }
    /// Parses a face of which it is known that it can be embedded: one of keben's.
    pub(crate) fn builtin(data: FontBytes, index: u32) -> Option<Face> {
        let source: skrifa::font::Source = match &data {
            FontBytes::Static(b) => (*b).into(),
            FontBytes::Shared(b) => {
                let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(b.clone());
                skrifa::font::Blob::from(shared).into()
            }
        };
        let font = skrifa::Font::new(source, index)?;
        if font.num_glyphs() == 0 || !font.charmap().has_unicode() {
            return None;
        }
        let read = skrifa::FontRef::from_index(&data, index).ok()?;
        let string = |id| {
            skrifa::MetadataProvider::localized_strings(&read, id)
                .english_or_first()
                .map(|s| s.chars().collect::<String>())
        };
        let family = string(StringId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| string(StringId::FAMILY_NAME))
            .unwrap_or_default();
        let name = string(StringId::POSTSCRIPT_NAME).unwrap_or_else(|| family.clone());
        let attributes = skrifa::MetadataProvider::attributes(&read);
        let weight = if attributes.weight.value() >= 600.0 { 700 } else { 400 };
        let italic = attributes.style != skrifa::attribute::Style::Normal;
        let upem = font.units_per_em();
        let bundled = true;
        Some(Face { name, family, data, index, weight, italic, upem, bundled, font })
    }
    /// The parsed font.
    pub fn font(&self) -> &skrifa::Font {
        &self.font
    }
    /// Whether the face has a glyph for `c`.
    pub fn has(&self, c: char) -> bool {
        self.glyph(c).is_some()
    }
    /// The glyph of a character on its own.
    pub fn glyph(&self, c: char) -> Option<u16> {
        let id = self.font.charmap().map_unicode(c)?.to_u32();
        u16::try_from(id).ok().filter(|id| *id != 0)
    }
}

/// The bytes of a font file: inside the binary, or read once and shared.
#[derive(Debug, Clone)]
pub enum FontBytes {
    /// inside the binary
    Static(&'static [u8]),
    /// read from a file
    Shared(Arc<[u8]>),
}

impl std::ops::Deref for FontBytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            FontBytes::Static(b) => b,
            FontBytes::Shared(b) => b,
        }
    }
}

impl AsRef<[u8]> for FontBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}
