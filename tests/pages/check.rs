//! Pages as an editor sees them, and what is wrong with them.
//!
//! The text of generated books says where paragraphs begin and end: with 甲 and
//! with 乙。, which stand nowhere else.

use keben::config::PageSpec;
use keben::geom::Len;
use keben::page::{Draw, Page};

/// A line of the body.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) at: Len,
    pub(crate) text: String,
    /// larger than the body
    pub(crate) heading: bool,
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// A page.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) recto: bool,
    /// has no running head: a chapter begins here
    pub(crate) opener: bool,
    /// lines of text, without furniture and notes
    pub(crate) lines: Vec<Line>,
    /// where the lowest thing of text and notes ends
    pub(crate) foot: Len,
    head: Len,
    leading: Len,
    em: Len,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    Widow(usize),
    Orphan(usize),
    Heading(usize),
    Grid(usize),
    /// so many lines apart
    Uneven(usize, i64),
}

impl Seen {
    pub(crate) fn of(page: &Page, spec: &PageSpec) -> Seen {
        let area = spec.area;
        let bottom = spec.head + area.depth();
        // Notes are smaller and stand below a thin rule of a quarter of the measure.
        let quarter = area.measure().frac(1, 4);
        let rule = page.items.iter().find_map(|(at, d, _)| {
            let Draw::Rule { size, .. } = d else { return None };
            (size.w == quarter).then_some(at.y)
        });
        let end = rule.unwrap_or(bottom + area.leading);
        let mut seen = Seen {
            recto: page.recto,
            opener: true,
            lines: vec![],
            foot: Len::ZERO,
            head: spec.head,
            leading: area.leading,
            em: area.size,
        };
        for (at, draw, _) in &page.items {
            if let Draw::Image { size, .. } = draw {
                seen.foot = seen.foot.max(at.y + size.h);
            }
            let Draw::Text(run) = draw else { continue };
            if at.y < spec.head {
                // Only running heads have text above the type area.
                seen.opener = false;
            }
            if at.y <= spec.head || at.y >= bottom + area.leading {
                continue;
            }
            seen.foot = seen.foot.max(at.y);
            let raised = seen.lines.last().is_some_and(|l| at.y < l.at);
            if at.y >= end || run.size < area.size || raised {
                continue;
            }
            match seen.lines.last_mut().filter(|l| l.at == at.y) {
                Some(line) => line.text.push_str(&run.text),
                None => seen.lines.push(Line {
                    at: at.y,
                    text: run.text.clone(),
                    heading: run.size > area.size,
                    first: false,
                    last: false,
                }),
            }
        }
        for line in &mut seen.lines {
            line.first = line.text.starts_with('甲');
            line.last = line.text.ends_with("乙。");
        }
        seen
    }
    /// The number of the line of the grid on which the text ends.
    fn end(&self) -> i64 {
        let down = self.foot - self.head;
        (down.to_sp() + self.leading.to_sp() / 2) / self.leading.to_sp()
    }
}

/// What an editor sends back.
pub(crate) fn faults(pages: &[Seen]) -> Vec<Fault> {
    let mut out = vec![];
    let grid = pages.iter().flat_map(|p| p.lines.iter().map(move |l| (p, l)));
    let body = grid.clone().find(|(p, l)| !l.heading && on(p, l).is_some());
    let origin = body.and_then(|(p, l)| on(p, l));
    for (n, page) in pages.iter().enumerate() {
        let first = page.lines.first();
        if first.is_some_and(|l| l.last && !l.first && !l.heading) {
            out.push(Fault::Widow(n));
        }
        let ends = pages.get(n + 1).is_none_or(|p| p.opener);
        if let Some(last) = page.lines.last().filter(|_| !ends) {
            if last.first && !last.last {
                out.push(Fault::Orphan(n));
            }
            if last.heading && page.foot == last.at {
                out.push(Fault::Heading(n));
            }
        }
        let off = |l: &Line| !l.heading && on(page, l) != origin;
        if page.lines.iter().any(off) {
            out.push(Fault::Grid(n));
        }
        let Some(facing) = pages.get(n + 1).filter(|p| p.recto && !p.opener) else {
            continue;
        };
        let last = pages.get(n + 2).is_none_or(|p| p.opener || p.lines.is_empty());
        let apart = facing.end() - page.end();
        if !last && apart != 0 {
            out.push(Fault::Uneven(n, apart));
        }
    }
    out
}

/// How far a line is off the grid.
fn on(page: &Seen, line: &Line) -> Option<Len> {
    let down = (line.at - page.head).to_sp();
    Some(Len::sp(down.rem_euclid(page.leading.to_sp())))
}

/// The paragraphs, put together again from lines.
pub(crate) fn paragraphs(pages: &[Seen]) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut open = false;
    for line in pages.iter().flat_map(|p| &p.lines).filter(|l| !l.heading) {
        if line.first {
            out.push(String::new());
            open = true;
        }
        if let Some(last) = out.last_mut().filter(|_| open) {
            last.push_str(&line.text);
        }
        open &= !line.last;
    }
    out
}

/// Moves the first line of a page, if it is of a kind, to the foot of the page
/// before; tells which that is.
pub(crate) fn move_up(pages: &mut [Seen], kind: impl Fn(&Line) -> bool) -> usize {
    let at = (1..pages.len())
        .find(|&n| !pages[n].opener && pages[n].lines.first().is_some_and(&kind));
    let at = at.expect("such a page");
    let mut line = pages[at].lines.remove(0);
    let before = &mut pages[at - 1];
    line.at = before.lines.last().map_or(line.at, |l| l.at + before.leading);
    before.foot = line.at;
    before.lines.push(line);
    at - 1
}

/// Moves the last line of a page, if it is of a kind, to the head of the next;
/// tells from which.
pub(crate) fn move_down(pages: &mut [Seen], kind: impl Fn(&Line) -> bool) -> usize {
    let at = (0..pages.len() - 1)
        .find(|&n| !pages[n + 1].opener && pages[n].lines.last().is_some_and(&kind));
    let at = at.expect("such a page");
    let mut line = pages[at].lines.pop().expect("a line");
    line.at = pages[at + 1].head + pages[at + 1].em;
    pages[at + 1].lines.insert(0, line);
    at
}

/// Leaves a heading at the foot of its page.
pub(crate) fn strand(pages: &mut [Seen]) -> usize {
    let inner = |p: &Seen| p.lines.iter().rposition(|l| l.heading);
    let at = (0..pages.len() - 1)
        .find(|&n| !pages[n + 1].opener && inner(&pages[n]).is_some_and(|i| i > 0));
    let at = at.expect("such a page");
    let heading = inner(&pages[at]).expect("a heading");
    pages[at].lines.truncate(heading + 1);
    pages[at].foot = pages[at].lines[heading].at;
    at
}

/// Moves a line off the grid.
pub(crate) fn shift(pages: &mut [Seen]) -> usize {
    let at = pages.iter().position(|p| p.lines.len() > 9).expect("such a page");
    let by = pages[at].leading.frac(1, 5);
    pages[at].lines[8].at += by;
    at
}

/// Takes the last line from a verso that faces a full page.
pub(crate) fn shorten(pages: &mut [Seen]) -> usize {
    let level = |p: &Seen| !p.opener && p.lines.len() > 9;
    let at = (0..pages.len() - 3)
        .find(|&n| !pages[n].recto && pages[n..n + 3].iter().all(level));
    let at = at.expect("such a spread");
    pages[at].lines.pop();
    let leading = pages[at].leading;
    pages[at].foot += -leading;
    at
}
