//! The package document, contents page and NCX, completed: what epub-builder
//! has no word for is added, what it got from the clock or from chance goes.

use super::formula;
use super::markup::{attr, clean, parse, text};
use super::matter;
use super::package::Draft;
use super::page::{self, lang, title};
use super::pictures::Embedded;
use crate::book::words::{Words, words};
use crate::book::{Meta, Role};
use std::fmt::Write;
use usvg::roxmltree::{Document, Node};

/// An element's text in the source, tags and all.
fn slice<'a>(source: &'a str, node: Option<Node>) -> &'a str {
    node.map_or("", |n| &source[n.range()])
}

fn find<'a>(doc: &'a Document, name: &str) -> Option<Node<'a, 'a>> {
    doc.descendants().find(|n| n.tag_name().name() == name)
}

/// The book's identifier, or one made from its title.
pub(super) fn identifier(meta: &Meta) -> String {
    let given = clean(&meta.identifier);
    if !given.trim().is_empty() {
        return given.trim().to_string();
    }
    let seed = format!("{}\n{}", meta.title, meta.authors.join("\n"));
    let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, seed.as_bytes());
    format!("urn:uuid:{id}")
}

/// `content.opf`: epub-builder's manifest and spine, our metadata, and the
/// contents page in the spine after the title page.
pub(super) fn package(source: &str, draft: &Draft, modified: &str) -> Option<String> {
    let (meta, pictures) = (&draft.input.book.meta, draft.pictures);
    let doc = parse(source)?;
    let manifest = with_formulas(slice(source, find(&doc, "manifest")), draft);
    let guide = guide(&doc, words(lang(meta)))?;
    let mut spine =
        String::from("<spine toc=\"ncx\" page-progression-direction=\"ltr\">\n");
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
         unique-identifier=\"book-id\" xml:lang=\"{}\">\n  \
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n{}  </metadata>\n  \
         {manifest}\n  {spine}  </spine>\n  {guide}\n</package>\n",
        attr(lang(meta)),
        metadata(meta, modified, pictures, manifest.contains("\"mathml\""))
    ))
}

