//! From one space to another, by way of what is seen.
//!
//! The engine (moxcms) knows no black point compensation, without which the shadows
//! of a photograph fall together on paper, whose black is lighter than a screen's.
//! Compensation moves XYZ along a line from white, so that black meets black (ISO
//! 18619, 6.3): XYZ′ = a·XYZ + (1 − a)·white. For a space of three primaries, whose
//! sum is white, that is the same line for each primary's amount: its curves are
//! lifted, and the engine never notices. So colours go relative to the media with
//! black point compensation where the screen's side has curves, and by the profiles'
//! perceptual tables where it has none.

use super::{FOGRA39, Profile, SRGB, Space, Way};
use moxcms::{
    BarycentricWeightScale, ColorProfile, InterpolationMethod, Layout, RenderingIntent,
    ToneReprCurve, Transform16BitExecutor, TransformOptions,
};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// A way from the colours of one space to those of another, in 16 bits a component,
/// from 0, no light or no ink, to 65535. Of what goes in, the upper eight bits count.
pub struct Link {
    from: Space,
    to: Space,
    steps: Vec<Step>,
}

struct Step {
    /// components that come out
    width: usize,
    transform: Arc<Transform16BitExecutor>,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({:?} to {:?})", self.from, self.to)
    }
}

impl Link {
    /// From the colours of a profile to those of another.
    pub fn new(from: &Profile, to: &Profile) -> Result<Link, String> {
        guarded(|| Link::built(from, to))
    }
    fn built(from: &Profile, to: &Profile) -> Result<Link, String> {
        let (a, b) = (ready(from)?, ready(to)?);
        let spaces = (from.space(), to.space());
        let steps = match spaces {
            (Space::Rgb, Space::Cmyk) if curves(&a) => {
                vec![step(&lifted(a, black(&b)?)?, &b, spaces, COLORIMETRIC)?]
            }
            (Space::Cmyk, Space::Rgb) if curves(&b) => {
                let black = black(&a)?;
                vec![step(&a, &lifted(b, black)?, spaces, COLORIMETRIC)?]
            }
            (Space::Cmyk, Space::Cmyk) => vec![step(&a, &b, spaces, COLORIMETRIC)?],
            // The engine knows a way into grey only from curves.
            (Space::Rgb | Space::Cmyk, Space::Grey) => {
                let middle = Profile::srgb();
                let mut steps = match (spaces.0, curves(&a)) {
                    (Space::Rgb, true) => return Link::of(spaces, &a, &b),
                    _ => Link::built(from, &middle)?.steps,
                };
                let grey = (Space::Rgb, Space::Grey);
                steps.push(step(&ready(&middle)?, &b, grey, COLORIMETRIC)?);
                steps
            }
            (Space::Grey, _) | (_, Space::Rgb) | (Space::Rgb, Space::Cmyk) => {
                vec![step(&a, &b, spaces, RenderingIntent::Perceptual)?]
            }
        };
        Ok(Link { from: spaces.0, to: spaces.1, steps })
    }
    fn of(
        spaces: (Space, Space),
        a: &ColorProfile,
        b: &ColorProfile,
    ) -> Result<Link, String> {
        let steps = vec![step(a, b, spaces, COLORIMETRIC)?];
        Ok(Link { from: spaces.0, to: spaces.1, steps })
    }
    /// The space that colours come from.
    pub fn from(&self) -> Space {
        self.from
    }
    /// The space that they go to.
    pub fn to(&self) -> Space {
        self.to
    }
    /// Takes colours over, one after another. What is no whole colour is left out.
    pub fn walk(&self, colours: &[u16]) -> Vec<u16> {
        let count = colours.len() / self.from.components();
        let mut now = colours[..count * self.from.components()].to_vec();
        for step in &self.steps {
            let mut next = vec![0; count * step.width];
            // Lengths fit, so it does not fail; if it did, nothing would be printed.
            guarded(|| {
                step.transform.transform(&now, &mut next).map_err(|e| e.to_string())
            })
            .ok();
            now = next;
        }
        now
    }
}

const COLORIMETRIC: RenderingIntent = RenderingIntent::RelativeColorimetric;

fn step(
    a: &ColorProfile,
    b: &ColorProfile,
    (from, to): (Space, Space),
    intent: RenderingIntent,
) -> Result<Step, String> {
    let options = TransformOptions {
        rendering_intent: intent,
        // Lifted curves are to be used, not what they were called.
        allow_use_cicp_transfer: false,
        prefer_fixed_point: false,
        // Along the diagonal of the grid, where greys are, nothing is mixed in.
        interpolation_method: InterpolationMethod::Tetrahedral,
        // Of what goes in, eight bits count; finer weights make every colour the first
        // one of the grid in this version of the engine.
        barycentric_weight_scale: BarycentricWeightScale::Low,
    };
    let transform = a
        .create_transform_16bit(layout(from), b, layout(to), options)
        .map_err(|e| e.to_string())?;
    Ok(Step { width: to.components(), transform })
}

fn layout(space: Space) -> Layout {
    match space {
        Space::Grey => Layout::Gray,
        Space::Rgb => Layout::Rgb,
        // The engine counts channels; four are these.
        Space::Cmyk => Layout::Rgba,
    }
}

