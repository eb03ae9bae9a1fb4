//! What words are taken for, language by language, each with something that must
//! not be taken for it.

use super::*;

/// The class of each token, as `text:class`.
fn classes(lang: &str, text: &str) -> Vec<std::string::String> {
    let lines = text.split('\n').zip(tokens(Some(lang), text).to_vec());
    let shown = lines.flat_map(|(line, tokens)| {
        let show = |t: Token| format!("{}:{}", &line[t.range], t.class.name());
        tokens.into_iter().map(show).collect::<Vec<_>>()
    });
    shown.collect()
}

/// Each of `want` is there, each of `never` is not.
fn check(lang: &str, text: &str, want: &[&str], never: &[&str]) {
    let got = classes(lang, text);
    for w in want {
        assert!(got.iter().any(|g| g == w), "{lang}: no {w} in {got:?}");
    }
    for n in never {
        assert!(got.iter().all(|g| g != n), "{lang}: {n} in {got:?}");
    }
}

#[test]
fn rust() {
    let text = "// 注 fn\nfn go(n: u32) -> Vec<u8> { println!(\"let {}\", 0x1f as u8); }";
    let want = [
        "// 注 fn:comment",
        "fn:keyword",
        "go:function",
        "n:variable",
        "Vec:type",
        "println!:attribute",
        "0x1f:number",
        "as:keyword",
        "{}:constant",
    ];
    check("rust", text, &want, &["let:keyword", "注:comment", "go:keyword"]);
}

#[test]
fn python() {
    let text = "@dec\ndef f(x):\n    return not x or None  # def\ns = f\"if {x!r}\"";
    let want = [
        "def:keyword",
        "f:function",
        "x:variable",
        "return:keyword",
        "not:keyword",
        "or:keyword",
        "None:constant",
        "# def:comment",
        "@dec:attribute",
    ];
    check("py", text, &want, &["if:keyword", "f:keyword"]);
}

#[test]
fn json() {
    let text = "{\"a\": [1.5, true, \"x\\n\"], \"true\": null}";
    let want = ["\"a\":attribute", "1.5:number", "true:constant", "\\n:constant"];
    check("json", text, &want, &["\"a\":string", "\"true\":constant"]);
}

#[test]
fn html() {
    let text = "<!-- <p> --><p class=\"x\">class &amp; p</p><script>var a;</script>";
    let want = [
        "<!-- <p> -->:comment",
        "p:keyword",
        "class:attribute",
        "\"x\":string",
        "&amp;:constant",
        "var:keyword",
    ];
    check("html", text, &want, &["class:keyword", "class &amp; p:attribute"]);
}

#[test]
fn toml() {
    let text = "# [a]\n[b.c]\nkey = \"k = 1\"\nn = 1_000\nok = true";
    let want = ["# [a]:comment", "key:attribute", "\"k = 1\":string", "1_000:number"];
    check("toml", text, &want, &["k:attribute", "a:type", "1:number"]);
}

#[test]
fn shell() {
    let text = "for f in *; do # done\n  echo \"$f if\" -n | grep -v 'x'\ndone";
    let want =
        ["for:keyword", "do:keyword", "# done:comment", "echo:function", "-v:attribute"];
    check("shell", text, &want, &["if:keyword", "f:string"]);
}

#[test]
fn a_change() {
    let text = "@@ -1 +1 @@\n a\n-b\n+c";
    check("diff", text, &["-b:removed", "+c:added"], &["a:added", "a:removed"]);
}

#[test]
fn what_is_left_plain() {
    let none = |lang, text: &str| tokens(lang, text).iter().all(Vec::is_empty);
    assert!(none(None, "fn main() {}"));
    assert!(none(Some("no-such-language"), "fn main() {}"));
    assert!(none(Some("text"), "fn main() {}"));
    assert!(none(Some(""), "fn main() {}"));
    let long = format!("fn main() {{}} // {}", "x".repeat(LONGEST_LINE));
    assert!(none(Some("rust"), &long));
    assert!(none(Some("rust"), &"fn main() {}\n".repeat(LONGEST / 10)));
    // Negative control: none of these is plain because nothing ever is found.
    assert!(!none(Some("rust"), "fn main() {}"));
    assert!(!none(Some("RUST"), &long[..LONGEST_LINE]));
}

#[test]
fn one_list_for_each_line_in_order_and_inside_it() {
    let text = "/* 一\n二\n\n*/ fn a() {}\n";
    let lines = tokens(Some("rust"), text);
    assert_eq!(lines.len(), 5);
    assert!(lines[..2].iter().all(|l| l.len() == 1 && l[0].class == Class::Comment));
    assert!(lines[2].is_empty() && lines[4].is_empty());
    for (line, tokens) in text.split('\n').zip(lines.iter()) {
        assert!(tokens.iter().all(|t| line.get(t.range.clone()).is_some()));
        assert!(tokens.windows(2).all(|w| w[0].range.end <= w[1].range.start));
    }
}

/// A pattern that the engine cannot compile would panic when it is first needed.
#[test]
fn no_grammar_panics() {
    let text = "a.b(c) { \"d\\n${e}\": 'f' } # g\n<h i=\"j\">/* k */ -- l\n\
                // m\nif n then o end\n@p: [1, 0x2, 3.4e5]; `q` = $r\n\u{1}永\n";
    for syntax in grammars().syntaxes() {
        parsed(syntax, text);
        parsed(syntax, &"\"(\\[{".repeat(20));
    }
}

#[test]
fn names_lead_to_grammars() {
    for name in
        ["c++", "C#", "js", "typescript", "console", "docker", "latex", "tsx", "ini"]
    {
        assert!(syntax(name).is_some(), "{name}");
    }
    for row in names::ALIASES {
        assert!(syntax(row.0).is_some(), "{}", row.0);
    }
}

#[test]
fn a_line_is_what_stands_around_it_also_when_it_is_known() {
    let line = "let known = 1;";
    let inside = format!("/*\n{line}\n*/\n{line}");
    for _ in 0..2 {
        check("rust", line, &["let:keyword", "1:number"], &["let known = 1;:comment"]);
        check("rust", &inside, &["let known = 1;:comment", "let:keyword"], &[]);
        check("python", line, &["1:number"], &["let:keyword"]);
    }
}
