//! Pictures: what a file holds, and whether it is safe to use.

pub mod drawing;
pub mod jpeg;
pub mod png;
pub mod press;
pub mod raster;
pub mod shown;

use crate::colour::{Profile, Space};
use crate::font::FontSet;
use image::ImageDecoder;
use image::metadata::Orientation;
use std::collections::BTreeMap;
use std::io::Cursor;
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
    /// Whether these are the very same pictures, not only equal ones.
    pub fn alike(&self, other: &Pictures) -> bool {
        let same = |(a, b): ((&String, &Picture), (&String, &Picture))| {
            a.0 == b.0 && Arc::ptr_eq(&a.1.bytes, &b.1.bytes)
        };
        self.map.len() == other.map.len() && self.map.iter().zip(&other.map).all(same)
    }
}

/// One picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// what the file is
    pub kind: Kind,
    /// the file
    pub bytes: Arc<Vec<u8>>,
    /// how far it was looked into
    pub look: Look,
    /// width in pixels (SVG: user units)
    pub width: f32,
    /// height in pixels (SVG: user units)
    pub height: f32,
    /// an SVG's drawing
    pub drawing: Option<Arc<usvg::Tree>>,
    /// where the rows of a plain PNG are
    pub plain: Option<png::Plain>,
    /// whether a JPEG stops before its end; what is missing of it is grey
    pub cut: bool,
    /// how the pixels are to be turned, as a camera says in EXIF; width and
    /// height are those after turning
    pub turned: Orientation,
    /// what its colours mean, if it says so
    pub profile: Option<Profile>,
    /// why the profile that it brings cannot be used; its colours are taken as if it
    /// had none
    pub profile_fault: Option<String>,
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
    fn of(bytes: &[u8]) -> Option<Kind> {
        match image::guess_format(bytes) {
            Ok(image::ImageFormat::Png) => Some(Kind::Png),
            Ok(image::ImageFormat::Jpeg) => Some(Kind::Jpeg),
            Ok(image::ImageFormat::Gif) => Some(Kind::Gif),
            Ok(image::ImageFormat::WebP) => Some(Kind::Webp),
            Ok(_) => None,
            Err(_) => {
                let head = &bytes[..bytes.len().min(4096)];
                // Not svgz: what it unpacks to has no bound.
                let text = String::from_utf8_lossy(head);
                text.contains("<svg").then_some(Kind::Svg)
            }
        }
    }
}

/// Why a picture cannot be used.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Fault {
    /// The bytes are no picture of a known kind, or a damaged one.
    Bad(String),
    /// More pixels than the limit.
    Huge {
        /// how many
        pixels: u64,
    },
}

/// How a picture's pixels are to be turned, and the profile that it brings.
fn head(bytes: &[u8]) -> (Orientation, Result<Option<Profile>, String>) {
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok();
    let Some(mut decoder) = reader.and_then(|r| r.into_decoder().ok()) else {
        return (Orientation::NoTransforms, Ok(None));
    };
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let space = match jpeg::frame(bytes).map(|f| f.components) {
        Some(4) => Space::Cmyk,
        _ if decoder.color_type().channel_count() < 3 => Space::Grey,
        _ => Space::Rgb,
    };
    let Ok(Some(icc)) = decoder.icc_profile() else { return (turned, Ok(None)) };
    let profile = Profile::read(icc).and_then(|p| match p.space() == space {
        true => Ok(Some(p)),
        false => Err(format!("it is for {:?}, the picture is {space:?}", p.space())),
    });
    (turned, profile)
}

/// How far pictures are looked into.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Look {
    /// As far as one says of itself that it is whole, if it goes into files for screens
    /// as it is; if not, to its pixels.
    #[default]
    Seals,
    /// To its pixels, all of which are decoded.
    Pixels,
}

