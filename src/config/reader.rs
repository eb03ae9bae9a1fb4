//! What an EPUB edition is made for.

use crate::source::Span;

/// What `[[edition]]` says of an EPUB.
#[derive(Debug, Default, Clone, Eq, PartialEq)]
pub struct Reader {
    /// the reading systems that it is made for
    pub profile: Profile,
    /// how fonts are put into it
    pub fonts: Embedding,
    /// the PDF edition whose pages it lists, and where it is named
    pub pages_of: Option<(String, Span)>,
    /// ISBN of this edition, digits alone
    pub isbn: Option<String>,
    /// lines from top to bottom, columns from right to left
    pub vertical: bool,
}

/// Reading systems with habits of their own.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq, Ord, PartialOrd)]
pub enum Profile {
    /// any that keeps to EPUB 3.3
    #[default]
    Standard,
    /// Kindle
    Kindle,
    /// Apple Books
    Apple,
    /// Kobo
    Kobo,
    /// WeRead (微信读书)
    Weread,
    /// Duokan (多看)
    Duokan,
}

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 6] = [
        Profile::Standard,
        Profile::Kindle,
        Profile::Apple,
        Profile::Kobo,
        Profile::Weread,
        Profile::Duokan,
    ];
    /// Its name in settings and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Standard => "standard",
            Profile::Kindle => "kindle",
            Profile::Apple => "apple",
            Profile::Kobo => "kobo",
            Profile::Weread => "weread",
            Profile::Duokan => "duokan",
        }
    }
    /// The profile of a name.
    pub fn named(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|p| p.name() == name)
    }
}

/// How fonts are put into an EPUB.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Embedding {
    /// cut down to the characters that the book uses
    #[default]
    Subset,
    /// cut down, and their first kibibyte scrambled, as some licences ask for
    /// (EPUB 3.3, 4.3)
    Obfuscated,
    /// not at all
    None,
}
