//! The data of a PNG as it stands in its file: rows of differences, deflated. PDF reads
//! the same (ISO 32000-1, 7.4.4.4), so that a picture need not be packed anew.

use crate::colour::Space;
use fdeflate::Decompressor;
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

/// Where the data of a PNG is, if this is a whole one and plain (PNG, 4.3 and 11.2).
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
            (b"IEND", Some(png)) => return is_whole(png, file).then_some(out).flatten(),
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

/// Whether the data is as much as the header says, each row with a way that PNG knows,
/// and nothing is behind it.
fn is_whole(png: &Plain, file: &[u8]) -> bool {
    let colours = png.palette.as_ref().map(|p| p.len());
    if colours.is_some_and(|n| n == 0 || n % 3 > 0 || n / 3 > 1 << png.bits) {
        return false;
    }
    let numbers = if png.palette.is_some() { 1 } else { png.space.components() };
    let bits = u64::from(png.width) * numbers as u64 * u64::from(png.bits);
    let row = 1 + bits.div_ceil(8);
    let Some(all) = row.checked_mul(png.height.into()) else { return false };
    let mut rows = Rows::new(row, all);
    let mut pieces = png.data.iter().peekable();
    while let Some(piece) = pieces.next() {
        if !rows.take(&file[piece.clone()], pieces.peek().is_none()) {
            return false;
        }
    }
    rows.inflater.is_done() && rows.done == rows.all
}

/// Rows that are looked at while they are inflated.
struct Rows {
    /// bytes in a row
    row: u64,
    /// bytes in all
    all: u64,
    /// how many there are so far
    done: u64,
    inflater: Decompressor,
    /// the last of them, and room for more
    out: Vec<u8>,
    at: usize,
}

/// So far back what follows may repeat (RFC 1951, 2).
const WINDOW: usize = 1 << 15;

impl Rows {
    fn new(row: u64, all: u64) -> Rows {
        let (inflater, out) = (Decompressor::new(), vec![0; 4 * WINDOW]);
        Rows { row, all, done: 0, inflater, out, at: 0 }
    }
    /// Goes on with some data, the last or not; `false` where it is bad.
    fn take(&mut self, mut data: &[u8], last: bool) -> bool {
        loop {
            if self.out.len() - self.at < WINDOW {
                self.out.copy_within(self.at - WINDOW..self.at, 0);
                self.at = WINDOW;
            }
            let read = self.inflater.read(data, &mut self.out, self.at, last);
            let Ok((taken, made)) = read else { return false };
            if taken == 0 && made == 0 {
                // Else something is behind its end.
                return data.is_empty();
            }
            data = &data[taken..];
            // The first byte of each row says how its differences are made.
            let next = self.done.next_multiple_of(self.row) - self.done;
            let new = &self.out[self.at..self.at + made];
            let mut ways = new.iter().skip(next as usize).step_by(self.row as usize);
            (self.done, self.at) = (self.done + made as u64, self.at + made);
            if ways.any(|way| *way > 4) || self.done > self.all {
                return false;
            }
        }
    }
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
        higher[23] += 1;
        summed(&mut higher);
        assert_eq!(plain(&higher), None, "a row is missing");
        higher[23] -= 1;
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
        let mut more = file[..33].to_vec();
        more.extend(chunk(b"IDAT", &data));
        more.extend(chunk(b"IDAT", b"more"));
        more.extend(chunk(b"IEND", b""));
        assert_eq!(plain(&more), None, "something is behind its end");
    }
}
