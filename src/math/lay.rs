//! The tree, laid out: glyphs, rules and outlines at their places, in pieces
//! between which a line may end.
//!
//! Every number is in millionths of the formula's em ([`super::SIZE`] of the
//! text's): floats end here.

use super::{Fault, Style, Tree};
use ratex_layout::layout_box::{BoxContent, LayoutBox};
use ratex_layout::{
    FallbackGlyphMetrics, LayoutOptions, layout_with_fallback_metrics, to_display_list,
    validate_layout,
};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::AtomFamily;
use ratex_types::{DisplayItem, MathStyle, PathCommand};
use std::collections::HashMap;
use std::sync::Arc;

/// A formula, laid out.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Formula {
    /// one, or several between which a line may end
    pub parts: Vec<Part>,
    /// what stands at the end of the line: numbers of equations
    pub tags: Vec<Tag>,
}

/// A piece of a formula.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Part {
    /// its width
    pub width: i64,
    /// height above the baseline
    pub above: i64,
    /// depth below it
    pub below: i64,
    /// what is drawn
    pub marks: Vec<Mark>,
    /// the space behind it, gone where a line ends there, and after what it stands
    pub joint: Option<(i64, Joint)>,
}

/// After what a line may end in a formula (TeXbook, chapter 18).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Joint {
    /// after =, <, →
    Relation,
    /// after +, −, ×
    Operator,
}

/// The number of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// its baseline above that of the formula
    pub rise: i64,
    /// what it says
    pub part: Part,
    /// the same as text, where it is nothing more
    pub text: Option<String>,
}

