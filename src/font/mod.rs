//! Fonts: which face has a character, and how wide it is.

pub mod role;

pub use role::Role;

use std::sync::Arc;

/// All faces a build may use.
#[derive(Debug, Default)]
pub struct FontSet {
    faces: Vec<Face>,
}

/// One face, kept as bytes.
#[derive(Debug)]
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

impl FontSet {
    /// A face by its id.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0 as usize]
    }
    /// The face that sets `c` in this cut, after fallback; `None` if no face has it.
    pub fn face_for(&self, _cut: Cut, _c: char) -> Option<FaceId> {
        None
    }
}
