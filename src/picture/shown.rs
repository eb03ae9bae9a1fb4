//! A drawing as pixels, for those who take no drawings: shops, some reading systems.

use image::RgbImage;
use resvg::tiny_skia::{Pixmap, Transform};

/// A drawing at a scale, on white; no side has more than `most` pixels. `None` where
/// there is no memory for them.
pub fn pixels(tree: &usvg::Tree, scale: f32, most: u32) -> Option<RgbImage> {
    let side = |l: f32| (l * scale).round().clamp(1.0, most as f32) as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut pixels = Pixmap::new(width, height)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let rgb = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]);
    RgbImage::from_raw(width, height, rgb.collect())
}

/// An image as a JPEG.
pub fn jpeg(image: &RgbImage) -> Option<Vec<u8>> {
    let mut out = vec![];
    // Edges of letters show no rings from 90 up.
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 92);
    image.write_with_encoder(encoder).ok()?;
    Some(out)
}
