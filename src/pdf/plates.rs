//! Inks as operators and colour spaces (ISO 32000-1, 8.6).
//!
//! On a screen black is grey and an ink of the book's own is a colour. For a press
//! every ink stands on its own plate: black is the fourth of the process inks and
//! nothing else, an ink of the book's own a Separation. Full black is printed over
//! what lies below it, so that no white shows where plates do not meet; everything
//! else knocks out what is below.

use super::ops::Ops;
use crate::colour::ink::{Ink, Spot};
use crate::config::Medium;
use crate::page::Page;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is in force on a page.
#[derive(Debug, Clone)]
pub struct Plates<'a> {
    medium: Medium,
    inks: &'a [Spot],
    fill: Option<Ink>,
    over: bool,
}

/// Names of the graphics states: over what is below, and not.
const OVER: &str = "Over";
const KNOCK: &str = "Knock";

impl<'a> Plates<'a> {
    /// At the beginning of a page.
    pub fn new(medium: Medium, inks: &'a [Spot]) -> Plates<'a> {
        // A page begins with black of DeviceGray, which a screen takes as it is.
        let fill = (medium == Medium::Screen).then_some(Ink::Black(100));
        Plates { medium, inks, fill, over: false }
    }
    /// Fills with an ink from here on; says nothing where it is in force.
    pub fn fill(&mut self, ink: Ink, ops: &mut Ops) {
        if self.fill == Some(ink) {
            return;
        }
        self.fill = Some(ink);
        self.overprinted(ink == Ink::Black(100), ops);
        self.paint(ink).say(["g", "rg", "k", "cs", "scn"], ops);
    }
    /// Strokes with an ink from here on.
    pub fn stroke(&mut self, ink: Ink, ops: &mut Ops) {
        self.overprinted(ink == Ink::Black(100), ops);
        self.paint(ink).say(["G", "RG", "K", "CS", "SCN"], ops);
        // What is filled next says again whether it is printed over what is below.
        let black = self.fill == Some(Ink::Black(100));
        if self.medium == Medium::Print && self.over != black {
            self.fill = None;
        }
    }
    /// Before a picture: none of it is printed over what is below, for its white would
    /// not be seen.
    pub fn picture(&mut self, ops: &mut Ops) {
        if self.fill == Some(Ink::Black(100)) && self.medium == Medium::Print {
            self.fill = None;
        }
        self.overprinted(false, ops);
    }
    fn overprinted(&mut self, over: bool, ops: &mut Ops) {
        if self.medium == Medium::Screen || self.over == over {
            return;
        }
        self.over = over;
        ops.call(if over { OVER } else { KNOCK }, "gs");
    }
    fn paint(&self, ink: Ink) -> Paint {
        let part = |percent: u8| i64::from(percent) * 10;
        let spot = |n: u8| self.inks.get(usize::from(n));
        match (self.medium, ink) {
            (Medium::Screen, Ink::Spot(n, percent)) if spot(n).is_some() => {
                // Thousandths tell 8-bit colours apart.
                let thousandths = |c: u8| (f64::from(c) / 0.255).round() as i64;
                let colour = spot(n).map_or([0; 3], |s| s.on_screen(percent));
                Paint::Rgb(colour.map(thousandths))
            }
            (Medium::Screen, ink) => Paint::Grey(1000 - part(ink.percent())),
            (Medium::Print, Ink::Spot(n, percent)) if spot(n).is_some() => {
                Paint::Plate(plate(n), part(percent))
            }
            (Medium::Print, Ink::Black(k) | Ink::Spot(_, k)) => {
                Paint::Inks([0, 0, 0, part(k)])
            }
            (Medium::Print, Ink::All) => Paint::Plate(ALL.into(), 1000),
            (Medium::Print, Ink::Process(all)) => Paint::Inks(all.map(part)),
        }
    }
}

/// How an ink is said; amounts are thousandths.
enum Paint {
    Grey(i64),
    Rgb([i64; 3]),
    Inks([i64; 4]),
    /// a colour space of the file, and how much of it
    Plate(String, i64),
}

impl Paint {
    /// Says it with one of the operators for grey, colours, inks, and two for a plate.
    fn say(&self, [grey, rgb, inks, space, tint]: [&str; 5], ops: &mut Ops) {
        match self {
            Paint::Grey(n) => ops.op(&[*n], grey),
            Paint::Rgb(all) => ops.op(all, rgb),
            Paint::Inks(all) => ops.op(all, inks),
            Paint::Plate(name, n) => {
                ops.call(name, space);
                ops.op(&[*n], tint);
            }
        }
    }
}

/// Name of the colour space of every plate.
const ALL: &str = "All";

/// Name of the colour space of an ink of the book's own.
fn plate(n: u8) -> String {
    format!("Ink{n}")
}

/// Gives pages the colour spaces and graphics states that [`Plates`] names; of inks
/// those alone that are used, for a printer counts the plates that a file names.
pub(super) fn resources(
    doc: &mut Document,
    resources: ObjectId,
    pages: &[Arc<Page>],
    inks: &[Spot],
) -> Result<(), lopdf::Error> {
    let used = pages.iter().flat_map(|p| p.inks());
    let used: BTreeSet<Option<u8>> = used
        .filter_map(|ink| match ink {
            Ink::All => Some(None),
            Ink::Spot(n, _) => Some(Some(n)),
            Ink::Black(_) | Ink::Process(_) => None,
        })
        .collect();
    let mut spaces = Dictionary::new();
    if used.contains(&None) {
        spaces.set(ALL, separation(doc, "All", [100; 4]));
    }
    for (n, ink) in (0..).zip(inks).filter(|(n, _)| used.contains(&Some(*n))) {
        spaces.set(plate(n), separation(doc, &ink.name, ink.cmyk));
    }
    let spaces = doc.add_object(spaces);
    let mut states = Dictionary::new();
    for (name, over) in [(OVER, true), (KNOCK, false)] {
        // Inks of which there is none leave those below as they are (8.6.7).
        let state = dictionary! { "OP" => over, "op" => over, "OPM" => 1 };
        states.set(name, state);
    }
    let states = doc.add_object(states);
    let resources = doc.get_dictionary_mut(resources)?;
    resources.set("ColorSpace", spaces);
    resources.set("ExtGState", states);
    Ok(())
}

/// A plate of its own, and what stands for it where there is none (8.6.6.4).
fn separation(doc: &mut Document, name: &str, cmyk: [u8; 4]) -> Object {
    let full = cmyk.map(|n| Object::Real(f32::from(n) / 100.0));
    let function = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => full.to_vec(),
        "N" => 1,
    };
    let function = doc.add_object(function);
    let name = Object::Name(name.as_bytes().to_vec());
    let space = vec!["Separation".into(), name, "DeviceCMYK".into(), function.into()];
    Object::Reference(doc.add_object(Object::Array(space)))
}
