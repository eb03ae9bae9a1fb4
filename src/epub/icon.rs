//! The icon that calls a note where a reading system wants one: 注 in a ring.

use resvg::tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Stroke, Transform};
use std::io::Cursor;

/// Side of the icon in pixels; it is shown at the size of a character.
const SIDE: u32 = 96;

/// Strokes of 注 on a square of 96: three drops, a dot, three bars and a stem.
const STROKES: [[f32; 4]; 8] = [
    [26.0, 29.0, 34.0, 36.0],
    [22.0, 44.0, 31.0, 50.0],
    [24.0, 72.0, 35.0, 58.0],
    [53.0, 23.0, 58.0, 31.0],
    [40.0, 38.0, 73.0, 38.0],
    [43.0, 54.0, 70.0, 54.0],
    [38.0, 71.0, 76.0, 71.0],
    [56.5, 38.0, 56.5, 71.0],
];

/// The icon as PNG, grey, so that it is seen by day and by night.
pub(super) fn note() -> Vec<u8> {
    let mut png = vec![];
    if let Some(pixels) = drawn() {
        let rgba: Vec<u8> = pixels
            .pixels()
            .iter()
            .flat_map(|p| {
                let c = p.demultiply();
                [c.red(), c.green(), c.blue(), c.alpha()]
            })
            .collect();
        if let Some(image) = image::RgbaImage::from_raw(SIDE, SIDE, rgba) {
            image.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).ok();
        }
    }
    png
}

fn drawn() -> Option<Pixmap> {
    let mut pixels = Pixmap::new(SIDE, SIDE)?;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(Color::from_rgba8(0x80, 0x80, 0x80, 255));
    let half = SIDE as f32 / 2.0;
    let mut ring = PathBuilder::new();
    ring.push_circle(half, half, half - 1.0);
    ring.push_circle(half, half, half - 6.0);
    let ring = ring.finish()?;
    let still = Transform::identity();
    pixels.fill_path(&ring, &paint, FillRule::EvenOdd, still, None);
    let mut strokes = PathBuilder::new();
    for [x, y, to_x, to_y] in STROKES {
        strokes.move_to(x, y);
        strokes.line_to(to_x, to_y);
    }
    let stroke = Stroke { width: 5.0, ..Stroke::default() };
    pixels.stroke_path(&strokes.finish()?, &paint, &stroke, still, None);
    Some(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_icon_is_a_picture() {
        let picture = image::load_from_memory(&note()).expect("a PNG").to_rgba8();
        let inked = picture.pixels().filter(|p| p.0[3] > 128).count();
        // A ring and eight strokes, and not a blot.
        assert!((1500..5000).contains(&inked), "{inked}");
        assert_eq!(picture.get_pixel(0, 0).0[3], 0, "its corner is clear");
    }
}
