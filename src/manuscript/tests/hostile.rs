//! Text that means harm: no panic, and time that grows with the text.

use super::super::chapter;
use crate::book::{Block, BlockKind, dump};
use crate::config::Limits;
use crate::diag::Sink;
use crate::source::FileId;
use std::time::{Duration, Instant};

/// Repetitions. The slowest takes a few microseconds each.
const N: usize = 20_000;

fn read(text: &str) -> (usize, Duration) {
    let start = Instant::now();
    let mut sink = Sink::default();
    let c = chapter(text, FileId(0), "a.md", &Limits::default(), &mut sink);
    let mut deepest = 0;
    depth(&c.blocks, 1, &mut deepest);
    c.notes.iter().for_each(|n| depth(&n.blocks, 1, &mut deepest));
    (deepest, start.elapsed())
}

fn depth(list: &[Block], level: usize, deepest: &mut usize) {
    *deepest = (*deepest).max(level);
    for block in list {
        match &block.kind {
            BlockKind::Quote(b)
            | BlockKind::Alert { blocks: b, .. }
            | BlockKind::Styled { blocks: b, .. } => depth(b, level + 1, deepest),
            BlockKind::Dialogue(list) => {
                list.iter().for_each(|s| depth(&s.blocks, level + 1, deepest))
            }
            BlockKind::Table(t) => {
                t.cells().for_each(|c| depth(&c.blocks, level + 1, deepest))
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|i| depth(&i.blocks, level + 1, deepest))
            }
            BlockKind::Definitions(list) => {
                let all = list.iter().flat_map(|d| &d.meanings);
                all.for_each(|m| depth(m, level + 1, deepest))
            }
            BlockKind::Paragraph(_)
            | BlockKind::Continued(_)
            | BlockKind::Heading { .. }
            | BlockKind::Verse(_)
            | BlockKind::Code(_)
            | BlockKind::Figure(_)
            | BlockKind::Math(_)
            | BlockKind::Break => {}
        }
    }
}

fn nested(n: usize) -> String {
    (0..n).map(|i| format!("{}- x\n", "  ".repeat(i))).collect()
}

#[test]
fn hostile_text_neither_panics_nor_takes_long() {
    let twice = |a: &str, b: &str| a.repeat(N) + "x" + &b.repeat(N);
    let notes: String = (0..N).map(|i| format!("[^{i}]: [^{}]\n\n", i + 1)).collect();
    let headings = "## x\n\n".repeat(N / 4);
    let cases = [
        (">", ">".repeat(N) + "x"),
        ("> ", "> ".repeat(N) + "x"),
        ("- ", "- ".repeat(N) + "x"),
        ("nested lists", nested(1000)),
        ("[", "[".repeat(N)),
        ("![", twice("![", "](b)")),
        ("[]{}", twice("[", "]{lang=de}")),
        ("]{", twice("[", "]{lang=\"de")),
        ("spans", "[甲]{lang=ja}".repeat(N)),
        ("unknown attributes", "[甲]{.a #b c=d}".repeat(N)),
        ("span tags", twice("<span lang=ja>", "</span>")),
        ("::: lang", "::: lang ja\n\n甲\n\n".repeat(N)),
        ("[](", twice("[", "](b)")),
        ("*", "*".repeat(50 * N)),
        ("* both", twice("*", "*")),
        ("*a ", twice("*a ", "a* ")),
        ("**甲“", twice("**甲“", "”乙**")),
        ("*甲**乙", "*甲**乙".repeat(N)),
        ("~", "甲~".repeat(N)),
        ("^", "a^b".repeat(N)),
        ("_", "_a ".repeat(N)),
        ("`", "`".repeat(50 * N)),
        ("` `", (0..1000).map(|i| "`".repeat(i) + " ").collect()),
        ("|", "|".repeat(50 * N)),
        ("table", "|".repeat(N) + "\n" + &"|-".repeat(N) + "\n" + &"|".repeat(N)),
        ("wide rows", "a|b\n-|-\n".to_string() + &"1|2|3\n".repeat(N)),
        ("<b>", twice("<b>", "</b>")),
        ("<b></i>", twice("<b>", "</i>")),
        ("html", "<div>\n".to_string() + &"<a ".repeat(N)),
        ("html quotes", "<div>\n".to_string() + &"<a \">".repeat(N)),
        ("html script", "<div>\n".to_string() + &"<script></script>".repeat(N)),
        ("html lines", "<div>\n".to_string() + &"a\n".repeat(N)),
        ("html &", "<div>\n".to_string() + &"&".repeat(N)),
        ("html &amp;", "<div>\n".to_string() + &"&amp;".repeat(N)),
        ("<!--", "<!--".repeat(N)),
        ("::: a", "::: a\n\n".repeat(N)),
        (":::", ":::\n".repeat(N)),
        ("::: in items", "::: a\n- a\n:::\n\n".repeat(N)),
        ("notes", "[^a]".repeat(N) + "\n\n[^a]: [^a]"),
        ("unknown notes", "[^a".repeat(N)),
        ("note chain", "[^0]\n\n".to_string() + &notes),
        ("headings", headings),
        ("definitions", "a\n: ".repeat(N)),
        ("lines", "甲\n".repeat(5 * N)),
        ("tags at line ends", "<b>\n".repeat(N) + "x"),
        ("\\", "\\".repeat(N)),
        ("\\r", "\r".repeat(N)),
        ("&#", "&#".repeat(N)),
        ("$", "$a ".repeat(N)),
        ("${", "${".repeat(N)),
        ("\\0", "\0\u{1a}\u{fffe}:::".repeat(N)),
    ];
    for (name, text) in cases {
        let (deepest, time) = read(&text);
        // A list and its item are one level; the chapter is one more.
        assert!(deepest <= Limits::default().depth + 1, "{name}: {deepest} levels");
        assert!(time < Duration::from_secs(8), "{name}: {time:?}");
        if std::env::var_os("TIMES").is_some() {
            eprintln!("{name}: {time:?}");
        }
    }
}

