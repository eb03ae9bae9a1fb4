//! A drawing as pixels.

use super::Picture;
use resvg::tiny_skia::{Pixmap, Transform};

/// An SVG as a JPEG that is so many pixels wide, on white. `None` for what is no SVG,
/// or has no size in pixels.
pub fn jpeg(picture: &Picture, width: u32) -> Option<Vec<u8>> {
    let tree = picture.drawing.as_ref()?;
    let scale = width as f32 / picture.width;
    let height = (picture.height * scale).round() as u32;
    // Covers are at most a few times as high as wide.
    if !(1..=width.saturating_mul(8)).contains(&height) {
        return None;
    }
    let mut pixels = Pixmap::new(width, height)?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let rgb: Vec<u8> =
        pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut out = vec![];
    // Edges of letters show no rings from 90 up.
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 92);
    let colour = image::ExtendedColorType::Rgb8;
    image::ImageEncoder::write_image(encoder, &rgb, width, height, colour).ok()?;
    Some(out)
}
