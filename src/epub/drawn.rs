//! Formulas as pictures, for reading systems that read no MathML: the layout of the
//! printed page, glyphs as outlines, in pixels where no drawings are taken.

use super::Input;
use super::formula;
use super::profile::Traits;
use crate::book::{BlockKind, Inline, walk};
use crate::font::{FontSet, Side};
use crate::math::{self, Formula, Mark, Shape, Step, Style, Tree};
use crate::picture::{Kind, shown};
use image::ImageFormat;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Cursor;

/// The formulas of a book, by whether they stand in a line, and by their TeX.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    files: BTreeMap<(bool, String), File>,
}

/// A formula as a file of the publication.
#[derive(Debug)]
pub(super) struct File {
    /// path below `OEBPS/`
    pub(super) name: String,
    /// media type
    pub(super) media: &'static str,
    /// contents
    pub(super) bytes: Vec<u8>,
    /// width in hundredths of the text's em
    pub(super) width: i64,
    /// depth below the baseline, in the same
    pub(super) below: i64,
    /// what its `\tag` says
    pub(super) tag: Option<String>,
}

/// Blank around a picture, in millionths of a formula's em: italics lean out.
const BLANK: i64 = 60_000;
/// Pixels of an em: three for each of a common screen's.
const PIXELS: f32 = 64.0;
/// Most pixels of a side.
const MOST: u32 = 4000;

impl Drawn {
    /// Draws the formulas of a book, if its reading systems need pictures of them.
    pub(super) fn of(input: &Input, traits: &Traits) -> Drawn {
        let mut drawn = Drawn::default();
        if traits.math {
            return drawn;
        }
        let vector = traits.limits.kinds.is_none_or(|k| k.0.contains(&Kind::Svg));
        for chapter in &input.book.chapters {
            let mut found = vec![];
            walk::every_inline(chapter, &mut |i| {
                if let Inline::Math(t) = i {
                    found.push((true, t.text.clone()));
                }
            });
            let notes = chapter.notes.iter().map(|n| &n.blocks);
            for list in std::iter::once(&chapter.blocks).chain(notes) {
                walk::blocks(list, &mut |b| {
                    if let BlockKind::Math(e) = &b.kind {
                        found.push((false, e.tex.text.clone()));
                    }
                });
            }
            for key in found {
                if !drawn.files.contains_key(&key) {
                    drawn.add(key, input.fonts, vector);
                }
            }
        }
        drawn
    }

    fn add(&mut self, key: (bool, String), fonts: &FontSet, vector: bool) {
        let style = if key.0 { Style::Inline } else { Style::Display };
        let laid = Tree::parse(&key.1).and_then(|tree| tree.lay(style));
        let Some(laid) = laid.ok().filter(|l| l.width() > 0) else { return };
        let svg = svg(&laid, fonts);
        let (kind, bytes) = match (vector, png(&svg)) {
            (false, Some(png)) => (Kind::Png, png),
            (true, _) | (false, None) => (Kind::Svg, svg.into_bytes()),
        };
        let name = format!("images/m{:03}.{}", self.files.len() + 1, kind.extension());
        let hundredths = |n: i64| (n * math::SIZE + 5_000_000) / 10_000_000;
        let tags = laid.tags.iter().filter_map(|t| t.text.clone());
        let file = File {
            name,
            media: kind.media_type(),
            bytes,
            width: hundredths(laid.width() + 2 * BLANK),
            below: hundredths(laid.below() + BLANK),
            tag: Some(tags.collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()),
        };
        self.files.insert(key, file);
    }

    /// The picture of a formula.
    pub(super) fn get(&self, inline: bool, tex: &str) -> Option<&File> {
        self.files.get(&(inline, tex.to_string()))
    }

    /// All pictures.
    pub(super) fn files(&self) -> impl Iterator<Item = &File> {
        self.files.values()
    }
}

