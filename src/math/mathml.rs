//! The tree as presentation MathML (MathML Core), for reading systems.

use super::Style;
use super::tables::{accent, alphabet, delimiter, symbol};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::{AlignSpec, AlignType, ArrayTag, Measurement, StyleStr};

/// A `math` element. Depth is bounded where trees are parsed.
pub(super) fn element(nodes: &[ParseNode], style: Style, tex: &str) -> String {
    let display = match style {
        Style::Inline => "",
        Style::Display => " display=\"block\"",
    };
    let said = if tex.is_empty() {
        String::new()
    } else {
        format!(" alttext=\"{}\"", escape(tex))
    };
    let w = Writer { font: "", display: style == Style::Display };
    format!(
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"{display}{said}>{}</math>",
        w.row(nodes)
    )
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    /// the alphabet in force
    font: &'a str,
    /// whether limits stand above and below
    display: bool,
}

impl Writer<'_> {
    /// One element for some nodes.
    fn row(self, nodes: &[ParseNode]) -> String {
        match nodes {
            [one] => self.node(one),
            nodes => format!("<mrow>{}</mrow>", self.all(nodes)),
        }
    }
    /// Elements side by side; digits next to each other are one number.
    fn all(self, nodes: &[ParseNode]) -> String {
        let mut out = String::new();
        let mut digits = String::new();
        for (i, node) in nodes.iter().enumerate() {
            let next = nodes.get(i + 1).and_then(digit);
            match digit(node) {
                Some(d) if d != '.' || (!digits.is_empty() && next.is_some()) => {
                    digits.push(alphabet(d, self.font));
                }
                Some(_) | None => {
                    self.number(&mut digits, &mut out);
                    out += &self.node(node);
                }
            }
        }
        self.number(&mut digits, &mut out);
        out
    }
    fn number(self, digits: &mut String, out: &mut String) {
        if !digits.is_empty() {
            *out += &tag("mn", digits);
            digits.clear();
        }
    }
    fn letter(self, name: &str) -> String {
        let text = symbol(name, false);
        let mut chars = text.chars();
        let (Some(c), None) = (chars.next(), chars.next()) else {
            return tag("mi", &escape(&text));
        };
        if c.is_ascii_digit() {
            return tag("mn", &alphabet(c, self.font).to_string());
        }
        let shown = escape(&alphabet(c, self.font).to_string());
        // A single letter is slanted unless something else is said.
        let upright = matches!(self.font, "mathrm" | "textrm" | "rm" | "mathnormal-up")
            || !c.is_alphabetic()
            || ('Α'..='Ω').contains(&c) && self.font.is_empty();
        if upright && c.is_alphabetic() {
            return format!("<mi mathvariant=\"normal\">{shown}</mi>");
        }
        if c.is_alphabetic() || c == '∞' || c == '∅' {
            tag("mi", &shown)
        } else {
            tag("mo", &shown)
        }
    }
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "the parser's own enum: what it has for itself is empty here, as in its layout"
    )]
    fn node(self, node: &ParseNode) -> String {
        match node {
            ParseNode::Atom { text, .. } | ParseNode::OpToken { text, .. } => {
                tag("mo", &escape(&symbol(text, false)))
            }
            ParseNode::MathOrd { text, .. } | ParseNode::TextOrd { text, .. } => {
                self.letter(text)
            }
            ParseNode::SpacingNode { text, .. } => space(text),
            ParseNode::Kern { dimension, .. } => {
                format!("<mspace width=\"{}\"/>", length(dimension))
            }
            ParseNode::Rule { width, height, .. } => format!(
                "<mspace width=\"{}\" height=\"{}\" mathbackground=\"black\"/>",
                length(width),
                length(height)
            ),
            ParseNode::OrdGroup { body, .. }
            | ParseNode::Color { body, .. }
            | ParseNode::Sizing { body, .. }
            | ParseNode::HBox { body, .. }
            | ParseNode::MClass { body, .. }
            | ParseNode::Pmb { body, .. }
            | ParseNode::Href { body, .. }
            | ParseNode::Html { body, .. }
            | ParseNode::HtmlMathMl { mathml: body, .. } => self.row(body),
            ParseNode::MathChoice { display, text, .. } => {
                self.row(if self.display { display } else { text })
            }
            ParseNode::Styling { style, body, .. } => self.styled(*style, body),
            ParseNode::Font { font, body, .. } => Writer { font, ..self }.node(body),
            ParseNode::Text { body, font, .. } => self.text(body, font.as_deref()),
            ParseNode::Verb { body, .. } => tag("mtext", &escape(body)),
            ParseNode::SupSub { base, sup, sub, .. } => {
                self.scripts(base.as_deref(), sup.as_deref(), sub.as_deref())
            }
            ParseNode::Op { name, body, symbol: big, .. } => {
                self.operator(name.as_deref(), body.as_deref(), *big)
            }
            ParseNode::OperatorName { body, .. } => tag("mi", &escape(&words(body))),
            ParseNode::GenFrac {
                numer,
                denom,
                has_bar_line,
                left_delim,
                right_delim,
                ..
            } => {
                let bar = if *has_bar_line { "" } else { " linethickness=\"0\"" };
                let inner = Writer { display: false, ..self };
                let frac = format!(
                    "<mfrac{bar}>{}{}</mfrac>",
                    inner.node(numer),
                    inner.node(denom)
                );
                match (left_delim, right_delim) {
                    (None, None) => frac,
                    (l, r) => fenced(
                        l.as_deref().unwrap_or("."),
                        &frac,
                        r.as_deref().unwrap_or("."),
                    ),
                }
            }
            ParseNode::Sqrt { body, index: None, .. } => tag("msqrt", &self.node(body)),
            ParseNode::Sqrt { body, index: Some(index), .. } => {
                format!("<mroot>{}{}</mroot>", self.node(body), self.node(index))
            }
            ParseNode::Accent { label, base, .. } => {
                over(&self.node(base), accent(label))
            }
            ParseNode::AccentUnder { label, base, .. } => {
                under(&self.node(base), accent(label))
            }
            ParseNode::HorizBrace { label, is_over, base, .. } => {
                let base = self.node(base);
                if *is_over {
                    over(&base, accent(label))
                } else {
                    under(&base, accent(label))
                }
            }
            ParseNode::Overline { body, .. } => over(&self.node(body), ("‾", true)),
            ParseNode::Underline { body, .. } => under(&self.node(body), ("_", true)),
            ParseNode::XArrow { label, body, below, .. } => {
                let arrow = format!("<mo stretchy=\"true\">{}</mo>", accent(label).0);
                let above = self.node(body);
                match below {
                    Some(below) => format!(
                        "<munderover>{arrow}{}{above}</munderover>",
                        self.node(below)
                    ),
                    None => format!("<mover>{arrow}{above}</mover>"),
                }
            }
            ParseNode::LeftRight { body, left, right, .. } => {
                fenced(left, &self.all(body), right)
            }
            ParseNode::Middle { delim, .. } => {
                format!("<mo stretchy=\"true\">{}</mo>", escape(&delimiter(delim)))
            }
            ParseNode::DelimSizing { size, delim, .. } => format!(
                "<mo stretchy=\"true\" minsize=\"{0}em\" maxsize=\"{0}em\">{1}</mo>",
                ["1", "1.2", "1.8", "2.4", "3"][usize::from(*size).min(4)],
                escape(&delimiter(delim))
            ),
            ParseNode::Array { body, cols, tags, .. } => {
                self.array(body, cols.as_deref(), tags.as_deref())
            }
            ParseNode::Phantom { body, .. } => tag("mphantom", &self.row(body)),
            ParseNode::VPhantom { body, .. } => {
                // It has a height and no width.
                let body = tag("mphantom", &self.node(body));
                format!("<mpadded width=\"0\">{body}</mpadded>")
            }
            ParseNode::Smash { body, .. }
            | ParseNode::Lap { body, .. }
            | ParseNode::RaiseBox { body, .. }
            | ParseNode::VCenter { body, .. } => self.node(body),
            ParseNode::Enclose { label, body, .. } => enclosed(label, &self.node(body)),
            ParseNode::Cr { .. } => "<mspace linebreak=\"newline\"/>".into(),
            ParseNode::Url { url, .. } => tag("mtext", &escape(url)),
            ParseNode::Tag { .. } | ParseNode::NoNumber { .. } => String::new(),
            _ => "<mrow></mrow>".into(),
        }
    }
    fn styled(self, style: StyleStr, body: &[ParseNode]) -> String {
        let display = style == StyleStr::Display;
        let level = match style {
            StyleStr::Display | StyleStr::Text => 0,
            StyleStr::Script => 1,
            StyleStr::Scriptscript => 2,
        };
        let inside = Writer { display, ..self }.all(body);
        format!(
            "<mstyle displaystyle=\"{display}\" scriptlevel=\"{level}\">{inside}</mstyle>"
        )
    }
    /// Text, with the formulas in it.
    fn text(self, body: &[ParseNode], font: Option<&str>) -> String {
        let bold = font.is_some_and(|f| f.contains("bf"));
        let italic = font.is_some_and(|f| f.contains("it"));
        let style = match (bold, italic) {
            (true, _) => " style=\"font-weight: bold\"",
            (_, true) => " style=\"font-style: italic\"",
            _ => "",
        };
        let (mut out, mut words) = (String::new(), String::new());
        let flush = |words: &mut String, out: &mut String| {
            if !words.is_empty() {
                // Blanks at either end would be trimmed.
                let kept = escape(words).replace(' ', "\u{a0}");
                *out += &format!("<mtext{style}>{kept}</mtext>");
                words.clear();
            }
        };
        for node in body {
            match plain(node) {
                Some(text) => words += &text,
                None => {
                    flush(&mut words, &mut out);
                    out += &self.node(node);
                }
            }
        }
        flush(&mut words, &mut out);
        format!("<mrow>{out}</mrow>")
    }
    fn operator(
        self,
        name: Option<&str>,
        body: Option<&[ParseNode]>,
        big: bool,
    ) -> String {
        match (name, body) {
            (Some(name), _) if big => tag("mo", &escape(&symbol(name, false))),
            (Some(name), _) => tag("mi", &escape(name.trim_start_matches('\\'))),
            (None, body) => self.row(body.unwrap_or_default()),
        }
    }
    fn scripts(
        self,
        base: Option<&ParseNode>,
        sup: Option<&ParseNode>,
        sub: Option<&ParseNode>,
    ) -> String {
        let limits = base.is_some_and(|b| self.limits(b));
        let inside = Writer { display: false, ..self };
        let base = base.map_or("<mrow></mrow>".into(), |b| self.node(b));
        let (sup, sub) = (sup.map(|s| inside.node(s)), sub.map(|s| inside.node(s)));
        let (both, up, down) = match limits {
            true => ("munderover", "mover", "munder"),
            false => ("msubsup", "msup", "msub"),
        };
        match (sub, sup) {
            (Some(sub), Some(sup)) => tag(both, &(base + &sub + &sup)),
            (None, Some(sup)) => tag(up, &(base + &sup)),
            (Some(sub), None) => tag(down, &(base + &sub)),
            (None, None) => base,
        }
    }
    /// Whether what is above and below stands there, and not at the side.
    #[allow(clippy::wildcard_enum_match_arm, reason = "only these have limits")]
    fn limits(self, base: &ParseNode) -> bool {
        match base {
            ParseNode::Op { limits, always_handle_sup_sub, .. } => {
                *limits && (self.display || *always_handle_sup_sub == Some(true))
            }
            ParseNode::OperatorName { limits, always_handle_sup_sub, .. } => {
                *limits && (self.display || *always_handle_sup_sub)
            }
            ParseNode::HorizBrace { .. } => true,
            _ => false,
        }
    }
    fn array(
        self,
        body: &[Vec<ParseNode>],
        cols: Option<&[AlignSpec]>,
        tags: Option<&[ArrayTag]>,
    ) -> String {
        let aligned = |c: &&AlignSpec| matches!(c.align_type, AlignType::Align);
        let aligns: Vec<_> = cols.unwrap_or_default().iter().filter(aligned).collect();
        let mut out = String::new();
        for (i, row) in body.iter().enumerate() {
            out += "<mtr>";
            for (n, cell) in row.iter().enumerate() {
                let side = aligns.get(n).and_then(|c| c.align.as_deref());
                let style = match side {
                    Some("l") => " style=\"text-align: left\"",
                    Some("r") => " style=\"text-align: right\"",
                    Some(_) | None => "",
                };
                out += &format!("<mtd{style}>{}</mtd>", self.node(cell));
            }
            if let Some(ArrayTag::Explicit(tag)) = tags.and_then(|t| t.get(i)) {
                out += &format!("<mtd>{}</mtd>", self.row(tag));
            }
            out += "</mtr>";
        }
        tag("mtable", &out)
    }
}

