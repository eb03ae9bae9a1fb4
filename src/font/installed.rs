//! Families installed on the machine, looked up only when a book names one.

use super::{Face, FontBytes};
use fontdb::{Database, Family, Query, Source, Style, Weight};

/// The fonts of the machine.
#[derive(Debug)]
pub struct Installed(Database);

impl Installed {
    /// Reads the machine's font folders.
    pub fn load() -> Installed {
        let mut db = Database::new();
        db.load_system_fonts();
        Installed(db)
    }
    /// The face of a family that is nearest to what is asked.
    pub fn face(&self, family: &str, bold: bool, italic: bool) -> Option<Face> {
        let id = self.0.query(&Query {
            families: &[Family::Name(family)],
            weight: if bold { Weight::BOLD } else { Weight::NORMAL },
            style: if italic { Style::Italic } else { Style::Normal },
            ..Query::default()
        })?;
        let (source, index) = self.0.face_source(id)?;
        let bytes: Vec<u8> = match source {
            Source::File(path) | Source::SharedFile(path, _) => {
                std::fs::read(path).ok()?
            }
            Source::Binary(data) => data.as_ref().as_ref().to_vec(),
        };
        Face::new(FontBytes::Shared(bytes.into()), index)
    }
}
