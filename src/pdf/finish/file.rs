//! The last step: the file itself.

use super::order;
use super::packed::{Packed, Streams, Written};
use crate::config::Medium;
use crate::pdf::contents::Deflater;
use crate::pdf::pieces::{Pieces, Taken};
use crate::pdf::syntax;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Numbers the objects and deflates what is there.
pub(super) fn prepare(doc: &mut Document, medium: Medium) -> Result<(), String> {
    // PDF/X-4 stands on PDF 1.6 (ISO 15930-7, 6.1).
    doc.version = match medium {
        Medium::Screen => "1.7".into(),
        Medium::Print => "1.6".into(),
    };
    doc.trailer.remove(b"ID");
    order::order(doc);
    let deflate = |deflater: &mut Deflater, (_, object): (_, &mut Object)| {
        let Object::Stream(stream) = object else { return Ok(()) };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            return Ok(());
        }
        deflater.deflate(stream)
    };
    doc.objects.par_iter_mut().try_for_each_init(Deflater::default, deflate)
}

/// Writes a document whose objects are numbered already.
pub fn save(doc: Document) -> Result<Vec<u8>, String> {
    save_with(doc, Written::default(), &[], None).map(Pieces::into_bytes)
}

/// The same with objects that are written already; names the file by its contents (ISO
/// 32000-1, 7.5.7 and 7.5.8). Streams stand by themselves, everything else in object
/// streams, which are made side by side.
pub(super) fn save_with(
    doc: Document,
    mut written: Written,
    taken: &[Taken],
    known: Option<&mut Streams>,
) -> Result<Pieces, String> {
    let mut streams = vec![];
    for (id, object) in doc.objects {
        if let Object::Stream(stream) = object {
            streams.push((id, stream));
        } else {
            written.object(id, &object);
        }
    }
    let packed = written.pack(known)?;
    let mut file = File::new(&doc.version);
    for (id, stream) in streams {
        match taken_by(&stream, taken) {
            Some(taken) => file.taken(id.0, stream.dict, taken),
            None => file.stream(id.0, stream),
        }
    }
    let mut next = doc.max_id + 1;
    for Packed { ids, stream, .. } in packed {
        file.stream(next, stream);
        for (n, id) in ids.into_iter().enumerate() {
            file.places.insert(id, Place::In(next, n as u16));
        }
        next += 1;
    }
    file.end(next, doc.trailer)
}

/// What a stream takes out of another file. In a file that somebody else made, the same
/// word means something else, or nothing.
fn taken_by<'a>(stream: &Stream, taken: &'a [Taken]) -> Option<&'a Taken> {
    let n = stream.dict.get(TAKEN).and_then(Object::as_i64).ok()?;
    taken.get(usize::try_from(n).ok()?)
}

/// What a stream says whose bytes stand in another file: which of those that are taken.
pub(in crate::pdf) const TAKEN: &[u8] = b"Taken";

/// Streams of so many bytes are pieces of their own; others stand together in pieces
/// about as large as these can be.
const LARGE: usize = 1 << 16;
const TOGETHER: usize = 1 << 20;

/// Bytes of what a row of the table says: which kind of place, where, which there.
const WIDTHS: [usize; 3] = [1, 5, 2];
const ROW: usize = WIDTHS[0] + WIDTHS[1] + WIDTHS[2];

/// What a trailer says that is still true of a file written anew.
const KEPT: [&[u8]; 2] = [b"Root", b"Info"];

/// Where an object is.
enum Place {
    /// from the beginning of the file
    At(u64),
    /// the number of an object stream, and which object of it
    In(u32, u16),
}

/// A file that is being written.
struct File {
    done: Pieces,
    /// how many bytes those have
    before: usize,
    /// what comes behind them
    bytes: Vec<u8>,
    /// by the numbers of objects
    places: BTreeMap<u32, Place>,
}

