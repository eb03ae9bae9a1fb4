//! A cover drawn from the metadata: paper, the double frame of a block-printed
//! page (文武边), the title, a fishtail (鱼尾) as on its folding edge, the names.
//!
//! A picture may not use the publication's fonts, so letters are drawn as
//! outlines; only what no font has is left as text.

use crate::book::words::words;
use crate::epub::Input;
use crate::epub::chars::Style;
use crate::epub::markup::{attr, text};
use crate::epub::page::{lang, title};
use crate::font::{Cut, FontSet};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Write;

/// The cover, in user units: 3 to 4, as most reading systems show it.
const WIDTH: f32 = 1200.0;
const HEIGHT: f32 = 1600.0;
/// Longest line: what the frame leaves, with an em of the largest size to spare.
const MEASURE: f32 = 820.0;
/// Most lines a title is broken into.
const LINES: usize = 5;
const INK: &str = "#2a2622";
const SEAL: &str = "#93342a";

/// The cover as SVG.
pub(in crate::epub) fn svg(input: &Input) -> String {
    let meta = &input.book.meta;
    let mut c = Cover { fonts: input.fonts, out: String::new() };
    let name = title(meta);
    let lines = broken(&c, &name);
    let longest = lines.iter().map(|l| c.width(Style::Title, l)).fold(1.0, f32::max);
    let size = (MEASURE / longest).min(150.0);
    let mut y = 500.0 - size * 1.35 * (lines.len() as f32 - 1.0) / 2.0;
    for line in &lines {
        c.line(Style::Title, line, size, y, INK);
        y += size * 1.35;
    }
    if let Some(subtitle) = meta.subtitle.as_deref().filter(|s| !s.trim().is_empty()) {
        c.line(Style::Kai, subtitle, 56.0, y.max(620.0), INK);
    }
    c.fishtail(1080.0);
    let authors = meta.authors.join(words(lang(meta)).comma);
    c.line(Style::Kai, &authors, 60.0, 1235.0, INK);
    c.line(Style::Kai, meta.publisher.as_deref().unwrap_or_default(), 40.0, 1420.0, INK);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#f4eee1\"/>\n\
         <rect x=\"76\" y=\"76\" width=\"1048\" height=\"1448\" fill=\"none\" \
         stroke=\"{INK}\" stroke-width=\"10\"/>\n\
         <rect x=\"96\" y=\"96\" width=\"1008\" height=\"1408\" fill=\"none\" \
         stroke=\"{INK}\" stroke-width=\"2\"/>\n{}</svg>\n",
        attr(lang(meta)),
        text(&name),
        c.out
    )
}

struct Cover<'a> {
    fonts: &'a FontSet,
    out: String,
}

impl Cover<'_> {
    /// A character's outline in its font's units and its advance in em.
    fn glyph(&self, cut: Cut, c: char) -> Option<(String, f32, f32)> {
        let face = self.fonts.face(self.fonts.face_for(cut, c)?);
        let font = FontRef::from_index(&face.data, face.index).ok()?;
        let id = font.charmap().map(c)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(
            font.metrics(Size::unscaled(), LocationRef::default()).units_per_em,
        );
        let mut pen = Pen(String::new());
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(id)?.draw(settings, &mut pen).ok()?;
        Some((pen.0, metrics.advance_width(id)? / em, em))
    }

    /// Width of a line in em.
    fn width(&self, style: Style, line: &str) -> f32 {
        let cut = style.cut();
        let plain = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
        line.chars().map(|c| self.glyph(cut, c).map_or(plain(c), |g| g.1)).sum()
    }

    /// A centred line with its baseline at `y`, made smaller if it is too long.
    fn line(&mut self, style: Style, line: &str, size: f32, y: f32, fill: &str) {
        if line.trim().is_empty() {
            return;
        }
        let width = self.width(style, line);
        let size = size.min(MEASURE / width);
        let glyphs: Option<Vec<_>> =
            line.chars().map(|c| self.glyph(style.cut(), c)).collect();
        let Some(glyphs) = glyphs else {
            let (x, line) = (WIDTH / 2.0, text(line));
            writeln!(
                self.out,
                "<text x=\"{x}\" y=\"{y:.1}\" font-family=\"keben-song, serif\" \
                 font-size=\"{size:.1}\" text-anchor=\"middle\" fill=\"{fill}\">{line}</text>"
            )
            .ok();
            return;
        };
        let mut x = (WIDTH - width * size) / 2.0;
        writeln!(self.out, "<g fill=\"{fill}\">").ok();
        for (path, advance, em) in glyphs {
            let scale = size / em;
            if !path.is_empty() {
                writeln!(
                    self.out,
                    "<path transform=\"translate({x:.1} {y:.1}) scale({scale:.5} -{scale:.5})\" \
                     d=\"{path}\"/>"
                )
                .ok();
            }
            x += advance * size;
        }
        self.out += "</g>\n";
    }

    /// The fishtail: two notched blocks with a line between, 90 units wide.
    fn fishtail(&mut self, y: f32) {
        let (l, m, r) = (WIDTH / 2.0 - 45.0, WIDTH / 2.0, WIDTH / 2.0 + 45.0);
        let (top, notch, foot) = (y - 22.0, y - 4.0, y + 22.0);
        writeln!(
            self.out,
            "<path fill=\"{SEAL}\" d=\"M{l} {top}H{r}V{foot}L{m} {notch}L{l} {foot}Z\"/>"
        )
        .ok();
    }
}

