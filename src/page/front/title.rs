//! Half title (半扉页) and title page (扉页).

use super::Setter;
use crate::page::paginate::Leaf;

/// The title alone, as high as on the title page and smaller.
pub(in crate::page) fn half_title(s: &mut Setter<'_, '_, '_>) -> Leaf {
    let area = &s.input.config.page.area;
    let mut leaf = Leaf { opener: true, ..Leaf::default() };
    let at = area.leading * (i64::from(area.lines) / 6);
    s.centred(&s.input.book.meta.title, s.input.theme.half_title, at, &mut leaf);
    leaf
}

/// Title and subtitle above the middle, authors and publisher at the foot.
pub(in crate::page) fn title_page(s: &mut Setter<'_, '_, '_>) -> Leaf {
    let area = &s.input.config.page.area;
    let meta = &s.input.book.meta;
    let mut leaf = Leaf { opener: true, ..Leaf::default() };
    let [title, subtitle, names] = s.input.theme.title_page;
    let mut at = area.leading * (i64::from(area.lines) / 6);
    at = s.centred(&meta.title, title, at, &mut leaf);
    if let Some(text) = &meta.subtitle {
        s.centred(
            &format!("{}{text}", s.words().subtitle),
            subtitle,
            at + area.leading,
            &mut leaf,
        );
    }
    let authors = meta.authors.join("　");
    let at = area.leading * (i64::from(area.lines) * 3 / 5);
    s.centred(&authors, names, at, &mut leaf);
    // The date is on the copyright page.
    let at = area.leading * (i64::from(area.lines) - 2);
    s.centred(meta.publisher.as_deref().unwrap_or_default(), names, at, &mut leaf);
    leaf
}
