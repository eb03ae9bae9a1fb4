//! Pictures that are damaged or lie: they are told, or shown as far as they go. Nothing
//! panics.

use super::made::*;
use super::objects::try_file;
use crate::common;
use keben::colour::{FOGRA39, Profile, Way};
use keben::picture::{Look, SvgFonts, read};

fn ways() -> [Way; 3] {
    let press = |convert| Way::Press { profile: Profile::fogra39(), convert };
    [Way::Screen, press(true), press(false)]
}

/// Bytes of a picture, changed at places that a row of numbers gives.
fn changed(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut n = seed;
    let mut dice = |sides: usize| {
        n = n
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (n >> 33) as usize % sides
    };
    let mut out = bytes.to_vec();
    for _ in 0..1 + dice(6) {
        let reach = if dice(2) == 0 { out.len().min(700) } else { out.len() };
        let at = dice(reach);
        out[at] = dice(256) as u8;
    }
    if dice(4) == 0 {
        out.truncate(dice(bytes.len()).max(1));
    }
    out
}

#[test]
fn damaged_pictures_do_no_harm() {
    let ways = ways();
    let (mut whole, mut broken) = (0, 0);
    for (i, (name, bytes)) in every_kind().into_iter().enumerate() {
        for turn in 0..12 {
            let bad = changed(&bytes, (i * 100 + turn) as u64);
            match try_file(&[(&name, &bad)], &ways[turn % 3]) {
                Ok(_) => whole += 1,
                Err(_) => broken += 1,
            }
        }
        // Control: nothing is wrong with the pictures themselves.
        assert!(try_file(&[(&name, &bytes)], &ways[1]).is_ok(), "{name}");
    }
    assert!(whole > 0 && broken > 0, "{whole} whole, {broken} broken");
}

#[test]
fn a_seal_is_believed_until_pixels_are_wanted() {
    let f = common::Folder::new("pictures-sealed");
    let settings = |more: &str| {
        let book = "[book]\ntitle = \"图\"\nslug = \"b\"\nsrc = \".\"\n";
        f.write("m/book.toml", format!("{book}{more}"));
    };
    let photo = jpeg(jpeg_encoder::ColorType::Rgb, &[200, 100, 50], None);
    f.write("m/SUMMARY.md", "- [一](a.md)\n")
        .write("m/a.md", "# 一\n\n![图](a.png)\n\n![图](b.jpg)\n\n![图](c.jpg)\n")
        .write("m/a.png", png_sealed())
        .write("m/b.jpg", &photo[..photo.len() - 9])
        .write("m/c.jpg", &photo);
    let said = |args: &[&str]| common::said(&common::keben(&f.0, args));
    let told = |said: &str, code: &str, line: usize| {
        said.contains(&format!("[{code}]")) && said.contains(&format!("a.md:{line}:"))
    };
    settings("");
    let built = said(&["build", "m"]);
    assert!(told(&built, "cut-picture", 5), "{built}");
    assert!(!built.contains("bad-picture"), "nobody looked: {built}");
    assert!(!built.contains("a.md:7:"), "the last is as it should be: {built}");
    assert!(told(&said(&["check", "m"]), "bad-picture", 3));
    // For a press pixels get other colours. The picture alone is lost.
    settings("[[edition]]\nname = \"e\"\nformat = \"pdf\"\nmedium = \"print\"\n");
    let built = said(&["build", "m"]);
    assert!(told(&built, "bad-picture", 3), "{built}");
    assert!(f.path("build/b-e.pdf").is_file(), "{built}");
}

#[test]
fn a_profile_that_lies_is_left_out() {
    let picture = |icc: &[u8]| {
        let png = png_rgb(|x, y| [x as u8 * 4, y as u8 * 4, 7], Some(icc));
        let read = read(png, Look::Pixels, 1 << 20, &SvgFonts::none());
        read.expect("a picture")
    };
    let p3 = display_p3();
    let good = picture(p3.bytes());
    assert!(good.profile.is_some() && good.profile_fault.is_none());
    let mut lies = p3.bytes().to_vec();
    lies[0] = 0x7f;
    let inks = FOGRA39.to_vec();
    for icc in [lies, inks, b"no profile at all".to_vec()] {
        let bad = picture(&icc);
        assert!(bad.profile.is_none() && bad.profile_fault.is_some());
    }
}

#[test]
fn drawings_without_end_have_one() {
    let deep = format!(
        "{}<rect width='9' height='9' fill='#c00'/>{}",
        "<g opacity='0.9' transform='translate(1 0)'>".repeat(60),
        "</g>".repeat(60)
    );
    let many = "<defs><linearGradient id='g' x1='0' x2='0.000001' \
        spreadMethod='repeat'><stop stop-color='#c00'/><stop offset='1' \
        stop-color='#0c0'/></linearGradient></defs><rect width='99' height='99' fill='url(#g)'/>"
        .to_string();
    let filters = "<filter id='f'><feGaussianBlur stdDeviation='3'/></filter>"
        .to_string()
        + &"<rect width='99' height='99' filter='url(#f)'/>".repeat(30);
    let nowhere = "<defs><linearGradient id='g' gradientTransform='scale(0)'><stop/>\
        <stop offset='1' stop-color='#fff'/></linearGradient></defs>\
        <rect width='9' height='9' fill='url(#g)'/>"
        .to_string();
    let far = "<g transform='scale(1e30)'><g transform='scale(1e30)'><defs><pattern id='p' \
        width='1' height='1' patternUnits='userSpaceOnUse'><rect width='1' height='1' \
        fill='#c00'/></pattern></defs><rect width='9' height='9' fill='url(#p)'/></g></g>";
    let nested = "<g transform='translate(0.1 0)'>".repeat(300)
        + "<rect width='9' height='9' fill='#c00'/>"
        + &"</g>".repeat(300);
    let empty = "<linearGradient id='g'/><rect width='9' height='9' fill='url(#g)'/>";
    let list = [deep, many, filters, nowhere, far.into(), nested, empty.into()];
    for (i, inside) in list.into_iter().enumerate() {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='100' \
            height='100'>{inside}</svg>"
        );
        for way in ways() {
            let made = try_file(&[("a.svg", svg.as_bytes())], &way);
            let file = made.unwrap_or_else(|e| panic!("{i}: {e}"));
            assert!(
                file.deepest() <= 28,
                "{i}: PDF/A allows 28 states, not {}",
                file.deepest()
            );
            assert!(file.bytes.len() < 4_000_000, "{i}: {}", file.bytes.len());
        }
    }
}