impl Tag {
    fn new(rise: i64, part: Part) -> Tag {
        let letter = |m: &Mark| matches!(m.shape, Shape::Glyph { scale: 1000, .. });
        let plain = part.marks.iter().all(|m| letter(m) && m.rise == 0);
        // What is typed as a hyphen is one: a tag is text.
        let text = part.marks.iter().filter_map(Mark::text);
        let text = text.map(|c| if c == '−' { '-' } else { c }).collect();
        Tag { rise, part, text: plain.then_some(text) }
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// from the start of the piece
    pub at: i64,
    /// above the baseline
    pub rise: i64,
    /// black in percent
    pub black: u8,
    /// what
    pub shape: Shape,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A character; the place is the start of its baseline.
    Glyph {
        /// name of the face among KaTeX's, such as `Math-Italic`
        face: &'static str,
        /// the character in that face
        glyph: char,
        /// what it stands for: nothing, where it is the middle of a tall brace
        text: Option<char>,
        /// size in thousandths of the formula's em
        scale: u16,
    },
    /// A rectangle; the place is its lower left corner.
    Rule {
        /// width
        width: i64,
        /// height
        height: i64,
    },
    /// An outline, from the place, y downwards.
    Path {
        /// its steps
        steps: Vec<Step>,
        /// width of its line; `None` where it is filled
        line: Option<i64>,
    },
}

/// A step of an outline; points as (x, y).
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum Step {
    /// begin here
    Move(i64, i64),
    /// a straight line
    Line(i64, i64),
    /// a Bézier curve with two handles
    Curve([(i64, i64); 3]),
    /// back to the beginning
    Close,
}

impl Formula {
    /// Its characters in the order in which they are drawn.
    pub fn text(&self) -> String {
        self.parts.iter().flat_map(|p| &p.marks).filter_map(Mark::text).collect()
    }
    /// Width without breaks.
    pub fn width(&self) -> i64 {
        self.parts.iter().map(|p| p.width + p.joint.map_or(0, |j| j.0)).sum()
    }
    /// Height above the baseline.
    pub fn above(&self) -> i64 {
        self.parts.iter().map(|p| p.above).max().unwrap_or_default()
    }
    /// Depth below it.
    pub fn below(&self) -> i64 {
        self.parts.iter().map(|p| p.below).max().unwrap_or_default()
    }
}

impl Mark {
    /// The character that it stands for.
    pub fn text(&self) -> Option<char> {
        match self.shape {
            Shape::Glyph { text, .. } => text,
            Shape::Rule { .. } | Shape::Path { .. } => None,
        }
    }
}

/// Lays a tree out.
pub(super) fn lay(tree: &Tree, style: Style) -> Result<Formula, Fault> {
    let style = match style {
        Style::Inline => MathStyle::Text,
        Style::Display => MathStyle::Display,
    };
    let setter = Setter::new(style, &tree.wide);
    let mut children = setter.row(&tree.nodes)?;
    let mut formula = Formula::default();
    if let Some(tag) = &tree.tag {
        let part = part(hbox(setter.row(tag)?));
        formula.tags.push(Tag::new(0, part));
    }
    row_tags(&mut children, &mut formula);
    let inline = style == MathStyle::Text;
    let cuts = if inline { setter.cuts(&tree.nodes, &children)? } else { vec![] };
    let (mut rest, mut joint) = (children, None);
    for (at, kind) in cuts.into_iter().rev() {
        let mut tail = rest.split_off(at);
        let space = tail.remove(0).width;
        formula.parts.push(Part { joint, ..part(hbox(tail)) });
        joint = Some((micro(space), kind));
    }
    formula.parts.push(Part { joint, ..part(hbox(rest)) });
    formula.parts.reverse();
    Ok(formula)
}

struct Setter {
    options: LayoutOptions,
    host: Arc<HashMap<char, FallbackGlyphMetrics>>,
}

impl Setter {
    fn new(style: MathStyle, wide: &[char]) -> Setter {
        let options = LayoutOptions { style, ..LayoutOptions::default() };
        Setter { options, host: Arc::new(host(wide)) }
    }
    /// The boxes of some nodes, one for each and a kern where TeX puts one.
    fn row(&self, nodes: &[ParseNode]) -> Result<Vec<LayoutBox>, Fault> {
        let host = self.host.clone();
        let tree = layout_with_fallback_metrics(nodes, &self.options, host);
        validate_layout(&tree).map_err(|message| Fault { message, at: 0..0 })?;
        if let BoxContent::HBox(children) = tree.content {
            return Ok(children);
        }
        Ok(vec![tree])
    }
    /// The kerns at which a line may end, by index, and after what.
    fn cuts(
        &self,
        nodes: &[ParseNode],
        children: &[LayoutBox],
    ) -> Result<Vec<(usize, Joint)>, Fault> {
        let kern = |i: usize| {
            children.get(i).is_some_and(|b| matches!(b.content, BoxContent::Kern))
        };
        let (mut out, mut at) = (vec![], 0);
        for node in nodes {
            let own = self.row(std::slice::from_ref(node))?;
            let blank = matches!(own[..], [LayoutBox { content: BoxContent::Kern, .. }]);
            while !blank && kern(at) {
                at += 1;
            }
            at += 1;
            if let (Some(joint), true) = (joint(node), kern(at)) {
                out.push((at, joint));
            }
        }
        // Where nodes and boxes do not go together the formula stays whole.
        Ok(if at == children.len() { out } else { vec![] })
    }
}

fn joint(node: &ParseNode) -> Option<Joint> {
    let ParseNode::Atom { family, .. } = node else { return None };
    match family {
        AtomFamily::Rel => Some(Joint::Relation),
        AtomFamily::Bin => Some(Joint::Operator),
        AtomFamily::Close | AtomFamily::Inner | AtomFamily::Open | AtomFamily::Punct => {
            None
        }
    }
}

/// Sizes of a formula's Han characters: they stand in the body's face and size.
fn host(wide: &[char]) -> HashMap<char, FallbackGlyphMetrics> {
    let em = 1000.0 / super::SIZE as f64;
    let size = FallbackGlyphMetrics { width: em, height: 0.88 * em, depth: 0.12 * em };
    wide.iter().map(|c| (*c, size)).collect()
}

/// Takes the numbers of rows out of a formula that is one array: they stand at the
/// end of the page's line, not of the array's.
fn row_tags(children: &mut [LayoutBox], formula: &mut Formula) {
    let [only] = children else { return };
    let BoxContent::Array {
        row_tags,
        row_heights,
        row_depths,
        offset,
        array_inner_width,
        tag_col_width,
        ..
    } = &mut only.content
    else {
        return;
    };
    let mut y = *offset;
    for ((tag, above), below) in row_tags.iter_mut().zip(row_heights).zip(row_depths) {
        y -= *above;
        if let Some(tag) = tag.take() {
            formula.tags.push(Tag::new(micro(y), part(tag)));
        }
        y -= *below;
    }
    *tag_col_width = 0.0;
    only.width = *array_inner_width;
}

/// Boxes side by side.
fn hbox(children: Vec<LayoutBox>) -> LayoutBox {
    ratex_layout::hbox::make_hbox(children)
}

fn part(tree: LayoutBox) -> Part {
    let list = to_display_list(&tree);
    let baseline = list.height;
    let mut marks: Vec<Mark> = vec![];
    for item in list.items {
        mark(item, baseline, &mut marks);
    }
    Part {
        width: micro(list.width),
        above: micro(list.height),
        below: micro(list.depth),
        marks,
        joint: None,
    }
}

fn mark(item: DisplayItem, baseline: f64, out: &mut Vec<Mark>) {
    let mut push = |x: f64, y: f64, color: &ratex_types::Color, shape| {
        let (at, rise) = (micro(x), micro(baseline - y));
        out.push(Mark { at, rise, black: black(color), shape });
    };
    match item {
        DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
            let Some(c) = char::from_u32(char_code) else { return };
            let id = ratex_font::FontId::parse(&font);
            let id = id.unwrap_or(ratex_font::FontId::MainRegular);
            let shape = Shape::Glyph {
                face: id.as_str(),
                glyph: ratex_font::katex_ttf_glyph_char(id, char_code),
                text: super::tables::stands_for(c),
                scale: (scale * 1000.0).round().clamp(0.0, 20_000.0) as u16,
            };
            push(x, y, &color, shape);
        }
        DisplayItem::Line { x, y, width, thickness, color, dashed } => {
            let (dash, step) = if dashed { (4.0, 8.0) } else { (f64::MAX, f64::MAX) };
            let (dash, step) = (dash * thickness, step * thickness);
            let (mut from, y, height) = (0.0, y + thickness / 2.0, micro(thickness));
            let mut dashes = 0;
            while from < width && dashes < DASHES {
                let width = micro((width - from).min(dash));
                push(x + from, y, &color, Shape::Rule { width, height });
                from += step;
                dashes += 1;
            }
        }
        DisplayItem::Rect { x, y, width, height, color } => {
            let shape = Shape::Rule { width: micro(width), height: micro(height) };
            push(x, y + height, &color, shape);
        }
        DisplayItem::Path { x, y, commands, fill, color } => {
            let line = (!fill).then_some(LINE);
            push(x, y, &color, Shape::Path { steps: steps(&commands), line });
        }
    }
}

