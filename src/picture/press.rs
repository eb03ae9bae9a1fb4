//! What a printer asks of pictures: enough pixels, not too much ink, no lines that
//! vanish, no RGB that was forgotten.

use super::raster::{self, Raster, Samples};
use super::{Look, Picture, SvgFonts, drawing};
use crate::colour::{Fate, Links, Space, Way};
use usvg::Node;

/// Pixels from one that is looked at to the next: what covers 4 × 4 holds one.
const STEP: u32 = 4;

/// The largest total area coverage on a picture, in percent: 300 is three full inks on
/// one spot (ISO 12647-2, 4.3.2.1). `None` where the way leads to no press, or the
/// picture cannot be read.
///
/// Of rasters, every fourth pixel of every fourth row counts; of drawings, each colour
/// by itself.
pub fn ink(picture: &Picture, way: &Way) -> Option<u16> {
    let Way::Press { profile: press, .. } = way else { return None };
    if press.space() != Space::Cmyk {
        return Some(100);
    }
    // What is kept as RGB becomes ink elsewhere, by the same profile.
    let turning = Way::Press { profile: press.clone(), convert: true };
    let links = Links::new(&turning);
    if let Some(tree) = &picture.drawing {
        let inside = drawing::rasters(tree).into_iter();
        let inside = inside.filter_map(|(b, _)| embedded(b)).filter_map(|p| ink(&p, way));
        return inside.chain(plain(&drawing::colours(tree), &links)).max();
    }
    let raster = raster::decode(picture).ok()?;
    let colours = sampled(&raster);
    let profile = picture.profile.as_ref();
    let n = raster.space.components();
    if raster.is_grey() {
        // Black alone, which is the opposite of white.
        let black = |p: &[u16]| percent(u64::from(u16::MAX - p[0]));
        return colours.chunks_exact(n).map(black).max();
    }
    let most = |inks: &[u16]| {
        let sum = |p: &[u16]| percent(p.iter().map(|v| u64::from(*v)).sum());
        inks.chunks_exact(4).map(sum).max()
    };
    match turning.fate(raster.space, profile) {
        Fate::Keep(_) => most(&colours),
        Fate::Turn(_) => {
            let link = links.link(raster.space, profile).ok()?;
            most(&link.walk(&colours))
        }
    }
}

/// From amounts of 16 bits to percent, rounded.
fn percent(sum: u64) -> u16 {
    ((sum * 100 + 32_767) / 65_535) as u16
}

/// The ink of the heaviest colour. Greys are black alone.
fn plain(
    colours: &std::collections::BTreeSet<[u8; 3]>,
    links: &Links<'_>,
) -> Option<u16> {
    let link = links.link(Space::Rgb, None).ok()?;
    let of = |c: &[u8; 3]| match c {
        [r, g, b] if r == g && g == b => percent(u64::from(255 - r) * 257),
        c => {
            let inks = link.walk(&c.map(|v| u16::from(v) * 257));
            percent(inks.iter().map(|v| u64::from(*v)).sum())
        }
    };
    colours.iter().map(of).max()
}

/// Every fourth pixel of every fourth row that is seen, in 16 bits.
fn sampled(raster: &Raster) -> Vec<u16> {
    let (stride, n) = (raster.stride(), raster.space.components());
    let width = raster.width as usize;
    let at = (0..raster.height).step_by(STEP as usize).flat_map(|y| {
        let row = y as usize * width;
        (0..width).step_by(STEP as usize).map(move |x| (row + x) * stride)
    });
    let mut out = vec![];
    for from in at {
        let pixel: Option<Vec<u16>> = match &raster.samples {
            Samples::Eight(s) => s
                .get(from..from + stride)
                .map(|p| p.iter().map(|v| u16::from(*v) * 257).collect()),
            Samples::Sixteen(s) => s.get(from..from + stride).map(<[u16]>::to_vec),
        };
        let seen = |p: &Vec<u16>| p.get(n).is_none_or(|alpha| *alpha > 0);
        if let Some(pixel) = pixel.filter(seen) {
            out.extend(&pixel[..n]);
        }
    }
    out
}

/// Pixels per inch on a page where the picture is so wide, in points. Of a drawing, the
/// fewest that a raster inside of it has; `None` where there is none.
pub fn resolution(picture: &Picture, width: f32) -> Option<f32> {
    if width <= 0.0 || !width.is_finite() {
        return None;
    }
    let Some(tree) = &picture.drawing else {
        return Some(picture.width * 72.0 / width);
    };
    let unit = width / picture.width;
    let of = |(bytes, wide): (Vec<u8>, f32)| {
        embedded(bytes).and_then(|p| resolution(&p, wide * unit))
    };
    drawing::rasters(tree).into_iter().filter_map(of).min_by(f32::total_cmp)
}

/// The thinnest line that a drawing shows, in its units: 1/72 inch where it stands as
/// wide as it is. `None` where it has no lines, and for rasters.
pub fn thinnest(picture: &Picture) -> Option<f32> {
    let mut found: Option<f32> = None;
    drawing::nodes(picture.drawing.as_ref()?, &mut |node| match node {
        Node::Path(path) if path.is_visible() => {
            let Some(stroke) = path.stroke() else { return };
            let t = path.abs_transform();
            // The narrower way across, where a line is squeezed.
            let (x, y) = (t.sx.hypot(t.ky), t.kx.hypot(t.sy));
            let width = stroke.width().get() * x.min(y);
            if stroke.opacity().get() > 0.0 && width > 0.0 {
                found = Some(found.map_or(width, |f| f.min(width)));
            }
        }
        Node::Path(_) | Node::Group(_) | Node::Image(_) | Node::Text(_) => {}
    });
    found
}

/// Whether RGB of a picture is left in a file made this way.
pub fn leaves_rgb(picture: &Picture, way: &Way) -> bool {
    if let Some(tree) = &picture.drawing {
        let coloured = |c: &[u8; 3]| c[0] != c[1] || c[1] != c[2];
        let own = drawing::colours(tree).iter().any(coloured)
            && way.leaves_rgb(Space::Rgb, None);
        let inside = drawing::rasters(tree).into_iter().filter_map(|(b, _)| embedded(b));
        return own || inside.into_iter().any(|p| leaves_rgb(&p, way));
    }
    let Ok(raster) = raster::decode(picture) else { return false };
    let space = if raster.is_grey() { Space::Grey } else { raster.space };
    way.leaves_rgb(space, picture.profile.as_ref())
}

/// A picture inside a drawing; its size was asked when the drawing was read.
fn embedded(bytes: Vec<u8>) -> Option<Picture> {
    super::read(bytes, Look::Pixels, u64::MAX, &SvgFonts::none())
        .ok()
        .filter(|p| p.drawing.is_none())
}

#[cfg(test)]
#[path = "press/tests.rs"]
mod tests;
