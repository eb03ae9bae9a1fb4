//! Gradients as shadings (ISO 32000-1, 8.7.4.5).
//!
//! A shading asks a function for the colour at a place from 0 to 1. Colours that stay
//! as they are run along lines between stops, as SVG has them. Colours that become inks
//! would not: a line between two mixtures of inks passes other colours than a line
//! between the two colours. So they are turned at many places on their way. A gradient
//! that is repeated or reflected has a longer axis, and a function that begins anew at
//! each whole number.

use super::canvas::array;
use super::paint::{Colour, colour, is_grey};
use super::svg::Drawer;
use crate::colour::{Fate, Named, Space};
use lopdf::{Object, ObjectId, Stream, dictionary};
use usvg::{LinearGradient, NonZeroRect, RadialGradient, SpreadMethod, Transform};

/// A gradient of either kind.
#[derive(Debug)]
pub(super) struct Gradient {
    pub(super) stops: Vec<Stop>,
    pub(super) transform: Transform,
    spread: SpreadMethod,
    axis: Axis,
}

/// A colour at a place.
#[derive(Debug, Copy, Clone)]
pub(super) struct Stop {
    /// 0 to 1
    at: f32,
    /// 0 to 255
    rgb: [f32; 3],
    /// 0 to 1
    pub(super) alpha: f32,
}

/// Where 0 and 1 are.
#[derive(Debug, Copy, Clone)]
enum Axis {
    /// on lines through these points
    Line([f32; 2], [f32; 2]),
    /// on these circles: x, y, radius
    Circle([f32; 3], [f32; 3]),
}

fn stops(all: &[usvg::Stop]) -> Vec<Stop> {
    let stop = |s: &usvg::Stop| Stop {
        at: s.offset().get(),
        rgb: [s.color().red, s.color().green, s.color().blue].map(f32::from),
        alpha: s.opacity().get(),
    };
    all.iter().map(stop).collect()
}

