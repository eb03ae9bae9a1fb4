//! Pictures: what a file holds, and whether it is safe to use.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The pictures of a book, by their path in [`crate::book::PictureRef`].
#[derive(Debug, Default, Clone)]
pub struct Pictures {
    /// those that could be read
    pub map: BTreeMap<String, Picture>,
}

impl Pictures {
    /// A picture, if it could be read.
    pub fn get(&self, path: &str) -> Option<&Picture> {
        self.map.get(path)
    }
}

/// One picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// what the file is
    pub kind: Kind,
    /// the file
    pub bytes: Arc<[u8]>,
    /// width in pixels (SVG: user units)
    pub width: f32,
    /// height in pixels (SVG: user units)
    pub height: f32,
}

/// Kinds of picture file.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Kind {
    /// PNG
    Png,
    /// JPEG
    Jpeg,
    /// GIF
    Gif,
    /// WebP
    Webp,
    /// SVG
    Svg,
}

impl Kind {
    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Gif => "image/gif",
            Kind::Webp => "image/webp",
            Kind::Svg => "image/svg+xml",
        }
    }
    /// Ending of a file name.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Png => "png",
            Kind::Jpeg => "jpg",
            Kind::Gif => "gif",
            Kind::Webp => "webp",
            Kind::Svg => "svg",
        }
    }
}
