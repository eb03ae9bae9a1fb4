//! Pictures of every kind in a PDF, for a screen and for a press: which objects they
//! become, what their pixels are, and what hostile ones do.

use crate::common;
mod hostile;
mod made;
mod objects;

use keben::colour::{Profile, SRGB, Way};
use made::*;
use objects::*;

fn press(convert: bool) -> Way {
    Way::Press { profile: Profile::fogra39(), convert }
}

#[test]
fn a_jpeg_goes_in_byte_for_byte() {
    let jpeg = jpeg(jpeg_encoder::ColorType::Rgb, &[200, 100, 50], None);
    let file = file(&[("a.jpg", &jpeg)], &Way::Screen);
    let image = file.image(0);
    assert_eq!(image.content, jpeg);
    assert_eq!(file.space(&image.dict), "DeviceRGB");
    // Control: turned into inks it cannot stay as it is.
    let file = self::file(&[("a.jpg", &jpeg)], &press(true));
    assert_ne!(file.image(0).content, jpeg);
    assert_eq!(file.space(&file.image(0).dict), "Indexed DeviceCMYK 0");
}

#[test]
fn inks_stay_where_a_profile_or_a_press_says_what_they_are() {
    let fogra = Profile::fogra39();
    let bare = jpeg(jpeg_encoder::ColorType::Cmyk, &[255, 0, 0, 0], None);
    let tagged = jpeg(jpeg_encoder::ColorType::Cmyk, &[255, 0, 0, 0], Some(&fogra));
    let space = |bytes: &[u8], way: &Way| {
        let file = file(&[("a.jpg", bytes)], way);
        let image = file.image(0);
        let space = file.space(&image.dict);
        let inverted = image.dict.has(b"Decode");
        (space, image.content == bytes, inverted)
    };
    let whole = |name: &str| (name.to_string(), true, true);
    assert_eq!(space(&bare, &press(true)), whole("DeviceCMYK"));
    assert_eq!(space(&tagged, &press(true)), whole("DeviceCMYK"));
    assert_eq!(space(&tagged, &press(false)), whole("DeviceCMYK"));
    assert_eq!(space(&tagged, &Way::Screen), whole("ICCBased 4"));
    // Nothing says what these inks are, and no press is meant: they become RGB.
    assert_eq!(space(&bare, &Way::Screen).0, "Indexed DeviceRGB 0");
    // Without Adobe's marker, inks are not written as their opposite.
    let plain = without_adobe(&bare);
    assert_eq!(space(&plain, &press(true)), ("DeviceCMYK".into(), true, false));
}

#[test]
fn inks_are_read_whichever_way_they_are_written() {
    use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck};
    let cyan = [255, 0, 0, 0];
    // What a cyan of FOGRA39 looks like: no red, a good deal of blue.
    let is_cyan = |c: &[u8]| c[0] < 60 && c[1] > 120 && c[2] > 180;
    for jpeg in [jpeg(Cmyk, &cyan, None), jpeg(CmykAsYcck, &cyan, None)] {
        let file = file(&[("a.jpg", &jpeg)], &Way::Screen);
        let seen = file.pixel(0);
        assert!(is_cyan(&seen), "{seen:?}");
        // Control: the same bytes taken for what they are not.
        let opposite = without_adobe(&jpeg);
        let file = self::file(&[("a.jpg", &opposite)], &Way::Screen);
        assert!(!is_cyan(&file.pixel(0)), "{:?}", file.pixel(0));
    }
}

#[test]
fn rgb_is_kept_with_its_profile_or_becomes_ink() {
    let p3 = display_p3();
    let png = png_rgb(|x, y| [x as u8, y as u8, 90], Some(p3.bytes()));
    let space = |way: &Way| {
        let file = file(&[("a.png", &png)], way);
        file.space(&file.image(0).dict)
    };
    assert_eq!(space(&Way::Screen), "ICCBased 3");
    assert_eq!(space(&press(true)), "DeviceCMYK");
    assert_eq!(space(&press(false)), "ICCBased 3");
    // A profile that says sRGB says nothing on a screen, and all to a press.
    let png = png_rgb(|x, y| [x as u8, y as u8, 90], Some(SRGB));
    let space = |way: &Way| {
        let file = file(&[("a.png", &png)], way);
        file.space(&file.image(0).dict)
    };
    assert_eq!(space(&Way::Screen), "DeviceRGB");
    assert_eq!(space(&press(false)), "ICCBased 3");
}

