//! The package document, completed: what epub-builder has no word for is added, what
//! it got from the clock or from chance goes.

use super::markup::{attr, parse};
use super::metadata::metadata;
use super::package::{Draft, Raw};
use super::page::lang;
use crate::book::words::{Words, words};
use std::fmt::Write;
use usvg::roxmltree::{Document, Node};

/// Apple's words (Apple Books Asset Guide 5.3).
const IBOOKS: &str =
    "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

/// An element's text in the source, tags and all.
pub(super) fn slice<'a>(source: &'a str, node: Option<Node>) -> &'a str {
    node.map_or("", |n| &source[n.range()])
}

/// The first element of a name.
pub(super) fn find<'a>(doc: &'a Document, name: &str) -> Option<Node<'a, 'a>> {
    doc.descendants().find(|n| n.tag_name().name() == name)
}

/// `content.opf`: epub-builder's manifest and spine, our metadata, and the
/// contents page in the spine after the title page.
pub(super) fn package(
    source: &str,
    draft: &Draft,
    raw: &Raw,
    modified: &str,
) -> Option<String> {
    let meta = &draft.input.book.meta;
    let doc = parse(source)?;
    let manifest = with_formulas(slice(source, find(&doc, "manifest")), raw);
    let prefix = match draft.traits.specified_fonts {
        true => format!(" prefix=\"{IBOOKS}\""),
        false => String::new(),
    };
    let guide = guide(&doc, words(lang(meta)))?;
    let turns = if draft.input.vertical { "rtl" } else { "ltr" };
    let mut spine =
        format!("<spine toc=\"ncx\" page-progression-direction=\"{turns}\">\n");
    let items = find(&doc, "spine")?.children().filter(Node::is_element);
    let items: Vec<_> = items.filter_map(|i| i.attribute("idref")).collect();
    let own =
        |id: &&str| ["id_text_titlepage.xhtml", "id_text_copyright.xhtml"].contains(id);
    let last = items.iter().rposition(own);
    for (i, id) in items.iter().enumerate() {
        writeln!(spine, "    <itemref idref=\"{}\"/>", attr(id)).ok();
        if Some(i) == last {
            spine += "    <itemref idref=\"nav\"/>\n";
        }
    }
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"book-id\" xml:lang=\"{}\"{prefix}>\n  \
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}  </metadata>\n  \
         {manifest}\n  {spine}  </spine>\n  {guide}\n</package>\n",
        attr(lang(meta)),
        metadata(draft, raw, modified)
    ))
}

/// The manifest, in which files with MathML are said to have it.
fn with_formulas(manifest: &str, raw: &Raw) -> String {
    let mut out = manifest.to_string();
    for file in &raw.formulas {
        let href = format!("href=\"{file}\"");
        out = out.replacen(&href, &format!("properties=\"mathml\" {href}"), 1);
    }
    out
}

/// The guide, for reading systems of EPUB 2, with names for its entries.
fn guide(doc: &Document, words: &Words) -> Option<String> {
    let mut out = String::from("<guide>\n");
    for entry in find(doc, "guide")?.children().filter(Node::is_element) {
        let (kind, href) = (entry.attribute("type")?, entry.attribute("href")?);
        let name = match kind {
            "cover" => words.cover,
            "title-page" => words.title_page,
            "copyright-page" => words.copyright_page,
            "toc" => words.contents,
            _ => words.body,
        };
        writeln!(
            out,
            "    <reference type=\"{kind}\" title=\"{name}\" href=\"{}\"/>",
            attr(href)
        )
        .ok();
    }
    Some(out + "  </guide>")
}
