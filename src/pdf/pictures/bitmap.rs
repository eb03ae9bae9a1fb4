//! Rasters as images of the file (ISO 32000-1, 8.9.5).

use super::pack::{self, Packed};
use crate::colour::{Fate, Link, Links, Named, Profile, Space};
use crate::pdf::pieces::Taken;
use crate::picture::jpeg::{self, Frame};
use crate::picture::raster::{self, Raster, Samples};
use crate::picture::{Kind, Picture};
use image::metadata::Orientation;

/// An image, ready to be put into a file.
#[derive(Debug)]
pub struct Bitmap {
    /// pixels in a row
    pub width: u32,
    /// rows
    pub height: u32,
    /// what its numbers are
    pub space: Named,
    /// colours that its numbers count, if it has so few: one after another, 8 bits a
    /// component
    pub palette: Option<Vec<u8>>,
    /// bits a number
    pub bits: u8,
    /// how the data is packed
    pub packed: Packed,
    /// whether each ink is written as its opposite
    pub inverted: bool,
    /// how opaque each pixel is: bits a number and data
    pub mask: Option<(u8, Packed)>,
}

/// The image of a picture that is no drawing.
pub fn of(picture: &Picture, links: &Links<'_>) -> Result<Bitmap, String> {
    if let Some(whole) = whole(picture, links).or_else(|| rows(picture, links)) {
        return Ok(whole);
    }
    let raster = raster::decode(picture)?;
    let lossy = picture.kind == Kind::Jpeg;
    pixels(&raster, picture.profile.as_ref(), lossy, links)
}

/// A JPEG that can go in byte for byte, if this is one.
fn whole(picture: &Picture, links: &Links<'_>) -> Option<Bitmap> {
    let upright = picture.turned == Orientation::NoTransforms;
    let jpeg = picture.kind == Kind::Jpeg && upright;
    let frame = jpeg::frame(&picture.bytes).filter(|f| jpeg && f.is_plain())?;
    let fate = links.way().fate(space(&frame), picture.profile.as_ref());
    let Fate::Keep(space) = fate else { return None };
    Some(Bitmap {
        width: picture.width as u32,
        height: picture.height as u32,
        space,
        palette: None,
        bits: 8,
        packed: Packed::Whole(Taken::whole(&picture.bytes)),
        inverted: frame.is_inverted(),
        mask: None,
    })
}

/// A PNG whose rows can go in as they are, if this is one.
fn rows(picture: &Picture, links: &Links<'_>) -> Option<Bitmap> {
    let upright = picture.turned == Orientation::NoTransforms;
    let png = picture.plain.as_ref().filter(|png| upright && png.is_kept())?;
    let fate = links.way().fate(png.space, picture.profile.as_ref());
    let Fate::Keep(space) = fate else { return None };
    let rows = Taken { file: picture.bytes.clone(), parts: png.data.clone() };
    Some(Bitmap {
        width: png.width,
        height: png.height,
        space,
        palette: png.palette.clone(),
        bits: png.bits,
        packed: Packed::Rows(rows),
        inverted: false,
        mask: None,
    })
}

fn space(frame: &Frame) -> Space {
    match frame.components {
        1 => Space::Grey,
        4 => Space::Cmyk,
        _ => Space::Rgb,
    }
}

/// Pixels from which on a JPEG whose colours change is a JPEG again. Without loss it
/// would be some five times as large, and of what a press can show nothing is lost at
/// this quality; below, sharp edges of small pictures are worth more than bytes.
const JPEG_AGAIN: u64 = 1 << 18;

/// Pixels with a profile; `lossy` if they come from a JPEG.
pub fn pixels(
    raster: &Raster,
    profile: Option<&Profile>,
    lossy: bool,
    links: &Links<'_>,
) -> Result<Bitmap, String> {
    let fate = links.way().fate(raster.space, profile);
    // A profile that is kept may show equal red, green and blue as no grey of ours.
    let bare = !matches!(&fate, Fate::Keep(Named::Icc(p)) if !p.is_srgb());
    let grey = raster.space == Space::Rgb && bare && raster.is_grey();
    let fate = match grey {
        true => links.way().fate(Space::Grey, None),
        false => fate,
    };
    let mut bitmap = Bitmap {
        width: raster.width,
        height: raster.height,
        space: fate.named().clone(),
        palette: None,
        bits: 8,
        packed: Packed::Jpeg(vec![]),
        inverted: false,
        mask: mask(raster),
    };
    let link = match fate {
        Fate::Keep(_) => None,
        Fate::Turn(_) => Some(links.link(raster.space, profile)?),
    };
    bitmap.fill(raster, grey, lossy, link.as_deref())?;
    Ok(bitmap)
}

impl Bitmap {
    /// Packs the numbers of pixels in the shortest way that loses nothing that is seen.
    fn fill(
        &mut self,
        raster: &Raster,
        grey: bool,
        lossy: bool,
        link: Option<&Link>,
    ) -> Result<(), String> {
        let count = u64::from(raster.width) * u64::from(raster.height);
        let few = if grey { None } else { pack::few(raster) };
        let bilevel = match self.space {
            Named::Device(Space::Grey) if link.is_none() => pack::bilevel(raster)?,
            Named::Device(_) | Named::Icc(_) => None,
        };
        if let Some((colours, numbers)) = few {
            self.palette = Some(pack::turned(&colours, raster.space, link));
            (self.bits, self.packed) = pack::counted(raster, &numbers)?;
        } else if let Some(packed) = bilevel {
            (self.bits, self.packed) = (1, packed);
        } else if let Some(link) = link.filter(|_| lossy && count >= JPEG_AGAIN) {
            self.packed = pack::jpeg(raster, link)?;
            self.inverted = self.space.space() == Space::Cmyk;
        } else {
            let deep = matches!(raster.samples, Samples::Sixteen(_)) && link.is_none();
            self.bits = if deep { 16 } else { 8 };
            self.packed = pack::flate(raster, grey, link)?;
        }
        Ok(())
    }
}

/// How opaque pixels are, if some are not wholly so.
fn mask(raster: &Raster) -> Option<(u8, Packed)> {
    let n = raster.stride();
    let clear = match &raster.samples {
        _ if !raster.alpha => false,
        Samples::Eight(s) => s.iter().skip(n - 1).step_by(n).any(|a| *a < u8::MAX),
        Samples::Sixteen(s) => s.iter().skip(n - 1).step_by(n).any(|a| *a < u16::MAX),
    };
    clear.then(|| pack::alpha(raster))
}
