//! Clips and masks: what of a drawing is seen.
//!
//! A clip of one shape, or of shapes that lie apart, is a clipping path (ISO 32000-1,
//! 8.5.4). Any other would cut holes where shapes lie over one another, so it becomes a
//! soft mask (11.6.5.3), as masks do. In a mask only light counts: its colours become
//! greys before the file has them, so that no press profile changes what is seen.

use super::canvas::Canvas;
use super::shelf::group;
use super::svg::Drawer;
use crate::colour::Space;
use crate::picture::raster::{Raster, Samples};
use lopdf::{Dictionary, ObjectId, dictionary};
use usvg::{
    ClipPath, FillRule, Group, Mask, MaskType, Node, NonZeroRect, Rect, Transform,
};

/// A shape of a clip.
struct Shape<'a> {
    path: &'a usvg::Path,
    t: Transform,
    rule: FillRule,
}

impl Drawer<'_, '_> {
    /// Clips what comes; what no path can clip is put among the soft masks.
    pub(super) fn clip(
        &mut self,
        canvas: &mut Canvas,
        clip: &ClipPath,
        softs: &mut Vec<Dictionary>,
    ) {
        if let Some(outer) = clip.clip_path() {
            self.clip(canvas, outer, softs);
        }
        let mut shapes = vec![];
        let simple = shapes_of(clip.root(), clip.transform(), &mut shapes);
        if simple && (shapes.len() <= 1 || are_apart(&shapes)) {
            let even = shapes.iter().any(|s| s.rule == FillRule::EvenOdd);
            // Without a shape nothing is seen.
            canvas.op(&[0.0, 0.0], "m");
            shapes.iter().for_each(|s| canvas.path(s.path.data(), s.t));
            canvas.op(&[], if even { "W* n" } else { "W n" });
        } else {
            softs.push(self.cut(clip));
        }
    }
    fn cut(&mut self, clip: &ClipPath) -> Dictionary {
        let key = std::ptr::from_ref(clip.root()) as usize;
        if let Some(known) = self.masks.get(&key) {
            return known.clone();
        }
        let mut inner = Canvas::default();
        inner.save();
        inner.concat(clip.transform());
        self.lit(|d| d.nodes(&mut inner, clip.root(), clip.transform()));
        inner.restore();
        let bounds = clip.root().layer_bounding_box();
        let bounds = bounds.transform(clip.transform()).unwrap_or(bounds);
        let form = self.shelf.form(inner, wider(bounds), Some(group(Some("DeviceGray"))));
        self.kept(key, soft("Alpha", form))
    }
    /// Masks, the inner one first.
    pub(super) fn mask(&mut self, mask: &Mask, softs: &mut Vec<Dictionary>) {
        if let Some(inner) = mask.mask() {
            self.mask(inner, softs);
        }
        let key = std::ptr::from_ref(mask.root()) as usize;
        if let Some(known) = self.masks.get(&key) {
            return softs.push(known.clone());
        }
        let mut inner = Canvas::default();
        self.lit(|d| d.nodes(&mut inner, mask.root(), Transform::identity()));
        let kind = match mask.kind() {
            MaskType::Luminance => "Luminosity",
            MaskType::Alpha => "Alpha",
        };
        let form = self.shelf.form(inner, mask.rect(), Some(group(Some("DeviceGray"))));
        softs.push(self.kept(key, soft(kind, form)));
    }
    fn kept(&mut self, key: usize, soft: Dictionary) -> Dictionary {
        self.masks.insert(key, soft.clone());
        soft
    }
    /// Draws something of which only the light counts.
    pub(super) fn lit(&mut self, draw: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.light, true);
        draw(self);
        self.light = outer;
    }
}

/// A soft mask whose group says what is seen.
pub(super) fn soft(kind: &str, form: ObjectId) -> Dictionary {
    dictionary! { "Type" => "Mask", "S" => kind, "G" => form }
}

/// Gathers the shapes of a clip; `false` where one has a clip of its own.
fn shapes_of<'a>(group: &'a Group, t: Transform, out: &mut Vec<Shape<'a>>) -> bool {
    group.children().iter().all(|node| match node {
        Node::Group(g) => {
            let plain = g.clip_path().is_none() && g.mask().is_none();
            plain && shapes_of(g, t.pre_concat(g.transform()), out)
        }
        Node::Path(path) => {
            if let Some(fill) = path.fill().filter(|_| path.is_visible()) {
                out.push(Shape { path, t, rule: fill.rule() });
            }
            true
        }
        Node::Text(text) => shapes_of(text.flattened(), t, out),
        Node::Image(_) => true,
    })
}

/// Whether shapes of one rule lie apart. Each is asked about those before it, so there
/// may not be too many.
fn are_apart(shapes: &[Shape<'_>]) -> bool {
    const MANY: usize = 500;
    let one_rule = shapes.windows(2).all(|w| w[0].rule == w[1].rule);
    let boxes: Option<Vec<Rect>> =
        shapes.iter().map(|s| s.path.data().bounds().transform(s.t)).collect();
    let Some(boxes) = boxes.filter(|b| one_rule && b.len() <= MANY) else { return false };
    let meet = |a: &Rect, b: &Rect| {
        a.left() < b.right()
            && b.left() < a.right()
            && a.top() < b.bottom()
            && b.top() < a.bottom()
    };
    boxes.iter().enumerate().all(|(i, a)| boxes[..i].iter().all(|b| !meet(a, b)))
}

/// Bounds with air for what is seen of half pixels at their edges.
pub(super) fn wider(r: NonZeroRect) -> NonZeroRect {
    let (x, y) = (r.width() / 100.0, r.height() / 100.0);
    NonZeroRect::from_ltrb(r.left() - x, r.top() - y, r.right() + x, r.bottom() + y)
        .unwrap_or(r)
}

/// How much red, green and blue make of light (SVG 1.1, 14.4), in 255ths.
pub(super) fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Pixels as light alone. Inks take the plain way to what is seen: a mask is no place
/// for colour.
pub(super) fn light(raster: &Raster) -> Raster {
    let n = raster.space.components();
    let stride = raster.stride();
    let of = |p: &[f32]| match raster.space {
        Space::Grey => p[0],
        Space::Rgb => luma([p[0], p[1], p[2]]),
        Space::Cmyk => luma([0, 1, 2].map(|i| (255.0 - p[i]) * (255.0 - p[3]) / 255.0)),
    };
    let mut out = vec![];
    let mut put = |pixel: &[f32]| {
        out.push(of(pixel).round().clamp(0.0, 255.0) as u8);
        out.extend(pixel.get(n).map(|a| *a as u8));
    };
    match &raster.samples {
        Samples::Eight(s) => s.chunks_exact(stride).for_each(|p| {
            put(&p.iter().map(|v| f32::from(*v)).collect::<Vec<_>>());
        }),
        Samples::Sixteen(s) => s.chunks_exact(stride).for_each(|p| {
            put(&p.iter().map(|v| f32::from(*v) / 257.0).collect::<Vec<_>>());
        }),
    }
    let samples = Samples::Eight(out);
    Raster { space: Space::Grey, samples, ..*raster }
}
