//! What can be wrong with a paragraph, done to one that is right.

use crate::lines_pdf::class::{Cell, Class};
use crate::lines_pdf::gap::{Kind, gaps};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::{Paragraph, Reading};

/// Marks of the file's own, to be put elsewhere.
pub(crate) struct Stock {
    pub(crate) comma: Cell,
    pub(crate) open: Cell,
    pub(crate) dots: Cell,
}

impl Stock {
    pub(crate) fn of(r: &Reading) -> Stock {
        let cells = || r.paragraphs.iter().flat_map(|p| &p.lines).flat_map(|l| &l.cells);
        let song = |c: &&Cell| c.glyph.font.name.contains("Serif") && c.size() == r.size;
        let get =
            |f: &dyn Fn(&Cell) -> bool| cells().filter(song).find(|c| f(c)).cloned();
        Stock {
            comma: get(&|c| c.text() == "，").expect("a comma"),
            open: get(&|c| c.text() == "（").expect("a bracket"),
            dots: get(&|c| c.class == Class::Ellipsis).expect("an ellipsis"),
        }
    }
}

/// A line whose kinds of gaps are as wide as they are by nature.
fn natural(line: &Line) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.003;
    gaps(line).iter().all(|g| match g.kind {
        Kind::Han | Kind::Solid | Kind::Hug => near(g.width, 0.0),
        Kind::Meet | Kind::Bracket | Kind::Comma | Kind::Stop => near(g.width, 0.5),
        Kind::HanLatin => near(g.width, 0.25),
        Kind::Word | Kind::Unit | Kind::Fixed => true,
    })
}

fn has(line: &Line, at: usize, classes: &[Class]) -> bool {
    let here = line.cells.get(at..at + classes.len());
    here.is_some_and(|c| c.iter().map(|c| c.class).eq(classes.iter().copied()))
}

/// Puts another mark where a Han stands, in the line and in what was written.
fn put(p: &mut Paragraph, line: usize, cell: usize, mark: &Cell) {
    let before: usize = p.lines[..line].iter().map(|l| l.text().chars().count()).sum();
    let here = &p.lines[line].cells[..cell];
    let here = here.iter().filter(|c| c.class != Class::Note);
    let at = before
        + here
            .map(|c| crate::lines_pdf::line::solid(&c.text()).chars().count())
            .sum::<usize>();
    write(p, at, &mark.text());
    let old = p.lines[line].cells[cell].glyph.clone();
    let mut new = mark.clone();
    (new.glyph.x, new.glyph.y) = (old.x, old.y);
    p.lines[line].cells[cell] = new;
}

/// Writes another character than the one that was written there.
fn write(p: &mut Paragraph, at: usize, text: &str) {
    let mut seen = 0;
    let piece = |c: char| {
        let one = c.to_string();
        let solid = !crate::lines_pdf::line::solid(&one).is_empty();
        let here = solid && seen == at;
        seen += usize::from(solid);
        if here { text.to_string() } else { one }
    };
    p.source.text = p.source.text.chars().map(piece).collect();
}

/// Moves what stands from a cell on, by em.
pub(crate) fn shift(line: &mut Line, from: usize, to: usize, em: f64) {
    let by = em * line.size;
    line.cells[from..to].iter_mut().for_each(|c| c.move_by(by));
}

fn last(p: &Paragraph) -> usize {
    p.lines.len() - 1
}

pub(crate) fn comma_begins(p: &mut Paragraph, stock: &Stock) -> bool {
    let n = last(p);
    let line = &p.lines[n];
    let fits = n > 0 && natural(line) && has(line, 0, &[Class::Han, Class::Han]);
    if fits && line.cells[0].glyph.font.name == stock.comma.glyph.font.name {
        put(p, n, 0, &stock.comma);
        return true;
    }
    false
}

/// A line that is not the last, natural, and ends with two Han.
fn full(p: &Paragraph) -> Option<(usize, usize)> {
    let fits = |(i, l): &(usize, &Line)| {
        let n = l.cells.len();
        *i < last(p) && n > 1 && natural(l) && has(l, n - 2, &[Class::Han, Class::Han])
    };
    p.lines.iter().enumerate().find(fits).map(|(i, l)| (i, l.cells.len() - 1))
}

pub(crate) fn open_ends(p: &mut Paragraph, stock: &Stock) -> bool {
    let Some((line, cell)) = full(p) else { return false };
    put(p, line, cell, &stock.open);
    true
}

pub(crate) fn split(p: &mut Paragraph, stock: &Stock) -> bool {
    let Some((line, cell)) = full(p) else { return false };
    if !has(&p.lines[line + 1], 0, &[Class::Han, Class::Han]) {
        return false;
    }
    let mut half = stock.dots.clone();
    half.more.clear();
    put(p, line, cell, &half);
    put(p, line + 1, 0, &half);
    true
}

/// A line that ends with a digit, and one after it that begins with Han.
fn number(p: &Paragraph) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit();
    (0..last(p)).find(|i| {
        p.lines[*i].text().ends_with(digit)
            && has(&p.lines[i + 1], 0, &[Class::Han, Class::Han])
    })
}

pub(crate) fn celsius(p: &mut Paragraph, _: &Stock) -> bool {
    let Some(n) = number(p) else { return false };
    let mut sign = p.lines[n + 1].cells[0].clone();
    sign.glyph.text = "℃".into();
    put(p, n + 1, 0, &sign);
    true
}