fn tag(name: &str, inside: &str) -> String {
    format!("<{name}>{inside}</{name}>")
}

fn fenced(left: &str, inside: &str, right: &str) -> String {
    let fence = |d: &str, form| match delimiter(d) {
        d if d.is_empty() => String::new(),
        d => format!("<mo form=\"{form}\" stretchy=\"true\">{}</mo>", escape(&d)),
    };
    format!("<mrow>{}{inside}{}</mrow>", fence(left, "prefix"), fence(right, "postfix"))
}

fn over(base: &str, (mark, grows): (&str, bool)) -> String {
    format!("<mover accent=\"true\">{base}<mo stretchy=\"{grows}\">{mark}</mo></mover>")
}

fn under(base: &str, (mark, grows): (&str, bool)) -> String {
    format!(
        "<munder accentunder=\"true\">{base}<mo stretchy=\"{grows}\">{mark}</mo></munder>"
    )
}

/// Frames and strokes, which MathML Core leaves to CSS.
fn enclosed(label: &str, inside: &str) -> String {
    let style = match label {
        "\\fbox" | "\\fcolorbox" | "\\boxed" => "border: 1px solid; padding: 0.2em",
        "\\cancel" | "\\bcancel" | "\\xcancel" | "\\sout" => {
            "text-decoration: line-through"
        }
        _ => return tag("mrow", inside),
    };
    format!("<mrow style=\"{style}\">{inside}</mrow>")
}

