//! `[page]`: trim, type area, margins; what follows on what is in `makeup`.

use super::makeup;
use super::section::{Given, Section};
use crate::config::{Makeup, PageSpec, TypeArea, trim};
use crate::diag::code;
use crate::geom::{Len, Size};
use crate::source::Span;

/// A5, the size of most Chinese trade books today.
const DEFAULT_TRIM: &str = "a5";
/// Body size where nothing else is said: 五号.
const BODY: Len = Len::milli_pt(10_500);

/// Lines of fewer characters cannot be set evenly.
const NARROW: i64 = 14;

/// What the author said of the type area.
struct Wishes {
    size: Option<Given<Len>>,
    leading: Option<Given<Len>>,
    chars: Option<Given<i64>>,
    lines: Option<Given<i64>>,
}

/// Reads the section.
pub(super) fn read(s: &mut Section) -> (PageSpec, Makeup) {
    let (trim, sheet, base) = trim(s);
    let size = type_size(s);
    let wishes = Wishes {
        leading: leading(s, size.as_ref().map_or(base.size, |g| g.value)),
        size,
        chars: s.integer_in("chars", 5..=200),
        lines: s.integer_in("lines", 3..=200),
    };
    let area = area(s, trim, &base, &wishes);
    let inner = margin(s, "inner", trim.w - area.measure(), (1, 2));
    // The running head stands above the type area, so optically centred is a
    // little lower than centred.
    let head = margin(s, "head", trim.h - area.depth(), (52, 100));
    let makeup = makeup::read(s);
    s.finish();
    (PageSpec { trim, sheet, area, inner, head }, makeup)
}

/// Finished size, the sheet that gives it, and the type area it has by default.
type Trim = (Size, Option<[u32; 3]>, TypeArea);

fn trim(s: &mut Section) -> Trim {
    let free = |size| (size, None, derived(size, BODY, None));
    let default = || {
        trim::named(DEFAULT_TRIM).unwrap_or_else(|| {
            free(Size { w: Len::tenth_mm(1480), h: Len::tenth_mm(2100) })
        })
    };
    let Some(given) = s.string("trim") else { return default() };
    if let Some(found) = trim::named(&given.value) {
        return found;
    }
    if let Some(size) = free_size(&given.value) {
        return free(size);
    }
    let message = format!("`{}` is no trim size", given.value);
    let names: Vec<_> = trim::names().collect();
    let names = names.join(", ");
    let hint = format!("allowed is {names}, or such as `148x210mm` or `6x9in`");
    s.reject(given.span, message, hint);
    default()
}

/// `148x210mm`, `14.8 × 21 cm`, `6x9in`; each side from 50 to 600 mm, between a
/// matchbox and a newspaper.
fn free_size(text: &str) -> Option<Size> {
    let text = text.to_ascii_lowercase().replace(' ', "");
    let (unit, mm) = [("mm", 1.0), ("cm", 10.0), ("in", 25.4)]
        .into_iter()
        .find(|u| text.ends_with(u.0))?;
    let (w, h) = text.split_once(['x', '×', '*'])?;
    let side = |n: &str| {
        let n: f64 = n.strip_suffix(unit).unwrap_or(n).parse().ok()?;
        let len = match unit {
            // A point is ¹⁄₇₂ inch, so that inches come out exact.
            "in" => Len::milli_pt((n * 72_000.0).round() as i64),
            _ => Len::tenth_mm((n * mm * 10.0).round() as i64),
        };
        (50.0..=600.0).contains(&(n * mm)).then_some(len)
    };
    Some(Size { w: side(w)?, h: side(h)? })
}

/// 字号 by name, or a number of points.
fn type_size(s: &mut Section) -> Option<Given<Len>> {
    let text = s.text_of("size")?;
    let points = || {
        let n: f64 = text.value.trim_end_matches("pt").trim_end().parse().ok()?;
        let fits = (4.0..=72.0).contains(&n);
        fits.then(|| Len::milli_pt((n * 1000.0).round() as i64))
    };
    let found = trim::type_size(&text.value).or_else(points);
    if found.is_none() {
        let message = format!("`{}` is no size of type", text.value);
        let hint = "allowed is a name such as `五号`, or 4 to 72 points";
        s.reject(text.span, message, hint);
    }
    Some(Given { value: found?, span: text.span })
}

