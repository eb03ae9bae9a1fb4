//! What `[[edition]]` says of an EPUB.

use super::meta;
use super::section::Section;
use crate::config::reader::{Embedding, Profile, Reader};
use crate::config::{Edition, Format};
use crate::diag::code;

const FONTS: [(&str, Embedding); 3] = [
    ("subset", Embedding::Subset),
    ("obfuscated", Embedding::Obfuscated),
    ("none", Embedding::None),
];

/// Whether its lines are vertical.
const WRITING: [(&str, bool); 2] = [("horizontal", false), ("vertical", true)];

/// Says that the lines of a PDF are not vertical yet.
pub(super) fn refuse(s: &mut Section) {
    if let Some(given) = s.choice("writing", &WRITING).filter(|g| g.value) {
        let message = "vertical pages are not made yet: these have horizontal lines";
        let hint = "vertical is an edition with `format = \"epub\"`".to_string();
        s.note(code::VERTICAL_PAGES, given.span, message.into(), hint);
    }
}

/// Reads the keys that only an EPUB has.
pub(super) fn read(s: &mut Section) -> Reader {
    let profiles = Profile::ALL.map(|p| (p.name(), p));
    let isbn = s.text_of("isbn").and_then(|g| meta::isbn(g, s));
    Reader {
        profile: s.choice("reader", &profiles).map(|g| g.value).unwrap_or_default(),
        fonts: s.choice("fonts", &FONTS).map(|g| g.value).unwrap_or_default(),
        pages_of: s.string("pages-of").map(|g| (g.value, g.span)),
        isbn: isbn.map(|i| i.digits),
        vertical: s.choice("writing", &WRITING).is_some_and(|g| g.value),
    }
}

/// Leaves out pages of editions that have none.
pub(super) fn check(list: &mut [Edition], top: &mut Section) {
    let pdf = list.iter().filter(|e| e.format == Format::Pdf);
    let known: Vec<String> = pdf.map(|e| e.name.clone()).collect();
    for edition in list {
        let pages = &mut edition.reader.pages_of;
        let Some((name, span)) = pages.as_ref().filter(|p| !known.contains(&p.0)) else {
            continue;
        };
        let message = format!("no PDF edition is named `{name}`");
        let hint = match known.is_empty() {
            true => {
                "pages are those of a PDF: add an edition with `format = \"pdf\"`".into()
            }
            false => format!("allowed is {}", known.join(", ")),
        };
        top.reject(*span, message, hint);
        *pages = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diag::Sink;
    use crate::source::Sources;

    fn read(text: &str) -> (Config, Vec<String>) {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let file = sources.add("book.toml", text);
        let config = crate::config::read(text, file, &mut sink);
        let said = |d: &crate::diag::Diagnostic| {
            let (line, column) = d.span.map(|s| sources.place(s)).unwrap_or_default();
            format!("{} {line}:{column} {}", d.code.name, d.message)
        };
        let said = sink.list().iter().map(said).collect();
        (config, said)
    }

    const PRINT: &str = "[[edition]]\nname = \"print\"\nformat = \"pdf\"\n";
    const READER: &str = "[[edition]]\nname = \"e\"\nformat = \"epub\"\n";

    #[test]
    fn an_epub_has_keys_of_its_own() {
        let keys = "reader = \"kindle\"\nfonts = \"none\"\npages-of = \"print\"\n\
                    isbn = \"978-7-111-12806-9\"\n";
        // An edition may name one that stands behind it.
        let (c, said) = read(&format!("{READER}{keys}{PRINT}"));
        assert!(said.is_empty(), "{said:?}");
        let r = &c.editions[0].reader;
        assert_eq!((r.profile, r.fonts), (Profile::Kindle, Embedding::None));
        assert_eq!(r.pages_of.as_ref().map(|p| p.0.as_str()), Some("print"));
        assert_eq!(r.isbn.as_deref(), Some("9787111128069"));
        let (c, _) = read(READER);
        assert_eq!(c.editions[0].reader, Reader::default());
    }

    #[test]
    fn what_cannot_be_is_told() {
        let bad =
            "reader = \"nook\"\nfonts = \"all\"\npages-of = \"e\"\nisbn = \"978\"\n";
        let (c, said) = read(&format!("{PRINT}{READER}{bad}"));
        let want = [
            "bad-value 10:8 `978` is no ISBN",
            "bad-value 7:10 `reader` cannot be `nook`",
            "bad-value 8:9 `fonts` cannot be `all`",
            "bad-value 9:12 no PDF edition is named `e`",
        ];
        let mut sorted = said.clone();
        sorted.sort();
        assert_eq!(sorted, want);
        assert_eq!(c.editions[1].reader, Reader::default());
        // A PDF has no reader.
        let (_, said) = read(&format!("{PRINT}fonts = \"none\"\n"));
        assert_eq!(said, ["unknown-key 4:1 `[edition]` has no setting `fonts`"]);
    }

    #[test]
    fn a_catalogue_is_told_more() {
        let text = "[book]\ntitle = \"书\"\ntranslators = \"甲\"\nillustrators = [\"乙\", \"丙\"]\n\
            series = \"丛刊\"\nseries-number = 3\nsource = \"据某本\"\ncover = \"c.png\"\n\
            certified-by = \"某社\"\n[book.sort-as]\n\"甲\" = \"Jia\"\n";
        let (c, said) = read(text);
        assert!(said.is_empty(), "{said:?}");
        let k = &c.meta.catalogue;
        let makers: Vec<_> =
            k.makers.iter().map(|(m, n)| (m.relator(), n.as_str())).collect();
        assert_eq!(makers, [("trl", "甲"), ("ill", "乙"), ("ill", "丙")]);
        assert_eq!(k.sort_as.get("甲").map(String::as_str), Some("Jia"));
        assert_eq!(k.series_number.as_deref(), Some("3"));
        assert_eq!(k.certified_by.as_deref(), Some("某社"));
        assert_eq!(c.front_cover.map(|f| f.0).as_deref(), Some("c.png"));
        let (_, said) = read("[book]\nseries-number = \"III\"\n");
        assert_eq!(said, ["bad-value 2:17 `III` is no number in a series"]);
        let (_, said) = read("[book]\nseries-number = 3\n");
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
