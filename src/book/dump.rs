//! The model as text, one block a line, for goldens and `keben inspect book`.

use super::{
    Block, BlockKind, Book, Cell, Chapter, Figure, Inline, Listing, Placement, Ref, Role,
    Table, Target,
};
use std::fmt::Write;

/// The whole book.
pub fn dump(book: &Book) -> String {
    let mut out = String::new();
    let m = &book.meta;
    writeln!(out, "book {:?} {} {}", m.title, m.lang, m.identifier).ok();
    for c in &book.chapters {
        chapter(c, &mut out);
    }
    out
}

fn chapter(c: &Chapter, out: &mut String) {
    if let Some(part) = &c.part {
        writeln!(out, "part {}", part.name()).ok();
    }
    let number = c.number.as_deref().map_or(String::new(), |n| format!(" {n}"));
    let role = if c.role == Role::plain(c.division) {
        String::new()
    } else {
        format!(" {:?}", c.role)
    };
    let title = inlines(&c.title);
    writeln!(out, "{:?}{role} #{}{number} | {title}", c.division, c.id).ok();
    blocks(&c.blocks, 1, out);
    for (n, note) in c.notes.iter().enumerate() {
        writeln!(out, "  note {}", n + 1).ok();
        blocks(&note.blocks, 2, out);
    }
}

/// Some blocks, indented by `depth`.
pub fn blocks(list: &[Block], depth: usize, out: &mut String) {
    for b in list {
        block(&b.kind, depth, out);
    }
}

fn block(kind: &BlockKind, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    match kind {
        BlockKind::Paragraph(t) => writeln!(out, "{pad}p | {}", inlines(t)).ok(),
        BlockKind::Continued(t) => writeln!(out, "{pad}goes on | {}", inlines(t)).ok(),
        BlockKind::Heading { level, id, number, text } => {
            let n = number.as_deref().map_or(String::new(), |n| format!(" {n}"));
            writeln!(out, "{pad}h{level} #{id}{n} | {}", inlines(text)).ok()
        }
        BlockKind::Quote(b) => {
            writeln!(out, "{pad}quote").ok();
            blocks(b, depth + 1, out);
            None
        }
        BlockKind::Alert { kind, blocks: b } => {
            writeln!(out, "{pad}alert {}", kind.name()).ok();
            blocks(b, depth + 1, out);
            None
        }
        BlockKind::Verse(stanzas) => {
            for stanza in stanzas {
                writeln!(out, "{pad}stanza").ok();
                for line in stanza {
                    writeln!(out, "{pad}  | {}", inlines(line)).ok();
                }
            }
            None
        }
        BlockKind::List { start, tight, items } => {
            let kind = start.map_or("bullets".into(), |n| format!("numbers {n}"));
            writeln!(out, "{pad}{kind}{}", if *tight { "" } else { " loose" }).ok();
            for item in items {
                let task = match item.task {
                    None => "",
                    Some(true) => " [x]",
                    Some(false) => " [ ]",
                };
                writeln!(out, "{pad}  item{task}").ok();
                blocks(&item.blocks, depth + 2, out);
            }
            None
        }
        BlockKind::Definitions(list) => {
            for d in list {
                writeln!(out, "{pad}term{} | {}", hash(&d.id), inlines(&d.term)).ok();
                for m in &d.meanings {
                    writeln!(out, "{pad}  meaning").ok();
                    blocks(m, depth + 2, out);
                }
            }
            None
        }
        BlockKind::Code(c) => {
            listing(c, &pad, out);
            None
        }
        BlockKind::Figure(f) => {
            figure(f, &pad, out);
            None
        }
        BlockKind::Styled { style, blocks: b } => {
            writeln!(out, "{pad}{}", style.name()).ok();
            blocks(b, depth + 1, out);
            None
        }
        BlockKind::Dialogue(list) => {
            for s in list {
                writeln!(out, "{pad}speech | {}", inlines(&s.name)).ok();
                blocks(&s.blocks, depth + 1, out);
            }
            None
        }
        BlockKind::Table(t) => {
            table(t, depth, out);
            None
        }
        BlockKind::Math(e) => {
            let id = hash(&e.id);
            let number = e.number.as_ref().map_or(String::new(), |n| format!(" ({n})"));
            writeln!(out, "{pad}math{id}{number} | {}", e.tex.text).ok()
        }
        BlockKind::Break => writeln!(out, "{pad}break").ok(),
    };
}

fn listing(c: &Listing, pad: &str, out: &mut String) {
    let id = hash(&c.id);
    write!(out, "{pad}code{id} {}", c.lang.as_deref().unwrap_or("-")).ok();
    if let Some(first) = c.first {
        write!(out, " from {first}").ok();
    }
    for r in &c.marked {
        write!(out, " marked {}-{}", r.start(), r.end()).ok();
    }
    if !c.caption.is_empty() {
        let n = c.number.as_deref().unwrap_or("-");
        write!(out, " {n} | {}", inlines(&c.caption)).ok();
    }
    out.push('\n');
    for line in c.text.lines() {
        writeln!(out, "{pad}  | {line}").ok();
    }
}

