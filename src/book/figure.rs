//! Figures: one picture or several side by side, and what stands below them.

use super::{Inline, text};
use crate::source::Span;

/// Pictures that stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// anchor that the author gives it; empty for none
    pub id: String,
    /// one picture, or several side by side
    pub panels: Vec<Panel>,
    /// caption of the whole; empty for none
    pub caption: Vec<Inline>,
    /// `图 2-1`; `None` without a caption
    pub number: Option<String>,
    /// where it stands
    pub place: Placement,
    /// its width in percent of the measure, where the author says one
    pub width: Option<u8>,
    /// what it shows at length, for those who do not see it: paragraphs
    pub description: Vec<String>,
}

/// One picture of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// the picture
    pub picture: PictureRef,
    /// its own caption: what (a) is where the whole has a caption, else like that
    /// of a figure; one picture alone has none, its caption is the figure's
    pub caption: Vec<Inline>,
    /// `图 2-1`, where the whole has no caption
    pub number: Option<String>,
}

/// Where a figure stands.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Placement {
    /// where there is room, here or at the head of the next page
    #[default]
    Float,
    /// between the blocks around it, whatever that costs
    Here,
    /// on a page of its own
    Page,
}

/// A picture file, and what it shows.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct PictureRef {
    /// path below the manuscript's root, with `/`
    pub path: String,
    /// alternative text
    pub alt: String,
    /// where it is named
    pub span: Span,
}

impl Figure {
    /// One picture with its caption.
    pub fn one(picture: PictureRef, caption: Vec<Inline>) -> Figure {
        let panels = vec![Panel { picture, caption: vec![], number: None }];
        Figure::of(panels, caption)
    }

    /// Pictures side by side.
    pub fn of(panels: Vec<Panel>, caption: Vec<Inline>) -> Figure {
        Figure {
            id: String::new(),
            panels,
            caption,
            number: None,
            place: Placement::Float,
            width: None,
            description: vec![],
        }
    }

    /// What stands for a picture where it cannot be seen: what the author says of it,
    /// else its caption.
    pub fn alt(&self, panel: usize) -> String {
        let Some(Panel { picture, caption, .. }) = self.panels.get(panel) else {
            return String::new();
        };
        if !picture.alt.is_empty() {
            return picture.alt.clone();
        }
        let own = if caption.is_empty() { &self.caption } else { caption };
        text::plain(own)
    }

    /// The same, and behind the first what is said of the figure at length: a page has no
    /// other place for it.
    pub fn told(&self, panel: usize) -> String {
        let alt = Some(self.alt(panel)).filter(|a| !a.is_empty());
        let more = self.description.iter().filter(|_| panel == 0).cloned();
        alt.into_iter().chain(more).collect::<Vec<_>>().join("\n")
    }

    /// Its captions with their numbers, in reading order; without a number where
    /// there is none.
    pub fn numbered(&self) -> impl Iterator<Item = (&str, &[Inline])> {
        let panels = self.panels.iter().map(|p| (&p.number, &p.caption));
        let all = panels.chain(std::iter::once((&self.number, &self.caption)));
        all.filter_map(|(n, c)| Some((n.as_deref()?, c.as_slice())))
    }

    /// What stands before a panel's caption: (a), (b) … in a figure with a caption
    /// of its own.
    pub fn letter(&self, panel: usize) -> Option<String> {
        let some = self.panels.len() > 1 && !self.caption.is_empty();
        let n = u8::try_from(panel).ok().filter(|n| some && *n < 26)?;
        Some(format!("({})", char::from(b'a' + n)))
    }
}
