//! All faces a build may use, and the order in which they are asked.

use super::shape::Shelf;
use super::{Cut, Face, FaceId, FontBytes, Role, Side, builtin};
use std::collections::BTreeMap;

/// All faces a build may use.
#[derive(Debug, Default)]
pub struct FontSet {
    faces: Vec<Face>,
    /// the face of each role's cuts: (role, bold, italic)
    cuts: BTreeMap<(Role, bool, bool), FaceId>,
    /// asked last, in this order
    rest: Vec<FaceId>,
    /// the faces of formulas
    math: BTreeMap<&'static str, FaceId>,
    /// how many are the author's: the first
    own: usize,
    /// what shapers have found out about them
    pub(super) shelf: Shelf,
}

/// A face that an author names, already found.
#[derive(Debug)]
pub struct FontFile {
    /// what it is for
    pub role: Role,
    /// bold?
    pub bold: bool,
    /// italic?
    pub italic: bool,
    /// the face
    pub face: Face,
}

impl FontSet {
    /// The faces of `fonts/`, with the author's own before them.
    pub fn new(own: Vec<FontFile>) -> FontSet {
        let mut set = FontSet { own: own.len(), ..FontSet::default() };
        for file in own {
            set.add(file);
        }
        for b in builtin::FACES {
            let face = builtin::bytes(b.file).and_then(|data| Face::builtin(data, 0));
            if let Some(face) = face {
                set.add(FontFile { role: b.role, bold: b.bold, italic: b.italic, face });
            }
        }
        set.add_math();
        set
    }
    /// One face for every role: the tests' set.
    pub fn single(data: FontBytes) -> Option<FontSet> {
        let mut set = FontSet::default();
        for role in Role::ALL {
            let face = Face::new(data.clone(), 0)?;
            set.add(FontFile { role, bold: false, italic: false, face });
        }
        set.add_math();
        Some(set)
    }
    fn add_math(&mut self) {
        for name in builtin::MATH {
            let face = builtin::math(name).and_then(|data| Face::builtin(data, 0));
            if let Some(face) = face {
                self.math.insert(name, FaceId(self.faces.len() as u16));
                self.faces.push(face);
            }
        }
    }
    /// A face of formulas by its name, such as `Math-Italic`, and a character's
    /// glyph in it.
    pub fn math(&self, name: &str, c: char) -> Option<(FaceId, u16)> {
        let id = *self.math.get(name)?;
        Some((id, self.face(id).glyph(c)?))
    }
    fn add(&mut self, file: FontFile) {
        let id = FaceId(self.faces.len() as u16);
        self.faces.push(file.face);
        // The first of a role wins: the author's own come first.
        self.cuts.entry((file.role, file.bold, file.italic)).or_insert(id);
        self.rest.push(id);
    }
    /// How many of the faces, the first ones, are the author's.
    pub fn own(&self) -> usize {
        self.own
    }
    /// A face by its id.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }
    /// All faces.
    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0u16..).map(FaceId).zip(&self.faces)
    }
    /// The face that sets `c` in this cut, after fallback; `None` if none has it.
    pub fn face_for(&self, cut: Cut, c: char) -> Option<FaceId> {
        self.pick(cut, Side::of(c), c)
    }
    /// The same, where the composer knows the side.
    pub fn pick(&self, cut: Cut, side: Side, c: char) -> Option<FaceId> {
        self.order(cut, side).into_iter().find(|id| self.face(*id).has(c))
    }
    /// The face that a cut asks first: the one that draws the missing-glyph box.
    pub fn first(&self, cut: Cut, side: Side) -> Option<FaceId> {
        self.order(cut, side).into_iter().next()
    }
    /// The order in which faces are asked for a character of a cut.
    fn order(&self, cut: Cut, side: Side) -> Vec<FaceId> {
        let (first, second) = match side {
            Side::Han => (cut.han, cut.latin),
            Side::Latin => (cut.latin, cut.han),
        };
        let mut out = Vec::with_capacity(self.rest.len() + 4);
        for role in [first, second] {
            self.role_faces(role, cut, &mut out);
        }
        // The whole list again, nearest weight first.
        let near = |id: &&FaceId| (self.face(**id).weight == 700) == cut.bold;
        out.extend(self.rest.iter().filter(near));
        out.extend(&self.rest);
        out
    }
    fn role_faces(&self, role: Role, cut: Cut, out: &mut Vec<FaceId>) {
        let get = |role, bold, italic| self.cuts.get(&(role, bold, italic)).copied();
        out.extend(get(role, cut.bold, cut.italic));
        out.extend(get(role, cut.bold, false));
        // A face with no bold cut is never smeared: strong 楷 becomes 黑
        // (clreq#hei, S-01).
        if cut.bold && matches!(role, Role::Kai | Role::Fang) {
            out.extend(get(Role::Hei, true, false));
        }
        out.extend(get(role, false, cut.italic));
        out.extend(get(role, false, false));
        if role == Role::Fang {
            out.extend(get(Role::Kai, false, false));
        }
    }
}
