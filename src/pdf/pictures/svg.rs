//! SVG as vector forms (ISO 32000-1, 8.10), drawn from the tree that usvg made of it.
//!
//! What is left of SVG in that tree is groups, paths, rasters and text as outlines,
//! each with fills, clips and masks that PDF knows too, under other names. A group that
//! is put together before it meets what lies below becomes a form of its own; other
//! groups are operators in the form around them. Filters alone are drawn as pixels.

use super::canvas::{Canvas, array};
use super::shelf::{Shelf, group};
use super::{bitmap, soft};
use crate::colour::{Links, Profile, Space};
use crate::picture::raster::{Raster, Samples};
use crate::picture::{self, Look, Picture, SvgFonts};
use lopdf::{Dictionary, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;
use std::sync::Arc;
use usvg::{BlendMode, Group, ImageKind, Node, Transform};

/// The form of a picture that is a drawing: one unit square, like any picture. `width`
/// is that of its widest place, in points.
pub(super) fn form(
    shelf: &mut Shelf<'_>,
    picture: &Picture,
    width: f32,
    links: &Links<'_>,
) -> Result<Stream, String> {
    let tree = picture.drawing.as_ref().ok_or("a picture has no drawing")?;
    let (w, h) = (picture.width, picture.height);
    let mut drawer = Drawer {
        shelf,
        links,
        light: false,
        density: width / w * PRINT / 72.0,
        budget: BUDGET,
        cells: BTreeMap::new(),
        tiles: BTreeMap::new(),
        shadings: BTreeMap::new(),
        masks: BTreeMap::new(),
    };
    let mut canvas = Canvas::default();
    drawer.nodes(&mut canvas, tree.root(), Transform::identity());
    let mut dict = super::xobject("Form");
    dict.set("BBox", array([0.0, 0.0, w, h]));
    // SVG counts down from the top.
    dict.set("Matrix", array([1.0 / w, 0.0, 0.0, -1.0 / h, 0.0, 1.0]));
    if canvas.is_seen_through() {
        dict.set("Group", group(None));
    }
    let (content, resources) = canvas.finish();
    dict.set("Resources", resources);
    Ok(Stream::new(dict, content))
}

/// Pixels per inch of what is drawn as pixels.
const PRINT: f32 = 300.0;
/// Pixels that all filters of a drawing have together.
const BUDGET: f32 = 100e6;
/// Pixels of a side: some readers show no more.
const SIDE: f32 = 8000.0;

/// Draws nodes on canvases.
pub(super) struct Drawer<'a, 'b> {
    pub(super) shelf: &'a mut Shelf<'b>,
    pub(super) links: &'a Links<'a>,
    /// whether only light counts, not colour: inside a mask
    pub(super) light: bool,
    /// pixels that a unit of the drawing has in print
    density: f32,
    /// pixels that are left for filters
    budget: f32,
    /// tiles of patterns by where they lie, and whether only their light counts
    pub(super) cells: BTreeMap<(usize, bool), (Vec<u8>, Dictionary)>,
    /// patterns by their tile and how it is laid
    pub(super) tiles: BTreeMap<((usize, bool), String), ObjectId>,
    /// shadings by what they show
    pub(super) shadings: BTreeMap<String, ObjectId>,
    /// masks by where they lie
    pub(super) masks: BTreeMap<usize, Dictionary>,
}

impl Drawer<'_, '_> {
    /// The nodes of a group. `ctm` leads from the axes that hold now to those that
    /// the canvas began with, which patterns are measured along.
    pub(super) fn nodes(&mut self, canvas: &mut Canvas, group: &Group, ctm: Transform) {
        for node in group.children() {
            match node {
                Node::Group(inside) => self.group(canvas, inside, ctm),
                Node::Path(path) => self.path(canvas, path, ctm),
                Node::Image(image) => self.image(canvas, image, ctm),
                Node::Text(text) => self.group(canvas, text.flattened(), ctm),
            }
        }
    }
    fn group(&mut self, canvas: &mut Canvas, g: &Group, ctm: Transform) {
        if !g.filters().is_empty() {
            self.filtered(canvas, g);
            return;
        }
        let plain = g.transform().is_identity()
            && g.clip_path().is_none()
            && !is_alone(g)
            && !canvas.is_deep();
        if plain {
            return self.nodes(canvas, g, ctm);
        }
        canvas.save();
        canvas.concat(g.transform());
        let ctm = ctm.pre_concat(g.transform());
        let mut softs = vec![];
        if let Some(clip) = g.clip_path() {
            self.clip(canvas, clip, &mut softs);
        }
        if let Some(mask) = g.mask() {
            self.mask(mask, &mut softs);
        }
        if softs.is_empty() && !is_alone(g) && !canvas.is_deep() {
            self.nodes(canvas, g, ctm);
        } else {
            let mut inner = Canvas::default();
            self.nodes(&mut inner, g, Transform::identity());
            self.alone(canvas, g, inner, softs);
        }
        canvas.restore();
    }
    /// Puts a canvas on another as one thing, through soft masks, one inside the other.
    fn alone(
        &mut self,
        canvas: &mut Canvas,
        g: &Group,
        mut inner: Canvas,
        mut softs: Vec<Dictionary>,
    ) {
        let bounds = soft::wider(g.layer_bounding_box());
        let mut state = Dictionary::new();
        if g.blend_mode() != BlendMode::Normal {
            state.set("BM", blend(g.blend_mode()));
        }
        if g.opacity().get() < 1.0 {
            state.set("ca", g.opacity().get());
            state.set("CA", g.opacity().get());
        }
        if let Some(last) = softs.pop() {
            for soft in softs {
                let form = self.shelf.form(inner, bounds, Some(group(None)));
                inner = Canvas::default();
                through(&mut inner, dictionary! { "SMask" => soft }, form);
            }
            state.set("SMask", last);
        }
        let kind = is_alone(g) || !state.is_empty();
        let form = self.shelf.form(inner, bounds, kind.then(|| group(None)));
        through(canvas, state, form);
        if kind {
            canvas.see_through();
        }
    }
    fn image(&mut self, canvas: &mut Canvas, image: &usvg::Image, ctm: Transform) {
        if !image.is_visible() {
            return;
        }
        let bytes = match image.kind() {
            ImageKind::JPEG(b)
            | ImageKind::PNG(b)
            | ImageKind::GIF(b)
            | ImageKind::WEBP(b) => b,
            ImageKind::SVG(tree) => {
                canvas.save();
                canvas.op(&[0.0, 0.0, tree.size().width(), tree.size().height()], "re");
                canvas.op(&[], "W n");
                self.nodes(canvas, tree.root(), ctm);
                return canvas.restore();
            }
        };
        let (links, light) = (self.links, self.light);
        let make = || raster(bytes, light, links);
        let Some(id) = self.shelf.inside(bytes, light, make) else { return };
        self.placed(canvas, id, image.size().width(), image.size().height());
    }
    /// Draws an image whose top left corner is where the axes begin.
    fn placed(&mut self, canvas: &mut Canvas, id: ObjectId, width: f32, height: f32) {
        let name = canvas.name("XObject", id);
        canvas.save();
        // Images are squares that count up.
        canvas.op(&[width, 0.0, 0.0, -height, 0.0, height], "cm");
        canvas.call(&name, "Do");
        canvas.restore();
        // It may have a soft mask.
        canvas.see_through();
    }
    /// Draws a group with filters as pixels, as many as print asks for.
    fn filtered(&mut self, canvas: &mut Canvas, g: &Group) -> Option<()> {
        let bounds = g.layer_bounding_box().transform(g.transform())?;
        let whole = g.abs_layer_bounding_box();
        // How much larger the group is in the drawing than along its own axes.
        let size = (whole.width() / bounds.width()).max(whole.height() / bounds.height());
        let side = SIDE / bounds.width().max(bounds.height());
        let area = bounds.width() * bounds.height();
        // Each takes at most a quarter of what is left, so something always is.
        let spare = (self.budget / 4.0 / area).sqrt();
        let scale = (self.density * size).min(side).min(spare);
        let (w, h) = (bounds.width() * scale, bounds.height() * scale);
        let (w, h) = (w.ceil().max(1.0), h.ceil().max(1.0));
        self.budget -= w * h;
        let mut pixels = resvg::tiny_skia::Pixmap::new(w as u32, h as u32)?;
        // resvg moves a group to where its pixels begin; along its parent's axes these
        // begin elsewhere.
        let t = Transform::from_scale(w / bounds.width(), h / bounds.height())
            .pre_translate(-bounds.x(), -bounds.y())
            .pre_translate(whole.x(), whole.y());
        let node = Node::Group(Box::new(g.clone()));
        resvg::render_node(&node, t, &mut pixels.as_mut())?;
        let samples = pixels.take_demultiplied();
        let raster = Raster {
            width: w as u32,
            height: h as u32,
            space: Space::Rgb,
            alpha: true,
            samples: Samples::Eight(samples),
        };
        let bitmap = pixels_of(raster, None, self.light, self.links)?;
        let stream = self.shelf.image(bitmap);
        let id = self.shelf.add(stream);
        canvas.save();
        canvas.concat(Transform::from_translate(bounds.x(), bounds.y()));
        self.placed(canvas, id, bounds.width(), bounds.height());
        canvas.restore();
        Some(())
    }
}

/// Draws a form in a graphics state.
fn through(canvas: &mut Canvas, state: Dictionary, form: ObjectId) {
    if !state.is_empty() {
        let name = canvas.name("ExtGState", state);
        canvas.call(&name, "gs");
    }
    let name = canvas.name("XObject", form);
    canvas.call(&name, "Do");
}

/// Whether a group is put together before it meets what lies below.
fn is_alone(g: &Group) -> bool {
    g.isolate()
        || g.opacity().get() < 1.0
        || g.mask().is_some()
        || g.blend_mode() != BlendMode::Normal
}

/// A picture inside of a drawing. One that cannot be read is left out, as browsers do.
fn raster(
    bytes: &Arc<Vec<u8>>,
    light: bool,
    links: &Links<'_>,
) -> Option<bitmap::Bitmap> {
    let picture =
        picture::read(bytes.to_vec(), Look::Pixels, u64::MAX, &SvgFonts::none()).ok()?;
    if picture.drawing.is_some() {
        return None;
    }
    if !light {
        return bitmap::of(&picture, links).ok();
    }
    let raster = picture::raster::decode(&picture).ok()?;
    pixels_of(raster, picture.profile.as_ref(), true, links)
}

/// Pixels as an image of the file; inside a mask as light alone.
fn pixels_of(
    raster: Raster,
    profile: Option<&Profile>,
    light: bool,
    links: &Links<'_>,
) -> Option<bitmap::Bitmap> {
    if light {
        return bitmap::pixels(&soft::light(&raster), None, false, links).ok();
    }
    bitmap::pixels(&raster, profile, false, links).ok()
}

/// PDF's name (ISO 32000-1, 11.3.5).
fn blend(mode: BlendMode) -> &'static str {
    match mode {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        BlendMode::Screen => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
    }
}
