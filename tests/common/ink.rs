//! Composed lines as ink, in the built-in faces: which glyph of which face stands
//! where, and the box of its ink, in em from the start of the line and from the
//! baseline.

use keben::book::{BlockKind, Book};
use keben::cjk::{Region, Rules};
use keben::config::{self, Limits};
use keben::diag::Sink;
use keben::font::shape::{LangId, Shaper};
use keben::font::{Cut, FaceId, FontSet, Role, Side};
use keben::geom::Len;
use keben::line::{self, Line, Paragraph, Shape, flatten};
use keben::manuscript;
use keben::page::{self, Draw};
use keben::picture::Pictures;
use keben::source::Sources;
use keben::theme::{self, TextStyle, Theme};
use skrifa::{FontRef, GlyphId, MetadataProvider, outline};
use std::sync::LazyLock;

/// The built-in faces, parsed once.
pub(crate) static FONTS: LazyLock<FontSet> = LazyLock::new(|| FontSet::new(vec![]));

/// The size of every line here: 1 em.
const EM: Len = Len::milli_pt(10_000);

/// A Han role, bold or not.
pub(crate) type Han = (Role, bool);

/// The Han cuts that have a face of their own.
pub(crate) const CUTS: [Han; 5] = [
    (Role::Song, false),
    (Role::Song, true),
    (Role::Hei, false),
    (Role::Hei, true),
    (Role::Kai, false),
];

/// Languages of the regions.
pub(crate) const CN: &str = "zh-Hans-CN";
pub(crate) const TW: &str = "zh-Hant-TW";
pub(crate) const HK: &str = "zh-Hant-HK";
pub(crate) const JA: &str = "ja";

/// A box of ink.
#[derive(Debug, Copy, Clone)]
pub(crate) struct Ink {
    pub(crate) x0: f64,
    pub(crate) x1: f64,
    pub(crate) y0: f64,
    pub(crate) y1: f64,
}

/// A glyph in a line.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// what it stands for
    pub(crate) text: String,
    pub(crate) face: FaceId,
    pub(crate) glyph: u16,
    /// origin
    pub(crate) at: f64,
    /// baseline, above that of the line
    pub(crate) rise: f64,
    /// none for a blank glyph
    pub(crate) ink: Option<Ink>,
}

impl Mark {
    /// PostScript name of its face.
    pub(crate) fn name(&self) -> &'static str {
        &FONTS.face(self.face).name
    }
    /// The same glyph somewhere else.
    pub(crate) fn moved(&self, x: f64, y: f64) -> Mark {
        let to = |i: Ink| Ink { x0: i.x0 + x, x1: i.x1 + x, y0: i.y0 + y, y1: i.y1 + y };
        Mark {
            at: self.at + x,
            rise: self.rise + y,
            ink: self.ink.map(to),
            ..self.clone()
        }
    }
    /// How many outlines it has: the dots of an ellipsis.
    pub(crate) fn outlines(&self) -> usize {
        let face = FONTS.face(self.face);
        let font = FontRef::from_index(&face.data, face.index).expect("a font");
        let glyph = font.outline_glyphs().get(GlyphId::from(self.glyph));
        let size = skrifa::instance::Size::unscaled();
        let place = skrifa::instance::LocationRef::default();
        let mut path = Vec::<outline::pen::PathElement>::new();
        let settings = outline::DrawSettings::unhinted(size, place);
        glyph.expect("a glyph").draw(settings, &mut path).expect("outlines");
        let starts = |e: &&_| matches!(e, outline::pen::PathElement::MoveTo { .. });
        path.iter().filter(starts).count()
    }
}

/// Glyphs somewhere else.
pub(crate) fn moved(marks: &[Mark], x: f64, y: f64) -> Vec<Mark> {
    marks.iter().map(|m| m.moved(x, y)).collect()
}

/// Body text in a cut.
pub(crate) fn style((han, bold): Han) -> TextStyle {
    let latin = if han == Role::Hei { Role::Sans } else { Role::Serif };
    let cut = Cut { han, latin, bold, italic: false };
    TextStyle { cut, ..default_theme().body.style(EM) }
}

pub(crate) fn default_theme() -> Theme {
    theme::named("default", &mut Sink::default())
}

/// A line in a book of a language, longer than any text here.
pub(crate) fn line(text: &str, han: Han, lang: &str) -> Vec<Mark> {
    lay(&Paragraph::plain(text, style(han)), &rules(lang), lang, 100)
}

/// The rules of a language.
pub(crate) fn rules(lang: &str) -> Rules {
    Rules::of(Region::of(lang))
}

/// The first line of a paragraph.
pub(crate) fn lay(p: &Paragraph, rules: &Rules, lang: &str, chars: i64) -> Vec<Mark> {
    lines(p, rules, lang, chars).remove(0)
}

