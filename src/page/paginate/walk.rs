//! The cheapest way through a chapter: the total-fit algorithm of lines
//! ([`crate::line::breaks`]) over pages.
//!
//! A state is where a page begins, on which side it stands and how the page that
//! it faces ends. From each state that can be reached, in the order of the text,
//! the page is filled and each place where it may end leads to another state; the
//! cheapest way to each is remembered. At the end the cheapest of all is read
//! backwards.

use super::fill::{Choice, Cut, Page, Piece, Start};
use super::flow::{END, Flow};
use super::price::{self, Slack};
use std::collections::BTreeMap;
use std::ops::Bound;

/// A page as it was chosen.
#[derive(Debug, Copy, Clone)]
pub(super) struct Chosen {
    pub(super) start: Start,
    pub(super) choice: Choice,
    pub(super) cut: Cut,
    pub(super) slack: Slack,
    /// lines by which the page that it faces ends above the foot
    pub(super) before: Option<u8>,
}

/// States in the order of the text, so that no way leads back: where a page
/// begins, figures that wait (fewer come later), the next note line, the side, and
/// how the facing page ends.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
struct State {
    order: usize,
    at: usize,
    waiting: std::cmp::Reverse<usize>,
    note: usize,
    recto: bool,
    before: Option<u8>,
}

struct Reached {
    cost: i64,
    /// the page before, and the state in which it begins
    by: Option<(State, Chosen)>,
}

/// The most that is spread over the gaps of a page, in lines.
const SPREAD: i64 = 4;
/// The most that is left below notes, in lines.
const LIFT: i64 = 2;
/// Pages that lack more lines are looked at only where no other end is good.
const LACK: i64 = 4;
/// What a paragraph costs that has a line more or less, beside its lines.
const VARIED: i64 = 25;

/// The pages of a chapter that begins on a recto or a verso.
///
/// One paragraph of a page may be replaced by a variant, or with `pairs` two.
pub(super) fn walk(flow: &Flow<'_>, recto: bool, pairs: bool) -> Vec<Chosen> {
    let mut walk = Walk { flow, pairs, states: BTreeMap::new(), page: Page::default() };
    let start = Start { at: flow.first(), ..Start::default() };
    let first = State::new(flow, start, recto, None);
    walk.states.insert(first, Reached { cost: 0, by: None });
    let mut next = Some(first);
    while let Some(state) = next {
        if state.ends(flow) {
            break;
        }
        walk.turn(state);
        let later = (Bound::Excluded(state), Bound::Unbounded);
        next = walk.states.range(later).next().map(|(s, _)| *s);
    }
    walk.path()
}

impl State {
    fn new(flow: &Flow<'_>, start: Start, recto: bool, before: Option<u8>) -> State {
        let order = flow.order(start.at);
        let waiting = std::cmp::Reverse(start.waiting);
        State { order, at: start.at, waiting, note: start.note, recto, before }
    }
    fn start(self) -> Start {
        Start { at: self.at, waiting: self.waiting.0, note: self.note }
    }
    fn ends(self, flow: &Flow<'_>) -> bool {
        self.at == END && self.waiting.0 == 0 && self.note == flow.notes.len()
    }
}

struct Walk<'a, 'f> {
    flow: &'a Flow<'f>,
    pairs: bool,
    states: BTreeMap<State, Reached>,
    page: Page,
}

impl Walk<'_, '_> {
    /// All that a page that begins here may lead to.
    fn turn(&mut self, state: State) {
        self.filled(state, Choice::default(), 0);
        let paragraphs = self.page.pieces.iter().filter_map(|p| match p {
            Piece::Put(at) => Some(*at),
            Piece::Head(_) | Piece::Blank => None,
        });
        let varied: Vec<_> = paragraphs
            .flat_map(|at| self.flow.variants(at).iter().map(move |v| (at, *v)))
            .collect();
        for (n, &(first, (variant, cost))) in varied.iter().enumerate() {
            let (one, extra) = (Some((first, variant)), VARIED + cost / 10);
            self.filled(state, [one, None], extra);
            let rest = if self.pairs { &varied[n + 1..] } else { &[] };
            let others = rest.iter().filter(|v| v.0 != first);
            for &(second, (variant, cost)) in others {
                let extra = extra + VARIED + cost / 10;
                self.filled(state, [one, Some((second, variant))], extra);
            }
        }
    }
    /// One way to fill it.
    fn filled(&mut self, state: State, choice: Choice, extra: i64) {
        let mut page = std::mem::take(&mut self.page);
        page.fill(self.flow, state.start(), choice);
        let mut good = false;
        for cut in page.cuts.iter().rev() {
            let lack = price::lines(self.flow, cut);
            if good && lack > LACK {
                break;
            }
            good |= price::hold(self.flow, cut) == 0;
            let last = price::ends(self.flow, cut);
            let rigid = last || self.flow.list;
            let most = if rigid { 0 } else { lack.min(SPREAD).min(cut.gaps as i64) };
            for spread in 0..=most {
                let notes = cut.foot.to_sp() > 0 && !rigid;
                let lifts = if notes { (lack - spread).min(LIFT) } else { 0 };
                for lift in 0..=lifts {
                    self.reach(state, choice, *cut, Slack { spread, lift }, extra);
                }
            }
        }
        self.page = page;
    }
    fn reach(&mut self, from: State, choice: Choice, cut: Cut, slack: Slack, extra: i64) {
        let first = from.at == 0;
        let before = from.before;
        let own = price::page(self.flow, &cut, slack, before, first);
        let cost = self.states[&from].cost + own + extra;
        let short = price::short(self.flow, &cut, slack);
        let faces = (!from.recto).then_some(short);
        let to = State::new(self.flow, cut.next, !from.recto, faces);
        let better = |r: &Reached| cost < r.cost;
        if self.states.get(&to).is_none_or(better) {
            let chosen = Chosen { start: from.start(), choice, cut, slack, before };
            self.states.insert(to, Reached { cost, by: Some((from, chosen)) });
        }
    }
    fn path(&self) -> Vec<Chosen> {
        let ends = self.states.iter().rev().take_while(|(s, _)| s.ends(self.flow));
        let mut at = ends.min_by_key(|(_, r)| r.cost).map(|(s, _)| *s);
        let mut pages = vec![];
        while let Some((from, chosen)) =
            at.and_then(|s| self.states.get(&s)).and_then(|r| r.by.as_ref())
        {
            pages.push(*chosen);
            at = Some(*from);
        }
        pages.reverse();
        pages
    }
}
