//! A technical book of any length, the same on every machine: short paragraphs,
//! listings and pictures.

use crate::novel;
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use std::fmt::Write;
use std::path::Path;

/// Listings, each a few lines of a language; § is a number, so that no two are the same.
const LISTINGS: [(&str, &str); 4] = [
    ("rust", "fn add§(a: u32, b: u32) -> u32 {\n    // 求和\n    a + b\n}"),
    ("python", "def add§(a, b):\n    \"\"\"求和\"\"\"\n    return a + b"),
    ("toml", "[package]\nname = \"demo§\"\nversion = \"0.1.0\""),
    ("sh", "set -e\nfor f in §*.md; do wc -c \"$f\"; done"),
];

/// Writes a book of so many chapters, each with 17 pictures and 67 listings.
pub(crate) fn write(dir: &Path, chapters: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(dir.join("images"))?;
    let paragraphs = novel::paragraphs(chapters * 67 * 110);
    let mut texts = paragraphs.iter().cycle();
    let mut summary = String::from("# 目录\n\n");
    for chapter in 0..chapters {
        let mut out = format!("# 第{}课\n\n", chapter + 1);
        for n in 0..67 {
            if n % 10 == 0 {
                write!(out, "## 第{}节\n\n", n / 10 + 1).ok();
            }
            let text = texts.next().map_or("", String::as_str);
            let (lang, code) = LISTINGS[(chapter + n) % LISTINGS.len()];
            let code = code.replace('§', &(chapter * 67 + n).to_string());
            write!(out, "{text}\n\n```{lang}\n{code}\n```\n\n").ok();
            if n % 4 == 0 {
                let name = format!("images/p{chapter:02}-{n:02}.png");
                std::fs::write(dir.join(&name), picture(chapter * 67 + n)?)?;
                write!(out, "![图样]({name})\n\n图：第{n}个图样\n\n").ok();
            }
        }
        std::fs::write(dir.join(format!("c{chapter:02}.md")), out)?;
        writeln!(summary, "- [第{}课](c{chapter:02}.md)", chapter + 1).ok();
    }
    std::fs::write(dir.join("SUMMARY.md"), summary)?;
    let settings = "[book]\ntitle = \"课本\"\nslug = \"technical\"\nsrc = \".\"\n";
    std::fs::write(dir.join("book.toml"), settings)
}

/// A picture of 600 × 200 pixels, another one for each number.
fn picture(seed: usize) -> std::io::Result<Vec<u8>> {
    let (w, h) = (600_usize, 200_usize);
    let sample = |n: usize| {
        let (x, y, c) = (n / 3 % w, n / 3 / w, n % 3);
        ((x * (c + 1) + y * (seed % 7 + 1) + seed * 5) / 3 % 256) as u8
    };
    let samples: Vec<u8> = (0..w * h * 3).map(sample).collect();
    let mut out = vec![];
    PngEncoder::new(&mut out)
        .write_image(&samples, w as u32, h as u32, ExtendedColorType::Rgb8)
        .map_err(std::io::Error::other)?;
    Ok(out)
}
