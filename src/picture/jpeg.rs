//! What a JPEG says of itself before its pixels, and behind them.
//!
//! Clauses in brackets are those of ITU-T T.81.

/// The head of a JPEG.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub struct Frame {
    /// the marker that begins it [B.1.1.3], such as C0 for a baseline JPEG
    pub marker: u8,
    /// bits a component
    pub precision: u8,
    /// components a pixel
    pub components: u8,
    /// what the first three components are called
    pub names: [u8; 3],
    /// the colour transform of an Adobe marker (ITU-T T.872, 6.5.3), if there is one:
    /// 0 none, 1 YCbCr, 2 YCCK
    pub adobe: Option<u8>,
}

impl Frame {
    /// Whether every reader of PDF shows it as its decoder here does (ISO 32000-1,
    /// 7.4.8): baseline, extended or progressive, 8 bits, and components whose meaning
    /// nobody has to guess.
    pub fn is_plain(&self) -> bool {
        let known = match self.components {
            1 => true,
            // Named so, readers that see no marker differ about what they are.
            3 => match self.adobe {
                Some(transform) => transform <= 1,
                None => self.names != *b"RGB",
            },
            4 => matches!(self.adobe, None | Some(0 | 2)),
            _ => false,
        };
        matches!(self.marker, 0xc0..=0xc2) && self.precision == 8 && known
    }
    /// Whether its components are inks.
    pub fn is_inks(&self) -> bool {
        self.components == 4
    }
    /// Whether four inks are written as their opposite. Adobe's programs do so, and no
    /// others have that marker.
    pub fn is_inverted(&self) -> bool {
        self.is_inks() && self.adobe.is_some()
    }
}

/// Reads the head of a JPEG up to its frame [B.2.2]. `None` for what is none.
pub fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut adobe = None;
    let mut at = 2;
    loop {
        // Any number of fill bytes stands before a marker [B.1.1.2].
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        at += match marker {
            0xff => 1,
            0x01 | 0xd0..=0xd7 => 2,
            0xd8..=0xda => return None,
            _ => {
                let len = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
                let end = at + 2 + usize::from(len);
                let segment = bytes.get(at + 4..end)?;
                match marker {
                    0xee => adobe = transform(segment).or(adobe),
                    // Tables of the entropy coders have numbers in the same row.
                    0xc4 | 0xc8 | 0xcc => {}
                    0xc0..=0xcf => return head(marker, segment, adobe),
                    _ => {}
                }
                2 + usize::from(len)
            }
        };
    }
}

/// Whether a JPEG goes on to its end [B.2.1]: many a decoder shows one that is cut off as if
/// the rest were grey.
pub fn has_end(bytes: &[u8]) -> bool {
    ended(bytes).is_some()
}

fn ended(bytes: &[u8]) -> Option<()> {
    let mut at = 2;
    loop {
        // Between markers are fill bytes [B.1.1.2], and behind the head of a scan its data,
        // in which FF is followed by 0 or by the number of a restart [B.1.1.5].
        at += bytes.get(at..)?.iter().position(|b| *b == 0xff)? + 1;
        match *bytes.get(at)? {
            0xd9 => return Some(()),
            0 | 0x01 | 0xd0..=0xd8 => at += 1,
            0xff => {}
            _ => {
                let len = u16::from_be_bytes([*bytes.get(at + 1)?, *bytes.get(at + 2)?]);
                at += 1 + usize::from(len);
            }
        }
    }
}

fn transform(segment: &[u8]) -> Option<u8> {
    segment.strip_prefix(b"Adobe").and_then(|rest| rest.get(6)).copied()
}

fn head(marker: u8, segment: &[u8], adobe: Option<u8>) -> Option<Frame> {
    let name = |i: usize| segment.get(6 + 3 * i).copied().unwrap_or_default();
    Some(Frame {
        marker,
        precision: *segment.first()?,
        components: *segment.get(5)?,
        names: [name(0), name(1), name(2)],
        adobe,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(app14: Option<&[u8]>, marker: u8, names: &[u8]) -> Vec<u8> {
        let mut out = vec![0xff, 0xd8, 0xff, 0xff];
        if let Some(data) = app14 {
            out.extend([0xee, 0, data.len() as u8 + 2]);
            out.extend(data);
            out.push(0xff);
        }
        out.extend([marker, 0, 8 + 3 * names.len() as u8, 8, 0, 1, 0, 1]);
        out.push(names.len() as u8);
        names.iter().for_each(|n| out.extend([*n, 0x11, 0]));
        out
    }

    #[test]
    fn a_frame_is_found_behind_its_markers() {
        let adobe = |t: u8| [b"Adobe\0d\0\0\0\0".as_slice(), &[t]].concat();
        let plain = |bytes: &[u8]| frame(bytes).is_some_and(|f| f.is_plain());
        let inks = frame(&head(Some(&adobe(2)), 0xc2, &[1, 2, 3, 4])).expect("a frame");
        assert!(inks.is_plain() && inks.is_inverted());
        assert_eq!((inks.components, inks.adobe), (4, Some(2)));
        let bare = frame(&head(None, 0xc0, &[1, 2, 3, 4])).expect("a frame");
        assert!(bare.is_plain() && !bare.is_inverted());
        assert!(plain(&head(None, 0xc0, &[1, 2, 3])));
        assert!(plain(&head(Some(&adobe(0)), 0xc0, b"RGB")));
        assert!(!plain(&head(None, 0xc0, b"RGB")), "nothing says what these are");
        assert!(!plain(&head(Some(&adobe(9)), 0xc0, &[1, 2, 3, 4])));
        assert!(!plain(&head(None, 0xc3, &[1, 2, 3])), "lossless");
        assert!(!plain(&head(None, 0xc0, &[1, 2])), "two components");
    }

    #[test]
    fn a_head_that_lies_is_none() {
        let whole = head(Some(b"Adobe"), 0xc0, &[1, 2, 3]);
        assert!(frame(&whole).is_some_and(|f| f.adobe.is_none()), "too short a marker");
        for end in 0..whole.len() {
            assert_eq!(frame(&whole[..end]), None, "cut at {end}");
        }
        assert_eq!(frame(&[0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]), None);
        assert_eq!(frame(&[0xff; 64]), None);
    }

    #[test]
    fn an_end_is_found_behind_everything_else() {
        let mut out = vec![];
        let pixels: Vec<u8> = (0..90 * 70 * 3_u32).map(|n| (n * n % 251) as u8).collect();
        let encoder = image::codecs::jpeg::JpegEncoder::new(&mut out);
        let rgb = image::ExtendedColorType::Rgb8;
        image::ImageEncoder::write_image(encoder, &pixels, 90, 70, rgb).expect("a JPEG");
        assert!(has_end(&out));
        for end in 0..out.len() {
            assert!(!has_end(&out[..end]), "cut at {end}");
        }
        // Of a picture inside it, such as a camera's small one, the end does not count.
        let inside = [&[0xff, 0xe1, 0, 6], &[0xff, 0xd8, 0xff, 0xd9][..]].concat();
        let outer = [&out[..2], &inside, &out[2..]].concat();
        assert!(has_end(&outer) && !has_end(&outer[..outer.len() - 2]));
        // What stands behind the end does not count either.
        assert!(has_end(&[&out[..], b"more"].concat()));
    }
}
