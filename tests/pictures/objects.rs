//! A PDF with one page of pictures, and what its objects are.

use crate::common::Folder;
use image::RgbImage;
use keben::book::Book;
use keben::colour::Way;
use keben::config::Medium;
use keben::font::FontSet;
use keben::geom::{Len, Point, Size};
use keben::page::structure::Tag;
use keben::page::{Draw, Page};
use keben::pdf;
use keben::picture::{self, Look, Pictures, SvgFonts};
use lopdf::{Dictionary, Document, Object, Stream};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    doc: Document,
}

/// A file whose page shows pictures one below the other, 64 points wide.
pub(crate) fn file(list: &[(&str, &[u8])], way: &Way) -> File {
    try_file(list, way).expect("a file")
}

/// The same, where the pictures may not be any.
pub(crate) fn try_file(list: &[(&str, &[u8])], way: &Way) -> Result<File, String> {
    let mut pictures = Pictures::default();
    for (name, bytes) in list {
        let look = if *way == Way::Screen { Look::Seals } else { Look::Pixels };
        let picture = picture::read(bytes.to_vec(), look, 1 << 24, &SvgFonts::none());
        let picture = picture.map_err(|fault| format!("{name}: {fault:?}"))?;
        pictures.map.insert(name.to_string(), picture);
    }
    let side = Len::milli_pt(64_000);
    let draw = |(i, (name, _)): (usize, &(&str, &[u8]))| {
        let size = Size { w: side, h: side };
        let draw = Draw::Image { path: name.to_string(), size, alt: String::new() };
        (Point { x: Len::ZERO, y: side * i as i64 }, draw, Tag::Layout)
    };
    let page = Page {
        label: "1".into(),
        recto: true,
        size: Size { w: side, h: side * list.len() as i64 },
        items: list.iter().enumerate().map(draw).collect(),
        anchors: vec![],
    };
    let input = pdf::Input {
        book: &Book::default(),
        pages: &[page.into()],
        fonts: &FontSet::new(vec![]),
        pictures: &pictures,
        colours: way,
        timestamp: 0,
        medium: Medium::Print,
        inks: &[],
        press: None,
        bookmarks: true,
        boxes: None,
    };
    let bytes = pdf::write(&input, None).map_err(|d| d.message)?.into_bytes();
    let doc = Document::load_mem(&bytes).map_err(|e| e.to_string())?;
    Ok(File { bytes, doc })
}

