//! Paths, and what they are painted with.

use super::canvas::{Canvas, array};
use super::ramp;
use super::shelf::{edges, group};
use super::soft::{self, luma, wider};
use super::svg::Drawer;
use crate::colour::{Fate, Links, Named, Space};
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};
use usvg::{
    Fill, FillRule, LineCap, LineJoin, NonZeroRect, Paint, PaintOrder, Pattern, Stroke,
    Transform,
};

/// A colour as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Colour {
    /// what the numbers are
    pub(super) space: Named,
    /// from 0 to 1
    pub(super) numbers: Vec<f32>,
}

/// A colour of a drawing, from 0 to 255, where only `light` counts inside of masks.
/// Greys are black alone, never four inks that have to meet; `grey` says whether this
/// one is among greys only.
pub(super) fn colour(
    rgb: [f32; 3],
    grey: bool,
    light: bool,
    links: &Links<'_>,
) -> Result<Colour, String> {
    let number = |v: f32| v / 255.0;
    if grey || light {
        let numbers = vec![number(if light { luma(rgb) } else { rgb[0] })];
        return Ok(Colour { space: Named::Device(Space::Grey), numbers });
    }
    let fate = links.way().fate(Space::Rgb, None);
    let space = fate.named().clone();
    let numbers = match fate {
        Fate::Keep(_) => rgb.map(number).to_vec(),
        Fate::Turn(_) => {
            let wide = rgb.map(|v| v.round() as u16 * 257);
            let turned = links.link(Space::Rgb, None)?.walk(&wide);
            turned.into_iter().map(|v| f32::from(v) / 65535.0).collect()
        }
    };
    Ok(Colour { space, numbers })
}

/// Whether red, green and blue are alike.
pub(super) fn is_grey([r, g, b]: [f32; 3]) -> bool {
    r == g && g == b
}

/// The two places of a colour in the graphics state (ISO 32000-1, 8.6.8).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum Place {
    Fill,
    Stroke,
}

impl Place {
    fn op(self, fill: &'static str, stroke: &'static str) -> &'static str {
        match self {
            Place::Fill => fill,
            Place::Stroke => stroke,
        }
    }
}

