//! Colour: the profiles that come with keben, those that pictures and books
//! bring, and the way from one to another; and the inks that text and rules have.

pub mod ink;

pub mod link;
pub mod profile;
pub mod way;

pub use link::{Link, Links};
pub use profile::{Class, Profile, Space};
pub use way::{Fate, Named, Way};

/// The sRGB profile that comes with keben (IEC 61966-2-1, as ICC.1:2001-04,
/// version 2.1, class `mntr`): 820 bytes, in the public domain (CC0 1.0, see
/// `profiles/README.md`). What DeviceRGB and DeviceGray mean on a screen.
pub const SRGB: &[u8] = include_bytes!("profiles/sRGB.icc");

/// The press that is meant where a book names none: offset on coated paper, FOGRA39L
/// (ISO 12647-2:2004/Amd 1), as an ICC profile of class `prtr` (see
/// `profiles/README.md`).
pub const FOGRA39: &[u8] = include_bytes!("profiles/FOGRA39.icc");

/// What an output intent calls [`SRGB`] (ISO 32000-1, 14.11.5,
/// OutputConditionIdentifier).
pub const SRGB_NAME: &str = "sRGB IEC61966-2.1";
