//! What comes out of formulas, and what hostile ones cost.

use super::*;

fn parts(tex: &str) -> Vec<String> {
    let laid = Tree::parse(tex).and_then(|t| t.lay(Style::Inline)).expect(tex);
    let text = |p: &Part| p.marks.iter().filter_map(Mark::text).collect();
    laid.parts.iter().map(text).collect()
}

fn mathml(tex: &str) -> String {
    let all = Tree::parse(tex).expect(tex).mathml(Style::Display, "");
    let inside = all.split_once('>').expect("an element").1;
    inside.strip_suffix("</math>").expect("its end").to_string()
}

#[test]
fn lines_may_end_after_relations_and_operators_at_the_top() {
    assert_eq!(parts("a+b=c"), ["a+", "b=", "c"]);
    // Not in braces, brackets of \left, fractions, and not after a sign.
    assert_eq!(parts(r"{a+b}\left(a=b\right)\frac{a+b}{2}"), ["a+b(a=b)a+b2"]);
    assert_eq!(parts("-a=-b"), ["−a=", "−b"]);
    // Spaces of the author are no places by themselves.
    assert_eq!(parts(r"a\,b\quad c<d"), ["abc<", "d"]);
}

#[test]
fn rows_have_the_numbers_of_their_author_only() {
    let tags = |tex: &str| {
        let laid = Tree::parse(tex).and_then(|t| t.lay(Style::Display)).expect(tex);
        laid.tags.into_iter().map(|t| t.text.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(tags(r"a=b \tag{2-1}"), ["(2-1)"]);
    assert_eq!(tags(r"\begin{align}a&=b\tag{甲}\\c&=d\end{align}"), ["(甲)"]);
    assert_eq!(tags(r"\begin{align}a&=b\\c&=d\end{align}"), [""; 0]);
    assert_eq!(tags(r"a=b \tag*{x}"), ["x"]);
}

#[test]
fn mathml_of_common_formulas() {
    let cases = [
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("3.14", "<mrow><mn>3.14</mn></mrow>"),
        (r"\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"),
        (r"\sqrt{x}", "<msqrt><mrow><mi>x</mi></mrow></msqrt>"),
        (r"\mathbb{R}", "<mrow><mi>ℝ</mi></mrow>"),
        (r"\text{a < b}", "<mrow><mtext>a\u{a0}&lt;\u{a0}b</mtext></mrow>"),
        (r"\alpha", "<mi>α</mi>"),
    ];
    for (tex, expected) in cases {
        let flat = |s: &str| s.replace("<mrow>", "").replace("</mrow>", "");
        assert_eq!(flat(&mathml(tex)), flat(expected), "{tex}");
    }
    let sum = mathml(r"\sum_{i=1}^n");
    assert!(sum.starts_with("<munderover><mo>∑</mo>"), "{sum}");
    let inline =
        Tree::parse(r"\sum_{i=1}^n").expect("a sum").mathml(Style::Inline, "x<1");
    assert!(inline.contains("<msubsup>") && inline.contains("alttext=\"x&lt;1\""));
}

#[test]
fn faults_name_their_place() {
    let fault = |tex: &str| check(tex, Style::Display).expect_err(tex);
    assert_eq!(fault(r"a+\nothing b").at, 2..10);
    // Behind a star that was put in, the author's place is told.
    let tex = r"\begin{align}a&=\nothing\end{align}";
    assert_eq!(&tex[fault(tex).at], r"\nothing");
    // Behind Han, whose bytes are three.
    let tex = r"\text{速度}\nothing";
    assert_eq!(&tex[fault(tex).at], r"\nothing");
}

#[test]
fn limits_are_said_in_words() {
    let said = |tex: &str| check(tex, Style::Display).expect_err("a fault").message;
    assert_eq!(said(r"\def\a{\a\a}\a"), "its macros do not come to an end");
    assert_eq!(said(&"{".repeat(200)), "it is nested too deep (32 is the limit)");
    assert_eq!(said(&"x".repeat(30_000)), "it is longer than 20000 bytes");
}

/// Formulas that would break a parser without limits: they are refused, and soon.
#[test]
fn hostile_formulas_cost_little() {
    let many = |s: &str, n: usize| s.repeat(n);
    let hostile = [
        many("{", 10_000),
        many("{", 3_000) + &many("}", 3_000),
        many(r"\frac{", 3_000),
        many(r"\sqrt", 3_000),
        many(r"\left(", 3_000),
        many("x^", 9_000),
        many(r"\begin{matrix}", 1_000),
        many(r"\text{$", 2_000),
        "x".repeat(1 << 20),
        format!("a{}", many("\u{301}", 5_000)),
        r"\def\a{\a\a}\a".to_string(),
        r"\def\a#1{\a{#1#1}}\a{x}".to_string(),
        r"\edef\a{\a}\let\a=\a\a".to_string(),
        r"\rule{99999999em}{99999999em}".to_string(),
        r"\kern1e99em x\hspace{-1e300pt}".to_string(),
        many(r"\begin{array}{c:c}a&b\\\hdashline\end{array}", 300),
        r"\genfrac(){9999999em}{0}{a}{b}".to_string(),
        "\0\u{1}\u{fffe}\u{200f}".to_string(),
        "&&&\\\\#$%^_~".to_string(),
    ];
    for tex in hostile {
        // Whatever comes of it, nothing panics and the stack holds.
        for style in [Style::Inline, Style::Display] {
            let short: String = tex.chars().take(40).collect();
            if let Ok(tree) = Tree::parse(&tex) {
                tree.mathml(style, &tex);
                let laid = tree.lay(style);
                let far = |f: &Formula| f.width().abs() < 1 << 50;
                assert!(laid.as_ref().map_or(true, far), "{short}");
            }
        }
    }
}

/// Shuffled pieces of TeX, the same on every machine.
#[test]
fn no_mixture_panics() {
    const PIECES: [&str; 40] = [
        "{",
        "}",
        "^",
        "_",
        "&",
        r"\\",
        "x",
        "2",
        "+",
        "=",
        "(",
        ")",
        "'",
        " ",
        "中",
        r"\frac",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\middle|",
        r"\begin{matrix}",
        r"\end{matrix}",
        r"\begin{cases}",
        r"\end{cases}",
        r"\text{",
        r"\sum",
        r"\limits",
        r"\hat",
        r"\overbrace",
        r"\mathbb",
        r"\tag{1}",
        r"\color{red}",
        r"\cancel",
        r"\boxed",
        r"\ce{",
        r"\rule{1em}{1em}",
        r"\xrightarrow[a]{b}",
        r"\big",
        r"\not",
        r"\operatorname",
    ];
    let mut dice = 1u64;
    for _ in 0..4_000 {
        let mut tex = String::new();
        for _ in 0..12 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            tex += PIECES[(dice >> 33) as usize % PIECES.len()];
        }
        if let Ok(tree) = Tree::parse(&tex) {
            let math = tree.mathml(Style::Display, &tex);
            let parsed = usvg::roxmltree::Document::parse(&math);
            assert!(parsed.is_ok(), "{tex}: {math}");
            tree.lay(Style::Inline).ok();
        }
    }
}
