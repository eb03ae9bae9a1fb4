//! Figures → XHTML.

use super::inline::Writer;
use super::markup::text;
use crate::book::{Figure, Placement};
use std::fmt::Write;

impl Writer<'_> {
    pub(super) fn figure(&mut self, f: &Figure) -> String {
        let caption = self.caption(f.number.as_deref(), &f.caption);
        let caption = figcaption(&caption);
        let class = match f.place {
            Placement::Float | Placement::Here => "",
            Placement::Page => " class=\"page\"",
        };
        let own = self.own(&f.id);
        let width = f.width.map_or(String::new(), |w| format!(" style=\"width: {w}%\""));
        if let [panel] = f.panels.as_slice() {
            let picture = self.picture(&panel.picture);
            let picture = match picture.strip_suffix("/>") {
                Some(img) if !width.is_empty() => format!("{img}{width}/>"),
                Some(_) | None => picture,
            };
            return format!("<figure{own}{class}>\n{picture}\n{caption}</figure>\n");
        }
        let mut out =
            format!("<figure{own} class=\"group\">\n<div class=\"panels\"{width}>\n");
        for (i, panel) in f.panels.iter().enumerate() {
            let letter = f.letter(i);
            let own = self.inlines(&panel.caption);
            let own = match panel.number.as_deref().or(letter.as_deref()) {
                Some(n) => format!("<span class=\"number\">{}</span> {own}", text(n)),
                None => own,
            };
            let (picture, own) = (self.picture(&panel.picture), figcaption(own.trim()));
            // Equal heights: each is as wide as its share of the row.
            let ratio = self.pictures.ratio(&panel.picture.path);
            let grow = format!("{}.{:03}", ratio / 1000, ratio % 1000);
            write!(
                out,
                "<figure class=\"panel\" style=\"flex: {grow} 1 0%\">\n{picture}\n{own}\
                 </figure>\n"
            )
            .ok();
        }
        out + "</div>\n" + &caption + "</figure>\n"
    }
}

fn figcaption(caption: &str) -> String {
    match caption {
        "" => String::new(),
        _ => format!("<figcaption>{caption}</figcaption>\n"),
    }
}
