//! What becomes of colours in a file: kept for screens, turned into inks for presses.

use super::{Profile, Space};

/// What becomes of colours in a file.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub enum Way {
    /// For screens: colours are kept, with the profiles that pictures bring. What has
    /// none is sRGB, as the output intent says; inks without a profile become sRGB,
    /// because PDF/A-2 knows no inks beside such an intent (ISO 19005-2, 6.2.4.3).
    #[default]
    Screen,
    /// For a press.
    Press {
        /// what the press does with its inks
        profile: Profile,
        /// whether RGB becomes inks here, or is kept with its profile for whoever
        /// makes the plates
        convert: bool,
    },
}

/// The name that a file gives to a space of colours.
#[derive(Debug, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Named {
    /// as the output intent says: DeviceGray, DeviceRGB, DeviceCMYK
    Device(Space),
    /// as a profile says: ICCBased
    Icc(Profile),
}

impl Named {
    /// What the numbers are amounts of.
    pub fn space(&self) -> Space {
        match self {
            Named::Device(space) => *space,
            Named::Icc(profile) => profile.space(),
        }
    }
}

/// What becomes of the colours of one picture.
#[derive(Debug, Clone, Eq, PartialEq)]
pub enum Fate {
    /// the numbers stay, under this name
    Keep(Named),
    /// they become others, under this name
    Turn(Named),
}

impl Fate {
    /// The name that the colours go by.
    pub fn named(&self) -> &Named {
        match self {
            Fate::Keep(named) | Fate::Turn(named) => named,
        }
    }
}

impl Way {
    /// What becomes of colours of a space, that may come with a profile.
    pub fn fate(&self, space: Space, profile: Option<&Profile>) -> Fate {
        let own = profile.filter(|p| p.space() == space);
        match self {
            Way::Screen => on_screen(space, own),
            Way::Press { profile: press, convert } => {
                on_press(space, own, press, *convert)
            }
        }
    }
    /// The colours that those which are not kept become.
    pub fn aim(&self) -> Profile {
        match self {
            Way::Screen => Profile::srgb(),
            Way::Press { profile, .. } => profile.clone(),
        }
    }
    /// Whether colours of a space would be left in the file as RGB.
    pub fn leaves_rgb(&self, space: Space, profile: Option<&Profile>) -> bool {
        self.fate(space, profile).named().space() == Space::Rgb
    }
}

fn on_screen(space: Space, own: Option<&Profile>) -> Fate {
    match own.filter(|p| !p.is_srgb()) {
        Some(p) => Fate::Keep(Named::Icc(p.clone())),
        None => match space {
            Space::Grey | Space::Rgb => Fate::Keep(Named::Device(space)),
            Space::Cmyk => Fate::Turn(Named::Device(Space::Rgb)),
        },
    }
}

fn on_press(space: Space, own: Option<&Profile>, press: &Profile, convert: bool) -> Fate {
    let aim = Named::Device(press.space());
    match space {
        // Black alone: grey on four plates shifts in colour with each of them.
        Space::Grey => Fate::Keep(Named::Device(Space::Grey)),
        Space::Rgb if convert => Fate::Turn(aim),
        Space::Rgb => Fate::Keep(Named::Icc(own.cloned().unwrap_or_else(Profile::srgb))),
        Space::Cmyk => {
            let meant = own.is_none_or(|p| p == press);
            match own {
                _ if meant && press.space() == Space::Cmyk => Fate::Keep(aim),
                Some(p) if !convert => Fate::Keep(Named::Icc(p.clone())),
                _ => Fate::Turn(aim),
            }
        }
    }
}

#[cfg(test)]
#[path = "way/tests.rs"]
mod tests;