#[test]
fn greys_are_black_alone() {
    let grey = png_rgb(|x, y| [(x ^ y) as u8; 3], None);
    let almost =
        png_rgb(|x, y| if x == 3 { [9, 9, 8] } else { [(x ^ y) as u8; 3] }, None);
    for way in [Way::Screen, press(true), press(false)] {
        let one = file(&[("a.png", &grey)], &way);
        assert_eq!(one.space(&one.image(0).dict), "DeviceGray");
        let other = file(&[("a.png", &almost)], &way);
        assert_ne!(other.space(&other.image(0).dict), "DeviceGray");
    }
}

#[test]
fn sixteen_bits_stay_sixteen() {
    let deep = |step: u16| png_deep(|x, y| [x as u16 * step, y as u16 * 771, 40_000]);
    let bits = |png: &[u8], way: &Way| {
        let file = file(&[("a.png", png)], way);
        file.image(0)
            .dict
            .get(b"BitsPerComponent")
            .and_then(|b| b.as_i64())
            .expect("bits")
    };
    assert_eq!(bits(&deep(1001), &Way::Screen), 16);
    assert_eq!(bits(&deep(1001), &press(true)), 8, "no press shows more");
    // Control: eight bits that were written as sixteen.
    let eight = png_deep(|x, y| [x as u16 * 257, y as u16 * 514, 257]);
    assert_eq!(bits(&eight, &Way::Screen), 8);
    let file = file(&[("a.png", &deep(1001))], &Way::Screen);
    let data = file.image(0).decompressed_content().expect("pixels");
    assert_eq!(data[6..12], [1001u16, 0, 40_000].map(u16::to_be_bytes).concat());
}

#[test]
fn few_colours_are_counted() {
    let four = |x: u32, _: u32| {
        [[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 8, 7]][x as usize / 16]
    };
    let png = png_rgb(four, None);
    let file = file(&[("a.png", &png)], &Way::Screen);
    assert_eq!(file.space(&file.image(0).dict), "Indexed DeviceRGB 3");
    let data = file.image(0).decompressed_content().expect("pixels");
    assert_eq!(
        data[..16],
        [0, 0, 0, 0, 85, 85, 85, 85, 170, 170, 170, 170, 255, 255, 255, 255]
    );
    assert_eq!(data.len(), 16 * 64);
    let file = self::file(&[("a.png", &png)], &press(true));
    assert_eq!(file.space(&file.image(0).dict), "Indexed DeviceCMYK 3");
    // Control: as many colours as there are pixels are not.
    let many = png_rgb(|x, y| [x as u8 * 4, y as u8 * 4, 7], None);
    let file = self::file(&[("a.png", &many)], &Way::Screen);
    assert_eq!(file.space(&file.image(0).dict), "DeviceRGB");
    let lines = png_rgb(|x, _| [if x % 2 == 0 { 255 } else { 0 }; 3], None);
    let file = self::file(&[("a.png", &lines)], &press(true));
    let data = file.image(0).decompressed_content().expect("pixels");
    assert_eq!((data[0], data.len()), (0b1010_1010, 8 * 64));
}

#[test]
fn what_is_clear_is_a_soft_mask() {
    let png = png_rgba(|x, y| [x as u8 * 4, y as u8, 90, x as u8]);
    for way in [Way::Screen, press(true)] {
        let file = file(&[("a.png", &png)], &way);
        let mask = file.mask(&file.image(0).dict).expect("a soft mask");
        let data = mask.decompressed_content().expect("pixels");
        assert_eq!((data[0], data[63], data.len()), (0, 63, 64 * 64));
    }
    let opaque = png_rgba(|x, y| [x as u8 * 4, y as u8, 90, 255]);
    let file = file(&[("a.png", &opaque)], &Way::Screen);
    assert!(file.mask(&file.image(0).dict).is_none());
}

