//! Figures → XHTML. What is said of one at length stands behind it, folded, and the picture
//! leads to it (`aria-details`).

use super::inline::Writer;
use super::markup::text;
use crate::book::{Figure, Placement};
use std::fmt::Write;

impl Writer<'_> {
    pub(super) fn figure(&mut self, f: &Figure) -> String {
        let pages: String =
            f.panels.iter().map(|p| self.breaks.picture(&p.picture.path)).collect();
        let own = self.own(&f.id);
        let width = f.width.map(|w| self.width(w.into()));
        let (details, description) = self.description(f);
        if let [panel] = f.panels.as_slice() {
            let class = match f.place {
                Placement::Float | Placement::Here => "",
                Placement::Page => " class=\"page\"",
            };
            let caption = self.caption(f.number.as_deref(), &f.caption);
            let caption = figcaption(&caption);
            let picture = self.picture(&panel.picture);
            let width = width.map_or(String::new(), |w| format!(" class=\"{w}\""));
            let picture = match picture.strip_suffix("/>") {
                Some(img) => format!("{img}{width}{details}/>"),
                None => picture,
            };
            return format!(
                "<figure{own}{class}>\n{pages}{picture}\n{caption}</figure>\n{description}"
            );
        }
        let width = width.map_or(String::new(), |w| format!(" {w}"));
        let mut out = format!(
            "<figure{own} class=\"group\"{details}>\n{pages}<div class=\"panels{width}\">\n"
        );
        for (i, panel) in f.panels.iter().enumerate() {
            let letter = f.letter(i);
            let own = self.inlines(&panel.caption);
            let own = match panel.number.as_deref().or(letter.as_deref()) {
                Some(n) => format!("<span class=\"number\">{}</span> {own}", text(n)),
                None => own,
            };
            let (picture, own) = (self.picture(&panel.picture), figcaption(own.trim()));
            let share = self.share(self.pictures.ratio(&panel.picture.path));
            write!(out, "<figure class=\"panel {share}\">\n{picture}\n{own}</figure>\n")
                .ok();
        }
        let caption = self.caption(f.number.as_deref(), &f.caption);
        out + "</div>\n" + &figcaption(&caption) + "</figure>\n" + &description
    }

    /// What leads to the description of a figure, and the description.
    fn description(&mut self, f: &Figure) -> (String, String) {
        if f.description.is_empty() {
            return (String::new(), String::new());
        }
        self.described += 1;
        let id = format!("description-{}", self.described);
        let name = f.number.iter().map(|n| text(n) + " ").collect::<String>();
        let rows = f.description.iter().map(|p| format!("<p>{}</p>\n", text(p)));
        let text = format!(
            "<details id=\"{id}\" class=\"description\">\n<summary>{name}{}</summary>\n{}\
             </details>\n",
            self.words.description,
            rows.collect::<String>()
        );
        (format!(" aria-details=\"{id}\""), text)
    }

    /// The class of what is so many percent wide. Styles stand in the style sheet: some
    /// reading systems do not look for them elsewhere.
    pub(super) fn width(&mut self, percent: u64) -> String {
        self.rules.insert(format!(".wide-{percent} {{ width: {percent}%; }}"));
        format!("wide-{percent}")
    }

    /// The class of a picture in a row of equal heights: each is as wide as its share.
    fn share(&mut self, ratio: u32) -> String {
        let (whole, part) = (ratio / 1000, ratio % 1000);
        self.rules.insert(format!(".share-{ratio} {{ flex: {whole}.{part:03} 1 0%; }}"));
        format!("share-{ratio}")
    }
}

fn figcaption(caption: &str) -> String {
    match caption {
        "" => String::new(),
        _ => format!("<figcaption>{caption}</figcaption>\n"),
    }
}
