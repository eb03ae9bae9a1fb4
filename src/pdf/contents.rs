//! What is drawn on the pages, as finished streams: written and deflated side by side.

use super::fonts::Subset;
use super::{Input, content};
use crate::font::FaceId;
use crate::page::Page;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::XObjectId;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pages that are written one after another at most: every core has something to do to
/// the end.
const TOGETHER: usize = 16;

/// The contents of each page; those of pages that are the same as before are `old`.
pub(super) fn contents(
    input: &Input<'_>,
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
    old: &[(Arc<Page>, Stream)],
) -> Result<Vec<Stream>, String> {
    let one = |deflater: &mut Deflater, (n, page): (usize, &Arc<Page>)| {
        let same = |known: &&(Arc<Page>, Stream)| {
            Arc::ptr_eq(&known.0, page) || known.0 == *page
        };
        if let Some((_, known)) = old.get(n).filter(same) {
            return Ok(known.clone());
        }
        let medium = (input.medium, input.inks);
        deflater.stream(content::page(page, medium, subsets, names))
    };
    let pages = input.pages.par_iter().enumerate().with_max_len(TOGETHER);
    pages.map_init(Deflater::default, one).collect()
}

/// Puts the streams into the pages of a document.
pub(super) fn put(doc: &mut Document, contents: Vec<Stream>) -> Result<(), String> {
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    for (page, stream) in pages.into_iter().zip(contents) {
        let dict = doc.get_dictionary(page).map_err(|e| e.to_string())?;
        let id = dict.get(b"Contents").and_then(Object::as_reference);
        doc.objects.insert(id.map_err(|e| e.to_string())?, stream.into());
    }
    Ok(())
}

/// Deflates streams, with the same working memory for all.
pub(super) struct Deflater(Compress);

impl Default for Deflater {
    fn default() -> Deflater {
        // More effort makes a file smaller by two thousandths, and takes a third longer.
        Deflater(Compress::new(Compression::new(4), true))
    }
}

impl Deflater {
    /// One for outlines of glyphs, which more effort makes no smaller by a hundredth.
    pub(super) fn quick() -> Deflater {
        Deflater(Compress::new(Compression::new(2), true))
    }
    /// A stream that holds the bytes, deflated where that makes it shorter.
    pub(super) fn stream(&mut self, bytes: Vec<u8>) -> Result<Stream, String> {
        let mut stream = Stream::new(Dictionary::new(), bytes);
        self.deflate(&mut stream)?;
        Ok(stream)
    }
    /// Deflates a stream, where that makes it shorter.
    pub(super) fn deflate(&mut self, stream: &mut Stream) -> Result<(), String> {
        let bytes = &stream.content;
        if bytes.len() <= FILTER {
            return Ok(());
        }
        self.0.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let rest = &bytes[self.0.total_in() as usize..];
            let done = self.0.compress_vec(rest, &mut out, FlushCompress::Finish);
            if done.map_err(|e| e.to_string())? == Status::StreamEnd {
                break;
            }
            out.reserve(out.len() + 64);
        }
        if out.len() + FILTER < bytes.len() {
            out.shrink_to_fit();
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(out);
        }
        Ok(())
    }
}

/// What it costs to name the filter.
const FILTER: usize = "/Filter/FlateDecode".len();
