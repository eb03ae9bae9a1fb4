//! The data of a PNG as it stands in its file: rows of differences, deflated. PDF reads
//! the same (ISO 32000-1, 7.4.4.4), so that a picture need not be packed anew.

use crate::colour::Space;
use flate2::Crc;
use std::ops::Range;

/// A PNG whose data is rows from first to last, without transparency.
#[derive(Debug, Clone, Eq, PartialEq)]
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
    /// where the rows are in the file, one piece after another
    pub data: Vec<Range<usize>>,
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Pixels from which on the colours of a picture are seldom few.
const LARGE: u64 = 1 << 16;

/// Data that is inflated grows so many times at the most (RFC 1951, 3.2.5: 258 bytes of two
/// bits).
const GROWTH: u64 = 1032;

impl Plain {
    /// Whether its data goes into files as it is. Colours of a small one may be few or
    /// grey: it is packed better.
    pub fn is_kept(&self) -> bool {
        let large = u64::from(self.width) * u64::from(self.height) >= LARGE;
        large || self.space != Space::Rgb || self.palette.is_some()
    }
}

/// Where the data of a PNG is, if this is a plain one that says of itself that it is whole,
/// by check sums and an end (PNG, 4.3, 5.3 and 11.2). To inflate the data would take ten
/// times as long, and find what nobody writes by mistake.
pub fn plain(file: &[u8]) -> Option<Plain> {
    let mut at = file.starts_with(SIGNATURE).then_some(SIGNATURE.len())?;
    let mut out: Option<Plain> = None;
    while let Some((kind, body)) = chunk(file, at) {
        at = body.end + 4;
        match (kind, &mut out) {
            (b"IHDR", None) => out = Some(header(&file[body])?),
            (b"PLTE", Some(png)) if png.palette.is_some() => {
                png.palette = Some(file[body].to_vec());
            }
            (b"PLTE", Some(_)) => {}
            // Its pieces stand together: between them are a sum, a length and a name.
            (b"IDAT", Some(png)) => match png.data.last() {
                Some(last) if last.end + 12 != body.start => return None,
                Some(_) | None => png.data.push(body),
            },
            (b"IEND", Some(png)) => return can_be(png).then_some(out).flatten(),
            (b"tRNS", _) | (_, None) => return None,
            // What must be understood (5.4), and is not.
            ([b'A'..=b'Z', ..], Some(_)) => return None,
            (_, Some(_)) => {}
        }
    }
    None
}

/// Name and body of the chunk that begins in a place, if its check sum is right.
fn chunk(file: &[u8], at: usize) -> Option<(&[u8], Range<usize>)> {
    let (length, rest) = file.get(at..)?.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (summed, rest) = rest.split_at_checked(length.checked_add(4)?)?;
    let mut sum = Crc::new();
    sum.update(summed);
    let right = rest.first_chunk().is_some_and(|s| u32::from_be_bytes(*s) == sum.sum());
    right.then(|| (&summed[..4], at + 8..at + 8 + length))
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

/// Whether the data can be as much as the header says, and its palette is one.
fn can_be(png: &Plain) -> bool {
    let colours = png.palette.as_ref().map(|p| p.len());
    if colours.is_some_and(|n| n == 0 || n % 3 > 0 || n / 3 > 1 << png.bits) {
        return false;
    }
    let numbers = if png.palette.is_some() { 1 } else { png.space.components() };
    let bits = u64::from(png.width) * numbers as u64 * u64::from(png.bits);
    let all = (1 + bits.div_ceil(8)).checked_mul(png.height.into());
    let data: u64 = png.data.iter().map(|piece| piece.len() as u64).sum();
    all.is_some_and(|all| all <= data.saturating_mul(GROWTH))
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
        assert_eq!((found.space, &found.palette), (Space::Rgb, &None));
        let grey = png(ExtendedColorType::L8, &samples[..300 * 200]);
        assert_eq!(plain(&grey).map(|p| p.space), Some(Space::Grey));
        // What has transparency, and what is cut off or spoilt, is not.
        let clear = [samples.as_slice(), &samples[..300 * 200]].concat();
        assert_eq!(plain(&png(ExtendedColorType::Rgba8, &clear)), None);
        for end in (0..file.len() - 16).step_by(97) {
            assert_eq!(plain(&file[..end]), None, "cut off at {end}");
        }
        let mut higher = file.clone();
        higher[20] += 1;
        summed(&mut higher);
        assert_eq!(plain(&higher), None, "so little is never so many rows");
        higher[20] -= 1;
        summed(&mut higher);
        assert_eq!(plain(&higher), Some(found), "the control");
        let mut other = file.clone();
        other[28] = 1;
        summed(&mut other);
        assert_eq!(plain(&other), None, "interlaced");
        let mut spoilt = file;
        spoilt[30] ^= 1;
        assert_eq!(plain(&spoilt), None, "a check sum that is wrong");
    }
    /// Sums up the header of a file anew.
    fn summed(file: &mut [u8]) {
        let mut sum = Crc::new();
        sum.update(&file[12..29]);
        file[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    }
    #[test]
    fn little_data_may_be_many_rows() {
        let file = png(ExtendedColorType::Rgb8, &[0; 300 * 200 * 3]);
        let found = plain(&file).expect("it is plain");
        assert!(found.data.iter().map(|r| r.len()).sum::<usize>() < 2000);
    }
    #[test]
    fn data_may_stand_in_any_number_of_chunks() {
        let samples: Vec<u8> = (0..300 * 200).map(|n| (n % 249) as u8).collect();
        let file = png(ExtendedColorType::L8, &samples);
        let whole = plain(&file).expect("it is plain");
        let data: Vec<u8> =
            whole.data.iter().flat_map(|r| file[r.clone()].to_vec()).collect();
        let chunk = |name: &[u8], body: &[u8]| {
            let summed = [name, body].concat();
            let mut sum = Crc::new();
            sum.update(&summed);
            let length = (body.len() as u32).to_be_bytes();
            [&length[..], &summed, &sum.sum().to_be_bytes()].concat()
        };
        let mut cut = file[..33].to_vec();
        for piece in data.chunks(7) {
            cut.extend(chunk(b"IDAT", piece));
        }
        cut.extend(chunk(b"IEND", b""));
        let found = plain(&cut).expect("it is plain");
        let again: Vec<u8> =
            found.data.iter().flat_map(|r| cut[r.clone()].to_vec()).collect();
        assert_eq!(again, data);
    }
}
