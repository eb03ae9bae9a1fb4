//! What is drawn on the pages, as finished streams.
//!
//! printpdf writes pages one after another, and keeps all of them until it is done.
//! It is given a few at a time, on every core, and only what is deflated is kept.

use super::fonts::Subset;
use super::{Input, content, raw};
use crate::font::FaceId;
use crate::page::Page;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{PdfDocument, PdfPage, XObjectId};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pages that are written together: as few as give every core something to do to the
/// end, as many as are worth a document of their own.
const TOGETHER: usize = 16;

/// The contents of each page; those of pages that are the same as before are `old`.
pub(super) fn contents(
    input: &Input<'_>,
    subsets: &BTreeMap<FaceId, Subset>,
    names: &BTreeMap<String, XObjectId>,
    old: &[(Page, Stream)],
) -> Result<Vec<Stream>, String> {
    let known = |(n, page): (usize, &Page)| {
        let known = old.get(n).filter(|known| known.0 == *page);
        known.map(|known| known.1.clone())
    };
    let some = |(n, pages): (usize, &[Page])| {
        let known: Vec<_> = (n * TOGETHER..).zip(pages).map(known).collect();
        let page = |p| content::page(p, (input.medium, input.inks), subsets, names);
        let new = pages.iter().zip(&known).filter(|p| p.1.is_none()).map(|p| page(p.0));
        let mut new = written(new.collect())?.into_iter();
        let stream = |known: Option<Stream>| known.or_else(|| new.next());
        Ok(known.into_iter().filter_map(stream).collect())
    };
    // Nobody waits at the end while another has several to do.
    let chunks = input.pages.par_chunks(TOGETHER).enumerate().with_max_len(1);
    let all: Result<Vec<Vec<_>>, String> = chunks.map(some).collect();
    Ok(all?.into_iter().flatten().collect())
}

/// Some pages as printpdf writes them, deflated.
fn written(pages: Vec<PdfPage>) -> Result<Vec<Stream>, String> {
    if pages.is_empty() {
        return Ok(vec![]);
    }
    let mut doc = PdfDocument::new("");
    doc.pages = pages;
    let mut doc = raw(&doc);
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    let mut deflater = Deflater::default();
    let stream = |page| deflater.stream(taken(&mut doc, page)?);
    pages.into_iter().map(stream).collect()
}

/// Takes the operators of a page out of a document.
fn taken(doc: &mut Document, page: ObjectId) -> Result<Vec<u8>, String> {
    let dict = doc.get_dictionary(page).map_err(|e| e.to_string())?;
    let id = dict.get(b"Contents").and_then(Object::as_reference);
    let stream = doc.get_object_mut(id.map_err(|e| e.to_string())?);
    let stream = stream.and_then(Object::as_stream_mut).map_err(|e| e.to_string())?;
    Ok(std::mem::take(&mut stream.content))
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
