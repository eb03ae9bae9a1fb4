//! A file in pieces: what is large is not copied to stand beside the rest.

use std::ops::Range;
use std::sync::Arc;

/// The bytes of a file, one piece after another.
#[derive(Debug, Default, Clone)]
pub struct Pieces(Vec<Piece>);

/// Some bytes of a file.
#[derive(Debug, Clone)]
enum Piece {
    Own(Vec<u8>),
    /// those of another file, as that was read
    Part(Arc<Vec<u8>>, Range<usize>),
}

/// What is taken out of another file as it is: its bytes, and which of them.
#[derive(Debug, Clone)]
pub struct Taken {
    /// the file
    pub file: Arc<Vec<u8>>,
    /// one after another
    pub parts: Vec<Range<usize>>,
}

impl Taken {
    /// All of a file.
    pub fn whole(file: &Arc<Vec<u8>>) -> Taken {
        let all = 0..file.len();
        Taken { file: file.clone(), parts: Vec::from([all]) }
    }
    /// How many bytes are taken.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Range::len).sum()
    }
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Vec<u8>> for Pieces {
    fn from(bytes: Vec<u8>) -> Pieces {
        Pieces(vec![Piece::Own(bytes)])
    }
}

impl Piece {
    fn bytes(&self) -> &[u8] {
        match self {
            Piece::Own(bytes) => bytes,
            Piece::Part(file, part) => &file[part.clone()],
        }
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
        self.0.iter().map(Piece::bytes)
    }
    /// All in one.
    pub fn into_bytes(mut self) -> Vec<u8> {
        match self.0.pop() {
            Some(Piece::Own(bytes)) if self.0.is_empty() => bytes,
            last => {
                self.0.extend(last);
                self.iter().collect::<Vec<_>>().concat()
            }
        }
    }
    pub(super) fn push(&mut self, piece: Vec<u8>) {
        self.0.push(Piece::Own(piece));
    }
    pub(super) fn take(&mut self, taken: &Taken) {
        let part = |part: &Range<usize>| Piece::Part(taken.file.clone(), part.clone());
        self.0.extend(taken.parts.iter().map(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_one_file() {
        let file = Arc::new(b"0123456789".to_vec());
        let mut pieces = Pieces::from(b"a".to_vec());
        pieces.take(&Taken { file: file.clone(), parts: vec![2..4, 7..8] });
        pieces.push(b"b".to_vec());
        assert_eq!((pieces.len(), pieces.clone().into_bytes()), (5, b"a237b".to_vec()));
        assert_eq!(Taken::whole(&file).len(), 10);
        assert_eq!(Pieces::from(vec![1]).into_bytes(), [1]);
        assert!(
            Pieces::default().is_empty() && Pieces::default().into_bytes().is_empty()
        );
    }
}
