//! Text in columns (G-06): each a whole number of em, two em and more between them,
//! the last page balanced. What is above goes across the type area.

use super::galley::Entry;
use super::paginate::{self, Leaf};
use crate::config::TypeArea;
use crate::geom::Len;

/// How columns stand in the type area.
#[derive(Debug, Copy, Clone)]
pub struct Columns {
    /// how many
    pub count: usize,
    /// one of them: its em, its characters, its lines on a whole page
    pub area: TypeArea,
    /// from the start of one to the start of the next
    pub step: Len,
}

/// A column of fewer characters would turn every other entry over.
const LEAST: i64 = 9;
/// Two columns of more characters than this leave room for three.
const MOST: i64 = 22;

impl Columns {
    /// Columns for text of a size and pitch.
    pub fn of(area: &TypeArea, em: Len, pitch: Len) -> Columns {
        let measure = area.measure();
        let chars = |count: i64| {
            let room = measure - em * 2 * (count - 1);
            room.to_sp() / count / em.to_sp().max(1)
        };
        let count = match (chars(1), chars(2), chars(3)) {
            (_, 0..LEAST, _) => 1,
            (_, MOST.., 12..) => 3,
            (_, _, _) => 2,
        };
        let n = chars(count).max(1);
        // What is left over goes between the columns.
        let rest = measure - em * n * count;
        let gap = if count > 1 { rest.frac(1, count - 1) } else { Len::ZERO };
        let page = area.leading * i64::from(area.lines);
        let whole = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
        let lines = whole(page.to_sp() / pitch.to_sp().max(1)).max(1);
        let column = TypeArea { chars: whole(n), lines, size: em, leading: pitch };
        Columns { count: count as usize, area: column, step: em * n + gap }
    }
}

/// Cuts `head`, which goes across, and below it `body`, lines for one column each.
pub fn cut(
    head: Vec<Entry>,
    body: Vec<Entry>,
    columns: &Columns,
    area: &TypeArea,
) -> Vec<Leaf> {
    let mut leaves = paginate::cut(head, area);
    if leaves.is_empty() {
        leaves.push(Leaf { opener: true, ..Leaf::default() });
    }
    let page = area.leading * i64::from(area.lines);
    let mut rest = &body[..];
    while !rest.is_empty() {
        let above = leaves.last().map_or(Len::ZERO, |l| l.fill);
        let lines = (page - above).to_sp() / columns.area.leading.to_sp().max(1);
        if lines < LINES && above > Len::ZERO {
            leaves.push(Leaf::default());
            continue;
        }
        let room = TypeArea { lines: lines.clamp(1, 1000) as u16, ..columns.area };
        let n = taken(rest, &room, columns.count);
        let (now, later) = rest.split_at(n);
        rest = later;
        let room =
            if rest.is_empty() { balanced(now, &room, columns.count) } else { room };
        let parts = paginate::cut(now.to_vec(), &room);
        if let Some(leaf) = leaves.last_mut() {
            place(parts, above, columns, leaf);
        }
        if !rest.is_empty() {
            leaves.push(Leaf::default());
        }
    }
    leaves
}

/// Columns of fewer lines do not begin at the foot of a page.
const LINES: i64 = 4;

/// How many of the entries fill the columns of a page; one at least.
fn taken(entries: &[Entry], room: &TypeArea, count: usize) -> usize {
    let fits = |n: usize| paginate::cut(entries[..n].to_vec(), room).len() <= count;
    // A page has so many lines, and blank ones that vanish at the heads of columns.
    let most = (usize::from(room.lines) + 1) * count * 2;
    let (mut good, mut bad) = (1, entries.len().min(most) + 1);
    while good + 1 < bad {
        let middle = good.midpoint(bad);
        if fits(middle) { good = middle } else { bad = middle }
    }
    if good == entries.len() {
        return good;
    }
    // What stays with the next entry goes with it.
    let clings = |e: &Entry| e.keep || e.space;
    let kept = entries[..good].iter().rposition(|e| !clings(e)).map_or(good, |n| n + 1);
    kept.max(1)
}

/// The fewest lines in which the entries still fit the columns.
fn balanced(entries: &[Entry], room: &TypeArea, count: usize) -> TypeArea {
    let with = |lines: u16| TypeArea { lines, ..*room };
    let fits = |lines: u16| paginate::cut(entries.to_vec(), &with(lines)).len() <= count;
    let (mut bad, mut good) = (0, room.lines);
    while bad + 1 < good {
        let middle = bad.midpoint(good);
        if fits(middle) { good = middle } else { bad = middle }
    }
    with(good)
}

/// Puts columns side by side below what is on a leaf.
fn place(parts: Vec<Leaf>, above: Len, columns: &Columns, leaf: &mut Leaf) {
    for (n, part) in (0i64..).zip(parts) {
        let across = columns.step * n;
        for (mut at, draw, tag) in part.draws {
            at.inline += across;
            at.block += above;
            leaf.draws.push((at, draw, tag));
        }
        for (id, mut at) in part.anchors {
            at.inline += across;
            at.block += above;
            leaf.anchors.push((id, at));
        }
        leaf.fill = leaf.fill.max(above + part.fill);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pt(n: i64) -> Len {
        Len::milli_pt(n * 1000)
    }

    fn area(chars: u16) -> TypeArea {
        TypeArea { chars, lines: 20, size: pt(10), leading: pt(16) }
    }

    #[test]
    fn columns_are_whole_em_and_end_with_the_type_area() {
        let mut counts = vec![];
        for chars in [12, 20, 28, 40, 60] {
            let (area, em) = (area(chars), pt(8));
            let c = Columns::of(&area, em, pt(12));
            counts.push(c.count);
            assert_eq!(c.area.measure(), em * i64::from(c.area.chars), "{chars}");
            let end = c.step * (c.count as i64 - 1) + c.area.measure();
            let short = (area.measure() - end).to_sp();
            if c.count > 1 {
                assert!(c.step - c.area.measure() >= em * 2, "{chars}");
                assert!((0..c.count as i64).contains(&short), "{chars} {short}");
            }
        }
        assert_eq!(counts, [1, 2, 2, 3, 3]);
    }

    #[test]
    fn the_last_page_is_balanced_and_none_other() {
        let area = area(28);
        let columns = Columns::of(&area, pt(8), pt(12));
        let lines = |n: usize| {
            let line = Entry { height: pt(12), ..Entry::default() };
            let leaves = cut(vec![], vec![line; n], &columns, &area);
            let fills = leaves.iter().map(|l| l.fill.to_pt() / 12.0);
            fills.map(|f| f.round() as i64).collect::<Vec<_>>()
        };
        // 320 points hold 26 lines of 12.
        assert_eq!(lines(11), [6]);
        assert_eq!(lines(52), [26]);
        assert_eq!(lines(53 + 12), [26, 7]);
        assert_eq!(lines(0), [0]);
    }
}
