//! Rectangles of a sheet, measured from its lower left corner as in PDF.

use crate::geom::{Len, Size};

/// Distances at four edges.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Edges {
    /// left
    pub left: Len,
    /// bottom
    pub bottom: Len,
    /// right
    pub right: Len,
    /// top
    pub top: Len,
}

impl Edges {
    /// The same at each.
    pub fn all(l: Len) -> Edges {
        Edges { left: l, bottom: l, right: l, top: l }
    }
    /// The largest.
    pub fn most(self) -> Len {
        self.left.max(self.bottom).max(self.right).max(self.top)
    }
    /// Applies a function to each.
    pub fn map(self, f: impl Fn(Len) -> Len) -> Edges {
        let Edges { left, bottom, right, top } = self;
        Edges { left: f(left), bottom: f(bottom), right: f(right), top: f(top) }
    }
    /// What they are when what they are of is turned clockwise by quarters.
    pub fn turned(self, quarters: u8) -> Edges {
        let Edges { left, bottom, right, top } = self;
        match quarters % 4 {
            1 => Edges { top: left, right: top, bottom: right, left: bottom },
            2 => Edges { top: bottom, right: left, bottom: top, left: right },
            3 => Edges { top: right, left: top, bottom: left, right: bottom },
            _ => self,
        }
    }
}

/// A rectangle: its edges, rightwards and upwards.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub struct Area {
    /// left edge
    pub left: Len,
    /// lower edge
    pub bottom: Len,
    /// right edge
    pub right: Len,
    /// upper edge
    pub top: Len,
}

impl Area {
    /// A rectangle of a size with its lower left corner somewhere.
    pub fn at(left: Len, bottom: Len, size: Size) -> Area {
        Area { left, bottom, right: left + size.w, top: bottom + size.h }
    }
    /// Width and height.
    pub fn size(self) -> Size {
        Size { w: self.right - self.left, h: self.top - self.bottom }
    }
    /// The same, moved to the right.
    pub fn moved(self, x: Len) -> Area {
        Area { left: self.left + x, right: self.right + x, ..self }
    }
    /// Larger by so much at each edge.
    pub fn grown(self, by: Edges) -> Area {
        Area {
            left: self.left - by.left,
            bottom: self.bottom - by.bottom,
            right: self.right + by.right,
            top: self.top + by.top,
        }
    }
    /// What both cover; empty where they do not meet.
    pub fn meet(self, o: Area) -> Area {
        let (left, bottom) = (self.left.max(o.left), self.bottom.max(o.bottom));
        let (right, top) = (self.right.min(o.right), self.top.min(o.top));
        Area { left, bottom, right: right.max(left), top: top.max(bottom) }
    }
    /// A rectangle of a size in the middle of this one.
    pub fn middle(self, size: Size) -> Area {
        let (w, h) = (self.right - self.left, self.top - self.bottom);
        let half = |l: Len| l.frac(1, 2);
        Area::at(self.left + half(w - size.w), self.bottom + half(h - size.h), size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_turn_clockwise() {
        let n = Len::sp;
        let e = Edges { left: n(1), bottom: n(2), right: n(3), top: n(4) };
        assert_eq!(e.turned(1).top, n(1), "what was left is above");
        assert_eq!(e.turned(1).turned(1), e.turned(2));
        assert_eq!(e.turned(3).turned(1), e);
        assert_eq!(
            e.turned(2),
            Edges { left: n(3), bottom: n(4), right: n(1), top: n(2) }
        );
    }
}
