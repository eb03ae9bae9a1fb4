//! Inks: what things are drawn with. Text and rules never have a colour but one of
//! these, so that on a press they stand on the plates where they belong: black on
//! one plate, never on four.

/// What a thing is drawn with.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
pub enum Ink {
    /// black, in percent
    Black(u8),
    /// an ink of the book's own (专色): which one, from 0, and how much in percent
    Spot(u8, u8),
    /// every plate there is: marks by which plates are laid over one another
    All,
    /// cyan, magenta, yellow and black in percent: patches by which a printer
    /// measures them
    Process([u8; 4]),
}

/// Full black: text.
pub const BLACK: Ink = Ink::Black(100);
/// Paper: nothing is printed, and what lies below is hidden.
pub const PAPER: Ink = Ink::Black(0);

impl Ink {
    /// Of the same kind, so much of it.
    pub fn tint(self, percent: u8) -> Ink {
        match self {
            Ink::Black(_) => Ink::Black(percent),
            Ink::Spot(n, _) => Ink::Spot(n, percent),
            Ink::All | Ink::Process(_) => self,
        }
    }
    /// How much of it, in percent: of process inks the most.
    pub fn percent(self) -> u8 {
        match self {
            Ink::Black(n) | Ink::Spot(_, n) => n,
            Ink::All => 100,
            Ink::Process(all) => all.into_iter().max().unwrap_or_default(),
        }
    }
}

/// An ink of the book's own (专色): a plate beside black's, or instead of the four.
#[derive(Debug, Clone, Eq, PartialEq)]
pub struct Spot {
    /// what the book's theme calls it
    pub key: String,
    /// what printers call it, such as `PANTONE 186 C`
    pub name: String,
    /// what stands for it on screens
    pub rgb: [u8; 3],
    /// what stands for it where there is no such ink, in percent
    pub cmyk: [u8; 4],
}

impl Spot {
    /// A tint on a screen: from white to the full ink.
    pub fn on_screen(&self, percent: u8) -> [u8; 3] {
        let mix = |c: u8| 255 - u32::from(255 - c) * u32::from(percent.min(100)) / 100;
        self.rgb.map(|c| mix(c) as u8)
    }
}
