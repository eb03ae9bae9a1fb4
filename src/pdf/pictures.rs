//! Pictures as objects of the file: JPEG as it is, other rasters as 8-bit
//! pixels, SVG as vector forms.

use crate::page::{Draw, Page};
use crate::picture::{Kind, Picture};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView};
use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};
use std::collections::BTreeMap;

/// A name for each picture that the pages show, by path.
pub fn names(pages: &[Page]) -> BTreeMap<String, XObjectId> {
    let mut paths: Vec<_> = pages
        .iter()
        .flat_map(Page::draws)
        .filter_map(|d| match d {
            Draw::Image { path, .. } => Some(path.clone()),
            Draw::Text(_) | Draw::Rule { .. } | Draw::Turned(_) | Draw::Path { .. } => {
                None
            }
        })
        .collect();
    paths.sort();
    paths.dedup();
    let name = |(i, path)| (path, XObjectId(format!("P{i}")));
    paths.into_iter().enumerate().map(name).collect()
}

/// The object of a picture. An SVG's is empty: [`super::finish`] puts the form
/// in its place, because it brings objects of its own.
pub fn object(picture: &Picture) -> Result<XObject, String> {
    let stream = match picture.kind {
        Kind::Svg => raw(&[("Subtype", name("Form"))], vec![]),
        Kind::Jpeg if picture.turned == Orientation::NoTransforms => jpeg(picture)?,
        Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Webp => {
            let mut decoded =
                image::load_from_memory(&picture.bytes).map_err(|e| e.to_string())?;
            decoded.apply_orientation(picture.turned);
            pixels(&decoded)
        }
    };
    Ok(XObject::External(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    }))
}

fn name(s: &str) -> DictItem {
    DictItem::Name(s.as_bytes().to_vec())
}

fn raw(entries: &[(&str, DictItem)], content: Vec<u8>) -> ExternalStream {
    let mut dict: BTreeMap<_, _> =
        entries.iter().map(|(k, v)| ((*k).to_string(), v.clone())).collect();
    dict.insert("Type".into(), name("XObject"));
    ExternalStream { dict, content, compress: false }
}

fn bitmap(
    size: (u32, u32),
    space: &str,
    more: &[(&str, DictItem)],
    content: Vec<u8>,
) -> ExternalStream {
    let mut entries = vec![
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(size.0))),
        ("Height", DictItem::Int(i64::from(size.1))),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    entries.extend(more.iter().cloned());
    raw(&entries, content)
}

/// A JPEG goes in byte for byte.
fn jpeg(picture: &Picture) -> Result<ExternalStream, String> {
    use image::ImageDecoder;
    let decoder =
        image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&picture.bytes[..]))
            .map_err(|e| e.to_string())?;
    let size = decoder.dimensions();
    let grey = decoder.color_type().channel_count() == 1;
    let space = if grey { "DeviceGray" } else { "DeviceRGB" };
    // The crate turns CMYK into RGB while decoding: only what is RGB or grey in
    // the file itself may be passed through.
    if components(&picture.bytes) == Some(4) {
        let decoded =
            image::load_from_memory(&picture.bytes).map_err(|e| e.to_string())?;
        return Ok(pixels(&decoded));
    }
    let filter = [("Filter", name("DCTDecode"))];
    Ok(bitmap(size, space, &filter, picture.bytes.to_vec()))
}

/// The number of components in a JPEG's frame header (ITU-T T.81, B.2.2).
fn components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xff {
            return None;
        }
        if matches!(marker, 0xc0..=0xc2) {
            return bytes.get(at + 9).copied();
        }
        let len = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
        at += 2 + usize::from(len.max(2));
    }
}

/// Pixels, grey where all are; transparency as a soft mask.
fn pixels(decoded: &DynamicImage) -> ExternalStream {
    let size = decoded.dimensions();
    let rgba = decoded.to_rgba8();
    let grey = rgba.pixels().all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]);
    let clear = rgba.pixels().any(|p| p.0[3] != 255);
    let content: Vec<u8> = if grey {
        rgba.pixels().map(|p| p.0[0]).collect()
    } else {
        rgba.pixels().flat_map(|p| [p.0[0], p.0[1], p.0[2]]).collect()
    };
    let mut more = vec![flate()];
    if clear {
        let alpha = rgba.pixels().map(|p| p.0[3]).collect();
        let alpha: Vec<u8> = alpha;
        let mask = bitmap(size, "DeviceGray", &[flate()], deflated(&alpha));
        more.push(("SMask", DictItem::Stream { stream: mask }));
    }
    let space = if grey { "DeviceGray" } else { "DeviceRGB" };
    bitmap(size, space, &more, deflated(&content))
}

fn flate() -> (&'static str, DictItem) {
    ("Filter", name("FlateDecode"))
}

/// Pixels are deflated at once: raw, those of a book's plates would fill the
/// memory before the file is written.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::default());
    // Writing to memory does not fail; an empty picture would be better than none.
    out.write_all(bytes).ok();
    out.finish().unwrap_or_default()
}

/// An SVG drawn as a page of its own, by krilla: vectors stay vectors, text
/// becomes outlines. `None` for what is no SVG.
pub fn svg_page(picture: &Picture) -> Result<Option<lopdf::Document>, String> {
    use krilla::configure::{ConfigurationBuilder, PdfVersion};
    use krilla::geom::Size;
    use krilla_svg::{SurfaceExt, SvgSettings};
    let Some(tree) = &picture.drawing else { return Ok(None) };
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .finish()
        .map_err(|e| format!("{e:?}"))?;
    let mut doc = krilla::Document::new_with(krilla::SerializeSettings {
        compress_content_streams: false,
        xmp_metadata: false,
        enable_tagging: false,
        configuration,
        ..krilla::SerializeSettings::default()
    });
    let size =
        Size::from_wh(picture.width, picture.height).ok_or("the SVG has no size")?;
    let settings = krilla::page::PageSettings::new(size);
    let mut page = doc.start_page_with(settings);
    let mut surface = page.surface();
    let outlines = SvgSettings { embed_text: false, ..SvgSettings::default() };
    surface.draw_svg(tree, size, outlines);
    surface.finish();
    page.finish();
    let bytes = doc.finish().map_err(|e| format!("{e:?}"))?;
    lopdf::Document::load_mem(&bytes).map(Some).map_err(|e| e.to_string())
}