/// Path data. Outlines are in whole units, so nothing is lost by rounding.
struct Pen(String);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        write!(self.0, "M{x:.0} {y:.0}").ok();
    }
    fn line_to(&mut self, x: f32, y: f32) {
        write!(self.0, "L{x:.0} {y:.0}").ok();
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        write!(self.0, "Q{cx:.0} {cy:.0} {x:.0} {y:.0}").ok();
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        write!(self.0, "C{ax:.0} {ay:.0} {bx:.0} {by:.0} {x:.0} {y:.0}").ok();
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// A title in lines of about the same length: as few as let it be set at 100
/// units or more, broken after punctuation and spaces where that costs little.
fn broken(cover: &Cover, title: &str) -> Vec<String> {
    let tokens = tokens(title);
    let widths: Vec<f32> = tokens.iter().map(|t| cover.width(Style::Title, t)).collect();
    let mut best = vec![title.trim().to_string()];
    for count in 1..=LINES.min(tokens.len().max(1)) {
        best = split(&tokens, &widths, count);
        let longest = best.iter().map(|l| cover.width(Style::Title, l));
        if MEASURE / longest.fold(1.0, f32::max) >= 100.0 {
            break;
        }
    }
    best
}

/// What may not be broken: a Latin word, a character and the closing mark after it.
fn tokens(title: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut open = false;
    for c in title.trim().chars() {
        let word = |t: &String| {
            t.ends_with(|p: char| p.is_ascii_graphic()) && c.is_ascii_graphic()
        };
        let joins =
            |t: &String| open || word(t) || "，。、：；！？）》」』”’—… ".contains(c);
        match out.last_mut().filter(|t| joins(t)) {
            Some(last) => last.push(c),
            None => out.push(c.to_string()),
        }
        open = "（《「『“‘".contains(c);
    }
    out
}

/// Cuts tokens into `count` lines of nearly equal width, by trying the cuts of
/// each line after the best cuts before it.
fn split(tokens: &[String], widths: &[f32], count: usize) -> Vec<String> {
    let target = widths.iter().sum::<f32>() / count as f32;
    // for each number of tokens set: cost so far, and where each line ended
    let mut states = vec![(0, 0.0, vec![])];
    for line in 1..=count {
        let mut next: Vec<(usize, f32, Vec<usize>)> = vec![];
        for end in line..=tokens.len() {
            let ways = states.iter().filter(|s| s.0 < end).map(|(from, cost, ends)| {
                let width: f32 = widths[*from..end].iter().sum();
                let last = tokens[end - 1].chars().next_back();
                let worth = match last {
                    Some(' ') => 0.1,
                    Some(c) if !c.is_alphanumeric() => 0.5,
                    Some(_) | None => 0.0,
                };
                let bonus = target * target * worth;
                (
                    end,
                    cost + (width - target).powi(2) - bonus,
                    [&ends[..], &[end]].concat(),
                )
            });
            next.extend(ways.min_by(|a, b| a.1.total_cmp(&b.1)));
        }
        states = next;
    }
    let done = states.into_iter().find(|s| s.0 == tokens.len());
    let ends = done.map_or(vec![tokens.len()], |s| s.2);
    let mut from = 0;
    let cut = |end: usize| tokens[std::mem::replace(&mut from, end)..end].concat();
    // at the end of a line the line itself says what a colon says
    let bare = |l: String| l.trim().trim_end_matches('：').to_string();
    ends.into_iter().map(cut).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn titles_break_into_even_lines() {
        let fonts = FontSet::default();
        let cover = Cover { fonts: &fonts, out: String::new() };
        assert_eq!(broken(&cover, "刻本"), ["刻本"]);
        let long = "用 Markdown 写书：从手稿到刻本";
        let lines = broken(&cover, long);
        let bare = |s: &str| s.replace([' ', '：'], "");
        assert!(lines.len() > 1 && bare(&lines.concat()) == bare(long), "{lines:?}");
        assert!(lines.iter().any(|l| l.contains("Markdown")), "{lines:?}");
        assert_eq!(broken(&cover, ""), [""]);
    }
}
