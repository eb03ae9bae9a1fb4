//! What a page costs. The sums of a chapter's pages are compared, so only the
//! proportions count: a widow is worse than facing pages that end a line apart,
//! those are worse than a paragraph set a line longer, and that is worse than a
//! spread a line short or a line more above a heading.

use super::fill::{Cut, Notes};
use super::flow::{END, Flow};
use crate::geom::Len;
use std::sync::LazyLock;

/// What must stay together does not: a heading at the foot, a line alone.
const HEADING: i64 = 9_000;
const HELD: i64 = 5_000;
/// A short listing or table on two pages, a line that leads on to the facing page.
const LOOSE: i64 = 250;
/// A note that is not on the page of its call.
const APART: i64 = 4_000;
/// One line alone below a heading.
const UNDER_HEADING: i64 = 120;
/// Facing pages that do not end level, and each line between them, squared.
const UNEVEN: i64 = 300;
const UNEVEN_LINES: i64 = 60;
/// Lines short of a full page, squared; between text and notes they are seen less.
const LACK: i64 = 16;
const LACK_ABOVE_NOTES: i64 = 14;
const LACK_MOST: i64 = 4_500;
/// Lines more in the space of headings and blocks, squared.
const SPREAD: i64 = 20;
/// A line that could stand on the page and goes to the next.
const GIVEN: i64 = 20;
/// Lines that are spread, or left below notes, on a page that is short all the same.
const IN_VAIN: i64 = 60;
/// A figure that waits for another page.
const WAIT: i64 = 20;
/// A note that goes on.
const SPLIT: i64 = 60;
/// The last page of a chapter with 0, 1, 2 … lines.
const TAIL: [i64; 4] = [6_000, 6_000, 250, 30];

/// What is done with the lines that a page lacks.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub(super) struct Slack {
    /// so many are spread over its gaps
    pub(super) spread: i64,
    /// so many are left below its notes, which would else end with the page
    pub(super) lift: i64,
    /// so many could stand on it and go to the next page
    pub(super) given: i64,
}

/// The lines that the fullest good page lacks, of those that end in these places.
pub(super) fn fullest(flow: &Flow<'_>, cuts: &[Cut]) -> i64 {
    let good = cuts.iter().rev().find(|cut| hold(flow, cut, false) == 0);
    good.map_or(0, |cut| lines(flow, cut))
}

/// Lines that a page lacks still.
fn lack(flow: &Flow<'_>, cut: &Cut, slack: Slack) -> i64 {
    lines(flow, cut) - slack.spread
}

/// By how many lines a page ends above the foot.
pub(super) fn short(flow: &Flow<'_>, cut: &Cut, slack: Slack) -> u8 {
    let notes = cut.foot.to_sp() > 0;
    let short = if notes { slack.lift } else { lack(flow, cut, slack) };
    short.clamp(0, 250) as u8
}

/// The lines that a page lacks.
pub(super) fn lines(flow: &Flow<'_>, cut: &Cut) -> i64 {
    let rest = flow.page - cut.foot - cut.depth.up_to(flow.area.leading);
    let lines = rest.to_sp().max(0) / flow.area.leading.to_sp().max(1);
    // The last line is no place for a rule.
    let low = cut.low && cut.foot == Len::ZERO;
    lines - i64::from(low && lines > 0)
}

/// How bad it is that a page ends where it does. The end of a verso faces what
/// follows: a line that leads on to it may stand there.
pub(super) fn hold(flow: &Flow<'_>, cut: &Cut, verso: bool) -> i64 {
    let Some(last) = cut.last.map(|at| flow.entries[at]) else { return 0 };
    let held = last.keep || last.leads;
    match (last.heading, last.loosely || (last.leads && verso)) {
        _ if cut.next.at == END || !held => 0,
        (true, _) => HEADING,
        (false, true) => LOOSE,
        (false, false) => HELD,
    }
}

/// What a page costs by itself; `first` is the first one of a chapter.
pub(super) fn page(flow: &Flow<'_>, cut: &Cut, slack: Slack, first: bool) -> i64 {
    let notes = match cut.notes {
        Notes::Whole => 0,
        Notes::Split => SPLIT,
        Notes::Apart => APART,
    };
    let cost = slack.spread * slack.spread * SPREAD
        + GIVEN * slack.given
        + notes
        + WAIT * cut.next.waiting as i64;
    if ends(flow, cut) {
        return cost + if first || flow.list { 0 } else { tail(flow, cut) };
    }
    let short = i64::from(short(flow, cut, slack));
    let above_notes = lack(flow, cut, slack) - short;
    let lack = LACK * short * short + LACK_ABOVE_NOTES * above_notes * above_notes;
    let in_vain = (slack.spread > 0 && short > 0) || (slack.lift > 0 && above_notes > 0);
    let cost = cost + if in_vain { IN_VAIN } else { 0 };
    let alone = if cut.below_heading == Some(1) { UNDER_HEADING } else { 0 };
    cost + lack.min(LACK_MOST) + alone
}

/// What facing pages cost that end so many lines above the foot.
pub(super) fn uneven(verso: u8, recto: u8) -> i64 {
    let apart = i64::from(verso.abs_diff(recto));
    let cost = if apart > 0 { UNEVEN + UNEVEN_LINES * apart * apart } else { 0 };
    cost.min(HELD - 500)
}

/// By how much facing pages can cost more after one verso than after another, at the
/// most.
pub(super) fn apart(verso: u8, other: u8) -> i64 {
    static KNOWN: LazyLock<Vec<i64>> = LazyLock::new(|| {
        let most = |(a, b): (u8, u8)| {
            let ends = (0..=u8::MAX).map(|end| uneven(a, end) - uneven(b, end));
            ends.max().unwrap_or_default()
        };
        (0..NEAR).flat_map(|a| (0..NEAR).map(move |b| most((a, b)))).collect()
    });
    match verso < NEAR && other < NEAR {
        true => KNOWN[usize::from(verso) * usize::from(NEAR) + usize::from(other)],
        false => HELD,
    }
}

/// Pages that end further above the foot are few.
const NEAR: u8 = 32;

/// Whether the chapter ends with a page.
pub(super) fn ends(flow: &Flow<'_>, cut: &Cut) -> bool {
    let next = cut.next;
    next.at == END && next.waiting == 0 && next.note == flow.notes.len()
}

/// Lines on the last page.
pub(super) fn tail_lines(flow: &Flow<'_>, cut: &Cut) -> usize {
    (cut.depth.to_sp() / flow.area.leading.to_sp().max(1)).max(0) as usize
}

fn tail(flow: &Flow<'_>, cut: &Cut) -> i64 {
    TAIL.get(tail_lines(flow, cut)).copied().unwrap_or_default()
}
