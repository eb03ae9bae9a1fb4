//! The structure as text, for goldens and `keben inspect structure`.

use super::{Cell, Role, Tree};
use crate::line::RubySide;
use crate::page::Page;
use std::fmt::Write;
use std::sync::Arc;

impl Tree {
    /// The places, and on which pages each is drawn.
    pub fn dump(&self, pages: &[Arc<Page>]) -> String {
        let mut out = String::new();
        for (at, depth) in self.order() {
            let node = &self.nodes[at];
            let name = node.role.as_ref().map_or("Document", Role::name);
            write!(out, "{}{name}", "  ".repeat(depth)).ok();
            match &node.role {
                Some(Role::Figure(s) | Role::Formula(s) | Role::Note(s)) => {
                    write!(out, " ({s})").ok();
                }
                Some(Role::Cell(Cell { columns, rows, .. }))
                    if (*columns, *rows) != (1, 1) =>
                {
                    write!(out, " {columns} × {rows}").ok();
                }
                Some(_) | None => {}
            }
            let mut last = None;
            for drawn in &node.drawn {
                if last != Some(drawn.page) {
                    write!(out, " p{}", pages[drawn.page].label).ok();
                }
                last = Some(drawn.page);
                if drawn.link.is_some() {
                    out.push_str(" link");
                }
                match drawn.side {
                    Some(RubySide::Base) => out.push_str(" base"),
                    Some(RubySide::Reading) => out.push_str(" reading"),
                    None => {}
                }
                // A figure that is a block says what it shows already.
                let inline = !matches!(node.role, Some(Role::Figure(_)));
                if let Some(alt) = drawn.alt.as_ref().filter(|_| inline) {
                    write!(out, " picture ({alt})").ok();
                }
            }
            out.push('\n');
        }
        out
    }
}
