//! Bookmarks: nested as chapters and headings are.

use crate::book::sections::headed;
use crate::book::{BlockKind, Book, Division, Part, text};
use crate::page::stack::part_anchor;

/// A bookmark and those below it.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Mark {
    /// what it says
    pub title: String,
    /// id of the place it leads to
    pub anchor: String,
    /// bookmarks below it
    pub below: Vec<Mark>,
}

/// The bookmarks of a book; what belongs to a part stands below it.
pub fn marks(book: &Book) -> Vec<Mark> {
    // Depth of a chapter in the contents, then of a heading in its chapter.
    let mut flat = vec![];
    let mut part = 0;
    for chapter in &book.chapters {
        if let Some(name) = chapter.part.as_ref().map(Part::name) {
            flat.push((0, name, part_anchor(chapter)));
            part = 1;
        }
        if chapter.division == Division::Back {
            part = 0;
        }
        let title = text::plain(&chapter.title);
        let title =
            chapter.number.as_ref().map_or(title.clone(), |n| format!("{n}　{title}"));
        let depth = part + usize::from(chapter.depth);
        flat.push((depth, title, chapter.id.clone()));
        for block in &chapter.blocks {
            if let BlockKind::Heading { level, id, number, text } = &block.kind {
                let below = depth + usize::from(*level).saturating_sub(1);
                let title = headed(number.as_deref(), &text::plain(text));
                flat.push((below, title, id.clone()));
            }
        }
    }
    let mut at = 0;
    nest(&flat, &mut at, 0)
}

/// Those from `at` on that are at least as deep as `depth`. A level that is
/// skipped is not missed: the deeper mark stands below the last one.
fn nest(flat: &[(usize, String, String)], at: &mut usize, depth: usize) -> Vec<Mark> {
    let mut out: Vec<Mark> = vec![];
    while let Some((own, title, anchor)) = flat.get(*at) {
        if *own < depth {
            break;
        }
        *at += 1;
        let below = nest(flat, at, own + 1);
        out.push(Mark { title: title.clone(), anchor: anchor.clone(), below });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::nest;
    #[test]
    fn skipped_levels_nest_below_the_last() {
        let flat: Vec<_> = [(0, "a"), (2, "b"), (1, "c"), (0, "d")]
            .map(|(d, t)| (d, t.to_string(), String::new()))
            .into();
        let marks = nest(&flat, &mut 0, 0);
        let titles: Vec<_> = marks.iter().map(|m| m.title.as_str()).collect();
        assert_eq!(titles, ["a", "d"]);
        let below: Vec<_> = marks[0].below.iter().map(|m| m.title.as_str()).collect();
        assert_eq!(below, ["b", "c"]);
    }
}
