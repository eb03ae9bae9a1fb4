//! Elements of the structure (ISO 32000-1, 14.7.2) as bytes: a book has tens of thousands,
//! nearly all of them with nothing but a name and runs of text.

use crate::pdf::syntax;
use lopdf::{Dictionary, ObjectId, dictionary};

/// What is in an element, one thing after another.
#[derive(Debug, Default)]
pub(super) struct Kids {
    bytes: Vec<u8>,
    count: usize,
    /// whether the first must be parted from a word before it
    first: bool,
}

/// An element.
pub(super) struct Element<'a> {
    /// its role
    pub(super) name: &'a str,
    /// the element around it
    pub(super) parent: ObjectId,
    /// the page of its runs
    pub(super) page: Option<ObjectId>,
    /// what is in it
    pub(super) kids: Kids,
    /// what else is said of it
    pub(super) more: Dictionary,
}

impl Kids {
    /// Another element.
    pub(super) fn element(&mut self, id: ObjectId) {
        self.parted();
        syntax::reference(&mut self.bytes, id);
    }
    /// A run of the element's own page.
    pub(super) fn run(&mut self, n: usize) {
        self.parted();
        syntax::integer(&mut self.bytes, n as i64);
    }
    /// A run of another page (14.7.4.2).
    pub(super) fn run_on(&mut self, page: ObjectId, n: usize) {
        let n = n as i64;
        self.dictionary(&dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => n });
    }
    /// A link of a page (14.7.4.3).
    pub(super) fn link(&mut self, page: ObjectId, link: ObjectId) {
        self.dictionary(&dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => link });
    }
    fn dictionary(&mut self, dict: &Dictionary) {
        self.count += 1;
        syntax::dictionary(&mut self.bytes, dict);
    }
    fn parted(&mut self) {
        if self.count == 0 {
            self.first = true;
        } else {
            self.bytes.push(b' ');
        }
        self.count += 1;
    }
    fn write(&self, out: &mut Vec<u8>) {
        match self.count {
            0 => {}
            1 => {
                out.extend(if self.first { &b"/K "[..] } else { b"/K" });
                out.extend(&self.bytes);
            }
            _ => {
                out.extend(b"/K[");
                out.extend(&self.bytes);
                out.push(b']');
            }
        }
    }
}

impl Element<'_> {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(b"<</S");
        syntax::name(out, self.name.as_bytes());
        out.extend(b"/P ");
        syntax::reference(out, self.parent);
        if let Some(page) = self.page {
            out.extend(b"/Pg ");
            syntax::reference(out, page);
        }
        self.kids.write(out);
        syntax::entries(out, &self.more);
        out.extend(b">>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_as_short_as_they_can_be() {
        let show = |kids: Kids, page: Option<ObjectId>, more: Dictionary| {
            let mut out = vec![];
            Element { name: "P", parent: (7, 0), page, kids, more }.write(&mut out);
            String::from_utf8(out).expect("ASCII")
        };
        let none = Dictionary::new;
        assert_eq!(show(Kids::default(), None, none()), "<</S/P/P 7 0 R>>");
        let mut kids = Kids::default();
        kids.run(3);
        let one = show(kids, Some((9, 0)), dictionary! { "ID" => 4 });
        assert_eq!(one, "<</S/P/P 7 0 R/Pg 9 0 R/K 3/ID 4>>");
        let mut kids = Kids::default();
        kids.run_on((8, 0), 0);
        let other = "<</Type/MCR/Pg 8 0 R/MCID 0>>";
        assert_eq!(show(kids, None, none()), format!("<</S/P/P 7 0 R/K{other}>>"));
        let mut kids = Kids::default();
        kids.run(0);
        kids.run_on((8, 0), 0);
        kids.element((5, 0));
        assert_eq!(
            show(kids, None, none()),
            format!("<</S/P/P 7 0 R/K[0{other} 5 0 R]>>")
        );
    }
}
