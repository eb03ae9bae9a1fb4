//! What is told of pictures, and what is not.

use super::*;
use crate::colour::Profile;
use image::{ExtendedColorType, ImageEncoder};

fn read(bytes: impl Into<Vec<u8>>) -> Picture {
    super::super::read(bytes.into(), Look::Pixels, 1 << 20, &SvgFonts::none())
        .expect("a picture")
}

fn png(side: u32, at: impl Fn(u32, u32) -> [u8; 3]) -> Picture {
    let all = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let samples: Vec<u8> = all.flat_map(|(x, y)| at(x, y)).collect();
    let mut out = vec![];
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&samples, side, side, ExtendedColorType::Rgb8)
        .expect("a PNG");
    read(out)
}

fn svg(inside: &str) -> Picture {
    read(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>{inside}</svg>"
    ))
}

fn press(convert: bool) -> Way {
    Way::Press { profile: Profile::fogra39(), convert }
}

#[test]
fn the_heaviest_spot_is_found_wherever_it_is() {
    let way = press(true);
    assert_eq!(ink(&png(40, |_, _| [255; 3]), &way), Some(0));
    assert_eq!(ink(&png(40, |_, _| [0; 3]), &way), Some(100), "black alone");
    // Paper with four by four pixels of a dark red.
    for (x0, y0) in [(0, 0), (7, 13), (36, 36), (21, 2)] {
        let spot = png(40, |x, y| {
            let inside = x.wrapping_sub(x0) < 4 && y.wrapping_sub(y0) < 4;
            if inside { [60, 0, 10] } else { [255; 3] }
        });
        let found = ink(&spot, &way).expect("ink");
        assert!((200..=310).contains(&found), "{found} at {x0} {y0}");
    }
    assert_eq!(ink(&png(40, |_, _| [0; 3]), &Way::Screen), None);
}

#[test]
fn inks_add_up() {
    let cmyk = |c: [u8; 4]| {
        let mut out = vec![];
        jpeg_encoder::Encoder::new(&mut out, 100)
            .encode(&c.repeat(256), 16, 16, jpeg_encoder::ColorType::Cmyk)
            .expect("a JPEG");
        ink(&read(out), &press(true)).expect("ink")
    };
    assert!((398..=400).contains(&cmyk([255; 4])));
    assert!((149..=151).contains(&cmyk([255, 128, 0, 0])));
    let all = |colour: &str| {
        ink(&svg(&format!("<rect width='9' height='9' fill='{colour}'/>")), &press(true))
    };
    assert_eq!(all("#000"), Some(100));
    assert!(all("#200008").is_some_and(|n| n > 200), "{:?}", all("#200008"));
}

#[test]
fn pixels_an_inch_are_those_on_the_page() {
    let picture = png(300, |_, _| [0; 3]);
    assert_eq!(resolution(&picture, 72.0), Some(300.0));
    assert_eq!(resolution(&picture, 144.0), Some(150.0));
    assert_eq!(resolution(&picture, 0.0), None);
    assert_eq!(resolution(&svg("<rect width='9' height='9'/>"), 72.0), None);
}

#[test]
fn the_thinnest_line_is_the_one_that_is_seen() {
    let line = |more: &str| format!("<path d='M0 0 H50' stroke='#000' {more}/>");
    let thin = |inside: &str| thinnest(&svg(inside));
    assert_eq!(thin(&line("stroke-width='0.2'")), Some(0.2));
    let two = line("stroke-width='3'") + &line("stroke-width='0.5'");
    assert_eq!(thin(&two), Some(0.5));
    let half = format!("<g transform='scale(0.5)'>{}</g>", line("stroke-width='1'"));
    assert_eq!(thin(&half), Some(0.5));
    assert_eq!(thin(&line("stroke-width='0.1' visibility='hidden'")), None);
    assert_eq!(thin(&line("stroke-width='0.1' stroke-opacity='0'")), None);
    assert_eq!(thin("<rect width='9' height='9'/>"), None);
    assert_eq!(thinnest(&png(4, |_, _| [0; 3])), None);
}

#[test]
fn rgb_that_is_left_is_found() {
    let (red, grey) = (png(8, |_, _| [200, 0, 0]), png(8, |_, _| [90; 3]));
    let drawing = svg("<rect width='9' height='9' fill='#c00'/>");
    let black = svg("<rect width='9' height='9'/>");
    for picture in [&red, &drawing] {
        assert!(leaves_rgb(picture, &press(false)) && leaves_rgb(picture, &Way::Screen));
        assert!(!leaves_rgb(picture, &press(true)));
    }
    for picture in [&grey, &black] {
        assert!(!leaves_rgb(picture, &press(false)));
    }
}