impl Drawer<'_, '_> {
    /// A path, filled and stroked one after the other: what is seen through the stroke
    /// is the fill.
    pub(super) fn path(
        &mut self,
        canvas: &mut Canvas,
        path: &usvg::Path,
        ctm: Transform,
    ) {
        if !path.is_visible() {
            return;
        }
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(canvas, path, ctm);
                self.stroke(canvas, path, ctm);
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(canvas, path, ctm);
                self.fill(canvas, path, ctm);
            }
        }
    }
    fn fill(
        &mut self,
        canvas: &mut Canvas,
        path: &usvg::Path,
        ctm: Transform,
    ) -> Option<()> {
        let fill: &Fill = path.fill()?;
        // A line has nothing inside.
        let bounds = path.data().bounds().to_non_zero_rect()?;
        canvas.save();
        let opacity = fill.opacity().get();
        self.paint(canvas, Place::Fill, fill.paint(), opacity, bounds, ctm);
        canvas.path(path.data(), Transform::identity());
        canvas.op(
            &[],
            match fill.rule() {
                FillRule::NonZero => "f",
                FillRule::EvenOdd => "f*",
            },
        );
        canvas.restore();
        Some(())
    }
    fn stroke(
        &mut self,
        canvas: &mut Canvas,
        path: &usvg::Path,
        ctm: Transform,
    ) -> Option<()> {
        let stroke = path.stroke()?;
        let bounds = path.stroke_bounding_box().to_non_zero_rect()?;
        canvas.save();
        let opacity = stroke.opacity().get();
        self.paint(canvas, Place::Stroke, stroke.paint(), opacity, bounds, ctm);
        pen(canvas, stroke);
        canvas.path(path.data(), Transform::identity());
        canvas.op(&[], "S");
        canvas.restore();
        Some(())
    }
    /// Says what comes is painted with. What cannot be painted is not: the colour that
    /// holds now is black, so it is better to paint nothing.
    fn paint(
        &mut self,
        canvas: &mut Canvas,
        place: Place,
        paint: &Paint,
        opacity: f32,
        bounds: NonZeroRect,
        ctm: Transform,
    ) {
        let mut opacity = opacity;
        let done = match paint {
            Paint::Color(c) => {
                let rgb = [c.red, c.green, c.blue].map(f32::from);
                self.plain(canvas, place, rgb)
            }
            Paint::LinearGradient(g) => {
                let base = ramp::Gradient::linear(g);
                self.gradient(canvas, place, &base, &mut opacity, bounds, ctm)
            }
            Paint::RadialGradient(g) => {
                let base = ramp::Gradient::radial(g);
                self.gradient(canvas, place, &base, &mut opacity, bounds, ctm)
            }
            Paint::Pattern(p) => self.tiles(canvas, place, p, ctm),
        };
        let opacity = if done.is_some() { opacity } else { 0.0 };
        if opacity < 1.0 {
            let state = dictionary! { place.op("ca", "CA") => opacity };
            let name = canvas.name("ExtGState", state);
            canvas.call(&name, "gs");
            canvas.see_through();
        }
    }
    fn plain(&mut self, canvas: &mut Canvas, place: Place, rgb: [f32; 3]) -> Option<()> {
        let c = colour(rgb, is_grey(rgb), self.light, self.links).ok()?;
        match &c.space {
            Named::Device(Space::Grey) => canvas.op(&c.numbers, place.op("g", "G")),
            Named::Device(Space::Rgb) => canvas.op(&c.numbers, place.op("rg", "RG")),
            Named::Device(Space::Cmyk) => canvas.op(&c.numbers, place.op("k", "K")),
            Named::Icc(_) => {
                let space = self.shelf.space(&c.space);
                let name = canvas.name("ColorSpace", space);
                canvas.call(&name, place.op("cs", "CS"));
                canvas.op(&c.numbers, place.op("scn", "SCN"));
            }
        }
        Some(())
    }
    /// Paints with a gradient (ISO 32000-1, 8.7.4). One that is seen through is seen
    /// through a second one, of greys.
    fn gradient(
        &mut self,
        canvas: &mut Canvas,
        place: Place,
        g: &ramp::Gradient,
        opacity: &mut f32,
        bounds: NonZeroRect,
        ctm: Transform,
    ) -> Option<()> {
        if let Some(rgb) = g.flat() {
            *opacity *= g.stops.last()?.alpha;
            return self.plain(canvas, place, rgb);
        }
        let shading = g.shading(self, bounds, false)?;
        let matrix = ctm.pre_concat(g.transform);
        let pattern = dictionary! {
            "Type" => "Pattern",
            "PatternType" => 2,
            "Shading" => shading,
            "Matrix" => numbers(matrix),
        };
        let name = canvas.name("Pattern", pattern);
        canvas.call("Pattern", place.op("cs", "CS"));
        canvas.call(&name, place.op("scn", "SCN"));
        match g.alpha() {
            Some(alpha) => *opacity *= alpha,
            None => {
                let mask = self.veil(g, bounds)?;
                let state = dictionary! { "SMask" => mask };
                let name = canvas.name("ExtGState", state);
                canvas.call(&name, "gs");
                canvas.see_through();
            }
        }
        Some(())
    }
    /// The soft mask of a gradient: how opaque it is where.
    fn veil(&mut self, g: &ramp::Gradient, bounds: NonZeroRect) -> Option<Dictionary> {
        let shading = g.shading(self, bounds, true)?;
        let mut inner = Canvas::default();
        inner.save();
        inner.concat(g.transform);
        let name = inner.name("Shading", shading);
        inner.call(&name, "sh");
        inner.restore();
        let grey = Some(group(Some("DeviceGray")));
        let form = self.shelf.form(inner, wider(bounds), grey);
        Some(soft::soft("Luminosity", form))
    }
    /// Paints with tiles (ISO 32000-1, 8.7.3).
    fn tiles(
        &mut self,
        canvas: &mut Canvas,
        place: Place,
        p: &Pattern,
        ctm: Transform,
    ) -> Option<()> {
        let rect = p.rect();
        let matrix = ctm.pre_concat(p.transform()).pre_translate(rect.x(), rect.y());
        // The tile is the same wherever it is laid; only its matrix is not.
        let cell = (std::ptr::from_ref(p.root()) as usize, self.light);
        let laid = numbers(matrix);
        let key = (cell, format!("{laid:?}"));
        let id = match self.tiles.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.tile(p, cell, laid)?;
                self.tiles.insert(key, id);
                id
            }
        };
        let name = canvas.name("Pattern", id);
        canvas.call("Pattern", place.op("cs", "CS"));
        canvas.call(&name, place.op("scn", "SCN"));
        // A tile may hold anything.
        canvas.see_through();
        Some(())
    }
    fn tile(
        &mut self,
        p: &Pattern,
        key: (usize, bool),
        matrix: Vec<Object>,
    ) -> Option<ObjectId> {
        let (content, resources) = match self.cells.get(&key) {
            Some(cell) => cell.clone(),
            None => {
                let mut inner = Canvas::default();
                self.nodes(&mut inner, p.root(), Transform::identity());
                let cell = inner.finish();
                self.cells.insert(key, cell.clone());
                cell
            }
        };
        let (w, h) = (p.rect().width(), p.rect().height());
        let dict = dictionary! {
            "Type" => "Pattern",
            "PatternType" => 1,
            "PaintType" => 1,
            "TilingType" => 1,
            "BBox" => edges(NonZeroRect::from_xywh(0.0, 0.0, w, h)?),
            "XStep" => w,
            "YStep" => h,
            "Matrix" => matrix,
            "Resources" => resources,
        };
        Some(self.shelf.add(Stream::new(dict, content)))
    }
}

/// The line that a stroke is drawn with (ISO 32000-1, 8.4.3).
fn pen(canvas: &mut Canvas, stroke: &Stroke) {
    canvas.op(&[stroke.width().get()], "w");
    let cap = match stroke.linecap() {
        LineCap::Butt => 0.0,
        LineCap::Round => 1.0,
        LineCap::Square => 2.0,
    };
    canvas.op(&[cap], "J");
    let join = match stroke.linejoin() {
        LineJoin::Miter | LineJoin::MiterClip => 0.0,
        LineJoin::Round => 1.0,
        LineJoin::Bevel => 2.0,
    };
    canvas.op(&[join], "j");
    canvas.op(&[stroke.miterlimit().get().max(1.0)], "M");
    if let Some(dash) = stroke.dasharray() {
        canvas.dash(dash, stroke.dashoffset());
    }
}

/// A matrix as an array.
fn numbers(t: Transform) -> Vec<Object> {
    array([t.sx, t.ky, t.kx, t.sy, t.tx, t.ty])
}
