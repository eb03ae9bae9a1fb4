//! Drawings: what an SVG holds, however deep: in groups, patterns, masks, clips and
//! drawings inside.

use std::collections::BTreeSet;
use usvg::{Group, ImageKind, Node, Paint, Tree};

/// Calls `see` for each node of a drawing, once. What many things share, such as the
/// tile of a pattern, is walked once.
pub fn nodes(tree: &Tree, see: &mut impl FnMut(&Node)) {
    let mut walk = Walk { see, shared: BTreeSet::new() };
    walk.group(tree.root());
}

struct Walk<'a, F> {
    see: &'a mut F,
    /// where the groups lie that were walked; asked for, never listed
    shared: BTreeSet<usize>,
}

impl<F: FnMut(&Node)> Walk<'_, F> {
    fn group(&mut self, group: &Group) {
        for node in group.children() {
            (self.see)(node);
            match node {
                Node::Group(inside) => self.group(inside),
                Node::Image(image) => {
                    if let ImageKind::SVG(tree) = image.kind() {
                        self.group(tree.root());
                    }
                }
                Node::Text(text) => self.group(text.flattened()),
                Node::Path(_) => {}
            }
            if !matches!(node, Node::Image(_) | Node::Text(_)) {
                node.subroots(|root| self.once(root));
            }
        }
    }
    fn once(&mut self, root: &Group) {
        if self.shared.insert(std::ptr::from_ref(root) as usize) {
            self.group(root);
        }
    }
}

/// Whether a part of a drawing can only be shown as pixels: PDF has no filters, such
/// as blur and shadow, for vectors.
pub fn has_filters(tree: &Tree) -> bool {
    let mut found = false;
    nodes(tree, &mut |node| match node {
        Node::Group(group) => found |= !group.filters().is_empty(),
        Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
    });
    found
}

/// The colours of fills, strokes and gradients, in order and each once.
pub fn colours(tree: &Tree) -> BTreeSet<[u8; 3]> {
    let mut found = BTreeSet::new();
    let mut paint = |paint: &Paint| {
        let rgb = |c: usvg::Color| [c.red, c.green, c.blue];
        match paint {
            Paint::Color(c) => {
                found.insert(rgb(*c));
            }
            Paint::LinearGradient(g) => {
                found.extend(g.stops().iter().map(|s| rgb(s.color())));
            }
            Paint::RadialGradient(g) => {
                found.extend(g.stops().iter().map(|s| rgb(s.color())));
            }
            Paint::Pattern(_) => {}
        }
    };
    nodes(tree, &mut |node| match node {
        Node::Path(path) if path.is_visible() => {
            path.fill().into_iter().for_each(|f| paint(f.paint()));
            path.stroke().into_iter().for_each(|s| paint(s.paint()));
        }
        Node::Path(_) | Node::Group(_) | Node::Image(_) | Node::Text(_) => {}
    });
    found
}

/// The files of pictures inside a drawing that are rasters, and how many user units
/// wide each stands.
pub fn rasters(tree: &Tree) -> Vec<(Vec<u8>, f32)> {
    let mut found = vec![];
    nodes(tree, &mut |node| match node {
        Node::Image(image) if image.is_visible() => match image.kind() {
            ImageKind::JPEG(b)
            | ImageKind::PNG(b)
            | ImageKind::GIF(b)
            | ImageKind::WEBP(b) => {
                let t = image.abs_transform();
                let width = image.size().width() * t.sx.hypot(t.ky);
                found.push((b.to_vec(), width));
            }
            ImageKind::SVG(_) => {}
        },
        Node::Image(_) | Node::Path(_) | Node::Group(_) | Node::Text(_) => {}
    });
    found
}