fn figure(f: &Figure, pad: &str, out: &mut String) {
    write!(out, "{pad}figure{}", hash(&f.id)).ok();
    match f.place {
        Placement::Float => {}
        Placement::Here => out.push_str(" here"),
        Placement::Page => out.push_str(" page"),
    }
    f.width.iter().for_each(|w| write!(out, " {w}%").unwrap_or_default());
    if let [p] = f.panels.as_slice() {
        write!(out, " {} {:?}", p.picture.path, p.picture.alt).ok();
    }
    let n = f.number.as_deref().unwrap_or("-");
    writeln!(out, " {n} | {}", inlines(&f.caption)).ok();
    for text in &f.description {
        writeln!(out, "{pad}  description | {text}").ok();
    }
    for p in f.panels.iter().filter(|_| f.panels.len() > 1) {
        let (path, alt, n) = (&p.picture.path, &p.picture.alt, p.number.as_deref());
        let (n, caption) = (n.unwrap_or("-"), inlines(&p.caption));
        writeln!(out, "{pad}  panel {path} {alt:?} {n} | {caption}").ok();
    }
}

/// A row on one line, where its cells have no more than a paragraph each.
fn table(t: &Table, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let n = t.number.as_deref().unwrap_or("-");
    write!(out, "{pad}table{} {:?}", hash(&t.id), t.align).ok();
    if !t.widths.is_empty() {
        write!(out, " widths {:?}", t.widths).ok();
    }
    out.push_str(if t.turn { " turned" } else { "" });
    writeln!(out, " {n} | {}", inlines(&t.caption)).ok();
    if t.head.is_empty() {
        writeln!(out, "{pad}  |").ok();
    }
    for (i, row) in t.head.iter().chain(&t.rows).enumerate() {
        let head = i < t.head.len();
        let cells: Vec<_> = row.iter().map(|c| cell(c, head)).collect();
        writeln!(out, "{pad}  | {}", cells.join(" | ")).ok();
        for c in row.iter().filter(|c| c.text().is_none()) {
            writeln!(out, "{pad}    cell").ok();
            blocks(&c.blocks, depth + 3, out);
        }
    }
    for note in &t.notes {
        writeln!(out, "{pad}  note | {}", inlines(note)).ok();
    }
}

fn cell(c: &Cell, head: bool) -> String {
    let mut out = String::new();
    if (c.columns, c.rows) != (1, 1) {
        write!(out, "{}×{} ", c.columns, c.rows).ok();
    }
    if c.heading && !head {
        out.push_str("th ");
    }
    c.align.iter().for_each(|a| write!(out, "{a:?} ").unwrap_or_default());
    out + &c.text().map_or_else(|| "…".into(), inlines)
}

/// Inlines on one line, with marks that stand for their kinds.
pub fn inlines(list: &[Inline]) -> String {
    let mut out = String::new();
    for i in list {
        match i {
            Inline::Text(t) => out.push_str(&t.text),
            Inline::Emph(x) => wrap("emph", x, &mut out),
            Inline::Strong(x) => wrap("strong", x, &mut out),
            Inline::Strike(x) => wrap("strike", x, &mut out),
            Inline::Super(x) => wrap("sup", x, &mut out),
            Inline::Sub(x) => wrap("sub", x, &mut out),
            Inline::Lang { lang, text } => wrap(&format!("lang {lang}"), text, &mut out),
            Inline::Marked { mark, text } => wrap(mark.name(), text, &mut out),
            Inline::Ruby(r) => write!(out, "{{ruby {} {}}}", r.base.text, r.reading.text)
                .unwrap_or_default(),
            Inline::Code(t) => write!(out, "{{code {}}}", t.text).unwrap_or_default(),
            Inline::Math(t) => write!(out, "{{math {}}}", t.text).unwrap_or_default(),
            Inline::Link { to, text, .. } => {
                let to = target(to);
                write!(out, "{{link {to} {}}}", inlines(text)).unwrap_or_default()
            }
            Inline::Picture(p) => {
                write!(out, "{{picture {} {:?}}}", p.path, p.alt).unwrap_or_default()
            }
            Inline::Note { index, .. } => {
                write!(out, "{{note {}}}", index + 1).unwrap_or_default()
            }
            Inline::Ref(r) => reference(r, &mut out),
            Inline::Index(mark) => write!(out, "{mark}").unwrap_or_default(),
            Inline::Newline => out.push_str("{newline}"),
        }
    }
    out
}

fn target(to: &Target) -> String {
    match to {
        Target::Url(u) => u.clone(),
        Target::Anchor(a) => format!("#{a}"),
    }
}

/// An anchor that is given, with a space before it.
fn hash(id: &str) -> String {
    if id.is_empty() { String::new() } else { format!(" #{id}") }
}

/// What it asks for, where it leads, the pattern, and what stands there without
/// pages.
fn reference(r: &Ref, out: &mut String) {
    let (show, to) = (r.show.name(), target(&r.to));
    write!(out, "{{ref {show} {to}").unwrap_or_default();
    for part in [r.pattern.clone(), inlines(&r.text)] {
        if !part.is_empty() {
            write!(out, " {part}").unwrap_or_default();
        }
    }
    out.push('}');
}

fn wrap(name: &str, x: &[Inline], out: &mut String) {
    write!(out, "{{{name} {}}}", inlines(x)).unwrap_or_default();
}
