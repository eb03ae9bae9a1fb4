//! Which face and which glyph a character gets, on the built-in fonts, and on what
//! line it stands. Every check is made on something spoilt too, and must find fault
//! with it.

use crate::common::ink as kit;
use crate::common::ink_check as check;

use check::*;
use keben::font::{Cut, Role, Side};
use keben::theme::Theme;
use kit::*;

const SONG: Han = (Role::Song, false);
const KAI: Han = (Role::Kai, false);

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// PostScript names of the faces for Han and for Latin of a cut.
fn names(cut: Han) -> [&'static str; 2] {
    let Cut { han, latin, bold, .. } = style(cut).cut;
    let cut = Cut { han, latin, bold, italic: false };
    let name = |side, c| FONTS.pick(cut, side, c).map_or("", |f| &FONTS.face(f).name);
    [name(Side::Han, '甲'), name(Side::Latin, 'a')]
}

#[test]
fn look_alikes_are_drawn_as_interpuncts() {
    let check = |typed: char, shown: &str, cut, lang| {
        let dot = &line("甲·乙", cut, CN)[1];
        drawn_as(&line(&format!("甲{shown}乙"), cut, lang)[1], typed, dot)
    };
    let kept = |cut| ['‧', '・', '•'].map(|c| check(c, &c.to_string(), cut, CN)).to_vec();
    let spoilt = |cut| {
        // The text rewritten, another mark, and Japanese, where ・ is itself.
        vec![
            check('‧', "·", cut, CN),
            check('。', "。", cut, CN),
            check('・', "・", cut, JA),
        ]
    };
    every(kept, spoilt);
}

#[test]
fn quotes_take_the_face_of_their_text() {
    const CHINESE: [&str; 4] = ["甲“好”乙", "甲“yes”乙", "甲‘好’乙", "“甲”，a"];
    const WESTERN: [&str; 3] = ["say “yes” now 甲", "甲 don’t乙", "say ‘yes’ now 甲"];
    let quote = |c| "“”‘’".contains(c);
    let check = |cut, texts: &[&str], side: usize| {
        let from = |t: &str| from_face(&line(t, cut, CN), quote, names(cut)[side]);
        texts.iter().map(|t| from(t)).collect::<Vec<_>>()
    };
    let frames = |cut, lang| takes(&line("甲“好”乙", cut, lang), 3.0);
    let kept = |cut| {
        [check(cut, &CHINESE, 0), check(cut, &WESTERN, 1), vec![frames(cut, CN)]].concat()
    };
    let spoilt = |cut| {
        [check(cut, &CHINESE, 1), check(cut, &WESTERN, 0), vec![frames(cut, "ko")]]
            .concat()
    };
    every(kept, spoilt);
}

/// Marks that look different in two regions; 楷 has one glyph for all.
const REGIONAL: &[(char, &str, &str)] = &[
    ('。', CN, TW),
    ('，', CN, TW),
    ('。', JA, TW),
    ('：', CN, JA),
    ('！', CN, JA),
    ('？', CN, JA),
];

#[test]
fn a_lone_mark_is_that_of_its_region() {
    let glyph = |c: char, cut, lang| line(&c.to_string(), cut, lang)[0].clone();
    let differ = |cut, c, a, b| {
        let (a, b) = (glyph(c, cut, a), glyph(c, cut, b));
        let same = a.glyph == b.glyph;
        if same { vec![format!("{c} is {} in both", a.glyph)] } else { vec![] }
    };
    let as_in_text = |cut, c: char, lang| {
        let inside = &line(&format!("甲{c}乙"), cut, lang)[1];
        drawn_as(&glyph(c, cut, lang), c, inside)
    };
    let kept = |cut| {
        let mut out: Vec<_> =
            REGIONAL.iter().map(|(c, a, _)| as_in_text(cut, *c, a)).collect();
        if cut != KAI {
            out.extend(REGIONAL.iter().map(|(c, a, b)| differ(cut, *c, a, b)));
            out.push(centred(&glyph('。', cut, TW), 0.5));
            out.push(level(&glyph('。', cut, TW), 0.03));
        }
        out
    };
    let spoilt = |cut| {
        let same = REGIONAL.iter().map(|(c, a, _)| differ(cut, *c, a, a));
        let low = glyph('。', cut, CN);
        same.chain([centred(&low, 0.5), level(&low, 0.03)]).collect()
    };
    every(kept, spoilt);
}

#[test]
fn one_face_sets_a_sentence() {
    const TEXT: &str = "他说：“好……”，《书》（‘上、下’）——走；去！来？·～。";
    let check =
        |cut, text: &str| from_face(&line(text, cut, CN), |_| true, names(cut)[0]);
    every(|cut| vec![check(cut, TEXT)], |cut| vec![check(cut, &format!("{TEXT}a"))]);
}

