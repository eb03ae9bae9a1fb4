//! What containers make of their paragraphs: a letter's parts, who speaks in a
//! dialogue, the source below a quotation.

use super::blocks::Builder;
use super::token::Token;
use crate::book::{Block, BlockKind, BlockStyle, Inline, Speech, Text, text};

/// Words that stand alone two em in, before what stands flush: 此致 and 敬礼.
const REGARDS: [&str; 16] = [
    "此致", "祝", "敬祝", "谨祝", "恭祝", "顺祝", "顺颂", "即颂", "敬颂", "此颂", "順祝",
    "順頌", "即頌", "敬頌", "此頌", "謹祝",
];
/// A line of a letter's head and foot is short.
const SHORT: usize = 16;
/// A speaker's name is.
const NAME: usize = 12;

/// A block that says what it is.
pub(super) fn styled(style: BlockStyle, block: Block) -> Block {
    let span = block.span;
    Block { kind: BlockKind::Styled { style, blocks: vec![block] }, span }
}

fn words(block: &Block) -> Option<String> {
    let BlockKind::Paragraph(t) = &block.kind else { return None };
    Some(text::plain(t).trim().to_string())
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= SHORT
}

/// The paragraphs of a letter, told apart by what stands in them and where.
pub(super) fn letter(blocks: Vec<Block>) -> Vec<Block> {
    let regards = |b: &Block| {
        let said = words(b).unwrap_or_default();
        REGARDS.contains(&said.trim_end_matches(['，', '：', '！', ',', ':']))
    };
    let at = blocks.iter().rposition(regards);
    let wish = at.map(|i| i + 1);
    let foot = wish.map_or_else(|| unsigned(&blocks), |i| i + 1);
    let mut out = vec![];
    for (i, block) in blocks.into_iter().enumerate() {
        let said = words(&block);
        let style = match &said {
            None => None,
            Some(said) if i == 0 && said.ends_with(['：', ':', '，', ',']) => {
                Some(BlockStyle::Salutation).filter(|_| is_short(said))
            }
            Some(_) if Some(i) == at => Some(BlockStyle::Regards),
            Some(said) if Some(i) == wish && is_short(said) => Some(BlockStyle::Respects),
            Some(said) if i >= foot && is_short(said) => Some(BlockStyle::Signature),
            Some(_) => None,
        };
        out.push(match style {
            Some(style) => styled(style, block),
            None => block,
        });
    }
    out
}

/// Where the signature begins, where no 此致 comes before it: short lines at the
/// end that are no sentences.
fn unsigned(blocks: &[Block]) -> usize {
    let signs = |b: &&Block| {
        let said = words(b).unwrap_or_default();
        is_short(&said) && !said.ends_with(['。', '！', '？', '…', '：', '.', '!', '?'])
    };
    blocks.len() - blocks.iter().rev().take_while(signs).take(3).count()
}

/// Whether text says where something comes from: it begins with a dash.
fn is_source(text: &[Inline]) -> bool {
    let plain = text::plain(text);
    plain.starts_with(['—', '―', '–']) && plain.chars().any(char::is_alphanumeric)
}

/// The last paragraph, or line of verse, of something quoted is its source if it
/// begins with a dash.
pub(super) fn sourced(mut blocks: Vec<Block>) -> Vec<Block> {
    let Some(mut last) = blocks.pop() else { return blocks };
    let span = last.span;
    let mut source = None;
    if let BlockKind::Paragraph(t) = &last.kind
        && is_source(t)
        && !blocks.is_empty()
    {
        blocks.push(styled(BlockStyle::Source, last));
        return blocks;
    }
    if let BlockKind::Verse(stanzas) = &mut last.kind {
        let lines: usize = stanzas.iter().map(Vec::len).sum();
        let end = stanzas.last().and_then(|s| s.last());
        let found = lines > 1 && end.is_some_and(|l| is_source(l));
        source = stanzas.last_mut().filter(|_| found).and_then(Vec::pop);
        stanzas.retain(|s| !s.is_empty());
    }
    blocks.push(last);
    if let Some(text) = source {
        let block = Block { kind: BlockKind::Paragraph(text), span };
        blocks.push(styled(BlockStyle::Source, block));
    }
    blocks
}

/// Paragraphs that begin with a name and a colon are what somebody says; those
/// that follow without one go on.
pub(super) fn dialogue(blocks: Vec<Block>) -> Vec<Speech> {
    let mut out: Vec<Speech> = vec![];
    for block in blocks {
        let span = block.span;
        let BlockKind::Paragraph(t) = block.kind else {
            match out.last_mut() {
                Some(last) => last.blocks.push(block),
                None => out.push(Speech { name: vec![], blocks: vec![block] }),
            }
            continue;
        };
        let (name, rest) = speaker(t);
        // A stage direction stands by itself.
        let aside = name.is_empty() && text::plain(&rest).starts_with(['（', '(']);
        let blocks = match rest.is_empty() {
            true => vec![],
            false => vec![Block { kind: BlockKind::Paragraph(rest), span }],
        };
        match out.last_mut() {
            Some(last) if name.is_empty() && !aside && !last.name.is_empty() => {
                last.blocks.extend(blocks);
            }
            Some(_) | None => out.push(Speech { name, blocks }),
        }
    }
    out
}

