//! The cheapest way through a chapter: the total-fit algorithm of lines
//! ([`crate::line::breaks`]) over pages.
//!
//! A page may begin in many places. They are gone through in the order of the text:
//! from each the page is filled, and each place where it may end is where the next
//! may begin. How a place is reached matters for what follows, so the cheapest way
//! is kept for each side that a page may stand on there and for each way that the
//! page it faces ends. At the end the cheapest of all is read backwards.

use super::fill::{Choice, Cut, Page, Piece, Start};
use super::flow::{END, Flow};
use super::price::{self, Slack};
use std::cmp::Reverse;

/// A page as it was chosen.
#[derive(Debug, Copy, Clone)]
pub(super) struct Chosen {
    pub(super) start: Start,
    pub(super) choice: Choice,
    pub(super) cut: Cut,
    pub(super) slack: Slack,
    pub(super) recto: bool,
    /// lines by which the page that it faces ends above the foot
    pub(super) before: Option<u8>,
}

/// A place where a page may begin, and the cheapest ways to it.
struct Place {
    start: Start,
    ways: Vec<Way>,
    done: bool,
}

#[derive(Debug, Copy, Clone)]
struct Way {
    side: Side,
    cost: i64,
    /// the page before, and the way by which it was reached
    by: Option<(Turn, At)>,
}

/// How a page goes from one place to another: with the places, all that is to be known
/// of it. Of many pages that are tried few are taken.
#[derive(Debug, Copy, Clone)]
struct Turn {
    /// which of the choices that were tried
    choice: u32,
    spread: u8,
    lift: u8,
    given: u16,
}

impl Turn {
    fn slack(self) -> Slack {
        let Turn { spread, lift, given, .. } = self;
        Slack { spread: spread.into(), lift: lift.into(), given: given.into() }
    }
}

/// On which side a page stands.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
struct Side {
    /// the chapter began on a recto
    began: bool,
    recto: bool,
    /// lines by which the page that it faces ends above the foot
    before: Option<u8>,
}

/// A way: where in the text, which place there, which of its ways.
type At = [u32; 3];

/// Most places have fewer ways to them: each side, and a few ends of the page before.
const WAYS: usize = 8;
/// The most that is spread over the gaps of a page, in lines.
const SPREAD: i64 = 4;
/// The most that is left below notes, in lines.
const LIFT: i64 = 2;

/// How much is tried.
#[derive(Debug, Copy, Clone)]
pub(super) struct Effort {
    /// pages that lack more lines are looked at only where no other end is good
    pub(super) lack: i64,
    /// two paragraphs of a page may be replaced by variants, not one alone
    pub(super) pairs: bool,
}

impl Effort {
    /// Enough for most chapters: a page that lacks more costs more than they do.
    pub(super) const USUAL: Effort = Effort { lack: 4, pairs: false };
    /// Two variants on a page as well: facing pages that end some lines apart cost less
    /// than a page that lacks more.
    pub(super) const PAIRS: Effort = Effort { lack: 8, pairs: true };
    /// Everything.
    pub(super) const FULL: Effort = Effort { lack: i64::MAX, pairs: true };
}
/// What a paragraph costs that has a line more or less, beside its lines.
pub(super) const VARIED: i64 = 25;

/// The pages of a chapter that begins on a recto, and of one that begins on a verso,
/// as far as they are asked for.
pub(super) fn walk(
    flow: &Flow<'_>,
    sides: [bool; 2],
    effort: Effort,
) -> [Vec<Chosen>; 2] {
    let ends = flow.length();
    let choices = vec![Choice::default()];
    let (page, known) = (Page::default(), [None; 16]);
    let mut walk = Walk { flow, effort, places: vec![], choices, page, known };
    walk.places.resize_with(ends + 1, Vec::new);
    let start = Start { at: flow.first(), ..Start::default() };
    for (began, _) in [true, false].into_iter().zip(sides).filter(|s| s.1) {
        let side = Side { began, recto: began, before: None };
        let place = walk.place(start);
        walk.reach(place, Way { side, cost: 0, by: None });
    }
    for order in 0..=ends {
        while let Some(n) = walk.next(order) {
            walk.places[order][n].done = true;
            walk.turn((order, n));
        }
    }
    [true, false].map(|began| walk.path(began))
}

struct Walk<'a, 'f> {
    flow: &'a Flow<'f>,
    effort: Effort,
    /// by their order in the text; the last ones are behind it
    places: Vec<Vec<Place>>,
    /// the variants of pages that were tried; first, that there is none
    choices: Vec<Choice>,
    /// the one that is being filled
    page: Page,
    /// the best ways to go on from the place in hand, by where its page ends
    known: [Option<Best>; 16],
}