impl Gradient {
    pub(super) fn linear(g: &LinearGradient) -> Gradient {
        Gradient {
            stops: stops(g.stops()),
            transform: g.transform(),
            spread: g.spread_method(),
            axis: Axis::Line([g.x1(), g.y1()], [g.x2(), g.y2()]),
        }
    }
    pub(super) fn radial(g: &RadialGradient) -> Gradient {
        let (inner, outer) =
            ([g.fx(), g.fy(), g.fr().get()], [g.cx(), g.cy(), g.r().get()]);
        Gradient {
            stops: stops(g.stops()),
            transform: g.transform(),
            spread: g.spread_method(),
            axis: Axis::Circle(inner, outer),
        }
    }
    /// The one colour of a gradient that has one, or has no extent: then the last one
    /// fills everything (SVG 1.1, 13.2.2).
    pub(super) fn flat(&self) -> Option<[f32; 3]> {
        let last = self.stops.last()?;
        let one = self.stops.iter().all(|s| s.rgb == last.rgb) && self.alpha().is_some();
        let nowhere = match self.axis {
            Axis::Line(a, b) => a == b,
            Axis::Circle(_, [_, _, r]) => r <= 0.0,
        } || self.transform.invert().is_none();
        (one || nowhere).then_some(last.rgb)
    }
    /// How opaque it is, if it is so everywhere.
    pub(super) fn alpha(&self) -> Option<f32> {
        let first = self.stops.first()?.alpha;
        self.stops.iter().all(|s| s.alpha == first).then_some(first)
    }
    /// The shading along the gradient's own axes, as far as `bounds` reach along those
    /// of what is painted; of how opaque it is, if it is a `veil`.
    pub(super) fn shading(
        &self,
        drawer: &mut Drawer<'_, '_>,
        bounds: NonZeroRect,
        veil: bool,
    ) -> Option<ObjectId> {
        let (from, to) = self.reach(bounds);
        let key = format!("{veil} {} {from} {to} {self:?}", drawer.light);
        if let Some(known) = drawer.shadings.get(&key) {
            return Some(*known);
        }
        let (space, ramp) = self.ramp(drawer, veil).ok()?;
        let function = self.repeated(drawer, ramp, from, to);
        let space = drawer.shelf.space(&space);
        let (kind, coords) = match self.axis {
            Axis::Line(a, b) => {
                let at = |t: f32| [0, 1].map(|i| a[i] + (b[i] - a[i]) * t);
                (2, [at(from), at(to)].concat())
            }
            Axis::Circle(a, b) => {
                let at = |t: f32| [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t);
                (3, [at(from), at(to)].concat())
            }
        };
        let id = drawer.shelf.add(dictionary! {
            "ShadingType" => kind,
            "ColorSpace" => space,
            "Coords" => array(coords),
            "Function" => function,
            "Extend" => vec![true.into(), true.into()],
        });
        drawer.shadings.insert(key, id);
        Some(id)
    }
    /// From where to where the axis must go, in whole numbers.
    fn reach(&self, bounds: NonZeroRect) -> (f32, f32) {
        // More repeats than this are finer than print.
        const MOST: f32 = 400.0;
        if self.spread == SpreadMethod::Pad {
            return (0.0, 1.0);
        }
        let inverse = self.transform.invert();
        let Some(inverse) = inverse else { return (0.0, 1.0) };
        let corners = [
            (bounds.left(), bounds.top()),
            (bounds.right(), bounds.top()),
            (bounds.right(), bounds.bottom()),
            (bounds.left(), bounds.bottom()),
        ];
        let places = corners.map(|(x, y)| {
            let mut p = usvg::tiny_skia_path::Point::from_xy(x, y);
            inverse.map_point(&mut p);
            self.place(p.x, p.y)
        });
        let least = places.into_iter().fold(0.0, f32::min).floor().max(-MOST);
        let most = places.into_iter().fold(1.0, f32::max).ceil().min(MOST);
        (least, most)
    }
    /// Where on the axis a point lies, or a place beyond it.
    fn place(&self, x: f32, y: f32) -> f32 {
        match self.axis {
            Axis::Line([ax, ay], [bx, by]) => {
                let (dx, dy) = (bx - ax, by - ay);
                ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
            }
            // Circles grow by the difference of the radii less the way of the centre.
            Axis::Circle([fx, fy, fr], [cx, cy, r]) => {
                let far = (x - fx).hypot(y - fy);
                let growth = r - fr - (cx - fx).hypot(cy - fy);
                (far - fr) / growth.max(r / 1000.0)
            }
        }
    }
    /// The space of the colours, and a function from 0 to 1.
    fn ramp(
        &self,
        drawer: &mut Drawer<'_, '_>,
        veil: bool,
    ) -> Result<(Named, ObjectId), String> {
        // Greys among greys are black alone. On the way to a colour they are not: there
        // the plates would change within one step.
        let grey = self.stops.iter().all(|s| is_grey(s.rgb));
        let (light, links) = (drawer.light, drawer.links);
        let of = |s: &Stop| match veil {
            true => {
                let space = Named::Device(Space::Grey);
                Ok(Colour { space, numbers: vec![s.alpha] })
            }
            false => colour(s.rgb, grey, light, links),
        };
        let turns = matches!(links.way().fate(Space::Rgb, None), Fate::Turn(_));
        let steps = if turns && !grey && !light && !veil { STEPS } else { 1 };
        let stops = self.whole();
        let space = of(stops.first().ok_or("a gradient has no colours")?)?.space;
        let (mut functions, mut bounds) = (vec![], vec![]);
        for pair in stops.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if b.at <= a.at {
                continue;
            }
            let at = |i: usize| of(&between(a, b, i as f32 / steps as f32));
            let colours = (0..=steps).map(at).map(|c| c.map(|c| c.numbers));
            let colours: Vec<_> = colours.collect::<Result<_, _>>()?;
            functions.push(function(drawer, &colours));
            bounds.push(b.at);
        }
        bounds.pop();
        let encode = functions.len();
        Ok((space, stitched(drawer, functions, bounds, &vec![false; encode])))
    }
    /// The stops with one at each end, in order: a stop before the one that precedes it
    /// stands where that one does (SVG 1.1, 13.2.4).
    fn whole(&self) -> Vec<Stop> {
        let mut stops = self.stops.clone();
        if let (Some(first), Some(last)) = (stops.first().copied(), stops.last().copied())
        {
            stops.insert(0, Stop { at: 0.0, ..first });
            stops.push(Stop { at: 1.0, ..last });
        }
        let mut at: f32 = 0.0;
        for stop in &mut stops {
            at = at.max(stop.at.clamp(0.0, 1.0));
            stop.at = at;
        }
        stops
    }
    /// The same function again and again, from one whole number to another.
    fn repeated(
        &self,
        drawer: &mut Drawer<'_, '_>,
        ramp: ObjectId,
        from: f32,
        to: f32,
    ) -> ObjectId {
        let count = (to - from).round().max(1.0) as usize;
        let bounds = (1..count).map(|i| i as f32 / count as f32).collect();
        let back = |i: usize| {
            self.spread == SpreadMethod::Reflect
                && (from as i64 + i as i64).rem_euclid(2) == 1
        };
        let back: Vec<bool> = (0..count).map(back).collect();
        stitched(drawer, vec![ramp; count], bounds, &back)
    }
}

