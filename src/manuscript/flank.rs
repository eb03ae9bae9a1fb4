//! Whether a run of marks can open or close, by its neighbours.

use super::chars::{self, Kind};

/// The neighbours of a run; `None` at the ends of a paragraph.
pub(super) struct Sides {
    before: Option<(char, Kind)>,
    after: Option<(char, Kind)>,
}

impl Sides {
    pub(super) fn of(before: &str, after: &str) -> Sides {
        Sides {
            before: chars::resolved(before.chars().rev()),
            after: chars::resolved(after.chars()),
        }
    }
    pub(super) fn space_before(&self) -> bool {
        self.before.is_none_or(|(c, _)| c.is_whitespace())
    }
    pub(super) fn space_after(&self) -> bool {
        self.after.is_none_or(|(c, _)| c.is_whitespace())
    }
    fn mark_before(&self) -> bool {
        self.before.is_some_and(|(c, _)| chars::punctuation(c))
    }
    fn mark_after(&self) -> bool {
        self.after.is_some_and(|(c, _)| chars::punctuation(c))
    }
    /// What is raised or lowered hangs on something: a word, a bracket that
    /// closes, code, a formula, something emphasised.
    pub(super) fn base_before(&self) -> bool {
        let base = |c: char| {
            c.is_alphanumeric() || chars::closes_bracket(c) || "*_~^`$".contains(c)
        };
        self.before.is_some_and(|(c, _)| base(c))
    }
    /// CommonMark's left-flanking.
    fn left(&self) -> bool {
        !self.space_after()
            && (!self.mark_after() || self.space_before() || self.mark_before())
    }
    /// CommonMark's right-flanking.
    fn right(&self) -> bool {
        !self.space_before()
            && (!self.mark_before() || self.space_after() || self.mark_after())
    }
    /// Whether a neighbour is written without spaces around its words.
    fn cjk(&self) -> bool {
        [self.before, self.after].into_iter().flatten().any(|(_, kind)| match kind {
            Kind::Han | Kind::Mark | Kind::Hangul => true,
            Kind::Shared | Kind::Other => false,
        })
    }
    pub(super) fn opens(&self) -> bool {
        let blocked = || self.after.is_some_and(|(c, _)| chars::closes_bracket(c));
        self.left() || self.cjk() && !self.space_after() && !blocked()
    }
    pub(super) fn closes(&self) -> bool {
        let blocked = || self.before.is_some_and(|(c, _)| chars::opens_bracket(c));
        self.right() || self.cjk() && !self.space_before() && !blocked()
    }
    /// `snake_case` stays what it is, in Chinese too.
    pub(super) fn underscore(&self) -> (bool, bool) {
        let (left, right) = (self.left(), self.right());
        (left && (!right || self.mark_before()), right && (!left || self.mark_after()))
    }
}
