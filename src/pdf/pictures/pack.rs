//! How the numbers of an image are packed: rows are made, turned into other colours
//! and deflated one by one, so that no second copy of a large picture is ever whole.

use crate::colour::{Link, Space};
use crate::pdf::pieces::Taken;
use crate::picture::raster::{Raster, Samples};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::io::Write;

/// Data as it stands in the file.
#[derive(Debug)]
pub enum Packed {
    /// a JPEG as it was read
    Whole(Taken),
    /// the rows of a PNG as they were read, which are [`Packed::Predicted`]
    Rows(Taken),
    /// a JPEG
    Jpeg(Vec<u8>),
    /// deflated rows
    Flate(Vec<u8>),
    /// deflated rows, each of differences from what stands around (PNG, 9; ISO
    /// 32000-1, 7.4.4.4)
    Predicted(Vec<u8>),
}

/// The components of a row's colours, in 16 bits.
fn row(raster: &Raster, y: usize, n: usize) -> Vec<u16> {
    let stride = raster.stride();
    let wide = raster.width as usize * stride;
    let range = y * wide..(y + 1) * wide;
    let mut out = Vec::with_capacity(raster.width as usize * n);
    match &raster.samples {
        Samples::Eight(s) => {
            for pixel in s[range].chunks_exact(stride) {
                out.extend(pixel[..n].iter().map(|v| u16::from(*v) * 257));
            }
        }
        Samples::Sixteen(s) => {
            for pixel in s[range].chunks_exact(stride) {
                out.extend(&pixel[..n]);
            }
        }
    }
    out
}

/// From 16 bits to 8, rounded.
fn byte(v: u16) -> u8 {
    ((u32::from(v) + 128) / 257) as u8
}

/// Pixels; of a `grey` picture in three components only the first.
pub fn flate(raster: &Raster, grey: bool, link: Option<&Link>) -> Result<Packed, String> {
    let n = if grey { 1 } else { raster.space.components() };
    let deep = matches!(raster.samples, Samples::Sixteen(_)) && link.is_none();
    let out = link.map_or(n, |l| l.to().components());
    let pixel = if deep { out * 2 } else { out };
    predicted(raster.height, pixel, |y| {
        let row = row(raster, y, n);
        match link {
            Some(link) => link.walk(&row).into_iter().map(byte).collect(),
            None if deep => row.into_iter().flat_map(u16::to_be_bytes).collect(),
            None => row.into_iter().map(|v| (v >> 8) as u8).collect(),
        }
    })
}

/// How opaque pixels are: bits a number, and the data.
pub fn alpha(raster: &Raster) -> (u8, Packed) {
    let n = raster.stride();
    let wide = raster.width as usize * n;
    let (bits, packed) = match &raster.samples {
        Samples::Eight(s) => {
            let row = |y: usize| {
                s[y * wide..(y + 1) * wide].iter().skip(n - 1).step_by(n).copied()
            };
            (8, predicted(raster.height, 1, |y| row(y).collect()))
        }
        Samples::Sixteen(s) => {
            let row =
                |y: usize| s[y * wide..(y + 1) * wide].iter().skip(n - 1).step_by(n);
            let bytes = |y| row(y).flat_map(|v| v.to_be_bytes()).collect();
            (16, predicted(raster.height, 2, bytes))
        }
    };
    // Writing to memory does not fail.
    (bits, packed.unwrap_or(Packed::Flate(vec![])))
}

fn zlib() -> ZlibEncoder<Vec<u8>> {
    ZlibEncoder::new(vec![], Compression::default())
}

/// Rows as differences: of four ways that PNG knows, each row takes the one whose
/// differences are least (PNG, 12.7).
fn predicted(
    height: u32,
    pixel: usize,
    row: impl Fn(usize) -> Vec<u8>,
) -> Result<Packed, String> {
    let mut zip = zlib();
    let mut above: Vec<u8> = vec![];
    for y in 0..height as usize {
        let now = row(y);
        above.resize(now.len(), 0);
        let best = (0..=3).map(|way| differences(WAYS[way], &now, &above, pixel));
        let cost = |d: &Vec<u8>| {
            d[1..].iter().map(|v| u64::from(v.cast_signed().unsigned_abs())).sum::<u64>()
        };
        let best = best.min_by_key(cost).unwrap_or_default();
        zip.write_all(&best).map_err(|e| e.to_string())?;
        above = now;
    }
    zip.finish().map(Packed::Predicted).map_err(|e| e.to_string())
}

/// PNG's names for: none, left, above, and whichever of three is nearest (PNG, 9.2).
const WAYS: [u8; 4] = [0, 1, 2, 4];

fn differences(way: u8, now: &[u8], above: &[u8], pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(now.len() + 1);
    out.push(way);
    let left = |s: &[u8], i: usize| if i < pixel { 0 } else { s[i - pixel] };
    match way {
        1 => out.extend((0..now.len()).map(|i| now[i].wrapping_sub(left(now, i)))),
        2 => out.extend(now.iter().zip(above).map(|(v, u)| v.wrapping_sub(*u))),
        4 => out.extend((0..now.len()).map(|i| {
            let (a, b, c) = (left(now, i), above[i], left(above, i));
            now[i].wrapping_sub(nearest(a, b, c))
        })),
        _ => out.extend(now),
    }
    out
}

/// Paeth's predictor: of left, above and above left, the nearest to a + b − c.
fn nearest(a: u8, b: u8, c: u8) -> u8 {
    let [x, y, z] = [a, b, c].map(i16::from);
    let p = x + y - z;
    let (da, db, dc) = ((p - x).abs(), (p - y).abs(), (p - z).abs());
    if da <= db && da <= dc {
        a
    } else if db <= dc {
        b
    } else {
        c
    }
}

