//! The EPUB, read out of its archive for the frame beside the pages.

use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;
use usvg::roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

/// No file of a book is larger, unpacked.
const LARGEST: u64 = 256 << 20;

/// An EPUB that is shown.
#[derive(Debug)]
pub(super) struct Reader {
    /// name of its edition
    pub(super) edition: String,
    /// its files in reading order
    pub(super) spine: Spine,
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
}

/// Files of an EPUB in reading order.
#[derive(Debug, Default, Serialize)]
pub(super) struct Spine {
    /// changes with the contents
    pub(super) look: String,
    /// each file's name in the archive, and what it is called
    files: Vec<(String, String)>,
}

impl Reader {
    /// Opens an EPUB; `None` if it is none.
    pub(super) fn new(edition: &str, bytes: Vec<u8>) -> Option<Reader> {
        let look = format!("{:016x}", crate::preview::hash::bytes(&bytes));
        let archive = ZipArchive::new(Cursor::new(Arc::from(bytes))).ok()?;
        let spine = Spine { look, files: vec![] };
        let mut reader = Reader { edition: edition.into(), spine, archive };
        reader.spine.files = reader.reading_order()?;
        Some(reader)
    }
    /// A file of the archive.
    pub(super) fn file(&self, name: &str) -> Option<Vec<u8>> {
        // To clone an archive is to count one more who reads it.
        let mut archive = self.archive.clone();
        let file = archive.by_name(name).ok()?;
        let mut out = vec![];
        file.take(LARGEST).read_to_end(&mut out).ok()?;
        Some(out)
    }
    fn text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.file(name)?).ok()
    }
    fn reading_order(&self) -> Option<Vec<(String, String)>> {
        let container = self.text("META-INF/container.xml")?;
        let container = parsed(&container)?;
        let root = named(container.root(), "rootfile").next()?;
        let package = root.attribute("full-path")?.to_string();
        let folder = package.rsplit_once('/').map_or("", |p| p.0);
        let opf = self.text(&package)?;
        let opf = parsed(&opf)?;
        let mut items = BTreeMap::new();
        let mut nav = None;
        for item in named(opf.root(), "item") {
            let (id, href) = (item.attribute("id")?, item.attribute("href")?);
            items.insert(id, joined(folder, href));
            let properties = item.attribute("properties").unwrap_or_default();
            if properties.split(' ').any(|p| p == "nav") {
                nav = Some(joined(folder, href));
            }
        }
        let titles = nav.and_then(|nav| self.titles(&nav)).unwrap_or_default();
        let order = named(opf.root(), "itemref");
        let order = order.filter_map(|r| items.get(r.attribute("idref")?));
        // A file that the contents do not name goes on from the one before.
        let mut last = String::new();
        let order = order.map(|file| {
            if let Some(title) = titles.get(file) {
                last.clone_from(title);
            }
            (file.clone(), last.clone())
        });
        Some(order.collect())
    }
    /// The first title that the contents have for each file.
    fn titles(&self, nav: &str) -> Option<BTreeMap<String, String>> {
        let folder = nav.rsplit_once('/').map_or("", |p| p.0);
        let text = self.text(nav)?;
        let doc = parsed(&text)?;
        let mut out = BTreeMap::new();
        for link in named(doc.root(), "a") {
            let Some(href) = link.attribute("href") else { continue };
            let file = href.split('#').next().unwrap_or_default();
            let texts = link.descendants().filter(Node::is_text);
            let title: String = texts.filter_map(|n| n.text()).collect();
            out.entry(joined(folder, file)).or_insert_with(|| title.trim().to_string());
        }
        Some(out)
    }
}

fn parsed(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

fn named<'a>(
    root: Node<'a, 'a>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    root.descendants().filter(move |n| n.tag_name().name() == name)
}

/// A name in the archive, from a folder in it and an address.
fn joined(folder: &str, href: &str) -> String {
    let href = percent_decode_str(href).decode_utf8_lossy();
    if folder.is_empty() { href.into() } else { format!("{folder}/{href}") }
}

/// The media type of a file by its ending; a browser is told never to guess another.
pub(super) fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |n| n.1) {
        "xhtml" | "html" => "application/xhtml+xml",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "otf" => "font/otf",
        "ttf" => "font/ttf",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
