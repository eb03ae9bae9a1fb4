//! The ink of Chinese marks, measured on the built-in fonts: what no golden of lines
//! shows, because those are set in the tests' own face.
//! Every measurement is made on spoilt lines too, and must find fault with them.

use crate::common::ink as kit;
use crate::common::ink_check as check;

use check::*;
use keben::cjk::{Rules, rules::Width};
use keben::font::Role;
use keben::line::Paragraph;
use kit::*;

const CLOSING: &str = "。．，、：；！？”’）〕］｝〉》」』】〗〙〛｠〞〟";
const OPENING: &str = "“‘（〔［｛〈《「『【〖〘〚｟〝";
/// Marks that meet in books.
const BEFORE: &str = "。，、：；！？”’）》」』】";
const AFTER: &str = "。，、”’）》」』】“‘（《「『【";
const MEET: &str = "“‘（《「『【";
const KAI: Han = (Role::Kai, false);

/// The glyphs of a text between 甲 and 乙, the first at 1 em.
fn inner(text: &str, cut: Han, lang: &str) -> Vec<Mark> {
    let line = line(&format!("甲{text}乙"), cut, lang);
    line[1..line.len() - 1].to_vec()
}

fn one(c: char, cut: Han, lang: &str) -> Mark {
    inner(&c.to_string(), cut, lang).remove(0)
}

/// A check of every item.
fn each<T>(of: impl IntoIterator<Item = T>, check: impl Fn(T) -> Faults) -> Vec<Faults> {
    of.into_iter().map(check).collect()
}

#[test]
fn ink_is_in_its_half() {
    let halves = |cut, by: f64| {
        let of = |marks: &str, from: f64| {
            let place = |c| within(&one(c, cut, CN).moved(by, 0.0), (from, from + 0.5));
            each(marks.chars(), place)
        };
        [of(CLOSING, 1.0), of(OPENING, 1.5)].concat()
    };
    every(|cut| halves(cut, 0.0), |cut| halves(cut, 0.5));
    // LXGW WenKai draws “ at the start of .35 em.
    fails(&within(&raw("甲“乙", KAI, CN)[1], (1.5, 2.0)), "the face's own place");
}

#[test]
fn opening_marks_begin_lines_at_the_edge() {
    // The first line of a paragraph, and another.
    let edge = |c: char, cut, rules: &Rules| {
        let p = Paragraph::plain(&format!("{c}甲乙丙{c}丁"), style(cut));
        let [first, second] = &lines(&p, rules, CN, 4)[..] else { panic!("two lines") };
        assert_eq!((&first[0].text, &second[0].text), (&c.to_string(), &c.to_string()));
        each([&first[0], &second[0]], |m| within(m, (0.0, 0.5)))
    };
    let all = |cut, rules| OPENING.chars().flat_map(|c| edge(c, cut, &rules)).collect();
    let full = Rules { trim_start: false, trim_paragraph: false, ..rules(CN) };
    every(|cut| all(cut, rules(CN)), |cut| all(cut, full.clone()));
}

#[test]
fn ink_is_in_the_middle_in_taiwan_and_hong_kong() {
    let middle = |cut, lang| {
        each("。．，、：；".chars(), |c| within(&one(c, cut, lang), (1.25, 1.75)))
    };
    let both = |cut| [middle(cut, TW), middle(cut, HK)].concat();
    every(both, |cut| middle(cut, CN));
    // 楷 has no glyphs of Taiwan's: the marks are moved there.
    let tall = |cut, lang| {
        let mut out =
            each("。．，、：；！？".chars(), |c| level(&one(c, cut, lang), 0.15));
        out.extend(each("！？".chars(), |c| within(&one(c, cut, lang), (1.25, 1.75))));
        out
    };
    let low = |cut| each("。．，、".chars(), |c| level(&one(c, cut, CN), 0.15));
    every(|cut| tall(cut, TW), low);
}