/// A formula as SVG, a unit a thousandth of its em.
fn svg(laid: &Formula, fonts: &FontSet) -> String {
    let (mut path, mut rest) = (String::new(), String::new());
    let mut at = BLANK;
    let base = laid.above() + BLANK;
    for part in &laid.parts {
        for mark in &part.marks {
            let place = (at + mark.at, base - mark.rise);
            match &mark.shape {
                Shape::Glyph { .. } => glyph(mark, place, fonts, &mut path),
                Shape::Rule { width, height } => {
                    let (x, y) = (place.0, place.1 - height);
                    let steps = [
                        Step::Move(0, 0),
                        Step::Line(*width, 0),
                        Step::Line(*width, *height),
                        Step::Line(0, *height),
                        Step::Close,
                    ];
                    steps.iter().for_each(|s| step(s, (x, y), &mut path));
                }
                Shape::Path { steps, line: None } => {
                    steps.iter().for_each(|s| step(s, place, &mut path));
                }
                Shape::Path { steps, line: Some(width) } => {
                    let mut d = String::new();
                    steps.iter().for_each(|s| step(s, place, &mut d));
                    let width = milli(*width).max(1);
                    write!(
                        rest,
                        "<path fill=\"none\" stroke=\"#000\" stroke-width=\"{width}\" \
                         d=\"{d}\"/>"
                    )
                    .ok();
                }
            }
        }
        at += part.width + part.joint.map_or(0, |j| j.0);
    }
    let (w, h) = (milli(at + BLANK), milli(base + laid.below() + BLANK));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\"><path d=\"{path}\"/>{rest}</svg>\n"
    )
}

/// Thousandths of millionths.
fn milli(n: i64) -> i64 {
    (n + n.signum() * 500) / 1000
}

fn step(step: &Step, (x, y): (i64, i64), out: &mut String) {
    let p = |(a, b): (i64, i64)| format!("{} {}", milli(x + a), milli(y + b));
    match *step {
        Step::Move(a, b) => write!(out, "M{}", p((a, b))),
        Step::Line(a, b) => write!(out, "L{}", p((a, b))),
        Step::Curve([a, b, c]) => write!(out, "C{} {} {}", p(a), p(b), p(c)),
        Step::Close => write!(out, "Z"),
    }
    .ok();
}

/// The outline of a character: in KaTeX's faces, or, for Han, in the text's.
fn glyph(mark: &Mark, place: (i64, i64), fonts: &FontSet, out: &mut String) {
    let Shape::Glyph { face, glyph: c, scale, .. } = mark.shape else { return };
    let scale = i64::from(scale) * 1000;
    let found = fonts.math(face, c).map(|(face, id)| (face, id, scale)).or_else(|| {
        let face = fonts.pick(super::chars::Style::Body.cut(), Side::of(c), c)?;
        // In the text's size.
        Some((face, fonts.face(face).glyph(c)?, scale * 1000 / math::SIZE))
    });
    let Some((face, id, size)) = found.filter(|_| !c.is_whitespace()) else { return };
    let face = fonts.face(face);
    let upem = f64::from(face.upem).max(1.0);
    let mut pen = Pen { place, size: size as f64 / upem, out };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let Ok(font) = FontRef::from_index(&face.data, face.index) else { return };
    if let Some(outline) = font.outline_glyphs().get(u32::from(id).into()) {
        outline.draw(settings, &mut pen).ok();
    }
}

/// Takes outlines in font units, y upwards.
struct Pen<'a> {
    place: (i64, i64),
    /// millionths of the formula's em for each unit
    size: f64,
    out: &'a mut String,
}

impl Pen<'_> {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.out.push(command);
        for (i, (x, y)) in points.iter().enumerate() {
            let scaled = |v: f32| (f64::from(v) * self.size).round() as i64;
            let (x, y) = (self.place.0 + scaled(*x), self.place.1 - scaled(*y));
            let gap = if i > 0 { " " } else { "" };
            write!(self.out, "{gap}{} {}", milli(x), milli(y)).ok();
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[(cx, cy), (x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('C', &[(ax, ay), (bx, by), (x, y)]);
    }
    fn close(&mut self) {
        self.out.push('Z');
    }
}

/// The same in pixels, on white: black on nothing is not seen by night.
fn png(svg: &str) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    let image = shown::pixels(&tree, PIXELS / 1000.0, MOST)?;
    let grey = image::DynamicImage::from(image).into_luma8();
    let mut out = vec![];
    grey.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).ok()?;
    Some(out)
}

/// The element of a picture, and the rule for its size.
pub(super) fn element(file: &File, tex: &str) -> (String, String) {
    let class = format!("drawn-{}-{}", file.width, file.below);
    let em = |n: i64| format!("{}.{:02}em", n / 100, n % 100);
    let rule = format!(
        ".{class} {{ width: {}; vertical-align: -{}; }}",
        em(file.width),
        em(file.below)
    );
    let alt = formula::spoken(tex);
    let img = format!(
        "<img class=\"formula {class}\" src=\"../{}\" alt=\"{alt}\"/>",
        file.name
    );
    (img, rule)
}
