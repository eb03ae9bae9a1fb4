//! Pictures made by code: 64 × 64 pixels, but for what the file's head says.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder};
use keben::colour::Profile;

pub(crate) const SIDE: u32 = 64;

/// Every pixel, row by row.
fn all<const N: usize, T: Copy>(at: impl Fn(u32, u32) -> [T; N]) -> Vec<T> {
    (0..SIDE)
        .flat_map(|y| (0..SIDE).map(move |x| (x, y)))
        .flat_map(|(x, y)| at(x, y))
        .collect()
}

fn png(samples: &[u8], colour: ExtendedColorType, icc: Option<&[u8]>) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = PngEncoder::new(&mut out);
    if let Some(icc) = icc {
        encoder.set_icc_profile(icc.to_vec()).expect("a profile fits into a PNG");
    }
    encoder.write_image(samples, SIDE, SIDE, colour).expect("a PNG");
    out
}

pub(crate) fn png_rgb(at: impl Fn(u32, u32) -> [u8; 3], icc: Option<&[u8]>) -> Vec<u8> {
    png(&all(at), ExtendedColorType::Rgb8, icc)
}

/// A grey one whose data does not inflate, under check sums that are right.
pub(crate) fn png_sealed() -> Vec<u8> {
    let mut out = png(&all(|x, y| [(x * y) as u8]), ExtendedColorType::L8, None);
    let at = out.windows(4).position(|name| name == b"IDAT").expect("its data");
    let length = u32::from_be_bytes(out[at - 4..at].try_into().expect("four bytes"));
    let end = at + 4 + length as usize;
    // A way to deflate that there is none of (RFC 1951, 3.2.3).
    out[at + 6] |= 6;
    let mut sum = flate2::Crc::new();
    sum.update(&out[at..end]);
    out[end..end + 4].copy_from_slice(&sum.sum().to_be_bytes());
    out
}

pub(crate) fn png_rgba(at: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    png(&all(at), ExtendedColorType::Rgba8, None)
}

pub(crate) fn png_deep(at: impl Fn(u32, u32) -> [u16; 3]) -> Vec<u8> {
    let samples: Vec<u8> = all(at).into_iter().flat_map(u16::to_ne_bytes).collect();
    png(&samples, ExtendedColorType::Rgb16, None)
}

/// A JPEG of one colour.
pub(crate) fn jpeg(kind: ColorType, colour: &[u8], icc: Option<&Profile>) -> Vec<u8> {
    let samples = colour.repeat((SIDE * SIDE) as usize);
    encoded(kind, &samples, icc)
}

/// A JPEG of RGB.
pub(crate) fn jpeg_with(kind: ColorType, at: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let samples: Vec<u8> =
        all(at).chunks_exact(4).flat_map(|p| p[..3].to_vec()).collect();
    encoded(kind, &samples, None)
}

fn encoded(kind: ColorType, samples: &[u8], icc: Option<&Profile>) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = Encoder::new(&mut out, 95);
    if let Some(icc) = icc {
        encoder.add_icc_profile(icc.bytes()).expect("a profile fits into a JPEG");
    }
    encoder.encode(samples, SIDE as u16, SIDE as u16, kind).expect("a JPEG");
    out
}

/// The segments before the first frame: where each begins, its marker, its end.
fn segments(jpeg: &[u8]) -> Vec<(usize, u8, usize)> {
    let (mut at, mut out) = (2, vec![]);
    while jpeg[at] == 0xff && jpeg[at + 1] != 0xda {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        out.push((at, jpeg[at + 1], end));
        at = end;
    }
    out
}

/// The same JPEG without Adobe's marker.
pub(crate) fn without_adobe(jpeg: &[u8]) -> Vec<u8> {
    let app14 = segments(jpeg).into_iter().find(|s| s.1 == 0xee).expect("Adobe's marker");
    [&jpeg[..app14.0], &jpeg[app14.2..]].concat()
}

/// The same JPEG with a camera's word on how it was held.
pub(crate) fn with_orientation(jpeg: &[u8], way: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([way, 0, 0, 0, 0, 0, 0]);
    let mut app1 = vec![0xff, 0xe1, 0, exif.len() as u8 + 2];
    app1.extend(exif);
    [&jpeg[..2], &app1, &jpeg[2..]].concat()
}

/// Display P3: wider than sRGB.
pub(crate) fn display_p3() -> Profile {
    let bytes = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    Profile::read(bytes).expect("a profile")
}

/// What SVG has: fills, strokes, gradients of both kinds and all spreads, patterns,
/// clips, masks, opacity, blending, a raster inside, a filter.
pub(crate) const DRAWING: &str = include_str!("all.svg");

/// The drawing by the program that SVG's own tests are drawn with: 400 × 400 pixels.
pub(crate) fn drawn_by_resvg() -> image::RgbImage {
    let tree =
        usvg::Tree::from_str(DRAWING, &usvg::Options::default()).expect("a drawing");
    let mut pixels = resvg::tiny_skia::Pixmap::new(400, 400).expect("pixels");
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, usvg::Transform::identity(), &mut pixels.as_mut());
    let rgb = pixels.take().chunks_exact(4).flat_map(|p| p[..3].to_vec()).collect();
    image::RgbImage::from_raw(400, 400, rgb).expect("an image")
}

/// One picture of every kind that a book may have.
pub(crate) fn every_kind() -> Vec<(String, Vec<u8>)> {
    let busy = |x: u32, y: u32| [x as u8 * 4, y as u8 * 4, 7];
    let p3 = display_p3();
    let list: Vec<(&str, Vec<u8>)> = vec![
        ("rgb.png", png_rgb(busy, None)),
        ("p3.png", png_rgb(busy, Some(p3.bytes()))),
        ("grey.png", png_rgb(|x, y| [(x ^ y) as u8; 3], None)),
        ("few.png", png_rgb(|x, _| [x as u8 & 0xe0, 90, 8], None)),
        ("deep.png", png_deep(|x, y| [x as u16 * 1001, y as u16 * 771, 9])),
        ("clear.png", png_rgba(|x, y| [x as u8 * 4, y as u8, 90, x as u8])),
        ("rgb.jpg", jpeg(ColorType::Rgb, &[200, 100, 50], None)),
        ("grey.jpg", jpeg(ColorType::Luma, &[100], None)),
        ("inks.jpg", jpeg(ColorType::Cmyk, &[200, 10, 20, 30], None)),
        ("all.svg", DRAWING.into()),
    ];
    list.into_iter().map(|(name, bytes)| (name.to_string(), bytes)).collect()
}
