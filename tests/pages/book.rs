//! Books that nobody would write, the same on every machine: paragraphs of all
//! lengths, headings, quotations, lists and notes.

use super::common::Folder;
use crate::common::dice::Dice;
use std::fmt::Write;

const HAN: &str =
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜";

/// Writes a book of so many chapters.
pub(crate) fn write(folder: &Folder, seed: u64, chapters: usize) {
    let mut dice = Dice(seed * 0x9e37_79b9 + 1);
    let mut summary = "# 目录\n\n".to_string();
    for n in 1..=chapters {
        folder.write(&format!("c{n:02}.md"), chapter(&mut dice));
        writeln!(summary, "- [第{n}](c{n:02}.md)").ok();
    }
    folder.write("SUMMARY.md", summary);
    folder.write("book.toml", "[book]\ntitle = \"书\"\nlanguage = \"zh-Hans-CN\"\n");
}

/// The paragraphs of its files, in order.
pub(crate) fn paragraphs(folder: &Folder) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder.path("."))
        .expect("a folder")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.starts_with('c') && n.ends_with(".md"))
        .collect();
    names.sort();
    let mut out = vec![];
    for name in names {
        let text = String::from_utf8(folder.read(&name)).expect("text");
        let solid = text.lines().filter(|l| l.starts_with('甲'));
        let marks = |l: &str| {
            let mut parts = l.split("[^");
            let first = parts.next().unwrap_or_default().to_string();
            parts.fold(first, |all, p| all + p.split_once(']').map_or("", |p| p.1))
        };
        out.extend(solid.map(marks));
    }
    out
}

fn chapter(dice: &mut Dice) -> String {
    let mut out = format!("# {}\n\n", han(dice, 5));
    let mut notes = String::new();
    for n in 0..40 + dice.roll(25) {
        match dice.roll(24) {
            0 if n > 0 => write!(out, "## {}\n\n", title(dice)),
            // No level is left out.
            1 if out.contains("\n## ") => write!(out, "### {}\n\n", title(dice)),
            1 if n > 0 => write!(out, "## {}\n\n", title(dice)),
            2 => write!(out, "> {}。\n\n", sentence(dice, 70)),
            3 => {
                let items = 3 + dice.roll(3);
                (0..items).for_each(|_| out += &format!("- {}。\n", sentence(dice, 18)));
                writeln!(out)
            }
            _ => Ok(()),
        }
        .ok();
        let room = [10, 25, 45, 70, 110, 150, 220][dice.roll(7)];
        let text = sentence(dice, room);
        match dice.roll(14) {
            0 => {
                let half = text.char_indices().nth(room / 2).map_or(text.len(), |c| c.0);
                let (a, b) = text.split_at(half);
                write!(out, "甲{a}[^n{n}]{b}乙。\n\n").ok();
                let size = 15 + dice.roll(60);
                write!(notes, "[^n{n}]: {}。\n\n", sentence(dice, size)).ok();
            }
            _ => out += &format!("甲{text}乙。\n\n"),
        }
    }
    out + &notes
}

fn title(dice: &mut Dice) -> String {
    let n = 3 + dice.roll(6);
    han(dice, n)
}

fn han(dice: &mut Dice, n: usize) -> String {
    let all: Vec<char> = HAN.chars().collect();
    (0..n).map(|_| all[dice.roll(all.len())]).collect()
}

/// Text with commas and brackets, of about so many characters.
fn sentence(dice: &mut Dice, room: usize) -> String {
    let mut out = String::new();
    while out.chars().count() < room {
        let n = 3 + dice.roll(10);
        let words = han(dice, n);
        match dice.roll(9) {
            0 => out += &format!("（{words}），"),
            1 => out += &format!("“{words}”、"),
            2 => out += &format!("{words}；"),
            _ => out += &format!("{words}，"),
        }
    }
    let last = out.trim_end_matches(['，', '、', '；']).len();
    out.truncate(last);
    out
}
