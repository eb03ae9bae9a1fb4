//! ICC profiles: what their header says, and whether they can be used.
//!
//! Clauses in brackets are those of ICC.1:2022.

use super::link;
use moxcms::{ColorProfile, LutWarehouse, ProfileText, ToneReprCurve};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// An ICC profile that was read through: everything in it lies within its bytes,
/// and colours have been sent through it. Two profiles are equal if their bytes are.
#[derive(Clone)]
pub struct Profile {
    bytes: Arc<[u8]>,
    class: Class,
    space: Space,
    version: (u8, u8),
    description: String,
    srgb: bool,
}

/// What kind of device a profile describes [7.2.5]; links, abstract and named
/// profiles are none.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Class {
    /// scanners and cameras, `scnr`
    Input,
    /// monitors, `mntr`
    Display,
    /// printers and presses, `prtr`
    Output,
    /// no device, such as a working space, `spac`
    Space,
}

/// What the numbers of a colour are amounts of.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Space {
    /// white
    Grey,
    /// red, green, blue
    Rgb,
    /// cyan, magenta, yellow, black
    Cmyk,
}

impl Space {
    /// How many numbers a colour has.
    pub fn components(self) -> usize {
        match self {
            Space::Grey => 1,
            Space::Rgb => 3,
            Space::Cmyk => 4,
        }
    }
}

/// Profiles of presses have some hundred thousand bytes to a few million.
const MAX_BYTES: usize = 10 << 20;
/// The header and the number of tags [7.2, 7.3.2].
const HEAD: usize = 132;

impl Profile {
    /// Reads a profile; says what is wrong with one that cannot be used.
    pub fn read(bytes: impl Into<Arc<[u8]>>) -> Result<Profile, String> {
        let bytes: Arc<[u8]> = bytes.into();
        let size = number(&bytes, 0).filter(|n| (HEAD..=bytes.len()).contains(n));
        let size = size.ok_or("it is shorter than it says")?;
        if size > MAX_BYTES {
            return Err(format!("it has more than {} MB", MAX_BYTES >> 20));
        }
        // What a file has after its profile is not part of it.
        let bytes = if size < bytes.len() { bytes[..size].into() } else { bytes };
        if bytes[36..40] != *b"acsp" {
            return Err("it has no ICC signature".into());
        }
        let version = (bytes[8], bytes[9] >> 4);
        if !(1..=4).contains(&version.0) {
            return Err(format!(
                "its version is {}.{}, not 2 or 4",
                version.0, version.1
            ));
        }
        let class = class(&bytes[12..16])?;
        let space = space(&bytes[16..20])?;
        if !matches!(&bytes[20..24], b"XYZ " | b"Lab ") {
            return Err("it leads to no colours that are seen".into());
        }
        tags(&bytes)?;
        let engine = link::guarded(|| {
            ColorProfile::new_from_slice(&bytes).map_err(|e| e.to_string())
        })?;
        whole(&engine, space)?;
        let description = engine.description.as_ref().map(text).unwrap_or_default();
        let srgb = space == Space::Rgb && is_srgb(&engine);
        let profile = Profile { bytes, class, space, version, description, srgb };
        link::tried(&profile)?;
        Ok(profile)
    }
    /// The file.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }
    /// What kind of device it describes.
    pub fn class(&self) -> Class {
        self.class
    }
    /// The space of its device.
    pub fn space(&self) -> Space {
        self.space
    }
    /// How many numbers a colour of its device has.
    pub fn components(&self) -> usize {
        self.space.components()
    }
    /// Major and minor version, such as 2.1 or 4.3.
    pub fn version(&self) -> (u8, u8) {
        self.version
    }
    /// What it calls itself; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }
    /// Whether its colours are those of sRGB (IEC 61966-2-1), whoever made it.
    pub fn is_srgb(&self) -> bool {
        self.srgb
    }
    /// Whether colours can be printed by it: an output device, and a way back from
    /// what is seen to its inks.
    pub fn prints(&self) -> bool {
        let back = || self.engine().is_ok_and(|e| e.lut_b_to_a_perceptual.is_some());
        let grey = self.space == Space::Grey;
        self.class == Class::Output && (grey || back())
    }
    /// As the engine has it.
    pub(super) fn engine(&self) -> Result<ColorProfile, String> {
        ColorProfile::new_from_slice(&self.bytes).map_err(|e| e.to_string())
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor) = self.version;
        let Profile { class, space, description, .. } = self;
        write!(f, "Profile({description:?}, {class:?}, {space:?}, {major}.{minor})")
    }
}