#[test]
fn marks_that_meet_do_not_touch() {
    let cross = |a: &'static str, b: &'static str| {
        a.chars().flat_map(move |a| b.chars().map(move |b| format!("{a}{b}")))
    };
    let pairs = || cross(BEFORE, AFTER).chain(cross(MEET, MEET));
    let half = |cut| {
        let text = "甲。乙，丙、丁：戊！己？庚（辛）壬“癸”子《丑》寅；卯‘辰’巳";
        let narrow = Rules { width: Width::Half, ..rules(CN) };
        apart(&lay(&Paragraph::plain(text, style(cut)), &narrow, CN, 100))
    };
    let kept = |cut| {
        let mut out = each(pairs(), |p| apart(&inner(&p, cut, CN)));
        out.push(half(cut));
        out
    };
    // Too near by 1/100 em.
    let spoilt = |cut| {
        each(pairs(), |p| {
            let pair = inner(&p, cut, CN);
            let room = ink(&pair[1]).x0 - ink(&pair[0]).x1;
            apart(&[pair[0].clone(), pair[1].moved(-room - 0.01, 0.0)])
        })
    };
    every(kept, spoilt);
}

/// Widths that the rules prescribe, in em, whatever a face says.
const WIDTHS: &[(&str, f64)] = &[
    ("。 ． ， 、 ： ； ！ ？ ‼ ⁇ ⁈ ⁉ ！！ ？？ ？！", 1.0),
    ("“ ” ‘ ’ （ ） 〔 〕 ［ ］ ｛ ｝ 〈 〉 《 》 「 」 『 』 【 】 〖 〗", 1.0),
    ("〘 〙 〚 〛 ｟ ｠ 〝 〞 〟", 1.0),
    ("· ‧ ・ • / ／ – - ‐ ‑ ~", 0.5),
    ("— ～ 〜 … ⋯", 1.0),
    ("—— ⸺ ―― …… ⋯⋯ ！！！ ？？？", 2.0),
    ("⸻", 3.0),
];
/// The same where marks stand in the middle.
const WIDTHS_TW: &[(&str, f64)] = &[
    ("。 ． ， 、 ： ； ！ ？ （ ） 「 」 『 』 《 》 “ ” · ‧ ・ – - — ～", 1.0),
    ("—— ⸺ ……", 2.0),
];

#[test]
fn frames_are_those_of_the_rules() {
    type Set = fn(&str, Han, &str) -> Vec<Mark>;
    let check = |cut, set: Set, lang, table: &[(&str, f64)]| {
        let words = table.iter().flat_map(|(w, em)| w.split(' ').map(|w| (w, *em)));
        each(words, |(w, em)| takes(&set(&format!("甲{w}乙"), cut, lang), em))
    };
    let kept =
        |cut| [check(cut, line, CN, WIDTHS), check(cut, line, TW, WIDTHS_TW)].concat();
    // The advance that each face has for · – / and, in 楷, for “.
    let own: &[(&str, f64)] = &[("· – - /", 0.5)];
    let quote: &[(&str, f64)] = &[("“ ” ‘ ’", 1.0)];
    let kai = |cut| if cut == KAI { check(cut, raw, CN, quote) } else { vec![] };
    let spoilt = |cut| {
        let own = check(cut, raw, CN, own).concat();
        [vec![own], kai(cut), check(cut, line, CN, &[("· – -", 1.0)])].concat()
    };
    every(kept, spoilt);
}