/// The name at a paragraph's head with its colon, `**甲**：` or `甲：`, and the
/// rest.
fn speaker(mut said: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    if let [Inline::Lang { lang, text }] = said.as_slice() {
        let (name, rest) = speaker(text.clone());
        let around = |text: Vec<Inline>| match text.is_empty() {
            true => text,
            false => vec![Inline::Lang { lang: lang.clone(), text }],
        };
        return (around(name), around(rest));
    }
    let marked = matches!(said.first(), Some(Inline::Strong(_) | Inline::Emph(_)));
    let at = usize::from(marked);
    let inside =
        said.first().filter(|_| marked).map(|i| text::plain(std::slice::from_ref(i)));
    let closed = inside.as_ref().is_some_and(|n| n.ends_with(['：', ':']));
    if closed && inside.is_some_and(|n| n.chars().count() <= NAME) {
        let mut rest = said.split_off(1);
        trim_start(&mut rest);
        return (said, rest);
    }
    let Some(Inline::Text(t)) = said.get(at) else { return (vec![], said) };
    let Some(colon) = t.text.find(['：', ':']) else { return (vec![], said) };
    let before = &t.text[..colon];
    let name = !before.contains(['，', '。', '！', '？', '“', '（', '、', '；']);
    let some = marked && before.trim().is_empty() || !marked && !before.trim().is_empty();
    if !name || !some || before.chars().count() > NAME {
        return (vec![], said);
    }
    let end = colon + t.text[colon..].chars().next().map_or(1, char::len_utf8);
    let (head, tail) = cut(t, end);
    let mut rest = said.split_off(at + 1);
    said.truncate(at);
    said.push(Inline::Text(head));
    rest.insert(0, Inline::Text(tail));
    trim_start(&mut rest);
    (said, rest)
}

/// Text in two at a byte, each with its place.
fn cut(t: &Text, at: usize) -> (Text, Text) {
    let exact = t.span.range().len() == t.text.len();
    let (mut a, mut b) = (t.span, t.span);
    if exact {
        a.end = a.start + at as u32;
        b.start = a.end;
    }
    (
        Text { text: t.text[..at].to_string(), span: a },
        Text { text: t.text[at..].to_string(), span: b },
    )
}

/// Drops the blanks at the start of text.
fn trim_start(list: &mut Vec<Inline>) {
    if let Some(Inline::Text(t)) = list.first_mut() {
        let blank = t.text.len() - t.text.trim_start().len();
        *t = cut(t, blank).1;
    }
    list.retain(|i| !matches!(i, Inline::Text(t) if t.text.is_empty()));
}

impl Builder<'_, '_, '_> {
    /// The lines of a paragraph that stand as they were written: the short lines
    /// of a letter, each turn of a dialogue, the source below a quotation.
    pub(super) fn own_lines(&self, lines: &[Vec<Token>]) -> Vec<bool> {
        use super::frame::Open;
        let script = self.reader.script;
        let line = |l: &Vec<Token>| -> String {
            let piece = |t: &Token| {
                if let Token::Source(r) = t {
                    script.slice(r.clone()).to_string()
                } else if let Token::Literal(s, _) = t {
                    s.clone()
                } else {
                    String::new()
                }
            };
            l.iter().map(piece).collect::<String>().trim().to_string()
        };
        let dash = |s: &str| s.starts_with(['—', '―']);
        let open = self.frames.last().map(|f| &f.open);
        let all: Vec<String> = lines.iter().map(line).collect();
        match open {
            Some(Open::Styled(BlockStyle::Letter)) => {
                let short = all.iter().all(|s| s.chars().count() <= SHORT);
                vec![short; all.len()]
            }
            Some(Open::Styled(BlockStyle::Center | BlockStyle::Right)) => {
                vec![true; all.len()]
            }
            Some(Open::Dialogue) => {
                let says = |s: &String| {
                    let s = s.trim_start_matches('*');
                    let name: String = s.chars().take(NAME + 3).collect();
                    let colon = name.find(['：', ':']);
                    let aside = s.starts_with(['（', '(']);
                    aside || colon.is_some_and(|i| !name[..i].contains(['，', '。', '“']))
                };
                all.iter().map(says).collect()
            }
            Some(Open::Quote(None) | Open::Styled(BlockStyle::Epigraph)) => {
                let n = all.len();
                all.iter().enumerate().map(|(i, s)| i + 1 == n && dash(s)).collect()
            }
            Some(_) | None => vec![false; all.len()],
        }
    }
}
