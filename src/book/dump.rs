//! The model as text, one block a line, for goldens and `keben inspect book`.

use super::{Block, BlockKind, Book, Chapter, Inline, Listing, Role, Table, Target};
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
        BlockKind::Heading { level, id, text } => {
            writeln!(out, "{pad}h{level} #{id} | {}", inlines(text)).ok()
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
                writeln!(out, "{pad}term | {}", inlines(&d.term)).ok();
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
            let n = f.number.as_deref().unwrap_or("-");
            let (path, alt) = (&f.picture.path, &f.picture.alt);
            writeln!(out, "{pad}figure {path} {alt:?} {n} | {}", inlines(&f.caption)).ok()
        }
        BlockKind::Table(t) => {
            table(t, &pad, out);
            None
        }
        BlockKind::Math(e) => {
            let id = e.id.as_ref().map_or(String::new(), |id| format!(" #{id}"));
            let number = e.number.as_ref().map_or(String::new(), |n| format!(" ({n})"));
            writeln!(out, "{pad}math{id}{number} | {}", e.tex.text).ok()
        }
        BlockKind::Break => writeln!(out, "{pad}break").ok(),
    };
}

fn listing(c: &Listing, pad: &str, out: &mut String) {
    write!(out, "{pad}code {}", c.lang.as_deref().unwrap_or("-")).ok();
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

fn table(t: &Table, pad: &str, out: &mut String) {
    let n = t.number.as_deref().unwrap_or("-");
    writeln!(out, "{pad}table {:?} {n} | {}", t.align, inlines(&t.caption)).ok();
    for row in std::iter::once(&t.head).chain(&t.rows) {
        let cells: Vec<_> = row.iter().map(|c| inlines(c)).collect();
        writeln!(out, "{pad}  | {}", cells.join(" | ")).ok();
    }
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
            Inline::Code(t) => write!(out, "{{code {}}}", t.text).unwrap_or_default(),
            Inline::Math(t) => write!(out, "{{math {}}}", t.text).unwrap_or_default(),
            Inline::Link { to, text, .. } => {
                let to = match to {
                    Target::Url(u) => u.clone(),
                    Target::Anchor(a) => format!("#{a}"),
                };
                write!(out, "{{link {to} {}}}", inlines(text)).unwrap_or_default()
            }
            Inline::Picture(p) => {
                write!(out, "{{picture {} {:?}}}", p.path, p.alt).unwrap_or_default()
            }
            Inline::Note { index, .. } => {
                write!(out, "{{note {}}}", index + 1).unwrap_or_default()
            }
            Inline::Newline => out.push_str("{newline}"),
        }
    }
    out
}

fn wrap(name: &str, x: &[Inline], out: &mut String) {
    write!(out, "{{{name} {}}}", inlines(x)).unwrap_or_default();
}
