//! The style sheet of a book's EPUBs: the theme's, and what the settings say of the looks
//! of both outputs.

use super::Session;
use crate::config::Pause;
use crate::theme;

impl Session {
    /// The theme's style sheet, and what the settings say of the looks of both.
    pub(super) fn css(&self) -> String {
        let mut own = String::new();
        let makeup = self.config.makeup;
        let n = u32::from(makeup.drop_cap);
        if n > 1 {
            // Lines are 1.7 em high; from the first one's characters to the last's.
            let size = (n - 1) * 17 + 10;
            let (whole, part) = (size / 10, size % 10);
            let above = 350 * 10 / size;
            own += &format!(
                "\n.chapter header + p {{ text-indent: 0; }}\n\
                 .chapter header + p::first-letter {{\n  float: left;\n  \
                 margin: 0.{above:03}em 0.1em 0 0;\n  font-size: {whole}.{part}em;\n  \
                 line-height: 1;\n}}\n"
            );
        }
        own += &match makeup.pause {
            Pause::Rule => String::new(),
            Pause::Blank => "\nhr { visibility: hidden; }\n".into(),
            Pause::Stars => ornament(&self.theme.ornament),
            Pause::Dots => ornament("·　·　·"),
        };
        let mut css = self.theme.css.clone();
        theme::over(&mut css, &own);
        css
    }
}

/// A style sheet's rule for a pause with this text. Whatever it holds, it stays
/// inside its quotation marks (CSS 2.1, 4.3.7).
fn ornament(text: &str) -> String {
    let escaped: String =
        text.chars().map(|c| format!("\\{:x} ", u32::from(c))).collect();
    format!(
        "\nhr {{ width: auto; height: auto; border: 0; text-align: center; }}\n\
         hr::before {{ content: \"{escaped}\"; }}\n\
         .notes hr::before {{ content: none; }}\n"
    )
}
