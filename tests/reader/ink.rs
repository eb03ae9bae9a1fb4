//! The same ink from two renderers, poppler and MuPDF, square by square: nothing that
//! one draws is missing in the other.

use crate::common::{Folder, reader};
use crate::reader::books::book;
use crate::reader::spoil::saved;
use lopdf::Document;
use lopdf::content::Content;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pixels to the inch, and along a square: about a character of the text.
const DPI: &str = "72";
const SQUARE: usize = 10;
/// How much darker a square may be in one than in the other, of 255. Two renderers
/// smooth the same outline in their own ways.
const MORE: f64 = 40.0;

/// A page as grey pixels.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// Netpbm's raw form: `P5`, width, height, 255, then the pixels.
    fn read(path: &Path) -> Grey {
        let bytes = std::fs::read(path).expect("a page");
        let (mut at, mut words) = (0, vec![]);
        while words.len() < 4 {
            let end =
                bytes[at..].iter().position(u8::is_ascii_whitespace).expect("a word");
            words.push(String::from_utf8_lossy(&bytes[at..at + end]).into_owned());
            at += end + 1;
        }
        assert_eq!((words[0].as_str(), words[3].as_str()), ("P5", "255"));
        let number = |n: usize| words[n].parse().expect("a number");
        Grey { width: number(1), height: number(2), pixels: bytes[at..].to_vec() }
    }
    /// How dark a square is on the average.
    fn dark(&self, x: usize, y: usize) -> f64 {
        let rows =
            (y * SQUARE..((y + 1) * SQUARE).min(self.height)).map(|r| r * self.width);
        let columns = x * SQUARE..((x + 1) * SQUARE).min(self.width);
        let (mut sum, mut count) = (0.0, 0.0);
        for pixel in rows.flat_map(|r| columns.clone().map(move |c| r + c)) {
            sum += f64::from(255 - self.pixels[pixel]);
            count += 1.0;
        }
        if count == 0.0 { 0.0 } else { sum / count }
    }
}

/// The pages of a file, drawn by a command that is given the file and where to put them.
fn drawn(f: &Folder, name: &str, command: &mut Command) -> Vec<PathBuf> {
    let out = command.output().expect("a renderer");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let files = std::fs::read_dir(f.path(name)).expect("pages").flatten();
    let mut files: Vec<_> = files.map(|e| e.path()).collect();
    files.sort();
    files
}

fn folder(f: &Folder, name: &str) -> PathBuf {
    std::fs::create_dir_all(f.path(name)).expect("a folder");
    f.path(name)
}

/// Squares in which the pages of two renderers differ: page and place.
fn differ(a: &[PathBuf], b: &[PathBuf]) -> Vec<(usize, usize, usize)> {
    assert_eq!(a.len(), b.len(), "pages");
    let mut out = vec![];
    for (n, (a, b)) in a.iter().zip(b).enumerate() {
        let (a, b) = (Grey::read(a), Grey::read(b));
        assert!(a.width.abs_diff(b.width) < 2 && a.height.abs_diff(b.height) < 2);
        for y in 0..a.height.div_ceil(SQUARE) {
            for x in 0..a.width.div_ceil(SQUARE) {
                if (a.dark(x, y) - b.dark(x, y)).abs() > MORE {
                    out.push((n + 1, x, y));
                }
            }
        }
    }
    out
}

/// The same file without the text of one line of a page.
fn without_a_line(pdf: &[u8], page: usize) -> Vec<u8> {
    let mut doc = Document::load_mem(pdf).expect("a PDF");
    let id = *doc.get_pages().get(&(page as u32)).expect("a page");
    let mut content = Content::decode_strict(&doc.get_page_content(id)).expect("content");
    let shows =
        |o: &lopdf::content::Operation| ["Tj", "TJ"].contains(&o.operator.as_str());
    let all: Vec<_> = (0..content.operations.len())
        .filter(|i| shows(&content.operations[*i]))
        .collect();
    let long = |i: &&usize| format!("{:?}", content.operations[**i].operands).len();
    let longest = *all.iter().max_by_key(long).expect("a line");
    content.operations.remove(longest);
    doc.change_page_content(id, content.encode().expect("content")).expect("a page");
    saved(doc)
}

#[test]
fn two_renderers_show_the_same_ink() {
    let (Some(poppler), Some(mupdf)) = (reader("pdftoppm"), reader("mutool")) else {
        return;
    };
    let f = Folder::new("reader-ink");
    for name in ["default", "everything"] {
        f.write("a.pdf", &book(name).pdf);
        let with_poppler = |file: &str, to: &str| {
            let to = folder(&f, to).join("p");
            let mut command = Command::new(&poppler);
            command.args(["-r", DPI, "-gray"]).arg(f.path(file)).arg(to);
            command
        };
        let one = drawn(
            &f,
            &format!("{name}-a"),
            &mut with_poppler("a.pdf", &format!("{name}-a")),
        );
        let to = folder(&f, &format!("{name}-b")).join("p%04d.pgm");
        let mut command = Command::new(&mupdf);
        command
            .args(["draw", "-q", "-r", DPI, "-c", "gray", "-o"])
            .arg(to)
            .arg(f.path("a.pdf"));
        let two = drawn(&f, &format!("{name}-b"), &mut command);
        assert_eq!(differ(&one, &two), [], "{name}");
        // Negative control: one of the files has lost a line on a page of prose.
        let page = 12;
        if name != "default" {
            continue;
        }
        f.write("b.pdf", without_a_line(&book(name).pdf, page));
        let less = drawn(
            &f,
            &format!("{name}-c"),
            &mut with_poppler("b.pdf", &format!("{name}-c")),
        );
        let found = differ(&less, &two);
        assert!(!found.is_empty() && found.iter().all(|d| d.0 == page), "{found:?}");
    }
}