/// The engine's form of a profile, with tables for all intents: where one is missing,
/// the perceptual one stands in (ICC.1:2022, 8.10.2).
fn ready(profile: &Profile) -> Result<ColorProfile, String> {
    let mut p = profile.engine()?;
    p.cicp = None;
    if p.lut_a_to_b_colorimetric.is_none() {
        p.lut_a_to_b_colorimetric = p.lut_a_to_b_perceptual.clone();
    }
    if p.lut_b_to_a_colorimetric.is_none() {
        p.lut_b_to_a_colorimetric = p.lut_b_to_a_perceptual.clone();
    }
    Ok(p)
}

/// Whether a space is made of three primaries with curves, and nothing else.
fn curves(p: &ColorProfile) -> bool {
    let tables = p.lut_a_to_b_perceptual.is_some() || p.lut_b_to_a_perceptual.is_some();
    p.is_matrix_shaper() && !tables
}

/// How light the black of a press is, where white is 1: what is seen of the inks that
/// it has for black.
fn black(press: &ColorProfile) -> Result<f64, String> {
    let mut light = ColorProfile::new_srgb();
    light.cicp = None;
    let inks = step(&light, press, (Space::Rgb, Space::Cmyk), COLORIMETRIC)?;
    let linear = ToneReprCurve::Lut(vec![0, u16::MAX]);
    light.red_trc = Some(linear.clone());
    light.green_trc = Some(linear.clone());
    light.blue_trc = Some(linear);
    let seen = step(press, &light, (Space::Cmyk, Space::Rgb), COLORIMETRIC)?;
    let (mut ink, mut rgb) = ([0; 4], [0; 3]);
    inks.transform.transform(&[0; 3], &mut ink).map_err(|e| e.to_string())?;
    seen.transform.transform(&ink, &mut rgb).map_err(|e| e.to_string())?;
    let weights = [light.red_colorant.y, light.green_colorant.y, light.blue_colorant.y];
    let y: f64 = rgb.iter().zip(weights).map(|(c, w)| f64::from(*c) / 65535.0 * w).sum();
    // Lighter than L* 50 is no black (ISO 18619, 5.2).
    Ok(y.clamp(0.0, 0.184))
}

/// The same primaries with curves that begin at a black of this lightness.
fn lifted(mut p: ColorProfile, black: f64) -> Result<ColorProfile, String> {
    for curve in [&mut p.red_trc, &mut p.green_trc, &mut p.blue_trc] {
        let Some(c) = curve else { return Err("a curve is missing".into()) };
        let c = c.make_linear_evaluator().map_err(|e| e.to_string())?;
        // 12 bits: between two, the steepest curve is a line.
        let points = (0..=4095).map(|i| {
            let y = f64::from(c.evaluate_value(i as f32 / 4095.0)).clamp(0.0, 1.0);
            ((black + y * (1.0 - black)) * 65535.0).round() as u16
        });
        *curve = Some(ToneReprCurve::Lut(points.collect()));
    }
    Ok(p)
}

/// Runs what the engine does. It has tests of its own and still gives up with a panic
/// on some profiles: to us that is a profile that cannot be used.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("the engine cannot use it".into()))
}

/// Sends colours through a profile that was just read: from it, and to it, where it
/// prints. Nothing is ever turned from greys, and what has curves alone has nothing
/// that can be missing.
pub(super) fn tried(profile: &Profile) -> Result<(), String> {
    let there = match profile.space() {
        Space::Grey => false,
        Space::Rgb => !profile.engine().is_ok_and(|e| curves(&e)),
        Space::Cmyk => true,
    };
    if there {
        let link = Link::new(profile, &Profile::srgb())?;
        link.walk(&vec![0; profile.components()]);
    }
    if profile.prints() {
        Link::new(&Profile::srgb(), profile)?.walk(&[0; 3]);
    }
    Ok(())
}

impl Profile {
    /// sRGB, as it comes with keben.
    pub fn srgb() -> Profile {
        static READ: LazyLock<Profile> = LazyLock::new(|| built_in(SRGB));
        READ.clone()
    }
    /// The press that is meant where nothing is said, as it comes with keben.
    pub fn fogra39() -> Profile {
        static READ: LazyLock<Profile> = LazyLock::new(|| built_in(FOGRA39));
        READ.clone()
    }
}

#[allow(clippy::expect_used, reason = "a test reads both")]
fn built_in(bytes: &'static [u8]) -> Profile {
    Profile::read(bytes).expect("a profile that comes with keben")
}

/// The links that a file needs, each made once.
#[derive(Debug)]
pub struct Links<'a> {
    way: &'a Way,
    made: Mutex<BTreeMap<(Space, Option<Profile>), Made>>,
}

type Made = Result<Arc<Link>, String>;

impl<'a> Links<'a> {
    /// None yet.
    pub fn new(way: &'a Way) -> Links<'a> {
        Links { way, made: Mutex::default() }
    }
    /// What becomes of colours.
    pub fn way(&self) -> &'a Way {
        self.way
    }
    /// The way that colours take which are not kept: from a profile, or from what
    /// such colours are taken for that have none.
    pub fn link(&self, space: Space, profile: Option<&Profile>) -> Made {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (space, profile.cloned());
        made.entry(key)
            .or_insert_with(|| {
                let assumed = || match space {
                    Space::Grey | Space::Rgb => Profile::srgb(),
                    Space::Cmyk => Profile::fogra39(),
                };
                let from = profile.cloned().unwrap_or_else(assumed);
                Link::new(&from, &self.way.aim()).map(Arc::new)
            })
            .clone()
    }
}

#[cfg(test)]
#[path = "link/tests.rs"]
mod tests;