fn leading(s: &mut Section, size: Len) -> Option<Given<Len>> {
    let given = s.number_in("leading", 4.0..=300.0, "points")?;
    let value = Len::milli_pt((given.value * 1000.0).round() as i64);
    if value < size {
        let hint = format!("allowed is {size} points or more, the size of the type");
        s.reject(given.span, "lines would overlap with this leading", hint);
        return None;
    }
    if value < size.frac(3, 2) || value > size * 2 {
        let message = "between lines is usually half an em to one em".to_string();
        let (from, to) = (size.frac(3, 2), size * 2);
        let hint = format!("that is a leading of {from} to {to} points (G-02)");
        s.note(code::LINE_GAP, given.span, message, hint);
    }
    Some(Given { value, span: given.span })
}

/// What the author wishes, as far as it fits on the trim. Characters and lines
/// that nobody asked for fill the area that the trim has by default.
fn area(s: &mut Section, trim: Size, base: &TypeArea, w: &Wishes) -> TypeArea {
    let size = w.size.as_ref().map_or(base.size, |g| g.value);
    let leading = w.leading.as_ref().map(|g| g.value);
    let leading =
        leading.unwrap_or_else(|| size.frac(base.leading.to_sp(), base.size.to_sp()));
    let fill = fill(base.measure(), base.depth(), size, leading);
    let chars = w.chars.as_ref().map_or(fill.chars, |g| g.value as u16);
    let lines = w.lines.as_ref().map_or(fill.lines, |g| g.value as u16);
    let area = TypeArea { chars, lines, ..fill };
    if area.measure() <= trim.w && area.depth() <= trim.h {
        if let Some(given) = w.chars.as_ref().filter(|g| g.value < NARROW) {
            let message = format!("gaps in lines of {chars} characters will be uneven");
            let hint = format!("{NARROW} characters or more can be set evenly (J-07)");
            s.note(code::NARROW_MEASURE, given.span, message, hint);
        }
        return area;
    }
    let safe = derived(trim, size, Some(leading));
    let wide = area.measure() > trim.w;
    let span = w.guilty(wide).unwrap_or_default();
    let message = format!(
        "{chars} characters by {lines} lines take {} × {} points, and the page has {} × {}",
        area.measure(),
        area.depth(),
        trim.w,
        trim.h
    );
    let hint = format!("{} characters by {} lines are used", safe.chars, safe.lines);
    s.reject(span, message, hint);
    if safe.measure() <= trim.w && safe.depth() <= trim.h {
        return safe;
    }
    derived(trim, BODY, None)
}

impl Wishes {
    /// The wish that made the area too wide, or too high.
    fn guilty(&self, wide: bool) -> Option<Span> {
        let count = if wide { &self.chars } else { &self.lines };
        let count = count.as_ref().map(|g| g.span);
        let leading = self.leading.as_ref().filter(|_| !wide).map(|g| g.span);
        count.or(leading).or(self.size.as_ref().map(|g| g.span))
    }
}

/// A sensible area for any trim: 70 % of its width and 80 % of its height, which
/// is what the named trims come to; leading of 1.6 em.
fn derived(trim: Size, size: Len, leading: Option<Len>) -> TypeArea {
    let leading = leading.unwrap_or_else(|| size.frac(16, 10));
    fill(trim.w.frac(70, 100), trim.h.frac(80, 100), size, leading)
}

/// As many whole characters and lines as there is room for; at least one.
fn fill(width: Len, height: Len, size: Len, leading: Len) -> TypeArea {
    let whole = |room: Len, step: Len| (room.to_sp() / step.to_sp().max(1)).max(0);
    let chars = whole(width, size).clamp(1, 200) as u16;
    let lines = (whole(height - size, leading) + 1).clamp(1, 200) as u16;
    TypeArea { chars, lines, size, leading }
}

/// A margin in millimetres; by default its share of the white.
fn margin(s: &mut Section, key: &'static str, white: Len, share: (i64, i64)) -> Len {
    let default = white.frac(share.0, share.1);
    let Some(given) = s.number_in(key, 0.0..=500.0, "mm") else { return default };
    let wish = Len::tenth_mm((given.value * 10.0).round() as i64);
    if wish <= white {
        return wish;
    }
    let most = white.to_pt() * 25.4 / 72.0;
    let message = format!("the type area would leave the page with `{key}` of this size");
    s.reject(given.span, message, format!("there is room for {most:.1} mm"));
    default
}
