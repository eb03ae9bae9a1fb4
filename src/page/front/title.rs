//! Half title (半扉页) and title page (扉页).

use super::Setter;
use crate::page::paginate::Leaf;
use crate::page::structure::{Role, paint};
use crate::page::tagging;

/// The title alone, as high as on the title page and smaller.
pub(in crate::page) fn half_title(s: &mut Setter<'_, '_, '_>) -> Leaf {
    let area = &s.input.config.page.area;
    let mut leaf = Leaf { opener: true, ..Leaf::default() };
    let at = area.leading * (i64::from(area.lines) / 6);
    s.centred(&s.input.book.meta.title, s.input.theme.half_title, at, &mut leaf);
    say(&mut leaf, HALF, 1);
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
    say(&mut leaf, WHOLE, 1);
    if let Some(text) = &meta.subtitle {
        s.centred(
            &format!("{}{text}", s.words().subtitle),
            subtitle,
            at + area.leading,
            &mut leaf,
        );
        say(&mut leaf, WHOLE, 2);
    }
    let authors = meta.authors.join("　");
    let at = area.leading * (i64::from(area.lines) * 3 / 5);
    s.centred(&authors, names, at, &mut leaf);
    say(&mut leaf, WHOLE, 3);
    // The date is on the copyright page.
    let at = area.leading * (i64::from(area.lines) - 2);
    s.centred(meta.publisher.as_deref().unwrap_or_default(), names, at, &mut leaf);
    say(&mut leaf, WHOLE, 4);
    leaf
}

/// The places of both pages among those that keben makes.
const HALF: u32 = 1;
const WHOLE: u32 = 2;

/// What was set last is the n-th paragraph of a page.
fn say(leaf: &mut Leaf, page: u32, n: u32) {
    let place = tagging::child(&tagging::made(0, page), n, Role::P);
    paint(&mut leaf.draws, &place);
}