/// A digit, or a point between digits.
fn digit(node: &ParseNode) -> Option<char> {
    let (ParseNode::TextOrd { text, .. } | ParseNode::MathOrd { text, .. }) = node else {
        return None;
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_digit() || c == '.' => Some(c),
        _ => None,
    }
}

/// The words of a run of text nodes.
fn words(body: &[ParseNode]) -> String {
    body.iter().filter_map(plain).collect()
}

/// A node as bare text, if it is nothing else.
#[allow(clippy::wildcard_enum_match_arm, reason = "the others are no text")]
fn plain(node: &ParseNode) -> Option<String> {
    match node {
        ParseNode::TextOrd { text, .. }
        | ParseNode::MathOrd { text, .. }
        | ParseNode::Atom { text, .. } => Some(symbol(text, true)),
        ParseNode::SpacingNode { .. } => Some(" ".into()),
        ParseNode::OrdGroup { body, .. } | ParseNode::Text { body, .. } => {
            body.iter().map(plain).collect()
        }
        _ => None,
    }
}

fn space(name: &str) -> String {
    let width = match name {
        "\\," | "\\thinspace" => "0.1667em",
        "\\:" | "\\>" | "\\medspace" => "0.2222em",
        "\\;" | "\\thickspace" => "0.2778em",
        "\\!" | "\\negthinspace" => "-0.1667em",
        "\\enspace" => "0.5em",
        "\\quad" => "1em",
        "\\qquad" => "2em",
        _ => return "<mtext>\u{a0}</mtext>".into(),
    };
    format!("<mspace width=\"{width}\"/>")
}

/// A length in em: KaTeX's own, at 10 points.
fn length(m: &Measurement) -> String {
    let em = match m.unit.as_str() {
        "em" => m.number,
        "mu" => m.number / 18.0,
        "ex" => m.number * 0.431,
        "mm" => m.number * 0.2845,
        "cm" => m.number * 2.845,
        "in" => m.number * 7.227,
        _ => m.number / 10.0,
    };
    let milli = (em * 1000.0).round().clamp(-1e6, 1e6) as i64;
    format!("{}em", milli as f64 / 1000.0)
}

/// Text or the value of an attribute. What XML forbids is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() || (c as u32 & 0xfffe) == 0xfffe => {}
            '\u{fdd0}'..='\u{fdef}' => {}
            c => out.push(c),
        }
    }
    out
}
