//! Twice the input takes about twice the work, also on patterns made to hurt.
//! Work is counted in what comes out and bounded by a generous limit of time, so
//! that a slow machine does not fail what a fast one passes.

use keben::cjk::Rules;
use keben::cjk::rules::Breaking;
use keben::config::Limits;
use keben::diag::Sink;
use keben::font::shape::Shaper;
use keben::font::{FontBytes, FontSet};
use keben::geom::Len;
use keben::highlight;
use keben::line::{self, Paragraph, Shape};
use keben::manuscript;
use keben::source::Sources;
use keben::theme;
use std::time::{Duration, Instant};

/// How long `f` takes on input of two sizes.
fn times(f: impl Fn(usize)) -> (Duration, Duration) {
    let time = |n| {
        let start = Instant::now();
        f(n);
        start.elapsed()
    };
    time(500);
    (time(2_000), time(16_000))
}

/// Eight times the input may take 8 × 8 / 2 = 32 times as long before it counts
/// as quadratic; short times are noise, and so is one try while others use the machine.
fn linear(name: &str, times: impl Fn() -> (Duration, Duration)) {
    for tries_left in (0..3).rev() {
        let (small, large) = times();
        if large < small.max(Duration::from_millis(15)) * 32 {
            return;
        }
        let said = format!("{name}: {small:?} for 2 000, {large:?} for 16 000");
        assert!(tries_left > 0, "{said}");
    }
}

#[test]
#[should_panic(expected = "squares")]
fn what_grows_with_the_square_is_seen() {
    let ms = Duration::from_millis;
    linear("squares", || (ms(20), ms(20 * 64)));
}

#[test]
fn markdown_grows_with_its_input() {
    let patterns = [
        "*",
        "**a",
        "[",
        "![",
        "`",
        "> ",
        "- ",
        "|",
        "a|",
        "<b>",
        "$",
        "~",
        "[^a]",
        "^",
        "&",
        "\\",
        "::: x\n\n",
        "**“a”**",
        "*a_b",
        "\n\n# a",
        "1. ",
        "\n: a\n",
        "<!--",
        "{{#include a}}",
        "]{",
        "[]{",
        "[[]{lang=a",
        "[a]{lang=de}",
        "[]{lang=\"",
        "[]{.a ",
        "^[",
        "^[a]",
        "{汉|",
        "{汉|a}",
        "{汉字|a|b|c}",
        "[汉]{.dots}",
        "[a]{index}",
        "[]{index=\"a/b\" see=",
        "[a]{term}",
        "[](#a){ref=page}",
        "<span lang=a>*",
        "*<span></span>",
        "\n\n# [a]{b=c}",
        "::: lang ja\n\na\n\n",
        "::: letter\n\na\n\n",
        "::: dialogue\n甲：a\n:::\n\n",
        "::: a\n\n<td>\n\n",
        "<table><tr><td>",
        "<table><tr><td>\n\n- a\n\n",
        "<tr><td colspan=9 rowspan=99>a",
        "<table>\n\n<tr>a\n\n",
        "\n\n![a](a.png)\n图：a {page}",
        "![a](a.png){width=1%} ",
        "\n\n表：a {turn}\n\n|a|\n|-|\n\n注：a",
        "\n\n> a\n> ——a",
    ];
    for pattern in patterns {
        linear(pattern, || {
            times(|n| {
                let text = pattern.repeat(n);
                let mut sources = Sources::default();
                let file = sources.add("a.md", text.clone());
                let mut sink = Sink::default();
                manuscript::chapter(&text, file, "a.md", &Limits::default(), &mut sink);
            })
        });
    }
}

/// Lines of one pattern, as long as grammars look into: four times as many take about
/// four times as long. In a longer line nothing is looked into.
#[test]
fn code_grows_with_its_input() {
    let patterns = [
        "\"", "(", "\\", "'", "`", "/*", "<!--", "<a ", "{", "${", "#[", "a::<", "=>",
        "$(", "0x", "-- ", "a.b(", "永",
    ];
    for lang in ["rust", "python", "json", "html", "toml", "sh", "c++", "js", "tex", "md"]
    {
        let parse = |text: &str| {
            let start = Instant::now();
            let lines = highlight::tokens(Some(lang), text);
            assert_eq!(lines.len(), text.split('\n').count());
            start.elapsed()
        };
        // Its patterns are compiled at the first use.
        parse(&patterns.join("\n"));
        for pattern in patterns {
            let line = |length: usize| pattern.repeat(length / pattern.len()) + "\n";
            let text = line(highlight::LONGEST_LINE - 4);
            let few = parse(&text.repeat(16));
            let many = parse(&text.repeat(highlight::LONGEST / text.len()));
            // One try: another would find what is kept of this one.
            linear(&format!("{lang} {pattern}"), || (few, many));
            assert!(many < Duration::from_secs(20), "{lang} {pattern}: {many:?}");
            let never = parse(&line(highlight::LONGEST_LINE * 50));
            assert!(never < Duration::from_millis(100), "{lang} {pattern}: {never:?}");
        }
    }
}

#[test]
fn lines_grow_with_their_text() {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    let fonts = FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font");
    let em = Len::milli_pt(10_500);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let shape =
        Shape { measure: em * 28, indent: em * 2, justify: true, ..Shape::default() };
    for pattern in [
        "永",
        "“",
        "”",
        "，",
        "。”",
        "a",
        "a ",
        "——",
        "…",
        " ",
        "-",
        "永·",
        "！",
        "\u{301}",
        "\u{301}\u{200b}",
        "‘“",
        "汉’",
        "“‘x’”",
        "（",
        "“”",
        "中a",
        "a\u{2060}",
        "1",
        "x_",
        "1 km",
        "i",
        "typography",
        "[1]",
    ] {
        linear(pattern, || {
            times(|n| {
                let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
                let p = Paragraph::plain(&pattern.repeat(n), style);
                line::lay(&p, shape, &Rules::default(), &mut shaper, &mut vec![]);
            })
        });
    }
}

/// One paragraph of 200,000 characters, by every way of choosing lines.
#[test]
fn a_long_paragraph_takes_its_share() {
    let data: &[u8] = include_bytes!("fonts/KebenTest-Regular.otf");
    let fonts = FontSet::single(FontBytes::Shared(data.into())).expect("the tests' font");
    let em = Len::milli_pt(10_500);
    let style = theme::named("default", &mut Sink::default()).body.style(em);
    let shape =
        Shape { measure: em * 28, indent: em * 2, justify: true, ..Shape::default() };
    for breaking in [Breaking::TotalFit, Breaking::GreedyLiteral] {
        let rules = Rules { breaking, ..Rules::default() };
        let time = |n: usize| {
            let text = "天地玄黄，宇宙洪荒。日月（盈昃），辰宿2024列张：“寒来”暑往";
            let chars = text.chars().count();
            let p = Paragraph::plain(&text.repeat(n / chars), style);
            let start = Instant::now();
            let mut shaper = Shaper::new(&fonts, "zh-Hans-CN");
            let lines = line::lay(&p, shape, &rules, &mut shaper, &mut vec![]);
            assert!(lines.len() * 29 >= n * 9 / 10, "{} lines of {n}", lines.len());
            start.elapsed()
        };
        linear("a long paragraph", || (time(25_000), time(200_000)));
    }
}