/// More dashes than any line of a page has.
const DASHES: usize = 4096;
/// Width of a line that is no rule: KaTeX's, 0.046 em.
const LINE: i64 = 46_000;

fn steps(commands: &[PathCommand]) -> Vec<Step> {
    let mut pen = (0.0, 0.0);
    let point = |(x, y): (f64, f64)| (micro(x), micro(y));
    let step = |command: &PathCommand| match *command {
        PathCommand::MoveTo { x, y } => {
            pen = (x, y);
            Step::Move(micro(x), micro(y))
        }
        PathCommand::LineTo { x, y } => {
            pen = (x, y);
            Step::Line(micro(x), micro(y))
        }
        PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
            pen = (x, y);
            Step::Curve([(x1, y1), (x2, y2), (x, y)].map(point))
        }
        PathCommand::QuadTo { x1, y1, x, y } => {
            let third = |a: f64, b: f64| a + (b - a) * 2.0 / 3.0;
            let from = (third(pen.0, x1), third(pen.1, y1));
            let to = (third(x, x1), third(y, y1));
            pen = (x, y);
            Step::Curve([from, to, (x, y)].map(point))
        }
        PathCommand::Close => Step::Close,
    };
    commands.iter().map(step).collect()
}

/// Colours as greys, by their luminance (ITU-R BT.709).
fn black(color: &ratex_types::Color) -> u8 {
    let light = 0.2126 * color.r + 0.7152 * color.g + 0.0722 * color.b;
    (100.0 - f64::from(light) * 100.0).round().clamp(0.0, 100.0) as u8
}

/// A float of the layout as a whole number.
fn micro(em: f64) -> i64 {
    (em * 1e6).round().clamp(-1e12, 1e12) as i64
}
