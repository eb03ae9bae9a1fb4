//! Rasters: the pixels of a picture, as its file has them.

use super::{Kind, Picture, jpeg};
use crate::colour::Space;
use image::metadata::Orientation;
use image::{DynamicImage, RgbaImage};
use std::io::Cursor;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Pixels in rows from the top left: the components of a colour, then, if there is
/// one, how opaque it is.
#[derive(Debug, Clone)]
pub struct Raster {
    /// pixels in a row
    pub width: u32,
    /// rows
    pub height: u32,
    /// what the components are amounts of
    pub space: Space,
    /// whether each pixel says how opaque it is
    pub alpha: bool,
    /// the numbers
    pub samples: Samples,
}

/// Numbers of 8 or 16 bits, as the file has them. Of inks, none is 0.
#[derive(Debug, Clone)]
pub enum Samples {
    /// 0 to 255
    Eight(Vec<u8>),
    /// 0 to 65535
    Sixteen(Vec<u16>),
}

impl Raster {
    /// Numbers a pixel.
    pub fn stride(&self) -> usize {
        self.space.components() + usize::from(self.alpha)
    }
    /// Whether every colour is a grey: red, green and blue alike.
    pub fn is_grey(&self) -> bool {
        fn alike<T: PartialEq>(samples: &[T], stride: usize) -> bool {
            samples.chunks_exact(stride).all(|p| p[0] == p[1] && p[1] == p[2])
        }
        match (self.space, &self.samples) {
            (Space::Grey, _) => true,
            (Space::Cmyk, _) => false,
            (Space::Rgb, Samples::Eight(s)) => alike(s, self.stride()),
            (Space::Rgb, Samples::Sixteen(s)) => alike(s, self.stride()),
        }
    }
}

/// The pixels of a picture that is no drawing, turned as they are to be seen.
pub fn decode(picture: &Picture) -> Result<Raster, String> {
    let inks = match picture.kind {
        Kind::Jpeg => inks(&picture.bytes)?,
        Kind::Png | Kind::Gif | Kind::Webp => None,
        Kind::Svg => return Err("a drawing has no pixels".into()),
    };
    let space = inks.as_ref().map(|_| Space::Cmyk);
    let mut image = match inks {
        Some(image) => image,
        None => {
            let pixels = f64::from(picture.width) * f64::from(picture.height);
            self::image(&picture.bytes, pixels as u64)?
        }
    };
    if picture.turned != Orientation::NoTransforms {
        image.apply_orientation(picture.turned);
    }
    Ok(raster(image, space))
}

/// What a file may unpack to besides its pixels, in bytes.
const BESIDES: u64 = 1 << 26;

/// The image in a file of so many pixels, of four numbers of 16 bits at the most. Memory
/// has no other limit: how many pixels there may be is the author's to say.
pub(super) fn image(bytes: &[u8], pixels: u64) -> Result<DynamicImage, String> {
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|e| e.to_string())?;
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(pixels.saturating_mul(8).saturating_add(BESIDES));
    reader.limits(limits);
    reader.decode().map_err(|e| e.to_string())
}

/// The numbers of an image; four of them are inks where `space` says so.
fn raster(image: DynamicImage, space: Option<Space>) -> Raster {
    let (width, height) = (image.width(), image.height());
    let colour = image.color();
    let grey = colour.channel_count() < 3;
    let space = space.unwrap_or(if grey { Space::Grey } else { Space::Rgb });
    let alpha = colour.has_alpha() && space != Space::Cmyk;
    let deep = colour.bytes_per_pixel() > colour.channel_count();
    // Each of these takes an image of its own kind as it is, without a copy.
    let samples = match (space, alpha) {
        (Space::Grey, false) if deep => sixteen(image.into_luma16().into_raw()),
        (Space::Grey, true) if deep => sixteen(image.into_luma_alpha16().into_raw()),
        (Space::Rgb, false) if deep => sixteen(image.into_rgb16().into_raw()),
        (Space::Rgb, true) if deep => sixteen(image.into_rgba16().into_raw()),
        (Space::Grey, false) => Samples::Eight(image.into_luma8().into_raw()),
        (Space::Grey, true) => Samples::Eight(image.into_luma_alpha8().into_raw()),
        (Space::Rgb, false) => Samples::Eight(image.into_rgb8().into_raw()),
        (Space::Rgb, true) | (Space::Cmyk, _) => {
            Samples::Eight(image.into_rgba8().into_raw())
        }
    };
    Raster { width, height, space, alpha, samples }
}

/// Numbers of 16 bits, unless they are eight that a program wrote as sixteen.
fn sixteen(samples: Vec<u16>) -> Samples {
    if samples.iter().all(|v| v % 257 == 0) {
        Samples::Eight(samples.iter().map(|v| (v >> 8) as u8).collect())
    } else {
        Samples::Sixteen(samples)
    }
}

/// The inks of a JPEG that has four, as an image of four channels. `image` would give
/// them as RGB, by a formula that knows no profile.
fn inks(bytes: &[u8]) -> Result<Option<DynamicImage>, String> {
    let Some(frame) = jpeg::frame(bytes).filter(|f| f.components == 4) else {
        return Ok(None);
    };
    let ycck = frame.adobe == Some(2);
    let space = if ycck { ColorSpace::YCCK } else { ColorSpace::CMYK };
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(space);
    let mut decoder =
        zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut samples = decoder.decode().map_err(|e| e.to_string())?;
    let (w, h) = decoder.dimensions().ok_or("it has no size")?;
    if ycck {
        samples.chunks_exact_mut(4).for_each(to_inks);
    } else if frame.is_inverted() {
        samples.iter_mut().for_each(|s| *s = 255 - *s);
    }
    let image = RgbaImage::from_raw(w as u32, h as u32, samples);
    let image = image.ok_or("it has fewer pixels than it says")?;
    Ok(Some(DynamicImage::ImageRgba8(image)))
}

/// Turns one pixel of YCCK into inks: the first three are YCbCr of the inks' opposite
/// (ITU-T T.872, 7), which Adobe's marker takes back; black is written inverted.
fn to_inks(p: &mut [u8]) {
    let [y, cb, cr, k] = [p[0], p[1], p[2], p[3]].map(f32::from);
    let byte = |v: f32| v.round().clamp(0.0, 255.0) as u8;
    p[0] = byte(y + 1.402 * (cr - 128.0));
    p[1] = byte(y - 0.344_136 * (cb - 128.0) - 0.714_136 * (cr - 128.0));
    p[2] = byte(y + 1.772 * (cb - 128.0));
    p[3] = byte(255.0 - k);
}