/// The lines of a paragraph.
pub(crate) fn lines(
    p: &Paragraph,
    rules: &Rules,
    lang: &str,
    chars: i64,
) -> Vec<Vec<Mark>> {
    let mut shaper = Shaper::new(&FONTS, lang);
    let shape = Shape {
        measure: EM * chars,
        indent: Len::ZERO,
        justify: true,
        ..Shape::default()
    };
    let lines = line::lay(p, shape, rules, &mut shaper, &mut vec![]);
    lines.iter().map(|l| marks(l, &shaper)).collect()
}

fn marks(line: &Line, shaper: &Shaper<'_>) -> Vec<Mark> {
    let mut out = vec![];
    for run in &line.runs {
        for g in &run.glyphs {
            let (from, to) = g.text;
            let text = &run.text[from as usize..to as usize];
            let mark = mark(shaper, run.face, g.id, em(run.size), text);
            out.push(mark.moved(em(run.at + g.at()), em(run.rise)));
        }
    }
    out
}

/// A glyph of a size in em at the origin.
fn mark(shaper: &Shaper<'_>, face: FaceId, glyph: u16, size: f64, text: &str) -> Mark {
    let scale = size / f64::from(FONTS.face(face).upem);
    let to_em = |n: f32| f64::from(n) * scale;
    let ink = shaper.ink(face, glyph).map(|i| Ink {
        x0: to_em(i.x0),
        x1: to_em(i.x1),
        y0: to_em(i.y0),
        y1: to_em(i.y1),
    });
    Mark { text: text.to_string(), face, glyph, at: 0.0, rise: 0.0, ink }
}

fn em(l: Len) -> f64 {
    l.to_pt() / EM.to_pt()
}

/// The same text as the face alone would have it, with its own advances: what a
/// program without rules sets. Shaped as Latin text, in a language.
pub(crate) fn raw(text: &str, (han, bold): Han, lang: &str) -> Vec<Mark> {
    let mut shaper = Shaper::new(&FONTS, lang);
    let cut = style((han, bold)).cut;
    let face = shaper.pick(cut, Side::Han, '甲').expect("a face");
    let upem = f64::from(FONTS.face(face).upem);
    let (mut pen, mut out) = (0.0, vec![]);
    for g in shaper.shape(face, Side::Latin, LangId::BOOK, text).iter() {
        let c = text[g.cluster as usize..].chars().next().unwrap_or_default();
        let here = mark(&shaper, face, g.id, 1.0, &c.to_string());
        out.push(here.moved(pen + f64::from(g.dx) / upem, 0.0));
        pen += f64::from(g.advance) / upem;
    }
    out
}

/// The one paragraph of a manuscript, flattened.
pub(crate) fn manuscript(markdown: &str, style: TextStyle, theme: &Theme) -> Paragraph {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let file = sources.add("case.md", markdown);
    let limits = Limits::default();
    let chapter = manuscript::chapter(markdown, file, "case.md", &limits, &mut sink);
    match chapter.blocks.first().map(|b| &b.kind) {
        Some(BlockKind::Paragraph(x)) => flatten::flatten(x, style, theme, &|_, _| None),
        other => panic!("no paragraph but {other:?}"),
    }
}

/// The baselines of the body's first page, downwards, in em of the body.
pub(crate) fn baselines(markdown: &str) -> Vec<f64> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let toml = "[book]\ntitle = \"书名\"\n[page]\nsize = 10\nleading = 16\n";
    let config = config::read(toml, sources.add("book.toml", toml), &mut sink);
    let file = sources.add("case.md", markdown);
    let limits = Limits::default();
    let chapter = manuscript::chapter(markdown, file, "case.md", &limits, &mut sink);
    let book =
        Book { meta: config.meta.clone(), chapters: vec![chapter], ..Book::default() };
    let (theme, pictures) = (default_theme(), Pictures::default());
    let input = page::Input {
        book: &book,
        config: &config,
        theme: &theme,
        fonts: &FONTS,
        pictures: &pictures,
    };
    let pages = page::pages(&input, None, &mut sink, &|| {});
    let page = pages.iter().find(|p| p.label == "1").expect("a page");
    let text = page.items.iter().filter_map(|(at, draw, _)| match draw {
        Draw::Text(run) if run.size >= EM.frac(9, 10) && run.size <= EM => Some(at.y),
        Draw::Text(_) | Draw::Rule { .. } | Draw::Image { .. } => None,
        Draw::Turned(_) | Draw::Path { .. } => None,
    });
    let mut out: Vec<_> = text.collect();
    out.sort();
    out.dedup();
    out.into_iter().map(em).collect()
}