/// The numbers of colours. It is asked, never listed.
pub type Numbers = FxHashMap<[u8; 4], u8>;

/// The colours of a picture that has no more than 256, in the order in which they are
/// met, and the number of each.
pub fn few(raster: &Raster) -> Option<(Vec<[u8; 4]>, Numbers)> {
    let Samples::Eight(samples) = &raster.samples else { return None };
    if raster.space == Space::Grey {
        return None;
    }
    let n = raster.space.components();
    let (mut colours, mut numbers) = (vec![], Numbers::default());
    let mut last = None;
    for pixel in samples.chunks_exact(raster.stride()) {
        let colour = key(pixel, n);
        if last == Some(colour) {
            continue;
        }
        last = Some(colour);
        if let Entry::Vacant(place) = numbers.entry(colour) {
            place.insert(u8::try_from(colours.len()).ok()?);
            colours.push(colour);
        }
    }
    // A table that is larger than what it saves is none.
    let pixels = u64::from(raster.width) * u64::from(raster.height);
    (pixels >= 4 * colours.len() as u64).then_some((colours, numbers))
}

fn key(pixel: &[u8], n: usize) -> [u8; 4] {
    let mut colour = [0; 4];
    colour[..n].copy_from_slice(&pixel[..n]);
    colour
}

/// The colours of a table, turned.
pub fn turned(colours: &[[u8; 4]], space: Space, link: Option<&Link>) -> Vec<u8> {
    let n = space.components();
    let wide = colours.iter().flat_map(|c| c[..n].iter().map(|v| u16::from(*v) * 257));
    let wide: Vec<u16> = wide.collect();
    let wide = link.map(|l| l.walk(&wide)).unwrap_or(wide);
    wide.into_iter().map(byte).collect()
}

/// A picture as numbers of colours: bits a number, and the data.
pub fn counted(raster: &Raster, numbers: &Numbers) -> Result<(u8, Packed), String> {
    let bits = match numbers.len() {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    let n = raster.space.components();
    let number = |pixel: &[u8]| numbers.get(&key(pixel, n)).copied().unwrap_or_default();
    Ok((bits, narrow(raster, bits, number)?))
}

/// A grey picture that is only black and white, in one bit a pixel.
pub fn bilevel(raster: &Raster) -> Result<Option<Packed>, String> {
    let Samples::Eight(samples) = &raster.samples else { return Ok(None) };
    let stride = raster.stride();
    if !samples.chunks_exact(stride).all(|p| matches!(p[0], 0 | 255)) {
        return Ok(None);
    }
    narrow(raster, 1, |pixel| pixel[0] & 1).map(Some)
}

/// Numbers of less than eight bits, the first in the highest ones of a byte; rows begin
/// with a byte.
fn narrow(
    raster: &Raster,
    bits: u8,
    number: impl Fn(&[u8]) -> u8,
) -> Result<Packed, String> {
    let Samples::Eight(samples) = &raster.samples else {
        return Err("numbers of 16 bits are not counted".into());
    };
    let stride = raster.stride();
    let per_byte = usize::from(8 / bits);
    let mut zip = zlib();
    for row in samples.chunks_exact(raster.width as usize * stride) {
        let mut bytes = vec![0; (raster.width as usize).div_ceil(per_byte)];
        for (x, pixel) in row.chunks_exact(stride).enumerate() {
            let shift = (per_byte - 1 - x % per_byte) as u8 * bits;
            bytes[x / per_byte] |= number(pixel) << shift;
        }
        zip.write_all(&bytes).map_err(|e| e.to_string())?;
    }
    zip.finish().map(Packed::Flate).map_err(|e| e.to_string())
}

/// How good a JPEG is whose colours were turned: differences from it are below what
/// eight bits show, and colour is as fine as light (4:4:4).
const QUALITY: u8 = 95;

/// Pixels with other colours as a JPEG.
pub fn jpeg(raster: &Raster, link: &Link) -> Result<Packed, String> {
    let mut out = vec![];
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode_image(Turned { raster, link }).map_err(|e| e.to_string())?;
    Ok(Packed::Jpeg(out))
}

/// A raster as the encoder asks for it, row by row.
struct Turned<'a> {
    raster: &'a Raster,
    link: &'a Link,
}

impl ImageBuffer for Turned<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        match self.link.to() {
            Space::Grey => JpegColorType::Luma,
            Space::Rgb => JpegColorType::Ycbcr,
            Space::Cmyk => JpegColorType::Ycck,
        }
    }
    // A JPEG was read: its sides fit.
    fn width(&self) -> u16 {
        self.raster.width as u16
    }
    fn height(&self) -> u16 {
        self.raster.height as u16
    }
    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let row = row(self.raster, usize::from(y), self.raster.space.components());
        let row: Vec<u8> = self.link.walk(&row).into_iter().map(byte).collect();
        let mut put = |values: &[u8]| {
            buffers.iter_mut().zip(values).for_each(|(b, v)| b.push(*v));
        };
        for p in row.chunks_exact(self.link.to().components()) {
            match *p {
                [r, g, b] => put(&ycbcr(r, g, b)),
                // Inks are written inverted, as Adobe's marker says that they are.
                [c, m, y, k] => {
                    let [y, cb, cr] = ycbcr(c, m, y);
                    put(&[y, cb, cr, 255 - k]);
                }
                _ => put(p),
            }
        }
    }
}

fn ycbcr(r: u8, g: u8, b: u8) -> [u8; 3] {
    let (y, cb, cr) = jpeg_encoder::rgb_to_ycbcr(r, g, b);
    [y, cb, cr]
}
