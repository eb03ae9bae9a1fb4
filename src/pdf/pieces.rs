//! A file in pieces: what is large is not copied to stand beside the rest.

/// The bytes of a file, one piece after another.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Pieces(Vec<Vec<u8>>);

impl From<Vec<u8>> for Pieces {
    fn from(bytes: Vec<u8>) -> Pieces {
        Pieces(vec![bytes])
    }
}

impl Pieces {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.iter().map(<[u8]>::len).sum()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The pieces in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
    /// All in one.
    pub fn into_bytes(mut self) -> Vec<u8> {
        match self.0.len() {
            1 => self.0.swap_remove(0),
            _ => self.0.concat(),
        }
    }
    pub(super) fn all(&self) -> &[Vec<u8>] {
        &self.0
    }
    pub(super) fn push(&mut self, piece: Vec<u8>) {
        self.0.push(piece);
    }
}