#[test]
fn the_same_picture_stands_once() {
    let one = png_rgb(|x, y| [x as u8, y as u8, 90], Some(display_p3().bytes()));
    let two = png_rgb(|x, y| [y as u8, x as u8, 90], Some(display_p3().bytes()));
    let file = file(&[("a.png", &one), ("b.png", &one), ("c.png", &two)], &Way::Screen);
    assert_eq!(file.images().len(), 2);
    assert_eq!(file.drawn(), 3, "each is drawn");
    assert_eq!(file.profiles(), 1, "one profile for both");
}

#[test]
fn turned_pictures_are_turned() {
    // A camera held upright: red that grows to the right grows to the bottom.
    let red = |x: u32, y: u32| [x as u8 * 4, y as u8, 90, 0];
    let jpeg = jpeg_with(jpeg_encoder::ColorType::Rgb, red);
    let upright = file(&[("a.jpg", &with_orientation(&jpeg, 6))], &Way::Screen);
    assert_eq!(upright.space(&upright.image(0).dict), "DeviceRGB");
    let data = upright.image(0).decompressed_content().expect("pixels");
    let red = |x: usize, y: usize| data[(y * 64 + x) * 3];
    assert!(red(32, 4) < 40 && red(32, 60) > 200, "{} {}", red(32, 4), red(32, 60));
    assert!(red(4, 32).abs_diff(red(60, 32)) < 20);
    // Control: held level it stays as it is.
    let level = file(&[("a.jpg", &with_orientation(&jpeg, 1))], &Way::Screen);
    assert!(level.image(0).content.starts_with(&jpeg[..2]));
}

#[test]
fn no_rgb_is_left_on_a_press() {
    let all = every_kind();
    let list: Vec<_> = all.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    let found = file(&list, &press(true)).device_names();
    assert!(!found.contains("DeviceRGB"), "{found:?}");
    assert!(found.contains("DeviceCMYK") && found.contains("DeviceGray"));
    let found = file(&list, &press(false)).device_names();
    assert!(!found.contains("DeviceRGB"), "{found:?}");
    assert!(found.contains("ICCBased 3"));
    // Control: on a screen there is, and no ink without a profile.
    let found = file(&list, &Way::Screen).device_names();
    assert!(found.contains("DeviceRGB") && !found.contains("DeviceCMYK"), "{found:?}");
}

#[test]
fn black_in_drawings_is_black_alone() {
    let drawing = |colour: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'><defs>\
             <linearGradient id='g'><stop/><stop offset='1' stop-color='{colour}'/>\
             </linearGradient></defs><rect width='64' height='32' fill='url(#g)'/>\
             <path d='M0 40 H64' stroke='#444'/><circle r='9' fill='{colour}'/></svg>"
        )
    };
    let names = |colour: &str, convert: bool| {
        file(&[("a.svg", drawing(colour).as_bytes())], &press(convert)).device_names()
    };
    for convert in [true, false] {
        let grey = names("#888", convert);
        assert_eq!(grey.into_iter().collect::<Vec<_>>(), ["DeviceGray"]);
    }
    // Control: with a colour there are four plates, or three numbers with a profile.
    assert!(names("#848", true).contains("DeviceCMYK"));
    assert!(names("#848", false).contains("ICCBased 3"));
}

#[test]
fn drawings_are_vectors_but_for_their_filters() {
    let drawn = file(&[("all.svg", DRAWING.as_bytes())], &press(true));
    // The raster inside, and what the filter made.
    assert_eq!(drawn.images().len(), 2);
    let kinds = drawn.shadings();
    assert!(kinds.contains(&2) && kinds.contains(&3), "{kinds:?}");
    let images = drawn.images();
    let widths = images.iter().map(|i| i.dict.get(b"Width"));
    let widths = widths.map(|w| w.and_then(lopdf::Object::as_i64).expect("a width"));
    let largest = widths.max();
    // The blur is 100 of 400 units wide, which are 64 points: 300 dpi ask for 67 pixels,
    // and some more for what is blurred.
    assert!(largest.is_some_and(|w| (35..=80).contains(&w)));
}