#[test]
fn interpuncts_and_connectors_stand_in_their_boxes() {
    let middle = |m: &Mark, x| [centred(m, x), within(m, (x - 0.25, x + 0.25))].concat();
    let kept = |cut| {
        let mut out = each("·‧–-/".chars(), |c| middle(&one(c, cut, CN), 1.25));
        out.extend(each("·‧–".chars(), |c| centred(&one(c, cut, TW), 1.5)));
        out.push(level(&one('·', cut, CN), 0.1));
        // GB/T 15834 5.1.7: half way up, and shorter than half a frame.
        out.extend(each("–-".chars(), |c| level(&one(c, cut, CN), 0.02)));
        out.push(shorter(&one('–', cut, CN), 0.5));
        let long = |c| one(c, cut, CN).ink.map_or(0.0, |i| i.x1 - i.x0);
        out.extend(each("一—".chars(), |c| {
            shorter(&one('–', cut, CN), long(c) * 0.67)
        }));
        out
    };
    let spoilt = |cut| {
        let own = |c: char| raw(&format!("甲{c}"), cut, CN)[1].clone();
        let mut out = vec![centred(&own('·'), 1.25), shorter(&one('—', cut, CN), 0.6)];
        out.extend(each("·–-/".chars(), |c| {
            middle(&one(c, cut, CN).moved(0.1, 0.0), 1.25)
        }));
        out.push(level(&one('–', cut, CN).moved(0.0, -0.1), 0.02));
        out
    };
    every(kept, spoilt);
}

#[test]
fn a_dash_is_one_rule() {
    const DASHES: [&str; 3] = ["——", "⸺", "――"];
    let kept = |cut| {
        [CN, TW]
            .iter()
            .flat_map(|lang| each(DASHES, |d| rule(&inner(d, cut, lang), 1.0)))
            .collect()
    };
    let spoilt = |cut| {
        let all = |x, y| moved(&inner("——", cut, CN), x, y);
        let halves = [inner("—", cut, CN), inner("—", cut, CN)].concat();
        let latin = &raw("甲——", cut, "en")[1..];
        vec![
            rule(&all(0.2, 0.0), 1.0),
            rule(&all(0.0, -0.15), 1.0),
            rule(&halves, 1.0),
            rule(latin, 1.0),
        ]
    };
    every(kept, spoilt);
}

#[test]
fn an_ellipsis_is_six_dots_at_mid_height() {
    let kept = |cut| {
        let both = [CN, TW].iter().flat_map(|lang| ["……", "⋯⋯"].map(|d| (d, *lang)));
        each(both, |(d, lang)| dots(&inner(d, cut, lang), 1.0))
    };
    let spoilt = |cut| {
        let all = |x, y| moved(&inner("……", cut, CN), x, y);
        let (off, low) = (dots(&all(0.1, 0.0), 1.0), dots(&all(0.0, -0.15), 1.0));
        // In Latin text the dots are on the baseline, but for LXGW WenKai's.
        let latin = dots(&raw("甲……", cut, "en")[1..], 1.0);
        let noto = if cut == KAI { vec![] } else { vec![latin] };
        [vec![off, low, dots(&inner("…", cut, CN), 0.5)], noto].concat()
    };
    every(kept, spoilt);
}

#[test]
fn nothing_grows_inside_a_piece() {
    const RIGID: &str = "—— …… ！？ ！！！ 50% 3.14 Rust C++ 乙～丙 乙/丙 乙–丙";
    // The number goes to the next line, so that the first is stretched by 1 em or
    // more. The glyphs of `piece` in it and in a line that is not:
    let both = |piece: &str, cut| {
        let text = format!("甲{piece}丁12345");
        let natural = line(&format!("甲{piece}丁"), cut, CN);
        let measure = natural[natural.len() - 1].at.ceil() as i64 + 2;
        let set = |m| lay(&Paragraph::plain(&text, style(cut)), &rules(CN), CN, m);
        let (narrow, wide) = (set(measure), set(100));
        let last = narrow.len() - 1;
        let stretched = narrow[last].at > wide[last].at + 0.9;
        assert!(narrow[last].text == "丁" && stretched, "{piece} {cut:?}");
        (narrow[1..last].to_vec(), wide[1..last].to_vec())
    };
    let check = |piece, cut| {
        let (narrow, wide) = both(piece, cut);
        as_far(&narrow, &wide)
    };
    every(
        |cut| each(RIGID.split(' '), |p| check(p, cut)),
        |cut| each(["乙丙", "a乙"], |p| check(p, cut)),
    );
}