impl File {
    /// The images of the file that are no soft masks, in the order of the file.
    pub(crate) fn images(&self) -> Vec<&Stream> {
        let streams = self.doc.objects.values().filter_map(|o| o.as_stream().ok());
        let images: Vec<_> = streams
            .filter(|s| s.dict.has_type(b"XObject") && is(&s.dict, "Image"))
            .collect();
        let masks: Vec<_> = images
            .iter()
            .filter_map(|i| i.dict.get(b"SMask").ok()?.as_reference().ok())
            .collect();
        let masks: Vec<_> =
            masks.iter().filter_map(|id| self.doc.get_object(*id).ok()).collect();
        let is_mask = |s: &Stream| {
            masks.iter().any(|m| m.as_stream().is_ok_and(|m| std::ptr::eq(m, s)))
        };
        images.into_iter().filter(|s| !is_mask(s)).collect()
    }
    pub(crate) fn image(&self, n: usize) -> &Stream {
        self.images()[n]
    }
    pub(crate) fn mask(&self, image: &Dictionary) -> Option<&Stream> {
        let id = image.get(b"SMask").ok()?.as_reference().ok()?;
        self.doc.get_object(id).ok()?.as_stream().ok()
    }
    /// The space of an image in words.
    pub(crate) fn space(&self, image: &Dictionary) -> String {
        self.words(image.get(b"ColorSpace").expect("a space"))
    }
    fn words(&self, space: &Object) -> String {
        let (_, space) = self.doc.dereference(space).expect("a space");
        if let Ok(name) = space.as_name() {
            return String::from_utf8_lossy(name).into_owned();
        }
        let parts = space.as_array().expect("a name or an array");
        match parts[0].as_name().expect("a name") {
            b"ICCBased" => {
                let (_, icc) = self.doc.dereference(&parts[1]).expect("a profile");
                let n = icc.as_stream().expect("a profile").dict.get(b"N").expect("N");
                format!("ICCBased {}", n.as_i64().expect("a number"))
            }
            b"Indexed" => {
                format!(
                    "Indexed {} {}",
                    self.words(&parts[1]),
                    parts[2].as_i64().expect("N")
                )
            }
            other => String::from_utf8_lossy(other).into_owned(),
        }
    }
    /// The pixel in the middle, decoded by another decoder where it is a JPEG.
    pub(crate) fn pixel(&self, n: usize) -> Vec<u8> {
        let image = self.image(n);
        let space = self.space(&image.dict);
        if is_filter(&image.dict, "DCTDecode") {
            let rgb = image::load_from_memory(&image.content).expect("a JPEG").to_rgb8();
            return rgb.get_pixel(32, 32).0.to_vec();
        }
        let data = image.decompressed_content().expect("pixels");
        if space.starts_with("Indexed") {
            let (_, space) = self
                .doc
                .dereference(image.dict.get(b"ColorSpace").expect("a space"))
                .expect("one");
            let table = space.as_array().expect("an array")[3].as_str().expect("a table");
            // All pixels are alike, or the test asks for no single one.
            return table[..3].to_vec();
        }
        data[(32 * 64 + 32) * 3..][..3].to_vec()
    }
    /// How many times pictures are drawn.
    pub(crate) fn drawn(&self) -> usize {
        let page = self.doc.page_iter().next().expect("a page");
        let content = self.doc.get_and_decode_page_content(page).expect("content");
        content.operations.iter().filter(|o| o.operator == "Do").count()
    }
    /// How many profiles the file has.
    pub(crate) fn profiles(&self) -> usize {
        let streams = self.doc.objects.values().filter_map(|o| o.as_stream().ok());
        streams
            .filter(|s| {
                s.dict.has(b"N") && !s.dict.has(b"FunctionType") && !s.dict.has(b"First")
            })
            .count()
    }
    /// Every space of colours that is named anywhere: by images, shadings, groups,
    /// resources, and by the operators of every content stream.
    pub(crate) fn device_names(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for object in self.doc.objects.values() {
            self.look(object, &mut found);
        }
        for page in self.doc.page_iter() {
            self.operators(&self.doc.get_page_content(page), &mut found);
        }
        found
    }
    /// The kinds of shadings.
    pub(crate) fn shadings(&self) -> BTreeSet<i64> {
        let dicts = self.doc.objects.values().filter_map(|o| o.as_dict().ok());
        dicts.filter_map(|d| d.get(b"ShadingType").ok()?.as_i64().ok()).collect()
    }
    /// How many graphics states are saved one inside another, in any one stream.
    pub(crate) fn deepest(&self) -> usize {
        let streams = self.doc.objects.values().filter_map(|o| o.as_stream().ok());
        let forms = streams.filter(|s| is(&s.dict, "Form"));
        let deepest = |s: &Stream| {
            let content = s.decompressed_content().unwrap_or(s.content.clone());
            let content = lopdf::content::Content::decode(&content).expect("content");
            let (mut now, mut most) = (0usize, 0);
            for op in content.operations {
                match op.operator.as_str() {
                    "q" => now += 1,
                    "Q" => now -= 1,
                    _ => {}
                }
                most = most.max(now);
            }
            assert_eq!(now, 0, "each state is taken back");
            most
        };
        forms.map(deepest).max().unwrap_or_default()
    }
    fn look(&self, object: &Object, found: &mut BTreeSet<String>) {
        if let Ok(parts) = object.as_array() {
            parts.iter().for_each(|o| self.look(o, found));
        } else if let Ok(dict) = object.as_dict() {
            self.look_into(dict, found);
        } else if let Ok(stream) = object.as_stream() {
            self.look_into(&stream.dict, found);
            if is(&stream.dict, "Form") || stream.dict.has(b"PatternType") {
                let content = stream.decompressed_content();
                self.operators(&content.unwrap_or(stream.content.clone()), found);
            }
        }
    }
    fn look_into(&self, dict: &Dictionary, found: &mut BTreeSet<String>) {
        for (key, value) in dict.iter() {
            match &key[..] {
                b"CS" => {
                    found.insert(self.words(value));
                }
                b"ColorSpace" => match self.doc.dereference(value).map(|o| o.1) {
                    Ok(Object::Dictionary(all)) => {
                        found.extend(all.iter().map(|(_, v)| self.words(v)));
                    }
                    _ => {
                        found.insert(self.words(value));
                    }
                },
                _ => self.look(value, found),
            }
        }
    }
    fn operators(&self, content: &[u8], found: &mut BTreeSet<String>) {
        let content = lopdf::content::Content::decode(content).expect("content");
        for op in content.operations {
            let name = match op.operator.as_str() {
                "rg" | "RG" => "DeviceRGB",
                "k" | "K" => "DeviceCMYK",
                "g" | "G" => "DeviceGray",
                _ => continue,
            };
            found.insert(name.into());
        }
    }
}

fn is(dict: &Dictionary, subtype: &str) -> bool {
    dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == subtype.as_bytes())
}

fn is_filter(dict: &Dictionary, filter: &str) -> bool {
    dict.get(b"Filter").and_then(Object::as_name).is_ok_and(|n| n == filter.as_bytes())
}

/// The first page, as poppler sees it.
pub(crate) fn page(pdftoppm: &Path, f: &Folder, pdf: &str, dpi: u32) -> RgbImage {
    let out = Command::new(pdftoppm)
        .args(["-r", &dpi.to_string(), "-png", "-singlefile"])
        .arg(f.path(pdf))
        .arg(f.path("page"))
        .output()
        .expect("pdftoppm runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    image::load_from_memory(&f.read("page.png")).expect("a page").to_rgb8()
}

/// The pixel in its middle.
pub(crate) fn seen(pdftoppm: &Path, f: &Folder, pdf: &str) -> [u8; 3] {
    let page = page(pdftoppm, f, pdf, 72);
    page.get_pixel(page.width() / 2, page.height() / 2).0
}

/// How far two pictures are apart: the mean over their numbers.
pub(crate) fn difference(a: &RgbImage, b: &RgbImage) -> f64 {
    let all = a.as_raw().iter().zip(b.as_raw());
    let sum: u64 = all.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.as_raw().len() as f64
}
