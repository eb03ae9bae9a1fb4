//! Font obfuscation (EPUB 3.3, 4.3): the first bytes of a font are mixed with a key
//! made of the book's identifier, so that the font is of no use outside the book.

use super::Input;
use super::fonts::FontFile;
use super::markup::attr;
use super::metadata::identifier;
use std::fmt::Write;

/// How many bytes are mixed.
const BYTES: usize = 1040;

/// The key of a book: SHA-1 of its identifier without blanks.
pub(super) fn key(input: &Input) -> [u8; 20] {
    let blank = |c: &char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let id: String = identifier(input).chars().filter(|c| !blank(c)).collect();
    sha1_smol::Sha1::from(id).digest().bytes()
}

/// Mixes a font with a key; twice is not at all.
pub(super) fn scramble(bytes: &mut [u8], key: &[u8; 20]) {
    let keys = key.iter().cycle();
    bytes.iter_mut().take(BYTES).zip(keys).for_each(|(b, k)| *b ^= k);
}

/// `META-INF/encryption.xml`: which files are obfuscated.
pub(super) fn encryption(fonts: &[FontFile]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" \
         xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\">\n",
    );
    for font in fonts {
        write!(
            out,
            "  <enc:EncryptedData>\n    <enc:EncryptionMethod \
             Algorithm=\"http://www.idpf.org/2008/embedding\"/>\n    \
             <enc:CipherData>\n      <enc:CipherReference URI=\"OEBPS/{}\"/>\n    \
             </enc:CipherData>\n  </enc:EncryptedData>\n",
            attr(&font.name)
        )
        .ok();
    }
    out + "</encryption>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn twice_is_not_at_all() {
        let key = [7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
        let font: Vec<u8> = (0..2000u32).map(|n| n as u8).collect();
        let mut mixed = font.clone();
        scramble(&mut mixed, &key);
        assert_ne!(mixed[..BYTES], font[..BYTES]);
        assert_eq!(mixed[BYTES..], font[BYTES..]);
        assert_eq!((mixed[0], mixed[21]), (7, 21 ^ 1));
        scramble(&mut mixed, &key);
        assert_eq!(mixed, font);
    }
}
