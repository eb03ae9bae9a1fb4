//! What a printer would send back of pictures: too coarse, too much ink, RGB that is
//! left, lines that vanish.

use super::check::Check;
use crate::diag::{Diagnostic, code};
use crate::geom::Len;
use crate::page::{Draw, Page};
use crate::picture::{Picture, press};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Check<'_> {
    /// What is wrong with pictures, where they are largest.
    pub(super) fn pictures(&mut self, pages: &[Arc<Page>]) {
        // The largest place of each picture is where it is coarsest.
        let mut largest: BTreeMap<&str, Len> = BTreeMap::new();
        for draw in pages.iter().flat_map(|p| p.draws()) {
            if let Draw::Image { path, size, .. } = draw {
                let known = largest.entry(path).or_default();
                *known = size.w.max(*known);
            }
        }
        for (path, width) in largest {
            if let Some(picture) = self.input.pictures.get(path) {
                self.picture(path, picture, width);
            }
        }
    }
    fn picture(&mut self, path: &str, picture: &Picture, width: Len) {
        let span = self.spans.get(path).copied();
        let points = width.to_pt() as f32;
        self.resolution(path, picture, points, span);
        let (most, least) = (self.press.ink, self.press.hairline.to_pt() as f32);
        if let Some(ink) = press::ink(picture, self.colours).filter(|i| *i > most) {
            let message = format!(
                "{path} has {ink} % of ink at its darkest, the press bears {most} %"
            );
            let hint = "convert it with a profile of less ink, or make it lighter";
            self.say(Diagnostic::new(code::INK_LIMIT, message).hint(hint), span);
        }
        if press::leaves_rgb(picture, self.colours) {
            let message = format!("{path} stays in RGB");
            let hint = "`pictures = \"convert\"` in the edition turns it into the press's colours";
            self.say(Diagnostic::new(code::RGB_PICTURE, message).hint(hint), span);
        }
        let scale = points / picture.width.max(f32::MIN_POSITIVE);
        let stroke = press::thinnest(picture).map(|t| t * scale);
        if let Some(thick) = stroke.filter(|t| *t < least) {
            let message =
                format!("{path} has a line of {thick:.2} pt, thinner than {least} pt");
            let hint = "draw it thicker, or set the picture larger";
            self.say(Diagnostic::new(code::HAIRLINE, message).hint(hint), span);
        }
    }
    fn resolution(&mut self, path: &str, picture: &Picture, wide: f32, at: Option<Span>) {
        let least = self.press.dpi;
        let found = press::resolution(picture, wide).filter(|d| *d < f32::from(least));
        let Some(dpi) = found else { return };
        let message =
            format!("{path} has {dpi:.0} dots to the inch, the printer wants {least}");
        let fits = wide * dpi / f32::from(least) * 25.4 / 72.0;
        let hint =
            format!("give it more pixels, or set it at most {:.0} mm wide", fits.floor());
        self.say(Diagnostic::new(code::LOW_RESOLUTION, message).hint(hint), at);
    }
}