/// Places between two stops at which colours are turned.
const STEPS: usize = 32;

fn between(a: Stop, b: Stop, t: f32) -> Stop {
    let mix = |a: f32, b: f32| a + (b - a) * t;
    let rgb = [0, 1, 2].map(|i| mix(a.rgb[i], b.rgb[i]));
    Stop { at: mix(a.at, b.at), rgb, alpha: mix(a.alpha, b.alpha) }
}

/// A function from 0 to 1 through colours at equal distances (ISO 32000-1, 7.10.2,
/// 7.10.3).
fn function(drawer: &mut Drawer<'_, '_>, colours: &[Vec<f32>]) -> ObjectId {
    let domain: Vec<Object> = vec![0.into(), 1.into()];
    if let [a, b] = colours {
        return drawer.shelf.add(dictionary! {
            "FunctionType" => 2,
            "Domain" => domain,
            "C0" => array(a.clone()),
            "C1" => array(b.clone()),
            "N" => 1,
        });
    }
    let n = colours.first().map_or(0, Vec::len);
    let range: Vec<Object> = domain.iter().cycle().take(2 * n).cloned().collect();
    let dict = dictionary! {
        "FunctionType" => 0,
        "Domain" => domain,
        "Range" => range,
        "Size" => vec![Object::from(colours.len() as i64)],
        "BitsPerSample" => 16,
    };
    let wide = |v: &f32| ((v * 65535.0).round() as u16).to_be_bytes();
    let data = colours.iter().flatten().flat_map(wide).collect();
    drawer.shelf.add(Stream::new(dict, data))
}

/// Functions one after another (ISO 32000-1, 7.10.4), those that are `back` from 1 to 0.
fn stitched(
    drawer: &mut Drawer<'_, '_>,
    functions: Vec<ObjectId>,
    bounds: Vec<f32>,
    back: &[bool],
) -> ObjectId {
    if let ([only], [false]) = (&functions[..], back) {
        return *only;
    }
    let encode = back.iter().flat_map(|b| if *b { [1.0, 0.0] } else { [0.0, 1.0] });
    let functions: Vec<Object> = functions.into_iter().map(Object::from).collect();
    drawer.shelf.add(dictionary! {
        "FunctionType" => 3,
        "Domain" => vec![0.into(), 1.into()],
        "Functions" => functions,
        "Bounds" => array(bounds),
        "Encode" => array(encode),
    })
}