/// Markdown, the cut around it, and the faces of its Han and its Latin.
const STYLED: &[(&str, Han, &str, &str)] = &[
    ("**强调a**", SONG, "NotoSansCJKsc-Bold", "NotoSans-Bold"),
    ("**强调a**", KAI, "NotoSansCJKsc-Bold", "NotoSans-Bold"),
    ("**强调a**", (Role::Hei, false), "NotoSansCJKsc-Bold", "NotoSans-Bold"),
    ("强调a", (Role::Kai, true), "NotoSansCJKsc-Bold", "NotoSerif-Bold"),
    ("强调a", (Role::Fang, true), "NotoSansCJKsc-Bold", "NotoSerif-Bold"),
    ("强调a", (Role::Fang, false), "LXGWWenKai-Regular", "NotoSerif-Regular"),
    ("*强调a*", SONG, "LXGWWenKai-Regular", "NotoSerif-Italic"),
    ("*强调a*", (Role::Hei, false), "LXGWWenKai-Regular", "NotoSans-Italic"),
    ("***强调a***", SONG, "NotoSansCJKsc-Bold", "NotoSans-BoldItalic"),
    ("**强*调a***", KAI, "NotoSansCJKsc-Bold", "NotoSans-BoldItalic"),
];

fn styled(theme: &Theme) -> Vec<Faults> {
    let one = |(markdown, cut, h, latin): &(&str, Han, &str, &str)| {
        let set = lay(&manuscript(markdown, style(*cut), theme), &rules(CN), CN, 100);
        let faces = [from_face(&set, han, h), from_face(&set, |c| c == 'a', latin)];
        [faces.concat(), straight(&set)].concat()
    };
    STYLED.iter().map(one).collect()
}

#[test]
fn strong_is_hei_and_emphasis_is_kai() {
    let theme = default_theme();
    holds(&styled(&theme).concat());
    let plain = Theme { strong: theme.verbatim, ..theme.clone() };
    fails(&styled(&plain)[0], "strong is not bold");
    let upright = keben::theme::Inline { italic: false, ..theme.emph };
    fails(&styled(&Theme { emph: upright, ..theme })[6], "emphasis is not italic");
    // Every weight and slant is a face of its own: Han has none that slants.
    let faces = || FONTS.faces().map(|(_, f)| f);
    assert!(faces().all(|f| !f.italic || !f.has('强')));
    let bold: Vec<_> = faces().filter(|f| f.has('强') && f.weight == 700).collect();
    assert_eq!(bold.len(), 2, "{bold:?}");
}

/// Titles and headings down to level 4: 黑, none larger than the one above it.
fn headings(theme: &Theme) -> Faults {
    let mut out = vec![];
    let mut above = i64::MAX;
    for heading in theme.headings.iter().take(4) {
        let style = heading.look.style(style(SONG).size);
        let set = lay(&manuscript("题a", style, theme), &rules(CN), CN, 100);
        out.extend(from_face(&set, han, "NotoSansCJKsc-Regular"));
        out.extend(from_face(&set, |c| c == 'a', "NotoSans-Regular"));
        let size = style.size.to_sp();
        if size >= above {
            out.push(format!("{size} is not less than {above}"));
        }
        above = size;
    }
    out
}

#[test]
fn headings_are_hei_and_smaller_by_level() {
    let theme = default_theme();
    holds(&headings(&theme));
    let spoilt = |n: usize, look| {
        let mut theme = theme.clone();
        theme.headings[n].look = look;
        headings(&theme)
    };
    fails(&spoilt(1, theme.quote.look), "a heading in 楷");
    fails(&spoilt(2, theme.headings[0].look), "a heading as large as the title");
}

#[test]
fn latin_shares_baseline_and_pitch() {
    const MIXED: &str =
        "用Rust写`code`和**strong强**与*emph调*，$x$式，“yes”；Ångström gjpqy";
    let set = |markdown| {
        lay(&manuscript(markdown, style(SONG), &default_theme()), &rules(CN), CN, 100)
    };
    holds(&straight(&set(MIXED)));
    fails(&straight(&set("用x^2^写")), "a raised digit");
    let lines = baselines(&format!("# 题\n\n{}\n", MIXED.repeat(20)));
    assert!(lines.len() > 12, "{lines:?}");
    holds(&pitched(&lines, 1.6));
    let lines = baselines("# 题\n\n文\n\n### 节\n\n文\n");
    fails(&pitched(&lines, 1.6), "a heading between the lines");
}
