//! Pictures: which are embedded, under what name, and what SVG may not hold.

use super::cover;
use super::markup::{clean, parse};
use super::profile::Traits;
use crate::book::{Book, walk};
use crate::diag::{Diagnostic, Sink, code};
use crate::picture::{Kind, Picture, Pictures};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use usvg::roxmltree::Node;

/// The pictures that the book shows.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    /// path in the manuscript → file below `OEBPS/`, media type, bytes
    pub(super) files: BTreeMap<String, File>,
    /// whether every picture shown has alternative text
    pub(super) described: bool,
    /// whether one of them moves
    pub(super) moving: bool,
}

/// One file of the publication.
#[derive(Debug)]
pub(super) struct File {
    /// path below `OEBPS/`
    pub(super) name: String,
    /// media type
    pub(super) media: &'static str,
    /// contents
    pub(super) bytes: Arc<Vec<u8>>,
    /// width for a height of 1000
    pub(super) ratio: u32,
}

impl Embedded {
    /// Collects the pictures of a book that could be read.
    pub(super) fn of(
        book: &Book,
        pictures: &Pictures,
        traits: &Traits,
        sink: &mut Sink,
    ) -> Embedded {
        let shown: Vec<_> = book.chapters.iter().flat_map(walk::pictures).collect();
        let described = shown.iter().all(|p| !p.alt.trim().is_empty());
        let mut files = BTreeMap::new();
        let mut moving = false;
        for at in shown {
            let Some(picture) = pictures.get(&at.path) else { continue };
            if files.contains_key(&at.path) {
                continue;
            }
            let bytes = match picture.kind {
                Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Webp => picture.bytes.clone(),
                Kind::Svg => match harmless(&picture.bytes, &at.path, at.span, sink) {
                    Some(svg) => outlined(picture).unwrap_or(svg),
                    None => continue,
                },
            };
            // What a reading system does not take is made of pixels that it takes.
            let taken = traits.limits.kinds.is_none_or(|k| k.0.contains(&picture.kind));
            let made = (!taken).then(|| cover::pixels(picture)).flatten();
            let (kind, bytes) = match made {
                Some(png) => (Kind::Png, png.into()),
                None => (picture.kind, bytes),
            };
            moving |= moves(kind, &bytes);
            // No picture is thinner than 1/50.
            let ratio = f64::from(picture.width) * 1000.0 / f64::from(picture.height);
            let ratio = ratio.clamp(20.0, 50_000.0) as u32;
            let ext = kind.extension();
            let name = format!("images/p{:03}.{ext}", files.len() + 1);
            files.insert(
                at.path.clone(),
                File { name, media: kind.media_type(), bytes, ratio },
            );
        }
        Embedded { files, described, moving }
    }

    /// The width of a picture for a height of 1000.
    pub(super) fn ratio(&self, path: &str) -> u32 {
        self.files.get(path).map_or(1000, |f| f.ratio)
    }

    /// The file of a picture, below `OEBPS/`.
    pub(super) fn href(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|f| f.name.as_str())
    }
}

/// An SVG whose text has become outlines, because a picture cannot see the
/// publication's fonts. `None` for one without text, which stays as it is.
fn outlined(picture: &Picture) -> Option<Arc<Vec<u8>>> {
    // usvg's own question looks into the first group only.
    let text = picture.bytes.windows(5).any(|w| w == b"<text");
    let tree = picture.drawing.as_ref().filter(|_| text)?;
    // Three decimals are far finer than any screen.
    let options = usvg::WriteOptions {
        coordinates_precision: 3,
        transforms_precision: 5,
        ..usvg::WriteOptions::default()
    };
    Some(tree.to_string(&options).into_bytes().into())
}

/// Whether a picture may move: a GIF or WebP of several frames, an SVG with animations.
fn moves(kind: Kind, bytes: &[u8]) -> bool {
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
    match kind {
        Kind::Png | Kind::Jpeg => false,
        // The extension that tells how often frames are shown again.
        Kind::Gif => holds(b"NETSCAPE2.0"),
        Kind::Webp => holds(b"ANIM"),
        Kind::Svg => holds(b"<animate") || holds(b"@keyframes") || holds(b"<set "),
    }
}

/// An SVG that may be shown, its text as outlines.
pub(super) fn safe_svg(picture: &Picture) -> Option<Arc<Vec<u8>>> {
    let mut sink = Sink::default();
    let svg = harmless(&picture.bytes, "", Span::default(), &mut sink)?;
    Some(outlined(picture).unwrap_or(svg))
}

/// An SVG without programs and without what it would fetch. `None` if it is no
/// XML; the picture reader has reported that.
fn harmless(
    bytes: &[u8],
    path: &str,
    span: Span,
    sink: &mut Sink,
) -> Option<Arc<Vec<u8>>> {
    let source = std::str::from_utf8(bytes).ok()?;
    let doc = parse(source)?;
    let mut cuts: Vec<Range<usize>> = vec![];
    for node in doc.descendants().filter(Node::is_element) {
        if active(&node) {
            cuts.push(node.range());
        } else {
            let bad = node.attributes().filter(|a| fetches(a.name(), a.value()));
            cuts.extend(bad.map(|a| a.range()));
        }
    }
    if cuts.is_empty() {
        return Some(bytes.to_vec().into());
    }
    let message = format!("“{}” runs programs or fetches files", clean(path));
    sink.push(
        Diagnostic::new(code::ACTIVE_PICTURE, message)
            .at(span)
            .hint("these parts are left out of the EPUB"),
    );
    cuts.sort_by_key(|r| (r.start, usize::MAX - r.end));
    let (mut out, mut pos) = (String::new(), 0);
    for cut in cuts {
        // a cut inside one that is made already
        if cut.start >= pos {
            out += &source[pos..cut.start];
            pos = cut.end;
        }
    }
    out += &source[pos..];
    Some(out.into_bytes().into())
}

fn active(node: &Node) -> bool {
    match node.tag_name().name() {
        "script" | "foreignObject" | "handler" | "listener" | "iframe" => true,
        "style" => {
            let css: String = node.children().filter_map(|n| n.text()).collect();
            css.contains("@import") || fetches("style", &css)
        }
        _ => false,
    }
}

/// Whether an attribute runs a program or leads out of the file.
fn fetches(name: &str, value: &str) -> bool {
    let inside = |v: &str| {
        let v = v.trim_start_matches([' ', '\'', '"', '\t', '\n']);
        v.starts_with('#') || v.starts_with("data:image/")
    };
    name.starts_with("on")
        || name == "href" && !inside(value)
        || name == "base"
        || value.split("url(").skip(1).any(|v| !inside(v))
}