/// The manifest, in which files with MathML are said to have it.
fn with_formulas(manifest: &str, draft: &Draft) -> String {
    let mut out = manifest.to_string();
    let chapters = draft.input.book.chapters.iter().zip(&draft.names.stems);
    for (_, stem) in chapters.filter(|(c, _)| formula::any(c)) {
        let href = format!("href=\"text/{stem}.xhtml\"");
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

fn metadata(meta: &Meta, modified: &str, pictures: &Embedded, formulas: bool) -> String {
    let mut out = String::new();
    let mut line = |s: String| writeln!(out, "    {s}").unwrap_or_default();
    line(format!(
        "<dc:identifier id=\"book-id\">{}</dc:identifier>",
        text(&identifier(meta))
    ));
    titles(meta, &mut line);
    line(format!("<dc:language>{}</dc:language>", text(lang(meta))));
    for (i, author) in meta.authors.iter().filter(|a| !a.trim().is_empty()).enumerate() {
        let n = i + 1;
        line(format!("<dc:creator id=\"author-{n}\">{}</dc:creator>", text(author)));
        line(format!(
            "<meta refines=\"#author-{n}\" property=\"role\" \
             scheme=\"marc:relators\">aut</meta>"
        ));
        line(format!(
            "<meta refines=\"#author-{n}\" property=\"display-seq\">{n}</meta>"
        ));
    }
    let optional = [
        ("publisher", &meta.publisher),
        ("date", &meta.date),
        ("description", &meta.description),
        ("rights", &meta.rights),
    ];
    let optional = optional.into_iter().filter_map(|(k, v)| Some((k, v.as_deref()?)));
    let subjects = meta.subjects.iter().map(|s| ("subject", s.as_str()));
    for (name, value) in optional.chain(subjects) {
        let value = clean(value);
        if !value.trim().is_empty() {
            line(format!("<dc:{name}>{}</dc:{name}>", text(value.trim())));
        }
    }
    line(format!("<meta property=\"dcterms:modified\">{modified}</meta>"));
    line("<meta name=\"cover\" content=\"cover-image\"/>".into());
    access(meta, pictures, &mut line);
    if formulas {
        line("<meta property=\"schema:accessibilityFeature\">MathML</meta>".into());
    }
    out
}

fn titles(meta: &Meta, line: &mut impl FnMut(String)) {
    let subtitle = meta.subtitle.as_deref().unwrap_or_default();
    let all = [("main", title(meta)), ("subtitle", clean(subtitle))];
    for (i, (kind, name)) in all.iter().enumerate() {
        let n = i + 1;
        if name.trim().is_empty() {
            continue;
        }
        line(format!("<dc:title id=\"title-{n}\">{}</dc:title>", text(name)));
        line(format!(
            "<meta refines=\"#title-{n}\" property=\"title-type\">{kind}</meta>"
        ));
        line(format!("<meta refines=\"#title-{n}\" property=\"display-seq\">{n}</meta>"));
    }
}

/// What readers who do not see, or see otherwise, can rely on. The cover is a
/// picture, but it says no more than its alternative text and the title page.
fn access(meta: &Meta, pictures: &Embedded, line: &mut impl FnMut(String)) {
    let mut say = |key: &str, value: &str| {
        line(format!("<meta property=\"schema:{key}\">{}</meta>", text(value)));
    };
    say("accessMode", "textual");
    let (seen, told) = (!pictures.files.is_empty(), pictures.described);
    if seen {
        say("accessMode", "visual");
    }
    if told {
        say("accessModeSufficient", "textual");
        say("accessibilityFeature", "alternativeText");
    }
    let features = [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
    ];
    features.into_iter().for_each(|f| say("accessibilityFeature", f));
    say("accessibilityHazard", "none");
    let [text, described] = words(lang(meta)).summary;
    let rest = if seen && told { described } else { "" };
    say("accessibilitySummary", &format!("{text}{rest}"));
}

/// `nav.xhtml`: epub-builder's list of contents, our page and landmarks.
pub(super) fn nav(source: &str, draft: &Draft) -> Option<String> {
    let meta = &draft.input.book.meta;
    let doc = parse(source)?;
    let words = words(lang(meta));
    let list = slice(source, find(&doc, "ol"));
    let href = |kind: &str| {
        let found = doc.descendants().find(|n| {
            n.attribute(("http://www.idpf.org/2007/ops", "type")) == Some(kind)
                && n.has_tag_name(("http://www.w3.org/1999/xhtml", "a"))
        });
        found.and_then(|n| n.attribute("href"))
    };
    let record = page::record(draft.input.book).is_some();
    let known = [
        ("cover", words.cover, Some("text/cover.xhtml")),
        ("titlepage", words.title_page, Some("text/titlepage.xhtml")),
        (
            "copyright-page",
            words.copyright_page,
            record.then_some("text/copyright.xhtml"),
        ),
        ("toc", words.contents, Some("nav.xhtml#toc")),
        ("bodymatter", words.body, href("bodymatter")),
    ];
    let mut marks = String::new();
    for (kind, name, to) in known {
        let Some(to) = to else { continue };
        writeln!(
            marks,
            "<li><a epub:type=\"{kind}\" href=\"{}\">{name}</a></li>",
            attr(to)
        )
        .ok();
    }
    marks += &apparatus(draft);
    let (lang, contents) = (attr(lang(meta)), words.contents);
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\">\n\
         <head>\n<meta charset=\"UTF-8\"/>\n<title>{contents}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n\
         <body epub:type=\"frontmatter\">\n\
         <nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n<h1>{contents}</h1>\n{list}\n</nav>\n\
         <nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">\n<h2>{}</h2>\n\
         <ol>\n{marks}</ol>\n</nav>\n</body>\n</html>\n",
        words.landmarks
    ))
}

/// Landmarks of what readers turn to from anywhere in the book, the first of each.
fn apparatus(draft: &Draft) -> String {
    let mut out = String::new();
    let sought =
        [Role::Glossary, Role::Bibliography, Role::Notes, Role::Index, Role::Appendix];
    for role in sought {
        let book = draft.input.book;
        let Some(i) = book.chapters.iter().position(|c| c.role == role) else { continue };
        let (kind, _) = matter::kind(&book.chapters[i]);
        let name = page::chapter_title(&book.chapters[i], &book.meta);
        let stem = &draft.names.stems[i];
        writeln!(
            out,
            "<li><a epub:type=\"{kind}\" href=\"text/{stem}.xhtml\">{}</a></li>",
            text(&name)
        )
        .ok();
    }
    out
}

/// `toc.ncx`, for reading systems of EPUB 2: the book's identifier and title,
/// and how deep the contents are.
pub(super) fn ncx(source: &str, meta: &Meta) -> Option<String> {
    let doc = parse(source)?;
    let point = |n: &Node| n.tag_name().name() == "navPoint";
    let deep =
        doc.descendants().filter(point).map(|n| n.ancestors().filter(point).count());
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" \
         xml:lang=\"{}\">\n  <head>\n    <meta name=\"dtb:uid\" content=\"{}\"/>\n    \
         <meta name=\"dtb:depth\" content=\"{}\"/>\n    \
         <meta name=\"dtb:totalPageCount\" content=\"0\"/>\n    \
         <meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n  </head>\n  \
         <docTitle><text>{}</text></docTitle>\n  {}\n</ncx>\n",
        attr(lang(meta)),
        attr(&identifier(meta)),
        deep.max().unwrap_or(1),
        text(&title(meta)),
        slice(source, find(&doc, "navMap"))
    ))
}
