//! What a font that was cut down calls itself: the family of the style sheet. It is not
//! the font that it was cut from, which some licences want said; whose work it is and
//! under which licence stays in it.

use skrifa::raw::{FontRef, TableProvider};
use skrifa::string::StringId;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::types::NameId;

/// What is kept: copyright, version, trademark, maker, designer, licence.
const KEPT: [StringId; 7] = [
    StringId::COPYRIGHT_NOTICE,
    StringId::VERSION_STRING,
    StringId::TRADEMARK,
    StringId::MANUFACTURER,
    StringId::DESIGNER,
    StringId::LICENSE_DESCRIPTION,
    StringId::LICENSE_URL,
];

/// The `name` table (OpenType, name).
pub(super) fn names(source: &FontRef, family: &str, weight: u16) -> Name {
    let style = if weight >= 600 { "Bold" } else { "Regular" };
    let full = format!("{family} {style}");
    let mut all: Vec<(NameId, String)> = vec![
        (NameId::FAMILY_NAME, family.into()),
        (NameId::SUBFAMILY_NAME, style.into()),
        (NameId::UNIQUE_ID, full.clone()),
        (NameId::FULL_NAME, full),
        (NameId::POSTSCRIPT_NAME, format!("{family}-{style}")),
    ];
    if let Ok(old) = source.name() {
        let data = old.string_data();
        for id in KEPT {
            // The first in Unicode; the others say the same in other languages.
            let records = old.name_record().iter();
            let mut records = records.filter(|r| r.name_id() == id && r.is_unicode());
            let text = records.find_map(|r| r.string(data).ok());
            all.extend(text.map(|t| (id, t.chars().collect())));
        }
    }
    all.sort_by_key(|n| n.0);
    // Windows, Unicode, English (OpenType, name, platform 3).
    let record =
        |(id, text): (NameId, String)| NameRecord::new(3, 1, 0x409, id, text.into());
    Name::new(all.into_iter().map(record).collect())
}
