//! Tables in HTML, for what Markdown's cannot say: cells over several rows or
//! columns, lists and several paragraphs in a cell. A blank line in a cell ends the
//! HTML; what stands until the next tag is Markdown in that cell.

use super::blocks::Builder;
use super::frame::{Frame, Open};
use super::html::Tag;
use super::table::CAPTIONS;
use crate::book::{Align, Block, BlockKind, Cell, Inline, Row, Table, table};
use std::ops::Range;

/// As many columns may one cell cover (HTML 4.9.11); more are one.
const COLSPAN: usize = 1000;
/// A table with more places than this has no cells over several rows or columns.
const PLACES: usize = 4_000_000;

/// So many containers and tags are looked through for the one that a tag is in; the
/// bound keeps hostile text from quadratic time.
const NEAR: usize = 128;

/// A part of a table.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
enum Section {
    Head,
    #[default]
    Body,
    Foot,
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    section: Section,
    rows: Vec<(Section, Row)>,
    /// a row is open
    open: bool,
    caption: Vec<Inline>,
}

/// A cell being read.
#[derive(Debug)]
pub(super) struct CellTag {
    columns: usize,
    rows: usize,
    heading: bool,
    align: Option<Align>,
}

impl Builder<'_, '_, '_> {
    /// A tag that stands between paragraphs.
    pub(super) fn html_tag(&mut self, tag: &Tag, place: Range<usize>) {
        let inside = self.within("table") && self.ghosts == 0;
        match (tag.name.as_str(), tag.closing) {
            ("table", false) if self.ghosts == 0 => {
                self.open_html("table", Open::Table(Draft::default()), place);
            }
            ("table", true) if inside => self.close_html("table"),
            ("thead" | "tbody" | "tfoot", closing) if inside => {
                let section = match (tag.name.as_str(), closing) {
                    ("thead", false) => Section::Head,
                    ("tfoot", false) => Section::Foot,
                    _ => Section::Body,
                };
                self.in_table(|t| (t.section, t.open) = (section, false));
            }
            ("tr", closing) if inside => {
                self.in_table(|t| {
                    t.open = !closing;
                    if t.open {
                        t.rows.push((t.section, vec![]));
                    }
                });
            }
            ("td" | "th", false) if inside => self.open_cell(tag, place),
            ("td" | "th", true) if inside => self.close_html("td"),
            ("caption", false) if inside => {
                self.in_table(|_| ());
                self.open_html("caption", Open::Caption, place);
            }
            ("caption", true) if inside => self.close_html("caption"),
            ("ul" | "ol", false) if self.within("td") => {
                let start = (tag.name == "ol").then(|| number(tag, "start").unwrap_or(1));
                let list = Open::List { start, tight: true, items: vec![] };
                self.open_html("ul", list, place);
            }
            ("ul" | "ol", true) if self.within("td") => self.close_html("ul"),
            ("li", false) if self.within("ul") => {
                self.close_above("ul");
                self.open_html("li", Open::Item { task: None }, place);
            }
            ("li", true) if self.within("ul") => self.close_html("li"),
            // They part paragraphs, and say no more here.
            ("p" | "div" | "center" | "col" | "colgroup", _) if inside => {}
            _ => self.reader.raw_html(&tag.name, place),
        }
    }

    fn open_cell(&mut self, tag: &Tag, place: Range<usize>) {
        let section = self.in_table(|t| {
            if !std::mem::replace(&mut t.open, true) {
                t.rows.push((t.section, vec![]));
            }
            t.section
        });
        let Some(section) = section else { return };
        let columns = number(tag, "colspan").unwrap_or(1).clamp(1, u64::MAX);
        let columns = usize::try_from(columns).unwrap_or(1);
        // 0 is as far as the part of the table goes.
        let rows = match number(tag, "rowspan") {
            Some(0) => usize::MAX,
            Some(n) => usize::try_from(n).unwrap_or(usize::MAX),
            None => 1,
        };
        let heading = tag.name == "th" || section == Section::Head;
        let cell = CellTag {
            columns: if columns > COLSPAN { 1 } else { columns },
            rows,
            heading,
            align: align(tag),
        };
        self.open_html("td", Open::Cell(cell), place);
    }

    /// Markdown between the rows of a table: it was not closed.
    pub(super) fn leave_table(&mut self) {
        while matches!(self.frames.last().map(|f| &f.open), Some(Open::Table(_))) {
            self.unclosed();
            self.pop();
        }
    }

    /// Opens what a tag says; beyond the limit of depth it leaves no trace.
    fn open_html(&mut self, name: &'static str, open: Open, place: Range<usize>) {
        let levels = usize::from(name != "li" && name != "caption");
        let depth = self.frames.last().map_or(0, |f| f.depth) + levels;
        if depth > self.reader.limits.depth {
            let span = self.reader.script.span(place);
            return self.reader.too_deep(span);
        }
        self.push_frame(open, vec![], None, place, depth);
        self.frames.last_mut().into_iter().for_each(|f| f.html = Some(name));
    }

    /// Whether a tag is open, with nothing around what is being read but other
    /// tags and containers.
    fn within(&self, name: &str) -> bool {
        let loose = |f: &&Frame| f.html.is_some() || f.open.is_container();
        let mut open = self.frames.iter().rev().take(NEAR).take_while(loose);
        open.any(|f| f.html == Some(name))
    }

    /// Closes what is open inside the innermost tag of a name.
    fn close_above(&mut self, name: &str) {
        while self.within(name)
            && self.frames.last().is_some_and(|f| f.html != Some(name))
        {
            self.unclosed();
            self.pop();
        }
    }

    fn close_html(&mut self, name: &str) {
        // A cell ends inside its table only.
        let stop = if name == "td" || name == "caption" { "table" } else { name };
        let loose = |f: &&Frame| f.html.is_some() || f.open.is_container();
        let mut open = self.frames.iter().rev().take(NEAR).take_while(loose);
        let found = open.find(|f| f.html == Some(name) || f.html == Some(stop));
        if found.is_none_or(|f| f.html != Some(name)) {
            return;
        }
        self.close_above(name);
        self.pop();
        while self.frames.last().is_some_and(|f| f.closing) {
            self.pop();
        }
    }

    /// Closes what is open in the innermost table, and does something to it.
    fn in_table<T>(&mut self, act: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        self.close_above("table");
        match self.frames.last_mut().map(|f| &mut f.open) {
            Some(Open::Table(draft)) => Some(act(draft)),
            Some(_) | None => None,
        }
    }

    /// A cell that is read.
    pub(super) fn end_cell(&mut self, tag: CellTag, blocks: Vec<Block>) {
        let CellTag { columns, rows, heading, align } = tag;
        let cell = Cell { blocks, columns, rows, heading, align };
        match self.frames.last_mut().map(|f| &mut f.open) {
            Some(Open::Table(Draft { rows, .. })) => {
                rows.last_mut().into_iter().for_each(|r| r.1.push(cell.clone()));
            }
            Some(_) | None => self.extend(cell.blocks),
        }
    }

    /// A caption that is read; what is no paragraph stands before the table.
    pub(super) fn end_caption(&mut self, blocks: Vec<Block>) {
        let mut spare = vec![];
        let Some(Open::Table(draft)) = self.frames.last_mut().map(|f| &mut f.open) else {
            return self.extend(blocks);
        };
        for block in blocks {
            if let BlockKind::Paragraph(text) = block.kind {
                if !draft.caption.is_empty() {
                    draft.caption.push(Inline::Newline);
                }
                draft.caption.extend(text);
            } else {
                spare.push(block);
            }
        }
        self.extend(spare);
    }

    /// A table that is read. What stood in it outside of cells comes before it.
    pub(super) fn end_html_table(
        &mut self,
        draft: Draft,
        stray: Vec<Block>,
        range: Range<usize>,
    ) {
        let Draft { mut rows, caption, .. } = draft;
        let above = self.take_caption(&CAPTIONS);
        self.extend(stray);
        rows.retain(|r| !r.1.is_empty());
        if rows.iter().all(|r| r.0 != Section::Head) {
            // Rows of headings alone that come first are a head.
            let heads = rows.iter().take_while(|r| r.1.iter().all(|c| c.heading)).count();
            let heads = if heads == rows.len() { 0 } else { heads };
            rows[..heads].iter_mut().for_each(|r| r.0 = Section::Head);
        }
        // A foot may be written before the body.
        rows.sort_by_key(|r| r.0 as u8);
        let body = rows.partition_point(|r| r.0 == Section::Head);
        let mut head: Vec<Row> = rows.into_iter().map(|r| r.1).collect();
        let mut rows = head.split_off(body);
        [&mut head, &mut rows].into_iter().for_each(|part| clamp(part));
        let width = table::width(&head).max(table::width(&rows));
        if width == 0 {
            return self.extend(vec![]);
        }
        let align = vec![Align::Auto; width];
        let mut table = Table { align, head, rows, ..Table::default() };
        let caption = if above.is_empty() { caption } else { above };
        self.captioned(&mut table, caption);
        self.push(BlockKind::Table(table), range);
    }
}

/// Cells end with their part of the table.
fn clamp(rows: &mut [Row]) {
    let count = rows.len();
    let area = |c: &Cell| c.columns.saturating_mul(c.rows.min(count));
    let places = rows.iter().flatten().fold(0usize, |sum, c| sum.saturating_add(area(c)));
    let many = places > PLACES;
    for (i, row) in rows.iter_mut().enumerate() {
        for cell in row {
            cell.rows = if many { 1 } else { cell.rows.clamp(1, count - i) };
            cell.columns = if many { 1 } else { cell.columns };
        }
    }
}

fn number(tag: &Tag, name: &str) -> Option<u64> {
    tag.attribute(name)?.trim().parse().ok()
}

/// What `align` or the style says.
fn align(tag: &Tag) -> Option<Align> {
    let style = tag.attribute("style").unwrap_or_default().replace(' ', "");
    let said = style.split_once("text-align:").map(|s| s.1.to_string());
    let said = said.or_else(|| tag.attribute("align")).unwrap_or_default();
    let said = said.to_ascii_lowercase();
    let word = said.split(|c: char| !c.is_ascii_alphabetic()).next();
    match word.unwrap_or_default() {
        "left" | "start" => Some(Align::Start),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::End),
        _ => None,
    }
}