#[test]
fn the_file_does_not_depend_on_threads() {
    let all = every_kind();
    let list: Vec<_> = all.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("threads");
    let a = one.install(|| file(&list, &press(true)).bytes);
    let b = file(&list, &press(true)).bytes;
    assert!(a == b);
}

#[test]
fn what_is_done_to_a_picture_is_told() {
    let f = common::Folder::new("pictures-told");
    let blur = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><filter \
        id='f'><feGaussianBlur stdDeviation='1'/></filter><rect width='9' height='9' \
        filter='url(#f)'/></svg>";
    let plain = png_rgb(|x, y| [x as u8, y as u8, 9], None);
    let lies = png_rgb(|x, y| [x as u8, y as u8, 9], Some(b"no profile"));
    f.write("m/book.toml", "[book]\ntitle = \"图\"\nslug = \"b\"\nsrc = \".\"\n")
        .write("m/SUMMARY.md", "- [一](a.md)\n")
        .write("m/a.md", "# 一\n\n![图](a.svg)\n\n![图](b.png)\n\n![图](c.png)\n")
        .write("m/a.svg", blur)
        .write("m/b.png", lies)
        .write("m/c.png", plain);
    let said = common::said(&common::keben(&f.0, &["check", "m"]));
    let told = |code: &str| said.matches(&format!("[{code}]")).count();
    assert_eq!((told("raster-svg"), told("bad-profile")), (1, 1), "{said}");
    for place in ["a.md:3:", "a.md:5:"] {
        assert!(said.contains(place), "{place} is not in {said}");
    }
    assert!(!said.contains("a.md:7:"), "the last picture is as it should be: {said}");
}

#[test]
fn other_programs_see_the_colours() {
    let Some(pdftoppm) = common::reader("pdftoppm") else { return };
    let f = common::Folder::new("pictures-seen");
    let orange = |_, _| [230, 120, 30];
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'>\
               <rect width='64' height='64' fill='rgb(230,120,30)'/></svg>";
    let pictures: [(&str, Vec<u8>); 3] = [
        ("a.png", png_rgb(orange, None)),
        ("a.jpg", jpeg(jpeg_encoder::ColorType::Rgb, &[230, 120, 30], None)),
        ("a.svg", svg.into()),
    ];
    for (name, bytes) in &pictures {
        f.write("a.pdf", file(&[(name, bytes)], &Way::Screen).bytes);
        let seen = objects::seen(&pdftoppm, &f, "a.pdf");
        let near =
            |c: [u8; 3], to: [u8; 3]| c.iter().zip(to).all(|(a, b)| a.abs_diff(b) <= 3);
        assert!(near(seen, [230, 120, 30]), "{name}: {seen:?}");
        assert!(!near(seen, [30, 120, 230]), "{name}: {seen:?}");
    }
}

#[test]
fn other_programs_see_drawings_as_they_are_meant() {
    let Some(pdftoppm) = common::reader("pdftoppm") else { return };
    let f = common::Folder::new("pictures-drawn");
    f.write("a.pdf", file(&[("all.svg", DRAWING.as_bytes())], &Way::Screen).bytes);
    let seen = objects::page(&pdftoppm, &f, "a.pdf", 450);
    let meant = drawn_by_resvg();
    assert_eq!(seen.dimensions(), meant.dimensions());
    // Each cell of the drawing by itself, so that none hides behind the others. Where
    // colours meet sharply, programs differ about half pixels.
    const EDGES: f64 = 14.0;
    let cells = (0..4).flat_map(|y| (0..4).map(move |x| (x * 100, y * 100)));
    for (x, y) in cells {
        let cell = |i: &image::RgbImage, x, y| {
            image::imageops::crop_imm(i, x, y, 100, 100).to_image()
        };
        let seen = cell(&seen, x, y);
        let off = objects::difference(&seen, &cell(&meant, x, y));
        assert!(off < EDGES, "the cell at {x} {y} is off by {off}");
        let other = cell(&meant, (x + 100) % 400, (y + 100) % 400);
        let far = objects::difference(&seen, &other);
        assert!(far > EDGES, "the cell at {x} {y} might be another: {far}");
    }
}