/// Pieces of Markdown in which every 甲 is text that must be in the book.
const PIECES: &[&str] = &[
    "甲",
    "**“甲”**",
    "*甲",
    "甲*",
    "甲~~",
    "`甲`",
    "$甲$",
    "$$甲$$",
    "<b>甲",
    "</b>",
    "<div>甲",
    "</div>",
    "<br>",
    "&amp;",
    "\\*",
    "[甲](a.md)",
    "[甲](#x)",
    "![甲](a.png)",
    "[^1]",
    "甲[^2]",
    "\n[^1]: 甲\n",
    "\n[^2]: 甲[^1]\n",
    "# 甲",
    "## 甲 {#a}",
    "> ",
    "- ",
    "1. ",
    "  ",
    "    ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "| 甲 | 甲 |\n|--|--|\n| 甲 |",
    "| 甲 | 甲 | 甲 |",
    "表：甲\n\n",
    "```\n甲\n```\n",
    "::: verse\n",
    "::: x 甲\n",
    ":::\n",
    "---\n",
    "甲\n: 甲\n",
    "- [ ] 甲",
    "$5",
    ":甲",
    "H~2~甲",
    "<!--",
    "-->",
    "|",
    "\t",
    "甲甲，\n甲",
    "[!NOTE]",
    "> [!TIP]\n> 甲",
    "[甲",
    "]{lang=ja}",
    "[*甲]{lang=de .a}",
    "[甲]{lang=x}",
    "<span lang=ja>甲",
    "</span>",
    "::: lang ja\n",
    "::: {.verse lang=ja}\n",
    "## 甲 {lang=ja}",
    "\n# [甲]{.a}",
    "\n# 甲 {甲}",
    "![[甲]{lang=ja}](a.png)",
];

#[test]
fn no_text_is_lost_in_random_documents() {
    let mut seed = 3u64;
    let mut next = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize
    };
    for _ in 0..6000 {
        let len = 1 + next() % 24;
        let text: String = (0..len).map(|_| PIECES[next() % PIECES.len()]).collect();
        // A comment, front matter and a link's definition hide what they hold.
        let mut sink = Sink::default();
        let c = chapter(&text, FileId(0), "a.md", &Limits::default(), &mut sink);
        if text.contains("<!--") || text.starts_with("---") || text.contains("]:甲") {
            continue;
        }
        let han = |s: &str| s.matches('甲').count();
        let got = crate::book::text::chapter_paragraphs(&c).concat() + &pictures(&c);
        assert_eq!(han(&got), han(&text), "{text}\n{got}\n{:?}", sink.list());
    }
}

/// The alternative texts of a chapter, which `book::text` leaves out.
fn pictures(c: &crate::book::Chapter) -> String {
    let mut shown = dump::inlines(&c.title);
    dump::blocks(&c.blocks, 0, &mut shown);
    c.notes.iter().for_each(|n| dump::blocks(&n.blocks, 1, &mut shown));
    shown.matches("a.png \"甲\"").map(|_| "甲").collect()
}
