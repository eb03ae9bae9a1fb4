//! The cheapest way is the cheapest: every way is tried on small chapters.

use super::fill::{Choice, Page, Start};
use super::flow::{END, Flow};
use super::price::{self, Slack};
use super::walk::{self, Chosen, Effort};
use crate::config::TypeArea;
use crate::geom::Len;
use crate::page::galley::{Called, Entry, Galley, Variant};

const AREA: TypeArea = TypeArea {
    chars: 20,
    lines: 6,
    size: Len::milli_pt(10_000),
    leading: Len::milli_pt(16_000),
};

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % n
    }
}

fn line() -> Entry {
    Entry { height: AREA.leading, ..Entry::default() }
}

fn paragraph(lines: usize) -> Vec<Entry> {
    let keep = |i| lines > 1 && (i == 0 || i + 2 == lines);
    (0..lines)
        .map(|i| Entry { keep: keep(i), part: Some((i, lines)), ..line() })
        .collect()
}

/// Paragraphs, headings, blank lines, figures, notes, and paragraphs that may have a
/// line less or more.
fn galley(dice: &mut Dice, blocks: u64) -> Galley {
    let mut out = Galley::default();
    for n in 0..blocks {
        match dice.roll(9) {
            0 => out.entries.push(Entry { keep: true, heading: true, ..line() }),
            1 => out.entries.push(Entry::space(AREA.leading)),
            2 => out.entries.push(Entry {
                height: AREA.leading * 3,
                float: true,
                ..line()
            }),
            _ => {
                let lines = 1 + dice.roll(4) as usize;
                let mut entries = paragraph(lines);
                entries[lines - 1].leads = dice.roll(8) == 0;
                let first = out.entries.len();
                if dice.roll(6) == 0 {
                    let note = vec![line(); 1 + dice.roll(5) as usize];
                    let called = Called { index: n as usize, lines: vec![note] };
                    entries[0].notes.push(called);
                } else if lines > 2 && dice.roll(3) == 0 {
                    let entries = paragraph(lines - 1);
                    let variant = Variant { entries, of: lines, cost: 50 };
                    out.variants.insert(first, vec![variant]);
                }
                out.entries.extend(entries);
            }
        }
    }
    out
}

/// What pages cost, and what their paragraphs do.
fn cost(flow: &Flow<'_>, pages: &[Chosen]) -> i64 {
    let one = |(n, page): (usize, &Chosen)| {
        let own = price::page(flow, &page.cut, page.slack, n == 0);
        let short = price::short(flow, &page.cut, page.slack);
        let last = price::ends(flow, &page.cut);
        let uneven = page.before.filter(|_| !last).map_or(0, |b| price::uneven(b, short));
        let varied = page.choice.iter().flatten().count() as i64;
        let hold = price::hold(flow, &page.cut, !page.recto);
        own + hold + uneven + varied * (walk::VARIED + 5)
    };
    pages.iter().enumerate().map(one).sum()
}

/// The least that the pages from here on cost, of all there may be.
fn least(
    flow: &Flow<'_>,
    start: Start,
    recto: bool,
    before: Option<u8>,
    n: usize,
) -> i64 {
    let mut page = Page::default();
    page.fill(flow, start, Choice::default(), true);
    let firsts: Vec<_> =
        (0..flow.length()).filter(|i| !flow.variants(*i).is_empty()).collect();
    let varied = firsts.iter().map(|i| [Some((*i, flow.variants(*i)[0].0)), None]);
    let mut best = i64::MAX;
    for choice in std::iter::once(Choice::default()).chain(varied) {
        page.fill(flow, start, choice, true);
        let fullest = price::fullest(flow, &page.cuts);
        // One that begins on another page is chosen there.
        let used = choice[0]
            .is_none_or(|(_, v)| page.pieces.contains(&super::fill::Piece::Put(v)));
        for cut in page.cuts.clone().into_iter().filter(|_| used) {
            let last = price::ends(flow, &cut);
            let given = (price::lines(flow, &cut) - fullest).max(0);
            for slack in slacks(flow, &cut, last) {
                let slack = Slack { given, ..slack };
                let own = price::page(flow, &cut, slack, n == 0);
                let short = price::short(flow, &cut, slack);
                let uneven =
                    before.filter(|_| !last).map_or(0, |b| price::uneven(b, short));
                let varied = choice.iter().flatten().count() as i64 * (walk::VARIED + 5);
                let rest = match last {
                    true => 0,
                    false => {
                        least(flow, cut.next, !recto, (!recto).then_some(short), n + 1)
                    }
                };
                let hold = price::hold(flow, &cut, !recto);
                best = best.min(own + hold + uneven + varied + rest);
            }
        }
    }
    best
}

fn slacks(flow: &Flow<'_>, cut: &super::fill::Cut, last: bool) -> Vec<Slack> {
    let lack = price::lines(flow, cut);
    let most = if last { 0 } else { lack.min(cut.gaps as i64).min(4) };
    let notes = cut.foot > Len::ZERO && !last;
    let lifts = |spread: i64| if notes { (lack - spread).min(2) } else { 0 };
    (0..=most)
        .flat_map(|spread| {
            (0..=lifts(spread)).map(move |lift| Slack { spread, lift, given: 0 })
        })
        .collect()
}

/// Everything, with one variant on a page at the most.
const ALL: Effort = Effort { lack: i64::MAX, pairs: false };

#[test]
fn no_way_is_cheaper() {
    let mut dice = Dice(7);
    for round in 0..400 {
        let blocks = 2 + dice.roll(5);
        let galley = galley(&mut dice, blocks);
        if galley.entries.iter().all(|e| e.space) {
            continue;
        }
        let flow = Flow::new(&galley, AREA);
        let sides = walk::walk(&flow, [true, true], ALL);
        for (pages, recto) in sides.iter().zip([true, false]) {
            let start = Start { at: flow.first(), ..Start::default() };
            let least = least(&flow, start, recto, None, 0);
            assert_eq!(cost(&flow, pages), least, "round {round}, recto {recto}");
            assert_eq!(pages.last().map(|p| p.cut.next.at), Some(END), "round {round}");
        }
    }
}