/// The unit is written beside a number at a line's end, where the word after it
/// was.
pub(crate) fn kilometres(p: &mut Paragraph, _: &Stock) -> bool {
    let word =
        |l: &Line| l.cells.iter().take_while(|c| c.class == Class::Western).count();
    let Some(n) = (0..last(p)).find(|i| {
        let (a, b) = (&p.lines[*i], &p.lines[i + 1]);
        a.cells.last().is_some_and(|c| c.class == Class::Western)
            && a.cells.len() > 2
            && word(b) > 2
            && b.text().chars().take(2).all(char::is_alphabetic)
    }) else {
        return false;
    };
    let end = p.lines[n].cells.len() - 1;
    let of = |text: &str, cell: &Cell| {
        let mut new = cell.clone();
        new.glyph.text = text.into();
        new
    };
    let one = of("1", &p.lines[n].cells[end]);
    put(p, n, end, &one);
    let size = word(&p.lines[n + 1]);
    for i in 0..size {
        let cell = of(["k", "m"].get(i).unwrap_or(&","), &p.lines[n + 1].cells[i]);
        put(p, n + 1, i, &cell);
    }
    true
}

pub(crate) fn swap(p: &mut Paragraph, _: &Stock) -> bool {
    let cells = &mut p.lines[0].cells;
    let two = (1..cells.len()).find(|i| {
        cells[i - 1].class == Class::Han
            && cells[*i].class == Class::Han
            && cells[i - 1].text() != cells[*i].text()
    });
    let Some(i) = two else { return false };
    let text = cells[i].glyph.text.clone();
    cells[i].glyph.text = std::mem::replace(&mut cells[i - 1].glyph.text, text);
    true
}

pub(crate) fn late(p: &mut Paragraph, _: &Stock) -> bool {
    let n = last(p);
    let line = &mut p.lines[n];
    let fits = n > 0 && line.cells.len() < 5;
    if fits {
        shift(line, 0, line.cells.len(), 0.05);
    }
    fits
}

pub(crate) fn long(p: &mut Paragraph, _: &Stock) -> bool {
    let n = last(p);
    let letters = |l: &&mut Line| {
        let n = l.cells.len();
        n > 2
            && has(l, n - 2, &[Class::Western, Class::Western])
            && !l.cells[n - 1].spaced
    };
    let Some(line) = p.lines[..n].iter_mut().find(letters) else { return false };
    let end = line.cells.len();
    shift(line, end - 1, end, 0.05);
    true
}

pub(crate) fn uneven(p: &mut Paragraph, _: &Stock) -> bool {
    let line = &mut p.lines[0];
    let three = [Class::Han; 5];
    let Some(i) = (0..line.cells.len()).find(|i| has(line, *i, &three)) else {
        return false;
    };
    shift(line, i + 2, i + 3, 0.02);
    true
}

pub(crate) fn blank(p: &mut Paragraph, _: &Stock) -> bool {
    for line in &mut p.lines {
        let commas: Vec<usize> =
            gaps(line).iter().filter(|g| g.kind == Kind::Comma).map(|g| g.at).collect();
        if let [a, b, _, ..] = commas[..] {
            shift(line, a, b, -0.02);
            return true;
        }
    }
    false
}

/// Moves the rest of a last line after the only gap of a kind.
fn after(p: &mut Paragraph, kind: Kind, em: f64, fits: fn(&Line) -> bool) -> bool {
    let n = last(p);
    let line = &mut p.lines[n];
    let found: Vec<usize> =
        gaps(line).iter().filter(|g| g.kind == kind).map(|g| g.at).collect();
    let one = found.len() == 1 && natural(line) && fits(line);
    if one {
        shift(line, found[0], line.cells.len(), em);
    }
    one
}

pub(crate) fn hug(p: &mut Paragraph, _: &Stock) -> bool {
    after(p, Kind::Hug, -0.1, |_| true)
}

pub(crate) fn wide(p: &mut Paragraph, _: &Stock) -> bool {
    after(p, Kind::HanLatin, 0.3, |l| l.cells.len() < 15)
}

pub(crate) fn stop(p: &mut Paragraph, _: &Stock) -> bool {
    let fits =
        |l: &Line| gaps(l).iter().any(|g| matches!(g.kind, Kind::Bracket | Kind::Comma));
    after(p, Kind::Stop, -0.2, fits)
}

/// Draws another glyph, of the same advance.
fn redraw(p: &mut Paragraph, class: Class) -> bool {
    let other = p.lines[0].cells[0].glyph.code;
    let mut cells = p.lines.iter_mut().flat_map(|l| &mut l.cells);
    let Some(cell) = cells.find(|c| c.class == class) else { return false };
    cell.glyph.code = other;
    true
}

pub(crate) fn no_rule(p: &mut Paragraph, _: &Stock) -> bool {
    redraw(p, Class::Dash)
}

pub(crate) fn no_dots(p: &mut Paragraph, _: &Stock) -> bool {
    redraw(p, Class::Ellipsis)
}

/// At the left of its box, as a face draws it.
pub(crate) fn interpunct(p: &mut Paragraph, _: &Stock) -> bool {
    let mut cells = p.lines.iter_mut().flat_map(|l| &mut l.cells);
    let Some(dot) = cells.find(|c| c.class == Class::Middle) else { return false };
    dot.move_by(-0.08 * dot.size());
    true
}