impl File {
    fn new(version: &str) -> File {
        let mut bytes = Vec::with_capacity(TOGETHER + LARGE);
        // Four bytes beyond ASCII say that the file is no text (7.5.2).
        bytes.extend(format!("%PDF-{version}\n%").into_bytes());
        bytes.extend(b"\xbb\xad\xc0\xde\n");
        File { done: Pieces::default(), before: 0, bytes, places: BTreeMap::new() }
    }
    fn place(&self) -> u64 {
        (self.before + self.bytes.len()) as u64
    }
    fn stream(&mut self, id: u32, mut stream: Stream) {
        if stream.content.len() < LARGE {
            return self.put(id, &stream.into());
        }
        let content = std::mem::take(&mut stream.content);
        self.begin(id);
        syntax::dictionary(&mut self.bytes, &stream.dict);
        self.bytes.extend(b"stream\n");
        self.part();
        self.before += content.len();
        self.done.push(content);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }
    /// A stream whose bytes stand in another file.
    fn taken(&mut self, id: u32, mut dict: Dictionary, taken: &Taken) {
        dict.remove(TAKEN);
        dict.set("Length", taken.len() as i64);
        self.begin(id);
        syntax::dictionary(&mut self.bytes, &dict);
        self.bytes.extend(b"stream\n");
        self.part();
        self.before += taken.len();
        self.done.take(taken);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }
    fn put(&mut self, id: u32, object: &Object) {
        self.begin(id);
        syntax::write(&mut self.bytes, object);
        self.bytes.extend(b"\nendobj\n");
        if self.bytes.len() > TOGETHER {
            self.part();
        }
    }
    fn begin(&mut self, id: u32) {
        self.places.insert(id, Place::At(self.place()));
        self.bytes.extend(format!("{id} 0 obj\n").into_bytes());
    }
    /// What is written so far is a piece.
    fn part(&mut self) {
        self.before += self.bytes.len();
        self.done.push(std::mem::take(&mut self.bytes));
    }
    /// The table of all places, which is the last object, with what the trailer says.
    fn end(mut self, id: u32, trailer: Dictionary) -> Result<Pieces, String> {
        let start = self.place();
        self.places.insert(id, Place::At(start));
        let rows = self.table(id);
        let mut table = Stream::new(Dictionary::new(), differences(&rows));
        let dict = &mut table.dict;
        for (key, value) in trailer.into_iter().filter(|t| KEPT.contains(&&*t.0)) {
            dict.set(key, value);
        }
        dict.set("Type", "XRef");
        dict.set("Size", i64::from(id) + 1);
        dict.set("W", WIDTHS.map(|n| Object::from(n as i64)).to_vec());
        Deflater::default().deflate(&mut table)?;
        if table.dict.has(b"Filter") {
            let parms = dictionary! { "Predictor" => 12, "Columns" => ROW as i64 };
            table.dict.set("DecodeParms", parms);
        } else {
            // The few rows of a small file are said as they are.
            table.set_content(rows);
        }
        self.part();
        let name = name(&self.done, &table.content);
        let name = Object::String(name, StringFormat::Hexadecimal);
        table.dict.set("ID", vec![name.clone(), name]);
        self.put(id, &table.into());
        self.bytes.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
        self.part();
        Ok(self.done)
    }
    /// A row for each number up to the last.
    fn table(&self, last: u32) -> Vec<u8> {
        let mut out = Vec::with_capacity((last as usize + 1) * ROW);
        for id in 0..=last {
            let (kind, place, which) = match self.places.get(&id) {
                Some(Place::At(at)) => (1, *at, 0),
                Some(Place::In(stream, n)) => (2, u64::from(*stream), *n),
                // The head of the free ones is the last of them, too.
                None => (0, 0, u16::MAX),
            };
            out.push(kind);
            out.extend(&place.to_be_bytes()[8 - WIDTHS[1]..]);
            out.extend(which.to_be_bytes());
        }
        out
    }
}

/// The identifier of a file, made of all that it says (14.4): the hash of the hashes of
/// its pieces, which are made side by side.
fn name(pieces: &Pieces, table: &[u8]) -> Vec<u8> {
    let pieces: Vec<_> = pieces.iter().collect();
    let hashes: Vec<_> = pieces.into_par_iter().map(Sha256::digest).collect();
    let mut all = Sha256::new();
    hashes.iter().for_each(|hash| all.update(hash));
    all.update(table);
    all.finalize()[..16].to_vec()
}

/// The rows of a table, each by how it differs from the one above (7.4.4.4; PNG, 9.2, filter
/// 2): places grow, so most of their bytes are 0.
fn differences(table: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(table.len() + table.len() / ROW);
    let mut above = [0; ROW];
    for row in table.chunks_exact(ROW) {
        out.push(2);
        out.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above.copy_from_slice(row);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of so many objects, and what is read of it.
    fn read(count: usize) -> (Vec<u8>, Document) {
        let mut doc = Document::with_version("1.7");
        let all: Vec<Object> =
            (0..count).map(|n| doc.add_object(Object::from(n as i64)).into()).collect();
        let kids: Vec<Object> = vec![];
        let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 0 };
        let pages = doc.add_object(pages);
        let root =
            dictionary! { "Type" => "Catalog", "Pages" => pages, "All" => all.clone() };
        let root = doc.add_object(root);
        doc.trailer.set("Root", root);
        prepare(&mut doc, Medium::Screen).expect("it is numbered");
        let bytes = save(doc).expect("it is written");
        let doc = Document::load_mem(&bytes).expect("it is read");
        (bytes, doc)
    }

    #[test]
    fn a_word_of_ours_in_another_file_is_nothing_to_us() {
        for n in [0, -1, 1 << 40] {
            let mut doc = Document::with_version("1.7");
            let stream = Stream::new(dictionary! { "Taken" => n }, b"a stream".to_vec());
            let root =
                dictionary! { "Type" => "Catalog", "One" => doc.add_object(stream) };
            let root = doc.add_object(root);
            doc.trailer.set("Root", root);
            let bytes = save(doc).expect("it is written");
            let doc = Document::load_mem(&bytes).expect("it is read");
            let one = doc.catalog().and_then(|c| c.get(b"One")).expect("the catalog");
            let one = doc.dereference(one).expect("it is there").1.clone();
            let stream = one.as_stream().expect("a stream");
            assert_eq!(stream.content, b"a stream");
            assert_eq!(stream.dict.get(TAKEN).and_then(Object::as_i64).ok(), Some(n));
        }
    }
    #[test]
    fn objects_are_found_in_small_files_and_in_large_ones() {
        let says = |bytes: &[u8], text: &str| {
            bytes.windows(text.len()).any(|w| w == text.as_bytes())
        };
        for (count, differs) in [(0, false), (1, false), (5000, true)] {
            let (bytes, doc) = read(count);
            assert_eq!(says(&bytes, "/Predictor 12"), differs, "{count}");
            let all = doc.catalog().and_then(|c| c.get(b"All")).expect("the catalog");
            let all = all.as_array().expect("an array");
            let number = |o: &Object| doc.dereference(o).ok()?.1.as_i64().ok();
            let found: Vec<_> = all.iter().filter_map(number).collect();
            assert_eq!(found, (0..count as i64).collect::<Vec<_>>(), "{count}");
        }
    }
}