impl PartialEq for Profile {
    fn eq(&self, o: &Profile) -> bool {
        self.bytes == o.bytes
    }
}
impl Eq for Profile {}
impl PartialOrd for Profile {
    fn partial_cmp(&self, o: &Profile) -> Option<Ordering> {
        Some(self.cmp(o))
    }
}
impl Ord for Profile {
    fn cmp(&self, o: &Profile) -> Ordering {
        self.bytes.cmp(&o.bytes)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?) as usize)
}

fn class(signature: &[u8]) -> Result<Class, String> {
    match signature {
        b"scnr" => Ok(Class::Input),
        b"mntr" => Ok(Class::Display),
        b"prtr" => Ok(Class::Output),
        b"spac" => Ok(Class::Space),
        other => Err(format!("its class is {}", String::from_utf8_lossy(other))),
    }
}

fn space(signature: &[u8]) -> Result<Space, String> {
    match signature {
        b"GRAY" => Ok(Space::Grey),
        b"RGB " => Ok(Space::Rgb),
        b"CMYK" => Ok(Space::Cmyk),
        other => Err(format!("its colours are {}", String::from_utf8_lossy(other))),
    }
}

/// Every tag lies within the file [7.3].
fn tags(bytes: &[u8]) -> Result<(), String> {
    let fault = || "its tags lie outside of it".to_string();
    let count = number(bytes, 128).ok_or_else(fault)?;
    // More tags than bytes there are for them: not read one by one.
    if count > (bytes.len() - HEAD) / 12 {
        return Err(fault());
    }
    for tag in 0..count {
        let at = HEAD + tag * 12;
        let end = number(bytes, at + 4).zip(number(bytes, at + 8));
        let end = end.and_then(|(offset, len)| offset.checked_add(len));
        if end.is_none_or(|end| end > bytes.len()) {
            return Err(fault());
        }
    }
    Ok(())
}

/// Whether a way leads from the device to what is seen, and its tables have as many
/// channels as the header says [8.3 to 8.6].
fn whole(engine: &ColorProfile, space: Space) -> Result<(), String> {
    let device = space.components() as u8;
    let tables = [
        (&engine.lut_a_to_b_perceptual, (device, 3)),
        (&engine.lut_a_to_b_colorimetric, (device, 3)),
        (&engine.lut_a_to_b_saturation, (device, 3)),
        (&engine.lut_b_to_a_perceptual, (3, device)),
        (&engine.lut_b_to_a_colorimetric, (3, device)),
        (&engine.lut_b_to_a_saturation, (3, device)),
    ];
    for (table, channels) in tables {
        if table.as_ref().is_some_and(|t| self::channels(t) != channels) {
            return Err("a table has other channels than the profile".into());
        }
    }
    let curves = match space {
        Space::Grey => engine.gray_trc.is_some(),
        Space::Rgb => engine.is_matrix_shaper(),
        Space::Cmyk => false,
    };
    let leads = curves || engine.lut_a_to_b_perceptual.is_some();
    leads.then_some(()).ok_or_else(|| "nothing in it says what is seen".to_string())
}

fn channels(table: &LutWarehouse) -> (u8, u8) {
    match table {
        LutWarehouse::Lut(t) => (t.num_input_channels, t.num_output_channels),
        LutWarehouse::Multidimensional(t) => {
            (t.num_input_channels, t.num_output_channels)
        }
    }
}

fn text(text: &ProfileText) -> String {
    let raw = match text {
        ProfileText::PlainString(s) => s.as_str(),
        ProfileText::Localizable(all) => all.first().map_or("", |s| s.value.as_str()),
        ProfileText::Description(d) => d.ascii_string.as_str(),
    };
    raw.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim().into()
}

/// Whether primaries and curves are those of sRGB, as near as 8 bits can tell. The
/// name says nothing: profiles that differ share it, and equal ones do not.
fn is_srgb(engine: &ColorProfile) -> bool {
    if engine.lut_a_to_b_perceptual.is_some() || !engine.is_matrix_shaper() {
        return false;
    }
    let srgb = ColorProfile::new_srgb();
    let (a, b) = (engine.colorant_matrix(), srgb.colorant_matrix());
    let near = a.v.iter().flatten().zip(b.v.iter().flatten());
    if near.into_iter().any(|(a, b)| (a - b).abs() > 0.001) {
        return false;
    }
    let curves = [&engine.red_trc, &engine.green_trc, &engine.blue_trc];
    curves.into_iter().flatten().all(is_srgb_curve)
}

fn is_srgb_curve(curve: &ToneReprCurve) -> bool {
    let Ok(curve) = curve.make_linear_evaluator() else { return false };
    (0..=32).all(|i| {
        let x = i as f32 / 32.0;
        let lin = if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) };
        (curve.evaluate_value(x) - lin).abs() < 0.003
    })
}

#[cfg(test)]
#[path = "profile/tests.rs"]
mod tests;
