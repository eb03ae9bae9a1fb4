//! The faces of `fonts/`, inside the binary.

use super::{FontBytes, Role};
use std::borrow::Cow;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/fonts"]
#[include = "*.otf"]
#[include = "*.ttf"]
struct Folder;

/// One face of `fonts/` and what it is for.
#[derive(Debug)]
pub struct Builtin {
    /// file name
    pub file: &'static str,
    /// role
    pub role: Role,
    /// bold?
    pub bold: bool,
    /// italic?
    pub italic: bool,
}

const fn face(file: &'static str, role: Role, bold: bool, italic: bool) -> Builtin {
    Builtin { file, role, bold, italic }
}

/// Every face of `fonts/`, in the order in which they are asked for a
/// character that the role's own face lacks. There is no free 仿宋 of this
/// size: the role falls back to 楷.
pub const FACES: &[Builtin] = &[
    face("NotoSerifCJKsc-Regular.otf", Role::Song, false, false),
    face("NotoSerifCJKsc-Bold.otf", Role::Song, true, false),
    face("NotoSansCJKsc-Regular.otf", Role::Hei, false, false),
    face("NotoSansCJKsc-Bold.otf", Role::Hei, true, false),
    face("LXGWWenKai-Regular.ttf", Role::Kai, false, false),
    face("NotoSerif-Regular.ttf", Role::Serif, false, false),
    face("NotoSerif-Italic.ttf", Role::Serif, false, true),
    face("NotoSerif-Bold.ttf", Role::Serif, true, false),
    face("NotoSerif-BoldItalic.ttf", Role::Serif, true, true),
    face("NotoSans-Regular.ttf", Role::Sans, false, false),
    face("NotoSans-Italic.ttf", Role::Sans, false, true),
    face("NotoSans-Bold.ttf", Role::Sans, true, false),
    face("NotoSans-BoldItalic.ttf", Role::Sans, true, true),
    face("NotoSansMono-Regular.ttf", Role::Mono, false, false),
    face("NotoSansMono-Bold.ttf", Role::Mono, true, false),
];

/// KaTeX's faces, in which formulas are set, by the names that the layout of
/// formulas gives them. Nothing else is set in them.
pub const MATH: [&str; 19] = [
    "AMS-Regular",
    "Caligraphic-Regular",
    "Fraktur-Regular",
    "Fraktur-Bold",
    "Main-Bold",
    "Main-BoldItalic",
    "Main-Italic",
    "Main-Regular",
    "Math-BoldItalic",
    "Math-Italic",
    "SansSerif-Bold",
    "SansSerif-Italic",
    "SansSerif-Regular",
    "Script-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
    "Typewriter-Regular",
];

/// The bytes of one of them.
pub fn math(name: &str) -> Option<FontBytes> {
    Some(match ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{name}.ttf"))? {
        Cow::Borrowed(b) => FontBytes::Static(b),
        Cow::Owned(b) => FontBytes::Shared(b.into()),
    })
}

/// The bytes of a face; `None` where there is none of this name.
pub fn bytes(file: &str) -> Option<FontBytes> {
    match Folder::get(file)?.data {
        Cow::Borrowed(b) => Some(FontBytes::Static(b)),
        Cow::Owned(b) => Some(FontBytes::Shared(b.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Face;

    #[test]
    fn every_face_can_be_embedded() {
        let named = FACES.iter().map(|b| (b.file, bytes(b.file)));
        let formulas = MATH.iter().map(|name| (*name, math(name)));
        for (name, data) in named.chain(formulas) {
            assert!(data.and_then(|d| Face::new(d, 0)).is_some(), "{name}");
        }
    }
}
