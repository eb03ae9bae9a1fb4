//! Streams that are deflated, by one compressor that is used again: a state of its own
//! for each of a thousand sheets would leave memory full of holes.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Stream};

/// Deflates streams.
#[derive(Debug)]
pub struct Packer(Compress);

impl Packer {
    /// Makes one.
    pub fn new() -> Packer {
        Packer(Compress::new(Compression::default(), true))
    }
    /// A stream with this content, packed (ISO 32000-1, 7.4.4).
    pub fn stream(
        &mut self,
        mut dict: Dictionary,
        content: &[u8],
    ) -> Result<Stream, String> {
        self.0.reset();
        let mut out = Vec::with_capacity(content.len() / 2 + 256);
        loop {
            let rest = &content[self.0.total_in() as usize..];
            let status = self.0.compress_vec(rest, &mut out, FlushCompress::Finish);
            match status.map_err(|e| e.to_string())? {
                Status::StreamEnd => break,
                Status::Ok | Status::BufError => out.reserve(out.len().max(4096)),
            }
        }
        out.shrink_to_fit();
        dict.set("Filter", "FlateDecode");
        Ok(Stream::new(dict, out))
    }
}

impl Default for Packer {
    fn default() -> Packer {
        Packer::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let mut packer = Packer::new();
        let noise: Vec<u8> =
            (0..100_000u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
        for content in [&b""[..], b"q Q", &[7; 50_000], &noise] {
            let stream = packer.stream(Dictionary::new(), content).expect("a stream");
            assert_eq!(stream.get_plain_content().ok().as_deref(), Some(content));
        }
    }
}
