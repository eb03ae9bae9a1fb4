//! The cover: the author's picture, or the one that keben drew. Some reading systems
//! want it in pixels.

use super::profile::Traits;
use super::{Input, pictures};
use crate::picture::{Kind, Picture, shown};
use crate::source::Span;
use image::ImageFormat;
use std::io::Cursor;
use std::sync::Arc;

/// The cover as a file of the publication.
#[derive(Debug)]
pub(super) struct Cover {
    /// where it is from
    pub(super) source: Source,
    /// path below `OEBPS/`
    pub(super) name: String,
    /// media type
    pub(super) media: &'static str,
    /// contents
    pub(super) bytes: Arc<Vec<u8>>,
}

/// Where a cover is from.
#[derive(Debug)]
pub(super) enum Source {
    /// keben drew it
    Drawn,
    /// the author gave it
    Own {
        /// its path in the book
        path: String,
        /// where it is named
        span: Span,
        /// pixels
        width: u32,
        /// pixels
        height: u32,
    },
}

/// The longer side of a cover in pixels, where it is drawn in pixels: what a shop asks
/// for is less, and what a screen shows too.
const LONG: f32 = 2400.0;

impl Cover {
    /// The cover of a book.
    pub(super) fn of(input: &Input, traits: &Traits) -> Cover {
        let own = input.cover.and_then(|c| {
            let (kind, bytes) = own(c.picture, traits.raster_cover)?;
            let [width, height] = sides(c.picture);
            let source = Source::Own { path: c.path.into(), span: c.span, width, height };
            Some(Cover::file(source, kind, bytes))
        });
        own.unwrap_or_else(|| {
            let svg = input.drawn;
            let pixels = traits.raster_cover.then(|| raster(svg)).flatten();
            let (kind, bytes) = match pixels {
                Some(png) => (Kind::Png, png.into()),
                None => (Kind::Svg, svg.as_bytes().to_vec().into()),
            };
            Cover::file(Source::Drawn, kind, bytes)
        })
    }

    fn file(source: Source, kind: Kind, bytes: Arc<Vec<u8>>) -> Cover {
        let name = format!("images/cover.{}", kind.extension());
        Cover { source, name, media: kind.media_type(), bytes }
    }
}

/// The pixels of a cover; a drawing has as many as are drawn.
fn sides(picture: &Picture) -> [u32; 2] {
    let (w, h) = (picture.width, picture.height);
    let scale = match picture.kind {
        Kind::Svg => LONG / w.max(h).max(1.0),
        Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Webp => 1.0,
    };
    [w, h].map(|l| (l * scale) as u32)
}

/// The author's cover; in pixels of a kind that every shop takes, if they are wanted.
fn own(picture: &Picture, raster: bool) -> Option<(Kind, Arc<Vec<u8>>)> {
    match picture.kind {
        Kind::Png | Kind::Jpeg => Some((picture.kind, picture.bytes.clone())),
        Kind::Gif | Kind::Webp if !raster => Some((picture.kind, picture.bytes.clone())),
        Kind::Gif | Kind::Webp => Some((Kind::Png, pixels(picture)?.into())),
        Kind::Svg if raster => {
            Some((Kind::Png, drawing(picture.drawing.as_deref()?, LONG)?.into()))
        }
        Kind::Svg => Some((Kind::Svg, pictures::safe_svg(picture)?)),
    }
}

/// A picture as PNG.
pub(super) fn pixels(picture: &Picture) -> Option<Vec<u8>> {
    if let Some(tree) = picture.drawing.as_deref() {
        // Three pixels for each of the author's are enough for any screen.
        let size = tree.size();
        return drawing(tree, (size.width().max(size.height()) * 3.0).min(LONG));
    }
    let pixels = image::load_from_memory(&picture.bytes).ok()?;
    let mut png = vec![];
    pixels.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).ok()?;
    Some(png)
}

fn raster(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    drawing(&tree, LONG)
}

/// A drawing as PNG, its longer side so many pixels.
fn drawing(tree: &usvg::Tree, long: f32) -> Option<Vec<u8>> {
    let size = tree.size();
    let scale = long / size.width().max(size.height());
    let image = shown::pixels(tree, scale, LONG as u32)?;
    let mut png = vec![];
    image.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).ok()?;
    Some(png)
}
