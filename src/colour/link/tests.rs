//! Colours against those that Little CMS 2.19 makes of the same profiles, relative to
//! the media with black point compensation.

use super::*;

fn press() -> Way {
    Way::Press { profile: Profile::fogra39(), convert: true }
}

fn walk(link: &Link, colour: &[f32]) -> Vec<f32> {
    let wide: Vec<u16> = colour.iter().map(|v| (v * 65535.0).round() as u16).collect();
    link.walk(&wide).into_iter().map(|v| f32::from(v) / 65535.0).collect()
}

fn is_near(a: &[f32], b: &[f32], by: f32) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= by)
}

/// RGB from 0 to 255, inks in percent.
const INKS: [([u8; 3], [f32; 4]); 8] = [
    ([255, 255, 255], [0.0, 0.0, 0.0, 0.0]),
    ([128, 128, 128], [16.1, 13.7, 13.7, 54.5]),
    ([255, 0, 0], [0.0, 96.1, 98.4, 0.0]),
    ([0, 255, 0], [63.1, 0.0, 96.5, 0.0]),
    ([0, 0, 255], [97.6, 73.7, 0.0, 0.0]),
    ([200, 150, 100], [0.4, 34.1, 56.5, 25.9]),
    ([10, 10, 60], [94.1, 81.6, 0.0, 71.4]),
    ([0, 0, 0], [77.3, 65.1, 49.8, 98.4]),
];

#[test]
fn colours_become_the_inks_that_another_engine_makes() {
    let way = press();
    let link = Links::new(&way).link(Space::Rgb, None).expect("a link");
    assert_eq!((link.from(), link.to()), (Space::Rgb, Space::Cmyk));
    for (rgb, want) in INKS {
        let inks = walk(&link, &rgb.map(|v| f32::from(v) / 255.0));
        let want = want.map(|v| v / 100.0);
        assert!(is_near(&inks, &want, 0.04), "{rgb:?}: {inks:?}, not {want:?}");
        // Control: another colour's inks are not near.
        assert!(!is_near(&inks, &[0.3, 0.9, 0.2, 0.4], 0.04));
    }
}

#[test]
fn inks_become_the_colours_that_another_engine_makes() {
    let link = Links::new(&Way::Screen).link(Space::Cmyk, None).expect("a link");
    let seen: [([f32; 4], [u8; 3]); 8] = [
        ([0.0, 0.0, 0.0, 0.0], [255, 255, 255]),
        ([0.0, 0.0, 0.0, 1.0], [31, 31, 29]),
        ([1.0, 0.0, 0.0, 0.0], [0, 159, 227]),
        ([0.0, 1.0, 0.0, 0.0], [230, 0, 126]),
        ([0.0, 0.0, 1.0, 0.0], [255, 237, 0]),
        ([1.0, 1.0, 0.0, 0.0], [48, 41, 131]),
        ([0.0, 0.0, 0.0, 0.502], [157, 157, 157]),
        ([0.235, 0.392, 0.078, 0.157], [179, 150, 177]),
    ];
    for (inks, want) in seen {
        let rgb = walk(&link, &inks);
        let want = want.map(|v| f32::from(v) / 255.0);
        assert!(is_near(&rgb, &want, 4.0 / 255.0), "{inks:?}: {rgb:?}, not {want:?}");
        assert!(!is_near(&rgb, &[0.3, 0.5, 0.1], 4.0 / 255.0));
    }
}

#[test]
fn shadows_stay_apart_on_paper() {
    // Without compensation what is darker than the press's black is that black.
    let (srgb, fogra) = (Profile::srgb(), Profile::fogra39());
    let with = Link::new(&srgb, &fogra).expect("a link");
    let (a, b) = (ready(&srgb).expect("one"), ready(&fogra).expect("one"));
    let spaces = (Space::Rgb, Space::Cmyk);
    let without = Link::of(spaces, &a, &b).expect("a link");
    let back = Links::new(&Way::Screen).link(Space::Cmyk, None).expect("a link");
    let light = |link: &Link, v: f32| walk(&back, &walk(link, &[v / 255.0; 3]))[1];
    let step = |link: &Link| light(link, 24.0) - light(link, 4.0);
    assert!(step(&with) > 1.5 * step(&without), "{} {}", step(&with), step(&without));
}

#[test]
fn a_press_of_one_ink_has_greys() {
    let mut grey = moxcms::ColorProfile::new_gray_with_gamma(2.2);
    grey.profile_class = moxcms::ProfileClass::OutputDevice;
    let grey = Profile::read(grey.encode().expect("bytes")).expect("a profile");
    let way = Way::Press { profile: grey, convert: true };
    let links = Links::new(&way);
    for (space, white) in [(Space::Rgb, vec![1.0; 3]), (Space::Cmyk, vec![0.0; 4])] {
        let link = links.link(space, None).expect("a link");
        assert_eq!(link.to(), Space::Grey);
        assert!(walk(&link, &white)[0] > 0.98, "{:?}", walk(&link, &white));
        let dark: Vec<f32> = white.iter().map(|v| 1.0 - v).collect();
        assert!(walk(&link, &dark)[0] < 0.1, "{:?}", walk(&link, &dark));
    }
}

#[test]
fn inks_of_another_press_are_those_that_look_alike() {
    // FOGRA39 to itself: what is printed is not the same mixture, but the same colour.
    let fogra = Profile::fogra39();
    let link = Link::new(&fogra, &fogra).expect("a link");
    let back = Links::new(&Way::Screen).link(Space::Cmyk, None).expect("a link");
    for inks in
        [[0.0; 4], [0.8, 0.1, 0.1, 0.0], [0.1, 0.6, 0.3, 0.2], [0.2, 0.3, 0.7, 0.1]]
    {
        let (a, b) = (walk(&back, &inks), walk(&back, &walk(&link, &inks)));
        assert!(is_near(&a, &b, 0.03), "{inks:?}: {a:?} {b:?}");
    }
    let far = walk(&back, &[1.0, 0.0, 0.0, 0.0]);
    assert!(!is_near(&far, &walk(&back, &[0.0, 1.0, 0.0, 0.0]), 0.03));
}

#[test]
fn what_is_no_whole_colour_is_left_out() {
    let way = press();
    let link = Links::new(&way).link(Space::Rgb, None).expect("a link");
    assert_eq!(link.walk(&[1, 2, 3, 4, 5]).len(), 4);
    assert!(link.walk(&[]).is_empty());
}
