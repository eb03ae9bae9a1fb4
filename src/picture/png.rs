//! The data of a PNG as it stands in its file: rows of differences, deflated. PDF reads
//! the same (ISO 32000-1, 7.4.4.4), so that a picture need not be packed anew.

use crate::colour::Space;
use flate2::{Decompress, FlushDecompress, Status};

/// A PNG whose data is rows from first to last, without transparency.
#[derive(Debug, Eq, PartialEq)]
pub struct Plain {
    /// pixels in a row
    pub width: u32,
    /// rows
    pub height: u32,
    /// bits a number: 1, 2, 4, 8 or 16
    pub bits: u8,
    /// of its numbers, or of its palette
    pub space: Space,
    /// the colours that its numbers count, three bytes each
    pub palette: Option<Vec<u8>>,
    /// the rows
    pub data: Vec<u8>,
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The data of a PNG, if this is a whole one and plain (PNG, 4.3 and 11.2).
pub fn plain(file: &[u8]) -> Option<Plain> {
    let mut rest = file.strip_prefix(SIGNATURE)?;
    let mut out: Option<Plain> = None;
    while let Some((kind, body, after)) = chunk(rest) {
        match (kind, &mut out) {
            (b"IHDR", None) => out = Some(header(body)?),
            (b"PLTE", Some(png)) if png.palette.is_some() => {
                png.palette = Some(body.to_vec());
            }
            (b"IDAT", Some(png)) => png.data.extend(body),
            (b"tRNS", _) | (_, None) => return None,
            (b"IEND", _) => break,
            _ => {}
        }
        rest = after;
    }
    out.filter(is_whole)
}

type Chunk<'a> = (&'a [u8], &'a [u8], &'a [u8]);

/// Name and body of the first chunk, and what is behind it.
fn chunk(bytes: &[u8]) -> Option<Chunk<'_>> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_at_checked(4)?;
    let (body, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    // Its check sum is behind it.
    Some((kind, body, rest.get(4..)?))
}

fn header(body: &[u8]) -> Option<Plain> {
    let (width, rest) = body.split_first_chunk::<4>()?;
    let (height, rest) = rest.split_first_chunk::<4>()?;
    let [bits, colour, 0, 0, 0] = *rest else { return None };
    let (space, palette) = match colour {
        0 => (Space::Grey, None),
        2 => (Space::Rgb, None),
        3 if bits <= 8 => (Space::Rgb, Some(vec![])),
        _ => return None,
    };
    let known = matches!(bits, 1 | 2 | 4 | 8 | 16) && (bits >= 8 || colour != 2);
    let [width, height] = [width, height].map(|n| u32::from_be_bytes(*n));
    let png = Plain { width, height, bits, space, palette, data: vec![] };
    (known && width > 0 && height > 0).then_some(png)
}

/// Whether the data is as much as the header says, each row with a way that PNG knows,
/// and nothing is behind it.
fn is_whole(png: &Plain) -> bool {
    let colours = png.palette.as_ref().map(|p| p.len());
    if colours.is_some_and(|n| n == 0 || n % 3 > 0 || n / 3 > 1 << png.bits) {
        return false;
    }
    let numbers = if png.palette.is_some() { 1 } else { png.space.components() };
    let bits = u64::from(png.width) * numbers as u64 * u64::from(png.bits);
    let row = 1 + bits.div_ceil(8);
    let Some(all) = row.checked_mul(png.height.into()) else { return false };
    let mut inflater = Decompress::new(true);
    let mut out = Vec::with_capacity(1 << 16);
    loop {
        let (at, from) = (inflater.total_out(), inflater.total_in() as usize);
        out.clear();
        let rest = png.data.get(from..).unwrap_or_default();
        let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::None);
        // The first byte of each row says how its differences are made.
        let next = at.next_multiple_of(row) - at;
        let mut ways = out.iter().skip(next as usize).step_by(row as usize);
        let moved = inflater.total_out() > at || inflater.total_in() as usize > from;
        if ways.any(|way| *way > 4) || inflater.total_out() > all || !moved {
            return false;
        }
        match status {
            Ok(Status::StreamEnd) => break,
            Ok(Status::Ok | Status::BufError) => {}
            Err(_) => return false,
        }
    }
    inflater.total_out() == all && inflater.total_in() == png.data.len() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

    fn png(colour: ExtendedColorType, samples: &[u8]) -> Vec<u8> {
        let mut out = vec![];
        let encoder = PngEncoder::new(&mut out);
        encoder.write_image(samples, 300, 200, colour).expect("a PNG");
        out
    }

    #[test]
    fn whole_ones_are_taken_and_no_others() {
        let samples: Vec<u8> = (0..300 * 200 * 3).map(|n| (n % 251) as u8).collect();
        let file = png(ExtendedColorType::Rgb8, &samples);
        let found = plain(&file).expect("it is plain");
        assert_eq!((found.width, found.height, found.bits), (300, 200, 8));
        assert_eq!((found.space, found.palette), (Space::Rgb, None));
        let grey = png(ExtendedColorType::L8, &samples[..300 * 200]);
        assert_eq!(plain(&grey).map(|p| p.space), Some(Space::Grey));
        // What has transparency, and what is cut off or spoilt, is not.
        let clear = [samples.as_slice(), &samples[..300 * 200]].concat();
        assert_eq!(plain(&png(ExtendedColorType::Rgba8, &clear)), None);
        for end in (0..file.len() - 16).step_by(97) {
            assert_eq!(plain(&file[..end]), None, "cut off at {end}");
        }
        let mut higher = file.clone();
        higher[23] += 1;
        assert_eq!(plain(&higher), None, "a row is missing");
        let mut other = file;
        other[28] = 1;
        assert_eq!(plain(&other), None, "interlaced");
    }
}
