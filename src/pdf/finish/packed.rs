//! Objects in object streams (ISO 32000-1, 7.5.7): most of a file's are small, and many.

use crate::pdf::contents::Deflater;
use crate::pdf::syntax;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Objects as bytes.
#[derive(Debug, Default)]
pub(super) struct Written {
    bytes: Vec<u8>,
    /// the number of each, and where it ends
    ends: Vec<(u32, usize)>,
}

/// Some objects in one stream.
pub(super) struct Packed {
    pub(super) ids: Vec<u32>,
    pub(super) stream: Stream,
    /// the hash of what is in it, where it is kept
    name: Option<Name>,
}

type Name = [u8; 32];

/// Object streams of the file that was made before, by the hashes of what is in them: most
/// are the same again.
#[derive(Debug, Default)]
pub struct Streams(FxHashMap<Name, Stream>);

/// Objects of one object stream: enough to share their words, few enough to find one
/// fast.
const TOGETHER: usize = 200;

impl Written {
    pub(super) fn dictionary(&mut self, id: ObjectId, dict: &Dictionary) {
        syntax::dictionary(&mut self.bytes, dict);
        self.ends.push((id.0, self.bytes.len()));
    }
    /// An object that somebody else writes.
    pub(super) fn with(&mut self, id: ObjectId, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push((id.0, self.bytes.len()));
    }
    pub(super) fn object(&mut self, id: ObjectId, object: &Object) {
        syntax::write(&mut self.bytes, object);
        self.ends.push((id.0, self.bytes.len()));
    }
    /// All of them in streams, which are made side by side, unless they are known.
    pub(super) fn pack(
        &self,
        known: Option<&mut Streams>,
    ) -> Result<Vec<Packed>, String> {
        let old = known.as_deref();
        let starts: Vec<_> = (0..self.ends.len()).step_by(TOGETHER).collect();
        let packed = starts.into_par_iter().map(|start| {
            let end = (start + TOGETHER).min(self.ends.len());
            self.some(start..end, old)
        });
        let packed: Result<Vec<_>, String> = packed.collect();
        let packed = packed?;
        if let Some(known) = known {
            let named = packed.iter().filter_map(|p| Some((p.name?, p.stream.clone())));
            known.0 = named.collect();
        }
        Ok(packed)
    }
    fn some(
        &self,
        some: Range<usize>,
        known: Option<&Streams>,
    ) -> Result<Packed, String> {
        let before = |n: usize| n.checked_sub(1).map_or(0, |n| self.ends[n].1);
        let (mut index, mut body) = (vec![], vec![]);
        for n in some.clone() {
            let (id, end) = self.ends[n];
            for n in [i64::from(id), body.len() as i64] {
                syntax::integer(&mut index, n);
                index.push(b' ');
            }
            body.extend(&self.bytes[before(n)..end]);
            body.push(b' ');
        }
        let (count, first) = (some.len() as i64, index.len() as i64);
        index.append(&mut body);
        let ids = self.ends[some].iter().map(|e| e.0).collect();
        let name: Option<Name> = known.map(|_| Sha256::digest(&index).into());
        let old = known.zip(name).and_then(|(known, name)| known.0.get(&name));
        if let Some(stream) = old.cloned() {
            return Ok(Packed { ids, stream, name });
        }
        let dict = dictionary! { "Type" => "ObjStm", "N" => count, "First" => first };
        let mut stream = Stream::new(dict, index);
        Deflater::default().deflate(&mut stream)?;
        Ok(Packed { ids, stream, name })
    }
}
