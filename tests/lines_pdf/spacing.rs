//! What stands between the characters of a line.

use crate::lines_pdf::check::{EPS, Punctuation, Report, Rules};
use crate::lines_pdf::class::Class;
use crate::lines_pdf::gap::{Gap, Kind, gaps};
use crate::lines_pdf::line::Line;
use crate::lines_pdf::prose::Reading;

fn lines(r: &Reading) -> impl Iterator<Item = &Line> {
    r.paragraphs.iter().flat_map(|p| &p.lines)
}

fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() <= EPS
}

fn of(gaps: &[Gap], kinds: &[Kind]) -> Vec<Gap> {
    gaps.iter().filter(|g| kinds.contains(&g.kind)).copied().collect()
}

/// The middle one of some gaps: what their line has there, but for a stray.
fn middle(gaps: &[Gap]) -> Option<f64> {
    let mut all: Vec<f64> = gaps.iter().map(|g| g.width).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

/// What a line puts between two Han: nothing, or its share of what is missing.
fn stretch(gaps: &[Gap]) -> Option<f64> {
    middle(&of(gaps, &[Kind::Han]))
        .or_else(|| middle(&of(gaps, &[Kind::Solid, Kind::Hug])))
}

fn pair(line: &Line, g: &Gap) -> String {
    format!("{}{}", line.cells[g.at - 1].text(), line.cells[g.at].text())
}

/// Holds that every gap is as wide as another.
fn same(report: &mut Report, line: &Line, gaps: &[Gap], as_wide: f64) {
    for g in gaps {
        report.hold(alike(g.width, as_wide), line, || {
            format!(
                "{}: {:.4} em between, elsewhere {as_wide:.4}",
                pair(line, g),
                g.width
            )
        });
    }
}

/// Han stand 1 em apart, or wider by the same everywhere on their line; never
/// closer.
pub(crate) fn solid(r: &Reading, _: &Rules) -> Report {
    let mut report = Report::default();
    for line in lines(r) {
        let han = of(&gaps(line), &[Kind::Han]);
        let Some(usual) = middle(&han) else { continue };
        same(&mut report, line, &han, usual);
        if usual < -EPS {
            report.fault(line, format!("Han stand {:.4} em apart", 1.0 + usual));
        }
    }
    report
}

/// Each kind of blank is as wide as its like on the line; a mark stands by its
/// neighbour, where it has no blank, as Han stand by Han.
pub(crate) fn marks(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for line in lines(r) {
        let all = gaps(line);
        if let Some(usual) = stretch(&all) {
            let mut solid = of(&all, &[Kind::Solid]);
            solid.retain(|g| !hung(line, g, rules));
            same(&mut report, line, &solid, usual);
        }
        same(&mut report, line, &of(&all, &[Kind::Unit]), 0.25);
        for kind in [Kind::Bracket, Kind::Comma, Kind::Stop, Kind::Word] {
            let some = of(&all, &[kind]);
            if let (Some(usual), 2..) = (middle(&some), some.len()) {
                same(&mut report, line, &some, usual);
            }
        }
        let fixed = of(&all, &[Kind::Fixed]);
        for g in fixed {
            let natural = blanks(line, &g);
            same(&mut report, line, &[g], natural);
        }
    }
    report
}

/// Whether a gap is before a mark that hangs: it is set to the measure, not to
/// the mark.
fn hung(line: &Line, g: &Gap, rules: &Rules) -> bool {
    let last = g.at + 1 == line.cells.len();
    last && rules.hanging.takes(line.cells[g.at].class) && g.width.abs() <= EPS
}

/// The blanks that two marks have between them.
fn blanks(line: &Line, g: &Gap) -> f64 {
    let (a, b) = (&line.cells[g.at - 1], &line.cells[g.at]);
    0.5 * (f64::from(a.after()) + f64::from(b.class == Class::Open))
}

/// 。” ）。 （《 hug: origins are .5 em apart. Where two blanks meet, as in ：“
/// and 》《, one stays, and is squeezed like that of a bracket.
pub(crate) fn adjacent(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for line in lines(r) {
        let all = gaps(line);
        let usual = stretch(&all).unwrap_or(0.0);
        same(&mut report, line, &of(&all, &[Kind::Hug]), usual);
        let bracket = middle(&of(&all, &[Kind::Bracket]));
        for g in of(&all, &[Kind::Meet]) {
            let blank = meeting(line, &g, rules);
            let most = blank + usual.max(0.0);
            let tier = bracket.filter(|_| alike(blank, natural(Kind::Bracket, rules)));
            let ok = g.width >= -EPS
                && g.width <= most + EPS
                && (usual <= EPS || alike(g.width, most))
                && tier.is_none_or(|b| alike(b, g.width));
            report.hold(ok, line, || {
                format!("{}: {:.4} em between", pair(line, &g), g.width)
            });
        }
    }
    report
}

/// The blank that stays where two meet: that of either.
fn meeting(line: &Line, g: &Gap, rules: &Rules) -> f64 {
    let stop = matches!(line.cells[g.at - 1].class, Class::Stop | Class::Bang);
    natural(Kind::Bracket, rules).max(if stop { natural(Kind::Stop, rules) } else { 0.0 })
}

/// The blank that a kind has where nothing is squeezed.
fn natural(kind: Kind, rules: &Rules) -> f64 {
    match (rules.punctuation, kind) {
        (Punctuation::Full, Kind::Bracket | Kind::Comma | Kind::Stop) => 0.5,
        (Punctuation::Kaiming, Kind::Stop) => 0.5,
        _ => 0.0,
    }
}

/// Between Han and Latin: within bounds, and the same all over the line. Beyond
/// what it should have at most it grows only where nothing else can.
pub(crate) fn han_latin(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for line in lines(r) {
        let all = gaps(line);
        let some = of(&all, &[Kind::HanLatin]);
        let Some(usual) = middle(&some) else { continue };
        same(&mut report, line, &some, usual);
        let (least, most) = rules.gap_bounds();
        let only = all.iter().all(|g| matches!(g.kind, Kind::HanLatin | Kind::Fixed));
        if usual < least - EPS || (usual > most + EPS && !only) {
            report.fault(line, format!("{usual:.4} em between Han and Latin"));
        }
    }
    report
}

/// The order of work: a kind is squeezed only when those before it are at their
/// least, and nothing grows between Han before the Han–Latin gaps are at their
/// most. Blanks of marks never grow by themselves.
pub(crate) fn tiers(r: &Reading, rules: &Rules) -> Report {
    let mut report = Report::default();
    for line in lines(r) {
        let all = gaps(line);
        let Some(extra) = stretch(&all) else { continue };
        report.measured += 1;
        let tiers = found(&all, extra, rules);
        for (i, t) in tiers.iter().enumerate() {
            let before = tiers[..i].iter().find(|b| b.width > b.least + EPS);
            if let Some(before) = before.filter(|_| t.width < t.usual - EPS) {
                let what = format!("{t}, and still {before}");
                report.fault(line, what);
            }
            let latin = t.kind == Kind::HanLatin;
            if !latin && (t.width > t.usual + EPS || t.width < t.least - EPS) {
                report.fault(line, format!("{t}"));
            }
            if latin && extra > EPS && t.width < rules.gap_bounds().1 - EPS {
                report.fault(line, format!("{extra:.4} em between Han, and still {t}"));
            }
        }
    }
    report
}

/// What a line has of one kind of gap.
struct Tier {
    kind: Kind,
    least: f64,
    usual: f64,
    width: f64,
}

impl std::fmt::Display for Tier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Tier { kind, least, usual, width } = self;
        write!(f, "{kind:?} is {width:.4} em of {least:.3}–{usual:.3}")
    }
}

/// The kinds that a line has, in the order in which they are squeezed. What Han
/// get between them, blanks get as well.
fn found(all: &[Gap], extra: f64, rules: &Rules) -> Vec<Tier> {
    let tier = |kind| {
        let (least, usual) = if kind == Kind::HanLatin {
            (rules.gap_bounds().0, rules.gap)
        } else {
            (extra.max(0.0), natural(kind, rules) + extra.max(0.0))
        };
        let width = middle(&of(all, &[kind]))?;
        Some(Tier { kind, least, usual, width })
    };
    let order = [Kind::Bracket, Kind::Comma, Kind::HanLatin, Kind::Stop];
    order.into_iter().filter_map(tier).collect()
}