/// Reads a picture as far as is asked for, and at least far enough to know its size. SVG
/// text is set with `fonts`; pictures that an SVG names by file are left out.
pub fn read(
    bytes: Vec<u8>,
    look: Look,
    limit: u64,
    fonts: &SvgFonts,
) -> Result<Picture, Fault> {
    let kind = Kind::of(&bytes)
        .ok_or_else(|| Fault::Bad("not a PNG, JPEG, GIF, WebP or SVG file".into()))?;
    if kind == Kind::Svg {
        return svg(bytes, limit, fonts);
    }
    let reader = image::ImageReader::new(Cursor::new(&bytes))
        .with_guessed_format()
        .map_err(|e| Fault::Bad(e.to_string()))?;
    // The header alone tells the size: nothing is decoded before it is checked.
    let (w, h) = reader.into_dimensions().map_err(|e| Fault::Bad(e.to_string()))?;
    let pixels = u64::from(w) * u64::from(h);
    if pixels > limit {
        return Err(Fault::Huge { pixels });
    }
    if pixels == 0 {
        return Err(Fault::Bad("it has no pixels".into()));
    }
    let (turned, profile) = head(&bytes);
    let plain = if kind == Kind::Png { png::plain(&bytes) } else { None };
    let cut = kind == Kind::Jpeg && !jpeg::has_end(&bytes);
    let kept = match kind {
        Kind::Png => plain.as_ref().is_some_and(png::Plain::is_kept),
        Kind::Jpeg => jpeg::frame(&bytes).is_some_and(|f| f.is_plain() && !f.is_inks()),
        Kind::Gif | Kind::Webp | Kind::Svg => false,
    };
    let sealed = kept && !cut && turned == Orientation::NoTransforms;
    if look == Look::Pixels || !sealed {
        raster::image(&bytes, pixels).map_err(Fault::Bad)?;
    }
    let (profile, profile_fault) = match profile {
        Ok(profile) => (profile, None),
        Err(fault) => (None, Some(fault)),
    };
    let swapped = matches!(
        turned,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let (w, h) = if swapped { (h, w) } else { (w, h) };
    let (width, height) = (w as f32, h as f32);
    Ok(Picture {
        kind,
        bytes: bytes.into(),
        look,
        width,
        height,
        drawing: None,
        plain,
        cut,
        turned,
        profile,
        profile_fault,
    })
}

/// The book's fonts as usvg wants them.
#[derive(Debug, Clone)]
pub struct SvgFonts(Arc<usvg::fontdb::Database>);

impl SvgFonts {
    /// No faces, for pictures that are no drawings.
    pub fn none() -> SvgFonts {
        SvgFonts(Arc::new(usvg::fontdb::Database::new()))
    }
    /// All faces of a set.
    pub fn new(fonts: &FontSet) -> SvgFonts {
        let mut db = usvg::fontdb::Database::new();
        for (_, face) in fonts.faces() {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(face.data.clone());
            db.load_font_source(usvg::fontdb::Source::Binary(data));
        }
        let family = |prefix: &str| {
            let found = fonts.faces().find(|(_, f)| f.family.starts_with(prefix));
            found.map(|(_, f)| f.family.clone())
        };
        let sans = family("Noto Sans CJK").or_else(|| family("")).unwrap_or_default();
        let serif = family("Noto Serif CJK").unwrap_or_else(|| sans.clone());
        db.set_sans_serif_family(sans);
        db.set_serif_family(serif);
        db.set_monospace_family(family("Noto Sans Mono").unwrap_or_default());
        SvgFonts(Arc::new(db))
    }
}

/// Pictures inside an SVG, where they keep to the limit.
fn bounded(limit: u64) -> usvg::ImageHrefDataResolverFn<'static> {
    let read = usvg::ImageHrefResolver::default_data_resolver();
    Box::new(move |mime, data, options| {
        let reader = image::ImageReader::new(Cursor::new(data.as_slice()));
        let size = reader.with_guessed_format().ok()?.into_dimensions();
        let fits = size.map_or(0, |(w, h)| u64::from(w) * u64::from(h)) <= limit;
        fits.then(|| read(mime, data, options)).flatten()
    })
}

fn svg(bytes: Vec<u8>, limit: u64, fonts: &SvgFonts) -> Result<Picture, Fault> {
    let options = usvg::Options {
        fontdb: fonts.0.clone(),
        font_family: "Noto Serif CJK SC".into(),
        // An SVG may not read files of the machine.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: bounded(limit),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree =
        usvg::Tree::from_data(&bytes, &options).map_err(|e| Fault::Bad(e.to_string()))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let sane = |x: f32| x.is_finite() && (0.01..=100_000.0).contains(&x);
    if !(sane(width) && sane(height)) {
        return Err(Fault::Bad(format!("its size is {width} × {height}")));
    }
    let drawing = Some(Arc::new(tree));
    let turned = Orientation::NoTransforms;
    Ok(Picture {
        kind: Kind::Svg,
        bytes: bytes.into(),
        look: Look::Pixels,
        width,
        height,
        drawing,
        plain: None,
        cut: false,
        turned,
        profile: None,
        profile_fault: None,
    })
}
