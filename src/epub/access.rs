//! What readers who do not see, or see otherwise, can rely on (EPUB Accessibility 1.1,
//! 2 and 4; the words are those of schema.org). Nothing is said that is not true of
//! this book.

use super::markup::clean;
use super::metadata::Lines;
use super::package::{Draft, Raw};
use super::page::lang;
use crate::book::words::words;
use crate::book::{BlockKind, Book, walk};

/// The standard in the exact words that it asks for.
const STANDARD: &str = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";

/// Accessibility metadata. The cover is a picture, but it says no more than its
/// alternative text and the title page.
pub(super) fn say(draft: &Draft, raw: &Raw, lines: &mut Lines) {
    let mut say = |key: &str, value: &str| lines.meta(&format!("schema:{key}"), value);
    // A formula that is a picture has its TeX as alternative text.
    let drawn = draft.drawn.files().next().is_some();
    let seen = drawn || !draft.pictures.files.is_empty();
    let told = draft.pictures.described;
    say("accessMode", "textual");
    if seen {
        say("accessMode", "visual");
        say("accessModeSufficient", "textual,visual");
    }
    if told {
        say("accessModeSufficient", "textual");
    }
    let features = [
        ("tableOfContents", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("displayTransformability", true),
        ("alternativeText", seen && told),
        ("longDescription", described(draft.input.book)),
        ("MathML", !raw.formulas.is_empty()),
        ("index", !draft.input.book.index.is_empty()),
        ("pageBreakMarkers", !raw.pages.is_empty()),
        ("pageNavigation", !raw.pages.is_empty()),
    ];
    features.iter().filter(|f| f.1).for_each(|f| say("accessibilityFeature", f.0));
    if draft.pictures.moving {
        // Whether it flashes cannot be told from the file.
        say("accessibilityHazard", "unknownFlashingHazard");
        say("accessibilityHazard", "unknownMotionSimulationHazard");
        say("accessibilityHazard", "noSoundHazard");
    } else {
        say("accessibilityHazard", "none");
    }
    let [text, described] = words(lang(&draft.input.book.meta)).summary;
    let rest = if seen && told { described } else { "" };
    say("accessibilitySummary", &format!("{text}{rest}"));
    if let Some(certifier) = certifier(draft) {
        lines.meta("dcterms:conformsTo", STANDARD);
        lines.meta("a11y:certifiedBy", &certifier);
    }
}

/// Whether something is said at length of a figure.
fn described(book: &Book) -> bool {
    let mut found = false;
    for list in book.chapters.iter().map(|c| &c.blocks) {
        walk::blocks(list, &mut |b| {
            found |= matches!(&b.kind, BlockKind::Figure(f) if !f.description.is_empty());
        });
    }
    found
}

/// Who answers for the book's conforming, where nothing stands against it: pictures
/// have alternative texts, nothing moves, headings leave no level out.
fn certifier(draft: &Draft) -> Option<String> {
    let book = draft.input.book;
    let sound = draft.pictures.described && !draft.pictures.moving && levels(book);
    let named = clean(draft.input.certifier.unwrap_or_default());
    (sound && !named.trim().is_empty()).then(|| named.trim().to_string())
}

/// Whether headings begin at level 2 in each chapter, and go down one by one.
fn levels(book: &Book) -> bool {
    book.chapters.iter().all(|chapter| {
        let (mut last, mut sound) = (1, true);
        walk::blocks(&chapter.blocks, &mut |b| {
            if let BlockKind::Heading { level, .. } = b.kind {
                sound &= level <= last + 1;
                last = level;
            }
        });
        sound
    })
}