/// A way and its cost for each side on which chapter and page may begin.
type Best = [Option<(usize, i64)>; 4];

impl Walk<'_, '_> {
    /// The first place there that has not been gone from: figures that wait become
    /// fewer, and notes are set one after the other.
    fn next(&self, order: usize) -> Option<usize> {
        let open = self.places[order].iter().enumerate().filter(|(_, p)| !p.done);
        let first = |p: &Start| (Reverse(p.waiting), p.note, p.at);
        open.min_by_key(|(_, p)| first(&p.start)).map(|(n, _)| n)
    }
    fn ends(&self, start: Start) -> bool {
        start.at == END && start.waiting == 0 && start.note == self.flow.notes.len()
    }
    /// All that a page that begins here may lead to.
    fn turn(&mut self, place: (usize, usize)) {
        if self.ends(self.places[place.0][place.1].start) {
            return;
        }
        self.thin(place);
        self.known = [None; 16];
        self.filled(place, Choice::default(), 0);
        if !self.flow.varies() {
            return;
        }
        let paragraphs = self.page.pieces.iter().filter_map(|p| match p {
            Piece::Put(at) => Some(*at),
            Piece::Head(_) | Piece::Blank => None,
        });
        let varied: Vec<_> = paragraphs
            .flat_map(|at| self.flow.variants(at).iter().map(move |v| (at, *v)))
            .collect();
        for (n, &(first, (variant, cost))) in varied.iter().enumerate() {
            let (one, extra) = (Some((first, variant)), VARIED + cost / 10);
            self.filled(place, [one, None], extra);
            let rest = if self.effort.pairs { &varied[n + 1..] } else { &[] };
            let others = rest.iter().filter(|v| v.0 != first);
            for &(second, (variant, cost)) in others {
                let extra = extra + VARIED + cost / 10;
                self.filled(place, [one, Some((second, variant))], extra);
            }
        }
    }
    /// Leaves out the ways to a place that cannot become cheaper than the cheapest,
    /// whatever the page that begins there ends like.
    fn thin(&mut self, (order, n): (usize, usize)) {
        let ways = &mut self.places[order][n].ways;
        for began in [true, false] {
            let alike = ways.iter().filter(|w| w.side.began == began);
            let alike = alike.filter_map(|w| Some((w.cost, w.side.before?)));
            let Some((least, best)) = alike.min() else { continue };
            ways.retain(|w| match w.side.before {
                Some(b) if w.side.began == began && b != best => {
                    w.cost < least + price::apart(best, b)
                }
                Some(_) | None => true,
            });
        }
    }
    /// One way to fill it.
    fn filled(&mut self, place: (usize, usize), choice: Choice, extra: i64) {
        let mut page = std::mem::take(&mut self.page);
        let start = self.places[place.0][place.1].start;
        let all = self.effort.lack == i64::MAX;
        page.fill(self.flow, start, choice, all);
        if page.skimmed.is_some_and(|n| !self.enough(&page.cuts[n..])) {
            page.fill(self.flow, start, choice, true);
        }
        let tried = self.tried(choice);
        let fullest = price::fullest(self.flow, &page.cuts);
        let mut good = false;
        for cut in page.cuts.iter().rev() {
            let lack = price::lines(self.flow, cut);
            if good && lack > self.effort.lack {
                break;
            }
            good |= price::hold(self.flow, cut, false) == 0;
            let rigid = price::ends(self.flow, cut) || self.flow.list;
            let most = if rigid { 0 } else { lack.min(SPREAD).min(cut.gaps as i64) };
            for spread in (0..=most).rev() {
                let notes = cut.foot.to_sp() > 0 && !rigid;
                let lifts = if notes { (lack - spread).min(LIFT) } else { 0 };
                for lift in (0..=lifts).rev() {
                    let given = (lack - fullest).max(0);
                    let turn = Turn {
                        choice: tried,
                        // Lines of a page, of which there are a few hundred at most.
                        spread: spread as u8,
                        lift: lift as u8,
                        given: given.min(i64::from(u16::MAX)) as u16,
                    };
                    self.cut(place, cut, turn, extra);
                }
            }
        }
        self.page = page;
    }
    /// The number of a choice; most pages are filled without one.
    fn tried(&mut self, choice: Choice) -> u32 {
        if choice != Choice::default() {
            self.choices.push(choice);
            return self.choices.len() as u32 - 1;
        }
        0
    }
    /// Whether none but these cuts, the last ones of a page, are looked at.
    fn enough(&self, cuts: &[Cut]) -> bool {
        let good = cuts.iter().rposition(|cut| price::hold(self.flow, cut, false) == 0);
        let lacks = |cut: &Cut| price::lines(self.flow, cut) > self.effort.lack;
        good.is_some_and(|n| cuts[..n].iter().any(lacks))
    }
    /// Ends a page, for each way in which it may have begun.
    fn cut(&mut self, (order, n): (usize, usize), cut: &Cut, turn: Turn, extra: i64) {
        let slack = turn.slack();
        let Place { start, ways: _, .. } = &self.places[order][n];
        let own =
            extra + price::page(self.flow, cut, slack, start.at == self.flow.first());
        let short = price::short(self.flow, cut, slack);
        let last = price::ends(self.flow, cut);
        let best = self.best((order, n), if last { None } else { Some(short) });
        let to = self.place(cut.next);
        for (i, cost) in best.into_iter().flatten() {
            let Side { began, recto, .. } = self.places[order][n].ways[i].side;
            let cost = cost + own + price::hold(self.flow, cut, !recto);
            let side = Side { began, recto: !recto, before: (!recto).then_some(short) };
            let from = [order as u32, n as u32, i as u32];
            self.reach(to, Way { side, cost, by: Some((turn, from)) });
        }
    }
    /// The cheapest ways to go on with a page that ends so many lines above the foot, or
    /// with the last of a chapter, and what they cost then: one for each side. Ways that
    /// differ in nothing but the page that is faced here are alike from here on.
    fn best(&mut self, (order, n): (usize, usize), short: Option<u8>) -> Best {
        let at = short.map_or(0, |n| usize::from(n) + 1);
        if let Some(Some(known)) = self.known.get(at) {
            return *known;
        }
        let mut best = Best::default();
        for (i, way) in self.places[order][n].ways.iter().enumerate() {
            let Side { began, recto, before } = way.side;
            let uneven = before.zip(short).map_or(0, |(b, s)| price::uneven(b, s));
            let cost = way.cost + uneven;
            let known = &mut best[usize::from(began) * 2 + usize::from(recto)];
            if known.is_none_or(|k| k.1 >= cost) {
                *known = Some((i, cost));
            }
        }
        if let Some(slot) = self.known.get_mut(at) {
            *slot = Some(best);
        }
        best
    }
    /// The place of a start, made if it is not there.
    fn place(&mut self, start: Start) -> (usize, usize) {
        let order = self.flow.order(start.at).min(self.places.len() - 1);
        let places = &mut self.places[order];
        let n = places.iter().position(|p| p.start == start).unwrap_or_else(|| {
            // Most have one place, and a book has many of them.
            places.reserve_exact(usize::from(places.is_empty()));
            places.push(Place { start, ways: Vec::with_capacity(WAYS), done: false });
            places.len() - 1
        });
        (order, n)
    }
    /// Keeps a way, if it is the cheapest for its side.
    fn reach(&mut self, (order, n): (usize, usize), way: Way) {
        let ways = &mut self.places[order][n].ways;
        match ways.iter_mut().find(|w| w.side == way.side) {
            // Of two that cost the same the one whose earlier pages are fuller.
            Some(known) if known.cost >= way.cost => *known = way,
            Some(_) => {}
            None => ways.push(way),
        }
    }
    /// The pages of the cheapest way to the end. They are filled again, for only their
    /// ends are known.
    fn path(&mut self, began: bool) -> Vec<Chosen> {
        let ends = self.places.last().into_iter().flatten();
        let ends = ends.filter(|p| self.ends(p.start));
        let ways = ends.flat_map(|p| p.ways.iter().map(|w| (p.start, w)));
        let best = ways.filter(|w| w.1.side.began == began).min_by_key(|w| w.1.cost);
        let Some((mut next, mut by)) = best.map(|b| (b.0, b.1.by)) else { return vec![] };
        let mut pages = vec![];
        while let Some((turn, from)) = by {
            let [order, n, i] = from.map(|n| n as usize);
            let (choice, slack) = (self.choices[turn.choice as usize], turn.slack());
            let place = &self.places[order][n];
            let (start, way) = (place.start, place.ways[i]);
            self.page.fill(self.flow, start, choice, true);
            let cut = self.page.cuts.iter().find(|cut| cut.next == next);
            debug_assert!(cut.is_some(), "a page that was found is not there again");
            let Side { recto, before, .. } = way.side;
            pages.extend(cut.map(|cut| {
                let cut = *cut;
                Chosen { start, choice, cut, slack, recto, before }
            }));
            (next, by) = (start, way.by);
        }
        pages.reverse();
        pages
    }
}
