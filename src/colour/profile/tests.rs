//! Profiles that are none, and what is said of those that are.

use super::*;
use crate::colour::{FOGRA39, SRGB};

#[test]
fn the_built_in_profiles_are_what_they_say() {
    let srgb = Profile::srgb();
    assert_eq!(
        (srgb.class(), srgb.space(), srgb.version()),
        (Class::Display, Space::Rgb, (2, 1))
    );
    assert!(srgb.is_srgb() && !srgb.prints());
    assert!(srgb.description().starts_with("sRGB"), "{}", srgb.description());
    let press = Profile::fogra39();
    assert_eq!((press.class(), press.space()), (Class::Output, Space::Cmyk));
    assert_eq!(press.components(), 4);
    assert!(press.prints() && !press.is_srgb());
    assert!(press.description().contains("FOGRA39"), "{}", press.description());
}

#[test]
fn srgb_is_known_by_its_numbers() {
    let read =
        |p: ColorProfile| Profile::read(p.encode().expect("bytes")).expect("a profile");
    assert!(read(ColorProfile::new_srgb()).is_srgb());
    assert!(!read(ColorProfile::new_display_p3()).is_srgb(), "other primaries");
    let mut named = ColorProfile::new_srgb();
    named.cicp = None;
    let flat = ToneReprCurve::Lut(vec![0, 65535]);
    named.red_trc = Some(flat.clone());
    named.green_trc = Some(flat.clone());
    named.blue_trc = Some(flat);
    let named = read(named);
    assert!(named.description().starts_with("sRGB") && !named.is_srgb(), "other curves");
}

/// The built-in sRGB with some bytes changed.
fn changed(at: usize, bytes: &[u8]) -> Result<Profile, String> {
    let mut all = SRGB.to_vec();
    all[at..at + bytes.len()].copy_from_slice(bytes);
    Profile::read(all)
}

#[test]
fn what_is_no_profile_is_refused() {
    assert!(changed(0, &(SRGB.len() as u32).to_be_bytes()).is_ok());
    let wrong: [(usize, &[u8], &str); 8] = [
        (0, &[0, 0, 255, 255], "shorter"),
        (0, &[0, 0, 0, 4], "shorter"),
        (8, &[5], "version"),
        (12, b"link", "class"),
        (16, b"Lab ", "colours"),
        (20, b"RGB ", "seen"),
        (36, b"none", "signature"),
        (128, &[255, 255, 255, 255], "tags"),
    ];
    for (at, bytes, why) in wrong {
        let fault = changed(at, bytes).expect_err("no profile");
        assert!(fault.contains(why), "{fault} is not about {why}");
    }
    // The first tag's offset, then its length.
    for at in [136, 140] {
        assert!(changed(at, &[127, 255, 255, 255]).expect_err("a lie").contains("tags"));
    }
    for end in (0..SRGB.len()).step_by(7) {
        assert!(Profile::read(&SRGB[..end]).is_err(), "cut at {end}");
    }
    let longer = [SRGB, &[0; 3]].concat();
    assert_eq!(Profile::read(longer).expect("a profile").bytes()[..], *SRGB);
}

#[test]
fn a_profile_that_says_other_channels_is_refused() {
    let mut inks = FOGRA39.to_vec();
    inks[16..20].copy_from_slice(b"RGB ");
    assert!(Profile::read(inks).expect_err("three").contains("channels"));
}

#[test]
fn bytes_changed_at_random_do_no_harm() {
    // A row of numbers that is the same everywhere (Knuth's MMIX generator).
    let mut n = 1u64;
    let mut dice = |sides: usize| {
        n = n
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (n >> 33) as usize % sides
    };
    let mut read = 0;
    for i in 0..120 {
        let mut bytes = if i % 6 == 0 { FOGRA39.to_vec() } else { SRGB.to_vec() };
        // Most of what can be wrong is in the head, the tags and the heads of tables.
        let reach = if i % 2 == 0 { 600 } else { bytes.len() };
        for _ in 0..1 + dice(4) {
            let at = dice(reach);
            bytes[at] = dice(256) as u8;
        }
        read += usize::from(Profile::read(bytes).is_ok());
    }
    assert!(read > 0 && read < 120, "{read} of 120 were read");
}
