//! What becomes of colours, way by way.

use super::*;

fn wide() -> Profile {
    let p = moxcms::ColorProfile::new_display_p3().encode().expect("bytes");
    Profile::read(p).expect("a profile")
}

fn press(convert: bool) -> Way {
    Way::Press { profile: Profile::fogra39(), convert }
}

#[test]
fn a_screen_keeps_what_it_can_show() {
    let (srgb, wide, inks) = (Profile::srgb(), wide(), Profile::fogra39());
    let keep = |space| Fate::Keep(Named::Device(space));
    let way = Way::Screen;
    assert_eq!(way.fate(Space::Rgb, None), keep(Space::Rgb));
    assert_eq!(way.fate(Space::Rgb, Some(&srgb)), keep(Space::Rgb));
    assert_eq!(way.fate(Space::Grey, None), keep(Space::Grey));
    assert_eq!(way.fate(Space::Rgb, Some(&wide)), Fate::Keep(Named::Icc(wide.clone())));
    assert_eq!(way.fate(Space::Cmyk, Some(&inks)), Fate::Keep(Named::Icc(inks)));
    assert_eq!(way.fate(Space::Cmyk, None), Fate::Turn(Named::Device(Space::Rgb)));
    // A profile for other numbers says nothing.
    assert_eq!(way.fate(Space::Grey, Some(&wide)), keep(Space::Grey));
    assert!(way.leaves_rgb(Space::Rgb, None) && !way.leaves_rgb(Space::Grey, None));
}

#[test]
fn a_press_has_inks() {
    let (wide, inks) = (wide(), Profile::fogra39());
    let cmyk = Named::Device(Space::Cmyk);
    for own in [None, Some(&wide)] {
        assert_eq!(press(true).fate(Space::Rgb, own), Fate::Turn(cmyk.clone()));
        assert!(!press(true).leaves_rgb(Space::Rgb, own));
        assert!(press(false).leaves_rgb(Space::Rgb, own));
    }
    let kept = |p: Profile| Fate::Keep(Named::Icc(p));
    assert_eq!(press(false).fate(Space::Rgb, None), kept(Profile::srgb()));
    assert_eq!(press(false).fate(Space::Rgb, Some(&wide)), kept(wide));
    for convert in [true, false] {
        let way = press(convert);
        assert_eq!(way.fate(Space::Cmyk, None), Fate::Keep(cmyk.clone()));
        assert_eq!(way.fate(Space::Cmyk, Some(&inks)), Fate::Keep(cmyk.clone()));
        let grey = Fate::Keep(Named::Device(Space::Grey));
        assert_eq!(way.fate(Space::Grey, None), grey);
    }
}
